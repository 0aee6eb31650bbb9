"""The newsroom and the facts in expected.json agree: the facts are what the crawl is held against."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.newsroom import build
from newscrawl.archive.reader import Archive
from newscrawl.discover import feed, listing
from newscrawl.discover.listings import Shape
from newscrawl.errors import Reason
from newscrawl.items import FetchedPage

ROOT = Path(__file__).resolve().parents[2]
HOME = "https://www.chinanews.com.cn"
EXPECTED: dict[str, Any] = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
STORED: dict[str, Any] = EXPECTED["stored"]
ROLLING = Shape(item="div.content_list li", section=".dd_lm", link=".dd_bt a", time=".dd_time")
ARTICLE = re.compile(r"/(\d{5,})\.shtml(?:\?.*)?$")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    target = tmp_path_factory.mktemp("expected") / "newsroom.warc.gz"
    assert build(ROOT / "data" / "newsroom", target) > 60
    return Archive([target])


def page(newsroom: Archive, url: str) -> FetchedPage:
    recorded = newsroom.find(url)
    assert recorded is not None, url
    assert recorded.status == 200
    return FetchedPage(url=url, body=recorded.decoded())


def list_urls(newsroom: Archive) -> list[str]:
    pages = (f"{HOME}/scroll-news/news{number}.html" for number in range(1, 11))
    return [found.url for url in pages for found in listing.find(page(newsroom, url), ROLLING)]


def channel_urls(newsroom: Archive) -> list[str]:
    pages = (f"{HOME}/{name}/" for name in ("china", "society", "world", "finance"))
    return [found.url for url in pages for found in listing.find(page(newsroom, url), None)]


def keys(urls: list[str]) -> set[str]:
    """Keys of the text articles, by the number at the address's end."""
    texts = (url for url in urls if "/shipin/" not in url and "/tp/" not in url)
    return {f"chinanews:{hit[1]}" for url in texts if (hit := ARTICLE.search(url))}


def in_lists() -> set[str]:
    return {*STORED["list"], *STORED["one_of_list"], *EXPECTED["rejected"], *EXPECTED["failed"]}


def test_the_lists_link_to_what_they_should(newsroom: Archive) -> None:
    found = list_urls(newsroom)
    assert keys(found) == in_lists()
    assert sorted({url for url in found if "/shipin/" in url}) == sorted(EXPECTED["videos"]["list"])
    assert sorted({url for url in found if "/tp/" in url}) == sorted(EXPECTED["photos"]["list"])


def test_only_the_feed_has_what_is_marked_so(newsroom: Archive) -> None:
    found = feed.find(page(newsroom, f"{HOME}/rss/scroll-news.xml"))
    assert len(found) == EXPECTED["feed_items"]
    assert keys([one.url for one in found]) - in_lists() == set(STORED["feed_only"])


def test_only_the_channels_have_what_is_marked_so(newsroom: Archive) -> None:
    assert keys(channel_urls(newsroom)) - in_lists() == set(STORED["channels_only"])


@pytest.mark.parametrize("day", ["2025-11-18", "2025-11-17"])
def test_only_the_archive_days_have_what_is_marked_so(newsroom: Archive, day: str) -> None:
    url = f"{HOME}/scroll-news/{day[:4]}/{day[5:7]}{day[8:]}/news.shtml"
    found = [one.url for one in listing.find(page(newsroom, url), ROLLING)]
    assert keys(found) - in_lists() == set(STORED["archive_only"][day])
    assert [url for url in found if "/shipin/" in url] == EXPECTED["videos"]["archive"].get(day, [])


def test_every_article_that_is_linked_is_in_the_newsroom(newsroom: Archive) -> None:
    missing = [url for url in list_urls(newsroom) + channel_urls(newsroom) if keys([url]) and not served(newsroom, url)]
    assert missing == [f"{EXPECTED['spellings']['chinanews:10518665'][0]}?f=scroll&n=2"]


def served(newsroom: Archive, url: str) -> bool:
    """The address answers, where it moved to included."""
    recorded = newsroom.find(url)
    moved = dict(recorded.headers).get("Location") if recorded else None
    return served(newsroom, moved) if moved else recorded is not None


def test_the_spellings_of_an_article_stand_in_the_listings(newsroom: Archive) -> None:
    found = set(list_urls(newsroom))
    for key, urls in EXPECTED["spellings"].items():
        assert set(urls) <= found, key
        assert keys(urls) == {key}


def test_no_key_has_two_fates_and_every_reason_is_one() -> None:
    groups = [STORED["list"], STORED["one_of_list"], STORED["feed_only"], STORED["channels_only"]]
    groups += [*STORED["archive_only"].values(), EXPECTED["rejected"], EXPECTED["failed"]]
    every = [key for group in groups for key in group]
    assert len(every) == len(set(every))
    assert {Reason(word) for word in EXPECTED["rejected"].values()} == {
        Reason.NO_BODY,
        Reason.NOT_FOUND_PAGE,
        Reason.MOVED_HOME,
    }


def test_the_two_of_one_text_differ_in_nothing_but_their_number(newsroom: Archive) -> None:
    first, second = (
        page(newsroom, f"{HOME}/sh/2025/11-19/{key.removeprefix('chinanews:')}.shtml").body.decode()
        for key in STORED["one_of_list"]
    )
    story = re.compile(r'<div class="left_zw">.*?</div>', re.DOTALL)
    assert first != second
    assert story.findall(first) == story.findall(second) != []


def test_the_odd_pages_are_served_as_they_should_be(newsroom: Archive) -> None:
    def body(path: str) -> bytes:
        return page(newsroom, HOME + path).body

    for path in ("/cul/2011/11-18/3469388.shtml", "/gn/news/2009/09-27/1891740.shtml"):
        with pytest.raises(UnicodeDecodeError):
            body(path).decode("utf-8")
        assert "中新" in body(path).decode("gb18030")
    declared = body("/cj/2025/11-19/10518621.shtml")
    assert b"charset=gb2312" in declared
    assert "青岛" in declared.decode("utf-8")
    island = body("/jk/2025/11-19/10518624.shtml")
    assert "武汉".encode() in island
    assert "呼吸科".encode("gb18030") in island
    statuses = {path: newsroom.find(HOME + path) for path in ("/sh/2025/11-19/10518611.shtml", "/robots.txt")}
    assert [one and one.status for one in statuses.values()] == [404, 200]
    page_two = newsroom.find(f"{HOME}/cul/2025/11-19/10518636_2.shtml")
    assert page_two is not None
    assert page_two.status == 500
    assert b"Crawl-delay: 1" in body("/robots.txt")
