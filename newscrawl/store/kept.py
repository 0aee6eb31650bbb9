"""An article of the store while somebody is at work on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import Factory, define

from newscrawl.clock import stamp
from newscrawl.items import Article
from newscrawl.store import rows
from newscrawl.store.schema import ID_DAY
from newscrawl.terms import Policy, terms

_OWN = (
    *("id", "key", "source", "url", "state", "reprint", "noindex", "embargo_until", "story_id", "last_number"),
    *("first_seen_at", "updated_at", "revision_id", "text_hash"),
)
"""Columns of the table articles."""


@define(kw_only=True)
class Kept:
    """An article as the work on it leaves it so far."""

    id: int
    key: str
    source: str
    url: str | None
    state: str
    reprint: str
    noindex: int = 0
    embargo_until: str | None = None
    """Stamp: not shown before; None where there is none or its time has come."""
    story_id: int | None = None
    last_number: int | None = None
    """Of a tombstone, and of what was one: the number of its last revision."""
    first_seen_at: str
    updated_at: str
    revision_id: int | None = None
    number: int = 0
    text_hash: str | None = None
    columns: Mapping[str, Any] = Factory(dict)
    """Of its current revision; {} where it has none."""
    before: Mapping[str, Any] = Factory(dict)
    """Of the revision that was current before the work began."""
    was_indexed: tuple[str, str] | None = None
    """What the search index held of it before."""
    in_store: bool = True
    announced: bool | None = None
    """Whether a change of it was ever told; None = not looked up."""
    touched: bool = False
    """Whether anything of it was changed."""
    latest: Article | None = None
    """The article its current revision was made of just now; None = none was."""

    @property
    def visible(self) -> bool:
        """As ``schema.SHOWN``."""
        may = self.state == "shown" and self.reprint != "hold" and self.embargo_until is None
        return may and bool(self.columns)

    @property
    def indexed(self) -> tuple[str, str] | None:
        """What the search index should hold of it."""
        return rows.indexed(self.columns, self.reprint) if self.visible else None

    @property
    def shown(self) -> rows.Row | None:
        """What ``published`` shows of it; None where it does not."""
        return rows.shown(self.columns, self.url, self.reprint, self.noindex) if self.visible else None

    def put_on_terms(self, policy: Policy, now: datetime) -> None:
        """Under which mode, and whether yet, it may be shown, by what the operator's policy and its page say."""
        columns = self.columns
        on = terms(policy, source=self.source, credit=columns["credit"], robots=json.loads(columns["robots"]))
        self.reprint, self.noindex = on.mode, int(on.noindex)
        self.embargo_until = embargo_until((columns["published_at"], columns["embargo_at"]), now)


def last_id(connection: sqlite3.Connection, at: str) -> int:
    """The highest id of an article of the day of the stamp ``at``; where there is none, the number before the first."""
    first = int(at[:10].replace("-", "")) * ID_DAY
    in_day = (first, first + ID_DAY - 1)
    (last,) = connection.execute("SELECT max(id) FROM articles WHERE id BETWEEN ? AND ?", in_day).fetchone()
    return int(last or first)


def embargo_until(stated: Iterable[str | None], now: datetime) -> str | None:
    """The latest of some stamps, where it is still to come."""
    until = max((moment or "" for moment in stated), default="")
    return until if until > stamp(now) else None


_BY = """
    SELECT {own}, r.* FROM articles AS a LEFT JOIN revisions AS r ON r.id = a.revision_id
    WHERE a.{column} IN (SELECT value FROM json_each(?))"""


def kept_by_key(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Kept]:
    """Those of ``keys`` that are articles of the store, tombstones among them."""
    return {kept.key: kept for kept in _kept(connection, "key", list(keys))}


def kept_by_id(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Kept]:
    """Likewise, by id."""
    return _kept(connection, "id", list(ids))


def _kept(connection: sqlite3.Connection, column: str, values: list[Any]) -> list[Kept]:
    found = []
    own = ", ".join(f'a.{name} AS "article.{name}"' for name in _OWN)
    cursor = connection.execute(_BY.format(own=own, column=column), (rows.to_json(values),))
    names = [column[0] for column in cursor.description]
    for line in cursor:
        row = dict(zip(names, line, strict=True))
        about = {name: row.pop(f"article.{name}") for name in _OWN}
        there = about["revision_id"] is not None
        columns = row if there else {}
        number = row["number"] if there else about["last_number"] or 0
        kept = Kept(**about, number=number, columns=columns, before=columns)
        kept.was_indexed = kept.indexed
        found.append(kept)
    return found
