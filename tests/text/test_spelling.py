"""One name for all spellings of an address of a site that nobody knows, and no two articles under one."""

from __future__ import annotations

import pytest

from newscrawl.sources import generic_outlet
from newscrawl.text.spelling import address_of, name_of

BASE = "https://www.riverside.example/news/2025/bridge.html"


@pytest.mark.parametrize(
    "spelt",
    [
        "http://riverside.example/news/2025/bridge.html",
        "https://m.riverside.example//news/2025/bridge.html#comments",
        f"{BASE}?utm_source=x&utm_medium=y",
        f"{BASE}?gclid=1&fbclid=2&msclkid=3&igshid=4&mc_cid=5&mc_eid=6&_hsenc=7&yclid=8&spm=a1.b2&scene=1&isappinstalled=0",
        f"{BASE}?from=timeline&share_token=abc&ref=rss&source=feed&ncid=1&cmpid=2&ocid=3&xtor=4&at_medium=5",
        f"{BASE};jsessionid=0123456789ABCDEF",
        f"{BASE}?PHPSESSID=0123456789abcdef&sid=0123456789abcdef0123",
        f"{BASE}?replytocom=17",
        f"{BASE}?page=",
        f"{BASE}?t=1763539200",
        f"{BASE}?ts=20251119&from=app",
        f"{BASE}?ref&utm_source",
        f"{BASE}/",
        f"{BASE}?",
    ],
)
def test_spellings_of_one_article_share_its_key(spelt: str) -> None:
    address = generic_outlet(BASE).address(spelt)
    assert address is not None
    assert address.key == "riverside.example:riverside.example/news/2025/bridge.html"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/news/bridge/", "/news/bridge/index.html"),
        ("/news/bridge", "/news/bridge/index.php"),
        ("/news/bridge/default.aspx", "/news/bridge/"),
        ("/a?b=2&a=1", "/a?a=1&b=2"),
        ("/a?q=old+bridge", "/a?q=old%20bridge"),
        ("/桥梁/通车", "/%e6%a1%a5%e6%a2%81/%E9%80%9A%E8%BD%A6"),
        ("/%7Euser/a", "/~user/a"),
        ("/?p=5", "/index.php?p=5"),
        ("/story?id=5&t=123", "/story?id=5"),
        ("/story?id=5&reading", "/story?id=5"),
        ("/story?the-old-mill", "/story?the-old-mill&utm_source=x"),
    ],
)
def test_default_documents_order_and_percent_signs_make_no_difference(one: str, other: str) -> None:
    site = "https://riverside.example"
    assert name_of(site + one) == name_of(site + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a?id=5", "/a?id=6"),
        ("/a?id=5", "/a?id=5&page=2"),
        ("/show?20251119", "/show?20251120"),
        ("/story?sid=12", "/story?sid=13"),
        ("/a?q=%C7%C5", "/a?q=%B6%C9"),
        ("/Bridge", "/bridge"),
        ("/a", "/a?amp"),
        ("/a", "/a?print=1"),
        ("/story.php?the-old-mill", "/story.php?another-story"),
        ("/read.php?t=123", "/read.php?t=456"),
        ("/read.php?ts=123&utm_source=x", "/read.php"),
        ("/a/b", "/a/b/c"),
    ],
)
def test_what_may_be_two_articles_has_two_keys(one: str, other: str) -> None:
    site = "https://riverside.example"
    assert name_of(site + one) != name_of(site + other)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.example/n/1.html", "a.example:a.example/n/1.html"),
        ("https://a.example/n?id=5&utm_source=x", "a.example:a.example/n?id=5"),
        ("https://a.example/n?b=x+y&a=~1*/", "a.example:a.example/n?a=~1%2A%2F&b=x+y"),
        ("https://a.example/", "a.example:a.example/"),
        ("https://a.example", "a.example:a.example/"),
    ],
)
def test_keys_of_articles_stored_before_stay(url: str, key: str) -> None:
    address = generic_outlet(url).address(url)
    assert address is not None
    assert address.key == key


def test_the_address_to_ask_is_as_it_is_spelt_without_what_follows_readers() -> None:
    spelt = "http://www.riverside.example/news/bridge/index.html?utm_source=x&id=5&a=%C7%C5#top"
    assert address_of(spelt) == "http://www.riverside.example/news/bridge/index.html?id=5&a=%C7%C5"
    assert (address_of("nonsense"), name_of("nonsense")) == (None, None)
