"""An RSS 2.0 feed of the site's newest articles.

RSS has no word for what Atom says of an entry, so Atom's own words stand in it (``atom:updated``, ``atom:link``), and
Dublin Core's for people, language, credit and terms. It cannot say that an item is withdrawn: the item is no longer
there. ``title`` is plain text, ``description`` and ``content:encoded`` are HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from email.utils import format_datetime

from lxml import etree

from newscrawl.clock import unstamp
from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import tag, uri
from newscrawl.publish.elements import ATOM, DC, add, keep_out_of_search
from newscrawl.publish.entries import EPOCH, address, authors, noted, published, reprint, self_address, summary, title
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

CONTENT = "http://purl.org/rss/1.0/modules/content/"
FILE = "rss.xml"
_NAMES = {"atom": ATOM, "content": CONTENT, "dc": DC}


def rss(changes: Sequence[Change], site: Site, sources: Mapping[str, Json]) -> bytes:
    """UTF-8; items in the order of ``changes``, each with its text where all of it may be shown.

    ``sources``: what is known of publishers, by slug; ``feed`` is the address of a publisher's own feed, without which
    an item has no ``source``. It is dated by the last change in it, never by the clock. Where the site has no address
    the channel's link, which RSS wants, is a name that leads nowhere.
    """
    root = etree.Element("rss", version="2.0", nsmap=_NAMES)
    channel = add(root, "channel")
    _head(channel, site, max([change.at for change in changes], default=EPOCH))
    for change in changes:
        if change.article is not None:
            _item(channel, change, change.article, site, sources)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _head(channel: etree._Element, site: Site, updated: str) -> None:
    add(channel, "title", plain(site.name).strip() or "newscrawl")
    add(channel, "link", uri(f"{site.base}/") if site.base else tag("site"))
    add(channel, "description", html.escape(site.name))
    add(channel, "language", site.language)
    add(channel, "lastBuildDate", _date(updated))
    add(channel, "generator", "newscrawl")
    if own := self_address(site, FILE):
        add(channel, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=own)
        if site.hub:
            add(channel, f"{{{ATOM}}}link", rel="hub", href=uri(site.hub))


def _item(channel: etree._Element, change: Change, row: Json, site: Site, sources: Mapping[str, Json]) -> None:
    item = add(channel, "item")
    add(item, "title", title(row))
    add(item, "link", address(row, site))
    add(item, "guid", tag(row["key"]), isPermaLink="false")
    add(item, "pubDate", _date(published(row)))
    add(item, f"{{{ATOM}}}updated", change.at)
    for name in authors(row):
        add(item, f"{{{DC}}}creator", name)
    for name, words in _terms(row):
        add(item, f"{{{DC}}}{name}", words)
    for topic in change.topics:
        add(item, "category", topic["topic"], domain=tag(f"topic/{topic['kind']}"))
    if feed := sources.get(row["source"], {}).get("feed"):
        add(item, "source", row["source_name"], url=uri(feed))
    add(item, f"{{{ATOM}}}link", rel="via", type="text/html", href=uri(row["url"]))
    body = reprint(row)
    words = html.escape(summary(row, alone=False))
    if described := words if body else noted(row, words):
        add(item, "description", described)
    if body:
        add(item, f"{{{CONTENT}}}encoded", body)
    if row["noindex"]:
        keep_out_of_search(item)


def _terms(row: Json) -> Iterator[tuple[str, str]]:
    known = (
        *(("contributor", name) for name in row["correspondents"]),
        ("language", row["language"]),
        ("source", row["credit"]),
        ("rights", row["disclaimer"]),
    )
    return ((name, words) for name, words in known if words)


def _date(stamp: str) -> str:
    """As RFC 822 writes it, with a year of four digits."""
    return format_datetime(unstamp(stamp))
