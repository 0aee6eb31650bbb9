"""Disks that are full or read-only: exit 6 in words, nothing corrupt, and the next run brings all to the truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site
from running import QUICK, Desk, Done
from small_disk import SmallDisk, small_disk
from test_walk import everything, keys

from newscrawl.archive.reader import read_record
from newscrawl.clock import unstamp
from newscrawl.items import Capture


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "data") as disk:
        yield disk


@pytest.fixture
def desk(tmp_path: Path, site: Site, disk: SmallDisk) -> Desk:
    """Its data folder is the small disk."""
    settings = QUICK | {"SPIDER_MODULES": "site_sources", "NEWSCRAWL_ARCHIVE": str(tmp_path / "archive")}
    return Desk(tmp_path, settings, {"SITE_ORIGIN": site.origin}, disk.inside)


def look(disk: SmallDisk, tmp_path: Path) -> Desk:
    """A desk to read what is on the disk by now."""
    number = len(list(tmp_path.glob("look-*")))
    folder = tmp_path / f"look-{number}"
    disk.copy(folder / "data")
    return Desk(folder)


def failed_in_words(done: Done, *words: str) -> bool:
    assert done.code == 6, done.err
    for each in words:
        assert each in done.last_line
    assert "Traceback" not in done.err
    return True


def is_sound(desk: Desk) -> bool:
    assert desk.column("PRAGMA integrity_check") == ["ok"]
    assert desk.column("SELECT count(*) FROM published WHERE body_text IS NULL OR disclaimer IS NULL") == [0]
    assert len(desk.column("SELECT DISTINCT key FROM changes")) == desk.column("SELECT count(*) FROM changes")[0]
    return True


@pytest.mark.parametrize(("trouble", "word"), [("full", "No space left"), ("read-only", "Read-only file system")])
def test_a_disk_that_takes_nothing_is_told_before_anything_is_asked(
    site: Site, desk: Desk, disk: SmallDisk, tmp_path: Path, trouble: str, word: str
):
    disk.fill() if trouble == "full" else disk.remount("ro")
    assert failed_in_words(desk.scrapy("crawl", "site"), "news.db", word)
    assert site.asked == []
    disk.make_room() if trouble == "full" else disk.remount("rw")
    assert desk.scrapy("crawl", "site").code == 0
    assert set(keys(look(disk, tmp_path))) == everything(site)


def test_a_disk_that_becomes_read_only_after_good_runs_is_told(site: Site, desk: Desk, disk: SmallDisk, tmp_path: Path):
    assert desk.scrapy("crawl", "site", "-a", "limit=1").code == 0
    disk.remount("ro")
    assert failed_in_words(desk.scrapy("crawl", "site"), "news.db", "Read-only file system")
    disk.remount("rw")
    assert desk.scrapy("crawl", "site").code == 0
    after = look(disk, tmp_path)
    assert is_sound(after)
    assert set(keys(after)) == everything(site)


def test_a_disk_that_fills_up_under_the_store_costs_nothing_that_was_kept(
    site: Site, desk: Desk, disk: SmallDisk, tmp_path: Path
):
    site.when("/a/16.html", disk.fill)
    assert failed_in_words(desk.scrapy("crawl", "site"), "the disk is full; make room and run it again")
    assert is_sound(look(disk, tmp_path))
    site.acts.clear()
    disk.make_room()
    assert desk.scrapy("crawl", "site").code == 0
    after = look(disk, tmp_path)
    assert is_sound(after)
    assert set(keys(after)) == everything(site)
    assert after.column("SELECT outcome FROM runs ORDER BY id") == ["crashed", "done"]


def test_a_disk_that_is_full_at_the_very_end_leaves_the_run_open_for_the_next_to_close(
    site: Site, desk: Desk, disk: SmallDisk, tmp_path: Path
):
    """The second run has nothing to write but its row: the list says that nothing has changed."""
    site.validate("/list/")
    assert desk.scrapy("crawl", "site").code == 0
    site.when("/list/1.html", disk.fill)
    assert failed_in_words(desk.scrapy("crawl", "site"), "the disk is full")
    site.acts.clear()
    disk.make_room()
    assert desk.scrapy("crawl", "site").code == 0
    after = look(disk, tmp_path)
    assert is_sound(after)
    assert after.column("SELECT outcome FROM runs ORDER BY id") == ["done", "crashed", "done"]


def test_an_archive_that_cannot_be_written_ends_the_run_and_every_row_has_its_record(
    site: Site, disk: SmallDisk, tmp_path: Path
):
    """The archive lies on the small disk, the store on another."""
    store = tmp_path / "elsewhere" / "data" / "news.db"
    settings = QUICK | {"SPIDER_MODULES": "site_sources", "NEWSCRAWL_DB": str(store)}
    desk = Desk(tmp_path, settings, {"SITE_ORIGIN": site.origin}, disk.inside)
    site.when("/a/16.html", disk.fill)
    assert failed_in_words(desk.scrapy("crawl", "site"), "the archive cannot be written", "No space left")
    site.acts.clear()
    disk.make_room()
    assert desk.scrapy("crawl", "site").code == 0
    after = Desk(store.parent.parent)
    assert is_sound(after)
    assert set(keys(after)) == everything(site)
    archive = disk.copy(tmp_path / "copied") / "archive"
    for url, file, offset, length, at in after.rows('SELECT url, file, "offset", length, fetched_at FROM captures'):
        capture = Capture(url=url, file=file, offset=offset, length=length, fetched_at=unstamp(at))
        assert read_record(archive, capture).url == url
