"""Redirects as Scrapy follows them, but for three things: one that leads to what is no address is a named refusal, no
bug of ours; what a page said of itself (ETag, Last-Modified) is not asked of another page; and a page whose charset is
none (rot13) asks for no other page."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import HtmlResponse, Response

from newscrawl.fetch.failures import AddressBroken, refuse

CONDITIONS = ("If-None-Match", "If-Modified-Since")


class Redirects(RedirectMiddleware):
    """In the place of RedirectMiddleware (600). ``Location: javascript:void(0)``, a port of 99999, an open bracket:
    Scrapy makes a Request of it, which raises ValueError; an errback gets
    :class:`~newscrawl.fetch.failures.AddressBroken` instead."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            followed: Request | Response = super().process_response(request, response)
        except ValueError as error:
            raise refuse(self.crawler.stats, _leads_nowhere(response, error)) from error
        return _in_full(followed)


class MetaRefreshes(MetaRefreshMiddleware):
    """In the place of MetaRefreshMiddleware (580): the same for ``<meta http-equiv="refresh">``."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if isinstance(response, HtmlResponse) and not _has_text(response):
            return response
        try:
            followed: Request | Response = super().process_response(request, response)
        except ValueError as error:
            raise refuse(self.crawler.stats, _leads_nowhere(response, error)) from error
        return _in_full(followed)


def _has_text(response: HtmlResponse) -> bool:
    """Whether Scrapy can decode it; it takes the declared charset for any codec that Python has by that name."""
    try:
        return response.text is not None
    except (LookupError, UnicodeError):
        return False


def _in_full(followed: Request | Response) -> Request | Response:
    """A redirect is followed without the conditions of the first request: a 304 would be another page's."""
    if isinstance(followed, Request):
        for name in CONDITIONS:
            followed.headers.pop(name, None)
    return followed


def _leads_nowhere(response: Response, error: ValueError) -> AddressBroken:
    return AddressBroken(f"{response.url} redirects to what is no address: {error}")
