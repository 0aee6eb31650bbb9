"""Days and moments as a page prints them: the day and the minute that the source showed, in its own zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from attrs import frozen

from newscrawl.clock import unstamp

_BEIJING = timedelta(hours=8)


@frozen(kw_only=True)
class Moment:
    """A moment or a day."""

    day: str
    """``2025-11-19``"""
    time: str
    """``16:29``; '' of a day."""
    zone: str
    """``UTC+8``; '' where it is not known, and of Beijing time."""
    iso: str
    """For ``<time datetime>``: a day, or a moment to the minute with its offset."""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.day, self.time, self.zone)))


def shown(local: str | None) -> Moment | None:
    """Of ``published_local``: the day and the minute as the source's page shows them. None of None."""
    if not local:
        return None
    at = datetime.fromisoformat(local)
    if "T" not in local:
        return Moment(day=local, time="", zone="", iso=local)
    return _moment(at)


def beside(stamp: str | None, local: str | None) -> Moment | None:
    """A stamp of the store in the zone of ``local`` (another ``published_local``), in UTC where that names none."""
    return _moment(unstamp(stamp).astimezone(timezone(_offset(local)))) if stamp else None


def _moment(at: datetime) -> Moment:
    offset = at.utcoffset()
    zone = "" if offset in (None, _BEIJING) else at.replace(microsecond=0).tzname() or ""
    return Moment(day=f"{at:%Y-%m-%d}", time=f"{at:%H:%M}", zone=zone, iso=at.isoformat(timespec="minutes"))


def _offset(local: str | None) -> timedelta:
    return (datetime.fromisoformat(local).utcoffset() if local else None) or timedelta()


def in_words(name: str, words: Mapping[str, str], *, weekday: bool = False) -> str:
    """A day (``2025-11-19``) or a month (``2025-11``) in words; any other name as it stands."""
    is_month = len(name) == len("2025-11")
    day = _day(f"{name}-01" if is_month else name)
    if day is None:
        return name
    months = words["months"].split()
    told = words["month" if is_month else "day"].format(
        year=day.year, month=day.month, day=day.day, month_name=months[day.month - 1]
    )
    if is_month or not weekday:
        return told
    return words["weekday"].format(day=told, weekday=_weekday(day, words))


def day_of_month(name: str, words: Mapping[str, str]) -> str:
    """A day (``2025-11-19``) in words below its month's heading; any other name as it stands."""
    day = _day(name)
    return name if day is None else words["day_of_month"].format(day=day.day, weekday=_weekday(day, words))


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _weekday(day: date, words: Mapping[str, str]) -> str:
    return words["weekdays"].split()[day.weekday()]
