"""What an entry of any feed says of an article: where it leads, who wrote it, its text with the correction above it."""

from __future__ import annotations

import html

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import page, uri
from newscrawl.publish.words import words
from newscrawl.text.plain import plain

EPOCH = "1970-01-01T00:00:00Z"
"""When a feed was last changed that never held anything."""
_CUT = 100
"""Characters of the summary that the store makes of a text (docs/store.md): it may end within a sentence."""
_OPENING_MARKS = " “‘「『《（(【"
_SENTENCE_ENDS = tuple("。！？…」』”’》）.!?\"')")


def self_address(site: Site, path: str) -> str | None:
    """Where a feed stands, ``path`` from the site's root; None where the site has no address. A URI."""
    return uri(f"{site.base}/{path}") if site.base else None


def address(row: Json, site: Site) -> str:
    """The article's page on the operator's site; at the publisher's where that site has no address. A URI."""
    return uri(page(site, row["id"]) or row["url"])


def title(row: Json) -> str:
    """The headline; where nothing of one can be seen, the key."""
    return plain(row["headline"] or "").strip() or plain(row["key"])


def published(row: Json) -> str:
    """A stamp: when it was published, where that is not known when it was first stored."""
    return str(row["published_at"] or row["first_seen_at"])


def authors(row: Json) -> list[str]:
    """Never empty: where no person is named, the closest to one that is known."""
    return list(row["authors"]) or [row["account"] or row["credit"] or row["source_name"]]


def content(row: Json) -> str | None:
    """Clean HTML, a correction (更正) above it; None where not all of the text may be shown, or it was not read."""
    body: str | None = row.get("body_html")
    return noted(row, body) if body else None


def reprint(row: Json) -> str | None:
    """:func:`content` with what a reprint names under it: the source's page (文章来源) and the disclaimer."""
    body, said = content(row), words(row["language"])
    if not body:
        return None
    link = f'<a href="{html.escape(uri(row["url"]))}">{html.escape(row["url"])}</a>'
    disclaimer = f"<p>{said['disclaimer']}{html.escape(row['disclaimer'])}</p>" if row["disclaimer"] else ""
    return f"{body}<p>{said['source']}{link}</p>{disclaimer}"


def noted(row: Json, shown: str) -> str:
    """``shown`` (HTML) with the correction above it, where there is one."""
    correction = row["correction"]
    return f"<p><strong>{html.escape(correction)}</strong></p>{shown}" if correction else shown


def ended(text: str) -> str:
    """``text``, with '…' where it seems to be cut within a sentence."""
    return text if len(text) < _CUT or text.endswith(_SENTENCE_ENDS) else f"{text.rstrip(_OPENING_MARKS)}…"


def summary(row: Json, *, alone: bool) -> str:
    """Plain text; '' where there is none. ``alone``: no content stands beside it, so a correction stands above it."""
    parts = (row["correction"] if alone else None, ended(row["summary"] or ""))
    return "\n".join(part for part in parts if part)
