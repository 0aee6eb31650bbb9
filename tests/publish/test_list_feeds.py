"""The Atom feeds that stand beside the site and its lists: whole texts for the site, summaries for a list, and what is
gone. The same articles make the same bytes."""

from __future__ import annotations

from pathlib import Path

import attrs
import feedparser
import pytest
from exported import NO_SITE, SITE, UPDATED, changes
from feeds_made import WORDS, row_of, stored, told, wild
from hypothesis import given
from lxml import etree
from store_made import DISCLAIMER, article, full_article

from newscrawl.options import Site
from newscrawl.publish.atom import TOMBSTONES, Gone, list_feed
from newscrawl.publish.elements import ATOM, DC, XHTML
from newscrawl.publish.lists import Listing
from newscrawl.store.reader import Change, Reader
from newscrawl.store.writer import Writer
from newscrawl.text.plain import plain

A = f"{{{ATOM}}}"
TAIYUAN = Listing(kind="topic", name="太原", title="太原")
GONE = Gone(key="morning:77", at="2025-11-20T01:02:03Z")
HUB = attrs.evolve(SITE, hub="https://hub.example/")


@pytest.fixture
def some(writer: Writer, path: Path) -> list[Change]:
    bare = article(4, published=None, disclaimer=None, disclaimer_version=None)
    return stored(writer, path, full_article(), article(2, credit="excerpt"), article(3, credit="link"), bare)


def links(node: etree._Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in node.findall(f"{A}link")}


@pytest.mark.parametrize("listing", [None, TAIYUAN], ids=["site", "topic"])
@pytest.mark.parametrize("site", [HUB, NO_SITE], ids=["site with hub", "no address"])
def test_feedparser_reads_it_without_a_complaint(some: list[Change], listing: Listing | None, site: Site):
    read = feedparser.parse(list_feed(listing, some, [GONE], site))
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.id for entry in read.entries] == [f"tag:newscrawl,2026:morning:{number}" for number in (4, 3, 2, 9)]
    assert all(entry.title and entry.link and entry.updated and entry.author for entry in read.entries)


def test_the_site_has_whole_texts_and_names_source_and_disclaimer_under_them(some: list[Change]):
    entry = feedparser.parse(list_feed(None, some, [], SITE)).entries[-1]
    source = "https://morning.example/gn/9.shtml"
    (content,) = entry.content
    assert content.value.startswith("<p><strong>更正：开馆时间应为九时。</strong></p><p>晨网太原11月19日电")
    assert content.value.endswith(
        f'<p>读者排起长队。</p><p>文章来源：<a href="{source}">{source}</a></p><p>免责声明：{DISCLAIMER}</p>'
    )
    assert entry.summary == "湖边新馆今日迎客。读者排起长队。"


def test_a_list_has_summaries_with_the_correction_above(some: list[Change]):
    whole, short = (feedparser.parse(list_feed(listing, some, [], SITE)) for listing in (None, TAIYUAN))
    assert [len(entry.get("content", [])) for entry in whole.entries] == [1, 0, 0, 1]
    assert not [entry for entry in short.entries if "content" in entry]
    assert short.entries[-1].summary == "更正：开馆时间应为九时。\n湖边新馆今日迎客。读者排起长队。"
    assert short.entries[-1].title == "湖边新馆迎客"


@pytest.mark.parametrize(
    ("opening", "shown"), [("长" * 100, "长" * 100 + "…"), ("长" * 99 + "。", "长" * 99 + "。"), ("短", "短")]
)
def test_an_opening_that_is_cut_says_so(some: list[Change], opening: str, shown: str):
    cut = told(some[-1], summary=opening, correction=None)
    for listing in (None, TAIYUAN):
        assert etree.fromstring(list_feed(listing, [cut], [], SITE)).findtext(f"{A}entry/{A}summary") == shown


def test_a_list_is_made_of_what_the_reader_tells_of_lists(writer: Writer, path: Path):
    (change,) = stored(writer, path, full_article())
    with Reader(path) as reader, reader.steady():
        lines = reader.told([change.article_id], whole=False)
    assert list_feed(TAIYUAN, lines, [], SITE) == list_feed(TAIYUAN, [change], [], SITE)


def test_it_says_whose_list_it_is_and_where_it_stands(some: list[Change]):
    root = etree.fromstring(list_feed(TAIYUAN, some, [], HUB))
    home = "https://reprint.example/topic/%E5%A4%AA%E5%8E%9F/"
    assert (root.findtext(f"{A}id"), root.findtext(f"{A}title")) == (home, "太原 - 湖畔转载")
    assert links(root) == {"alternate": home, "self": f"{home}feed.xml", "hub": "https://hub.example/"}
    site = etree.fromstring(list_feed(None, some, [], SITE))
    assert links(site) == {"alternate": "https://reprint.example/", "self": "https://reprint.example/feed.xml"}


def test_a_site_without_an_address_gives_the_sources_pages(some: list[Change]):
    root = etree.fromstring(list_feed(TAIYUAN, some, [], attrs.evolve(NO_SITE, hub="https://hub.example/")))
    assert root.findtext(f"{A}id") == "tag:newscrawl,2026:topic/%E5%A4%AA%E5%8E%9F/"
    assert links(root) == {}
    assert links(root.findall(f"{A}entry")[-1])["alternate"] == "https://morning.example/gn/9.shtml"


def test_what_is_gone_stands_at_the_end_under_the_id_it_had(some: list[Change]):
    root = etree.fromstring(list_feed(None, some[1:], [Gone(key=some[0].key, at=GONE.at), GONE], SITE))
    last = [dict(node.attrib) for node in root[-2:]]
    assert last == [{"ref": f"tag:newscrawl,2026:morning:{id_}", "when": GONE.at} for id_ in (4, 77)]
    assert {node.tag for node in root[-2:]} == {f"{{{TOMBSTONES}}}deleted-entry"}
    assert not [node.text for node in root[-2:] if node.text]


def test_what_is_shown_again_is_not_gone(some: list[Change]):
    written = list_feed(None, some, [Gone(key=some[0].key, at=GONE.at)], SITE)
    assert b"deleted-entry" not in written
    assert etree.fromstring(written).findtext(f"{A}updated") == UPDATED


def test_it_is_dated_by_what_changed_last_in_it(some: list[Change]):
    later = attrs.evolve(some[2], at="2025-11-19T10:00:00Z")
    dates = [
        etree.fromstring(list_feed(None, given, gone, SITE)).findtext(f"{A}updated")
        for given, gone in ((some, []), ([*some, later], []), (some, [GONE]), ([], []))
    ]
    assert dates == [UPDATED, "2025-11-19T10:00:00Z", GONE.at, "1970-01-01T00:00:00Z"]


def test_a_revision_is_the_same_entry_and_a_later_one(writer: Writer, path: Path):
    (first,) = stored(writer, path, article(1))
    writer.add(article(1, headline="又一座图书馆开馆"))
    writer.flush()
    (second,) = changes(path)
    before, after = (feedparser.parse(list_feed(None, [change], [], SITE)).entries for change in (first, second))
    assert [entry.id for entry in before] == [entry.id for entry in after]
    assert (before[0].title, after[0].title) == ("晋阳湖畔第1座图书馆开馆", "又一座图书馆开馆")


def test_pictures_keep_their_absolute_addresses(some: list[Change]):
    body = '<p>看图</p><figure><img src="https://img.example/1.jpg" alt="馆"></figure>'
    (entry,) = feedparser.parse(list_feed(None, [told(some[-1], body_html=body)], [], SITE)).entries
    assert 'src="https://img.example/1.jpg"' in entry.content[0].value


def test_the_source_line_is_no_markup_and_in_the_articles_language(some: list[Change]):
    sly = told(some[-1], url='https://morning.example/"><script>x</script>', disclaimer="<b>免责</b>", language="en")
    content = etree.fromstring(list_feed(None, [sly], [], SITE)).findtext(f"{A}entry/{A}content") or ""
    assert content.endswith(
        '<p>Source: <a href="https://morning.example/%22%3E%3Cscript%3Ex%3C/script%3E">'
        "https://morning.example/&quot;&gt;&lt;script&gt;x&lt;/script&gt;</a></p>"
        "<p>Disclaimer: &lt;b&gt;免责&lt;/b&gt;</p>"
    )


@given(words=WORDS)
def test_wild_signs_make_no_broken_document_and_no_markup(words: str):
    change = wild(words)
    site = Site(name=words, handle=words, language=words, base="https://reprint.example")
    for listing in (None, Listing(kind="topic", name=words or "x", title=words)):
        root = etree.fromstring(list_feed(listing, [change], [Gone(key=change.key + "!", at=UPDATED)], site))
        (entry,) = root.findall(f"{A}entry")
        assert entry.findtext(f"{A}title") == (plain(words).strip() or plain(change.key))
        assert {etree.QName(node).namespace for node in root.iter()} <= {ATOM, TOMBSTONES, DC, XHTML}
        assert all((link.get("href") or "").isascii() for link in root.iter(f"{A}link"))
    assert row_of(change)["key"]
