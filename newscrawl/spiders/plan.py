"""What one run is asked to do: the ``-a`` arguments, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from attrs import frozen

from newscrawl.discover.listings import Daily
from newscrawl.errors import BadOption
from newscrawl.outcome import Kind
from newscrawl.sources import Source


@frozen(kw_only=True)
class Plan:
    """An incremental run, unless ``url`` (one article) or ``since`` (a backfill) is given."""

    recheck_now: bool = False
    """Every article within the hours of rechecks is asked again."""

    url: str | None = None
    since: date | None = None
    until: date | None = None
    """Inclusive; set whenever ``since`` is."""
    limit: int | None = None
    """Stop after so many articles were read."""

    @classmethod
    def of(cls, arguments: Mapping[str, str], source: Source, today: date) -> Plan:
        """Check the arguments of ``scrapy crawl SOURCE -a …``; :class:`BadOption` names the wrong one."""
        for name in arguments:
            if name not in ("url", "since", "until", "limit", "recheck"):
                raise BadOption(f"-a {name}", "is not known; use url, since, until, limit or recheck")
        for name, value in arguments.items():
            if not value.strip():
                raise BadOption(f"-a {name}", "is empty")
        url = arguments.get("url")
        if url and (len(arguments.keys() - {"limit"}) > 1):
            raise BadOption("-a url", "stands alone: it reads one article page")
        if url and source.address(url) is None:
            raise BadOption("-a url", f"{url} is no article address of {source.slug}")
        since, until = _day(arguments, "since"), _day(arguments, "until")
        if until and not since:
            raise BadOption("-a until", "needs -a since")
        if since:
            since, until = _days(source, since, until or today, today)
        recheck = arguments.get("recheck")
        if recheck is not None and (recheck != "now" or since):
            raise BadOption("-a recheck", "is given as recheck=now, in an incremental run")
        return cls(url=url, since=since, until=until, limit=_limit(arguments), recheck_now=recheck is not None)

    @property
    def kind(self) -> str:
        """One of :class:`newscrawl.outcome.Kind`."""
        if self.since:
            return Kind.BACKFILL
        return Kind.PART if self.url or self.limit is not None else Kind.WHOLE

    def days(self) -> Iterator[date]:
        """The days of a backfill, newest first."""
        day = self.until
        while day and self.since and day >= self.since:
            yield day
            day -= timedelta(days=1)


def daily_of(source: Source) -> Daily | None:
    """The source's dated archive, where it has one."""
    return next((listing for listing in source.listings if isinstance(listing, Daily)), None)


def _days(source: Source, since: date, until: date, today: date) -> tuple[date, date]:
    daily = daily_of(source)
    if daily is None:
        raise BadOption("-a since", f"{source.slug} has no dated archive")
    if since < daily.since:
        raise BadOption("-a since", f"the archive of {source.slug} begins on {daily.since}")
    if since > today:
        raise BadOption("-a since", f"{since} is in the future")
    if until < since:
        raise BadOption("-a until", f"{until} is before {since}")
    return since, min(until, today)


def _day(arguments: Mapping[str, str], name: str) -> date | None:
    text = arguments.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadOption(f"-a {name}", f"{text!r} is no day; write it as 2025-11-19") from None


def _limit(arguments: Mapping[str, str]) -> int | None:
    text = arguments.get("limit")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise BadOption("-a limit", f"{text!r} is no number from 1")
    return int(text)
