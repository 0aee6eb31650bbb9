# ruff: noqa: S608  SQL made of this folder's constants only
"""Mirrored images in the store: which there are, and which articles show them. The files are the archive room's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newscrawl.clock import stamp, unstamp
from newscrawl.items import Picture
from newscrawl.store import rows
from newscrawl.store.reader import Reader

_COLUMNS = ("url", "file", "width", "height", "bytes", "type", "fetched_at", "etag", "last_modified")
_KNOWN = f"""
    SELECT {", ".join(_COLUMNS)} FROM pictures
    WHERE replaced_at IS NULL AND url IN (SELECT value FROM json_each(?))"""
_KEEP = f"""
    INSERT INTO pictures ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})
    ON CONFLICT (url, file) DO UPDATE SET fetched_at = excluded.fetched_at, etag = excluded.etag,
        last_modified = excluded.last_modified, replaced_at = NULL"""
_REPLACE = "UPDATE pictures SET replaced_at = ? WHERE url = ? AND file <> ? AND replaced_at IS NULL"
_SHOW = "INSERT OR IGNORE INTO pictured (article_id, url) SELECT id, ? FROM articles WHERE key = ?"
_IDS = "SELECT id FROM articles WHERE key IN (SELECT value FROM json_each(?))"
_SHOWING = "SELECT article_id FROM pictured WHERE position IS NOT NULL AND url IN (SELECT value FROM json_each(?))"
_PLACE = """
    UPDATE pictured SET position = (
        SELECT min(i.key) + 1
        FROM articles AS a JOIN revisions AS r ON r.id = a.revision_id JOIN json_each(r.images) AS i
        WHERE a.id = pictured.article_id AND json_extract(i.value, '$.url') = pictured.url)
    WHERE article_id IN (SELECT value FROM json_each(?))"""
_SHOWN = """
    SELECT article_id, url, file FROM published_images WHERE article_id IN (SELECT value FROM json_each(?))"""


def known(reader: Reader, urls: Iterable[str]) -> dict[str, Picture]:
    """By address: what is mirrored of it now."""
    return {row["url"]: _picture(row) for row in reader.rows(_KNOWN, (rows.to_json(list(urls)),))}


def keep(
    connection: sqlite3.Connection, told: Sequence[tuple[str, Sequence[Picture]]], revised: Sequence[int], at: str
) -> set[int]:
    """Note what articles show of mirrored images: ``told`` has an article's key and the images of its page, ``revised``
    the ids of articles whose revision has changed. Returns the ids of those, of ``told`` and of all that show an image
    whose content is another one now, whose row in ``published_images`` has come, gone or changed.

    The articles are written; the caller holds the transaction. ``at``: the stamp of now.
    """
    if not told:
        if revised:
            connection.execute(_PLACE, (json.dumps(list(revised)),))
        return set()
    pictures = {picture.url: picture for _, found in told for picture in found}
    before = {row[0]: row for row in connection.execute(_KNOWN, (rows.to_json(list(pictures)),))}
    other = [url for url, row in before.items() if pictures[url].file != row[1]]
    affected = {row[0] for row in connection.execute(_IDS, (rows.to_json([key for key, _ in told]),))}
    affected |= {row[0] for row in connection.execute(_SHOWING, (rows.to_json(other),))} if other else set()
    shown = _shown(connection, affected)
    connection.executemany(_KEEP, [row for url, row in map(_row, pictures.values()) if before.get(url) != row])
    connection.executemany(_REPLACE, [(at, url, pictures[url].file) for url in other])
    connection.executemany(_SHOW, [(picture.url, key) for key, found in told for picture in found])
    connection.execute(_PLACE, (json.dumps([*affected, *revised]),))
    now = _shown(connection, affected)
    return {article_id for article_id in affected if shown.get(article_id) != now.get(article_id)}


def _shown(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    for article_id, url, file in connection.execute(_SHOWN, (json.dumps(list(ids)),)):
        found.setdefault(article_id, set()).add((url, file))
    return found


def _row(picture: Picture) -> tuple[str, tuple[Any, ...]]:
    """Its address, and the row."""
    named = {name: getattr(picture, name) for name in _COLUMNS} | {"fetched_at": stamp(picture.fetched_at)}
    named |= {name: rows.text(named[name]) for name in ("etag", "last_modified")}
    return picture.url, tuple(named.values())


def _picture(row: Mapping[str, Any]) -> Picture:
    return Picture(**{**row, "fetched_at": unstamp(row["fetched_at"])})
