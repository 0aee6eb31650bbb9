"""The addresses in a saved feed: RSS 0.9x-2.0, RSS 1.0 and Atom, through feedparser.

feedparser is given a stream of bytes that were looked at (:mod:`newscrawl.discover.prolog`,
:mod:`newscrawl.discover.tamed`), never an address or a string: a string it would open or fetch itself. A broken feed
raises, an empty one gives nothing: the two never look the same.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import feedparser
from attrs import frozen

from newscrawl.discover.prolog import from_root
from newscrawl.discover.tamed import tamed
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage, Found
from newscrawl.text.tree import folded, parse, visible_text
from newscrawl.text.urls import absolute

_ORIGINALS = ("feedburner_origlink", "pheedo_origlink")
"""Where a feed's host that counts clicks keeps the publisher's own address."""


@frozen(kw_only=True)
class Told:
    """What a feed says."""

    entries: tuple[Found, ...] = ()
    home: str | None
    """The address of what it is a feed of (RSS: the channel's link; Atom: ``alternate``); None where it says none."""


def find(page: FetchedPage) -> tuple[Found, ...]:
    """The entries of :func:`read`."""
    return read(page).entries


def read(page: FetchedPage) -> Told:
    """The feed's home, and its entries in feed order, each address once, absolute and without its fragment.

    The address is the publisher's own where the feed's host put another before it (``feedburner:origLink``), else the
    entry's link (Atom: ``alternate``, never ``self`` or an enclosure), else its ``guid`` where that is a permalink.
    Headline and summary are plain text on one line (markup stripped, entities resolved), section is the first
    category, ``time_text`` the publication time as printed (RSS ``pubDate``, Atom ``published``, else ``updated``).
    A sound feed without entries gives (). A feed that is cut off or not well-formed gives the entries that can be
    read.

    Raises :class:`~newscrawl.errors.BrokenListing`: the body is no feed, is refused (it declares entities, or is bigger
    than a feed is), nothing could be read of it, or it has entries and none of them has an http(s) address.
    """
    told = _parsed(page)
    home = _linked(page.url, told.feed)
    found: dict[str, Found] = {}
    for entry in told.entries:
        one = _found(page.url, entry)
        if one is not None:
            found.setdefault(one.url, one)
    if found:
        return Told(entries=tuple(found.values()), home=home)
    if told.entries:
        raise BrokenListing(f"{page.url}: {len(told.entries)} entries, none with an address")
    problem = told.get("bozo_exception")
    if problem is not None:
        raise BrokenListing(f"{page.url}: {problem}")
    return Told(home=home)


def _parsed(page: FetchedPage) -> Any:
    """What feedparser makes of the body. Nobody shows its HTML, so it is neither asked to clean that nor to make its
    links absolute: both take their time."""
    if not page.body.strip():
        raise BrokenListing(f"{page.url}: an empty body where a feed should be")
    body = tamed(from_root(page), page.url)
    try:
        read = feedparser.parse(
            io.BytesIO(body),
            # Feeds are served as text/html and worse. No content-location: whether a guid is an address can only be
            # told before it is made absolute.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (LookupError, TypeError, ValueError) as error:  # what feedparser's handlers stumble over
        raise BrokenListing(f"{page.url}: cannot be read ({type(error).__name__}: {error})") from error
    if not read.entries and not read.get("version"):
        raise BrokenListing(f"{page.url}: not a feed (Content-Type {page.content_type or 'not given'})")
    return read


def _found(base: str, entry: Mapping[str, Any]) -> Found | None:
    original = next((entry[name] for name in _ORIGINALS if entry.get(name)), None)
    url = absolute(base, original) or _linked(base, entry)
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


def _linked(base: str, what: Mapping[str, Any]) -> str | None:
    """The address of an entry or a feed: its link, else its guid where that is a permalink and absolute, else an
    alternate of a type that is not HTML's."""
    link = what.get("link")
    if link and not (what.get("guidislink") and "://" not in link):
        return absolute(base, link)
    others = (one.get("href") for one in what.get("links", ()) if one.get("rel") == "alternate")
    return next((url for other in others if (url := absolute(base, other))), None)


def _plain(detail: Mapping[str, Any] | None) -> str | None:
    """Text without markup, on one line; feedparser says in ``type`` whether there is markup in it."""
    value = detail.get("value") if detail else None
    if not detail or not value:
        return None
    if detail.get("type") != "text/plain":
        value = visible_text(parse(f"<div>{value}</div>".encode()))
    return folded(value) or None
