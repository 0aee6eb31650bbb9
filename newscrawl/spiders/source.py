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
from newscrawl.errors import BrokenListing, NotAnArticle
from newscrawl.fetch.failures import failure_word
from newscrawl.fetch.project import options_of
from newscrawl.items import FetchedPage, Found, Link
from newscrawl.outcome import Count
from newscrawl.sources import Source
from newscrawl.spiders.links import sort_out
from newscrawl.spiders.plan import Plan, daily_of
from newscrawl.store.frontier import Frontier
from newscrawl.text.tree import parsed

logger = logging.getLogger(__name__)

BATCH = 200
"""Article requests given to the engine at a time."""
MOST_PAGES = 60
"""A longer 'article' is a loop in somebody's page bar."""
SIGNAL_HEADERS = (b"X-Robots-Tag", b"Tdm-Reservation", b"Tdm-Policy")


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
        self._in_lists: set[str] = set()
        self._new_in_feeds: set[str] = set()
        self._feed_keys: set[str] = set()
        self._read = 0
        crawler.signals.connect(self._count_read, signals.item_scraped)

    # -- what to ask ---------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        self._frontier = self._opened = Frontier(self._db, self._clock)
        self._todo = deque(self._listing_groups())
        while requests := self._next():
            for request in requests:
                yield request
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
            if not self._todo or self._limit_reached():
                return []
            if requests := list(self._todo.popleft()):
                return requests

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
        self._frontier.record([link], walk=None)
        yield self._ask_article(link)

    def _fresh(self) -> Iterator[Request]:
        for where in self.source.listings:
            if isinstance(where, Paged):
                walk = self._frontier.begin_walk(self.source.slug, where.name)
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
            self._count(Count.LISTINGS_FAILED + "unreadable")
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
        self._tally(where, keys, [link.key for link in new], number)
        if isinstance(where, Paged) and not known_ground and keys and number + 1 < len(where.pages()):
            if not self._enough():
                yield self._ask_listing(where, where.pages()[number + 1], walk=walk, number=number + 1)
        elif walk is not None:
            self._frontier.finish_walk(walk)

    def _found(self, page: FetchedPage, where: Listing) -> tuple[Found, ...]:
        if isinstance(where, Feed):
            return feed.find(page)
        return listing.find(parsed(page), where.shape)

    def _tally(self, where: Listing, keys: list[str], new: list[str], number: int) -> None:
        """Count, and keep what the feed and the list say of each other."""
        self._count(Count.LINKS, len(keys))
        self._count(Count.LINKS_NEW, len(new))
        self._count(Count.LINKS_KNOWN, len(keys) - len(new))
        if isinstance(where, Feed):
            self._feed_keys.update(keys)
            self._new_in_feeds.update(new)
        elif isinstance(where, Paged):
            self._in_lists.update(keys)
            if not keys and number == 0:
                self._count(Count.LISTINGS_EMPTY + where.name)
        if self._in_lists:
            self.crawler.stats.set_value(Count.FEED_LINKS, len(self._feed_keys))
            self.crawler.stats.set_value(Count.FEED_MISSED, len(self._new_in_feeds - self._in_lists))

    def _listing_failed(self, failure: Failure, where: Listing, walk: int | None, number: int) -> None:
        word = failure_word(failure)
        if isinstance(where, Paged) and number and word in ("http_404", "http_410"):
            if walk is not None:  # the list is shorter than the declaration says: its end was reached
                self._frontier.finish_walk(walk)
            return
        self._count(Count.LISTINGS_FAILED + word)
        logger.warning("listing %s failed: %s", where.name, word)

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

    def _article_failed(self, failure: Failure, link: Link, parts: tuple[FetchedPage, ...]) -> None:
        word = failure_word(failure)
        self._count(Count.FAILED + word)
        where = f"page {len(parts) + 1}: " if parts else ""
        due = self._frontier.failed(link.key, where + word)
        again = f"next try {due:%Y-%m-%d %H:%M} UTC" if due else "given up"
        logger.warning("%s failed: %s%s (%s)", link.url, where, word, again)

    def _page(self, response: Response) -> FetchedPage:
        asked = response.meta.get("redirect_urls", [None])[0]
        return FetchedPage(
            url=response.url,
            body=response.body,
            content_type=_header(response, b"Content-Type"),
            headers={
                name.decode().lower(): value
                for name in SIGNAL_HEADERS
                if (value := _header(response, name)) is not None
            },
            fetched_at=response.meta.get("fetched_at") or self._clock.now(),
            source=self.source.slug,
            asked=asked if asked != response.url else None,
            capture=response.meta.get("capture"),
        )

    # -- counting ------------------------------------------------------------------------------------------------

    def _count(self, name: str, times: int = 1) -> None:
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
        if self._in_lists and (missed := self._new_in_feeds - self._in_lists):
            logger.warning("the list misses %d articles that the feed has: %s", len(missed), ", ".join(sorted(missed)))


def _header(response: Response, name: bytes) -> str | None:
    values = response.headers.getlist(name)
    return ", ".join(value.decode("latin-1") for value in values) if values else None
