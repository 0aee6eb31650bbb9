"""Sitemaps as sitemaps.org and Google's news sitemap want them, and robots.txt."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.robotparser import RobotFileParser

import attrs
import pytest
from exported import NO_SITE, SITE, UPDATED
from feeds_made import WORDS, stored, told, wild
from hypothesis import given
from lxml import etree
from store_made import article, full_article

from newscrawl.options import Site
from newscrawl.publish import sitemaps
from newscrawl.publish.sitemaps import NEWS, SITEMAP, language_for_google
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer

S, N = f"{{{SITEMAP}}}", f"{{{NEWS}}}"
W3C_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?")


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    (change,) = stored(writer, path, full_article())
    return change


def places(document: bytes) -> list[tuple[str | None, str | None]]:
    return [(place.findtext(f"{S}loc"), place.findtext(f"{S}lastmod")) for place in etree.fromstring(document)]


def test_a_day_lists_its_articles_and_when_each_changed():
    written = sitemaps.day([(202511190000002, UPDATED), (7, "2025-11-19T10:00:00Z")], SITE)
    assert etree.fromstring(written).tag == f"{S}urlset"
    assert places(written) == [
        ("https://reprint.example/a/202511190000002/", UPDATED),
        ("https://reprint.example/a/7/", "2025-11-19T10:00:00Z"),
    ]


def test_the_index_lists_the_sitemaps():
    written = sitemaps.index([("sitemap-2025-11-19.xml", UPDATED)], SITE)
    assert etree.fromstring(written).tag == f"{S}sitemapindex"
    assert places(written) == [("https://reprint.example/sitemap-2025-11-19.xml", UPDATED)]


def test_an_address_in_another_script_is_a_uri():
    site = attrs.evolve(SITE, base="https://reprint.example/新闻")
    assert places(sitemaps.day([(7, UPDATED)], site)) == [("https://reprint.example/%E6%96%B0%E9%97%BB/a/7/", UPDATED)]


def test_news_say_who_publishes_what_when_and_in_which_language(full: Change):
    (place,) = etree.fromstring(sitemaps.news([full], SITE))
    assert place.findtext(f"{S}loc") == f"https://reprint.example/a/{full.article_id}/"
    (news,) = place.findall(f"{N}news")
    assert [child.tag for child in news] == [f"{N}publication", f"{N}publication_date", f"{N}title"]
    assert [child.text for child in news[0]] == ["湖畔转载", "zh-cn"]
    assert news.findtext(f"{N}publication_date") == "2025-11-19T16:29:00+08:00"
    assert news.findtext(f"{N}title") == "湖边新馆迎客"


def test_a_very_long_headline_is_cut_to_what_strict_readers_take(full: Change):
    (place,) = etree.fromstring(sitemaps.news([told(full, headline="长" * 300)], SITE))
    assert place.findtext(f".//{N}title") == "长" * 199 + "…"


@pytest.mark.parametrize(
    ("local", "date"),
    [
        ("2025-11-19", "2025-11-19"),
        ("2025-11-19T16:29+08:00", "2025-11-19T16:29:00+08:00"),
        ("2025-11-19T16:29:05+08:00", "2025-11-19T16:29:05+08:00"),
        (None, UPDATED),
    ],
)
def test_a_date_is_as_exact_as_the_page_shows_it_and_well_formed(full: Change, local: str | None, date: str):
    (found,) = etree.fromstring(sitemaps.news([told(full, published_local=local)], SITE)).iter(f"{N}publication_date")
    assert found.text == date
    assert W3C_DATE.fullmatch(date)


def test_what_is_to_be_kept_out_of_search_engines_or_withdrawn_is_no_news(full: Change):
    gone = attrs.evolve(full, article=None, kind="withdrawn")
    assert len(etree.fromstring(sitemaps.news([told(full, noindex=1), gone], SITE))) == 0


@pytest.mark.parametrize(
    ("language", "code"),
    [
        *(("zh", "zh-cn"), ("zh-Hans", "zh-cn"), ("zh-CN", "zh-cn"), ("zh-Hans-HK", "zh-cn")),
        *(("zh-Hant", "zh-tw"), ("zh-TW", "zh-tw"), ("zh-hk", "zh-tw")),
        *(("en", "en"), ("en-GB", "en"), ("yue", "yue"), ("", "und"), ("x-klingon", "und")),
    ],
)
def test_languages_are_named_as_google_names_them(language: str, code: str):
    assert language_for_google(language) == code


def test_robots_txt_names_the_sitemaps_and_leaves_the_pages_open(writer: Writer, path: Path):
    (change,) = stored(writer, path, article(1))
    rules = RobotFileParser()
    rules.parse(sitemaps.robots(SITE).decode().splitlines())
    assert rules.site_maps() == ["https://reprint.example/sitemap.xml", "https://reprint.example/sitemap-news.xml"]
    for page in ("", "search/", "topic/", f"a/{change.article_id}/", f"a/{change.article_id}/ninjs.json", "feed.xml"):
        assert rules.can_fetch("anybody", f"https://reprint.example/{page}")
    for file in (".newscrawl/edition.db", "search/words/2025-11/3f.json", "search/docs/2025-11-19/1.json"):
        assert not rules.can_fetch("anybody", f"https://reprint.example/{file}")


def test_robots_txt_knows_the_folder_that_the_site_lies_in():
    assert b"Disallow: /news/.newscrawl/\n" in sitemaps.robots(attrs.evolve(SITE, base="https://host.example/news"))
    assert b"Sitemap" not in sitemaps.robots(NO_SITE)
    assert b"Disallow: /.newscrawl/\n" in sitemaps.robots(NO_SITE)


@given(words=WORDS)
def test_wild_signs_make_no_broken_document(words: str):
    change = told(wild(words), noindex=0)
    root = etree.fromstring(sitemaps.news([change], Site(name=words, base="https://reprint.example")))
    assert [node.tag for node in root.iter()] == [
        *(f"{S}urlset", f"{S}url", f"{S}loc", f"{N}news", f"{N}publication", f"{N}name", f"{N}language"),
        *(f"{N}publication_date", f"{N}title"),
    ]
    assert re.fullmatch("zh-cn|zh-tw|[a-z]{2,3}", root.findtext(f".//{N}language") or "")
    assert root.findtext(f".//{N}title")
