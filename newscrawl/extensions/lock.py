"""One fresh run per source or start address at a time, and one backfill beside it. The lock is flock(2) on a file
beside the store: the kernel frees it with the process, so a killed run leaves none behind."""

from __future__ import annotations

import fcntl
import logging
import os
from io import FileIO
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured

from newscrawl.errors import SourceLocked
from newscrawl.fetch.project import file_name, is_a_run, options_of, run_of
from newscrawl.outcome import Count, Kind

logger = logging.getLogger(__name__)


def lock_path(db: Path, run: str, *, backfill: bool) -> Path:
    """The file beside the store that is locked while a run of that name goes on."""
    return db.with_name(f"{db.name}.{file_name(run)}{'.backfill' if backfill else ''}.lock")


class Lock:
    """Takes the lock when the crawler is made; a run that finds it held is closed before it asks anything."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        db = options_of(crawler.settings).db
        run = run_of(crawler)
        self._path = lock_path(db, run.name, backfill=run.kind == Kind.BACKFILL)
        self._file: FileIO | None = None
        try:
            self._file = self._take(run.name)
        except SourceLocked as held:
            crawler.stats.set_value(Count.LOCKED, held.holder)
        except OSError as error:
            crawler.stats.set_value(Count.UNWRITABLE, f"the lock {self._path} cannot be written ({error.strerror})")
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._release, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Lock:
        if not is_a_run(crawler):
            raise NotConfigured
        return cls(crawler)

    def _take(self, run: str) -> FileIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = FileIO(self._path, "a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(f"process {os.getpid()}".encode())
        except BlockingIOError:
            file.seek(0)
            holder = file.read().decode(errors="replace").strip() or "unknown"
            file.close()
            raise SourceLocked(run, holder) from None
        except OSError:
            file.close()
            raise
        return file

    def _opened(self) -> None:
        if self._file is None:
            raise CloseSpider("locked" if self._crawler.stats.get_value(Count.LOCKED) else "store_unwritable")

    def _release(self) -> None:
        if self._file is not None:
            self._file.close()
