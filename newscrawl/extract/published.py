"""When a page was published and when it was changed: what its data, its tags and its words say, weighed.

The day first, by who agrees on it; then the moment among those of that day. A clock printed by the headline and not
labelled as an update is the story's; where data with a zone tell a moment that is whole quarters of an hour away, the
moment is theirs, and the printed clock is taken with the zone that makes them the same if the site can stand there
(:class:`~newscrawl.text.zones.Place`). Where nobody says which zone a clock stands in, neither the data nor the site's
host, region or language, it is taken for UTC and the answer is no surer than .5. ``article:published_time`` is often
the update's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import cast
from zoneinfo import ZoneInfo

import attrs
from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.meta import Meta
from newscrawl.extract.moments import DAY_LONG, Said, in_zone, minute_of, same_day, same_moment
from newscrawl.extract.near_dates import dates_in, lines
from newscrawl.extract.surface import marked
from newscrawl.extract.weigh import Verdict, Witness, weigh
from newscrawl.items import Json, Printed
from newscrawl.text.tree import visible_text
from newscrawl.text.zones import Place

PUBLISHED_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate"),
    *("publishdate", "publish_date", "publication_date", "og:release_date", "parsely-pub-date", "sailthru.date"),
    *("weibo: article:create_at", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "og:time", "date"),
)
"""Where pages say when they were published, the most reliable first."""
MODIFIED_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "dateupdate", "last-modified", "lastmod")
_MOST_NAMES = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CLOSE = 12
"""Runs behind the headline."""
_LONGEST = 60
"""Characters of an element that is marked as a date."""
_BARE_CLOCK = re.compile(
    r"\W*(?:(?:a las|às|à|alle|ore|at|um|kl)\b\W*)?\d{1,2} ?[:.h时時] ?\d{2}(?: ?[:.分] ?\d{2})? ?"
    r"(?:[ap]\.?m\.?|uhr|hrs?|h|分|[A-Z]{2,4})?\W*",
    re.IGNORECASE,
)
"""The hour alone; whoever reads it takes it for today's."""
_TIMES = etree.XPath("//time/@datetime", smart_strings=False)
_TIMED = etree.XPath("(//time[@datetime])[position() <= 3]")
_IN_PATH = re.compile(
    r"[/_t-]((?:19|20)\d\d)(?:-(\d\d)-(\d\d)|/(\d\d)-?/?(\d\d)|-(\d\d)/(\d\d)|_(\d\d)_(\d\d)|(\d\d)/?(\d\d))(?=[/_.?-]|$)"
)
_WEIGHTS = {"jsonld": 0.9, "created": 0.5, "microdata": 0.85, "meta": 0.8, "other meta": 0.5, "near": 0.82}
_NEAR_DAY, _UPDATED, _TIME, _PATH, _HINT = 0.75, 0.35, 0.4, 0.45, 0.4
_SECONDS, _MILLISECONDS = 10, 13
"""Digits of a moment since 1970."""

_LATE = timedelta(minutes=15)
_ZONE_UNKNOWN = 0.5
"""As sure as a moment can be of which nobody says in which zone its clock stands."""

Reader = Callable[[str], Printed | None]


@frozen(kw_only=True)
class Dates:
    """What a page says of when; gathered once for both fields."""

    published: tuple[Witness[Said], ...]
    modified: tuple[Witness[Said], ...]


def only_changes(meta: Meta, data: Json, read: Reader) -> Dates:
    """What data and tags say of a change, where the publisher declares where the day of publication stands."""
    return Dates(published=(), modified=tuple(_changed(meta, data, partial(_with_day, read))))


def gather(
    tree: HtmlElement,
    *,
    url: str,
    meta: Meta,
    data: Json,
    runs: Sequence[str],
    read: Reader,
    state: Callable[[], Printed | None],
    hint: Printed | None,
    home: bool,
) -> Dates:
    """``runs``: the text behind the headline; ``read`` reads a date as the page's language and zone have it; ``state``
    is asked only where nobody names a clock; ``home``: the site's zone is known."""
    read = partial(_with_day, read)
    declared = [*_declared(tree, meta, data, read)]
    changed = [*_changed(meta, data, read)]
    shown, updated = _near(runs, read, [*declared, *changed])
    own = _marked_day(tree, shown, declared, read)
    shown = own[0] if own else shown
    witnesses = [*declared, *_said("generic", shown, _WEIGHTS["near"], shown=True), *_in_path(url)]
    witnesses += _said("generic", own[1], _TIME) if own else ()
    if not home and shown is not None:
        witnesses += _timed(tree, Said(shown, shown=True), declared, read)
    if not any(one.value.clocked for one in witnesses):
        witnesses += _said("state", state(), _WEIGHTS["meta"])
    witnesses += _said("hint", hint, _HINT)
    if not any(one.who != "hint" and one.weight > _PATH for one in witnesses):
        witnesses += [*_said("generic", updated, _UPDATED), *_times(tree, read), *_in_words(runs, read)]
    return Dates(published=tuple(witnesses), modified=(*changed, *_said("generic", updated, _WEIGHTS["near"])))


def published_of(dates: Dates, *, home: bool, place: Place) -> Verdict[Printed] | None:
    """``home``: the site's zone is known, so that a clock without a zone names a moment; else ``place`` says which
    zones it may stand in."""
    day = weigh(dates.published, same_day)
    if day is None:
        return None
    known = home or place.zone != ""
    clocked = [one if known or one.value.zoned else _unsure(one) for one in day.agreed if one.value.clocked]
    moment = weigh(clocked, partial(same_moment, home=home)) if clocked else None
    if moment is None:
        told = [one.value for one in day.agreed if not (clocked and one.value.clocked)]
        shown = next((one for one in told if one.shown), told[0] if told else day.value)
        return attrs.evolve(cast("Verdict[Printed]", day), value=shown.printed, agreed=())
    printed = next((one for one in clocked if one.value.shown), None)
    if home and printed is not None and printed not in moment.agreed and not _is_late(printed.value, moment):
        moment = Verdict(who=printed.who, sure=printed.weight, value=printed.value, agreed=(printed,))
    known = known or any(one.value.zoned for one in moment.agreed)
    value = moment.value.printed
    if printed is not None and printed in moment.agreed:
        others = [one.value for one in moment.agreed if one is not printed]
        value = printed.value.printed if home else in_zone(printed.value, others, place)
    sure = moment.sure if known else min(moment.sure, _ZONE_UNKNOWN)
    return Verdict(who=moment.who, sure=sure, value=value, agreed=())


def _unsure(one: Witness[Said]) -> Witness[Said]:
    """A clock of which nobody says where it stands."""
    return attrs.evolve(one, weight=min(one.weight, _ZONE_UNKNOWN))


def _is_late(printed: Said, moment: Verdict[Said]) -> bool:
    """Whether what is printed is well after what the page's data call its publication: then it is an update's."""
    late = printed.printed.at - moment.value.printed.at
    return moment.who in ("jsonld", "microdata") and late > _LATE


def modified_of(dates: Dates, published: Printed | None) -> Verdict[Printed] | None:
    """The change of the story, where one is told that is later than its publication."""
    found = weigh(dates.modified, same_moment)
    if found is None:
        return None
    at = found.value.printed.at
    if published is not None and (at <= published.at or minute_of(at) == minute_of(published.at)):
        return None
    return Verdict(who=found.who, sure=found.sure, value=found.value.printed, agreed=())


def since_1970(digits: str, zone: str) -> Printed | None:
    """Seconds or milliseconds since 1970 as a moment in ``zone``; None for a number that is none of a news page."""
    seconds = int(digits) // 1000 if len(digits) == _MILLISECONDS else int(digits) if len(digits) == _SECONDS else 0
    if not seconds:
        return None
    local = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    return Printed(at=local.astimezone(UTC), local=local.isoformat(timespec="seconds"), raw=digits)


def _with_day(read: Reader, text: str) -> Printed | None:
    """What ``read`` reads, of a text that names a day: the hour alone dates nothing."""
    return None if _BARE_CLOCK.fullmatch(text) else read(text)


# -- the witnesses -----------------------------------------------------------------------------------------------------
def _said(who: str, printed: Printed | None, weight: float, *, shown: bool = False) -> Iterator[Witness[Said]]:
    if printed is not None:
        said = Said(printed, shown)
        yield Witness(who, said, min(weight, _NEAR_DAY) if shown and not said.clocked else weight)


def _declared(tree: HtmlElement, meta: Meta, data: Json, read: Reader) -> Iterator[Witness[Said]]:
    if text := jsonld.text(data, "datePublished"):
        yield from _said("jsonld", read(text), _WEIGHTS["jsonld"])
    elif text := jsonld.text(data, "dateCreated"):
        yield from _said("jsonld", read(text), _WEIGHTS["created"])
    for element in marked(tree, "datePublished")[:1]:
        if element.tag != "meta":
            given = (
                element.get("content") or element.get("datetime") or (element.tag == "abbr" and element.get("title"))
            )
            text = given or visible_text(element)[:_LONGEST]
            yield from _said("microdata", read(text), _WEIGHTS["microdata"])
    known: set[str] = set()
    for name in PUBLISHED_NAMES:
        content = meta.values.get(name)
        if content and content not in known and len(known) < _MOST_NAMES:
            weight = _WEIGHTS["other meta"] if known else _WEIGHTS["meta"]
            known.add(content)
            yield from _said("meta", read(content), weight)


def _changed(meta: Meta, data: Json, read: Reader) -> Iterator[Witness[Said]]:
    if text := jsonld.text(data, "dateModified"):
        yield from _said("jsonld", read(text), _WEIGHTS["jsonld"])
    if text := meta.first(*MODIFIED_NAMES):
        yield from _said("meta", read(text), _WEIGHTS["meta"])


def _near(
    runs: Sequence[str], read: Reader, declared: Sequence[Witness[Said]]
) -> tuple[Printed | None, Printed | None]:
    """The first date behind the headline that is not labelled as an update's, and the first that is."""
    shown: Printed | None = None
    updated: Printed | None = None
    for text, is_update in dates_in(runs, yearless=True):
        found = read(text)
        if found is None and declared and text[0].isdigit() and "前" not in text:
            found = read(_with_year(text, declared))
        if found is None:
            continue
        if is_update:
            updated = updated or found
        elif shown is None or (len(shown.local) == DAY_LONG < len(found.local) and found.local.startswith(shown.local)):
            shown = found
    return shown, updated


def _with_year(text: str, declared: Sequence[Witness[Said]]) -> str:
    """'09-30 22:46' with the year that the page's data name."""
    return f"{declared[0].value.day[:4]}-{text.replace('月', '-').replace('/', '-')}"


def _in_path(url: str) -> Iterator[Witness[Said]]:
    """'/2024/05/13/', '/2024-05/20/', '/20240511/', 't20240520_' in the address: the day."""
    for found in _IN_PATH.finditer(url.partition("?")[0]):
        year, *rest = (part for part in found.groups() if part)
        try:
            day = date(int(year), int(rest[0]), int(rest[1]))
        except ValueError:
            continue
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        yield from _said("generic", Printed(at=at, local=day.isoformat(), raw=found[0].strip("/_t-.")), _PATH)
        return


def _times(tree: HtmlElement, read: Reader) -> Iterator[Witness[Said]]:
    for text in cast("list[str]", _TIMES(tree))[:_MOST_NAMES]:
        if found := read(text):
            yield from _said("generic", found, _TIME)
            return


def _timed(tree: HtmlElement, shown: Said, declared: Sequence[Witness[Said]], read: Reader) -> Iterator[Witness[Said]]:
    """``<time datetime="…Z">`` round the printed clock, where that has no zone and no data name one."""
    if not shown.clocked or shown.zoned or any(one.value.zoned for one in declared):
        return
    minute = shown.printed.local[14:16]
    for element in cast("list[HtmlElement]", _TIMED(tree)):
        found = read(element.get("datetime", ""))
        if found is None or minute not in visible_text(element)[:_LONGEST]:
            continue
        told = Said(found)
        if told.clocked and told.zoned and same_moment(shown, told):
            yield from _said("generic", found, _TIME)
            return


def _marked_day(
    tree: HtmlElement, shown: Printed | None, declared: Sequence[Witness[Said]], read: Reader
) -> tuple[Printed, Printed] | None:
    """The printed day and its moment, where ``<time datetime>`` round the day says it: a clock printed behind the day
    is another one's then, such as that of a live blog's first post."""
    if shown is None:
        return None
    said = Said(shown, shown=True)
    if any(one.value.clocked and (not said.clocked or same_moment(said, one.value)) for one in declared):
        return None
    for element in cast("list[HtmlElement]", _TIMED(tree)):
        told = read(element.get("datetime", ""))
        if told is None or told.local[11:16] in ("", "00:00") or told.local[14:16] == shown.local[14:16]:
            continue
        printed, updated = _near((visible_text(element)[:_LONGEST],), read, ())
        printed = printed or updated
        if printed is not None and printed.local == shown.local[:DAY_LONG]:
            return printed, told
    return None


def _in_words(runs: Sequence[str], read: Reader) -> Iterator[Witness[Said]]:
    """A date behind the headline in words of another language ('5 mai 2020'), where nothing else names one."""
    for run in islice(lines(runs), _CLOSE):
        if len(run) <= _LONGEST and _YEAR.search(run) and (found := read(run)):
            yield from _said("generic", found, _TIME)
            return
