"""What is fuzzed: one function of bytes for each door through which wild words come in, and what to begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from attrs import frozen
from fuzz import checks
from fuzz.pieces import ADDRESSES, MARKUP, STORY, WORDS, codes_of, divided, put_together

_URLS = (checks.ADDRESS, None, "https://www.chinanews.com.cn/gn/2025/11-19/10518234.shtml", "https://news.example/")
_TYPES = (None, "text/html; charset=utf-8", "text/html; charset=gbk", "text/html; charset=big5", "text/plain", "x")
_LANGUAGES = (None, "zh", "en", "de", "ja", "x")


@frozen
class Target:
    read: Callable[[bytes], object]
    """Raises where a promise is broken."""
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()
    """What the fuzzer may write into its input."""


def reader(data: bytes) -> None:
    """A page of pieces, behind a sound story or alone; the first byte says how it comes."""
    how = data[0] if data else 0
    markup = put_together(data[1:])
    body = (STORY + markup if how & 1 else markup).encode("utf-8", "replace")
    checks.page(body, _URLS[(how >> 1) % len(_URLS)], _TYPES[(how >> 3) % len(_TYPES)])


def raw_reader(data: bytes) -> None:
    how = data[0] if data else 0
    checks.page(data[1:], _URLS[(how >> 1) % len(_URLS)], _TYPES[(how >> 3) % len(_TYPES)])


def dateline(data: bytes) -> None:
    for text in _texts(data):
        checks.dateline(text)
        checks.dateline(text, None)
        checks.line(text[:400])


def dates(data: bytes) -> None:
    how = data[0] if data else 0
    language = _LANGUAGES[how % len(_LANGUAGES)]
    for text in _texts(data[1:]):
        checks.printed(text[:200], reference=None, language=language)
        checks.printed(text[:200], reference=checks.NOW - timedelta(days=how), language=language)


def addresses(data: bytes) -> None:
    base, _, href = put_together(data, ADDRESSES).partition("\n")
    checks.address(base, href)
    checks.address(checks.ADDRESS, href)
    checks.address("https://www.chinanews.com.cn/gn/", data.decode("utf-8", "replace"))


def listings(data: bytes) -> None:
    how = data[0] if data else 0
    checks.found_in(data[1:] if how & 1 else put_together(data[1:], _LISTED).encode("utf-8", "replace"))


def sitemaps(data: bytes) -> None:
    how = data[0] if data else 0
    checks.map_in(data[1:] if how & 1 else put_together(data[1:], _MAPPED).encode("utf-8", "replace"))


_MAPPED = divided(
    "<urlset>¦</urlset>¦<sitemapindex>¦</sitemapindex>¦<sitemap>¦</sitemap>¦<url>¦</url>¦<loc>¦</loc>¦/a.html¦\n¦"
    "https://news.example/a.html?x=1&amp;y=2#z¦https://news.example/b.xml.gz¦<lastmod>¦</lastmod>¦2026-09-07¦"
    "2026-09-07T15:54:04+08:00¦0001-01-01T00:00:00+14:00¦<news:news>¦</news:news>¦<news:title>¦</news:title>¦水退¦"
    "<news:publication_date>¦</news:publication_date>¦<image:image>¦<image:loc>¦</image:loc>¦</image:image>¦&¦&lt;¦"
    "&#xD800;¦&x;¦<![CDATA[¦]]>¦<!--¦-->¦<?xml version='1.0' encoding='gbk'?>¦<?x¦?>¦<!DOCTYPE x [¦<!ENTITY x 'y'>¦"
    "]>¦<¦>¦</¦xmlns='¦'¦<rss version='2.0'>¦<item>¦<link>¦</link>¦<html>¦\ufeff¦\x00¦ ¦http://[¦javascript:x"
)
_LISTED = divided(
    "<li>¦</li>¦<a href=/a.html>¦<a href='//['>¦<a href='#'>¦</a>¦<span class=section>¦[国内]¦</span>¦<time>¦"
    "9-11 14:38¦</time>¦<p>¦</p>¦水…¦水¦<base href=/b/>¦<base href='http://['>¦title='水退'¦"
    "<?xml version='1.0'?>¦<?xml version='1.0' encoding='gbk'?>¦<rss version='2.0'>¦<channel>¦<item>¦</item>¦"
    "<title>¦</title>¦<link>¦</link>¦https://news.example/a.html#x¦<description>¦</description>¦<![CDATA[¦"
    "]]>¦&lt;b&gt;¦&¦<pubDate>¦Mon, 7 Sep 2026 15:54:04 +0800¦</pubDate>¦"
    "<feed xmlns='http://www.w3.org/2005/Atom'>¦<entry>¦<link href='/b'/>¦</entry>¦</feed>¦</channel>¦</rss>¦"
    "<category>¦</category>¦<!DOCTYPE x [¦<!ENTITY x 'y'>¦&x;¦]>¦<updated>¦2026-09-07T00:00:00Z¦</updated>¦"
    "\x00¦\u3000¦javascript:x"
)


def _texts(data: bytes) -> tuple[str, str]:
    return put_together(data, WORDS), data.decode("utf-8", "replace")


_JSON = codes_of(
    "<script type=application/ld+json>",
    '{"@type":"NewsArticle","headline":"河水退去以后","author":',
    '{"name":"Jane Doe"}',
    "}",
)
_PARAGRAPH = codes_of("<p>", "中新网太原11月19日电 (方敏)", WORDS[0], WORDS[0], WORDS[0], "（完）", "</p>")
TARGETS = {
    "reader": Target(
        reader,
        (
            b"\x00"
            + codes_of("<title>", WORDS[0], "</title>", "<h1>", WORDS[0], "</h1>", "来源：某某日报")
            + _PARAGRAPH * 3,
            b"\x01"
            + codes_of(
                "<h2>", "相关新闻", "</h2>", "<ul>", "<li>", "<a href='//b.example/x#y'>", "水", "</a>", "</ul>"
            ),
            b"\x01"
            + codes_of(
                "<figure>",
                "<img src=/a.jpg alt='河 &quot;'>",
                "<figcaption>",
                "图为",
                "摄",
                "</figcaption>",
                "</figure>",
            ),
            b"\x01" + _JSON + codes_of("</script>", "<span class=author>", "By Jane Doe and John Roe"),
            b"\x01"
            + codes_of(
                "<table>",
                "<tr>",
                "<td>",
                "1",
                "<td>",
                "水",
                "<tr>",
                "<td>",
                "1",
                "<td>",
                "水",
                "</table>",
                "【编辑:李明】",
            ),
            b"\x05"
            + codes_of(
                "<p>",
                "责任编辑：李明_NB12",
                "<time datetime='2025-11-19T16:29:05Z'>",
                "11-19 16:29",
                "</time>",
                "下一页",
            ),
        ),
    ),
    "raw reader": Target(
        raw_reader,
        (
            b"\x00" + STORY.encode(),
            b"\x10" + STORY.encode("gb18030"),
            b"\x00<html lang=en><title>x</title><h1>The river fell</h1><p>By Jane Doe</p>" + WORDS[1].encode() * 9,
        ),
        MARKUP,
    ),
    "dateline": Target(
        dateline,
        (
            codes_of("中新网太原11月19日电 (方敏)", WORDS[0], pieces=WORDS),
            codes_of("本报讯（记者 方敏）", WORDS[0], "（记者：方敏）", pieces=WORDS),
            codes_of("BEIJING, Jan. 14 (Xinhua) -- ", WORDS[1], "By Jane Doe", pieces=WORDS),
            "（中央社記者葉明台北19日電）河水退去".encode(),
        ),
        WORDS,
    ),
    "dates": Target(
        dates,
        (
            b"\x01" + codes_of("2025年11月19日 16:29", pieces=WORDS),
            b"\x01" + codes_of("昨天 25:61", "3小时前", pieces=WORDS),
            b"\x02Mon, 7 Sep 2026 15:54:04 +0800",
            *(bytes([language]) + b"vor 3 Stunden, 19. November um 16:29 Uhr" for language in range(len(_LANGUAGES))),
            *(bytes([language]) + b"19. Nov. 2025 um 16:29 Uhr" for language in range(len(_LANGUAGES))),
        ),
        WORDS,
    ),
    "addresses": Target(
        addresses,
        (
            codes_of(
                "https://",
                "www.chinanews.com.cn",
                "/",
                "gn/2025/11-19/10518234_2.shtml",
                "\n",
                "a_2.html",
                pieces=ADDRESSES,
            ),
            codes_of(
                "https://",
                "news.example",
                "/",
                "\n",
                "//",
                "[::1]",
                ":80",
                "/",
                "..",
                "/",
                "?",
                "id=5",
                pieces=ADDRESSES,
            ),
            b"//m.chinanews.com/wap/detail/chs/zw/10518234.shtml",
        ),
        ADDRESSES,
    ),
    "listings": Target(
        listings,
        (
            b"\x00"
            + codes_of(
                "<li>", "<span class=section>", "[国内]", "</span>", "<a href=/a.html>", "水…", "</a>", pieces=_LISTED
            ),
            b"\x00"
            + codes_of(
                "<rss version='2.0'>", "<channel>", "<item>", "<link>", "https://news.example/a.html#x", pieces=_LISTED
            ),
            b"\x01<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://news.example/b'/></entry></feed>",
        ),
        _LISTED,
    ),
    "sitemaps": Target(
        sitemaps,
        (
            b"\x00" + codes_of("<urlset>", "<url>", "<loc>", "/a.html", "</loc>", "</url>", pieces=_MAPPED),
            b"\x00" + codes_of("https://news.example/b.xml.gz", "\n", pieces=_MAPPED),
            b"\x01<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>",
        ),
        _MAPPED,
    ),
}
