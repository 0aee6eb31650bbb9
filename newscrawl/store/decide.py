"""What becomes of an article that was read: stored, a new revision, or nothing. Pure; the writer obeys."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from newscrawl.store.rows import folded


class Why(Enum):
    """Why an article is not stored."""

    UNCHANGED = "unchanged"
    """Its key is stored and the story is the same."""
    DUPLICATE = "duplicate"
    """The same text of the same source is kept under another key."""
    WITHDRAWN = "withdrawn"
    """A tombstone keeps it out."""


@frozen(kw_only=True)
class Stored:
    """What the store has under the new article's key."""

    state: str
    """'shown', 'hidden' or 'withdrawn'."""
    columns: Mapping[str, Any]
    """The current revision's; {} for a tombstone."""


@frozen(kw_only=True)
class Insert:
    """Keep it as a new article."""


@frozen(kw_only=True)
class Revise:
    """Keep it as the next revision."""

    fields: tuple[str, ...]
    """The columns whose change is the reason, in the order of STORY. What else of the article changed comes along."""


@frozen(kw_only=True)
class Skip:
    """Keep nothing."""

    reason: Why
    twin_key: str | None = None
    """For a duplicate: the key that is kept."""


Decision = Insert | Revise | Skip


def _same(value: Any) -> Any:
    return value


def _looks(value: str | None) -> str:
    return folded(value or "")


def _pictures(value: str) -> list[tuple[str, str]]:
    """Pictures move between hosts and get new alt texts; the file's path and the caption are the story's."""
    return [(urlsplit(image["url"]).path, _looks(image["caption"])) for image in json.loads(value)]


STORY: Mapping[str, Callable[[Any], Any]] = {
    "headline": _looks,
    "subheadline": _looks,
    "dateline": _looks,
    "authors": _same,
    "correspondents": _same,
    "account": _looks,
    "credit": _looks,
    "published_at": _same,
    "body_text": _looks,
    "images": _pictures,
    "correction": _looks,
}
"""The columns whose change is a change of the story, and what of each counts.

All else a page may change (its related lists, markup, white space, section, keywords, editors, counters) makes no
revision; it comes along with the next one."""


def decide(stored: Stored | None, twin_key: str | None, new: Mapping[str, Any]) -> Decision:
    """What to do with ``new``, the columns of an article just read (:func:`~newscrawl.store.rows.revision`).

    ``stored`` is what the store has under its key. ``twin_key`` is another key of the same source under which the same
    text (:func:`~newscrawl.store.rows.fingerprint`) is kept or was withdrawn. The same text of another source is no
    twin: both are kept.
    """
    if stored is not None:
        if stored.state == "withdrawn":
            return Skip(reason=Why.WITHDRAWN)
        fields = changed(stored.columns, new)
        return Revise(fields=fields) if fields else Skip(reason=Why.UNCHANGED)
    if twin_key is not None:
        return Skip(reason=Why.DUPLICATE, twin_key=twin_key)
    return Insert()


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns in which two revisions tell the story differently."""
    return tuple(name for name, of in STORY.items() if old[name] != new[name] and of(old[name]) != of(new[name]))
