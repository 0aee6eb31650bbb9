"""How articles and lists are named for good: the ids that feeds and records give them, and where they stand on the
operator's site."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from w3lib.url import safe_url_string

from newscrawl.options import Site

_TAGS = "tag:newscrawl,2026:"
_PCHAR = "!$&'()*+,;=:@/"
_UNFIT = re.compile(r"[^\w]+|_")
_LONGEST = 50
_DIGEST = re.compile(r"(?:^|-)[0-9a-f]{6}$")
_SCHEME = re.compile(r"https?://", re.I)
_ID = re.compile(r"[0-9]{15,18}")
_ON_SITE = re.compile(rf"/?a/({_ID.pattern})(?:[/?#].*)?")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def tag(name: str) -> str:
    """A tag URI (RFC 4151) of ``name``, an article's key. It rests on nothing else: neither a new address of the site
    nor a revision changes it, so what was handed out under it can be withdrawn under it."""
    return _TAGS + quote(name, safe=_PCHAR)


def page(site: Site, article_id: int) -> str | None:
    """Where the operator's site shows the article: ``BASE/a/ID/``. None where NEWSCRAWL_SITE has no base."""
    return f"{site.base}/{path_of(article_id)}" if site.base else None


def path_of(article_id: int) -> str:
    """The folder of an article's page within the site: ``a/ID/``."""
    return f"a/{article_id}/"


def id_of(name: str, site: Site) -> int | None:
    """The article's id by ``BASE/a/ID/`` (or a file in there), by ``/a/ID/``, or as it stands; None for anything else,
    another host's address too."""
    if _ID.fullmatch(name):
        return int(name)
    path = _SCHEME.sub("", name).removeprefix(_SCHEME.sub("", site.base))
    found = _ON_SITE.fullmatch(path)
    return int(found[1]) if found else None


def slug(name: str) -> str:
    """A topic's or section's name as a folder's name: letters (of any script), digits and hyphens.

    What is left as it was is its own slug (太原); another name is told from its like by six digits of its digest (A/B
    and a-b are two), and so is one that ends as if it had such digits. Never longer than some 60 bytes, never '.' or
    '..', the same on file systems that know no case.
    """
    plain = _UNFIT.sub("-", unicodedata.normalize("NFC", name).casefold()).strip("-")
    while len(plain.encode()) > _LONGEST:
        plain = plain[:-1]
    if plain == name and not _DIGEST.search(name):
        return plain
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".lstrip("-")


@lru_cache(maxsize=4096)
def uri(address: str) -> str:
    """A stored http(s) address as a URI (RFC 3986): what none may hold is percent-encoded, a host's name in Punycode.

    An address that cannot be read as one is encoded as it stands.
    """
    try:
        safe = safe_url_string(address)
    except ValueError:
        safe = quote(address, safe=_PCHAR + "%?#")
    return _NO_ESCAPE.sub("%25", safe)
