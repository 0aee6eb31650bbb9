"""Asking articles: the pages of one, the second address of one, and one that is stored asked again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import attrs
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.twin import original_of
from newscrawl.fetch.failures import failure_word
from newscrawl.fetch.handler import MISSING_FLAG
from newscrawl.items import Address, FetchedPage, Link
from newscrawl.outcome import Count
from newscrawl.spiders.errand import Errand
from newscrawl.store.frontier import Again, State
from newscrawl.text.tree import parsed

logger = logging.getLogger(__name__)

ELSEWHERE = ("http_404", "http_410", "dns", "connection", "timeout", "tls", "address_refused")
"""Failure words (prefixes) of an address that may be a bad spelling."""
NOT_THERE = (404, 410)
NOT_MODIFIED = 304
MOST_PAGES = 60
"""A longer 'article' is a loop in somebody's page bar."""


class Articles:
    """Makes the requests of articles and takes their answers: gives the page, whole, to the pipelines, or notes in the
    frontier why there is none."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._copies: dict[str, Link] = {}
        """By the key of the original that is asked in its place."""
        self._alone: set[str] = set()
        """Keys of copies whose original is not to be had: they are read as what they are."""

    def ask(self, link: Link, again: Again | None = None) -> Request:
        """``again`` where its article is stored: then with what its page said of itself, so that the server may answer
        that nothing has changed, and an answer 'not there' says something."""
        errand = self._errand
        errand.count(Count.ASKED)
        errand.count(Count.FRESH, link.key in errand.fresh_keys)
        errand.count(Count.AGAIN, again is not None and again.shown)
        return self._request_of(link, again)

    def _request_of(self, link: Link, again: Again | None) -> Request:
        about: dict[str, Any] = {"link": link, "parts": (), "again": again}
        request = self._request(link.url, about)
        if again is not None:
            given = {"If-None-Match": again.etag, "If-Modified-Since": again.last_modified}
            for name, value in given.items():
                if value:
                    request.headers[name] = value
            asked = [NOT_MODIFIED] if any(given.values()) else []
            request.meta["handle_httpstatus_list"] = [*asked, *NOT_THERE]
        return request

    def _request(self, url: str, about: dict[str, Any]) -> Request:
        failed = partial(self._failed, **about)
        request = Request(url, callback=self._fetched, errback=failed, cb_kwargs=about, dont_filter=True)
        frontier, plan = self._errand.frontier, self._errand.plan
        asked_once = about["again"] is None and plan.url is None and about["link"].key not in self._alone
        if frontier.lane is not None and asked_once:
            request.meta["still_ours"] = partial(frontier.is_left, about["link"].key)
        return request

    def _fetched(
        self, response: Response, link: Link, parts: tuple[FetchedPage, ...], again: Again | None
    ) -> Iterator[FetchedPage | Request]:
        if again is not None and response.status in (NOT_MODIFIED, *NOT_THERE):
            yield from self._not_sent(response, link, again)
            return
        errand = self._errand
        page = attrs.evolve(errand.page(response), link=link if not parts else None)
        if not parts and again is not None:
            errand.count(Count.RECHECKED, again.shown)
            page = attrs.evolve(page, again=again.shown)
        try:
            page = parsed(page)
            following = errand.source.next_page(page)
        except NotAnArticle as problem:  # the read pipeline says so, and the rejection is stored with its link
            errand.count(Count.FETCHED)
            yield attrs.evolve(parts[0], continued=(*parts[1:], page)) if parts else attrs.evolve(page, refused=problem)
            return
        if errand.source.learns and not parts and (instead := self._instead(page, link)):
            yield attrs.evolve(page, refused=NotAnArticle(Reason.COPY, f"of {instead.url}"))
            if again is not None or instead.url != page.url or not self._recorded(instead):
                errand.count(Count.FETCHED)
                if errand.plan.url is not None and instead.url != page.url:  # nothing else would ask it in this run
                    yield self._request_of(instead, None)
                return
            link, page = instead, attrs.evolve(page, link=instead, source=instead.source)
        parts = (*parts, page)
        if following and len(parts) < MOST_PAGES and following not in {part.url for part in parts}:
            yield self._request(following, {"link": link, "parts": parts, "again": None})
            return
        errand.count(Count.FETCHED)
        yield attrs.evolve(parts[0], continued=parts[1:])

    def _instead(self, page: FetchedPage, link: Link) -> Link | None:
        """The link by which a page is to be known that is not its own: of where it has moved to on the same site, or of
        the page that it names as the one it is a copy of. That one is recorded, to be asked in its turn."""
        source = self._errand.source
        moved = source.address(page.url)
        if moved is not None and moved.key != link.key:
            return self._as(link, moved, page.url)
        named = original_of(page) if link.key not in self._alone else None
        original = source.address(named) if named else None
        if named is None or original is None or original.key == link.key:
            return None
        if self._errand.frontier.state(original.key) in (State.REJECTED, State.GIVEN_UP):
            return None  # nothing came of it: then the copy is what there is
        instead = self._as(link, original, named)
        if self._recorded(instead):
            self._copies[instead.key] = link
        return instead

    def _as(self, link: Link, address: Address, url: str) -> Link:
        return attrs.evolve(link, key=address.key, url=url, source=self._errand.source.slug_at(url))

    def _recorded(self, link: Link) -> bool:
        """Whether it is new."""
        new = self._errand.frontier.record([link])
        self._errand.fresh_keys.update(each.key for each in new)
        return bool(new)

    def _not_sent(self, response: Response, link: Link, again: Again) -> Iterator[FetchedPage | Request]:
        """A stored article whose server says that it has not changed, or that it is not there."""
        errand = self._errand
        if response.status == NOT_MODIFIED:
            errand.count(Count.RECHECKED, again.shown)
            errand.count(Count.NOT_MODIFIED)
            errand.frontier.unchanged(link.key)
        elif elsewhere := self._elsewhere(link):
            yield self._request_of(elsewhere, attrs.evolve(again, etag=None, last_modified=None))
        elif MISSING_FLAG in response.flags:  # the replayed archive has not got it: that is not the publisher's word
            self._note(link, (), "http_404", again)
        else:
            errand.count(Count.RECHECKED, again.shown)
            yield attrs.evolve(errand.page(response), link=link, again=again.shown, gone=True)

    def _failed(
        self, failure: Failure, link: Link, parts: tuple[FetchedPage, ...], again: Again | None
    ) -> Iterator[Request]:
        """Note it; what is not where it was linked is asked once more, at its own address, and where it is no better a
        copy that named it, to be read as what it is."""
        word = failure_word(failure)
        if self._errand.is_ours(failure):
            return
        elsewhere = self._elsewhere(link)
        if not parts and elsewhere and word.startswith(ELSEWHERE):
            yield self._request_of(elsewhere, again)
            return
        self._note(link, parts, word, again)
        copy = self._copies.pop(link.key, None)
        if copy is not None and word.startswith(ELSEWHERE):
            self._alone.add(copy.key)
            yield self._request_of(copy, None)

    def _elsewhere(self, link: Link) -> Link | None:
        """The link at its canonical address, where that is another than the one it was found under."""
        canonical = self._errand.source.address(link.url)
        return attrs.evolve(link, url=canonical.url) if canonical and canonical.url != link.url else None

    def _note(self, link: Link, parts: tuple[FetchedPage, ...], word: str, again: Again | None) -> None:
        errand = self._errand
        errand.count(Count.FAILED + word)
        if link.key in errand.fresh_keys:
            errand.count(Count.FRESH_FAILED + word)
        if again is not None and again.shown:
            errand.count(Count.AGAIN_FAILED + word)
        where = f"page {len(parts) + 1}: {word}" if parts else word
        captures = [page.capture for page in parts if page.capture]
        standing = errand.frontier.failed(link.key, where, captures=captures)
        errand.count(Count.GIVEN_UP, standing is not None and standing.state is State.GIVEN_UP)
        due = standing.due_at if standing else None
        then = f"next try {due:%Y-%m-%d %H:%M} UTC" if due else "not asked again"
        logger.warning("%s failed: %s (%s)", link.url, where, then)
