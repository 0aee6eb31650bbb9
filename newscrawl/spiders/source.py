"""The spider that walks a source: listings are found and recorded first, articles are fed from the frontier.

One run goes: links still open from earlier runs, the listings, what they brought, and then the stored articles that
are due to be asked again. Every link stands in the frontier (committed) before it is asked, so a killed run loses none;
the engine is fed a batch whenever it is quiet, so memory does not grow with the source. The spider fetches and finds;
it reads nothing and stores nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.discover.listings import WAYS, Feed
from newscrawl.errors import Reason
from newscrawl.fetch import signals as own
from newscrawl.fetch.project import options_of, say_run
from newscrawl.fetch.rejected import Rejected
from newscrawl.items import Article, FetchedPage, Link
from newscrawl.outcome import Count, Kind
from newscrawl.sources import Registry
from newscrawl.spiders.articles import Articles
from newscrawl.spiders.days import Days
from newscrawl.spiders.errand import Errand
from newscrawl.spiders.experience import Learnt
from newscrawl.spiders.lists import Lists
from newscrawl.spiders.plan import planned
from newscrawl.store.frontier import BACKFILL, UNASKED, Frontier

BATCH = 200
"""Article requests given to the engine at a time."""
BATCH_LEARNING = 40
"""The same where it is learnt from what is asked what need not be asked."""


VAIN, FEW = 200, 3
"""Pages of a site that is learnt, none of them an article: after so many the run ends, so few make it look broken."""


class SourceSpider(Spider):
    """Made by the loader, once per source and once per way in which any site is walked."""

    registry: ClassVar[Registry]

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
        self._run, self._plan = planned(self.name, arguments, self.registry, options.clock.now())
        say_run(crawler, self._run)
        self._ending = ExitStack()
        self._cursor = 0
        self._again_cursor = 0
        self._waiting = False
        self._read = 0
        crawler.signals.connect(self._was_read, signals.item_scraped)
        crawler.signals.connect(self._was_dropped, signals.item_dropped)

    # -- what to ask ---------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        recheck = timedelta(hours=self._options.recheck_hours)
        frontier = Frontier(self._options.db, self._options.clock, recheck=recheck, lane=self._lane)
        self._frontier = self._ending.enter_context(frontier)
        self._errand = errand = Errand(
            crawler=self.crawler,
            run=self._run.name,
            source=self._run.source,
            plan=self._plan,
            frontier=self._frontier,
            clock=self._options.clock,
            learnt=self._learnt() if self._run.source.learns else None,
        )
        self._articles, self._lists = Articles(errand), Lists(errand)
        self._ending.callback(self._lists.say_missed)
        self._groups = self._listing_groups()
        while requests := self._next():
            for request in requests[1:]:
                self.crawler.engine.crawl(request)
            yield requests[0]  # the engine takes one of a generator per turn: a batch goes to it at once
            await self._quiet()

    def _learnt(self) -> Learnt:
        vouched = any(isinstance(where, Feed) for where in self._run.source.listings)
        return Learnt(self._frontier, self._run.name, vouched=vouched)

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
            if self._is_in_vain(VAIN):
                return []
            if requests := self._due() or self._freed():
                return requests
            self._lists.hear_witness()
            if self._limit_reached():
                return []
            group = next(self._groups, None)
            if group is None:
                self._is_in_vain(FEW)
                return self._again()
            if requests := list(group):
                return requests

    def _due(self) -> list[Request]:
        if self._plan.url or not (wanted := self._wanted()):
            return []
        if self._waiting and self._errand.learnt and self._errand.learnt.articles:
            self._cursor, self._waiting = 0, False
        while True:
            links, self._cursor = self._frontier.due(self._run.name, limit=wanted, after=self._cursor)
            condemned = self._condemned(links)
            requests = [self._articles.ask(link) for link in links if link.key not in condemned]
            if requests or not links:
                return requests

    def _freed(self) -> list[Request]:
        wanted = self._wanted()
        return self._articles.freed(wanted) if wanted else []

    def _is_in_vain(self, pages: int) -> bool:
        """Whether so many pages were asked and none was ever an article: then the site does not show itself to us, or
        cannot be read, and what is left is not spent on it."""
        learnt = self._errand.learnt
        if learnt is None or not learnt.in_vain(pages):
            return False
        words = f"none of the {learnt.refused} pages that were asked is an article, and none ever was"
        self.crawler.stats.set_value(Count.HEALTH + words, 1)
        return True

    def _condemned(self, links: Iterable[Link]) -> set[str]:
        """Those whose like were asked and were no articles are closed unasked, until a listing leads to them when it is
        known better; while none ever was one they only wait, since the site may answer everybody with a page that is
        none."""
        learnt = self._errand.learnt
        if learnt is None:
            return set()
        condemned = {link.key for link in links if learnt.condemns(link.url)}
        if condemned and not learnt.articles:
            self._waiting = True
        elif condemned:
            self._frontier.rejected(condemned, Reason.LIST_PAGE, UNASKED)
            self._errand.count(Count.PASSED_OVER + Reason.LIST_PAGE.value, len(condemned))
        return condemned

    def _again(self) -> list[Request]:
        """Fresh runs alone: an old day's articles are asked once."""
        if self._plan.url or self._plan.since or not (wanted := self._wanted()):
            return []
        found, self._again_cursor = self._frontier.again(
            self._run.name, limit=wanted, after=self._again_cursor, now=self._plan.recheck_now
        )
        return [self._articles.ask(each.link, each) for each in found]

    def _wanted(self) -> int:
        batch = BATCH_LEARNING if self._run.source.learns else BATCH
        return batch if self._plan.limit is None else min(batch, max(self._plan.limit - self._read, 0))

    def _listing_groups(self) -> Iterator[Iterable[Request]]:
        """Groups of requests, each begun when what came before is done. Lazy: a day's walk begins in its turn."""
        if self._plan.url:
            return iter([self._one(self._plan.url)])
        if self._plan.since:
            return iter(tuple(Days(self._errand, self._lists).groups()))
        return self._lists.fresh()

    def _one(self, url: str) -> Iterator[Request]:
        source = self._run.source
        address = source.address(url)
        assert address is not None
        link = Link(source=source.slug_at(url), key=address.key, url=address.url, found_in="-a url")
        self._frontier.record([link])
        stored = self._frontier.stored(address.key)
        yield self._articles.ask(self._frontier.link(address.key) or link, stored)

    @property
    def _lane(self) -> str | None:
        if self._plan.kind == Kind.BACKFILL:
            return BACKFILL
        return self._run.name if self.name in WAYS else None

    # -- the end -------------------------------------------------------------------------------------------------

    def _was_read(self, item: Article) -> None:
        self._read += 1
        if self._errand.learnt is not None:
            self._errand.learnt.add(item.url)

    def _was_dropped(self, item: FetchedPage | Article, exception: Exception) -> None:
        if self._errand.learnt is not None and isinstance(exception, Rejected):
            self._errand.learnt.add(item.url, exception.problem.reason.value)

    def _limit_reached(self) -> bool:
        return self._plan.limit is not None and self._read >= self._plan.limit

    def closed(self, reason: str) -> None:
        """After the last callback: a signal cancels ``start`` while pages are still on their way."""
        self._ending.close()
