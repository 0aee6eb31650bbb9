"""The store, read by stock sqlite3 as a downstream site reads it, held against the truth."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import Factory, define
from running import Desk
from truth import Known, Run, Truth

_PUBLISHED = """
    SELECT key, headline, body_text, credit, correction, authors, published_at, revision FROM published"""
_REVISIONS = """
    SELECT a.key, r.number, r.headline, r.body_text, r.credit, r.correction
    FROM revisions AS r JOIN articles AS a ON a.id = r.article_id ORDER BY a.key, r.number"""

_CHANGES = "SELECT seq, kind, key, fields FROM changes WHERE seq > ? ORDER BY seq"


@define
class Downstream:
    """A site that keeps the last ``seq`` it has seen of ``changes``, and what is published by them."""

    seq: int = 0
    keys: set[str] = Factory(set)

    def follow(self, desk: Desk) -> Counter[tuple[str, str]]:
        """What is new, but for versions that join a story (the newsroom does not know which of its texts are alike);
        ValueError for a change that does not follow from what is known."""
        news: Counter[tuple[str, str]] = Counter()
        for seq, kind, key, fields in desk.rows(_CHANGES, self.seq):
            if (key in self.keys) != (kind in ("revised", "withdrawn")):
                raise ValueError(f"change {seq}: {kind} {key}, which was {'' if key in self.keys else 'not '}published")
            self.seq = seq
            if fields != '["story_id"]':
                news[kind, key] += 1
            (self.keys.discard if kind == "withdrawn" else self.keys.add)(key)
        return news


def differences(desk: Desk, truth: Truth) -> Iterator[str]:
    """In words, what the store has otherwise than the truth."""
    yield from differing("published", _published(desk), {k: _expected(known) for k, known in truth.shown().items()})
    revisions: dict[str, list[Any]] = {}
    for key, number, *words in desk.rows(_REVISIONS):
        revisions.setdefault(key, []).append((number, *words))
    expected = {
        key: [(number, *reading.words) for number, reading in enumerate(known.revisions, 1)]
        for key, known in truth.stored().items()
    }
    yield from differing("revisions", revisions, expected)
    states = dict(desk.rows("SELECT key, state FROM articles"))
    wanted = {key: "hidden" if known.hidden else "shown" for key, known in truth.stored().items()}
    yield from differing("state", states, wanted)
    links = dict(desk.rows("SELECT key, state FROM links"))
    yield from differing("link", links, {key: known.state for key, known in truth.known.items()})


def run_differences(asked: list[str], changes: Counter[tuple[str, str]], run: Run) -> Iterator[str]:
    """What a run asked and told otherwise than it should have."""
    pages = Counter(path for path in asked if path.startswith("/a/"))
    yield from differing("requests of", pages, run.asked)
    yield from differing("changes", changes, run.changes)


def _published(desk: Desk) -> dict[str, Any]:
    return {row[0]: row[1:] for row in desk.rows(_PUBLISHED)}


def _expected(known: Known) -> tuple[Any, ...]:
    story, latest = known.story, known.revisions[-1]
    author = story.copy_of.author if story.copy_of else story.author
    people = json.dumps([author], ensure_ascii=False)
    return (*latest.words, people, f"{story.published:%Y-%m-%dT%H:%M:%SZ}", len(known.revisions))


def differing(what: str, there: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> Iterator[str]:
    for key in sorted(there.keys() | wanted.keys(), key=str):
        if there.get(key) != wanted.get(key):
            yield f"{what} {key}: {there.get(key, 'nothing')!r} instead of {wanted.get(key, 'nothing')!r}"
