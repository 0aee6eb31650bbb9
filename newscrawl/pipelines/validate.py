"""Article -> Article, or a named rejection: what no newsroom can reprint is turned away."""

from __future__ import annotations

from datetime import datetime, timedelta

from scrapy.crawler import Crawler

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.fetch.project import options_of
from newscrawl.fetch.rejected import Rejected
from newscrawl.items import Article


def validate(article: Article, now: datetime) -> Article:
    """The article itself, or :class:`NotAnArticle`: no headline, no body, or published more than a day after ``now``
    (a wrong date, where the page states no embargo). Such a page is asked again where data, a listing or the place that
    the publisher declares name the date; a date that is merely printed is an event's as likely as not.

    Any other field may be missing: it is NULL in the store and counted there.
    """
    if not article.headline:
        raise NotAnArticle(Reason.NO_HEADLINE)
    if not article.body_text.strip():
        raise NotAnArticle(Reason.NO_BODY)
    if article.embargo is None and article.published and article.published.at > now + timedelta(days=1):
        printed = article.answered_by.get("published") == "generic"
        raise NotAnArticle(Reason.IN_THE_FUTURE, article.published.raw, again=not printed)
    return article


class Validate:
    def __init__(self, crawler: Crawler) -> None:
        self._clock = options_of(crawler.settings).clock

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Validate:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        try:
            return validate(item, self._clock.now())
        except NotAnArticle as problem:
            raise Rejected(item.key, problem) from None
