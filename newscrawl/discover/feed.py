"""The addresses in a saved feed: RSS 0.9x-2.0, RSS 1.0 and Atom, through feedparser.

feedparser is given a stream of the bytes that were fetched, never an address or a string: a string it would open or
fetch itself. A broken feed raises, an empty one gives nothing: the two never look the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage, Found
from newscrawl.text.tree import folded, parse, visible_text
from newscrawl.text.urls import absolute

_DECLARED = re.compile(rb"^[^>]{0,200}\sencoding\s*=")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.ASCII | re.IGNORECASE)


def find(page: FetchedPage) -> tuple[Found, ...]:
    """The feed's entries in feed order, each address once, absolute and without its fragment.

    Headline and summary are plain text on one line (markup stripped, entities resolved), section is the first
    category, ``time_text`` the publication time as printed (RSS ``pubDate``, Atom ``published``, else ``updated``).
    A sound feed without entries gives (). A feed that is cut off or not well-formed gives the entries that can be
    read.

    Raises :class:`~newscrawl.errors.BrokenListing`: the body is no feed, nothing could be read of it, or it has entries
    and none of them has an http(s) address.
    """
    if not page.body.strip():
        raise BrokenListing(f"{page.url}: an empty body where a feed should be")
    try:
        read = feedparser.parse(io.BytesIO(page.body), response_headers=_headers(page))
    except UnicodeEncodeError as error:  # &#xD800; names no character
        raise BrokenListing(f"{page.url}: {error}") from error
    entries = read.entries
    found: dict[str, Found] = {}
    for entry in entries:
        one = _found(page.url, entry)
        if one is not None:
            found.setdefault(one.url, one)
    if found:
        return tuple(found.values())
    if not read.get("version"):
        raise BrokenListing(f"{page.url}: not a feed (Content-Type {page.content_type or 'not given'})")
    if entries:
        raise BrokenListing(f"{page.url}: {len(entries)} entries, none with an address")
    problem = read.get("bozo_exception")
    if problem is not None and not isinstance(problem, feedparser.CharacterEncodingOverride):
        raise BrokenListing(f"{page.url}: {problem}")
    return ()


def _headers(page: FetchedPage) -> dict[str, str]:
    """What feedparser should know of the answer.

    Feeds are served as text/html and worse, so the type is always given as XML's. The header's charset counts only
    where the feed declares no encoding of its own: the declaration is the publisher's, the header often a server's
    default.
    """
    kind = "application/xml"
    charset = _CHARSET.search(page.content_type or "")
    if charset and not _DECLARED.match(page.body):
        kind += f"; charset={charset[1]}"
    return {"content-type": kind, "content-location": page.url}


def _found(base: str, entry: Mapping[str, Any]) -> Found | None:
    url = absolute(base, entry.get("link"))
    if url is None:
        return None
    tags = entry.get("tags") or ()
    section = tags[0].get("label") or tags[0].get("term") if tags else None
    return Found(
        url=url,
        headline=_plain(entry.get("title_detail")),
        section=folded(section or "") or None,
        time_text=folded(entry.get("published") or entry.get("updated") or "") or None,
        summary=_plain(entry.get("summary_detail")),
    )


def _plain(detail: Mapping[str, Any] | None) -> str | None:
    """Text without markup, on one line; feedparser says in ``type`` whether there is markup in it."""
    value = detail.get("value") if detail else None
    if not detail or not value:
        return None
    if detail.get("type") != "text/plain":
        value = visible_text(parse(f"<div>{value}</div>".encode()))
    return folded(value) or None
