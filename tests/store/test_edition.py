"""What a published folder knows of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from newscrawl.errors import StoreError, StoreUnwritable
from newscrawl.store.edition import KEPT_OF_GONE, DueBucket, Edition, Place


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edition.db"


@pytest.fixture
def edition(path: Path) -> Iterator[Edition]:
    with Edition(path) as edition:
        yield edition


def place(number: int, *topics: str, at: str = "2025-11-19T08:00:00Z", noindex: bool = False) -> Place:
    day = at[:10]
    lists = {("day", "", day), *(("topic", topic, day[:7]) for topic in topics)}
    return Place(id=number, key=f"morning:{number}", at=at, changed=at, noindex=noindex, lists=frozenset(lists))


def put(edition: Edition, *places: Place) -> None:
    with edition.writing():
        for one in places:
            edition.place(one)


def withdraw(edition: Edition, *numbers: int, at: str = "2025-11-20T00:00:00Z") -> None:
    with edition.writing():
        for number in numbers:
            edition.withdraw(number, at)


def done(edition: Edition) -> None:
    with edition.writing():
        edition.done()


def due(edition: Edition) -> list[int]:
    return [one.id for chunk in edition.due() for one in chunk]


def due_lists(edition: Edition) -> set[tuple[str, str]]:
    return {(one.kind, one.name) for one in edition.due_lists()}


def list_id(edition: Edition, kind: str, name: str) -> int:
    found = edition.find(kind, name)
    assert found is not None
    return found.id


def test_an_article_that_comes_makes_its_page_and_its_lists_due(edition: Edition) -> None:
    put(edition, place(1, "太原"))
    assert due(edition) == [1]
    assert due_lists(edition) == {("day", ""), ("topic", "太原")}


def test_nothing_is_due_once_all_was_made(edition: Edition) -> None:
    put(edition, place(1, "太原"))
    done(edition)
    assert due(edition) == []
    assert due_lists(edition) == set()


def test_what_is_due_outlives_a_run_that_was_killed(edition: Edition, path: Path) -> None:
    put(edition, place(1, "太原"))
    edition.close()
    with Edition(path) as later:
        assert due(later) == [1]


def test_an_article_that_leaves_a_topic_makes_the_old_list_due(edition: Edition) -> None:
    put(edition, place(1, "太原"))
    done(edition)
    put(edition, place(1, "大同"))
    assert due_lists(edition) == {("day", ""), ("topic", "太原"), ("topic", "大同")}
    assert edition.newest(list_id(edition, "topic", "太原"), 9) == []


def test_a_withdrawn_article_leaves_its_lists_and_is_remembered_by_them(edition: Edition) -> None:
    put(edition, place(1, "太原"), place(2, "太原"))
    done(edition)
    withdraw(edition, 1)
    taiyuan = list_id(edition, "topic", "太原")
    assert edition.newest(taiyuan, 9) == [2]
    assert edition.gone(taiyuan) == [("morning:1", "2025-11-20T00:00:00Z")]
    assert [(one.id, one.gone) for chunk in edition.due() for one in chunk] == [(1, True)]


def test_an_article_that_comes_back_is_no_more_told_as_withdrawn(edition: Edition) -> None:
    put(edition, place(1, "太原"))
    withdraw(edition, 1)
    put(edition, place(1, "太原"))
    assert edition.gone(list_id(edition, "topic", "太原")) == []
    assert [(one.id, one.gone) for chunk in edition.due() for one in chunk] == [(1, False)]


def test_an_article_that_never_stood_here_is_not_told_as_withdrawn(edition: Edition) -> None:
    withdraw(edition, 7)
    assert due(edition) == []


def test_a_list_remembers_the_last_withdrawals_only(edition: Edition) -> None:
    numbers = range(1, KEPT_OF_GONE + 11)
    put(edition, *(place(number) for number in numbers))
    for number in numbers:
        withdraw(edition, number, at=f"2025-11-20T00:{number // 60:02}:{number % 60:02}Z")
    keys = [key for key, _ in edition.gone(list_id(edition, "day", ""))]
    assert keys == [f"morning:{number}" for number in reversed(numbers)][:KEPT_OF_GONE]


def test_no_key_or_name_of_an_emptied_list_stays_in_the_file(edition: Edition, path: Path) -> None:
    put(edition, place(1, "某某案"), place(2, "太原"))
    withdraw(edition, 1)
    with edition.writing():
        edition.forget_gone(list_id(edition, "topic", "某某案"))
    done(edition)
    edition.close()
    assert "某某案".encode() not in path.read_bytes()
    assert "太原".encode() in path.read_bytes()


def test_the_page_on_which_an_article_stands_beside_another_is_due_with_it(edition: Edition) -> None:
    put(edition, place(1), place(2), place(3))
    with edition.writing():
        edition.set_beside(1, ["morning:2"])
    done(edition)
    with edition.writing():
        edition.is_due_beside("morning:2")
        edition.is_due_beside("morning:9")
    assert due(edition) == [1]


def test_a_page_that_does_not_stand_here_is_not_due(edition: Edition) -> None:
    put(edition, place(1))
    done(edition)
    with edition.writing():
        edition.is_due([1, 99])
    assert due(edition) == [1]


def test_buckets_newest_and_parts_are_in_the_order_of_time(edition: Edition) -> None:
    put(
        edition,
        place(3, at="2025-11-19T10:00:00Z"),
        place(1, at="2025-11-19T09:00:00Z"),
        place(2, at="2025-11-18T23:00:00Z"),
        place(4, at="2025-11-19T10:00:00Z"),
    )
    days = list_id(edition, "day", "")
    assert edition.buckets(days) == [("2025-11-19", 3), ("2025-11-18", 1)]
    assert edition.newest(days, 3) == [4, 3, 1]
    assert edition.slice(days, "2025-11-19", 1, 9) == [3, 4]
    assert edition.span(days, DueBucket(name="2025-11-19", at="2025-11-19T10:00:00Z", until=None)) == (1, 3)
    assert edition.span(days, DueBucket(name="2025-11-19", at="", until="2025-11-19T09:00:00Z")) == (0, 1)


def test_of_a_bucket_the_earliest_change_counts(edition: Edition) -> None:
    put(edition, place(1, at="2025-11-19T10:00:00Z"), place(2, at="2025-11-19T09:00:00Z"))
    (bucket,) = edition.due_buckets(list_id(edition, "day", ""))
    assert bucket == DueBucket(name="2025-11-19", at="2025-11-19T09:00:00Z", until=None)


def test_what_changes_where_it_stands_makes_nothing_behind_it_due(edition: Edition):
    put(edition, place(1, at="2025-11-19T08:00:00Z"), place(2, at="2025-11-19T09:00:00Z"))
    done(edition)
    put(edition, place(1, at="2025-11-19T08:00:00Z"))
    (bucket,) = edition.due_buckets(list_id(edition, "day", ""))
    assert (bucket.at, bucket.until) == ("2025-11-19T08:00:00Z", "2025-11-19T08:00:00Z")


def test_noindex_articles_are_not_offered_to_search_engines(edition: Edition) -> None:
    put(edition, place(1), place(2, noindex=True))
    days = list_id(edition, "day", "")
    assert [id_ for id_, _ in edition.to_be_found(days, "2025-11-19")] == [1]
    assert edition.since(days, "2025-11-18T00:00:00Z", 9) == [1]


def test_news_are_counted_from_the_stamp_on_whatever_day_the_publisher_shows(edition: Edition) -> None:
    early = Place(
        id=1,
        key="morning:1",
        at="2025-11-17T20:00:00Z",
        changed="2025-11-17T20:00:00Z",
        noindex=False,
        lists=frozenset({("day", "", "2025-11-16")}),
    )
    put(edition, early, place(2, at="2025-11-17T07:00:00Z"))
    assert edition.since(list_id(edition, "day", ""), "2025-11-17T08:00:00Z", 9) == [1]


def test_a_list_whose_buckets_are_written_out_has_all_of_them_due(edition: Edition) -> None:
    put(edition, place(1, "太原", at="2025-10-01T00:00:00Z"), place(2, "太原"))
    done(edition)
    taiyuan = list_id(edition, "topic", "太原")
    with edition.writing():
        edition.set_archived(taiyuan, True)
    assert [(bucket.name, bucket.at) for bucket in edition.due_buckets(taiyuan)] == [("2025-10", ""), ("2025-11", "")]


def test_another_versions_file_is_refused_in_words(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"version 99.*--anew"):
        Edition(path)


def test_what_is_no_sqlite_file_is_refused_in_words(path: Path) -> None:
    path.write_text("no database, but a file that is long enough to be looked at as one" * 20)
    with pytest.raises(StoreError, match=r"what stands in the folder.*not an SQLite file.*--anew"):
        Edition(path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnwritable, match="cannot be opened"):
        Edition(tmp_path / "nowhere" / "edition.db")


def test_an_article_that_has_another_key_is_known_by_it_wherever_it_is_shown(edition: Edition) -> None:
    put(edition, place(1), place(2))
    with edition.writing():
        edition.set_beside(1, ["morning:2"])
    done(edition)
    put(edition, attrs.evolve(place(2), key="evening:2"))
    assert due(edition) == [1, 2]
