"""A site of some five hundred pages with the usual mess, crawled whole by each way that any site can be walked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, serving
from messy import Mess, build
from messy_looks import LOOKS
from running import QUICK, Desk

from newscrawl.text.spelling import name_of

WAYS = ("feed", "sitemap", "listing")


@pytest.fixture(scope="module")
def mess() -> Iterator[Mess]:
    with serving(Site()) as site:
        yield build(site, LOOKS)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, QUICK | {"NEWSCRAWL_ARCHIVE": "", "CONCURRENT_REQUESTS_PER_DOMAIN": "16"})


def walk(desk: Desk, mess: Mess, way: str) -> list[str]:
    """Crawl the site by one way, from each of its start addresses; the paths that were asked."""
    mess.site.asked.clear()
    starts = {"feed": mess.feeds, "sitemap": mess.maps, "listing": mess.sections}[way]
    for start in starts:
        done = desk.scrapy("crawl", way, "-a", f"url={mess.site.origin}{start}")
        assert done.code == 0, done.err[-3000:]
        assert "Traceback" not in done.err, done.err
    return mess.site.asked


def wanted(mess: Mess) -> list[str]:
    """The keys of all articles."""
    return sorted(f"127.0.0.1:{name_of(mess.site.origin + path)}" for path in mess.articles)


def stored(desk: Desk) -> list[str]:
    return sorted(desk.column("SELECT key FROM published"))


def test_the_site_is_as_large_and_as_messy_as_it_should_be(mess: Mess) -> None:
    assert len(mess.site.pages) >= 480
    assert len(set(mess.articles)) == 150


@pytest.mark.parametrize("way", WAYS)
def test_every_article_once_and_nothing_else_and_the_second_run_asks_none_again(
    mess: Mess, desk: Desk, way: str
) -> None:
    walk(desk, mess, way)
    assert stored(desk) == wanted(mess)
    asked = walk(desk, mess, way)
    assert [path for path in asked if path in set(mess.articles)] == []
    assert stored(desk) == wanted(mess)


def test_all_ways_into_one_store_still_give_every_article_once(mess: Mess, desk: Desk) -> None:
    for way in WAYS:
        walk(desk, mess, way)
        assert stored(desk) == wanted(mess)
    assert desk.column("SELECT count(*) FROM changes WHERE kind = 'added'") == [150]
