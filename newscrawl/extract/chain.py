"""What a page's fields are read from, and who answers for them.

A publisher's **selector** stands, also for what would be read right without it: a changed layout shows as weaker hands
answering before anything is wrong, and what it answers need not be looked for. Headline and times are weighed
(:mod:`newscrawl.extract.weigh`): **jsonld**, **microdata**, **meta**, script **state**, what is visible (**generic**)
and the listing's **hint** strengthen each other where they agree. The other fields are answered by the first that says
something; dateline, byline and editor lines come from the story itself (**text**). Who answered is kept in
``answered``, how sure that is in ``sure``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import ClassVar, TypeVar

import attrs
from lxml.html import HtmlElement

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract import jsonld, visible
from newscrawl.extract.body import Roles, Walked, walk
from newscrawl.extract.captions import with_captions
from newscrawl.extract.language import language_of
from newscrawl.extract.meta import Meta
from newscrawl.extract.outlet import Outlet
from newscrawl.extract.published import Dates, gather, only_changes, since_1970
from newscrawl.extract.related import RelatedList
from newscrawl.extract.related_blocks import RelatedBlock, parts_of, related_blocks
from newscrawl.extract.reprint import without_addresses
from newscrawl.extract.select import every, first
from newscrawl.extract.state import State, state_of
from newscrawl.extract.story import find_story, story_in_script
from newscrawl.extract.surface import surface_of
from newscrawl.extract.weigh import SURENESS, Verdict
from newscrawl.items import Address, FetchedPage, Json, Printed
from newscrawl.text.dates import read_printed
from newscrawl.text.tree import parse, parsed, visible_text
from newscrawl.text.urls import host_of
from newscrawl.text.zones import Place, place_of

T = TypeVar("T")
Css = tuple[str, ...]


class Chain:
    """What a publisher's page declares and what is taken from one such page; :class:`NewsPage` reads fields from it."""

    headline_css: ClassVar[Css] = ()
    subheadline_css: ClassVar[Css] = ()
    published_css: ClassVar[Css] = ()
    modified_css: ClassVar[Css] = ()
    credit_css: ClassVar[Css] = ()
    """Elements that hold the outlet, or a line with 来源：…"""
    byline_css: ClassVar[Css] = ()
    editor_css: ClassVar[Css] = ()
    crumbs_css: ClassVar[Css] = ()
    """The links of the breadcrumb trail."""
    body_css: ClassVar[Css] = ()
    body_roles: ClassVar[Roles] = {}
    related: ClassVar[tuple[RelatedList, ...]] = ()
    page_bars: ClassVar[Css] = ()
    home_names: ClassVar[frozenset[str]] = frozenset({"首页", "首頁", "主页", "Home", "home", "正文", "新闻首页"})
    """Breadcrumb steps that say nothing."""

    def __init__(self, page: FetchedPage, outlet: Outlet, *, base: str | None = None) -> None:
        """``base`` is the address to read it by where the page has none of its own (a saved page)."""
        self.page = parsed(page)
        assert self.page.tree is not None
        self.tree: HtmlElement = self.page.tree
        self.outlet = outlet
        self.url = page.url or base or ""
        self.answered: dict[str, str] = {}
        self.sure: dict[str, float] = {}
        self._moments: dict[str, Printed | None] = {}

    @cached_property
    def elements(self) -> list[HtmlElement]:
        """All of the tree's. While they are held, lxml need not make them anew for each look at the page: it saves a
        fifth of the reading."""
        return list(self.tree.iter())

    def hold(self) -> int:
        """Make the elements and keep them; how many there are."""
        return len(self.elements)

    @cached_property
    def address(self) -> Address:
        """This page's; where the address says nothing, that of the link it was fetched for."""
        address = self.outlet.address(self.url)
        if address is None and self.page.link is not None:
            address = Address(key=self.page.link.key, url=self.page.link.url)
        if address is None:
            raise NotAnArticle(Reason.MOVED_AWAY, f"{self.url or 'no address'} is no article of {self.outlet.slug}")
        return address

    @cached_property
    def meta(self) -> Meta:
        return surface_of(self.tree).meta

    @cached_property
    def site(self) -> str:
        """The site's name for itself, '' where nobody says it."""
        return self.meta.first("og:site_name") or self.outlet.name

    @cached_property
    def data(self) -> Json:
        return jsonld.article_data(self.tree)

    @cached_property
    def title(self) -> str:
        return visible.title_of(self.tree)

    @cached_property
    def heads(self) -> list[visible.Head]:
        return visible.heads_of(self.tree)

    @cached_property
    def headline(self) -> str | None:
        """What the page's headline is; the page class reads it."""
        raise NotImplementedError

    @cached_property
    def walked(self) -> Walked:
        for css in self.body_css:
            if (declared := first(self.tree, css)) is not None:
                self._answer("body", "selector")
                walked = walk(declared, self.url, self.body_roles)
                return attrs.evolve(walked, blocks=with_captions(walked.blocks))
        found = find_story(
            self.tree,
            self.headline,
            self.meta,
            self.data,
            base=self.url,
            elements=self.elements,
            parts=parts_of(self.related_blocks),
        )
        if found.blocks:
            self._answer("body", "generic", found.sure)
        elif self.state.content:
            found = story_in_script(self.state.content, self.url, self.headline)
            self._answer("body", "state", found.sure)
        return found

    def walked_markup(self, markup: str) -> Walked:
        """A story that a publisher's page holds as markup, in a script or a field, walked like one it declares."""
        body = parse(f"<html><body>{markup}</body></html>".encode("utf-8", "replace")).find("body")
        assert body is not None
        walked = walk(body, self.url, self.body_roles)
        return attrs.evolve(walked, blocks=with_captions(walked.blocks))

    @cached_property
    def related_blocks(self) -> tuple[RelatedBlock, ...]:
        """What the page itself heads as related."""
        return related_blocks(self.tree)

    @cached_property
    def state(self) -> State:
        """What the page's scripts say of its article."""
        return state_of(self.tree, self.headline or self.title)

    @cached_property
    def near_runs(self) -> tuple[str, ...]:
        """The runs of text behind the printed headline, without addresses: they hold numbers that are no dates."""
        return tuple(without_addresses(run) if "://" in run else run for run in self.printed_runs)

    @cached_property
    def printed_runs(self) -> tuple[str, ...]:
        """The runs of text behind the printed headline."""
        return visible.runs_after(self.tree, self.headline, self.heads)

    @cached_property
    def dates(self) -> Dates:
        link = self.page.link
        if self.answered.get("published") == "selector":
            return only_changes(self.meta, self.data, self._printed)
        return gather(
            self.tree,
            url=self.url,
            meta=self.meta,
            data=self.data,
            runs=self.near_runs,
            read=self._printed,
            state=self._unseen_date,
            hint=link.time if link else None,
            home=self.home,
        )

    @cached_property
    def language(self) -> str:
        words = "".join(block.text for block in self.walked.blocks[:8]) or self.title
        declared = self.tree.get("lang") or self.meta.first("content-language", "og:locale", "language")
        declared = declared or jsonld.text(self.data, "inLanguage")
        found = language_of(words, declared, self.outlet.language)
        agrees = bool(declared) and found[:2] == str(declared)[:2].lower()
        self._answer("language", "generic", 0.95 if agrees else None)
        return found

    @cached_property
    def place(self) -> Place:
        """Where the site stands, by its host and what the page declares."""
        tags = (self.tree.get("lang"), self.meta.first("og:locale"), self.meta.first("content-language"))
        return place_of(self.language, tags, host_of(self.url))

    @cached_property
    def home(self) -> bool:
        """Whether the zone is the outlet's, or that of all who write in the language."""
        return bool(self.outlet.zone) or self.outlet.zone_for(self.language) != "UTC"

    @cached_property
    def zone(self) -> str:
        return self.outlet.zone_for(self.language) if self.home else self.place.zone or "UTC"

    # -- asking --------------------------------------------------------------------------------------------------------
    def said(self, css: Css) -> str | None:
        """The words of the first element that any of the selectors finds and that shows any."""
        for one in css:
            for element in every(self.tree, one):
                if text := visible_text(element):
                    return text
        return None

    def _first(self, field: str, *givers: tuple[str, Callable[[], T | None]]) -> T | None:
        for who, giver in givers:
            value = giver()
            if value:
                self._answer(field, who)
                return value
        return None

    def _answer(self, field: str, who: str, sure: float | None = None) -> None:
        """Note who answered for a field and how sure that is (0 to 1; None: as sure as that hand is by itself)."""
        self.answered[field] = who
        self.sure[field] = SURENESS[who] if sure is None else sure

    def _unseen_date(self) -> Printed | None:
        """When it was published, where the page does not show it but holds it."""
        return self._printed(self.state.published)

    def _weighed(self, field: str, verdict: Verdict[T] | None) -> T | None:
        if verdict is None:
            return None
        self._answer(field, verdict.who, verdict.sure)
        return verdict.value

    @cached_property
    def _read_date(self) -> Callable[[str], Printed | None]:
        """Reads a date as the page's language, zone and place have it."""
        return partial(
            read_printed,
            zone=self.zone,
            reference=self.page.fetched_at,
            language=self.language,
            day_first=self.place.day_first,
            named=self.place.named,
        )

    def _printed(self, text: str | None) -> Printed | None:
        if not text:
            return None
        if text not in self._moments:
            self._moments[text] = since_1970(text, self.zone) if text.isdecimal() else self._read_date(text)
        return self._moments[text]

    def _printed_at(self, css: Css) -> Printed | None:
        for one in css:
            for element in every(self.tree, one):
                if found := self._printed(element.get("datetime") or visible_text(element)):
                    return found
        return None
