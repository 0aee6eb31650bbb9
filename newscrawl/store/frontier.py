# ruff: noqa: S608  SQL made of this folder's constants only
"""The frontier: every article link ever found, what is still to be asked, and which listings were walked to their end.

A link is committed here before it is fetched and closed in the transaction that stores what came of it, so a run killed
at any moment loses none. A walk of a listing may stop early on *known ground*: links all of which an earlier walk of
the same listing met and *finished* after. A killed walk finishes nothing, so the next one goes past what it saw.

There are lanes, so that runs go side by side. What a backfill finds is its own to ask, unless a fresh run meets it in a
listing or it fails. What a start address (``crawl feed -a url=``) finds is its own for good, failures and rechecks too,
but that a named source's fresh run takes over all that it meets, its backfill what is still to be asked, and another
start address likewise, each when it is about to ask it: a trial run takes no more than it asks. All else is the fresh
runs' of its source; on a site that no source knows there are none, and the start address that meets it keeps it.

What says ``run`` is the name of one: a source's slug, or 'feed:example.com/rss.xml'.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from attrs import evolve, frozen

from newscrawl.clock import Clock, stamp, unstamp
from newscrawl.errors import Reason
from newscrawl.items import Capture, Link, Printed
from newscrawl.store import copies
from newscrawl.store.connection import BUSY_SECONDS, in_words, open_for_writing, transaction
from newscrawl.store.copies import Original
from newscrawl.store.due import Outcome, Standing, State, last_check
from newscrawl.store.links import AGAIN, BACKFILL, STANDING, Answer, again_at, settle, standing, whose
from newscrawl.store.rows import capture, moment, text, to_json
from newscrawl.store.walks import Validators, Walks

__all__ = ["BACKFILL", "Again", "Frontier", "Original", "Standing", "State", "Validators"]

_RECORD = """
    INSERT OR IGNORE INTO links (key, source, url, found_in, headline, section, time_at, time_local, time_raw, summary,
        state, attempts, due_at, found_at, lane)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 0, ?, ?, ?)"""
_FAILED = """
    SELECT key, url FROM links
    WHERE key IN (SELECT value FROM json_each(?)) AND state = 'open' AND reason IS NOT NULL"""
_CAPTURED = """
    INSERT INTO captures (key, position, url, file, "offset", length, fetched_at) VALUES (?, ?, ?, ?, ?, ?, ?)"""
_RESPELL = "UPDATE links SET url = ?, reason = NULL WHERE key = ?"
_OF_OTHERS = f"""
    key IN (SELECT value FROM json_each(:keys)) AND lane IS NOT :lane AND CASE
        WHEN :lane IS NULL THEN NOT instr(source, '.')
        WHEN :lane = '{BACKFILL}' THEN lane IS NOT NULL AND state = 'open'
        ELSE lane IS NULL AND instr(source, '.') END"""
"""Links that a run takes over when it meets them. A slug has no dot: what has one is a site that no source knows."""
_LEFT = f"SELECT key FROM links WHERE {_OF_OTHERS}"
_TAKE_OVER = f"UPDATE links SET lane = :lane WHERE {_OF_OTHERS}"
_MET = """
    SELECT id FROM links
    WHERE key IN (SELECT value FROM json_each(:keys)) AND state = 'open' AND lane IS NOT NULL AND lane IS NOT :lane"""
HINTED = "id, source, key, url, found_in, headline, section, time_at, time_local, time_raw, summary"
"""The columns of links that :func:`link_of` takes."""
_LINK = f"SELECT {HINTED} FROM links WHERE key = ?"
_STILL_OPEN = "SELECT key FROM links WHERE key IN (SELECT value FROM json_each(?)) AND state = 'open' ORDER BY id"
_IS_LEFT = "SELECT 1 FROM links WHERE key = ? AND state = 'open' AND lane IS ?"
_KNOWN = "SELECT key FROM links WHERE key IN (SELECT value FROM json_each(?))"
_DUE = f"""
    SELECT {HINTED} FROM links
    WHERE {{whose}} AND state = 'open' AND lane IS :lane AND due_at <= :now AND id > :after ORDER BY id LIMIT :limit"""
_MET_DUE = f"""
    SELECT {HINTED} FROM links
    WHERE id IN (SELECT value FROM json_each(:ids)) AND state = 'open' AND lane IS NOT NULL AND lane IS NOT :lane
        AND due_at <= :now
    ORDER BY id LIMIT :limit"""
_TAKE = "UPDATE links SET lane = ? WHERE id = ?"
_AGAIN = f"""
    SELECT {HINTED}, etag, last_modified, {STANDING} FROM links
    WHERE {{whose}} AND id > :after AND {AGAIN}
    ORDER BY id LIMIT :limit"""
_ALL_FRESH = f"""
    SELECT {HINTED}, etag, last_modified, {STANDING} FROM links
    WHERE {{whose}} AND id > :after
        AND (state = 'stored' AND anchor_at > :fresh OR state IN ('stored', 'gone') AND gone_at IS NOT NULL
            AND due_at > :stale AND due_at <= :now)
    ORDER BY id LIMIT :limit"""
_ONE = f"""
    SELECT {HINTED}, etag, last_modified, {STANDING} FROM links
    WHERE key = ? AND state IN ('stored', 'gone')"""
_STORED = """
    SELECT url FROM links WHERE key IN (SELECT value FROM json_each(?)) AND state IN ('stored', 'gone')"""
_COUNT_OPEN = "SELECT count(*) FROM links WHERE {whose} AND state = 'open'"
UNASKED = "pages of such addresses were no articles"
"""The detail of links that were closed unasked for what was learnt."""
MEMORY = timedelta(days=14)
"""What a page was rejected for tells of its like for so long: a site may have had a bad day."""
_SETTLED = f"""
    SELECT url, CASE state WHEN 'rejected' THEN reason END FROM links
    WHERE lane = :run AND (state IN ('stored', 'gone')
        OR state = 'rejected' AND settled_at > :since AND detail IS NOT '{UNASKED}')
    ORDER BY id DESC LIMIT :limit"""
_UNASKED = f"""
    SELECT key FROM links
    WHERE key IN (SELECT value FROM json_each(?)) AND state = 'rejected' AND detail = '{UNASKED}'"""
_OPEN_AGAIN = """
    UPDATE links SET state = 'open', reason = NULL, detail = NULL, settled_at = NULL, due_at = ?, lane = ?
    WHERE key = ?"""


@frozen(kw_only=True)
class Again:
    """A link whose article is stored and that is to be asked again."""

    link: Link
    shown: bool
    """False: it has vanished and is hidden; it is asked whether it is back."""
    etag: str | None
    """To be asked with; None where it is to be asked in full."""
    last_modified: str | None


class Frontier(Walks):
    """Opens the store at ``path`` for writing, making it where there is none. For one thread.

    Every method is a transaction of its own, committed when it returns, and leaves no cursor open. Raises
    :class:`~newscrawl.errors.StoreUnwritable` where the store cannot be written.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock | None = None,
        *,
        recheck: timedelta = timedelta(),
        lane: str | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        """``recheck`` is NEWSCRAWL_RECHECK_HOURS; ``lane`` is whose links are recorded and due: BACKFILL, the name of a
        start address, None = a source's fresh run."""
        super().__init__(open_for_writing(path, busy_seconds=busy_seconds), path, clock or Clock())
        self._recheck = recheck
        self._lane = lane
        self._met: set[int] = set()
        """Of a start address: other lanes' open links that were met, and are taken over when they are to be asked."""

    @property
    def lane(self) -> str | None:
        return self._lane

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    # -- links ---------------------------------------------------------------------------------------------------

    def record(self, links: Sequence[Link], walk: int | None = None) -> tuple[Link, ...]:
        """Keep the links that are new, open and due at once, and return them in their order.

        With ``walk``, all of ``links`` count as seen by it. A link that failed and is now spelt another way is asked
        there when it is due again; one of another lane is taken over where that may be. Where nothing is new, nothing
        is written.
        """
        by_key = {link.key: link for link in reversed(links)}  # the first of two with one key stays
        keys = to_json(list(by_key))
        with in_words(self._path):
            failed = self._db.execute(_FAILED, (keys,)).fetchall()
            respelt = [(by_key[key].url, key) for key, url in failed if by_key[key].url != url]
            seen_before = walk is None or not self._off_ground(walk, keys)
            mine = {"keys": keys, "lane": self._lane}
            left = self._db.execute(_LEFT, mine).fetchall()
            if self._lane not in (None, BACKFILL):
                self._met.update(met for (met,) in self._db.execute(_MET, mine))
            if not respelt and not left and seen_before and self._recorded(keys) == by_key.keys():
                return ()
            with transaction(self._db):
                self._db.executemany(_RESPELL, respelt)
                if left:
                    self._db.execute(_TAKE_OVER, mine)
                known = self._recorded(keys)
                new = tuple(link for link in links if link.key not in known and by_key[link.key] is link)
                now = stamp(self._clock.now())
                self._db.executemany(_RECORD, [(*_columns(link), now, now, self._lane) for link in new])
                if walk is not None:
                    seen = [(walk, link_id) for link_id in self._off_ground(walk, keys)]
                    self._db.executemany("INSERT INTO seen (listing_id, link_id) VALUES (?, ?)", seen)
        return new

    def due(self, run: str, *, limit: int, after: int = 0) -> tuple[tuple[Link, ...], int]:
        """At most ``limit`` open links of ``run`` that are due, in the order they were found, and a cursor; when there
        are none, those that it met and takes over now.

        The cursor is the next call's ``after``, so that one run is given each link once. () = there is no more.
        """
        with in_words(self._path):
            now = stamp(self._clock.now())
            due = {"run": run, "lane": self._lane, "now": now, "after": after, "limit": limit}
            rows = self._db.execute(_DUE.format(whose=whose(run)), due).fetchall()
            if not rows and self._met:
                rows = self._taken(now, limit)
        return tuple(link_of(row) for row in rows), max(after, *(row[0] for row in rows)) if rows else after

    def _taken(self, now: str, limit: int) -> list[tuple[Any, ...]]:
        met = {"ids": to_json(list(self._met)), "lane": self._lane, "now": now, "limit": limit}
        with transaction(self._db):
            rows = self._db.execute(_MET_DUE, met).fetchall()
            self._db.executemany(_TAKE, [(self._lane, row[0]) for row in rows])
        self._met = self._met.difference(row[0] for row in rows) if rows else set()
        return rows

    def again(self, run: str, *, limit: int, after: int = 0, now: bool = False) -> tuple[tuple[Again, ...], int]:
        """At most ``limit`` links of ``run`` whose articles are stored and are to be asked again, and a cursor.

        Those that are due and within the hours of rechecks, and those that have vanished; with ``now``, every one
        within the hours, in full.
        """
        moment = self._clock.now()
        about = {"run": run, "after": after, "limit": limit, **again_at(moment, self._recheck)}
        with in_words(self._path):
            rows = self._db.execute((_ALL_FRESH if now else _AGAIN).format(whose=whose(run)), about).fetchall()
        found = tuple(self._asked_again(row, moment, in_full=now) for row in rows)
        return found, rows[-1][0] if rows else after

    def _asked_again(self, row: tuple[Any, ...], now: datetime, *, in_full: bool) -> Again:
        hinted, (etag, last_modified), state = row[:11], row[11:13], standing(row[13:], self._recheck)
        shown = state.state is State.STORED
        in_full = in_full or not shown or state.gone_at is not None or last_check(state, now)
        told = {"etag": None if in_full else etag, "last_modified": None if in_full else last_modified}
        return Again(link=link_of(hinted), shown=shown, **told)

    def stored(self, key: str) -> Again | None:
        """A link whose article is stored, to be asked in full; None where it is none."""
        with in_words(self._path):
            row = self._db.execute(_ONE, (key,)).fetchone()
        return self._asked_again(row, self._clock.now(), in_full=True) if row else None

    def unchanged(self, key: str) -> None:
        """The server said that the page of a stored article is the one that was read last (304)."""
        with in_words(self._path), transaction(self._db):
            settle(self._db, [Answer(key=key, outcome=Outcome.STORED)], self._clock.now(), self._recheck)

    def failed(self, key: str, word: str, detail: str = "", captures: Iterable[Capture] = ()) -> Standing | None:
        """Note that a link's page could not be had, and the records of what could. Returns where the link stands now;
        None for what is no link."""
        with in_words(self._path), transaction(self._db):
            noted = [(key, *row.values()) for row in (capture(record, n) for n, record in enumerate(captures, 1))]
            self._db.executemany(_CAPTURED, noted)
            answer = Answer(key=key, outcome=Outcome.FAILED, reason=word, detail=detail)
            standings = settle(self._db, [answer], self._clock.now(), self._recheck)
        return standings.get(key)

    def rejected(self, keys: Iterable[str], reason: Reason, detail: str = "") -> None:
        """Close links of which something else than their pages says that they are no articles."""
        none = Answer(key="", outcome=Outcome.REJECTED, reason=reason.value, detail=detail)
        with in_words(self._path), transaction(self._db):
            answers = [evolve(none, key=key) for key in keys]
            settle(self._db, answers, self._clock.now(), self._recheck)

    def link(self, key: str) -> Link | None:
        """The link as it was recorded, with its hints."""
        with in_words(self._path):
            row = self._db.execute(_LINK, (key,)).fetchone()
        return link_of(row) if row else None

    def original(self, key: str) -> Original:
        """What is known of an address that a page names as its own, or has moved to."""
        with in_words(self._path):
            return copies.originals(self._db, [key])[0]

    def copies_of(self, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Key and address of the links that were turned away as copies of ``keys``."""
        with in_words(self._path):
            return copies.copies_of(self._db, keys)

    def open_again(self, keys: Iterable[str]) -> None:
        """Copies that are none after all are to be asked at once."""
        with in_words(self._path), transaction(self._db):
            copies.open_again(self._db, keys, stamp(self._clock.now()))

    def still_open(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of ``keys`` that are open, in the order they were found."""
        with in_words(self._path):
            return tuple(key for (key,) in self._db.execute(_STILL_OPEN, (to_json(list(keys)),)))

    def is_left(self, key: str) -> bool:
        """Whether a link is still open and of this lane: another run may have taken it over."""
        with in_words(self._path):
            return bool(self._db.execute(_IS_LEFT, (key, self._lane)).fetchone())

    def count_open(self, run: str) -> int:
        """How many links of ``run`` are open, those that are to be asked later and those that it met among them."""
        with in_words(self._path):
            own = self._db.execute(_COUNT_OPEN.format(whose=whose(run)), {"run": run}).fetchone()[0]
        return int(own) + len(self._met)

    def stored_among(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The addresses of those of ``keys`` whose articles are stored, whoever found them."""
        with in_words(self._path):
            return tuple(url for (url,) in self._db.execute(_STORED, (to_json(list(keys)),)))

    def settled(self, run: str, limit: int) -> tuple[tuple[str, str | None], ...]:
        """The addresses of the start address's last ``limit`` links that were asked and of which it is known what they
        are, the latest first, each with the word why it is no article, None where it is one."""
        about = {"run": run, "since": stamp(self._clock.now() - MEMORY), "limit": limit}
        with in_words(self._path):
            return tuple(self._db.execute(_SETTLED, about).fetchall())

    def reconsider(self, keys: Iterable[str]) -> None:
        """Open those of ``keys`` again that were closed unasked (UNASKED), in this lane."""
        with in_words(self._path):
            closed = self._db.execute(_UNASKED, (to_json(list(keys)),)).fetchall()
            if closed:
                with transaction(self._db):
                    now = stamp(self._clock.now())
                    self._db.executemany(_OPEN_AGAIN, [(now, self._lane, key) for (key,) in closed])

    def _recorded(self, keys: str) -> set[str]:
        return {key for (key,) in self._db.execute(_KNOWN, (keys,))}


def _columns(link: Link) -> tuple[str | None, ...]:
    """As _RECORD takes them."""
    time = link.time
    hints = (text(link.headline), text(link.section))
    printed = (moment(time), time.local, text(time.raw)) if time else (None, None, None)
    return (link.key, link.source, link.url, link.found_in, *hints, *printed, text(link.summary))


def link_of(row: sqlite3.Row | tuple[Any, ...]) -> Link:
    """Of the columns HINTED names."""
    _, source, key, url, found_in, headline, section, at, local, raw, summary = row
    time = Printed(at=unstamp(at), local=local, raw=raw or "") if at else None
    hints = {"headline": headline, "section": section, "time": time, "summary": summary}
    return Link(source=source, key=key, url=url, found_in=found_in, **hints)
