"""When a link is asked again. Pure: one function for every outcome; the frontier and the writer obey.

::

    open ── stored ──> stored ── gone, twice and hours apart ──> gone ── stored ──> stored
      │ └── rejected ──> rejected                                  └── two weeks ──> not asked any more
      └── failed, too often ──> given_up
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from attrs import evolve, frozen


class State(Enum):
    """Where a link stands. The value is what the store and ``scrapy status`` print."""

    OPEN = "open"
    """To be asked when it is due."""
    STORED = "stored"
    """Its article is kept; while it is fresh it is asked again."""
    GONE = "gone"
    """Its article was kept and has vanished at the publisher's: hidden; asked for a while whether it is back."""
    REJECTED = "rejected"
    """It is no article, or one that is not kept; an errors.Reason says why."""
    GIVEN_UP = "given_up"
    """It failed too often."""


class Outcome(Enum):
    """What came of asking a link."""

    STORED = "stored"
    """Its page was read, or has not changed since it was (304)."""
    REJECTED = "rejected"
    FAILED = "failed"
    """No answer that says anything about the article: a timeout, a 503, a page 2 that is none."""
    GONE = "gone"
    """The publisher says that it is not there: 404, 410, or a page that says so in words."""


@frozen(kw_only=True)
class Standing:
    """Where a link stands. Moments are aware and in UTC."""

    state: State
    attempts: int = 0
    """How often it failed in a row."""
    due_at: datetime | None = None
    """When it is to be asked; None = not any more."""
    kept_at: datetime | None = None
    """When its article was first stored: the schedule of rechecks counts from here."""
    recheck_until: datetime | None = None
    """Rechecks end here (NEWSCRAWL_RECHECK_HOURS after publication); None = there are none."""
    gone_at: datetime | None = None
    """When the publisher first said that it is not there, of an unbroken row of such answers."""


BACKOFF = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(days=1),
    timedelta(days=3),
)
"""How long to wait after the first failure in a row, the second, …; one more and it is given up, after 4½ days."""
FIRST_CHECK = timedelta(hours=1)
"""A kept article is asked again when it has been kept for this long, for twice, four times, eight times as long, …"""
LEAST_WAIT = timedelta(minutes=30)
"""A check that came late is not followed by the next one sooner than this."""
GONE_APART = timedelta(hours=2)
"""How far apart two answers 'not there' have to be before an article is hidden."""
GONE_CHECK = timedelta(hours=6)
"""A hidden article is asked again this much later, then after twice, four times, … as long."""
GONE_FOR_GOOD = timedelta(days=14)


def next_due(standing: Standing, outcome: Outcome, now: datetime) -> Standing:
    """Where a link stands after it was asked at ``now``.

    Stored and rejected settle it; what is stored is asked again on a declining schedule while it is fresh. A failure
    backs off from minutes to days and ends as given up; what had settled before stays settled, and what is stored
    stays so when its page is no article now. What is gone twice, hours apart, is hidden, and asked for two weeks
    whether it is back.
    """
    match outcome:
        case Outcome.STORED:
            kept_at = standing.kept_at or now
            due_at = _next_check(kept_at, standing.recheck_until, now)
            return evolve(standing, state=State.STORED, attempts=0, due_at=due_at, kept_at=kept_at, gone_at=None)
        case Outcome.REJECTED:
            return _rejected(standing, now)
        case Outcome.FAILED:
            return _failed(standing, now)
        case Outcome.GONE:
            return _gone(standing, now)


def last_check(standing: Standing, now: datetime) -> bool:
    """Whether a stored link that is asked at ``now`` is asked for the last time: then it is asked in full, since a
    server's word that nothing has changed (304) is not always true."""
    kept_at = standing.kept_at or now
    return _next_check(kept_at, standing.recheck_until, now) is None


def _next_check(kept_at: datetime, until: datetime | None, now: datetime) -> datetime | None:
    age = FIRST_CHECK
    while kept_at + age < now + LEAST_WAIT:
        age *= 2
    due_at = kept_at + age
    return due_at if until is not None and due_at <= until else None


def _rejected(standing: Standing, now: datetime) -> Standing:
    match standing.state:
        case State.STORED:
            due_at = _next_check(standing.kept_at or now, standing.recheck_until, now)
            return evolve(standing, attempts=0, due_at=due_at, gone_at=None)
        case State.GONE:
            return evolve(standing, attempts=0, due_at=_next_comeback(standing, now))
        case _:
            return Standing(state=State.REJECTED)


def _failed(standing: Standing, now: datetime) -> Standing:
    match standing.state:
        case State.REJECTED:
            return standing
        case State.STORED | State.GONE:
            again = now + BACKOFF[min(standing.attempts, len(BACKOFF) - 1)]
            until = standing.gone_at + GONE_FOR_GOOD if standing.gone_at else standing.recheck_until
            if until is None or (now > until and standing.due_at is None):
                return standing
            due_at = again if again <= until else None
            return evolve(standing, attempts=standing.attempts + 1, due_at=due_at)
        case _ if standing.attempts >= len(BACKOFF):
            return evolve(standing, state=State.GIVEN_UP, attempts=standing.attempts + 1, due_at=None)
        case _:
            wait = BACKOFF[standing.attempts]
            return evolve(standing, state=State.OPEN, attempts=standing.attempts + 1, due_at=now + wait)


def _gone(standing: Standing, now: datetime) -> Standing:
    if standing.state is State.GONE:
        return evolve(standing, attempts=0, due_at=_next_comeback(standing, now))
    if standing.state is not State.STORED:
        return _failed(standing, now)
    gone_at = standing.gone_at or now
    if now - gone_at < GONE_APART:
        return evolve(standing, attempts=0, gone_at=gone_at, due_at=gone_at + GONE_APART)
    return evolve(standing, state=State.GONE, attempts=0, due_at=now + GONE_CHECK)


def _next_comeback(standing: Standing, now: datetime) -> datetime | None:
    gone_at = standing.gone_at or now
    due_at = now + max(GONE_CHECK, now - gone_at)
    return due_at if due_at <= gone_at + GONE_FOR_GOOD else None
