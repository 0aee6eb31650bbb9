"""Sitemaps and sections of any site, walked by real Scrapy over loopback HTTP; what operators do with its articles."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from anywhere import XML, anywhere_site, crawl, index, key, keys, pages, rss, section, sitemap
from loopback import Site, article
from running import QUICK, Desk

__all__ = ["anywhere_site"]


@pytest.fixture
def table(tmp_path: Path) -> Desk:
    return Desk(tmp_path, dict(QUICK))


def all_of(numbers: range) -> list[str]:
    return sorted(map(key, pages(numbers)))


# -- sitemaps ----------------------------------------------------------------------------------------------------------


def test_an_index_is_walked_part_by_part_and_what_has_not_changed_is_not_asked_again(anywhere_site: Site, table: Desk):
    site = anywhere_site
    site.put("/new.xml", sitemap(site, *pages(range(7, 13))), **XML)
    site.put("/old.xml.gz", gzip.compress(sitemap(site, *pages(range(1, 7))).encode()), Content_Type="application/gzip")
    parts = {"/old.xml.gz": "2025-11-01", "/new.xml": "2025-11-19T08:00:00+08:00"}
    site.put("/sitemap.xml", index(site, parts), **XML)
    code, line = crawl(table, "sitemap", site, "/sitemap.xml")
    assert (code, sorted(keys(table))) == (0, all_of(range(1, 13))), line
    assert site.asked[1:3] == ["/sitemap.xml", "/new.xml"]
    assert "12 links (12 new) in 3 listing pages" in line
    site.asked.clear()
    site.put("/a/13.html", article(13))
    site.put("/new.xml", sitemap(site, *pages(range(7, 14))), **XML)
    code, line = crawl(table, "sitemap", site, "/sitemap.xml", NEWSCRAWL_NOW="2025-11-19T12:30:00Z")
    assert "1 added" in line
    asked = [path for path in site.asked if path.endswith((".xml", ".gz"))]
    assert asked == ["/sitemap.xml", "/new.xml"]
    site.asked.clear()
    code, line = crawl(table, "sitemap", site, "/sitemap.xml", NEWSCRAWL_NOW="2025-11-21T12:30:00Z")
    assert (code, "/new.xml" in site.asked) == (0, True)
    site.asked.clear()
    code, line = crawl(table, "sitemap", site, "/sitemap.xml", NEWSCRAWL_NOW="2025-11-21T13:30:00Z")
    assert (code, site.asked) == (0, ["/robots.txt", "/sitemap.xml"])
    assert "0 links (0 new) in 1 listing pages (1 not modified)" in line


def test_a_general_sitemap_is_larger_than_a_page_may_be_and_its_lists_are_not_asked(anywhere_site: Site, table: Desk):
    site = anywhere_site
    lists = [f"/tag/{word}/" for word in ("shequ", "shitang", "taiyuan", *(f"food-{n}" for n in range(40)))]
    site.put("/map.xml", sitemap(site, "/", *lists, *pages(range(1, 13))), **XML)
    code, line = crawl(table, "sitemap", site, "/map.xml", DOWNLOAD_MAXSIZE="2048")
    assert (code, sorted(keys(table))) == (0, all_of(range(1, 13))), line
    assert f"{1 + len(lists)} passed over (list_page {1 + len(lists)})" in line
    assert len(site.pages["/map.xml"][2]) > 2048
    assert not set(lists) & set(site.asked)


def test_a_part_that_fails_is_asked_again_and_a_limit_asks_no_part_more_than_it_needs(anywhere_site: Site, table: Desk):
    site = anywhere_site
    site.put("/one.xml", sitemap(site, *pages(range(1, 4))), **XML)
    parts = {"/one.xml": "2025-11-19T08:00:00Z", "/two.xml": "2025-10-19T08:00:00Z"}
    site.put("/sitemap.xml", index(site, parts), **XML)
    code, line = crawl(table, "sitemap", site, "/sitemap.xml", "-a", "limit=2")
    assert (code, len(keys(table))) == (0, 2)
    assert "/two.xml" not in site.asked
    code, line = crawl(table, "sitemap", site, "/sitemap.xml")
    assert (code, "1 listing pages failed (http_404 1)" in line) == (0, True)
    site.put("/two.xml", sitemap(site, *pages(range(4, 7))), **XML)
    code, line = crawl(table, "sitemap", site, "/sitemap.xml")
    assert sorted(keys(table)) == all_of(range(1, 7))


def test_one_article_found_by_feed_and_by_sitemap_is_stored_once_and_asked_once(anywhere_site: Site, table: Desk):
    site = anywhere_site
    site.put("/map.xml", sitemap(site, *pages(range(5, 13))), **XML)
    crawl(table, "feed", site, "/rss.xml")
    code, line = crawl(table, "sitemap", site, "/map.xml")
    assert (code, "4 added" in line) == (0, True)
    assert sorted(keys(table)) == all_of(range(1, 13))
    assert sorted(site.articles_asked()) == sorted(pages(range(1, 13)))


# -- sections ----------------------------------------------------------------------------------------------------------


def test_a_section_is_walked_to_known_ground(anywhere_site: Site, table: Desk):
    site = anywhere_site
    for number in range(13, 31):
        site.put(f"/a/{number}.html", article(number))
    for page in range(3):
        newest = 30 - page * 10
        following = f"/news/index_{page + 2}.html" if page < 2 else None
        path = f"/news/index_{page + 1}.html" if page else "/news/"
        site.put(path, section(range(newest, newest - 10, -1), following))
    code, line = crawl(table, "listing", site, "/news/")
    assert (code, sorted(keys(table))) == (0, all_of(range(1, 31))), line
    assert site.asked.count("/news/index_3.html") == 1
    site.asked.clear()
    site.put("/a/31.html", article(31))
    site.put("/news/", section(range(31, 21, -1), "/news/index_2.html"))
    code, line = crawl(table, "listing", site, "/news/")
    assert (code, "1 added" in line) == (0, True)
    assert "/news/index_3.html" not in site.asked
    assert site.articles_asked() == ["/a/31.html"]


def test_pages_whose_like_were_no_articles_are_not_asked(anywhere_site: Site, table: Desk):
    """The first runs learn it; a link that was found before is closed unasked."""
    site = anywhere_site
    empty = [f"/stories/where-the-town-goes-to-eat-{number}.html" for number in range(60)]
    for path in empty:
        site.put(path, "<html><body><h1>投票</h1><form><input></form></body></html>")
    site.put("/map.xml", sitemap(site, *empty, *pages(range(1, 13))), **XML)
    code, line = crawl(table, "sitemap", site, "/map.xml")
    assert (code, sorted(keys(table))) == (0, all_of(range(1, 13))), line
    asked = len([path for path in site.asked if path in empty])
    assert 4 <= asked < 60
    assert f"{60 - asked} passed over (list_page {60 - asked})" in line
    site.asked.clear()
    crawl(table, "sitemap", site, "/map.xml", NEWSCRAWL_NOW="2025-11-19T12:30:00Z")
    assert not [path for path in site.asked if path in empty]


def test_a_bad_hour_condemns_no_pages_for_good(anywhere_site: Site, table: Desk):
    """A few are tried in every run, and what was closed unasked is opened when they turn out well."""
    site = anywhere_site
    paths = [f"/city/x{number}.html" for number in range(60)]
    for path in paths:
        site.put(path, "<html><head><title>稍候</title></head><body><p>checking</p></body></html>")
    site.put("/map.xml", sitemap(site, *pages(range(1, 6)), *paths[:50]), **XML)
    assert "15 passed over (list_page 15)" in crawl(table, "sitemap", site, "/map.xml")[1]
    for number, path in enumerate(paths, 100):
        site.put(path, article(number))
    site.put("/map.xml", sitemap(site, *paths[50:], *pages(range(1, 6)), *paths[:50]), **XML)
    for hour in (10, 11):
        crawl(table, "sitemap", site, "/map.xml", NEWSCRAWL_NOW=f"2025-11-19T{hour}:00:00Z")
    stored = {path for path in paths if key(path) in keys(table)}
    assert stored == set(paths[35:]), len(stored)


def test_a_site_that_answers_everybody_with_a_page_that_is_none_looks_broken_and_is_not_asked_to_its_end(
    anywhere_site: Site, table: Desk
):
    site = anywhere_site
    paths = pages(range(1, 121))
    for path in paths:
        site.put(path, "<html><body><h1>请输入验证码</h1><form><input></form></body></html>")
    site.put("/map.xml", sitemap(site, *paths), **XML)
    code, line = crawl(table, "sitemap", site, "/map.xml")
    asked = len(site.articles_asked())
    assert (code, asked < 60) == (3, True), line
    assert "passed over" not in line
    assert f"none of the {asked} pages that were asked is an article, and none ever was" in line
    for path in paths:
        site.put(path, article(int(path[3:-5])))
    code, line = crawl(table, "sitemap", site, "/map.xml")
    assert (code, f"{120 - asked} added" in line) == (0, True), line


def test_a_feed_whose_pages_cannot_be_read_looks_broken(anywhere_site: Site, table: Desk):
    for path in pages(range(1, 9)):
        anywhere_site.put(path, "<html><body><div id='app'></div><script>load()</script></body></html>")
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml")
    assert (code, "none of the 8 pages that were asked is an article" in line) == (3, True), line


def test_a_run_that_goes_on_knows_the_domain_of_its_links_and_an_index_names_no_other(anywhere_site: Site, table: Desk):
    """A feed on one domain with articles on another: what moved, and what is a copy, is so in a resumed run, too."""
    site = anywhere_site
    other = site.origin.replace("127.0.0.1", "localhost")
    both = {"NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1, localhost"}
    site.put("/old/3.html", "", status=301, Location="/a/3.html")
    named = f'<link rel="canonical" href="{other}/a/4.html"></head>'
    site.put("/amp/a/4.html", article(4, extra="<p>更多内容请看本站首页。</p>").replace("</head>", named))
    links = [f"{other}{path}" for path in ("/a/1.html", "/old/3.html", "/amp/a/4.html", "/a/4.html")]
    site.put("/rss.xml", rss(site, *links, home=f"{other}/"), **XML)
    crawl(table, "feed", site, "/rss.xml", "-a", "limit=1", **both)
    code, line = crawl(table, "feed", site, "/rss.xml", **both)
    wanted = [f"localhost:localhost/a/{number}.html" for number in (1, 3, 4)]
    assert (code, sorted(keys(table))) == (0, wanted), line
    assert table.column("SELECT count(*) FROM links WHERE state = 'open'") == [0]
    foreign = sitemap(site, "/a/5.html", "/a/6.html").replace("127.0.0.1", "localhost")
    site.put("/part.xml", foreign, **XML)
    site.put("/own.xml", sitemap(site, "/a/7.html"), **XML)
    parts = index(site, {"/part.xml": "2025-11-19", "/own.xml": "2025-11-18"}).replace("127.0.0.1", "localhost", 1)
    site.put("/sitemap.xml", parts, **XML)
    code, line = crawl(table, "sitemap", site, "/sitemap.xml", **both)
    assert (code, sorted(keys(table))) == (0, [key("/a/7.html"), *wanted])
    assert "2 passed over (other_site 2)" in line


# -- known publishers --------------------------------------------------------------------------------------------------


@pytest.fixture
def site_table(tmp_path: Path, anywhere_site: Site) -> Desk:
    """The site is a known publisher's here."""
    return Desk(tmp_path, QUICK | {"SPIDER_MODULES": "site_sources"}, {"SITE_ORIGIN": anywhere_site.origin})


def test_a_start_address_of_a_known_publisher_is_read_by_its_rules(anywhere_site: Site, site_table: Desk):
    site = anywhere_site
    code, line = crawl(site_table, "feed", site, "/rss.xml")
    assert (code, keys(site_table)[0].partition(":")[0]) == (0, "site")
    assert site_table.column("SELECT DISTINCT source_name FROM published") == ["回环新闻网"]
    assert site_table.column("SELECT source FROM runs") == ["feed:127.0.0.1/rss.xml"]
    site.put("/map.xml", sitemap(site, "/about.html", *pages(range(5, 13))), **XML)
    crawl(site_table, "sitemap", site, "/map.xml")
    site.put("/news/", section(range(12, 0, -1), None) + '<a href="/about.html">关于</a>')
    code, line = crawl(site_table, "listing", site, "/news/")
    assert (code, "12 links (0 new)" in line) == (0, True)
    assert len(keys(site_table)) == 12
    assert "/about.html" not in site.asked
    told = json.loads(site_table.scrapy("status", "--json").out)
    assert [row["source"] for row in told if row["healthy"]] == [
        "feed:127.0.0.1/rss.xml",
        "listing:127.0.0.1/news/",
        "sitemap:127.0.0.1/map.xml",
    ]


def test_a_site_that_gets_a_source_file_is_stored_once_and_what_was_taken_down_stays_down(
    anywhere_site: Site, site_table: Desk
):
    site, table = anywhere_site, site_table
    nobodys = {"SPIDER_MODULES": "newscrawl.sources"}
    crawl(table, "feed", site, "/rss.xml", "-a", "limit=3", **nobodys)
    one, two, three = (old.removeprefix("127.0.0.1:127.0.0.1") for old in keys(table))
    assert table.scrapy("takedown", key(one), "--reason", "court", settings=nobodys).code == 0
    ids = table.column("SELECT id FROM published ORDER BY id")
    site.asked.clear()
    code, line = crawl(table, "feed", site, "/rss.xml")
    assert (code, "5 added" in line) == (0, True), line
    assert sorted(site.asked) == sorted({"/robots.txt", "/rss.xml", *pages(range(1, 9))} - {one, two, three})
    assert table.column("SELECT id FROM published WHERE id IN (?, ?) ORDER BY id", *ids) == ids
    assert sorted(keys(table)) == sorted(f"site:{n}" for n in range(1, 9) if f"/a/{n}.html" != one)
    site.asked.clear()
    assert crawl(table, "feed", site, "/rss.xml")[0] == 0
    assert site.asked == ["/robots.txt", "/rss.xml"]
    assert table.scrapy("takedown", site.origin + two, "--reason", "author").code == 0
    assert "court" in table.scrapy("show", key(one)).err
    assert table.scrapy("restore", key(one)).code == 0
    assert sorted(keys(table)) == sorted(f"site:{n}" for n in range(1, 9) if f"/a/{n}.html" != two)


# -- what operators do with articles of any site -----------------------------------------------------------------------


def test_takedown_restore_show_reread_export_and_publish_know_articles_of_any_site(anywhere_site: Site, table: Desk):
    site = anywhere_site
    crawl(table, "feed", site, "/rss.xml")
    url = f"{site.origin}/a/3.html"
    shown = table.scrapy("show", f"{url}?utm_source=x", "--json")
    assert json.loads(shown.out)["key"] == key("/a/3.html")
    again = table.scrapy("reread", "--source", "127.0.0.1", "--json")
    assert json.loads(again.out.splitlines()[0])["summary"]["unchanged"] == 8
    down = table.scrapy("takedown", url, "--reason", "court order")
    assert (down.code, f"{key('/a/3.html')} is taken down" in down.out) == (0, True), down.err
    unseen = table.scrapy("takedown", f"{site.origin}/a/12.html", "--reason", "asked")
    assert "was not stored; it is kept out from now on" in unseen.out
    site.put("/rss.xml", rss(site, *pages(range(1, 13))), **XML)
    code, line = crawl(table, "feed", site, "/rss.xml", "-a", "recheck=now")
    assert (code, len(keys(table))) == (0, 10), line
    refused = table.scrapy("crawl", "127.0.0.1", "-a", f"url={url}")
    assert (refused.code, "was taken down; `scrapy restore" in refused.err) == (1, True)
    back = table.scrapy("restore", key("/a/3.html"))
    assert (back.code, key("/a/3.html") in keys(table)) == (0, True), back.err
    assert table.column("SELECT lane FROM links WHERE key = ?", key("/a/3.html")) == ["feed:127.0.0.1/rss.xml"]
    export = table.scrapy("export", "--format", "jsonl")
    assert len(export.out.splitlines()) == 11
    made = table.scrapy("publish", "site", settings={"NEWSCRAWL_SITE": '{"base": "https://reprint.example"}'})
    assert made.code == 0, made.err
    assert "127.0.0.1" in (table.folder / "site" / "index.html").read_text("utf-8")


def test_what_is_taken_down_comes_back_by_none_of_its_copies(anywhere_site: Site, table: Desk):
    """Neither by one that is found later, nor by one that names an address from which it had moved; and a copy's
    address names the article."""
    site = anywhere_site
    site.put("/old/3.html", "", status=301, Location="/a/3.html")
    for copy, original in (
        ("/amp/a/3.html", "/a/3.html"),
        ("/print/3.html", "/old/3.html"),
        ("/m/3.html", "/a/3.html"),
    ):
        page = article(3, extra=f"<p>这里是{copy[1:4]}版，更多内容请看本站首页。</p>")
        named = f'<link rel="canonical" href="{site.origin}{original}"></head>'
        site.put(copy, page.replace("</head>", named))
    site.put("/rss.xml", rss(site, "/old/3.html", "/a/3.html", "/amp/a/3.html"), **XML)
    code, line = crawl(table, "feed", site, "/rss.xml")
    assert (code, keys(table)) == (0, [key("/a/3.html")]), line
    down = table.scrapy("takedown", f"{site.origin}/amp/a/3.html", "--reason", "court order")
    assert f"{key('/a/3.html')} is taken down" in down.out, down.err
    assert table.column("SELECT count(*) FROM captures WHERE key LIKE '%/3.html'") == [0]
    site.put("/rss.xml", rss(site, "/print/3.html", "/m/3.html", "/a/1.html"), **XML)
    code, line = crawl(table, "feed", site, "/rss.xml")
    assert (code, keys(table), "2 rejected (withdrawn 2)" in line) == (0, [key("/a/1.html")], True), line
    assert table.column("SELECT DISTINCT key FROM captures") == [key("/a/1.html")]


def test_a_rule_for_a_host_holds_for_its_articles(anywhere_site: Site, table: Desk):
    crawl(table, "feed", anywhere_site, "/rss.xml", NEWSCRAWL_REPRINT='{"*": "hold", "127.0.0.1": "link"}')
    assert set(table.column("SELECT reprint FROM published")) == {"link"}
    assert len(keys(table)) == 8


def test_one_article_of_any_site_is_read_by_its_address(anywhere_site: Site, table: Desk):
    named = f'<link rel="canonical" href="{anywhere_site.origin}/a/3.html"></head>'
    anywhere_site.put("/city/3.html", article(3).replace("</head>", named))
    done = table.scrapy("crawl", "127.0.0.1", "-a", f"url={anywhere_site.origin}/city/3.html")
    assert (done.code, keys(table)) == (0, [key("/a/3.html")]), done.err
    assert table.scrapy("status").code == 0


def test_a_day_to_come_that_is_only_printed_is_an_events_and_one_in_the_data_of_an_article_is_asked_again(
    anywhere_site: Site, table: Desk
):
    printed = article(1).replace("2025-11-19", "2025-11-23")
    told = '{"@type": "NewsArticle", "datePublished": "2025-11-23T09:00:00Z"}'
    data = f'<script type="application/ld+json">{told}</script>'
    anywhere_site.put("/a/1.html", printed)
    anywhere_site.put("/a/2.html", article(2).replace("</head>", f"{data}</head>"))
    anywhere_site.put("/map.xml", sitemap(anywhere_site, *pages(range(1, 4))), **XML)
    crawl(table, "sitemap", anywhere_site, "/map.xml")
    assert table.rows("SELECT state, reason FROM links ORDER BY key") == [
        ("rejected", "in_the_future"),
        ("open", "in_the_future"),
        ("stored", None),
    ]
