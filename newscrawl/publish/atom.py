"""Atom 1.0 feeds (RFC 4287); withdrawals are deleted entries (RFC 6721).

An entry has the id of its article in every feed, and ``updated`` tells which of two is the later.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen
from lxml import etree

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import tag, uri
from newscrawl.publish.elements import ATOM, DC, add, keep_out_of_search
from newscrawl.publish.entries import EPOCH, address, authors, content, reprint, self_address, summary, title
from newscrawl.publish.lists import Listing
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
FILE = "feed.xml"
"""Its name in the folder of its list."""
_NAMES = {None: ATOM, "at": TOMBSTONES, "dc": DC}
"""Declared at the root of a feed that is made in one piece; one made in pieces declares what it has where it has it."""
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@frozen(kw_only=True)
class Gone:
    """A withdrawn article that a feed has told of."""

    key: str
    at: str
    """A stamp: when it was withdrawn."""


def feed(changes: Iterable[Change], site: Site, updated: str) -> Iterator[bytes]:
    """The whole document in pieces, UTF-8: it is written entry by entry, so its memory does not grow with its length.

    ``updated`` is a stamp: when the last of all changes was.
    """
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{ATOM}}}feed", nsmap={None: ATOM}):
            for part in _head(site, updated, name=tag("export")):
                xml.write(part)
            for change in changes:
                row = change.article
                xml.write(_deleted(change.key, change.at) if row is None else _entry(change, row, site, content(row)))
                xml.flush()
                yield _drained(out)
    yield _drained(out) + b"\n"


def list_feed(listing: Listing | None, changes: Sequence[Change], gone: Sequence[Gone], site: Site) -> bytes:
    """The feed that stands beside a list, UTF-8: entries in the order of ``changes``, then what is ``gone``.

    With None it is the site's own, and holds the texts that may be shown whole; those of a list have summaries. It is
    dated by the last change in it, never by the clock. What is gone and shown again is not gone.
    """
    told = [(change, change.article) for change in changes if change.article is not None]
    shown = {change.key for change, _ in told}
    missing = [each for each in gone if each.key not in shown]
    updated = max([change.at for change, _ in told] + [each.at for each in missing], default=EPOCH)
    path = listing.path if listing else ""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    root.text = "\n"
    root.extend(_head(site, updated, name=tag(path or "site"), listing=listing, self=self_address(site, path + FILE)))
    root.extend(_entry(change, row, site, None if listing else reprint(row)) for change, row in told)
    root.extend(_deleted(each.key, each.at) for each in missing)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _drained(out: io.BytesIO) -> bytes:
    written = out.getvalue()
    out.seek(0)
    out.truncate()
    return written


def _head(
    site: Site, updated: str, *, name: str, listing: Listing | None = None, self: str | None = None
) -> Iterator[etree._Element]:
    """What stands before the entries. The id is the address of the list; ``name`` where the site has none."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    home = uri(f"{site.base}/{listing.path if listing else ''}") if site.base else None
    _add(feed, "id", home or name)
    _add(feed, "title", f"{listing.title} - {site.name}" if listing else site.name, **{_LANGUAGE: site.language})
    _add(feed, "updated", updated)
    _person(feed, "author", site.handle)
    if home:
        _add(feed, "link", rel="alternate", type="text/html", href=home)
    if self:
        _add(feed, "link", rel="self", type="application/atom+xml", href=self)
        if site.hub:
            _add(feed, "link", rel="hub", href=uri(site.hub))
    _add(feed, "generator", "newscrawl")
    for part in feed:
        part.tail = "\n"
    yield from feed


def _deleted(key: str, at: str) -> etree._Element:
    """Says that the entry is gone, and not a word of it."""
    gone = etree.Element(f"{{{TOMBSTONES}}}deleted-entry", ref=tag(key), when=at, nsmap={"at": TOMBSTONES})
    gone.tail = "\n"
    return gone


def _entry(change: Change, row: Json, site: Site, body: str | None) -> etree._Element:
    """``updated`` is when the article last changed for readers, so that a reader takes in a change of terms too.

    ``body`` is HTML; with None a summary is all of its text.
    """
    entry = etree.Element(f"{{{ATOM}}}entry", {_LANGUAGE: plain(row["language"])}, nsmap={None: ATOM})
    entry.tail = "\n"
    _add(entry, "id", tag(row["key"]))
    _add(entry, "title", title(row))
    _add(entry, "updated", change.at)
    if row["published_at"]:
        _add(entry, "published", row["published_at"])
    _add(entry, "link", rel="alternate", type="text/html", href=address(row, site))
    _add(entry, "link", rel="via", type="text/html", href=uri(row["url"]))
    for name in authors(row):
        _person(entry, "author", name)
    for name in row["correspondents"]:
        _person(entry, "contributor", name)
    for topic in change.topics:
        _add(entry, "category", term=topic["topic"], scheme=tag(f"topic/{topic['kind']}"))
    if row["disclaimer"]:
        _add(entry, "rights", row["disclaimer"])
    _source(entry, row, change.at)
    _text(entry, row, body)
    if row["noindex"]:
        keep_out_of_search(entry)
    return entry


def _source(entry: etree._Element, row: Json, updated: str) -> None:
    """The publisher it was taken from; whom that one credits (来源) in Dublin Core's word."""
    source = _add(entry, "source")
    _add(source, "id", tag(f"source/{row['source']}"))
    _add(source, "title", row["source_name"])
    _add(source, "updated", updated)
    if row["credit"]:
        add(entry, f"{{{DC}}}source", row["credit"])


def _text(entry: etree._Element, row: Json, body: str | None) -> None:
    """Summary and body, as far as the view has them; a correction (更正) stands above what is shown."""
    if words := summary(row, alone=body is None):
        _add(entry, "summary", words)
    if body:
        _add(entry, "content", body, type="html")


def _person(parent: etree._Element, role: str, name: str) -> None:
    _add(_add(parent, role), "name", name)


def _add(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    return add(parent, f"{{{ATOM}}}{name}", text, **attributes)
