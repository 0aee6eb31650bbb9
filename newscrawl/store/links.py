# ruff: noqa: S608  SQL made of this folder's constants only
"""Settling links: what came of asking them, written inside the transaction of the frontier or the writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from newscrawl.clock import stamp, unstamp
from newscrawl.store import copies
from newscrawl.store.due import GONE_FOR_GOOD, Outcome, Standing, State, next_due
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
    """Of a duplicate or a copy: the key that is kept in its place."""
    anchor_at: str | None = None
    """Of an article that was read: the stamp of its publication, else of when it was first stored."""
    validators: tuple[str | None, str | None] | None = None
    """Of a page that was read: its ETag and Last-Modified. None leaves what there is (a 304)."""


BACKFILL = "backfill"
"""The lane of a backfill; None is that of a named source's fresh runs, and of what nobody walks on a site that no
source knows; all others are of start addresses."""
KEPT_LANE = f"CASE lane WHEN '{BACKFILL}' THEN NULL ELSE lane END"
"""The lane of a link that was settled: a start address keeps its own, what a backfill asked is the fresh runs' now."""


def is_start(run: str) -> bool:
    """Whether a run's name is that of a start address ('feed:example.com/rss.xml') and no source's slug."""
    return ":" in run


def whose(run: str) -> str:
    """SQL: the links of a run's name, the value ``:run``. A start address has a lane of its own, whatever source its
    links are of; of a source's links, those that a start address found are not its own."""
    return "lane = :run" if is_start(run) else f"source = :run AND (lane IS NULL OR lane = '{BACKFILL}')"


STANDING = "key, state, attempts, due_at, kept_at, anchor_at, gone_at"
"""The columns :func:`standing` takes."""
AGAIN = """due_at IS NOT NULL AND due_at > :stale AND due_at <= :now
        AND (state = 'gone' OR state = 'stored' AND (anchor_at > :fresh OR gone_at IS NOT NULL))
        AND state IN ('stored', 'gone')"""
"""Of links, with the values of :func:`again_at`: whether a stored article is to be asked again."""
_STANDINGS = f"SELECT {STANDING} FROM links WHERE key IN (SELECT value FROM json_each(?))"
_SETTLE = f"""
    UPDATE links SET state = ?, reason = ?, detail = ?, same_as = ?, attempts = ?, due_at = ?, settled_at = ?,
        kept_at = ?, gone_at = ?, lane = {KEPT_LANE}, anchor_at = coalesce(?, anchor_at)
    WHERE key = ?"""
_VALIDATE = "UPDATE links SET etag = ?, last_modified = ? WHERE key = ?"


def standing(row: tuple[Any, ...], recheck: timedelta) -> Standing:
    """Of the columns STANDING names; ``recheck`` is NEWSCRAWL_RECHECK_HOURS."""
    _, state, attempts, due_at, kept_at, anchor_at, gone_at = row
    return Standing(
        state=State(state),
        attempts=attempts,
        due_at=_moment(due_at),
        kept_at=_moment(kept_at),
        recheck_until=unstamp(anchor_at) + recheck if anchor_at else None,
        gone_at=_moment(gone_at),
    )


def again_at(now: datetime, recheck: timedelta) -> dict[str, str]:
    """``recheck`` is NEWSCRAWL_RECHECK_HOURS. What nobody asked while it was fresh stays due for ever, and is stale."""
    stale = now - max(recheck, GONE_FOR_GOOD)
    return {"now": stamp(now), "stale": stamp(stale), "fresh": stamp(now - recheck)}


def settle(
    connection: sqlite3.Connection, answers: Iterable[Answer], now: datetime, recheck: timedelta
) -> Mapping[str, Standing]:
    """Write where the links stand after ``answers``, in their order; a key that is no link is passed over.

    What failed in a backfill is asked again by the fresh runs; a start address keeps its own. Returns where each link
    stands now, by key.
    """
    answers = list(answers)
    keys = to_json(list({answer.key for answer in answers}))
    standings = {row[0]: standing(row, recheck) for row in connection.execute(_STANDINGS, (keys,))}
    at = stamp(now)
    rows, validators = [], []
    for answer in answers:
        before = standings.get(answer.key)
        if before is None:
            continue
        after = standings[answer.key] = next_due(_anchored(before, answer, recheck), answer.outcome, now)
        if answer.validators is not None:
            validators.append((*answer.validators, answer.key))
        if after is before:
            continue
        settled_at = None if after.state is State.OPEN else at
        same_as = None if after.state is State.STORED else answer.same_as  # what is stored stands for itself
        words = (text(answer.reason), text(answer.detail), same_as)
        moments = (_stamp(after.due_at), settled_at, _stamp(after.kept_at), _stamp(after.gone_at))
        rows.append((after.state.value, *words, after.attempts, *moments, answer.anchor_at, answer.key))
    connection.executemany(_SETTLE, rows)
    connection.executemany(_VALIDATE, validators)
    copies.follow(connection, {key for answer in answers for key in (answer.key, answer.same_as) if key}, at)
    return standings


def _anchored(before: Standing, answer: Answer, recheck: timedelta) -> Standing:
    if answer.anchor_at is None:
        return before
    return evolve(before, recheck_until=unstamp(answer.anchor_at) + recheck)


def _moment(text: str | None) -> datetime | None:
    return unstamp(text) if text else None


def _stamp(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None
