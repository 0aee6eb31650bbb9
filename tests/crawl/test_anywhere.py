"""Any site from one address: a feed, a sitemap, a section, by real Scrapy over loopback HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, article, serving
from running import QUICK, Desk

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


def pages(numbers: range) -> list[str]:
    return [f"/a/{number}.html" for number in numbers]


@pytest.fixture
def anywhere() -> Iterator[Site]:
    """A site that no source knows: twelve articles, eight of them in its feed."""
    site = Site()
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", **{"Content-Type": "text/plain"})
    site.put("/", "<html><head><title>回环新闻网</title></head><body><h1>回环新闻网</h1></body></html>")
    for path in pages(range(1, 13)):
        site.put(path, article(int(path[3:-5])))
    with serving(site):
        site.put("/rss.xml", rss(site, *pages(range(1, 9))), **XML)
        yield site


@pytest.fixture
def table(tmp_path: Path) -> Desk:
    return Desk(tmp_path, dict(QUICK))


def keys(desk: Desk) -> list[str]:
    return desk.column("SELECT key FROM published ORDER BY id")


def key(path: str) -> str:
    return f"127.0.0.1:127.0.0.1{path}"


def crawl(desk: Desk, way: str, site: Site, path: str, *more: str, **settings: str) -> tuple[int, str]:
    done = desk.scrapy("crawl", way, "-a", f"url={site.origin}{path}", *more, settings=settings)
    assert "Traceback" not in done.err, done.err
    return done.code, done.last_line


def test_the_first_run_of_a_feed_stores_all_and_the_second_asks_the_feed_alone(anywhere: Site, table: Desk):
    code, line = crawl(table, "feed", anywhere, "/rss.xml")
    assert (code, sorted(keys(table))) == (0, sorted(map(key, pages(range(1, 9)))))
    assert "feed:127.0.0.1/rss.xml: done; 8 added" in line
    anywhere.asked.clear()
    code, line = crawl(table, "feed", anywhere, "/rss.xml")
    assert (code, anywhere.asked) == (0, ["/robots.txt", "/rss.xml"])
    assert "0 added" in line
    assert table.column("SELECT DISTINCT source FROM runs") == ["feed:127.0.0.1/rss.xml"]
    assert table.column("SELECT DISTINCT source_name FROM published") == ["127.0.0.1"]
