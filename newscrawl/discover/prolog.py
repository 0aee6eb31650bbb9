"""XML that somebody else wrote, made harmless before any parser sees it.

What stands before the first element (declaration, document type, comments) is looked at here and left out, and the rest
is UTF-8 without a declaration: what was checked is what is read, whatever the bytes claimed to be. Entities can only be
declared in a document type, so no parser after this one has any to expand, fetch or open (XML 1.0, 2.8 and 4.2).
"""

from __future__ import annotations

import re

from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage
from newscrawl.text.encoding import as_utf8

_DECLARED = re.compile(rb"^[^>]{0,200}\sencoding\s*=")
_BEGINNING = re.compile(
    rb"<\?xml\s|<!DOCTYPE\b|<!ENTITY\b|<(?:[\w.-]+:)?(?:rss|feed|rdf|urlset|sitemapindex|html)\b", re.IGNORECASE
)
_NEXT = re.compile(rb"<(?:[A-Za-z_]|\?|!--|!DOCTYPE|!ENTITY)", re.IGNORECASE)
_IN_DOCTYPE = re.compile(rb"[\"'\[\]>]|<!--|<\?|<!ENTITY|%[\w:]", re.IGNORECASE)
_CLOSING = {b'"': b'"', b"'": b"'", b"<!--": b"-->", b"<?": b"?>"}
_JUNK = 4096
"""Bytes in front of a document (a warning of PHP's, a stray line) that are passed over."""


def from_root(page: FetchedPage) -> bytes:
    """The document as UTF-8, from its first element on; b'' where there is none.

    The encoding is judged from the bytes first (:mod:`newscrawl.text.encoding`). The header's charset counts only where
    the document declares none: the declaration is the publisher's, the header often a server's default.

    Raises :class:`~newscrawl.errors.BrokenListing` where entities are declared, or a document type has no end.
    """
    header = None if _DECLARED.match(page.body) else page.content_type
    body = as_utf8(page.body, header)
    at = _begin(body)
    while found := _NEXT.search(body, at):
        sign, at = found[0].upper(), found.end()
        if sign in _CLOSING:
            at = _after(body, _CLOSING[sign], at)
            if at < 0:
                break
        elif sign == b"<!DOCTYPE":
            at = _after_doctype(page.url, body, at)
        elif sign == b"<!ENTITY":
            raise _refused(page.url)
        else:
            return body[found.start() :]
    return b""


def _begin(body: bytes) -> int:
    """Where the document begins: the first sign of one, where something else comes first."""
    if body[:200].lstrip().startswith((b"<?", b"<!")):
        return 0
    found = _BEGINNING.search(body, 0, _JUNK)
    return found.start() if found else 0


def _after(body: bytes, closing: bytes, at: int) -> int:
    """The place behind ``closing``, -1 where it does not come."""
    end = body.find(closing, at)
    return end + len(closing) if end >= 0 else -1


def _after_doctype(url: str, body: bytes, at: int) -> int:
    """The place behind a document type that declares no entity."""
    subset = False
    while found := _IN_DOCTYPE.search(body, at):
        sign, at = found[0], found.end()
        if sign in _CLOSING:
            at = _after(body, _CLOSING[sign], at)
            if at < 0:
                break
        elif sign in (b"[", b"]"):
            subset = sign == b"["
        elif sign != b">":
            raise _refused(url)
        elif not subset:
            return at
    raise BrokenListing(f"{url}: a document type without an end")


def _refused(url: str) -> BrokenListing:
    return BrokenListing(f"{url}: refused, since its document type declares entities")
