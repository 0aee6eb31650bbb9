"""Facts in a page's own scripts: ``window.DATA = {…}``, ``__NEXT_DATA__``, ``__INITIAL_STATE__``, ``var ct = "…"``.

Only scripts that hold the beginning of the page's title are looked at, so a page without such costs one search. In
them every JSON object is found that is assigned, passed or stands alone, and the one taken whose own title agrees with
the page's: a feed item's does not. Flat variables count as one object. JavaScript that is no JSON is not run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.text.tree import folded

_SCRIPTS = etree.XPath("//script[not(@src)]/text()", smart_strings=False)
_OPENING = re.compile(r"(?:[=(:]\s{0,8}|^\s{0,80})(?=[{\[])")
_QUOTED = re.compile(r"JSON\.parse\(\s{0,8}(?=\")")
_VARIABLE = re.compile(
    r"(?:\b(?:var|let|const)\s+|\bwindow\.|[,;{\s])([A-Za-z_]\w{0,30})\s{0,4}=\s{0,4}(?:\w{1,20}\()?"
    r"(?:\"([^\"\n]{1,300})\"|'([^'\n]{1,300})')"
)
_LONGEST, _LONGEST_FLAT = 3_000_000, 200_000
"""Characters of a script that is read, and of one whose variables are looked for."""
_MOST_TRIES, _MOST_NODES, _DEEPEST = 12, 20_000, 16
_HEAD = 6
"""Characters of the title by which a script is known to tell of the page."""
_ALIKE = 6
_SHORTEST_CONTENT = 120
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "msgtitle", "articletitle", "newstitle", "longtitle"),
    "published": (
        *("datepublished", "publishedat", "publishtime", "publishedtime", "pubtime", "publishdate", "publisheddate"),
        *("pubdate", "publicationdate", "newstime", "ptime", "firstpublished", "firstpublishdate", "ct"),
    ),
    "source": ("source", "sourcename", "copyfrom", "articlesource"),
    "account": ("medianame", "media", "nickname", "accountname"),
    "author": ("author", "authors", "authorname", "byline", "writer"),
    "editor": ("editorname", "editor", "responsibleeditor"),
    "embargo": ("embargoeduntil", "embargountil", "embargodate", "embargotime", "embargo", "embargoed"),
    "content": ("content", "articlebody", "contenthtml", "body", "html"),
}
_NAMES = {name: field for field, names in _FIELDS.items() for name in names}


@frozen(kw_only=True)
class State:
    """What a script says of the page's article, each as it stands there; None where it says nothing."""

    headline: str | None = None
    published: str | None = None
    """As written: a date, or seconds or milliseconds since 1970 as digits."""
    source: str | None = None
    account: str | None = None
    author: str | None = None
    """Several are divided by commas."""
    editor: str | None = None
    embargo: str | None = None
    """As written, like ``published``."""
    content: str | None = None
    """The story, as HTML or plain text."""


NOTHING = State()


def state_of(tree: HtmlElement, title: str) -> State:
    """The facts of the article whose title is ``title`` (the page's own, with or without its site)."""
    head = title[:_HEAD]
    key = _key(title)
    if len(key) < _ALIKE:
        return NOTHING
    escaped = json.dumps(head)[1:-1]
    marks = {head, escaped, json.dumps(escaped)[1:-1]}
    best, most = NOTHING, 1
    left = _LONGEST
    for script in cast("list[str]", _SCRIPTS(tree)):
        if not any(mark in script for mark in marks) or len(script) > left:
            continue
        left -= len(script)
        for facts in _told(script, key):
            if len(facts) > most:
                best, most = State(**facts), len(facts)
    return best


def _told(script: str, key: str) -> Iterator[dict[str, str]]:
    """The facts of each object in a script that is about the page."""
    nodes = _MOST_NODES
    for value in _values(script):
        for found in _objects(value):
            nodes -= 1
            if nodes < 0:
                return
            facts = _facts(found, key)
            if "headline" in facts:
                yield facts
    if len(script) <= _LONGEST_FLAT:
        flat = {name: double or single for name, double, single in reversed(_VARIABLE.findall(script))}
        facts = _facts(flat, key)
        if "headline" in facts:
            yield facts


def _values(script: str) -> Iterator[Any]:
    """The JSON values in a script, each found once."""
    decoder = json.JSONDecoder(strict=False)
    for quoted in list(_QUOTED.finditer(script))[:_MOST_TRIES]:
        try:
            yield json.loads(decoder.raw_decode(script, quoted.end())[0], strict=False)
        except (ValueError, TypeError, RecursionError):
            continue
    at = 0
    for _ in range(_MOST_TRIES):
        opening = _OPENING.search(script, at)
        if opening is None:
            return
        try:
            value, at = decoder.raw_decode(script, opening.end())
        except (ValueError, RecursionError):
            at = opening.end() + 1
        else:
            yield value


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a value, those outside first."""
    layer = [value]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for one in layer:
            if isinstance(one, dict):
                yield one
                inner += [part for part in one.values() if isinstance(part, dict | list)]
            elif isinstance(one, list):
                inner += [part for part in one if isinstance(part, dict | list)]
        if not inner:
            return
        layer = inner


def _facts(found: Mapping[str, Any], key: str) -> dict[str, str]:
    """What the names of an object say; no headline that is not the page's."""
    facts: dict[str, tuple[int, str]] = {}
    for name, value in found.items():
        plain = name.replace("_", "").replace("-", "").lower()
        field = _NAMES.get(plain)
        if field is None or not (text := _text(value, long=field == "content")):
            continue
        if field == "headline" and not _agrees(text, key):
            continue
        rank = _FIELDS[field].index(plain)
        if field not in facts or rank < facts[field][0]:
            facts[field] = (rank, text)
    return {field: text for field, (_, text) in facts.items()}


def _text(value: Any, *, long: bool) -> str:
    if isinstance(value, list) and not long:
        return ", ".join(filter(None, (_text(one, long=False) for one in value[:12])))
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip() if long else folded(str(value))
    return text if not long or len(text) >= _SHORTEST_CONTENT else ""


def _agrees(headline: str, key: str) -> bool:
    said = _key(headline)
    return len(said) >= _ALIKE and (said in key or key in said)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
