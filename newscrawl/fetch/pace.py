"""One host's delay over several processes: a backfill beside a fresh run asks no more of a host than one of them.

Beside the store lies a small file per host that says when the host was asked last. A run that is alone only writes it;
one that finds another process's mark in it waits until the host's delay has passed since. Nobody reserves a turn in
advance, so a process that is held up, or killed, holds up no other.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
import time
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from attrs import evolve, frozen
from scrapy.crawler import Crawler

from newscrawl.fetch.project import is_a_run, kind_of, options_of
from newscrawl.fetch.stopping import Stop, stop_of
from newscrawl.outcome import Kind

SIGHT = 8
"""Delays of a host. A mark older than so many is of a process that has ended, or asks nothing just now."""
YIELD = 4
"""A backfill takes at most every so manieth turn while a fresh run asks the same host."""
_MARK = struct.Struct("<d d 8s d")


@frozen
class _Mark:
    """What the file says."""

    at: float = 0.0
    """When the host was asked last, in seconds since 1970: all processes read one clock. 0.0 = never."""
    delay: float = 0.0
    """What the process that asked keeps between its requests, in seconds."""
    who: bytes = b""
    """The process that was here last, whether it asked or has to wait: so the others know of it."""
    fresh_at: float = 0.0
    """When a run that is no backfill was here last."""

    def write(self, file: int) -> None:
        os.pwrite(file, _MARK.pack(self.at, self.delay, self.who, self.fresh_at), 0)


class Pace:
    """The turns of one process. ``yields`` says that it is a backfill, which lets fresh runs go first.

    Its own requests are kept apart by Scrapy's downloader, with its jitter; beside another process the whole delay is
    kept, the longer one where theirs differ. Raises OSError where the file cannot be written.
    """

    def __init__(
        self,
        db: Path,
        stop: Stop,
        *,
        yields: bool = False,
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._stop = stop
        self._yields = yields
        self._clock = clock
        self._timer = timer
        self._who = os.urandom(8)  # not the process's number: in two containers it may be the same
        self._files: dict[str, int] = {}
        self._company: dict[str, float] = {}
        self._own: dict[str, float] = {}

    async def turn(self, host: str, delay: float) -> None:
        """Return when ``host`` may be asked; ``delay`` (seconds, 0 = none is kept) is what this process keeps.

        Raises :class:`~newscrawl.fetch.failures.Stopped` as soon as the crawl is stopped.
        """
        while delay and (wait := self.take(host, delay)):
            await self._stop.sleep(wait)

    def take(self, host: str, delay: float) -> float:
        """Take the turn and return 0.0; or return the seconds after which to try again."""
        file = self._file(host)
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            mark, now = _read(file), self._clock()
            wait = self._wait(host, delay, mark, now)
            mark = evolve(mark, who=self._who, fresh_at=mark.fresh_at if self._yields else now)
            if not wait:
                mark = evolve(mark, at=now, delay=delay)
                self._own[host] = self._timer()
            mark.write(file)
            return wait
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    def close(self) -> None:
        """The files stay: they are a few bytes each, and the next run's."""
        while self._files:
            os.close(self._files.popitem()[1])

    def _wait(self, host: str, delay: float, mark: _Mark, now: float) -> float:
        """No longer than YIELD delays, whatever a clock that was set says: a mark from the future counts for none."""
        age, longest, timer = now - mark.at, max(delay, mark.delay), self._timer()
        sight = SIGHT * longest
        if mark.who != self._who and 0 <= age < sight:
            self._company[host] = timer + sight
        if timer >= self._company.get(host, 0.0):
            return 0.0
        wait = longest - age if age >= 0 else 0.0
        if self._yields and 0 <= now - mark.fresh_at < sight and host in self._own:
            wait = max(wait, self._own[host] + YIELD * longest - timer)
        return max(wait, 0.0)

    def _file(self, host: str) -> int:
        if host not in self._files:
            self._files[host] = os.open(pace_path(self._db, host), os.O_RDWR | os.O_CREAT, 0o666)
        return self._files[host]


def pace_path(db: Path, host: str) -> Path:
    """The file beside the store. Hosts whose names differ in odd signs only, or far behind, share one."""
    return db.with_name(f"{db.name}.{re.sub(r'[^a-z0-9.-]', '_', host.lower())[:100]}.pace")


def _read(file: int) -> _Mark:
    data = os.pread(file, _MARK.size, 0)
    return _Mark(*_MARK.unpack(data)) if len(data) == _MARK.size else _Mark()


_paces: WeakKeyDictionary[Crawler, Pace] = WeakKeyDictionary()


def pace_of(crawler: Crawler) -> Pace | None:
    """The crawler's one pace, made when first asked for; None where it is no run, or a replay that asks nobody."""
    options = options_of(crawler.settings)
    if crawler not in _paces and is_a_run(crawler) and not options.replay:
        _paces[crawler] = Pace(options.db, stop_of(crawler), yields=kind_of(crawler) == Kind.BACKFILL)
    return _paces.get(crawler)
