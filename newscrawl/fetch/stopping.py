"""How a crawl is ended when nothing more can be kept."""

from __future__ import annotations

import logging

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from newscrawl.errors import StoreError
from newscrawl.outcome import Count

logger = logging.getLogger(__name__)


def stop_unwritable(crawler: Crawler, problem: StoreError) -> None:
    """Note why, and close the spider: what is not kept stays open in the frontier for the next run."""
    if crawler.stats.get_value(Count.UNWRITABLE) is None:
        crawler.stats.set_value(Count.UNWRITABLE, str(problem))
    closing = deferred_from_coro(crawler.engine.close_spider_async(reason="store_unwritable"))
    closing.addErrback(_log_failure)


def _log_failure(failure: Failure) -> None:
    logger.error("The spider could not be closed: %s", failure.getErrorMessage())
