"""What a batch has decided, written table by table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from newscrawl.store import rows
from newscrawl.store.kept import Kept
from newscrawl.topics import topics_of


class Tables:
    """Gathers rows and writes them in one go. The caller holds the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.revisions: list[rows.Row] = []
        self.captures: list[rows.Row] = []
        self.changes: list[rows.Row] = []

    def write(self, touched: Sequence[Kept]) -> None:
        """``touched`` are the articles of which anything has changed."""
        self._write_articles(touched)
        self._insert("revisions", self.revisions)
        self._write_parts(kept for kept in touched if kept.latest is not None)
        self._insert("captures", self.captures)
        self._write_search(touched)
        self._insert("changes", self.changes)

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
                "state": kept.state,
            }
            if kept.in_store:
                old.append((*row.values(), kept.id))
            else:
                own = {"id": kept.id, "key": kept.key, "source": kept.source}
                new.append({**own, "first_seen_at": kept.first_seen_at, **row})
        self._insert("articles", new)
        self._db.executemany(
            "UPDATE articles SET url = ?, reprint = ?, revision_id = ?, text_hash = ?, published_at = ?, "
            "updated_at = ?, state = ? WHERE id = ?",
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
