"""Where a crawl's responses go to or come from: one archive per crawler, shared by what serves http and https."""

from __future__ import annotations

import os
import re
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.archive.reader import Archive, Recorded
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.fetch.project import options_of
from newscrawl.items import Capture


class Shelf:
    """A crawl's archive, opened for writing, or for answering (NEWSCRAWL_REPLAY), or none (NEWSCRAWL_ARCHIVE empty).

    Raises :class:`~newscrawl.errors.BadOption` or :class:`~newscrawl.errors.BadFile` where that cannot be.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.options = options_of(crawler.settings)
        self.clock = self.options.clock
        self.answers: Archive | None = Archive(self.options.replay) if self.options.replay else None
        self.writer: ArchiveWriter | None = None
        if self.answers is None and self.options.archive is not None:
            assert crawler.spidercls is not None
            name = crawler.spider.name if crawler.spider else crawler.spidercls.name
            self.writer = ArchiveWriter(self.options.archive, self._stem(str(name)))

    def _stem(self, spider: str) -> str:
        """``site/2025-11/site-20251119T083000Z-4711``: one file per run."""
        name = re.sub(r"[^\w.-]", "_", spider)
        now = self.clock.now()
        return f"{name}/{now:%Y-%m}/{name}-{now:%Y%m%dT%H%M%SZ}-{os.getpid()}"

    def keep(self, response: Response) -> Capture | None:
        """Write a response as it came from the wire; None where nothing is kept. Raises OSError (disk full)."""
        if self.writer is None:
            return None
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        return self.writer.write(
            url=response.url,
            status=response.status,
            headers=headers,
            body=response.body,
            fetched_at=self.clock.now(),
            ip=str(response.ip_address) if response.ip_address else None,
        )

    def capture_of(self, answer: Recorded) -> Capture:
        """Where a replayed answer is kept: below NEWSCRAWL_ARCHIVE by its name there, elsewhere by its whole path."""
        path = answer.path.resolve()
        folder = self.options.archive.resolve() if self.options.archive else None
        inside = folder is not None and path.is_relative_to(folder)
        return Capture(
            url=answer.url,
            file=path.relative_to(folder).as_posix() if folder and inside else path.as_posix(),
            offset=answer.offset,
            length=answer.length,
            fetched_at=answer.fetched_at,
        )

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


_shelves: WeakKeyDictionary[Crawler, Shelf] = WeakKeyDictionary()


def shelf_of(crawler: Crawler) -> Shelf:
    """The crawler's one shelf, made when first asked for."""
    shelf = _shelves.get(crawler)
    if shelf is None:
        shelf = _shelves[crawler] = Shelf(crawler)
    return shelf


def archive_of(crawler: Crawler) -> ArchiveWriter | None:
    """What the crawl's responses are written to, for a store that flushes it before it commits; None where nothing
    is kept (NEWSCRAWL_ARCHIVE empty, or a replay)."""
    return shelf_of(crawler).writer
