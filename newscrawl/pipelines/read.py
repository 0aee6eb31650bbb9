"""FetchedPage -> Article: the page is read by its publisher's rules."""

from __future__ import annotations

from scrapy.crawler import Crawler

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.fetch.project import registry_of
from newscrawl.fetch.rejected import Rejected
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page


class Read:
    def __init__(self, crawler: Crawler) -> None:
        self._registry = registry_of(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Read:
        return cls(crawler)

    def process_item(self, item: FetchedPage) -> Article:
        try:
            if item.gone:
                raise NotAnArticle(Reason.GONE, item.url)
            if item.refused:
                raise item.refused
            return read_page(item, registry=self._registry)
        except NotAnArticle as problem:
            raise Rejected(item.link.key if item.link else item.url, problem) from None
