"""Writes articles, rejections and failures to the store, many in one transaction, and keeps the ledger of runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from attrs import astuple, fields, frozen

from newscrawl.clock import Clock, stamp
from newscrawl.errors import Reason, StoreError
from newscrawl.items import Article, Capture
from newscrawl.store.batch import Batch
from newscrawl.store.connection import BUSY_SECONDS, in_words, open_for_writing, transaction
from newscrawl.store.events import Event, Failure, Gone, Read, Rejection, Tally
from newscrawl.store.rows import text, to_json
from newscrawl.store.settled import begin_with
from newscrawl.terms import Policy

BATCH = 50
"""Events in one transaction. benchmarks/store.py: more gain little, and the caller waits as long as a batch takes."""
SECONDS = 2.0
"""How old the first event of a batch may get."""

COUNTED = ("listings", "links", "known", "fetched", "added", "revised", "unchanged", "requests", "bytes", "seconds")
COUNTED_BY_WORD = ("rejected", "missing", "errors", "sample")

_CRASHED = """
    UPDATE ledger SET outcome = 'crashed', finished_at = ?
    WHERE source = ? AND finished_at IS NULL AND (kind = 'backfill') = (? = 'backfill')"""


@frozen(kw_only=True)
class Publisher:
    """What the store says of a source."""

    slug: str
    name: str
    """As readers are shown it: 中国新闻网."""
    home: str | None = None
    language: str | None = None
    feed: str | None = None
    """Address of its own feed."""


def migrate(path: Path) -> None:
    """Bring the shape of an older store up to today's; a store that is missing is made.

    Raises as :func:`~newscrawl.store.connection.open_for_writing`.
    """
    open_for_writing(path).close()


class Writer:
    """Writes articles. A flush keeps all that is buffered, or nothing; it comes by itself by count and by time.

    ``sources`` are the publishers that are known, ``policy`` says what of them may be shown (none: all that their pages
    allow), ``recheck`` is NEWSCRAWL_RECHECK_HOURS (none: nothing is asked again).
    ``before_commit`` is called inside each transaction that has something to keep, just before it commits: the archive
    makes its records safe there. What it raises undoes the transaction.
    Every method raises :class:`~newscrawl.errors.StoreUnwritable` where the store (or ``before_commit``, which raises
    it then) cannot write; what was buffered stays buffered. Any other exception is a bug: each buffered event is then
    written for itself, what fails is dropped with its link open, and the bugs are raised as an ExceptionGroup.
    For one thread.
    """

    def __init__(
        self,
        path: Path,
        *,
        sources: Iterable[Publisher] = (),
        policy: Policy | None = None,
        recheck: timedelta = timedelta(),
        clock: Clock | None = None,
        before_commit: Callable[[], None] | None = None,
        batch: int = BATCH,
        seconds: float = SECONDS,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self._path = path
        self._recheck = recheck
        self._clock = clock or Clock()
        self._before_commit = before_commit
        self._batch = batch
        self._seconds = seconds
        self._buffer: list[Event] = []
        self._since = 0.0
        self.tally = Tally()
        """What became of everything flushed so far."""
        self._db = open_for_writing(path, busy_seconds=busy_seconds)
        self._policy = policy or Policy(reprint={}, outlets={})
        self._introduce(sources)
        with in_words(path):
            begin_with(self._db, self._policy)

    # -- articles ------------------------------------------------------------------------------------------------

    def add(self, article: Article, *, reread: bool = False, over: int | None = None, weaker: bool = False) -> None:
        """Keep an article as it is: new, revised, or not at all where it is unchanged, a duplicate or withdrawn. Its
        link is closed with it.

        ``reread``: it is an archived page of an article that is stored, read by today's code; it says nothing of the
        link, and its revision is of origin 'reread'. ``over`` is then the number of the revision it was compared with
        (nothing is kept where another has come since), and with ``weaker`` what a weaker hand answers is taken too.
        """
        self._take(Read(article=article, reread=reread, over=over, weaker=weaker))

    def reject(
        self,
        key: str,
        reason: Reason,
        detail: str = "",
        captures: tuple[Capture, ...] = (),
        *,
        same_as: str | None = None,
    ) -> None:
        """Close a link whose page is no article. ``captures`` are its records in the archive; ``same_as`` is of a copy
        the key of its original: where nothing comes of that one, the copy is asked again."""
        self._take(Rejection(key=key, reason=reason, detail=detail, captures=captures, same_as=same_as))

    def fail(self, key: str, word: str, detail: str = "", captures: tuple[Capture, ...] = ()) -> None:
        """Say that a link's page could not be had, or not be used: it is asked again later, or given up."""
        self._take(Failure(key=key, word=word, detail=detail, captures=captures))

    def gone(self, key: str, reason: Reason, captures: tuple[Capture, ...] = ()) -> None:
        """The publisher says that an article which is kept is not there: the second time, hours after the first, it is
        hidden, until it is read again."""
        self._take(Gone(key=key, reason=reason, captures=captures))

    def tick(self) -> None:
        """Flush if the first buffered event has waited long enough. For a caller's timer."""
        if self._buffer and time.monotonic() - self._since >= self._seconds:
            self.flush()

    def flush(self) -> Tally:
        """Write all that is buffered in one transaction, and say what became of it."""
        if not self._buffer:
            return Tally()
        try:
            tally = self._write(self._buffer)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - a bug in one event: raised below, after the others are written
            return self._write_one_by_one()
        self._buffer = []
        self.tally += tally
        return tally

    def _write(self, events: Sequence[Event]) -> Tally:
        with in_words(self._path), transaction(self._db):
            tally = Batch(self._db, self._policy, self._recheck, self._clock.now()).run(events)
            if self._before_commit is not None:
                self._before_commit()
        return tally

    def _write_one_by_one(self) -> Tally:
        """After a batch failed by a bug: every event for itself.

        Those that fail are dropped (their links stay open) and raised together as an ExceptionGroup; where the store
        itself fails on the way, they are that error's cause.
        """
        bugs: list[Exception] = []
        total = Tally()
        while self._buffer:
            try:
                tally = self._write(self._buffer[:1])
            except StoreError as failure:
                raise failure from (self._group(bugs) if bugs else failure.__cause__)
            except Exception as bug:  # noqa: BLE001 - raised below
                bugs.append(bug)
            else:
                self.tally += tally
                total += tally
            del self._buffer[0]
        if bugs:
            raise self._group(bugs)
        return total

    def _group(self, bugs: Sequence[Exception]) -> ExceptionGroup[Exception]:
        return ExceptionGroup(f"the store {self._path}: a bug; pages that could not be written: {len(bugs)}", bugs)

    def hurry(self) -> None:
        """Wait for another program's lock no longer than a second: it has been waited for already."""
        self._db.execute("PRAGMA busy_timeout = 1000")

    def close(self) -> None:
        """Flush and close the file; it is closed even where the flush fails."""
        try:
            self.flush()
        finally:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def _take(self, event: Event) -> None:
        if not self._buffer:
            self._since = time.monotonic()
        self._buffer.append(event)
        if len(self._buffer) >= self._batch:
            self.flush()
        else:
            self.tick()

    # -- the ledger ----------------------------------------------------------------------------------------------

    def open_run(self, source: str, kind: str = "whole") -> int:
        """A row for a run that begins now; ``kind`` is 'whole', 'part' or 'backfill'. Returns its id.

        To be called under the lock of the source (a backfill has its own): a run under that lock which still stands
        open was killed, and is closed as crashed, with what counts it has and without an exit code.
        """
        now = stamp(self._clock.now())
        with in_words(self._path), transaction(self._db):
            self._db.execute(_CRASHED, (now, source, kind))
            row = (source, now, kind)
            run_id = self._db.execute("INSERT INTO ledger (source, started_at, kind) VALUES (?, ?, ?)", row).lastrowid
        assert run_id is not None
        return run_id

    def close_run(self, run_id: int, outcome: str, exit_code: int, counts: Mapping[str, Any]) -> None:
        """Write how a run ended.

        ``counts`` are columns of the view ``runs``: numbers (0 where left out), and mappings of word to number for
        ``rejected``, ``missing``, ``errors`` and ``sample`` (:attr:`Tally.sample`). ``seconds`` is taken from the clock
        where left out. ValueError for a name the ledger does not have.
        """
        if unknown := set(counts) - {*COUNTED, *COUNTED_BY_WORD}:
            raise ValueError(f"the ledger has no column {', '.join(sorted(unknown))}")
        now = self._clock.now()
        values: dict[str, Any] = {name: counts.get(name, 0) for name in COUNTED}
        values |= {name: to_json(dict(counts.get(name, {}))) for name in COUNTED_BY_WORD}
        values |= {"finished_at": stamp(now), "outcome": text(outcome), "exit_code": exit_code}
        values["seconds"] = counts.get("seconds")
        assignments = ", ".join(f"{name} = :{name}" for name in values if name != "seconds")
        with in_words(self._path), transaction(self._db):
            self._db.execute(
                f"UPDATE ledger SET {assignments}, seconds = coalesce(:seconds, "  # noqa: S608  names given above
                "strftime('%s', :finished_at) - strftime('%s', started_at)) WHERE id = :id",
                {**values, "id": run_id},
            )

    def _introduce(self, sources: Iterable[Publisher]) -> None:
        """Write the publishers' names where they are not there yet. A run without news writes nothing."""
        names = ", ".join(field.name for field in fields(Publisher))
        wanted = {astuple(source) for source in sources}
        with in_words(self._path):
            new = wanted - set(self._db.execute(f"SELECT {names} FROM sources"))  # noqa: S608  names of the class
            if new:
                insert = f"INSERT OR REPLACE INTO sources ({names}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608
                with transaction(self._db):
                    self._db.executemany(insert, sorted(new, key=str))
