"""One record of a WARC file: found, walked over, or read as the HTTP response it keeps.

Meant for anybody's files: wget's angle brackets round the address, chunked bodies, HTTP/2 status lines, bare line
feeds, uncompressed files, a file that breaks off where a run was killed. ARC files (before WARC) are not read.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from attrs import field, frozen
from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord

from newscrawl.archive.encoding import GZIP_MAGIC, codings, decode_leniently
from newscrawl.errors import BadFile

logger = logging.getLogger(__name__)

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d+)?[ \t]+(\d{3})\b")
_HEAD = 4096
"""Bytes; enough for a gzip header with a name in it and the code tables before the first packed letter."""
WITHDRAWN = b"note: withdrawn by the operator\r\n"
"""The block of a record that was put in place of another one (:mod:`newscrawl.archive.purging`)."""
_PARTIAL_DATE = re.compile(r"\d{4}(-\d\d)?")


@frozen(kw_only=True)
class Recorded:
    """A response as a WARC file keeps it."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """As sent, Latin-1, in order; without Transfer-Encoding, and without a Content-Encoding that the body has not."""
    body: bytes = field(repr=False)
    """Still content-encoded; chunks put together."""
    fetched_at: datetime
    """WARC-Date. Aware, UTC."""
    path: Path
    """The file it was read from."""
    offset: int
    """Of the record (of its gzip member where the file is compressed), in bytes."""
    length: int

    def header(self, name: str) -> str | None:
        """The first value of a header, or None. ``name`` in lower case."""
        return next(iter(self.values(name)), None)

    def values(self, name: str) -> list[str]:
        """Every value of a header, in order. ``name`` in lower case."""
        return [value for key, value in self.headers if key.lower() == name]

    def decoded(self, limit: int = 0) -> bytes:
        """The body with its content coding undone, as far as that goes; a coding that is not known stays.

        Raises :class:`~newscrawl.archive.encoding.TooLong` past ``limit`` bytes (0 = none).
        """
        return decode_leniently(self.body, codings(self.values("content-encoding")), limit)


@frozen(kw_only=True)
class Record:
    """A whole record met on a walk through a file. ``head`` is the beginning of its block (the HTTP status line)."""

    kind: str
    """WARC-Type."""
    url: str
    date: datetime
    path: Path
    offset: int
    length: int
    status: int | None
    """Of an HTTP response; None where the block is none."""
    digest: str | None
    """WARC-Payload-Digest, the payload as recorded."""
    refers_to: tuple[str, datetime] | None
    """Of a revisit: the address and time of the record that has the body."""


def walk(path: Path) -> Iterator[Record]:
    """Every whole response and revisit record of the file in order; bodies are passed over, not kept.

    A file that breaks off gives what is whole, and the break is logged. Raises :class:`~newscrawl.errors.BadFile` for
    what is no WARC or cannot be opened.
    """
    try:
        with path.open("rb") as file:
            yield from _walk(WARCIterator(file, no_record_parse=True), path)
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})") from error


def _walk(records: WARCIterator, path: Path) -> Iterator[Record]:
    met = 0
    while True:
        try:
            raw = next(records, None)
            if raw is None:
                return
            if not met and not raw.rec_headers.protocol.startswith("WARC/"):
                raise BadFile(path, "is no WARC file")
            met += 1
            status = _status(raw)
            offset, length = records.get_record_offset(), records.get_record_length()
        except (ArchiveLoadFailed, zlib.error) as error:
            if "non-chunked gzip" in str(error):
                raise BadFile(path, "is one gzip stream; give each record its own with: warcio recompress") from error
            if not met and not begins(path):
                raise BadFile(path, "is no WARC file") from error
            logger.warning("%s: unreadable after record %d, the rest is left out", path, met)
            return
        # A record that is not to its end is the last one of a run that was killed.
        if not isinstance(raw.raw_stream, LimitReader) or raw.raw_stream.limit:
            logger.warning("%s: breaks off in record %d, which is left out", path, met)
        elif (record := _record(raw, status, path, offset, length)) is not None:
            yield record


def begins(path: Path) -> bool:
    """Whether the file begins as a WARC does, or is the mere beginning of one that a killed run left; not where it is
    empty. Raises :class:`~newscrawl.errors.BadFile` for what cannot be opened."""
    try:
        with path.open("rb") as file:
            packed = head = file.read(_HEAD)
        if packed[:2] == GZIP_MAGIC:
            head = zlib.decompressobj(31).decompress(packed, 64)
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})") from error
    except zlib.error:
        return False
    return bool(packed) and (head.startswith(b"WARC/") or b"WARC/".startswith(head))


def _status(raw: ArcWarcRecord) -> int | None:
    if raw.rec_type not in ("response", "revisit"):
        return None
    found = _STATUS.match(raw.raw_stream.readline(1000))
    return int(found[1]) if found else None


def _record(raw: ArcWarcRecord, status: int | None, path: Path, offset: int, length: int) -> Record | None:
    fields = raw.rec_headers
    url = fields.get_header("WARC-Target-URI") or ""
    date = _moment(fields.get_header("WARC-Date"))
    if raw.rec_type not in ("response", "revisit") or not url.startswith(("http:", "https:")) or date is None:
        return None
    then = _moment(fields.get_header("WARC-Refers-To-Date"))
    where = fields.get_header("WARC-Refers-To-Target-URI") or url
    return Record(
        kind=raw.rec_type,
        url=url,
        date=date,
        path=path,
        offset=offset,
        length=length,
        status=status,
        digest=fields.get_header("WARC-Payload-Digest"),
        refers_to=(where.strip("<>"), then) if then else None,
    )


def read(path: Path, offset: int, length: int) -> Recorded:
    """The response kept at ``offset``. Raises :class:`~newscrawl.errors.BadFile` where there is none (any more)."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read(length)
        if data[:2] == GZIP_MAGIC:
            # Not zlib.decompress: a run may have been killed between the block and the member's checksum.
            data = zlib.decompressobj(31).decompress(data)
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})") from error
    except zlib.error as error:
        raise BadFile(path, f"no whole record at byte {offset} ({error})") from error
    return response_in(data, path, offset, length)


def response_in(data: bytes, path: Path, offset: int, length: int) -> Recorded:
    """The response that a record's bytes hold. Raises :class:`~newscrawl.errors.BadFile` where they hold none."""
    cut = _BLANK_LINE.search(data)
    fields = dict(_fields(data[: cut.start()], lower=True)) if cut else {}
    size, date = fields.get("content-length", ""), _moment(fields.get("warc-date"))
    if not data.startswith(b"WARC/") or not cut or not size.isdigit() or date is None:
        raise BadFile(path, f"no WARC record at byte {offset}")
    block = data[cut.end() : cut.end() + int(size)]
    if block.startswith(WITHDRAWN):
        raise BadFile(path, f"the record at byte {offset} was withdrawn by the operator")
    if len(block) < int(size) or not _STATUS.match(block):
        raise BadFile(path, f"no whole HTTP response at byte {offset}")
    return _recorded(block, url=_target(fields), fetched_at=date, path=path, offset=offset, length=length)


def target_of(data: bytes) -> str:
    """The address in the head of a record's bytes; '' where there is none."""
    cut = _BLANK_LINE.search(data)
    return _target(dict(_fields(data[: cut.start()], lower=True))) if cut and data.startswith(b"WARC/") else ""


def _target(fields: Mapping[str, str]) -> str:
    return fields.get("warc-target-uri", "").strip("<>").replace(" ", "%20")


def _recorded(block: bytes, *, url: str, fetched_at: datetime, path: Path, offset: int, length: int) -> Recorded:
    cut = _BLANK_LINE.search(block)
    head, body = (block[: cut.start()], block[cut.end() :]) if cut else (block, b"")
    status = _STATUS.match(head)
    assert status is not None
    headers = _fields(head)
    if any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers):
        body = ChunkedDataReader(BytesIO(body)).read()
    left_out = {"transfer-encoding"}
    applied = codings([value for name, value in headers if name.lower() == "content-encoding"])
    if applied in (["gzip"], ["x-gzip"]) and body[:2] != GZIP_MAGIC:
        left_out.add("content-encoding")
    return Recorded(
        url=url,
        status=int(status[1]),
        headers=tuple((name, value) for name, value in headers if name.lower() not in left_out),
        body=body,
        fetched_at=fetched_at,
        path=path,
        offset=offset,
        length=length,
    )


def _fields(head: bytes, *, lower: bool = False) -> list[tuple[str, str]]:
    """The header lines after the first line; folded lines joined, lines without a colon left out."""
    fields: list[tuple[str, str]] = []
    encoding = "utf-8" if lower else "latin-1"
    for line in _LINE_END.split(head)[1:]:
        text = line.decode(encoding, "replace")
        name, colon, value = text.partition(":")
        if text[:1] in " \t" and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {text.strip()}")
        elif colon:
            fields.append((name.strip().lower() if lower else name.strip(), value.strip()))
    return fields


def _moment(text: str | None) -> datetime | None:
    """A W3C date-time as WARC 1.1 allows it: to the year, the second or the nanosecond; without a zone it is UTC."""
    if not text:
        return None
    text = text.strip()
    if _PARTIAL_DATE.fullmatch(text):
        text += "-01-01"[len(text) - 4 :]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
