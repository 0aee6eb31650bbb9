"""The way of one page, top to bottom: each field by the publisher's selector first, then by the default chain.

A publisher's page subclasses :class:`NewsPage` and fills in class attributes (CSS, the first that answers wins); a
method is overridden only for what the chain gets wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile

import attrs

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract import blocks as writing
from newscrawl.extract import jsonld, refusals, visible
from newscrawl.extract.bylines import written_by
from newscrawl.extract.chain import Chain
from newscrawl.extract.credit import LONGEST_OUTLET
from newscrawl.extract.crumbs import crumbs_of
from newscrawl.extract.editors import editor_lines
from newscrawl.extract.embargo import embargo_of
from newscrawl.extract.headline import headline_of
from newscrawl.extract.imprint import Imprint
from newscrawl.extract.lead_image import picture_at
from newscrawl.extract.lines import Story, story_of
from newscrawl.extract.meta import signals
from newscrawl.extract.paging import continues, next_page
from newscrawl.extract.people import People, people_of
from newscrawl.extract.published import modified_of, published_of
from newscrawl.extract.related import read_related
from newscrawl.extract.reprint import Reprint, reprint_of
from newscrawl.extract.select import every
from newscrawl.extract.writers import NOBODY
from newscrawl.items import Article, Capture, Crumb, Dateline, FetchedPage, Image, Printed, Related
from newscrawl.text.byline import read_editors
from newscrawl.text.dateline import read_dateline
from newscrawl.text.labelled import NOTHING, Labelled, read_lines
from newscrawl.text.tree import folded, visible_text
from newscrawl.text.urls import absolute

LONGEST_CRUMB = 120
"""Characters of a step of the trail: a longer one is what an element that was not closed has swallowed."""
LONGEST_NEAR = 800
"""Characters after the headline in which date and source are looked for."""
_HEAD_RUNS = 12
"""Runs between headline and story among which an embargo may be announced."""


class NewsPage(Chain):
    """One article page of an outlet, to be read once by :meth:`read`."""

    # -- all pages of the article -------------------------------------------------------------------------------------
    @cached_property
    def later(self) -> tuple[NewsPage, ...]:
        """Pages 2 to n, each checked to be the one that follows."""
        pages = tuple(self._later_page(page) for page in self.page.continued)
        before: NewsPage = self
        for page in pages:
            own, known = self.address, self.outlet.address(page.url)
            follows = known is not None and known.key == own.key and known.page == before.address.page + 1
            if not follows and not continues(page.url, before.url):
                raise NotAnArticle(Reason.BROKEN_PAGES, f"{page.url} is not the page after {before.url}")
            before = page
        return pages

    def _later_page(self, page: FetchedPage) -> NewsPage:
        """A later page, if it holds a part of a story: half an article with 'page not found' in it is none."""
        try:
            later = type(self)(page, self.outlet)
            if not writing.images_of(later.walked.blocks):
                text = writing.text_of(later.walked.blocks)
                refusals.check(later.tree, later.title, self.headline, text, url=page.url)
        except NotAnArticle as problem:
            raise NotAnArticle(Reason.BROKEN_PAGES, f"{page.url}: {problem}") from problem
        return later

    @cached_property
    def story(self) -> Story:
        story = story_of(self.reprint.blocks, self.headline)
        bylines = (*story.bylines, *self.reprint.bylines)
        return attrs.evolve(story, bylines=bylines) if self.reprint.bylines else story

    @cached_property
    def reprint(self) -> Reprint:
        """The blocks of all pages, and what is printed of a reprint; only the blocks where a publisher declares the
        story: it is no reprinter's page."""
        pages = (self, *self.later)
        blocks = [block for page in pages for block in page.walked.blocks]
        if self.answered.get("body") == "selector":
            return Reprint(blocks=tuple(blocks))
        canonical = self.meta.links.get("canonical")
        return reprint_of(self.tree, blocks, url=self.url, near=self.printed_runs, canonical=canonical)

    @cached_property
    def paragraphs(self) -> list[str]:
        """The words of the story's blocks."""
        return [block.text for block in self.story.blocks if block.text]

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The story's, with their captions: as sure as the story."""
        found = writing.images_of(self.story.blocks)
        if found:
            self._answer("images", self.answered.get("body", "generic"), self.sure.get("body"))
        return found

    @cached_property
    def near(self) -> str:
        """The words after the headline."""
        return " ".join(self.near_runs)[:LONGEST_NEAR]

    @cached_property
    def labels(self) -> Labelled:
        """What the labels near the headline say (Source:, By, Editor:); a page in Chinese has others."""
        return NOTHING if self.language.startswith("zh") else read_lines(self.near_runs)

    # -- the fields ---------------------------------------------------------------------------------------------------
    @cached_property
    def headline(self) -> str | None:
        if said := self.said(self.headline_css):
            self._answer("headline", "selector")
            return said
        link = self.page.link
        hint = link.headline if link else None
        found = headline_of(
            self.tree,
            heads=self.heads,
            title=self.title,
            site=self.site,
            meta=self.meta,
            data=self.data,
            hint=hint,
        )
        return self._weighed("headline", found)

    def subheadline(self) -> str | None:
        return self._first(
            "subheadline",
            ("selector", lambda: self.said(self.subheadline_css)),
            ("jsonld", lambda: jsonld.text(self.data, "alternativeHeadline")),
        )

    @cached_property
    def published(self) -> Printed | None:
        if shown := self._printed_at(self.published_css):
            self._answer("published", "selector")
            return shown
        return self._weighed("published", published_of(self.dates, home=self.home, place=self.place))

    def modified(self) -> Printed | None:
        shown, published = self._printed_at(self.modified_css), self.published
        if shown is not None:
            if published is not None and shown.at <= published.at:
                return None
            self._answer("modified", "selector")
            return shown
        return self._weighed("modified", modified_of(self.dates, published))

    def credit(self) -> tuple[str | None, str | None]:
        """(来源, its address). A notice of a reprint goes first; a line 本文来源：… in the story serves where the page
        gives none. The reprinter's own handle is none."""
        for css in self.credit_css:
            for element in every(self.tree, css):
                text = visible_text(element)
                name = visible.credit_in(text) if ":" in text or "：" in text else text
                if name and len(name) <= LONGEST_OUTLET:
                    self._answer("credit", "selector")
                    href = next((a.get("href") for a in element.iter("a") if visible_text(a) == name), None)
                    return name, absolute(self.url, href)
        reprint = self.reprint
        if reprint.credit:
            self._answer("credit", "text")
            return reprint.credit, reprint.credit_url
        name, url = self._credit_shown()
        if reprint.told and reprint.without_reprinter(name) is None:
            self.answered.pop("credit", None)
            name = None
        return name, reprint.credit_url or url

    def _credit_shown(self) -> tuple[str | None, str | None]:
        if self.is_chinese:
            found = self.imprint.credit
            if found is None:
                return None, None
            self._answer("credit", found.who, found.sure)
            return found.name, absolute(self.url, found.url)
        name = self._first(
            "credit",
            ("generic", lambda: visible.credit_in(self.near) or self.labels.credit),
            ("text", lambda: self.story.credit),
        )
        return name, None

    @property
    def is_chinese(self) -> bool:
        return self.language.startswith("zh")

    @cached_property
    def imprint(self) -> Imprint:
        return Imprint(
            tree=self.tree,
            title=self.title,
            headline=self.headline,
            runs=self.near_runs,
            paragraphs=self.paragraphs,
            told=self.story.credit,
            meta=self.meta,
            data=self.data,
            state=lambda: self.state,
            outlet=self.outlet.name,
        )

    def account(self) -> str | None:
        """A reprinter's handle, or the 自媒体号 of a page in Chinese; in other languages platforms are not told from
        outlets."""
        if self.reprint.account:
            self._answer("account", "generic")
            return self.reprint.account
        found = self.imprint.account if self.is_chinese else None
        if found is None:
            return None
        self._answer("account", found.who, found.sure)
        return found.name

    @cached_property
    def dateline(self) -> Dateline | None:
        """At the head of the story; of a later paragraph only where those before it lead in (编者按, a subheading)."""
        day = self.published
        when = date.fromisoformat(day.local[:10]) if day else None
        for text in self.paragraphs[:4]:
            found = read_dateline(text, when)
            if found is not None:
                self._answer("dateline", "text")
                return found
            if len(text) > 40 and not text.startswith(("编者按", "内容提要", "内容摘要", "核心提示", "导读")):
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
            ("generic", lambda: self.labels.editors),
            ("generic", lambda: read_editors("\n".join(editor_lines(self.tree)))),
            ("state", lambda: read_editors(f"编辑：{self.state.editor or ''}") if self.is_chinese else ()),
        )
        chinese = self.is_chinese
        names = (self.outlet.name, credit, self.meta.first("og:site_name"), self.reprint.account)
        outlets = tuple(filter(None, names))
        found = people_of(
            self.dateline,
            self.story.bylines,
            byline=self.byline(),
            persons=jsonld.persons(self.data) if chinese else (),
            near=self.imprint.writers(editors or ()) if chinese and not self.byline_css else NOBODY,
            editors=editors or (),
            outlets=(*outlets, *self.imprint.names) if chinese and not self.byline_css else outlets,
        )
        if found.authors:
            self._answer("authors", found.answered, found.sure)
        return found if found.authors or chinese else self._signed(found, outlets)

    def _signed(self, found: People, outlets: tuple[str, ...]) -> People:
        """With the authors that a page in another language than Chinese gives beside its story."""
        paragraphs = self.paragraphs
        written = written_by(
            self.tree,
            self.data,
            self.meta,
            url=self.url,
            names=outlets,
            headline=self.headline,
            near=self.near_runs,
            line=self.labels.authors,
            edges=[*paragraphs[:2], *paragraphs[:-4:-1]],
            language=self.language,
            shut_out=found.editors,
        )
        if written.names:
            self._answer("authors", written.who, written.sure)
        return attrs.evolve(found, authors=written.names, answered=written.who)

    def breadcrumbs(self) -> tuple[Crumb, ...]:
        crumbs: list[Crumb] = []
        for css in self.crumbs_css:
            for anchor in every(self.tree, css):
                name = visible_text(anchor)
                if name and len(name) <= LONGEST_CRUMB and name not in self.home_names:
                    crumbs.append(Crumb(name=name, url=absolute(self.url, anchor.get("href"))))
            if crumbs:
                self._answer("breadcrumbs", "selector")
                return tuple(crumbs)
        who, found = crumbs_of(self.tree, base=self.url, title=self.title, headline=self.headline, site=self.site)
        if found:
            self._answer("breadcrumbs", who)
        return found

    def section(self, crumbs: Sequence[Crumb]) -> str | None:
        link, last = self.page.link, crumbs[-1].name if crumbs else None
        return self._first(
            "section",
            ("selector", lambda: last if self.answered.get("breadcrumbs") == "selector" else None),
            ("jsonld", lambda: jsonld.text(self.data, "articleSection")),
            ("meta", lambda: self.meta.first("article:section")),
            ("hint", lambda: link.section if link else None),
            ("generic", lambda: last),
        )

    def summary(self) -> str | None:
        link = self.page.link
        return self._first(
            "summary",
            ("jsonld", lambda: self._more_than_headline(jsonld.text(self.data, "description"))),
            ("meta", lambda: self._more_than_headline(self.meta.first("og:description", "description"))),
            ("hint", lambda: link.summary if link else None),
        )

    def _more_than_headline(self, text: str | None) -> str | None:
        """Many pages fill their description with the headline, with or without the site's name: no summary."""
        return None if text is None or folded(text) in (folded(self.headline or ""), self.title) else text

    def lead_image(self) -> Image | None:
        """What the page names as its picture, with the caption where the story shows it; else the story's first."""
        shown = self.images
        found = self._first(
            "lead_image",
            ("jsonld", lambda: picture_at(self.url, jsonld.image(self.data))),
            ("meta", lambda: picture_at(self.url, self.meta.first("og:image", "og:image:url", "twitter:image"))),
            ("generic", lambda: shown[0] if shown else None),
        )
        return next((image for image in shown if found and image.url == found.url), found)

    def embargo(self) -> datetime | None:
        """Not to be shown before; aware, UTC."""
        lines, state = self.paragraphs[:2], None
        if not self.body_css:  # the finder leaves such a line out of the story
            story = lines[0] if lines else ""
            lines = [*takewhile(lambda run: not story.startswith(run), self.near_runs[:_HEAD_RUNS]), *lines]
            state = self.state if b"mbargo" in self.page.body else None
        found = embargo_of(self.meta, self.data, state, lines, self.outlet.zone)
        if found is None:
            return None
        self._answer("embargo", found[1])
        return found[0]

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
            self.related_blocks,
            base=self.url,
            own=self.address.key,
            outlet=self.outlet,
            zone=self.zone,
            reference=self.page.fetched_at,
        )
        if found:
            self._answer("related", "selector" if self.related else "generic")
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
        are missing, BROKEN_PAGES where a later page is none of this article or no page at all, NOT_FOUND_PAGE or
        MOVED_HOME for a page
        that says so in its words, NO_BODY and NO_HEADLINE.
        """
        if not self.body_css:
            self.hold()
        if self.address.page > 1:
            detail = f"page {self.address.page} of an article was given without page 1"
            raise NotAnArticle(Reason.NEEDS_MORE_PAGES, detail, first_url=self.address.url)
        following = (self, *self.later)[-1].next_page()
        if following:
            so_far = self._so_far() if self.page.link is None else None
            raise NotAnArticle(Reason.NEEDS_MORE_PAGES, following, next_url=following, so_far=so_far)
        text = writing.text_of(self.story.blocks)
        refusals.check(self.tree, self.title, self.headline, text, url=self.url)
        assert self.headline is not None
        return self._article(self.headline, text)

    def _so_far(self) -> Article | None:
        text = writing.text_of(self.story.blocks)
        return self._article(self.headline, text) if self.headline and text else None

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
            account=self.account(),
            credit=credit,
            credit_url=credit_url,
            published=self.published,
            modified=self.modified(),
            summary=self.summary(),
            body_html=writing.html_of(self.story.blocks),
            body_text=text,
            images=self.images,
            lead_image=self.lead_image(),
            keywords=self.keywords(),
            related=self.related_links(),
            correction=self.story.correction,
            notice=self.reprint.notice,
            embargo=self.embargo(),
            robots=signals(self.meta, self.page.headers),
            answered_by=self.answered,
            sure={field: round(self.sure[field], 3) for field in self.answered},
            captures=captures,
            etag=None if self.page.continued else self.page.headers.get("etag"),
            last_modified=None if self.page.continued else self.page.headers.get("last-modified"),
            read_at=self.page.fetched_at,
        )
