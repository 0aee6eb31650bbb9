"""A publisher's home page and listings are no articles, though a saved file holds them beside its stories."""

from datetime import date

import pytest

from newscrawl.discover.listings import Channel, Daily, Paged
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.items import FetchedPage, Link
from newscrawl.sources import Registry, read_page
from newscrawl.sources.base import Pattern, Source

SITE = "https://www.jbwb.example"
JINBEI = Source(
    slug="jbwb",
    name="津北晚报",
    home=f"{SITE}/",
    hosts=("jbwb.example",),
    listings=(
        Paged(name="rolling", url=f"{SITE}/roll.php?page={{page}}"),
        Daily(name="days", url=f"{SITE}/day/{{day:%Y/%m%d}}/", since=date(2020, 1, 1)),
        Channel(name="city", url=f"{SITE}/city/"),
    ),
    articles=(Pattern(path=r"/a/(?P<id>\d+)\.html"),),
)
REGISTRY = Registry([JINBEI])
STORY = "<h1>江边的榕树和一盘棋</h1>" + "<p>江边的老榕树下，一盘棋下了二十年，下棋的人换了几茬。</p>" * 4
MENU = (
    "<title>津北晚报</title><p>津北晚报，每天都在江边，说城里的事情；城里的人走到哪里，晚报就跟到哪里，一跟就是三十年。</p>"
    + "".join(f'<p><a href="/a/{number}.html">第{number}条新闻说的是城里的一件新鲜事</a></p>' for number in range(12))
)


def page(path: str, html: str, link: Link | None = None) -> FetchedPage:
    return FetchedPage(url=SITE + path, body=f"<html><body><div>{html}</div></body></html>".encode(), link=link)


def refused(given: FetchedPage, *, generic: bool = False) -> NotAnArticle:
    with pytest.raises(NotAnArticle) as error:
        read_page(given, registry=REGISTRY, generic=generic)
    return error.value


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("", "the home page"),
        ("/index.html", "the home page"),
        ("/roll.php?page=3", "the listing rolling"),
        ("/day/2025/1119/", "the listing days"),
        ("//city", "the listing city"),
    ],
)
def test_home_page_and_listings_are_told_by_their_address(path: str, what: str) -> None:
    problem = refused(page(path, STORY))
    assert problem.reason is Reason.NO_BODY
    assert problem.detail == f"{SITE}{path} is {what} of jbwb"


@pytest.mark.parametrize("path", ["/roll.php", "/roll.php?page=3&all=1", "/day/", "/city/park.html", "/about.html"])
def test_other_pages_of_the_publisher_that_hold_a_story_are_read(path: str) -> None:
    assert JINBEI.listing_at(SITE + path) is None
    article = read_page(page(path, STORY), registry=REGISTRY)
    assert article.headline == "江边的榕树和一盘棋"
    assert article.source == "jbwb.example"


def test_another_publishers_front_is_not_this_ones() -> None:
    assert JINBEI.listing_at("https://jinbei.example/") is None
    assert JINBEI.listing_at("mailto:city@jbwb.example") is None


@pytest.mark.parametrize("generic", [False, True])
def test_a_page_of_links_is_no_article(generic: bool) -> None:
    problem = refused(page("/sports/", MENU), generic=generic)
    assert problem.reason is Reason.NO_BODY
    assert "a list of links" in problem.detail


def test_what_a_link_led_to_and_a_story_among_links_are_believed() -> None:
    link = Link(source="jbwb", key="jbwb:x", url=f"{SITE}/sports/", found_in=f"{SITE}/", headline="城里的十二件新鲜事")
    assert len(read_page(page("/sports/", MENU, link), registry=REGISTRY).body_text.split("\n")) == 13
    digest = STORY + "".join(f'<p><a href="/a/{n}.html">第{n}条</a>说的是另外一件事情。</p>' for n in range(9))
    assert read_page(page("/digest.html", digest), registry=REGISTRY).headline == "江边的榕树和一盘棋"


def test_of_listings_with_the_same_path_the_one_on_the_very_host_is_meant() -> None:
    """Each has a shape of its own."""
    city, money = (Channel(name=name, url=f"https://{name}.jbwb.example/news/") for name in ("city", "money"))
    source = Source(slug="jbwb", name="津北晚报", home=f"{SITE}/", hosts=("jbwb.example",), listings=(city, money))
    assert source.declared_at("https://money.jbwb.example/news/") == money
    assert source.declared_at("https://city.jbwb.example/news/") == city
    assert source.declared_at("https://m.jbwb.example/news/") == city
    assert source.declared_at("https://m.jbwb.example/other/") is None
