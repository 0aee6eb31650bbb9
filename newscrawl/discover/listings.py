"""How a source says where its links come from. Declarations only; ``listing`` and ``feed`` read the pages.

A declaration that cannot serve raises ValueError where it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen, validators

from newscrawl.discover.basis import Basis, is_basis
from newscrawl.discover.declared import address_with, is_address, is_selector

_OPTIONAL = validators.optional(is_selector)


@frozen(kw_only=True)
class Shape:
    """Where things stand in a listing's page: CSS selectors, all but ``item`` relative to the item.

    A field without a selector is None in what is found. A listing without a Shape gives every address in the page
    with its anchor text.
    """

    item: str = field(validator=is_selector)
    link: str = field(default="a[href]", validator=is_selector)
    section: str | None = field(default=None, validator=_OPTIONAL)
    time: str | None = field(default=None, validator=_OPTIONAL)
    summary: str | None = field(default=None, validator=_OPTIONAL)


@frozen(kw_only=True)
class Paged:
    """A rolling list over several pages (滚动新闻), newest first. Walked until known ground."""

    name: str
    url: str = field(validator=address_with("page", 1))
    """With ``{page}``."""
    first: int = 1
    last: int = 10
    shape: Shape | None = None
    basis: Basis | None = field(default=None, validator=is_basis)
    """What this declaration rests on; None = nobody said."""

    def pages(self) -> tuple[str, ...]:
        return tuple(self.url.format(page=number) for number in range(self.first, self.last + 1))


@frozen(kw_only=True)
class Channel:
    """One page of links (频道首页), no order promised."""

    name: str
    url: str = field(validator=is_address)
    shape: Shape | None = None
    basis: Basis | None = field(default=None, validator=is_basis)


@frozen(kw_only=True)
class Feed:
    """RSS or Atom; a second witness beside a list."""

    name: str
    url: str = field(validator=is_address)
    basis: Basis | None = field(default=None, validator=is_basis)


@frozen(kw_only=True)
class Daily:
    """The dated archive: one page a day, for backfills."""

    name: str
    url: str = field(validator=address_with("day", date(2025, 11, 19)))
    """With ``{day}``, a date: '…/{day:%Y/%m%d}/news.shtml'."""
    since: date
    """The oldest day it has."""
    shape: Shape | None = None
    basis: Basis | None = field(default=None, validator=is_basis)

    def page(self, day: date) -> str:
        return self.url.format(day=day)


@frozen(kw_only=True)
class Sitemap:
    """A sitemap (sitemaps.org, news, packed or plain), or an index of them."""

    name: str
    url: str = field(validator=is_address)
    basis: Basis | None = field(default=None, validator=is_basis)


@frozen(kw_only=True)
class Section:
    """A page of any site that lists articles, and those that follow it; which links are articles is learnt from the
    page."""

    name: str
    url: str = field(validator=is_address)
    basis: Basis | None = field(default=None, validator=is_basis)


Listing = Paged | Channel | Feed | Daily | Sitemap | Section

WAYS: Mapping[str, type[Feed | Sitemap | Section]] = {"feed": Feed, "sitemap": Sitemap, "listing": Section}
"""How any site can be walked from one address: the spider's name, and the listing that it makes of it."""
