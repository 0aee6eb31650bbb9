# ruff: noqa: S608  SQL made of this folder's constants only
"""Which articles stand beside an article because they are about the same: rows of ``related`` of kind 'topic'.

They are written when an article comes, for it and for those it is near to, so that a reader finds them by an index and
old pages show what came after them. How near two articles are is the same from both sides: the topics they share, the
rarer and the more telling the better, over the days between them. So an article of last month that is on the very same
place and matter stands above one of this morning that shares a section with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from heapq import nlargest

from newscrawl.store.schema import ID_DAY, SHOWN

MOST = 16
"""Rows of an article."""
LOOKED_AT = 60
"""Articles of a topic that come into question: so many before an article, and so many after it."""
FADES = 10
"""Days after which an article counts half as near."""
LEAST = 0.4
"""What is less near does not stand beside an article: with a section alone in common it is for about a week, with a
place for months."""
TELLS = {"place": 3.0, "keyword": 3.0, "section": 1.0}
"""By the kind of the topic."""

_TOPICS = "SELECT topic, kind FROM article_topics WHERE article_id = ?"
_LATELY = f"""
    SELECT t.article_id FROM (
        SELECT article_id FROM article_topics WHERE topic = ? AND article_id {{}} ? ORDER BY article_id {{}} LIMIT {{}}
    ) AS t CROSS JOIN articles AS a ON a.id = t.article_id WHERE {SHOWN} LIMIT {LOOKED_AT}"""
_BEFORE, _AFTER = _LATELY.format("<", "DESC", 3 * LOOKED_AT), _LATELY.format(">", "ASC", 3 * LOOKED_AT)
"""Of three times as many, since some may not be shown."""
_OWN = "SELECT position FROM related WHERE article_id = ? AND kind = 'topic'"
_DELETE = "DELETE FROM related WHERE article_id = ? AND kind = 'topic' AND position = ?"
_INSERT = "INSERT OR REPLACE INTO related (article_id, kind, position, score) VALUES (?, 'topic', ?, ?)"
_SURPLUS = """
    SELECT position FROM related WHERE article_id = ? AND kind = 'topic'
    ORDER BY score DESC, position DESC LIMIT -1 OFFSET ?"""


def refresh(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Write anew what stands beside the articles ``ids``, and them beside others. Their topics are to be written
    before. The caller holds the transaction."""
    touched: set[int] = set()
    for article_id in ids:
        old = {other for (other,) in connection.execute(_OWN, (article_id,))}
        near = nearest(connection, article_id)
        gone = [pair for other in old - near.keys() for pair in ((article_id, other), (other, article_id))]
        connection.executemany(_DELETE, gone)
        pairs = [(article_id, other, score) for other, score in near.items()]
        connection.executemany(_INSERT, pairs + [(other, article_id, score) for _, other, score in pairs])
        touched.update(near, [article_id])
    surplus = [(one, other) for one in touched for (other,) in connection.execute(_SURPLUS, (one, MOST))]
    connection.executemany(_DELETE, surplus)


def nearest(connection: sqlite3.Connection, article_id: int) -> dict[int, float]:
    """The nearest articles, and how near they are."""
    shared: dict[int, float] = {}
    for topic, kind in connection.execute(_TOPICS, (article_id,)).fetchall():
        others = connection.execute(_BEFORE, (topic, article_id)).fetchall()
        others += connection.execute(_AFTER, (topic, article_id)).fetchall()
        weight = TELLS[kind] * LOOKED_AT / (LOOKED_AT + len(others))
        for (other,) in others:
            shared[other] = shared.get(other, 0.0) + weight
    own = day_of(article_id)
    far = {day: 1 + abs(_days(day) - own) / FADES for day in {other // ID_DAY for other in shared}}
    near = [(weight / far[other // ID_DAY], other) for other, weight in shared.items()]
    best = nlargest(MOST, [pair for pair in near if pair[0] >= LEAST])
    return {other: round(score, 6) for score, other in best}


def day_of(article_id: int) -> int:
    """The day in an article's id, as a number of days."""
    return _days(article_id // ID_DAY)


@lru_cache(maxsize=4096)
def _days(day: int) -> int:
    year, rest = divmod(day, 10_000)
    return date(year, rest // 100, rest % 100).toordinal()
