"""What a page of any kind of listing leads to."""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen

from newscrawl.discover import feed, listing, section, sitemap
from newscrawl.discover.instead import kind_of
from newscrawl.discover.listings import Feed, Listing, Section, Sitemap
from newscrawl.discover.shapes import NOTHING, Experience, choose
from newscrawl.discover.sitemap import Part
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage, Found
from newscrawl.text.tree import parsed


@frozen(kw_only=True)
class Findings:
    """A sound page that leads nowhere has none of anything."""

    links: tuple[Found, ...] = field(default=(), repr=False)
    """Where articles may be; in page order, a sitemap's newest first."""
    following: str | None = None
    """The address of a section's next page."""
    parts: tuple[Part, ...] = ()
    """The sitemaps that an index names, the newest first."""
    fault: str | None = None
    """What was lost of a sitemap, in words; None where it is sound."""
    left_out: int = 0
    """How many entries of a general sitemap are taken for no articles."""
    home: str | None = None
    """Of what a feed is one, as it says itself."""
    vouched: bool = False
    """The publisher says that each link is an article's: a feed, a sitemap of news."""


def findings_in(
    page: FetchedPage,
    where: Listing,
    *,
    experience: Experience = NOTHING,
    own: Callable[[str], bool] | None = None,
) -> Findings:
    """What the page, one of the listing ``where``, leads to.

    Of a section and a general sitemap the links are chosen by what they look like and by ``experience``, among those
    of which ``own`` says that they may be the site's; with ``own`` None all are given, for a source that knows its own.

    Raises :class:`~newscrawl.errors.NotAnArticle` or :class:`~newscrawl.errors.BrokenListing` where it is no such page.
    """
    match where:
        case Feed():
            told = feed.read(page)
            return Findings(links=told.entries, home=told.home, vouched=True)
        case Sitemap():
            return _of_sitemap(sitemap.find(page), experience if own else None)
        case Section():
            if (kind := kind_of(page)) in ("feed", "sitemap"):
                raise BrokenListing(f"{page.url}: a {kind} where a web page should be")
            learnt = section.find(page, experience, own)
            links = learnt.articles if own else listing.find(parsed(page), None)
            return Findings(links=links, following=learnt.following)
        case _:
            return Findings(links=listing.find(parsed(page), where.shape))


def _of_sitemap(said: sitemap.Map, experience: Experience | None) -> Findings:
    newest = sorted(said.entries, key=lambda one: one.changed.timestamp() if one.changed else 0.0, reverse=True)
    parts = sorted(said.maps, key=lambda one: one.changed.timestamp() if one.changed else 0.0, reverse=True)
    links = tuple(newest) if said.news or experience is None else choose(newest, experience)
    left_out = len(newest) - len(links)
    return Findings(links=links, parts=tuple(parts), fault=said.fault, left_out=left_out, vouched=said.news)
