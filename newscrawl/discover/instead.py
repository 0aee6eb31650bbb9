"""What kind of listing a page is, whatever it was taken for; and what to use for it instead, in plain words."""

from __future__ import annotations

import re

from newscrawl.discover.listings import WAYS, Listing
from newscrawl.discover.prolog import from_root
from newscrawl.errors import BrokenListing, NotAnArticle
from newscrawl.items import FetchedPage
from newscrawl.text.tree import parsed
from newscrawl.text.urls import absolute

_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z]+)")
_KINDS = dict.fromkeys(("rss", "feed", "rdf"), "feed") | dict.fromkeys(("urlset", "sitemapindex"), "sitemap")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_CALLED = {"feed": "feed", "sitemap": "sitemap", "listing": "web page"}


def kind_of(page: FetchedPage) -> str | None:
    """The spider that can walk it: 'feed', 'sitemap' (also what is packed), 'listing' (a web page); None where none."""
    if page.body.startswith(b"\x1f\x8b"):
        return "sitemap"
    try:
        root = _ROOT.match(from_root(page)[:100])
    except BrokenListing:
        return None
    name = root[1].decode().lower() if root else ""
    if name in _KINDS:
        return _KINDS[name]
    html = "html" in (page.content_type or "text/html").lower()
    return "listing" if name in ("html", "head", "body") or (html and name) else None


def use_instead(page: FetchedPage, where: Listing) -> str | None:
    """What to use for a page that is no such listing, but one of another kind; None where nothing is known."""
    wanted = next((way for way, kind in WAYS.items() if isinstance(where, kind)), None)
    kind = kind_of(page)
    if wanted is None or kind is None or kind == wanted:
        return None
    words = f"{page.url} is a {_CALLED[kind]} and no {_CALLED[wanted]}: use `scrapy crawl {kind} -a url={page.url}`"
    named = _feed_of(page) if wanted == "feed" and kind == "listing" else None
    return f"{words}, or the feed that it names: `scrapy crawl feed -a url={named}`" if named else words


def _feed_of(page: FetchedPage) -> str | None:
    """The first feed that a web page names."""
    try:
        tree = parsed(page).tree
    except NotAnArticle:
        return None
    assert tree is not None
    for link in tree.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in _FEEDS:
            return absolute(page.url, link.get("href"))
    return None
