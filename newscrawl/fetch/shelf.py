"""Where a crawl's responses go to or come from: one archive per crawler, shared by what serves http and https.

A run without news leaves no file. What robots.txt and listings answer, and an article that is said to be unchanged
(304), is held in memory until an article's answer comes, and written before it: the file has everything in the order of
the wire. A run that ends, or is killed, before that leaves nothing of them.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from functools import partial
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.archive.reader import Archive, Recorded
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.fetch.project import file_name, is_a_run, options_of, run_of
from newscrawl.items import Capture

NOT_MODIFIED = 304
LONGEST_HELD = 32 * 1024 * 1024
"""Bytes of bodies. More are not held: they make a file."""


class Shelf:
    """A crawl's archive, opened for writing, or for answering (NEWSCRAWL_REPLAY), or none (NEWSCRAWL_ARCHIVE empty).

    Raises :class:`~newscrawl.errors.BadOption` or :class:`~newscrawl.errors.BadFile` where that cannot be.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.options = options_of(crawler.settings)
        self.clock = self.options.clock
        self.answers: Archive | None = Archive(self.options.replay) if self.options.replay else None
        self.writer: ArchiveWriter | None = None
        self._held: deque[Callable[[], Capture]] = deque()
        self._held_bytes = 0
        self._begun = False
        if self.answers is None and self.options.archive is not None:
            assert crawler.spidercls is not None
            name = run_of(crawler).name if is_a_run(crawler) else str(crawler.spidercls.name)
            self.writer = ArchiveWriter(self.options.archive, self._stem(name))

    def _stem(self, run: str) -> str:
        """``site/2025-11/site-20251119T083000Z-4711``: one file per run."""
        name = file_name(run)
        now = self.clock.now()
        return f"{name}/{now:%Y-%m}/{name}-{now:%Y%m%dT%H%M%SZ}-{os.getpid()}"

    def keep(self, request: Request, response: Response) -> Capture | None:
        """Keep a response as it came from the wire; None where it is held, or nothing is kept. An image is not: it is
        in NEWSCRAWL_IMAGES, and the archive would be many times as large. Raises OSError (disk full)."""
        if self.writer is None or "image" in request.meta:
            return None
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        write = partial(
            self.writer.write,
            url=response.url,
            status=response.status,
            headers=headers,
            body=response.body,
            fetched_at=self.clock.now(),
            ip=str(response.ip_address) if response.ip_address else None,
        )
        self._held.append(write)
        self._held_bytes += len(response.body)
        if not (self._begun or is_worth_a_file(request, response) or self._held_bytes > LONGEST_HELD):
            return None
        return self._write_held()

    def _write_held(self) -> Capture | None:
        """The place of the last one. One that cannot be written stays held."""
        capture = None
        while self._held:
            capture = self._held[0]()
            self._begun = True
            self._held.popleft()
        return capture

    def capture_of(self, answer: Recorded, url: str) -> Capture:
        """Where a replayed answer is kept: below NEWSCRAWL_ARCHIVE by its name there, elsewhere by its whole path. Its
        address is the one it answers in this replay, which may be spelt otherwise in the record."""
        path = answer.path.resolve()
        folder = self.options.archive.resolve() if self.options.archive else None
        inside = folder is not None and path.is_relative_to(folder)
        return Capture(
            url=url,
            file=path.relative_to(folder).as_posix() if folder and inside else path.as_posix(),
            offset=answer.offset,
            length=answer.length,
            fetched_at=answer.fetched_at,
        )

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


def is_worth_a_file(request: Request, response: Response) -> bool:
    """Whether a response may be the only one that a run leaves: any but of robots.txt (which nobody's callback gets), a
    listing, what they redirect to, and a page that is said to be the one already read."""
    return not (request.callback is NO_CALLBACK or "listing" in request.meta or response.status == NOT_MODIFIED)


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
