"""The file: its shape is the contract's, it is made once, and a file that is not ours is left alone."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from store_made import article, column, operate, rows

from newscrawl.errors import StoreError, StoreTooNew, StoreUnwritable
from newscrawl.store import migrations, schema
from newscrawl.store.frontier import Frontier
from newscrawl.store.reader import Reader
from newscrawl.store.views import ABOUT, COLUMNS, VIEWS
from newscrawl.store.writer import Writer

CONTRACT = {
    "published": "id key source source_name url headline subheadline section breadcrumbs language dateline agency "
    "place dateline_date authors correspondents account editors credit credit_url published_at published_local "
    "published_raw modified_at summary body_html body_text images keywords correction disclaimer reprint noindex "
    "story_id revision first_seen_at updated_at",
    "published_related": "article_id position kind headline url published_at summary related_id",
    "published_topics": "article_id topic kind position",
    "published_images": "article_id position url caption file width height",
    "hot_topics": "topic kind score articles",
    "changes": "seq at kind article_id key fields origin",
    "search": "headline body",
    "site": "name base handle language contact",
    "runs": "id source started_at finished_at outcome exit_code listings links known fetched added revised unchanged "
    "rejected missing errors requests bytes seconds",
}
"""What other sites were promised: names in their order. A change here is a new version of the contract."""


@pytest.mark.parametrize("view", CONTRACT)
def test_a_view_has_the_contracts_columns_in_its_order(writer: Writer, path: Path, view: str):
    assert column(path, "SELECT name FROM pragma_table_info(?)", view) == CONTRACT[view].split()


def test_every_view_and_column_has_its_meaning_and_nothing_else_has():
    assert {view: list(columns) for view, columns in COLUMNS.items()} == {v: c.split() for v, c in CONTRACT.items()}
    assert set(ABOUT) == set(CONTRACT)
    assert set(VIEWS) < set(CONTRACT)


def test_the_file_says_what_it_is(writer: Writer, path: Path):
    told = {name: column(path, f"PRAGMA {name}")[0] for name in ("user_version", "application_id", "page_size")}
    assert told == {
        "user_version": schema.VERSION,
        "application_id": schema.APPLICATION_ID,
        "page_size": schema.PAGE_SIZE,
    }
    assert column(path, "PRAGMA journal_mode") == ["wal"]


def test_all_tables_are_strict_and_of_known_name(writer: Writer, path: Path):
    query = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 1"
    assert set(column(path, query)) == {*schema.TABLES, "bands", "settled", "pictures", "pictured"}


def test_opening_again_changes_nothing(path: Path):
    Writer(path).close()
    before = path.read_bytes()
    Writer(path).close()
    Frontier(path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", [Writer, Frontier])
@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("file/news.db", "its folder cannot be made .*file is no folder"),
        ("file/more/news.db", "its folder cannot be made"),
        ("nowhere/news.db", "its folder cannot be made .*nowhere is no folder"),
        ("circle/news.db", "its folder cannot be made .*circle is no folder"),
        ("circle", "cannot be opened for writing"),
        ("n" * 300 + "/news.db", "its folder cannot be made .*too long"),
        ("n" * 300, "cannot be opened for writing"),
        ("/proc/news.db", "cannot be opened for writing"),
        ("/proc/more/news.db", "its folder cannot be made"),
    ],
)
def test_a_place_where_no_store_can_be_made_is_told_in_words(tmp_path: Path, opener: type, where: str, words: str):
    if where.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("this system has no /proc, a folder in which nobody may make a file")
    (tmp_path / "file").touch()
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing" / "folder")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(StoreUnwritable, match=words) as raised:
        opener(tmp_path / where)
    assert str(tmp_path / where) in str(raised.value)


@pytest.mark.parametrize("where", ["file/news.db", "missing/news.db", "circle", "n" * 300, "n" * 300 + "/news.db"])
def test_a_place_where_no_store_can_be_is_told_to_readers_in_words(tmp_path: Path, where: str):
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(StoreError, match=r"there is no store|cannot be reached") as raised:
        Reader(tmp_path / where)
    assert str(tmp_path / where) in str(raised.value)


def test_a_folder_whose_name_is_no_utf8_and_has_uri_syntax_holds_a_store_like_any(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"\xc0\xeb %41?#&") / "news.db"
    with Writer(path) as writer:
        writer.add(article())
    with Reader(path) as reader:
        assert reader.article("morning:1") is not None


@pytest.mark.parametrize("opener", [Writer, Frontier, Reader])
def test_a_newer_store_is_refused_in_words_and_left_as_it_is(path: Path, opener: type):
    Writer(path).close()
    operate(path, "PRAGMA user_version = 99")
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(StoreTooNew) as raised:
        opener(path)
    assert str(path) in str(raised.value)
    assert "99" in str(raised.value)
    assert hashlib.sha256(path.read_bytes()).digest() == before


@pytest.mark.parametrize("opener", [Writer, Frontier, Reader])
def test_another_programs_sqlite_file_is_refused_and_left_as_it_is(path: Path, opener: type):
    operate(path, "CREATE TABLE accounts (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no newscrawl store"):
        opener(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("opener", [Writer, Frontier, Reader])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, opener: type):
    path.write_text("headlines of the day\n" * 100)
    with pytest.raises(StoreError, match=r"not (an SQLite file|a database)"):
        opener(path)
    assert path.read_text() == "headlines of the day\n" * 100


def test_an_empty_file_becomes_a_store(path: Path):
    path.touch()
    with Writer(path) as writer:
        writer.add(article())
    assert column(path, "SELECT key FROM published") == ["morning:1"]


def test_a_folder_where_the_store_should_be_is_told_in_words(tmp_path: Path):
    with pytest.raises(StoreUnwritable, match="cannot be opened"):
        Writer(tmp_path)


def test_an_older_file_is_brought_up_to_date_when_opened_for_writing(path: Path):
    Writer(path).close()
    operate(path, "PRAGMA user_version = 0")
    with pytest.raises(StoreError, match="older version"):
        Reader(path)
    Writer(path).close()
    assert column(path, "PRAGMA user_version") == [schema.VERSION]


def test_a_migration_that_fails_leaves_no_trace(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(migrations.VIEWS, "broken", "CREATE VIEW broken AS SELECT 1 FROM")
    with pytest.raises(sqlite3.OperationalError, match="incomplete input"):
        Writer(path)
    assert rows(path, "SELECT name FROM sqlite_master") == []
    monkeypatch.undo()
    Writer(path).close()
    assert column(path, "PRAGMA user_version") == [schema.VERSION]


def test_many_processes_may_make_the_store_at_once(path: Path):
    code = f"from pathlib import Path; from newscrawl.store.writer import Writer; Writer(Path({str(path)!r})).close()"
    processes = [subprocess.Popen([sys.executable, "-W", "error", "-c", code]) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    assert column(path, "SELECT count(*) FROM _sqlite_migrations") == [schema.VERSION]


def test_changes_can_be_neither_rewritten_nor_removed(writer: Writer, path: Path):
    writer.add(article())
    writer.flush()
    for statement in ("UPDATE changes SET kind = 'revised'", "DELETE FROM changes"):
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
            operate(path, statement)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT headline FROM published ORDER BY published_at DESC LIMIT 20",
        "SELECT rowid FROM search WHERE search MATCH '\"太 原\"' ORDER BY rowid DESC LIMIT 20",
        "SELECT * FROM changes WHERE seq > 5 ORDER BY seq",
        "SELECT * FROM published WHERE key = 'a'",
        "SELECT * FROM published WHERE url = 'a'",
        "SELECT * FROM published_related WHERE article_id = 5",
        "SELECT * FROM links WHERE source = 'a' AND state = 'open' AND due_at <= 'b' AND id > 5 ORDER BY id LIMIT 9",
        "SELECT key FROM articles WHERE text_hash IN (SELECT value FROM json_each('[]'))",
    ],
)
def test_a_daily_query_neither_sorts_nor_reads_a_table_whole(writer: Writer, path: Path, query: str):
    plan = [row[3] for row in rows(path, f"EXPLAIN QUERY PLAN {query}")]
    whole = [step for step in plan if step.startswith("SCAN") and " INDEX " not in step]
    assert not whole, plan
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
    if " = " in query:
        assert not [step for step in plan if step.startswith("SCAN")], plan
