"""Listings as a source declares them: their pages, and slips told where they are made."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from newscrawl.discover.listings import Channel, Daily, Feed, Paged, Shape

SITE = "https://jbwb.example"


@pytest.mark.parametrize(
    ("declare", "sentence"),
    [
        (lambda: Paged(name="rolling", url=f"{SITE}/news1.html"), "it should have {page} in it, and no other name"),
        (lambda: Paged(name="rolling", url=f"{SITE}/{{page}}/{{n}}.html"), "it should have {page} in it"),
        (lambda: Paged(name="rolling", url=f"{SITE}/{{page:%Y}}.html"), "{page} cannot be filled in"),
        (lambda: Paged(name="rolling", url="/news{page}.html"), "Paged.url is '/news{page}.html'"),
        (lambda: Daily(name="days", url=f"{SITE}/{{page}}.html", since=date(2020, 1, 1)), "it should have {day} in it"),
        (lambda: Daily(name="days", url=f"{SITE}/{{day", since=date(2020, 1, 1)), "its curly brackets cannot be read"),
        (lambda: Channel(name="city", url="jbwb.example/city"), "it should be an address with http://"),
        (lambda: Feed(name="rss", url=""), "Feed.url is '': it should be an address"),
        (lambda: Shape(item="div..list"), "Shape.item is 'div..list': it is no CSS selector that can be asked"),
        (lambda: Shape(item="li", link="a:shut"), "Shape.link is 'a:shut': it is no CSS selector that can be asked"),
        (lambda: Shape(item="li", time=""), "Shape.time is ''"),
        (lambda: Shape(item=("li",)), "Shape.item is ('li',): it should be a CSS selector"),
    ],
)  # fmt: skip
def test_a_slip_is_said_where_it_is_declared(declare: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        declare()


def test_pages_and_days_fill_their_address() -> None:
    rolling = Paged(name="rolling", url=f"{SITE}/news{{page:02}}.html", last=2, shape=Shape(item="li", section="i, b"))
    assert rolling.pages() == (f"{SITE}/news01.html", f"{SITE}/news02.html")
    days = Daily(name="days", url=f"{SITE}/{{day:%Y/%m%d}}/news.html", since=date(2020, 1, 1))
    assert days.page(date(2025, 11, 19)) == f"{SITE}/2025/1119/news.html"
