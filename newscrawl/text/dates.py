"""Reads a date as a page prints it: '2025年11月19日 16:29', 'Mon, 7 Sep 2026 15:54:04 +0800', '3小时前'.

What news pages print takes compiled patterns (a few microseconds); dateparser is asked for all else (a hundred times
dearer, and slow to import, so it is imported when first needed). Nothing is guessed: a date without its year, or a
relative one, is read only where the caller says against which moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from newscrawl.items import Printed
from newscrawl.text import date_patterns as printing
from newscrawl.text.numbers import number, year_number
from newscrawl.text.traditional import simplified
from newscrawl.text.zones import AMBIGUOUS, zone_named

LONGEST_FOR_DATEPARSER = 100
"""Characters. A longer text is prose, in which dateparser finds dates that are none."""

LONGEST_RELATIVE = 40
"""Characters of a text without a year ('vor 3 Stunden', '2 hours ago') that dateparser is asked about."""

_DECEMBER = 12
_NOTHING_NAMED: Mapping[str, tzinfo] = MappingProxyType({})
_LATIN_WORD = re.compile(r"[A-Za-z]{3}")
_HAS_CLOCK = re.compile(r"\d{1,2} ?(?:[:h]\d{2}|[.]\d{2} ?(?:Uhr|h)|[ap]\.?m\b|Uhr)", re.IGNORECASE)
_STRAY = re.compile(r"(?<=:\d\d):(?= ?Uhr\b)")
"""5:09: Uhr, by a template that thinks of seconds."""
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_HAS_WORD = re.compile(r"[^\W\d_]{2,}|\d[-/.]\d{1,2}[-/.]\d")
_UNIT_SECONDS = {"秒": 1, "分": 60, "小": 3600, "天": 86400, "周": 604800, "星": 604800}


def read_printed(
    text: str,
    *,
    zone: tzinfo | str = "Asia/Shanghai",
    reference: datetime | None = None,
    language: str | None = None,
    day_first: bool | None = None,
    named: Mapping[str, tzinfo] = _NOTHING_NAMED,
) -> Printed | None:
    """The first date that ``text`` prints, None where it prints none or one that is impossible (month 13).

    ``zone`` is where the page's clock stands; a zone the page prints wins over it. ``reference`` (aware) is the moment
    against which '9-11 14:38', '21:27', '昨天 14:38' and '3小时前' are resolved; without it they are None. A date
    without its year is never later than a day after the reference: '12-31' read on 1 January is last year's.
    ``language`` (BCP 47) helps dateparser with texts the patterns do not know. ``day_first``: 05/10/2018 is in October;
    None: it is unless the language is English or not known. ``named``: what letters that name several zones (IST) mean
    here; where they are left out, the clock stands in ``zone``.

    Raises ``zoneinfo.ZoneInfoNotFoundError`` for a zone nobody knows and ValueError for a naive reference.
    """
    if reference is not None and reference.tzinfo is None:
        raise ValueError("reference must be an aware datetime")
    home = ZoneInfo(zone) if isinstance(zone, str) else zone
    folded = simplified(text.translate(printing.FOLD))
    if day_first is None:
        day_first = language is not None and not language.startswith("en")
    whole = _whole(text, folded, home, day_first=day_first, named=named)
    if whole is not None:
        return whole[0]
    if reference is not None:
        partial = _partial(text, folded, home, reference.astimezone(home))
        if partial is not None:
            return partial
    return _by_dateparser(text, home, reference, language)


# -- a day with its year ---------------------------------------------------------------------------------------------
def _whole(
    text: str, folded: str, home: tzinfo, *, day_first: bool, named: Mapping[str, tzinfo]
) -> tuple[Printed | None] | None:
    """(what is printed,) by the first pattern that fits, (None,) where that date is impossible; None: no pattern."""
    match = printing.YEAR_FIRST.search(folded)
    if match is None and "年" in folded:
        match = printing.HAN_DATE.search(folded)
    if match is None:
        match = min((m for p in printing.ENGLISH if (m := p.search(folded))), key=lambda m: m.start(), default=None)
    if match is None:
        match = printing.NUMERIC.search(folded)
    if match is None:
        return None
    parts = match.groupdict()
    day = _day_of(parts, day_first=day_first)
    return (None if day is None else _printed(day, parts, match, text, home, named),)


def _day_of(parts: dict[str, Any], *, day_first: bool) -> date | None:
    """The day on the calendar; None for one that is on none."""
    name = parts.get("name")
    try:
        year = year_number(parts["year"])
        if "sign" in parts:
            first = day_first or parts["sign"] == "."
            one, other = number(parts["first"]), number(parts["next"])
            day, month = (one, other) if other <= _DECEMBER and (first or one > _DECEMBER) else (other, one)
        else:
            month = printing.MONTHS.index(name[:3].lower()) + 1 if name else number(parts["month"])
            day = number(parts["day"] or parts["before"])
        return date(year, month, day)
    except ValueError:
        return None


def _printed(
    day: date,
    parts: dict[str, Any],
    match: re.Match[str],
    text: str,
    home: tzinfo,
    named: Mapping[str, tzinfo] = _NOTHING_NAMED,
) -> Printed | None:
    raw = text[match.start() : match.end()].strip()
    if parts.get("hour") is None:
        return _day_only(day, raw, home)
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    second = parts.get("second")
    hour = _to_24(hour, parts.get("half"))
    letters = parts.get("zone")
    offset = named.get(letters) if letters in AMBIGUOUS else _offset(parts, match)
    if letters and offset is None and letters not in AMBIGUOUS and match.end("zone") == match.end():
        raw = text[match.start() : match.start("zone")].strip()
    place = offset or home
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, int(second or 0), tzinfo=place)
    except ValueError:
        return None
    return _moment(local, raw, seconds=second is not None)


def _to_24(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if half in "AaPp":
        return hour % 12 + (12 if half in "Pp" else 0) if hour <= 12 else hour
    if half in ("下午", "傍晚", "晚上", "晚间", "晚") and 1 <= hour < 12:
        return hour + 12
    if half == "中午" and hour in (1, 2):
        return hour + 12
    return hour


def _offset(parts: dict[str, Any], match: re.Match[str]) -> tzinfo | None:
    """The zone printed after a time; None where none is, or where the letters name no single offset."""
    printed = parts.get("zone")
    if printed is None:
        return None
    if (zone := zone_named(printed)) is not None:
        return zone
    digits = re.fullmatch(r"(?:UTC|GMT)? ?([+-])(\d{1,2}):?(\d{2})?", printed)
    if digits is None:
        return None
    # '16:29-17:30' is a span of time; a western offset stands after a T, seconds, a space or its zone's name.
    glued = digits[1] == "-" and printed.startswith("-") and match.string[match.start("zone") - 1] != " "
    if glued and parts.get("gap") != "T" and parts.get("second") is None:
        return None
    hours, minutes = int(digits[2]), int(digits[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if digits[1] == "-" else size) if size else UTC


def _day_only(day: date, raw: str, home: tzinfo) -> Printed | None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=home)
    return Printed(at=midnight.astimezone(UTC), local=day.isoformat(), raw=raw)


def _moment(local: datetime, raw: str, *, seconds: bool) -> Printed | None:
    local = local.replace(microsecond=0) if seconds else local.replace(second=0, microsecond=0)
    shown = local.isoformat(timespec="seconds" if seconds else "minutes")
    return Printed(at=local.astimezone(UTC), local=shown, raw=raw)


# -- what only a reference makes whole -------------------------------------------------------------------------------
def _partial(text: str, folded: str, home: tzinfo, now: datetime) -> Printed | None:
    if match := printing.YEARLESS.search(folded):
        day = _latest(int(match["month"]), int(match["day"]), now.date() + timedelta(days=1))
        return None if day is None else _printed(day, match.groupdict(), match, text, home)
    if match := printing.NAMED_DAY.search(folded):
        back = {"今": 0, "昨": 1, "前": 2}[match["named"][0]]
        return _printed(now.date() - timedelta(days=back), match.groupdict(), match, text, home)
    if match := printing.AGO.search(folded):
        return _ago(match, text, home, now)
    if (match := printing.BARE_CLOCK.search(folded)) and not _LATIN_WORD.search(folded):
        # A list shows the past: a clock well ahead of ours is yesterday's.
        shown = _printed(now.date(), match.groupdict(), match, text, home)
        if shown is not None and shown.at > now + timedelta(hours=1):
            return _printed(now.date() - timedelta(days=1), match.groupdict(), match, text, home)
        return shown
    return None


def _latest(month: int, day: int, latest: date) -> date | None:
    """The newest such day not after ``latest``; 29 February goes back to a leap year."""
    for year in range(latest.year, latest.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= latest:
            return found
    return None


def _ago(match: re.Match[str], text: str, home: tzinfo, now: datetime) -> Printed | None:
    raw = text[match.start() : match.end()]
    if match["count"] is None:
        return _moment(now.replace(second=0, microsecond=0), raw, seconds=False)
    count = 0.5 if match["count"] == "半" else int(match["count"])
    moment = (now.astimezone(UTC) - timedelta(seconds=count * _UNIT_SECONDS[match["unit"][0]])).astimezone(home)
    if match["unit"][0] in "天周星":
        return _day_only(moment.date(), raw, home)
    return _moment(moment.replace(second=0, microsecond=0), raw, seconds=False)


# -- all other languages ---------------------------------------------------------------------------------------------
def _by_dateparser(text: str, home: tzinfo, reference: datetime | None, language: str | None) -> Printed | None:
    raw = " ".join(text.split())
    asked = _STRAY.sub("", raw)
    if not raw or len(raw) > LONGEST_FOR_DATEPARSER or not any(sign.isdigit() for sign in raw):
        return None
    dated = _HAS_YEAR.search(raw) is not None
    if not _HAS_WORD.search(raw) or (not dated and (reference is None or len(raw) > LONGEST_RELATIVE)):
        return None
    found = _dateparser(asked, language, home, None if dated else reference)
    if found is None or not 1900 <= found.year < 2100:
        return None
    local = found if found.tzinfo else found.replace(tzinfo=home)
    if not dated and reference is not None and local > reference + timedelta(days=1):
        return None
    if not _HAS_CLOCK.search(raw) and dated:
        return _day_only(local.date(), raw, home)
    return _moment(local, raw, seconds=bool(re.search(r"\d:\d{2}:\d{2}", raw)))


def _dateparser(raw: str, language: str | None, home: tzinfo, reference: datetime | None) -> datetime | None:
    if reference is None:
        parser = _parser(language)
    else:
        base = reference.astimezone(home).replace(tzinfo=None)
        parser = _new_parser(language, {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
    found: datetime | None = parser.get_date_data(raw)["date_obj"]
    return found


@lru_cache(maxsize=64)
def _parser(language: str | None) -> Any:
    return _new_parser(language, {"REQUIRE_PARTS": ["day", "month", "year"]})


def _new_parser(language: str | None, settings: dict[str, Any]) -> Any:
    """A DateDataParser that keeps no memory of the texts before; a language it does not know is left out."""
    from dateparser.data.languages_info import language_locale_dict
    from dateparser.date import DateDataParser

    known = [name for name in _names_of(language) if name in language_locale_dict]
    return DateDataParser(languages=known[:1] or None, settings=settings, try_previous_locales=False)


def _names_of(language: str | None) -> tuple[str, ...]:
    return (language, language.split("-")[0]) if language else ()
