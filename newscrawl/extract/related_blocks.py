"""Blocks that a page heads as related (相关新闻, 関連記事, Related, Lire aussi): where they stand, what they list.

A block is what follows its heading: a list, a box, lines of links, or items without any address, printed as date,
headline and an opening that ends in '…' (a reprinter's 太原相关问答). What a page heads as popular or for you
(为您推荐, 大家都在看, Most read) is none. Bounded: so many headings, elements behind each, links in each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.extract.related_words import LABEL, LONGEST_HEADING, STARTS, reads
from newscrawl.extract.surface import holders
from newscrawl.text.tree import UNSEEN, folded, visible_text

_MAY_HEAD = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "span", "div", "p", "dt", "dl", "strong", "b", "em", "i", "li", "a", "td", "th"}
    | {"legend", "u", "font", "section", "label", "header"}
)
_INLINE = frozenset({"span", "strong", "b", "em", "i", "u", "font", "a", "label"})
_OUTWARD = 3
_MOST_HEADINGS, _NEAR, _MOST_LINKS = 12, 24, 300
"""Headings looked at, elements behind each, links in each of those."""
_SHORTEST, _OWN = 5, 8
"""Characters of a headline; of one that stands beside others in the same item."""
_FEW_WORDS = 2
"""Spaces between words."""
_TOLD = 600
"""Characters outside links; a block with more among few links is a story."""
_OPENING = 20
_DATED = re.compile(
    r"^\W{0,3}(?:\d{4}\s{0,2}[-年/.]\s{0,2}\d{1,2}\s{0,2}[-月/.]\s{0,2}\d{1,2}日?|\d{1,2}[-月/]\d{1,2}日?)"
    r"(?:\s{1,3}\d{1,2}:\d{2}(?::\d{2})?)?\W{0,3}"
)
_DATE_ANYWHERE = re.compile(r"\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?")
CUT = ("…", "...")
_MARKS = " \u3000·⋅•|｜-–—>»"
_ITEMS = frozenset({"li", "dl", "article", "tr"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})


@frozen
class RelatedBlock:
    """A heading and the elements that it heads."""

    heading: HtmlElement
    elements: tuple[HtmlElement, ...]


@frozen(kw_only=True)
class Entry:
    headline: str
    href: str | None
    """As found; None where the item has none."""
    beside: str
    """What else the item says: its date may stand there."""
    summary: str | None = None


def related_blocks(tree: HtmlElement) -> tuple[RelatedBlock, ...]:
    """The blocks of the page in order, each element in one of them."""
    blocks: list[RelatedBlock] = []
    taken: set[HtmlElement] = set()
    for holder in holders(tree, LABEL, STARTS)[:_MOST_HEADINGS]:
        for block in _headed_by(holder):
            if taken.isdisjoint(block.elements):
                taken.update(block.elements)
                blocks.append(block)
    return tuple(blocks)


def parts_of(blocks: tuple[RelatedBlock, ...]) -> frozenset[HtmlElement]:
    """The elements that are no story: headings, lists, lines that hold nothing else."""
    found: set[HtmlElement] = set()
    for block in blocks:
        if not any(_holds_story(element) for element in block.elements):
            found.update(element for element in (_line(block.heading), *block.elements) if element.tag != "a")
    return frozenset(found)


def entries_of(block: RelatedBlock, known: Collection[str | None] = ()) -> Iterator[Entry]:
    """What it lists; nothing of a part of it whose links are all ``known`` already."""
    bare: list[HtmlElement] = []
    for element in block.elements:
        if anchors := _linked(element):
            if not known or any(anchor.get("href") not in known for anchor in anchors):
                yield from _linked_entries(element, anchors)
        else:
            bare.append(element)
    yield from _bare_entries(bare)


# -- headings and what they head ---------------------------------------------------------------------------------------
def _headed_by(holder: HtmlElement) -> Iterator[RelatedBlock]:
    """The block that a heading with these words begins, if it is one; the words may stand in two elements."""
    if holder.tag not in _MAY_HEAD:
        return
    kind = reads(_short_text(holder))
    outer = holder.getparent()
    if kind is None and holder.tag in _INLINE and outer is not None and outer.tag in _MAY_HEAD:
        holder, kind = outer, reads(_short_text(outer))
    if kind is None:
        if holder.tag != "a" and reads(folded(holder.text or "")) and _linked(holder):
            yield RelatedBlock(holder, (holder,))
        return
    link = holder if holder.tag == "a" else next(holder.iterancestors("a"), None)
    if link is not None and link.get("href") and kind == "call":
        return
    if elements := _behind(link if link is not None else holder):
        yield RelatedBlock(holder, elements)


def _short_text(element: HtmlElement) -> str:
    """The element's words; '' where they are too many for a heading."""
    parts: list[str] = []
    size = 0
    for part in islice(element.itertext(), _NEAR):
        parts.append(part)
        size += len(part.strip())
        if size > LONGEST_HEADING:
            return ""
    return folded("".join(parts))


def _behind(heading: HtmlElement) -> tuple[HtmlElement, ...]:
    """What follows the heading, or the boxes it stands in: the next element with links and those of its kind behind it.

    An empty list means that the page has nothing related; a block with a heading of its own is another one.
    """
    box = heading
    for _ in range(_OUTWARD):
        behind = [element for element in islice(box.itersiblings(), _NEAR) if isinstance(element.tag, str)]
        for place, element in enumerate(behind):
            if element.tag in UNSEEN or (box.tag == "a" and element.tag == "a"):
                continue
            if _linked(element):
                return () if _is_other(element) else _alike(behind[place:])
            if bare := _openings(behind[place:]):
                return bare
            if element.tag in ("ul", "ol", "dl"):
                return ()
        outer = box.getparent()
        if outer is None or outer.tag in ("body", "html"):
            return ()
        box = outer
    return ()


def _is_other(element: HtmlElement) -> bool:
    head = next(element.iter("h2", "h3", "h4"), None)
    return (
        head is not None
        and not _linked(head)
        and next(head.iterancestors("a"), None) is None
        and not any(one.tag in _ITEMS for one in head.iterancestors() if one is not element.getparent())
    )


def _alike(behind: list[HtmlElement]) -> tuple[HtmlElement, ...]:
    """The first, and those right behind it that are of its kind and, too, hold links and little else."""
    first = behind[0]
    found = [first]
    if first.tag in ("ul", "ol"):
        return (first,)
    for element in behind[1:]:
        if element.tag == "br":
            continue
        if element.tag != first.tag or not _linked(element):
            break
        named = element.get("class") == first.get("class") is not None
        if _told(element) > max(_linked_letters(element), _TOLD // 4 if named else 0):
            break
        found.append(element)
    return tuple(found)


def _openings(behind: list[HtmlElement]) -> tuple[HtmlElement, ...]:
    """Elements without addresses that are items of date, headline and an opening cut with '…'; else ()."""
    found: list[HtmlElement] = []
    dates = cuts = 0
    for element in behind:
        runs = _runs(element)
        if _linked(element) or (found and element.tag in _HEADS) or (runs and len(runs) == 1 and _is_told(runs[0])):
            break
        found.append(element)
        dates += sum(_DATED.match(run) is not None for run in runs)
        cuts += sum(run.endswith(CUT) for run in runs)
    while found and not any(run.endswith(CUT) or _DATED.fullmatch(run) for run in _runs(found[-1])):
        found.pop()
    return tuple(found) if cuts >= 2 or (cuts and dates) else ()


def _is_told(run: str) -> bool:
    return len(run) > 60 and not run.endswith(CUT)


def _line(heading: HtmlElement) -> HtmlElement:
    """The heading's own line: the inline elements round it, and what holds nothing but them and links."""
    node = heading
    while node.tag in _INLINE and (outer := node.getparent()) is not None and outer.tag not in ("body", "html"):
        if len(_short_text(outer)) == 0 or (_told(outer) > LONGEST_HEADING):
            break
        node = outer
    return node


# -- what a block lists ------------------------------------------------------------------------------------------------
def _linked_entries(element: HtmlElement, anchors: list[HtmlElement]) -> Iterator[Entry]:
    said: list[tuple[HtmlElement, str]] = []
    items: dict[HtmlElement, list[tuple[HtmlElement, str]]] = {}
    for anchor in anchors:
        if len(words := _headline(anchor)) >= _SHORTEST and not reads(words):
            said.append((anchor, words))
    full = [one for one in said if _is_full(one[1])]
    for anchor, words in full or said:
        items.setdefault(_item_round(anchor, element), []).append((anchor, words))
    for item, found in items.items():
        chosen = _chosen(found)
        for anchor, words in chosen:
            summary = _summary(item, words, found) if len(chosen) == 1 else None
            beside = visible_text(item)
            if len(chosen) > 1:
                beside = anchor.tail or ""
            beside = beside.replace(words, " ", 1)
            yield Entry(
                headline=words,
                href=anchor.get("href"),
                beside=beside.replace(summary, " ") if summary else beside,
                summary=summary,
            )


def _is_full(words: str) -> bool:
    """Whether they may be a headline: in a script with spaces a section's or a writer's name has one or two words."""
    return words.count(" ") >= _FEW_WORDS or max(words) >= "\u2e80"


def _chosen(found: list[tuple[HtmlElement, str]]) -> list[tuple[HtmlElement, str]]:
    """The headline of an item: the link that is or holds a heading, else every link that is long enough to be one."""
    if len(found) == 1:
        return found
    for anchor, words in found:
        outer = anchor.getparent()
        if (outer is not None and outer.tag in _HEADS) or next(anchor.iter(*_HEADS), None) is not None:
            return [(anchor, words)]
    hrefs = {anchor.get("href"): (anchor, words) for anchor, words in reversed(found)}
    own = [(anchor, words) for anchor, words in reversed(hrefs.values()) if len(words) >= _OWN]
    return own or found[:1]


def _item_round(anchor: HtmlElement, block: HtmlElement) -> HtmlElement:
    """The list item the link stands in, else the outermost box in the block that links nowhere else."""
    node, steps = anchor, 0
    while node is not block and steps < 8:
        if node.tag in _ITEMS:
            return node
        outer = node.getparent()
        if outer is None:
            break
        node, steps = outer, steps + 1
    if block.tag in _ITEMS:
        return block
    item = anchor
    for _ in range(4):
        outer = item.getparent()
        if outer is None or item is block or outer is block:
            break
        if any(other.get("href") != anchor.get("href") for other in _linked(outer)):
            break
        item = outer
    return item


def _summary(item: HtmlElement, headline: str, found: list[tuple[HtmlElement, str]]) -> str | None:
    """A paragraph of the item that is neither its headline nor its date."""
    for element in item.iter("p", "dd"):
        words = visible_text(element)
        if len(_DATE_ANYWHERE.sub("", words)) >= _OPENING and headline not in words:
            return words
    other = [words for _, words in found if words != headline and words.endswith(CUT) and len(words) > len(headline)]
    return other[0] if other else None


def _headline(anchor: HtmlElement) -> str:
    """A heading in the link, else its words; its title where they were cut short ('…')."""
    head = next(anchor.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    words = visible_text(head if head is not None else anchor).strip(_MARKS)
    title = folded(anchor.get("title") or "")
    return title if title and (words.endswith(CUT) or (words and head is None and title in words)) else words


def _bare_entries(elements: list[HtmlElement]) -> Iterator[Entry]:
    """Items without addresses. An opening ends one; a date begins one where the first run of all is a date."""
    runs = [run for element in elements for run in _runs(element)][: 6 * _NEAR]
    headline, date, summary = "", "", ""
    dates_lead = bool(runs) and _DATED.match(runs[0]) is not None
    for run in runs:
        dated = _DATED.match(run)
        rest = run[dated.end() :] if dated else run
        ends = bool(headline) and (summary.endswith(CUT) or (dates_lead and dated is not None))
        if ends and not (dated and not rest and not dates_lead):
            yield Entry(headline=headline, href=None, beside=date, summary=summary or None)
            headline, date, summary = "", "", ""
        date = dated[0] if dated else date
        if rest and not headline:
            headline = rest
        elif rest:
            summary = f"{summary} {rest}".strip()
    if headline:
        yield Entry(headline=headline, href=None, beside=date, summary=summary or None)


def _runs(element: HtmlElement) -> list[str]:
    texts = islice(element.itertext(*_TEXTUAL), 6 * _NEAR)
    return [run for text in texts if (run := folded(text))]


_TEXTUAL = (
    *("li", "p", "div", "span", "a", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "dl", "ul", "ol", "strong", "b", "em"),
    *("i", "time", "td", "tr", "table", "tbody", "section", "article", "font", "small"),
)


def _linked(element: HtmlElement) -> list[HtmlElement]:
    if element.tag == "a":
        return [element] if _leads(element) else []
    anchors = (anchor for anchor in element.iter("a") if anchor.get("href") is not None)
    return [anchor for anchor in islice(anchors, _MOST_LINKS) if _leads(anchor)]


def _leads(anchor: HtmlElement) -> bool:
    href = (anchor.get("href") or "").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:"))


def _linked_letters(element: HtmlElement) -> int:
    return sum(len(visible_text(anchor)) for anchor in _linked(element))


def _told(element: HtmlElement) -> int:
    """Characters outside links."""
    return len(visible_text(element)) - _linked_letters(element)


def _holds_story(element: HtmlElement) -> bool:
    runs = [run for run in _runs(element) if not run.endswith(CUT)]
    if sum(map(len, runs)) <= _TOLD:
        return False
    whole, linked = len(visible_text(element)), _linked_letters(element)
    return whole - linked > max(_TOLD, linked)
