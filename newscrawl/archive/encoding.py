"""Content codings of HTTP (RFC 9110, 8.4.1) undone: gzip, deflate, br, zstd; within a limit, never quietly cut short.
And done again, for a body that was changed.

Used in two moods: the wire is strict (a body that breaks off is no page), a saved record is read as far as it goes.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STEP = 65536
"""Bytes decoded at a time: what a bomb can overshoot the limit by."""
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class EncodedBodyError(ValueError):
    """A body that is not what its Content-Encoding says."""


class CutShort(EncodedBodyError):
    """The coding's end is missing, or its checksum does not hold."""


class TooLong(EncodedBodyError):
    """More than the limit came out; ``length`` is what had come out by then."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        super().__init__(f"{length} bytes decoded, the limit is {limit}")


def codings(values: list[str]) -> list[str]:
    """The codings of all Content-Encoding values in the order they were applied; 'identity' and blanks are dropped."""
    words = (word.strip().lower() for value in values for word in value.split(","))
    return [word for word in words if word and word != "identity"]


def decode(body: bytes, applied: list[str], limit: int = 0) -> bytes:
    """``body`` with the codings ``applied`` undone, last first; an empty body stays empty.

    ``limit`` (bytes, 0 = none) holds for each layer. Raises :class:`CutShort`, :class:`TooLong`, or
    :class:`EncodedBodyError` where the bytes are no such coding or the coding is not known.
    """
    for name in reversed(applied):
        parts: list[bytes] = []
        _collect(name, body, limit, parts)
        body = b"".join(parts)
    return body


def decode_leniently(body: bytes, applied: list[str], limit: int = 0) -> bytes:
    """Like :func:`decode`, but what came before a break counts, and a body that is no such coding stays as it is.

    Crawlers that undo a coding and leave its header in the record are common (Common Crawl's older news files).
    Only :class:`TooLong` is raised.
    """
    for name in reversed(applied):
        parts: list[bytes] = []
        try:
            _collect(name, body, limit, parts)
        except TooLong:
            raise
        except EncodedBodyError:
            if not parts:
                continue
        body = b"".join(parts)
    return body


def encode(body: bytes, applied: list[str]) -> bytes:
    """``body`` with the codings ``applied``, each as small as it packs. Raises :class:`EncodedBodyError` for one that
    is not known."""
    for name in applied:
        try:
            body = _ENCODERS[name](body)
        except KeyError:
            raise EncodedBodyError(f"the content coding {name!r} is not known") from None
    return body


def _collect(name: str, body: bytes, limit: int, parts: list[bytes]) -> None:
    """Put what comes out of ``body`` into ``parts``; they hold what was decoded also where this raises."""
    length = 0
    for part in _pieces(name, body):
        parts.append(part)
        length += len(part)
        if limit and length > limit:
            raise TooLong(length, limit)


def _pieces(name: str, body: bytes) -> Iterator[bytes]:
    if not body:
        return iter(())
    try:
        return _DECODERS[name](body)
    except KeyError:
        raise EncodedBodyError(f"the content coding {name!r} is not known") from None


def _gunzip(body: bytes) -> Iterator[bytes]:
    """Every gzip member; what follows the last one and is no gzip (padding, a stray line) is left out."""
    rest = body
    while rest[:2] == GZIP_MAGIC:
        member = zlib.decompressobj(31)
        yield from _inflated(member, rest)
        rest = member.unused_data
    if rest is body:
        raise EncodedBodyError("not gzip")


def _inflate(body: bytes) -> Iterator[bytes]:
    """zlib (RFC 1950) as the standard has it, else the raw deflate that some servers send under the same name."""
    try:
        zlib.decompressobj().decompress(body, 1)
        bits = zlib.MAX_WBITS
    except zlib.error:
        bits = -zlib.MAX_WBITS
    yield from _inflated(zlib.decompressobj(bits), body)


def _inflated(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while not stream.eof:
        try:
            part = stream.decompress(data, STEP)
        except zlib.error as error:
            raise CutShort(str(error)) from error
        if part:
            yield part
        data = stream.unconsumed_tail
        if not part and not data and not stream.eof:
            raise CutShort("the compressed body breaks off")


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    data = body
    try:
        while not stream.is_finished():
            part = stream.process(data, output_buffer_limit=STEP)
            data = b""
            if part:
                yield part
            elif not stream.is_finished():
                raise CutShort("the compressed body breaks off")
    except brotli.error as error:
        raise EncodedBodyError(str(error)) from error


def _unzstd(body: bytes) -> Iterator[bytes]:
    """Every frame in turn (RFC 8878 lets them be concatenated)."""
    rest = body
    while rest[:4] == ZSTD_MAGIC:
        frame = zstd.ZstdDecompressor()
        data = rest
        try:
            while not frame.eof:
                part = frame.decompress(data, max_length=STEP)
                data = b""
                if part:
                    yield part
                elif frame.needs_input:
                    raise CutShort("the compressed body breaks off")
        except zstd.ZstdError as error:
            raise EncodedBodyError(str(error)) from error
        rest = frame.unused_data
    if rest is body:
        raise EncodedBodyError("not zstd")


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
_ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": partial(gzip.compress, mtime=0),
    "x-gzip": partial(gzip.compress, mtime=0),
    "deflate": partial(zlib.compress, level=9),
    "br": brotli.compress,
    "zstd": partial(zstd.compress, level=19),
}
KNOWN = frozenset(_DECODERS)
