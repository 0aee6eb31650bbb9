# ruff: noqa: S608  SQL made of this folder's constants only
"""Takedown: an article leaves the store for good, and a tombstone keeps it out; or it is taken back.

Four steps, each done again where it was cut off: :func:`withdraw` hides it from every reader and every way out at once;
what the archive has of it is overwritten by who knows the archive (:func:`pending` says what there is to do);
:func:`erase` deletes its text and what points at it; :func:`compact` takes out of the file what SQLite left of it in
freed pages, in the full-text index and in the WAL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from newscrawl.clock import Clock, stamp
from newscrawl.errors import StoreError
from newscrawl.items import Address, Capture
from newscrawl.store import stories
from newscrawl.store.connection import BUSY_SECONDS, in_words, open_for_writing, transaction
from newscrawl.store.kept import kept_by_key, last_id
from newscrawl.store.links import KEPT_LANE
from newscrawl.store.reader import Reader
from newscrawl.store.rows import capture_of, to_json
from newscrawl.store.schema import SHOWN
from newscrawl.store.settled import COPY, PURGE, PURGED, WRITTEN, new_mark, replace, settle, settled
from newscrawl.store.tables import Tables
from newscrawl.text.han import match_phrase

_TOMBSTONE = """
    UPDATE articles SET state = 'withdrawn', state_reason = ?, updated_at = ?, last_number = ?, embargo_until = NULL
    WHERE id = ?"""
_NEW_TOMBSTONE = """
    INSERT INTO articles (id, key, source, url, state, state_reason, reprint, first_seen_at, updated_at)
    VALUES (?, ?, ?, ?, 'withdrawn', ?, 'hold', ?, ?)"""
_CLOSE_LINKS = f"""
    UPDATE links SET state = 'rejected', reason = CASE key WHEN :key THEN 'withdrawn' ELSE reason END, due_at = NULL,
        headline = NULL, summary = NULL, detail = NULL, etag = NULL, last_modified = NULL, gone_at = NULL,
        lane = {KEPT_LANE}, attempts = 0, settled_at = :at
    WHERE key = :key OR same_as = :key"""
_OPEN_LINK = """
    INSERT INTO links (key, source, url, found_in, state, attempts, due_at, found_at)
    VALUES (:key, :source, :url, :url, 'open', 0, :at, :at)
    ON CONFLICT (key) DO UPDATE SET state = 'open', reason = NULL, attempts = 0, due_at = :at, settled_at = NULL"""
_UNDONE = """
    SELECT a.id, a.key, a.url, a.source FROM articles AS a WHERE a.state = 'withdrawn' AND (a.revision_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM captures AS c WHERE c.key = a.key)
        OR EXISTS (SELECT 1 FROM pictured AS d WHERE d.article_id = a.id)
        OR EXISTS (SELECT 1 FROM links AS l JOIN captures AS c ON c.key = l.key WHERE l.same_as = a.key))
    ORDER BY +a.id"""
_KEYS = "SELECT key FROM links WHERE same_as = :key UNION SELECT :key"
_SINCE = f"SELECT min(found_at) AS at FROM links WHERE key IN ({_KEYS})"
_URLS = f"SELECT url FROM links WHERE key IN ({_KEYS}) UNION SELECT url FROM captures WHERE key IN ({_KEYS})"
_TEXTS = "SELECT headline, summary, body_text FROM revisions WHERE article_id = ? ORDER BY number"
_CAPTURES = f'SELECT url, file, "offset", length, fetched_at FROM captures WHERE key IN ({_KEYS}) ORDER BY id'
_PICTURES = """
    SELECT DISTINCT p.file, EXISTS (
        SELECT 1 FROM pictures AS q
        JOIN pictured AS e ON e.url = q.url AND e.article_id <> d.article_id AND e.position IS NOT NULL
        JOIN articles AS b ON b.id = e.article_id AND b.state <> 'withdrawn'
        WHERE q.file = p.file AND q.replaced_at IS NULL) AS shared
    FROM pictured AS d JOIN pictures AS p ON p.url = d.url WHERE d.article_id = ? ORDER BY p.file"""
_NO_PICTURE = """
    DELETE FROM pictured WHERE url IN (SELECT value FROM json_each(:urls))
        AND NOT EXISTS (SELECT 1 FROM pictures AS p WHERE p.url = pictured.url)"""
_REPEATS = """
    (kind = 'page' AND (url IN (SELECT value FROM json_each(:urls))
        OR headline IN (SELECT value FROM json_each(:headlines))
        OR substr(summary, 1, :opens) IN (SELECT value FROM json_each(:openings))))"""
_REPEATING = f"""
    SELECT a.id, a.key FROM articles AS a WHERE {SHOWN} AND a.id IN (
        SELECT article_id FROM related WHERE article_id <> :id AND key IS NOT :key AND {_REPEATS}) ORDER BY +a.id"""
_POINTING = f"""
    DELETE FROM related WHERE article_id = :id OR kind <> 'page' AND position = :id OR kind = 'page' AND key = :key
        OR {_REPEATS}"""
_HINTS = """
    UPDATE links SET headline = NULL, summary = NULL WHERE headline IN (SELECT value FROM json_each(:headlines))
        OR substr(summary, 1, :opens) IN (SELECT value FROM json_each(:openings))"""
OPENS = 16
"""Characters by which an opening is known among what lists and other pages say of an article."""


@frozen(kw_only=True)
class Text:
    """What one revision of an article says."""

    headline: str | None
    summary: str | None
    body_text: str | None


@frozen(kw_only=True)
class Pending:
    """A tombstone whose text, or a record of it, is still there."""

    id: int
    key: str
    url: str
    urls: tuple[str, ...]
    """Every address it is known by."""
    since: str | None
    """The stamp of when its address was first found; None where it never was."""
    texts: tuple[Text, ...] = ()
    """One for each revision; () where only records of it are left."""
    captures: tuple[Capture, ...] = ()
    """The records of every fetch of it, and of pages that gave the same text."""
    pictures: tuple[str, ...] = ()
    """Files of mirrored images that it showed, in any revision, and no other article shows."""
    shared: tuple[str, ...] = ()
    """Those that others show as well."""


def withdraw(db: Path, address: Address, source: str, reason: str, clock: Clock) -> None:
    """Put a tombstone in the place of an article: it is in no view and no search from now on, and no crawl brings it
    back. Its text is still in the tables (:func:`pending`). An article that was never stored has one all the same.

    Raises :class:`~newscrawl.errors.StoreUnwritable`; then nothing has changed.
    """
    connection = open_for_writing(db)
    try:
        with in_words(db), transaction(connection):
            put_tombstone(connection, address, source, reason, stamp(clock.now()))
    finally:
        connection.close()


def close_links(connection: sqlite3.Connection, key: str, at: str) -> None:
    """Of what was taken down, and of what gave its text. The caller holds the transaction."""
    connection.execute(_CLOSE_LINKS, {"key": key, "at": at})


def put_tombstone(connection: sqlite3.Connection, address: Address, source: str, reason: str, at: str) -> None:
    """As :func:`withdraw`; ``at`` is the stamp of now. The caller holds the transaction."""
    kept = kept_by_key(connection, [address.key]).get(address.key)
    close_links(connection, address.key, at)
    settle(connection, {PURGE: new_mark()})
    if kept is None:
        own = (address.key, source, address.url, reason, at, at)
        connection.execute(_NEW_TOMBSTONE, (last_id(connection, at) + 1, *own))
        return
    out, before = Tables(connection, at), kept.shown
    connection.execute(_TOMBSTONE, (reason, at, kept.number, kept.id))
    kept.state, kept.touched = "withdrawn", True
    out.tell(kept, before, "operator")
    out.take_from_search(kept)
    stories.unmark(connection, kept)
    if kept.story_id is not None:
        out.tell_story(stories.leave(connection, kept.id, kept.story_id), "operator")
    connection.execute("DELETE FROM article_topics WHERE article_id = ?", (kept.id,))
    out.write_changes()


def take_back(db: Path, key: str, clock: Clock) -> str:
    """Take the tombstone away: the article is to be read anew, under its old id. Returns its address.

    Raises LookupError where there is none.
    """
    connection = open_for_writing(db)
    try:
        with in_words(db), transaction(connection):
            found = connection.execute(
                "SELECT key, source, url FROM articles WHERE key = ? AND state IN ('withdrawn', 'returning')", (key,)
            ).fetchone()
            if found is None:
                raise LookupError(key)
            link = dict(zip(("key", "source", "url"), found, strict=True))
            connection.execute("UPDATE articles SET state = 'returning', state_reason = NULL WHERE key = ?", (key,))
            connection.execute(_OPEN_LINK, {**link, "at": stamp(clock.now())})
            return str(link["url"])
    finally:
        connection.close()


def pending(db: Path) -> tuple[Pending, ...]:
    """What is still to be taken out of archive and tables. A record may come after the takedown, too: of a crawl that
    had asked for the page before."""
    with Reader(db) as reader:
        return tuple(_pending(reader, **row) for row in reader.rows(_UNDONE))


def _pending(reader: Reader, *, id: int, key: str, url: str, source: str) -> Pending:
    named = {"key": key}
    records, pictures = reader.rows(_CAPTURES, named), reader.rows(_PICTURES, (id,))
    return Pending(
        id=id,
        key=key,
        url=url,
        urls=tuple({url: None} | {row["url"]: None for row in reader.rows(_URLS, named)}),
        since=reader.rows(_SINCE, named)[0]["at"],
        texts=tuple(Text(**row) for row in reader.rows(_TEXTS, (id,))),
        captures=tuple(map(capture_of, records)),
        pictures=tuple(row["file"] for row in pictures if not row["shared"]),
        shared=tuple(row["file"] for row in pictures if row["shared"]),
    )


def captures_of_others(db: Path, keys: Sequence[str]) -> frozenset[tuple[str, int]]:
    """File and offset of every record that is the page of another article than ``keys`` and what gave their text."""
    named = {f"k{number}": key for number, key in enumerate(keys)}
    own = ", ".join(f":{name}" for name in named) or "NULL"
    query = f"""
        SELECT file, "offset" FROM captures WHERE key NOT IN ({own})
            AND key NOT IN (SELECT key FROM links WHERE same_as IN ({own}))"""
    with Reader(db) as reader:
        return frozenset((row["file"], row["offset"]) for row in reader.rows(query, named))


COMMON = 4
"""A sentence that so many other articles say tells no text from another."""


def told_by_others(db: Path, article_id: int, sentences: Iterable[str]) -> frozenset[str]:
    """Those of ``sentences`` that :data:`COMMON` or more other articles say."""
    query = "SELECT rowid FROM search WHERE search MATCH ? AND rowid <> ? LIMIT ?"
    with Reader(db) as reader:
        return frozenset(
            words
            for words in dict.fromkeys(sentences)
            if len(reader.rows(query, (match_phrase(words), article_id, COMMON))) == COMMON
        )


def erase(db: Path, done: Sequence[Pending], clock: Clock, *, records: bool = True, pictures: bool = True) -> None:
    """Delete the text of ``done`` and all that repeats it: revisions, what other articles and links have of it, the
    rows of records and of mirrored images. Readers are told of other articles that repeated it under another name.

    Only those records that ``done`` names, one that came since stays pending; without ``records`` none, where the
    archive is not there, and without ``pictures`` no image, where their folder is not. What was taken back meanwhile is
    left alone.
    """
    connection = open_for_writing(db)
    try:
        with in_words(db), transaction(connection):
            for one in done:
                _erase(connection, one, stamp(clock.now()), records=records, pictures=pictures)
            settle(connection, {PURGE: new_mark(), COPY: PURGED})
    finally:
        connection.close()


def _erase(connection: sqlite3.Connection, one: Pending, at: str, *, records: bool, pictures: bool) -> None:
    if not connection.execute("SELECT 1 FROM articles WHERE id = ? AND state = 'withdrawn'", (one.id,)).fetchall():
        return
    if records:
        keys = connection.execute(_KEYS, {"key": one.key}).fetchall()
        rows = [(key, capture.file, capture.offset) for (key,) in keys for capture in one.captures]
        connection.executemany('DELETE FROM captures WHERE key = ? AND file = ? AND "offset" = ?', rows)
    if pictures:
        _erase_pictures(connection, one)
    connection.execute(
        "UPDATE captures SET revision_id = NULL WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = ?)",
        (one.id,),
    )
    connection.execute("UPDATE articles SET revision_id = NULL WHERE id = ?", (one.id,))
    connection.execute("DELETE FROM revisions WHERE article_id = ?", (one.id,))
    headlines = [text.headline for text in one.texts if text.headline]
    openings = [text.summary[:OPENS] for text in one.texts if text.summary and len(text.summary) >= OPENS]
    named = {"id": one.id, "key": one.key, "urls": to_json(one.urls), "opens": OPENS}
    named |= {"headlines": to_json(headlines), "openings": to_json(openings)}
    told = Tables(connection, at)
    told.tell_related(connection.execute(_REPEATING, named).fetchall())
    told.write_changes()
    connection.execute(_POINTING, named)
    connection.execute(_HINTS, named)


def _erase_pictures(connection: sqlite3.Connection, one: Pending) -> None:
    """An article that came to show one of the files meanwhile has lost it, and refers to the address again."""
    files = to_json(one.pictures)
    named = "file IN (SELECT value FROM json_each(?))"
    urls = [url for (url,) in connection.execute(f"SELECT url FROM pictures WHERE {named}", (files,))]
    connection.execute(f"DELETE FROM pictures WHERE {named}", (files,))
    connection.execute("DELETE FROM pictured WHERE article_id = ?", (one.id,))
    connection.execute(_NO_PICTURE, {"urls": to_json(urls)})


def compact(db: Path, *, busy_seconds: float = BUSY_SECONDS) -> str | None:
    """Take out of the file what is in no table any more. Returns what :func:`close` is to be told when all is done;
    None where a reader holds the file open, so that the WAL could not be written back and cut off: what was erased is
    still in it, and is tried again by the next crawl.

    The search index is merged into one segment, the file written anew (VACUUM), the WAL truncated. Where that was done
    and only the WAL is left, it is not done again. Crawls wait for the VACUUM: some seven seconds per GB.
    """
    connection = open_for_writing(db, busy_seconds=busy_seconds)
    try:
        with in_words(db):
            mark = settled(connection).get(PURGE, "")
            if mark and not mark.startswith(WRITTEN):
                connection.execute("INSERT INTO search(search) VALUES ('optimize')")
                connection.execute("VACUUM")
                with transaction(connection):
                    if replace(connection, PURGE, mark, WRITTEN + mark):
                        mark = WRITTEN + mark
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return None if busy else mark
    finally:
        connection.close()


def close(db: Path, mark: str) -> None:
    """The takedown that :func:`compact` told ``mark`` of is done to its end; another one may have begun since."""
    connection = open_for_writing(db)
    try:
        with in_words(db), transaction(connection):
            replace(connection, PURGE, mark, None)
    finally:
        connection.close()


def is_kept_out(db: Path, key: str) -> bool:
    """Whether there is a tombstone; not where there is no store of this version."""
    try:
        with Reader(db) as reader:
            return bool(reader.rows("SELECT 1 FROM articles WHERE key = ? AND state = 'withdrawn'", (key,)))
    except StoreError:
        return False


def is_pending(db: Path) -> bool:
    """Whether a takedown is not done to its end."""
    with Reader(db) as reader:
        purge = reader.rows("SELECT 1 FROM settled WHERE name = ?", (PURGE,))
        return bool(purge or reader.rows(_UNDONE + " LIMIT 1"))
