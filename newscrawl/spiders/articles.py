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

from newscrawl.errors import NotAnArticle
from newscrawl.fetch.failures import failure_word
from newscrawl.fetch.handler import MISSING_FLAG
from newscrawl.items import FetchedPage, Link
from newscrawl.outcome import Count
from newscrawl.spiders.copies import Copies, Verdict
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
        self._copies = Copies(errand)

    def ask(self, link: Link, again: Again | None = None) -> Request:
        """``again`` where its article is stored: then with what its page said of itself, so that the server may answer
        that nothing has changed, and an answer 'not there' says something."""
        errand = self._errand
        errand.source = errand.source.and_of(link.url)  # recorded by this lane, it is the site's own
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
        asked_once = about["again"] is None and plan.url is None
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
        verdict: Verdict | None = None
        try:
            page = parsed(page)
            if errand.source.learns and not parts:
                verdict = self._copies.judge(page, link, again)
            following = None if verdict and not verdict.is_here else errand.source.next_page(page)
        except NotAnArticle as problem:  # the read pipeline says so, and the rejection is stored with its link
            errand.count(Count.FETCHED)
            yield attrs.evolve(parts[0], continued=(*parts[1:], page)) if parts else attrs.evolve(page, refused=problem)
            return
        if verdict is not None:
            yield attrs.evolve(page, refused=verdict.problem)
            if verdict.instead is None or not verdict.is_here:
                errand.count(Count.FETCHED)
                if verdict.instead is not None and errand.plan.url is not None:  # nothing else would ask it in this run
                    yield self._request_of(verdict.instead, None)
                return
            link = verdict.instead
            page = attrs.evolve(page, link=link, source=link.source)
        parts = (*parts, page)
        if following and len(parts) < MOST_PAGES and following not in {part.url for part in parts}:
            yield self._request(following, {"link": link, "parts": parts, "again": None})
            return
        errand.count(Count.FETCHED)
        yield attrs.evolve(parts[0], continued=parts[1:])

    def freed(self, limit: int) -> list[Request]:
        """Those that were turned away in this run and are to be asked after all."""
        return [self.ask(link) for link in self._copies.freed(limit)]

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
        """Note it; what is not where it was linked is asked once more, at its own address."""
        word = failure_word(failure)
        if self._errand.is_ours(failure):
            return
        elsewhere = self._elsewhere(link)
        if not parts and elsewhere and word.startswith(ELSEWHERE):
            yield self._request_of(elsewhere, again)
            return
        self._note(link, parts, word, again)

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
