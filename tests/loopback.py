"""A small newsroom on the loopback, for crawls through real Scrapy: pages by path, with scripted misbehaviour."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import attrs

Page = tuple[int, dict[str, str], bytes]


@attrs.define
class Site:
    """``pages`` answers; ``asked`` is what was requested and ``answered`` with which status, in order; ``when`` runs
    something before an answer. Pages below a path of ``validate`` have an ETag, and 304 is the answer to it; with
    ``lies`` the ETag is that of the path, whatever the page says."""

    origin: str = ""
    pages: dict[str, Page] = attrs.Factory(dict)
    asked: list[str] = attrs.Factory(list)
    answered: list[tuple[str, int]] = attrs.Factory(list)
    validated: tuple[str, ...] = ()
    lies: bool = False
    not_modified: tuple[str, ...] = ()
    """Paths that answer 304 to whoever asks with a date."""
    acts: dict[str, Callable[[], None]] = attrs.Factory(dict)

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8"} | headers, data)

    def when(self, path: str, act: Callable[[], None]) -> None:
        self.acts[path] = act

    def validate(self, *paths: str) -> None:
        self.validated = paths

    def etag(self, path: str, body: bytes) -> str | None:
        if not path.startswith(self.validated or ("?",)):
            return None
        return f'"{zlib.crc32(path.encode() if self.lies else body):08x}"'

    def articles_asked(self) -> list[str]:
        return [path for path in self.asked if path.startswith("/a/")]

    def lists_asked(self) -> list[str]:
        return [path for path in self.asked if path.startswith("/list/")]


class Server(ThreadingHTTPServer):
    request_queue_size = 100
    """As a web server's; five connections more than the usual five would wait a second each for the kernel."""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            if act := site.acts.get(self.path):
                act()
            status, headers, body = site.pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"not here"))
            if status == 200 and (etag := site.etag(self.path, body)):
                headers = headers | {"ETag": etag}
                if self.headers["If-None-Match"] == etag:
                    status, body = 304, b""
            if self.path in site.not_modified and self.headers["If-Modified-Since"]:
                status, body = 304, b""
            site.answered.append((self.path, status))
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                pass  # the crawl was killed: part of the plan

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


PLACES = ("太原", "大同", "运城", "晋中", "长治", "临汾")


def article(number: int, *, headline: str | None = None, extra: str = "", body: str | None = None) -> str:
    """An article page without any publisher's template: what the default chain reads."""
    place = PLACES[number % len(PLACES)]
    headline = headline or f"{place}第{number}处社区食堂今日开门迎客"
    body = body or "".join(
        f"<p>　　{text}</p>"
        for text in (
            f"中新网{place}11月19日电 (记者 李明远)19日上午，{place}第{number}处社区食堂开门，附近居民早早排队。",
            f"食堂负责人介绍，这里每天供应三餐，菜品有{number + 12}种，六十五岁以上的老人凭卡可以享受八折优惠。",
            f"家住附近的王女士说，以前做饭麻烦，现在下楼走{number + 3}分钟就能吃上热饭，心里踏实多了。",
        )
    )
    return f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{headline}</title></head><body>
<div class="menu"><a href="/">首页</a></div>
<h1>{headline}</h1>
<div class="info"><span class="time">2025-11-19 0{number % 10}:30</span> <span>来源：回环新闻网</span></div>
<div class="article">{body}</div>{extra}<div class="foot"><a href="/about">关于我们</a></div></body></html>"""


def listing(numbers: list[int], more: str = "") -> str:
    items = "".join(f'<li><a href="/a/{n}.html">第{n}条</a> <span>11-19 16:29</span></li>' for n in numbers)
    return f'<html><head><meta charset="utf-8"></head><body><ul class="list">{items}</ul>{more}</body></html>'


def newsroom(pages: int = 4, per_page: int = 6) -> Site:
    """Listing pages /list/1.html… with ``per_page`` articles each, newest first."""
    site = Site()
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", **{"Content-Type": "text/plain"})
    site.put("/", "<html><head><title>回环新闻网</title></head><body><h1>回环新闻网</h1></body></html>")
    numbers = list(range(pages * per_page, 0, -1))
    for number in numbers:
        site.put(f"/a/{number}.html", article(number))
    for page in range(pages):
        site.put(f"/list/{page + 1}.html", listing(numbers[page * per_page : (page + 1) * per_page]))
    return site
