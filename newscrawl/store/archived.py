"""Stored articles with what the archive has of them, for reading them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from newscrawl.clock import stamp, unstamp
from newscrawl.items import Capture, Json, Link
from newscrawl.store.decide import changed, doubtful, merged
from newscrawl.store.frontier import HINTED, link_of
from newscrawl.store.reader import Reader
from newscrawl.store.rows import capture_of, to_json

_CHUNK = 100
_ARTICLES = """
    SELECT a.id AS "article.id", a.key AS "article.key", a.source AS "article.source", a.url AS "article.url", r.*
    FROM articles AS a JOIN revisions AS r ON r.id = a.revision_id
    WHERE a.id < :below AND a.state IN ('shown', 'hidden') AND (:source IS NULL OR a.source = :source)
        AND (:since IS NULL OR a.published_at >= :since OR a.first_seen_at >= :since)
    ORDER BY a.id DESC LIMIT :chunk"""
_CAPTURES = """
    SELECT key, revision_id, position, url, file, "offset", length, fetched_at FROM captures
    WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id"""
_LINKS = f"SELECT {HINTED} FROM links WHERE key IN (SELECT value FROM json_each(?))"  # noqa: S608  names of columns

Fetch = tuple[Capture, ...]
"""The records of one fetch of an article, page by page."""


@frozen(kw_only=True)
class Archived:
    """A stored article as its current revision has it, and its records."""

    id: int
    key: str
    source: str
    url: str
    columns: Mapping[str, Any]
    """Of the current revision, as stored."""
    own: Fetch
    """What the current revision was read from; () where the store does not know (any more)."""
    newer: tuple[Fetch, ...]
    """What was fetched after it and gave no revision (unchanged, held back as doubtful, no article), newest first."""
    link: Link | None
    """With the listing's hints."""

    @property
    def number(self) -> int:
        """Of the current revision."""
        return int(self.columns["number"])


def archived(reader: Reader, source: str | None = None, since: datetime | None = None) -> Iterator[Archived]:
    """Every article that is shown, held back or hidden, newest first: of one ``source``, or published or first seen
    ``since`` then. Read in chunks; no cursor stays open between two of them."""
    asked = {"source": source, "since": stamp(since) if since else None, "chunk": _CHUNK, "below": 2**63 - 1}
    while rows := reader.rows(_ARTICLES, asked):
        keys = to_json([row["article.key"] for row in rows])
        fetches = _fetches(reader.rows(_CAPTURES, (keys,)))
        links = {row["key"]: link_of(tuple(row.values())) for row in reader.rows(_LINKS, (keys,))}
        for row in rows:
            about = {name.removeprefix("article."): row.pop(name) for name in list(row) if name.startswith("article.")}
            own, newer = _told_apart(fetches.get(about["key"], []), row["id"], unstamp(row["stored_at"]))
            yield Archived(**about, columns=row, own=own, newer=newer, link=links.get(about["key"]))
            asked["below"] = about["id"]


def tells_more(
    stored: Mapping[str, Any], own: Mapping[str, Any], newer: Mapping[str, Any], *, weaker: bool = False
) -> bool:
    """Whether the reading of a newer fetch goes before ``own``, that of the fetch which the revision ``stored`` was
    made of, both by today's code: it does where it tells the story otherwise, as a crawl would say; not where a weaker
    hand answers, as under a layout that the code does not know. With ``weaker`` what such a hand answers in ``own`` is
    taken, too. What is no story (markup, related links) is no reason."""
    held_back = frozenset() if weaker else doubtful(stored, own)
    kept = merged(stored, own, held_back) if held_back else own
    return not doubtful(kept, newer) and bool(changed(kept, newer))


def _fetches(rows: list[Json]) -> dict[str, list[list[Json]]]:
    """By key, oldest first: a fetch begins with its first page."""
    found: dict[str, list[list[Json]]] = defaultdict(list)
    for row in rows:
        of_key = found[row["key"]]
        if row["position"] == 1 or not of_key:
            of_key.append([])
        of_key[-1].append(row)
    return found


def _told_apart(fetches: list[list[Json]], revision_id: int, stored_at: datetime) -> tuple[Fetch, tuple[Fetch, ...]]:
    """By the time of the fetch, not of the row: a reread notes old records anew. Fetches of earlier revisions are
    neither."""
    own = next((_captures(rows) for rows in fetches if rows[0]["revision_id"] == revision_id), ())
    others = [_captures(rows) for rows in fetches if rows[0]["revision_id"] is None]
    since = own[0].fetched_at if own else stored_at
    newer = sorted((f for f in others if f[0].fetched_at > since), key=lambda f: f[0].fetched_at, reverse=True)
    return own, tuple(newer)


def _captures(rows: list[Json]) -> Fetch:
    return tuple(map(capture_of, rows))
