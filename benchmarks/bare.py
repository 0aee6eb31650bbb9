"""The baseline of benchmarks/crawl.py: a bare Scrapy spider that fetches the same pages and only counts bytes.

It runs with newscrawl's own settings, but for those that name newscrawl's classes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

from newscrawl import settings

BATCH = 200
SAME = {
    name: value
    for name, value in vars(settings).items()
    if name.isupper() and not name.startswith("NEWSCRAWL_") and "newscrawl" not in repr(value)
}


class Bare(Spider):
    name = "bare"
    custom_settings = SAME

    def __init__(self, origin: str, articles: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.origin, self.articles, self.bytes = origin, int(articles), 0

    async def start(self) -> AsyncIterator[Request]:
        yield self.ask(0)

    def ask(self, number: int) -> Request:
        return Request(f"{self.origin}/a/{number}.shtml", cb_kwargs={"number": number}, dont_filter=True)

    def parse(self, response: Response, number: int) -> Iterator[Request]:
        """Counts; the last of a batch asks the next batch, so that no queue of requests grows."""
        self.bytes += len(response.body)
        if number % BATCH == 0:
            for following in range(number + 1, min(number + BATCH + 1, self.articles)):
                yield self.ask(following)
