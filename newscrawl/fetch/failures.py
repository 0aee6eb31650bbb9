"""What can go wrong between a request and its page, by name.

::

    IgnoreRequest (Scrapy: never retried, never logged as an error with a traceback)
    └── Refused               newscrawl will not take it; counted as newscrawl/refused/<word>
        ├── AddressBroken         what was asked, or redirected to, is no address that could be connected to
        ├── AddressRefused        the host is, or resolves to, an address that is not public; or a proxy was named
        ├── CertificateRefused    the TLS certificate is not one to trust
        ├── HeadersTooLong        the response's head never ended
        ├── BodyTooLong           the body, or what it unpacks to, is over DOWNLOAD_MAXSIZE
        ├── BodyBroken            the body is not what its Content-Encoding says, or breaks off (after the retries)
        ├── ImageRefused          what came is no image that can be mirrored
        ├── RobotsForbidden       robots.txt says no
        ├── RobotsTooSlow         robots.txt asks for longer waits than a run can keep: nothing of that host is fetched
        ├── TakenOver             another run asks it by now; its link is that run's
        ├── Stopped               the run is ending: it was not asked, or given up on its way; its link stays as it is
        └── RobotsUnreachable     robots.txt could not be asked: nothing of that host is fetched in this run
                                  (where the address or the certificate was refused, that is raised instead)

Everything else on the wire keeps the class that Scrapy or Twisted gives it; :func:`failure_word` names them all, and
what it does not know is a bug (:func:`is_bug`).
"""

from __future__ import annotations

from typing import ClassVar

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.statscollectors import StatsCollector
from twisted.internet.error import ConnectError, ConnectionClosed, TCPTimedOutError
from twisted.python.failure import Failure
from twisted.web._newclient import RequestNotSent, RequestTransmissionFailed


class Refused(IgnoreRequest):
    """Turned away on purpose. The text says what and why."""

    word: ClassVar[str] = "refused"


class AddressBroken(Refused):
    word = "address_broken"


class AddressRefused(Refused):
    word = "address_refused"


class CertificateRefused(Refused):
    word = "tls_certificate"


class HeadersTooLong(Refused):
    word = "headers_too_long"


class BodyTooLong(Refused):
    word = "body_too_long"


class BodyBroken(Refused):
    word = "body_broken"


class ImageRefused(Refused):
    """``why`` is a word: ``type`` (none of those that are mirrored), ``pixels`` or ``bytes`` (too many), ``broken``."""

    word = "image"

    def __init__(self, message: str, why: str) -> None:
        self.why = why
        super().__init__(message)


class RobotsForbidden(Refused):
    word = "robots_forbidden"


class RobotsTooSlow(Refused):
    word = "robots_crawl_delay"


class TakenOver(Refused):
    word = "taken_over"


class Stopped(Refused):
    word = "stopping"


class RobotsUnreachable(Refused):
    """``why`` is the word for what became of robots.txt: ``timeout``, ``http_503``, ``dns``, ..."""

    word = "robots_unreachable"

    def __init__(self, message: str, why: str) -> None:
        self.why = why
        super().__init__(message)


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "connection_refused"),
    (ResponseDataLossError, "connection_lost"),
    (DownloadFailedError, "connection_failed"),
    (DownloadCancelledError, "cancelled"),
    (UnsupportedURLSchemeError, "scheme"),
    (NotSupported, "scheme"),
    # What Scrapy's handler leaves as Twisted raises it: no route, no free port, a connection that ends before or
    # while the request is sent. (Twisted's other errors, OpenSSL's too, come inside a DownloadFailedError.)
    (TCPTimedOutError, "timeout"),
    (ConnectError, "connection_failed"),
    (ConnectionClosed, "connection_lost"),
    (RequestNotSent, "connection_lost"),
    (RequestTransmissionFailed, "connection_lost"),
    (IgnoreRequest, "ignored"),
)
"""In order: the first class that fits has the word. No ValueError, OSError or other class that a bug may have."""

WIRE_ERRORS: tuple[type[Exception], ...] = tuple(kind for kind, _ in _WORDS)
"""What a download may end with without a bug of ours."""


def refuse(stats: StatsCollector, refusal: Refused) -> Refused:
    """Count a refusal and hand it back to be raised."""
    stats.inc_value(f"newscrawl/refused/{refusal.word}")
    return refusal


def failure_word(failure: Failure | BaseException) -> str:
    """One word for why a request brought no page, as an errback gets it: ``http_404``, ``timeout``, ``dns``,
    ``connection_refused``, ``tls_certificate``, ``address_refused``, ``robots_forbidden``, ``robots_http_503``, ...

    An exception that is none of these (see :func:`is_bug`) gives its class name.
    """
    problem = _problem(failure)
    if isinstance(problem, HttpError):
        return f"http_{problem.response.status}"
    if isinstance(problem, RobotsUnreachable):
        return f"robots_{problem.why}"
    if isinstance(problem, ImageRefused):
        return f"image_{problem.why}"
    if isinstance(problem, Refused):
        return problem.word
    for kind, word in _WORDS:
        if isinstance(problem, kind):
            return word
    return type(problem).__name__


def is_bug(failure: Failure | BaseException) -> bool:
    """Whether an errback got what no site and no network can bring about: the link is not to blame and stays open.

    True also for newscrawl's own exceptions that end a run (:class:`~newscrawl.errors.StoreUnwritable` from the
    archive): they are no failure of a link either, and the run's end tells them apart.
    """
    return not isinstance(_problem(failure), (HttpError, *WIRE_ERRORS))


def _problem(failure: Failure | BaseException) -> BaseException | None:
    return failure.value if isinstance(failure, Failure) else failure
