"""The year of a dateline that prints month and day only."""

from __future__ import annotations

from datetime import date, timedelta


def year_of(month: int, day: int, published: date | None) -> int | None:
    """The year in which ``month``/``day`` lies nearest before ``published``: a story of 31 December out on 1 January.

    A dateline is zero to three days older than its publication. A day of grace forward is given for zones; where only
    a date far from the publication fits, the newest one that is not later is taken. None without ``published`` or
    where no such day exists.
    """
    if published is None:
        return None
    for year in range(published.year + 1, published.year - 9, -1):
        try:
            if date(year, month, day) <= published + timedelta(days=1):
                return year
        except ValueError:
            continue
    return None
