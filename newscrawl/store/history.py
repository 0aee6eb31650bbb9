# ruff: noqa: S608  SQL made of this folder's constants only
"""What the ledger and the frontier say of a source's past and of where it stands: what health is judged by.

``source`` is the name of its runs: its slug, or that of a start address ('feed:example.com/rss.xml').
Every query goes by an index and looks at two weeks at most: it costs the same on a ledger of many years.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from statistics import median
from typing import Any

from attrs import frozen

from newscrawl.clock import stamp, unstamp
from newscrawl.health import MEMORY, Complaint, Run, fallen, sample_of, worse_again
from newscrawl.items import Json
from newscrawl.outcome import BROKEN_IN_WORDS
from newscrawl.store.links import AGAIN, BACKFILL, again_at, is_start, whose
from newscrawl.store.reader import Reader
from newscrawl.store.schema import START_RUNS

WEEK = timedelta(days=7)
WEEKS = 5
DAY = timedelta(days=1)
STARTS = 50
"""So many of the last runs tell how often a source is usually asked."""
LATE, LATE_TIMES, LATE_RUNS = timedelta(hours=6), 5, 10
"""No run for longer than this, and than so many times its usual wait (known after so many runs), is a dead cron job."""
LATE_ANYHOW = timedelta(hours=24)
"""The same where fewer runs are known, whatever the wait between them."""

_WHOLE = "FROM ledger WHERE source = ? AND kind = 'whole'"
_NEWEST = "ORDER BY started_at DESC, id DESC"
_RUNS = f"""
    SELECT started_at, outcome, sample, rejected {_WHOLE} AND started_at > ? AND fetched > 0
        AND finished_at IS NOT NULL AND outcome <> 'crashed' {_NEWEST}"""
_NEWS = f"SELECT started_at {_WHOLE} AND started_at > ? AND (added > 0 OR links > known) {_NEWEST} LIMIT 1"
_BETWEEN = f"""
    SELECT sum(added) AS added, max(outcome = 'done') AS looked {_WHOLE} AND started_at > ? AND started_at <= ?"""
_LAST = f"""
    SELECT started_at, finished_at, outcome, exit_code, errors {_WHOLE} AND finished_at IS NOT NULL {_NEWEST} LIMIT 1"""
_GOOD = f"SELECT id, started_at, finished_at {_WHOLE} AND outcome = 'done' {_NEWEST} LIMIT 1"
_FAILED = f"""
    SELECT count(*) OVER () AS streak, started_at, finished_at, outcome, exit_code, errors {_WHOLE}
        AND started_at >= ? AND +id > ? AND outcome NOT IN ('done', 'stopped') {_NEWEST} LIMIT 1"""
_STARTS = f"SELECT started_at {_WHOLE} {_NEWEST} LIMIT {STARTS}"
_ADDED = f"SELECT started_at, added {_WHOLE} AND started_at > ? AND finished_at IS NOT NULL"
_UNENDED = """
    SELECT id, started_at, kind = 'backfill' AS backfill FROM ledger
    WHERE source = ? AND started_at > ? AND finished_at IS NULL ORDER BY started_at"""
_GIVEN_UP = """
    SELECT key, url, reason, settled_at AS at FROM links WHERE {whose} AND state = 'given_up'
    ORDER BY settled_at DESC"""
_OPEN = f"""
    SELECT sum(lane IS NOT '{BACKFILL}') AS fresh, sum(lane IS '{BACKFILL}') AS backfill FROM links
    WHERE {{whose}} AND state = 'open'"""
_HIDDEN = "SELECT count(*) AS n FROM links WHERE {whose} AND state = 'gone'"
_RECHECKS = f"SELECT count(*) AS n FROM links WHERE {{whose}} AND {AGAIN}"
_WATCHED = f"""
    SELECT source FROM ledger WHERE {START_RUNS} AND started_at > :since
    GROUP BY +source HAVING max(started_at) > :lately OR max(outcome = 'done') OR count(*) >= {LATE_RUNS}
    ORDER BY 1"""


def runs_of(reader: Reader, source: str, now: datetime) -> tuple[Run, ...]:
    """The finished whole runs of the last two weeks that fetched anything, newest first."""
    return tuple(
        Run(
            at=unstamp(row["started_at"]),
            good=row["outcome"] == "done",
            sample=sample_of(json.loads(row["sample"] or "{}"), json.loads(row["rejected"])),
        )
        for row in reader.rows(_RUNS, (source, stamp(now - MEMORY)))
    )


def last_news(reader: Reader, source: str, now: datetime) -> datetime:
    """When the last whole run began that found a new link or added an article; a week ago where none did since."""
    found = reader.rows(_NEWS, (source, stamp(now - WEEK)))
    return unstamp(found[0]["started_at"]) if found else now - WEEK


def in_other_weeks(reader: Reader, source: str, since: datetime, now: datetime) -> tuple[int, ...]:
    """How many articles came between ``since`` and ``now`` in each of the last weeks, at the same hours; a week in
    which no run ended well in these hours is left out."""
    found = []
    for week in range(1, WEEKS + 1):
        (row,) = reader.rows(_BETWEEN, (source, stamp(since - week * WEEK), stamp(now - week * WEEK)))
        if row["looked"]:
            found.append(int(row["added"]))
    return tuple(found)


# -- where a source stands ---------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Ended:
    """How a whole run ended."""

    started_at: str
    finished_at: str
    outcome: str
    exit_code: int | None
    """None where it crashed."""
    words: str


@frozen(kw_only=True)
class GivenUp:
    """A link that failed too often."""

    key: str
    url: str
    reason: str | None
    at: str


@frozen(kw_only=True)
class Standing:
    """Where a source stands. Stamps are the store's; what says 'run' means a whole one."""

    running_since: str | None
    """Of a run of any kind that has not ended."""
    killed_since: str | None
    """When a run began, of any kind, that was killed: its row is open and nobody holds its lock."""
    last_run: Ended | None
    last_good_run: str | None
    """When it finished."""
    streak: int
    """How many runs in a row have failed; stopped ones do not count."""
    failed_run: Ended | None
    """The newest of them."""
    fresh: int
    """Articles added in the last 24 hours."""
    usual: float | None
    """Articles added in 24 hours, the median of the two weeks before; None where nothing is known."""
    fallen: tuple[Complaint, ...]
    """Fields that are under their floor, by the articles of the last 24 hours."""
    overdue: str | None
    """Words where nothing has run for long."""
    open: int
    """Links that are to be asked, now or when they are due."""
    open_backfill: int
    """Links that a backfill has still to ask."""
    rechecks_due: int
    """Stored articles that the next run asks again."""
    hidden: int
    """Articles that have vanished at the publisher's."""
    given_up: tuple[GivenUp, ...]
    """All of them, the latest first."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the source is not healthy, in words; () where it is."""
        run = self.failed_run
        words = [complaint.words for complaint in self.fallen if run is None or complaint.words not in run.words]
        if run is not None:
            how = run.outcome if run.exit_code is None else f"{run.outcome}, exit {run.exit_code}"
            runs = "the last run has" if self.streak == 1 else f"the last {self.streak} runs have"
            words.insert(0, f"{runs} failed ({how}){': ' if run.words else ''}{run.words}")
        return (*words, *([self.overdue] if self.overdue else ()))


def last_good_run(reader: Reader, source: str) -> str | None:
    """The stamp of when the last whole run finished that ended as 'done'."""
    good = reader.rows(_GOOD, (source,))
    return good[0]["finished_at"] if good else None


def standing_of(
    reader: Reader, source: str, now: datetime, recheck: timedelta, locked: Callable[[bool], bool] = lambda _: True
) -> Standing | None:
    """None where no run ever was. ``recheck`` is NEWSCRAWL_RECHECK_HOURS; ``locked`` says whether somebody may hold the
    source's lock now, that of backfills where it is asked with True."""
    starts = [unstamp(row["started_at"]) for row in reader.rows(_STARTS, (source,))]
    running, killed = _unended(reader, source, now, locked)
    if not starts and not running and not killed:
        return None
    last, good = reader.rows(_LAST, (source,)), reader.rows(_GOOD, (source,))
    failed = reader.rows(_FAILED, (source, good[0]["started_at"] if good else "", good[0]["id"] if good else 0))
    fresh, usual = _fresh(reader, source, now)
    links = partial(_links, reader, source)
    waiting, again = links(_OPEN)[0], again_at(now, recheck)
    return Standing(
        running_since=running,
        killed_since=killed,
        last_run=_ended(last[0]) if last else None,
        last_good_run=good[0]["finished_at"] if good else None,
        streak=failed[0]["streak"] if failed else 0,
        failed_run=_ended(failed[0]) if failed else None,
        fresh=fresh,
        usual=usual,
        fallen=_fallen(runs_of(reader, source, now), now),
        overdue=overdue(starts, now) if len(starts) >= LATE_RUNS or not is_start(source) else None,
        open=waiting["fresh"] or 0,
        open_backfill=waiting["backfill"] or 0,
        rechecks_due=links(_RECHECKS, **again)[0]["n"],
        hidden=links(_HIDDEN)[0]["n"],
        given_up=tuple(GivenUp(**row) for row in links(_GIVEN_UP)),
    )


def _links(reader: Reader, run: str, query: str, **values: str) -> list[Json]:
    return reader.rows(query.format(whose=whose(run)), {"run": run, **values})


def watched(reader: Reader, now: datetime) -> tuple[str, ...]:
    """The names of the start addresses that are walked: a whole run of them began in the last two weeks. One that never
    ended well is among them for a day, or when it was tried ten times: before that it is a slip of somebody's."""
    since = {"since": stamp(now - MEMORY), "lately": stamp(now - DAY)}
    return tuple(row["source"] for row in reader.rows(_WATCHED, since))


def _unended(
    reader: Reader, source: str, now: datetime, locked: Callable[[bool], bool]
) -> tuple[str | None, str | None]:
    """When a run began that goes on, and one that was killed. A run closes its row before it lets go of its lock: only
    what is open before and after the lock is found free was killed."""
    found = reader.rows(_UNENDED, (source, stamp(now - MEMORY)))
    free = [row["id"] for row in found if not locked(bool(row["backfill"]))]
    if free:
        found = reader.rows(_UNENDED, (source, stamp(now - MEMORY)))
    running = [row["started_at"] for row in found if row["id"] not in free]
    killed = [row["started_at"] for row in found if row["id"] in free]
    return min(running, default=None), max(killed, default=None)


def _ended(row: dict[str, Any]) -> Ended:
    """The words are made of the columns: the last log line is not kept."""
    errors = json.loads(row["errors"] or "{}")
    broken = [name.removeprefix(BROKEN_IN_WORDS) for name in errors if name.startswith(BROKEN_IN_WORDS)]
    words = "; ".join(broken) or ", ".join(f"{name} {number}" for name, number in errors.items())
    return Ended(**{name: row[name] for name in ("started_at", "finished_at", "outcome", "exit_code")}, words=words)


def _fresh(reader: Reader, source: str, now: datetime) -> tuple[int, float | None]:
    """Articles added in the last 24 hours, and the median of the 24 hours before them in which anything ran."""
    days: dict[int, int] = {}
    for row in reader.rows(_ADDED, (source, stamp(now - MEMORY - DAY))):
        age = (now - unstamp(row["started_at"])) // DAY
        days[age] = days.get(age, 0) + (row["added"] or 0)
    fresh = days.pop(0, 0)
    return fresh, median(days.values()) if days else None


def _fallen(runs: Sequence[Run], now: datetime) -> tuple[Complaint, ...]:
    again = next((worse_again(run.sample) for run in runs if run.at > now - DAY and "again" in run.sample), ())
    return (*fallen(runs, now), *again)


def overdue(starts: Sequence[datetime], now: datetime) -> str | None:
    """Words where nothing has run for much longer than usual, or for a day where it is not known yet what is usual.
    ``starts``: when the last runs began, newest first."""
    if len(starts) < LATE_RUNS:
        if not starts or now - starts[0] <= LATE_ANYHOW:
            return None
        return f"no run since {starts[0]:%Y-%m-%d %H:%M} UTC, for {_span(now - starts[0])}"
    wait = timedelta(seconds=median((later - earlier).total_seconds() for later, earlier in pairwise(starts)))
    if now - starts[0] <= max(LATE, LATE_TIMES * wait):
        return None
    return f"no run since {starts[0]:%Y-%m-%d %H:%M} UTC, usually one every {_span(wait)}"


def _span(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
