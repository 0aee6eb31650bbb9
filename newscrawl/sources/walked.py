"""What a run walks: a publisher that is known (:class:`~newscrawl.sources.base.Source`), or a site that is not
(:class:`~newscrawl.sources.site.Site`)."""

from __future__ import annotations

from typing import Protocol, Self

from newscrawl.discover.listings import Listing
from newscrawl.errors import Reason
from newscrawl.items import Address, FetchedPage


class Walked(Protocol):
    """All that spiders and extensions ask of it."""

    @property
    def slug(self) -> str: ...

    @property
    def zone(self) -> str:
        """IANA zone in which its pages print their times; '' where that is not known."""

    @property
    def listings(self) -> tuple[Listing, ...]: ...

    @property
    def learns(self) -> bool:
        """Whether no rule says which of its addresses are articles: it is learnt from their shapes and their pages."""

    def address(self, url: str) -> Address | None:
        """The article that an address means; None where it is none of this source's."""

    def not_article(self, url: str) -> Reason | None:
        """Why an address is no article, where that can be seen from it."""

    def slug_at(self, url: str) -> str:
        """Under which source an article at the address is stored."""

    def next_page(self, page: FetchedPage) -> str | None:
        """The address of the page after this one of a long article.

        Raises :class:`~newscrawl.errors.NotAnArticle` where the page is none of the source's articles.
        """

    def and_of(self, url: str) -> Self:
        """The same with the articles of the site at ``url``, which it names as its own."""
