"""What a publisher's file declares, and what follows from it: whose an address is, how a page is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from string import Formatter
from typing import ClassVar
from urllib.parse import unquote

import attrs
from attrs import field, frozen

from newscrawl.discover.basis import Basis, Hearsay, Seen, is_basis
from newscrawl.discover.declared import is_address, tuple_of
from newscrawl.discover.listings import Channel, Daily, Feed, Listing, Paged, Section, Sitemap
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.outlet import Outlet
from newscrawl.extract.page import NewsPage
from newscrawl.items import Address, Article, FetchedPage
from newscrawl.sources.declared import are_hosts, fills_from_groups, is_page, is_slug, is_zone, regex
from newscrawl.text.spelling import is_home
from newscrawl.text.tree import parsed
from newscrawl.text.urls import belongs, clean_path, host_of, split

_REMEMBERED = 2048
"""Addresses of a source."""
_PAGE = re.compile(r"[0-9]{1,3}")
_ERROR_PATH = re.compile(r"/(?:404|error|notfound|not-found)(?:[./]|$)", re.IGNORECASE)


@frozen(kw_only=True)
class Pattern:
    """One way the publisher spells the address of an article."""

    path: re.Pattern[str] = field(converter=regex)
    """Matched against the whole path, ``\\d`` and ``\\w`` as ASCII has them. Named groups fill ``key`` and ``url``; a
    group ``page`` is the page number, of three digits at most."""
    host: re.Pattern[str] | None = field(default=None, converter=attrs.converters.optional(regex))
    """Matched against the whole host name; None = any host of the source."""
    key: str = field(default="{id}", validator=fills_from_groups)
    """The publisher's own id, without the source's slug."""
    url: str | None = field(default=None, validator=fills_from_groups)
    """Canonical address of page 1; None where it cannot be known from this spelling: then https and what was asked."""
    counted_from: int = field(default=1, validator=attrs.validators.in_((0, 1)))
    """What the group ``page`` would say of page 1: 0 where page 2 is spelt ``_1``."""
    basis: Basis | None = field(default=None, validator=is_basis)
    """What this declaration rests on; None = nobody said."""


@frozen(kw_only=True)
class Refusal:
    """Addresses of the publisher that are no articles, and what they are."""

    path: re.Pattern[str] = field(converter=regex)
    """Searched for in the path."""
    host: re.Pattern[str] | None = field(default=None, converter=attrs.converters.optional(regex))
    """Matched against the whole host name; None = any host of the source."""
    reason: Reason
    basis: Basis | None = field(default=None, validator=is_basis)


def _page_of(said: str | None, counted_from: int) -> int | None:
    """1 where no page is named; None where the name is no page's: 0 of pages counted from 1, four digits, a word."""
    if not said:
        return 1
    return (int(said) + 1 - counted_from if _PAGE.fullmatch(said) else 0) or None


def _path_form(address: str) -> re.Pattern[str]:
    """Path and query of a listing's address; a number or a day where a name in curly brackets stands."""
    path, mark, query = address.partition("://")[2].partition("/")[2].partition("?")
    form = "".join(
        re.escape(words) + (r"[\w/-]+?" if name is not None else "")
        for words, name, _, _ in Formatter().parse(unquote(path).rstrip("/") + mark + query)
    )
    return re.compile(f"/?{form}" if not path else f"/{form}")


@attrs.frozen(kw_only=True, slots=False)
class Source:
    """A publisher. ``SOURCE = Source(...)`` in a module of newscrawl.sources makes it known; slug = module name.

    What cannot serve (a host with a path, a key that no group fills) raises ValueError where it is declared.
    """

    learns: ClassVar[bool] = False
    """Which of its addresses are articles is declared."""
    slug: str = field(validator=is_slug)
    name: str
    """As readers know it: 中国新闻网."""
    credited_as: tuple[str, ...] = field(default=(), validator=tuple_of(str))
    """Other names that credits (来源) print of it: 中新网. NEWSCRAWL_REPRINT's rule for it reaches those too."""
    home: str = field(validator=is_address)
    hosts: tuple[str, ...] = field(validator=(tuple_of(str), are_hosts))
    """Hosts; sub-domains belong to them."""
    language: str = "zh"
    zone: str = field(default="Asia/Shanghai", validator=is_zone)
    """IANA zone in which its pages print their times."""
    listings: tuple[Listing, ...] = field(default=(), validator=tuple_of(Paged, Channel, Feed, Daily, Sitemap, Section))
    articles: tuple[Pattern, ...] = field(default=(), validator=tuple_of(Pattern))
    refused: tuple[Refusal, ...] = field(default=(), validator=tuple_of(Refusal))
    page: type[NewsPage] = field(default=NewsPage, validator=is_page)
    pages: tuple[Seen | Hearsay, ...] = field(default=(), validator=tuple_of(Seen, Hearsay))
    """What its article pages were read on by these rules, template by template; () = nobody said. A page that is only
    linked was read by no rule."""

    @cached_property
    def outlet(self) -> Outlet:
        return Outlet(slug=self.slug, name=self.name, language=self.language, zone=self.zone, address=self.address)

    @property
    def feed(self) -> str | None:
        """The address of its own feed, the first of its listings that is one."""
        return next((listing.url for listing in self.listings if isinstance(listing, Feed)), None)

    def owns(self, url: str) -> bool:
        """Does the address lie on one of its hosts?"""
        return belongs(host_of(url), self.hosts)

    def address(self, url: str) -> Address | None:
        """The article an address means, however it is spelt; None where it is none of this publisher's articles.

        Scheme, ``?query``, ``#fragment``, doubled slashes and percent signs make no difference.
        """
        return self._remembered_address(url)

    @cached_property
    def _remembered_address(self) -> Callable[[str], Address | None]:
        """A page's own address is asked about on every leg of its way, the same related links on page after page."""
        return lru_cache(maxsize=_REMEMBERED)(self._address)

    def _address(self, url: str) -> Address | None:
        parts = split(url)
        host = (parts.hostname or "").rstrip(".") if parts else ""
        if parts is None or not belongs(host, self.hosts):
            return None
        path = clean_path(unquote(parts.path))
        if self._refused(host, path):
            return None
        for pattern in self.articles:
            on_host = pattern.host.fullmatch(host) if pattern.host else None
            if pattern.host is not None and on_host is None:
                continue
            found = pattern.path.fullmatch(path)
            if found is None:
                continue
            said = {**(on_host.groupdict() if on_host else {}), **found.groupdict()}
            page = _page_of(said.get("page"), pattern.counted_from)
            if page is None:
                continue
            canonical = pattern.url.format(**said) if pattern.url else f"https://{host}{path}"
            return Address(key=f"{self.slug}:{pattern.key.format(**said)}", url=canonical, page=page)
        return None

    def not_article(self, url: str) -> Reason | None:
        """Why an address of this publisher is no text article (VIDEO, PHOTOS), where that can be seen from it."""
        parts = split(url)
        return self._refused(host_of(url), clean_path(unquote(parts.path))) if parts and self.owns(url) else None

    def slug_at(self, url: str) -> str:
        """All its articles are stored under its own name."""
        return self.slug

    def and_of(self, url: str) -> Source:
        """Its hosts are declared: what a page says of them adds none."""
        return self

    def listing_at(self, url: str) -> str | None:
        """What the address is where it is the publisher's home page or one of its listings: 'the home page'.

        Any page and any day of a listing, however the address is spelt; None for every other address.
        """
        if not self.owns(url):
            return None
        if is_home(url):
            return "the home page"
        where = self.declared_at(url)
        return f"the listing {where.name}" if where else None

    def declared_at(self, url: str) -> Listing | None:
        """The listing that the address is a page or a day of, however it is spelt; one on the very host first."""
        parts = split(url)
        if parts is None or not self.owns(url):
            return None
        path = clean_path(unquote(parts.path))
        asked = path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
        found = [where for where, form in self._listing_paths if form.fullmatch(asked)]
        return min(found, key=lambda where: host_of(where.url) != host_of(url), default=None)

    @cached_property
    def _listing_paths(self) -> tuple[tuple[Listing, re.Pattern[str]], ...]:
        return tuple((where, _path_form(where.url)) for where in self.listings)

    def read(self, page: FetchedPage) -> Article:
        """The whole article of a fetched page. Raises :class:`~newscrawl.errors.NotAnArticle` with its reason.

        Where a redirect led to another article, to a channel or the home page, or off the site, that is the reason;
        an address that only changed its spelling (http to https) is the same article.
        """
        self._check_redirect(page)
        return self.page(parsed(page), self.outlet).read()

    def next_page(self, page: FetchedPage) -> str | None:
        """The absolute address of the page after this one; None on the last and where the page is no article's."""
        self._check_redirect(page)
        return self.page(parsed(page), self.outlet).next_page()

    def _check_redirect(self, page: FetchedPage) -> None:
        asked = page.asked or (page.link.url if page.link else None)
        reached = self.address(page.url)
        wanted = self.address(asked) if asked else None
        if not asked or asked == page.url:
            if reached is None and (reason := self.not_article(page.url)):
                raise NotAnArticle(reason, page.url)
            return
        detail = f"{asked} led to {page.url}"
        if reached is not None:
            if wanted is not None and wanted.key != reached.key:
                raise NotAnArticle(Reason.MOVED_AWAY, detail)
            return
        raise NotAnArticle(self._why_lost(page.url), detail)

    def _why_lost(self, url: str) -> Reason:
        """Why a redirect's end is no article."""
        if not self.owns(url):
            return Reason.MOVED_AWAY
        parts = split(url)
        path = clean_path(parts.path) if parts else "/"
        if reason := self._refused(host_of(url), path):
            return reason
        return Reason.NOT_FOUND_PAGE if _ERROR_PATH.search(path) else Reason.MOVED_HOME

    def _refused(self, host: str, path: str) -> Reason | None:
        for refusal in self.refused:
            if refusal.path.search(path) and (refusal.host is None or refusal.host.fullmatch(host)):
                return refusal.reason
        return None
