"""How a run ends: exit codes, signals, kills. Every crawl here is a real process over loopback HTTP."""

from __future__ import annotations

import json
import os
import signal
import sqlite3

import pytest
from loopback import Site, listing
from running import Desk
from test_walk import everything, keys


@pytest.mark.parametrize(
    "moment",
    ["/list/1.html", "/list/3.html", "/a/15.html"],
    ids=["in the first listing", "in page 3 of the walk", "in an article batch"],
)
def test_a_killed_run_loses_nothing_and_doubles_nothing(site: Site, site_desk: Desk, moment: str):
    process = site_desk.start("crawl", "site")
    site.when(moment, lambda: os.kill(process.pid, signal.SIGKILL))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    site.acts.clear()
    site.asked.clear()
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 0, done.err
    assert site_desk.column("PRAGMA integrity_check") == ["ok"]
    assert set(keys(site_desk)) == everything(site)
    assert site_desk.column("SELECT count(*) FROM changes WHERE kind = 'added'") == [24]
    if not moment.startswith("/list/1"):
        first = next(path for path in site.asked if path != "/robots.txt")
        assert first.startswith("/a/"), "what an earlier run left open is asked first"


def test_a_signal_ends_the_run_in_order_and_the_next_one_goes_on(site: Site, site_desk: Desk):
    process = site_desk.start("crawl", "site", settings={"CONCURRENT_REQUESTS": "2"})
    site.when("/a/20.html", lambda: process.send_signal(signal.SIGTERM))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "stopped by a signal" in err.rstrip().splitlines()[-1]
    stored = site_desk.column("SELECT count(*) FROM published")[0]
    assert 0 < stored < 24
    assert site_desk.rows("SELECT outcome, exit_code, added FROM runs") == [("stopped", 0, stored)]
    site.acts.clear()
    site_desk.scrapy("crawl", "site")
    assert set(keys(site_desk)) == everything(site)


def test_a_page_that_fails_after_the_signal_is_still_noted(site: Site, site_desk: Desk):
    """The links asked beside the one that brings the signal answer 500 while the run is being stopped."""
    for number in range(1, 20):
        site.put(f"/a/{number}.html", "broken", status=500)
    process = site_desk.start("crawl", "site", settings={"CONCURRENT_REQUESTS_PER_DOMAIN": "8"})
    site.when("/a/20.html", lambda: process.send_signal(signal.SIGTERM))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "stopped by a signal" in err.rstrip().splitlines()[-1]
    assert "bug" not in err.rstrip().splitlines()[-1]


def test_a_second_signal_leaves_no_half_article(site: Site, site_desk: Desk):
    process = site_desk.start("crawl", "site")

    def twice() -> None:
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)

    site.when("/a/20.html", twice)
    process.communicate(timeout=60)
    site.acts.clear()
    assert site_desk.column("PRAGMA integrity_check") == ["ok"]
    assert site_desk.column("SELECT count(*) FROM published WHERE body_text IS NULL OR disclaimer IS NULL") == [0]
    site_desk.scrapy("crawl", "site")
    assert set(keys(site_desk)) == everything(site)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "nowhere: is no source; there are site"),
        (["site", "-a", "since=yesterday"], "-a since: 'yesterday' is no day"),
        (["site", "-a", "limit=0"], "-a limit: '0' is no number from 1"),
        (["site", "-a", "url=https://example.org/x"], "is no article address of site"),
        (["site", "-a", "url="], "-a url: is empty"),
        (["site", "-a", "since="], "-a since: is empty"),
        (["site", "-a", "wish=1"], "-a wish: is not known"),
        (["site", "-s", "NEWSCRAWL_REPRINT=maybe"], "NEWSCRAWL_REPRINT: is not JSON"),
        (["site", "-s", "NEWSCRAWL_REPLAY=missing.warc.gz"], "does not exist"),
        (["site", "-a", "since=2030-01-01"], "-a since: 2030-01-01 is in the future"),
        (["site", "-s", "NEWSCRAWL_DBB=x.db"], "NEWSCRAWL_DBB: is no setting (is NEWSCRAWL_DB meant?)"),
        (["site", "-s", "NEWSCRAWL_NOW=today"], "NEWSCRAWL_NOW: 'today' is no ISO time"),
    ],
)
def test_a_bad_argument_is_exit_1_in_one_plain_line(site: Site, site_desk: Desk, words: list[str], says: str):
    done = site_desk.scrapy("crawl", *words)
    assert done.code == 1
    assert says in done.last_line
    assert "Traceback" not in done.err
    assert site.asked == []


def test_a_listing_without_article_links_is_exit_3(site: Site, site_desk: Desk):
    site.put("/list/1.html", "<html><body><div class='new-layout'>改版了</div></body></html>")
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 3
    assert "the source looks broken: no article link in list" in done.last_line
    assert site_desk.rows("SELECT outcome, exit_code FROM runs") == [("broken", 3)]


def test_a_second_run_beside_the_first_is_exit_4_at_once(site: Site, site_desk: Desk):
    second = []

    def while_the_first_is_busy() -> None:
        second.append(site_desk.scrapy("crawl", "site"))

    site.when("/list/2.html", while_the_first_is_busy)
    first = site_desk.scrapy("crawl", "site")
    assert first.code == 0, first.err
    assert second[0].code == 4
    assert "another run holds the lock (process" in second[0].last_line
    assert site_desk.column("SELECT count(*) FROM runs") == [1]


@pytest.mark.parametrize("page", ["", '{"ok": true}'], ids=["empty", "no page"])
def test_a_list_that_answers_with_no_list_is_exit_3_not_5(site: Site, site_desk: Desk, page: str):
    site.put("/list/1.html", page)
    assert site_desk.scrapy("crawl", "site").code == 3


def test_a_list_that_is_gone_is_exit_3(site: Site, site_desk: Desk):
    del site.pages["/list/1.html"]
    assert site_desk.scrapy("crawl", "site").code == 3


def test_being_banned_is_exit_5(site: Site, site_desk: Desk):
    for number in range(1, 25):
        site.put(f"/a/{number}.html", "no", status=403)
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 5
    assert "every article failed (http_403 24)" in done.last_line


def test_old_links_that_fail_again_are_no_alarm_while_the_list_answers(site: Site, site_desk: Desk):
    for number in (1, 2, 3):
        site.put(f"/a/{number}.html", "broken", status=500)
    site_desk.scrapy("crawl", "site")
    later = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-11-19T12:00:00Z"})
    assert later.code == 0
    assert "3 failed (http_500 3)" in later.last_line


def test_one_address_that_is_not_there_is_exit_5(site: Site, site_desk: Desk):
    assert site_desk.scrapy("crawl", "site", "-a", f"url={site.origin}/a/99.html").code == 5


def test_a_folder_that_cannot_be_written_is_exit_6_in_words(site: Site, site_desk: Desk):
    (site_desk.folder / "file").write_text("")
    done = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_DB": "file/news.db"})
    assert done.code == 6, done.err
    assert "Traceback" not in done.err
    assert "news.db" in done.last_line


def test_a_bug_in_the_store_is_exit_1_and_costs_one_article(site: Site, site_desk: Desk):
    """The source 'unstorable' gives one article that the store's code cannot take."""
    done = site_desk.scrapy("crawl", "unstorable", settings={"SPIDER_MODULES": "unstorable_sources"})
    assert done.code == 1, done.err[-2000:]
    assert len(keys(site_desk)) == 23


def test_no_listing_answering_is_exit_5(site: Site, site_desk: Desk):
    for page in range(1, 5):
        site.put(f"/list/{page}.html", "down", status=503)
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 5
    assert "out of reach: every listing failed (http_503 1)" in done.last_line


def test_a_store_of_a_later_newscrawl_is_exit_6_and_untouched(site: Site, site_desk: Desk):
    site_desk.db.parent.mkdir()
    with sqlite3.connect(site_desk.db) as later:
        later.execute("PRAGMA user_version = 99")
        later.execute("CREATE TABLE kept (x)")
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 6
    assert "Traceback" not in done.err
    assert site_desk.column("SELECT name FROM sqlite_master") == ["kept"]


def test_a_store_locked_by_another_program_is_exit_6_and_the_next_run_goes_on(site: Site, site_desk: Desk):
    site_desk.scrapy("crawl", "site", "-a", "limit=1")
    other = sqlite3.connect(site_desk.db, check_same_thread=False)
    site.when("/a/20.html", lambda: other.execute("BEGIN IMMEDIATE") if not other.in_transaction else None)
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 6, done.err
    assert "another program has kept it locked" in done.last_line
    other.rollback()
    other.close()
    site.acts.clear()
    assert site_desk.scrapy("crawl", "site").code == 0
    assert set(keys(site_desk)) == everything(site)


def test_a_bug_in_a_pipeline_is_exit_1_and_the_rest_is_stored(site: Site, site_desk: Desk):
    """The page class of the source 'buggy' raises on one article; Scrapy alone would end with exit 0."""
    done = site_desk.scrapy("crawl", "buggy", settings={"SPIDER_MODULES": "buggy_sources"})
    assert done.code == 1
    assert "a bug (RuntimeError 1)" in done.last_line
    assert len(keys(site_desk)) == 23
    ((errors,),) = site_desk.rows("SELECT errors FROM runs")
    assert json.loads(errors) == {"bug RuntimeError": 1}


def test_nothing_new_in_an_empty_newsroom_is_no_alarm_when_only_the_tail_is_empty(site: Site, site_desk: Desk):
    site.put("/list/4.html", listing([]))
    assert site_desk.scrapy("crawl", "site").code == 0
