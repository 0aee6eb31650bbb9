"""Links to related articles (相关新闻, 推荐阅读) with the date printed beside them.

Dates of such a list are newer than the story: nothing here ever answers for the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import cast

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.outlet import Outlet
from newscrawl.extract.select import every, first
from newscrawl.extract.surface import holders
from newscrawl.items import Printed, Related
from newscrawl.text.dates import read_printed
from newscrawl.text.tree import visible_text
from newscrawl.text.urls import absolute


@frozen(kw_only=True)
class RelatedList:
    """Where a publisher lists them: CSS, ``link`` and ``time`` and ``summary`` relative to the item."""

    item: str
    link: str = "a[href]"
    time: str | None = None
    summary: str | None = None


_MAY_HEAD = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "span", "div", "p", "dt", "strong", "b", "em", "li", "a", "td", "legend"}
)
_HEADING = re.compile(
    r"\0[\s【\[|]*(?:相关(?:新闻|阅读|文章|内容|推荐|报道|链接)|延伸阅读|推荐阅读|相關(?:新聞|文章|報導|閱讀)|延伸閱讀|関連記事"
    r"|관련 ?기사|related (?:articles?|stories|news|coverage))[\s:：>»】\]|]*(?=\0)",
    re.IGNORECASE,
)
"""Among the runs of text (:class:`~newscrawl.extract.surface.Surface`), a NUL on both sides."""
_LONGEST_HEADING = 40
_OUTWARD = 3
_MOST_HEADINGS, _NEAR = 12, 24
"""Headings looked at, and elements behind each."""
_SHORTEST = 5
_ANCHORS = etree.XPath(".//a[@href]")
_DATE = re.compile(
    r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}|\d{1,2}[-月/]\d{1,2}|\d{1,2}:\d{2}|前$|[昨前今][天日]"
)
_AT_MOST = 60


def read_related(
    tree: HtmlElement,
    lists: Sequence[RelatedList],
    *,
    base: str,
    own: str,
    outlet: Outlet,
    zone: str,
    reference: datetime | None,
) -> tuple[Related, ...]:
    """The links of the declared lists, and of blocks that a page heads as related; each address once.

    ``own`` is the article's key: a link to itself is left out. ``reference`` resolves '昨天 14:38'.
    """
    found: dict[str, Related] = {}

    def printed(text: str) -> Printed | None:
        return read_printed(text, zone=zone, reference=reference) if _DATE.search(text) else None

    for anchor, headline, time_text, summary in _entries(tree, lists):
        url = absolute(base, anchor.get("href"))
        if not url or len(found) >= _AT_MOST:
            continue
        address = outlet.address(url)
        if address:
            url = address.url
        if (address and address.key == own) or url in found:
            continue
        found[url] = Related(
            headline=headline,
            url=url,
            key=address.key if address else None,
            published=printed(time_text) if time_text else None,
            summary=summary,
        )
    return tuple(found.values())


_Entry = tuple[HtmlElement, str, str, str | None]
"""The link, its words, what may hold its date, its summary."""


def _entries(tree: HtmlElement, lists: Sequence[RelatedList]) -> Iterator[_Entry]:
    for declared in lists:
        for item in every(tree, declared.item):
            for anchor in every(item, declared.link):
                if headline := _headline(anchor):
                    yield anchor, headline, _said(item, declared.time) or "", _said(item, declared.summary)
                    break
    yield from _headed(tree)


def _headed(tree: HtmlElement) -> Iterator[_Entry]:
    """Links below a heading such as 相关新闻."""
    for heading in holders(tree, _HEADING)[:_MOST_HEADINGS]:
        text = heading.text
        if not text or len(text) > _LONGEST_HEADING or heading.tag not in _MAY_HEAD:
            continue
        if not _HEADING.match(f"\0{text}\0"):
            continue
        block = _block_below(heading)
        for anchor in _linked(block) if block is not None else ():
            headline = _headline(anchor)
            if len(headline) < _SHORTEST:
                continue
            parent = anchor.getparent()
            beside = visible_text(parent) if parent is not None and parent is not block else ""
            yield anchor, headline, beside.replace(headline, " "), None


def _block_below(heading: HtmlElement) -> HtmlElement | None:
    """The next element with links, beside the heading or beside the boxes it stands in.

    An empty list there means that the page has nothing related, and a block with a heading of its own is another one.
    """
    box = heading
    for _ in range(_OUTWARD):
        for element in islice(box.itersiblings(), _NEAR):
            if not isinstance(element.tag, str):
                continue
            if _linked(element):
                other = next(element.iter("h2", "h3", "h4"), None)
                is_other = other is not None and not _linked(other) and next(other.iterancestors("a"), None) is None
                return None if is_other else element
            if element.tag in ("ul", "ol", "dl"):
                return None
        outer = box.getparent()
        if outer is None or outer.tag in ("body", "html"):
            return None
        box = outer
    return None


def _linked(element: HtmlElement) -> list[HtmlElement]:
    if element.tag == "a" and element.get("href"):
        return [element]
    return cast("list[HtmlElement]", _ANCHORS(element))


def _headline(anchor: HtmlElement) -> str:
    """The link's words; its title where the words were cut short ('…')."""
    words = visible_text(anchor)
    title = (anchor.get("title") or "").strip()
    return title if title and words.endswith(("...", "…")) else words


def _said(item: HtmlElement, css: str | None) -> str | None:
    found = first(item, css) if css else None
    return visible_text(found) or None if found is not None else None
