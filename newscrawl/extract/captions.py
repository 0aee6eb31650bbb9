"""Captions (图说): which words beside an image are its caption, and whom they credit."""

from __future__ import annotations

import re

import attrs

from newscrawl.extract.blocks import Block


def with_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Captions, as printed, given to the images they stand beside; words that were captions leave the story.

    A marked caption (``.pictext``, ``<figcaption>``) goes to the image before it, else to the one after. A paragraph
    is one where it begins with △ ▲ ↑ (image above) or ▼ ↓ (below), or follows an image and begins with 图为 or 资料图
    or ends with 摄.
    """
    out = list(blocks)
    for place, block in enumerate(out):
        target = _target(out, place, block)
        if target is not None:
            image = out[target].image
            assert image is not None
            captioned = attrs.evolve(image, caption=block.text, credit=credit_in(block.text))
            out[target] = attrs.evolve(out[target], image=captioned)
            out[place] = Block(kind="gone")
        elif block.kind == "caption":
            out[place] = Block(kind="gone")
    return tuple(block for block in out if block.kind != "gone")


_BELOW = re.compile(r"[▽▼↓⬇⇩]")
_ARROW = re.compile(r"[△▲↑⬆⇧▽▼↓⬇⇩]")
_LIKE_CAPTION = re.compile(r"^(?:图为|图：|图片[:：]|资料图|上图|下图)|摄\s*[)）]?[。.]?$")
_TITLED = re.compile(r"(?:记者|通讯员|摄影|摄影师|[社网报台])$")
_CAPTION_LENGTH = 160
_CREDIT = re.compile(
    r"(?:^|[\s。！？!?；;，,（(：:])(?P<by>[^\s。！？!?；;，,（(：:](?:[^。！？!?；;，,（(：:]{0,28}[^\s。！？!?；;，,（(：:])?)\s*摄(?:影)?\s*[)）]?[。.]?$"
    r"|(?:图片来源|图源|图/|Photo(?:graph)?(?: by)?|Credit)\s*[:：/]?\s*(?P<from>[^)）。]{2,40})[)）]?[。.]?$"
    r"|(?:^|[\s。，,（(])(?P<gave>[^\s。，,（(]{2,20})\s*供图\s*[)）]?[。.]?$"
)


def credit_in(caption: str) -> str | None:
    """The photographer or agency that a caption names (…摄, 图片来源：…, …供图), None where it names none."""
    found = _CREDIT.search(caption)
    if not found:
        return None
    if found["by"]:
        return _photographer(found["by"].split())
    return (found["from"] or found["gave"]).strip() or None


def _photographer(words: list[str]) -> str | None:
    """The name before 摄 with its title or outlet: what else stands before it ('河边 甲某某 摄') is the caption's."""
    name = words[-1]
    rest = words[:-1]
    if len(name) == 1 and rest and len(rest[-1]) == 1:
        name = rest.pop() + name
    return f"{rest[-1]} {name}" if rest and _TITLED.search(rest[-1]) else name


def _target(blocks: list[Block], place: int, block: Block) -> int | None:
    """Place of the image whose caption ``block`` is, or None."""

    def bare(at: int) -> bool:
        return 0 <= at < len(blocks) and (image := blocks[at].image) is not None and not image.caption

    before, after = place - 1, place + 1
    while before >= 0 and blocks[before].kind == "gone":
        before -= 1
    if block.kind == "caption":
        return before if bare(before) else after if bare(after) else None
    if block.kind != "p" or len(block.text) > _CAPTION_LENGTH:
        return None
    if bare(after) and _BELOW.match(block.text):
        return after
    if bare(before) and (_ARROW.match(block.text) or _LIKE_CAPTION.search(block.text)):
        return before
    return None
