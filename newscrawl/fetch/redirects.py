"""Redirects as Scrapy follows them, but one that leads to what is no address is a named refusal, not a bug of ours."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Response

from newscrawl.fetch.failures import AddressBroken, refuse


class Redirects(RedirectMiddleware):
    """In the place of RedirectMiddleware (600). ``Location: javascript:void(0)``, a port of 99999, an open bracket:
    Scrapy makes a Request of it, which raises ValueError; an errback gets
    :class:`~newscrawl.fetch.failures.AddressBroken` instead."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            followed: Request | Response = super().process_response(request, response)
        except ValueError as error:
            raise refuse(self.crawler.stats, _leads_nowhere(response, error)) from error
        return followed


class MetaRefreshes(MetaRefreshMiddleware):
    """In the place of MetaRefreshMiddleware (580): the same for ``<meta http-equiv="refresh">``."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            followed: Request | Response = super().process_response(request, response)
        except ValueError as error:
            raise refuse(self.crawler.stats, _leads_nowhere(response, error)) from error
        return followed


def _leads_nowhere(response: Response, error: ValueError) -> AddressBroken:
    return AddressBroken(f"{response.url} redirects to what is no address: {error}")
