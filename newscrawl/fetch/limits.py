"""A limit for the head of a response. Scrapy limits bodies (DOWNLOAD_MAXSIZE); its HTTP client reads header lines, and
informational responses before the real one, for as long as a server sends them."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol, Request
from twisted.web.iweb import IResponse

from newscrawl.fetch.failures import HeadersTooLong

LONGEST_HEAD = 256 * 1024
"""Bytes. Browsers stop at the same order of size."""


class LimitedHeadProtocol(_LenientHTTP11ClientProtocol):
    """Gives a connection up when a response's head has not ended after LONGEST_HEAD bytes (and one read more)."""

    _head_bytes = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        self._head_bytes = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: N802
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in (STATUS, HEADER):
            return
        self._head_bytes += len(bytes)
        if self._head_bytes > LONGEST_HEAD:
            problem = HeadersTooLong(f"no end of the headers after {self._head_bytes} bytes")
            assert self.transport is not None
            self.transport.abortConnection()
            self._disconnectParser(Failure(problem))  # type: ignore[no-untyped-call]


class LimitedHeadFactory(_LenientHTTP11ClientFactory):
    """For the ``_factory`` of an HTTPConnectionPool."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802
        return LimitedHeadProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
