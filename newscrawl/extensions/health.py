"""The health of a source, judged when a whole run is over, before the ledger asks for the verdict: what this run read
is held against what earlier ones did (:mod:`newscrawl.health`), and the page that shows what is wrong is kept."""

from __future__ import annotations

import logging
from pathlib import Path

import attrs
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from newscrawl.errors import StoreError
from newscrawl.extensions.quarantine import Quarantine, quarantine_of
from newscrawl.fetch.project import is_a_run, kind_of, options_of, registry_of, run_of
from newscrawl.fetch.rejected import Rejected
from newscrawl.health import (
    ARTICLES,
    BY,
    LACKS,
    LOST,
    NO_ARTICLE,
    QUIET_HOURS,
    Complaint,
    Run,
    fallen,
    quiet,
    sample_of,
    worse_again,
)
from newscrawl.items import Article, FetchedPage
from newscrawl.outcome import Count, Kind, feed_is_ahead, has_no_links, tally
from newscrawl.store.history import in_other_weeks, last_news, runs_of
from newscrawl.store.reader import Reader
from newscrawl.store.rows import missing

logger = logging.getLogger(__name__)

LISTING = "listing/"
"""Before a listing's name, among the names under which pages are remembered."""


class Health:
    """Judges only whole runs that came to their end by themselves. Its handler is to be connected before the ledger's
    (settings.EXTENSIONS): Scrapy calls them in that order."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._options = options_of(crawler.settings)
        self._run = run_of(crawler)
        self._source = self._run.source
        registry = registry_of(crawler.settings)
        self._quarantine = Quarantine(quarantine_of(self._options.db), self._source, registry, run=self._run.name)
        self._listings = {listing.name for listing in self._source.listings}
        self._seen: dict[str, FetchedPage] = {}
        """The last page behind each name of the run's sample, and of each listing by its name."""
        crawler.signals.connect(self._received, signals.response_received)
        crawler.signals.connect(self._read, signals.item_scraped)
        crawler.signals.connect(self._dropped, signals.item_dropped)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Health:
        if not is_a_run(crawler) or kind_of(crawler) != Kind.WHOLE:
            raise NotConfigured
        return cls(crawler)

    # -- what may be shown as a case -------------------------------------------------------------------------------

    def _received(self, response: Response, request: Request) -> None:
        name = request.meta.get("listing")
        if name in self._listings and response.status == 200:
            self._seen[LISTING + name] = self._page(response)

    def _read(self, item: Article, response: Response) -> None:
        """A later page of a long article shows nothing alone."""
        address = self._source.address(response.url)
        if len(item.captures) > 1 or address is None or address.page > 1:
            return
        page = self._page(response)
        answered = (f"{BY}{field}/{hand}" for field, hand in item.answered_by.items())
        self._seen |= dict.fromkeys((*(LACKS + field for field in missing(item)), *answered), page)

    def _dropped(self, item: FetchedPage, exception: Exception) -> None:
        if isinstance(exception, Rejected) and exception.problem.reason.value in NO_ARTICLE:
            self._seen[LOST] = item

    def _page(self, response: Response) -> FetchedPage:
        kind = response.headers.get("Content-Type")
        asked = response.meta.get("redirect_urls", [response.url])[0]
        return FetchedPage(
            url=response.url,
            body=response.body,
            content_type=kind.decode("latin-1") if kind else None,
            fetched_at=response.meta.get("fetched_at") or self._options.clock.now(),
            source=self._source.slug_at(response.url),
            asked=asked if asked != response.url else None,
        )

    # -- the judgement ---------------------------------------------------------------------------------------------

    def _closed(self, reason: str) -> None:
        stats = self._crawler.stats
        if reason != "finished" or stats.get_value(Count.UNWRITABLE):
            return
        judged = False
        try:
            self._judge()
            judged = True
        except StoreError as failure:
            judged = True
            stats.set_value(Count.UNWRITABLE, str(failure))
        finally:
            if not judged:  # Scrapy would only log it
                stats.inc_value(Count.BUGS + "health")

    def _judge(self) -> None:
        stats = self._crawler.stats.get_stats()
        for name in tally(stats, Count.LISTINGS_EMPTY):  # the verdict has them already
            self._keep(Complaint(field=name, words=f"no article link in {name}", shown_by=(LISTING + name,)))
        if has_no_links(stats) and not tally(stats, Count.LISTINGS_EMPTY):
            self._keep(Complaint(field="listings", words="no listing gave an article link", shown_by=self._lists()))
        if feed_is_ahead(stats):
            self._keep(Complaint(field="list", words="the list misses what the feed has", shown_by=self._lists()))
        for complaint in self._complaints():
            self._crawler.stats.set_value(Count.HEALTH + complaint.words, 1)
            self._keep(complaint)

    def _complaints(self) -> tuple[Complaint, ...]:
        """Only what this run has something to say about: where it read nothing, the two weeks are not asked for."""
        stats, name, now = self._crawler.stats.get_stats(), self._run.name, self._options.clock.now()
        sample = sample_of(tally(stats, Count.SAMPLE), tally(stats, Count.REJECTED))
        found = worse_again(sample)
        with Reader(self._options.db) as reader:
            if sample.get(ARTICLES) or sample.get(LOST):
                found = (*fallen((Run(at=now, good=True, sample=sample), *runs_of(reader, name, now)), now), *found)
            elif self._reached() and not stats.get(Count.LINKS_NEW) and not stats.get(Count.ADDED):
                since = last_news(reader, name, now)
                weeks = in_other_weeks(reader, name, since, now) if now - since >= QUIET_HOURS else ()
                silence = quiet(since, weeks, now)
                found = (*([attrs.evolve(silence, shown_by=self._lists())] if silence else []), *found)
        return tuple({complaint.field: complaint for complaint in reversed(found)}.values())[::-1]

    def _reached(self) -> bool:
        """A listing answered."""
        stats = self._crawler.stats.get_stats()
        return bool(stats.get(Count.LISTINGS, 0) > sum(tally(stats, Count.LISTINGS_FAILED).values()))

    def _lists(self) -> tuple[str, ...]:
        return tuple(LISTING + listing.name for listing in self._source.listings)

    def _keep(self, complaint: Complaint) -> None:
        name = next((name for name in complaint.shown_by if name in self._seen), None)
        where: Path | None = None
        try:
            if name is not None:
                where = self._keep_page(name, complaint)
        except OSError as error:
            logger.warning("the page that shows it cannot be kept in quarantine (%s)", error)
        kept = f"; the page that shows it is kept as a test case in {where}" if where else ""
        logger.warning("%s looks broken: %s%s", self._run.name, complaint.words, kept)

    def _keep_page(self, name: str, complaint: Complaint) -> Path | None:
        page = self._seen[name]
        for listing in self._source.listings:
            if LISTING + listing.name == name:
                return self._quarantine.keep_listing(page, listing, complaint.field, complaint.words)
        return self._quarantine.keep_article(page, complaint.field, complaint.words)
