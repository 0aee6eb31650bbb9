"""Debian's Chromium, driven by Playwright, and what it noticed while a page was read. Nothing leaves the machine."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from web_made import Server, program

NAME = "jinyang.example"
"""A name of the loopback in the browser: a host that is reached without TLS, as 127.0.0.1 is not taken for one."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
GREY = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'><rect width='16' height='9' fill='#888'/></svg>"
"""What every picture of another host is."""
_REPORT = (
    "document.addEventListener('securitypolicyviolation', e => refused(`${e.effectiveDirective} ${e.blockedURI}`))"
)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@attrs.define
class Visit:
    """A reader's window on ``origin``."""

    origin: str
    context: BrowserContext
    page: Page
    said: list[str] = attrs.Factory(list)
    """The console, and errors that nothing caught."""
    refused: list[str] = attrs.Factory(list)
    """Violations of the Content-Security-Policy: directive and address."""
    asked: list[tuple[str, str]] = attrs.Factory(list)
    """What was asked of other hosts: its use (document, image, ...) and address. None of it left the browser."""

    def go(self, path: str = "/") -> int:
        """Open the page at ``path`` of the site; the status."""
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        return answer.status

    def here(self) -> str:
        """The path of the open page within the site."""
        return self.page.url.removeprefix(self.origin)

    def is_silent(self) -> bool:
        assert (self.said, self.refused) == ([], [])
        return True

    def _answer(self, route: Route) -> None:
        request = route.request
        if urlsplit(request.url).netloc == urlsplit(self.origin).netloc:
            route.continue_()
            return
        self.asked.append((request.resource_type, request.url))
        if request.resource_type == "image":
            route.fulfill(body=GREY, content_type="image/svg+xml")
        elif request.is_navigation_request():
            route.fulfill(status=204)
        else:
            route.abort()


@contextlib.contextmanager
def visiting(browser: Browser, server: Server, *, by_name: bool = False, **options: Any) -> Iterator[Visit]:
    """A fresh window on ``server``; ``options`` are Playwright's of a context (viewport, color_scheme, ...)."""
    origin = re.sub(r"127\.0\.0\.1", NAME, server.origin) if by_name else server.origin
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "zh-CN"} | options)
    try:
        visit = Visit(origin, context, context.new_page())
        context.route("**/*", lambda route: visit._answer(route))
        if options.get("java_script_enabled", True):
            context.expose_function("refused", lambda what: visit.refused.append(what))
            context.add_init_script(_REPORT)
        context.on("console", lambda line: visit.said.append(f"{line.type}: {line.text}"))
        context.on("weberror", lambda error: visit.said.append(f"uncaught: {error.error}"))
        yield visit
    finally:
        context.close()
