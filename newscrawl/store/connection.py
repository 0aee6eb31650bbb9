"""Opening the file, and SQLite's troubles told in words. All other modules of the store get their connection here."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from newscrawl.errors import StoreError, StoreTooNew, StoreUnwritable
from newscrawl.store.schema import APPLICATION_ID, PAGE_SIZE, VERSION

BUSY_SECONDS = 10.0
"""How long another program's lock is waited for. newscrawl's own transactions take milliseconds."""
PURGE_SECONDS = 300.0
"""How long a takedown that writes the file anew is waited for."""
CHECKPOINT_BYTES = 8 * 1024 * 1024
"""The WAL goes back into the file when it has grown to this."""
WAL_KEPT_BYTES = 64 * 1024 * 1024
"""A WAL that a long reader let grow is cut back to this at the next chance."""

_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "the disk is full; make room and run it again",
    sqlite3.SQLITE_READONLY: "it cannot be written; check the rights of the file and of its folder",
    sqlite3.SQLITE_BUSY: "another program has kept it locked; close that program's transaction and run it again",
    sqlite3.SQLITE_LOCKED: "another program has kept it locked; close that program's transaction and run it again",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write it",
    sqlite3.SQLITE_PERM: "access to it is denied; check the rights of the file and of its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened for writing; check the rights of the file and of its folder",
    sqlite3.SQLITE_NOLFS: "the file system does not take files that large",
}
_UNREADABLE = {
    sqlite3.SQLITE_NOTADB: "it is not an SQLite file",
    sqlite3.SQLITE_CORRUPT: "it is damaged; restore it from a backup",
}
_PRIMARY = 0xFF
"""An extended result code of SQLite holds the primary one in its last byte."""


@contextlib.contextmanager
def in_words(path: Path, what: str = "the store") -> Iterator[None]:
    """Turn what SQLite says about the file or the disk into a StoreError that names the file and ``what`` it is.

    Anything else SQLite raises (a wrong statement, a broken constraint) is a bug and passes through.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if problem := unwritable(error):
            raise StoreUnwritable(f"{what} {path}: {problem}") from error
        if (code := _code(error)) in _UNREADABLE:
            raise StoreError(f"{what} {path}: {_UNREADABLE[code]} ({error})") from error
        raise


def unwritable(error: sqlite3.DatabaseError) -> str | None:
    """Why a file could not be written, and what to do; None where that is not what the error says."""
    code = _code(error)
    return f"{_UNWRITABLE[code]} ({error})" if code in _UNWRITABLE else None


def _code(error: sqlite3.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that has the write lock from its start.

    A transaction that reads first and asks for the lock later is refused at once if another has it, whatever the
    timeout; one that begins IMMEDIATE waits. While a takedown writes the file anew it waits for longer.
    """
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection) -> None:
    end = time.monotonic() + PURGE_SECONDS
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end or not _is_purged(connection):
                raise
        else:
            return


def _is_purged(connection: sqlite3.Connection) -> bool:
    """Whether a takedown is going on (settled.PURGE), which takes some seconds per GB to write the file anew."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'settled'").fetchone()
    return bool(there and connection.execute("SELECT 1 FROM settled WHERE name = 'purge'").fetchone())


def open_for_writing(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """The store, made where there is none, migrated where it is older.

    Raises :class:`StoreTooNew`, :class:`StoreUnwritable`, or :class:`StoreError` for a file that is no store.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # a file, or a link that leads nowhere
        raise StoreUnwritable(f"the store {path}: its folder cannot be made ({error.filename} is no folder)") from error
    except OSError as error:
        raise StoreUnwritable(f"the store {path}: its folder cannot be made ({error.strerror})") from error
    with in_words(path):
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            _settle(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _settle(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # only a file that is still empty takes it
    _check(connection, path)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    # A commit survives the process, not a power cut; the file stays whole, and what a power cut takes back is fetched
    # again, since its links are open again in the same breath.
    connection.execute("PRAGMA synchronous = NORMAL")
    page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_BYTES // page_size}")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
    if _version(connection) != VERSION:
        _migrate(connection, path)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    from newscrawl.store.migrations import migrate  # takes a tenth of a second to import; most openings need none

    with transaction(connection):
        _check(connection, path)  # again, now that nobody else can write: another process may have been first
        if _version(connection) != VERSION:
            migrate(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """The store, read-only. It writes nothing, but SQLite needs the folder writable while the store is live (WAL).

    Raises :class:`StoreError` where there is no file, or none of this version's.
    """
    try:
        there = path.exists()
    except OSError as error:  # a folder that may not be entered, a name too long
        raise StoreError(f"the store {path} cannot be reached ({error.strerror})") from error
    if not there:
        raise StoreError(f"there is no store at {path}; a crawl makes it, NEWSCRAWL_DB names it")
    try:
        connection = sqlite3.connect(
            f"file:{quote(bytes(path.absolute()))}?mode=ro", timeout=BUSY_SECONDS, isolation_level=None, uri=True
        )
        try:
            _check(connection, path)
            if _version(connection) < VERSION:
                raise StoreError(f"the store {path} is of an older version; a crawl brings it up to date")
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        advice = "restore it from a backup"
        if _code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            advice = (
                "a live store is read only by who may write to its folder, all others read a copy of it "
                "(`scrapy snapshot`, NEWSCRAWL_SNAPSHOT)"
            )
        raise StoreError(f"the store {path} cannot be read ({error}); {advice}") from error
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a later version's file, and another program's."""
    version = _version(connection)
    if version > VERSION:
        raise StoreTooNew(
            f"the store {path} is of version {version}, this newscrawl knows {VERSION}; install the newer newscrawl"
        )
    # The tables first: another process may make the store between the two, and both come with one commit.
    made = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if made and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(f"{path} is an SQLite file, but no newscrawl store; name another file in NEWSCRAWL_DB")
