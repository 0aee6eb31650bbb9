"""`scrapy snapshot`, and NEWSCRAWL_SNAPSHOT at the end of a run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from loopback import Site, article, listing
from running import Desk
from scrapy.utils.test import get_crawler

from newscrawl.extensions.snapshot import Snapshot
from newscrawl.store.writer import Writer

KEYS = "SELECT key FROM published ORDER BY key"


def column(path: Path, sql: str) -> list[object]:
    """Through stock sqlite3, as a downstream site reads."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute(sql)]
    finally:
        connection.close()


def test_the_readers_copy_is_replaced_by_runs_that_change_something_and_heals(site_desk: Desk, site: Site):
    copy = site_desk.folder / "readers" / "copy.db"
    watched = {"NEWSCRAWL_SNAPSHOT": "readers/copy.db"}

    for page in range(1, 5):
        site.put(f"/list/{page}.html", listing([24, 23, 22] if page == 1 else []))
    failed = site_desk.scrapy("crawl", "site", settings=watched)
    assert failed.code == 6
    assert "3 added" in failed.last_line
    assert "readers is not there" in failed.last_line

    copy.parent.mkdir()
    assert site_desk.scrapy("crawl", "site", settings=watched).code == 0
    assert column(copy, KEYS) == site_desk.column(KEYS) == ["site:22", "site:23", "site:24"]
    assert column(copy, "PRAGMA journal_mode") == ["delete"]

    first = copy.stat()
    assert site_desk.scrapy("crawl", "site", settings=watched).code == 0
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)

    site.put("/list/1.html", listing([25, 24, 23, 22]))
    site.put("/a/25.html", article(25))
    assert site_desk.scrapy("crawl", "site", settings=watched).code == 0
    assert column(copy, KEYS) == ["site:22", "site:23", "site:24", "site:25"]


def test_a_run_that_a_signal_stopped_leaves_the_copy_to_the_next(tmp_path: Path):
    """It takes as long as the store is large, and whoever sent the signal waits."""
    settings = {"NEWSCRAWL_DB": str(tmp_path / "news.db"), "NEWSCRAWL_SNAPSHOT": str(tmp_path / "copy.db")}
    Writer(tmp_path / "news.db").close()
    snapshot = Snapshot(get_crawler(settings_dict=settings))
    snapshot._closed("shutdown")
    assert not (tmp_path / "copy.db").exists()
    snapshot._closed("finished")
    assert column(tmp_path / "copy.db", "SELECT count(*) FROM changes") == [0]


def test_a_place_that_would_be_written_over_is_refused_before_anything_is_asked(site_desk: Desk, site: Site):
    done = site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_SNAPSHOT": "data/news.db"})
    assert done.code == 1
    assert "NEWSCRAWL_SNAPSHOT" in done.err
    assert site.asked == []


def test_the_command_says_what_it_made_or_why_not(desk: Desk):
    target = desk.folder / "copy.db"
    missing = desk.scrapy("snapshot", "copy.db")
    assert (missing.code, missing.out) == (6, "")
    assert "there is no store" in missing.err

    Writer(desk.db).close()
    done = desk.scrapy("snapshot", "copy.db")
    assert done.code == 0, done.err
    assert done.out.startswith(f"{target}: ")
    assert "`changes` up to 0" in done.out
    assert column(target, "PRAGMA integrity_check") == ["ok"]

    refused = desk.scrapy("snapshot", str(desk.db))
    assert refused.code == 1
    assert "is the store itself" in refused.err
