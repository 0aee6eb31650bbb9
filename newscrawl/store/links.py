"""Settling links: what came of asking them, written inside the transaction of the frontier or the writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from newscrawl.clock import stamp, unstamp
from newscrawl.store.due import Outcome, Standing, State, next_due
from newscrawl.store.rows import text, to_json


@frozen(kw_only=True)
class Answer:
    """What came of asking a link."""

    key: str
    outcome: Outcome
    reason: str | None = None
    """The value of an errors.Reason, or the word of a failure ('http_500', 'timeout')."""
    detail: str | None = None
    same_as: str | None = None
    """For a duplicate: the key that is kept."""


_STANDING = """
    SELECT key, state, attempts, due_at FROM links WHERE key IN (SELECT value FROM json_each(?))"""
_SETTLE = """
    UPDATE links SET state = ?, reason = ?, detail = ?, same_as = ?, attempts = ?, due_at = ?, settled_at = ?
    WHERE key = ?"""


def settle(connection: sqlite3.Connection, answers: Iterable[Answer], now: datetime) -> Mapping[str, Standing]:
    """Write where the links stand after ``answers``, in their order; a key that is no link is passed over.

    Returns where each link stands now, by key.
    """
    answers = list(answers)
    keys = to_json(list({answer.key for answer in answers}))
    standings = {
        key: Standing(state=State(state), attempts=attempts, due_at=unstamp(due_at) if due_at else None)
        for key, state, attempts, due_at in connection.execute(_STANDING, (keys,))
    }
    rows = []
    for answer in answers:
        before = standings.get(answer.key)
        if before is None:
            continue
        after = standings[answer.key] = next_due(before, answer.outcome, now)
        if after is before:
            continue
        due_at = stamp(after.due_at) if after.due_at else None
        settled_at = None if after.state is State.OPEN else stamp(now)
        words = (text(answer.reason), text(answer.detail), answer.same_as)
        rows.append((after.state.value, *words, after.attempts, due_at, settled_at, answer.key))
    connection.executemany(_SETTLE, rows)
    return standings
