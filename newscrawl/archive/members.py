"""The places of a WARC file: what stands there, and putting something else into exactly the same bytes.

A place is a record: a gzip member of its own, or bare text where the file is not packed. Nothing behind it may move,
since the store knows every record by its offset; so what is put there is padded. In a gzip member the padding is
the comment in its header (RFC 1952, 2.3), of any length, which zlib, warcio and every other gzip reader pass over.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from io import FileIO
from typing import BinaryIO

from attrs import field, frozen

from newscrawl.archive.encoding import GZIP_MAGIC

LONGEST = 128 * 1024 * 1024
"""A longer record, unpacked, is not looked at."""
File = BinaryIO | FileIO
_STEP = 65536
_EXTRA, _COMMENT = 4, 16
_MAGIC = GZIP_MAGIC + b"\x08"
_MARK = b"\x04\x00NC\x00\x00"
"""The header's extra field: an empty subfield 'NC', by which a member is known that was put in place of another one,
also where only its beginning was written."""
_SIZE = re.compile(rb"^Content-Length:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


@frozen(kw_only=True)
class Place:
    """A record of a file."""

    offset: int
    length: int
    """Bytes in the file."""
    packed: bool
    data: bytes | None = field(repr=False)
    """The record, unpacked; None where it is not whole, or longer than :data:`LONGEST`."""
    broken: bool = False
    """It is not whole."""
    replaced: bool = False
    """It begins as a member that was put in place of another one."""
    last: bool = False
    """Nothing is behind it."""


def places(file: File) -> Iterator[Place]:
    """Every record of a file in order. What cannot be read is a place of its own up to the next member that holds a
    record, so that a broken one hides none of those behind it."""
    offset = 0
    while (place := place_at(file, offset)) is not None:
        yield place
        offset += place.length


def place_at(file: File, offset: int) -> Place | None:
    """The record that begins there; None at the end of the file."""
    file.seek(offset)
    begins = file.read(len(_MAGIC) + 7 + len(_MARK))
    if not begins:
        return None
    packed = begins.startswith(GZIP_MAGIC)
    data, length = _member(file, offset) if packed else _bare(file, offset)
    broken = length == 0
    if broken:
        length = _next(file, offset) - offset
    file.seek(offset + length)
    return Place(
        offset=offset,
        length=length,
        packed=packed,
        data=data,
        broken=broken,
        replaced=packed and begins[3] & _EXTRA != 0 and begins[10:] == _MARK,
        last=not file.read(1),
    )


def begins_member(file: File, offset: int) -> bool:
    """Whether a gzip member begins there, whole or not."""
    file.seek(offset)
    return file.read(len(_MAGIC)) == _MAGIC


def filled(record: bytes, length: int, *, packed: bool) -> bytes | None:
    """``record`` in exactly ``length`` bytes, as a gzip member or bare; None where it does not fit."""
    if not packed:
        return record if len(record) == length else None
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = stream.compress(record) + stream.flush() + struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)
    room = length - len(_MAGIC) - 7 - len(_MARK) - len(body)
    if room < 0:
        return None
    flags = _EXTRA | (_COMMENT if room else 0)
    comment = b" " * (room - 1) + b"\0" if room else b""
    return _MAGIC + bytes((flags, 0, 0, 0, 0, 0, 255)) + _MARK + comment + body


def _member(file: File, offset: int) -> tuple[bytes | None, int]:
    """What is in the member, and its length; 0 where it is not whole."""
    file.seek(offset)
    stream, parts, size, taken = zlib.decompressobj(31), [], 0, 0
    while not stream.eof:
        chunk = file.read(_STEP)
        if not chunk:
            return None, 0
        taken += len(chunk)
        try:
            part = stream.decompress(chunk)
        except zlib.error:
            return None, 0
        size += len(part)
        parts.append(part)
        if size > LONGEST:
            parts.clear()
    return (b"".join(parts) if size <= LONGEST else None), taken - len(stream.unused_data)


def _bare(file: File, offset: int) -> tuple[bytes | None, int]:
    """Likewise of a record that is not packed: with the two line ends behind it."""
    file.seek(offset)
    head = file.read(_STEP)
    cut = _BLANK_LINE.search(head)
    size = _SIZE.search(head, 0, cut.end()) if cut else None
    if not head.startswith(b"WARC/") or cut is None or size is None:
        return None, 0
    length = cut.end() + int(size[1]) + 4
    if length > LONGEST:
        file.seek(offset + length - 1)
        return None, length if file.read(1) else 0
    data = head[:length] + file.read(max(0, length - len(head)))
    return (data, length) if len(data) == length else (None, 0)


def _next(file: File, offset: int) -> int:
    """Where behind ``offset`` the next member with a record begins, or the file ends."""
    at, held = offset + 1, b""
    file.seek(at)
    while chunk := file.read(_STEP):
        held += chunk
        found = held.find(_MAGIC)
        while found >= 0:
            if _holds_record(file, at + found):
                return at + found
            found = held.find(_MAGIC, found + 1)
        at, held = at + max(0, len(held) - 2), held[-2:]
        file.seek(at + len(held))
    return at + len(held)


def _holds_record(file: File, offset: int) -> bool:
    """Whether a gzip member with a WARC record begins there."""
    file.seek(offset)
    head = file.read(3)
    if head != _MAGIC:
        return False
    stream, out = zlib.decompressobj(31), b""
    try:
        out = stream.decompress(head, 5)
        while len(out) < 5 and not stream.eof and (chunk := file.read(_STEP)):
            out += stream.decompress(chunk, 5 - len(out))
    except zlib.error:
        return False
    return out.startswith(b"WARC/")
