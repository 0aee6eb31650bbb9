"""A newsroom that lives for a week: what its server answers is a pure function of the simulated time.

Articles appear (more by day than by night), are corrected, vanish, come back; some change in nothing but their
counters, advertisements and markup. On day five the layout changes: the selectors of the credit and of the body answer
no more, the text stays. On day three the server is out of reach for half a day. Some pages have an honest ETag or
Last-Modified, some a lying one, and so has the feed. :mod:`truth` says what a store should know of all that.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from attrs import define, field
from stories import DAY, HOUR, MINUTE, START, ZONE, Story, life

Page = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""

NEW_LAYOUT_AT = START + 4 * DAY
DOWN_AT = START + 2 * DAY + 4 * HOUR
UP_AT = DOWN_AT + 12 * HOUR
LIST_PAGES = 10
FULL_PAGE, FULL_FEED, FULL_CHANNEL = 20, 30, 15
"""Articles on a page of a full newsroom's list (ten pages reach back over a day and a half), in its feed and on its
channel's page."""
HANG_UP = 0
"""For a status: the connection is closed without an answer."""


@define(kw_only=True)
class Newsroom:
    """Its time is ``now``. ``pace`` is the share of a full newsroom's output (about 130 articles a day)."""

    origin: str = ""
    seed: int = 1
    pace: float = 1.0
    days: int = 7
    now: datetime = START
    asked: list[str] = field(factory=list)
    """Paths that were requested, in order."""
    before_answer: Callable[[str], None] = field(default=lambda path: None)
    down: Mapping[tuple[datetime, datetime], str] = field(
        default={
            (DOWN_AT, DOWN_AT + 4 * HOUR): "refusing",
            (DOWN_AT + 4 * HOUR, DOWN_AT + 8 * HOUR): "hanging up",
            (DOWN_AT + 8 * HOUR, UP_AT): "pages refusing",
        }
    )
    """'refusing': 503 to all; 'pages refusing': to all but robots.txt; 'hanging up': no answer at all."""
    new_layout_at: datetime = NEW_LAYOUT_AT

    # -- what happens ------------------------------------------------------------------------------------------------

    @cached_property
    def stories(self) -> Mapping[int, Story]:
        return {story.number: story for story in life(self.seed, self.pace, self.days)}

    def trouble(self, now: datetime) -> str:
        return next((kind for (start, end), kind in self.down.items() if start <= now < end), "")

    def published(self, now: datetime) -> list[Story]:
        """Newest first."""
        there = [story for story in self.stories.values() if story.published <= now]
        return sorted(there, key=lambda story: (story.published, story.number), reverse=True)

    def listed(self, now: datetime) -> list[Story]:
        shown = [s for s in self.published(now) if not s.is_away(now) or s.listed_while_away]
        return [s for s in shown if not s.only_in_feed]

    def pages(self, now: datetime) -> list[list[Story]]:
        """Of the rolling list."""
        length = self._share_of(FULL_PAGE)
        listed = self.listed(now)
        return [listed[page * length : (page + 1) * length] for page in range(LIST_PAGES)]

    def channel(self, now: datetime) -> list[Story]:
        """The newest, in no order."""
        return sorted(self.listed(now)[: self._share_of(FULL_CHANNEL)], key=lambda story: _digest(story.key))

    def fed(self, now: datetime) -> list[Story]:
        return [s for s in self.published(now) if not s.is_away(now)][: self._share_of(FULL_FEED)]

    def _share_of(self, length: int) -> int:
        return max(3, round(length * self.pace))

    def on_day(self, day: date, now: datetime) -> list[Story]:
        """In the dated archive."""
        that_day = [s for s in self.published(now) if (s.published + ZONE).date() == day]
        return [s for s in that_day if not s.is_away(now) and not s.only_in_feed]

    def etag(self, story: Story, now: datetime) -> str | None:
        if story.validator == "lying":
            return f'"{story.number}"'
        layout = "new" if now >= self.new_layout_at else "old"
        return f'"{story.number}-{story.version(now)}-{layout}"' if story.validator == "etag" else None

    def last_modified(self, story: Story, now: datetime) -> datetime | None:
        if story.validator != "modified":
            return None
        moments = (story.published, self.new_layout_at, *(at for at, _ in story.edits))
        return max(at for at in moments if at <= now)

    # -- what the server answers -------------------------------------------------------------------------------------

    def answer(self, path: str, headers: Mapping[str, str]) -> Page:
        now, trouble = self.now, self.trouble(self.now)
        if trouble == "hanging up":
            return HANG_UP, {}, b""
        if path == "/robots.txt" and trouble != "refusing":
            forbidden = "".join(f"Disallow: {s.path()}\n" for s in self.stories.values() if s.forbidden)
            return _page(f"User-agent: *\nDisallow: /private/\n{forbidden}", "text/plain")
        if trouble:
            return _page("<h1>503 Service Unavailable</h1>", status=503)
        kind, _, name = path.strip("/").partition("/")
        match kind:
            case "a":
                return self._article(name.removesuffix(".html"), headers)
            case "list":
                body = _listing(self.pages(now)[int(name.removesuffix(".html")) - 1])
                return _conditional(_page(body), headers, etag=f'"{_digest(body)}"')
            case "day":
                return _page(_listing(self.on_day(date.fromisoformat(name.removesuffix(".html")), now)))
            case "china":
                return _page(_channel(self.channel(now), now))
            case "feed.xml":
                return _conditional(_page(_feed(self.fed(now), self.origin), "application/xml"), headers, etag='"feed"')
            case _:
                return _page("not here", status=404)

    def _article(self, name: str, headers: Mapping[str, str]) -> Page:
        number, _, page = name.partition("_")
        story, now = self.stories.get(int(number)), self.now
        if story is None or story.published > now:
            return _page("not here", status=404)
        if story.is_away(now):
            return _page("<h1>该页面已被删除</h1>", status=story.status)
        body = self._html(story, int(page or 1))
        modified = self.last_modified(story, now)
        return _conditional(_page(body), headers, etag=self.etag(story, now), modified=modified)

    def _html(self, story: Story, page: int) -> str:
        now, text = self.now, story.text(story.version(self.now))
        skin = 0 if story.validator else int((now - START) / (20 * MINUTE))
        new = now >= self.new_layout_at
        first, *rest = text.paragraphs if story.pages == 1 else _of_page(text.paragraphs, page)
        ad = f'<div class="ad">广告 {skin}：好房特惠，立减{skin * 7 % 90}元</div>'
        words = "".join(f'<p class="s{skin % 13}">　　{line}</p>' for line in rest)
        body = f"<p>　　{first}</p>{ad if skin % 3 else ''}{words}"
        bar = f'<div class="pages"><a href="{story.path(page + 1)}">下一页</a></div>' if page < story.pages else ""
        when = f"{story.published + ZONE:%Y-%m-%d %H:%M}"
        if new:
            head = (
                f'<div class="top"><h1>{text.headline}</h1><p class="when">{when}</p></div>'
                f'<section class="text">{body}</section><div class="low"><em class="origin">{story.outlet}</em></div>'
            )
        else:
            head = (
                f'<h1>{text.headline}</h1><div class="info"><span class="time">{when}</span> '
                f'<span class="from">来源：{story.outlet}</span></div><div class="story">{body}</div>'
            )
        related = "" if story.validator else _channel(self.listed(now)[skin % 5 : skin % 5 + 4], now)
        return (
            '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">'
            f"<title>{text.headline}_活页新闻网</title></head>"
            f'<body><div class="menu"><a href="/">首页</a><a href="/china/">国内</a></div>{head}{bar}'
            f'<div class="hits">阅读 {skin * 31 + 5}</div><div class="more">{related}</div>'
            f'<div class="foot"><a href="/about">关于我们</a></div></body></html>'
        )


@contextmanager
def on_the_air(newsroom: Newsroom) -> Iterator[Newsroom]:
    """Served on a port of the loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            newsroom.asked.append(self.path)
            newsroom.before_answer(self.path)
            status, headers, body = newsroom.answer(self.path, self.headers)
            if status == HANG_UP:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 100  # of five, the sixth connection is tried again by its kernel a second later

        def handle_error(self, request: object, client_address: object) -> None:
            if not isinstance(sys.exception(), ConnectionError):  # the crawl was killed: part of the plan
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    newsroom.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield newsroom
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _of_page(lines: tuple[str, ...], page: int) -> list[str]:
    """The first page has three paragraphs and, as all the last one's, what was added below."""
    pages = [line for line in lines if line.startswith("第")]
    own = [line for line in lines if line not in pages]
    return [*own[:3]] if page == 1 else [pages[page - 2], *(own[3:] if page == len(pages) + 1 else ())]


def _page(body: str, kind: str = "text/html", status: int = 200) -> Page:
    return status, {"Content-Type": f"{kind}; charset=utf-8"}, body.encode()


def _conditional(
    page: Page, headers: Mapping[str, str], *, etag: str | None = None, modified: datetime | None = None
) -> Page:
    """304 where what is asked with is still so."""
    status, own, body = page
    if etag:
        own["ETag"] = etag
    if modified:
        own["Last-Modified"] = format_datetime(modified, usegmt=True)
    since = headers.get("If-Modified-Since")
    same = etag is not None and headers.get("If-None-Match") == etag
    same = same or (modified is not None and since is not None and parsedate_to_datetime(since) >= modified)
    return (304, own, b"") if same else (status, own, body)


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


def _listing(stories: list[Story]) -> str:
    items = "".join(
        f'<li><a href="{s.path()}">{s.text(0).headline}</a> <span>{s.published + ZONE:%m-%d %H:%M}</span></li>'
        for s in stories
    )
    return f'<html><head><meta charset="utf-8"></head><body><ul class="list">{items}</ul></body></html>'


def _channel(stories: list[Story], now: datetime) -> str:
    items = "".join(f'<li><a href="{s.path()}">{s.text(s.version(now)).headline}</a></li>' for s in stories)
    return f"<h3>更多新闻</h3><ul>{items}</ul>"


def _feed(stories: list[Story], origin: str) -> str:
    items = "".join(
        f"<item><title>{s.text(0).headline}</title><link>{origin}{s.path()}</link>"
        f"<pubDate>{format_datetime(s.published, usegmt=True)}</pubDate></item>"
        for s in stories
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>活页新闻网</title>{items}</channel></rss>'
