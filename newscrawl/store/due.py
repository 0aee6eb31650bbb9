"""When a link is asked again. Pure: one function for every outcome; the frontier and the writer obey."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from attrs import frozen


class State(Enum):
    """Where a link stands. The value is what the store and ``scrapy status`` print."""

    OPEN = "open"
    """To be asked when it is due."""
    STORED = "stored"
    """Its article is kept."""
    REJECTED = "rejected"
    """It is no article, or one that is not kept; an errors.Reason says why."""
    GIVEN_UP = "given_up"
    """It failed too often."""


class Outcome(Enum):
    """What came of asking a link."""

    STORED = "stored"
    REJECTED = "rejected"
    FAILED = "failed"


@frozen(kw_only=True)
class Standing:
    """A link's state, how often it failed in a row, and when it is due: aware, UTC, None = not to be asked."""

    state: State
    attempts: int = 0
    due_at: datetime | None = None


BACKOFF = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(days=1),
    timedelta(days=3),
)
"""How long to wait after the first failure in a row, the second, …; one more and it is given up, after 4½ days."""


def next_due(standing: Standing, outcome: Outcome, now: datetime) -> Standing:
    """Where a link stands after it was asked at ``now``.

    Stored and rejected settle it. A failure backs off from minutes to days and ends as given up. What had settled
    before and fails when asked once more stays settled, and what is stored stays so when its page is no article now.
    """
    match outcome:
        case Outcome.STORED:
            return Standing(state=State.STORED)
        case Outcome.REJECTED:
            return standing if standing.state is State.STORED else Standing(state=State.REJECTED)
        case Outcome.FAILED:
            if standing.state in (State.STORED, State.REJECTED):
                return standing
            if standing.attempts >= len(BACKOFF):
                return Standing(state=State.GIVEN_UP, attempts=standing.attempts + 1)
            wait = BACKOFF[standing.attempts]
            return Standing(state=State.OPEN, attempts=standing.attempts + 1, due_at=now + wait)
