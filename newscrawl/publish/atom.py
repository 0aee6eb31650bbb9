"""An Atom 1.0 feed (RFC 4287) of what changed; withdrawals are deleted entries (RFC 6721).

It is written entry by entry, so its memory does not grow with its length. Text is made :func:`~newscrawl.text.plain`,
which leaves nothing that XML may not hold. ``noindex`` is an XHTML ``meta`` in its entry, as FeedBurner has it: Atom
has no word for it.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator

from lxml import etree

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import page, tag, uri
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
DC = "http://purl.org/dc/elements/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(changes: Iterable[Change], site: Site, updated: str) -> Iterator[bytes]:
    """The whole document in pieces, UTF-8. ``updated`` is a stamp: when the last of all changes was."""
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{ATOM}}}feed", nsmap={None: ATOM}):
            for part in _head(site, updated):
                xml.write(part)
            for change in changes:
                xml.write(_deleted(change) if change.article is None else _entry(change, change.article, site))
                xml.flush()
                yield _drained(out)
    yield _drained(out) + b"\n"


def _drained(out: io.BytesIO) -> bytes:
    written = out.getvalue()
    out.seek(0)
    out.truncate()
    return written


def _head(site: Site, updated: str) -> Iterator[etree._Element]:
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", f"{uri(site.base)}/" if site.base else tag("export"))
    _add(feed, "title", site.name, **{_LANGUAGE: site.language})
    _add(feed, "updated", updated)
    _person(feed, "author", site.handle)
    if site.base:
        _add(feed, "link", rel="alternate", type="text/html", href=f"{uri(site.base)}/")
    _add(feed, "generator", "newscrawl")
    yield from feed


def _deleted(change: Change) -> etree._Element:
    """Says that the entry is gone, and not a word of it."""
    gone = etree.Element(
        f"{{{TOMBSTONES}}}deleted-entry", ref=tag(change.key), when=change.at, nsmap={"at": TOMBSTONES}
    )
    gone.tail = "\n"
    return gone


def _entry(change: Change, row: Json, site: Site) -> etree._Element:
    """``updated`` is when the article last changed for readers, so that a reader takes in a change of terms too."""
    entry = etree.Element(f"{{{ATOM}}}entry", {_LANGUAGE: plain(row["language"])}, nsmap={None: ATOM})
    entry.tail = "\n"
    source_page = uri(row["url"])
    _add(entry, "id", tag(row["key"]))
    _add(entry, "title", row["headline"] or row["key"])
    _add(entry, "updated", change.at)
    if row["published_at"]:
        _add(entry, "published", row["published_at"])
    _add(entry, "link", rel="alternate", type="text/html", href=uri(page(site, row["id"]) or source_page))
    _add(entry, "link", rel="via", type="text/html", href=source_page)
    for name in row["authors"] or [row["account"] or row["credit"] or row["source_name"]]:
        _person(entry, "author", name)
    for name in row["correspondents"]:
        _person(entry, "contributor", name)
    for topic in change.topics:
        _add(entry, "category", term=topic["topic"], scheme=tag(f"topic/{topic['kind']}"))
    if row["disclaimer"]:
        _add(entry, "rights", row["disclaimer"])
    _source(entry, row, change.at)
    _text(entry, row)
    if row["noindex"]:
        etree.SubElement(entry, f"{{{XHTML}}}meta", name="robots", content="noindex", nsmap={"xhtml": XHTML})
    return entry


def _source(entry: etree._Element, row: Json, updated: str) -> None:
    """The publisher it was taken from; whom that one credits (来源) in Dublin Core's word."""
    source = _add(entry, "source")
    _add(source, "id", tag(f"source/{row['source']}"))
    _add(source, "title", row["source_name"])
    _add(source, "updated", updated)
    if row["credit"]:
        etree.SubElement(entry, f"{{{DC}}}source", nsmap={"dc": DC}).text = plain(row["credit"])


def _text(entry: etree._Element, row: Json) -> None:
    """Summary and body, as far as the view has them; a correction (更正) stands above what is shown."""
    correction = row["correction"]
    body, summary = row["body_html"], row["summary"]
    if correction and not body:
        summary = f"{correction}\n{summary}" if summary else correction
    if summary:
        _add(entry, "summary", summary)
    if body:
        above = f"<p><strong>{html.escape(correction)}</strong></p>" if correction else ""
        _add(entry, "content", above + body, type="html")


def _person(parent: etree._Element, role: str, name: str) -> None:
    _add(_add(parent, role), "name", name)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: plain(value) for key, value in attributes.items()})
    if text is not None:
        child.text = plain(text)
    return child
