"""FetchedPage -> Article: the page is read by its publisher's rules."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawl.errors import NotAnArticle
from newscrawl.items import Article, FetchedPage
from newscrawl.outcome import Count
from newscrawl.pipelines.rejected import Rejected
from newscrawl.sources import Registry, read_page


class Read:
    def __init__(self, crawler: Crawler) -> None:
        self._registry = Registry.walk(tuple(crawler.settings.getlist("SPIDER_MODULES")))
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Read:
        return cls(crawler)

    def process_item(self, item: FetchedPage) -> Article:
        key = item.link.key if item.link else item.url
        try:
            return read_page(item, registry=self._registry)
        except NotAnArticle as problem:
            self._stats.inc_value(Count.REJECTED + problem.reason.value)
            raise Rejected(key, problem) from None
