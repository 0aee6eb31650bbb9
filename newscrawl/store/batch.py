"""The work of one transaction: what was buffered is decided, one thing after the other, and written together.

Everything is read first (three queries for the whole batch), decided in memory, where the second article of a batch
sees what the first one did, and then written table by table (:mod:`newscrawl.store.tables`). The caller holds the
transaction.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from newscrawl.clock import stamp
from newscrawl.errors import Reason
from newscrawl.items import Article, Capture
from newscrawl.store import rows
from newscrawl.store.decide import (
    FOLLOWS,
    Decision,
    Insert,
    Restore,
    Revise,
    Skip,
    Stored,
    Why,
    decide,
    doubtful,
    merged,
    weaker_columns,
)
from newscrawl.store.due import Outcome, State
from newscrawl.store.events import Event, Failure, Gone, Read, Rejection, Tally
from newscrawl.store.kept import Kept, kept_by_key, last_id
from newscrawl.store.links import KEPT_LANE, Answer, settle
from newscrawl.store.settled import note_policy
from newscrawl.store.tables import Tables
from newscrawl.terms import Policy

_OPEN_TWINS = f"""
    UPDATE links SET state = CASE state WHEN 'rejected' THEN 'open' ELSE state END, due_at = ?, same_as = NULL,
        reason = NULL, lane = {KEPT_LANE}
    WHERE same_as = ? AND state IN ('rejected', 'gone')"""  # noqa: S608  a constant
_KEPT_OUT = (Reason.WITHDRAWN.value, Reason.DUPLICATE.value)
_FORGET_HINTS = """
    UPDATE links SET headline = NULL, summary = NULL, detail = NULL WHERE key IN (SELECT value FROM json_each(?))
        AND coalesce(same_as, key) IN (SELECT key FROM articles WHERE state = 'withdrawn')"""
_TWINS = """
    SELECT source, text_hash, key FROM articles
    WHERE text_hash IN (SELECT value FROM json_each(?)) AND state <> 'hidden'"""
_TOMBSTONES = "SELECT url, key FROM articles WHERE url IN (SELECT value FROM json_each(?)) AND state = 'withdrawn'"


class Batch:
    """One use: :meth:`run`. ``policy`` is NEWSCRAWL_REPRINT's, ``recheck`` NEWSCRAWL_RECHECK_HOURS, ``now`` the time
    that is written."""

    def __init__(self, connection: sqlite3.Connection, policy: Policy, recheck: timedelta, now: datetime) -> None:
        self._db = connection
        self._policy = policy
        self._recheck = recheck
        self._now = now
        self._at = stamp(now)
        self._kept: dict[str, Kept] = {}
        self._twins: dict[tuple[str, str], str] = {}
        self._tombstones: dict[str, str] = {}
        self._ids: dict[str, int] = {}
        self._next_revision = 0
        self._out = Tables(connection, self._at)
        self._answers: list[Answer] = []
        self._counts: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()
        self._held_back: Counter[str] = Counter()
        self._sample: Counter[str] = Counter()

    def run(self, events: Sequence[Event]) -> Tally:
        """Decide and write all of ``events``, in their order."""
        articles = [event.article for event in events if isinstance(event, Read)]
        hashes = {id(article): rows.fingerprint(article) for article in articles}
        gone = [event.key for event in events if isinstance(event, Gone)]
        self._load([*gone, *(article.key for article in articles)], hashes.values())
        self._tombstones = dict(self._db.execute(_TOMBSTONES, (rows.to_json([article.url for article in articles]),)))
        for event in events:
            match event:
                case Read(article=article):
                    self._read(article, hashes[id(article)], event)
                case Rejection():
                    self._reject(event)
                case Failure():
                    self._failed[event.word] += 1
                    self._note_captures(event.key, event.captures, None)
                    self._answer(event.key, Outcome.FAILED, event.word, event.detail)
                case Gone():
                    self._note_captures(event.key, event.captures, None)
                    self._answer(event.key, Outcome.GONE, event.reason.value, None)
        standings = settle(self._db, self._answers, self._now, self._recheck)
        kept_out = [answer.key for answer in self._answers if answer.reason in _KEPT_OUT]
        if kept_out:
            self._db.execute(_FORGET_HINTS, (rows.to_json(kept_out),))
        for key in dict.fromkeys(gone):
            if key in standings and standings[key].state is State.GONE:
                self._hide(key)
        failed = {event.key for event in events if isinstance(event, Failure)}
        given_up = [key for key in failed if key in standings and standings[key].state is State.GIVEN_UP]
        self._out.write([kept for kept in self._kept.values() if kept.touched])
        note_policy(self._db, self._policy)
        return Tally(
            added=self._counts["added"],
            revised=self._counts["revised"],
            unchanged=self._counts["unchanged"],
            hidden=self._counts["hidden"],
            restored=self._counts["restored"],
            rejected=dict(self._rejected),
            failed=dict(self._failed),
            given_up=len(given_up),
            held_back=dict(self._held_back),
            missing=dict(self._missing),
            sample=dict(self._sample),
        )

    # -- what is there -------------------------------------------------------------------------------------------

    def _load(self, keys: Iterable[str], hashes: Iterable[str]) -> None:
        self._kept = kept_by_key(self._db, keys)
        twins = self._db.execute(_TWINS, (rows.to_json(list(hashes)),))
        self._twins = {(source, text_hash): key for source, text_hash, key in twins}
        (self._next_revision,) = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM revisions").fetchone()

    def _new_id(self, published_at: str | None) -> int:
        at = published_at or self._at
        day = at[:10]
        if day not in self._ids:
            self._ids[day] = last_id(self._db, at)
        self._ids[day] += 1
        return self._ids[day]

    # -- one thing after the other -------------------------------------------------------------------------------

    def _read(self, article: Article, text_hash: str, event: Read) -> None:
        kept = self._kept.get(article.key)
        if event.over is not None and (kept is None or kept.number != event.over):
            return
        stored = Stored(state=kept.state, columns=kept.columns) if kept else None
        columns = rows.revision(article)
        twin_key = self._twins.get((article.source, text_hash))
        if kept is None and (tombstone := self._tombstones.get(article.url)):  # its source had another name then
            decision: Decision = Skip(reason=Why.WITHDRAWN, twin_key=tombstone)
        else:
            decision = decide(stored, twin_key, columns, reread=event.reread, weaker=event.weaker)
        held: frozenset[str] = frozenset()
        if stored is not None and stored.columns:
            self._sample.update(f"weaker/{column}" for column in weaker_columns(stored.columns, columns))
            held = frozenset() if event.weaker else doubtful(stored.columns, columns)
            self._held_back.update(held)
        revision_id = None
        match decision:
            case Insert():
                kept = kept or self._fresh(article, columns)  # else one that was taken down and is taken back
                revision_id = self._revise(kept, decision, columns, text_hash, article)
            case Revise():
                assert kept is not None
                columns = merged(kept.columns, columns, decision.doubts) if decision.doubts else columns
                if "body_text" in decision.doubts:
                    assert kept.text_hash is not None
                    text_hash = kept.text_hash
                revision_id = self._revise(kept, decision, columns, text_hash, article, reread=event.reread)
            case Restore():
                assert kept is not None
                self._show(kept)
        if article.pictures is not None:  # those of a duplicate too: so they are known when that is taken down
            of = decision.twin_key if isinstance(decision, Skip) and decision.twin_key else article.key
            self._out.pictures.append((of, article.pictures))
        if revision_id is not None or not event.reread:  # a reread that changes nothing is no fetch
            self._note_captures(article.key, article.captures, revision_id)
        self._settle(article, decision, event, held)

    def _show(self, kept: Kept) -> None:
        kept.state, kept.touched = "shown", True
        self._counts["restored"] += 1
        self._out.tell(kept, None)

    def _hide(self, key: str) -> None:
        """Gone at the publisher's: readers of ``published`` see it no more, and are told."""
        kept = self._kept.get(key)
        if kept is None or kept.state != "shown":
            return
        before = kept.shown
        kept.state, kept.touched = "hidden", True
        self._counts["hidden"] += 1
        self._out.tell(kept, before)
        self._db.execute(_OPEN_TWINS, (self._at, key))

    def _fresh(self, article: Article, columns: rows.Row) -> Kept:
        kept = self._kept[article.key] = Kept(
            id=self._new_id(columns["published_at"]),
            key=article.key,
            source=article.source,
            url=rows.text(article.url),
            state="shown",
            reprint="hold",  # nobody sees it before it has its first revision
            first_seen_at=self._at,
            updated_at=self._at,
            in_store=False,
            announced=False,
        )
        return kept

    def _revise(
        self,
        kept: Kept,
        decision: Insert | Revise,
        columns: rows.Row,
        text_hash: str,
        new: Article,
        *,
        reread: bool = False,
    ) -> int:
        """Make ``columns`` the current revision of ``kept``, and say so if anybody may see it. Returns its id."""
        before = kept.shown
        origin = "reread" if reread else "publisher"
        told_by = "operator" if kept.state == "returning" else origin
        if kept.state in ("hidden", "returning") and not reread:
            kept.state = "shown"
            self._counts["restored"] += 1
        kept.number += 1
        kept.revision_id = self._next_revision
        self._next_revision += 1
        kept.url, kept.columns, kept.text_hash = rows.text(new.url), columns, text_hash
        kept.put_on_terms(self._policy, self._now)
        kept.updated_at, kept.touched = self._at, True
        if isinstance(decision, Insert) or not _of_the_body(decision.doubts):
            kept.latest = new  # topics and related links are read out of the body too
        fields = rows.to_json(decision.fields if isinstance(decision, Revise) else ())
        own = {"id": kept.revision_id, "article_id": kept.id, "number": kept.number}
        self._out.revisions.append({**own, "stored_at": self._at, "origin": origin, "fields": fields, **columns})
        self._twins.setdefault((kept.source, text_hash), kept.key)
        self._out.tell(kept, before, told_by)
        return kept.revision_id

    def _settle(self, article: Article, decision: Decision, event: Read, held: frozenset[str]) -> None:
        """Count what was decided, and close the link. A page read again from the archive says nothing of its link; one
        of which anything was held back is asked in full the next time, since a 304 would keep it back for good."""
        answer: tuple[Outcome, str | None, str | None, str | None]
        told: dict[str, Any] = {}
        match decision:
            case Skip(reason=Why.DUPLICATE, twin_key=twin_key):
                self._rejected[Reason.DUPLICATE.value] += 1
                answer = (Outcome.REJECTED, Reason.DUPLICATE.value, None, twin_key)
            case Skip(reason=Why.WITHDRAWN, twin_key=tombstone):
                self._rejected[Reason.WITHDRAWN.value] += 1
                answer = (Outcome.REJECTED, Reason.WITHDRAWN.value, None, tombstone)
            case _:
                self._count(article, decision)
                answer = (Outcome.STORED, None, None, None)
                kept = self._kept[article.key]
                told["anchor_at"] = kept.columns["published_at"] or kept.first_seen_at
                said = (rows.text(article.etag), rows.text(article.last_modified))
                told["validators"] = (None, None) if held else said
        if event.reread:
            return
        self._answer(article.key, *answer, **told)

    def _count(self, article: Article, decision: Decision) -> None:
        word = {Insert: "added", Revise: "revised", Restore: "unchanged", Skip: "unchanged"}[type(decision)]
        self._counts[word] += 1
        lacks = rows.missing(article)
        self._missing.update(lacks)
        if isinstance(decision, Insert):
            answered = (f"by/{field}/{hand}" for field, hand in article.answered_by.items())
            self._sample.update(["articles", *(f"lacks/{field}" for field in lacks), *answered])
        else:
            self._sample["again"] += 1

    def _reject(self, event: Rejection) -> None:
        self._rejected[event.reason.value] += 1
        self._note_captures(event.key, event.captures, None)
        self._answer(event.key, Outcome.REJECTED, event.reason.value, event.detail, event.same_as)

    def _note_captures(self, key: str, captures: Iterable[Capture], revision_id: int | None) -> None:
        for position, record in enumerate(captures, 1):
            self._out.captures.append({"key": key, "revision_id": revision_id, **rows.capture(record, position)})

    def _answer(
        self,
        key: str,
        outcome: Outcome,
        reason: str | None,
        detail: str | None,
        same_as: str | None = None,
        **told: Any,
    ) -> None:
        answer = Answer(key=key, outcome=outcome, reason=reason, detail=detail, same_as=same_as, **told)
        self._answers.append(answer)


def _of_the_body(doubts: frozenset[str]) -> bool:
    return not doubts.isdisjoint(("body_text", *FOLLOWS["body_text"]))
