"""What a batch has decided, written table by table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newscrawl.items import Picture
from newscrawl.store import beside, pictures, rows, stories
from newscrawl.store.kept import Kept
from newscrawl.store.schema import SHOWN
from newscrawl.topics import Topic, topics_told

_TAKEN_DOWN = """
    SELECT key FROM articles WHERE state = 'withdrawn' AND key IN (SELECT value FROM json_each(?))
    UNION SELECT l.key FROM links AS l JOIN articles AS a ON a.key = l.same_as
    WHERE a.state = 'withdrawn' AND l.key IN (SELECT value FROM json_each(?))"""
_MAY_SHOW = f"""
    SELECT a.id, a.key FROM articles AS a
    WHERE a.reprint = 'full' AND {SHOWN} AND a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id"""  # noqa: S608


class Tables:
    """Gathers rows and writes them in one go. The caller holds the transaction. ``at``: the stamp of now."""

    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self._db = connection
        self._at = at
        self.revisions: list[rows.Row] = []
        self.captures: list[rows.Row] = []
        self.pictures: list[tuple[str, tuple[Picture, ...]]] = []
        """By the key of an article: the mirrored images of its page."""
        self._changes: list[rows.Row] = []

    def tell(self, kept: Kept, before: rows.Row | None, origin: str = "publisher") -> None:
        """Say what readers of ``published`` see of a change; ``before`` is what they saw until now."""
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
        self._note(kind, kept.id, kept.key, fields, origin)

    def tell_renamed(self, kept: Kept, before: rows.Row | None, old_key: str) -> None:
        """Say that an article has another key and source. Who keeps pages by key hears of both keys; the older one is
        told first."""
        after = kept.shown
        if before is None:
            self.tell(kept, before, "operator")
            return
        self._note("withdrawn", kept.id, old_key, (), "operator")
        if after is not None:
            fields = ("key", "source", "source_name", *rows.differing(before, after))
            self._note("revised", kept.id, kept.key, fields, "operator")

    def tell_story(self, articles: Iterable[tuple[int, str]], origin: str) -> None:
        """Say that articles, given by id and key, are in another story now, or in none."""
        for article_id, key in articles:
            self._note("revised", article_id, key, ["story_id"], origin)

    def tell_related(self, articles: Iterable[tuple[int, str]]) -> None:
        """Say that something of what is shown beside articles, given by id and key, was taken away by the operator."""
        for article_id, key in articles:
            self._note("revised", article_id, key, [], "operator")

    def _was_announced(self, kept: Kept) -> bool:
        if kept.announced is None:
            told = self._db.execute("SELECT 1 FROM changes WHERE article_id = ? LIMIT 1", (kept.id,)).fetchone()
            kept.announced = told is not None
        return kept.announced

    def _note(self, kind: str, article_id: int, key: str, fields: Sequence[str], origin: str) -> None:
        row = {"at": self._at, "kind": kind, "article_id": article_id, "key": key, "fields": rows.to_json(fields)}
        self._changes.append({**row, "origin": origin})

    def write(self, touched: Sequence[Kept]) -> None:
        """``touched`` are the articles of which anything has changed."""
        self._write_articles(touched)
        self._insert("revisions", self.revisions)
        retold = [kept for kept in touched if kept.latest is not None]
        self._write_links(retold)
        self._insert("captures", self.captures)
        self._write_search(touched)
        self._write_pictures(touched)
        self.write_about(retold)
        beside.refresh(self._db, [kept.id for kept in touched if kept.latest is None and _comes_to_light(kept)])
        self._insert("changes", self._changes)

    def write_about(self, retold: Sequence[Kept], origin: str = "publisher") -> None:
        """What articles are about, and which stand beside them: topics, stories, related articles on the same topics.
        A version that joins a story is told to the readers of all others."""
        self._write_topics(retold)
        for kept in retold:
            stories.mark(self._db, kept)
        self.tell_story(stories.join(self._db, retold), origin)
        beside.refresh(self._db, [kept.id for kept in retold if kept.indexed is not None])

    def take_from_search(self, kept: Kept) -> None:
        if kept.was_indexed is not None:
            words = (kept.id, *kept.was_indexed)
            self._db.execute("INSERT INTO search(search, rowid, headline, body) VALUES ('delete', ?, ?, ?)", words)

    def write_changes(self) -> None:
        """For who wrote all else by other ways."""
        self._insert("changes", self._changes)
        self._changes = []

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
                "noindex": kept.noindex,
                "embargo_until": kept.embargo_until,
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
            "UPDATE articles SET url = ?, reprint = ?, noindex = ?, embargo_until = ?, revision_id = ?, text_hash = ?, "
            "published_at = ?, updated_at = ?, state = ? WHERE id = ?",
            old,
        )

    def _write_links(self, retold: Iterable[Kept]) -> None:
        """The page's own related links are those of the current revision."""
        related: list[rows.Row] = []
        for kept in retold:
            assert kept.latest is not None
            if kept.in_store:
                self._db.execute("DELETE FROM related WHERE article_id = ? AND kind = 'page'", (kept.id,))
            related += [{"article_id": kept.id, **row} for row in rows.related(kept.latest)]
        out = self._taken_down([row["key"] for row in related if row["key"]])
        self._insert("related", [row for row in related if row["key"] not in out])

    def _taken_down(self, keys: Sequence[str]) -> set[str]:
        """Those of ``keys`` that were, or whose page gave the text of one that was: what other pages say of them is not
        kept either."""
        named = rows.to_json(keys)
        return {key for (key,) in self._db.execute(_TAKEN_DOWN, (named, named))} if keys else set()

    def _write_topics(self, retold: Iterable[Kept]) -> None:
        topics: list[rows.Row] = []
        for kept in retold:
            if kept.in_store:
                self._db.execute("DELETE FROM article_topics WHERE article_id = ?", (kept.id,))
            topics += [
                {"article_id": kept.id, "position": topic.position, "topic": rows.text(topic.topic), "kind": topic.kind}
                for topic in topics_of_columns(kept.columns)
            ]
        self._insert("article_topics", [row for row in topics if row["topic"]])

    def _write_pictures(self, touched: Iterable[Kept]) -> None:
        """Where an image is mirrored that was not, or another one under its address, readers hear of that too."""
        revised = [kept.id for kept in touched if kept.in_store and kept.columns is not kept.before]
        changed = pictures.keep(self._db, self.pictures, revised, self._at)
        told = {row["article_id"] for row in self._changes}
        for article_id, key in self._db.execute(_MAY_SHOW, (rows.to_json(sorted(changed - told)),)) if changed else ():
            self._note("revised", article_id, key, ["images"], "publisher")

    def _write_search(self, touched: Iterable[Kept]) -> None:
        """In the order of ids: FTS5 writes out what it holds in memory whenever an id is lower than the one before."""
        for kept in sorted(touched, key=lambda kept: kept.id):
            before, after = kept.was_indexed, kept.indexed
            if before == after:
                continue
            self.take_from_search(kept)
            if after is not None:
                self._db.execute("INSERT INTO search(rowid, headline, body) VALUES (?, ?, ?)", (kept.id, *after))


def _comes_to_light(kept: Kept) -> bool:
    return kept.was_indexed is None and kept.indexed is not None


def topics_of_columns(columns: Mapping[str, Any]) -> tuple[Topic, ...]:
    """What a revision is about."""
    told = ("place", "section", "headline", "body_text", "dateline", "language")
    return topics_told(keywords=json.loads(columns["keywords"]), **{name: columns[name] for name in told})
