"""How a store of one version becomes one of the next. sqlite-utils keeps the record of what was applied.

A migration that has been released is never changed; the next one is added below it and ``schema.VERSION`` goes up.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from newscrawl.store.schema import INDEXES, SEARCH, TABLES, TRIGGERS
from newscrawl.store.views import VIEWS

migrations = Migrations("newscrawl")


@migrations(name="0001_the_store")
def _the_store(db: Database) -> None:
    for statement in (*TABLES.values(), SEARCH, *INDEXES, *TRIGGERS, *VIEWS.values()):
        db.conn.execute(statement)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending. Inside the caller's transaction: either all of it or none."""
    migrations.apply(Database(connection))
