"""Lanes of the frontier: start addresses beside the named sources, each with links, failures and a past of its own."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database
from store_made import CLOCK, NOW, article, column, link, rows

from newscrawl.clock import Clock
from newscrawl.errors import Reason
from newscrawl.items import Address
from newscrawl.store import schema
from newscrawl.store.frontier import BACKFILL, UNASKED, Frontier
from newscrawl.store.history import standing_of, watched
from newscrawl.store.migrations import migrations
from newscrawl.store.reader import Reader
from newscrawl.store.takedown import take_back, withdraw
from newscrawl.store.writer import Writer

FEED, MAP = "feed:morning.example/rss.xml", "sitemap:morning.example/map.xml"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOURS = timedelta(hours=48)


def lane(path: Path, name: str | None = FEED, at: datetime = NOW) -> Frontier:
    return Frontier(path, Clock(at), recheck=HOURS, lane=name)


def due(path: Path, run: str, name: str | None = None, at: datetime = NOW) -> list[str]:
    with lane(path, name if name else run if ":" in run else None, at) as frontier:
        return [each.key for each in frontier.due(run, limit=99)[0]]


def again(path: Path, run: str, at: datetime) -> list[str]:
    with lane(path, run if ":" in run else None, at) as frontier:
        return [each.link.key for each in frontier.again(run, limit=99)[0]]


def store(path: Path, *numbers: int, at: datetime = NOW) -> None:
    with Writer(path, clock=Clock(at), recheck=HOURS) as writer:
        for number in numbers:
            writer.add(article(number))


def test_a_start_address_asks_its_own_links_of_whatever_source_and_nobody_elses(path: Path):
    with lane(path) as feed, lane(path, None) as named:
        named.record([link(1)])
        feed.record([link(1), link(2), link(3, source="evening")])
        assert feed.count_open(FEED) == 2
        assert named.count_open("morning") == 1
    assert due(path, FEED) == ["morning:2", "evening:3"]
    assert due(path, "morning") == ["morning:1"]


def test_its_failures_and_its_rechecks_stay_its_own(path: Path):
    with lane(path) as feed:
        feed.record([link(1), link(2)])
        feed.failed("morning:1", "timeout")
    store(path, 2)
    later = NOW + 3 * HOUR
    assert due(path, FEED, at=later) == ["morning:1"]
    assert again(path, FEED, later) == ["morning:2"]
    assert (due(path, "morning", at=later), again(path, "morning", later)) == ([], [])


def test_another_start_address_takes_over_what_is_still_to_be_asked_when_it_asks_it(path: Path):
    """A trial run that asks one link takes one, and leaves what is not due."""
    with lane(path) as feed, lane(path, MAP) as sitemap:
        feed.record([link(number) for number in range(1, 6)])
        feed.failed("morning:2", "timeout")
        store(path, 5)
        sitemap.record([link(6)])
        assert sitemap.record([link(number) for number in range(1, 6)]) == ()
        assert sitemap.count_open(MAP) == 5
        assert feed.is_left("morning:1")
        links, cursor = sitemap.due(MAP, limit=1)
        assert [each.key for each in links] == ["morning:6"]
        links, cursor = sitemap.due(MAP, limit=1, after=cursor)
        assert [each.key for each in links] == ["morning:1"]
        assert not feed.is_left("morning:1")
        assert sitemap.is_left("morning:1")
        assert due(path, FEED) == ["morning:3", "morning:4"]
        assert [each.key for each in sitemap.due(MAP, limit=9, after=cursor)[0]] == ["morning:3", "morning:4"]
        assert sitemap.due(MAP, limit=9, after=cursor)[0] == ()
    assert due(path, FEED, at=NOW + HOUR) == ["morning:2"]
    assert again(path, FEED, NOW + 3 * HOUR) == ["morning:5"]


def test_what_nobody_walks_of_a_site_that_no_source_knows_is_the_start_addresss_that_meets_it(path: Path):
    """One article that was asked by its address, or came back from a takedown: open or stored."""
    with lane(path, None) as alone, lane(path) as feed:
        alone.record([link(1), link(2, source="lake.example"), link(3, source="lake.example")])
        store(path, 1)
        with Writer(path, clock=CLOCK, recheck=HOURS) as writer:
            writer.add(article(3, source="lake.example"))
        feed.record([link(1), link(2, source="lake.example"), link(3, source="lake.example")])
        alone.record([link(2, source="lake.example")])
    assert due(path, FEED) == ["lake.example:2"]
    assert again(path, FEED, NOW + 3 * HOUR) == ["lake.example:3"]
    assert again(path, "morning", NOW + 3 * HOUR) == ["morning:1"]


def test_a_named_sources_fresh_run_takes_over_all_that_it_meets_and_is_never_taken_from(path: Path):
    with lane(path) as feed, lane(path, None) as named:
        feed.record([link(1), link(2)])
        store(path, 2)
        assert named.record([link(1), link(2)]) == ()
        feed.record([link(1), link(2)])
    assert (due(path, FEED), due(path, "morning")) == ([], ["morning:1"])
    assert again(path, "morning", NOW + 3 * HOUR) == ["morning:2"]


def test_a_backfill_takes_over_what_a_start_address_has_still_to_ask_and_nothing_of_the_fresh_runs(path: Path):
    with lane(path) as feed, lane(path, BACKFILL) as backfill, lane(path, None) as named:
        feed.record([link(1), link(2)])
        named.record([link(3)])
        store(path, 2)
        backfill.record([link(1), link(2), link(3), link(4)])
        assert [each.key for each in backfill.due("morning", limit=9)[0]] == ["morning:1", "morning:4"]
        feed.record([link(4)])
        assert [each.key for each in feed.due(FEED, limit=9)[0]] == ["morning:4"]
    assert due(path, "morning", BACKFILL) == ["morning:1"]
    assert due(path, "morning") == ["morning:3"]


def test_a_takedown_and_its_end_leave_an_article_in_its_lane(path: Path):
    with lane(path) as feed:
        feed.record([link(1)])
    store(path, 1)
    withdraw(path, Address(key="morning:1", url="https://morning.example/1"), "morning", "court order", CLOCK)
    assert again(path, FEED, NOW + 3 * HOUR) == []
    take_back(path, "morning:1", CLOCK)
    assert due(path, FEED) == ["morning:1"]
    assert due(path, "morning") == []


def test_a_link_may_be_closed_unasked(path: Path):
    with lane(path) as feed:
        feed.record([link(1), link(2), link(3)])
        feed.rejected(["morning:1"], Reason.LIST_PAGE, UNASKED)
        store(path, 2)
        assert feed.settled(FEED, 9) == ((link(2).url, None),)
        assert feed.stored_among(["morning:1", "morning:2", "morning:9"]) == (link(2).url,)
    assert rows(path, "SELECT state, reason, detail, lane FROM links WHERE key = 'morning:1'") == [
        ("rejected", "list_page", UNASKED, FEED)
    ]
    assert due(path, FEED) == ["morning:3"]
    with lane(path, MAP) as sitemap:
        sitemap.reconsider(["morning:1", "morning:2"])
    assert (due(path, FEED), due(path, MAP)) == (["morning:3"], ["morning:1"])


def test_what_pages_were_rejected_for_is_told_for_two_weeks(path: Path):
    with lane(path) as feed:
        feed.record([link(1), link(2)])
        feed.rejected(["morning:1"], Reason.LIST_PAGE, "a page that was asked")
        store(path, 2)
        assert feed.settled(FEED, 9) == ((link(2).url, None), (link(1).url, "list_page"))
        assert feed.settled(FEED, 1) == ((link(2).url, None),)
    with lane(path, at=NOW + 15 * DAY) as feed:
        assert feed.settled(FEED, 9) == ((link(2).url, None),)


def test_two_start_addresses_walk_a_listing_of_one_name_each_for_itself(path: Path):
    with lane(path) as frontier:
        frontier.finish_walk(frontier.begin_walk(FEED, "part"))
        assert frontier.finished(FEED, "part") == NOW
        assert frontier.finished(MAP, "part") is None


# -- where they stand --------------------------------------------------------------------------------------------------


def run(path: Path, source: str, at: datetime, outcome: str = "done", kind: str = "whole") -> None:
    with Writer(path, clock=Clock(at)) as writer:
        writer.close_run(writer.open_run(source, kind), outcome, 0 if outcome == "done" else 3, {"fetched": 1})


def test_a_start_address_and_its_source_stand_each_for_themselves(path: Path):
    run(path, FEED, NOW - HOUR)
    run(path, "morning", NOW - HOUR, "broken")
    with lane(path) as feed, lane(path, None) as named, lane(path, BACKFILL) as backfill:
        feed.record([link(1), link(2)])
        named.record([link(3)])
        backfill.record([link(4)])
    with Reader(path) as reader:
        feed_stands, source_stands = (standing_of(reader, name, NOW, HOURS) for name in (FEED, "morning"))
    assert feed_stands
    assert source_stands
    assert (feed_stands.open, feed_stands.open_backfill, feed_stands.problems) == (2, 0, ())
    assert (source_stands.open, source_stands.open_backfill) == (1, 1)
    assert source_stands.problems


def test_a_start_address_is_overdue_only_when_ten_runs_of_it_are_known(path: Path):
    for number in range(9):
        run(path, FEED, NOW - 3 * DAY - number * HOUR)
    with Reader(path) as reader:
        stands = standing_of(reader, FEED, NOW, HOURS)
        assert stands
        assert stands.overdue is None
    run(path, FEED, NOW - 4 * DAY)
    with Reader(path) as reader:
        stands = standing_of(reader, FEED, NOW, HOURS)
        assert stands
        assert stands.overdue
        assert "usually one every" in stands.overdue


def test_a_start_address_is_watched_for_two_weeks_after_its_last_run(path: Path):
    run(path, FEED, NOW - 13 * DAY)
    run(path, MAP, NOW - 15 * DAY)
    run(path, "morning", NOW - DAY)
    run(path, "feed:evening.example/", NOW - DAY, kind="part")
    with Reader(path) as reader:
        assert watched(reader, NOW) == (FEED,)
        assert watched(reader, NOW + 2 * DAY) == ()


def test_one_that_never_ended_well_is_watched_for_a_day_or_from_ten_tries_on(path: Path):
    run(path, FEED, NOW - 2 * HOUR, "broken")
    with Reader(path) as reader:
        assert watched(reader, NOW) == (FEED,)
        assert watched(reader, NOW + DAY) == ()
    for number in range(9):
        run(path, FEED, NOW - number * HOUR, "unreachable")
    with Reader(path) as reader:
        assert watched(reader, NOW + DAY + HOUR) == (FEED,)


# -- an older store ----------------------------------------------------------------------------------------------------


def test_a_store_of_the_fifth_version_is_brought_up_to_date_and_keeps_its_lanes(path: Path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    migrations.apply(Database(connection), stop_before="0006_start_addresses")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 5")
    connection.executemany(
        "INSERT INTO links (key, source, url, found_in, state, attempts, due_at, found_at, lane) "
        "VALUES (?, 'morning', 'u', 'l', 'open', 0, '2025-11-19T09:00:00Z', '2025-11-19T09:00:00Z', ?)",
        [("morning:1", None), ("morning:2", BACKFILL)],
    )
    connection.execute("COMMIT")
    connection.close()
    with lane(path) as feed:
        feed.record([link(3)])
    assert column(path, "PRAGMA user_version") == [schema.VERSION]
    assert (due(path, "morning"), due(path, "morning", BACKFILL), due(path, FEED)) == (
        ["morning:1"],
        ["morning:2"],
        ["morning:3"],
    )
