"""robots.txt (RFC 9309), closed where Scrapy's middleware is open, and Crawl-delay.

Scrapy 2.19 lets requests pass that wait while robots.txt is on its way (all but the first), takes the body of an error
page for rules, and allows everything when the file cannot be had.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict

from attrs import frozen
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from newscrawl.fetch.failures import (
    WIRE_ERRORS,
    AddressBroken,
    AddressRefused,
    CertificateRefused,
    Refused,
    RobotsForbidden,
    RobotsTooSlow,
    RobotsUnreachable,
    Stopped,
    failure_word,
    refuse,
)
from newscrawl.fetch.project import options_of

logger = logging.getLogger(__name__)

LONGEST_DELAY = 60.0
"""Seconds. A list of a hundred pages at this pace is a run of nearly two hours; a longer Crawl-delay (86400 is met)
would hold the run and its lock for days."""
_BOM = b"\xef\xbb\xbf"


@frozen
class _Rules:
    """What a host says."""

    parser: RobotParser
    delay: float
    """Crawl-delay in seconds; 0 = none."""


@frozen
class _Closed:
    """A host that is not asked: every request for it ends with ``refusal``'s class and arguments."""

    refusal: Refused

    def again(self) -> Refused:
        """A fresh one each time: an exception that is raised gathers a traceback."""
        if isinstance(self.refusal, RobotsUnreachable):
            return RobotsUnreachable(str(self.refusal), self.refusal.why)
        return type(self.refusal)(str(self.refusal))


class RobotsRules(RobotsTxtMiddleware):
    """In the place of RobotsTxtMiddleware (100): one question per host and port, and everybody waits for its answer.

    2xx: the rules hold, unless the body is an HTML page. 4xx, or a redirect to nowhere: no rules. 5xx, 429, a timeout,
    a refusal or any other failure: nothing of that host is fetched in this run (RFC 9309, 2.3.1.4), counted as
    newscrawl/robots/unreachable. An errback gets :class:`~newscrawl.fetch.failures.RobotsForbidden` or
    :class:`~newscrawl.fetch.failures.RobotsUnreachable`; a refused address or certificate stays what it is.

    Crawl-delay is kept up to LONGEST_DELAY. A host that asks for more is left alone in this run, which is what it asks
    for: said once, :class:`~newscrawl.fetch.failures.RobotsTooSlow` for every request. A replay waits for nobody.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, _Rules | _Closed] = {}
        self._least_delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._replaying = bool(options_of(crawler.settings).replay)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        url = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or url.scheme not in ("http", "https"):
            return
        netloc = url.netloc
        async with self._locks[netloc]:
            if netloc not in self._rules:
                self._rules[netloc] = await self._ask(request)
        rules = self._rules[netloc]
        if isinstance(rules, _Closed):
            raise refuse(self._stats, rules.again())
        if not rules.parser.allowed(request.url, self._agent(request)):
            self._stats.inc_value("robotstxt/forbidden")
            logger.debug("Forbidden by robots.txt: %s", request)
            raise refuse(self._stats, RobotsForbidden(f"robots.txt of {netloc} forbids {request.url}"))
        if rules.delay:
            self._slow_down(request, rules.delay)

    def _agent(self, request: Request) -> str | bytes:
        return self._robotstxt_useragent or request.headers.get(b"User-Agent") or self._default_useragent

    async def _ask(self, request: Request) -> _Rules | _Closed:
        url = urlparse_cached(request)
        question = Request(
            f"{url.scheme}://{url.netloc}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "allow_offsite": True},
            callback=NO_CALLBACK,
        )
        self._stats.inc_value("robotstxt/request_count")
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(question)
        except Stopped:  # that says nothing about the host
            raise
        except (AddressBroken, AddressRefused, CertificateRefused) as refusal:
            self._stats.inc_value("newscrawl/robots/unreachable")
            return _Closed(refusal)
        except WIRE_ERRORS as error:
            return self._unreachable(url.netloc, failure_word(error), str(error))
        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500 or response.status == 429:
            return self._unreachable(url.netloc, f"http_{response.status}", f"status {response.status}")
        parser = build_from_crawler(self._parserimpl, self.crawler, _rules_text(response))
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        delay = 0.0 if self._replaying else parser.crawl_delay(self._agent(request)) or 0.0
        if slow := too_slow(url.netloc, delay):
            logger.warning("%s", slow)
            return _Closed(slow)
        if delay:
            logger.info("%s asks for %g s between requests", url.netloc, delay)
        return _Rules(parser, delay)

    def _unreachable(self, netloc: str, why: str, detail: str) -> _Closed:
        self._stats.inc_value("newscrawl/robots/unreachable")
        message = f"robots.txt of {netloc} could not be asked ({detail}), so nothing of it is fetched in this run"
        logger.warning("%s", message)
        return _Closed(RobotsUnreachable(message, why))

    def _slow_down(self, request: Request, delay: float) -> None:
        """One request at a time, ``delay`` seconds apart, never less than DOWNLOAD_DELAY.

        Scrapy forgets an idle slot and makes it anew from ``per_slot_settings``; AutoThrottle would go below the
        delay, so it is told to leave these responses alone.
        """
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        key, slot = downloader._get_slot(request)
        held = downloader.per_slot_settings.get(key, {})
        delay = max(delay, self._least_delay, float(held.get("delay", 0.0)))
        downloader.per_slot_settings[key] = {**held, "delay": delay, "jitter": 0.0, "concurrency": 1}
        slot.delay, slot.jitter, slot.concurrency = delay, 0.0, 1
        request.meta["autothrottle_dont_adjust_delay"] = True


def too_slow(netloc: str, delay: float) -> RobotsTooSlow | None:
    """Why nothing of a host is fetched that asks for ``delay`` seconds between requests; None where they are kept."""
    if delay <= LONGEST_DELAY:
        return None
    return RobotsTooSlow(
        f"robots.txt of {netloc} asks for {delay:g} s between requests; more than {LONGEST_DELAY:g} s are not waited "
        "for, so nothing of it is fetched in this run"
    )


def _rules_text(response: Response) -> bytes:
    """The body where it can be rules: of a 2xx, and no HTML page (a site that answers everything with its home page).

    The Content-Type does not tell: servers call good robots.txt files text/html.
    """
    body = response.body.removeprefix(_BOM)
    return b"" if not 200 <= response.status < 300 or body.lstrip()[:1] == b"<" else body
