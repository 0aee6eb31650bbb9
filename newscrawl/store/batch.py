"""The work of one transaction: what was buffered is decided, one thing after the other, and written together.

Everything is read first (three queries for the whole batch), decided in memory, where the second article of a batch
sees what the first one did, and then written table by table. The caller holds the transaction.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from newscrawl.clock import stamp
from newscrawl.errors import Reason
from newscrawl.items import Article, Capture
from newscrawl.store import rows
from newscrawl.store.decide import Decision, Insert, Revise, Skip, Stored, Why, decide
from newscrawl.store.due import Outcome
from newscrawl.store.events import Event, Failure, Read, Rejection, Tally
from newscrawl.store.kept import Kept
from newscrawl.store.links import Answer, settle
from newscrawl.store.schema import ID_DAY
from newscrawl.topics import topics_of

_BY_KEY = """
    SELECT a.id AS "article.id", a.key AS "article.key", a.source AS "article.source", a.url AS "article.url",
        a.state AS "article.state", a.reprint AS "article.reprint", a.first_seen_at AS "article.first_seen_at",
        a.updated_at AS "article.updated_at", a.revision_id AS "article.revision_id",
        a.text_hash AS "article.text_hash", r.*
    FROM articles AS a LEFT JOIN revisions AS r ON r.id = a.revision_id
    WHERE a.key IN (SELECT value FROM json_each(?))"""
_TWINS = """
    SELECT source, text_hash, key FROM articles
    WHERE text_hash IN (SELECT value FROM json_each(?)) AND state <> 'hidden'"""


class Batch:
    """One use: :meth:`run`. ``policy`` is NEWSCRAWL_REPRINT, ``now`` the time that is written."""

    def __init__(self, connection: sqlite3.Connection, policy: Mapping[str, str], now: datetime) -> None:
        self._db = connection
        self._policy = policy
        self._now = now
        self._at = stamp(now)
        self._kept: dict[str, Kept] = {}
        self._twins: dict[tuple[str, str], str] = {}
        self._ids: dict[int, int] = {}
        self._next_revision = 0
        self._revisions: list[rows.Row] = []
        self._captures: list[rows.Row] = []
        self._changes: list[rows.Row] = []
        self._answers: list[Answer] = []
        self._counts: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()

    def run(self, events: Sequence[Event]) -> Tally:
        """Decide and write all of ``events``, in their order."""
        articles = [event.article for event in events if isinstance(event, Read)]
        hashes = {id(article): rows.fingerprint(article) for article in articles}
        self._load(articles, hashes.values())
        for event in events:
            match event:
                case Read(article=article, link_key=link_key):
                    self._read(article, hashes[id(article)], link_key)
                case Rejection():
                    self._reject(event)
                case Failure():
                    self._failed[event.word] += 1
                    self._answer(event.key, Outcome.FAILED, event.word, event.detail)
        self._write()
        return Tally(
            added=self._counts["added"],
            revised=self._counts["revised"],
            unchanged=self._counts["unchanged"],
            rejected=dict(self._rejected),
            failed=dict(self._failed),
            missing=dict(self._missing),
        )

    # -- what is there -------------------------------------------------------------------------------------------

    def _load(self, articles: Iterable[Article], hashes: Iterable[str]) -> None:
        cursor = self._db.execute(_BY_KEY, (rows.to_json([article.key for article in articles]),))
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            own = {name.removeprefix("article."): row.pop(name) for name in names if name.startswith("article.")}
            there = own["revision_id"] is not None
            kept = Kept(**own, number=row["number"] if there else 0, columns=row if there else {})
            kept.was_indexed = kept.indexed
            self._kept[kept.key] = kept
        twins = self._db.execute(_TWINS, (rows.to_json(list(hashes)),))
        self._twins = {(source, text_hash): key for source, text_hash, key in twins}
        (self._next_revision,) = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM revisions").fetchone()

    def _new_id(self, published_at: str | None) -> int:
        first = int((published_at or self._at)[:10].replace("-", "")) * ID_DAY
        if first not in self._ids:
            in_day = (first, first + ID_DAY - 1)
            (last,) = self._db.execute("SELECT max(id) FROM articles WHERE id BETWEEN ? AND ?", in_day).fetchone()
            self._ids[first] = last or first
        self._ids[first] += 1
        return self._ids[first]

    # -- one thing after the other -------------------------------------------------------------------------------

    def _read(self, article: Article, text_hash: str, link_key: str | None) -> None:
        kept = self._kept.get(article.key)
        stored = Stored(state=kept.state, columns=kept.columns) if kept else None
        columns = rows.revision(article)
        decision = decide(stored, self._twins.get((article.source, text_hash)), columns)
        revision_id = None
        if isinstance(decision, Insert | Revise):
            kept = kept or self._fresh(article, columns)
            revision_id = self._revise(kept, decision, columns, text_hash, article)
        self._note_captures(article.key, article.captures, revision_id)
        self._settle(article, decision, link_key)

    def _fresh(self, article: Article, columns: rows.Row) -> Kept:
        kept = self._kept[article.key] = Kept(
            id=self._new_id(columns["published_at"]),
            key=article.key,
            source=article.source,
            url=rows.text(article.url),
            state="shown",
            reprint="hold",  # nobody sees it before it has its first revision
            first_seen_at=self._at,
            updated_at=self._at,
            in_store=False,
            announced=False,
        )
        return kept

    def _revise(self, kept: Kept, decision: Insert | Revise, columns: rows.Row, text_hash: str, new: Article) -> int:
        """Make ``columns`` the current revision of ``kept``, and say so if anybody may see it. Returns its id."""
        before = kept.shown
        kept.number += 1
        kept.revision_id = self._next_revision
        self._next_revision += 1
        kept.reprint = rows.reprint_mode(self._policy, new.source, new.credit)
        kept.url, kept.columns, kept.text_hash = rows.text(new.url), columns, text_hash
        kept.updated_at, kept.latest = self._at, new
        fields = rows.to_json(decision.fields if isinstance(decision, Revise) else ())
        own = {"id": kept.revision_id, "article_id": kept.id, "number": kept.number}
        self._revisions.append({**own, "stored_at": self._at, "origin": "publisher", "fields": fields, **columns})
        self._twins.setdefault((kept.source, text_hash), kept.key)
        self._tell(kept, before)
        return kept.revision_id

    def _tell(self, kept: Kept, before: rows.Row | None) -> None:
        """Say what readers of ``published`` see of the new revision; ``before`` is what they saw until now."""
        after = kept.shown
        fields: tuple[str, ...] = ()
        if before is not None and after is not None:
            kind, fields = "revised", rows.differing(before, after)
        elif before is not None:
            kind = "withdrawn"
        elif after is not None:
            kind = "restored" if self._was_announced(kept) else "added"
        else:
            return
        kept.announced = True
        row = {"at": self._at, "kind": kind, "article_id": kept.id, "key": kept.key, "fields": rows.to_json(fields)}
        self._changes.append({**row, "origin": "publisher"})

    def _was_announced(self, kept: Kept) -> bool:
        if kept.announced is None:
            told = self._db.execute("SELECT 1 FROM changes WHERE article_id = ? LIMIT 1", (kept.id,)).fetchone()
            kept.announced = told is not None
        return kept.announced

    def _settle(self, article: Article, decision: Decision, link_key: str | None) -> None:
        """Count what was decided, and close the link."""
        answer: tuple[Outcome, str | None, str | None, str | None]
        match decision:
            case Skip(reason=Why.DUPLICATE, twin_key=twin_key):
                self._rejected[Reason.DUPLICATE.value] += 1
                answer = (Outcome.REJECTED, Reason.DUPLICATE.value, None, twin_key)
            case Skip(reason=Why.WITHDRAWN):
                self._rejected[Reason.WITHDRAWN.value] += 1
                answer = (Outcome.REJECTED, Reason.WITHDRAWN.value, None, None)
            case _:
                word = {Insert: "added", Revise: "revised", Skip: "unchanged"}[type(decision)]
                self._counts[word] += 1
                self._missing.update(rows.missing(article))
                answer = (Outcome.STORED, None, None, None)
        for key in {article.key, link_key} - {None}:
            assert key is not None
            self._answer(key, *answer)

    def _reject(self, event: Rejection) -> None:
        self._rejected[event.reason.value] += 1
        self._note_captures(event.key, event.captures, None)
        self._answer(event.key, Outcome.REJECTED, event.reason.value, event.detail)

    def _note_captures(self, key: str, captures: Iterable[Capture], revision_id: int | None) -> None:
        for position, record in enumerate(captures, 1):
            self._captures.append({"key": key, "revision_id": revision_id, **rows.capture(record, position)})

    def _answer(
        self, key: str, outcome: Outcome, reason: str | None, detail: str | None, same_as: str | None = None
    ) -> None:
        self._answers.append(Answer(key=key, outcome=outcome, reason=reason, detail=detail, same_as=same_as))

    # -- table by table ------------------------------------------------------------------------------------------

    def _write(self) -> None:
        touched = [kept for kept in self._kept.values() if kept.latest is not None]
        self._write_articles(touched)
        self._insert("revisions", self._revisions)
        self._write_parts(touched)
        self._insert("captures", self._captures)
        self._write_search(touched)
        self._insert("changes", self._changes)
        settle(self._db, self._answers, self._now)

    def _insert(self, table: str, values: Sequence[rows.Row]) -> None:
        if not values:
            return
        names = list(values[0])
        columns = ", ".join(f'"{name}"' for name in names)
        holders = ", ".join("?" * len(names))
        self._db.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({holders})",  # noqa: S608  names of the schema, no values
            [[row[name] for name in names] for row in values],
        )

    def _write_articles(self, touched: Iterable[Kept]) -> None:
        new, old = [], []
        for kept in touched:
            row = {
                "url": kept.url,
                "reprint": kept.reprint,
                "revision_id": kept.revision_id,
                "text_hash": kept.text_hash,
                "published_at": kept.columns["published_at"],
                "updated_at": kept.updated_at,
            }
            if kept.in_store:
                old.append((*row.values(), kept.id))
            else:
                own = {"id": kept.id, "key": kept.key, "source": kept.source, "state": kept.state}
                new.append({**own, "first_seen_at": kept.first_seen_at, **row})
        self._insert("articles", new)
        self._db.executemany(
            "UPDATE articles SET url = ?, reprint = ?, revision_id = ?, text_hash = ?, published_at = ?, "
            "updated_at = ? WHERE id = ?",
            old,
        )

    def _write_parts(self, touched: Iterable[Kept]) -> None:
        """Related links and topics are those of the current revision."""
        related: list[rows.Row] = []
        topics: list[rows.Row] = []
        for kept in touched:
            assert kept.latest is not None
            if kept.in_store:
                self._db.execute("DELETE FROM related WHERE article_id = ? AND kind = 'page'", (kept.id,))
                self._db.execute("DELETE FROM article_topics WHERE article_id = ?", (kept.id,))
            related += [{"article_id": kept.id, **row} for row in rows.related(kept.latest)]
            topics += [
                {"article_id": kept.id, "position": topic.position, "topic": rows.text(topic.topic), "kind": topic.kind}
                for topic in topics_of(kept.latest)
            ]
        self._insert("related", related)
        self._insert("article_topics", [row for row in topics if row["topic"]])

    def _write_search(self, touched: Iterable[Kept]) -> None:
        """In the order of ids: FTS5 writes out what it holds in memory whenever an id is lower than the one before."""
        for kept in sorted(touched, key=lambda kept: kept.id):
            before, after = kept.was_indexed, kept.indexed
            if before == after:
                continue
            if before is not None:
                self._db.execute(
                    "INSERT INTO search(search, rowid, headline, body) VALUES ('delete', ?, ?, ?)", (kept.id, *before)
                )
            if after is not None:
                self._db.execute("INSERT INTO search(rowid, headline, body) VALUES (?, ?, ?)", (kept.id, *after))
