"""What the ledger has of runs that ended otherwise than in order, and what `scrapy status` makes of it."""

from __future__ import annotations

import fcntl
import json
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from loopback import Site
from running import NOW, Desk, Running
from scrapy.utils.test import get_crawler

from newscrawl.clock import Clock, unstamp
from newscrawl.extensions.ledger import Ledger, close_row
from newscrawl.extensions.lock import lock_path
from newscrawl.fetch.project import Run, say_run
from newscrawl.outcome import Exit, Kind, Outcome
from newscrawl.sources import registry
from newscrawl.store.writer import Writer

ROWS = "SELECT outcome, exit_code, added FROM runs ORDER BY id"
STOPPED = Outcome(name="stopped", exit_code=Exit.DONE, words="stopped")


def test_a_run_whose_copy_for_readers_fails_is_unwritable_in_the_ledger(site: Site, site_desk: Desk):
    failed = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_SNAPSHOT": "readers/copy.db"})
    assert failed.code == 6
    assert site_desk.rows(ROWS) == [("unwritable", 6, 24)]
    assert site_desk.scrapy("status").code == 3


def twice(process: Running) -> None:
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)


def test_a_run_that_a_second_signal_ends_stands_as_stopped_with_its_counts(site: Site, site_desk: Desk):
    process = site_desk.start("crawl", "site")
    site.when("/a/20.html", lambda: twice(process))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "stopped at once by a second signal" in err
    ((outcome, code, links),) = site_desk.rows("SELECT outcome, exit_code, links FROM runs")
    assert (outcome, code) == ("stopped", 0)
    assert links > 0
    site.acts.clear()
    assert site_desk.scrapy("crawl", "site").code == 0
    assert site_desk.column("SELECT outcome FROM runs ORDER BY id") == ["stopped", "done"]


def test_a_row_that_cannot_be_closed_then_is_only_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """Another program writes: it is waited for a second, not for ten."""
    db = tmp_path / "news.db"
    crawler = get_crawler(settings_dict={"NEWSCRAWL_DB": str(db)})
    say_run(crawler, Run(name="chinanews", kind=Kind.WHOLE, source=registry().get("chinanews")))
    ledger = Ledger(crawler)
    ledger._opened()
    other = Writer(db)
    other._db.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    close_row(crawler, STOPPED)
    assert time.monotonic() - begun < 8
    assert "does not have how this run ended" in caplog.text
    other._db.execute("ROLLBACK")
    other.close()


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    with lock_path(desk.db, "site", backfill=False).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_a_run_whose_lock_nobody_holds_was_killed(desk: Desk):
    desk.settings["SPIDER_MODULES"] = "site_sources"
    with Writer(desk.db, clock=Clock(unstamp(NOW))) as writer:
        writer.open_run("site")
    with held(desk):
        assert f"a run began at {NOW} and has not ended" in desk.scrapy("status").out
    done = desk.scrapy("status")
    assert f"the run that began at {NOW} was killed" in done.out
    assert "has not ended" not in done.out
    (row,) = json.loads(desk.scrapy("status", "--json").out)
    assert (row["running_since"], row["killed_since"], row["healthy"]) == (None, NOW, True)
    lock_path(desk.db, "site", backfill=False).unlink()
    assert "has not ended" in desk.scrapy("status").out, "beside a copy there is no lock"


def on_a_terminal(desk: Desk, columns: int) -> str:
    """What status says there of a source that ran once, an hour ago; without colours."""
    desk.settings["SPIDER_MODULES"] = "site_sources"
    desk.env |= {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(columns)}
    with Writer(desk.db, clock=Clock(unstamp(NOW) - timedelta(hours=1))) as writer:
        writer.close_run(writer.open_run("site"), "done", 0, {"added": 24})
    return re.sub(r"\x1b\[[0-9;]*m", "", desk.scrapy("status").out)


@pytest.mark.parametrize("columns", [80, 100])
def test_on_a_narrow_terminal_each_source_is_a_block_of_its_facts(desk: Desk, columns: int):
    assert [line.split() for line in on_a_terminal(desk, columns).splitlines()] == [
        ["site", "healthy"],
        ["last", "good", "run", "2025-11-19T08:00:00Z"],
        ["new", "in", "24", "h", "24"],
    ]


def test_on_a_wide_terminal_no_heading_of_the_table_is_cut(desk: Desk):
    out = on_a_terminal(desk, 160)
    assert "…" not in out
    assert all(heading in out for heading in ("│ source", "last good run", "new in 24 h", "rechecks due"))
