"""What is found in saved sitemaps of every kind, whole, broken and wild; and what is no sitemap."""

from __future__ import annotations

import gzip
import random
import time
import tracemalloc
from datetime import UTC, datetime

import pytest
from fuzz import checks
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover.sitemap import MOST_BYTES, MOST_ENTRIES, Map, Part, find
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage, Found

HOME = "https://news.example/sitemap.xml"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def page(body: str | bytes, content_type: str | None = "application/xml", url: str = HOME) -> FetchedPage:
    return FetchedPage(url=url, body=body if isinstance(body, bytes) else body.encode(), content_type=content_type)


def urlset(*entries: str, names: str = NAMES) -> str:
    return f"{DECLARED}<urlset {names}>" + "".join(f"<url>{entry}</url>" for entry in entries) + "</urlset>"


def addresses(body: str | bytes, content_type: str | None = "application/xml") -> list[str]:
    return [one.url for one in find(page(body, content_type)).entries]


A, B, C = (f"https://news.example/2026/{name}.html" for name in "abc")
TWO = urlset(f"<loc>{A}</loc>", f"<loc>{B}</loc>")


def test_a_urlset_gives_each_address_once_and_when_it_was_changed() -> None:
    told = find(page(urlset(f"<loc> {A}#top\n</loc><lastmod>2026-09-07T08:00:00+08:00</lastmod>", f"<loc>{A}</loc>")))
    assert told == Map(entries=(Found(url=A, changed=datetime(2026, 9, 7, tzinfo=UTC)),))


def test_a_news_sitemap_gives_headline_and_time_as_printed() -> None:
    news = (
        f"<loc>{A}</loc><news:news><news:publication><news:name>湖城日报</news:name><news:language>zh</news:language>"
        "</news:publication><news:publication_date>2026-09-07T15:54:04+08:00</news:publication_date>"
        "<news:title> 湖上起风\n &amp;amp; 水涨 </news:title><news:keywords>湖</news:keywords></news:news>"
    )
    assert find(page(urlset(news))) == Map(
        entries=(Found(url=A, headline="湖上起风 & 水涨", time_text="2026-09-07T15:54:04+08:00"),), news=True
    )
    assert not find(page(urlset(news, f"<loc>{B}</loc>"))).news


def test_an_index_gives_its_sitemaps_without_itself() -> None:
    index = (
        f"<sitemapindex {NAMES}><sitemap><loc>/maps/1.xml.gz</loc><lastmod>2026-09-07</lastmod></sitemap>"
        f"<sitemap><loc>{HOME}</loc></sitemap><sitemap><loc>/maps/1.xml.gz</loc></sitemap></sitemapindex>"
    )
    part = Part(url="https://news.example/maps/1.xml.gz", changed=datetime(2026, 9, 7, tzinfo=UTC))
    assert find(page(index)) == Map(maps=(part,))


def test_images_videos_and_other_languages_are_no_entries() -> None:
    entry = (
        f'<xhtml:link rel="alternate" hreflang="en" href="{C}"/>'
        f"<image:image><image:loc>{B}</image:loc><image:title>图</image:title></image:image>"
        f"<video:video><video:title>片</video:title><video:publication_date>2026</video:publication_date>"
        f"<video:player_loc>{B}</video:player_loc></video:video><loc>{A}</loc>"
    )
    assert find(page(urlset(entry))).entries == (Found(url=A),)


@pytest.mark.parametrize(
    "names", ["", 'xmlns="https://www.google.com/schemas/sitemap/0.84"', 'xmlns="x" xmlns:news="y"']
)
def test_namespaces_may_be_wrong_or_missing(names: str) -> None:
    entry = f"<loc>{A}</loc><news:news><news:title>河</news:title></news:news><image:image><image:loc>{B}</image:loc>"
    entry += "</image:image>"
    assert find(page(urlset(entry, names=names))) == Map(entries=(Found(url=A, headline="河"),), news=True)


def test_a_prefix_on_every_element_is_no_hindrance() -> None:
    body = f'<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9"><sm:url><sm:loc>{A}</sm:loc></sm:url></sm:urlset>'
    assert addresses(body) == [A]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("\ufeff \r\n" + TWO, id="mark and blanks"),
        pytest.param(TWO.replace("UTF-8", "utf-16").encode("utf-16"), id="utf-16"),
        pytest.param(TWO.replace("UTF-8", "utf-16").encode("utf-16-be"), id="utf-16 without a mark"),
        pytest.param(TWO[len(DECLARED) :].encode("utf-16-le"), id="utf-16 without a mark or a declaration"),
        pytest.param("<br />\nWarning: no such key in /srv/map.php\n" + TWO, id="a warning in front"),
        pytest.param("<!-- made by a plugin --><?xml-stylesheet href='/x.xsl'?>" + TWO[len(DECLARED) :], id="comment"),
        pytest.param('<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/x.dtd">' + TWO[len(DECLARED) :], id="document type"),
        pytest.param(gzip.compress(TWO.encode()), id="gzip"),
        pytest.param(gzip.compress(TWO[:99].encode()) + gzip.compress(TWO[99:].encode()) + b"\0\0", id="gzip members"),
        pytest.param(f"{A}\r\n{B}\r\n", id="text"),
        pytest.param(f"\ufeff{A}\n\n{B}\n{A}\nnot an address\n".encode(), id="text with a bad line"),
        pytest.param(f"{A}\n{B}".encode("utf-16"), id="text in utf-16"),
        pytest.param(gzip.compress(f"{A}\n{B}".encode()), id="text in gzip"),
    ],
)
@pytest.mark.parametrize("kind", ["text/html; charset=iso-8859-1", "application/octet-stream", None])
def test_it_is_read_by_what_stands_in_it_whatever_the_server_says(body: str | bytes, kind: str | None) -> None:
    told = find(page(body, kind))
    assert [one.url for one in told.entries] == [A, B]
    assert told.fault is None


def test_a_declared_encoding_holds() -> None:
    entry = "<loc>/a</loc><news:news><news:title>镕城喆水</news:title></news:news>"
    body = urlset(entry).replace("UTF-8", "gb2312").encode("gb18030")
    assert find(page(body, "text/xml; charset=ISO-8859-1")).entries[0].headline == "镕城喆水"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/a?x=1&amp;y=2", "https://news.example/a?x=1&y=2"),
        ("/a?x=1&y=2", "https://news.example/a?x=1&y=2"),
        ("/a?x=1&copy=2&eacute", "https://news.example/a?x=1&copy=2&eacute"),
        ("/a?x=1&#38;y=2", "https://news.example/a?x=1&y=2"),
        ("/a?x=1&amp;amp;y=2", "https://news.example/a?x=1&y=2"),
        ("<![CDATA[/a?x=1&y=2]]>", "https://news.example/a?x=1&y=2"),
        ("//m.example/a", "https://m.example/a"),
        ("http://news.example/a", "http://news.example/a"),
        ("/a b", "https://news.example/a%20b"),
        ("/河.html", "https://news.example/河.html"),
    ],
)
def test_an_address_is_taken_as_it_was_meant(written: str, meant: str) -> None:
    assert addresses(urlset(f"<loc>{written}</loc>")) == [meant]


def test_the_same_path_over_http_and_https_is_two_addresses_here() -> None:
    """Which of them are one article is the source's answer."""
    assert len(addresses(urlset("<loc>http://news.example/a</loc>", "<loc>https://news.example/a</loc>"))) == 2


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-09", datetime(2026, 9, 1, tzinfo=UTC)),
        ("2026-09-07", datetime(2026, 9, 7, tzinfo=UTC)),
        ("2026-09-07T07:54Z", datetime(2026, 9, 7, 7, 54, tzinfo=UTC)),
        (" 2026-09-07T15:54:04.123+08:00 ", datetime(2026, 9, 7, 7, 54, 4, 123000, tzinfo=UTC)),
        ("2026-09-07 07:54:04", datetime(2026, 9, 7, 7, 54, 4, tzinfo=UTC)),
        ("Mon, 7 Sep 2026 15:54:04 +0800", datetime(2026, 9, 7, 7, 54, 4, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+08:00", None),
        ("0000-00-00", None),
        ("2026-13", None),
        ("", None),
        ("9" * 9000, None),
    ],
)
def test_when_it_was_changed_is_an_aware_moment_or_nothing(written: str, at: datetime | None) -> None:
    assert find(page(urlset(f"<loc>{A}</loc><lastmod>{written}</lastmod>"))).entries[0].changed == at


def test_a_change_without_a_zone_is_not_taken_in_the_zone_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        (found,) = find(page(urlset(f"<loc>{A}</loc><lastmod>2026-09-07T07:54:04</lastmod>"))).entries
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found.changed == datetime(2026, 9, 7, 7, 54, 4, tzinfo=UTC)


def test_elements_may_be_in_capitals() -> None:
    assert addresses(f"<URLSET><Url><LOC>{A}</LOC></Url></URLSET>") == [A]


def test_a_feed_given_as_a_sitemap_is_read_as_one() -> None:
    body = '<rss version="2.0"><channel><item><title>河</title><link>/a</link></item></channel></rss>'
    wanted = Map(entries=(Found(url="https://news.example/a", headline="河"),), news=True)
    assert find(page(body)) == find(page(gzip.compress(body.encode()), "application/gzip")) == wanted


def test_a_sound_sitemap_without_entries_is_no_broken_one() -> None:
    assert find(page(urlset())) == find(page("<sitemapindex/>")) == Map()


# -- broken --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "an empty body where a sitemap should be"),
        (" \n\t", "an empty body where a sitemap should be"),
        (gzip.compress(b"", mtime=0), "an empty body where a sitemap should be"),
        ("<!doctype html><html><body><h1>404</h1><a href=/a>a</a></body></html>", "no sitemap, it begins with <html>"),
        ("<html><urlset><url><loc>/a</loc></url></urlset></html>", "no sitemap, it begins with <html>"),
        ('{"urls": ["https://news.example/a"]}', "no sitemap"),
        ("User-agent: *\nDisallow: /x\nSitemap: https://news.example/sitemap.xml\n", "no sitemap"),
        ("Not found", "no sitemap"),
        (f"Not found\nIt may be\nhere:\n{A}\n", "no sitemap"),
        (b"%PDF-1.7\n\x00\xff", "no sitemap"),
        (b"PK\x03\x04\x00\x00", "no sitemap"),
        (urlset("<loc>javascript:x</loc>", "<loc/>"), "2 entries, none with an address"),
        (f"<urlset><url><loc>{A}", "broken in line 1"),
        (gzip.compress(gzip.compress(TWO.encode(), mtime=0), mtime=0), "gzip in gzip, refused"),
        (b"\x1f\x8b\x08\x00", "its gzip is cut off where a sitemap should be"),
        (b"\x1f\x8bnone", "broken gzip"),
        ("<!-- <urlset>", "no sitemap"),
        ("<!DOCTYPE urlset [", "a document type without an end"),
    ],
)
def test_what_is_no_sitemap_raises_in_plain_words(body: str | bytes, says: str) -> None:
    with pytest.raises(BrokenListing, match=says) as raised:
        find(page(body, "text/html"))
    assert HOME in str(raised.value)


@pytest.mark.parametrize("cut", [20, 30, 60])
def test_of_a_file_that_is_cut_off_the_whole_entries_count(cut: int) -> None:
    told = find(page(TWO[:-cut]))
    assert [one.url for one in told.entries] == [A]
    assert told.fault
    assert "broken in line 1" in told.fault


def test_of_gzip_that_is_cut_off_or_damaged_what_comes_out_counts() -> None:
    rng = random.Random(7)
    packed = gzip.compress(urlset(*(f"<loc>/{rng.random()}</loc>" for _ in range(999))).encode())
    told = find(page(packed[: len(packed) // 2]))
    assert 300 < len(told.entries) < 999
    assert told.fault == "its gzip is cut off"
    broken = bytearray(packed)
    broken[len(packed) * 2 // 3] ^= 0xFF
    told = find(page(bytes(broken)))
    assert 300 < len(told.entries) < 999
    assert told.fault is not None
    assert told.fault.startswith("broken gzip")


@pytest.mark.parametrize(
    "slip",
    [
        f"<url><loc>{B}</ur><url><loc>{C}</loc></url>",
        f"<url><loc>{B}\x01\x0b</loc></url><url><loc>{C}</loc></url>",
        f"<url><news:news><news:title>甲 < 乙 <= 3</news:title></news:news></url><url><loc>{C}</loc></url>",
        f"<url><title>&nbsp;&#xD800;&#99999999;&#0;</title></url><url><loc>{C}</loc></url>",
        f"<url a='<' a='2'><loc>{B}</loc></url><url><loc>{C}</loc></url>",
    ],
)
def test_a_slip_in_the_middle_costs_no_more_than_its_entry(slip: str) -> None:
    found = addresses(f"<urlset><url><loc>{A}</loc></url>{slip}</urlset>")
    assert found[0] == A
    assert found[-1] == C


# -- bounds --------------------------------------------------------------------------------------------------------
def big(entries: int) -> bytes:
    entry = (
        "<url>\n<loc>https://news.example/2026/09-07/{0}.shtml?a=1&amp;b=2</loc>\n"
        "<lastmod>2026-09-07T16:29:00+08:00</lastmod><changefreq>daily</changefreq><priority>0.5</priority></url>\n"
    )
    return urlset().replace("</urlset>", "".join(entry.format(n) for n in range(entries)) + "</urlset>").encode()


def test_fifty_thousand_entries_are_read_fast_and_in_little_memory() -> None:
    saved = page(big(MOST_ENTRIES))
    started = time.process_time()
    told = find(saved)
    spent = time.process_time() - started
    assert len(told.entries) == MOST_ENTRIES
    assert told.fault is None
    assert spent < 3, "half a second on an idle machine"
    tracemalloc.start()
    find(page(big(5000)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12_000_000


def test_more_entries_than_the_protocol_allows_are_left_out_and_said() -> None:
    for body in (big(MOST_ENTRIES + 1), b"".join(b"https://n.example/%d\n" % n for n in range(MOST_ENTRIES + 1))):
        told = find(page(body))
        assert len(told.entries) == MOST_ENTRIES
        assert told.fault is not None
        assert told.fault.startswith(f"only the first {MOST_ENTRIES}")


@pytest.mark.parametrize("bomb", [b"\0", b"<urlset>", b"<url><loc>/a</loc></url>"])
def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(bomb: bytes) -> None:
    packed = gzip.compress(bomb * (300_000_000 // len(bomb)), 1)
    tracemalloc.start()
    with pytest.raises(BrokenListing, match=f"unpacks to more than {MOST_BYTES} bytes"):
        find(page(packed, "application/gzip"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * MOST_BYTES


def test_an_address_longer_than_the_protocol_allows_is_none() -> None:
    assert addresses(urlset(f"<loc>/{'a' * 3000}</loc>", f"<loc>{A}</loc>")) == [A]


# -- wild ----------------------------------------------------------------------------------------------------------
PIECES = (
    f"<url>¦</url>¦<loc>¦</loc>¦{A}¦<lastmod>¦</lastmod>¦2026-09-07¦<sitemap>¦</sitemap>¦<urlset>¦</urlset>¦<news:news>¦"
    "</news:news>¦<news:title>¦</news:title>¦&¦&amp;¦&#xD800;¦&x;¦<![CDATA[¦]]>¦<!--¦-->¦<?¦?>¦"
    "<!DOCTYPE x [¦<!ENTITY x 'y'>¦]>¦<¦>¦</¦/¦\n¦\0¦\ufeff¦河¦http://¦xmlns:a='¦'¦<rss version='2.0'>¦<item>¦<link>¦"
    "<html>¦\x1f\x8b¦ "
).split("¦")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_pieces_give_addresses_once_each_or_a_broken_listing(text: str) -> None:
    checks.map_in(text.encode())


@given(st.binary(max_size=300), st.binary(max_size=2))
def test_any_bytes_are_a_sitemap_or_broken(body: bytes, head: bytes) -> None:
    checks.map_in(head + body)
