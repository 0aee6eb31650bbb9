"""Reads the store, as any downstream site does: through the contract's views, read-only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from newscrawl.clock import unstamp
from newscrawl.items import Capture, Json
from newscrawl.store.connection import in_words, open_for_reading
from newscrawl.store.schema import ID_DAY
from newscrawl.text.han import match_phrase

JSON_COLUMNS = ("breadcrumbs", "authors", "correspondents", "editors", "images", "keywords")
"""Columns of ``published`` that hold JSON."""


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
        """Rows of ``published_related``, the page's own links first."""
        order = "ORDER BY kind = 'story', kind = 'topic', position"
        return self.rows(f"SELECT * FROM published_related WHERE article_id = ? {order}", (article_id,))  # noqa: S608

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
        return tuple(
            Capture(**{**row, "fetched_at": unstamp(row["fetched_at"])}) for row in self.rows(query, (article_id,))
        )

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


def _decoded(row: Mapping[str, Any]) -> Json:
    return {name: json.loads(value) if name in JSON_COLUMNS else value for name, value in row.items()}
