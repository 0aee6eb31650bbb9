"""Article -> Article, or a named rejection: what no newsroom can reprint is turned away, what is missing is counted."""

from __future__ import annotations

from datetime import datetime, timedelta

from scrapy.crawler import Crawler

from newscrawl.clock import Clock
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.fetch.project import options_of
from newscrawl.items import Article
from newscrawl.outcome import Count
from newscrawl.pipelines.rejected import Rejected

WATCHED = ("published", "dateline", "authors", "editors", "credit", "section", "keywords", "images", "related")
"""Fields whose absence is counted per run; a headline and a body are required."""


def validate(article: Article, now: datetime) -> Article:
    """The article itself, or :class:`NotAnArticle`: no headline, no body, or published more than a day after ``now``."""
    if not article.headline:
        raise NotAnArticle(Reason.NO_HEADLINE)
    if not article.body_text.strip():
        raise NotAnArticle(Reason.NO_BODY)
    if article.published and article.published.at > now + timedelta(days=1):
        raise NotAnArticle(Reason.IN_THE_FUTURE, article.published.raw)
    return article


def missing(article: Article) -> list[str]:
    """The watched fields that the page did not answer."""
    return [name for name in WATCHED if not getattr(article, name)]


class Validate:
    def __init__(self, crawler: Crawler) -> None:
        self._clock: Clock = options_of(crawler.settings).clock
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Validate:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        try:
            article = validate(item, self._clock.now())
        except NotAnArticle as problem:
            self._stats.inc_value(Count.REJECTED + problem.reason.value)
            raise Rejected(item.key, problem) from None
        for name in missing(article):
            self._stats.inc_value(Count.MISSING + name)
        return article
