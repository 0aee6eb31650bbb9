"""Stored articles asked again by real Scrapy over loopback HTTP: corrections, removals, outages, ETags."""

from __future__ import annotations

import json
import signal

import pytest
from loopback import Site, article, listing
from running import Desk, Done

HOUR = {"NEWSCRAWL_NOW": "2025-11-19T10:01:00Z"}
"""Everything was stored at 09:00: so the first check is due."""


@pytest.fixture
def fresh_site(site: Site) -> Site:
    """Six articles of the day, on four listing pages."""
    for page, numbers in enumerate(([6, 5], [4, 3], [2], [1]), 1):
        site.put(f"/list/{page}.html", listing(numbers))
    return site


def run(desk: Desk, now: str, *words: str) -> Done:
    return desk.scrapy("crawl", "site", *words, settings={"NEWSCRAWL_NOW": now})


def test_a_corrected_text_is_a_new_revision_with_its_fields_told(fresh_site: Site, site_desk: Desk):
    assert run(site_desk, "2025-11-19T09:00:00Z").code == 0
    fresh_site.put("/a/4.html", article(4, headline="更正后的标题：社区食堂推迟开门"))
    fresh_site.put("/a/5.html", article(5, extra="<div class='ad'>今日阅读 3082 次</div><ul><li>相关：别的</li></ul>"))
    fresh_site.asked.clear()
    done = run(site_desk, "2025-11-19T10:01:00Z")
    assert done.code == 0, done.err
    assert "0 added, 1 revised, 5 unchanged" in done.last_line
    assert sorted(fresh_site.articles_asked()) == [f"/a/{n}.html" for n in range(1, 7)]
    ((kind, fields, origin),) = site_desk.rows(
        "SELECT kind, fields, origin FROM changes WHERE key = 'site:4' AND seq > 6"
    )
    assert (kind, json.loads(fields), origin) == ("revised", ["headline"], "publisher")
    assert site_desk.rows("SELECT revised, unchanged FROM runs ORDER BY id DESC LIMIT 1") == [(1, 5)]


def test_between_its_checks_an_article_is_not_asked(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    fresh_site.asked.clear()
    for minute in ("09:10", "09:50", "10:05", "10:55"):
        run(site_desk, f"2025-11-19T{minute}:00Z")
    assert len(fresh_site.articles_asked()) == 6
    fresh_site.asked.clear()
    run(site_desk, "2025-11-25T09:00:00Z")
    assert fresh_site.articles_asked() == [], "its hours are over"


def test_no_hours_no_rechecks_and_now_asks_all_within_them(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    fresh_site.asked.clear()
    site_desk.scrapy("crawl", "site", settings=HOUR | {"NEWSCRAWL_RECHECK_HOURS": "0"})
    assert fresh_site.articles_asked() == []
    done = run(site_desk, "2025-11-19T09:05:00Z", "-a", "recheck=now")
    assert "6 unchanged" in done.last_line
    assert len(fresh_site.articles_asked()) == 6


def test_a_server_that_knows_validators_sends_nothing_twice(fresh_site: Site, site_desk: Desk):
    fresh_site.validate("/list/", "/a/")
    run(site_desk, "2025-11-19T09:00:00Z")
    fresh_site.asked.clear()
    fresh_site.answered.clear()
    done = run(site_desk, "2025-11-19T09:30:00Z")
    assert fresh_site.answered == [("/robots.txt", 200), ("/list/1.html", 304)]
    assert "0 added, 0 links (0 new) in 1 listing pages (1 not modified)" in done.last_line
    fresh_site.answered.clear()
    done = run(site_desk, "2025-11-19T10:01:00Z")
    assert ("/list/1.html", 200) in fresh_site.answered, "a server's word is taken for an hour"
    assert sorted(answer for answer in fresh_site.answered if "/a/" in answer[0]) == [
        (f"/a/{n}.html", 304) for n in range(1, 7)
    ]
    assert "6 unchanged" in done.last_line
    fresh_site.put("/a/4.html", article(4, headline="更正后的标题"))
    done = run(site_desk, "2025-11-19T11:01:00Z")
    assert "1 revised, 5 unchanged" in done.last_line


def test_a_listing_that_lies_about_having_changed_is_found_out_within_the_hour(fresh_site: Site, site_desk: Desk):
    fresh_site.validate("/list/")
    fresh_site.lies = True
    run(site_desk, "2025-11-19T09:00:00Z")
    fresh_site.put("/a/7.html", article(7))
    fresh_site.put("/list/1.html", listing([7, 6, 5]))
    assert "0 added" in run(site_desk, "2025-11-19T09:30:00Z").last_line
    assert "1 added" in run(site_desk, "2025-11-19T10:00:00Z").last_line


def test_a_walk_that_was_not_finished_trusts_no_validator(site: Site, site_desk: Desk):
    """Page 3 of the list failed: what page 1 says of itself must not keep the next run from what lies behind."""
    site.validate("/list/")
    good = site.pages["/list/3.html"]
    site.put("/list/3.html", "broken", status=500)
    run(site_desk, "2025-11-19T09:00:00Z")
    site.pages["/list/3.html"] = good
    assert "12 added" in run(site_desk, "2025-11-19T09:10:00Z").last_line


@pytest.mark.parametrize(
    ("status", "body", "location"),
    [
        (404, "", ""),
        (410, "", ""),
        (200, "<html><body><h1>抱歉</h1><p>您访问的页面不存在或已被删除</p></body></html>", ""),
        (302, "", "/"),
    ],
    ids=["404", "410", "in words", "to the home page"],
)
def test_what_the_publisher_takes_down_is_hidden_and_comes_back(
    fresh_site: Site, site_desk: Desk, status: int, body: str, location: str
):
    run(site_desk, "2025-11-19T09:00:00Z")
    good = fresh_site.pages["/a/4.html"]
    fresh_site.put("/a/4.html", body, status=status, **({"Location": location} if location else {}))
    once = run(site_desk, "2025-11-19T10:01:00Z")
    assert once.code == 0
    assert "site:4" in site_desk.column("SELECT key FROM published")
    twice = run(site_desk, "2025-11-19T12:02:00Z")
    assert (twice.code, "1 hidden" in twice.last_line) == (0, True), twice.last_line
    assert "site:4" not in site_desk.column("SELECT key FROM published")
    fresh_site.pages["/a/4.html"] = good
    back = run(site_desk, "2025-11-19T18:30:00Z")
    assert "1 restored" in back.last_line
    assert site_desk.column("SELECT kind FROM changes WHERE key = 'site:4'") == ["added", "withdrawn", "restored"]


def test_many_that_vanish_at_once_are_an_outage_and_nobody_is_hidden(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    pages = {n: fresh_site.pages.pop(f"/a/{n}.html") for n in (1, 2, 3, 4)}
    for now in ("2025-11-19T10:01:00Z", "2025-11-19T12:10:00Z"):
        done = run(site_desk, now)
        assert done.code == 3
        assert (
            "4 of 6 articles that answered when asked again have vanished, taken for an outage: none was hidden"
            in done.last_line
        )
    assert site_desk.column("SELECT count(*) FROM published") == [6]
    for number, page in pages.items():
        fresh_site.pages[f"/a/{number}.html"] = page
    assert run(site_desk, "2025-11-19T13:30:00Z").code == 0
    assert site_desk.column("SELECT kind FROM changes WHERE kind <> 'added'") == []


def test_three_that_vanish_are_believed(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    for number in (1, 2, 3):
        del fresh_site.pages[f"/a/{number}.html"]
    run(site_desk, "2025-11-19T10:01:00Z")
    done = run(site_desk, "2025-11-19T12:10:00Z")
    assert (done.code, "3 hidden" in done.last_line) == (0, True), done.last_line
    assert site_desk.column("SELECT count(*) FROM published") == [3]


def test_a_recheck_that_fails_changes_nothing_and_is_tried_again(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    good = fresh_site.pages["/a/4.html"]
    fresh_site.put("/a/4.html", "down", status=503)
    done = run(site_desk, "2025-11-19T10:01:00Z")
    assert (done.code, "1 failed (http_503 1)" in done.last_line) == (0, True)
    assert site_desk.column("SELECT count(*) FROM published") == [6]
    fresh_site.pages["/a/4.html"] = good
    fresh_site.asked.clear()
    run(site_desk, "2025-11-19T10:07:00Z")
    assert fresh_site.articles_asked() == ["/a/4.html"]


def test_a_long_article_is_asked_again_whole(fresh_site: Site, site_desk: Desk):
    """Page 1 of two says nothing of page 2, whatever its ETag: both are asked."""
    bar = '<div class="pages"><a href="2_2.html">下一页</a></div>'
    first = "<p>中新网大同11月19日电 (记者 李明远)第一页说的是第一天，人们排起了长队等候开门。</p>"
    fresh_site.validate("/a/")
    fresh_site.put("/a/2.html", article(2, body=first, extra=bar))
    fresh_site.put("/a/2_2.html", article(2, body="<p>第二页说的是第二天，食堂里坐满了附近的老人，饭菜飘香。</p>"))
    run(site_desk, "2025-11-19T09:00:00Z")
    fresh_site.put("/a/2_2.html", article(2, body="<p>第二页说的是第三天，食堂里坐满了附近的老人，饭菜飘香。</p>"))
    done = run(site_desk, "2025-11-19T10:01:00Z")
    assert "1 revised, 5 unchanged" in done.last_line
    assert "第三天" in site_desk.column("SELECT body_text FROM published WHERE key = 'site:2'")[0]


def test_a_link_that_fails_for_days_is_given_up_counted_and_listed(fresh_site: Site, site_desk: Desk):
    del fresh_site.pages["/a/3.html"]
    for day, hour in ((19, 9), (19, 10), (19, 11), (19, 14), (19, 23)):
        run(site_desk, f"2025-11-{day}T{hour:02}:00:00Z")
    run(site_desk, "2025-11-21T00:00:00Z")
    done = run(site_desk, "2025-11-24T01:00:00Z")
    assert "1 links given up" in done.last_line
    assert site_desk.rows("SELECT state, attempts FROM links WHERE key = 'site:3'") == [("given_up", 7)]
    ((errors,),) = site_desk.rows("SELECT errors FROM runs ORDER BY id DESC LIMIT 1")
    assert json.loads(errors) == {"article http_404": 1, "article given up": 1}
    fresh_site.asked.clear()
    run(site_desk, "2025-12-24T01:00:00Z")
    assert fresh_site.articles_asked() == []


def test_what_a_replay_has_not_got_is_no_word_of_the_publisher(fresh_site: Site, site_desk: Desk):
    """A store made on the wire, then runs over an archive that lacks three of the six articles: few enough to be
    believed if the publisher said so, and nothing is hidden."""
    run(site_desk, "2025-11-19T09:00:00Z", "-a", "limit=3")
    (archive,) = site_desk.archive.rglob("*.warc.gz")
    run(site_desk, "2025-11-19T09:01:00Z")
    replay = {"NEWSCRAWL_REPLAY": str(archive)}
    for now in ("2025-11-19T10:02:00Z", "2025-11-19T12:10:00Z", "2025-11-19T14:20:00Z"):
        done = site_desk.scrapy("crawl", "site", settings=replay | {"NEWSCRAWL_NOW": now})
        assert "failed (http_404" in done.last_line
    assert site_desk.column("SELECT count(*) FROM published") == [6]


@pytest.mark.parametrize("words", [["-a", "recheck=later"], ["-a", "recheck=now", "-a", "since=2025-11-18"]])
def test_recheck_takes_now_and_nothing_else(fresh_site: Site, site_desk: Desk, words: list[str]):
    done = site_desk.scrapy("crawl", "site", *words)
    assert done.code == 1
    assert "-a recheck: is given as recheck=now" in done.last_line


def test_errors_beside_them_do_not_make_an_outage_look_like_takedowns(site: Site, site_desk: Desk):
    """8 of 24 are 404, the other 16 do not answer at all: what answered has vanished altogether."""
    run(site_desk, "2025-11-19T09:00:00Z")
    for number in range(1, 25):
        site.put(f"/a/{number}.html", "", status=404 if number <= 8 else 503)
    for now in ("2025-11-19T10:01:00Z", "2025-11-19T12:10:00Z"):
        done = run(site_desk, now)
        assert done.code == 3, done.last_line
        assert "8 of 8 articles that answered" in done.last_line
    assert site_desk.column("SELECT count(*) FROM published") == [24]


def test_four_of_many_that_vanish_are_believed(site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    for number in range(1, 5):
        del site.pages[f"/a/{number}.html"]
    run(site_desk, "2025-11-19T10:01:00Z")
    done = run(site_desk, "2025-11-19T12:10:00Z")
    assert (done.code, "4 vanished, 4 hidden" in done.last_line) == (0, True), done.last_line


def test_a_run_that_is_stopped_hides_nobody(fresh_site: Site, site_desk: Desk):
    """It has seen a part: what has vanished in it stays due, and the next run judges the whole."""
    run(site_desk, "2025-11-19T09:00:00Z")
    for number in (4, 5, 6):
        del fresh_site.pages[f"/a/{number}.html"]
    run(site_desk, "2025-11-19T10:01:00Z")
    settings = {"NEWSCRAWL_NOW": "2025-11-19T12:10:00Z", "CONCURRENT_REQUESTS": "1"}
    process = site_desk.start("crawl", "site", settings=settings)
    fresh_site.when("/a/6.html", lambda: process.send_signal(signal.SIGTERM))
    _, err = process.communicate(timeout=60)
    assert "stopped by a signal" in err.rstrip().splitlines()[-1]
    assert site_desk.column("SELECT count(*) FROM published") == [6]
    fresh_site.acts.clear()
    assert "3 hidden" in run(site_desk, "2025-11-19T12:20:00Z").last_line


def test_every_article_failing_when_asked_again_is_exit_5(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    for number in range(1, 7):
        fresh_site.put(f"/a/{number}.html", "down", status=503)
    done = run(site_desk, "2025-11-19T10:01:00Z")
    assert (done.code, "every article failed (http_503 6)" in done.last_line) == (5, True), done.last_line


def test_another_pages_304_is_not_the_articles(fresh_site: Site, site_desk: Desk):
    """The article is taken down by a redirect to a page that has long been the same and says so: 304 to whoever asks
    with the article's own date."""
    dated = {"Last-Modified": "Wed, 19 Nov 2025 08:00:00 GMT"}
    fresh_site.put("/a/4.html", article(4), **dated)
    fresh_site.not_modified = ("/gone.html",)
    fresh_site.put("/gone.html", "<html><body><h1>抱歉</h1><p>您访问的页面不存在或已被删除</p></body></html>")
    run(site_desk, "2025-11-19T09:00:00Z")
    fresh_site.put("/a/4.html", "", status=302, Location="/gone.html")
    assert "1 vanished" in run(site_desk, "2025-11-19T10:01:00Z").last_line
    assert "1 hidden" in run(site_desk, "2025-11-19T12:10:00Z").last_line


def test_one_stored_article_asked_alone_and_not_there_counts_as_gone_once(fresh_site: Site, site_desk: Desk):
    run(site_desk, "2025-11-19T09:00:00Z")
    good = fresh_site.pages.pop("/a/4.html")
    one = ("-a", f"url={fresh_site.origin}/a/4.html")
    done = run(site_desk, "2025-11-19T09:30:00Z", *one)
    assert (done.code, "1 vanished" in done.last_line) == (0, True), done.last_line
    assert "1 hidden" in run(site_desk, "2025-11-19T11:31:00Z", *one).last_line
    fresh_site.pages["/a/4.html"] = good
    assert "1 restored" in run(site_desk, "2025-11-19T11:40:00Z", *one).last_line


def test_a_stored_article_linked_by_another_spelling_is_asked_at_its_own_address_before_it_is_missed(
    fresh_site: Site, site_desk: Desk
):
    """It was found as /b/4.html, which is not there any more; its canonical address is."""
    fresh_site.put("/list/2.html", listing([4, 3]).replace("/a/4.html", "/b/4.html"))
    fresh_site.put("/b/4.html", article(4))
    fresh_site.validate("/b/")
    run(site_desk, "2025-11-19T09:00:00Z")
    del fresh_site.pages["/b/4.html"]
    done = run(site_desk, "2025-11-19T10:01:00Z")
    assert ("vanished" in done.last_line, "6 unchanged" in done.last_line) == (False, True), done.last_line
