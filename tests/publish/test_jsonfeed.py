"""JSON Feed 1.1: what the standard asks for, and what it has no word for under a name of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from exported import NO_SITE, SITE, UPDATED
from feeds_made import WORDS, stored, told, wild
from hypothesis import given
from store_made import DISCLAIMER, article, full_article

from newscrawl.options import Site
from newscrawl.publish.atom import Gone
from newscrawl.publish.jsonfeed import json_feed
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer
from newscrawl.text.plain import plain

ITEM = {
    **dict.fromkeys(("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"), str),
    **dict.fromkeys(("date_published", "date_modified", "language"), str),
    **dict.fromkeys(("authors", "tags"), list),
    "_newscrawl": dict,
}
FEED = {
    **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "language"), str),
    **dict.fromkeys(("authors", "hubs", "items"), list),
    "_newscrawl": dict,
}
"""The standard's names that are used, and the kind of each."""


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    (change,) = stored(writer, path, full_article())
    return change


def read(changes: list[Change], site: Site = SITE, gone: tuple[Gone, ...] = ()) -> dict[str, Any]:
    return dict(json.loads(json_feed(changes, site, gone)))


def item_of(change: Change, site: Site = SITE) -> dict[str, Any]:
    (item,) = read([change], site)["items"]
    return dict(item)


def complaints(feed: dict[str, Any]) -> list[str]:
    """What the standard says against it: unknown names, wrong kinds, what is missing."""
    wrong = [name for name, value in feed.items() if not isinstance(value, FEED.get(name, ()))]
    wrong += [name for name in ("version", "title", "items") if name not in feed]
    for item in feed["items"]:
        wrong += [name for name, value in item.items() if not isinstance(value, ITEM.get(name, ()))]
        wrong += [] if item.get("id") else ["id"]
        wrong += [] if "content_html" in item or "content_text" in item else ["content"]
        wrong += (
            [] if all(author.get("name") or author.get("url") for author in item.get("authors", [])) else ["authors"]
        )
    return wrong


@pytest.mark.parametrize("site", [attrs.evolve(SITE, hub="https://hub.example/"), NO_SITE], ids=["site", "no address"])
def test_it_is_as_the_standard_wants_it(writer: Writer, path: Path, site: Site):
    bare = article(4, published=None, disclaimer=None, disclaimer_version=None)
    some = stored(writer, path, full_article(), article(2, credit="excerpt"), article(3, credit="link"), bare)
    feed = read(some, site)
    assert complaints(feed) == []
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [f"tag:newscrawl,2026:morning:{id_}" for id_ in (4, 3, 2, 9)]
    assert ["content_html" in item for item in feed["items"]] == [True, False, False, True]
    assert "null" not in json_feed(some, site).decode()


def test_an_empty_feed_is_a_feed():
    assert complaints(read([])) == []
    assert read([])["items"] == []


def test_every_field_has_its_place(full: Change):
    item = item_of(full)
    assert item["url"] == f"https://reprint.example/a/{full.article_id}/"
    assert item_of(full, NO_SITE)["url"] == item["external_url"] == "https://morning.example/gn/9.shtml"
    assert (item["title"], item["language"]) == ("湖边新馆迎客", "zh")
    assert (item["date_published"], item["date_modified"]) == ("2025-11-19T08:29:00Z", UPDATED)
    assert item["authors"] == [{"name": "林一"}, {"name": "周二"}]
    assert item["tags"] == [topic["topic"] for topic in full.topics]
    assert item["image"] == "https://img.example/1.jpg"
    assert item["summary"] == "湖边新馆今日迎客。读者排起长队。"
    assert item["content_html"].startswith("<p><strong>更正：开馆时间应为九时。</strong></p><p>晨网太原")
    assert item["content_html"].endswith(f"<p>免责声明：{DISCLAIMER}</p>")
    assert item["_newscrawl"] == {
        "key": "morning:9",
        "revision": 1,
        "reprint": "full",
        "noindex": False,
        "source": "晨网",
        "credit": "湖报",
        "correction": "更正：开馆时间应为九时。",
        "disclaimer": DISCLAIMER,
    }


def test_the_feed_says_where_it_stands(full: Change):
    feed = read([full], attrs.evolve(SITE, hub="https://hub.example/"))
    assert (feed["home_page_url"], feed["feed_url"]) == (
        "https://reprint.example/",
        "https://reprint.example/feed.json",
    )
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert feed["authors"] == [{"name": "湖畔", "url": "https://reprint.example/"}]
    assert not {"home_page_url", "feed_url", "hubs"} & set(
        read([full], attrs.evolve(NO_SITE, hub="https://hub.example/"))
    )


def test_less_than_all_is_its_summary_with_the_correction_above_else_the_headline(full: Change):
    short = item_of(told(full, body_html=None, images=[]))
    assert short["content_text"] == "更正：开馆时间应为九时。\n湖边新馆今日迎客。读者排起长队。"
    assert not {"content_html", "summary", "image"} & set(short)
    link = item_of(told(full, body_html=None, images=[], summary=None, correction=None))
    assert link["content_text"] == link["title"]


def test_what_is_withdrawn_is_named_by_its_id_and_no_more(full: Change):
    gone = attrs.evolve(full, article=None, kind="withdrawn")
    feed = read([gone], gone=(Gone(key=full.key, at=UPDATED),))
    assert feed["items"] == []
    assert feed["_newscrawl"] == {"withdrawn": [{"id": "tag:newscrawl,2026:morning:9", "at": UPDATED}]}
    assert "_newscrawl" not in read([full], gone=(Gone(key=full.key, at=UPDATED),))


def test_noindex_goes_along(full: Change):
    assert item_of(told(full, noindex=1))["_newscrawl"]["noindex"] is True


@given(words=WORDS)
def test_wild_signs_are_plain_text(words: str):
    site = Site(name=words, handle=words, language=words, base="https://reprint.example")
    feed = read([wild(words)], site)
    assert complaints(feed) == []
    (item,) = feed["items"]
    assert item["title"] == (plain(words).strip() or plain(wild(words).key))
    assert item["_newscrawl"].get("disclaimer", "") == plain(words)
