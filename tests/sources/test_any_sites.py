"""A site that no source knows: whose its addresses are, and where a known publisher's rules hold on it."""

from __future__ import annotations

import pytest

from newscrawl.discover.listings import Feed
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.items import FetchedPage, Link
from newscrawl.sources import Registry
from newscrawl.sources.base import Pattern, Refusal, Source
from newscrawl.sources.site import Site
from newscrawl.sources.walked import Walked

BAY = Source(
    slug="bay",
    name="湾报",
    home="https://bay.lake.example.cn/",
    hosts=("bay.lake.example.cn",),
    articles=(Pattern(path=r"/n/(?P<id>\d+)\.html"),),
    refused=(Refusal(path="^/film/", reason=Reason.VIDEO),),
)
START = "https://news.lake.example.cn/rss.xml"
SITE = Site(start=START, listings=(Feed(name="feed", url=START),), registry=Registry([BAY]))
PAGE = "<html><head><title>t</title></head><body><h1>湖水上涨三米</h1><p>{}</p></body></html>"


def page(url: str, asked: str | None = None) -> FetchedPage:
    body = PAGE.format("昨夜大雨，湖水上涨三米，沿岸居民连夜转移到学校里。" * 4).encode()
    return FetchedPage(url=url, body=body, content_type="text/html; charset=utf-8", asked=asked)


@pytest.mark.parametrize(
    ("url", "key", "source"),
    [
        ("https://www.example.cn/a/1.html?utm_source=x", "example.cn:example.cn/a/1.html", "example.cn"),
        ("http://news.lake.example.cn/a/?id=5", "news.lake.example.cn:news.lake.example.cn/a?id=5", None),
        ("https://sport.lake.example.cn/2/", "sport.lake.example.cn:sport.lake.example.cn/2", "sport.lake.example.cn"),
        ("https://bay.lake.example.cn/n/7.html?from=x", "bay:7", "bay"),
    ],
)
def test_every_address_of_the_registered_domain_may_be_an_articles(url: str, key: str, source: str | None):
    address = SITE.address(url)
    assert address is not None
    assert address.key == key
    assert SITE.slug_at(url) == (source or SITE.slug) == key.partition(":")[0]
    assert SITE.not_article(url) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.com.cn/a/1.html", Reason.OTHER_SITE),
        ("https://notexample.cn/a/1.html", Reason.OTHER_SITE),
        ("https://bay.lake.example.cn/film/7.html", Reason.VIDEO),
        ("https://bay.lake.example.cn/about.html", None),
        ("https://news.lake.example.cn/", None),
        ("https://lake.example.cn/index.html", None),
        ("https://lake.example.cn/?utm_source=rss", None),
    ],
)
def test_another_site_the_home_page_and_what_a_publisher_refuses_are_no_articles(url: str, reason: Reason | None):
    assert SITE.address(url) is None
    assert SITE.not_article(url) is reason


def test_a_site_under_a_public_suffix_is_not_its_neighbours():
    blog = Site(start="https://ann.github.io/feed.xml", registry=Registry([]))
    assert blog.address("https://ann.github.io/2025/a.html") is not None
    assert blog.not_article("https://bob.github.io/2025/a.html") is Reason.OTHER_SITE


def test_a_domain_that_it_names_as_its_own_is_its_own():
    both = SITE.and_of("https://www.shore.example/")
    assert both.address("https://photo.shore.example/a/1.html") is not None
    assert SITE.address("https://photo.shore.example/a/1.html") is None
    assert both.and_of(START) == both
    assert BAY.and_of("https://www.shore.example/") is BAY


def test_the_zone_is_that_of_the_hosts_country_where_it_has_one():
    assert SITE.zone == "Asia/Shanghai"
    assert Site(start="https://paper.example.us/", registry=Registry([])).zone == ""
    assert Site(start="https://paper.example.com/", registry=Registry([])).zone == ""


def test_a_page_that_led_off_the_site_is_no_article_of_it_and_one_that_moved_within_it_may_be():
    asked = "https://news.lake.example.cn/a/1.html"
    with pytest.raises(NotAnArticle) as lost:
        SITE.next_page(page("https://elsewhere.example/a/1.html", asked))
    assert lost.value.reason is Reason.MOVED_AWAY
    assert SITE.next_page(page("https://lake.example.cn/b/1.html", asked)) is None


def test_a_link_that_lies_on_a_domain_named_in_an_earlier_run_is_read_where_it_was_found():
    there = "https://photo.shore.example/a/1.html"
    link = Link(source="photo.shore.example", key=f"photo.shore.example:{there[8:]}", url=there, found_in=START)
    moved = page("https://www.shore.example/b/1.html", there)
    assert SITE.next_page(FetchedPage(url=there, body=moved.body, link=link)) is None
    assert SITE.next_page(moved) is None


def test_sources_and_sites_are_walked_alike():
    walked: tuple[Walked, ...] = (SITE, BAY)
    assert [one.learns for one in walked] == [True, False]
    assert [one.slug_at(BAY.home) for one in walked] == ["bay", "bay"]
