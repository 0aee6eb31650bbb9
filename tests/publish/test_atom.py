"""Atom: feedparser reads it without a complaint; all of what may be shown, not a word of what is withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import feedparser
import pytest
from exported import NO_SITE, SITE, UPDATED, changes, last_change
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from store_made import DISCLAIMER, article, full_article

from newscrawl.options import Site
from newscrawl.publish.atom import TOMBSTONES, feed
from newscrawl.publish.elements import ATOM, DC, XHTML
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer
from newscrawl.text.plain import plain

A = f"{{{ATOM}}}"


def document(*changes: Change, site: Site = SITE) -> bytes:
    return b"".join(feed(changes, site, UPDATED))


def entry_of(change: Change, site: Site = SITE) -> etree._Element:
    (entry,) = etree.fromstring(document(change, site=site)).findall(f"{A}entry")
    return entry


def links(entry: etree._Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in entry.findall(f"{A}link")}


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    writer.add(full_article())
    writer.flush()
    return last_change(path)


def told(change: Change, **columns: Any) -> Change:
    assert change.article is not None
    return attrs.evolve(change, article=change.article | columns)


def test_feedparser_reads_it_without_a_complaint(full: Change):
    read = feedparser.parse(document(full))
    assert not read.bozo
    assert read.version == "atom10"
    assert (read.feed.title, read.feed.id, read.feed.author) == ("湖畔转载", "https://reprint.example/", "湖畔")
    assert read.feed.updated == UPDATED
    (entry,) = read.entries
    assert (entry.id, entry.title) == ("tag:newscrawl,2026:morning:9", "湖边新馆迎客")
    assert (entry.published, entry.updated) == ("2025-11-19T08:29:00Z", "2025-11-19T09:00:00Z")
    assert [author.name for author in entry.authors] == ["林一", "周二"]
    assert [person.name for person in entry.contributors] == ["吴三"]
    assert [tag.term for tag in entry.tags] == [topic["topic"] for topic in full.topics]
    assert entry.tags[0] == {"term": "太原", "scheme": "tag:newscrawl,2026:topic/place", "label": None}
    assert entry.summary == "湖边新馆今日迎客。读者排起长队。"
    assert entry.rights == DISCLAIMER
    assert entry.source.title == "晨网"
    assert entry.content[0].type == "text/html"
    assert "读者排起长队。</p>" in entry.content[0].value


def test_the_links_lead_to_the_operators_page_and_to_the_source(full: Change):
    source = "https://morning.example/gn/9.shtml"
    own = f"https://reprint.example/a/{full.article_id}/"
    assert links(entry_of(full)) == {"alternate": own, "via": source}
    assert links(entry_of(full, NO_SITE)) == {"alternate": source, "via": source}


def test_an_id_stays_whatever_site_shows_it(full: Change):
    ids = {entry_of(full, site).findtext(f"{A}id") for site in (SITE, NO_SITE)}
    assert ids == {"tag:newscrawl,2026:morning:9"}


@pytest.mark.parametrize(
    ("columns", "author"),
    [
        ({"authors": ["林一"], "account": "湖边读书"}, "林一"),
        ({"authors": [], "account": "湖边读书"}, "湖边读书"),
        ({"authors": [], "account": None, "credit": "湖报"}, "湖报"),
        ({"authors": [], "account": None, "credit": None}, "晨网"),
    ],
)
def test_there_is_always_an_author_and_the_closest_one_known(full: Change, columns, author):
    assert entry_of(told(full, **columns)).findtext(f"{A}author/{A}name") == author


def test_the_outlet_that_the_publisher_credits_is_named(full: Change):
    assert entry_of(full).findtext(f"{{{DC}}}source") == "湖报"
    assert entry_of(told(full, credit=None)).find(f"{{{DC}}}source") is None


def test_a_correction_stands_above_what_is_shown_and_is_no_markup(full: Change):
    notice = "更正：应为<九>时"
    content = entry_of(told(full, correction=notice)).findtext(f"{A}content")
    assert content is not None
    assert content.startswith("<p><strong>更正：应为&lt;九&gt;时</strong></p><p>晨网太原")
    short = entry_of(told(full, correction=notice, body_html=None))
    assert short.findtext(f"{A}summary") == f"{notice}\n湖边新馆今日迎客。读者排起长队。"
    link = entry_of(told(full, correction=notice, body_html=None, summary=None))
    assert link.findtext(f"{A}summary") == notice


@pytest.mark.parametrize(("mode", "parts"), [("excerpt", {"summary"}), ("link", set())])
def test_less_than_all_has_no_content_and_is_read_all_the_same(writer: Writer, path: Path, mode: str, parts: set[str]):
    writer.add(attrs.evolve(full_article(), credit=mode, correction=None))
    writer.flush()
    entry = entry_of(last_change(path))
    assert {name for name in ("summary", "content") if entry.find(A + name) is not None} == parts
    assert not feedparser.parse(document(last_change(path))).bozo


def test_noindex_goes_along(full: Change):
    assert entry_of(told(full, noindex=0)).find(f"{{{XHTML}}}meta") is None
    hidden = told(full, noindex=1)
    meta = entry_of(hidden).find(f"{{{XHTML}}}meta")
    assert meta is not None
    assert dict(meta.attrib) == {"name": "robots", "content": "noindex"}
    assert not feedparser.parse(document(hidden)).bozo


def test_a_withdrawal_is_a_deleted_entry_under_the_id_that_was_given_and_holds_nothing_else(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    given_id = entry_of(last_change(path)).findtext(f"{A}id")
    writer.add(attrs.evolve(full_article(), credit="hold"))
    writer.flush()
    written = document(*changes(path, after=1))
    (gone,) = etree.fromstring(written).findall(f"{{{TOMBSTONES}}}deleted-entry")
    assert dict(gone.attrib) == {"ref": given_id, "when": "2025-11-19T09:00:00Z"}
    assert (len(gone), gone.text) == (0, None)
    assert etree.fromstring(written).find(f"{A}entry") is None
    assert not feedparser.parse(written).bozo


def test_a_feed_without_entries_is_a_feed(full: Change):
    assert not feedparser.parse(document()).bozo
    root = etree.fromstring(document())
    assert {etree.QName(child).localname for child in root} >= {"id", "title", "updated", "author"}


def test_every_entry_has_what_the_standard_wants(writer: Writer, path: Path):
    writer.add(article(1, published=None, disclaimer=None, disclaimer_version=None))
    writer.add(article(2, credit="link"))
    writer.flush()
    for entry in etree.fromstring(document(*changes(path))).findall(f"{A}entry"):
        counts = {name: len(entry.findall(A + name)) for name in ("id", "title", "updated", "author")}
        assert counts == {"id": 1, "title": 1, "updated": 1, "author": 1}
        assert "alternate" in links(entry)
        assert not [child for child in entry.iter() if child.text == "None"]


SIGNS = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from("\x01\x0b\x1f\x7f\x85\ufffe\uffff\U0001fffe]>&<")
)


@given(words=st.text(alphabet=SIGNS, max_size=30))
def test_wild_signs_make_no_broken_document_and_no_markup(words: str):
    row = {
        **dict.fromkeys(("headline", "summary", "correction", "disclaimer", "credit", "account", "language"), words),
        "id": 1,
        "key": f"wild:{words}",
        "source": "wild",
        "source_name": words,
        "url": "https://wild.example/1",
        "authors": [words],
        "correspondents": [words],
        "body_html": None,
        "published_at": None,
        "noindex": 1,
    }
    change = Change(
        seq=1,
        at=UPDATED,
        kind="added",
        origin="publisher",
        fields=(),
        article_id=1,
        key=row["key"],
        article=row,
        topics=[{"topic": words, "kind": "keyword", "position": 1}],
    )
    gone = attrs.evolve(change, article=None)
    root = etree.fromstring(document(change, gone, site=Site(name=words, handle=words, language=words)))
    entry = root.find(f"{A}entry")
    assert entry is not None
    assert entry.findtext(f"{A}title") == (plain(words).strip() or plain(row["key"]))
    ref = root[-1].get("ref")
    assert ref == entry.findtext(f"{A}id")
    assert ref.isascii()
