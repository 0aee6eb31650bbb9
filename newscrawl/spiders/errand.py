"""What one run is about: shared by the parts of the spider."""

from __future__ import annotations

import logging
from datetime import datetime

from attrs import Factory, define
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.clock import Clock
from newscrawl.discover.listings import WAYS
from newscrawl.errors import NewscrawlError
from newscrawl.fetch.failures import Stopped, TakenOver, is_bug
from newscrawl.items import FetchedPage
from newscrawl.outcome import Count
from newscrawl.sources.walked import Walked
from newscrawl.spiders.experience import Learnt
from newscrawl.spiders.page import fetched_page
from newscrawl.spiders.plan import Plan
from newscrawl.store.frontier import Frontier

logger = logging.getLogger(__name__)


@define(kw_only=True)
class Errand:
    """A source, what is asked of it this time, and where its links are kept."""

    crawler: Crawler
    run: str
    """Its name: under which the frontier keeps its links and walks."""
    source: Walked
    plan: Plan
    frontier: Frontier
    clock: Clock
    learnt: Learnt | None = None
    """None where the source declares which addresses are articles."""
    fresh_keys: set[str] = Factory(set)
    """Keys of the links that this run found."""

    @property
    def is_start(self) -> bool:
        """Whether one address of any site is walked."""
        return self.run.partition(":")[0] in WAYS

    def count(self, name: str, times: int | bool = 1) -> None:
        if times:
            self.crawler.stats.inc_value(name, times)

    def now(self) -> datetime:
        return self.clock.now()

    def page(self, response: Response) -> FetchedPage:
        return fetched_page(response, self.source.slug_at(response.url), self.now())

    def is_ours(self, failure: Failure) -> bool:
        """No failure of the wire but of newscrawl (a bug) or of its disk, or the run is being stopped, or another asks
        it: the link stays as it is."""
        if isinstance(failure.value, Stopped | TakenOver):
            return True
        if not is_bug(failure):
            return False
        if isinstance(failure.value, NewscrawlError):
            logger.error("%s", failure.value)
        else:
            self.count(Count.BUGS + type(failure.value).__name__)
            logger.error("%s", failure.getTraceback())
        return True
