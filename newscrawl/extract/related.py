"""Links to related articles (相关新闻, 推荐阅读) with the date printed beside them.

Dates of such a list are newer than the story: nothing here ever answers for the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.extract.outlet import Outlet
from newscrawl.extract.related_blocks import CUT, Entry, RelatedBlock, entries_of
from newscrawl.extract.select import every, first
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


_DATE = re.compile(
    r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}|\d{1,2}[-月/]\d{1,2}|\d{1,2}:\d{2}|前$|[昨前今][天日]"
)
_AT_MOST = 60


def read_related(
    tree: HtmlElement,
    lists: Sequence[RelatedList],
    blocks: Sequence[RelatedBlock],
    *,
    base: str,
    own: str,
    outlet: Outlet,
    zone: str,
    reference: datetime | None,
) -> tuple[Related, ...]:
    """The entries of the declared lists, and of the ``blocks`` that the page heads as related; each address once.

    ``own`` is the article's key: a link to itself is left out. ``reference`` resolves '昨天 14:38'. Without an address
    are items that the page prints without one, and relative links of a page that does not say where it is from.
    """
    found: dict[str, Related] = {}

    def printed(text: str) -> Printed | None:
        return read_printed(text, zone=zone, reference=reference) if _DATE.search(text) else None

    for entry in _entries(tree, lists, blocks):
        if len(found) >= _AT_MOST:
            break
        url = absolute(base, entry.href)
        if url is None and entry.href is not None and base:
            continue
        address = outlet.address(url) if url else None
        if address:
            url = address.url
        told = url or entry.headline
        if (address and address.key == own) or told in found:
            continue
        found[told] = Related(
            headline=entry.headline,
            url=url,
            key=address.key if address else None,
            published=printed(entry.beside) if entry.beside else None,
            summary=entry.summary,
        )
    return tuple(found.values())


def _entries(tree: HtmlElement, lists: Sequence[RelatedList], blocks: Sequence[RelatedBlock]) -> Iterator[Entry]:
    declared_links: set[str | None] = set()
    for declared in lists:
        for item in every(tree, declared.item):
            for anchor in every(item, declared.link):
                if headline := _headline(anchor):
                    declared_links.add(anchor.get("href"))
                    yield Entry(
                        headline=headline,
                        href=anchor.get("href"),
                        beside=_said(item, declared.time) or "",
                        summary=_said(item, declared.summary),
                    )
                    break
    for block in blocks:
        yield from entries_of(block, declared_links)


def _headline(anchor: HtmlElement) -> str:
    """The link's words; its title where the words were cut short ('…')."""
    words = visible_text(anchor)
    title = (anchor.get("title") or "").strip()
    return title if title and words.endswith(CUT) else words


def _said(item: HtmlElement, css: str | None) -> str | None:
    found = first(item, css) if css else None
    return visible_text(found) or None if found is not None else None
