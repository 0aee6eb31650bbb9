"""How a publisher spells its articles' addresses, guessed from one of them and what its page links. Pure.

A guess is where a contributor begins (``scrapy genspider``): days, numbers and titles are made general; a word of the
path only where the page links articles of the same form with another word there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from attrs import evolve, frozen

from newscrawl.extract.paging import continues
from newscrawl.text.likeness import is_list_name
from newscrawl.text.spelling import query_of
from newscrawl.text.urls import belongs, clean_path, host_of, split

_DAY = re.compile(
    r"(?<![0-9A-Za-z])(?P<t>t?)(?P<year>(?:19|20)\d\d)(?P<first>[/_-]?)(?P<month>0[1-9]|1[0-2]|(?<=\D)[1-9])"
    r"(?:(?P<second>[/_-]?)(?P<day>0[1-9]|[12]\d|3[01]|(?<=\D)[1-9]))?(?![0-9A-Za-z])"
)
"""2025/11/19, 2025/11-19, 2025/1119, 202511/19, 2025-11-19, 20251119, t20251119, 2025/11, 202511."""
_MARK = "\ue000"
"""Stands for a day in a path that is looked at."""
_TAIL = re.compile(r"(?:index|default|content|article|detail|story|page|p|c)\.[A-Za-z]{2,5}")
"""Names of files that say nothing: the segment before them is the article's."""
_FILE = re.compile(r"\.[A-Za-z]{2,5}$")
_TOKENS = re.compile(rf"{_MARK}|[^\W_]+|[\W_]", re.UNICODE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UUID_FORM = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PREFIXED = re.compile(r"([A-Za-z]{1,3}|article|news|story|doc)(\d{4,})")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SLUG = r"[^\W_]+(?:-[^\W_]+){2,}"
_TITLE, _STEM = r"[^/]+", r"[^/.]+"
_LONG, _MIXED = 6, 8
"""Digits of a number, and signs of a mixed id, from which on they name an article by themselves."""
_FEW_WORDS = 3
"""Words of a title, at least."""


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


@frozen(kw_only=True)
class _Piece:
    text: str
    form: str
    """Regular expression."""
    open: bool = False
    """Whether it is a word of the path that other articles may have another of."""


@frozen(kw_only=True)
class _Name:
    """The segment that names the article."""

    form: str
    """With a group ``id``."""
    strong: bool
    """Whether the id alone names the article."""
    sure: bool
    titled: bool = False
    """Whether the id is a title: a page number behind a hyphen cannot be told from its last word."""


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
    marked = _DAY.sub(_MARK, path)
    segments = [segment for segment in marked.split("/") if segment]
    at = _naming(segments)
    name, file = _without_file(segments[at]) if at == len(segments) - 1 else (segments[at], "")
    named = _name(name)
    if query_of(url) and not named.sure and not days:
        return None
    before = [_directory(segment) for segment in segments[:at]]
    after = "".join("/" + _after(segment) for segment in segments[at + 1 :])
    tail = _escaped(file) + after + ("/?" if not file and not _FILE.search(path) else "")
    others = [link for link in dict.fromkeys(links) if belongs(host_of(link), (domain or host_of(url),))]
    mark = _page_mark(url, others) if not after and not (named.titled and named.form.startswith("(?P<id>")) else None
    form = _Form(days=days, name=named.form, tail=tail, mark=mark)
    before = _opened(before, form, [_path_of(link) for link in others])
    if not named.strong and not named.titled and not days:
        before = _numbered_directory(before)
    pattern = form.pattern(before)
    if re.fullmatch(pattern, path) is None:
        return None
    key = _key(named, days, before)
    siblings = tuple(
        link for link in others if (found := re.fullmatch(pattern, _path_of(link))) and not _same(found, path, pattern)
    )
    if mark is None:
        return Guess(path=pattern, key=key, sure=named.sure or bool(days), siblings=siblings)
    return Guess(
        path=pattern,
        key=key,
        host=r"(?P<host>.+)",
        url=f"{parts.scheme}://{{host}}{{first}}{file}",
        sure=named.sure or bool(days),
        siblings=siblings,
    )


def _path_of(url: str) -> str:
    """As Source.address sees it."""
    parts = split(url)
    return clean_path(unquote(parts.path)) if parts else ""


def _same(found: re.Match[str], path: str, pattern: str) -> bool:
    own = re.fullmatch(pattern, path)
    return own is not None and own["id"] == found["id"]


@frozen(kw_only=True)
class _Form:
    days: Sequence[re.Match[str]]
    name: str
    tail: str
    mark: str | None
    """What stands before the number of a later page: '_'."""

    def pattern(self, before: Sequence[_Piece], *, named: bool = True) -> str:
        """The whole regular expression, the first day in groups of its own where ``named``."""
        front = "".join(f"/{piece.form}" for piece in before) + f"/{self.name}"
        for number, day in enumerate(self.days):
            front = front.replace(_MARK, _day_form(day, named=named and number == 0), 1)
        if self.mark is None:
            return front + self.tail
        return rf"(?P<first>{front})(?:{_escaped(self.mark)}(?P<page>\d{{1,3}}))?{self.tail}"


def _naming(segments: Sequence[str]) -> int:
    """Which segment names the article."""
    last = len(segments) - 1
    if last and _TAIL.fullmatch(segments[last]):
        return last - 1
    before = segments[last - 1] if last else ""
    if last and before.isdigit() and len(before) >= _LONG - 1:
        name = _name(_without_file(segments[last])[0])
        return last - 1 if name.titled and name.sure else last
    return last


def _without_file(segment: str) -> tuple[str, str]:
    file = _FILE.search(segment)
    return (segment[: file.start()], file[0]) if file and file.start() else (segment, "")


def _name(name: str) -> _Name:
    if found := _UUID.search(name):
        form = f"{_loose(name[: found.start()])}(?P<id>{_UUID_FORM}){_loose(name[found.end() :])}"
        return _Name(form=form, strong=True, sure=True)
    tokens = _TOKENS.findall(name)
    ids = [at for at, token in enumerate(tokens) if _is_id(token)]
    words = [token for token in tokens if token.isalpha()]
    if ids and all(token.isdigit() or not token.isalnum() for token in tokens[ids[-1] + 1 :]):
        return _numbered(tokens, ids[-1])
    if ids and ids[0] == 0 and len(words) >= _FEW_WORDS - 1 and tokens[0].isdigit():
        form = f"(?P<id>{_id_form(tokens[0])}){_escaped(tokens[1])}{_TITLE}"
        return _Name(form=form, strong=len(tokens[0]) >= _LONG, sure=True)
    if len(words) >= _FEW_WORDS and "-" in tokens:
        return _titled(name)
    if len(_HAN.findall(name)) >= _FEW_WORDS:
        return _Name(form=f"(?P<id>{_STEM})", strong=False, sure=True, titled=True)
    if any(sign.isdigit() for sign in name) or _MARK in name:
        long = sum(sign.isdigit() for sign in name) >= _LONG
        return _Name(form=f"(?P<id>{_loose(name)})", strong=False, sure=long)
    form = r"[\w-]+" if re.fullmatch(r"[\w-]+", name) else _TITLE
    return _Name(form=f"(?P<id>{form})", strong=False, sure=False, titled=True)


def _numbered(tokens: Sequence[str], at: int) -> _Name:
    """An id behind a title (``a-walk-by-the-lake-105186``), behind something fixed (``content_105186``) or alone."""
    token, head, rest = tokens[at], tokens[:at], tokens[at + 1 :]
    prefixed = _PREFIXED.fullmatch(token)
    number = prefixed[2] if prefixed else token
    others = any(sign.isdigit() for one in ((*head, *rest) if len(number) < _LONG else ()) for sign in one)
    if others or _MARK in rest or (rest and not number.isdigit()):
        return _Name(form=f"(?P<id>{_loose(''.join(tokens))})", strong=False, sure=True)
    words = [one for one in head if one.isalpha()]
    if len(words) >= _FEW_WORDS - 1 and "-" in head and _MARK not in head:
        front = rf"(?:{_TITLE}{_escaped(head[-1])})?"
    else:
        front = _loose("".join(head))
    front += _escaped(prefixed[1]) if prefixed else ""
    strong = len(number) >= (_LONG if number.isdigit() else _MIXED)
    return _Name(form=f"{front}(?P<id>{_id_form(number)}){_loose(''.join(rest))}", strong=strong, sure=True)


def _titled(name: str) -> _Name:
    """A title, a day beside it perhaps."""
    head, mark, rest = name.partition(_MARK)
    if not mark:
        form = _SLUG if re.fullmatch(_SLUG, name) else _STEM if "." not in name else _TITLE
        return _Name(form=f"(?P<id>{form})", strong=False, sure=True, titled=True)
    if head.strip("-_"):
        return _Name(form=f"(?P<id>{_TITLE}){head[-1]}{_MARK}{_loose(rest)}", strong=False, sure=True, titled=True)
    return _Name(form=f"{_MARK}{rest[:1]}(?P<id>{_TITLE})", strong=False, sure=True, titled=True)


def _is_id(token: str) -> bool:
    if token.isdigit():
        return len(token) >= _LONG - 2
    if _PREFIXED.fullmatch(token):
        return True
    ascii_only = token.isascii() and token.isalnum() and len(token) >= _MIXED
    mixed = any(sign.isdigit() for sign in token) and any(sign.isalpha() for sign in token)
    return ascii_only and mixed


def _id_form(token: str) -> str:
    if token.isdigit():
        return r"\d{5,}" if len(token) >= _LONG else r"\d+"
    signs = "0-9" + ("a-z" if re.search("[a-z]", token) else "") + ("A-Z" if re.search("[A-Z]", token) else "")
    if signs == "0-9a-z" and re.fullmatch(r"[0-9a-f]{16,}", token):
        signs = "0-9a-f"
    return rf"[{signs}]{{{_MIXED if len(token) < 2 * _MIXED else 2 * _MIXED},}}"


def _loose(text: str) -> str:
    """Its digits made general, all else as it is; marks stay."""
    return "".join(r"\d+" if part[:1].isdigit() else _escaped(part) for part in re.split(r"(\d+)", text) if part)


def _directory(segment: str) -> _Piece:
    if _MARK in segment:
        return _Piece(text=segment, form=_loose(segment))
    if segment.isdigit():
        return _Piece(text=segment, form=r"\d+")
    tokens = _TOKENS.findall(segment)
    if sum(token.isalpha() for token in tokens) >= _FEW_WORDS and "-" in tokens:
        return _Piece(text=segment, form=_TITLE)
    if any(sign.isdigit() for sign in segment):
        return _Piece(text=segment, form=r"[\w-]+" if len(segment) >= _LONG else _loose(segment))
    return _Piece(text=segment, form=_escaped(segment), open=True)


def _after(segment: str) -> str:
    """What stands behind the segment that names the article: a file that says nothing, or a title."""
    if _TAIL.fullmatch(segment):
        return _escaped(segment)
    file = _without_file(segment)[1]
    return _TITLE + _escaped(file)


def _opened(before: list[_Piece], form: _Form, others: Iterable[str]) -> list[_Piece]:
    """The words of the path made general where the page links articles of the same form with another word there.

    Words that name lists, videos, photos (text.likeness) are no articles' and stay out.
    """
    places = [at for at, piece in enumerate(before) if piece.open]
    groups = [evolve(piece, form=r"([\w-]+)") if piece.open else piece for piece in before]
    general = re.compile(form.pattern(groups, named=False))
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
    form = "".join(f"(?!{_escaped(word)}/)" for word in sorted(shut)) + r"[\w-]+"
    return f"(?P<section>{form})" if named else form


def _key(named: _Name, days: Sequence[re.Match[str]], before: Sequence[_Piece]) -> str:
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


def _page_mark(url: str, others: Iterable[str]) -> str | None:
    """What stands before the number in the address of page 2, where the page links it: '_' of ``…_2.html``."""
    stem = _without_file(_path_of(url).rstrip("/"))[0]
    for other in others:
        later = _without_file(_path_of(other).rstrip("/"))[0]
        if continues(other, url) and later.startswith(stem) and re.fullmatch(r"[_-]\d{1,3}", later[len(stem) :]):
            return later[len(stem)]
    return None


def _escaped(text: str) -> str:
    """As a regular expression that stands in ``r"…"``."""
    return re.sub(r"\\([-~&#/ ])", r"\1", re.escape(text)).replace('"', r"\x22")
