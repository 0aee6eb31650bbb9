"""The spider that walks a source: listings are found and recorded first, articles are fed from the frontier.

One run goes: links still open from earlier runs, the listings, what they brought, and then the stored articles that
are due to be asked again. Every link stands in the frontier (committed) before it is asked, so a killed run loses none;
the engine is fed a batch whenever it is quiet, so memory does not grow with the source. The spider fetches and finds;
it reads nothing and stores nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.fetch import signals as own
from newscrawl.fetch.project import options_of, say_kind
from newscrawl.items import Link
from newscrawl.outcome import Kind
from newscrawl.sources import Source
from newscrawl.spiders.articles import Articles
from newscrawl.spiders.days import Days
from newscrawl.spiders.errand import Errand
from newscrawl.spiders.lists import Lists
from newscrawl.spiders.plan import Plan
from newscrawl.store.frontier import BACKFILL, Frontier

BATCH = 200
"""Article requests given to the engine at a time."""


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
        self._options = options = options_of(crawler.settings)
        today = options.clock.now().astimezone(ZoneInfo(self.source.zone)).date()
        self._plan = Plan.of(arguments, self.source, today)
        say_kind(crawler, self._plan.kind)
        self._opened: Frontier | None = None
        self._cursor = 0
        self._again_cursor = 0
        self._read = 0
        if self._plan.limit is not None:
            crawler.signals.connect(self._count_read, signals.item_scraped)

    # -- what to ask ---------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        self._frontier = self._opened = Frontier(
            self._options.db,
            self._options.clock,
            recheck=timedelta(hours=self._options.recheck_hours),
            lane=BACKFILL if self._plan.kind == Kind.BACKFILL else None,
        )
        self._errand = errand = Errand(
            crawler=self.crawler,
            source=self.source,
            plan=self._plan,
            frontier=self._frontier,
            clock=self._options.clock,
        )
        self._articles, self._lists = Articles(errand), Lists(errand)
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
                self.crawler.signals.send_catch_log(own.all_read)
                return

    def _next(self) -> list[Request]:
        """A batch of open links; when none is left, the next group of listings; when they are done, a batch of those
        that are to be asked again; [] when the run is over."""
        while True:
            if requests := self._due():
                return requests
            self._lists.hear_witness()
            if self._limit_reached():
                return []
            if not self._todo:
                return self._again()
            if requests := list(self._todo.popleft()):
                return requests

    def _due(self) -> list[Request]:
        if self._plan.url or not (wanted := self._wanted()):
            return []
        links, self._cursor = self._frontier.due(self.source.slug, limit=wanted, after=self._cursor)
        return [self._articles.ask(link) for link in links]

    def _again(self) -> list[Request]:
        """Fresh runs alone: an old day's articles are asked once."""
        if self._plan.url or self._plan.since or not (wanted := self._wanted()):
            return []
        found, self._again_cursor = self._frontier.again(
            self.source.slug, limit=wanted, after=self._again_cursor, now=self._plan.recheck_now
        )
        return [self._articles.ask(each.link, each) for each in found]

    def _wanted(self) -> int:
        return BATCH if self._plan.limit is None else min(BATCH, max(self._plan.limit - self._read, 0))

    def _listing_groups(self) -> Iterator[Iterable[Request]]:
        """Groups of requests, each begun when what came before is done. Lazy: a day's walk begins in its turn."""
        if self._plan.url:
            yield self._one(self._plan.url)
        elif self._plan.since:
            yield from Days(self._errand, self._lists).groups()
        else:
            yield self._lists.fresh()

    def _one(self, url: str) -> Iterator[Request]:
        address = self.source.address(url)
        assert address is not None
        link = Link(source=self.source.slug, key=address.key, url=address.url, found_in="-a url")
        self._frontier.record([link])
        stored = self._frontier.stored(address.key)
        yield self._articles.ask(self._frontier.link(address.key) or link, stored)

    # -- the end -------------------------------------------------------------------------------------------------

    def _count_read(self) -> None:
        self._read += 1

    def _limit_reached(self) -> bool:
        return self._plan.limit is not None and self._read >= self._plan.limit

    def closed(self, reason: str) -> None:
        """After the last callback: a signal cancels ``start`` while pages are still on their way."""
        if self._opened is not None:
            self._opened.close()
            self._lists.say_missed()
