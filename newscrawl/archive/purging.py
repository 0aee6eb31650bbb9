"""Taking an article's records out of the archive: each is overwritten in place by one that says so.

Nothing else moves, so every other record stays where the store knows it, and a crawl that has the file open goes on
appending to it. A record's bytes go to the file in one write. Killed (or without power) in the middle of it, the next
:func:`overwrite` finishes: what is there then is either the old record, whose head names the capture's address; or a
member that is not whole, at the very place where the store knows a record and with the next one, or the file's end,
where that one ended. Nobody could read that, and it is written again.
"""

from __future__ import annotations

import os
import stat
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import FileIO
from itertools import groupby
from pathlib import Path

from attrs import define, evolve, field

from newscrawl.archive.members import Place, begins_member, filled, place_at
from newscrawl.archive.record import WITHDRAWN, target_of
from newscrawl.clock import stamp
from newscrawl.errors import StoreUnwritable
from newscrawl.items import Capture

_BAREST = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"


@define(kw_only=True)
class Overwritten:
    """What became of the captures."""

    records: int = 0
    """Overwritten now."""
    before: int = 0
    """That were overwritten before."""
    missing: list[str] = field(factory=list)
    """Files that are not there any more (pruned), or end before the record: no error."""
    outside: list[str] = field(factory=list)
    """Files that are not below the archive's folder (a replayed file of somebody's own): left alone."""
    strange: list[Capture] = field(factory=list)
    """Where something else stands: the file is another one than the store knows. Left alone."""


def overwrite(folder: Path, captures: Iterable[Capture], *, at: datetime) -> Overwritten:
    """Put a record without any of the old one's content, ``withdrawn by the operator``, in the place of each capture.

    May be done again at any time; locks are not waited for. Raises :class:`~newscrawl.errors.StoreUnwritable` where a
    file cannot be written: those before it are done, and on the disk.
    """
    done = Overwritten()
    by_file = sorted(captures, key=lambda capture: (capture.file, capture.offset))
    for name, wanted in groupby(by_file, key=lambda capture: capture.file):
        path = inside(folder, name)
        if path is None:
            done.outside.append(name)
            continue
        try:
            with writing(path) as file:
                for capture in wanted:
                    _overwrite(file, name, capture, at, done)
        except FileNotFoundError:
            done.missing.append(name)
    return done


def inside(folder: Path, name: str) -> Path | None:
    """Where a file of the archive lies, by its name there; None where that leads out of the folder: by '..', as an
    absolute path or by a link."""
    root = folder.resolve()
    path = (root / name).resolve()
    return path if ".." not in Path(name).parts and path.is_relative_to(root) else None


@contextmanager
def writing(path: Path) -> Iterator[FileIO]:
    """The file, to be read and written in place; on the disk (fsync) when this ends. OSErrors are put in words, but for
    a file that is not there."""
    try:
        with FileIO(os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC), "r+b") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FileNotFoundError(path)
            yield file
            os.fsync(file.fileno())
    except FileNotFoundError:
        raise
    except OSError as error:
        problem = f"the archive's {path} cannot be overwritten ({error.strerror}); mend that and say it again"
        raise StoreUnwritable(problem) from error


def put(file: FileIO, place: Place, content: bytes) -> None:
    """Write ``content``, of the place's length, in one go."""
    assert len(content) == place.length
    rest, offset = memoryview(content), place.offset
    while rest:
        written = os.pwrite(file.fileno(), rest, offset)
        rest, offset = rest[written:], offset + written


def withdrawn(place: Place, name: str, url: str, at: datetime) -> bytes:
    """The record that says so, in the place's length: with the address where there is room for it."""
    seed = f"{name} {place.offset} {stamp(at)}"
    head = (
        "WARC/1.1\r\nWARC-Type: metadata\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}>\r\nWARC-Date: {stamp(at)}\r\n"
    )
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    for fields in (head + target, head):
        record = _record(fields, WITHDRAWN, place)
        if content := filled(record, place.length, packed=place.packed):
            return content
    # Only what breaks off at the end of a file is shorter.
    return filled(_BAREST, place.length, packed=place.packed) or bytes(place.length)


def is_withdrawn(data: bytes) -> bool:
    """Whether a record's bytes are of one that :func:`withdrawn` made, whole."""
    head, _, block = data.partition(b"\r\n\r\n")
    said = b"\r\nWARC-Type: metadata\r\n" in head and block.startswith(WITHDRAWN)
    return data == _BAREST or (said and not block.removeprefix(WITHDRAWN).strip())


def _record(fields: str, block: bytes, place: Place) -> bytes:
    """Bare, it is filled up with spaces; leading zeros keep its head's length whatever that of the block."""
    head = f"{fields}Content-Type: application/warc-fields\r\nContent-Length: {{:010d}}\r\n\r\n"
    room = 0 if place.packed else max(0, place.length - len(head.format(0).encode()) - len(block) - 4)
    if room:
        block += b" " * room
    return head.format(len(block)).encode() + block + b"\r\n\r\n"


def _overwrite(file: FileIO, name: str, capture: Capture, at: datetime, done: Overwritten) -> None:
    place = place_at(file, capture.offset)
    if place is None:
        if name not in done.missing:
            done.missing.append(name)
        return
    if place.data is not None and is_withdrawn(place.data):
        done.before += 1
        return
    if not _is_of(file, place, capture):
        done.strange.append(capture)
        return
    if place.data is None:
        place = evolve(place, length=min(place.length, capture.length))
    put(file, place, withdrawn(place, name, capture.url, at))
    done.records += 1


def _is_of(file: FileIO, place: Place, capture: Capture) -> bool:
    """Whether the capture's record stands there, or what a write that broke off left of it."""
    if place.data is not None:
        return target_of(place.data) == capture.url.replace(" ", "%20")
    if not place.packed or not place.broken:
        return False
    ends_with_it = place.length <= capture.length and (place.last or place.length == capture.length)
    return ends_with_it or begins_member(file, capture.offset + capture.length)
