"""What an article said before: all its revisions, also of one that may not be shown. For operators, not for readers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from newscrawl.items import Json
from newscrawl.store.decide import READ
from newscrawl.store.reader import JSON_COLUMNS, Reader

TOLD = (*READ, "disclaimer")
"""Columns in which two revisions are compared."""

_ARTICLE = """
    SELECT a.id, a.key, a.source, a.url, a.state, a.state_reason, a.updated_at, a.reprint, a.embargo_until, l.gone_at,
        l.reason
    FROM articles AS a LEFT JOIN links AS l ON l.key = a.key WHERE a."""
_SAME_TEXT = "key = (SELECT same_as FROM links WHERE key = ?)"
_SINCE = """
    SELECT a.key FROM changes AS c JOIN articles AS a ON a.id = c.article_id
    WHERE c.key = ? ORDER BY c.seq DESC LIMIT 1"""
_EVIDENCE = "SELECT r.credit, r.robots FROM articles AS a JOIN revisions AS r ON r.id = a.revision_id WHERE a.id = ?"
_VERSIONS = """
    SELECT key FROM articles
    WHERE story_id = (SELECT story_id FROM articles WHERE id = ?) AND id <> ? ORDER BY story_rank, id"""
_REVISIONS = "SELECT * FROM revisions WHERE article_id = ? ORDER BY number"


@frozen(kw_only=True)
class Past:
    """An article and all that it ever said."""

    id: int
    key: str
    source: str
    url: str
    state: str
    """'shown', 'hidden', 'withdrawn', or 'returning': it is to be read anew."""
    state_reason: str | None
    """Of a withdrawn one: the operator's."""
    updated_at: str
    """Of a withdrawn one: the stamp of when that was."""
    reprint: str
    """Its reprint mode; 'hold' is not shown."""
    embargo_until: str | None
    """The stamp of when it may be shown; None where it may."""
    gone_at: str | None
    """Of a hidden one: the stamp of when the publisher first said that it is not there."""
    reason: str | None
    """Of a hidden one: how the publisher said so last, the value of an errors.Reason, or the word of a failure."""


def past(reader: Reader, *names: str) -> Past | None:
    """The article for the first of ``names`` that is a key, else a stored address, else the key of a page that gave the
    text of another; None where there is none."""
    for condition in ("key = ?", "url = ?", _SAME_TEXT):
        for name in names:
            if found := reader.rows(_ARTICLE + condition, (name,)):
                gone = {} if found[0]["state"] == "hidden" else {"gone_at": None, "reason": None}
                return Past(**found[0] | gone)
    return None


def key_since(reader: Reader, key: str) -> str | None:
    """The key that an article has now which readers saw under ``key``; None where they saw none."""
    found = reader.rows(_SINCE, (key,))
    return str(found[0]["key"]) if found else None


def key_of_id(reader: Reader, article_id: int) -> str | None:
    """The key of the article with that id, shown or not."""
    found = reader.rows("SELECT key FROM articles WHERE id = ?", (article_id,))
    return str(found[0]["key"]) if found else None


def revisions(reader: Reader, article_id: int) -> list[Json]:
    """The columns of each revision, JSON ones decoded, the first revision first."""
    return [decoded(row) for row in reader.rows(_REVISIONS, (article_id,))]


def decoded(row: Mapping[str, Any]) -> Json:
    """With lists for the JSON columns."""
    return {name: json.loads(value) if name in JSON_COLUMNS else value for name, value in row.items()}


def evidence(reader: Reader, article_id: int) -> tuple[str | None, tuple[str, ...]]:
    """What the terms of an article are made of besides its source: the credit and the signals of its page."""
    found = reader.rows(_EVIDENCE, (article_id,))
    return (found[0]["credit"], tuple(json.loads(found[0]["robots"]))) if found else (None, ())


def versions(reader: Reader, article_id: int) -> list[str]:
    """Keys of the other articles of its story, shown or not."""
    return [row["key"] for row in reader.rows(_VERSIONS, (article_id, article_id))]


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], columns: Sequence[str] = TOLD
) -> dict[str, tuple[Any, Any]]:
    """The columns in which two revisions differ, to the letter, with both values."""
    return {name: (old[name], new[name]) for name in columns if old[name] != new[name]}
