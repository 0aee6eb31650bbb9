"""Whether a page is an article at all, where nobody has declared its site: by evidence that agrees. Pure.

A list of articles (a section, a tag, an author, a search, also with openings of text), a page of comments, a page about
the site, a video or a gallery without a story answer 200 as an article does, and hold words that can be taken for one.
No single sign is believed against the others: sites forget their data, and fill them in wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from attrs import evolve, frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract import jsonld
from newscrawl.extract.blocks import Block
from newscrawl.extract.meta import Meta
from newscrawl.extract.nature_data import STATIC, kinds_of, other_kind
from newscrawl.extract.nature_data import declared as declared_of
from newscrawl.extract.nature_words import (
    COMMENT_BOX,
    COMMENT_PLACE,
    COMMENTS_TITLE,
    DAY,
    LIST_TITLE,
    NOT_HERE,
    NOTICE,
    PRINT_PLACE,
    STATIC_TITLE,
)
from newscrawl.extract.page import NewsPage
from newscrawl.extract.teasers import entries_of, linked_share, listed_share
from newscrawl.extract.visible import cuts_of
from newscrawl.items import Article, Json, Printed
from newscrawl.text import page_names
from newscrawl.text.han import CJK
from newscrawl.text.likeness import likeness
from newscrawl.text.spelling import is_home, query_of
from newscrawl.text.tree import visible_text
from newscrawl.text.urls import clean_path, split

_COMMENTED = etree.XPath(
    "(//*[contains(@class,'omment') or contains(@id,'omment') or contains(@class,'repl') or contains(@class,'pinglun')"
    " or contains(@class,'liuyan')])[position() <= 300]"
)
_PASSWORD = etree.XPath("boolean(//input[@type='password'])")
_PLAYER = etree.XPath(
    "boolean(//video | //iframe[contains(@src,'player') or contains(@src,'video') or contains(@src,'embed')])"
)
_FIGURES = etree.XPath("count(//figure[.//img])")
_PRINTS = etree.XPath("boolean(//@onload[contains(., 'print')] | //script[contains(., 'window.print')])")
_LINKS = etree.XPath("count(//a[@href])")
_PARTED = re.compile(r"\s*[:：|｜–—_]\s*|\s-\s")
"""What divides a title's parts."""
_FIRST = re.compile(r"[^:：|｜–—_-]+")
_SHORT, _VERY_SHORT = 350, 160
"""Characters of a story."""
_FEW_WORDS = 400
"""Characters of a page without a date, which has to speak for itself."""
_OTHER_WORDS = 1500
"""Characters below what data call something else: an event, an episode. What says more is a story as likely as not."""
_SHARE, _ALL = 0.6, 0.8
_CERTAIN = 3.0
"""What a page's data say at most: nothing it shows speaks against that."""
_SURE = 0.45
"""Likeness of an address that has a title, or a day and a number: a number alone may be anything's."""
_MANY_ENTRIES = 8
_FEW_PICTURES = 5
_FEW_LINKS = 8
"""Of a print view: it has no menu."""


@frozen(kw_only=True)
class Read:
    """What was read of a page that may be an article."""

    tree: HtmlElement
    url: str
    title: str
    headline: str
    blocks: Sequence[Block]
    text: str
    published: Printed | None
    meta: Meta
    data: Json
    """JSON-LD of an article, {} where there is none."""
    images: int
    """Of the story."""


def read_of(reading: NewsPage, article: Article) -> Read:
    """What is asked of a page that was read; a date that only a listing gives is none of the page's."""
    return Read(
        tree=reading.tree,
        url=reading.url,
        title=reading.title,
        headline=article.headline or "",
        blocks=reading.story.blocks,
        text=article.body_text,
        published=article.published if article.answered_by.get("published") != "hint" else None,
        meta=reading.meta,
        data=reading.data,
        images=len(article.images),
    )


def check(page: Read) -> None:
    """Raise :class:`~newscrawl.errors.NotAnArticle` where the page is more likely none: LIST_PAGE, VIDEO, PHOTOS, or
    NO_BODY for what tells of the site itself."""
    if _is_print_view(page):
        raise NotAnArticle(Reason.COPY, f"a print view: {page.headline[:80]}")
    declared = _told(page)
    if declared >= _CERTAIN:
        return
    entries = entries_of(page.tree, page.url)
    page = evolve(page, published=page.published if _is_dated(page, entries) else None)
    if declared < 2.5 and (reason := _of_media(page, declared)):
        raise NotAnArticle(reason, page.headline[:80])
    if declared < 2.0 and (what := _of_site(page, declared)):
        raise NotAnArticle(Reason.NO_BODY, f"{what}: {page.headline[:80]}")
    if what := _of_comments(page):
        raise NotAnArticle(Reason.LIST_PAGE, f"{what}: {page.headline[:80]}")
    if what := _of_list(page, declared, entries):
        raise NotAnArticle(Reason.LIST_PAGE, f"{what}: {page.headline[:80]}")


def _is_dated(page: Read, entries: Sequence[str]) -> bool:
    """Whether the date is the page's own: no entry's of a list, and not in its heading, which is then a day's."""
    if page.published is None:
        return False
    raw = page.published.raw
    return raw not in page.headline and not any(raw in entry for entry in entries)


def _told(page: Read) -> float:
    return declared_of(page.tree, page.meta, page.data, page.headline)


def _is_print_view(page: Read) -> bool:
    """Two of three: it is called one, it prints itself, it has no menu."""
    parts = split(page.url)
    called = parts is not None and PRINT_PLACE.search(f"{parts.path}?{parts.query}".lower()) is not None
    bare = cast("float", _LINKS(page.tree)) < _FEW_LINKS
    return called + bare + cast("bool", _PRINTS(page.tree)) >= 2


# -- a video, a gallery ------------------------------------------------------------------------------------------------
def _of_media(page: Read, declared: float) -> Reason | None:
    """A few words under a player or beside pictures are no story."""
    segments = _segments(page.url)
    kinds = {kind for item in jsonld.objects(page.tree) for kind in kinds_of(item)}
    kind = (page.meta.first("og:type") or "").lower()
    told = len(page.text)
    film = (
        int(bool(segments & {"video", "videos", "shipin", "watch"}))
        + kind.startswith("video")
        + ("VideoObject" in kinds)
    )
    film += bool(cast("bool", _PLAYER(page.tree)))
    if declared < 1.5 and ((told < _SHORT and film >= 2) or (told < _VERY_SHORT and film)):
        return Reason.VIDEO
    shown = int(
        bool(segments & {"photo", "photos", "gallery", "galleries", "tupian", "tuji", "zutu", "slideshow", "album"})
    )
    shown += bool(kinds & {"ImageGallery", "MediaGallery"}) + ("gallery" in kind)
    pictures = max(page.images, int(cast("float", _FIGURES(page.tree))))
    shown += pictures >= _FEW_PICTURES
    few = (told < _SHORT and shown >= 2) or (told < _VERY_SHORT and pictures >= _FEW_PICTURES)
    return Reason.PHOTOS if few and declared < 1.5 else None


# -- the site itself ---------------------------------------------------------------------------------------------------
def _of_site(page: Read, declared: float) -> str | None:
    """A page about the site, a form to log in, a notice that something is not there."""
    names = [page.headline, *cuts_of(page.title), *_PARTED.split(page.title)]
    named = any(STATIC_TITLE.fullmatch(name.strip(" -_|·»")) or page_names.is_house(name) for name in names)
    told = named + _is_unlike(page.url) + (page.published is None)
    told += any(kind in STATIC for item in jsonld.objects(page.tree) for kind in kinds_of(item))
    if named and told >= 2:
        return "a page about the site"
    if what := _of_service(page, declared):
        return what
    if page.published is None and _size(page.text) < _FEW_WORDS and not _speaks_for_itself(page):
        return "few words without a date"
    if len(page.text) < _SHORT and page.published is None:
        if cast("bool", _PASSWORD(page.tree)) and (named or _is_unlike(page.url)):
            return "a form"
        if NOT_HERE.search(page.title) and NOT_HERE.search(f"{page.headline} {page.text}"):
            return "a notice"
        if NOTICE.search(page.headline) or NOTICE.search(page.title):
            return "a notice"
    return None


def _of_service(page: Read, declared: float) -> str | None:
    """What a site offers besides news: what its data call so, the weather under its bare name, an advertisement."""
    size = _size(page.text)
    if declared < 0.5 and size < _OTHER_WORDS and (what := other_kind(page.tree, page.meta, page.headline)):
        return f"its data call it {what}"
    if declared >= 0.5 or size >= _FEW_WORDS:
        return None
    if page_names.is_section(page.headline) or _is_named_alone(page):
        return "a page of the site"
    return (
        "an advertisement"
        if _is_unlike(page.url) and page_names.OFFER.search(f"{page.headline}\n{page.text}")
        else None
    )


def _is_named_alone(page: Read) -> bool:
    """Whether the title begins with the name of such a page, and holds no headline of an article."""
    first = _FIRST.match(page.title)
    told = page.headline in page.title and (page.headline != page.title or page.published is not None)
    return not told and first is not None and (page_names.is_section(first[0]) or page_names.is_house(first[0]))


def _size(text: str) -> int:
    """Characters, one in Han for three: it says as much."""
    return len(text) + 2 * len(CJK.findall(text))


def _speaks_for_itself(page: Read) -> bool:
    """Whether a page is an article by its headline or its address, the other not against it; or its data say so."""
    if _told(page) >= 0.5 or not page.url:
        return True
    like = likeness(page.url)
    return like > -0.5 if _is_clause(page.headline) else like >= _SURE


# -- comments ----------------------------------------------------------------------------------------------------------
def _of_comments(page: Read) -> str | None:
    """A page that holds what readers say of an article."""
    named = any(COMMENTS_TITLE.search(name) for name in (page.headline, *cuts_of(page.title)[-2:]))
    asked = {name.lower() for name, _ in query_of(page.url)}
    placed = any(COMMENT_PLACE.match(one) for one in _segments(page.url) | asked)
    if not named and not placed:
        return None
    boxed = _share(page.blocks, _comment_boxes(page.tree))
    return "comments" if named + placed + (boxed >= 0.5) >= 2 else None


def _comment_boxes(tree: HtmlElement) -> list[str]:
    """The words of the outermost."""
    boxes: dict[HtmlElement, None] = {}
    for one in cast("list[HtmlElement]", _COMMENTED(tree)):
        named = COMMENT_BOX.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        if named and one.tag not in ("body", "html") and not any(outer in boxes for outer in one.iterancestors()):
            boxes[one] = None
    return [visible_text(one) for one in boxes]


def _share(blocks: Sequence[Block], boxes: Sequence[str]) -> float:
    return listed_share(blocks, boxes) if boxes else 0.0


# -- a list ------------------------------------------------------------------------------------------------------------
def _of_list(page: Read, declared: float, entries: Sequence[str]) -> str | None:
    """A section, a tag, an author, a search: its story is made of entries, or is a line beside them."""
    share = listed_share(page.blocks, entries)
    against = sum(_list_signs(page))
    if share >= _SHARE and declared - share - against < 0.5:
        return f"{len(entries)} entries of a list"
    if declared < 1.5 and len(page.text) < _SHORT and len(entries) >= _MANY_ENTRIES:
        told = sum(map(len, entries))
        if told > 2 * len(page.text) and against >= 1.4:
            return f"a few words beside {len(entries)} entries of a list"
    if declared < 1.5 and len(page.text) < _SHORT and linked_share(page.blocks) >= _ALL:
        return "nothing but links"
    if (declared < 1.0 and against >= 2.5) or against - declared >= 2.5:
        return "its address and its heading are a list's"
    return None


def _list_signs(page: Read) -> Iterator[float]:
    """What besides its entries speaks for a list."""
    names = (page.headline, *cuts_of(page.title))
    if any(LIST_TITLE.search(name) or page_names.is_list(name) for name in names):
        yield 1.2
    elif DAY.fullmatch(page.headline):
        yield 1.8
    if not _is_clause(page.headline):
        yield 0.7
    if page.published is None:
        yield 0.7
    if not page.url:
        return
    if is_home(page.url):
        yield 1.5
    elif (like := likeness(page.url)) < 0:
        yield min(1.2, -like)
    elif like >= 0.4:
        yield -0.4


@lru_cache(maxsize=256)
def _is_clause(headline: str) -> bool:
    """Whether a headline is more than a section's name."""
    han = len(CJK.findall(headline))
    return han >= 7 if han else len(headline.split()) >= 4


def _is_unlike(url: str) -> bool:
    """Whether an address is hardly an article's."""
    return bool(url) and likeness(url) <= -1.0


def _segments(url: str) -> frozenset[str]:
    parts = split(url)
    return frozenset(clean_path(parts.path).lower().split("/")) if parts else frozenset()
