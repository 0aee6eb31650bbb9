"""A spider that does nothing: what Scrapy itself costs with newscrawl's settings (benchmarks/no_news.py)."""

from collections.abc import AsyncIterator

from scrapy import Request, Spider


class Nothing(Spider):
    name = "nothing"

    async def start(self) -> AsyncIterator[Request]:
        return
        yield
