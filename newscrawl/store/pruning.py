"""What the store knows of the archive's files, and forgetting those that are gone.

A file goes before its rows do: a row without its file does no harm, but a file of which the store knows nothing would
be missed by a takedown.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from newscrawl.clock import unstamp
from newscrawl.store.connection import BUSY_SECONDS, in_words, open_for_writing, transaction
from newscrawl.store.reader import Reader
from newscrawl.store.rows import to_json

_STEP = 5000
"""Rows looked at in one transaction: a few milliseconds, so that a crawl is not kept waiting."""
_NEWEST = "SELECT file, max(fetched_at) AS at FROM captures GROUP BY file"
_NEXT = "SELECT id, file FROM captures WHERE id > ? ORDER BY id LIMIT ?"
_FORGET = "DELETE FROM captures WHERE id IN (SELECT value FROM json_each(?))"


def newest_by_file(db: Path) -> dict[str, datetime]:
    """When the newest page of each file that any article was read from was fetched."""
    with Reader(db) as reader:
        return {row["file"]: unstamp(row["at"]) for row in reader.rows(_NEWEST)}


def forget(db: Path, files: Collection[str], *, busy_seconds: float = BUSY_SECONDS) -> int:
    """Delete the rows of ``captures`` that name one of ``files``; how many those were.

    Raises :class:`~newscrawl.errors.StoreUnwritable`; what was deleted until then is deleted.
    """
    if not files:
        return 0
    wanted, total, last = frozenset(files), 0, 0
    connection = open_for_writing(db, busy_seconds=busy_seconds)
    try:
        with in_words(db):
            while rows := connection.execute(_NEXT, (last, _STEP)).fetchall():
                last = rows[-1][0]
                if ids := [number for number, file in rows if file in wanted]:
                    with transaction(connection):
                        connection.execute(_FORGET, (to_json(ids),))
                    total += len(ids)
    finally:
        connection.close()
    return total
