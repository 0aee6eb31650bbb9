"""What the ledger and the frontier say of a source: the past that health is judged by, and where it stands."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from store_made import NOW, article, link, operate

from newscrawl.clock import Clock, stamp
from newscrawl.errors import Reason
from newscrawl.store import history
from newscrawl.store.due import BACKOFF
from newscrawl.store.frontier import BACKFILL, Frontier
from newscrawl.store.history import (
    Standing,
    in_other_weeks,
    last_good_run,
    last_news,
    overdue,
    runs_of,
    standing_of,
)
from newscrawl.store.links import whose
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def ledger(path: Path, at: datetime, outcome: str | None = "done", kind: str = "whole", **counts: Any) -> None:
    """A run that began at ``at`` and took a minute; ``outcome`` None leaves it open."""
    code = {"done": 0, "stopped": 0, "broken": 3, "unreachable": 5}.get(outcome or "", 1)
    source = counts.pop("source", "morning")
    with Writer(path, clock=Clock(at)) as writer:
        run = writer.open_run(source, kind)
    if outcome is not None:
        with Writer(path, clock=Clock(at + timedelta(minutes=1))) as writer:
            writer.close_run(run, outcome, code, {"fetched": counts.get("added", 0), "listings": 1, **counts})


def standing(path: Path, now: datetime = NOW) -> Standing:
    with Reader(path) as reader:
        found = standing_of(reader, "morning", now, 2 * DAY)
    assert found is not None
    return found


# -- the past ----------------------------------------------------------------------------------------------------------


def test_the_history_is_of_whole_runs_of_two_weeks_that_fetched_anything_newest_first(path: Path):
    sample = {"articles": 3, "lacks/credit": 1}
    ledger(path, NOW - 15 * DAY, added=9, sample={"articles": 9})
    ledger(path, NOW - 2 * DAY, added=3, sample=sample, rejected={"no_body": 2, "video": 8})
    ledger(path, NOW - 1 * DAY, "broken", added=1, sample={"articles": 1})
    ledger(path, NOW - 5 * HOUR, kind="part", added=1, sample={"articles": 1})
    ledger(path, NOW - 4 * HOUR, kind="backfill", added=1, sample={"articles": 1})
    ledger(path, NOW - 3 * HOUR, source="evening", added=1, sample={"articles": 1})
    ledger(path, NOW - 2 * HOUR)
    ledger(path, NOW - 1 * HOUR, None)
    with Reader(path) as reader:
        runs = runs_of(reader, "morning", NOW)
    assert [(run.at, run.good, run.sample) for run in runs] == [
        (NOW - 1 * DAY, False, {"articles": 1}),
        (NOW - 2 * DAY, True, {**sample, "lost": 2}),
    ]


def test_the_last_news_is_a_new_link_or_article(path: Path):
    with Writer(path):
        pass
    with Reader(path) as reader:
        assert last_news(reader, "morning", NOW) == NOW - WEEK
    ledger(path, NOW - 9 * HOUR, added=2)
    ledger(path, NOW - 7 * HOUR, links=20, known=19)
    ledger(path, NOW - 5 * HOUR, links=20, known=20)
    with Reader(path) as reader:
        assert last_news(reader, "morning", NOW) == NOW - 7 * HOUR


def test_other_weeks_tell_of_the_same_hours_where_somebody_looked(path: Path):
    for week, added in ((1, 4), (2, 5), (4, 6)):
        ledger(path, NOW - week * WEEK - 2 * HOUR, added=added)
        ledger(path, NOW - week * WEEK - 1 * HOUR, added=10)
        ledger(path, NOW - week * WEEK - 4 * HOUR, added=100)
    ledger(path, NOW - 3 * WEEK - 2 * HOUR, "unreachable")
    with Reader(path) as reader:
        assert in_other_weeks(reader, "morning", NOW - 3 * HOUR, NOW) == (14, 15, 16)


def test_no_query_reads_a_whole_table(path: Path):
    """The ledger grows for years, the frontier to millions."""
    with Writer(path):
        pass
    queries = [text for name, text in vars(history).items() if name.startswith("_") and isinstance(text, str)]
    queries = [text for text in queries if text.lstrip().startswith("SELECT")]
    assert len(queries) > 10
    runs = ("morning", "feed:morning.example/rss.xml")
    queries = [text.replace("{whose}", whose(run)) for text in queries for run in runs]
    connection = sqlite3.connect(path)
    for query in queries:
        values = dict.fromkeys(re.findall(r":(\w+)", query), "") or [""] * query.count("?")
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
        steps = [step for *_, step in plan if "ledger" in step or "links" in step]
        assert steps, query
        assert all("SEARCH" in step and "USING" in step for step in steps), (steps, query)
        assert all(re.search(r"\((source=|lane=|started_at>)\?", step) for step in steps), (steps, query)
    connection.close()


# -- where it stands ---------------------------------------------------------------------------------------------------


def test_a_source_that_never_ran_stands_nowhere(path: Path):
    ledger(path, NOW, source="evening")
    with Reader(path) as reader:
        assert standing_of(reader, "morning", NOW, 2 * DAY) is None


def test_a_good_source_has_no_problems(path: Path):
    ledger(path, NOW - 2 * DAY - HOUR, added=5)
    ledger(path, NOW - 1 * DAY - HOUR, added=9)
    ledger(path, NOW - 1 * DAY - 2 * HOUR, added=2)
    ledger(path, NOW - HOUR, added=4)
    found = standing(path)
    assert found.problems == ()
    assert found.last_good_run == stamp(NOW - HOUR + timedelta(minutes=1))
    assert (found.fresh, found.usual, found.streak) == (4, 8, 0)
    assert found.last_run is not None
    assert (found.last_run.outcome, found.last_run.words) == ("done", "")


def test_failed_runs_in_a_row_are_counted_and_the_last_of_them_is_told_in_words(path: Path):
    ledger(path, NOW - 5 * HOUR, "broken")
    ledger(path, NOW - 4 * HOUR)
    ledger(path, NOW - 3 * HOUR, "unreachable", errors={"listing http_503": 1})
    ledger(path, NOW - 2 * HOUR, "broken", errors={"article http_404": 2, "looks broken: no article link in list": 1})
    ledger(path, NOW - 1 * HOUR, "stopped")
    ledger(path, NOW - 1 * HOUR, "bug", kind="part")
    found = standing(path)
    assert found.streak == 2
    assert found.problems == ("the last 2 runs have failed (broken, exit 3): no article link in list",)
    assert found.last_run is not None
    assert found.last_run.outcome == "stopped"


def test_a_crashed_run_is_a_failed_one_without_an_exit_code(path: Path):
    ledger(path, NOW - 2 * HOUR, None)
    assert standing(path).running_since == stamp(NOW - 2 * HOUR)
    ledger(path, NOW - 1 * HOUR, None)
    found = standing(path)
    assert found.running_since == stamp(NOW - 1 * HOUR)
    assert found.problems == ("the last run has failed (crashed)",)


def test_a_run_whose_lock_is_free_was_killed_unless_it_has_ended_meanwhile(path: Path):
    ledger(path, NOW - 2 * HOUR, None)
    ledger(path, NOW - 1 * HOUR, None, kind="backfill")

    def ends_now(backfill: bool) -> bool:
        operate(path, "UPDATE ledger SET finished_at = started_at, outcome = 'done' WHERE kind = 'whole'")
        return backfill

    with Reader(path) as reader:
        found = standing_of(reader, "morning", NOW, 2 * DAY, lambda backfill: backfill)
        assert found is not None
        assert (found.running_since, found.killed_since) == (stamp(NOW - 1 * HOUR), stamp(NOW - 2 * HOUR))
        found = standing_of(reader, "morning", NOW, 2 * DAY, ends_now)
        assert found is not None
        assert (found.running_since, found.killed_since) == (stamp(NOW - 1 * HOUR), None)


def test_a_field_under_its_floor_is_told_also_when_runs_without_news_came_after(path: Path):
    ledger(path, NOW - 2 * DAY, added=30, sample={"articles": 30})
    ledger(path, NOW - 2 * HOUR, "broken", added=7, sample={"articles": 7, "lacks/credit": 7})
    ledger(path, NOW - 1 * HOUR)
    found = standing(path)
    assert found.streak == 0
    assert found.problems == ("credit is found in 0 of 7 articles, usually in 100 %",)


def test_links_are_told_by_what_becomes_of_them(path: Path):
    ledger(path, NOW - 6 * DAY)
    with Frontier(path, Clock(NOW - 6 * DAY), lane=BACKFILL) as old:
        old.record([link(1), link(2)])
    for tries in range(len(BACKOFF) + 1):
        with Frontier(path, Clock(NOW - 5 * DAY + tries * HOUR)) as fresh:
            fresh.record([link(3), link(4), link(5), link(6)])
            fresh.failed("morning:4", "http_500")
    with Writer(path, clock=Clock(NOW - DAY), recheck=2 * DAY) as writer:
        writer.add(article(5))
        writer.add(article(6))
    for hours in (5, 2):
        with Writer(path, clock=Clock(NOW - hours * HOUR), recheck=2 * DAY) as writer:
            writer.gone("morning:6", Reason.GONE)
    found = standing(path)
    assert (found.open, found.open_backfill, found.hidden, found.rechecks_due) == (1, 2, 1, 1)
    (given_up,) = found.given_up
    assert (given_up.key, given_up.reason) == ("morning:4", "http_500")
    assert given_up.at == stamp(NOW - 5 * DAY + len(BACKOFF) * HOUR)


def test_the_rechecks_that_are_due_are_those_that_the_next_run_asks(path: Path):
    """What nobody asked while it was fresh keeps its due_at, and is asked no more."""
    ledger(path, NOW)
    with Frontier(path, Clock(NOW)) as frontier:
        frontier.record([link(number) for number in range(4)])
    with Writer(path, clock=Clock(NOW), recheck=2 * DAY) as writer:
        for number in range(3):
            writer.add(article(number))
    for hours in (3, 6):
        with Writer(path, clock=Clock(NOW + hours * HOUR), recheck=2 * DAY) as writer:
            writer.gone("morning:0", Reason.GONE)
    counts = []
    for later in (timedelta(0), 2 * HOUR, 1 * DAY, 5 * DAY, 30 * DAY):
        with Frontier(path, Clock(NOW + later), recheck=2 * DAY) as frontier:
            asked, _ = frontier.again("morning", limit=100)
        counts.append(standing(path, NOW + later).rechecks_due)
        assert counts[-1] == len(asked)
    assert counts == [0, 2, 3, 1, 0]


def test_after_five_days_without_runs_no_recheck_is_due(path: Path):
    ledger(path, NOW)
    with Frontier(path, Clock(NOW)) as frontier:
        frontier.record([link(1)])
    with Writer(path, clock=Clock(NOW), recheck=2 * DAY) as writer:
        writer.add(article(1))
    assert standing(path, NOW + 2 * HOUR).rechecks_due == 1
    assert standing(path, NOW + 5 * DAY).rechecks_due == 0


def test_a_good_run_is_a_whole_one_that_ended_as_done(path: Path):
    with Writer(path), Reader(path) as reader:
        assert last_good_run(reader, "morning") is None
    ledger(path, NOW - 9 * HOUR)
    ledger(path, NOW - 8 * HOUR, "stopped")
    ledger(path, NOW - 7 * HOUR, kind="part")
    ledger(path, NOW - 6 * HOUR, kind="backfill")
    ledger(path, NOW - 5 * HOUR, "broken")
    ledger(path, NOW - 4 * HOUR, source="evening")
    ledger(path, NOW - 3 * HOUR, None)
    with Reader(path) as reader:
        assert last_good_run(reader, "morning") == stamp(NOW - 9 * HOUR + timedelta(minutes=1))
    assert standing(path).last_good_run == stamp(NOW - 9 * HOUR + timedelta(minutes=1))


def test_all_links_given_up_are_named_the_latest_first(path: Path):
    ledger(path, NOW)
    with Frontier(path, Clock(NOW)) as frontier:
        frontier.record([link(number) for number in range(5)])
    operate(path, "UPDATE links SET state = 'given_up', settled_at = '2025-11-1' || (id % 5) || 'T00:00:00Z'")
    assert [one.at[9] for one in standing(path).given_up] == ["4", "3", "2", "1", "0"]


# -- a cron job that died ----------------------------------------------------------------------------------------------


def test_no_run_for_much_longer_than_usual_is_said():
    starts = [NOW - 7 * HOUR - n * timedelta(minutes=10) for n in range(20)]
    assert overdue(starts, NOW) == "no run since 2025-11-19 02:00 UTC, usually one every 10 minutes"
    assert overdue(starts, NOW - 2 * HOUR) is None
    assert overdue(starts[:5], NOW) is None


def test_as_long_as_few_runs_are_known_a_day_without_one_is_said():
    starts = [NOW - n * timedelta(minutes=10) for n in range(9)]
    assert overdue(starts, NOW + DAY) is None
    assert overdue(starts, NOW + 30 * HOUR) == "no run since 2025-11-19 09:00 UTC, for 30 hours"
    assert overdue([NOW], NOW + 30 * HOUR) is not None
    assert overdue([], NOW) is None


def test_who_runs_once_a_day_is_not_missed_after_seven_hours():
    starts = [NOW - 30 * HOUR - n * DAY for n in range(20)]
    assert overdue(starts, NOW) is None
    assert overdue(starts, NOW + 5 * DAY) == "no run since 2025-11-18 03:00 UTC, usually one every 24 hours"
