"""Versions of one story (:mod:`newscrawl.topics.shingles` says what is one): found, joined, and ranked.

An article comes into question whose text shares a band and which is of about the same time; both texts are then held
against each other. A story keeps the id of its first article; two stories that a third text shows to be one become one.
A correction does not take a version out of its story.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newscrawl.store.beside import day_of
from newscrawl.store.kept import Kept
from newscrawl.store.rows import to_json
from newscrawl.topics.shingles import bands, same_story, sketch
from newscrawl.topics.versions import Version, ranked

WEEKS = 2
"""An article is looked for among those of so many weeks before and after it."""
LOOKED_AT = 20
"""Articles that share the most bands, held against each other at most."""
LARGEST = 50
"""Versions of a story that stand beside each other; what joins it after them is known by its story_id alone."""

_MARK = "INSERT OR IGNORE INTO bands (week, band, article_id) VALUES (?, ?, ?)"
_UNMARK = "DELETE FROM bands WHERE week = ? AND band = ? AND article_id = ?"
_ALIKE = """
    SELECT article_id FROM bands
    WHERE week IN (SELECT value FROM json_each(?)) AND band IN (SELECT value FROM json_each(?)) AND article_id <> ?
    GROUP BY article_id ORDER BY count(*) DESC, article_id DESC LIMIT ?"""
_TEXTS = """
    SELECT a.id, a.key, a.story_id, r.headline, r.body_text FROM articles AS a
    JOIN revisions AS r ON r.id = a.revision_id WHERE a.id IN (SELECT value FROM json_each(?))"""
_MEMBERS = """
    SELECT a.id, a.key, coalesce(s.name, a.source), r.credit, a.published_at FROM articles AS a
    JOIN revisions AS r ON r.id = a.revision_id LEFT JOIN sources AS s ON s.slug = a.source
    WHERE a.story_id = ? ORDER BY a.id LIMIT ?"""

_TAKEN = "SELECT DISTINCT story_id FROM articles WHERE story_id IN (SELECT value FROM json_each(?))"
_ROWS = """
    SELECT article_id, position FROM related
    WHERE kind = 'story' AND article_id IN (SELECT value FROM json_each(?))"""


def mark(connection: sqlite3.Connection, kept: Kept) -> None:
    """Write the bands of an article's text, in place of those of its text before. The caller holds the transaction."""
    week = _week(kept.id)
    old, new = _bands(kept.before), bands_of(kept)
    connection.executemany(_UNMARK, [(week, band, kept.id) for band in old - new])
    connection.executemany(_MARK, [(week, band, kept.id) for band in new - old])


def join(connection: sqlite3.Connection, fresh: Sequence[Kept]) -> list[tuple[int, str]]:
    """Find the stories of ``fresh``, whose bands are marked. Returns id and key of each article that readers see, and
    knew before, of a story that has another version now. The caller holds the transaction."""
    new = {kept.id for kept in fresh if not kept.in_store}
    changed: dict[int, str] = {}
    for kept in fresh:
        changed |= _join_one(connection, kept)
    return _visible(connection, {article_id: key for article_id, key in changed.items() if article_id not in new})


def leave(connection: sqlite3.Connection, article_id: int, story_id: int) -> list[tuple[int, str]]:
    """Take an article out of its story; the other one is none where it is the last. Returns id and key of those of it
    that readers see. The caller holds the transaction."""
    connection.execute("UPDATE articles SET story_id = NULL, story_rank = NULL WHERE id = ?", (article_id,))
    _forget_rows(connection, [article_id])
    left = connection.execute("SELECT id, key FROM articles WHERE story_id = ?", (story_id,)).fetchall()
    if len(left) != 1:
        rank(connection, story_id)
        return _visible(connection, dict(left[:LARGEST]))
    connection.execute("UPDATE articles SET story_id = NULL, story_rank = NULL WHERE id = ?", (left[0][0],))
    _forget_rows(connection, [left[0][0]])
    return _visible(connection, dict(left))


def unmark(connection: sqlite3.Connection, kept: Kept) -> None:
    """Forget the bands of an article's text. The caller holds the transaction."""
    week = _week(kept.id)
    connection.executemany(_UNMARK, [(week, band, kept.id) for band in _bands(kept.before)])


def _join_one(connection: sqlite3.Connection, kept: Kept) -> dict[int, str]:
    """Id and key of all versions, where one has joined them."""
    wanted = bands_of(kept)
    if not wanted:
        return _reranked(connection, kept)
    weeks = range(_week(kept.id) - WEEKS, _week(kept.id) + WEEKS + 1)
    asked = (to_json(list(weeks)), to_json(sorted(wanted)), kept.id, LOOKED_AT)
    alike = [article_id for (article_id,) in connection.execute(_ALIKE, asked)]
    if not alike:
        return _reranked(connection, kept)
    own = sketch(kept.columns["headline"], kept.columns["body_text"] or "")
    texts = connection.execute(_TEXTS, (to_json(alike),)).fetchall()
    same = [row[:3] for row in texts if same_story(own, sketch(row[3], row[4] or ""))]
    if not same:
        return _reranked(connection, kept)
    (known,) = connection.execute("SELECT story_id FROM articles WHERE id = ?", (kept.id,)).fetchone()
    stories = {story_id for *_, story_id in same if story_id is not None} | ({known} - {None})
    story_id = min(stories) if stories else _new_story(connection, kept.id, *(article_id for article_id, *_ in same))
    changed = {article_id: key for article_id, key, before in same if before != story_id}
    for other in stories - {story_id}:
        changed |= dict(connection.execute("SELECT id, key FROM articles WHERE story_id = ?", (other,)))
        connection.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (story_id, other))
    members = [(story_id, article_id) for article_id in {kept.id, *changed}]
    connection.executemany("UPDATE articles SET story_id = ? WHERE id = ?", members)
    kept.story_id = story_id
    rank(connection, story_id)
    if known == story_id and not changed:
        return {}
    return {row[0]: row[1] for row in connection.execute(_MEMBERS, (story_id, LARGEST))}


def _new_story(connection: sqlite3.Connection, *ids: int) -> int:
    """The id of the first article, unless a story that it has left still bears it."""
    taken = {row[0] for row in connection.execute(_TAKEN, (to_json(ids),))}
    return min((article_id for article_id in ids if article_id not in taken), default=max(ids))


def _reranked(connection: sqlite3.Connection, kept: Kept) -> dict[int, str]:
    """A revision may bring another credit or time."""
    if kept.story_id is not None:
        rank(connection, kept.story_id)
    return {}


def rank(connection: sqlite3.Connection, story_id: int) -> None:
    """Rank the versions, the true source first, and set each beside the others in this order."""
    members = connection.execute(_MEMBERS, (story_id, LARGEST)).fetchall()
    versions = [Version(id=row[0], outlet=row[2], credit=row[3], published_at=row[4]) for row in members]
    order = ranked(versions)
    ranks = [(rank, article_id) for rank, article_id in enumerate(order, 1)]
    connection.executemany("UPDATE articles SET story_rank = ? WHERE id = ?", ranks)
    _forget_rows(connection, order)
    connection.executemany(
        "INSERT INTO related (article_id, kind, position, score) VALUES (?, 'story', ?, ?)",
        [(one, other, -rank) for one in order for rank, other in ranks if other != one],
    )


def _forget_rows(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Of each of ``ids``, and of them beside others of their stories."""
    ids = list(ids)
    found = connection.execute(_ROWS, (to_json(ids),)).fetchall()
    pairs = {pair for one, other in found for pair in ((one, other), (other, one))}
    connection.executemany(
        "DELETE FROM related WHERE article_id = ? AND kind = 'story' AND position = ?", sorted(pairs)
    )


def _visible(connection: sqlite3.Connection, keys: Mapping[int, str]) -> list[tuple[int, str]]:
    if not keys:
        return []
    found = connection.execute(
        "SELECT id, key FROM published WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (to_json(list(keys)),)
    )
    return found.fetchall()


def bands_of(kept: Kept) -> frozenset[int]:
    """Of its current text: those that the pipeline has found, or today's."""
    if kept.latest is not None and kept.latest.bands is not None:
        return frozenset(kept.latest.bands)
    return _bands(kept.columns)


def _bands(columns: Mapping[str, Any]) -> frozenset[int]:
    return frozenset(bands(columns["headline"], columns["body_text"] or "") if columns else ())


def _week(article_id: int) -> int:
    return day_of(article_id) // 7
