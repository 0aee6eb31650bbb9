"""Any site from one address: a feed, a sitemap, a section, by real Scrapy over loopback HTTP."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from anywhere import XML, anywhere_site, crawl, key, keys, pages, rss, section, sitemap
from loopback import Site, article
from running import QUICK, Desk
from scrapy.utils.test import get_crawler

from newscrawl.errors import BadOption, StoreUnwritable
from newscrawl.fetch.project import file_name
from newscrawl.outcome import Kind
from newscrawl.sources import registry
from newscrawl.spiders.loader import SourceLoader
from newscrawl.spiders.plan import planned
from newscrawl.store.frontier import Frontier

__all__ = ["anywhere_site"]

URL = "https://example.com/"
WHEN = datetime(2025, 11, 19, 9, tzinfo=UTC)


@pytest.fixture
def table(tmp_path: Path) -> Desk:
    return Desk(tmp_path, dict(QUICK))


def test_the_first_run_of_a_feed_stores_all_and_the_second_asks_the_feed_alone(anywhere_site: Site, table: Desk):
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml")
    assert (code, sorted(keys(table))) == (0, sorted(map(key, pages(range(1, 9)))))
    assert "feed:127.0.0.1/rss.xml: done; 8 added" in line
    anywhere_site.asked.clear()
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml")
    assert (code, anywhere_site.asked) == (0, ["/robots.txt", "/rss.xml"])
    assert "0 added" in line
    assert table.column("SELECT DISTINCT source FROM runs") == ["feed:127.0.0.1/rss.xml"]
    assert table.column("SELECT DISTINCT source_name FROM published") == ["127.0.0.1"]


def test_a_page_that_has_changed_is_a_revision_of_the_article_in_its_own_lane(anywhere_site: Site, table: Desk):
    crawl(table, "feed", anywhere_site, "/rss.xml")
    anywhere_site.put("/a/3.html", article(3, headline="运城第3处社区食堂今日开门迎客（更正）"))
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml", "-a", "recheck=now")
    assert (code, "1 revised" in line) == (0, True)
    assert table.column("SELECT revision FROM published WHERE key = ?", key("/a/3.html")) == [2]
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml", NEWSCRAWL_NOW="2025-11-19T10:30:00Z")
    assert "8 unchanged" in line
    assert table.column("SELECT DISTINCT lane FROM links") == ["feed:127.0.0.1/rss.xml"]


def test_another_sites_links_are_passed_over_but_those_of_the_home_that_the_feed_names(
    anywhere_site: Site, table: Desk
):
    """The feed lies on one host and its articles on another, as feeds that somebody else serves do."""
    elsewhere = anywhere_site.origin.replace("127.0.0.1", "localhost")
    links = ("/a/1.html", f"{elsewhere}/a/2.html", "https://other.example/a/3.html", f"{anywhere_site.origin}/")
    settings = {"NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1, localhost"}
    anywhere_site.put("/rss.xml", rss(anywhere_site, *links), **XML)
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml", **settings)
    assert (code, keys(table)) == (0, [key("/a/1.html")])
    assert "2 passed over (other_site 2)" in line
    anywhere_site.put("/rss.xml", rss(anywhere_site, *links, home=f"{elsewhere}/"), **XML)
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml", **settings)
    assert keys(table) == [key("/a/1.html"), "localhost:localhost/a/2.html"]
    assert "1 passed over (other_site 1)" in line


def test_a_page_that_has_moved_and_one_that_is_a_copy_are_stored_under_the_name_of_where_they_are(
    anywhere_site: Site, table: Desk
):
    anywhere_site.put("/a/1.html", "", status=301, Location="/2025/moved.html")
    anywhere_site.put("/2025/moved.html", article(1))
    named = f'<link rel="canonical" href="{anywhere_site.origin}/a/9.html"></head>'
    anywhere_site.put("/print/9.html", article(9).replace("</head>", named))
    anywhere_site.put("/a/2.html", "", status=302, Location="/")
    elsewhere = anywhere_site.origin.replace("127.0.0.1", "localhost")
    anywhere_site.put("/a/4.html", "", status=302, Location=f"{elsewhere}/a/5.html")
    feed = rss(anywhere_site, "/a/1.html?utm_source=rss", "/print/9.html", "/a/2.html", "/a/3.html?spm=5", "/a/4.html")
    anywhere_site.put("/rss.xml", feed, **XML)
    settings = {"NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1, localhost"}
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml", **settings)
    assert (code, sorted(keys(table))) == (0, sorted(map(key, ("/2025/moved.html", "/a/9.html", "/a/3.html"))))
    assert "4 rejected (copy 2, moved_away 1, moved_home 1)" in line
    anywhere_site.asked.clear()
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml")
    assert anywhere_site.asked == ["/robots.txt", "/rss.xml"]


def naming(site: Site, number: int, original: str, html: str = "<html ") -> str:
    """The page of an article that names another address as its own."""
    named = f'<link rel="canonical" href="{site.origin}{original}"></head>'
    return article(number).replace("</head>", named).replace("<html ", html)


def test_a_copy_whose_original_is_not_to_be_had_is_read_as_what_it_is(anywhere_site: Site, table: Desk):
    originals = {9: "/a/99.html", 10: "/a/98.html", 11: "/private/11.html"}
    for number, original in originals.items():
        anywhere_site.put(f"/city/{number}.html", naming(anywhere_site, number, original))
    anywhere_site.put("/a/98.html", "<html><body><h1>抱歉</h1><p>您访问的页面不存在</p></body></html>")
    copies = [f"/city/{number}.html" for number in originals]
    anywhere_site.put("/rss.xml", rss(anywhere_site, *copies), **XML)
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml")
    assert (code, sorted(keys(table))) == (0, sorted(map(key, copies)))
    assert "2 failed (http_404 1, robots_forbidden 1)" in line
    anywhere_site.asked.clear()
    crawl(table, "feed", anywhere_site, "/rss.xml")
    assert anywhere_site.asked == ["/robots.txt", "/rss.xml"]


def test_an_address_that_all_pages_name_as_their_own_is_none_of_theirs(anywhere_site: Site, table: Desk):
    """Be it an article's, or nobody's; and AMP pages of it are its copies all the same."""
    site = anywhere_site
    told = [f"/view.php?id={number}" for number in range(1, 4)]
    for number in range(1, 9):
        site.put(f"/a/{number}.html", naming(site, number, "/a/1.html"))
    for number, path in enumerate(told, 21):
        site.put(path, naming(site, number, "/view.php"))
    site.put("/view.php", "<html><body><h1>抱歉</h1><p>您访问的页面不存在</p></body></html>")
    for spelling in ("/amp/a/1.html", "/m/1.html"):
        site.put(spelling, naming(site, 30, "/a/1.html", "<html amp "))
    site.put("/rss.xml", rss(site, "/amp/a/1.html", *pages(range(2, 9)), *told, "/m/1.html", "/a/1.html"), **XML)
    code, line = crawl(table, "feed", site, "/rss.xml")
    assert (code, sorted(keys(table))) == (0, sorted(map(key, (*pages(range(1, 9)), *told)))), line
    one_by_one = table.folder / "one_by_one.db"
    for number in range(2, 5):
        site.put("/rss.xml", rss(site, f"/a/{number}.html", "/a/1.html"), **XML)
        crawl(table, "feed", site, "/rss.xml", NEWSCRAWL_DB=str(one_by_one))
    with sqlite3.connect(one_by_one) as db:
        assert db.execute("SELECT count(*) FROM published").fetchone() == (3,)
    db.close()


def test_when_all_articles_redirect_to_one_page_the_run_looks_broken_and_they_are_asked_again(
    anywhere_site: Site, table: Desk
):
    site, paths = anywhere_site, pages(range(1, 9))
    for path in paths:
        site.put(path, "", status=302, Location="/sorry.html")
    site.put("/sorry.html", "<html><body><h1>系统维护中</h1><p>请稍后再来</p></body></html>")
    code, line = crawl(table, "feed", site, "/rss.xml")
    assert (code, "8 of 9 new articles lead to a page that is none of theirs" in line) == (3, True), line
    assert "8 failed (moved_nowhere 8)" in line
    for path in paths:
        site.put(path, article(int(path[3:-5])))
    code, line = crawl(table, "feed", site, "/rss.xml", NEWSCRAWL_NOW="2025-11-19T09:30:00Z")
    assert (code, sorted(keys(table))) == (0, sorted(map(key, paths))), line


def test_an_article_that_is_stored_keeps_its_name_whatever_its_page_says(anywhere_site: Site, table: Desk):
    """One that had vanished has another when it has moved."""
    crawl(table, "feed", anywhere_site, "/rss.xml")
    anywhere_site.put("/a/1.html", naming(anywhere_site, 21, "/2025/21.html"))
    anywhere_site.put("/a/2.html", "", status=301, Location="/2025/22.html")
    anywhere_site.put("/a/3.html", "", status=404)
    for number in (21, 22, 23):
        anywhere_site.put(f"/2025/{number}.html", article(number))
    for hour in (11, 14, 19):
        _, line = crawl(table, "feed", anywhere_site, "/rss.xml", NEWSCRAWL_NOW=f"2025-11-19T{hour}:00:00Z")
    shown = ["/a/1.html", "/a/2.html", *pages(range(4, 9))]
    assert sorted(keys(table)) == sorted(map(key, shown))
    assert "rejected (moved_away 1)" in line
    anywhere_site.put("/a/3.html", "", status=301, Location="/2025/23.html")
    crawl(table, "feed", anywhere_site, "/rss.xml", NEWSCRAWL_NOW="2025-11-19T23:00:00Z")
    assert sorted(keys(table)) == sorted(map(key, [*shown, "/2025/23.html"]))
    assert table.column("SELECT revision FROM published WHERE key = ?", key("/a/1.html")) == [2]


def test_a_later_page_that_names_the_first_is_no_article_of_its_own(anywhere_site: Site, table: Desk):
    site = anywhere_site
    site.put("/a/11.html", article(11, extra='<div class="pages"><a href="/a/11_2.html">下一页</a></div>'))
    for page in (2, 3):
        more = f'<div class="pages"><a href="/a/11_{page + 1}.html">下一页</a></div>' if page == 2 else ""
        later = article(11, body=f"<p>到了第{page}天，食堂里坐满了附近的老人，饭菜的香味飘出很远。</p>", extra=more)
        named = f'<link rel="canonical" href="{site.origin}/a/11.html"></head>'
        site.put(f"/a/11_{page}.html", later.replace("</head>", named))
    site.put("/map.xml", sitemap(site, "/a/11_2.html", "/a/11_3.html", "/a/11.html"), **XML)
    code, line = crawl(table, "sitemap", site, "/map.xml")
    assert (code, keys(table)) == (0, [key("/a/11.html")]), line
    assert "第3天" in table.column("SELECT body_text FROM published")[0]


def test_an_article_of_several_pages_is_read_whole_and_a_list_of_several_is_left_at_its_first(
    anywhere_site: Site, table: Desk
):
    site = anywhere_site
    site.put("/a/1.html", article(1, extra='<div class="pages"><a href="1_2.html">下一页</a></div>'))
    site.put("/a/1_2.html", article(1, body="<p>第二天，食堂里坐满了附近的老人，饭菜的香味飘出很远，直到傍晚。</p>"))
    for page in range(1, 6):
        path = f"/news/list_{page}.html" if page > 1 else "/news/list.html"
        site.put(path, section(range(1, 13), f"/news/list_{page + 1}.html"))
    site.put("/rss.xml", rss(site, "/a/1.html", "/news/list.html"), **XML)
    code, _ = crawl(table, "feed", site, "/rss.xml")
    assert (code, keys(table)) == (0, [key("/a/1.html")])
    assert "第二天" in table.column("SELECT body_text FROM published")[0]
    assert [path for path in site.asked if path.startswith("/news/")] == ["/news/list.html"]


def test_a_run_that_was_killed_is_resumed_and_a_second_one_beside_it_finds_the_lock(anywhere_site: Site, table: Desk):
    first = table.start("crawl", "feed", "-a", f"url={anywhere_site.origin}/rss.xml")
    held: list[tuple[int, str]] = []

    def act() -> None:
        if not held:
            held.append(crawl(table, "feed", anywhere_site, "/rss.xml"))
            first.kill()

    anywhere_site.when("/a/5.html", act)
    assert first.wait(60) == -signal.SIGKILL
    ((code, line),) = held
    assert (code, "another run holds the lock" in line) == (4, True)
    status = table.scrapy("status")
    assert "feed:127.0.0.1/rss.xml" in status.out
    assert "was killed; the next run resumes its work" in status.out
    code, line = crawl(table, "feed", anywhere_site, "/rss.xml")
    assert (code, sorted(keys(table))) == (0, sorted(map(key, pages(range(1, 9)))))


def test_two_start_addresses_of_a_site_go_side_by_side_and_store_an_article_once(anywhere_site: Site, table: Desk):
    anywhere_site.put("/other.xml", rss(anywhere_site, *pages(range(5, 13))), **XML)
    other: list[tuple[int, str]] = []

    def act() -> None:
        if not other:
            other.append(crawl(table, "feed", anywhere_site, "/other.xml"))

    anywhere_site.when("/a/1.html", act)
    assert crawl(table, "feed", anywhere_site, "/rss.xml")[0] == 0
    assert other[0][0] == 0
    assert sorted(keys(table)) == sorted(map(key, pages(range(1, 13))))
    ran = table.rows("SELECT source, outcome FROM runs ORDER BY source")
    assert ran == [("feed:127.0.0.1/other.xml", "done"), ("feed:127.0.0.1/rss.xml", "done")]
    locks = [path.name for path in table.db.parent.glob("*.lock")]
    assert len(locks) == 2
    assert all(name.startswith("news.db.feed-127.0.0.1-") for name in locks)


# -- how it went -------------------------------------------------------------------------------------------------------

ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'


@pytest.mark.parametrize(
    ("way", "path", "code", "words"),
    [
        ("feed", "/none.xml", 3, "no listing gave an article link (http_404 1)"),
        ("feed", "/empty.xml", 3, "no listing gave an article link (no_links 1)"),
        ("feed", "/down.xml", 5, "every listing failed (http_503 1)"),
        ("feed", "/section/", 3, "/section/ is a web page and no feed: use `scrapy crawl listing -a url=http://"),
        ("feed", "/section/", 3, "/section/`, or the feed that it names: `scrapy crawl feed -a url=http://"),
        ("feed", "/map.xml", 3, "/map.xml is a sitemap and no feed: use `scrapy crawl sitemap -a url="),
        ("listing", "/rss.xml", 3, "/rss.xml is a feed and no web page: use `scrapy crawl feed -a url="),
        ("listing", "/map.xml", 3, "/map.xml is a sitemap and no web page: use `scrapy crawl sitemap -a url="),
        ("listing", "/nothing.html", 3, "no article link in listing"),
        ("sitemap", "/section/", 3, "/section/ is a web page and no sitemap: use `scrapy crawl listing -a url="),
        ("sitemap", "/none.xml", 3, "no listing gave an article link (http_404 1)"),
    ],
)
def test_what_is_no_such_listing_is_told_in_words(
    anywhere_site: Site, table: Desk, way: str, path: str, code: int, words: str
):
    anywhere_site.put("/empty.xml", rss(anywhere_site), **XML)
    anywhere_site.put("/down.xml", "", status=503)
    anywhere_site.put("/section/", f"<html><head>{ALTERNATE}</head><body><a href='/a/1.html'>x</a></body></html>")
    anywhere_site.put("/nothing.html", "<html><body><p>关于我们</p><a href='/'>首页</a></body></html>")
    anywhere_site.put("/map.xml", sitemap(anywhere_site, "/a/1.html"), **XML)
    found, line = crawl(table, way, anywhere_site, path)
    assert (found, words in line) == (code, True), line


@pytest.mark.parametrize(
    ("name", "arguments", "complaint"),
    [
        ("feed", {}, "-a url: is missing: scrapy crawl feed -a url=ADDRESS, where ADDRESS is an RSS or Atom feed"),
        ("feed", {"url": "example.com/rss"}, "-a url: example.com/rss is no address; write https://HOST/PATH"),
        ("feed", {"url": "https://me:secret@example.com/"}, "is no address; write https://HOST/PATH, without a user"),
        ("feed", {"url": "  "}, "-a url"),
        ("sitemap", {"url": URL, "since": "2025-11-01"}, "-a since: is for sources that declare a dated archive"),
        ("sitemap", {"url": URL, "until": "2025-11-01"}, "-a until: is for sources that declare a dated archive"),
        ("listing", {"url": URL, "limit": "many"}, "-a limit: 'many' is no number from 1"),
        ("listing", {"url": URL, "recheck": "all"}, "-a recheck: is given as recheck=now"),
        ("listing", {"url": URL, "depth": "3"}, "-a depth: is not known; use url, limit or recheck"),
        ("example.com", {}, "example.com: is no source; of another site -a url=ADDRESS reads one article of that host"),
        ("other.example", {"url": URL + "a/1.html"}, "other.example: is no source; of another site"),
        ("no host.", {"url": "nonsense"}, "no host.: is no source; of another site"),
        ("www.chinanews.com", {"url": "https://www.chinanews.com/a"}, "www.chinanews.com: is no source"),
        ("nobody", {"url": URL}, "nobody: is no source; there are "),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(name: str, arguments: dict[str, str], complaint: str):
    with pytest.raises(BadOption) as refused:
        planned(name, arguments, registry(), WHEN)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("way", "url", "name"),
    [
        ("feed", "https://www.example.com/rss.xml", "feed:example.com/rss.xml"),
        ("feed", "http://m.example.com:8080//rss.xml#top", "feed:example.com/rss.xml"),
        ("feed", "https://example.com/?format=feed&type=rss", "feed:example.com/?format=feed&type=rss"),
        ("feed", "https://example.com/rss?n=20&token=letmein", "feed:example.com/rss?n=20&token=ddbe42f7"),
        ("feed", "https://example.com/rss?id=abc123xyz", "feed:example.com/rss?id=57e08197"),
        ("feed", "https://example.com/rss?0f1e2d3c4b5a", "feed:example.com/rss?1d9bb0a6"),
        ("sitemap", "https://EXAMPLE.com", "sitemap:example.com/"),
        ("listing", "https://news.example.com/国内/", "listing:news.example.com/国内/"),
    ],
)
def test_a_start_address_has_one_name_however_it_is_spelt_and_a_file_of_its_own(way: str, url: str, name: str):
    run, plan = planned(way, {"url": url}, registry(), WHEN)
    assert (run.name, run.kind, plan.url) == (name, Kind.WHOLE, None)
    assert run.source.slug in name
    assert re.fullmatch(r"[\w.-]+-[0-9a-f]{8}", file_name(run.name), re.ASCII)


def test_one_article_of_a_site_is_asked_under_any_name_of_its_host():
    run, plan = planned("www.example.com", {"url": "https://m.example.com/a/1.html"}, registry(), WHEN)
    assert (run.name, plan.url) == ("example.com", "https://m.example.com/a/1.html")


def test_a_start_that_fails_before_anything_is_asked_ends_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise StoreUnwritable("the store cannot be read")

    monkeypatch.setattr(Frontier, "settled", broken)
    crawler = get_crawler(SourceLoader(registry()).load("feed"), {"NEWSCRAWL_DB": str(tmp_path / "news.db")})
    spider = crawler._create_spider(url=URL)
    with pytest.raises(StoreUnwritable):
        asyncio.run(anext(aiter(spider.start())))
    spider.closed("shutdown")


def test_names_of_files_are_a_slugs_own_and_no_two_of_start_addresses_alike():
    assert file_name("chinanews") == "chinanews"
    names = ["feed:a.example/x?y", "feed:a.example/x-y", "feed:a.example/x/y", f"feed:a.example/{'z' * 99}"]
    names += [f"feed:a.example/{'z' * 98}", "feed:A.example/x-y"]
    assert len({file_name(name).lower() for name in names}) == len(names)
    assert max(map(len, map(file_name, names))) < 72


def test_no_source_may_be_named_as_the_spiders_for_any_site():
    with pytest.raises(ValueError, match="scrapy crawl has a spider for any site of that name"):
        attrs.evolve(registry().get("chinanews"), slug="feed")


def test_scrapy_list_has_the_sources_and_the_ways_to_walk_any_site(table: Desk):
    listed = table.scrapy("list").out.split()
    assert {"chinanews", "feed", "sitemap", "listing"} <= set(listed)


def test_a_start_address_is_watched_like_a_source(anywhere_site: Site, table: Desk):
    crawl(table, "feed", anywhere_site, "/rss.xml")
    crawl(table, "feed", anywhere_site, "/gone.xml")
    done = table.scrapy("status", "--json")
    told = {row["source"]: row for row in json.loads(done.out)}
    assert done.code == 3
    assert told["feed:127.0.0.1/rss.xml"]["healthy"] is True
    assert told["feed:127.0.0.1/rss.xml"]["fresh"] == 8
    assert told["feed:127.0.0.1/gone.xml"]["healthy"] is False
    later = table.scrapy("status", "--json", settings={"NEWSCRAWL_NOW": "2025-11-21T09:00:00Z"})
    assert later.code == 0
    assert "gone.xml" not in later.out
