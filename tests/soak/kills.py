"""Runs killed with SIGKILL at seeded moments while the newsroom lives on, and what has to hold of the store then."""

from __future__ import annotations

import gzip
import itertools
import random
import re
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import Factory, define
from comparing import Downstream
from killer import Killer, Moment
from living import Newsroom
from running import Desk, Done
from stories import START, Story

FRESH = timedelta(hours=48)
ALL_FRESH = ("recheck=now",)
_HAN = re.compile(r"([\u3400-\u9fff])")
_WORDS = """
    SELECT a.key, r.number, r.headline, r.body_text, r.credit, r.correction, r.disclaimer
    FROM revisions AS r JOIN articles AS a ON a.id = r.article_id ORDER BY a.key, r.number"""


@define(kw_only=True)
class Kills:
    """``step`` is how far the newsroom's time goes from run to run."""

    newsroom: Newsroom
    desk: Desk
    step: timedelta
    env: Mapping[str, str] = Factory(dict)
    now: datetime = START
    killed: Counter[str] = Factory(Counter)
    """How many, by how far they had come."""
    finished: int = 0
    downstream: Downstream = Factory(Downstream)
    usual: dict[tuple[str, ...], tuple[float, int]] = Factory(dict)
    """Seconds and requests of the last run that came to its end, by its arguments."""

    def begin(self) -> None:
        """Whole runs, to know how long they take."""
        self._ends_well(self.run())
        self._ends_well(self.run(*ALL_FRESH))

    def kill_one(self, chance: random.Random) -> None:
        """Every third asks all that is fresh: it has several transactions, a common one has its one at the end."""
        words = chance.choice(((), (), ALL_FRESH))
        self.kill(Moment.random(chance, *self.usual[words]), *words)

    def kill(self, moment: Moment, *words: str) -> None:
        """A run that is killed then, if it has not ended before."""
        done = self.run(*words, moment=moment)
        if done.code == -signal.SIGKILL:
            self.killed[_how_far(self.newsroom.asked)] += 1
        else:
            self.finished += 1
            self._ends_well(done)
        if wrong := list(self.wrong_at_any_time()):
            raise AssertionError(f"killed {moment}, at {self.now:%a %H:%M}:\n" + "\n".join(wrong[:20]))

    def end(self) -> None:
        """The final run, which asks all that is fresh, and one two hours later: what has vanished is hidden."""
        self._ends_well(self.run(*ALL_FRESH))
        at = self.now
        wrong = [*self.wrong_at_any_time(), *self.wrong_at_the_end(), *wrong_in_search(self.desk)]
        self.now = at + timedelta(hours=2) - self.step
        self._ends_well(self.run())
        wrong += [*self.wrong_at_any_time(), *self._wrong_shown(at), *wrong_in_archive(self.desk)]
        if wrong:
            raise AssertionError(f"after the final run, at {at:%a %H:%M}:\n" + "\n".join(wrong[:20]))

    # -- a run -------------------------------------------------------------------------------------------------------

    def run(self, *words: str, moment: Moment | None = None) -> Done:
        self.now += self.step
        self.newsroom.now = self.now
        self.newsroom.asked.clear()
        self.desk.env = {"LIVING_ORIGIN": self.newsroom.origin, **self.env}
        arguments = [word for given in words for word in ("-a", given)]
        begun = time.monotonic()
        killer = Killer(moment=moment, log=self.desk.db.with_name(f"{self.desk.db.name}-wal"))
        self.newsroom.before_answer = killer.asked
        process = self.desk.start("crawl", "living", *arguments, settings={"NEWSCRAWL_NOW": self.now.isoformat()})
        killer.begin(process)
        out, err = process.communicate(timeout=100)
        killer.end()
        assert process.returncode is not None
        if process.returncode == 0:
            self.usual[words] = time.monotonic() - begun, len(self.newsroom.asked)
        return Done(code=process.returncode, out=out, err=err)

    def _ends_well(self, done: Done) -> None:
        if done.code != 0:
            raise AssertionError(
                f"nobody kills it and it ends with {done.code}, at {self.now:%a %H:%M}\n{done.err[-3000:]}"
            )

    # -- what has to hold --------------------------------------------------------------------------------------------

    def wrong_at_any_time(self) -> Iterator[str]:
        """Half articles, revisions that are no row of the publisher's versions, changes that do not give what is
        published, more than one run that stands open."""
        if not self.desk.db.exists() or not self.desk.column("SELECT 1 FROM sqlite_master WHERE name = 'ledger'"):
            return
        if (said := self.desk.column("PRAGMA integrity_check")) != ["ok"]:
            yield f"integrity_check: {said}"
        if said := self.desk.rows("PRAGMA foreign_key_check"):
            yield f"foreign_key_check: {said}"
        for key, rows in itertools.groupby(self.desk.rows(_WORDS), key=lambda row: row[0]):
            yield from self._wrong_revisions(key, [row[1:] for row in rows])
        try:
            self.downstream.follow(self.desk)
        except ValueError as problem:
            yield str(problem)
        published = self.desk.column("SELECT key FROM published")
        if len(published) != len(set(published)) or set(published) != self.downstream.keys:
            yield f"changes do not give what is published: {sorted(set(published) ^ self.downstream.keys)}"
        seqs = self.desk.column("SELECT seq FROM changes ORDER BY rowid")
        if seqs != sorted(set(seqs)):
            yield "changes.seq repeats"
        left_open = self.desk.column("SELECT count(*) FROM ledger WHERE finished_at IS NULL")[0]
        if left_open > 1:
            yield f"{left_open} runs stand open"

    def wrong_at_the_end(self) -> Iterator[str]:
        """What the list has now is stored, shown, in the publisher's last words; every killed run is closed."""
        rows = self.desk.rows("SELECT key, headline, body_text, credit, correction FROM published")
        last = {key: words for key, *words in rows}
        for story in (story for page in self.newsroom.pages(self.now) for story in page):
            version = story.version(self.now)
            if not self._may_be_out(story) and last.get(story.key) != self._words(story, version):
                yield f"{story.key}: {last.get(story.key)} instead of version {version}"
        outcomes = set(self.desk.column("SELECT outcome FROM runs"))
        if not outcomes <= {"done", "crashed"}:
            yield f"outcomes of runs: {outcomes}"
        if self.desk.column("SELECT count(*) FROM runs WHERE finished_at IS NULL") != [0]:
            yield "a killed run stands open"
        crashed = self.desk.column("SELECT count(*) FROM runs WHERE outcome = 'crashed'")[0]
        if not 0 < crashed <= self.killed.total():
            yield f"{crashed} runs crashed, {self.killed.total()} were killed"

    def _wrong_shown(self, before: datetime) -> Iterator[str]:
        """Two hours after ``before``: what had vanished by then is hidden, and nothing is that never vanished."""
        states = dict(self.desk.rows("SELECT key, state FROM articles"))
        for story in self.newsroom.published(self.now):
            state = states.get(story.key)
            lost = story.is_away(before) and story.is_away(self.now) and story.published > before - FRESH
            if state == "shown" and lost:
                yield f"{story.key} has vanished and is shown"
            if state == "hidden" and (story.away is None or story.away[0] > self.now):
                yield f"{story.key} is hidden and never vanished"

    def _wrong_revisions(self, key: str, rows: list[tuple[Any, ...]]) -> Iterator[str]:
        story = self.newsroom.stories[int(key.removeprefix("living:"))]
        if [row[0] for row in rows] != list(range(1, len(rows) + 1)):
            yield f"{key}: its revisions are numbered {[row[0] for row in rows]}"
        if any(row[-1] is None for row in rows):
            yield f"{key} has no disclaimer"
        versions = [self._words(story, version) for version in range(story.version(self.now) + 1)]
        places = [versions.index(list(row[1:-1])) if list(row[1:-1]) in versions else -1 for row in rows]
        if -1 in places or places != sorted(set(places)):
            yield f"{key}: its revisions are the publisher's versions {places}"

    def _words(self, story: Story, version: int) -> list[str | None]:
        text = story.text(version)
        return [text.headline, text.body, story.outlet, text.correction]

    def _may_be_out(self, story: Story) -> bool:
        """What cannot be had, is a copy, was away (hidden, perhaps, until it is asked again) or is asked no more."""
        was_away = story.away is not None and story.away[0] <= self.now
        old = story.published <= self.now - FRESH and bool(story.edits)
        return story.forbidden or story.copy_of is not None or was_away or old


def _how_far(asked: list[str]) -> str:
    if not asked:
        return "before the first request"
    return "among the articles or at the end" if any(path.startswith("/a/") for path in asked) else "among the lists"


def wrong_in_search(desk: Desk) -> Iterator[str]:
    """The index holds each published article once, and finds it by its headline."""
    connection = sqlite3.connect(desk.db)
    try:
        connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        indexed = connection.execute("SELECT count(*) FROM search_docsize").fetchone()[0]
        published = connection.execute("SELECT id, headline FROM published").fetchall()
        if indexed != len(published):
            yield f"search has {indexed} articles, {len(published)} are published"
        for identity, headline in published:
            phrase = " ".join(_HAN.sub(r" \1 ", headline).split())
            found = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (f'headline : "{phrase}"',))
            if found.fetchall() != [(identity,)]:
                yield f"search does not find {headline}"
    except sqlite3.DatabaseError as problem:
        yield f"search: {problem}"
    finally:
        connection.close()


def wrong_in_archive(desk: Desk) -> Iterator[str]:
    """Every record that a row names is there, whole, and of that address."""
    for url, file, offset, length in desk.rows('SELECT url, file, "offset", length FROM captures'):
        with (desk.archive / file).open("rb") as opened:
            opened.seek(offset)
            packed = opened.read(length)
        try:
            record = gzip.decompress(packed)
        except (OSError, EOFError) as problem:
            yield f"the record of {url} in {file} at {offset}: {problem}"
            continue
        if not record.startswith(b"WARC/1") or f"WARC-Target-URI: {url}\r\n".encode() not in record:
            yield f"{file} at {offset} is no record of {url}"
