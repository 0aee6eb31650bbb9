"""Sites of some five hundred pages with the usual mess, crawled whole by each way that any site can be walked.

On one of them the learning was tried, the other was made when that was done (what was measured on it before anything
was mended: docs/any-site.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import messy_looks
import pytest
import unseen_looks
from loopback import Site, serving
from messy import Mess, build
from running import QUICK, Desk

from newscrawl.text.spelling import name_of

WAYS = ("feed", "sitemap", "listing")


@contextmanager
def served(module: object) -> Iterator[Mess]:
    with serving(Site()) as site:
        yield build(site, module.LOOKS)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def mess() -> Iterator[Mess]:
    with served(messy_looks) as mess:
        yield mess


@pytest.fixture(scope="module")
def unseen() -> Iterator[Mess]:
    with served(unseen_looks) as mess:
        yield mess


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


def test_the_sites_are_as_large_and_as_messy_as_they_should_be(mess: Mess, unseen: Mess) -> None:
    for one in (mess, unseen):
        assert len(one.site.pages) >= 480
        assert len(set(one.articles)) == 150


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


@pytest.mark.parametrize("way", WAYS)
def test_systems_on_which_nothing_was_tried_are_walked_as_well(unseen: Mess, desk: Desk, way: str) -> None:
    walk(desk, unseen, way)
    assert stored(desk) == wanted(unseen)
