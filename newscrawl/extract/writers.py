"""Who the lines round a story in Chinese say wrote it.

A label (作者：, 记者, 文/) is believed; a name alone only in an element that is called author's, or where the page's
data says the same and the page prints it there. The editor's, the outlet's or the account's name is no writer's, though
the data's author is often one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from attrs import evolve, frozen
from lxml.html import HtmlElement

from newscrawl.extract.slots import called, is_date, lines_with, may_name
from newscrawl.extract.state import State
from newscrawl.text.byline import Byline, read_byline
from newscrawl.text.names import is_person, split_names
from newscrawl.text.names.persons import has_surname
from newscrawl.text.traditional import simplified

_LABEL = re.compile(
    r"(?:^|(?<=[\s\u3000|｜丨·【\[（(、,，;；/／\d]))(?:本文|本报|本网|本刊|本台|特约)?(?:作者|记者|撰文|撰稿|采写|文字?\s*[:：/／丨|｜])"
)
"""In simplified script."""
_BARE = re.compile(
    r"[\s\u3000【\[（(/／|]*(?:[\u3400-\u9fff]{2,8}[\s/／]+)?(?:本文|本报|本网)?"
    r"(?:(?:作者|记者|撰文|撰稿|采写|文字?)\s*[:：/／丨|｜]|作者|记者|撰文)\s*"
)
_WRITER = re.compile(r"(?:^|[\s_-])(?:authors?|writers?|reporters?|by-?line|zuo-?zhe)(?:$|[\s_-]|\d|name)", re.I)
_HAN = re.compile(r"[\u3400-\u9fff]")
_MOST_NAMES = 4
_OPENING = 2
"""Paragraphs of the story that may open with its reporter."""
_LATEST = 3
"""Characters of a line before its label."""
AUTHOR_NAMES = ("og:article:author", "article:author", "author")
"""Names of ``<meta>`` where an author, an editor or the outlet may stand."""
_NICKNAME = re.compile(r"[A-Za-z][\w.-]{2,20}")


@frozen(kw_only=True)
class Writers:
    names: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    who: str = ""
    sure: float = 0.0


NOBODY = Writers()


def labelled_writers(lines: Sequence[str]) -> Writers:
    """Those behind a label in one of the lines, or in the line after a label that stands alone."""
    for place, line in enumerate(lines):
        text = simplified(line)
        if _BARE.fullmatch(text):
            if names := _leading(lines[place + 1 : place + 1 + _MOST_NAMES]):
                return Writers(names=tuple(names), who="generic", sure=0.8)
            continue
        for label in _LABEL.finditer(text):
            found = read_byline(line[label.start() :])
            if found and found.start == 0:
                return _of(found, "generic", 0.85)
        if (found := read_byline(line)) and found.alone:
            return _of(found, "generic", 0.85)
    return NOBODY


def unlabelled_writers(
    tree: HtmlElement, head: Sequence[str], said: Iterable[tuple[str, str]], shut_out: Collection[str]
) -> Writers:
    """Persons whose names stand alone in ``head`` in an author's element, or whom the data names too.

    ``said``: (hand, name) of what JSON-LD, meta and scripts give as author.
    """
    alone = [(run, tuple(name for name in _alone(run) if name not in shut_out)) for run in head]
    for run, names in alone:
        if names and called(tree, run, _WRITER):
            return Writers(names=names, who="generic", sure=0.75)
    fit = {run for run, names in alone if names == (run,)}
    fit |= {run for run in head if _NICKNAME.fullmatch(run) and may_name(run) and run not in shut_out}
    found = next(((who, name) for who, name in said if name in fit), None) if fit else None
    return Writers(names=(found[1],), who=found[0], sure=0.75) if found else NOBODY


def writers_in(paragraphs: Sequence[str]) -> Writers:
    """The reporter with whom one of the story's first paragraphs opens (【某报讯 记者 甲】, 〔記者甲／台北報導〕), else
    with whom the last closes."""
    for place, text in enumerate([*paragraphs[:_OPENING], *paragraphs[-1:]]):
        found = read_byline(text, at_end=place == _OPENING)
        if found and (found.start == 0 or found.end == len(text)):
            return _of(found, "text", 0.8)
    return NOBODY


def labelled_anywhere(runs: str) -> Writers:
    """The one whom a line that begins with 作者： names anywhere on the page; nobody where such lines name several."""
    found: dict[tuple[str, ...], Writers] = {}
    for line in lines_with(runs, ("作者：", "作者:"), within=_LATEST):
        named = labelled_writers(line[:2] if _BARE.fullmatch(simplified(line[0])) else line[:1])
        if named.names:
            found[named.names] = evolve(named, sure=0.6)
    return next(iter(found.values())) if len(found) == 1 else NOBODY


def _of(found: Byline, who: str, sure: float) -> Writers:
    return Writers(names=found.authors, correspondents=found.correspondents, who=who, sure=sure)


def _leading(runs: Sequence[str]) -> list[str]:
    names: list[str] = []
    for run in runs:
        found = _alone(run)
        if not found:
            break
        names += found
    return names


def _alone(run: str) -> tuple[str, ...]:
    """The persons of a run that says nothing but their names, each with a surname."""
    if not may_name(run) or is_date(run) or not _HAN.search(run):
        return ()
    names, more = split_names(run)
    if more or not names or not all(is_person(name) and has_surname(simplified(name)) for name in names):
        return ()
    left = re.sub(r"[\s\u3000、,，·]", "", run)
    return names if sum(map(len, names)) == len(left) else ()


def data_says(
    persons: Sequence[str], meta: Sequence[str | None], state: Callable[[], State]
) -> Iterator[tuple[str, str]]:
    """(hand, name) of what JSON-LD, meta and, asked last, the scripts give as author."""
    yield from (("jsonld", name) for name in persons)
    yield from (("meta", name) for name in meta if name)
    yield from (("state", name.strip()) for name in (state().author or "").split(",") if name.strip())
