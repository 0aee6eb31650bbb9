"""Kills a crawl with SIGKILL at a chosen moment."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import Factory, define, frozen
from running import Running


@frozen(kw_only=True)
class Moment:
    """Of a run: so many seconds after its start, after its request of a number arrives, or after it has written to the
    store for so many times; numbers count from 1."""

    seconds: float = 0
    request: int | None = None
    write: int | None = None

    @classmethod
    def random(cls, chance: random.Random, seconds: float, requests: int) -> Moment:
        """Anywhere in a run that takes so long and asks so much: its start, its requests, its end, amid a write. Often
        later than that: what was killed before leaves more to do."""
        longer = chance.choice((1.2, 1.5, 4))
        seconds, most = seconds * longer, round(requests * longer)
        match chance.randrange(6):
            case 0 | 1:
                return cls(seconds=chance.uniform(0, seconds))
            case 2:
                return cls(seconds=chance.uniform(0, 0.3), request=chance.randint(1, most))
            case 3:
                return cls(request=chance.randint(1, most))
            case _:
                return cls(write=chance.randint(1, chance.choice((8, 60))))

    def __str__(self) -> str:
        if self.write is not None:
            return f"at write {self.write}"
        return f"{self.seconds:.3f} s after " + ("the start" if self.request is None else f"request {self.request}")


@define(kw_only=True)
class Killer:
    """Kills a process at a moment. ``log`` is the store's WAL file, which grows in the course of a transaction."""

    moment: Moment | None
    log: Path
    process: Running | None = None
    threads: list[threading.Thread] = Factory(list)
    numbers: Iterator[int] = Factory(lambda: itertools.count(1))

    def begin(self, process: Running) -> None:
        self.process = process
        if self.moment is None:
            return
        if self.moment.write is not None:
            self._go(self._watch)
        elif self.moment.request is None:
            self._go(self._wait)

    def asked(self, path: str) -> None:
        """A request is here, not yet answered."""
        if self.moment is None or next(self.numbers) != self.moment.request:
            return
        if self.moment.seconds:
            self._go(self._wait)
        else:
            self._kill()

    def end(self) -> None:
        """The process has ended."""
        self.moment = None
        for thread in self.threads:
            thread.join()

    def _go(self, what: Callable[[], None]) -> None:
        thread = threading.Thread(target=what)
        self.threads.append(thread)
        thread.start()

    def _wait(self) -> None:
        assert self.moment is not None
        until = time.monotonic() + self.moment.seconds
        while self.moment is not None and time.monotonic() < until:
            time.sleep(0.001)
        self._kill()

    def _watch(self) -> None:
        assert self.moment is not None
        assert self.moment.write is not None
        size, left = _size(self.log), self.moment.write
        while self.moment is not None and left:
            if (now := _size(self.log)) != size:
                size, left = now, left - 1
            time.sleep(0.0001)
        self._kill()

    def _kill(self) -> None:
        while self.process is None:
            time.sleep(0.001)
        if self.moment is not None:
            self.process.kill()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
