"""Moments that a page's witnesses name: whether two are the same one, and in which zone a printed clock stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from attrs import frozen

from newscrawl.items import Printed
from newscrawl.text.zones import AMBIGUOUS, Place

DAY_LONG = len("2025-11-19")
_ZONED = re.compile(
    r"(?:Z|[ECMP]T|[A-Z]{3,4}|[+-]\d\d:?\d\d)\)?$|^\d{1,2}[:.].{2,10}[Mm]\.? (?:[ECMP]T|[A-Z]{3,4})\b|^\d{10,13}$"
)
"""A zone at the end or behind a clock that stands first, or a count of seconds since 1970."""
_QUARTER, _WIDEST = 15, 14 * 60
"""Minutes: zones differ by whole quarters of an hour, and by no more than this."""


@frozen
class Said:
    """A moment that a witness names."""

    printed: Printed
    shown: bool = False
    """By the headline, not labelled as an update."""

    @property
    def clocked(self) -> bool:
        return len(self.printed.local) > DAY_LONG

    @property
    def zoned(self) -> bool:
        """The zone stands there too."""
        raw, local = self.printed.raw, self.printed.local
        unclear = local.endswith("+00:00") and raw.endswith(AMBIGUOUS)
        return _ZONED.search(raw) is not None and not unclear

    @property
    def day(self) -> str:
        return self.printed.local[:DAY_LONG]


def same_day(one: Said, other: Said) -> bool:
    """The same day on the calendar, or within a day's turn of zones where both have a clock."""
    if one.day == other.day:
        return True
    return one.clocked and other.clocked and same_moment(one, other)


def same_moment(one: Said, other: Said, *, home: bool = False) -> bool:
    """The same minute on the clock, wherever that stands, or the same minute seen from another zone.

    A clock printed without a zone may stand in any; where the site's zone is known (``home``), only data without a zone
    may, that is UTC.
    """
    if not one.clocked or not other.clocked:
        return one.day == other.day
    if one.printed.local[:16] == other.printed.local[:16]:
        return True
    minutes = abs(minute_of(one.printed.at) - minute_of(other.printed.at))
    if minutes == 0:
        return True
    if one.shown == other.shown:
        return False
    shown, told = (one, other) if one.shown else (other, one)
    if home or shown.zoned == told.zoned:
        offset = datetime.fromisoformat(shown.printed.local).utcoffset() or timedelta()
        return not told.zoned and timedelta(minutes=minutes) == abs(offset)
    return told.zoned and minutes % _QUARTER == 0 and minutes <= _WIDEST


def in_zone(shown: Said, others: Sequence[Said], place: Place) -> Printed:
    """The printed clock in the zone that the others' moment gives it; their own words for the moment where the site
    can be in no such zone."""
    printed = shown.printed
    zoned = next((other.printed for other in others if other.zoned), None)
    if zoned is None or shown.zoned:
        return printed
    wall = datetime.fromisoformat(printed.local).replace(tzinfo=UTC)
    offset = timedelta(minutes=minute_of(wall) - minute_of(zoned.at))
    if datetime.fromisoformat(zoned.local).utcoffset() != offset and not place.allows(offset, zoned.at):
        return zoned
    local = wall.replace(tzinfo=timezone(offset) if offset else UTC)
    return Printed(at=local.astimezone(UTC), local=_iso(local, printed.local), raw=printed.raw)


def _iso(local: datetime, like: str) -> str:
    return local.isoformat(timespec="seconds" if like[16:17] == ":" else "minutes")


def minute_of(at: datetime) -> int:
    return int(at.timestamp() // 60)
