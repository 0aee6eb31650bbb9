"""Pages opened in Chromium, many at once in frames, and whatever ran in them: it called ``xss``, opened a dialog or a
window, or asked an address that only a vector asks."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request
from web_made import Server
from xss_vectors import CANARY

LOOK = (Path(__file__).parent / "xss" / "look.js").read_text("utf-8")
_FRAMES = "/frames.html"
"""Where the page of the frames is thought to stand."""
_BATCH = 200
_TOGETHER = 12
_NUMBER = re.compile(r"\d+")


@attrs.define
class Seen:
    """What a page shows, and what is in it that should not be."""

    path: str
    title: str | None
    faults: list[str]
    pictures: list[str]
    """Addresses of vectors that the page shows as pictures: that runs nothing."""


@attrs.define
class Watch:
    """A window on a host in which nothing may run."""

    context: BrowserContext
    page: Page
    origin: str
    ran: list[str] = attrs.Factory(list)
    """What ran, in words."""
    refused: list[str] = attrs.Factory(list)
    """What the Content-Security-Policy kept from running."""
    pictures: set[str] = attrs.Factory(set)
    """Addresses of vectors that were asked for as a picture: by a page's ``img``, by a style, by a script."""

    def look(self, paths: Sequence[str], *, rest: int = 15, again: bool = True) -> list[Seen]:
        """Open every path (of the host, encoded) in a frame, some at once; wait ``rest`` ms, click on everything, set
        off whatever handler there is, and wait again. A page in which no headline is found is opened ``again``."""
        seen = []
        for first in range(0, len(paths), _BATCH):
            asked = {"paths": paths[first : first + _BATCH], "together": _TOGETHER, "rest": rest, "again": again}
            self._frames()
            seen += [Seen(**told) for told in self.page.evaluate(LOOK, asked)]
        return seen

    @property
    def numbers(self) -> set[int]:
        """Of the vectors that ran."""
        said = " ".join([*self.ran, *self.pictures])
        return {int(number) for number in _NUMBER.findall(said) if 100 < int(number) < 1000}

    def _frames(self) -> None:
        """An empty page of the host, without a policy."""
        self.page.route(self.origin + _FRAMES, lambda route: route.fulfill(body="<body>", content_type="text/html"))
        self.page.goto(self.origin + _FRAMES)
        self.page.unroute(self.origin + _FRAMES)

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("http", "https") or address.netloc == urlsplit(self.origin).netloc:
            return
        if request.resource_type != "image":
            self.ran.append(f"asked as {request.resource_type}: {request.url}")
        elif address.netloc == CANARY and address.path.startswith("/ran/"):
            self.pictures.add(request.url)

    def _dialog(self, dialog: Dialog) -> None:
        self.ran.append(f"{dialog.type}: {dialog.message}")
        with contextlib.suppress(Exception):
            dialog.dismiss()

    def _popup(self, page: Page) -> None:
        if page is not self.page:
            self.ran.append(f"opened {page.url}")
            page.close()


@contextlib.contextmanager
def watching(browser: Browser, server: Server) -> Iterator[Watch]:
    context = browser.new_context(locale="zh-CN")
    try:
        watch = Watch(context, context.new_page(), server.origin)
        context.expose_binding("xss", lambda source, said=None: watch.ran.append(f"xss {said}"))
        context.on("request", lambda request: watch._asked(request))
        context.on("dialog", lambda dialog: watch._dialog(dialog))
        context.on("page", lambda page: watch._popup(page))
        context.on("console", lambda line: _is_refusal(line.text) and watch.refused.append(line.text))
        yield watch
    finally:
        context.close()


def _is_refusal(said: str) -> bool:
    return "Content Security Policy" in said
