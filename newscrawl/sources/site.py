"""A site that no source knows, as a run walks it: what is an article on it is not declared but learnt."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve, field, frozen

from newscrawl.discover.listings import Listing
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract import nature
from newscrawl.extract.page import NewsPage
from newscrawl.items import Address, FetchedPage
from newscrawl.sources import Registry, Source
from newscrawl.sources.unknown import by_path, generic_outlet
from newscrawl.text.spelling import is_home
from newscrawl.text.tree import parsed
from newscrawl.text.urls import domain_of, host_of, site_of, split
from newscrawl.text.zones import place_of


@frozen(kw_only=True)
class Site:
    """The site at ``start``: every address of its registered domain may be an article's; its key is the host and the
    path. On hosts of known publishers within that domain, their own rules hold.

    Its articles are stored under their host (``www.`` left out), which may be another one of the domain.
    """

    learns: ClassVar[bool] = True
    start: str
    """An address on it."""
    listings: tuple[Listing, ...] = ()
    registry: Registry = field(repr=False)
    others: frozenset[str] = frozenset()
    """Domains that count as its own, besides that of ``start``."""

    @property
    def slug(self) -> str:
        return site_of(self.start)

    @property
    def zone(self) -> str:
        """By the country of its host; '' where that tells none, or one of many zones."""
        return place_of("", (), host_of(self.start)).zone

    def owns(self, url: str) -> bool:
        domain = domain_of(host_of(url))
        return domain == domain_of(host_of(self.start)) or domain in self.others

    def address(self, url: str) -> Address | None:
        """The home page is none."""
        parts = split(url)
        if parts is None or not self.owns(url):
            return None
        if known := self._known(url):
            return known.address(url)
        return None if is_home(url) else by_path(url)

    def not_article(self, url: str) -> Reason | None:
        if not self.owns(url):
            return Reason.OTHER_SITE
        known = self._known(url)
        return known.not_article(url) if known else None

    def slug_at(self, url: str) -> str:
        known = self._known(url)
        return known.slug if known else site_of(url)

    def next_page(self, page: FetchedPage) -> str | None:
        """A list has a bar of pages, too: the first of several is looked at before the next is asked."""
        if known := self._known(page.url):
            return known.next_page(page)
        self._check_redirect(page)
        reading = NewsPage(parsed(page), generic_outlet(page.url), base=page.url)
        following = reading.next_page()
        if following is not None and page.link is not None:
            _check_first(page)
        return following

    def and_of(self, url: str) -> Site:
        domain = domain_of(host_of(url))
        return self if not domain or self.owns(url) else evolve(self, others=self.others | {domain})

    def _known(self, url: str) -> Source | None:
        return self.registry.for_url(url)

    def _check_redirect(self, page: FetchedPage) -> None:
        """An article that has moved to another site is none of this one's."""
        if page.asked and domain_of(host_of(page.asked)) != domain_of(host_of(page.url)) and not self.owns(page.url):
            raise NotAnArticle(Reason.MOVED_AWAY, f"{page.asked} led to {page.url}")


def _check_first(page: FetchedPage) -> None:
    """Raise :class:`~newscrawl.errors.NotAnArticle` where the first page of several holds no story."""
    reading = NewsPage(evolve(parsed(page), link=None), generic_outlet(page.url), base=page.url)
    try:
        reading.read()
    except NotAnArticle as problem:
        if problem.reason is not Reason.NEEDS_MORE_PAGES:
            raise
        if problem.so_far is None:
            raise NotAnArticle(Reason.NO_BODY, page.url) from problem
        nature.check(nature.read_of(reading, problem.so_far))
