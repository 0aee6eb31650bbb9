"""What a page and its response say may be done with it, whoever they say it to, in whatever spelling."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Request

from newscrawl.archive.page import page_of
from newscrawl.archive.record import Recorded
from newscrawl.extract.meta import Meta, read_meta, signals
from newscrawl.spiders.page import fetched_page
from newscrawl.terms import Policy, terms
from newscrawl.text.tree import parse

NOTHING = Meta(values={}, links={}, robots=())
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def by_header(value: str) -> tuple[str, ...]:
    return signals(NOTHING, {"x-robots-tag": value})


def by_meta(*elements: tuple[str, str]) -> tuple[str, ...]:
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in elements)
    return signals(read_meta(parse(f"<html><head>{head}</head><body><p>甲</p></body></html>".encode())), {})


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("noindex, NoFollow", ("noindex", "nofollow")),
        ("noindex nofollow", ("noindex", "nofollow")),
        ("noindex，noarchive；nosnippet", ("noindex", "noarchive", "nosnippet")),
        ("all", ()),
        ("index, follow, max-snippet:-1", ("max-snippet:-1",)),
        ("max-snippet: 0, max-image-preview : large", ("max-snippet:0", "max-image-preview:large")),
        ("googlebot: noindex", ("googlebot: noindex",)),
        (
            "googlebot: nofollow, otherbot: noindex, nosnippet",
            ("googlebot: nofollow", "otherbot: noindex", "otherbot: nosnippet"),
        ),
        ("noarchive, googlebot:max-snippet:0", ("noarchive", "googlebot: max-snippet:0")),
        ("*: noarchive", ("noarchive",)),
        ("googlebot: nofollow, *: noarchive", ("googlebot: nofollow", "noarchive")),
        ("googlebot: all, noindex", ("googlebot: noindex",)),
        (
            "noarchive, unavailable_after: Wednesday, 25-Jun-30 15:00:00 GMT, nosnippet",
            ("noarchive", "unavailable_after:wednesday, 25-jun-30 15:00:00 gmt", "nosnippet"),
        ),
        ("otherbot: unavailable_after: 25 Jun 2030 15:00 GMT", ("otherbot: unavailable_after:25 jun 2030 15:00 gmt",)),
        ("noindex, noindex", ("noindex",)),
        (" , ,", ()),
        ("", ()),
    ],
)
def test_the_header_is_read_as_it_is_written_anywhere(value: str, read: tuple[str, ...]):
    assert by_header(value) == read
    assert by_meta(("robots", value)) == read


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("robots", ("noarchive",)),
        ("ROBOTS", ("noarchive",)),
        ("news-robots", ("noarchive",)),
        ("googlebot", ("googlebot: noarchive",)),
        ("Googlebot-News", ("googlebot-news: noarchive",)),
        ("baiduspider", ("baiduspider: noarchive",)),
        ("newscrawl", ("newscrawl: noarchive",)),
        ("googlebot-image", ()),
        ("description", ()),
    ],
)
def test_a_meta_element_for_one_crawler_keeps_its_name(name: str, read: tuple[str, ...]):
    assert by_meta((name, "noarchive")) == read


def test_tdmrep_is_kept_from_elements_and_headers():
    policy = "https://news.example/tdm, terms.json"
    assert by_meta(("tdm-reservation", " 1 "), ("tdm-policy", policy)) == ("tdm-reservation=1", f"tdm-policy={policy}")
    headers = {"tdm-reservation": " 1, 1", "tdm-policy": policy}
    assert signals(NOTHING, headers) == ("tdm-reservation=1", f"tdm-policy={policy}")


@pytest.mark.parametrize(
    "value", ["otherbot: noarchive", "googlebot: nofollow, noarchive", "noarchive", "nofollow noarchive"]
)
def test_what_is_said_to_any_crawler_is_obeyed(value: str):
    found = terms(Policy(reprint={}, outlets={}), source="lake", credit=None, robots=by_header(value))
    assert found.mode == "excerpt"


TWICE = [("X-Robots-Tag", "googlebot: nofollow"), ("X-Robots-Tag", "noarchive"), ("Tdm-Reservation", "1")]
READ = ("googlebot: nofollow", "googlebot: noarchive", "tdm-reservation=1")
"""Once headers are joined, whom the second is for can no longer be told: it is heard all the same."""


def test_a_header_sent_twice_is_heard_twice_on_the_wire_and_from_the_archive():
    url = "https://news.example/1.html"
    headers: dict[str, list[str]] = {}
    for name, value in TWICE:
        headers.setdefault(name, []).append(value)
    response = HtmlResponse(url, headers=headers, body=b"<p>x</p>", request=Request(url))
    assert signals(NOTHING, fetched_page(response, "lake", NOW).headers) == READ
    record = Recorded(
        url=url,
        status=200,
        headers=tuple(TWICE),
        body=b"<p>x</p>",
        fetched_at=NOW,
        path=Path("x.warc.gz"),
        offset=0,
        length=1,
    )
    assert signals(NOTHING, page_of(record).headers) == READ


@given(st.text(max_size=80))
def test_whatever_a_header_holds_is_read(value: str):
    for directive in by_header(value):
        assert directive == directive.strip()
        assert directive


def test_a_page_that_says_a_thousand_things_is_heard_no_further_than_forty():
    found = by_header(", ".join(f"x{number}" for number in range(1000)))
    assert len(found) == 40
    assert max(map(len, by_header("y" * 10_000))) == 200
