"""The spider that walks a source: listings are found and recorded first, articles are fed from the frontier.

One run goes: links still open from earlier runs, the listings, what they brought. Every link stands in the frontier
(committed) before it is asked, so a killed run loses none; the engine is fed a batch whenever it is quiet, so memory
does not grow with the source. The spider fetches and finds; it reads nothing and stores nothing.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import attrs
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.clock import Clock
from newscrawl.discover import feed, listing
from newscrawl.discover.listings import Channel, Daily, Feed, Listing, Paged
from newscrawl.errors import BrokenListing, NewscrawlError, NotAnArticle
from newscrawl.fetch.failures import failure_word, is_bug
from newscrawl.fetch.project import options_of
from newscrawl.items import FetchedPage, Found, Link
from newscrawl.outcome import Count
from newscrawl.sources import Source
from newscrawl.spiders.links import sort_out
from newscrawl.spiders.page import fetched_page
from newscrawl.spiders.plan import Plan, daily_of
from newscrawl.spiders.witness import Witness
from newscrawl.store.frontier import Frontier
from newscrawl.text.tree import parsed

logger = logging.getLogger(__name__)

BATCH = 200
"""Article requests given to the engine at a time."""
ELSEWHERE = ("http_404", "http_410", "dns", "connection", "timeout", "tls", "address_refused")
"""Failure words (prefixes) of an address that may be a bad spelling."""
MOST_PAGES = 60
"""A longer 'article' is a loop in somebody's page bar."""


class SourceSpider(Spider):
    """Made once per source by the loader, which sets ``name`` and ``source``."""

    source: ClassVar[Source]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """In a replay nothing is waited for: nobody is at the other end."""
        super().update_settings(settings)
        if settings.get("NEWSCRAWL_REPLAY"):
            settings.set("DOWNLOAD_DELAY", 0, priority="spider")
            settings.set("AUTOTHROTTLE_ENABLED", False, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> SourceSpider:
        spider = super().from_crawler(crawler)
        assert isinstance(spider, SourceSpider)
        spider.prepare(crawler, arguments)
        return spider

    def prepare(self, crawler: Crawler, arguments: Mapping[str, str]) -> None:
        options = options_of(crawler.settings)
        self._clock: Clock = options.clock
        self._db = options.db
        self._zone = ZoneInfo(self.source.zone)
        today = options.clock.now().astimezone(self._zone).date()
        self._plan = Plan.of(arguments, self.source, today)
        self._opened: Frontier | None = None
        self._cursor = 0
        self._passed_over: set[str] = set()
        self._fresh_keys: set[str] = set()
        self._witness = Witness()
        self._missed: frozenset[str] = frozenset()
        self._list_walk: int | None = None
        self._read = 0
        if self._plan.limit is not None:
            crawler.signals.connect(self._count_read, signals.item_scraped)

    # -- what to ask ---------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        self._frontier = self._opened = Frontier(self._db, self._clock)
        self._todo = deque(self._listing_groups())
        while requests := self._next():
            for request in requests[1:]:
                self.crawler.engine.crawl(request)
            yield requests[0]  # the engine takes one of a generator per turn: a batch goes to it at once
            await self._quiet()

    async def _quiet(self) -> None:
        """Until all that was asked is read. The engine says 'scheduler empty' after every response, and every five
        seconds in any case."""
        engine = self.crawler.engine
        while True:
            await self.crawler.signals.wait_for(signals.scheduler_empty)
            assert engine.scraper.slot is not None
            if not engine.downloader.active and engine.scraper.slot.is_idle():
                return

    def _next(self) -> list[Request]:
        """A batch of open links; when none is left, the next group of listings; [] when the run is over."""
        while True:
            if requests := self._due():
                return requests
            self._hear_witness()
            if not self._todo or self._limit_reached():
                return []
            if requests := list(self._todo.popleft()):
                return requests

    def _hear_witness(self) -> None:
        """What the feed has and no walk of the list ever met."""
        walk = self._list_walk
        if walk is not None and self._witness.keys:
            self._missed = self._witness.missed(self._frontier.on_ground(self._witness.keys, walk))
            self.crawler.stats.set_value(Count.FEED_LINKS, len(self._witness.keys))
            self.crawler.stats.set_value(Count.FEED_MISSED, len(self._missed))

    def _due(self) -> list[Request]:
        if self._plan.url:
            return []
        wanted = BATCH if self._plan.limit is None else min(BATCH, self._plan.limit - self._read)
        if wanted <= 0:
            return []
        links, self._cursor = self._frontier.due(self.source.slug, limit=wanted, after=self._cursor)
        return [self._ask_article(link) for link in links]

    def _listing_groups(self) -> Iterator[Iterable[Request]]:
        """Groups of requests, each begun when what came before is done. Lazy: a day's walk begins in its turn."""
        if self._plan.url:
            yield self._one(self._plan.url)
        elif self._plan.since:
            daily = daily_of(self.source)
            assert daily is not None
            for day in self._plan.days():
                yield self._day(daily, f"{daily.name}/{day}", daily.page(day))
        else:
            yield self._fresh()

    def _one(self, url: str) -> Iterator[Request]:
        address = self.source.address(url)
        assert address is not None
        link = Link(source=self.source.slug, key=address.key, url=address.url, found_in="-a url")
        self._frontier.record([link])
        yield self._ask_article(self._frontier.link(address.key) or link)

    def _fresh(self) -> Iterator[Request]:
        for where in self.source.listings:
            if isinstance(where, Paged):
                self._list_walk = walk = self._frontier.begin_walk(self.source.slug, where.name)
                yield self._ask_listing(where, where.pages()[0], walk=walk)
            elif isinstance(where, Channel | Feed):
                yield self._ask_listing(where, where.url)

    def _day(self, daily: Daily, name: str, url: str) -> Iterator[Request]:
        """One day of the dated archive, unless an earlier walk finished it after the day was over."""
        finished = self._frontier.finished(self.source.slug, name)
        if finished is None or finished.astimezone(self._zone).date().isoformat() <= name.split("/")[-1]:
            walk = self._frontier.begin_walk(self.source.slug, name)
            yield self._ask_listing(daily, url, walk=walk)

    def _ask_listing(self, where: Listing, url: str, *, walk: int | None = None, number: int = 0) -> Request:
        self._count(Count.LISTINGS)
        about: dict[str, Any] = {"where": where, "walk": walk, "number": number}
        failed = partial(self._listing_failed, **about)
        return Request(url, callback=self._listed, errback=failed, cb_kwargs=about, priority=10, dont_filter=True)

    def _ask_article(self, link: Link) -> Request:
        self._count(Count.ASKED)
        self._count(Count.FRESH, link.key in self._fresh_keys)
        about: dict[str, Any] = {"link": link, "parts": ()}
        failed = partial(self._article_failed, **about)
        return Request(link.url, callback=self._fetched, errback=failed, cb_kwargs=about, dont_filter=True)

    # -- listings ------------------------------------------------------------------------------------------------

    def _listed(self, response: Response, where: Listing, walk: int | None, number: int) -> Iterator[Request]:
        page = self._page(response)
        try:
            found = self._found(page, where)
        except (NotAnArticle, BrokenListing) as problem:
            logger.warning("%s is no readable listing (%s)", response.url, problem)
            self._without_links(where, number, "unreadable")
            return
        assert page.fetched_at is not None
        result = sort_out(found, self.source, response.url, page.fetched_at)
        for url, reason in result.passed_over.items():
            if url not in self._passed_over:
                self._passed_over.add(url)
                self._count(Count.PASSED_OVER + reason.value)
        keys = [link.key for link in result.links]
        known_ground = bool(keys) and walk is not None and self._frontier.known_ground(keys, walk)
        new = self._frontier.record(result.links, walk=walk)
        self._tally(where, result.links, [link.key for link in new])
        if not keys:
            self._without_links(where, number)
        elif isinstance(where, Paged) and not known_ground and number + 1 < len(where.pages()):
            if not self._enough():
                yield self._ask_listing(where, where.pages()[number + 1], walk=walk, number=number + 1)
        elif walk is not None:
            self._frontier.finish_walk(walk)

    def _found(self, page: FetchedPage, where: Listing) -> tuple[Found, ...]:
        if isinstance(where, Feed):
            return feed.find(page)
        return listing.find(parsed(page), where.shape)

    def _tally(self, where: Listing, links: tuple[Link, ...], new: list[str]) -> None:
        self._count(Count.LINKS, len(links))
        self._count(Count.LINKS_NEW, len(new))
        self._count(Count.LINKS_KNOWN, len(links) - len(new))
        self._fresh_keys.update(new)
        if isinstance(where, Feed | Paged):
            self._witness.heard(where, links)

    def _without_links(self, where: Listing, number: int, word: str = "no_links") -> None:
        """A listing that answered and has no article link ends no walk: what lies behind it is looked for again.

        On the first page of a list that is how a changed layout looks; elsewhere it is a failed page.
        """
        if isinstance(where, Paged) and number == 0:
            self._count(Count.LISTINGS_EMPTY + where.name)
        else:
            self._count(Count.LISTINGS_FAILED + word)

    def _listing_failed(self, failure: Failure, where: Listing, walk: int | None, number: int) -> None:
        if self._is_ours(failure):
            return
        word = failure_word(failure)
        logger.warning("listing %s, page %d failed: %s", where.name, number + 1, word)
        if word in ("http_404", "http_410"):
            self._without_links(where, number, word)
        else:
            self._count(Count.LISTINGS_FAILED + word)

    def _is_ours(self, failure: Failure) -> bool:
        """No failure of the wire but of newscrawl (a bug) or of its disk: what was asked stays as it is."""
        if not is_bug(failure):
            return False
        if not isinstance(failure.value, NewscrawlError):
            self._count(Count.BUGS + type(failure.value).__name__)
        logger.error("%s", failure.getTraceback())
        return True

    # -- articles ------------------------------------------------------------------------------------------------

    def _fetched(
        self, response: Response, link: Link, parts: tuple[FetchedPage, ...]
    ) -> Iterator[FetchedPage | Request]:
        page = attrs.evolve(self._page(response), link=link if not parts else None)
        try:
            page = parsed(page)
            following = self.source.next_page(page)
        except NotAnArticle:  # the read pipeline says so again, and the rejection is stored with its link
            self._count(Count.FETCHED)
            yield attrs.evolve(parts[0], continued=(*parts[1:], page)) if parts else page
            return
        parts = (*parts, page)
        if following and len(parts) < MOST_PAGES and following not in {part.url for part in parts}:
            about: dict[str, Any] = {"link": link, "parts": parts}
            failed = partial(self._article_failed, **about)
            yield Request(following, callback=self._fetched, errback=failed, cb_kwargs=about, dont_filter=True)
            return
        self._count(Count.FETCHED)
        yield attrs.evolve(parts[0], continued=parts[1:])

    def _article_failed(self, failure: Failure, link: Link, parts: tuple[FetchedPage, ...]) -> Iterator[Request]:
        """Note it; what is not where it was linked is asked once more, at its own address."""
        word = failure_word(failure)
        if self._is_ours(failure):
            return
        canonical = self.source.address(link.url)
        if not parts and canonical and canonical.url != link.url and word.startswith(ELSEWHERE):
            yield self._ask_article(attrs.evolve(link, url=canonical.url))
            return
        self._count(Count.FAILED + word)
        if link.key in self._fresh_keys:
            self._count(Count.FRESH_FAILED + word)
        where = f"page {len(parts) + 1}: " if parts else ""
        due = self._frontier.failed(link.key, where + word)
        again = f"next try {due:%Y-%m-%d %H:%M} UTC" if due else "not asked again"
        logger.warning("%s failed: %s%s (%s)", link.url, where, word, again)

    def _page(self, response: Response) -> FetchedPage:
        return fetched_page(response, self.source.slug, self._clock.now())

    # -- counting ------------------------------------------------------------------------------------------------

    def _count(self, name: str, times: int | bool = 1) -> None:
        if times:
            self.crawler.stats.inc_value(name, times)

    def _count_read(self) -> None:
        self._read += 1

    def _limit_reached(self) -> bool:
        return self._plan.limit is not None and self._read >= self._plan.limit

    def _enough(self) -> bool:
        """With a limit, no more listing pages than it needs."""
        return self._plan.limit is not None and self._frontier.count_open(self.source.slug) >= self._plan.limit

    def closed(self, reason: str) -> None:
        """After the last callback: a signal cancels ``start`` while pages are still on their way."""
        if self._opened is not None:
            self._opened.close()
        if missed := self._missed:
            logger.warning("the list misses %d articles that the feed has: %s", len(missed), ", ".join(sorted(missed)))
