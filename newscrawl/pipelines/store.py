"""Article -> the store: the last of the pipelines. Articles and rejections are kept in batches, each with its link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from newscrawl.archive.writer import ArchiveWriter
from newscrawl.errors import Reason, StoreError, StoreUnwritable
from newscrawl.fetch import signals as own
from newscrawl.fetch.project import is_a_run, options_of, registry_of
from newscrawl.fetch.rejected import Rejected
from newscrawl.fetch.shelf import archive_of
from newscrawl.fetch.stopping import stop_of, stop_unwritable
from newscrawl.items import Article, Capture, FetchedPage
from newscrawl.outcome import Count, is_outage
from newscrawl.sources import Registry
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy

ASKED_AGAIN = frozenset({Reason.BROKEN_PAGES, Reason.MOVED_NOWHERE})
"""What is no article now and may be one later: noted as a failure, so that it is asked again; so is what says so."""
VANISHED = frozenset({Reason.GONE, Reason.NOT_FOUND_PAGE, Reason.MOVED_HOME})
"""How a publisher says that an article which is stored is not there: by status, in words, by its home page."""
OUTAGE = "outage"
"""The failure's word where so many vanish at once that none is believed."""


class Store:
    """Flushes by count, by time, and, synchronously, at close: a signal during the close cuts nothing off."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._broken: StoreError | None = None
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        self._vanished: list[tuple[str, Reason, tuple[Capture, ...]]] = []
        crawler.signals.connect(self._dropped, signals.item_dropped)
        crawler.signals.connect(self._all_read, own.all_read)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        if not is_a_run(crawler):
            raise NotConfigured
        return cls(crawler)

    def open_spider(self) -> None:
        if self._crawler.stats.get_value(Count.UNWRITABLE):  # the lock's word for it is the first, and exact
            raise CloseSpider("store_unwritable")
        options = options_of(self._crawler.settings)
        registry = registry_of(self._crawler.settings)
        archive = archive_of(self._crawler)
        try:
            self._writer = Writer(
                options.db,
                sources=publishers(registry),
                policy=Policy(reprint=options.reprint, outlets=registry.outlets),
                recheck=timedelta(hours=options.recheck_hours),
                clock=options.clock,
                before_commit=partial(_flush, archive) if archive else None,
            )
        except StoreError as problem:
            self._crawler.stats.set_value(Count.UNWRITABLE, str(problem))
            raise CloseSpider("store_unwritable") from problem
        self._timer = create_looping_call(self._tick)
        self._timer.start(1.0, now=False)

    def process_item(self, item: Article) -> Article:
        if self._broken:  # what cannot be kept is not waited for once more: its link stays open
            raise self._broken
        try:
            self._writer.add(item)
        except StoreError as failure:
            self._broken = failure
            raise
        return item

    def _dropped(self, item: FetchedPage, exception: Exception) -> None:
        if not isinstance(exception, Rejected):
            return
        captures = tuple(page.capture for page in (item, *item.continued) if page.capture)
        problem = exception.problem
        if self._broken:
            return
        if item.again and problem.reason in VANISHED:  # believed when it is known how many have vanished
            self._vanished.append((exception.key, problem.reason, captures))
            return
        with self._watched():
            if item.gone:
                self._writer.gone(exception.key, problem.reason, captures)
            elif problem.reason in ASKED_AGAIN or problem.again:
                self._writer.fail(exception.key, problem.reason.value, problem.detail, captures)
            else:
                self._writer.reject(exception.key, problem.reason, problem.detail, captures, same_as=problem.same_as)

    def _tick(self) -> None:
        self._keep(self._writer.tick)

    def _all_read(self) -> None:
        """What a backfill says of a day is what is on disk."""
        self._keep(self._writer.flush)

    def _keep(self, keep: Callable[[], object]) -> None:
        if not self._broken:
            with self._watched():
                keep()
        self._crawler.stats.set_value(Count.ADDED, self._writer.tally.added)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Outside of process_item Scrapy would only log what is raised: a store that fails ends the run, a bug is
        counted on its way."""
        passed = False
        try:
            yield
            passed = True
        except StoreError as failure:
            passed = True
            self._broken = failure
            stop_unwritable(self._crawler, failure)
        finally:
            if not passed:
                self._crawler.stats.inc_value(Count.BUGS + "store")

    def close_spider(self) -> None:
        if self._timer is None:
            return
        self._timer.stop()
        if self._broken:  # once more: what held it up may be gone
            self._broken = None
            self._writer.hurry()
        try:
            with self._watched():
                try:
                    self._settle_vanished()
                finally:
                    self._writer.close()
        finally:
            self._count()

    def _settle_vanished(self) -> None:
        """A run that was stopped knows only a part: what has vanished in it stays due, and the next one asks it."""
        if stop_of(self._crawler).reason != "finished":
            return
        stats = self._crawler.stats
        stats.set_value(Count.VANISHED, len(self._vanished))
        outage = is_outage(len(self._vanished), stats.get_value(Count.RECHECKED, 0))
        for key, reason, captures in self._vanished:
            if outage:
                self._writer.fail(key, OUTAGE, reason.value, captures)
            else:
                self._writer.gone(key, reason, captures)

    def _count(self) -> None:
        """What was committed, as the store counted it."""
        tally, stats = self._writer.tally, self._crawler.stats
        stats.set_value(Count.ADDED, tally.added)
        stats.set_value(Count.REVISED, tally.revised)
        stats.set_value(Count.UNCHANGED, tally.unchanged)
        stats.set_value(Count.HIDDEN, tally.hidden)
        stats.set_value(Count.RESTORED, tally.restored)
        prefixes = {Count.REJECTED: tally.rejected, Count.HELD_BACK: tally.held_back, Count.MISSING: tally.missing}
        for prefix, counts in (prefixes | {Count.SAMPLE: tally.sample}).items():
            for word, number in counts.items():
                stats.set_value(prefix + word, number)
        for word, number in tally.failed.items():
            stats.inc_value(Count.FAILED + word, number)
        if tally.given_up:
            stats.inc_value(Count.GIVEN_UP, tally.given_up)


def publishers(registry: Registry) -> list[Publisher]:
    """What the store says of the sources."""
    return [Publisher(slug=s.slug, name=s.name, home=s.home, language=s.language, feed=s.feed) for s in registry]


def _flush(archive: ArchiveWriter) -> None:
    """No row points at a record that is not on disk."""
    try:
        archive.flush()
    except OSError as error:
        raise StoreUnwritable(f"the archive cannot be written: {error}") from error
