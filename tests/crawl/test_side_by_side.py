"""Runs side by side on one store, and a downstream site that reads it all the while through stock sqlite3."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from loopback import Site, listing, newsroom, serving
from running import QUICK, Desk
from test_walk import everything, keys

from newscrawl.store.frontier import Frontier

DELAY = 0.1
LATE = 0.05
"""Seconds that a busy machine may lose between a process and the server's thread."""


class Reader(threading.Thread):
    """Polls ``published`` and ``changes`` until it is told to stop, as docs/store.md tells downstream sites to."""

    def __init__(self, db: Path) -> None:
        super().__init__()
        self._db = db
        self._over = threading.Event()
        self.polls = 0
        self.seen: list[int] = []
        self.shown: set[str] = set()
        self.complaints: list[str] = []

    def run(self) -> None:
        over = False
        while not over:
            over = self._over.wait(0.005)  # once more after the end: that is when all has to be there
            try:
                self._poll()
            except sqlite3.Error as error:
                self.complaints.append(repr(error))

    def _poll(self) -> None:
        connection = sqlite3.connect(f"file:{self._db}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute("BEGIN")
            cursor = self.seen[-1] if self.seen else 0
            for seq, kind, key in connection.execute("SELECT seq, kind, key FROM changes WHERE seq > ?", (cursor,)):
                self.seen.append(seq)
                (self.shown.discard if kind == "withdrawn" else self.shown.add)(key)
            rows = connection.execute(
                "SELECT key, headline IS NOT NULL AND length(body_text) > 80 AND disclaimer IS NOT NULL FROM published"
            ).fetchall()
            if {key for key, _ in rows} != self.shown:
                self.complaints.append(f"poll {self.polls}: published is not what changes tell")
            self.complaints += [f"half of {key}" for key, whole in rows if not whole]
            self.polls += 1
        finally:
            connection.close()

    def stop(self) -> None:
        self._over.set()
        self.join()


@contextmanager
def read_all_the_while(desk: Desk) -> Iterator[Reader]:
    Frontier(desk.db).close()  # there is a store before there is a run
    reader = Reader(desk.db)
    reader.start()
    try:
        yield reader
    finally:
        reader.stop()


def missed_nothing(reader: Reader, desk: Desk) -> bool:
    assert reader.complaints == []
    assert reader.polls > 20
    assert reader.seen == desk.column("SELECT seq FROM changes ORDER BY seq")
    assert reader.shown == set(keys(desk))
    return True


def test_of_two_runs_of_one_source_the_second_is_sent_away_at_once(site: Site, site_desk: Desk):
    second = []
    site.when("/list/2.html", lambda: second.append(site_desk.scrapy("crawl", "site")))
    with read_all_the_while(site_desk) as reader:
        first = site_desk.scrapy("crawl", "site")
    assert (first.code, second[0].code) == (0, 4)
    assert set(keys(site_desk)) == everything(site)
    assert len(site.asked) == len(set(site.asked))
    assert missed_nothing(reader, site_desk)


def test_two_sources_share_a_store(site: Site, site_desk: Desk):
    """They wait for each other in the middle of their walks, so that they are at it at the same time."""
    site.put("/west.html", listing(list(range(12, 0, -1))))
    both = threading.Event(), threading.Event()
    for path, (mine, theirs) in {"/list/2.html": both, "/west.html": both[::-1]}.items():
        site.when(path, partial(meet, mine, theirs))
    with read_all_the_while(site_desk) as reader:
        runs = [site_desk.start("crawl", name, settings={"SPIDER_MODULES": "two_sources"}) for name in ("east", "west")]
        logs = [run.communicate(timeout=60)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], logs
    assert set(keys(site_desk)) == {f"{'east' if n > 12 else 'west'}:{n}" for n in range(1, 25)}
    assert len(site.articles_asked()) == len(set(site.articles_asked())) == 24
    assert site_desk.rows("SELECT source, outcome, added FROM runs ORDER BY source") == [
        ("east", "done", 12),
        ("west", "done", 12),
    ]
    assert missed_nothing(reader, site_desk)


def meet(mine: threading.Event, theirs: threading.Event) -> None:
    mine.set()
    assert theirs.wait(30)


def test_what_a_fresh_run_meets_in_its_list_the_backfill_leaves_to_it(site: Site, site_desk: Desk):
    """All 24 wait for their turns in the backfill when a fresh run finds them; but for the one that is on its way."""
    site.put("/day/2025-11-18.html", listing(list(range(24, 0, -1))))
    fresh = []

    def run_once() -> None:
        site.acts.clear()
        fresh.append(site_desk.scrapy("crawl", "site"))

    for path in site.pages:
        if path.startswith("/a/"):
            site.when(path, run_once)
    alone = {"CONCURRENT_REQUESTS": "1"}
    done = site_desk.scrapy("crawl", "site", "-a", "since=2025-11-18", "-a", "until=2025-11-18", settings=alone)
    assert (done.code, fresh[0].code) == (0, 0), done.err
    first, *others = site.articles_asked()
    assert sorted(others) == sorted(f"/a/{n}.html" for n in range(1, 25))
    assert first in others
    assert "failed" not in done.last_line
    assert set(keys(site_desk)) == everything(site)


class Timed(list[str]):
    """What was asked, and when."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[float] = []

    def append(self, path: str) -> None:
        self.moments.append(time.monotonic())
        super().append(path)


@attrs.frozen
class Beside:
    """A backfill of the articles 1 to 12 and a fresh run, begun after it, of 13 to 24; one host, one delay."""

    site: Site
    desk: Desk
    reader: Reader
    codes: tuple[int | None, ...]
    asked: list[tuple[float, str]]


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    with serving(newsroom()) as site:
        for page in (3, 4):
            site.put(f"/list/{page}.html", listing([13]))
        for day, last in (("18", 12), ("17", 6)):
            site.put(f"/day/2025-11-{day}.html", listing(list(range(last, last - 6, -1))))
        desk = Desk(
            tmp_path_factory.mktemp("beside"),
            QUICK | {"SPIDER_MODULES": "site_sources", "DOWNLOAD_DELAY": str(DELAY)},
            {"SITE_ORIGIN": site.origin},
        )
        site.asked = timed = Timed()
        fresh, met = [], threading.Event()

        def until_the_other_is_there() -> None:
            site.when("/robots.txt", met.set)
            fresh.append(desk.start("crawl", "site"))
            assert met.wait(30)

        site.when("/day/2025-11-18.html", until_the_other_is_there)
        with read_all_the_while(desk) as reader:
            backfill = desk.start("crawl", "site", "-a", "since=2025-11-17", "-a", "until=2025-11-18")
            backfill.communicate(timeout=60)
            fresh[0].communicate(timeout=60)
        asked = list(zip(timed.moments, timed, strict=True))
        yield Beside(site, desk, reader, (backfill.returncode, fresh[0].returncode), asked)


def is_backfills(path: str) -> bool:
    return path.startswith("/day/") or (path.startswith("/a/") and int(path[3:-5]) <= 12)


def test_a_backfill_and_a_fresh_run_go_on_beside_each_other(beside: Beside):
    assert beside.codes == (0, 0)
    assert set(keys(beside.desk)) == everything(beside.site)
    articles = beside.site.articles_asked()
    assert len(articles) == len(set(articles)) == 24
    assert missed_nothing(beside.reader, beside.desk)


def test_together_they_keep_the_delay_of_the_host(beside: Beside):
    """While both ask. One that does not know of the other asks at twice the pace."""
    moments = [moment for moment, _ in while_both_ask(beside)]
    assert len(moments) > 15
    assert moments[-1] - moments[0] > DELAY * (len(moments) - 1) - LATE
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert sum(gap < DELAY - LATE for gap in gaps) <= len(gaps) / 10


def test_the_backfill_yields(beside: Beside):
    """While a fresh run goes on, it takes no more than about every fourth turn."""
    paths = [path for _, path in while_both_ask(beside)]
    backfills = sum(map(is_backfills, paths))
    assert 2 <= backfills <= len(paths) / 3
    assert is_backfills(beside.asked[-1][1]), "the fresh run is done first, though it was begun later"


def while_both_ask(beside: Beside) -> list[tuple[float, str]]:
    """From the fresh run's first request to its last."""
    fresh = [n for n, (_, path) in enumerate(beside.asked) if not is_backfills(path)]
    return beside.asked[fresh[1] : fresh[-1] + 1]
