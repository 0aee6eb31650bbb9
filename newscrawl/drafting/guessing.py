"""How a publisher spells its articles' addresses, guessed from one of them and what its page links. Pure.

A guess is where a contributor begins (``scrapy genspider``): days, numbers and titles are made general; a word of the
path only where the page links articles of the same form with another word there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from attrs import evolve, frozen

from newscrawl.drafting.naming import (
    FEW_WORDS,
    FILE,
    LONG,
    MARK,
    TITLE,
    TOKENS,
    Name,
    escaped,
    loose,
    name_of,
    without_file,
)
from newscrawl.extract.paging import continues
from newscrawl.text.likeness import is_list_name
from newscrawl.text.spelling import query_of
from newscrawl.text.urls import belongs, clean_path, host_of, split

_DAY = re.compile(
    r"(?<![0-9A-Za-z])(?P<t>t?)(?P<year>(?:19|20)\d\d)(?P<first>[/_-]?)(?P<month>0[1-9]|1[0-2]|(?<=\D)[1-9])"
    r"(?:(?P<second>[/_-]?)(?P<day>0[1-9]|[12]\d|3[01]|(?<=\D)[1-9]))?(?![0-9A-Za-z])"
)
"""2025/11/19, 2025/11-19, 2025/1119, 202511/19, 2025-11-19, 20251119, t20251119, 2025/11, 202511."""
_TAIL = re.compile(r"(?:index|default|content|article|detail|story|page|p|c)\.[A-Za-z]{2,5}")
"""Names of files that say nothing: the segment before them is the article's."""
_LAST_NUMBER = re.compile(r"\)[_-]\\d\+$")
"""In a name's regular expression: a number behind the id."""
_SHORT_NUMBER = re.compile(r"[_-]\d{1,2}$")


@frozen(kw_only=True)
class Guess:
    """What a :class:`~newscrawl.sources.base.Pattern` is made of."""

    path: str
    key: str
    host: str | None = None
    url: str | None = None
    sure: bool
    """Whether the address holds what only an article's does: a long number, a mixed id, a title, a day."""
    siblings: tuple[str, ...] = ()
    """The other addresses of the page that it matches."""
    paged: bool = False
    """Whether the last number, behind the id and no part of it, might be that of a page: …_1.html."""


@frozen(kw_only=True)
class _Piece:
    text: str
    form: str
    """Regular expression."""
    open: bool = False
    """Whether it is a word of the path that other articles may have another of."""


def guess(url: str, links: Iterable[str] = (), *, domain: str = "") -> Guess | None:
    """None where the address has no path, where only its ``?query`` says which article it is, and where it is spelt in
    a way that no guess fits.

    ``links`` are the absolute addresses that the page links; those on ``domain`` (and its sub-domains) count.
    """
    parts = split(url)
    path = _path_of(url)
    if parts is None or not path.strip("/"):
        return None
    days = list(_DAY.finditer(path))
    marked = _DAY.sub(MARK, path)
    segments = [segment for segment in marked.split("/") if segment]
    at = _naming(segments)
    name, file = without_file(segments[at]) if at == len(segments) - 1 else (segments[at], "")
    others = [link for link in dict.fromkeys(links) if belongs(host_of(link), (domain or host_of(url),))]
    named, mark = _without_page(name, _page_mark(url, others) if at == len(segments) - 1 else None)
    if query_of(url) and not named.sure and not days:
        return None
    before = [_directory(segment) for segment in segments[:at]]
    after = "".join("/" + _after(segment) for segment in segments[at + 1 :])
    tail = escaped(file) + after + ("/?" if not file and not FILE.search(path) else "")
    form = _Form(days=days, name=named.form, tail=tail, mark=mark)
    before = _opened(before, form, [_path_of(link) for link in others])
    if not named.strong and not named.titled and not days:
        before = _numbered_directory(before)
    pattern = form.pattern(before)
    if re.fullmatch(pattern, path, re.ASCII) is None:
        return None
    key = _key(named, days, before)
    siblings = tuple(
        link
        for link in others
        if (found := re.fullmatch(pattern, _path_of(link), re.ASCII)) and not _same(found, path, pattern)
    )
    if mark is None:
        paged = _LAST_NUMBER.search(named.form) is not None and _SHORT_NUMBER.search(name) is not None
        return Guess(path=pattern, key=key, sure=named.sure or bool(days), siblings=siblings, paged=paged)
    return Guess(
        path=pattern,
        key=key,
        host=r"(?P<host>.+)",
        url=f"{parts.scheme}://{{host}}{{first}}{mark.first}{file}",
        sure=named.sure or bool(days),
        siblings=siblings,
    )


def _without_page(name: str, mark: _Mark | None) -> tuple[Name, _Mark | None]:
    """A title keeps the number that it ends in."""
    if mark is not None:
        named = name_of(name.removesuffix(mark.first))
        if not (named.titled and named.form.startswith("(?P<id>")):
            return named, mark
    return name_of(name), None


def _path_of(url: str) -> str:
    """As Source.address sees it."""
    parts = split(url)
    return clean_path(unquote(parts.path)) if parts else ""


def _same(found: re.Match[str], path: str, pattern: str) -> bool:
    own = re.fullmatch(pattern, path, re.ASCII)
    return own is not None and own["id"] == found["id"]


@frozen(kw_only=True)
class _Mark:
    """How pages of an article are told apart, known from page 1 and a link to page 2."""

    sign: str
    """What stands before the number: '_'."""
    first: str
    """What page 1 has: '' or '_1'."""


@frozen(kw_only=True)
class _Form:
    days: Sequence[re.Match[str]]
    name: str
    tail: str
    mark: _Mark | None

    def pattern(self, before: Sequence[_Piece], *, named: bool = True) -> str:
        """The whole regular expression, the first day in groups of its own where ``named``."""
        front = "".join(f"/{piece.form}" for piece in before) + f"/{self.name}"
        for number, day in enumerate(self.days):
            front = front.replace(MARK, _day_form(day, named=named and number == 0), 1)
        if self.mark is None:
            return front + self.tail
        page = rf"{escaped(self.mark.sign)}(?P<page>\d{{1,3}})"
        return f"(?P<first>{front}){page if self.mark.first else f'(?:{page})?'}{self.tail}"


def _naming(segments: Sequence[str]) -> int:
    """Which segment names the article."""
    last = len(segments) - 1
    if last and _TAIL.fullmatch(segments[last]):
        return last - 1
    before = segments[last - 1] if last else ""
    if last and before.isdigit() and len(before) >= LONG - 1:
        name = name_of(without_file(segments[last])[0])
        return last - 1 if name.titled and name.sure else last
    return last


def _directory(segment: str) -> _Piece:
    if MARK in segment:
        return _Piece(text=segment, form=loose(segment))
    if segment.isdigit():
        return _Piece(text=segment, form=r"\d+")
    tokens = TOKENS.findall(segment)
    if sum(token.isalpha() for token in tokens) >= FEW_WORDS and "-" in tokens:
        return _Piece(text=segment, form=TITLE)
    if any(sign.isdigit() for sign in segment):
        return _Piece(text=segment, form=r"[\w-]+" if len(segment) >= LONG else loose(segment))
    return _Piece(text=segment, form=escaped(segment), open=True)


def _after(segment: str) -> str:
    """What stands behind the segment that names the article: a file that says nothing, or a title."""
    if _TAIL.fullmatch(segment):
        return escaped(segment)
    file = without_file(segment)[1]
    return TITLE + escaped(file)


def _opened(before: list[_Piece], form: _Form, others: Iterable[str]) -> list[_Piece]:
    """The words of the path made general where the page links articles of the same form with another word there.

    Words that name lists, videos, photos (text.likeness) are no articles' and stay out.
    """
    places = [at for at, piece in enumerate(before) if piece.open]
    groups = [evolve(piece, form=r"([\w-]+)") if piece.open else piece for piece in before]
    general = re.compile(form.pattern(groups, named=False), re.ASCII)
    first = 2 if form.mark is not None else 1
    opened, shut = set[int](), {at: set[str]() for at in places}
    for other in others:
        found = general.fullmatch(other)
        if found is None:
            continue
        words = dict(zip(places, found.groups()[first - 1 :], strict=False))
        strange = {at: word for at, word in words.items() if word != before[at].text}
        lists = {at: word for at, word in strange.items() if is_list_name(word.lower())}
        for at, word in lists.items():
            shut[at].add(word)
        if not lists:
            opened |= set(strange)
    named = len(opened) == 1
    return [
        evolve(piece, form=_word_form(shut[at], named=named)) if at in opened else piece
        for at, piece in enumerate(before)
    ]


def _numbered_directory(before: list[_Piece]) -> list[_Piece]:
    """The last of them that is a number named, so that a short number behind it is told apart by it."""
    at = max((place for place, piece in enumerate(before) if piece.form == r"\d+"), default=None)
    if at is None:
        return before
    return [*before[:at], evolve(before[at], form=r"(?P<number>\d+)"), *before[at + 1 :]]


def _word_form(shut: Iterable[str], *, named: bool) -> str:
    form = "".join(f"(?!{escaped(word)}/)" for word in sorted(shut)) + r"[\w-]+"
    return f"(?P<section>{form})" if named else form


def _key(named: Name, days: Sequence[re.Match[str]], before: Sequence[_Piece]) -> str:
    """The id alone where it is long; a short number and a title are told apart by their day, else by
    their section and the number before."""
    if named.strong:
        return "{id}"
    if days:
        day = "{year}-{month}-{day}" if days[0]["day"] else "{year}-{month}"
        return f"{day}-{{id}}"
    if named.titled:
        return "{id}"
    groups = (group for group in ("section", "number") for piece in before if f"(?P<{group}>" in piece.form)
    return "-".join(f"{{{group}}}" for group in (*groups, "id"))


def _day_form(day: re.Match[str], *, named: bool) -> str:
    form = day["t"]
    for name, mark in (("year", "first"), ("month", "second"), ("day", "")):
        if day[name]:
            digits = r"\d{4}" if name == "year" else r"\d\d" if len(day[name]) > 1 else r"\d{1,2}"
            form += (f"(?P<{name}>{digits})" if named else digits) + (day[mark] or "" if mark else "")
    return form


def _page_mark(url: str, others: Iterable[str]) -> _Mark | None:
    """Where the page links page 2: ``…_2.html`` beside ``….html`` or ``…_1.html``."""
    stem = without_file(_path_of(url).rstrip("/"))[0]
    one = re.search(r"[_-]1$", stem)
    for other in others:
        later = without_file(_path_of(other).rstrip("/"))[0]
        if not continues(other, url):
            continue
        if one and later == f"{stem[:-1]}2":
            return _Mark(sign=one[0][0], first=one[0])
        if later.startswith(stem) and re.fullmatch(r"[_-]\d{1,3}", later[len(stem) :]):
            return _Mark(sign=later[len(stem)], first="")
    return None
