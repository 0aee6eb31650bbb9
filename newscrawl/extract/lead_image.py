"""The picture that a page names as its own in its data or tags (``og:image``)."""

from __future__ import annotations

import re

from newscrawl.items import Image
from newscrawl.text.urls import absolute

_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logo\w*|default\w*|placeholder|blank|noimage|no[_-]image|favicon|sprite|share[_-]?(?:img|image|logo))"
    r"[^/]*$",
    re.IGNORECASE,
)
"""Names of files that a site gives to every page."""


def picture_at(base: str, href: str | None) -> Image | None:
    """The picture at an address as found; None where it is no address, or by its name the site's own mark."""
    url = absolute(base, href)
    return Image(url=url) if url and not _NO_PICTURE.search(url.partition("?")[0]) else None
