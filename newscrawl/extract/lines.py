"""The clean pass over a story's blocks: lines that stand among them and are no story are taken out and read.

The rules are those of careful hand-made gold on Chinese pages: bylines, editor lines, 原标题, source lines, notices on
a line of their own are not body; a signature at the end of a paragraph is, and so are subheadings and 编者按. Names are
looked for only in the first and last few paragraphs: an interview prints 记者： all the way down. What follows the
editors or a notice at the end in a few short lines is the outlet's promotion. The page's machinery and pointers to
other stories are left out wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from attrs import frozen

from newscrawl.extract.blocks import Block
from newscrawl.extract.notices import WIDE, heads_others, is_call, is_machinery, is_pointer, link_share, without_tail
from newscrawl.extract.signs import Line, line_of
from newscrawl.text.byline import read_byline
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import folded

_HEAD, _TAIL = 4, 6
_LONGEST_MARK = 20
"""Characters; 更正说明：, with what opens it."""
_END = re.compile(r"(?<!\s)\s*+[（(]\s*完\s*[)）]\s*$")
_END_HTML = re.compile(r"(?<!\s)\s*+[（(]\s*完\s*[)）]\s*+((?:</\w+>|<br>)*+)\s*$")
_CORRECTION = re.compile(
    r"^[\s\u3000【\[（(〔《▌■▍●◆▲▶]*(?:更正(?:说明|启事|声明)?|勘误|Correction)[】\]）)]?\s*[:：]", re.IGNORECASE
)
_SIGNED = re.compile(r"[（(]\s*((?:本文)?(?:作者|记者|撰文|采写)\s*[:：].{2,60}?)[)）]\s*$")
_POINTING = 0.3
"""Part of a story's letters that pointers may be; where they are more, links are how this page writes."""
_MOST_OTHERS = 12
_CUT = ("…", "...", "[…]", "[...]")
_FURTHER, _SHORT, _REST = 24, 100, 0.15
"""Lines from the end in which the end mark may stand; characters of the lines after it (of Latin script 2.5 times as
many); the part of the story's letters that they may be."""


@frozen(kw_only=True)
class Story:
    """The blocks that are story, and what the other lines said."""

    blocks: tuple[Block, ...]
    bylines: tuple[str, ...] = ()
    """Own-line bylines and the signature at the end, as printed."""
    editor_lines: tuple[str, ...] = ()
    credit: str | None = None
    """本文来源：…"""
    correction: str | None = None
    """The notice; it stays in the story as well."""


def story_of(blocks: Sequence[Block], headline: str | None = None) -> Story:
    """Sort the lines. The end mark （完） is taken off, the headline printed again on top is left out."""
    sorted_out, lines = _sorted(_without_pointers(blocks), folded(headline or ""))
    kept = _without_end_mark(sorted_out)
    bylines = [line.text for line in lines if line.byline]
    if not bylines and (last := next((block for block in reversed(kept) if block.text), None)):
        signature = _signature(last.text)
        bylines += [signature] if signature else []
        if signature == last.text.strip():
            kept = [block for block in kept if block is not last]
    return Story(
        blocks=tuple(_without_loose_rules(kept)),
        bylines=tuple(bylines),
        editor_lines=tuple(line.text for line in lines if line.editor),
        credit=next((line.credit for line in reversed(lines) if line.credit), None),
        correction=next((block.text for block in kept if _is_correction(block)), None),
    )


def _sorted(blocks: Sequence[Block], headline: str) -> tuple[list[Block], list[Line]]:
    """What is story, and what the other lines at its head and end say."""
    kept: list[Block] = []
    lines: list[Line] = []
    words = [place for place, block in enumerate(blocks) if block.text]
    heads, tails = set(words[:_HEAD]), set(words[-_TAIL:])
    end, known = _end_of(blocks, words)
    for place, block in enumerate(blocks):
        if place in heads and headline and folded(block.text) == headline:
            continue
        if _is_correction(block):
            kept.append(block)
            continue
        late = place in tails or place >= end
        line = known.get(place) if late else None
        if line is None and block.text and (place in heads or (late and place not in known)):
            line = line_of(block, at_end=late)
        if line:
            lines.append(line)
        elif place < end:
            kept.append(block)
    return kept, lines


def _is_correction(block: Block) -> bool:
    head = block.text[:_LONGEST_MARK]
    return (":" in head or "：" in head) and _CORRECTION.match(simplified(head)) is not None


def _without_pointers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without machinery, calls, pointers to other stories and the lists of them that a heading announces."""
    blocks = [without_tail(block) for block in blocks if not is_machinery(block)]
    told = sum([len(block.text) for block in blocks])
    linked = [(place, block) for place, block in enumerate(blocks) if "<a" in block.html]
    pointers = [place for place, block in linked if is_call(block) or is_pointer(block)]
    out = set(pointers) if sum(len(blocks[place].text) for place in pointers) <= _POINTING * told else set()
    last = max((place for place, block in enumerate(blocks) if block.text), default=0)
    for place, block in enumerate(blocks):
        if heads_others(block):
            listed = _listed_after(blocks, place)
            if listed or place == last:
                out |= {place, *listed}
    return [block for place, block in enumerate(blocks) if place not in out]


def _listed_after(blocks: Sequence[Block], place: int) -> list[int]:
    """The places of the other stories that are listed under a heading: links, and openings that end in '…'."""
    found: list[int] = []
    for at in range(place + 1, min(len(blocks), place + 1 + _MOST_OTHERS)):
        block = blocks[at]
        if block.text and not (link_share(block) >= 0.3 or heads_others(block) or block.text.endswith(_CUT)):
            break
        found.append(at)
    while found and not blocks[found[-1]].text:
        found.pop()
    return found


def _end_of(blocks: Sequence[Block], words: Sequence[int]) -> tuple[int, dict[int, Line | None]]:
    """The place from which on nothing is story: the first line at the end that ends one, with little after it.

    With what the lines looked at say.
    """
    told = sum(len(blocks[place].text) for place in words)
    end, rest = len(blocks), 0
    known: dict[int, Line | None] = {}
    for place in reversed(words[-_FURTHER:]):
        block = blocks[place]
        line = known[place] = line_of(block, at_end=True)
        if line and line.ends:
            end = place
        rest += len(block.text)
        if rest > _REST * told or (not line and len(block.text) > _longest(block.text)):
            break
    return end, known


def _longest(text: str) -> int:
    return _SHORT if WIDE.search(text) else round(2.5 * _SHORT)


def _signature(last: str) -> str | None:
    """Who signs at the end of a story's last line: 记者：甲 of '…了。（记者：甲）', a bare （甲 乙）."""
    if not last.rstrip(" \u3000。.").endswith((")", "）", "】", "]")):
        return None
    if signed := _SIGNED.search(simplified(last)):
        return last[slice(*signed.span(1))]
    found = read_byline(last, at_end=True)
    return last[found.start : found.end].strip() if found and not last[found.end :].strip(" \u3000。.") else None


def _without_end_mark(blocks: list[Block]) -> list[Block]:
    """（完） ends one of the last paragraphs, or is a paragraph of its own."""
    words = [place for place, block in enumerate(blocks) if block.text][-3:]
    out = list(blocks)
    for place in words:
        if "完" in out[place].text and (text := _END.sub("", out[place].text)) != out[place].text:
            out[place] = attrs.evolve(out[place], text=text, html=_END_HTML.sub(r"\1", out[place].html))
    return [block for block in out if block.text or block.kind in ("figure", "hr")]


def _without_loose_rules(blocks: list[Block]) -> list[Block]:
    """A line (``<hr>``) divides two parts; at the head or the foot it divides nothing."""
    start, end = 0, len(blocks)
    while start < end and blocks[start].kind == "hr":
        start += 1
    while end > start and blocks[end - 1].kind == "hr":
        end -= 1
    return blocks[start:end]
