"""Captions (图说): which words beside an image are its caption, and whom they credit.

Marked ones come from the walk. Of the unmarked, those are believed that say so in words or signs; and on a page whose
paragraphs end in full stops, the short line right behind an image that ends in none (in Latin script: in italics).
Subheadings are bold or numbered, or stand elsewhere in the story too; a page that marks captions with △ marks them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from attrs import frozen

from newscrawl.extract.blocks import Block
from newscrawl.extract.notices import WIDE, asks, is_machinery, link_share
from newscrawl.items import Image
from newscrawl.text.traditional import simplified

_BELOW = re.compile(r"[▽▼↓⬇⇩]")
_ARROW = re.compile(r"[△▲↑⬆⇧▽▼↓⬇⇩]")
_LIKE_CAPTION = re.compile(
    r"^(?:图为|图[：:/／|]|图片?(?:来源|来自|源)?\s*[:：]|资料图|(?:上|下|左|右)图|摄影\s*[:：])|(?:摄|供图)\s*[)）]?[。.]?$|^\S{0,8}截图\s*[)）]?[。.]?$"
    r"|[（(](?:图|照片|写真|사진|视频截图)[^（）()]{0,30}[)）]$|(?:资料|示意|效果|现场)(?:图|图片|照片)[)）]?$|图源\S{0,20}$"
    r"|^(?:Photo(?:graph)?s?|Images?|Pictures?|Fotos?|Bild|Crédit)(?: (?:by|credit|courtesy))?\s*[:：]"
    r"|\b(?:AP Photo|Getty Images|Shutterstock)\b[^.]{0,30}[)\]]?$",
    re.IGNORECASE,
)
_CAPTION_LENGTH = 160
_SHORT = 45
"""Characters of an unmarked caption; of Latin script 2.5 times as many."""
_STOP, _CLOSING = "。！？!?.…:：；;，,", "\"'”’»」』)）]】*"
_STOPPED = re.compile(rf"[{_STOP}](?:[\"'”’»」』)）\]】*]|</?\w+>)*$")
_BOLD, _ITALIC = re.compile(r"<(strong|b)>.*</\1>"), re.compile(r"<(em|i)>.*</\1>")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章节]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:[、.．]|$)|[★●■◆•·\-—－])"
)
_NAMING = re.compile(
    r"记者|通讯员|作者|编[辑审]|责编|撰文|校对|监制|审核|^\W*(?:文\W|来源|稿源|by |von |par )"
    r"|^(?:19|20)\d\d\s*[-年/.][^，,]*$|\d\d:\d\d",
    re.IGNORECASE,
)
"""Lines of names and dates above and below a story, which stand beside pictures too."""
_PARAGRAPH = 40
"""Characters of a paragraph that begins or ends the running text."""
_LOOSE, _MOST = 3, 0.3
"""On a page whose captions are told by their missing full stop there are so many times more of them than of other lines
without one, and no larger a part of its letters is captions."""
_TITLED = re.compile(r"(?:记者|通讯员|摄影|摄影师|[社网报台])$")
_STOPS = "。！？!?；;，,（(：:"
_NAME = rf"[^\s{_STOPS}](?:[^{_STOPS}]{{0,28}}[^\s{_STOPS}])?"
_CREDIT = re.compile(
    rf"(?:^|[\s{_STOPS}])(?P<by>{_NAME})\s*摄(?:影)?\s*[)）]?[。.]?$"
    r"|(?:图片?(?:来源|来自|源)|图自|摄影[:：]|图[/／]|Photo(?:graph)?(?: by)?|Credit)\s*[:：/]?\s*"
    r"(?P<from>[^)）。]{2,40})[)）]?[。.]?$"
    r"|(?:^|[\s。，,（(])(?P<gave>[^\s。，,（(]{2,20})\s*供图(?:\s[^\s。，]{1,12})?\s*[)）]?[。.]?$"
)
_CREDIT_ONLY = re.compile(r"^[\s（(]*(?:图片?(?:来源|来自|源)?|图自|摄影)\s*[:：/／|]")


def with_captions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Captions, as printed, given to the images they stand beside; words that were captions leave the story.

    A marked caption (``.pictext``, ``<figcaption>``) goes to the image before it, else to the one after. A paragraph
    is one where it begins with △ ▲ ↑ (image above) or ▼ ↓ (below), or follows an image and begins with 图为 or 资料图
    or ends with 摄, or is short and ends in no full stop. An image whose caption is a call (扫码关注) is none of the
    story's; images without an address are only looked at.
    """
    kinds = [block.kind for block in blocks]
    if "figure" not in kinds:
        return tuple(block for block in blocks if block.kind != "caption") if "caption" in kinds else blocks
    out = list(blocks)
    told = _Told.by(blocks)
    before = -1
    for place, block in enumerate(out):
        beside = block.kind == "caption" or "figure" in (kinds[before], *kinds[place + 1 : place + 2])
        target = _target(out, before, place, block, told) if beside else None
        if target is not None:
            out[target] = _captioned(out[target], block)
            out[place] = Block(kind="gone")
        elif block.kind == "caption":
            out[place] = Block(kind="gone")
        if out[place].kind != "gone":
            before = place
    return tuple(block for block in out if block.kind != "gone" and (block.kind != "figure" or block.image))


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


def _captioned(figure: Block, block: Block) -> Block:
    """The image with its caption; none where the words are a call or the page's machinery."""
    image = figure.image
    if asks(simplified(block.text)):
        return Block(kind="gone")
    if image is None:
        return attrs.evolve(figure, html=block.text)
    if is_machinery(block):
        return figure
    caption = f"{image.caption} {block.text}" if image.caption else block.text
    return attrs.evolve(
        figure, image=attrs.evolve(image, caption=caption, credit=credit_in(block.text) or image.credit)
    )


@frozen
class _Told:
    """What a story's lines say of how its captions are told."""

    by_stop: bool
    """Whether a short line behind an image is a caption because it ends in no full stop."""
    last: int
    """Place of the running text's last paragraph."""

    @classmethod
    def by(cls, blocks: Sequence[Block]) -> _Told:
        long = [
            place
            for place, block in enumerate(blocks)
            if block.kind == "p" and len(block.text) >= _PARAGRAPH and _is_stopped(block.text)
        ]
        if not long:
            return cls(by_stop=False, last=0)
        loose = behind = told = captions = 0
        for place in range(long[0], long[-1] + 1):
            block = blocks[place]
            if block.kind != "p" or not block.text:
                continue
            if _ARROW.match(block.text):
                return cls(by_stop=False, last=0)
            told += len(block.text)
            if not _is_stopped(block.text) and _is_plain(block) and not _NAMING.search(simplified(block.text)):
                if _stands_behind_image(blocks, place):
                    captions += len(block.text)
                    behind += 1
                else:
                    loose += 1
        return cls(by_stop=_LOOSE * loose <= behind and captions <= _MOST * told, last=long[-1])


def _is_stopped(text: str) -> bool:
    """Whether a line ends in a stop, with closing signs and marks behind it or none."""
    last = text.rstrip(_CLOSING)[-1:]
    return last in _STOP if last and last not in ">\n" else _STOPPED.search(text) is not None


def _stands_behind_image(blocks: Sequence[Block], place: int) -> bool:
    """Right behind it, or behind the line that credits it."""
    if place and blocks[place - 1].kind == "figure":
        return True
    return place > 1 and blocks[place - 2].kind == "figure" and _CREDIT_ONLY.match(blocks[place - 1].text) is not None


def _is_plain(block: Block) -> bool:
    return not _BOLD.fullmatch(block.html) and not _NUMBERED.match(block.text)


def _target(blocks: list[Block], before: int, place: int, block: Block, told: _Told) -> int | None:
    """Place of the image whose caption ``block`` is, or None; ``before`` is that of the last block not gone."""

    def bare(at: int) -> bool:
        return 0 <= at < len(blocks) and blocks[at].kind == "figure" and not _caption_of(blocks[at])

    after = place + 1
    if block.kind == "caption":
        return before if bare(before) else after if bare(after) else None
    if block.kind != "p" or len(block.text) > _CAPTION_LENGTH:
        return None
    if bare(after) and _BELOW.match(block.text):
        return after
    if bare(before):
        text = simplified(block.text)
        if _ARROW.match(text) or _LIKE_CAPTION.search(text) or _is_short_line(block, text, place, told):
            return before
    elif (
        before >= 0 and blocks[before].kind == "figure" and _CREDIT_ONLY.match(simplified(_caption_of(blocks[before])))
    ):
        return before if _is_short_line(block, simplified(block.text), place, told) else None
    return None


def _caption_of(figure: Block) -> str:
    """Its caption; of a figure without an address it is kept in ``html`` until the figure goes."""
    image: Image | None = figure.image
    return (image.caption or "") if image else figure.html


def _is_short_line(block: Block, text: str, place: int, told: _Told) -> bool:
    """A line behind an image that is told to be its caption by its length and by ending in no full stop."""
    if not told.by_stop or not block.text or place > told.last:
        return False
    wide = WIDE.search(text) is not None
    if len(text) > (_SHORT if wide else round(2.5 * _SHORT)) or not (wide or _ITALIC.fullmatch(block.html)):
        return False
    if _is_stopped(text) or not _is_plain(block):
        return False
    return not _NAMING.search(text) and link_share(block) < 0.5
