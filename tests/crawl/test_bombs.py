"""Feeds and sitemaps that are bombs, by real Scrapy over loopback HTTP: failed listings, in little memory."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from loopback import Site, article, serving
from running import QUICK, Desk

ZEROS = bytes(150_000_000)
PACKED = {"Content-Type": "application/gzip"}
XML = {"Content-Type": "application/xml"}
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
WATCHED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs its words and tells the most memory that they took, in kilobytes."""


def urlset(*urls: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


@pytest.fixture(scope="module")
def armed() -> Iterator[Site]:
    site = Site()
    site.put("/robots.txt", "", **{"Content-Type": "text/plain"})
    site.put("/a/1.html", article(1))
    with serving(site):
        story = f"{site.origin}/a/1.html"
        packed = gzip.compress(ZEROS, 1)
        site.put("/good.xml", urlset(story), **XML)
        site.put("/good.xml.gz", gzip.compress(urlset(story).encode()), **PACKED)
        site.put("/coding.xml", packed, **XML, Content_Encoding="gzip")
        site.put("/twice.xml", gzip.compress(packed), **XML, Content_Encoding="gzip, gzip")
        site.put("/brotli.xml", brotli.compress(ZEROS, quality=1), **XML, Content_Encoding="br")
        site.put("/body.xml.gz", packed, **PACKED)
        site.put("/both.xml.gz", gzip.compress(packed), **PACKED, Content_Encoding="gzip")
        site.put("/nested.xml.gz", gzip.compress(gzip.compress(urlset(story).encode())), **PACKED)
        site.put("/laughs.xml", LAUGHS + urlset(story + "?&b;"), **XML)
        parts = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in site.pages if ".xml" in path)
        site.put("/index.xml", f"<sitemapindex>{parts}</sitemapindex>", **XML)
        yield site


def crawled(folder: Path, way: str, url: str) -> tuple[int, str, int]:
    """Exit code, log, and the most megabytes it took."""
    folder.mkdir(exist_ok=True)
    done = Desk(folder, dict(QUICK), inside=(sys.executable, "-c", WATCHED)).scrapy("crawl", way, "-a", f"url={url}")
    assert "Traceback" not in done.err, done.err
    peak = re.search(r"^peak (\d+)$", done.err, re.MULTILINE)
    assert peak
    return done.code, done.err, int(peak[1]) // 1024


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory, armed: Site) -> int:
    """The megabytes that a run without bombs takes."""
    code, log, peak = crawled(tmp_path_factory.mktemp("usual"), "sitemap", f"{armed.origin}/good.xml")
    assert code == 0, log
    return peak


def test_bombs_among_the_parts_of_an_index_fail_alone(armed: Site, usual: int, tmp_path: Path) -> None:
    code, log, peak = crawled(tmp_path, "sitemap", f"{armed.origin}/index.xml")
    desk = Desk(tmp_path)
    assert desk.column("SELECT url FROM published") == [f"{armed.origin}/a/1.html"]
    (errors,) = desk.column("SELECT errors FROM runs")
    assert code == 0, log
    assert json.loads(errors) == {"listing body_too_long": 3, "listing unreadable": 4}
    for words in (
        "unpacks to more than 52428800 bytes",
        "gzip in gzip, refused",
        "its document type declares entities",
    ):
        assert words in log
    assert peak - usual < 300, "five bombs of 150 MB, a limit of 50 MB"


@pytest.mark.parametrize(
    ("way", "path"),
    [("feed", "/coding.xml"), ("sitemap", "/coding.xml"), ("sitemap", "/body.xml.gz"), ("feed", "/laughs.xml")],
)
def test_a_start_address_that_is_a_bomb_is_a_failed_listing(
    armed: Site, usual: int, tmp_path: Path, way: str, path: str
) -> None:
    code, log, peak = crawled(tmp_path, way, armed.origin + path)
    assert code == 3, log
    assert "listing pages failed" in log
    assert peak - usual < 120, "one bomb of 150 MB, a limit of 10 MB for a feed and 50 MB for a sitemap"
