"""A site that no source knows, on the loopback, and what tests of walking it share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pytest
from loopback import Site, article, serving
from running import Desk

XML = {"Content-Type": "application/xml; charset=utf-8"}


def rss(site: Site, *paths: str, home: str = "") -> str:
    items = "".join(
        f"<item><title>第{n}条消息</title><link>{path if '://' in path else site.origin + path}</link>"
        f"<pubDate>Wed, 19 Nov 2025 16:{n:02d}:00 +0800</pubDate></item>"
        for n, path in enumerate(paths)
    )
    link = home or f"{site.origin}/"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>{link}</link>{items}</channel></rss>'
    )


_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(site: Site, *paths: str) -> str:
    entries = "".join(f"<url><loc>{site.origin}{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset {_NS}>{entries}</urlset>'


def index(site: Site, parts: Mapping[str, str]) -> str:
    """``parts``: path -> lastmod."""
    entries = "".join(
        f"<sitemap><loc>{site.origin}{path}</loc><lastmod>{day}</lastmod></sitemap>" for path, day in parts.items()
    )
    return f'<?xml version="1.0"?><sitemapindex {_NS}>{entries}</sitemapindex>'


def section(numbers: Iterable[int], following: str | None) -> str:
    """A section's page: its articles as the loopback's own headlines say, a menu and a page bar."""
    items = "".join(
        f'<li><a href="/a/{n}.html">社区第{n}处食堂今日开门，附近居民早早排队</a><span>11-19 1{n % 10}:29</span></li>'
        for n in numbers
    )
    bar = f'<div class="pages"><a href="{following}">下一页</a></div>' if following else ""
    menu = '<div class="menu"><a href="/">首页</a><a href="/news/">新闻</a><a href="/about.html">关于我们</a></div>'
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>新闻</title></head>'
    return f'{head}<body>{menu}<ul class="list">{items}</ul>{bar}</body></html>'


def pages(numbers: Iterable[int]) -> list[str]:
    return [f"/a/{number}.html" for number in numbers]


@pytest.fixture
def anywhere_site() -> Iterator[Site]:
    """Twelve articles, eight of them in its feed."""
    site = Site()
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", **{"Content-Type": "text/plain"})
    site.put("/", "<html><head><title>回环新闻网</title></head><body><h1>回环新闻网</h1></body></html>")
    for number in range(1, 13):
        site.put(f"/a/{number}.html", article(number))
    with serving(site):
        site.put("/rss.xml", rss(site, *pages(range(1, 9))), **XML)
        yield site


def keys(desk: Desk) -> list[str]:
    return desk.column("SELECT key FROM published ORDER BY id")


def key(path: str) -> str:
    return f"127.0.0.1:127.0.0.1{path}"


def crawl(desk: Desk, way: str, site: Site, path: str, *more: str, **settings: str) -> tuple[int, str]:
    """The exit code and the last line."""
    done = desk.scrapy("crawl", way, "-a", f"url={site.origin}{path}", *more, settings=settings)
    assert "Traceback" not in done.err, done.err
    return done.code, done.last_line
