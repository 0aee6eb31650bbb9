"""A store of made-up articles, grown as a crawl grows it; for growth.py, disk.py and no_news.py."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from store import NEWEST, articles

from newscrawl.clock import Clock
from newscrawl.items import Article, Link
from newscrawl.store.frontier import Frontier
from newscrawl.store.writer import BATCH, Writer

SOURCE = "bench"
ON_A_PAGE = 125
"""Links of a listing page; BATCH of them are new each time."""
BYTES_EACH = 18_000
"""In file and WAL, an article; asked for beforehand."""


class Calendar(Clock):
    """Stands where it is set."""

    moment = NEWEST

    def now(self) -> datetime:
        return self.moment


class Store:
    """A store that is grown as a crawl grows it."""

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self.clock = Calendar()
        self.size = 0
        self.batches: list[tuple[float, float]] = []
        """CPU and wall seconds of each batch."""
        recheck = timedelta(hours=48)
        self.frontier = Frontier(path, self.clock, recheck=recheck)
        self.writer = Writer(path, clock=self.clock, recheck=recheck, seconds=3600)
        self._made = articles(number)
        self._page: list[Link] = []

    def grow(self, size: int) -> None:
        while batch := list(islice(self._made, min(BATCH, size - self.size))):
            self._page = ([*map(_link, reversed(batch)), *self._page])[:ON_A_PAGE]
            assert batch[-1].published is not None
            self.clock.moment = batch[-1].published.at
            cpu, wall = time.process_time(), time.perf_counter()
            self._keep(batch)
            self.batches.append((time.process_time() - cpu, time.perf_counter() - wall))
            self.size += len(batch)

    def _keep(self, batch: Sequence[Article]) -> None:
        walk = self.frontier.begin_walk(SOURCE, "list")
        self.frontier.known_ground([link.key for link in self._page], walk)
        self.frontier.record(self._page, walk)
        self.frontier.finish_walk(walk)
        for article in batch:
            self.writer.add(article)
        self.writer.flush()

    def met_again(self) -> None:
        """What a run without news asks of the frontier for a listing page."""
        walk = self.frontier.begin_walk(SOURCE, "list")
        keys = [link.key for link in self._page]
        assert self.frontier.known_ground(keys, walk)
        assert not self.frontier.record(self._page, walk)
        self.frontier.finish_walk(walk)

    def bytes(self) -> int:
        with sqlite3.connect(self.path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return self.path.stat().st_size

    def used(self) -> int:
        """Bytes of the file but for its free pages."""
        with sqlite3.connect(self.path) as connection:
            page_size, pages, free = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_size", "page_count", "freelist_count")
            )
        connection.close()
        return page_size * (pages - free)

    def close(self) -> None:
        self.writer.close()
        self.frontier.close()


def _link(article: Article) -> Link:
    return Link(
        source=SOURCE,
        key=article.key,
        url=article.url,
        found_in="https://bench.example/list/1",
        headline=article.headline,
        section=article.section,
        time=article.published,
    )


def check_disk(folder: Path, number: int) -> None:
    free, needed = shutil.disk_usage(folder).free, number * BYTES_EACH
    if free < needed * 1.2:
        raise SystemExit(
            f"{number:,} articles take about {needed / 1e9:.1f} GB; {free / 1e9:.1f} GB are free there: "
            "name another --folder, or fewer articles"
        )
