"""LOG_FORMATTER: a rejected page is one line with its reason, not a dump of the item."""

from __future__ import annotations

from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from newscrawl.text.plain import plain


class NewsLogFormatter(LogFormatter):
    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        result = super().dropped(item, exception, response, spider)
        url = response.url if isinstance(response, Response) else "?"
        return {
            "level": result["level"],
            "msg": "Rejected: %(why)s <%(url)s>",
            "args": {"why": plain(str(exception)), "url": url},
        }

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        result = super().scraped(item, response, spider)
        return {"level": result["level"], "msg": "Read: %(key)s", "args": {"key": item.key}}
