"""A JSON Feed 1.1 of the site's newest articles.

What the standard has no word for stands under ``_newscrawl``: of an item its key, revision, correction and terms, of
the feed what is withdrawn, since an item that is no longer there may just be too old for it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import tag, uri
from newscrawl.publish.atom import Gone
from newscrawl.publish.entries import address, authors, published, reprint, self_address, summary, title
from newscrawl.publish.records import present
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

VERSION = "https://jsonfeed.org/version/1.1"
FILE = "feed.json"


def json_feed(changes: Sequence[Change], site: Site, gone: Sequence[Gone] = ()) -> bytes:
    """UTF-8; items in the order of ``changes``, each with its text where all of it may be shown."""
    own = self_address(site, FILE)
    home = uri(f"{site.base}/") if site.base else None
    items = [_item(change, change.article, site) for change in changes if change.article is not None]
    shown = {item["id"] for item in items}
    head = {
        "version": VERSION,
        "title": plain(site.name).strip() or "newscrawl",
        "home_page_url": home,
        "feed_url": own,
        "language": site.language,
        "authors": [{"name": site.handle, "url": home}],
        "hubs": [{"type": "WebSub", "url": uri(site.hub)}] if own and site.hub else [],
        "_newscrawl": {
            "withdrawn": [{"id": tag(each.key), "at": each.at} for each in gone if tag(each.key) not in shown]
        },
    }
    text = json.dumps(present(head) | {"items": items}, ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def told_by(feed: bytes) -> tuple[str, str]:
    """Name and base of the site that made ``feed``; '' for what it does not tell."""
    try:
        told = json.loads(feed)
    except ValueError:
        return "", ""
    name, own = (told.get(key) if isinstance(told, dict) else None for key in ("title", "feed_url"))
    return name if isinstance(name, str) else "", own.removesuffix(f"/{FILE}") if isinstance(own, str) else ""


def _item(change: Change, row: Json, site: Site) -> Json:
    """``content_text`` stands where the text may not be shown whole: its summary, else the headline; the standard wants
    a content."""
    body = reprint(row)
    words = summary(row, alone=body is None)
    return present(
        {
            "id": tag(row["key"]),
            "url": address(row, site),
            "external_url": uri(row["url"]),
            "title": title(row),
            "content_html": body,
            "content_text": None if body else plain(words).strip() or title(row),
            "summary": words if body else None,
            "image": uri(row["images"][0]["url"]) if row["images"] else None,
            "date_published": published(row),
            "date_modified": change.at,
            "authors": [{"name": name} for name in authors(row)],
            "tags": [topic["topic"] for topic in change.topics],
            "language": row["language"],
            "_newscrawl": {
                "key": row["key"],
                "revision": row["revision"],
                "reprint": row["reprint"],
                "noindex": bool(row["noindex"]),
                "source": row["source_name"],
                "credit": row["credit"],
                "correction": row["correction"],
                "disclaimer": row["disclaimer"],
            },
        }
    )
