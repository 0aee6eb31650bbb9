"""The run ledger: one row per run, with its verdict. It also hears what Scrapy only logs: a bug, a store that fails."""

from __future__ import annotations

import logging
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from twisted.python.failure import Failure

from newscrawl.errors import StoreError
from newscrawl.fetch.project import is_a_run, options_of, run_of
from newscrawl.fetch.stopping import stop_unwritable
from newscrawl.outcome import Count, Outcome, judge, ledger_row
from newscrawl.store.writer import Writer

logger = logging.getLogger(__name__)


class Ledger:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._options = options_of(crawler.settings)
        self._writer: Writer | None = None
        self._run = 0
        _ledgers[crawler] = self
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._error, signals.spider_error)
        crawler.signals.connect(self._error, signals.item_error)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Ledger:
        if not is_a_run(crawler):
            raise NotConfigured
        return cls(crawler)

    def _opened(self) -> None:
        stats = self._crawler.stats
        if stats.get_value(Count.LOCKED) or stats.get_value(Count.UNWRITABLE):
            return
        try:
            self._writer, run = Writer(self._options.db, clock=self._options.clock), run_of(self._crawler)
            self._run = self._writer.open_run(run.name, run.kind)
        except StoreError as problem:
            stats.set_value(Count.UNWRITABLE, str(problem))
            raise CloseSpider("store_unwritable") from problem

    def _error(self, failure: Failure) -> None:
        """An exception in a callback or a pipeline: Scrapy logs it and would end with exit 0."""
        if isinstance(failure.value, StoreError):
            stop_unwritable(self._crawler, failure.value)
        else:
            self._crawler.stats.inc_value(Count.BUGS + type(failure.value).__name__)

    def _closed(self, reason: str) -> None:
        stats = self._crawler.stats
        outcome = judge(stats.get_stats(), reason)
        try:
            self.write(outcome, hurry=bool(stats.get_value(Count.UNWRITABLE)))
        except StoreError as problem:
            stats.set_value(Count.UNWRITABLE, str(problem))

    def write(self, outcome: Outcome, *, hurry: bool) -> None:
        """Close the run's row, once; nothing where it was never opened. StoreError where it cannot be written; with
        ``hurry`` a second is waited for another program at most."""
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        with writer:
            if hurry:
                writer.hurry()
            writer.close_run(self._run, outcome.name, outcome.exit_code, ledger_row(self._crawler.stats.get_stats()))


def close_row(crawler: Crawler, outcome: Outcome) -> None:
    """Close the row of a run whose spider was never closed: a second signal stops the reactor at once, and no extension
    hears of it. To be called when the reactor has stopped; nothing where the row is closed, or was never opened. It
    waits a second at most, and what fails is only a warning: the run has ended, and how is known."""
    ledger = _ledgers.get(crawler)
    if ledger is None:
        return
    try:
        ledger.write(outcome, hurry=True)
    except StoreError as problem:
        logger.warning("the ledger does not have how this run ended: %s", problem)


_ledgers: WeakKeyDictionary[Crawler, Ledger] = WeakKeyDictionary()
