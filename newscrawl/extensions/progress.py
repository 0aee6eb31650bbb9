"""How far a backfill has got: a bar on a terminal, one plain line a day in a log."""

from __future__ import annotations

import atexit
import logging
import sys
from datetime import date
from typing import Any, Protocol

from attrs import define
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from scrapy.utils.log import get_scrapy_root_handler
from twisted.internet.task import LoopingCall

from newscrawl.fetch import signals as own
from newscrawl.fetch.project import is_a_run, kind_of, run_of
from newscrawl.outcome import Count, Kind, tally

logger = logging.getLogger(__name__)

HALF_A_DAY = 12 * 3600.0
"""The time left is told by the pace of this many seconds: a day of the archive takes minutes."""


@define(kw_only=True)
class Standing:
    """Where a backfill stands."""

    source: str
    days: int = 0
    done: int = 0
    """Days walked to their end, by this backfill and by earlier ones."""
    at_work: date | None = None
    added: int = 0
    """Articles that this run has stored."""
    failed: int = 0
    """Articles and days that this run could not have."""


class Display(Protocol):
    """Shows a backfill from its beginning (it is made with the standing) to its close."""

    def moved(self, now: Standing) -> None:
        """A second has passed, or another day is at work."""

    def ended(self, now: Standing, day: date, links: int, done: bool) -> None:
        """A day is over."""

    def close(self, now: Standing) -> None:
        """The run is over."""


class BackfillProgress:
    """Hears of the days from the spider, and reads the counts once a second."""

    def __init__(self, crawler: Crawler, display: type[Bar | Lines]) -> None:
        self._crawler = crawler
        self._make = display
        self._display: Display | None = None
        self._now = Standing(source=run_of(crawler).name)
        self._timer: AsyncioLoopingCall | LoopingCall = create_looping_call(self._moved)
        crawler.signals.connect(self._begun, own.backfill_begun)
        crawler.signals.connect(self._day_begun, own.day_begun)
        crawler.signals.connect(self._day_ended, own.day_ended)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackfillProgress:
        if not is_a_run(crawler) or kind_of(crawler) != Kind.BACKFILL:
            raise NotConfigured
        return cls(crawler, Lines if crawler.settings.get("LOG_FILE") or not _on_a_terminal() else Bar)

    def _begun(self, days: int, finished: int) -> None:
        self._now.days, self._now.done = days, finished
        self._display = self._make(self._now)
        self._timer.start(1.0)

    def _day_begun(self, day: date) -> None:
        self._now.at_work = day
        self._moved()

    def _day_ended(self, day: date, links: int, done: bool) -> None:
        self._now.at_work = None
        self._now.done += done
        self._count()
        if self._display is not None:
            self._display.ended(self._now, day, links, done)

    def _moved(self) -> None:
        self._count()
        if self._display is not None:
            self._display.moved(self._now)

    def _closed(self) -> None:
        if self._display is not None:
            self._timer.stop()
            self._count()
            self._display.close(self._now)

    def _count(self) -> None:
        stats = self._crawler.stats.get_stats()
        self._now.added = stats.get(Count.ADDED, 0)
        self._now.failed = sum(sum(tally(stats, what).values()) for what in (Count.FAILED, Count.LISTINGS_FAILED))


def _on_a_terminal() -> bool:
    """Standard error is a terminal that can move its cursor."""
    return sys.stderr.isatty() and not Console(stderr=True).is_dumb_terminal


class Lines:
    """Plain lines in the log."""

    def __init__(self, now: Standing) -> None:
        logger.info("backfill %s: %d days, %d of them done earlier", now.source, now.days, now.done)

    def moved(self, now: Standing) -> None:
        pass

    def ended(self, now: Standing, day: date, links: int, done: bool) -> None:
        how = "done" if done else "failed, to be asked again by the next backfill"
        where = f"({now.done} of {now.days} days)"
        logger.info("backfill %s: %s %s %s, %d links, %d added so far", now.source, day, how, where, links, now.added)

    def close(self, now: Standing) -> None:
        pass


class Bar:
    """A bar on the last line of the terminal. Log lines, and whatever else is printed, come above it, whole."""

    def __init__(self, now: Standing) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", style="bold"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("days, [green]{task.fields[added]} added[/green], {task.fields[failed]} failed"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            auto_refresh=False,  # no thread: the reactor draws it
            speed_estimate_period=HALF_A_DAY,
            expand=True,
        )
        self._task = self._bar.add_task(now.source, total=now.days, completed=now.done, added=0, failed=0)
        self._bar.start()
        self._log = get_scrapy_root_handler()
        self._stream = self._write_log_to(sys.stderr)  # it goes through the bar's console now
        atexit.register(self._bar.stop)  # a second signal ends the run without a word, and the cursor is hidden

    def moved(self, now: Standing) -> None:
        day = f" {now.at_work}" if now.at_work else ""
        self._bar.update(
            self._task,
            description=now.source + day,
            completed=now.done,
            added=now.added,
            failed=now.failed,
            refresh=True,
        )

    def ended(self, now: Standing, day: date, links: int, done: bool) -> None:
        self.moved(now)

    def close(self, now: Standing) -> None:
        self.moved(now)
        self._bar.stop()
        atexit.unregister(self._bar.stop)
        self._write_log_to(self._stream)

    def _write_log_to(self, stream: Any) -> Any:
        """Returns what it was written to until now."""
        return self._log.setStream(stream) if isinstance(self._log, logging.StreamHandler) else None
