"""A feed cut down to what feedparser reads in seconds.

feedparser holds no promise for hostile feeds: the attributes of a tag, the categories of an entry and the prefixes of
namespaces each cost the square of their number, and looking for an e-mail address in an author's name costs the square
of the name's length (100 kB: 47 s). Some of its handlers fail on an element in the wrong place, which loses all of the
feed. What nobody asks for here is called by a name that feedparser does not know; what is beyond every feed that is
meant to be read is refused.
"""

from __future__ import annotations

import re

from newscrawl.errors import BrokenListing
from newscrawl.text.tree import without_swollen_tags

MOST_BYTES = 16 * 1024 * 1024
MOST_TAGS = 100_000
"""Some 8,000 entries. feedparser reads 30,000 to 50,000 tags a second."""
MOST_ATTRIBUTES = 200_000
"""Those in HTML that is escaped count as well."""
MOST_REFERENCES = 2_000_000
"""``&``, in HTML that is escaped some ten a line."""
MOST_PREFIXES = 100
"""Of namespaces, different ones."""
MOST_CATEGORIES = 50
"""Of an entry; the others are not looked at."""

_PREFIX = re.compile(rb"xmlns:([^\s=>\"'/]+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"=\s*[\"']")
_NAMED = re.compile(
    rb"<(/?(?:[^\s<>/]*[:_])?)"
    rb"(?:(?P<entry>item|entry)|(?P<category>category|subject)|"
    rb"author|contributor|creator|email|keywords|managingeditor|name|owner|publisher|tags|webmaster|"
    rb"box|chapters?|credit|height|license|line|player|point|polygon|pos|poslist|rating|restriction|valid|width)(?![\w.-])",
    re.IGNORECASE,
)
_UNKNOWN = b"x-"
_EMPTY_LINK = re.compile(rb"<link\s*(?:/>|>\s*</link\s*>)", re.IGNORECASE)
"""It would stand in the way of the guid."""
_CHARACTER = re.compile(rb"&#(?:0*(\d{5,})|[xX]0*([0-9a-fA-F]{4,}))")
_NO_CHARACTER = b"&#65533"


def tamed(body: bytes, url: str) -> bytes:
    """The feed without the elements that name persons, keywords, places and licences, with no more than
    MOST_CATEGORIES an entry, no tag of a thousand attributes and no reference to what is no character. ``body`` is
    UTF-8.

    Raises :class:`~newscrawl.errors.BrokenListing` where there is more of something than in any feed that is meant to
    be read: MOST_BYTES, MOST_TAGS, MOST_ATTRIBUTES, MOST_REFERENCES, MOST_PREFIXES.
    """
    outside = _outside_cdata(body)
    for what, count, most in (
        ("bytes", len(body), MOST_BYTES),
        ("tags", outside.count(b"<"), MOST_TAGS),
        ("references", outside.count(b"&"), MOST_REFERENCES),
        ("attributes", len(_ATTRIBUTE.findall(outside)), MOST_ATTRIBUTES),
        ("namespaces", len(set(_PREFIX.findall(body))), MOST_PREFIXES),
    ):
        if count > most:
            raise BrokenListing(f"{url}: refused, {count} {what} are more than a feed has ({most})")
    seen = 0

    def renamed(found: re.Match[bytes]) -> bytes:
        nonlocal seen
        opens = not found[1].startswith(b"/")
        if found["entry"]:
            seen = 0 if opens else seen
            return found[0]
        if found["category"]:
            seen += opens
            if seen <= MOST_CATEGORIES:
                return found[0]
        return b"<" + found[1] + _UNKNOWN + found[0][1 + len(found[1]) :]

    named = _NAMED.sub(renamed, without_swollen_tags(body))
    return _CHARACTER.sub(_character, _EMPTY_LINK.sub(b"", named))


def _character(found: re.Match[bytes]) -> bytes:
    """The reference as it is; where no character has that number, one to U+FFFD."""
    digits, hexadecimal = found.groups()
    code = int((digits or hexadecimal)[:8], 10 if digits else 16)
    return _NO_CHARACTER if code > 0x10FFFF or 0xD800 <= code < 0xE000 else found[0]


def _outside_cdata(body: bytes) -> bytes:
    """The feed without what stands in its CDATA sections."""
    outside, *sections = body.split(b"<![CDATA[")
    return b"".join((outside, *(section[max(section.find(b"]]>"), 0) :] for section in sections)))
