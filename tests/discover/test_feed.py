"""What is found in saved feeds, and how a broken one differs from an empty one."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover.feed import find, read
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage, Found

NEWSROOM = Path(__file__).resolve().parents[2] / "data" / "newsroom" / "www.chinanews.com.cn"
HOME = "https://news.example/rss/all.xml"


def page(body: str | bytes, content_type: str | None = "application/rss+xml") -> FetchedPage:
    return FetchedPage(url=HOME, body=body if isinstance(body, bytes) else body.encode(), content_type=content_type)


def rss(items: str, declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{declaration}<rss version="2.0"><channel><title>全部</title>{items}</channel></rss>'


ITEM = (
    "<item><title><![CDATA[湖上起风]]></title><link>https://news.example/gn/1.shtml#a</link><category>国内</category>"
    "<description>&lt;p&gt;　　本报&lt;b&gt;湖城&lt;/b&gt;电 水&amp;amp;风&lt;/p&gt;"
    "&lt;script&gt;x()&lt;/script&gt;</description>"
    "<pubDate>Mon, 7 Sep 2026 15:54:04 +0800</pubDate></item>"
)
FOUND = Found(
    url="https://news.example/gn/1.shtml",
    headline="湖上起风",
    section="国内",
    time_text="Mon, 7 Sep 2026 15:54:04 +0800",
    summary="本报湖城电 水&风",
)


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html; charset=utf-8", "text/plain", None])
def test_an_rss_item_is_read_whatever_type_the_server_claims(kind: str | None) -> None:
    assert find(page(rss(ITEM), kind)) == (FOUND,)


def test_atom_gives_the_alternate_link_and_the_update_time_where_no_other_is() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>'
        '<title type="html">A &amp;lt;b&amp;gt; &lt;i&gt;c&lt;/i&gt;</title>'
        '<link rel="self" href="/api/1"/><link rel="alternate" href="/1.html"/><updated>2026-09-07T07:54:04Z</updated>'
        "<summary>a &lt; b stays</summary></entry></feed>"
    )
    assert find(page(atom, "application/atom+xml")) == (
        Found(
            url="https://news.example/1.html",
            headline="A <b> c",
            time_text="2026-09-07T07:54:04Z",
            summary="a < b stays",
        ),
    )


def test_relative_addresses_are_made_absolute_and_repeated_ones_stand_once() -> None:
    items = "<item><title>甲</title><link>/a</link></item><item><title>乙</title><link>//n.example/b</link></item>"
    found = find(page(rss(items + items)))
    assert [one.url for one in found] == ["https://news.example/a", "https://n.example/b"]


@pytest.mark.parametrize(
    ("declaration", "kind"),
    [
        ('<?xml version="1.0" encoding="gb2312"?>', "text/xml"),
        ('<?xml version="1.0" encoding="gb2312"?>', "text/xml; charset=ISO-8859-1"),
        ('<?xml version="1.0"?>', "application/xml; charset=gbk"),
    ],
)
def test_a_gbk_feed_is_read_by_its_declaration_before_the_header(declaration: str, kind: str) -> None:
    body = rss("<item><title>镕城喆水</title><link>/a</link></item>", declaration).encode("gb18030")
    assert find(page(body, kind))[0].headline == "镕城喆水"


def test_a_declared_encoding_counts_before_the_header_of_another() -> None:
    body = rss("<item><title>河水在夜裡退去</title><link>/a</link></item>", '<?xml version="1.0" encoding="big5"?>')
    assert (
        find(page(body.replace("全部", "全").encode("big5"), "text/xml; charset=gbk"))[0].headline == "河水在夜裡退去"
    )


def test_many_categories_are_counted_for_each_item_alone() -> None:
    categories = "".join(f"<category>{number}</category>" for number in range(40))
    items = "".join(f"<item><link>/{name}</link>{categories}</item>" for name in "abc")
    assert [one.section for one in find(page(rss(items)))] == ["0", "0", "0"]


def test_a_feed_with_a_bare_ampersand_or_cut_off_gives_what_can_be_read() -> None:
    bare = "<item><title>甲</title><link>https://news.example/a?x=1&y=2</link></item>"
    assert find(page(rss(bare)))[0].url == "https://news.example/a?x=1&y=2"
    assert find(page(rss(ITEM + ITEM.replace("/1.", "/2."))[:-200]))[0] == FOUND


def test_an_empty_feed_gives_nothing() -> None:
    assert find(page(rss(""))) == ()
    assert find(page('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>')) == ()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "empty body"),
        (" \n", "empty body"),
        ("<html><body><h1>502 Bad Gateway</h1></body></html>", "not a feed"),
        ('{"items": []}', "not a feed"),
        ('<rss version="2.0"><channel><title>x', HOME),
        (rss("<item><title>甲</title></item>"), "1 entries, none with an address"),
        (rss("<item><title>甲</title><link>javascript:alert(1)</link></item>"), "none with an address"),
    ],
)
def test_a_broken_feed_raises_and_says_what_was_seen(body: str, says: str) -> None:
    with pytest.raises(BrokenListing, match=says):
        find(page(body, "text/html"))


@pytest.mark.parametrize("body", [b"http://127.0.0.1:9/feed.xml", b"/etc/hostname", b"file:///etc/hostname"])
def test_a_body_that_is_an_address_or_a_file_name_is_never_opened(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(BrokenListing, match="not a feed"):
        find(page(body))


FEEDBURNER = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
SELF = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/rss.xml"/>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" {0}>{1}<entry><title>甲</title>{2}</entry></feed>'


def addresses(body: str) -> list[str]:
    return [one.url for one in find(page(body))]


@pytest.mark.parametrize(
    ("item", "meant"),
    [
        ("<guid>https://news.example/a</guid>", "https://news.example/a"),
        ('<guid isPermaLink="true">https://news.example/a</guid>', "https://news.example/a"),
        ("<guid>https://n.example/1</guid><link>/a</link>", "https://news.example/a"),
        ("<link>/a</link><guid>https://n.example/1</guid>", "https://news.example/a"),
        ("<link></link><guid>https://news.example/a</guid>", "https://news.example/a"),
        ("<link>/a</link><enclosure url='/a.mp3' type='audio/mpeg' length='1'/>", "https://news.example/a"),
        ("<source url='/other.xml'>乙</source><link>/a</link>", "https://news.example/a"),
    ],
)
def test_an_item_is_called_by_its_link_else_by_a_guid_that_is_an_address(item: str, meant: str) -> None:
    assert addresses(rss(f"<item>{item}<title>甲</title></item>")) == [meant]


@pytest.mark.parametrize(
    "guid",
    [
        '<guid isPermaLink="false">https://news.example/a</guid>',
        "<guid>12345</guid>",
        "<guid>tag:news.example,2026:1</guid>",
    ],
)
def test_a_guid_that_is_no_permalink_is_no_address(guid: str) -> None:
    with pytest.raises(BrokenListing, match="none with an address"):
        find(page(rss(f"<item><title>甲</title>{guid}</item>")))


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ('<link href="/a"/><link rel="self" href="/api/a"/>', "https://news.example/a"),
        (
            '<link rel="self" href="/api/a"/><link rel="enclosure" href="/a.mp3"/><link href="/a"/>',
            "https://news.example/a",
        ),
        ('<link rel="edit" href="/e"/><link rel="alternate" type="text/plain" href="/a"/>', "https://news.example/a"),
        ('<id>https://news.example/a</id><link rel="related" href="/b"/>', "https://news.example/a"),
        ("<id>tag:news.example,2026:1</id><link href='a'/>", "https://news.example/rss/a"),
        ('<link xml:base="https://n.example/x/" href="a"/>', "https://n.example/x/a"),
        (
            "<feedburner:origLink>https://news.example/a</feedburner:origLink><link href='/~r/1'/>",
            "https://news.example/a",
        ),
        ("<link href='/~r/1'/><feedburner:origLink>javascript:x</feedburner:origLink>", "https://news.example/~r/1"),
    ],
)
def test_an_entry_is_called_by_its_own_address(entry: str, meant: str) -> None:
    assert addresses(ATOM.format(FEEDBURNER, "", entry)) == [meant]


@pytest.mark.parametrize(
    ("body", "home"),
    [
        (rss("<link>https://news.example/</link>" + ITEM), "https://news.example/"),
        (
            rss(f"{SELF}<link>//n.example/</link>"),
            "https://n.example/",
        ),
        (
            rss("<image><link>https://cdn.example/</link><url>/i.png</url></image><link>/home</link>"),
            "https://news.example/home",
        ),
        (rss(ITEM), None),
        (rss("<link>javascript:x</link>"), None),
        (
            ATOM.format(
                "", '<link rel="self" href="/atom.xml"/><link href="https://news.example/"/>', "<link href='/a'/>"
            ),
            "https://news.example/",
        ),
        (
            ATOM.format(
                "", '<id>https://news.example/atom</id><link rel="self" href="/atom.xml"/>', "<link href='/a'/>"
            ),
            "https://news.example/atom",
        ),
        (ATOM.format("", '<id>tag:x</id><link rel="hub" href="/hub"/>', "<link href='/a'/>"), None),
    ],
)
def test_the_home_of_a_feed_is_what_the_feed_says(body: str, home: str | None) -> None:
    assert read(page(body)).home == home


def test_what_is_no_feed_has_no_home() -> None:
    with pytest.raises(BrokenListing, match="not a feed"):
        read(page("<html><body>x</body></html>"))


@pytest.mark.parametrize(
    "odd",
    [
        "<width/><height/>",
        '<media:player xmlns:media="http://search.yahoo.com/mrss/">x</media:player>',
        '<cc:license xmlns:cc="http://backend.userland.com/creativeCommonsRssModule"/>',
        '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter/></psc:chapters>',
        '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">方敏</dc:creator><author>a@b.example</author>',
        "<x>&#xD800;&#x110000;&#99999999;&#55296;&bare</x>",
        f"<x>&#{'9' * 5000};&bare</x>",
        "".join(f"<category>{number}</category>" for number in range(99)),
    ],
)
def test_what_feedparser_stumbles_over_costs_no_entry(odd: str) -> None:
    found = find(page(rss(f"<item>{odd}<title>甲&#x1F30A;</title><link>/a</link></item>{odd}" + ITEM)))
    assert [(one.url, one.headline) for one in found] == [
        ("https://news.example/a", "甲🌊"),
        (FOUND.url, FOUND.headline),
    ]


def test_an_element_where_none_can_be_is_a_broken_feed_and_no_crash() -> None:
    with pytest.raises(BrokenListing, match="cannot be read"):
        find(page(rss("<item><textInput><link>/a</link></textInput></item>")))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_without_entries_or_broken(body: bytes) -> None:
    try:
        found = find(page(body))
    except BrokenListing:
        return
    assert found == ()


@given(st.text(max_size=80))
def test_any_text_in_an_item_gives_one_folded_line_or_nothing(text: str) -> None:
    body = rss(f"<item><title><![CDATA[{text}]]></title><link>/a</link><description>{text}</description></item>")
    try:
        found = find(page(body.encode("utf-8", "replace")))
    except BrokenListing:
        return
    for one in found:
        for words in (one.headline, one.summary):
            assert words is None or (words == " ".join(words.split()) and words)


def test_the_newsroom_feed_has_ten_items_with_their_openings() -> None:
    body = (NEWSROOM / "rss" / "scroll-news.xml").read_bytes()
    found = find(FetchedPage(url="https://www.chinanews.com.cn/rss/scroll-news.xml", body=body))
    assert len(found) == 10
    assert found[0].time_text == "Wed, 19 Nov 2025 16:29:33 +0800"
    assert all(one.summary and "<" not in one.summary and not one.summary.startswith("　") for one in found)
