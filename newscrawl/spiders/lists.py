"""Asking listings: which links they have, where their walk goes on, and what tells a broken one from an empty one."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import attrs
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discover.instead import use_instead
from newscrawl.discover.links import Findings, findings_in
from newscrawl.discover.listings import Daily, Feed, Listing, Paged, Section, Sitemap
from newscrawl.discover.sitemap import MOST_BYTES
from newscrawl.errors import BrokenListing, NotAnArticle, Reason
from newscrawl.fetch.failures import failure_word
from newscrawl.items import FetchedPage, Found, Link
from newscrawl.outcome import Count
from newscrawl.spiders.errand import Errand
from newscrawl.spiders.links import sort_out
from newscrawl.spiders.witness import Witness
from newscrawl.store.frontier import Validators

logger = logging.getLogger(__name__)

NOT_MODIFIED = 304
SECTION_PAGES = 10
"""A section is walked no further, however far it is to known ground."""
SITEMAP_SECONDS = 180
"""A sitemap may be fifty times as large as a page."""
DEEPEST = 3
"""An index of indexes of sitemaps is followed so far."""
TOUCHED = timedelta(days=2)
"""The ``lastmod`` of a part may be a mere day, in whatever zone: that is no word on what came in the two days after."""
RECORDED = 2000
"""Links recorded in one transaction; more would hold up the crawl."""


@attrs.frozen(kw_only=True)
class Turn:
    """A listing's page that is asked."""

    where: Listing
    number: int = 0
    """Of the page in its list, from 0; of a sitemap, how many indexes are above it."""
    walk: int | None = None
    """The frontier's number of the walk; None for a listing that is read and not walked, and for the first of
    sitemaps."""
    told: Validators | None = None
    """What the walk's first page said of itself; kept when the walk is finished."""
    told_at: datetime | None = None


def _begin(where: Listing) -> str:
    """The address of its first page."""
    return where.pages()[0] if isinstance(where, Paged) else where.url


def _having_read(turn: Turn, page: FetchedPage) -> Turn:
    told = Validators(etag=page.headers.get("etag"), last_modified=page.headers.get("last-modified"))
    return attrs.evolve(turn, told=told, told_at=page.fetched_at)


class Lists:
    """Makes the requests of listings and takes their answers: every link is recorded before it is asked."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._passed_over: set[str] = set()
        self._witness = Witness()
        self._missed: frozenset[str] = frozenset()
        self._list_walk: int | None = None
        self._parts: deque[Turn] = deque()
        self._walked: set[str] = set()
        """Pages of sections and parts of sitemaps that this run has asked."""

    # -- what to ask ---------------------------------------------------------------------------------------------

    def fresh(self) -> Iterator[Iterable[Request]]:
        """Groups of requests, each begun when what the one before it led to is read: the first page of every list,
        every channel, feed and sitemap; then the parts of sitemaps, one by one."""
        yield self._first()
        while self._parts:
            yield self._part(self._parts.popleft())

    def _first(self) -> Iterator[Request]:
        errand = self._errand
        for where in errand.source.listings:
            if isinstance(where, Daily):
                continue
            is_walked = isinstance(where, Paged | Section)
            walk = errand.frontier.begin_walk(errand.run, where.name) if is_walked else None
            if isinstance(where, Paged):
                self._list_walk = walk
            yield self._ask(Turn(where=where, walk=walk), _begin(where), unless_changed=True)

    def _part(self, turn: Turn) -> Iterator[Request]:
        walk = self._errand.frontier.begin_walk(self._errand.run, turn.where.name)
        yield self._ask(attrs.evolve(turn, walk=walk), turn.where.url, unless_changed=True)

    def day(self, daily: Daily, name: str, url: str) -> Iterator[Request]:
        """One day of the dated archive."""
        walk = self._errand.frontier.begin_walk(self._errand.run, name)
        yield self._ask(Turn(where=daily, walk=walk), url)

    def _ask(self, turn: Turn, url: str, *, unless_changed: bool = False) -> Request:
        errand = self._errand
        errand.count(Count.LISTINGS)
        failed = partial(self._failed, turn=turn)
        about: dict[str, Any] = {"turn": turn}
        request = Request(url, callback=self._listed, errback=failed, cb_kwargs=about, priority=10, dont_filter=True)
        if unless_changed:
            told = errand.frontier.validators(errand.run, turn.where.name, url)
            for name, value in (("If-None-Match", told.etag), ("If-Modified-Since", told.last_modified)):
                if value:
                    request.headers[name] = value
            if told:
                request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]
        request.meta["listing"] = turn.where.name
        if isinstance(turn.where, Sitemap):
            request.meta.update(download_maxsize=MOST_BYTES, download_timeout=SITEMAP_SECONDS)
        return request

    # -- what came -----------------------------------------------------------------------------------------------

    def _listed(self, response: Response, turn: Turn) -> Iterator[Request]:
        errand, where, walk = self._errand, turn.where, turn.walk
        if response.status == NOT_MODIFIED:
            errand.count(Count.LISTINGS_UNCHANGED)
            return
        page = errand.page(response)
        try:
            found = self._findings(page, turn)
        except (NotAnArticle, BrokenListing) as problem:
            logger.warning("%s is no readable listing (%s)", response.url, problem)
            self._without_links(turn, "unreadable")
            if errand.is_start and (words := use_instead(page, where)):
                errand.count(Count.HEALTH + words)
            return
        if isinstance(where, Sitemap):
            self._sitemap(turn, found, page)
            return
        links = self._links(found.links, page)
        keys = [link.key for link in links]
        known_ground = bool(keys) and walk is not None and errand.frontier.known_ground(keys, walk)
        new = errand.frontier.record(links, walk=walk)
        self._tally(where, links, [link.key for link in new])
        if turn.number == 0 and not isinstance(where, Daily):
            turn = _having_read(turn, page)
        following = None if known_ground else self._following(turn, found)
        if not keys:
            self._without_links(turn)
        elif following is None:
            self._finish(turn)
        elif not self._enough():
            yield self._ask(attrs.evolve(turn, number=turn.number + 1), following)

    def _findings(self, page: FetchedPage, turn: Turn) -> Findings:
        """The address that the operator gave may lead to another domain, and its feed may name one; no other listing
        may, since a sitemap's index names whatever it likes."""
        errand, where = self._errand, turn.where
        if errand.learnt is None:
            return findings_in(page, where)
        is_start = turn.number == 0 and where in errand.source.listings
        if is_start:
            errand.source = errand.source.and_of(page.url)
        found = findings_in(page, where, experience=errand.learnt.shapes, own=self._is_own)
        if is_start and found.home:
            errand.source = errand.source.and_of(found.home)
        errand.learnt.vouched = errand.learnt.vouched or found.vouched
        return found

    def _is_own(self, url: str) -> bool:
        return self._errand.source.address(url) is not None

    def _following(self, turn: Turn, found: Findings) -> str | None:
        """The page of the list after this one, where there is one."""
        where, number = turn.where, turn.number + 1
        if isinstance(where, Paged):
            return where.pages()[number] if number < len(where.pages()) else None
        following = found.following
        if following is None or following in self._walked or number >= SECTION_PAGES:
            return None
        self._walked.add(following)
        return following

    # -- sitemaps ------------------------------------------------------------------------------------------------

    def _sitemap(self, turn: Turn, found: Findings, page: FetchedPage) -> None:
        """An index is asked whole each time: what it said of itself would say nothing of parts that are still to be
        asked. One that lost something is asked again, too."""
        links = self._links(found.links, page)
        self._errand.count(Count.PASSED_OVER + Reason.LIST_PAGE.value, found.left_out)
        for at in range(0, len(links), RECORDED):
            some = links[at : at + RECORDED]
            self._tally(turn.where, some, [link.key for link in self._errand.frontier.record(some)])
        if found.fault:
            logger.warning("%s: %s", page.url, found.fault)
        wanted = tuple(self._wanted(turn, found))
        self._parts.extend(wanted)
        if found.parts and not wanted and not links:
            self._errand.count(Count.LISTINGS_UNCHANGED)
        elif found.parts and len(wanted) == len(found.parts) and not links:
            self._errand.count(Count.LISTINGS_INDEXES)
        if turn.walk is None and not links and not found.parts:
            self._without_links(turn)
        elif not found.fault:
            self._finish(turn if found.parts else _having_read(turn, page))

    def _wanted(self, turn: Turn, found: Findings) -> Iterator[Turn]:
        """The parts of an index but those that have not changed since they were read to their end."""
        for part in found.parts if turn.number < DEEPEST else ():
            finished = self._errand.frontier.finished(self._errand.run, part.url)
            untouched = part.changed and finished and part.changed + TOUCHED < finished
            if not untouched and part.url not in self._walked:
                self._walked.add(part.url)
                yield Turn(where=Sitemap(name=part.url, url=part.url), number=turn.number + 1)

    def _links(self, found: tuple[Found, ...], page: FetchedPage) -> tuple[Link, ...]:
        assert page.fetched_at is not None
        result = sort_out(found, self._errand.source, page.url, page.fetched_at)
        for url, reason in result.passed_over.items():
            if url not in self._passed_over:
                self._passed_over.add(url)
                self._errand.count(Count.PASSED_OVER + reason.value)
        return result.links

    def _finish(self, turn: Turn) -> None:
        """All that the listing led to is recorded: its walk is finished, and what it said of itself can be trusted."""
        frontier, where = self._errand.frontier, turn.where
        if turn.walk is not None:
            frontier.finish_walk(turn.walk)
        if turn.told is not None and turn.told_at is not None:
            frontier.remember(self._errand.run, where.name, _begin(where), turn.told, turn.told_at)

    def _tally(self, where: Listing, links: tuple[Link, ...], new: list[str]) -> None:
        errand = self._errand
        errand.count(Count.LINKS, len(links))
        errand.count(Count.LINKS_NEW, len(new))
        errand.count(Count.LINKS_KNOWN, len(links) - len(new))
        errand.fresh_keys.update(new)
        if errand.learnt is not None:
            errand.learnt.hear(link.key for link in links)
            errand.frontier.reconsider(link.key for link in links if not errand.learnt.is_condemned(link.url))
        if isinstance(where, Feed | Paged):
            self._witness.heard(where, links)

    def _without_links(self, turn: Turn, word: str = "no_links") -> None:
        """A listing that answered and has no article link ends no walk: what lies behind it is looked for again.

        On the first page of a list that is how a changed layout looks; elsewhere it is a failed page.
        """
        logger.warning("listing %s, page %d gave no article link (%s)", turn.where.name, turn.number + 1, word)
        if isinstance(turn.where, Paged | Section) and turn.number == 0:
            self._errand.count(Count.LISTINGS_EMPTY + turn.where.name)
        else:
            self._errand.count(Count.LISTINGS_FAILED + word)

    def _failed(self, failure: Failure, turn: Turn) -> None:
        if self._errand.is_ours(failure):
            return
        word = failure_word(failure)
        if word in ("http_404", "http_410"):
            self._without_links(turn, word)
        else:
            logger.warning("listing %s, page %d failed: %s", turn.where.name, turn.number + 1, word)
            self._errand.count(Count.LISTINGS_FAILED + word)

    def _enough(self) -> bool:
        """With a limit, no more listing pages than it needs."""
        plan, frontier = self._errand.plan, self._errand.frontier
        return plan.limit is not None and frontier.count_open(self._errand.run) >= plan.limit

    # -- the second witness --------------------------------------------------------------------------------------

    def hear_witness(self) -> None:
        """What the feed has and no walk of the list ever met."""
        walk, stats = self._list_walk, self._errand.crawler.stats
        if walk is not None and self._witness.keys:
            self._missed = self._witness.missed(self._errand.frontier.on_ground(self._witness.keys, walk))
            stats.set_value(Count.FEED_LINKS, len(self._witness.keys))
            stats.set_value(Count.FEED_MISSED, len(self._missed))

    def say_missed(self) -> None:
        if missed := self._missed:
            logger.warning("the list misses %d articles that the feed has: %s", len(missed), ", ".join(sorted(missed)))
