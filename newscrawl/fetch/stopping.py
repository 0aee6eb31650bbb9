"""How a crawl ends before its work is done: by a signal, or since nothing more can be kept.

Scrapy alone goes on until every request it has taken is answered: those too that wait for their turn behind a
Crawl-delay, and a server that never answers for as long as its timeouts and retries last.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from newscrawl.errors import StoreError
from newscrawl.fetch.failures import Stopped, refuse
from newscrawl.outcome import Count

logger = logging.getLogger(__name__)


class Stop:
    """Whether a crawl is being stopped; heard at once by what waits for its turn, in good time by what is on the wire.
    What ends so raises :class:`~newscrawl.fetch.failures.Stopped`."""

    def __init__(self) -> None:
        self.reason: str | None = None
        """What the spider closes with, once it does: 'finished', 'shutdown' after a signal, …"""
        self._asked = asyncio.Event()
        self._on_the_wire: set[asyncio.Timeout] = set()

    def ask(self, seconds: float) -> None:
        """From now on nothing is sent, and what is on the wire has so many seconds left. To be asked once."""
        self._asked.set()
        end = asyncio.get_running_loop().time() + seconds
        for limit in self._on_the_wire:
            limit.reschedule(end)

    def check(self) -> None:
        if self._asked.is_set():
            raise Stopped("not asked: the run is being stopped")

    async def sleep(self, seconds: float) -> None:
        """Wait so long, or until the crawl is stopped."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), seconds)
        self.check()

    @contextlib.asynccontextmanager
    async def on_the_wire(self) -> AsyncIterator[None]:
        """What is done inside is given up when the crawl has waited for it long enough."""
        self.check()
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._on_the_wire.add(limit)
                yield
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise Stopped("given up on its way: the run is being stopped") from error
        finally:
            self._on_the_wire.discard(limit)


_stops: WeakKeyDictionary[Crawler, Stop] = WeakKeyDictionary()


def stop_of(crawler: Crawler) -> Stop:
    """The crawler's one stop, made when first asked for."""
    return _stops.setdefault(crawler, Stop())


class StopInTime:
    """A downloader middleware that has to stand last (1000), before the downloader's queues. When the spider begins to
    close, for whatever reason, nothing more is sent; what is on the wire is waited for STOP_SECONDS.

    What was not asked or not waited for reaches its errback as :class:`~newscrawl.fetch.failures.Stopped`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stop = stop_of(crawler)
        self._seconds = crawler.settings.getfloat("STOP_SECONDS")
        crawler.signals.connect(self._listen, signals.engine_started)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StopInTime:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """What waited for robots.txt, and the question for robots.txt itself, come here while the crawl is stopped."""
        try:
            self._stop.check()
        except Stopped as stopped:
            refuse(self._crawler.stats, stopped)
            raise

    def _listen(self) -> None:
        """Scrapy says when a spider is closed, and has no signal for the moment in which it begins to be."""
        engine = self._crawler.engine
        close = engine.close_spider_async

        async def closing(*, reason: str = "cancelled") -> None:
            self._begin(reason)
            await close(reason=reason)

        engine.close_spider_async = closing  # type: ignore[method-assign]

    def _begin(self, reason: str) -> None:
        if self._stop.reason is not None:
            return
        self._stop.reason = reason
        self._stop.ask(self._seconds)
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, answer = slot.queue.popleft()
                stopped = Stopped("not asked: the run is being stopped")
                answer.errback(refuse(self._crawler.stats, stopped))


def stop_unwritable(crawler: Crawler, problem: StoreError) -> None:
    """Note why, and close the spider: what is not kept stays open in the frontier for the next run."""
    if crawler.stats.get_value(Count.UNWRITABLE) is None:
        crawler.stats.set_value(Count.UNWRITABLE, str(problem))
    closing = deferred_from_coro(crawler.engine.close_spider_async(reason="store_unwritable"))
    closing.addErrback(_log_failure)


def _log_failure(failure: Failure) -> None:
    logger.error("The spider could not be closed: %s", failure.getErrorMessage())
