"""Where the next page of a long article is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.outlet import Outlet
from newscrawl.extract.select import every
from newscrawl.extract.surface import holders, surface_of
from newscrawl.items import Address
from newscrawl.text.tree import visible_text
from newscrawl.text.urls import absolute, clean_path, site_of, split

_ANCHORS = etree.XPath("descendant-or-self::a[@href]")
_SAID_NEXT = re.compile("下一?[页頁]|Next")
_NEXT = re.compile(r"[\s\[(（〉>»]*(?:下一?[页頁]|next(?: page)?)[\s\])）>»›→]*", re.IGNORECASE)
NUMBER = r"[_-](?:(?:page|seite|p[aá]gina|strona|sid[ae])[_-]?)?(?P<page>\d{1,2})"
"""The page of an article at the end of its name: 'a_2', 'a-seite-2'."""
_NUMBERED = re.compile(rf"(?P<stem>.*?)(?:{NUMBER}|/(?P<folder>[2-9]|1\d)(?=/?$))?(?P<tail>\.\w{{3,5}}|/)?$")
"""Or a folder, 'a/2/'; one of a higher number is an article's or a day's."""
_LONGEST_BAR = 80
"""Characters of '1 2 3 Next page'."""
_MOST_NUMBERS = 6
_BOXES_ROUND = 3
_ASKED_PAGE = re.compile(r"(?:^|&)(?:page|p)=(\d{1,2})(?:&|$)")


def next_page(tree: HtmlElement, bars: Sequence[str], *, url: str, own: Address, outlet: Outlet) -> str | None:
    """The absolute address of the page after this one, None where the article ends here.

    In the publisher's page bars (CSS) and in ``<link rel=next>`` any link counts that the outlet knows as the next
    number of this article; elsewhere a link that says 下一页, or the next number in a bar of them, and whose address is
    this one's with the next number. 下一篇 (the next article) is none.
    """
    hrefs = [anchor.get("href") for css in bars for box in every(tree, css) for anchor in _anchors(box)]
    for href in [*hrefs, surface_of(tree).meta.links.get("next")]:
        found = absolute(url, href)
        address = outlet.address(found) if found else None
        if address and address.key == own.key and address.page == own.page + 1:
            return found
    if bars:
        return None
    said_so = [
        anchor.get("href")
        for holder in holders(tree, _SAID_NEXT, ("下一", "下页", "下頁", "Next"))
        for anchor in holder.xpath("ancestor-or-self::a")
        if _NEXT.fullmatch(visible_text(anchor))
    ]
    called = (anchor.get("href") for anchor in tree.iter("a") if anchor.get("rel") == "next")
    for href in chain(said_so, called, _numbers(tree, url)):
        found = absolute(url, href)
        if found and continues(found, url):
            return found
    return None


def continues(later: str, earlier: str) -> bool:
    """Is ``later`` the address that follows ``earlier`` by its page number? '…/a_2.html' follows '…/a.html'."""
    first, second = _stem_and_page(earlier), _stem_and_page(later)
    return first is not None and second is not None and first[0] == second[0] and second[1] == first[1] + 1


def _stem_and_page(url: str) -> tuple[str, int] | None:
    parts = split(url)
    if parts is None:
        return None
    path = clean_path(parts.path)
    site = site_of(url)
    if asked := _ASKED_PAGE.search(parts.query):
        return f"{site}{path}", int(asked[1])
    found = _NUMBERED.fullmatch(path)
    if found is None:
        return f"{site}{path}", 1
    return f"{site}{found['stem']}{found['tail'] or ''}", int(found["page"] or found["folder"] or 1)


def _numbers(tree: HtmlElement, url: str) -> Iterator[str | None]:
    """The links that say the number of the next page, behind this page's number ('Pages: 1 2 3')."""
    here = _stem_and_page(url)
    later = here[1] + 1 if here else 0
    runs = surface_of(tree).runs
    beside = re.compile(rf"(?<!\w){later - 1}\W{{1,6}}{later}(?!\w)")
    if f"\0{later}\0" not in runs or runs.count(f"\0{later}\0") > _MOST_NUMBERS or not beside.search(runs):
        return
    for holder in holders(tree, re.compile(rf"(?<=\0){later}(?=\0)")):
        anchor = next((one for one in (holder, *holder.iterancestors()) if one.tag == "a"), None)
        boxes = () if anchor is None else islice(anchor.iterancestors(), _BOXES_ROUND)
        said = (visible_text(box) for box in boxes)
        if anchor is not None and any(len(words) <= _LONGEST_BAR and beside.search(words) for words in said):
            yield anchor.get("href")


def _anchors(box: HtmlElement) -> list[HtmlElement]:
    return cast("list[HtmlElement]", _ANCHORS(box))
