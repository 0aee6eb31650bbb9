"""The contract between the rooms: what is found, what was fetched, what was read. All frozen, all keyword-only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import Factory, field, frozen
from lxml.html import HtmlElement

from newscrawl.errors import NotAnArticle


@frozen(kw_only=True)
class Printed:
    """A moment as a page prints it."""

    at: datetime
    """Aware, UTC. A day without a time is that day's local midnight."""
    local: str
    """'2025-11-19', '2025-11-19T16:29+08:00' or '2025-11-19T16:29:05+08:00': the precision the page shows."""
    raw: str
    """The words as printed: '2025年11月19日 16:29'."""


@frozen(kw_only=True)
class Found:
    """An address in a listing, before anybody asked whose it is."""

    url: str
    """Absolute, as found, without its fragment."""
    headline: str | None = None
    section: str | None = None
    time_text: str | None = None
    """As printed: '9-11 14:38', 'Mon, 7 Sep 2026 15:54:04 +0800'."""
    summary: str | None = None
    changed: datetime | None = None
    """When it was last changed, as a sitemap says (``lastmod``). Aware, UTC."""


@frozen(kw_only=True)
class Address:
    """What a source knows of an address that is one of its articles."""

    key: str
    """source + ':' + the publisher's own id."""
    url: str
    """Canonical address of page 1."""
    page: int = 1
    """Page n of a long article."""


@frozen(kw_only=True)
class Link:
    """An article's address, found in a listing, with what the listing says of it (the hints)."""

    source: str
    """Slug of the source."""
    key: str
    """source + ':' + the publisher's own id; the same for every spelling of the address."""
    url: str
    """The address to ask: as found, made absolute, without its fragment."""
    found_in: str
    """The listing's address."""
    headline: str | None = None
    section: str | None = None
    """As printed beside the link: '国内'."""
    time: Printed | None = None
    summary: str | None = None
    """The article's opening, where a feed gives it."""


@frozen(kw_only=True)
class Capture:
    """Where a fetched response is kept: one WARC record."""

    url: str
    file: str
    """File name below the archive's folder."""
    offset: int
    """Of the gzip member, in bytes."""
    length: int
    """Of the gzip member, in bytes."""
    fetched_at: datetime
    """Aware, UTC (WARC-Date)."""


@frozen(kw_only=True)
class FetchedPage:
    """One fetched (or saved) page. A long article's later pages stand in ``continued``."""

    url: str
    """The address that answered, after redirects. '' where a saved page does not say."""
    body: bytes = field(repr=False)
    """As sent, content encoding undone."""
    content_type: str | None = None
    """The Content-Type header, whole."""
    headers: Mapping[str, str] = Factory(dict)
    """The other response headers that are read (X-Robots-Tag, tdm-*, ETag, Last-Modified), lower-case names."""
    fetched_at: datetime | None = None
    """Aware, UTC; None for a saved page whose time is not known."""
    source: str | None = None
    """Slug of the source whose spider fetched it; the spider stamps it."""
    asked: str | None = None
    """The address first asked, where a redirect led elsewhere; else None."""
    link: Link | None = None
    """The link it was fetched for, with its hints."""
    capture: Capture | None = None
    again: bool = False
    """Its article is stored and shown, and was asked again."""
    refused: NotAnArticle | None = None
    """What the spider knows against it: it led off the site, it is a copy of a page that is asked instead."""
    gone: bool = False
    """The publisher answered 404 or 410 for an article that is stored: there is nothing to read."""
    continued: tuple[FetchedPage, ...] = ()
    """Pages 2..n in order; each has no ``continued`` of its own."""
    tree: HtmlElement | None = field(default=None, eq=False, repr=False)
    """The parsed page where somebody has parsed it already (``text.tree.parsed``): a page is parsed once."""


@frozen(kw_only=True)
class Dateline:
    """The outlet naming itself at the head of a story (电头): ``中新网太原11月19日电 (刘小红)``."""

    raw: str
    """Exact substring of the text, through the attached bracket or the closing separator."""
    agency: str | None = None
    """As printed: 中新网, 新华社, Reuters."""
    region_edition: str | None = None
    """中新网新疆新闻 -> 新疆."""
    place: str | tuple[str, ...] | None = None
    """Whole, as printed; a tuple only where a slash divides it: ('香港', '澳门')."""
    month: int | None = None
    day: int | None = None
    year: int | None = None
    """Printed, or resolved from the publication date."""
    form: str | None = None
    """电, 讯, 消息, 报道, 专电, 特稿, … or 'dash' for the English form."""
    slug: str | None = None
    """What follows 题：."""
    reporters: tuple[str, ...] = ()
    """Persons only, titles stripped, 实习生 included."""
    correspondents: tuple[str, ...] = ()
    """通讯员."""
    end: int = 0
    """Offset in the text where the story proper starts."""


@frozen(kw_only=True)
class Image:
    url: str
    """Absolute."""
    caption: str | None = None
    credit: str | None = None
    """Photographer or agency, where the caption names one."""
    alt: str | None = None


@frozen(kw_only=True)
class Picture:
    """An image that is mirrored: what is kept of the one at an address."""

    url: str
    """As :attr:`Image.url` has it."""
    file: str
    """Name below NEWSCRAWL_IMAGES, by its content: 'ab/ab12….jpg'."""
    width: int
    """Pixels."""
    height: int
    bytes: int
    """Of the file."""
    type: str
    """Of the file: 'image/jpeg' or 'image/png', whatever the address gave."""
    fetched_at: datetime
    """Aware, UTC."""
    etag: str | None = None
    """The image's, as sent, to ask with next time."""
    last_modified: str | None = None
    """Likewise."""


@frozen(kw_only=True)
class Related:
    """A related article as a page links it."""

    headline: str
    url: str | None
    """Absolute; canonical where the source knows the address. None where a page lists it without one."""
    key: str | None = None
    """Where the source knows the address: lets the store join it to its own article."""
    published: Printed | None = None
    summary: str | None = None


@frozen(kw_only=True)
class Crumb:
    """One step of the breadcrumb trail."""

    name: str
    url: str | None = None


@frozen(kw_only=True)
class Article:
    """An article as read off its page or pages."""

    key: str
    """source + ':' + the publisher's own id."""
    source: str
    """Slug."""
    url: str
    """Canonical address of page 1."""
    language: str
    """BCP 47: 'zh', 'zh-Hant', 'en'."""
    headline: str | None = None
    subheadline: str | None = None
    section: str | None = None
    breadcrumbs: tuple[Crumb, ...] = ()
    """The publisher's own trail, outermost first, the article itself left out."""
    dateline: Dateline | None = None
    authors: tuple[str, ...] = ()
    """Persons credited with writing; no editors, no 通讯员. On a page in Chinese no outlet either; in other languages,
    where no person is named, the agency or desk that the page's data name as author."""
    correspondents: tuple[str, ...] = ()
    """通讯员."""
    account: str | None = None
    """Self-media account (自媒体号), not a person."""
    editors: tuple[str, ...] = ()
    """责任编辑, without codes."""
    credit: str | None = None
    """来源: the outlet the text comes from, as the page says; apart from the publisher."""
    credit_url: str | None = None
    published: Printed | None = None
    modified: Printed | None = None
    embargo: datetime | None = None
    """Not to be shown before, where the page says so surely (its data, or its first lines: 禁发至…); aware, UTC."""
    summary: str | None = None
    """The publisher's own; the store fills in the first 100 characters after the dateline where it is None."""
    body_html: str = field(default="", repr=False)
    """Clean HTML; sanitised by the last pipeline before the store."""
    body_text: str = field(default="", repr=False)
    """One paragraph a line, the dateline where it stood."""
    images: tuple[Image, ...] = ()
    """Those of the story, in order."""
    pictures: tuple[Picture, ...] | None = None
    """Those of ``images`` that are mirrored; None = not looked at, since NEWSCRAWL_IMAGES is empty or none may be
    shown."""
    lead_image: Image | None = None
    """The picture the page names as its own; not stored."""
    keywords: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    correction: str | None = None
    """A correction notice (更正) the page prints."""
    notice: str | None = None
    """A reprinter's own disclaimer (免责声明, 本文为转载…) as the page prints it, a paragraph a line; not stored."""
    bands: tuple[int, ...] | None = field(default=None, repr=False)
    """By which versions of the same story are found (topics.shingles); None = not looked at."""
    robots: tuple[str, ...] = ()
    """Page signals kept as evidence: 'noarchive', 'nosnippet', 'noindex', 'tdm-reservation=1', …"""
    disclaimer: str | None = None
    """Filled by the rights pipeline; frozen with the revision."""
    disclaimer_version: str | None = None
    answered_by: Mapping[str, str] = Factory(dict)
    """Per field: 'selector', 'jsonld', 'microdata', 'meta', 'state' (data in the page's scripts), 'generic', 'hint', or
    'text' (dateline and byline in the body). Where several agree, the surest of them."""
    sure: Mapping[str, float] = Factory(dict)
    """Per field of ``answered_by``: how sure the answer is, 0 to 1. Not stored."""
    captures: tuple[Capture, ...] = ()
    """The records of its pages, in order."""
    etag: str | None = None
    """The page's, as sent, to ask with next time; None for an article of several pages, whose first says too little."""
    last_modified: str | None = None
    """Likewise."""
    read_at: datetime | None = None
    """When the page was fetched. Aware, UTC."""

    def dateline_date(self) -> date | None:
        """The dateline's day, where month and day stand and the year is known."""
        line = self.dateline
        if line is None or line.year is None or line.month is None or line.day is None:
            return None
        try:
            return date(line.year, line.month, line.day)
        except ValueError:
            return None


Json = dict[str, Any]
"""A JSON object on its way to a column or a terminal."""
