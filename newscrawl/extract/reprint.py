"""A reprinter's page taken apart: where the text comes from, who reprints it, what is printed about that.

Such a page says in a line of its own, at the head or the foot of the story or beside its headline, that the text is
another's: 文章来源：https://…, 本文转载自甲报，原文链接：…, 本文獲甲報授權轉載, 'This article was originally published
on …'. With such a line the reprinter's handle (printed twice: name beside picture, 看穿看穿) is an account, never an
author, and the disclaimer is kept apart from the story. A page without one is left as it is; patterns are asked of
simplified script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from attrs import field, frozen
from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block
from newscrawl.extract.surface import holders
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import folded, visible_text
from newscrawl.text.urls import absolute, site_of, split

_HEAD, _TAIL, _NEAR = 4, 10, 14
"""Lines at a story's head and end, and runs behind the headline, in which a notice stands."""
_LONGEST_LINE, _LONGEST_NOTICE = 260, 600
_MOST_PLACES = 12
_REST = 0.4
"""Part of a story's letters that may stand behind a notice at its foot and be no story."""
_WORDS = (
    "原文",
    "转载自",
    "转自",
    "轉載",
    "来源：http",
    "来源:http",
    "來源：http",
    "riginally ",
    "epublished ",
    "original a",
)
_SIGNS = (
    "http",
    "原",
    "转",
    "轉",
    "首发",
    "首發",
    "刊",
    "授权",
    "授權",
    "摘自",
    "riginal",
    "irst ",
    "first",
    "epublish",
    "eprint",
    "epost",
    "yndicat",
)
"""One of them is in every line that tells of a source."""
_ADDRESS = re.compile(r"https?://[^\s，。；、（）()【】「」《》“”\"'<>]{4,500}")
_TO_SOURCE = re.compile(
    r"(?:文章|本文|原文|稿件|信息|内容|资料)?\s?(?:来源|出处|转载自|转自|链接|连结|地址|网址)(?:链接|连结|地址|网址|于)?\s*[:：]\s*"
    r"(?=https?://)|原文\s?(?:链接|连结|地址|网址|出处|网页)\s*[:：]?|\b(?:read|view|see) the original\b"
    r"|^\W*(?:the )?original (?:article|story|post|source)\b",
    re.IGNORECASE,
)
"""What stands before, or is, the address of the source."""
_FROM = re.compile(
    r"^\W*(?:(?:本文|文章|内容|本稿|此文|原文|该文)[^，。；：:\s]{0,4})?"
    r"(?:转载自|转自|摘自|首发于|首发自|原载于|原载|刊载于|转载于)\s*[:：]?\s*[《「“【]?"
    r"(?P<credit>[^，。；、：:《》「」“”【】|（）()\s]{2,24})"
)
_GRANTED = re.compile(
    r"(?:^|[^\w])本文(?!件|化|书|明|字)[^，。：]{0,4}?[获经由]\s*[《「“【]?(?P<credit>[^，。；：《》「」“”【】]{2,24}?)[》」”】]?\s*(?:独家)?授权"
    r"(?:转载|发布|刊登|发表|使用)"
)
_ENGLISH = re.compile(
    r"^\W*(?i:(?:(?:a|an earlier) version of )?this (?:[\w-]{1,16} )?(?:article|story|post|piece"
    r"|column|essay|report|interview|commentary|excerpt|analysis|op-ed|text)\b[^.!?]{0,40}?)?"
    r"\b(?i:(?:first|originally) (?:appeared|published|posted|printed|ran)(?: on| in| by| at)"
    r"|(?:appeared|published|posted) (?:first|originally)(?: on| in| by| at)"
    r"|(?:republished|reprinted|reposted|syndicated)(?: here)?(?: with (?:the )?permission)? (?:from|of|courtesy of))"
    r" (?:the )?"
    r"(?P<credit>[A-Z][\w&'’-]*(?:\.[a-z]{2,6}\b)?(?: (?:[A-Z&][\w&'’-]*|of|the|and|for|in)){0,6})",
)
_AUTHOR = re.compile(
    r"(?:^|[\s，。；|｜(（])(?:原文?)?作者\s*[:：]\s*(?P<names>[^，。；|｜:：()（）\s][^，。；|｜:：()（）]{1,30})"
)
_DISCLAIMER = re.compile(
    r"^\W*(?:免责|特别|郑重|版权|重要|转载|本站|平台|网站)?(?:声明|申明|说明)\s*[】\]]?\s*[:：]|^\W*disclaimer\s*:"
    r"|(?:本[网站文平]|平台|作者|入驻|转载|该文|文章|内容).{0,80}(?:不代表|[仅僅]代表).{0,30}(?:观点|立场|看法|意见)"
    r"|^\W*本文为转载",
    re.IGNORECASE,
)
_ENTRANT = re.compile(r"本文由.{0,16}(?:入驻|自媒体|平台).{0,12}(?:作者|用户|账号)")
_FURNITURE = re.compile(
    r"^(?:(?:发布者|发布人|发帖人|楼主|转载者|转载人)\s*[:：]\s*(?P<account>\S{2,20})|(?:浏览|阅读|点击|查看|回复|评论|点赞|收藏)"
    r"(?:量|数|次数)?\s*[:：]?\s*[\d.,万+]{1,10}\s?次?|(?:发布|发表)(?:时间|于)\s*[:：]\s*[\d\s年月日:./-]{6,24})"
)
_INLINE = frozenset({"a", "span", "b", "strong", "em", "i", "font", "small", "u"})
_HREF = re.compile(r'<a href="([^"]{4,2000})"')
_CAPITAL = re.compile(r"^(?:the|a|an)\b")
_ACCOUNT = re.compile(r"[\w·\-]{2,20}")


@frozen(kw_only=True)
class Reprint:
    """What a reprinter's page says of itself; nothing on any other page but its ``blocks``."""

    blocks: tuple[Block, ...] = field(repr=False)
    """The story's without the lines that tell of the reprint."""
    told: bool = False
    """Whether the page says that it reprints."""
    credit: str | None = None
    credit_url: str | None = None
    """Absolute; never an address of the reprinter's own site."""
    bylines: tuple[str, ...] = ()
    """作者：… out of the notices, as printed."""
    notice: str | None = None
    """The disclaimer as printed, a paragraph a line."""
    account: str | None = None
    """The reprinter's handle, once."""

    def without_reprinter(self, name: str | None) -> str | None:
        """The name of an outlet, or None where it is an address or the reprinter itself."""
        if not name or _ADDRESS.match(name) or (self.account and self.account in (name, undoubled(name))):
            return None
        return name


@frozen
class _Line:
    text: str
    hrefs: tuple[str, ...]
    """As found."""


def reprint_of(
    tree: HtmlElement, blocks: Sequence[Block], *, url: str, near: Sequence[str], canonical: str | None
) -> Reprint:
    """``url`` is the page's; ``near`` the runs behind its headline; ``canonical`` serves as the source's address where
    a notice gives none and it lies on another site."""
    words = [place for place, block in enumerate(blocks) if block.text]
    edges = sorted({*words[:_HEAD], *words[-_TAIL:]})
    said: dict[int, _Said] = {}
    notices: list[int] = []
    runs = near[: _NEAR + 1]
    texts = [*runs, *[blocks[place].text for place in edges]]
    printed = " ".join([text for text in texts if len(text) <= _LONGEST_LINE])
    signs = [sign for sign in _SIGNS if sign in printed]
    for place in edges:
        block = blocks[place]
        found = _read(_Line(block.text, _hrefs(block.html)), url) if _may_tell(block.text, signs) else None
        if found:
            said[place] = found
        elif (
            len(block.text) <= _LONGEST_NOTICE
            and _may_disclaim(block.text)
            and _DISCLAIMER.search(simplified(block.text))
        ):
            notices.append(place)
    others = [found for line in (*_beside(runs, signs), *_elsewhere(tree)) if (found := _read(line, url))]
    entrant = any(_ENTRANT.search(simplified(blocks[place].text)) for place in notices)
    if not said and not others and not entrant:
        return Reprint(blocks=tuple(blocks))
    all_said = [*said.values(), *others]
    account = _account([*near[:_NEAR], *(blocks[place].text for place in edges[:_HEAD])])
    heads = {place for place in edges[:_HEAD] if _is_head_line(blocks[place].text, account)}
    out = {*said, *notices, *heads, *_behind(blocks, words, [*said, *notices])}
    return Reprint(
        blocks=tuple(block for place, block in enumerate(blocks) if place not in out),
        told=True,
        credit=next((one.credit for one in all_said if one.credit), None),
        credit_url=next((one.url for one in all_said if one.url), None) or _abroad(url, canonical, url),
        bylines=tuple(dict.fromkeys(line for one in all_said for line in one.bylines)),
        notice="\n".join(blocks[place].text for place in notices) or None,
        account=account,
    )


def _behind(blocks: Sequence[Block], words: Sequence[int], told: Sequence[int]) -> Iterator[int]:
    """The places behind the first notice at the story's foot: comments, and other lists."""
    half = words[len(words) // 2] if words else 0
    first = min((place for place in told if place >= half), default=None)
    if first is None:
        return
    rest = [place for place in words if place > first]
    if sum(len(blocks[place].text) for place in rest) <= _REST * sum(len(blocks[place].text) for place in words):
        yield from range(first + 1, len(blocks))


def undoubled(name: str) -> str | None:
    """看穿 of 看穿看穿, a handle printed twice; None where nothing is doubled."""
    half = len(name) // 2
    for first, second in (
        (name[:half], name[half:]),
        (name[:half], name[half + 1 :] if name[half : half + 1] == " " else ""),
    ):
        if len(first) >= 2 and first == second and len(set(first)) > 1 and _ACCOUNT.fullmatch(first):
            return first if not first.isdecimal() else None
    return None


def _may_disclaim(text: str) -> bool:
    return "明" in text or "代表" in text or "本文为转载" in text or "isclaimer" in text


def _may_tell(text: str, signs: Iterable[str]) -> bool:
    if len(text) <= _LONGEST_LINE:
        for sign in signs:
            if sign in text:
                return True
    return False


def without_addresses(text: str) -> str:
    return folded(_ADDRESS.sub(" ", text))


# -- lines that tell of the source -------------------------------------------------------------------------------------
@frozen
class _Said:
    credit: str | None
    url: str | None
    bylines: tuple[str, ...]


def _read(line: _Line, page: str) -> _Said | None:
    """What a line says of the text's source; None for a line that is story."""
    if not _may_tell(line.text, _SIGNS):
        return None
    text = simplified(line.text)
    names = next((found for rule in (_GRANTED, _FROM, _ENGLISH) if (found := rule.search(text))), None)
    label = _TO_SOURCE.search(text)
    if names is None and label is None:
        return None
    printed = _ADDRESS.search(line.text, label.end() if label else 0) or _ADDRESS.search(line.text)
    addresses = [*((printed[0],) if printed else ()), *line.hrefs]
    url = next((there for address in addresses if (there := _abroad(page, address, page))), None)
    if names is None and url is None:
        return None
    credit = line.text[slice(*names.span("credit"))] if names else None
    by = tuple(f"作者：{line.text[slice(*found.span('names'))].strip()}" for found in _AUTHOR.finditer(text))
    return _Said(_outlet(credit), url, by)


def _outlet(credit: str | None) -> str | None:
    if not credit or credit.startswith("http"):
        return None
    name = credit.strip(" .,:：")
    return None if _CAPITAL.match(name) or len(name) < 2 else name


def _abroad(base: str, href: str | None, page: str) -> str | None:
    """The address, absolute, where it lies on another site than the page."""
    address = absolute(base, href)
    own, other = site_of(page), site_of(address or "")
    if not address or not other or (own and (own.endswith(other) or other.endswith(own))):
        return None
    parts = split(address)
    return address if parts and (parts.path.strip("/") or parts.query) else None


def _hrefs(html: str) -> tuple[str, ...]:
    return tuple(unescape(found) for found in _HREF.findall(html)[:4])


def _beside(runs: Sequence[str], signs: Sequence[str]) -> Iterator[_Line]:
    """The runs behind the headline, each with the next, that hold one of the signs."""
    for place, run in enumerate(runs[:_NEAR] if signs else ()):
        text = run if "http" in run or place + 1 == len(runs) else f"{run} {runs[place + 1]}"
        if _may_tell(text, signs):
            yield _Line(text, ())


def _elsewhere(tree: HtmlElement) -> Iterator[_Line]:
    """The lines outside the story in which the words of a notice stand."""
    for holder in holders(tree, _ANY, _WORDS)[:_MOST_PLACES]:
        line = _line_round(holder)
        yield _Line(visible_text(line)[: _LONGEST_LINE + 1], tuple(_links(line)))


_ANY = re.compile("|".join(map(re.escape, _WORDS)))


def _line_round(element: HtmlElement) -> HtmlElement:
    node = element
    while node.tag in _INLINE and (outer := node.getparent()) is not None and outer.tag not in ("body", "html"):
        node = outer
    return node


def _links(element: HtmlElement) -> Iterator[str]:
    anchors: Iterable[HtmlElement] = element.iter("a")
    for _, anchor in zip(range(4), anchors, strict=False):
        if href := anchor.get("href"):
            yield href


# -- the reprinter -----------------------------------------------------------------------------------------------------
def _account(runs: Sequence[str]) -> str | None:
    """The handle that is printed twice, in one run or in two, or that a label names (发布者：…)."""
    before = ""
    for run in runs:
        text = folded(run)
        labelled = _FURNITURE.match(simplified(text))
        if labelled and labelled["account"]:
            return text[slice(*labelled.span("account"))]
        if handle := undoubled(text):
            return handle
        if text == before and _ACCOUNT.fullmatch(text) and not text.isdecimal():
            return text
        before = text
    return None


def _is_head_line(text: str, account: str | None) -> bool:
    """Whether a line above the story holds nothing but the reprinter's handle and counters."""
    if account and (text == account or undoubled(text) == account):
        return True
    return len(text) <= 60 and _FURNITURE.match(simplified(text)) is not None
