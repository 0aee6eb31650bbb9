"""A copy of the store for those who may not open the live file: one file, no WAL, put in place whole.

SQLite writes it (VACUUM INTO) beside its place while crawls go on, and it is renamed when it is on the disk: at the
place of the copy there is at every moment the whole old one or the whole new one. One copy at a time is made of a
place; what a killed one left is taken away by the next.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import frozen

from newscrawl.errors import BadOption, StoreError, StoreUnwritable
from newscrawl.store.connection import in_words, open_for_reading, unwritable
from newscrawl.store.reader import Reader
from newscrawl.store.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_WRITE_VERSION = 18
"""Offset of a byte that is 2 where the file is in WAL mode, that is live."""
_APPLICATION_ID = slice(68, 72)
_WITH_STORE = ("", "-wal", "-shm", "-journal")


@frozen(kw_only=True)
class Snapshot:
    """A copy that was made."""

    path: Path
    size: int
    """Bytes."""
    seq: int
    """The last of ``changes`` that is in it; 0 where there is none."""


def check_place(db: Path, target: Path, option: str) -> Path:
    """Where a copy of ``db`` is to be put: ``target`` itself, links followed.

    Raises :class:`~newscrawl.errors.BadOption` under the name ``option`` where it would write over the store, over
    another live one, or over what is no newscrawl store.
    """
    try:
        place, store = target.resolve(), db.resolve()
        if place in [store.with_name(store.name + end) for end in _WITH_STORE] or _is_same(place, store):
            raise BadOption(option, f"{target} is the store itself; name another file")
        if not stat.S_ISREG(place.stat().st_mode):
            raise BadOption(option, f"{target} is no regular file; name a file, or one that is not there yet")
        with place.open("rb") as file:
            head = file.read(_HEADER)
    except FileNotFoundError:
        return place
    except RuntimeError:  # what resolve() says of links that lead round in a circle
        raise BadOption(option, f"{target} is a link that leads nowhere") from None
    except OSError as error:
        raise StoreUnwritable(f"the snapshot {target}: what is there cannot be read ({error.strerror})") from error
    ours = head.startswith(_MAGIC) and int.from_bytes(head[_APPLICATION_ID]) == APPLICATION_ID
    if head and not ours:
        raise BadOption(option, f"{target} is no newscrawl store; name another file, or move it away")
    if head and head[_WRITE_VERSION] == 2:
        raise BadOption(option, f"{target} is a live store, no copy of one; name another file, or move it away")
    return place


def _is_same(one: Path, other: Path) -> bool:
    """Whether the two are hard links of one file."""
    return one.exists() and other.exists() and one.samefile(other)


def take(db: Path, target: Path, *, option: str) -> Snapshot:
    """Put a copy of ``db`` at ``target``.

    Raises BadOption as :func:`check_place`, :class:`~newscrawl.errors.StoreUnwritable` where it cannot be written
    (then what was at ``target`` is untouched), and StoreError where ``db`` is no store of this version.
    """
    place = check_place(db, target, option)
    with _reserved(place) as part:
        return _written(db, place, part)


def refresh(db: Path, target: Path, *, option: str) -> Snapshot | None:
    """As :func:`take`, where the copy is not there, or ends at another of ``changes`` than ``db``; else None."""
    place = check_place(db, target, option)
    if _last_change(db) == _last_change_of_copy(place):
        return None
    with _reserved(place) as part:
        if _last_change(db) == _last_change_of_copy(place):  # another run has made it while this one waited
            return None
        return _written(db, place, part)


def _last_change(path: Path) -> list[dict[str, object]]:
    with Reader(path) as reader:
        return reader.rows("SELECT seq, at, key FROM changes ORDER BY seq DESC LIMIT 1")


def _last_change_of_copy(path: Path) -> list[dict[str, object]] | None:
    try:
        return _last_change(path)
    except StoreError:  # not there, of an older version, damaged
        return None


@contextmanager
def _reserved(place: Path) -> Iterator[int]:
    """An empty file ``.NAME.part`` beside the place that nobody else writes to, as an open descriptor; it is taken away
    again unless it was put in place.

    flock(2) holds it and the kernel frees it with the process. Where another process holds it, it is waited for.
    """
    part = _part(place)
    try:
        descriptor = _locked(part)
    except OSError as error:
        where = error.strerror if place.parent.is_dir() else f"the folder {place.parent} is not there"
        raise StoreUnwritable(f"the snapshot {place}: it cannot be written ({where})") from error
    try:
        yield descriptor
    finally:
        with suppress(OSError):
            if _is_open_as(part, descriptor):
                _journal(part).unlink(missing_ok=True)
                part.unlink()
        os.close(descriptor)


def _part(place: Path) -> Path:
    return place.with_name(f".{place.name}.part")


def _journal(part: Path) -> Path:
    return part.with_name(part.name + "-journal")


def _locked(part: Path) -> int:
    while True:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_open_as(part, descriptor):  # else whoever held it has put it in place, or taken it away
                os.ftruncate(descriptor, 0)
                _journal(part).unlink(missing_ok=True)
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_open_as(part: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(part.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _written(db: Path, place: Path, descriptor: int) -> Snapshot:
    part = _part(place)
    with in_words(db):
        _copy(db, part, place)
    with Reader(part) as reader:
        (last,) = reader.rows("SELECT coalesce(max(seq), 0) AS seq FROM changes")
    try:
        with suppress(FileNotFoundError):
            os.fchmod(descriptor, stat.S_IMODE(place.stat().st_mode))
        os.fsync(descriptor)
        part.replace(place)
        _sync_folder(place.parent)
    except OSError as error:
        raise StoreUnwritable(f"the snapshot {place}: it cannot be written ({error.strerror})") from error
    return Snapshot(path=place, size=os.fstat(descriptor).st_size, seq=last["seq"])


def _copy(db: Path, part: Path, place: Path) -> None:
    source = open_for_reading(db)
    try:
        source.execute("VACUUM INTO ?", (str(part),))
    except sqlite3.DatabaseError as error:
        if problem := unwritable(error):
            raise StoreUnwritable(f"the snapshot {place}: {problem}") from error
        raise
    finally:
        source.close()


def _sync_folder(folder: Path) -> None:
    """What was renamed in it stays so after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
