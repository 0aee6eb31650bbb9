"""NEWSCRAWL_PING_URL: which runs the watchman hears of, and how, in whole crawls."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from loopback import Site
from running import Desk
from watchman import Watchman, watching


@pytest.fixture
def watchman(site_desk: Desk) -> Iterator[Watchman]:
    with watching() as watchman:
        site_desk.settings["NEWSCRAWL_PING_URL"] = watchman.url
        yield watchman


def test_whole_runs_are_told_good_ones_and_bad_ones_with_their_last_line(
    site: Site, site_desk: Desk, watchman: Watchman
):
    assert site_desk.scrapy("crawl", "site").code == 0
    assert watchman.heard == [("GET", "/uuid", "")]
    assert site_desk.scrapy("crawl", "site", "-a", "limit=1").code == 0
    assert len(watchman.heard) == 1, "a part says nothing of the source"
    site.put("/list/1.html", "down", status=503)
    done = site_desk.scrapy("crawl", "site")
    assert done.code == 5
    ((_, path, words),) = watchman.heard[1:]
    assert path == "/uuid/fail"
    assert done.last_line.endswith(words)
    assert words.startswith("site: out of reach: every listing failed")
    assert str(watchman.agents[0]).startswith("newscrawl/")


def test_a_run_that_finds_the_lock_held_and_one_that_is_stopped_have_nothing_to_tell(
    site: Site, site_desk: Desk, watchman: Watchman
):
    second = []
    first = site_desk.start("crawl", "site")

    def meanwhile() -> None:
        second.append(site_desk.scrapy("crawl", "site"))
        first.send_signal(signal.SIGTERM)

    site.when("/list/2.html", meanwhile)
    first.communicate(timeout=60)
    assert (first.returncode, second[0].code) == (0, 4)
    assert watchman.heard == []


def test_a_replay_is_nobodys_business(site: Site, site_desk: Desk, watchman: Watchman):
    settings = {"NEWSCRAWL_PING_URL": ""}
    site_desk.scrapy("crawl", "site", settings=settings)
    replay = {"NEWSCRAWL_REPLAY": str(site_desk.archive), "NEWSCRAWL_DB": "replayed.db"}
    assert site_desk.scrapy("crawl", "site", settings=replay).code == 0
    assert watchman.heard == []


def test_a_watchman_out_of_reach_changes_neither_the_exit_code_nor_the_last_line(site: Site, site_desk: Desk):
    done = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_PING_URL": "http://127.0.0.1:9/uuid"})
    assert done.code == 0
    assert "127.0.0.1 was not told how the run ended" in done.err
    assert "uuid" not in done.err
    assert "done; 24 added" in done.last_line


def test_an_address_that_cannot_be_asked_is_refused_before_anything_is_begun(site: Site, site_desk: Desk):
    done = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_PING_URL": "ftp://hc.example/uuid"})
    assert done.code == 1
    assert "NEWSCRAWL_PING_URL: 'ftp://hc.example/uuid' is no address; write https://HOST/PATH" in done.last_line
    assert site.asked == []
