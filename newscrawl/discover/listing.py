"""The addresses in a saved HTML listing: rolling list (滚动新闻), channel page (频道), day of the dated archive.

:func:`find` says where links point and what the listing prints beside them. It does not ask whose they are, what is an
article and what a video: that is the source's answer to each :class:`~newscrawl.items.Found`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import evolve, frozen
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newscrawl.discover.listings import Shape
from newscrawl.items import FetchedPage, Found
from newscrawl.text.tree import folded, parsed, visible_text
from newscrawl.text.urls import absolute

_BRACKETS = "[]【】〔〕［］"
_TRIED = 10
"""Elements of an item that a selector gives."""
_CUT = ("…", "...")


def find(page: FetchedPage, shape: Shape | None) -> tuple[Found, ...]:
    """Every http(s) address of the listing in page order, each once, absolute and without its fragment.

    With a ``shape``: one address per item (the first that ``shape.link`` selects and that can be asked), with the
    section (its brackets taken off: ``[国内]`` -> 国内), time and summary as printed, white space folded. Without one:
    every anchor of the page, its text the only hint.

    An address that stands several times keeps its first place, its longest headline and the first of every other hint.
    An address relative to a page whose own address is not known is left out. A page without links gives ().

    Raises :class:`~newscrawl.errors.NotAnArticle` (NOT_HTML, UNREADABLE) where the body is no page at all.
    """
    tree = parsed(page).tree
    assert tree is not None
    base = base_of(tree, page.url)
    seen: dict[str, Found] = {}
    for found in _shaped(tree, base, shape) if shape else _anchors(tree, base):
        known = seen.get(found.url)
        seen[found.url] = found if known is None else _merged(known, found)
    return tuple(seen.values())


@frozen(kw_only=True)
class _Compiled:
    item: CSSSelector
    link: CSSSelector
    section: CSSSelector | None
    time: CSSSelector | None
    summary: CSSSelector | None


@lru_cache(maxsize=256)
def _compiled(shape: Shape) -> _Compiled:
    def css(selector: str | None) -> CSSSelector | None:
        return CSSSelector(selector, translator="html") if selector else None

    return _Compiled(
        item=CSSSelector(shape.item, translator="html"),
        link=CSSSelector(shape.link, translator="html"),
        section=css(shape.section),
        time=css(shape.time),
        summary=css(shape.summary),
    )


def _shaped(tree: HtmlElement, base: str, shape: Shape) -> Iterator[Found]:
    selectors = _compiled(shape)
    for item in selectors.item(tree):
        for anchor in selectors.link(item):
            url = absolute(base, anchor.get("href"))
            if url is None:
                continue
            section = _first(selectors.section, item)
            yield Found(
                url=url,
                headline=_headline(anchor),
                section=section.strip(_BRACKETS).strip() or None if section else None,
                time_text=_first(selectors.time, item),
                summary=_first(selectors.summary, item),
            )
            break


def _anchors(tree: HtmlElement, base: str) -> Iterator[Found]:
    for anchor in tree.iter("a"):
        url = absolute(base, anchor.get("href"))
        if url is not None:
            yield Found(url=url, headline=_headline(anchor))


def _headline(anchor: HtmlElement) -> str | None:
    """The anchor's text; its title attribute where there is no text, or where the text is that title cut short."""
    text = visible_text(anchor)
    title = folded(anchor.get("title", ""))
    if title and (not text or (text.endswith(_CUT) and title.startswith(text.rstrip("….")))):
        return title
    return text or None


def _first(selector: CSSSelector | None, item: HtmlElement) -> str | None:
    """The words of the first element that shows any, among the first few: elements in elements that show nothing
    would each be walked through to their end."""
    if selector is None:
        return None
    return next((text for element in selector(item)[:_TRIED] if (text := visible_text(element))), None)


def _merged(first: Found, again: Found) -> Found:
    return evolve(
        first,
        headline=max(first.headline or "", again.headline or "", key=len) or None,
        section=first.section or again.section,
        time_text=first.time_text or again.time_text,
        summary=first.summary or again.summary,
    )


def base_of(tree: HtmlElement, page_url: str) -> str:
    """What relative addresses count from: the first ``<base href>`` that is an address, else the page's own address."""
    for element in tree.iter("base"):
        address = absolute(page_url, element.get("href"))
        if address is not None:
            return address
    return page_url
