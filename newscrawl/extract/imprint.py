"""What a page in Chinese prints round its story of where it came from and who wrote it, each signal in its turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import attrs
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.accounts import Account, account_of
from newscrawl.extract.credit import Credited, credited, labelled_in, names_behind
from newscrawl.extract.editors import editor_lines
from newscrawl.extract.meta import Meta
from newscrawl.extract.slots import head_of
from newscrawl.extract.state import State
from newscrawl.extract.surface import surface_of
from newscrawl.extract.writers import (
    AUTHOR_NAMES,
    NOBODY,
    Writers,
    data_says,
    labelled_anywhere,
    labelled_writers,
    unlabelled_writers,
    writers_in,
)
from newscrawl.items import Json


@attrs.frozen(kw_only=True, slots=False)
class Imprint:
    """Held only while the page is read."""

    tree: HtmlElement
    title: str
    headline: str | None
    runs: Sequence[str]
    """The runs of text behind the headline."""
    paragraphs: Sequence[str]
    """The story's."""
    told: str | None
    """The source that a line of the story gives."""
    meta: Meta
    data: Json
    state: Callable[[], State]
    """Asked only where the page itself does not say it."""
    outlet: str
    """The publisher's name, '' where it is not known."""

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The runs between the headline and the story."""
        return head_of(self.runs, self.paragraphs[0] if self.paragraphs else "")

    @cached_property
    def own(self) -> frozenset[str]:
        """What the site is called, by the names behind the headline in the page's title too."""
        said = (self.outlet, self.meta.first("og:site_name"), *names_behind(self.headline, self.title))
        return frozenset(filter(None, said))

    @cached_property
    def account(self) -> Account | None:
        surface = surface_of(self.tree).runs
        return account_of(self.head, surface, state=self.state, own=self.own, credit=labelled_in(self.head))

    @cached_property
    def credit(self) -> Credited | None:
        return credited(
            self.tree,
            self.head,
            meta=self.meta,
            data=self.data,
            state=self.state,
            told=self.told,
            own=self.own,
            account=self.account.name if self.account else None,
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the site, the source and the account: no persons that wrote."""
        credit = self.credit.name if self.credit else None
        return tuple(filter(None, (*sorted(self.own), credit, self.account.name if self.account else None)))

    def writers(self, editors: Sequence[str]) -> Writers:
        """Who is said to have written, by the surest of the lines round the story that names anybody."""
        said = data_says(jsonld.persons(self.data), [*map(self.meta.first, AUTHOR_NAMES)], self.state)
        asked: tuple[Callable[[], Writers], ...] = (
            lambda: labelled_writers(self.head),
            lambda: writers_in(self.paragraphs),
            lambda: unlabelled_writers(self.tree, self.head, said, {*editors, *self.names}),
            lambda: labelled_writers(editor_lines(self.tree)),
            lambda: labelled_anywhere(surface_of(self.tree).runs),
        )
        return next((found for ask in asked if (found := ask()).names), NOBODY)
