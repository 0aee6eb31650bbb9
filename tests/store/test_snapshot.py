"""The copy of the store: whole, without a WAL, put in place at once; never over what is not a copy."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_made import CLOCK, article, column, found, operate, rows

from newscrawl.errors import BadOption, StoreError, StoreUnwritable
from newscrawl.store.schema import APPLICATION_ID, VERSION
from newscrawl.store.snapshot import refresh, take
from newscrawl.store.writer import Writer

KEYS = "SELECT key FROM published ORDER BY key"


@pytest.fixture
def target(path: Path) -> Path:
    folder = path.parent / "readers"
    folder.mkdir()
    return folder / "copy.db"


def fill(path: Path, *numbers: int) -> None:
    with Writer(path, clock=CLOCK) as writer:
        for number in numbers:
            writer.add(article(number))


def left_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_it_is_the_store_in_one_file_that_needs_nothing_beside_it(path: Path, target: Path):
    with Writer(path, clock=CLOCK) as writer:  # at work: the store has a WAL
        writer.add(article(1))
        writer.flush()
        made = take(path, target, option="FILE")
    assert (made.path, made.size, made.seq) == (target, target.stat().st_size, 1)
    assert column(target, "PRAGMA journal_mode") == ["delete"]
    assert column(target, "PRAGMA user_version") == [VERSION]
    assert column(target, "PRAGMA application_id") == [APPLICATION_ID]
    assert column(target, "PRAGMA integrity_check") == ["ok"]
    assert found(target, '"图 书 馆"') == ["morning:1"]
    assert left_in(target.parent) == ["copy.db"]


def test_the_old_copy_is_replaced_and_who_has_it_open_keeps_it(path: Path, target: Path):
    fill(path, 1)
    take(path, target, option="FILE")
    reader = sqlite3.connect(target)
    assert reader.execute(KEYS).fetchall() == [("morning:1",)]
    fill(path, 2)
    take(path, target, option="FILE")
    assert reader.execute(KEYS).fetchall() == [("morning:1",)]
    reader.close()
    assert column(target, KEYS) == ["morning:1", "morning:2"]


def test_a_new_copy_has_the_rights_of_the_old_one_the_first_those_of_any_file(path: Path, target: Path):
    fill(path, 1)
    before = os.umask(0o027)
    try:
        take(path, target, option="FILE")
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        target.chmod(0o604)
        take(path, target, option="FILE")
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_copies_made_while_articles_are_written_are_whole(path: Path, target: Path):
    """Every article of a copy has its change, its revision and its place in the search index."""
    fill(path, 0)
    done = threading.Event()

    def write() -> None:
        with Writer(path, clock=CLOCK, batch=3) as writer:
            for number in range(1, 400):
                writer.add(article(number))
                if done.is_set():
                    return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(4):
            take(path, target, option="FILE")
            keys = column(target, KEYS)
            assert column(target, "SELECT key FROM changes ORDER BY key") == keys
            assert found(target, '"图 书 馆"') == keys
            assert column(target, "PRAGMA integrity_check") == ["ok"]
    finally:
        done.set()
        thread.join()


def test_two_at_once_make_one_after_the_other(path: Path, target: Path):
    fill(path, *range(40))
    made = []
    threads = [threading.Thread(target=lambda: made.append(take(path, target, option="FILE"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert column(target, "PRAGMA integrity_check") == ["ok"]
    assert left_in(target.parent) == ["copy.db"]


def test_what_a_killed_one_left_is_taken_away(path: Path, target: Path):
    fill(path, 1)
    for name in (".copy.db.part", ".copy.db.part-journal"):
        (target.parent / name).write_bytes(b"half a file" * 1000)
    take(path, target, option="FILE")
    assert left_in(target.parent) == ["copy.db"]
    assert column(target, KEYS) == ["morning:1"]


def test_a_link_is_followed_and_stays(path: Path, target: Path):
    fill(path, 1)
    link = path.parent / "link.db"
    link.symlink_to(target)
    take(path, link, option="FILE")
    assert link.is_symlink()
    assert column(target, KEYS) == ["morning:1"]


def as_itself(path: Path) -> Path:
    return path


def as_its_wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def as_a_link(path: Path) -> Path:
    link = path.with_name("link.db")
    link.symlink_to(path)
    return link


def as_a_hard_link(path: Path) -> Path:
    link = path.with_name("hard.db")
    link.hardlink_to(path)
    return link


def as_a_way_round(path: Path) -> Path:
    return path.parent / ".." / path.parent.name / path.name


@pytest.mark.parametrize("spelt", [as_itself, as_its_wal, as_a_link, as_a_hard_link, as_a_way_round])
def test_the_store_is_not_written_over_however_it_is_spelt(path: Path, spelt):
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1))
        writer.flush()
        with pytest.raises(BadOption, match=r"FILE: .* is the store itself"):
            take(path, spelt(path), option="FILE")
    assert column(path, KEYS) == ["morning:1"]


def a_text(target: Path) -> None:
    target.write_text("my notes")


def another_programs(target: Path) -> None:
    operate(target, "CREATE TABLE notes (x)", "INSERT INTO notes VALUES ('mine')")


def another_live_store(target: Path) -> None:
    fill(target, 7)


def a_folder(target: Path) -> None:
    target.mkdir()


def a_pipe(target: Path) -> None:
    os.mkfifo(target)


def a_circle(target: Path) -> None:
    target.symlink_to(target)


@pytest.mark.parametrize("there", [a_text, another_programs, another_live_store, a_folder, a_pipe, a_circle])
def test_what_is_no_copy_of_a_store_is_not_written_over(path: Path, target: Path, there):
    fill(path, 1)
    there(target)
    before = target.read_bytes() if target.is_file() else None
    with pytest.raises(BadOption, match=r"FILE: .*copy\.db is (no|a) "):
        take(path, target, option="FILE")
    assert (target.read_bytes() if target.is_file() else None) == before
    assert left_in(target.parent) == ["copy.db"]


def test_an_empty_file_and_a_copy_that_is_damaged_are(path: Path, target: Path):
    fill(path, 1)
    target.touch()
    take(path, target, option="FILE")
    target.write_bytes(target.read_bytes()[:5000])
    assert refresh(path, target, option="FILE") is not None
    assert column(target, KEYS) == ["morning:1"]


def test_a_folder_that_is_not_there_is_named(path: Path, target: Path):
    fill(path, 1)
    with pytest.raises(StoreUnwritable, match=r"the folder \S*nowhere is not there"):
        take(path, target.parent / "nowhere" / "copy.db", option="FILE")


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As near to a full disk as one comes without a disk of one's own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_where_there_is_no_room_the_old_copy_stays_and_no_half_one(path: Path, target: Path):
    fill(path, 1)
    take(path, target, option="FILE")
    fill(path, *range(2, 60))
    with no_file_longer_than(100_000), pytest.raises(StoreUnwritable, match=r"the snapshot \S*copy\.db: the disk"):
        take(path, target, option="FILE")
    assert column(target, KEYS) == ["morning:1"]
    assert left_in(target.parent) == ["copy.db"]


def test_without_a_store_there_is_no_copy_either(path: Path, target: Path):
    with pytest.raises(StoreError, match="there is no store"):
        take(path, target, option="FILE")
    assert left_in(target.parent) == []


def test_refreshed_is_only_what_is_behind(path: Path, target: Path):
    fill(path, 1)
    assert refresh(path, target, option="FILE") is not None
    first = target.stat().st_ino
    assert refresh(path, target, option="FILE") is None
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1))  # read again and found unchanged
    assert refresh(path, target, option="FILE") is None
    assert target.stat().st_ino == first
    assert left_in(target.parent) == ["copy.db"]
    fill(path, 2)
    made = refresh(path, target, option="FILE")
    assert made is not None
    assert made.seq == 2


def test_a_copy_of_another_store_is_behind_even_where_it_counts_the_same(path: Path, target: Path, tmp_path: Path):
    fill(path, 1)
    other = tmp_path / "other.db"
    fill(other, 5)
    take(other, target, option="FILE")
    assert refresh(path, target, option="FILE") is not None
    assert column(target, KEYS) == ["morning:1"]


def test_a_store_without_a_change_has_a_copy_too(path: Path, target: Path):
    fill(path)
    made = refresh(path, target, option="FILE")
    assert made is not None
    assert made.seq == 0
    assert refresh(path, target, option="FILE") is None
    assert rows(target, KEYS) == []
