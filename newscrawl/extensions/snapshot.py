"""NEWSCRAWL_SNAPSHOT: the readers' copy of the store is replaced at the end of a run that changed something."""

from __future__ import annotations

import logging

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.errors import NewscrawlError
from newscrawl.fetch.project import is_a_run, options_of
from newscrawl.outcome import Count
from newscrawl.store.snapshot import refresh

logger = logging.getLogger(__name__)

OPTION = "NEWSCRAWL_SNAPSHOT"


class Snapshot:
    """Whether anything changed is seen by the last of ``changes`` in store and copy: a copy that an earlier run could
    not make, or that was lost, is made by the next run, whatever that one brings.

    Its handler is to be connected before the ledger's (settings.EXTENSIONS): a run whose copy fails is 'unwritable',
    exit 6, and stands so in the ledger. In the copy the row of the run that made it is therefore still open: nobody
    reads a copy for its ``runs``. A run that was stopped by a signal has no time for it: a copy takes as long as the
    store is large, and the next run makes it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._options = options_of(crawler.settings)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Snapshot:
        if not is_a_run(crawler) or options_of(crawler.settings).snapshot is None:
            raise NotConfigured
        return cls(crawler)

    def _closed(self, reason: str) -> None:
        stats, options = self._crawler.stats, self._options
        if reason == "shutdown" or stats.get_value(Count.LOCKED) or stats.get_value(Count.UNWRITABLE):
            return
        assert options.snapshot is not None
        try:
            made = refresh(options.db, options.snapshot, option=OPTION)
        except NewscrawlError as problem:
            stats.set_value(Count.UNWRITABLE, str(problem))
            return
        if made:
            logger.info("%s: %.1f MB, changes up to %d", made.path, made.size / 1e6, made.seq)
