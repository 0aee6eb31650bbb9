"""The listings: how far each was walked, which links its walks met, and what its first page said of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import frozen

from newscrawl.clock import Clock, stamp, unstamp
from newscrawl.store.connection import in_words, transaction
from newscrawl.store.rows import to_json

# CROSS JOIN: the few links are looked up in the ground; a planner that may choose reads a listing's whole ground.
_MET = """
    SELECT l.key FROM links AS l CROSS JOIN ground AS g ON g.listing_id = ? AND g.link_id = l.id
    WHERE l.key IN (SELECT value FROM json_each(?))"""
_OFF_GROUND = """
    SELECT l.id FROM links AS l
    LEFT JOIN ground AS g ON g.listing_id = ? AND g.link_id = l.id
    LEFT JOIN seen AS s ON s.listing_id = ? AND s.link_id = l.id
    WHERE l.key IN (SELECT value FROM json_each(?)) AND g.link_id IS NULL AND s.link_id IS NULL"""
_ON_GROUND = """
    SELECT count(*) FROM links AS l CROSS JOIN ground AS g ON g.listing_id = ? AND g.link_id = l.id
    WHERE l.key IN (SELECT value FROM json_each(?))"""
_VALIDATORS = "SELECT etag, last_modified, full_at FROM listings WHERE source = ? AND name = ? AND page_url = ?"
_REMEMBER = """
    INSERT INTO listings (source, name, page_url, etag, last_modified, full_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (source, name) DO UPDATE SET page_url = excluded.page_url, etag = excluded.etag,
        last_modified = excluded.last_modified, full_at = excluded.full_at"""

TRUSTED = timedelta(hours=1)
"""How long a server's word that a listing has not changed is taken: some send the same ETag for a changed feed
(rss-fetcher's settings, stormcrawler#33)."""


@frozen(kw_only=True)
class Validators:
    """What a listing's page said of itself when it was last read whole."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


class Walks:
    """The part of the :class:`~newscrawl.store.frontier.Frontier` that knows listings."""

    def __init__(self, db: sqlite3.Connection, path: Path, clock: Clock) -> None:
        self._db = db
        self._path = path
        self._clock = clock

    # -- listings ------------------------------------------------------------------------------------------------

    def validators(self, source: str, name: str, url: str) -> Validators:
        """With what the first page of a listing may be asked; nothing where it was last read whole over an hour ago."""
        with in_words(self._path):
            row = self._db.execute(_VALIDATORS, (source, name, url)).fetchone()
        if row is None or row[2] is None or self._clock.now() - unstamp(row[2]) >= TRUSTED:
            return Validators()
        return Validators(etag=row[0], last_modified=row[1])

    def remember(self, source: str, name: str, url: str, told: Validators, read_at: datetime) -> None:
        """Keep what the first page of a listing said of itself when it was read, ``read_at``. To be called when all
        that it led to is recorded."""
        with in_words(self._path):
            query = "SELECT page_url, etag, last_modified FROM listings WHERE source = ? AND name = ?"
            before = self._db.execute(query, (source, name)).fetchone()
            if not told and (before is None or before[1:] == (None, None)):
                return
            with transaction(self._db):
                row = (source, name, url, told.etag, told.last_modified, stamp(read_at))
                self._db.execute(_REMEMBER, row)

    # -- walks ---------------------------------------------------------------------------------------------------

    def begin_walk(self, source: str, name: str) -> int:
        """Begin to walk the listing ``name``. What a killed walk of it saw is forgotten; its links stay recorded.

        Returns the walk's number. One walk of a listing at a time.
        """
        with in_words(self._path):
            walk = self._listing(source, name)
            if walk is None:
                with transaction(self._db):
                    self._db.execute("INSERT OR IGNORE INTO listings (source, name) VALUES (?, ?)", (source, name))
                walk = self._listing(source, name)
                assert walk is not None
            if self._saw(walk):
                with transaction(self._db):
                    self._db.execute("DELETE FROM seen WHERE listing_id = ?", (walk,))
        return walk

    def known_ground(self, keys: Iterable[str], walk: int) -> bool:
        """Whether a finished walk of the same listing met every one of ``keys``. An empty page is no known ground.

        Ask before :meth:`record`. That another listing's walk met them proves nothing: the pages behind this one may
        hold links that only a killed walk of this listing would have found.
        """
        wanted = set(keys)
        with in_words(self._path):
            return bool(wanted) and self._one(_ON_GROUND, (walk, to_json(list(wanted)))) == len(wanted)

    def on_ground(self, keys: Iterable[str], walk: int) -> set[str]:
        """Those of ``keys`` that a finished walk of the same listing met."""
        with in_words(self._path):
            return {key for (key,) in self._db.execute(_MET, (walk, to_json(list(keys))))}

    def finish_walk(self, walk: int) -> None:
        """The walk reached the listing's end, or known ground: what it saw is known ground from now on."""
        with in_words(self._path):
            (finished_at,) = self._db.execute("SELECT finished_at FROM listings WHERE id = ?", (walk,)).fetchone()
            now = stamp(self._clock.now())
            if finished_at is not None and finished_at[:13] == now[:13] and not self._saw(walk):
                return  # a run without news writes nothing
            with transaction(self._db):
                self._db.execute("INSERT OR IGNORE INTO ground SELECT * FROM seen WHERE listing_id = ?", (walk,))
                self._db.execute("DELETE FROM seen WHERE listing_id = ?", (walk,))
                self._db.execute("UPDATE listings SET finished_at = ? WHERE id = ?", (now, walk))

    def finished(self, source: str, name: str) -> datetime | None:
        """When a walk of the listing was last finished, in UTC (true to the hour); None = never."""
        with in_words(self._path):
            query = "SELECT finished_at FROM listings WHERE source = ? AND name = ?"
            row = self._db.execute(query, (source, name)).fetchone()
        return unstamp(row[0]) if row and row[0] else None

    # -- inside --------------------------------------------------------------------------------------------------

    def _one(self, query: str, values: Sequence[Any]) -> Any:
        return self._db.execute(query, values).fetchone()[0]

    def _off_ground(self, walk: int, keys: str) -> list[int]:
        """Recorded links that neither this walk nor a finished one of its listing has met."""
        return [link_id for (link_id,) in self._db.execute(_OFF_GROUND, (walk, walk, keys))]

    def _listing(self, source: str, name: str) -> int | None:
        row = self._db.execute("SELECT id FROM listings WHERE source = ? AND name = ?", (source, name)).fetchone()
        return row[0] if row else None

    def _saw(self, walk: int) -> bool:
        return bool(self._one("SELECT EXISTS (SELECT 1 FROM seen WHERE listing_id = ?)", (walk,)))
