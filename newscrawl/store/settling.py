"""Bringing the store up to date with what is set today: the reprint policy, the site, embargoes whose time has come,
the sources that are known, and topics and stories that older code made.

Every command does it before it reads or writes, so that a change of NEWSCRAWL_REPRINT counts for what is stored at the
next command. Where there is nothing to do nothing is written and four short questions are asked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from newscrawl import topics
from newscrawl.clock import Clock, stamp
from newscrawl.options import Site
from newscrawl.store.adopting import Adoption, Owners
from newscrawl.store.connection import BUSY_SECONDS, in_words, open_for_reading, open_for_writing, transaction
from newscrawl.store.kept import Kept, embargo_until, kept_by_id
from newscrawl.store.settled import (
    BEHIND,
    COPY,
    POLICY,
    PURGED,
    SOURCES,
    TOPICS,
    new_mark,
    note_policy,
    replace,
    settle,
    settled,
)
from newscrawl.store.tables import Tables
from newscrawl.terms import Policy, terms

ROUNDS = 3
CHUNK = 100
"""Articles in one transaction: some tens of milliseconds, so that a crawl beside it is not kept waiting."""

_DUE = "SELECT id FROM articles WHERE embargo_until <= ? ORDER BY +id LIMIT ?"
_TERMS = """
    SELECT a.id, a.source, a.reprint, a.noindex, a.embargo_until, r.credit, r.robots, r.published_at, r.embargo_at
    FROM articles AS a
    JOIN revisions AS r ON r.id = a.revision_id WHERE a.id > ? AND a.state <> 'withdrawn' ORDER BY a.id LIMIT ?"""
_NEXT = "SELECT id FROM articles WHERE id > ? AND revision_id IS NOT NULL AND state <> 'withdrawn' ORDER BY id LIMIT ?"


@frozen(kw_only=True)
class Settled:
    """What was done."""

    policy: int = 0
    """Articles whose terms another policy has changed."""
    released: int = 0
    """Articles whose embargo is over."""
    topics: int = 0
    """Articles whose topics and story newer code has found."""
    adopted: int = 0
    """Articles that have a source now, and had only a host."""

    def __bool__(self) -> bool:
        return bool(self.policy or self.released or self.topics or self.adopted)


class Settling:
    """What the store at ``path`` is to be brought up to date with. Without ``owners`` nothing gets another source.
    ``say`` hears of what takes long."""

    def __init__(
        self,
        path: Path,
        policy: Policy,
        site: Site,
        clock: Clock,
        *,
        owners: Owners | None = None,
        say: Callable[[str], None] = lambda _: None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.is_of_copy = False
        """Known once :meth:`settle` was called."""
        self._path = path
        self._policy = policy
        self._wanted = {POLICY: policy.fingerprint, TOPICS: str(topics.VERSION), **_of(site)}
        self._owners = owners
        if owners is not None:
            self._wanted[SOURCES] = owners.fingerprint
        self._clock = clock
        self._say = say
        self._busy_seconds = busy_seconds

    def settle(self, *, of_policy: bool = True) -> Settled:
        """Do what there is to do; without ``of_policy`` the terms stay as they are, whoever has set them.

        Each chunk is a transaction; killed in between, the next command goes on. A copy of a store (it has no WAL)
        stays as it is. Raises StoreError where there is no store or none of this version, StoreUnwritable where it
        cannot be written.
        """
        with in_words(self._path):
            reading = open_for_reading(self._path)
            try:
                self.is_of_copy = is_copy(reading)
                if self.is_of_copy or not self._asked_for(reading, of_policy):
                    return Settled()
            finally:
                reading.close()
            db = open_for_writing(self._path, busy_seconds=self._busy_seconds)
            try:
                return self._settled(db, of_policy)
            finally:
                db.close()

    def _asked_for(self, db: sqlite3.Connection, of_policy: bool) -> bool:
        now, wanted = stamp(self._clock.now()), dict(self._wanted)
        if not of_policy:
            del wanted[POLICY]
        return not wanted.items() <= settled(db).items() or bool(db.execute(_DUE, (now, 1)).fetchall())

    def _settled(self, db: sqlite3.Connection, of_policy: bool) -> Settled:
        done = settled(db)
        adopted = self._adopt(db) if done.get(SOURCES) != self._wanted.get(SOURCES) else 0
        changed = 0
        if of_policy and done.get(POLICY) != self._wanted[POLICY]:
            changed = self._put_on_terms(db)
        released = self._release(db)
        if site := {name: value for name, value in self._wanted.items() if done.get(name) != value and "." in name}:
            with transaction(db):
                settle(db, site)
        found = self._find_topics(db, done.get(TOPICS, "")) if done.get(TOPICS) != self._wanted[TOPICS] else 0
        return Settled(policy=changed, released=released, topics=found, adopted=adopted)

    def _adopt(self, db: sqlite3.Connection) -> int:
        if self._owners is None:
            return 0
        adopted = Adoption(db, self._owners, self._policy, self._clock).run()
        with transaction(db):
            settle(db, {SOURCES: self._owners.fingerprint})
        return adopted

    # -- terms ---------------------------------------------------------------------------------------------------

    def _put_on_terms(self, db: sqlite3.Connection) -> int:
        """Where a crawl with another policy writes meanwhile (:func:`~newscrawl.store.settled.note_policy`), all are
        gone through again; where it does not stop, by the next command."""
        total, fingerprint = 0, self._policy.fingerprint
        for _ in range(ROUNDS):
            mark = f"{fingerprint} {new_mark()}"
            with transaction(db):
                settle(db, {POLICY: mark})
            for rows in _chunks(lambda after: db.execute(_TERMS, (after, CHUNK)).fetchall()):
                other = [row[0] for row in rows if self._differ(*row[1:])]
                if other:
                    total += self._change(db, other)
            with transaction(db):
                if replace(db, POLICY, mark, fingerprint):
                    break
        return total

    def _differ(
        self, source: str, mode: str, noindex: int, until: str | None, credit: str | None, robots: str, *stated: str
    ) -> bool:
        on = terms(self._policy, source=source, credit=credit, robots=json.loads(robots))
        embargo = embargo_until(stated, self._clock.now())
        return (mode, noindex, until) != (on.mode, int(on.noindex), embargo)

    def _release(self, db: sqlite3.Connection) -> int:
        total = 0
        while due := [article_id for (article_id,) in db.execute(_DUE, (stamp(self._clock.now()), CHUNK))]:
            total += self._change(db, due, origin="publisher")
        return total

    def _change(self, db: sqlite3.Connection, ids: Iterable[int], origin: str = "operator") -> int:
        """Put articles on today's terms, and tell their readers."""
        now = self._clock.now()
        with transaction(db):
            out = Tables(db, stamp(now))
            touched = kept_by_id(db, ids)
            for kept in touched:
                before = kept.shown
                kept.put_on_terms(self._policy, now)
                if (after := kept.shown) != before:
                    out.tell(kept, before, origin)
                kept.touched = after != before
            out.write(touched)
            note_policy(db, self._policy)
            if any(kept.touched for kept in touched) and settled(db).get(COPY) != PURGED:
                settle(db, {COPY: BEHIND})
        return sum(kept.touched for kept in touched)

    # -- topics and stories --------------------------------------------------------------------------------------

    def _find_topics(self, db: sqlite3.Connection, done: str) -> int:
        version, _, at = done.partition(" ")
        if version != self._wanted[TOPICS] or not at:
            with transaction(db):
                db.execute("DELETE FROM bands")
                settle(db, {TOPICS: f"{self._wanted[TOPICS]} 0"})
            at = "0"
        (count,) = db.execute(
            "SELECT count(*) FROM articles WHERE id > ? AND revision_id IS NOT NULL", (at,)
        ).fetchone()
        if count > CHUNK:
            self._say(f"topics and stories of {count} stored articles are found anew; it takes a few milliseconds each")
        total = 0
        for rows in _chunks(lambda after: db.execute(_NEXT, (after, CHUNK)).fetchall(), int(at)):
            now: datetime = self._clock.now()
            with transaction(db):
                out = Tables(db, stamp(now))
                found = sorted(kept_by_id(db, [row[0] for row in rows]), key=lambda kept: kept.id)
                for kept in found:
                    kept.before = {}
                out.write_about([kept for kept in found if _is_kept(kept)], "reread")
                out.write_changes()
                settle(db, {TOPICS: f"{self._wanted[TOPICS]} {rows[-1][0]}"})
            total += len(found)
        with transaction(db):
            settle(db, {TOPICS: self._wanted[TOPICS]})
        return total


def copy_of(path: Path) -> str | None:
    """settled.BEHIND or PURGED, where the readers' copy has to be made anew; else None."""
    with in_words(path):
        db = open_for_reading(path)
        try:
            return settled(db).get(COPY)
        finally:
            db.close()


def copied(path: Path) -> None:
    """The readers' copy was made anew."""
    with in_words(path):
        db = open_for_writing(path)
        try:
            with transaction(db):
                db.execute("DELETE FROM settled WHERE name = ?", (COPY,))
        finally:
            db.close()


def is_copy(connection: sqlite3.Connection) -> bool:
    """Whether the file is no live store but a copy of one (:mod:`newscrawl.store.snapshot`)."""
    return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal")


def _is_kept(kept: Kept) -> bool:
    return bool(kept.columns) and kept.state != "withdrawn"


def _of(site: Site) -> dict[str, str]:
    told = {"name": site.name, "base": site.base, "handle": site.handle, "language": site.language}
    return {f"site.{name}": value for name, value in {**told, "contact": site.contact}.items()}


def _chunks(ask: Callable[[int], list[tuple[Any, ...]]], after: int = 0) -> Iterator[list[tuple[Any, ...]]]:
    """Chunk after chunk of rows that begin with a rising id."""
    while rows := ask(after):
        yield rows
        after = rows[-1][0]
