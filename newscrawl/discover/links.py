"""The addresses in a page of any kind of listing."""

from __future__ import annotations

from newscrawl.discover import feed, listing
from newscrawl.discover.listings import Feed, Listing, Section, Sitemap
from newscrawl.items import FetchedPage, Found
from newscrawl.text.tree import parsed


def links_in(page: FetchedPage, where: Listing) -> tuple[Found, ...]:
    """What the page, one of the listing ``where``, leads to.

    Raises :class:`~newscrawl.errors.NotAnArticle` or :class:`~newscrawl.errors.BrokenListing` where it is no such page.
    """
    assert not isinstance(where, Sitemap | Section)
    return feed.find(page) if isinstance(where, Feed) else listing.find(parsed(page), where.shape)
