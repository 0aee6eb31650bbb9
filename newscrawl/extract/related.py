"""Links to related articles (相关新闻, 推荐阅读) with the date printed beside them.

Dates of such a list are newer than the story: nothing here ever answers for the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import cast

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.outlet import Outlet
from newscrawl.extract.select import every
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


_HEADINGS = (
    "相关新闻", "相关阅读", "相关文章", "相关内容", "相关推荐", "相关报道", "相关链接", "延伸阅读", "推荐阅读",
    "相關新聞", "延伸閱讀", "関連記事", "관련기사", "Related articles", "Related stories",
)  # fmt: skip
_HEADED = etree.XPath(
    "//*[not(self::script or self::style or self::a or self::title)]/text()["
    + " or ".join(f"starts-with(normalize-space(.), '{heading}')" for heading in _HEADINGS)
    + "]/.."
)
_ANCHORS = etree.XPath(".//a[@href]")
_LONGEST_HEADING = 12
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

    for anchor, time_text, summary in _entries(tree, lists):
        url = absolute(base, anchor.get("href"))
        headline = _headline(anchor)
        if not url or not headline or len(found) >= _AT_MOST:
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


def _entries(tree: HtmlElement, lists: Sequence[RelatedList]) -> Iterator[tuple[HtmlElement, str, str | None]]:
    for declared in lists:
        for item in every(tree, declared.item):
            anchor = _with_words(every(item, declared.link))
            if anchor is None:
                continue
            time = _said(item, declared.time) or ""
            yield anchor, time, _said(item, declared.summary)
    yield from _headed(tree)


def _headed(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str, str | None]]:
    """Links below a heading such as 相关新闻: in the next element with links, else in the heading's own box."""
    for heading in cast("list[HtmlElement]", _HEADED(tree)):
        if len(visible_text(heading)) > _LONGEST_HEADING:
            continue
        box = heading
        for _ in range(3):
            following = next((e for e in box.itersiblings() if isinstance(e.tag, str) and _linked(e)), None)
            if following is not None:
                for anchor in _linked(following):
                    parent = anchor.getparent()
                    beside = visible_text(parent) if parent is not None and parent is not following else ""
                    yield anchor, beside.replace(visible_text(anchor), " "), None
                break
            outer = box.getparent()
            if outer is None or outer.tag in ("body", "html"):
                break
            box = outer


def _linked(element: HtmlElement) -> list[HtmlElement]:
    anchors = cast("list[HtmlElement]", _ANCHORS(element))
    return [element] if element.tag == "a" and element.get("href") else anchors


def _with_words(anchors: list[HtmlElement]) -> HtmlElement | None:
    return next((anchor for anchor in anchors if _headline(anchor)), None)


def _headline(anchor: HtmlElement) -> str:
    """The link's words; its title where the words were cut short ('…')."""
    words = visible_text(anchor)
    title = (anchor.get("title") or "").strip()
    return title if title and words.endswith(("...", "…")) else words


def _said(item: HtmlElement, css: str | None) -> str | None:
    found = every(item, css) if css else []
    return visible_text(found[0]) or None if found else None
