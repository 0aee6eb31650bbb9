"""Bytes to text, judged from the bytes first and from what was declared second.

Declarations lie in both directions on Chinese pages: a page that says GB2312 is UTF-8, a GBK page arrives under a
Latin-1 header, a UTF-8 page includes a fragment that another machine wrote in GBK. So:

1. a byte order mark decides;
2. valid UTF-8 is UTF-8, whatever is declared (a GBK text of any length is not valid UTF-8 by chance);
3. mostly UTF-8 is UTF-8 with islands: each run between markup that is not UTF-8 but is GB18030 is read so;
4. else what is declared, meta before a Latin-1 or UTF-8 header (servers send those by default);
5. else what the bytes look like: gb18030 or big5hkscs by their most common characters, then charset_normalizer.

Nothing here raises on any bytes; what cannot be read becomes U+FFFD.
"""

from __future__ import annotations

import re
from codecs import utf_8_decode

from charset_normalizer import from_bytes
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    to_unicode,
)

_ASCII = bytes(range(128))
_MOSTLY = 0.5
"""Share of the high bytes that must stand in valid UTF-8 sequences. UTF-8 pages with an island or a cut character
measure above .8, GBK text about .2 to .3."""
_DAMAGED = 0.75
"""Share above which a run in a script of two-byte characters (Cyrillic, Greek) is damaged UTF-8 and no island."""
_SMALLEST_ISLAND = 4
"""High bytes; a lone pair is rather half of a cut character."""
_EDGE = re.compile(rb"[<>\"\r\n]")
"""Ends a run of text in the page's source. None of these can be the second byte of a GBK or Big5 character."""
_EDGES = (b"<", b">", b'"', b"\r", b"\n")
_LATIN = frozenset({"cp1252", "iso8859-1", "iso8859-15", "ascii", "latin-1"})
_SAMPLE = 64 * 1024
"""Bytes that the statistical detector is shown; it costs about a second per megabyte."""
_COMMON_SIMPLIFIED = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出年月日新会发")
_COMMON_TRADITIONAL = frozenset("的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出年月日新會發")
_COMMON_SHARE = 0.07
"""Running Chinese text has 15 to 25 % of these characters, text misread as Chinese under 2 %."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page, without its byte order mark. ``content_type`` is the Content-Type header, whole."""
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return to_unicode(body[len(mark) :], marked)
    wide = _utf16_without_mark(body)
    if wide:
        return to_unicode(body, wide)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(body, content_type)
    if "\x1b$" in text and "iso2022_jp" in _declared(body, content_type):
        return to_unicode(body, "iso2022_jp")
    return text


def as_utf8(body: bytes, content_type: str | None = None) -> bytes:
    """The page as UTF-8 bytes without NULs: what the parser is given. The usual page comes back as it is."""
    clean = body.replace(b"\0", b"") if b"\0" in body and not _utf16_without_mark(body) else body
    if clean[:1] not in (b"\xef", b"\xfe", b"\xff") and b"\0" not in clean and b"\x1b" not in clean:
        try:
            clean.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return clean
    return decode(clean, content_type).replace("\0", "").encode("utf-8", "replace")


def _decode_legacy(body: bytes, content_type: str | None) -> str:
    """A page that is not valid UTF-8."""
    if _utf8_share(body) > _MOSTLY:
        return _with_islands(body)
    high = len(body.translate(None, delete=_ASCII))
    for label in _declared(body, content_type):
        if label in _LATIN and _looks_chinese(body):
            continue
        text = _read_as(body, label)
        if text is not None and text.count("�") * 50 <= high:
            return text
    return to_unicode(body, _looks_chinese(body) or _guessed(body))


def _read_as(body: bytes, label: str) -> str | None:
    """None where Python knows something by that name that is no encoding of texts (rot13, idna, punycode)."""
    try:
        return to_unicode(body, label)
    except (LookupError, UnicodeError):
        return None


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Declared encodings (Python names) in the order they are believed; UTF-8 was tried, Latin-1 is a default."""
    header = http_content_type_encoding(content_type)
    meta = html_body_declared_encoding(body)
    labels = [label for label in (header, meta) if label and label not in ("utf-8", "utf-16", "utf-32")]
    return sorted(dict.fromkeys(labels), key=lambda label: label in _LATIN)


def _utf8_share(body: bytes) -> float:
    """Share of the bytes over 127 that stand in valid UTF-8 sequences."""
    high = len(body.translate(None, delete=_ASCII))
    if not high:
        return 1.0
    valid = body.decode("utf-8", "ignore").encode("utf-8")
    return len(valid.translate(None, delete=_ASCII)) / high


def _with_islands(body: bytes) -> str:
    """UTF-8 text in which some runs between markup are GB18030; each byte is looked at a bounded number of times."""
    parts: list[str] = []
    position = 0
    view = memoryview(body)
    while True:
        try:
            parts.append(utf_8_decode(view[position:], "strict", True)[0])
        except UnicodeDecodeError as error:
            bad = position + error.start
        else:
            return "".join(parts)
        start = max(position, *(body.rfind(edge, position, bad) + 1 for edge in _EDGES))
        found = _EDGE.search(body, bad)
        end = found.start() if found else len(body)
        parts.append(body[position:start].decode("utf-8", "replace"))
        parts.append(_island(body[start:end]))
        position = end


def _island(run: bytes) -> str:
    """A run between markup that is not valid UTF-8: GB18030, or UTF-8 with a damaged character.

    GBK text holds valid UTF-8 sequences by chance, but of two bytes; Chinese in UTF-8 takes three.
    """
    high = len(run.translate(None, delete=_ASCII))
    good = run.decode("utf-8", "ignore")
    long = 3 * sum(sign > "\u07ff" for sign in good)
    if high >= _SMALLEST_ISLAND and long <= _MOSTLY * high and _utf8_share(run) <= _DAMAGED:
        try:
            return run.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return run.decode("utf-8", "replace")


def _looks_chinese(body: bytes) -> str | None:
    """'gb18030' or 'big5hkscs' where the bytes read as running Chinese in it, else None."""
    sample = body[:_SAMPLE]
    best, share = None, _COMMON_SHARE
    for label, common in (("gb18030", _COMMON_SIMPLIFIED), ("big5hkscs", _COMMON_TRADITIONAL)):
        text = to_unicode(sample, label)
        han = [sign for sign in text if "一" <= sign <= "鿿"]
        if not han or text.count("�") * 20 > len(han):
            continue
        found = sum(sign in common for sign in han) / len(han)
        if found > share:
            best, share = label, found
    return best


def _guessed(body: bytes) -> str:
    match = from_bytes(body[:_SAMPLE]).best()
    return match.encoding if match and match.encoding != "ascii" else "cp1252"


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 that does not say so: every other byte of its ASCII markup is NUL."""
    head = body[:400]
    if len(head) < 8 or head.count(0) * 4 < len(head):
        return None
    return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
