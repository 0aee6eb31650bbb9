"""An article of the store while a batch is at work on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Factory, define

from newscrawl.items import Article
from newscrawl.store import rows


@define(kw_only=True)
class Kept:
    """An article as the batch leaves it so far."""

    id: int
    key: str
    source: str
    url: str | None
    state: str
    reprint: str
    first_seen_at: str
    updated_at: str
    revision_id: int | None = None
    number: int = 0
    text_hash: str | None = None
    columns: Mapping[str, Any] = Factory(dict)
    """Of its current revision; {} where it has none."""
    was_indexed: tuple[str, str] | None = None
    """What the search index held of it before the batch."""
    in_store: bool = True
    announced: bool | None = None
    """Whether a change of it was ever told; None = not looked up."""
    touched: bool = False
    """Whether the batch changed anything of it."""
    latest: Article | None = None
    """The article its current revision was made of in this batch; None = none was."""

    @property
    def visible(self) -> bool:
        """As ``schema.SHOWN``."""
        return self.state == "shown" and self.reprint != "hold" and bool(self.columns)

    @property
    def indexed(self) -> tuple[str, str] | None:
        """What the search index should hold of it."""
        return rows.indexed(self.columns, self.reprint) if self.visible else None

    @property
    def shown(self) -> rows.Row | None:
        """What ``published`` shows of it; None where it does not."""
        return rows.shown(self.columns, self.url, self.reprint) if self.visible else None


_BY_KEY = """
    SELECT a.id AS "article.id", a.key AS "article.key", a.source AS "article.source", a.url AS "article.url",
        a.state AS "article.state", a.reprint AS "article.reprint", a.first_seen_at AS "article.first_seen_at",
        a.updated_at AS "article.updated_at", a.revision_id AS "article.revision_id",
        a.text_hash AS "article.text_hash", r.*
    FROM articles AS a LEFT JOIN revisions AS r ON r.id = a.revision_id
    WHERE a.key IN (SELECT value FROM json_each(?))"""


def kept_by_key(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Kept]:
    """Those of ``keys`` that are articles of the store, tombstones among them."""
    found = {}
    cursor = connection.execute(_BY_KEY, (rows.to_json(list(keys)),))
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        own = {name.removeprefix("article."): row.pop(name) for name in names if name.startswith("article.")}
        there = own["revision_id"] is not None
        kept = Kept(**own, number=row["number"] if there else 0, columns=row if there else {})
        kept.was_indexed = kept.indexed
        found[kept.key] = kept
    return found
