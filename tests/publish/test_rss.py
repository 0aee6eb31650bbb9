"""RSS 2.0: feedparser reads it without a complaint; an item keeps its guid; what the store withholds is not told."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from pathlib import Path

import attrs
import feedparser
import pytest
from exported import NO_SITE, SITE, UPDATED, changes
from feeds_made import WORDS, stored, told, wild
from hypothesis import given
from lxml import etree
from store_made import DISCLAIMER, article, full_article

from newscrawl.clock import stamp
from newscrawl.options import Site
from newscrawl.publish.elements import ATOM, DC
from newscrawl.publish.rss import CONTENT, rss
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer
from newscrawl.text.plain import plain

D = f"{{{DC}}}"
FED = {"morning": {"slug": "morning", "feed": "https://morning.example/rss.xml"}}


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    (change,) = stored(writer, path, full_article())
    return change


def item_of(change: Change, site: Site = SITE) -> etree._Element:
    item = etree.fromstring(rss([change], site, {})).find("channel/item")
    assert item is not None
    return item


@pytest.mark.parametrize("site", [attrs.evolve(SITE, hub="https://hub.example/"), NO_SITE], ids=["site", "no address"])
def test_feedparser_reads_it_without_a_complaint(writer: Writer, path: Path, site: Site):
    bare = article(4, published=None, disclaimer=None, disclaimer_version=None)
    some = stored(writer, path, full_article(), article(2, credit="excerpt"), article(3, credit="link"), bare)
    read = feedparser.parse(rss(some, site, FED))
    assert not read.bozo
    assert read.version == "rss20"
    assert [entry.id for entry in read.entries] == [f"tag:newscrawl,2026:morning:{number}" for number in (4, 3, 2, 9)]
    assert [len(entry.get("content", [])) for entry in read.entries] == [1, 0, 0, 1]
    assert all(entry.title and entry.link and entry.published_parsed and entry.author for entry in read.entries)


def test_every_field_has_its_place(full: Change):
    (entry,) = feedparser.parse(rss([full], SITE, FED)).entries
    assert (entry.title, entry.link) == ("湖边新馆迎客", f"https://reprint.example/a/{full.article_id}/")
    assert [author.name for author in entry.authors] == ["林一", "周二"]
    assert [tag.term for tag in entry.tags] == [topic["topic"] for topic in full.topics]
    assert dict(entry.source) == {"href": "https://morning.example/rss.xml", "title": "晨网"}
    assert entry.summary == "湖边新馆今日迎客。读者排起长队。"
    assert entry.content[0].value.startswith("<p><strong>更正：开馆时间应为九时。</strong></p><p>晨网太原")
    assert entry.content[0].value.endswith(f"<p>免责声明：{DISCLAIMER}</p>")
    item = item_of(full)
    assert (item.findtext(f"{D}rights"), item.findtext(f"{D}source")) == (DISCLAIMER, "湖报")
    assert (item.findtext(f"{D}language"), item.findtext(f"{D}contributor")) == ("zh", "吴三")
    via = {link.get("rel"): link.get("href") for link in item.findall(f"{{{ATOM}}}link")}
    assert via == {"via": "https://morning.example/gn/9.shtml"}


def test_a_guid_is_no_address_and_stays(writer: Writer, path: Path):
    (first,) = stored(writer, path, article(1))
    writer.add(article(1, headline="又一座图书馆开馆"))
    writer.flush()
    (second,) = changes(path)
    for change, site in ((first, SITE), (first, NO_SITE), (second, SITE)):
        guid = item_of(change, site).find("guid")
        assert guid is not None
        assert (guid.text, guid.get("isPermaLink")) == ("tag:newscrawl,2026:morning:1", "false")


def test_dates_are_those_of_rfc_822(full: Change):
    channel = etree.fromstring(rss([attrs.evolve(full, at="2025-11-19T10:00:00Z")], SITE, {}))[0]
    assert channel.findtext("lastBuildDate") == "Wed, 19 Nov 2025 10:00:00 +0000"
    assert channel.findtext("item/pubDate") == "Wed, 19 Nov 2025 08:29:00 +0000"
    undated = item_of(told(full, published_at=None)).findtext("pubDate") or ""
    assert stamp(parsedate_to_datetime(undated)) == UPDATED


def test_a_source_is_named_where_its_own_feed_is_known(full: Change):
    for known in ({}, {"morning": {"name": "晨网"}}, {"morning": {"feed": None}}, {"evening": FED["morning"]}):
        assert b"<source" not in rss([full], SITE, known)


def test_the_feed_says_where_it_stands(full: Change):
    channel = etree.fromstring(rss([full], attrs.evolve(SITE, hub="https://hub.example/"), {}))[0]
    told_links = {link.get("rel"): link.get("href") for link in channel.findall(f"{{{ATOM}}}link")}
    assert told_links == {"self": "https://reprint.example/rss.xml", "hub": "https://hub.example/"}
    assert channel.findtext("link") == "https://reprint.example/"
    assert b"rel=" not in rss([], attrs.evolve(NO_SITE, hub="https://hub.example/"), {})


def test_a_correction_stands_above_what_is_shown_and_is_no_markup(full: Change):
    short = item_of(told(full, correction="更正：<九>时", body_html=None, summary="a < b & c"))
    assert short.findtext("description") == (
        "<p><strong>更正：&lt;九&gt;时</strong></p>a &lt; b &amp; c"  # HTML, so its signs are escaped in it
    )
    assert short.find(f"{{{CONTENT}}}encoded") is None
    assert item_of(told(full, correction=None, body_html=None, summary=None)).find("description") is None


def test_noindex_goes_along(full: Change):
    assert b"robots" not in rss([full], SITE, {})
    hidden = rss([told(full, noindex=1)], SITE, {})
    assert b'<meta xmlns="http://www.w3.org/1999/xhtml" name="robots" content="noindex"/>' in hidden
    assert not feedparser.parse(hidden).bozo


def test_what_is_withdrawn_is_not_there(full: Change):
    gone = attrs.evolve(full, article=None, kind="withdrawn")
    assert b"<item>" not in rss([gone], SITE, {})


@given(words=WORDS)
def test_wild_signs_make_no_broken_document_and_no_markup(words: str):
    site = Site(name=words, handle=words, language=words, base="https://reprint.example")
    root = etree.fromstring(rss([wild(words)], site, {"wild": {"feed": f"https://wild.example/{words.strip()}"}}))
    item = root.find("channel/item")
    assert item is not None
    assert item.findtext("title") == (plain(words).strip() or plain(wild(words).key))
    assert (item.findtext(f"{D}creator") or "") == plain(words)
    assert root.findtext("channel/title")
