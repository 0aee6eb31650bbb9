"""How an article is named for good: the id that feeds and records give it, and its page on the operator's site."""

from __future__ import annotations

import re
from urllib.parse import quote

from w3lib.url import safe_url_string

from newscrawl.options import Site

_TAGS = "tag:newscrawl,2026:"
_PCHAR = "!$&'()*+,;=:@/"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def tag(name: str) -> str:
    """A tag URI (RFC 4151) of ``name``, an article's key. It rests on nothing else: neither a new address of the site
    nor a revision changes it, so what was handed out under it can be withdrawn under it."""
    return _TAGS + quote(name, safe=_PCHAR)


def page(site: Site, article_id: int) -> str | None:
    """Where the operator's site shows the article: ``BASE/a/ID/``. None where NEWSCRAWL_SITE has no base."""
    return f"{site.base}/a/{article_id}/" if site.base else None


def uri(address: str) -> str:
    """A stored http(s) address as a URI (RFC 3986): what none may hold is percent-encoded, a host's name in Punycode.

    An address that cannot be read as one is encoded as it stands.
    """
    try:
        safe = safe_url_string(address)
    except ValueError:
        safe = quote(address, safe=_PCHAR + "%?#")
    return _NO_ESCAPE.sub("%25", safe)
