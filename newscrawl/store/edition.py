# ruff: noqa: S608  SQL made of this module's constants only
"""What stands in a published folder: a file of its own in that folder, so that a run of ``scrapy publish`` finds what
has to be made anew by what has changed, however large the site is.

It holds ids, keys, days and the names of lists, and no text of an article. Whatever is found to be due is written down
before anything is made, and struck out when all of it is made, so a run that was killed is made up for by the next. The
folder's lock (``publish.site``) sees to it that one program writes it at a time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from attrs import frozen

from newscrawl.errors import StoreError, StoreUnwritable
from newscrawl.store.connection import in_words, transaction

VERSION = 1
CHUNK = 200
"""Rows handed out at a time."""
KEPT_OF_GONE = 50
"""Withdrawals that a list remembers."""

_WHAT = "the list of what stands in the folder,"
_SCHEMA = """
    CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL, at TEXT NOT NULL, changed TEXT NOT NULL, noindex INTEGER NOT NULL,
        gone INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE lists (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, archived INTEGER NOT NULL DEFAULT 0,
        UNIQUE (kind, name)) STRICT;
    CREATE TABLE listed (
        list INTEGER NOT NULL, bucket TEXT NOT NULL, at TEXT NOT NULL, article_id INTEGER NOT NULL,
        PRIMARY KEY (list, bucket, at, article_id)) STRICT, WITHOUT ROWID;
    CREATE INDEX listed_article ON listed(article_id);
    CREATE TABLE parts (
        list INTEGER NOT NULL, bucket TEXT NOT NULL, parts INTEGER NOT NULL, changed TEXT,
        PRIMARY KEY (list, bucket)) STRICT, WITHOUT ROWID;
    CREATE TABLE left (
        list INTEGER NOT NULL, at TEXT NOT NULL, article_id INTEGER NOT NULL, key TEXT NOT NULL,
        PRIMARY KEY (list, at, article_id)) STRICT, WITHOUT ROWID;
    CREATE INDEX left_article ON left(article_id);
    CREATE TABLE beside (
        named INTEGER NOT NULL, article_id INTEGER NOT NULL,
        PRIMARY KEY (named, article_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE due (article_id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE due_lists (
        list INTEGER NOT NULL, bucket TEXT NOT NULL, at TEXT NOT NULL, until TEXT NOT NULL,
        PRIMARY KEY (list, bucket)) STRICT, WITHOUT ROWID;
"""
_DUE_LIST = """
    INSERT INTO due_lists (list, bucket, at, until) VALUES (?1, ?2, ?3, {})
    ON CONFLICT (list, bucket) DO UPDATE SET at = min(at, excluded.at), until = max(until, excluded.until)"""
_END = "~"
"""Stands behind every stamp."""
_DUE_FROM, _DUE_AT = _DUE_LIST.format(f"'{_END}'"), _DUE_LIST.format("?3")
"""From a stamp on, since all that stands behind it moves; or of that stamp alone."""
_DUE_WHOLE = f"INSERT OR REPLACE INTO due_lists SELECT DISTINCT list, bucket, '', '{_END}' FROM"


@frozen(kw_only=True)
class Place:
    """Where an article stands."""

    id: int
    key: str
    at: str
    """The stamp by which it is sorted."""
    changed: str
    """The stamp of its last change."""
    noindex: bool
    lists: frozenset[tuple[str, str, str]]
    """Kind and name of each list that it is on, and the bucket there."""


@frozen(kw_only=True)
class Due:
    """An article whose page is due."""

    id: int
    key: str
    gone: bool
    changed: str
    """The stamp of its last change."""


@frozen(kw_only=True)
class DueBucket:
    """A bucket of a list of which something is due."""

    name: str
    at: str
    """The stamp from which on."""
    until: str | None
    """The last stamp of which; None where all behind it moves."""


@frozen(kw_only=True)
class DueList:
    """A list of which something is due."""

    id: int
    kind: str
    name: str
    archived: bool
    """Whether its buckets are written out."""


class Edition:
    """The file at ``path``, made where there is none.

    Raises :class:`~newscrawl.errors.StoreError` for a file of another version or none of newscrawl's, and
    :class:`~newscrawl.errors.StoreUnwritable` where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._words():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if not version:
                with transaction(self._db):
                    for statement in filter(str.strip, _SCHEMA.split(";")):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                self._db.close()
                raise StoreError(f"{path} is of version {version}, this newscrawl knows {VERSION}; publish with --anew")
            self._db.execute("CREATE TEMP TABLE claimed (name TEXT PRIMARY KEY) WITHOUT ROWID")
        self._list_id = lru_cache(maxsize=4096)(self._find_list)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction."""
        with self._words(), transaction(self._db):
            yield

    def mark(self, name: str) -> str | None:
        found = self._rows("SELECT value FROM marks WHERE name = ?", name)
        return found[0][0] if found else None

    def set_mark(self, name: str, value: str) -> None:
        self._do("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", name, value)

    # -- what has changed: to be called within writing() -----------------------------------------------------------

    def place(self, place: Place) -> None:
        """The article stands as ``place`` says: its page and the lists it is on, or was on, are due."""
        old = self._rows("SELECT at, gone, key FROM articles WHERE id = ?", place.id)
        if old and old[0][2] != place.key:
            self.is_due_beside(old[0][2])  # where it is shown it is to be known by its new key
        self._do(
            "INSERT OR REPLACE INTO articles (id, key, at, changed, noindex) VALUES (?, ?, ?, ?, ?)",
            *(place.id, place.key, place.at, place.changed, int(place.noindex)),
        )
        if old and old[0][1]:
            self._do(_DUE_FEEDS, place.id)
            self._do("DELETE FROM left WHERE article_id = ?", place.id)
        before = set(self._rows("SELECT list, bucket, at FROM listed WHERE article_id = ?", place.id)) if old else set()
        after = {(self._list_id(kind, name), bucket, place.at) for kind, name, bucket in place.lists}
        self._many(
            "DELETE FROM listed WHERE list = ? AND bucket = ? AND at = ? AND article_id = ?", before - after, place.id
        )
        self._many("INSERT INTO listed (list, bucket, at, article_id) VALUES (?, ?, ?, ?)", after - before, place.id)
        self._many(_DUE_FROM, before ^ after)
        self._many(_DUE_AT, before & after)
        self._do("INSERT OR IGNORE INTO due (article_id) VALUES (?)", place.id)

    def withdraw(self, article_id: int, at: str) -> None:
        """The article is shown no more; nothing happens where it never stood here."""
        found = self._rows("SELECT key, gone FROM articles WHERE id = ?", article_id)
        if not found or found[0][1]:
            return
        self._do("UPDATE articles SET gone = 1, changed = ?, noindex = 1 WHERE id = ?", at, article_id)
        before = self._rows("SELECT list, bucket, at FROM listed WHERE article_id = ?", article_id)
        self._do("DELETE FROM listed WHERE article_id = ?", article_id)
        self._many(_DUE_FROM, before)
        for list_id in {row[0] for row in before}:
            self._do("INSERT OR REPLACE INTO left VALUES (?, ?, ?, ?)", list_id, at, article_id, found[0][0])
            self._do(_FORGET, list_id, list_id, KEPT_OF_GONE)
        self._do("INSERT OR IGNORE INTO due (article_id) VALUES (?)", article_id)

    def is_due(self, ids: Iterable[int]) -> None:
        """The pages of ``ids`` are due, as far as they stand here."""
        rows = [(id_, id_) for id_ in ids]
        self._db.executemany(
            "INSERT OR IGNORE INTO due SELECT ? WHERE EXISTS (SELECT 1 FROM articles WHERE id = ?)", rows
        )

    def is_due_beside(self, key: str) -> None:
        """The pages on which the article ``key`` is shown beside another are due."""
        self._do("INSERT OR IGNORE INTO due SELECT article_id FROM beside WHERE named = ?", _number(key))

    def all_due(self) -> None:
        """All pages of articles and all of all lists are due."""
        self._do("INSERT OR IGNORE INTO due SELECT id FROM articles")
        self._do(f"{_DUE_WHOLE} listed")

    def list_is_due(self, kind: str, name: str) -> None:
        """All articles of a list are due, and all lists on which they stand."""
        articles = "SELECT article_id FROM listed WHERE list = (SELECT id FROM lists WHERE kind = ? AND name = ?)"
        self._do(f"INSERT OR IGNORE INTO due {articles}", kind, name)
        self._do(f"{_DUE_WHOLE} listed WHERE article_id IN ({articles})", kind, name)

    def set_beside(self, article_id: int, keys: Iterable[str]) -> None:
        """The articles ``keys`` are shown beside it. What was shown before stays known too: at worst a page is looked
        at in vain."""
        self._db.executemany("INSERT OR IGNORE INTO beside VALUES (?, ?)", [(_number(key), article_id) for key in keys])

    # -- what is due ---------------------------------------------------------------------------------------------

    def due(self) -> Iterator[list[Due]]:
        """Articles whose pages are due, in chunks, by id."""
        after = -1
        while found := self._rows(_NEXT_DUE, after, CHUNK):
            yield [Due(id=id_, key=key, gone=bool(gone), changed=changed) for id_, key, gone, changed in found]
            after = found[-1][0]

    def due_lists(self) -> Iterator[DueList]:
        after = -1
        while found := self._rows(_NEXT_DUE_LISTS, after, CHUNK):
            for id_, kind, name, archived in found:
                yield DueList(id=id_, kind=kind, name=name, archived=bool(archived))
            after = found[-1][0]

    def due_buckets(self, list_id: int) -> list[DueBucket]:
        """None where only the list's front and feed are due."""
        query = "SELECT bucket, at, until FROM due_lists WHERE list = ? AND bucket <> '' ORDER BY bucket"
        return [
            DueBucket(name=name, at=at, until=None if until == _END else until)
            for name, at, until in self._rows(query, list_id)
        ]

    def done(self) -> None:
        """All that was due is made: to be called when it is on the disk, within writing()."""
        self._do("DELETE FROM due")
        self._do("DELETE FROM due_lists")
        self._do("DELETE FROM lists WHERE id NOT IN (SELECT list FROM listed) AND id NOT IN (SELECT list FROM left)")
        self._do("DELETE FROM parts WHERE parts = 0")
        self._list_id.cache_clear()

    # -- lists ---------------------------------------------------------------------------------------------------

    def find(self, kind: str, name: str) -> DueList | None:
        found = self._rows("SELECT id, archived FROM lists WHERE kind = ? AND name = ?", kind, name)
        return DueList(id=found[0][0], kind=kind, name=name, archived=bool(found[0][1])) if found else None

    def counts(self, kind: str) -> list[tuple[str, int]]:
        """Every list of a kind that holds articles, by name, with their number."""
        return self._rows(
            "SELECT l.name, count(*) FROM lists AS l JOIN listed AS x ON x.list = l.id WHERE l.kind = ? "
            "GROUP BY l.id ORDER BY count(*) DESC, l.name",
            kind,
        )

    def buckets(self, list_id: int) -> list[tuple[str, int]]:
        """Name of each bucket and the number of its articles, the newest first."""
        query = "SELECT bucket, count(*) FROM listed WHERE list = ? GROUP BY bucket ORDER BY bucket DESC"
        return self._rows(query, list_id)

    def newest(self, list_id: int, limit: int) -> list[int]:
        """Ids, the newest first, whatever day their publishers have."""
        found = self._rows(f"{_NEWEST} ORDER BY bucket DESC, at DESC, article_id DESC LIMIT ?", list_id, limit)
        if len(found) == limit:
            floor, lowest = min(found)[0], found[-1][2]
            for (bucket,) in self._rows(_BUCKETS_BELOW, list_id, lowest):
                found += self._rows(f"{_NEWEST} AND bucket = ? AND at > ?", list_id, bucket, floor)
        return [article_id for _, article_id, _ in sorted(found, reverse=True)[:limit]]

    def gone(self, list_id: int) -> list[tuple[str, str]]:
        """Keys of articles that were withdrawn while they stood on the list, and when; the last first."""
        return self._rows("SELECT key, at FROM left WHERE list = ? ORDER BY at DESC, article_id DESC", list_id)

    def span(self, list_id: int, bucket: DueBucket) -> tuple[int, int]:
        """How many articles of the bucket stand before what is due, and how many up to its end."""
        query = "SELECT count(*) FROM listed WHERE list = ? AND bucket = ? AND at"
        (before,), (upto,) = (
            self._rows(f"{query} {sign} ?", list_id, bucket.name, at)[0]
            for sign, at in (("<", bucket.at), ("<=", bucket.until or _END))
        )
        return int(before), int(upto)

    def slice(self, list_id: int, bucket: str, start: int, limit: int) -> list[int]:
        """Ids of a bucket's articles, the oldest first."""
        query = "SELECT article_id FROM listed WHERE list = ? AND bucket = ? ORDER BY at, article_id LIMIT ? OFFSET ?"
        return [row[0] for row in self._rows(query, list_id, bucket, limit, start)]

    def to_be_found(self, list_id: int, bucket: str) -> list[tuple[int, str]]:
        """Ids of a bucket's articles that search engines may know, and the stamp of their last change."""
        query = (
            "SELECT a.id, a.changed FROM listed AS x JOIN articles AS a ON a.id = x.article_id "
            "WHERE x.list = ? AND x.bucket = ? AND NOT a.noindex ORDER BY x.at, a.id"
        )
        return self._rows(query, list_id, bucket)

    def since(self, list_id: int, at: str, limit: int) -> list[int]:
        """Ids of a list's articles from a stamp on that search engines may know, the newest first."""
        query = (
            "SELECT a.id FROM listed AS x JOIN articles AS a ON a.id = x.article_id WHERE x.list = ? "
            "AND x.bucket >= date(?, '-1 day') AND x.at >= ? AND NOT a.noindex "
            "ORDER BY x.at DESC, a.id DESC LIMIT ?"
        )
        return [row[0] for row in self._rows(query, list_id, at, at, limit)]

    def forget_gone(self, list_id: int) -> None:
        """Nobody is to be told what was withdrawn from the list."""
        self._do("DELETE FROM left WHERE list = ?", list_id)

    def set_archived(self, list_id: int, archived: bool) -> None:
        """Whether the list's buckets are written out from now on: all of them are due."""
        self._do("UPDATE lists SET archived = ? WHERE id = ?", int(archived), list_id)
        self._do(f"{_DUE_WHOLE} listed WHERE list = ?", list_id)
        self._do(f"{_DUE_WHOLE} parts WHERE list = ?", list_id)

    def parts(self, list_id: int, bucket: str) -> int:
        """How many parts of a bucket are written out."""
        found = self._rows("SELECT parts FROM parts WHERE list = ? AND bucket = ?", list_id, bucket)
        return int(found[0][0]) if found else 0

    def set_parts(self, list_id: int, bucket: str, parts: int, changed: str | None = None) -> None:
        self._do("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", list_id, bucket, parts, changed)

    def reserve_parts(self, list_id: int, bucket: str, parts: int) -> None:
        """So many parts may be written out from now on, whatever becomes of the run."""
        self._do(
            "INSERT INTO parts (list, bucket, parts) VALUES (?, ?, ?) "
            "ON CONFLICT (list, bucket) DO UPDATE SET parts = max(parts, excluded.parts)",
            *(list_id, bucket, parts),
        )

    def changed(self, list_id: int) -> list[tuple[str, str]]:
        """Each bucket of a list and when the last change was in it, by name, where set_parts() was told."""
        query = "SELECT bucket, changed FROM parts WHERE list = ? AND changed IS NOT NULL AND parts > 0 ORDER BY bucket"
        return self._rows(query, list_id)

    # -- files of an edition that is made from nothing -----------------------------------------------------------

    def claim(self, name: str) -> None:
        """The file is one of this edition's; remembered as long as the Edition is open."""
        self._do("INSERT OR IGNORE INTO temp.claimed VALUES (?)", name)

    def is_claimed(self, name: str) -> bool:
        return bool(self._rows("SELECT 1 FROM temp.claimed WHERE name = ?", name))

    def settle(self) -> None:
        """Return when all that was written here is on the disk."""
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _find_list(self, kind: str, name: str) -> int:
        self._do("INSERT OR IGNORE INTO lists (kind, name) VALUES (?, ?)", kind, name)
        return int(self._rows("SELECT id FROM lists WHERE kind = ? AND name = ?", kind, name)[0][0])

    def _rows(self, query: str, *values: Any) -> list[Any]:
        with self._words():
            return self._db.execute(query, values).fetchall()

    def _do(self, statement: str, *values: Any) -> None:
        with self._words():
            self._db.execute(statement, values)

    def _many(self, statement: str, rows: Iterable[Sequence[Any]], *more: Any) -> None:
        self._db.executemany(statement, [(*row, *more) for row in rows])

    @contextmanager
    def _words(self) -> Iterator[None]:
        try:
            with in_words(self._path, _WHAT):
                yield
        except StoreUnwritable:
            raise
        except StoreError as error:
            raise StoreError(f"{error}, or publish with --anew, which makes it and the site anew") from error


_NEWEST = "SELECT at, article_id, bucket FROM listed WHERE list = ?"
_BUCKETS_BELOW = "SELECT DISTINCT bucket FROM listed WHERE list = ? AND bucket < ? ORDER BY bucket DESC LIMIT 2"
"""A publisher's day may be two behind another's at the same moment."""
_DUE_FEEDS = f"INSERT OR IGNORE INTO due_lists SELECT list, '', '', '{_END}' FROM left WHERE article_id = ?"
_FORGET = """
    DELETE FROM left WHERE list = ? AND (at, article_id) NOT IN (
        SELECT at, article_id FROM left WHERE list = ? ORDER BY at DESC, article_id DESC LIMIT ?)"""
_NEXT_DUE = """
    SELECT d.article_id, a.key, a.gone, a.changed FROM due AS d JOIN articles AS a ON a.id = d.article_id
    WHERE d.article_id > ? ORDER BY d.article_id LIMIT ?"""
_NEXT_DUE_LISTS = """
    SELECT DISTINCT l.id, l.kind, l.name, l.archived FROM due_lists AS d JOIN lists AS l ON l.id = d.list
    WHERE d.list > ? ORDER BY d.list LIMIT ?"""


def _number(key: str) -> int:
    """A key as 64 bits: two keys with one number only make a page be looked at in vain."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), signed=True)
