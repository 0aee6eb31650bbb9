"""A source walked whole over loopback HTTP: listing to store, incremental, resumable, by real Scrapy."""

from __future__ import annotations

import json

import pytest
from loopback import Site, article, listing
from running import Desk


def keys(desk: Desk) -> list[str]:
    return desk.column("SELECT key FROM published ORDER BY key")


def everything(site: Site) -> set[str]:
    return {f"site:{path.removeprefix('/a/').removesuffix('.html')}" for path in site.pages if path.startswith("/a/")}


def test_every_article_of_every_listing_page_is_stored_once(site: Site, site_desk: Desk):
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 0, done.err
    assert set(keys(site_desk)) == everything(site)
    assert len(site.articles_asked()) == len(set(site.articles_asked())) == 24
    assert "24 added" in done.last_line
    assert done.last_line.endswith("(exit 0)")


def test_what_is_stored_is_what_the_page_says(site: Site, site_desk: Desk):
    site_desk.scrapy("crawl", "site")
    ((headline, credit, place, authors, local, dateline),) = site_desk.rows(
        "SELECT headline, credit, place, authors, published_local, dateline FROM published WHERE key = 'site:6'"
    )
    assert headline == "太原第6处社区食堂今日开门迎客"
    assert credit == "回环新闻网"
    assert (place, json.loads(authors)) == ("太原", ["李明远"])
    assert local == "2025-11-19T06:30+08:00"
    assert dateline == "中新网太原11月19日电 (记者 李明远)"


def test_a_second_run_asks_one_listing_page_and_no_article(site: Site, site_desk: Desk):
    site_desk.scrapy("crawl", "site")
    before = site_desk.rows("SELECT * FROM changes")
    site.asked.clear()
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 0
    assert site.asked == ["/robots.txt", "/list/1.html"]
    assert "0 added" in done.last_line
    assert site_desk.rows("SELECT * FROM changes") == before


def test_a_walk_stops_where_a_finished_walk_has_been(site: Site, site_desk: Desk):
    site_desk.scrapy("crawl", "site")
    site.put("/a/25.html", article(25))
    site.put("/list/1.html", listing([25, 24, 23, 22, 21, 20]))
    site.put("/list/2.html", listing([19, 18, 17, 16, 15, 14]))
    site.asked.clear()
    done = site_desk.scrapy("crawl", "site")
    assert "1 added" in done.last_line
    assert site.lists_asked() == ["/list/1.html", "/list/2.html"]
    assert site.articles_asked() == ["/a/25.html"]


def test_a_listing_page_that_fails_leaves_the_ground_unknown(site: Site, site_desk: Desk):
    """The pages behind a failed one are walked by the next run, although page 1 is known by then."""
    good = site.pages["/list/3.html"]
    site.put("/list/3.html", "broken", status=500)
    first = site_desk.scrapy("crawl", "site")
    assert first.code == 0
    assert "listing pages failed (http_500 1)" in first.last_line
    assert len(keys(site_desk)) == 12
    site.pages["/list/3.html"] = good
    second = site_desk.scrapy("crawl", "site")
    assert "12 added" in second.last_line
    assert set(keys(site_desk)) == everything(site)


BUSY = "<html><body>系统繁忙，请稍后再试</body></html>"


@pytest.mark.parametrize(("status", "body"), [(404, ""), (200, BUSY), (200, "")])
def test_a_listing_page_that_is_gone_or_empty_for_once_hides_nothing_behind_it(
    site: Site, site_desk: Desk, status: int, body: str
):
    good = site.pages["/list/3.html"]
    site.put("/list/3.html", body, status=status)
    first = site_desk.scrapy("crawl", "site")
    assert first.code == 0
    assert "1 listing pages failed" in first.last_line
    site.pages["/list/3.html"] = good
    assert "12 added" in site_desk.scrapy("crawl", "site").last_line
    assert set(keys(site_desk)) == everything(site)


def test_a_day_of_the_archive_without_links_is_asked_again(site: Site, site_desk: Desk):
    site.put("/day/2025-11-17.html", "<html><body>请输入验证码</body></html>")
    backfill = ("crawl", "site", "-a", "since=2025-11-17", "-a", "until=2025-11-17")
    done = site_desk.scrapy(*backfill)
    assert "1 listing pages failed (no_links 1)" in done.last_line
    assert "listing day, page 1 gave no article link (no_links)" in done.err
    site.put("/day/2025-11-17.html", listing([2, 1]))
    assert "2 added" in site_desk.scrapy(*backfill).last_line


def test_one_article_however_its_address_is_spelt(site: Site, site_desk: Desk):
    origin = site.origin
    twice = "".join(
        f'<li><a href="{href}">x</a></li>'
        for href in (
            "/a/7.html?from=list",
            "//" + origin.removeprefix("http://") + "/a/7.html#top",
            origin + "/a/7.html",
        )
    )
    site.put("/list/1.html", f'<ul class="list">{twice}</ul>')
    site.put("/list/2.html", listing([]))
    site_desk.scrapy("crawl", "site")
    assert keys(site_desk) == ["site:7"]


def test_failed_articles_are_counted_by_word_and_stay_open(site: Site, site_desk: Desk):
    del site.pages["/a/3.html"]
    site.put("/a/4.html", "gone", status=410)
    site.put("/a/5.html", "broken", status=500)
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 0
    assert "21 added" in done.last_line
    assert "3 failed (http_404 1, http_410 1, http_500 1)" in done.last_line
    ((errors,),) = site_desk.rows("SELECT errors FROM runs")
    assert json.loads(errors)["article http_500"] == 1


def test_a_failed_article_is_tried_again_when_its_time_has_come(site: Site, site_desk: Desk):
    good = site.pages["/a/5.html"]
    site.put("/a/5.html", "broken", status=500)
    site_desk.scrapy("crawl", "site")
    site.pages["/a/5.html"] = good
    at_once = site_desk.scrapy("crawl", "site")
    assert "0 added" in at_once.last_line
    later = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-11-19T12:00:00Z"})
    assert "1 added" in later.last_line
    assert set(keys(site_desk)) == everything(site)


def test_a_page_that_is_no_article_is_rejected_with_its_reason_and_not_asked_again(site: Site, site_desk: Desk):
    site.put("/a/9.html", article(9, body="<p></p>"))
    site.put("/a/10.html", "", status=302, Location="/")
    site.put("/a/11.html", b"%PDF-1.4", **{"Content-Type": "application/pdf"})
    done = site_desk.scrapy("crawl", "site")
    ((rejected,),) = site_desk.rows("SELECT rejected FROM runs")
    assert json.loads(rejected) == {"moved_home": 1, "no_body": 1, "not_html": 1}
    assert "3 rejected (moved_home 1, no_body 1, not_html 1)" in done.last_line
    site.asked.clear()
    site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-12-19T12:00:00Z"})
    assert site.articles_asked() == []


def test_an_article_of_three_pages_is_stored_as_one_with_all_its_records(site: Site, site_desk: Desk):
    three_pages(site)
    site_desk.scrapy("crawl", "site")
    ((text, identity),) = site_desk.rows("SELECT body_text, id FROM published WHERE key = 'site:12'")
    assert [line[:3] for line in text.split("\n")] == ["中新网", "第二页", "第三页"]
    assert len(site_desk.rows("SELECT 1 FROM captures WHERE key = 'site:12'")) == 3
    assert identity


def test_an_article_whose_page_2_fails_is_not_stored_and_is_tried_again_whole(site: Site, site_desk: Desk):
    three_pages(site)
    good = site.pages["/a/12_2.html"]
    site.put("/a/12_2.html", "broken", status=500)
    done = site_desk.scrapy("crawl", "site")
    assert "site:12" not in keys(site_desk)
    assert "23 added" in done.last_line
    site.pages["/a/12_2.html"] = good
    site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-11-19T12:00:00Z"})
    ((text,),) = site_desk.rows("SELECT body_text FROM published WHERE key = 'site:12'")
    assert "第三页" in text


def three_pages(site: Site) -> None:
    def page(text: str, following: str) -> str:
        bar = f'<div class="pages"><a href="{following}">下一页</a></div>' if following else ""
        return article(12, headline="社区食堂的三天", body=f"<p>{text}</p>", extra=bar)

    site.put(
        "/a/12.html",
        page("中新网太原11月19日电 (记者 李明远)第一页说的是第一天，人们排起了长队等候开门。", "12_2.html"),
    )
    site.put("/a/12_2.html", page("第二页说的是第二天，食堂里坐满了附近的老人，饭菜的香味飘出很远。", "/a/12_3.html"))
    site.put("/a/12_3.html", page("第三页说的是第三天，食堂负责人盘点了账目，决定再添六张桌子。", ""))


@pytest.mark.parametrize(
    ("status", "body", "location"),
    [
        (200, "<html><body><h1>抱歉</h1><p>您访问的页面不存在或已被删除</p></body></html>", ""),
        (200, "", ""),
        (302, "", "/"),
    ],
    ids=["soft 404", "empty", "redirect to the home page"],
)
def test_a_page_2_that_answers_and_is_none_leaves_the_article_to_be_tried_again_whole(
    site: Site, site_desk: Desk, status: int, body: str, location: str
):
    three_pages(site)
    good = site.pages["/a/12_2.html"]
    site.put("/a/12_2.html", body, status=status, **({"Location": location} if location else {}))
    done = site_desk.scrapy("crawl", "site")
    assert "site:12" not in keys(site_desk)
    assert "1 failed (broken_pages 1)" in done.last_line
    site.pages["/a/12_2.html"] = good
    site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-11-19T12:00:00Z"})
    ((text,),) = site_desk.rows("SELECT body_text FROM published WHERE key = 'site:12'")
    assert "第三页" in text


def test_an_article_that_is_not_where_it_was_linked_is_asked_at_its_own_address(site: Site, site_desk: Desk):
    """The list links article 24 by a spelling that answers 404; its canonical address is there."""
    site.put("/list/1.html", listing([24, 23]).replace("/a/24.html", "/b/24.html"))
    done = site_desk.scrapy("crawl", "site")
    assert "site:24" in keys(site_desk)
    assert "failed" not in done.last_line


def test_reading_one_address_again_keeps_what_the_listing_said_of_it(site: Site, site_desk: Desk):
    dateless = site.pages["/a/8.html"][2].decode().replace("2025-11-19 08:30", "")
    site.put("/a/8.html", dateless)
    site_desk.scrapy("crawl", "site")
    before = site_desk.rows("SELECT published_at, revision FROM published WHERE key = 'site:8'")
    done = site_desk.scrapy("crawl", "site", "-a", f"url={site.origin}/a/8.html")
    assert "1 unchanged" in done.last_line
    assert site_desk.rows("SELECT published_at, revision FROM published WHERE key = 'site:8'") == before
    assert before[0][0] == "2025-11-19T08:29:00Z"


def test_the_same_text_under_another_key_is_kept_once_and_recorded(site: Site, site_desk: Desk):
    site.pages["/a/13.html"] = site.pages["/a/14.html"]
    done = site_desk.scrapy("crawl", "site")
    assert "1 rejected (duplicate 1)" in done.last_line
    stored = set(keys(site_desk))
    assert len(stored & {"site:13", "site:14"}) == 1
    shown = site_desk.scrapy("show", "site:13", "--json")
    assert shown.code == 0, shown.err
    assert json.loads(shown.out)["headline"] == "运城第14处社区食堂今日开门迎客"


def test_limit_stops_after_so_many_articles(site: Site, site_desk: Desk):
    done = site_desk.scrapy("crawl", "site", "-a", "limit=3")
    assert done.code == 0
    assert len(keys(site_desk)) == 3
    site_desk.scrapy("crawl", "site")
    assert set(keys(site_desk)) == everything(site)


def test_one_address_alone_is_read_and_read_again(site: Site, site_desk: Desk):
    done = site_desk.scrapy("crawl", "site", "-a", f"url={site.origin}/a/8.html")
    assert (done.code, keys(site_desk)) == (0, ["site:8"])
    site.put("/a/8.html", article(8, headline="更正后的标题：社区食堂推迟开门"))
    again = site_desk.scrapy("crawl", "site", "-a", f"url={site.origin}/a/8.html")
    assert "1 revised" in again.last_line
    ((headline, revision),) = site_desk.rows("SELECT headline, revision FROM published")
    assert (headline, revision) == ("更正后的标题：社区食堂推迟开门", 2)
    kinds = site_desk.rows("SELECT kind, fields FROM changes ORDER BY seq")
    assert [kind for kind, _ in kinds] == ["added", "revised"]
    assert json.loads(kinds[1][1]) == ["headline"]


def test_a_backfill_walks_the_dated_archive_newest_day_first(site: Site, site_desk: Desk):
    site.put("/day/2025-11-18.html", listing([5, 4]))
    site.put("/day/2025-11-17.html", listing([2, 1]))
    site.put("/day/2025-11-16.html", listing([3]))
    done = site_desk.scrapy("crawl", "site", "-a", "since=2025-11-17", "-a", "until=2025-11-18")
    assert done.code == 0, done.err
    assert sorted(keys(site_desk)) == ["site:1", "site:2", "site:4", "site:5"]
    days = [path for path in site.asked if path.startswith("/day/")]
    assert days == ["/day/2025-11-18.html", "/day/2025-11-17.html"]
    site.asked.clear()
    site_desk.scrapy("crawl", "site", "-a", "since=2025-11-16", "-a", "until=2025-11-18")
    assert [path for path in site.asked if path.startswith("/day/")] == ["/day/2025-11-16.html"]
