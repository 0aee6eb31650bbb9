"""The way of one page, top to bottom: selectors of the publisher first, then the default chain.

The chain asks, for each field, in this order and stops at the first answer: the publisher's **selector**, **jsonld**,
**meta**, what is visible anywhere (**generic**), the listing's **hint**; dateline, byline and editor lines come from
the story itself (**text**). Who answered is kept in ``Article.answered_by``.

A publisher's page subclasses :class:`NewsPage` and fills in class attributes (CSS, the first that answers wins); a
method is overridden only for what the chain gets wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import ClassVar, TypeVar

from lxml.html import HtmlElement

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract import blocks as writing
from newscrawl.extract import jsonld, refusals, visible
from newscrawl.extract.body import Roles, Walked, walk
from newscrawl.extract.captions import with_captions
from newscrawl.extract.finder import find_body
from newscrawl.extract.language import language_of
from newscrawl.extract.lines import Story, story_of
from newscrawl.extract.meta import PUBLISHED_NAMES, Meta, signals
from newscrawl.extract.outlet import Outlet
from newscrawl.extract.paging import continues, next_page
from newscrawl.extract.people import People, people_of
from newscrawl.extract.related import RelatedList, read_related
from newscrawl.extract.select import every, first
from newscrawl.extract.surface import surface_of
from newscrawl.items import Address, Article, Capture, Crumb, Dateline, FetchedPage, Json, Printed, Related
from newscrawl.text.byline import read_editors
from newscrawl.text.dateline import read_dateline
from newscrawl.text.dates import read_printed
from newscrawl.text.tree import parsed, visible_text
from newscrawl.text.urls import absolute

LONGEST_OUTLET = 40
"""Characters; what is longer where an outlet's name should stand is none."""

T = TypeVar("T")
Css = tuple[str, ...]


class NewsPage:
    """One article page of an outlet, to be read once by :meth:`read`."""

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

    # -- what the fields are read from --------------------------------------------------------------------------------
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
    def data(self) -> Json:
        return jsonld.article_data(self.tree)

    @cached_property
    def title(self) -> str:
        return visible.title_of(self.tree)

    @cached_property
    def walked(self) -> Walked:
        body = self.body_element()
        if body is None:
            return Walked(blocks=())
        walked = walk(body, self.url, self.body_roles)
        return Walked(blocks=with_captions(walked.blocks), editor_lines=walked.editor_lines)

    @cached_property
    def later(self) -> tuple[NewsPage, ...]:
        """Pages 2 to n, each checked to be the one that follows."""
        pages = tuple(type(self)(page, self.outlet) for page in self.page.continued)
        before: NewsPage = self
        for page in pages:
            own, known = self.address, self.outlet.address(page.url)
            follows = known is not None and known.key == own.key and known.page == before.address.page + 1
            if not follows and not continues(page.url, before.url):
                raise NotAnArticle(Reason.MOVED_AWAY, f"{page.url} is not the page after {before.url}")
            before = page
        return pages

    @cached_property
    def story(self) -> Story:
        pages = (self, *self.later)
        return story_of([block for page in pages for block in page.walked.blocks], self.headline)

    @cached_property
    def language(self) -> str:
        words = "".join(block.text for block in self.walked.blocks[:8]) or self.title
        return language_of(words, self.tree.get("lang"), self.outlet.language)

    @cached_property
    def zone(self) -> str:
        return self.outlet.zone_for(self.language)

    @cached_property
    def near(self) -> str:
        """The words after the headline."""
        return visible.words_after(self.tree, self.headline)

    # -- the fields ---------------------------------------------------------------------------------------------------
    def body_element(self) -> HtmlElement | None:
        """The element of the story: the publisher's selector, else the densest."""
        for css in self.body_css:
            if (found := first(self.tree, css)) is not None:
                self.answered["body"] = "selector"
                return found
        found_body = find_body(self.tree)
        if found_body is not None:
            self.answered["body"] = "generic"
        return found_body

    @cached_property
    def headline(self) -> str | None:
        link, site = self.page.link, self.meta.first("og:site_name") or self.outlet.name
        return self._first(
            "headline",
            ("selector", lambda: self.said(self.headline_css)),
            ("jsonld", lambda: jsonld.text(self.data, "headline")),
            ("meta", lambda: visible.without_site(self.meta.first("og:title", "twitter:title") or "", site) or None),
            ("generic", lambda: visible.headline_of(self.tree, self.title)),
            ("generic", lambda: visible.without_site(self.title, site) or None),
            ("hint", lambda: link.headline if link else None),
        )

    def subheadline(self) -> str | None:
        return self._first(
            "subheadline",
            ("selector", lambda: self.said(self.subheadline_css)),
            ("jsonld", lambda: jsonld.text(self.data, "alternativeHeadline")),
        )

    @cached_property
    def published(self) -> Printed | None:
        link = self.page.link
        return self._first(
            "published",
            ("selector", lambda: self._printed_at(self.published_css)),
            ("jsonld", lambda: self._printed(jsonld.text(self.data, "datePublished", "dateCreated"))),
            ("meta", lambda: self._printed(self.meta.first(*PUBLISHED_NAMES))),
            ("generic", self._published_near),
            ("hint", lambda: link.time if link else None),
        )

    def modified(self) -> Printed | None:
        found = self._first(
            "modified",
            ("selector", lambda: self._printed_at(self.modified_css)),
            ("jsonld", lambda: self._printed(jsonld.text(self.data, "dateModified"))),
            ("meta", lambda: self._printed(self.meta.first("article:modified_time", "og:updated_time"))),
        )
        if found is not None and self.published is not None and found.at <= self.published.at:
            self.answered.pop("modified", None)
            return None
        return found

    def credit(self) -> tuple[str | None, str | None]:
        """(来源, its address). A line 本文来源：… in the story serves where the page gives none."""
        for css in self.credit_css:
            for element in every(self.tree, css):
                text = visible_text(element)
                name = visible.credit_in(text) if ":" in text or "：" in text else text
                if name and len(name) <= LONGEST_OUTLET:
                    self.answered["credit"] = "selector"
                    href = next((a.get("href") for a in element.iter("a") if visible_text(a) == name), None)
                    return name, absolute(self.url, href)
        name = self._first(
            "credit", ("generic", lambda: visible.credit_in(self.near)), ("text", lambda: self.story.credit)
        )
        return name, None

    @cached_property
    def dateline(self) -> Dateline | None:
        """At the head of the story; of a later paragraph only where those before it lead in (编者按, a subheading)."""
        day = self.published
        when = date.fromisoformat(day.local[:10]) if day else None
        for block in [block for block in self.story.blocks if block.text][:4]:
            found = read_dateline(block.text, when)
            if found is not None:
                self.answered["dateline"] = "text"
                return found
            if len(block.text) > 40 and not block.text.startswith(
                ("编者按", "内容提要", "内容摘要", "核心提示", "导读")
            ):
                return None
        return None

    def byline(self) -> str | None:
        """The words of the page's byline element."""
        return self.said(self.byline_css)

    def people(self, credit: str | None) -> People:
        """Authors, 通讯员 and editors."""
        last = (self, *self.later)[-1]
        printed = last.walked.editor_lines or self.walked.editor_lines
        editors = self._first(
            "editors",
            ("text", lambda: read_editors("\n".join([*printed, *self.story.editor_lines]))),
            ("selector", lambda: read_editors(self.said(self.editor_css) or "")),
            ("generic", lambda: read_editors("\n".join(dict.fromkeys(visible.editor_lines(self.tree))))),
        )
        found = people_of(
            self.dateline,
            self.story.bylines,
            byline=self.byline(),
            persons=jsonld.persons(self.data),
            editors=editors or (),
            outlets=tuple(filter(None, (self.outlet.name, credit, self.meta.first("og:site_name")))),
        )
        if found.authors:
            self.answered["authors"] = found.answered
        return found

    def breadcrumbs(self) -> tuple[Crumb, ...]:
        crumbs: list[Crumb] = []
        for css in self.crumbs_css:
            for anchor in every(self.tree, css):
                name = visible_text(anchor)
                if name and name not in self.home_names:
                    crumbs.append(Crumb(name=name, url=absolute(self.url, anchor.get("href"))))
            if crumbs:
                self.answered["breadcrumbs"] = "selector"
                break
        return tuple(crumbs)

    def section(self, crumbs: Sequence[Crumb]) -> str | None:
        link = self.page.link
        return self._first(
            "section",
            ("selector", lambda: crumbs[-1].name if crumbs else None),
            ("jsonld", lambda: jsonld.text(self.data, "articleSection")),
            ("meta", lambda: self.meta.first("article:section")),
            ("hint", lambda: link.section if link else None),
        )

    def summary(self) -> str | None:
        link = self.page.link
        return self._first(
            "summary",
            ("jsonld", lambda: jsonld.text(self.data, "description")),
            ("meta", lambda: self.meta.first("og:description", "description")),
            ("hint", lambda: link.summary if link else None),
        )

    def keywords(self) -> tuple[str, ...]:
        return self._first(
            "keywords",
            ("meta", lambda: self.meta.keywords()),
            ("jsonld", lambda: jsonld.words(self.data, "keywords")),
        ) or ()  # fmt: skip

    def related_links(self) -> tuple[Related, ...]:
        found = read_related(
            self.tree,
            self.related,
            base=self.url,
            own=self.address.key,
            outlet=self.outlet,
            zone=self.zone,
            reference=self.page.fetched_at,
        )
        if found:
            self.answered["related"] = "selector" if self.related else "generic"
        return found

    # -- the whole ----------------------------------------------------------------------------------------------------
    def next_page(self) -> str | None:
        """The absolute address of the page after this one; None on the last."""
        return next_page(
            self.tree,
            self.page_bars,
            url=self.url,
            own=self.address,
            outlet=self.outlet,
        )

    def read(self) -> Article:
        """The whole article.

        Raises :class:`~newscrawl.errors.NotAnArticle`: NEEDS_MORE_PAGES (with the address to ask next) where pages
        are missing, MOVED_AWAY where a later page is none of this article, NOT_FOUND_PAGE or MOVED_HOME for a page
        that says so in its words, NO_BODY and NO_HEADLINE.
        """
        if self.address.page > 1:
            detail = f"page {self.address.page} of an article was given without page 1"
            raise NotAnArticle(Reason.NEEDS_MORE_PAGES, detail, next_url=self.address.url)
        following = (self, *self.later)[-1].next_page()
        if following:
            raise NotAnArticle(Reason.NEEDS_MORE_PAGES, following, next_url=following)
        text = writing.text_of(self.story.blocks)
        refusals.check(self.tree, self.title, self.headline, text, url=self.url)
        assert self.headline is not None
        return self._article(self.headline, text)

    def _article(self, headline: str, text: str) -> Article:
        credit, credit_url = self.credit()
        people = self.people(credit)
        crumbs = self.breadcrumbs()
        pages = (self.page, *self.page.continued)
        captures: tuple[Capture, ...] = tuple(page.capture for page in pages if page.capture)
        return Article(
            key=self.address.key,
            source=self.outlet.slug,
            url=self.address.url,
            language=self.language,
            headline=headline,
            subheadline=self.subheadline(),
            section=self.section(crumbs),
            breadcrumbs=crumbs,
            dateline=self.dateline,
            authors=people.authors,
            correspondents=people.correspondents,
            editors=people.editors,
            credit=credit,
            credit_url=credit_url,
            published=self.published,
            modified=self.modified(),
            summary=self.summary(),
            body_html=writing.html_of(self.story.blocks),
            body_text=text,
            images=writing.images_of(self.story.blocks),
            keywords=self.keywords(),
            related=self.related_links(),
            correction=self.story.correction,
            robots=signals(self.meta, self.page.headers),
            answered_by=self.answered,
            captures=captures,
            read_at=self.page.fetched_at,
        )

    # -- small tools for subclasses -----------------------------------------------------------------------------------
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
                self.answered[field] = who
                return value
        return None

    def _printed(self, text: str | None) -> Printed | None:
        if not text:
            return None
        return read_printed(text, zone=self.zone, reference=self.page.fetched_at, language=self.language)

    def _printed_at(self, css: Css) -> Printed | None:
        for one in css:
            for element in every(self.tree, one):
                if found := self._printed(element.get("datetime") or visible_text(element)):
                    return found
        return None

    def _published_near(self) -> Printed | None:
        reference = self.page.fetched_at
        return visible.published_near(self.tree, self.near, zone=self.zone, reference=reference, language=self.language)
