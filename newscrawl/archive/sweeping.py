"""A withdrawn text where other records have it: lists that showed its opening, feeds, other addresses of its page.

Each is kept and only the text in it masked, with spaces, where it shows no more of it than a list does; a record that
has most of the text is overwritten whole. In place and in the same length, as :mod:`newscrawl.archive.purging` does it:
a masked page packs smaller, and is padded. What was masked or overwritten is no hit the next time, so a sweep that was
stopped is finished by saying it again; a record of which only the beginning was written is known by its mark
(:mod:`newscrawl.archive.members`) and overwritten whole.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from attrs import define, field, frozen

from newscrawl.archive.encoding import EncodedBodyError, TooLong, codings, encode
from newscrawl.archive.members import Place, filled, places
from newscrawl.archive.pruning import files_of
from newscrawl.archive.purging import is_withdrawn, put, withdrawn, writing
from newscrawl.archive.reader import LONGEST_PAGE, loose
from newscrawl.archive.record import Recorded, response_in, target_of
from newscrawl.errors import BadFile, StoreUnwritable
from newscrawl.text.traces import Finder, Sentences

_LINE = re.compile(rb"\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_DIGEST = b"warc-payload-digest:"
_COUNTED = (b"content-length:", _DIGEST, b"warc-block-digest:")
"""Headers of a record that speak of its content."""


@frozen(kw_only=True)
class Spot:
    """A record of the archive."""

    file: str
    """Its name below the archive's folder."""
    offset: int
    url: str
    """'' where it could not be read."""


@define(kw_only=True)
class Swept:
    """What was found."""

    files: int = 0
    records: int = 0
    """Looked at."""
    masked: list[Spot] = field(factory=list)
    """Kept, without the text."""
    overwritten: list[Spot] = field(factory=list)
    """Not kept: records of the article's own addresses or with most of its text, and what broke off."""
    versions: list[Spot] = field(factory=list)
    """Own pages of other articles with most of the text: another version of it. Left alone; to be withdrawn by
    itself."""
    unread: list[Spot] = field(factory=list)
    """Could not be looked at: damaged, or endless."""


def sweep(
    folder: Path,
    sentences: Sentences,
    *,
    since: datetime | None,
    spare: Callable[[str, int], bool],
    at: datetime,
    urls: Iterable[str] = (),
) -> Swept:
    """Take the text out of every record below ``folder`` that was fetched ``since`` then (None: ever).

    ``spare`` says of a file's name and an offset whether it is the capture of another article's own page: that is
    masked too, but never overwritten for having most of the text. Whatever one of ``urls`` (the article's addresses)
    answered is overwritten. Sentences that other articles have as well are masked wherever they stand: leave them out.

    Files that a crawl has open are looked at as far as they are whole; a record that breaks off at the end of one that
    no crawl has open is overwritten, since nobody can read it or tell what is in it. Links are not followed.
    One record is in memory at a time; a GB of news pages takes some 20 seconds of CPU (1 ms a record). Raises
    :class:`~newscrawl.errors.StoreUnwritable` where a file cannot be read or written: those before it are done, and on
    the disk.
    """
    root = folder.resolve()
    broom = _Broom(finder=Finder(sentences), since=since, spare=spare, at=at, urls=frozenset(map(loose, urls)))
    for path in _files(root, since):
        broom.sweep(path, path.relative_to(root).as_posix())
    return broom.done


def _files(root: Path, since: datetime | None) -> Iterator[Path]:
    """Those that may hold what was fetched since: begun or written since, as their name and the file system say."""
    for file in sorted(files_of(root, {}), key=lambda file: file.path):
        try:
            written = datetime.fromtimestamp(file.path.stat().st_mtime, UTC)
        except FileNotFoundError:  # pruned meanwhile
            continue
        if since is None or file.at >= since or written >= since:
            yield file.path


@frozen(kw_only=True)
class _Broom:
    finder: Finder
    since: datetime | None
    spare: Callable[[str, int], bool]
    at: datetime
    urls: frozenset[str]
    done: Swept = field(factory=Swept)

    def sweep(self, path: Path, name: str) -> None:
        try:
            with path.open("rb") as file, ExitStack() as stack:
                self.done.files += 1
                out: FileIO | None = None
                for place in places(file):
                    content = self._judged(path, name, place)
                    if content is not None:
                        out = out or stack.enter_context(writing(path))
                        put(out, place, content)
        except FileNotFoundError:  # pruned meanwhile
            return
        except OSError as error:
            raise StoreUnwritable(f"the archive's {path} cannot be read ({error.strerror})") from error

    def _judged(self, path: Path, name: str, place: Place) -> bytes | None:
        """What is to be put there instead; None where it stays."""
        if place.data is None:
            return self._unreadable(path, name, place)
        if is_withdrawn(place.data):
            return None
        self.done.records += 1
        try:
            recorded = response_in(place.data, path, place.offset, place.length)
            if self.since is not None and recorded.fetched_at < self.since:
                return None
            if loose(recorded.url) in self.urls:
                return self._overwritten(name, place)
            return self._without(name, place, recorded)
        except TooLong:
            self.done.unread.append(_spot(name, place))
            return None
        except BadFile:  # no response
            return self._overwritten(name, place) if self.finder.find(place.data) else None

    def _without(self, name: str, place: Place, recorded: Recorded) -> bytes | None:
        assert place.data is not None
        body = recorded.decoded(LONGEST_PAGE)
        found = self.finder.find(body)
        in_head = self.finder.find(place.data[: len(place.data) - len(recorded.body)])
        if not found and not in_head:
            return None
        if self.finder.is_a_version(found):
            if not self.spare(name, place.offset):
                return self._overwritten(name, place)
            self.done.versions.append(_spot(name, place))
            return None
        content = None if in_head else _with_body(place, recorded, found.masked(body))
        if content is None:
            return self._overwritten(name, place)
        self.done.masked.append(_spot(name, place))
        return content

    def _unreadable(self, path: Path, name: str, place: Place) -> bytes | None:
        if place.replaced or (place.broken and place.last and not _is_open(path)):
            return self._overwritten(name, place)
        if not place.broken or not place.last:
            self.done.unread.append(_spot(name, place))
        return None

    def _overwritten(self, name: str, place: Place) -> bytes:
        spot = _spot(name, place)
        self.done.overwritten.append(spot)
        return withdrawn(place, name, spot.url, self.at)


def _spot(name: str, place: Place) -> Spot:
    return Spot(file=name, offset=place.offset, url=target_of(place.data) if place.data is not None else "")


def _is_open(path: Path) -> bool:
    """Whether a run may have the file open (:class:`~newscrawl.archive.writer.ArchiveWriter` holds it by flock; on a
    file system without locks nobody knows)."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _with_body(place: Place, recorded: Recorded, body: bytes) -> bytes | None:
    """The record with another body, in the same content coding if that fits into the place, else in none."""
    for kept in dict.fromkeys((tuple(codings(recorded.values("content-encoding"))), ())):
        try:
            record = _rebuilt(place, recorded, encode(body, list(kept)), kept)
        except EncodedBodyError:
            continue
        if content := filled(record, place.length, packed=place.packed):
            return content
    return None


def _rebuilt(place: Place, recorded: Recorded, body: bytes, applied: Sequence[str]) -> bytes:
    """The record's bytes with ``body``, its lengths and its payload's digest made true."""
    assert place.data is not None
    cut = _BLANK_LINE.search(place.data)
    assert cut is not None
    status = _LINE.split(place.data[cut.end() : cut.end() + 1000], 1)[0]
    headers = [
        (key, str(len(body)) if key.lower() == "content-length" else value)
        for key, value in recorded.headers
        if applied or key.lower() != "content-encoding"
    ]
    http = (status, *(f"{key}: {value}".encode("latin-1") for key, value in headers), b"", body)
    block = b"\r\n".join(http)
    lines = _LINE.split(place.data[: cut.start()])
    fields = [line for line in lines if not line.lower().startswith(_COUNTED)]
    if any(line.lower().startswith(_DIGEST) for line in lines):
        digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest())
        fields.append(b"WARC-Payload-Digest: sha1:" + digest)
    fields.append(b"Content-Length: %d" % len(block))
    return b"\r\n".join((*fields, b"", block)) + b"\r\n\r\n"
