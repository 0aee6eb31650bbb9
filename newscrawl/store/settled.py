"""What the store was last brought up to date with: a few words by name (:mod:`newscrawl.store.settling`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from newscrawl.terms import Policy

POLICY = "policy"
"""The fingerprint of the policy by which every article's mode was set; '' where some were set by another."""
TOPICS = "topics"
"""topics.VERSION by which every article's topics and bands were made; 'VERSION ID' where those up to ID were."""
PURGE = "purge"
"""There while texts are taken out of the file that are in no table any more."""


def settled(connection: sqlite3.Connection) -> dict[str, str]:
    """All that is settled."""
    return dict(connection.execute("SELECT name, value FROM settled"))


def settle(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Write ``values``. The caller holds the transaction."""
    connection.executemany("INSERT OR REPLACE INTO settled (name, value) VALUES (?, ?)", sorted(values.items()))


def forget(connection: sqlite3.Connection, name: str) -> None:
    """The caller holds the transaction."""
    connection.execute("DELETE FROM settled WHERE name = ?", (name,))


def note_policy(connection: sqlite3.Connection, policy: Policy) -> None:
    """A writer sets modes by ``policy``: where all others were set by another one, the next command has to go through
    them. The caller holds the transaction."""
    row = connection.execute("SELECT value FROM settled WHERE name = ?", (POLICY,)).fetchone()
    if row is not None and row[0] not in ("", policy.fingerprint):
        settle(connection, {POLICY: ""})
