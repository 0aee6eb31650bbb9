"""When the world fails the store: nothing half-written, said in words, and the next try goes on."""

from __future__ import annotations

import contextlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_made import CLOCK, article, column, link

from newscrawl.errors import StoreError, StoreUnwritable
from newscrawl.store import connection
from newscrawl.store.frontier import Frontier
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer

HERE = Path(__file__).resolve().parent


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A process of its own, which dies or meets limits of its own."""
    lines = f"import sys; sys.path.insert(0, {str(HERE)!r})\nfrom pathlib import Path\n{code}"
    return subprocess.run(
        [sys.executable, "-c", lines, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


FILL = """
from newscrawl.store.frontier import Frontier
from newscrawl.store.writer import Writer
from store_made import CLOCK, article, link
path = Path(sys.argv[1])
"""
AS_NOBODY = (
    """
import os
import newscrawl.store.migrations
from newscrawl.store.reader import Reader
"""
    + FILL
    + """
if os.geteuid() == 0:  # root may write everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""
)


def whole(path: Path) -> None:
    assert column(path, "PRAGMA integrity_check") == ["ok"]
    (articles,) = column(path, "SELECT count(*) FROM articles")
    assert column(path, "SELECT count(*) FROM published") == [articles]
    assert column(path, "SELECT count(*) FROM changes") == [articles]
    assert column(path, "SELECT count(*) FROM search WHERE search MATCH '\"图 书 馆\"'") == [articles]


@pytest.mark.parametrize("moment", ["in the transaction", "between flush and close"])
def test_a_killed_writer_leaves_whole_batches_and_open_links(path: Path, moment: str):
    done = run(
        FILL
        + """
import os, signal
def die(): os.kill(os.getpid(), signal.SIGKILL)
frontier = Frontier(path, CLOCK)
frontier.record([link(n) for n in range(25)])
batches = []
def before_commit():
    batches.append(1)
    if len(batches) == 2 and sys.argv[2] == "in the transaction":
        die()
writer = Writer(path, clock=CLOCK, batch=10, seconds=3600, before_commit=before_commit)
for n in range(25):
    writer.add(article(n))
die()
""",
        path,
        moment,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    kept = 10 if moment == "in the transaction" else 20
    whole(path)
    assert column(path, "SELECT count(*) FROM published") == [kept]
    with Frontier(path, CLOCK) as frontier:
        links, _ = frontier.due("morning", limit=100)
        assert [each.key for each in links] == [f"morning:{n}" for n in range(kept, 25)]
    with Writer(path, clock=CLOCK) as writer:
        for n in range(25):
            writer.add(article(n))
    assert (writer.tally.added, writer.tally.unchanged) == (25 - kept, kept)
    whole(path)


def test_a_reader_in_mid_select_sees_its_moment_and_blocks_nobody(path: Path):
    with Writer(path, clock=CLOCK, busy_seconds=0) as writer:
        for number in range(3):
            writer.add(article(number))
        writer.flush()
        reader = sqlite3.connect(path)
        cursor = reader.execute("SELECT key FROM published ORDER BY id")
        first = cursor.fetchone()
        writer.add(article(3))
        writer.add(article(0, headline="改了标题"))
        assert (writer.flush().added, writer.tally.revised) == (1, 1)
        assert [first, *cursor.fetchall()] == [("morning:0",), ("morning:1",), ("morning:2",)]
        assert reader.execute("SELECT count(*) FROM published").fetchone() == (4,)
        reader.close()


def test_a_reader_beside_a_writer_never_sees_half_an_article(path: Path):
    """Rows of all tables of an article come and change together."""
    Writer(path, clock=CLOCK).close()
    torn: list[object] = []
    done = threading.Event()

    def watch() -> None:
        reader = sqlite3.connect(path)
        query = """
            SELECT (SELECT count(*) FROM published), (SELECT count(*) FROM changes WHERE kind = 'added'),
                (SELECT count(*) FROM published_topics WHERE topic = '图书馆'),
                (SELECT coalesce(sum(revision), 0) FROM published),
                (SELECT count(*) FROM changes)"""
        while not done.is_set():
            articles, added, topics, revisions, changes = reader.execute(query).fetchone()
            if not articles == added == topics or revisions != changes:
                torn.append((articles, added, topics, revisions, changes))
        reader.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with Writer(path, clock=CLOCK, batch=5) as writer:
            for edition in range(3):
                for number in range(100):
                    writer.add(article(number, headline=f"第{edition}版{number}", keywords=("图书馆",)))
    finally:
        done.set()
        watcher.join()
    assert torn == []
    assert writer.tally.revised == 200


def test_a_lock_held_too_long_is_said_in_words_and_the_batch_is_written_later(path: Path):
    with Writer(path, clock=CLOCK, busy_seconds=0.05) as writer, Frontier(path, CLOCK, busy_seconds=0.05) as frontier:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        writer.add(article())
        with pytest.raises(StoreUnwritable, match="locked"):
            writer.flush()
        with pytest.raises(StoreUnwritable, match="locked"):
            frontier.record([link()])
        other.execute("ROLLBACK")
        other.close()
        assert writer.flush().added == 1
        assert frontier.record([link()]) == (link(),)


def test_a_lock_held_shortly_is_waited_for(path: Path):
    """Though the writer reads before it writes: its transaction asks for the lock first."""
    with Writer(path, clock=CLOCK) as writer:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
        timer.start()
        writer.add(article())
        assert writer.flush().added == 1
        timer.join()
        other.close()


def test_a_full_disk_is_said_in_words_and_keeps_what_was_committed(path: Path):
    """The disk is made to end by a limit on the size of this process's files."""
    done = run(
        FILL
        + """
import resource
from newscrawl.errors import StoreUnwritable
writer = Writer(path, clock=CLOCK, batch=20, seconds=3600)
for n in range(20):
    writer.add(article(n))
resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_name(path.name + "-wal").stat().st_size + 20_000,) * 2)
try:
    for n in range(20, 200):
        writer.add(article(n, body_text=f"图书馆{n}。" * 500))
except StoreUnwritable as problem:
    print(problem)
""",
        path,
    )
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    whole(path)
    assert column(path, "SELECT count(*) FROM published") == [20]


@contextlib.contextmanager
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("opener", ["Writer", "Frontier"])
@pytest.mark.parametrize("where", ["news.db", "more/news.db"])
def test_a_folder_that_may_not_be_written_is_said_in_words(opener: str, where: str):
    with open_to_all() as folder:
        folder.chmod(0o555)
        done = run(AS_NOBODY + f"{opener}(path)", folder / where)
        assert "StoreUnwritable" in done.stderr.splitlines()[-1], done.stderr
        assert str(folder / where) in done.stderr.splitlines()[-1]
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("opener", "word"), [("Writer", "StoreUnwritable"), ("Reader", "StoreError")])
def test_a_folder_that_may_not_be_entered_is_said_in_words(opener: str, word: str):
    with open_to_all() as folder:
        (folder / "closed").mkdir(mode=0o700)
        path = folder / "closed" / "news.db"
        Writer(path, clock=CLOCK).close()
        done = run(AS_NOBODY + f"{opener}(path)", path)
        assert word in done.stderr.splitlines()[-1], done.stderr
        assert str(path) in done.stderr.splitlines()[-1]


def test_a_store_that_may_only_be_read_is_not_written_and_says_so():
    with open_to_all() as folder:
        path = folder / "news.db"
        with Writer(path, clock=CLOCK) as writer:
            writer.add(article())
        path.chmod(0o444)
        folder.chmod(0o555)
        before = path.read_bytes()
        done = run(AS_NOBODY + "writer = Writer(path)\nwriter.add(article(2))\nwriter.flush()", path)
        assert "StoreUnwritable" in done.stderr.splitlines()[-1], done.stderr
        done = run(AS_NOBODY + "Reader(path)", path)
        assert "may write to its folder" in done.stderr.splitlines()[-1], done.stderr
        assert path.read_bytes() == before


def test_a_copy_without_a_wal_is_read_where_nothing_may_be_written():
    with open_to_all() as folder:
        path, copy = folder / "news.db", folder / "copy.db"
        with Writer(path, clock=CLOCK) as writer:
            writer.add(article())
            writer.flush()
            connection = sqlite3.connect(path)
            connection.execute("VACUUM INTO ?", (str(copy),))
            connection.close()
        copy.chmod(0o444)
        folder.chmod(0o555)
        done = run(AS_NOBODY + "print(Reader(path).article('morning:1')['key'])", copy)
        assert done.stdout == "morning:1\n", done.stderr


def test_a_missing_store_is_said_in_words_and_not_made(path: Path):
    with pytest.raises(StoreError, match="there is no store at"):
        Reader(path)
    assert not path.exists()


def test_a_damaged_store_is_said_in_words(path: Path):
    with Writer(path, clock=CLOCK) as writer:
        for number in range(50):
            writer.add(article(number))
    data = bytearray(path.read_bytes())
    data[8192:-4096] = b"\xff" * (len(data) - 8192 - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), Reader(path) as reader:
        reader.article("morning:1")


def test_a_bug_in_one_article_is_raised_and_costs_no_other_and_its_link_stays_open(path: Path):
    """An article without an address breaks a promise of the tables; SQLite's own words reach the log."""
    with Frontier(path, CLOCK) as frontier, Writer(path, clock=CLOCK) as writer:
        frontier.record([link(1), link(2), link(3)])
        for number in (1, 2, 3):
            writer.add(article(number, **({"url": ""} if number == 2 else {})))
        with pytest.raises(ExceptionGroup) as raised:
            writer.flush()
        (bug,) = raised.value.exceptions
        assert isinstance(bug, sqlite3.IntegrityError)
        assert "articles.url" in str(bug)
        assert writer.tally.added == 2
        assert writer.flush().added == 0
        whole(path)
        assert column(path, "SELECT key FROM published ORDER BY key") == ["morning:1", "morning:3"]
        assert column(path, "SELECT key FROM links WHERE state = 'open'") == ["morning:2"]


def test_a_store_that_fails_after_a_bug_tells_of_both(path: Path):
    """What was written stays, what was not yet tried stays buffered; the bug is the cause of what is raised."""
    calls: list[int] = []

    def archive() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise StoreUnwritable("no room")

    with Writer(path, clock=CLOCK, before_commit=archive) as writer:
        for number in (1, 2, 3, 4):
            writer.add(article(number, **({"url": ""} if number == 2 else {})))
        with pytest.raises(StoreUnwritable, match="no room") as raised:
            writer.flush()
        cause = raised.value.__cause__
        assert isinstance(cause, ExceptionGroup)
        assert [type(bug) for bug in cause.exceptions] == [sqlite3.IntegrityError]
        assert column(path, "SELECT key FROM published") == ["morning:1"]
        assert writer.flush().added == 2


def test_a_writer_waits_for_a_takedown_longer_than_for_another_program(path: Path, monkeypatch: pytest.MonkeyPatch):
    """It writes the whole file anew, which on a large store takes longer than a lock is waited for."""
    with Writer(path, clock=CLOCK, busy_seconds=0) as writer:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("INSERT INTO settled VALUES ('purge', '')")
        other.execute("BEGIN IMMEDIATE")
        is_purged = connection._is_purged

        def asked(own: sqlite3.Connection) -> bool:
            purged = is_purged(own)
            other.execute("COMMIT")
            return purged

        monkeypatch.setattr(connection, "_is_purged", asked)
        writer.add(article(1))
        assert writer.flush().added == 1
        other.execute("DELETE FROM settled WHERE name = 'purge'")
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(connection, "_is_purged", is_purged)
        writer.add(article(2))
        with pytest.raises(StoreUnwritable, match="locked"):
            writer.flush()
        other.execute("ROLLBACK")
        other.close()
