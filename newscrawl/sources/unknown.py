"""Sites that no source knows: their outlet, and what names an article on them."""

from __future__ import annotations

import hashlib

from newscrawl.extract.outlet import Outlet
from newscrawl.extract.surface import surface_of
from newscrawl.items import Address, FetchedPage
from newscrawl.text.spelling import address_of, name_of
from newscrawl.text.urls import absolute, site_of


def generic_outlet(url: str, body: bytes = b"") -> Outlet:
    """The outlet of a site that no source knows: its host, and every address on it an article's with key host + path.

    A page that says nowhere where it is from is told apart by its bytes.
    """
    site = site_of(url)
    if site:
        return Outlet(slug=site, address=lambda other: by_path(other) if site_of(other) == site else None)
    digest = hashlib.sha256(body).hexdigest()[:16]
    return Outlet(
        slug="unknown", address=lambda other: Address(key=f"unknown:{digest}", url=other) if other == url else None
    )


def by_path(url: str) -> Address | None:
    """key = host + path, and the query where it says which article (``?id=5``), the same for every spelling of the
    address (text.spelling); what is asked is the address as it is spelt, without what follows readers about."""
    name, asked = name_of(url), address_of(url)
    return Address(key=f"{site_of(url)}:{name}", url=asked) if name is not None and asked is not None else None


def named_address(page: FetchedPage) -> str | None:
    """The address that a parsed page gives as its own (``<link rel=canonical>``, ``og:url``)."""
    assert page.tree is not None
    meta = surface_of(page.tree).meta
    for href in (meta.links.get("canonical"), meta.first("og:url")):
        if found := absolute("", href):
            return found
    return None
