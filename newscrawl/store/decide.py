"""What becomes of an article that was read: stored, a new revision, or nothing. Pure; the writer obeys."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from newscrawl.health import ANSWERED, HANDS
from newscrawl.store.rows import folded, to_json


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
    """'shown', 'hidden', 'withdrawn', or 'returning': it was withdrawn and is to be read anew."""
    columns: Mapping[str, Any]
    """The current revision's; {} for a tombstone, and for what was one."""


@frozen(kw_only=True)
class Insert:
    """Keep it as a new article, or as one that was taken down and is taken back."""


@frozen(kw_only=True)
class Revise:
    """Keep it as the next revision."""

    fields: tuple[str, ...]
    """The columns whose change is the reason, in the order of STORY. What else of the article changed comes along."""
    doubts: frozenset[str] = frozenset()
    """Columns that stay as they are stored: see :func:`doubtful`."""


@frozen(kw_only=True)
class Restore:
    """Show it again as it is stored: it had vanished and is back unchanged."""


@frozen(kw_only=True)
class Skip:
    """Keep nothing."""

    reason: Why
    twin_key: str | None = None
    """For a duplicate: the key that is kept; for what was taken down: that of the tombstone, where it is another."""


Decision = Insert | Revise | Restore | Skip


def _same(value: Any) -> Any:
    return value


def _looks(value: str | None) -> str:
    return folded(value or "")


def _pictures(value: str) -> list[tuple[str, str]]:
    """Pictures move between hosts and get new alt texts; the file's path and the caption are the story's."""
    return [(urlsplit(image["url"]).path, _looks(image["caption"])) for image in json.loads(value)]


def _words(value: str) -> set[str]:
    """A page's signals, in whatever order."""
    return set(json.loads(value))


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
    "robots": _words,
    "embargo_at": _same,
}
"""The columns whose change is a change of the story, or of the terms on which it may be shown, and what of each counts.

All else a page may change (its related lists, markup, white space, section, keywords, editors, counters) makes no
revision; it comes along with the next one."""


FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "published_at": ("published_local", "published_raw"),
    "credit": ("credit_url",),
    "body_text": (
        *("body_html", "summary", "images", "dateline", "agency", "place", "dateline_date"),
        *("correspondents", "account", "editors", "correction"),
    ),
}
"""By column: those that are read out of the same words, and stand or fall with it."""
READ = (
    *(*STORY, "language", "section", "breadcrumbs", "editors", "credit_url", "published_local", "published_raw"),
    *("modified_at", "summary", "body_html", "keywords", "agency", "place", "dateline_date"),
)
"""The columns that reading a page gives: what a second reading of the same page is compared in."""


def decide(
    stored: Stored | None, twin_key: str | None, new: Mapping[str, Any], *, reread: bool = False, weaker: bool = False
) -> Decision:
    """What to do with ``new``, the columns of an article just read (:func:`~newscrawl.store.rows.revision`).

    ``stored`` is what the store has under its key. ``twin_key`` is another key of the same source under which the same
    text (:func:`~newscrawl.store.rows.fingerprint`) is shown or was withdrawn. The same text of another source is no
    twin: both are kept. With ``reread`` it is the same page read by today's code: then every column that reading gives
    counts, to the letter; with ``weaker`` the doubtful ones too.
    """
    if stored is None:
        return Insert() if twin_key is None else Skip(reason=Why.DUPLICATE, twin_key=twin_key)
    if stored.state == "withdrawn":
        return Skip(reason=Why.WITHDRAWN)
    if stored.state == "returning":
        return Insert()
    doubts = frozenset() if weaker else doubtful(stored.columns, new)
    if reread:
        differ = tuple(name for name in READ if stored.columns[name] != new[name])
    else:
        differ = changed(stored.columns, new)
    if fields := tuple(name for name in differ if name not in doubts):
        return Revise(fields=fields, doubts=doubts)
    if stored.state != "hidden" or reread:
        return Skip(reason=Why.UNCHANGED)
    return Restore() if twin_key is None else Skip(reason=Why.DUPLICATE, twin_key=twin_key)


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns in which two revisions tell the story differently."""
    return tuple(name for name, of in STORY.items() if old[name] != new[name] and of(old[name]) != of(new[name]))


def doubtful(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    """Columns of ``new`` that say less of the page than of the reading: they are answered by a weaker hand than before,
    or by nobody where a selector, JSON-LD or a meta tag had answered. That is what a changed layout does to an article
    that has not changed, and a good text is not to be written over by it. What is read out of the same words goes
    along; so do authors that had been read out of the story.
    """
    weak = weaker_columns(old, new)
    following = {name for column in weak for name in FOLLOWS.get(column, ())}
    if "body_text" in weak and json.loads(old["answered_by"]).get("authors") not in HANDS:
        following.add("authors")
    return frozenset(name for name in weak | following if old[name] != new[name])


def weaker_columns(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    """The columns of :data:`~newscrawl.health.ANSWERED` that a weaker hand answers than before, or nobody."""
    before, after = json.loads(old["answered_by"]), json.loads(new["answered_by"])
    return frozenset(
        column
        for column, field in ANSWERED.items()
        if before.get(field) in HANDS and HANDS.index(before[field]) < _rank(after.get(field))
    )


def _rank(hand: str | None) -> int:
    if hand is None:
        return len(HANDS)
    return HANDS.index(hand) if hand in HANDS else 0


def merged(old: Mapping[str, Any], new: Mapping[str, Any], doubts: frozenset[str]) -> dict[str, Any]:
    """``new`` with what is doubtful as it is in ``old``, and with the surer hands that had answered."""
    before, after = json.loads(old["answered_by"]), json.loads(new["answered_by"])
    fields = {ANSWERED[column] for column in weaker_columns(old, new) | (doubts & ANSWERED.keys())}
    answered = after | {field: before[field] for field in fields if field in before}
    return {**new, **{name: old[name] for name in doubts}, "answered_by": to_json(answered)}
