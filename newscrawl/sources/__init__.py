"""WHO: the publishers, one file each, found by walking the folder; and reading a page by its publisher's rules.

A module with a ``SOURCE`` is a source; its file name is the slug. There is no list to edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import attrs

from newscrawl.errors import BadOption, NotAnArticle, Reason
from newscrawl.extract import nature
from newscrawl.extract.page import NewsPage
from newscrawl.extract.refusals import is_list
from newscrawl.items import Article, FetchedPage
from newscrawl.sources.base import Source
from newscrawl.sources.unknown import generic_outlet, named_address
from newscrawl.text.spelling import is_home
from newscrawl.text.tree import parsed
from newscrawl.text.urls import host_of

__all__ = ["Registry", "Source", "for_url", "generic_outlet", "named_address", "read_page", "registry"]

PACKAGES = ("newscrawl.sources",)


class Registry:
    """The known sources, by slug and by host."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._by_slug: dict[str, Source] = {}
        self._by_host: dict[str, Source] = {}
        for source in sorted(sources, key=lambda source: source.slug):
            if source.slug in self._by_slug:
                raise ValueError(f"two sources are named {source.slug}")
            self._by_slug[source.slug] = source
            for host in source.hosts:
                if host in self._by_host:
                    raise ValueError(f"{host} is claimed by {self._by_host[host].slug} and {source.slug}")
                self._by_host[host] = source

    @classmethod
    def walk(cls, packages: Sequence[str] = PACKAGES) -> Registry:
        """Every module with a ``SOURCE`` in the packages' folders.

        A module that cannot be imported raises its own exception with a note that names the module.
        """
        sources: list[Source] = []
        for package in packages:
            for found in iter_modules(import_module(package).__path__, f"{package}."):
                try:
                    source = getattr(import_module(found.name), "SOURCE", None)
                except BaseException as error:
                    error.add_note(f"while loading the source {found.name}")
                    raise
                if source is None:
                    continue
                slug = found.name.rpartition(".")[2]
                if not isinstance(source, Source):
                    raise TypeError(f"{found.name}: SOURCE should be a Source, it is a {type(source).__name__}")
                if source.slug != slug:
                    raise ValueError(f"{found.name}: its SOURCE says slug={source.slug!r}, it should be slug={slug!r}")
                sources.append(source)
        return cls(sources)

    def get(self, slug: str) -> Source:
        """The source of that name; :class:`~newscrawl.errors.BadOption` names those there are."""
        try:
            return self._by_slug[slug]
        except KeyError:
            raise BadOption(slug, f"is no source; there are {', '.join(self._by_slug) or 'none'}") from None

    def for_url(self, url: str) -> Source | None:
        """Whose host the address lies on, the longest host name first; None where nobody's."""
        host = host_of(url)
        while host:
            if source := self._by_host.get(host):
                return source
            host = host.partition(".")[2]
        return None

    @property
    def outlets(self) -> dict[str, str]:
        """Every name that credits print of a source -> its slug."""
        return {name: source.slug for source in self for name in (source.name, *source.credited_as)}

    def __iter__(self) -> Iterator[Source]:
        return iter(self._by_slug.values())

    def __len__(self) -> int:
        return len(self._by_slug)

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug


@cache
def registry() -> Registry:
    """newscrawl's own sources, walked once."""
    return Registry.walk()


def for_url(url: str) -> Source | None:
    """Whose host the address lies on, among newscrawl's own sources."""
    return registry().for_url(url)


def read_page(page: FetchedPage, *, generic: bool = False, registry: Registry | None = None) -> Article:
    """Read a page by its publisher's rules where its address is a known source's article, else by the generic chain.

    The address is the page's own, else the one it names as canonical (``<link rel=canonical>``, ``og:url``); what is
    only canonical does not become the page's. ``generic`` switches the publisher's rules off. Raises
    :class:`~newscrawl.errors.NotAnArticle`: NO_BODY too for a publisher's home page and listings, and for a page that
    no link led to and that holds little but links; where nobody's rules hold, what :mod:`~newscrawl.extract.nature`
    takes for none.
    """
    known = registry or _own()
    page = parsed(page)
    url = page.url or named_address(page) or ""
    source = known.for_url(url)
    if not generic and source is not None:
        if reason := source.not_article(url):
            raise NotAnArticle(reason, url)
        redirected = page.asked is not None and page.asked != url
        if redirected or source.address(url) is not None:
            return source.read(page if page.url else attrs.evolve(page, url=url))
        if what := source.listing_at(url):
            raise NotAnArticle(Reason.NO_BODY, f"{url} is {what} of {source.slug}")
    if page.asked and page.asked != url and is_home(url):
        raise NotAnArticle(Reason.MOVED_HOME, f"{page.asked} led to {url}")
    reading = NewsPage(page, generic_outlet(url, page.body), base=url)
    article = reading.read()
    if page.link is None and is_list(reading.story.blocks):
        raise NotAnArticle(Reason.NO_BODY, f"{url or 'the page'} holds a list of links, no story")
    if source is None or generic:
        nature.check(nature.read_of(reading, article))
    return article


def _own() -> Registry:
    return registry()
