"""Chinese datelines with a date: 中新网太原11月19日电, 央广网北京7月30日消息, （中央社記者某某台北19日電）.

Date and form word are found first (one pattern over the opening), then the agency is read off what stands before them;
that also finds a dateline glued to a headline or a caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from newscrawl.items import Dateline
from newscrawl.text.dateline.forms import BLANK, CLAIMS, NO_FORM, NUMBER
from newscrawl.text.dateline.head import LONGEST_HEAD, Head, anchored, glued
from newscrawl.text.dateline.outlets import FOREIGN, KNOWN_AGENCY
from newscrawl.text.dateline.tail import completed
from newscrawl.text.dateline.years import year_of
from newscrawl.text.numbers import number, year_number

_HOUR = r"(?:凌晨|早间|上午|中午|下午|晚间|晚|\d{1,2}时)?"
_NAMING = rf"{BLANK}[（(][^（()）\n]{{0,8}}(?:记者|通讯员)"
_YEAR = rf"(?:(?P<year>\d{{4}}|[〇零○一二三四五六七八九]{{4}}){BLANK}年{BLANK})?"
_DATED = re.compile(
    rf"(?:{_YEAR}(?P<month>{NUMBER}){BLANK}月{BLANK})?(?P<day>{NUMBER}){BLANK}(?P<unit>[日号]{BLANK})?{_HOUR}{BLANK}"
    r"(?:(?P<form>综合消息|综合报道|独家报道|现场报道|摄影报道|专电|急电|综合电|电|快讯|专讯|讯|消息|微特稿|特稿|专稿|报道|"
    rf"综合(?={BLANK}[（(]))|(?=[:：])|(?={_NAMING}))"
)
# Cheap to search for, as it begins with one of three signs; the whole pattern is tried only from there back.
_GATE = re.compile(
    rf"[日号月](?:(?<!月){BLANK}{_HOUR}{BLANK}(?:综合|独家|现场|摄影|专|急|快|微|特|电|讯|消息|报道|[:：]|{_NAMING})|"
    rf"(?<=月){BLANK}{NUMBER}{BLANK}(?:专|急|综|快|微|特|电|讯|消息|报道))"
)
_LONGEST_DATE = 20
"""Characters from a date's first to the sign that the gate knows it by."""
_IN_BRACKETS = re.compile(
    rf"[（(〔](?P<agency>中央社)(?P<middle>[^（()）〔〕\d\n]{{0,30}}?){_YEAR}(?:(?P<month>{NUMBER})月)?(?P<day>{NUMBER})日"
    r"(?P<form>专电|综合专电|综合外电报道|外电报道|综合报道|电)[)）〕](?=\s*[^\s）)])"
)
"""The form of the news agency in Taiwan, day without its month; at the end of a text it is no dateline."""


def read_dated(text: str, opening: str, start: int, published: date | None) -> Dateline | None:
    """The dateline with a date that stands at ``start``, or behind what is glued before it."""
    if bracket := _IN_BRACKETS.match(opening, start):
        return _in_brackets(text, bracket, published)
    for match in _dates(opening, start):
        form = match["form"]
        if match["month"] is None and not (match["unit"] and form in ("电", "讯")):
            continue
        if form is None and match["unit"] is None:
            continue
        when = _when(match, published)
        if when is None or (head := _head(opening, start, match)) is None:
            continue
        month, day, year = when
        return completed(text, head, form, match.end(), month=month, day=day, year=year)
    return None


def _dates(opening: str, start: int) -> Iterator[re.Match[str]]:
    """The dates with a form word, in order; only the neighbourhood of what passes the gate is searched."""
    at = start
    while (gate := _GATE.search(opening, at)) is not None:
        match = _DATED.search(opening, max(at, gate.start() - _LONGEST_DATE))
        if match is None:
            return
        yield match
        at = match.end()


def _when(match: re.Match[str], published: date | None) -> tuple[int | None, int, int | None] | None:
    """(month, day, year) as printed, the year resolved where it is not; None where there is no such day."""
    try:
        month = number(match["month"]) if match["month"] else None
        day = number(match["day"])
        date(2000, 1 if month is None else month, day)
    except ValueError:
        return None
    if match["year"]:
        return month, day, year_number(match["year"])
    return month, day, year_of(month, day, published) if month else None


def _head(opening: str, start: int, match: re.Match[str]) -> Head | None:
    """The agency before a date and its form word: at the head of the text, else glued to what stands before it."""
    stop, form = match.start(), match["form"]
    before = opening[start:stop]
    wired = form is not None and form.endswith("电")
    if opening[match.end() : match.end() + 1] in (")", "）"):
        return None  # the old place of a dateline: the story's last words, in brackets
    if len(before) <= LONGEST_HEAD and (head := anchored(before, start)):
        return head if _form_fits(opening, match, head) else None
    # 据新华社石家庄8月6日电: another outlet's abridged reprint. With 报道 or 消息 it would be an attribution.
    if wired and before.startswith("据") and len(before) <= 24 and opening[match.end() : match.end() + 1] not in "，,":
        head = anchored(before[1:], start + 1)
        return head if head and KNOWN_AGENCY.match(head.agency) else None
    if form is None:
        return None
    head = glued(opening, start, stop)
    if head is None or not _form_fits(opening, match, head):
        return None
    # Only 电 is not said of others in the middle of a story; what else is glued needs a headline before it.
    return head if wired or "。" not in opening[start : head.start] else None


def _form_fits(opening: str, match: re.Match[str], head: Head) -> bool:
    form, after = match["form"], match.end()
    if form is None:
        return KNOWN_AGENCY.match(head.agency) is not None
    at = match.start("form")
    if form == "电":
        own = KNOWN_AGENCY.match(head.agency) is not None and not (head.named or head.agency.startswith("本"))
        return own or NO_FORM.match(opening, at) is None
    if form.endswith(("电", "讯")):
        return NO_FORM.match(opening, after - 1) is None
    return head.agency not in FOREIGN and not (CLAIMS.match(opening, after) or NO_FORM.match(opening, at))


def _in_brackets(text: str, match: re.Match[str], published: date | None) -> Dateline | None:
    head = Head(match.start(), match["agency"])
    when = _when(match, published)
    if when is None or not head.take_run_on(match["middle"]):
        return None
    month, day, year = when
    return completed(text, head, match["form"], match.end(), month=month, day=day, year=year)
