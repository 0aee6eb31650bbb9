"""Old files of the archive go, the articles stay; nothing goes that a run is writing or that the store would miss."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from running import Desk
from store_made import CLOCK, NOW, article, column, operate

from newscrawl.archive.pruning import files_of
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.clock import stamp
from newscrawl.commands.prune import days_of, pruned
from newscrawl.errors import BadOption
from newscrawl.items import Capture
from newscrawl.options import Options
from newscrawl.store.writer import Writer

PAGE = b"<html>" + b"word " * 300


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options.read({"NEWSCRAWL_NOW": stamp(NOW), "NEWSCRAWL_ARCHIVE": "data/archive"}, base=tmp_path)


def archived(options: Options, days_ago: float, *, stem: str | None = None, close: bool = True) -> ArchiveWriter:
    """A file with one page of that age; its name is of that moment unless ``stem`` says otherwise."""
    at = NOW - timedelta(days=days_ago)
    writer = ArchiveWriter(options.archive, stem or f"morning/{at:%Y-%m}/morning-{at:%Y%m%dT%H%M%SZ}-7")
    captures.append(writer.write(url="https://m.example/1", status=200, headers=(), body=PAGE, fetched_at=at))
    if close:
        writer.close()
    return writer


captures: list[Capture] = []


@pytest.fixture(autouse=True)
def _no_captures() -> None:
    captures.clear()


def stored(options: Options, *of: Capture) -> None:
    """An article for each capture."""
    with Writer(options.db, clock=CLOCK) as writer:
        for number, capture in enumerate(of):
            writer.add(article(number, captures=(capture,)))


def files(options: Options) -> list[str]:
    return sorted(path.relative_to(options.archive).as_posix() for path in options.archive.rglob("*.warc.gz"))


KNOWN = "SELECT file FROM captures ORDER BY file"


def test_old_files_go_with_their_records_and_the_articles_stay(options: Options):
    for days in (90, 31, 29, 1):
        archived(options, days)
    stored(options, *captures)
    names = [capture.file for capture in captures]
    size = sum((options.archive / name).stat().st_size for name in names[:2])

    done, forgotten = pruned(options, 30, dry_run=False)

    assert files(options) == sorted(names[2:]) == column(options.db, KNOWN)
    assert (len(done.removed), done.size, done.kept, done.in_use, forgotten) == (2, size, 2, 0, 2)
    assert done.oldest is not None
    assert done.oldest.at == NOW - timedelta(days=29)
    assert column(options.db, "SELECT count(*) FROM published") == [4]
    assert not (options.archive / "morning" / "2025-08").exists()
    assert pruned(options, 30, dry_run=False)[0].removed == []


def test_a_file_is_as_old_as_the_newest_page_an_article_was_read_from(options: Options):
    """A backfill's file bears the time it began."""
    writer = archived(options, 40, close=False)
    captures.append(
        writer.write(url="https://m.example/2", status=200, headers=(), body=PAGE, fetched_at=NOW - timedelta(days=20))
    )
    writer.close()
    stored(options, *captures)
    assert pruned(options, 30, dry_run=False)[0].removed == []
    assert len(pruned(options, 19, dry_run=False)[0].removed) == 1


def test_a_file_that_the_store_does_not_know_is_as_old_as_its_name_says_else_as_its_last_write(options: Options):
    stored(options)
    archived(options, 40)
    archived(options, 2)
    for name, days in (("theirs-20250801120000-1", 0), ("mine", 40), ("mine-2", 3), ("lot-20259999999999", 3)):
        archived(options, 0, stem=name)
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(options.archive / f"{name}.warc.gz", (at, at))
    ages = {file.path.name.partition(".")[0]: file.at for file in files_of(options.archive, {})}
    assert ages["theirs-20250801120000-1"] == datetime(2025, 8, 1, 12, tzinfo=UTC)
    pruned(options, 30, dry_run=False)
    left = [Path(name).name.partition(".")[0] for name in files(options)]
    assert left == ["lot-20259999999999", "mine-2", "morning-20251117T090000Z-7"]


def test_a_file_that_a_run_has_open_stays_with_its_records(options: Options):
    writer = archived(options, 40, close=False)
    stored(options, *captures)
    done, forgotten = pruned(options, 30, dry_run=False)
    assert (done.removed, done.kept, done.in_use, forgotten) == ([], 1, 1, 0)
    assert column(options.db, KNOWN) == [captures[0].file]
    writer.close()
    assert len(pruned(options, 30, dry_run=False)[0].removed) == 1


def test_a_prune_that_was_killed_between_files_and_records_is_finished_by_the_next(options: Options):
    archived(options, 40)
    archived(options, 1)
    stored(options, *captures)
    (options.archive / captures[0].file).unlink()
    done, forgotten = pruned(options, 30, dry_run=False)
    assert (done.removed, forgotten) == ([], 1)
    assert column(options.db, KNOWN) == [captures[1].file]


def test_records_of_a_young_file_that_is_missing_and_of_files_elsewhere_are_kept(options: Options, tmp_path: Path):
    """A replay's pages lie outside of the archive: their file is not prune's to judge."""
    archived(options, 40)
    archived(options, 1)
    archived(options, 1.5)
    elsewhere = Capture(
        url="https://m.example/9",
        file=str(tmp_path / "far.warc.gz"),
        offset=0,
        length=9,
        fetched_at=captures[0].fetched_at,
    )
    stored(options, *captures, elsewhere)
    (options.archive / captures[1].file).unlink()
    assert pruned(options, 30, dry_run=False)[1] == 1
    assert column(options.db, KNOWN) == sorted([elsewhere.file, captures[1].file, captures[2].file])


def test_links_are_left_alone(options: Options, tmp_path: Path):
    archived(options, 40)
    stored(options, *captures)
    away = tmp_path / "big disk.warc.gz"
    place = options.archive / captures[0].file
    place.rename(away)
    place.symlink_to(away)
    assert pruned(options, 30, dry_run=False)[0].removed == []
    assert column(options.db, KNOWN) == [captures[0].file]


def test_a_dry_run_touches_nothing(options: Options):
    archived(options, 40)
    stored(options, *captures)
    done, _ = pruned(options, 30, dry_run=True)
    assert [file.path.relative_to(options.archive).as_posix() for file in done.removed] == files(options)
    assert column(options.db, KNOWN) == files(options) != []


def test_an_archive_whose_disk_is_not_there_is_told_and_nothing_is_forgotten(options: Options):
    archived(options, 40)
    archived(options, 1)
    stored(options, *captures)
    options.archive.rename(options.archive.with_name("unmounted"))
    with pytest.raises(BadOption, match=r"NEWSCRAWL_ARCHIVE: .* is not there"):
        pruned(options, 30, dry_run=False)
    options.archive.mkdir()
    with pytest.raises(BadOption, match="is the disk mounted"):
        pruned(options, 30, dry_run=False)
    assert len(column(options.db, KNOWN)) == 2


def test_without_an_archive_there_is_nothing_to_prune(tmp_path: Path):
    with pytest.raises(BadOption, match="NEWSCRAWL_ARCHIVE: is empty"):
        pruned(Options.read({"NEWSCRAWL_ARCHIVE": ""}, base=tmp_path), 30, dry_run=False)


def test_a_store_that_fails_after_the_files_went_forgets_them_the_next_time(options: Options):
    archived(options, 40)
    stored(options, *captures)
    operate(options.db, "CREATE TRIGGER stop BEFORE DELETE ON captures BEGIN SELECT RAISE(ABORT, 'stop'); END")
    with pytest.raises(Exception, match="stop"):
        pruned(options, 30, dry_run=False)
    assert files(options) == []
    operate(options.db, "DROP TRIGGER stop")
    assert pruned(options, 30, dry_run=False)[1] == 1
    assert column(options.db, KNOWN) == []


@pytest.mark.parametrize("text", [None, "", "0", "-1", "1.5", "x", "３", "9" * 5000, "99999"])
def test_days_are_a_whole_number_from_one(text: str | None):
    with pytest.raises(BadOption, match="--older-than"):
        days_of(text)


def test_the_command_says_what_went(desk: Desk):
    options = Options.read(desk.settings | {"NEWSCRAWL_ARCHIVE": "data/archive"}, base=desk.folder)
    archived(options, 40)
    archived(options, 3)
    stored(options, *captures)
    done = desk.scrapy("prune", "--older-than", "30")
    assert done.code == 0, done.err
    assert done.out == "removed 1 file, 0.0 MB; 1 record forgotten\nkept 1 file, the oldest of 2025-11-16\n"
    assert desk.scrapy("prune", "--older-than", "soon").code == 1
