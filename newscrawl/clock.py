"""The one clock. NEWSCRAWL_NOW (ISO time; without a zone it is UTC) stops it, for tests and for replays."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.errors import BadOption

STAMP = "%Y-%m-%dT%H:%M:%SZ"
"""How the store writes a moment: UTC, whole seconds."""


def parse_now(text: str) -> datetime:
    """The moment NEWSCRAWL_NOW names, in UTC; :class:`~newscrawl.errors.BadOption` where it is no ISO time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadOption("NEWSCRAWL_NOW", f"{text!r} is no ISO time; write for example 2026-11-23T08:00:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


class Clock:
    """Tells the time in UTC, without microseconds. Stopped where ``now`` is given."""

    def __init__(self, now: datetime | None = None) -> None:
        self._stopped = now

    def now(self) -> datetime:
        return self._stopped or datetime.now(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """An aware moment as the store writes it: ``YYYY-MM-DDTHH:MM:SSZ``."""
    return moment.astimezone(UTC).strftime(STAMP)


def unstamp(text: str) -> datetime:
    """The moment a store stamp names, aware and in UTC."""
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
