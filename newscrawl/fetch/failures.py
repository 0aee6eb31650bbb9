"""What can go wrong between a request and its page, by name.

::

    IgnoreRequest (Scrapy: never retried, never logged as an error with a traceback)
    └── Refused               newscrawl will not take it; counted as newscrawl/refused/<word>
        ├── AddressRefused        the host is, or resolves to, an address that is not public; or a proxy was named
        ├── CertificateRefused    the TLS certificate is not one to trust
        ├── HeadersTooLong        the response's head never ended
        ├── BodyTooLong           the body, or what it unpacks to, is over DOWNLOAD_MAXSIZE
        ├── BodyBroken            the body is not what its Content-Encoding says, or breaks off (after the retries)
        ├── RobotsForbidden       robots.txt says no
        └── RobotsUnreachable     robots.txt could not be asked: nothing of that host is fetched in this run
                                  (where the address or the certificate was refused, that is raised instead)

Everything else on the wire keeps Scrapy's class; :func:`failure_word` names them all.
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
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure


class Refused(IgnoreRequest):
    """Turned away on purpose. The text says what and why."""

    word: ClassVar[str] = "refused"


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


class RobotsForbidden(Refused):
    word = "robots_forbidden"


class RobotsUnreachable(Refused):
    """``why`` is the word for what became of robots.txt: ``timeout``, ``http_503``, ``dns``, ..."""

    word = "robots_unreachable"

    def __init__(self, message: str, why: str) -> None:
        self.why = why
        super().__init__(message)


WIRE_ERRORS: tuple[type[Exception], ...] = (
    IgnoreRequest,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    NotSupported,
    ConnectError,
    ConnectionClosed,
    OSError,
    ValueError,
)
"""What a download may end with without a bug of ours; ValueError is Twisted's word for a host name that is none."""

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "connection_refused"),
    (ResponseDataLossError, "connection_lost"),
    (DownloadFailedError, "connection_failed"),
    (DownloadCancelledError, "cancelled"),
    (ConnectError, "connection_failed"),
    (ConnectionClosed, "connection_lost"),
    (UnsupportedURLSchemeError, "scheme"),
    (NotSupported, "scheme"),
    (IgnoreRequest, "ignored"),
    (OSError, "connection_os"),
)


def refuse(stats: StatsCollector, refusal: Refused) -> Refused:
    """Count a refusal and hand it back to be raised."""
    stats.inc_value(f"newscrawl/refused/{refusal.word}")
    return refusal


def failure_word(failure: Failure | BaseException) -> str:
    """One word for why a request brought no page, as an errback gets it: ``http_404``, ``timeout``, ``dns``,
    ``connection_refused``, ``tls_certificate``, ``address_refused``, ``robots_forbidden``, ``robots_http_503``, ...

    An exception that is none of these (a bug) gives its class name.
    """
    problem = failure.value if isinstance(failure, Failure) else failure
    if isinstance(problem, HttpError):
        return f"http_{problem.response.status}"
    if isinstance(problem, RobotsUnreachable):
        return f"robots_{problem.why}"
    if isinstance(problem, Refused):
        return problem.word
    for kind, word in _WORDS:
        if isinstance(problem, kind):
            return word
    return type(problem).__name__
