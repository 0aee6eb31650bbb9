"""Where a page in Chinese says its story came from (来源): behind a label, in ``<meta>``, or in the outlet's slot.

The slot is the place beside the date, where templates print the outlet without a label. A name there is taken only
where something else says that it is one: the page's data, the name's last word (…报, …网), what the element is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from urllib.parse import urlsplit

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.meta import Meta
from newscrawl.extract.slots import DATE, called, holders_of, is_button, is_date, is_human, lines_with, may_name
from newscrawl.extract.state import State
from newscrawl.extract.surface import surface_of
from newscrawl.items import Json
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import folded

LONGEST_OUTLET = 40
"""Characters; what is longer where an outlet's name should stand is none."""
_LABEL = re.compile(
    r"(?<![\u3400-\u9fff])(?:本文|文章|稿件|新闻|内容|信息|原文|消息|图文)?"
    r"(?:(?:来源|稿源|出处)\s*[:：|｜丨/／]|(?:来源于|转载自|转自|来源|来自|稿源)\s*(?:[:：]|$|(?<=来源于)))\s*"
)
"""In simplified script. 图片来源 and 数据来源 are others' labels."""
_WORDS = ("来源", "來源", "稿源", "出处", "出處", "转自", "轉自")
_STOP = re.compile(  # of what is glued to the name; behind a blank everything is cut off
    r"参与互动|分享|字号|字体|打印|责任编辑|责编|【|\[|[|｜]|(?<!\d)(?:19|20)\d{2} ?[-年/.]\s?\d|"
    r"(?:作者|记者|编辑|时间|日期|发布|发表|更新|浏览|点击|阅读|评论)(?:时间|日期|次数|数|量|于)?\s?[:：]"
)
_BLANK = re.compile(r"[\s\u3000]+(?![A-Za-z])")
_SAID = (
    *("source", "contentsource", "articlesource", "article:source", "og:article:source", "copyfrom", "mediaid"),
    *("news_source", "newssource", "dc.source", "article_source"),
)
"""Names of ``<meta>`` that give the source; ContentSource is that of China's rules for the sites of public bodies."""
_AGREE = ("article:author", "author", "article:publisher", "publisher", "og:article:author")
"""Names that hold an outlet as often as a person: believed of what stands in the slot."""
_OUTLET = re.compile(
    r"(?:报|网|社|台|新闻|杂志|周刊|月刊|半月谈|客户端|财经|在线|卫视|频道|传媒|融媒体?|之声|通讯|参考消息|视频|发布|时报|日报|观察|"
    r"(?i:news|times|post|daily|press|weekly))$"
)
_SOURCE_NAME = re.compile(
    r"(?:^|[\s_-])(?:source|laiyuan|copyfrom|origin|outlet|publisher|media)(?:$|[\s_-]|\d|name)", re.I
)
_DIVIDED = re.compile(r"--+|[_|｜丨–—-]")
_NEAR = 6
"""Runs behind a date over which it may be spread before the outlet follows."""
_LONGEST_LABEL = 4
_NOBODY = frozenset({"未知", "不详", "原创", "本站原创", "本站", "佚名", "admin"})
"""What a CMS prints where nobody filled in the source."""


@frozen(kw_only=True)
class Credited:
    name: str | None
    """None where only an address is given as the source."""
    who: str
    sure: float
    url: str | None = None
    """As found on the page."""


def credited(
    tree: HtmlElement,
    head: Sequence[str],
    *,
    meta: Meta,
    data: Json,
    state: Callable[[], State],
    told: str | None,
    own: Collection[str],
    account: str | None,
) -> Credited | None:
    """``head``: the runs between headline and story; ``told``: what a line of the story itself says; ``own``: the
    site's names, which without a label are no credit; ``account``: on a page of such, an outlet without a label is it.
    """
    if labelled := labelled_in(head):
        return _with_address(tree, labelled, "generic", 0.92)
    if told and may_credit(told):
        return Credited(name=told, who="text", sure=0.85)
    if declared := next(filter(None, (_plain(meta.first(name)) for name in _SAID)), None):
        return Credited(name=_as_shown(declared, head), who="meta", sure=0.85)
    found = _in_slot(tree, head, meta, data, state) if account is None else None
    if found and (found.name not in own or found.who != "generic"):
        return found
    runs = surface_of(tree).runs
    if (said := _plain(state().source)) and said not in own and said in runs:
        return Credited(name=said, who="state", sure=0.8)
    anywhere = set(_labelled_anywhere(runs))
    return _with_address(tree, anywhere.pop(), "generic", 0.55) if len(anywhere) == 1 else None


def names_behind(headline: str | None, title: str) -> tuple[str, ...]:
    """The names behind a headline in the page's title: 'x_要闻_某网' -> 要闻, 某网."""
    behind = title.rpartition(headline)[2] if headline and headline in title else ""
    return tuple(name for part in _DIVIDED.split(behind) if (name := part.strip()))


def labelled_in(runs: Sequence[str]) -> str | None:
    """What stands behind the first label, in its run or in the next; None where that is no name and no address."""
    for place, run in enumerate(runs):
        label = _LABEL.search(simplified(run))
        if label is None:
            continue
        said = _cut(run[label.end() :]) or _cut(" ".join(runs[place + 1 : place + 2]))
        if may_credit(said):
            return said
    return None


def may_credit(name: str) -> bool:
    """Whether it may name where a story came from; a bare address may."""
    if name.startswith(("http://", "https://")):
        return bool(urlsplit(name).hostname)
    if name in _NOBODY:
        return False
    return 2 <= len(name) <= LONGEST_OUTLET and not is_date(name) and re.search(r"[^\W\d_]", name) is not None


def _cut(text: str) -> str:
    """The name at the head of what follows a label: up to the next label, a date, a sign or a blank."""
    text = text.lstrip(" \u3000:：|｜")
    if stop := _STOP.search(simplified(text)):
        text = text[: stop.start()]
    return _BLANK.split(text.strip(), maxsplit=1)[0].strip(" \u3000:：,，、;；(（")


def _plain(said: str | None) -> str | None:
    """'来源：某报' and '某报' -> '某报'; None for numbers, addresses and what is no name."""
    if not said:
        return None
    label = _LABEL.match(simplified(said))
    name = folded(said[label.end() :] if label else said)
    return name if may_credit(name) and "://" not in name and not name.isascii() else None


def _as_shown(name: str, head: Sequence[str]) -> str:
    """A fuller name that stands in the outlet's slot: 人民网－人民日报 for 人民日报."""
    return next((run for run in head if name in run and may_name(run) and len(run) <= len(name) + 8), name)


def _with_address(tree: HtmlElement, name: str, who: str, sure: float) -> Credited:
    if name.startswith(("http://", "https://")):
        return Credited(name=None, url=name, who=who, sure=sure)
    links = {one.get("href") if one.tag == "a" else None for one in holders_of(tree, name)}
    url = links.pop() if len(links) == 1 else None
    return Credited(name=name, url=url if url and url.startswith(("http", "//")) else None, who=who, sure=sure)


def _in_slot(
    tree: HtmlElement, head: Sequence[str], meta: Meta, data: Json, state: Callable[[], State]
) -> Credited | None:
    """The outlet beside the date: behind it in its run or the next ones, else right before it."""
    publisher = jsonld.text(data, "author") or ""
    agree = {folded(said) for said in (*map(meta.first, _AGREE), publisher) if said}
    for name in _beside_date(head):
        if not (is_human(name) or name.isascii()) and (name in agree or name == state().source):
            return Credited(name=name, who="meta" if name in agree else "state", sure=0.85)
        if _OUTLET.search(simplified(name)) or called(tree, name, _SOURCE_NAME):
            return Credited(name=name, who="generic", sure=0.7)
    return None


def _beside_date(head: Sequence[str]) -> Iterator[str]:
    for place, run in enumerate(head):
        if not any(map(str.isdigit, run)) or not DATE.search(run):
            continue
        glued = DATE.sub(" ", run).strip(" |｜·:：-\u3000")
        if glued and may_name(glued):
            yield glued
        for one in head[place + 1 : place + 1 + _NEAR]:
            if is_button(one):
                break
            if not is_date(one):
                yield from (one,) if may_name(one) else ()
                break
        yield from (one for one in head[max(0, place - 1) : place] if may_name(one) and not is_date(one))
        return


def _labelled_anywhere(runs: str) -> Iterator[str]:
    """What stands behind labels in all short runs of the page."""
    for line in lines_with(runs, _WORDS, within=_LONGEST_LABEL):
        if _LABEL.match(simplified(line[0])) and (said := labelled_in(line[:2])):
            yield said
