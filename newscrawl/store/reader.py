"""Reads the store, as any downstream site does: through the contract's views, read-only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from attrs import frozen

from newscrawl.items import Capture, Json
from newscrawl.store.connection import in_words, open_for_reading
from newscrawl.store.rows import capture_of
from newscrawl.store.schema import ID_DAY
from newscrawl.store.settled import TOPICS
from newscrawl.text.han import match_phrase

JSON_COLUMNS = ("breadcrumbs", "authors", "correspondents", "editors", "images", "keywords")
"""Columns of ``published`` that hold JSON."""
CHUNK = 200
"""Articles read at a time where many are read: some megabytes."""


@frozen(kw_only=True)
class Change:
    """The last change of an article, and what may be shown of it now."""

    seq: int
    at: str
    """A stamp."""
    kind: str
    """'added', 'revised', 'restored'; 'withdrawn' where there is nothing to be shown."""
    origin: str
    fields: tuple[str, ...]
    article_id: int
    key: str
    article: Json | None
    """Its row of ``published``, JSON decoded; None where it is withdrawn."""
    related: Sequence[Json] = ()
    """Rows of ``published_related``, the page's own links first, and ``related_key``: the key of one that the store
    has, ``link_key``: the key that a link of the page has, whether the store has it or not, ``shares_topic``: 1 where
    the store has it on the first of this article's topics."""
    topics: Sequence[Json] = ()
    """Rows of ``published_topics``, the breadcrumb's first."""


@frozen(kw_only=True)
class Cursor:
    """How far ``changes`` goes."""

    seq: int
    """0 where nothing ever changed."""
    at: str | None
    """A stamp."""


class Reader:
    """The store at ``path``. It blocks no writer and sees no half article; every method leaves no cursor open.

    Raises :class:`~newscrawl.errors.StoreError` in words where the file is missing or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = open_for_reading(path)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def article(self, *names: str) -> Json | None:
        """The row of ``published`` for the first of ``names`` that is an article's key, else its stored address.

        A key whose page gave the text of another article (a duplicate) names that one. JSON columns come decoded.
        None where there is no such article, or it may not be shown.
        """
        for column in ("key", "url"):
            for name in names:
                found = self.rows(f"SELECT * FROM published WHERE {column} = ?", (name,))  # noqa: S608  one of two words
                if found:
                    return _decoded(found[0])
        for name in names:
            if found := self.rows(_SAME_TEXT, (name,)):
                return _decoded(found[0])
        return None

    def related(self, article_id: int) -> list[Json]:
        """As :class:`Change` has them."""
        return self.rows(_RELATED, (json.dumps([article_id]),))

    def topics(self, article_id: int) -> list[Json]:
        """Rows of ``published_topics``, the breadcrumb's first."""
        return self.rows("SELECT * FROM published_topics WHERE article_id = ? ORDER BY position", (article_id,))

    def answered_by(self, article_id: int) -> dict[str, str]:
        """Per field, who gave it ('selector', 'jsonld', …), for the current revision; {} where there is no article."""
        found = self.rows(f"SELECT answered_by {_CURRENT}", (article_id,))
        return dict(json.loads(found[0]["answered_by"])) if found else {}

    def captures(self, article_id: int) -> tuple[Capture, ...]:
        """The archive's records of the pages that the current revision was read from, in order."""
        query = f'SELECT c.url, c.file, c."offset", c.length, c.fetched_at {_CURRENT_CAPTURES}'
        return tuple(map(capture_of, self.rows(query, (article_id,))))

    def search(self, words: str, limit: int = 20) -> list[Json]:
        """Rows of ``published`` that hold every word, each as a phrase, in headline or body; newest first.

        The index gives its finds by falling id, that is by falling day, so only the last day's finds are sorted
        whole: the cost does not grow with the number of finds.
        """
        phrase = match_phrase(words)
        query = "SELECT rowid AS id FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
        newest = self.rows(query, (phrase, max(limit, 1)))
        if not newest:
            return []
        floor = newest[-1]["id"] // ID_DAY * ID_DAY
        found = self.rows(
            "SELECT p.* FROM search AS s CROSS JOIN published AS p ON p.id = s.rowid "
            "WHERE s.search MATCH ? AND s.rowid >= ? ORDER BY p.published_at DESC, p.id DESC LIMIT ?",
            (phrase, floor, max(limit, 0)),
        )
        return [_decoded(row) for row in found]

    @contextmanager
    def steady(self) -> Iterator[Cursor]:
        """Within the block everything is read as the store is at its start, whatever is written meanwhile.

        As long as the block lasts the WAL cannot go back into the file, so it grows with what crawls write: this is for
        the minutes of an export, not to be held for hours. A reader that slow should read a copy (``scrapy snapshot``).
        """
        with in_words(self._path):
            self._db.execute("BEGIN")
        try:
            found = self.rows("SELECT seq, at FROM changes ORDER BY seq DESC LIMIT 1")
            yield Cursor(**found[0]) if found else Cursor(seq=0, at=None)
        finally:
            self._db.execute("COMMIT")

    def changed_since(self, seq: int | None, *, whole: bool = True) -> Iterator[Change]:
        """The last change of every article that changed after ``seq``, in the order of ``seq``, withdrawals included.
        With None: of every article that may be shown. ``whole`` is as :meth:`told` has it.

        To be called within :meth:`steady`. It reads :data:`CHUNK` articles at a time, and leaves no cursor open.
        """
        after = seq or 0
        while found := self.rows(_LAST, {"after": after, "all": seq is not None, "limit": CHUNK}):
            after = found[-1]["seq"]
            for change in self._filled(found, whole):
                if change.article is not None or seq is not None:
                    yield change

    def topics_version(self) -> str:
        """By which code's reading the articles' topics are there."""
        found = self.rows("SELECT value FROM settled WHERE name = ?", (TOPICS,))
        return str(found[0]["value"]) if found else ""

    def change_at(self, seq: int) -> Json | None:
        """``seq``, ``at`` and ``key`` of that row of ``changes``, by which a store is known again."""
        found = self.rows("SELECT seq, at, key FROM changes WHERE seq = ?", (seq,))
        return found[0] if found else None

    def told(self, ids: Sequence[int], *, whole: bool = True) -> list[Change]:
        """The last change of each of ``ids`` that may be shown, in their order. To be called within :meth:`steady`.

        Without ``whole`` what only an article's own page needs is not read: ``article`` lacks body_html and body_text,
        ``related`` is empty.
        """
        found = self.rows(_LAST_OF, (json.dumps(list(ids)),))
        told = {change.article_id: change for change in self._filled(found, whole) if change.article is not None}
        return [told[id_] for id_ in ids if id_ in told]

    def hot(self, limit: int = 30) -> list[Json]:
        """Rows of ``hot_topics``, the hottest first, each topic once."""
        query = """SELECT topic, kind, max(score) AS score, articles FROM hot_topics GROUP BY topic
            ORDER BY score DESC, articles DESC, topic LIMIT ?"""
        return self.rows(query, (limit,))

    def sources(self) -> dict[str, Json]:
        """By slug: what is known of every publisher, `name` and `home` (may be None) among it."""
        return {row["slug"]: row for row in self.rows("SELECT * FROM sources")}

    def images(self, ids: Sequence[int]) -> dict[int, dict[str, Json]]:
        """Rows of ``published_images`` of each of ``ids`` that has any, by the image's address."""
        found: dict[int, dict[str, Json]] = {}
        for row in self.rows(_IMAGES, (json.dumps(list(ids)),)):
            found.setdefault(row["article_id"], {})[row["url"]] = row
        return found

    def image_files(self) -> set[str]:
        """Every file that ``published_images`` names."""
        return {row["file"] for row in self.rows("SELECT DISTINCT file FROM published_images")}

    def _filled(self, changes: Sequence[Json], whole: bool = True) -> Iterator[Change]:
        ids = (json.dumps([row["article_id"] for row in changes if row["kind"] != "withdrawn"]),)
        articles = {row["id"]: _decoded(row) for row in self.rows(_ARTICLES if whole else _LINES, ids)}
        related = _grouped(self.rows(_RELATED, ids)) if whole else {}
        topics = _grouped(self.rows(_TOPICS, ids))
        for row in changes:
            id_ = row["article_id"]
            article = articles.get(id_)
            told = {"fields": tuple(json.loads(row["fields"])), "kind": row["kind"] if article else "withdrawn"}
            yield Change(**row | told, article=article, related=related.get(id_, ()), topics=topics.get(id_, ()))

    def rows(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Json]:
        """The rows of a query, by column. For the other readers of this room."""
        with in_words(self._path):
            cursor: sqlite3.Cursor = self._db.execute(query, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]


_SAME_TEXT = "SELECT p.* FROM links AS l JOIN published AS p ON p.key = l.same_as WHERE l.key = ?"
_CURRENT = "FROM articles AS a JOIN revisions AS r ON r.id = a.revision_id WHERE a.id = ?"
_CURRENT_CAPTURES = (
    "FROM articles AS a JOIN captures AS c ON c.revision_id = a.revision_id WHERE a.id = ? ORDER BY c.position"
)

_LAST = """
    SELECT c.seq, c.at, c.kind, c.article_id, c.key, c.fields, c.origin FROM changes AS c
    WHERE c.seq > :after AND (:all OR c.kind <> 'withdrawn')
        AND NOT EXISTS (SELECT 1 FROM changes AS later WHERE later.article_id = c.article_id AND later.seq > c.seq)
    ORDER BY c.seq LIMIT :limit"""
_IMAGES = """
    SELECT * FROM published_images WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, position"""
_ARTICLES = "SELECT * FROM published WHERE id IN (SELECT value FROM json_each(?))"
_LINES = """
    SELECT id, key, source, source_name, url, headline, subheadline, section, breadcrumbs, language, dateline, place,
        authors, correspondents, account, editors, credit, published_at, published_local, modified_at, summary, images,
        keywords, correction, disclaimer, reprint, noindex, story_id, revision, first_seen_at, updated_at
    FROM published WHERE id IN (SELECT value FROM json_each(?))"""
_LAST_OF = """
    SELECT c.seq, c.at, c.kind, c.article_id, c.key, c.fields, c.origin FROM changes AS c
    WHERE c.seq IN (SELECT (SELECT max(seq) FROM changes WHERE article_id = value) FROM json_each(?))"""
_RELATED = """
    SELECT r.*, (SELECT p.key FROM published AS p WHERE p.id = r.related_id) AS related_key,
        (SELECT l.key FROM related AS l WHERE l.article_id = r.article_id AND l.kind = 'page' AND r.kind = 'page'
            AND l.position = r.position) AS link_key,
        EXISTS (SELECT 1 FROM article_topics AS t JOIN article_topics AS f ON f.topic = t.topic
            AND (f.kind = 'section') = (t.kind = 'section')
            WHERE t.article_id = r.related_id AND f.article_id = r.article_id
                AND f.position = (SELECT min(position) FROM article_topics WHERE article_id = r.article_id)
        ) AS shares_topic
    FROM published_related AS r
    WHERE r.article_id IN (SELECT value FROM json_each(?))
    ORDER BY r.article_id, r.kind = 'story', r.kind = 'topic', r.position"""
_TOPICS = """
    SELECT * FROM published_topics WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, position"""


def _grouped(rows: Sequence[Json]) -> dict[int, list[Json]]:
    groups: dict[int, list[Json]] = {}
    for row in rows:
        groups.setdefault(row["article_id"], []).append(row)
    return groups


def _decoded(row: Mapping[str, Any]) -> Json:
    return {name: json.loads(value) if name in JSON_COLUMNS else value for name, value in row.items()}
