"""How a source says where its links come from. Declarations only; ``listing`` and ``feed`` read the pages."""

from __future__ import annotations

from datetime import date

from attrs import frozen


@frozen(kw_only=True)
class Shape:
    """Where things stand in a listing's page: CSS selectors, all but ``item`` relative to the item.

    A field without a selector is None in what is found. A listing without a Shape gives every address in the page
    with its anchor text.
    """

    item: str
    link: str = "a[href]"
    section: str | None = None
    time: str | None = None
    summary: str | None = None


@frozen(kw_only=True)
class Paged:
    """A rolling list over several pages (滚动新闻), newest first. Walked until known ground."""

    name: str
    url: str
    """With ``{page}``."""
    first: int = 1
    last: int = 10
    shape: Shape | None = None

    def pages(self) -> tuple[str, ...]:
        return tuple(self.url.format(page=number) for number in range(self.first, self.last + 1))


@frozen(kw_only=True)
class Channel:
    """One page of links (频道首页), no order promised."""

    name: str
    url: str
    shape: Shape | None = None


@frozen(kw_only=True)
class Feed:
    """RSS or Atom; a second witness beside a list."""

    name: str
    url: str


@frozen(kw_only=True)
class Daily:
    """The dated archive: one page a day, for backfills."""

    name: str
    url: str
    """With ``{day}``, a date: '…/{day:%Y/%m%d}/news.shtml'."""
    since: date
    """The oldest day it has."""
    shape: Shape | None = None

    def page(self, day: date) -> str:
        return self.url.format(day=day)


Listing = Paged | Channel | Feed | Daily
