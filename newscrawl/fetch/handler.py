"""The one download handler, for http and https: it asks the network and records, or it replays and opens no socket."""

from __future__ import annotations

import logging
from urllib.parse import urldefrag

from OpenSSL.SSL import Error as TlsError
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from service_identity import VerificationError
from twisted.python.failure import Failure

from newscrawl.archive.reader import Archive, Recorded
from newscrawl.errors import StoreUnwritable
from newscrawl.fetch.address import fault
from newscrawl.fetch.failures import (
    AddressBroken,
    AddressRefused,
    BodyTooLong,
    CertificateRefused,
    HeadersTooLong,
    Refused,
    TakenOver,
    refuse,
)
from newscrawl.fetch.guard import guard_reactor
from newscrawl.fetch.limits import LimitedHeadFactory
from newscrawl.fetch.pace import pace_of
from newscrawl.fetch.shelf import shelf_of
from newscrawl.fetch.stopping import stop_of, stop_unwritable

logger = logging.getLogger(__name__)

MISSING_FLAG = "not in the archive"
"""In the flags of the 404 that a replay makes up for an address it has no answer to."""


class RecordOrReplay(HTTP11DownloadHandler):
    """Gives every response its ``meta["fetched_at"]`` (aware, UTC) and, where it is kept, its ``meta["capture"]``.

    Recording: robots.txt, redirects, errors and retries are all kept, as they came, before anybody sees them; the file
    is begun by the first answer of an article (:mod:`newscrawl.fetch.shelf`). The host's delay is kept together with
    other runs (:mod:`newscrawl.fetch.pace`). ``meta["still_ours"]``, where given, is called right before a request is
    sent: False is :class:`~newscrawl.fetch.failures.TakenOver`.
    Replaying (NEWSCRAWL_REPLAY): the middlewares work as on the wire; an address that is not there is a 404 with
    :data:`MISSING_FLAG`, counted as newscrawl/replay/missing. Raises a
    :class:`~newscrawl.fetch.failures.Refused` for what is turned away, Scrapy's own exceptions for what fails, and
    :class:`~newscrawl.errors.StoreUnwritable` where the archive or the pace's file cannot be written, which ends the
    crawl.
    """

    lazy = True  # so that an archive that cannot be read is told by the middleware that opens it first

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = LimitedHeadFactory
        self._shelf = shelf_of(crawler)
        self._pace = pace_of(crawler)
        self._stop = stop_of(crawler)

    async def download_request(self, request: Request) -> Response:
        request.meta.pop("capture", None)  # a retry or a redirect brings its predecessor's
        request.meta.pop("fetched_at", None)
        try:
            if self._shelf.answers is not None:
                return self._replayed(request, self._shelf.answers)
            await self._await_turn(request)
            if not request.meta.get("still_ours", _always)():
                raise TakenOver(f"{request.url} is asked by another run")
            async with self._stop.on_the_wire():
                response = await self._downloaded(request)
        except Refused as refusal:
            raise refuse(self.crawler.stats, refusal)  # noqa: B904 - the same exception goes on
        self._keep(request, response)
        return response

    async def close(self) -> None:
        try:
            await super().close()
        finally:
            self._shelf.close()
            if self._pace is not None:
                self._pace.close()

    async def _await_turn(self, request: Request) -> None:
        if self._pace is None:
            return
        host, slot = self.crawler.engine.downloader._get_slot(request)
        try:
            await self._pace.turn(host, slot.delay)
        except OSError as error:
            raise self._unwritable("the file of a host's delay", error) from error

    async def _downloaded(self, request: Request) -> Response:
        from twisted.internet import reactor

        if request.meta.get("proxy"):
            raise AddressRefused(f"{request.url}: a proxy would resolve the name, unguarded")
        if problem := fault(request):
            raise AddressBroken(f"{request.url} {problem}")
        guard_reactor(reactor, self._shelf.options.allow_private_hosts)
        try:
            return await super().download_request(request)
        except DownloadCancelledError as error:
            # Scrapy cancels for two reasons and names only the other one, the timeout.
            raise BodyTooLong(f"{request.url}: {error or 'over DOWNLOAD_MAXSIZE'}") from error
        except DownloadFailedError as error:
            raise _named(request, error) from error

    def _keep(self, request: Request, response: Response) -> None:
        try:
            capture = self._shelf.keep(request, response)
        except OSError as error:
            raise self._unwritable("the archive", error) from error
        request.meta["fetched_at"] = capture.fetched_at if capture else self._shelf.clock.now()
        if capture is not None:
            request.meta["capture"] = capture

    def _unwritable(self, what: str, error: OSError) -> StoreUnwritable:
        problem = StoreUnwritable(f"{what} cannot be written: {error}")
        stop_unwritable(self.crawler, problem)
        return problem

    def _replayed(self, request: Request, archive: Archive) -> Response:
        answer = archive.find(request.url)
        if answer is None:
            self.crawler.stats.inc_value("newscrawl/replay/missing")
            logger.info("Not in the archive: %s", request.url)
            return Response(request.url, status=404, flags=[MISSING_FLAG])
        limit = request.meta.get("download_maxsize", self._default_maxsize)
        if limit and len(answer.body) > limit:
            raise BodyTooLong(f"{request.url}: {len(answer.body)} bytes are over DOWNLOAD_MAXSIZE")
        request.meta["fetched_at"] = answer.fetched_at
        url = urldefrag(request.url).url
        request.meta["capture"] = self._shelf.capture_of(answer, url)
        return _response(url, answer)


def _always() -> bool:
    return True


def _response(url: str, answer: Recorded) -> Response:
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name.encode("latin-1"), value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=url, body=answer.body)
    return kind(url, status=answer.status, headers=headers, body=answer.body, flags=["replayed"])


def _named(request: Request, error: DownloadFailedError) -> Exception:
    """The refusal inside a failed download, or the error itself: Scrapy has one class for all that breaks."""
    for reason in getattr(error.__cause__, "reasons", ()):
        problem = reason.value if isinstance(reason, Failure) else reason
        if isinstance(problem, HeadersTooLong):
            return HeadersTooLong(f"{request.url}: {problem}")
        if isinstance(problem, VerificationError) or (
            isinstance(problem, TlsError) and "certificate verify failed" in str(problem)
        ):
            return CertificateRefused(f"{request.url}: {problem}")
    return error
