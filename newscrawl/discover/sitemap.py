"""The addresses in a saved sitemap (sitemaps.org 0.9): urlset, news sitemap, index, plain text, a feed; gzip'd or not.

Read as what is there and not as what is declared: namespaces may be wrong or missing, a bare ``&`` stand in an address.
Images, videos and languages of an entry are passed over. Everything is bounded: bytes, entries, the length of an
address. No entity is expanded and nothing is fetched (:mod:`newscrawl.discover.prolog`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html import unescape
from typing import Any, cast

from attrs import evolve, field, frozen
from lxml import etree

from newscrawl.discover import feed
from newscrawl.discover.prolog import from_root
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage, Found
from newscrawl.text.encoding import as_utf8
from newscrawl.text.tree import folded, unescaped
from newscrawl.text.urls import absolute

MOST_BYTES = 50 * 1024 * 1024
"""Of a sitemap, unpacked: the protocol's own bound."""
MOST_ENTRIES = 50_000
"""Of one sitemap: the protocol's own bound."""
_LONGEST = 2048
"""Characters of an address: the protocol's own bound."""
_MOST_LINES = 4 * MOST_ENTRIES
"""Of a text file, empty ones counted."""
_STEP = 64 * 1024
"""Bytes that are looked at in one go."""
_PIECE = 4 * 1024
"""Bytes of gzip that are undone in one go; of a broken one the last piece is lost."""
_GZIP = b"\x1f\x8b"
_FEEDS = frozenset({"rss", "feed", "rdf"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_ENTRIES = frozenset({"url", "sitemap"})
_WANTED = {
    ("url", "loc"): "loc",
    ("sitemap", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "title"): "title",
    ("news", "publication_date"): "time",
}
"""Parent and element, without their namespaces."""
_NO_TAG = re.compile(rb"<(?=[^A-Za-z_/!?\x80-\xff])")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,10});")
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")


@frozen(kw_only=True)
class Part:
    """A sitemap that an index names."""

    url: str
    changed: datetime | None = None
    """Its ``lastmod``. Aware, UTC."""


@frozen(kw_only=True)
class Map:
    """What a sitemap says. A sound one without entries has none of either."""

    entries: tuple[Found, ...] = field(default=(), repr=False)
    """In the sitemap's order, each address once."""
    maps: tuple[Part, ...] = field(default=(), repr=False)
    """The sitemaps that an index names, itself left out, each address once."""
    news: bool = False
    """Every entry is given as news: ``news:news`` stands in it, or it is a feed's."""
    fault: str | None = None
    """What was left out or lost, in words, where the file is cut off, broken or too long; None where it is sound."""


def find(page: FetchedPage) -> Map:
    """The sitemap's entries and, of an index, its sitemaps; addresses absolute and without their fragments.

    Headline and time are those of a news sitemap, as printed; ``changed`` is the entry's ``lastmod`` (one without a
    zone is taken as UTC). A feed gives what :func:`newscrawl.discover.feed.find` does. Of a file that is cut off or
    broken, what is whole before that counts, and ``fault`` says so.

    Raises :class:`~newscrawl.errors.BrokenListing`: the body is no sitemap, is packed twice, is over MOST_BYTES,
    declares entities, or has entries and none of them has an http(s) address.
    """
    unpacked, fault = _unpacked(page)
    if len(unpacked) > MOST_BYTES:
        raise BrokenListing(f"{page.url}: {len(unpacked)} bytes, a sitemap has no more than {MOST_BYTES}")
    if not unpacked.strip():
        raise BrokenListing(f"{page.url}: {fault or 'an empty body'} where a sitemap should be")
    page = evolve(page, body=unpacked, tree=None)
    body = from_root(page)
    if not body:
        return _plain(page, fault)
    reader = _Reader()
    broken = _read(body, reader)
    if reader.root in _FEEDS:
        return Map(entries=feed.find(page), news=True, fault=fault)
    if reader.root not in _SITEMAPS and (reader.root == "html" or not reader.entries):
        kind = page.content_type or "not given"
        raise BrokenListing(f"{page.url}: no sitemap, it begins with <{reader.root}> (Content-Type {kind})")
    return _told(page, reader, fault or broken)


@frozen(kw_only=True)
class _Entry:
    """An entry's texts as they stand."""

    part: bool
    news: bool
    said: dict[str, str]


class _Reader:
    """Gathers whole entries from lxml's events; nothing else is kept of the document."""

    def __init__(self) -> None:
        self.root = ""
        self.entries: list[_Entry] = []
        self._path: list[str] = []
        self._said: dict[str, str] = {}
        self._news = False
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: object) -> None:
        name = _local(tag)
        path = self._path
        if not path:
            self.root = name
        elif name == "news":
            self._news = True
        if name in _ENTRIES:
            self._said, self._news = {}, False
        self._text = [] if path and (path[-1], name) in _WANTED else None
        path.append(name)

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._text is not None:
            self._said.setdefault(_WANTED[self._path[-1], name], "".join(self._text))
            self._text = None
        elif name in _ENTRIES:
            self.entries.append(_Entry(part=name == "sitemap", news=self._news, said=self._said))
            self._said = {}

    def close(self) -> None:
        """lxml asks for it."""


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    """``{http://…}loc`` -> ``loc``."""
    return tag[tag.rfind("}") + 1 :].lower()


def _read(body: bytes, reader: _Reader) -> str | None:
    """Have the document read; what is wrong with it, in words, where something is."""
    parser = etree.XMLParser(
        target=cast("Any", reader),  # the stub wants every handler that there is
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    for part in _parts(body):
        parser.feed(part)
        if reader.root == "html" or reader.root in _FEEDS:
            return None
        if len(reader.entries) > MOST_ENTRIES:
            del reader.entries[MOST_ENTRIES:]
            return f"only the first {MOST_ENTRIES} entries were read"
    parser.close()
    fatal = next((one for one in parser.feed_error_log if one.level == etree.ErrorLevels.FATAL), None)
    return f"broken in line {fatal.line}: {fatal.message}" if fatal else None


def _parts(body: bytes) -> Iterator[bytes]:
    """The document in pieces. Every ``&`` and every ``<`` that begins no tag is escaped, so that neither ends the
    reading; what ``&`` stands for is found out afterwards."""
    at = 0
    while at < len(body):
        end = body.find(b">", at + _STEP, at + 2 * _STEP)
        end = end + 1 if end >= 0 else at + 2 * _STEP
        yield _NO_TAG.sub(b"&lt;", body[at:end].replace(b"&", b"&amp;"))
        at = end


def _told(page: FetchedPage, reader: _Reader, fault: str | None) -> Map:
    entries: dict[str, Found] = {}
    maps: dict[str, Part] = {}
    for entry in reader.entries:
        url = _address(page.url, entry.said.get("loc"))
        if url is None:
            continue
        changed = _moment(entry.said.get("lastmod"))
        if entry.part:
            maps.setdefault(url, Part(url=url, changed=changed))
        elif url not in entries:
            entries[url] = Found(
                url=url,
                headline=unescaped(_resolved(entry.said.get("title", ""))) or None,
                time_text=folded(_resolved(entry.said.get("time", ""))) or None,
                changed=changed,
            )
    if reader.entries and not entries and not maps:
        raise BrokenListing(f"{page.url}: {len(reader.entries)} entries, none with an address")
    if fault and not reader.entries:
        raise BrokenListing(f"{page.url}: {fault}")
    for own in (page.url, page.asked):
        maps.pop(own or "", None)
    return Map(
        entries=tuple(entries.values()),
        maps=tuple(maps.values()),
        news=bool(entries) and all(entry.news for entry in reader.entries if not entry.part),
        fault=fault,
    )


def _address(base: str, loc: str | None) -> str | None:
    if not loc or len(loc) > 2 * _LONGEST:
        return None
    url = absolute(base, _resolved(_resolved(loc)))
    return url if url and len(url) <= _LONGEST else None


def _resolved(text: str) -> str:
    """``text`` with its character references undone; one without its semicolon (``&copy=1``) is none."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _moment(text: str | None) -> datetime | None:
    """A W3C date and time, or an e-mail's; None where it is neither."""
    text = (text or "").strip()
    if not text or len(text) > 40:
        return None
    month = _MONTH.fullmatch(text)
    try:
        if month:
            return datetime(int(month[1]), int(month[2] or 1), 1, tzinfo=UTC)
        at = parsedate_to_datetime(text) if text[0].isalpha() else datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _plain(page: FetchedPage, fault: str | None) -> Map:
    """A text file with an address a line; most of its lines are."""
    text = as_utf8(page.body, page.content_type).replace(b"\r", b"\n")
    lines = [line for raw in text.split(b"\n", _MOST_LINES) if (line := raw.strip())]
    found: dict[str, Found] = {}
    for line in lines[:MOST_ENTRIES]:
        url = _address("", line.decode()) if len(line) <= _LONGEST and b" " not in line else None
        if url:
            found.setdefault(url, Found(url=url))
    good = sum(line.startswith((b"http://", b"https://")) for line in lines)
    if not found or good * 2 < len(lines):
        raise BrokenListing(f"{page.url}: no sitemap (Content-Type {page.content_type or 'not given'})")
    if len(lines) > MOST_ENTRIES:
        fault = f"only the first {MOST_ENTRIES} lines were read"
    return Map(entries=tuple(found.values()), fault=fault)


def _unpacked(page: FetchedPage) -> tuple[bytes, str | None]:
    """The body with gzip undone, by its first bytes and not by its type; and what is wrong with it."""
    if not page.body.startswith(_GZIP):
        return page.body, None
    out = bytearray()
    fault = None
    try:
        for part in _inflated(page.body):
            out += part
            if len(out) > MOST_BYTES:
                raise BrokenListing(f"{page.url}: unpacks to more than {MOST_BYTES} bytes")
    except EOFError:
        fault = "its gzip is cut off"
    except zlib.error as error:
        fault = f"broken gzip ({error})"
    if out.startswith(_GZIP):
        raise BrokenListing(f"{page.url}: gzip in gzip, refused")
    return bytes(out), fault


def _inflated(body: bytes) -> Iterator[bytes]:
    """What comes out of every gzip member in turn, in small parts; EOFError where the last one has no end."""
    at = 0
    while body.startswith(_GZIP, at):
        member = zlib.decompressobj(31)
        while not member.eof:
            if at >= len(body):
                raise EOFError
            data = body[at : at + _PIECE]
            at += len(data)
            while not member.eof and (part := member.decompress(data, _STEP)):
                yield part
                data = member.unconsumed_tail
        at -= len(member.unused_data)
