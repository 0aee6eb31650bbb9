"""What the store was last brought up to date with: a few words by name (:mod:`newscrawl.store.settling`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from uuid import uuid4

from newscrawl.store.connection import transaction
from newscrawl.terms import Policy

POLICY = "policy"
"""The fingerprint of the policy by which every article's mode was set; '' where some were set by another; 'FINGERPRINT
MARK' while they are being set, each time by another mark."""
TOPICS = "topics"
"""topics.VERSION by which every article's topics and bands were made; 'VERSION ID' where those up to ID were."""
SOURCES = "sources"
"""adopting.Owners.fingerprint of the sources that were known when articles were last put under their names."""
COPY = "copy"
"""There while the readers' copy (NEWSCRAWL_SNAPSHOT) may show what the store does not: BEHIND, or PURGED where it may
also hold what was taken down."""
BEHIND, PURGED = "behind", "purged"
PURGE = "purge"
"""There while texts are taken out of the file that are in no table any more; :func:`new_mark`, or WRITTEN and it where
the file was written anew and only the WAL is left to be cut off."""
WRITTEN = "written "


def settled(connection: sqlite3.Connection) -> dict[str, str]:
    """All that is settled."""
    return dict(connection.execute("SELECT name, value FROM settled"))


def settle(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Write ``values``. The caller holds the transaction."""
    connection.executemany("INSERT OR REPLACE INTO settled (name, value) VALUES (?, ?)", sorted(values.items()))


def new_mark() -> str:
    """Unlike every other."""
    return uuid4().hex


def replace(connection: sqlite3.Connection, name: str, before: str, after: str | None) -> bool:
    """Put ``after`` in the place of ``before`` (None: nothing), where that still stands there; whether it did. The
    caller holds the transaction."""
    if after is None:
        done = connection.execute("DELETE FROM settled WHERE name = ? AND value = ?", (name, before))
    else:
        done = connection.execute("UPDATE settled SET value = ? WHERE name = ? AND value = ?", (after, name, before))
    return done.rowcount == 1


def begin_with(connection: sqlite3.Connection, policy: Policy) -> None:
    """In a store without articles all of them are on the terms of ``policy``."""
    if POLICY in settled(connection) or connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
        return
    with transaction(connection):
        if not connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
            settle(connection, {POLICY: policy.fingerprint})


def note_policy(connection: sqlite3.Connection, policy: Policy) -> None:
    """A writer sets modes by ``policy``: where all others were set by another one, the next command has to go through
    them. The caller holds the transaction."""
    row = connection.execute("SELECT value FROM settled WHERE name = ?", (POLICY,)).fetchone()
    if row is not None and row[0] != "" and row[0].partition(" ")[0] != policy.fingerprint:
        settle(connection, {POLICY: ""})
