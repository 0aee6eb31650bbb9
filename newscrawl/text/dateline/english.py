"""English datelines: BEIJING, Jan. 14 (Xinhua) --, RIVERSIDE, Calif. (AP) —, (Reuters) -, New Delhi, Feb 5 (IANS):.

All of it stands at the head of the text: place, date, agency in brackets, a dash or a colon, each but not all of them
optional. A place in capitals closed by a colon and nothing else (GENEVA:) looks like any label (PHOTOS:, a speaker's
name), so that form is read only for places known by name.
"""

from __future__ import annotations

import re
from datetime import date

from newscrawl.items import Dateline
from newscrawl.text.dateline.places import DATELINE_CITIES
from newscrawl.text.dateline.years import year_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Narch|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:(?i:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? )?"
    rf"(?:(?P<month>{_MONTH})\.? ?(?P<day>\d{{1,2}})|(?P<day_first>\d{{1,2}}) (?P<month_last>{_MONTH})\.?)"
    r"(?:,? (?P<year>(?:19|20)\d{2}))?"
)
_AGENCIES = (
    "Reuters|Thomson Reuters Foundation|Xinhua|AP|Associated Press|AFP|Bloomberg|CNN|UPI|IANS|PTI|ANI|Kyodo|Kyodo News|"
    "Yonhap|Sputnik|TASS|Interfax|EFE|dpa|DPA|ANSA|Bernama|BERNAMA|CNA|CNS|ECNS|RFA|VOA|RFE/RL|NHK|BBC|TNS|Antara|"
    "ANTARA|Anadolu|AA|Jiji|WAM|QNA|SPA|MENA|GLOBE NEWSWIRE|Globe Newswire|Business Wire|BUSINESS WIRE|PRNewswire|"
    "PR Newswire|ACCESSWIRE|HealthDay News|Korea Bizwire"
)
_KNOWN = re.compile(rf"(?:{_AGENCIES})(?:[ /][A-Za-z]+){{0,2}}")
_DASH = r"(?:-{2,3}|[—–\u2015]+|-|\x97|\ufffd|\.-|\"(?= ))"
_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]*"
_LINK = r"(?:and |de |del |da |do |du |des |la |le |el |al |of |the |sur |am )?"
_NAME = rf"{_WORD}(?: {_LINK}{_WORD}){{0,4}}"
_PLACE = re.compile(
    rf"{_NAME}(?:(?: ?, ?(?:the )?| and | & |/){_NAME}){{0,5}}(?: [\[(][A-Z][A-Za-z ]{{1,24}}[\])]){{0,2}}"
)
_AGENCY = re.compile(r"\((?P<agency>[A-Z][A-Za-z&.'’/ -]{1,32}|dpa)\)|/(?P<wire>PRNewswire(?:-[A-Za-z]+)?|CNW)/")
_LAST_DATE = re.compile(rf"(?:^|[ ,\]]){_DATE},?$")
_CLOSE = re.compile(rf" ?(?P<close>{_DASH}|:)\s*")
_BARE = re.compile(
    r"(?P<place>[A-Z][A-Z.'’]+(?:[ /-][A-Z][A-Z.'’]*){0,4}"
    r"(?: ?, ?(?:the )?[A-Z][A-Za-z.'’]*(?: [A-Z][A-Za-z.'’]*){0,2}){0,2}?)"
    rf"(?:[ ,]{{1,3}}{_DATE})? ?(?P<close>{_DASH}|:)(?P<gap>\s*)"
)
_TITLE_CASE = re.compile(
    rf"(?=\D{{3,120}}\d)(?P<place>{_NAME}(?: ?, ?{_NAME}){{0,2}}?),? {_DATE} ?(?P<close>{_DASH}|:)(?P<gap>\s+)"
)
_EDITORS_NOTE = re.compile(r"\((?:Eds?:|(?:Recasts?|Adds?|Updates?|Writes|Corrects|Repeats)\b)[^()]{0,90}\)\s*")
# Labels in capitals before a dash or a colon.
_LABEL = re.compile(
    r"\b(?:PHOTOS?|VIDEOS?|FILE|UPDATED?|UPDATE|BREAKING|EXCLUSIVE|ANALYSIS|OPINION|WATCH|LISTEN|READ|LIVE|NEWS|WARNING|FOCUS|FACTBOX|EXPLAINER|"
    r"FEATURE|INTERVIEW|COLUMN|COMMENTARY|EDITORIAL|REVIEW|SPECIAL|REPORT|BYLINE|HOST|CORRECTION|EDITOR|NOTE|TOP|STORY|THE|AND|OF|TO|IN|FOR|"
    r"MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY|TODAY|ALERT|ADVISORY|NOTICE|PRESS|RELEASE|CORONAVIRUS|COVID|"
    r"Q|A|QUESTION|ANSWER|KEY|POINTS|WHAT|WHY|HOW|WHO|RELATED|MORE|SUMMARY|ABSTRACT|BACKGROUND|MARKETS?|STOCKS|FOREX|PICTURE|IMAGE|CREDIT)\b"
)
_WEEKDAY = re.compile(r"(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?", re.IGNORECASE)


def read_english(text: str, opening: str, published: date | None) -> Dateline | None:
    """The English dateline at the head of ``text``, of which ``opening`` is the part that is looked at."""
    start = len(opening) - len(opening.lstrip())
    if not _may_begin(opening, start):
        return None
    if opening[start] == "(" and (note := _EDITORS_NOTE.match(opening, start)):
        start = note.end()
        if not _may_begin(opening, start):
            return None
    return _with_agency(text, opening[: start + 120], start, published) or _bare(text, opening, start, published)


def _may_begin(opening: str, at: int) -> bool:
    first = opening[at : at + 1]
    return first == "(" or "A" <= first <= "Z"


def _with_agency(text: str, window: str, start: int, published: date | None) -> Dateline | None:
    """Place, date and an agency in brackets; all that stands before the bracket has to be place and date."""
    if "(" not in window and "/" not in window:
        return None
    for bracket in _AGENCY.finditer(window, start):
        agency = bracket["agency"] or bracket["wire"]
        known = bracket["wire"] is not None or _KNOWN.fullmatch(agency) is not None
        close = _CLOSE.match(text, bracket.end())
        if not close and not known:
            continue
        head = _place_and_date(window[start : bracket.start()])
        if head is None:
            continue
        place, dated = head
        if not known and not (close and close["close"] != ":" and (place is None or _capital(place))):
            continue
        if close is None and not ((place or dated) and _unclosed(text, bracket.end(), place)):
            continue
        raw = text[start : close.end() if close else bracket.end()].rstrip()
        end = _SPACE.match(text, close.end() if close else bracket.end())
        return _line(raw, agency, place, dated, published, closed=close is not None, end=end.end() if end else 0)
    return None


_SPACE = re.compile(r"\s*")


def _place_and_date(head: str) -> tuple[str | None, re.Match[str] | None] | None:
    """(place, date) that ``head`` consists of, either None; None where it holds anything else."""
    head = head.strip(" ,").removesuffix("--").rstrip(" ,")
    dated = _LAST_DATE.search(head)
    place = head[: dated.start()].strip(" ,") if dated else head
    if not place or _WEEKDAY.fullmatch(place.strip(".")):
        return None if not place and head and not dated else (None, dated)
    if (
        len(place) > 80
        or len(place) < 2
        or place.startswith("By ")
        or _PLACE.fullmatch(place) is None
        or (place.endswith(".") and "," not in place)
    ):
        return None
    return place, dated


def _unclosed(text: str, at: int, place: str | None) -> bool:
    """An unclosed agency is a dateline's where a sentence follows it: New Delhi, Feb 16 (PTI) All 406 people."""
    after = text[at : at + 8].lstrip()[:1]
    if not after:
        return place is not None and ("(" in place or _city(place.upper()) in DATELINE_CITIES)
    return after.isupper() or after.isdigit() or after in "\"'“‘$"


def _bare(text: str, opening: str, start: int, published: date | None) -> Dateline | None:
    """A place in capitals, with or without a date, closed by a dash; by a colon only where the place is known."""
    match = _BARE.match(opening, start) or _TITLE_CASE.match(opening, start)
    if match is None or not (match["gap"] or match["close"][0] in "—–" or match["close"] == "--"):
        return None
    place, close = match["place"].strip(), match["close"]
    after = opening[match.end() : match.end() + 1]
    if not after or len(place) < 3 or _LABEL.search(place.upper()):
        return None
    if (close == ":" or (close == "-" and not _has_date(match))) and _city(place) not in DATELINE_CITIES:
        return None
    dated = match if _has_date(match) else None
    return _line(match[0].rstrip(), None, place, dated, published, closed=True, end=match.end())


def _has_date(match: re.Match[str]) -> bool:
    return bool(match["month"] or match["month_last"])


def _city(place: str) -> str:
    return re.split(r"[,/]", place)[0].strip().rstrip(".")


def _capital(place: str) -> bool:
    city = _city(place)
    return city.upper() == city


def _line(
    raw: str,
    agency: str | None,
    place: str | None,
    dated: re.Match[str] | None,
    published: date | None,
    *,
    closed: bool,
    end: int,
) -> Dateline | None:
    month = day = year = None
    if dated is not None:
        name = (dated["month"] or dated["month_last"])[:3].lower()
        month = _MONTHS.index("mar" if name == "nar" else name) + 1
        day = int(dated["day"] or dated["day_first"])
        try:
            date(2000, month, day)
        except ValueError:
            return None
        year = int(dated["year"]) if dated["year"] else year_of(month, day, published)
    return Dateline(
        raw=raw,
        agency=agency,
        place=_places(place),
        month=month,
        day=day,
        year=year,
        form="dash" if closed else None,
        end=end,
    )


def _places(place: str | None) -> str | tuple[str, ...] | None:
    if place is None:
        return None
    parts = tuple(part.strip() for part in place.strip(" ,").split("/"))
    return parts if len(parts) > 1 and all(parts) else place.strip(" ,")
