"""The search index of the site: small files that the search page's script (``static/search.js``) reads, no server.

It holds headline, subheadline, topics, authors, account, credit and the source's name of what may be shown, and no
body. Found is what holds each word of a query, without the marks round it, as a piece of its text, from one character
on; in any script, but a traditional sign is not the simplified one. A file per part of a day
(``search/docs/2025-11-19/1.json``) holds the text; a month of few parts is read as a whole. Where there are many, a map
of :data:`SHARDS` files (``search/words/2025-11/3f.json``) tells which parts may hold a word: of every part the tokens
that come to that shard, a token being two neighbouring characters, or three of a script narrower than Han.
``search/index.json`` tells the days, their parts and which months have a map.

The same parts make the same bytes, in whatever order and however often they were told. What a change costs is its
parts, and of their month's map the files that tell of words that came or went.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import add
from pathlib import Path
from typing import Any

from newscrawl.errors import FolderUnwritable
from newscrawl.publish.entries import published, title
from newscrawl.publish.folder import OWN, Folder
from newscrawl.publish.when import shown
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

VERSION = 2
"""Of what the files hold; the script refuses another. With another one all parts are to be told anew."""
SMALL = 8
"""Parts of a month that are read without a map."""
SHARDS = 256
HELD = 256
"""Parts that are kept in memory before they are written: some twenty megabytes."""

_INDEX, _DOCS, _WORDS = "search/index.json", "search/docs", "search/words"
_NARROW = re.compile("[^\u2e80-\U0010ffff]{3,}")

Part = tuple[str, int]
"""A day and the number of its part."""
Doc = Sequence[Any]
"""An article: id, headline, time as shown, name of its source, language, and the further words that are searched."""
Entries = Sequence[str]
"""The tokens of a part, of each shard those in it, a space between."""


class SearchIndex:
    """The index in ``folder``. What was told is written when :meth:`finish` returns; a run that was killed before that
    is made up for when the same parts are told again.

    Raises :class:`~newscrawl.errors.FolderUnwritable` where something cannot be read, written or removed.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._flag = folder.path(f"{OWN}/search")
        """Is there while something is written, and names its months: their maps may hold what no docs tell of."""
        with _in_words(folder.path(_DOCS)):
            self._parts = dict(_days(folder.path(_DOCS)))
        with _in_words(self._flag):
            cut_off = self._flag.read_text(encoding="utf-8").split() if self._flag.exists() else None
        self._unsure = set() if cut_off is None else set(cut_off or map(_month, self._parts))
        self._held: dict[Part, Sequence[Doc] | None] = {}

    def part(self, day: str, number: int, articles: Sequence[Change]) -> None:
        """Part ``number`` (from 1) of ``day`` holds these articles now. They need no body and no related ones."""
        docs = sorted(filter(None, map(_doc, articles)), key=lambda doc: (doc[0], doc[1]), reverse=True)
        self._parts[day] = max(self._parts.get(day, 0), number)
        self._hold((day, number), [doc for _, doc in docs])

    def cut(self, day: str, parts: int) -> None:
        """``day`` has no more than ``parts`` parts now; with 0 it is gone."""
        known = self._parts.get(day, 0)
        if known <= parts:
            return
        self._parts[day] = parts
        if not parts:
            del self._parts[day]
        for number in range(parts + 1, known + 1):
            self._hold((day, number), None)

    def finish(self) -> None:
        """Write what is not written yet, and what tells of it."""
        self._flush()
        for month in sorted(self._unsure):
            self._map_anew(month, {})
        months = [
            {"month": month, "map": self._has_map(month), "days": [[day, self._parts[day]] for day in days]}
            for month, days in groupby(sorted(self._parts, reverse=True), key=_month)
        ]
        self._folder.put(_INDEX, _json({"version": VERSION, "months": months}))

    def settled(self) -> None:
        """What :meth:`finish` has written is on the disk."""
        with _in_words(self._flag):
            self._flag.unlink(missing_ok=True)

    def _has_map(self, month: str) -> bool:
        return sum(parts for day, parts in self._parts.items() if _month(day) == month) > SMALL

    def _hold(self, part: Part, docs: Sequence[Doc] | None) -> None:
        self._held[part] = docs
        if len(self._held) >= HELD:
            self._flush()

    def _flush(self) -> None:
        """The map first: what it held of a part is told from the part's old file."""
        if not self._held:
            return
        months = sorted({_month(day) for day, _ in self._held})
        with _in_words(self._flag):
            self._flag.parent.mkdir(parents=True, exist_ok=True)
            self._flag.write_text("\n".join(sorted({*self._unsure, *months})), encoding="utf-8")
        for month in months:
            self._map(month, {part: docs for part, docs in self._held.items() if _month(part[0]) == month})
        for part, docs in self._held.items():
            if docs is None:
                self._folder.remove(_docs(part))
            else:
                self._folder.put(_docs(part), _json({"version": VERSION, "articles": docs}))
        self._held.clear()

    def _map(self, month: str, changed: Mapping[Part, Sequence[Doc] | None]) -> None:
        """Only those of its files are read whose tokens have changed."""
        if not self._has_map(month):
            self._map_anew(month, {})
            return
        new = {part: _entries(docs or ()) for part, docs in changed.items()}
        old = {part: self._mapped(part) for part in changed}
        if month in self._unsure or None in old.values() or self._folder.read(_words(month, 0)) is None:
            self._map_anew(month, new)
            return
        for number in range(SHARDS):
            due = {part: new[part][number] for part, was in old.items() if was and was[number] != new[part][number]}
            stored = _read(self._folder, _words(month, number)) if due else None
            if stored:
                self._put(month, number, stored["parts"] | {_name(part): entry for part, entry in due.items()})
            elif due:
                self._map_anew(month, new)
                return

    def _mapped(self, part: Part) -> Entries | None:
        """What the map holds of a part; None where that cannot be told."""
        name = _docs(part)
        stored = _read(self._folder, name)
        if stored is None and self._folder.read(name) is not None:
            return None
        return _entries(stored["articles"] if stored else ())

    def _map_anew(self, month: str, new: Mapping[Part, Entries]) -> None:
        """From all parts of the month; without a map where they are few."""
        self._unsure.discard(month)
        if not self._has_map(month):
            for number in range(SHARDS):
                self._folder.remove(_words(month, number))
            return
        entries = {}
        for day in (day for day in self._parts if _month(day) == month):
            for part in ((day, number + 1) for number in range(self._parts[day])):
                entries[_name(part)] = new[part] if part in new else self._mapped(part) or _entries(())
        for number in range(SHARDS):
            self._put(month, number, {name: told[number] for name, told in entries.items()})

    def _put(self, month: str, number: int, parts: Mapping[str, str]) -> None:
        kept = {name: tokens for name, tokens in sorted(parts.items(), key=_order) if tokens}
        self._folder.put(_words(month, number), _json({"version": VERSION, "parts": kept}))


def normal(text: str) -> str:
    """``text`` as it is compared: NFKC, lower case, a blank where there was white space."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().replace("ς", "σ").split())


def tokens(text: str) -> set[str]:
    """Those of a normal text: whatever piece of a word is asked for, its tokens are among them."""
    found: set[str] = set()
    for word in text.split():
        found.update(map(add, word, word[1:]))
        for run in _NARROW.findall(word):
            found.update(run[at : at + 3] for at in range(len(run) - 2))
    return found


def shard(token: str) -> int:
    """The number of the map's file that tells of ``token``."""
    value = 0
    for sign in token:
        value = (value * 31 + ord(sign)) % SHARDS
    return value


def searched(doc: Doc) -> str:
    """The normal text that an article is found by."""
    return normal(f"{doc[1]}\n{doc[3]}\n{doc[5]}")


def _doc(change: Change) -> tuple[str, Doc] | None:
    """With the stamp that it is sorted by."""
    row = change.article
    if row is None:
        return None
    headline = title(row)
    names = (
        row["subheadline"],
        *(topic["topic"] for topic in change.topics),
        *row["authors"],
        row["account"],
        row["credit"],
    )
    more: list[str] = []
    source = row["source_name"]
    for name in filter(None, names):
        if name not in headline and name != source and name not in more:
            more.append(name)
    at = str(shown(row["published_local"] or published(row)))
    return published(row), [row["id"], headline, at, plain(source), row["language"], plain("\n".join(more))]


def _entries(docs: Sequence[Doc]) -> Entries:
    shards: list[list[str]] = [[] for _ in range(SHARDS)]
    for token in sorted(set().union(*(tokens(searched(doc)) for doc in docs))):
        shards[shard(token)].append(token)
    return [" ".join(shard) for shard in shards]


def _days(folder: Path) -> Iterator[tuple[str, int]]:
    """The days of which there are parts, with the number of the last."""
    if not folder.is_dir():
        return
    for day in folder.iterdir():
        numbers = [int(file.stem) for file in day.glob("*.json") if file.stem.isdecimal()] if day.is_dir() else []
        if numbers:
            yield day.name, max(numbers)


def _read(folder: Folder, name: str) -> Any:
    """None where there is none, or none of this version."""
    try:
        told = json.loads(folder.read(name) or b"null")
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("version") == VERSION else None


def _order(entry: tuple[str, str]) -> tuple[int, int]:
    day, _, number = entry[0].partition("/")
    return int(day), int(number)


def _month(day: str) -> str:
    return day[:7]


def _name(part: Part) -> str:
    """Of a part within its month."""
    return f"{part[0][8:]}/{part[1]}"


def _docs(part: Part) -> str:
    return f"{_DOCS}/{part[0]}/{part[1]}.json"


def _words(month: str, number: int) -> str:
    return f"{_WORDS}/{month}/{number:02x}.json"


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderUnwritable(path, f"it cannot be read or written ({error.strerror})") from error
