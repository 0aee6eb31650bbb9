"""The days of a backfill, newest first, and where it has got to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request

from newscrawl.fetch import signals
from newscrawl.outcome import Count, tally
from newscrawl.spiders.errand import Errand
from newscrawl.spiders.lists import Lists
from newscrawl.spiders.plan import daily_of


class Days:
    """Walks the dated archive day by day, but those that an earlier walk finished after they were over."""

    def __init__(self, errand: Errand, lists: Lists) -> None:
        daily = daily_of(errand.source)
        assert daily is not None
        self._errand, self._lists, self._daily = errand, lists, daily
        self._at_work: date | None = None
        self._links = self._failures = 0

    def groups(self) -> Iterator[Iterable[Request]]:
        """A group of requests per day, then an empty one. Lazy: each is begun when what the one before it led to is
        read, so beginning it ends the day before."""
        days = tuple(self._errand.plan.days())
        left = [day for day in days if not self._finished(day)]
        self._say(signals.backfill_begun, days=len(days), finished=len(days) - len(left))
        for day in left:
            yield self._day(day)
        yield self._end()

    def _finished(self, day: date) -> bool:
        """The page of a day that was not over yet when it was walked may have grown since."""
        zone = ZoneInfo(self._errand.source.zone)
        finished = self._finished_at(day)
        return finished is not None and finished.astimezone(zone).date() > day

    def _finished_at(self, day: date) -> datetime | None:
        return self._errand.frontier.finished(self._errand.run, self._name(day))

    def _name(self, day: date) -> str:
        return f"{self._daily.name}/{day}"

    def _day(self, day: date) -> Iterator[Request]:
        self._end_day()
        self._at_work = day
        self._links, self._failures = self._counted()
        self._say(signals.day_begun, day=day)
        yield from self._lists.day(self._daily, self._name(day), self._daily.page(day))

    def _end(self) -> Iterator[Request]:
        self._end_day()
        yield from ()

    def _end_day(self) -> None:
        day, self._at_work = self._at_work, None
        if day is not None:
            links, failures = self._counted()
            done = failures == self._failures and self._finished_at(day) is not None
            self._say(signals.day_ended, day=day, links=links - self._links, done=done)

    def _counted(self) -> tuple[int, int]:
        """The links and the failures of this run's listing pages so far."""
        stats = self._errand.crawler.stats.get_stats()
        return stats.get(Count.LINKS, 0), sum(tally(stats, Count.LISTINGS_FAILED).values())

    def _say(self, signal: object, **what: Any) -> None:
        self._errand.crawler.signals.send_catch_log(signal, **what)
