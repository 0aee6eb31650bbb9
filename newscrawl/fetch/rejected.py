"""A named rejection on its way from a pipeline to all that hear of it.

The pipelines raise it, and the extensions are told of it by Scrapy's signal ``item_dropped``: rooms that do not enter
each other. This is the only room below both that knows Scrapy, whose DropItem it has to be.
"""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.errors import NotAnArticle


class Rejected(DropItem):
    """Raised by a pipeline instead of returning an article. The store pipeline closes the link with the reason."""

    def __init__(self, key: str, problem: NotAnArticle) -> None:
        super().__init__(f"{key}: {problem}", log_level="INFO")
        self.key = key
        self.problem = problem
