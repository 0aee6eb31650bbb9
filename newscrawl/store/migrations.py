"""How a store of one version becomes one of the next. sqlite-utils keeps the record of what was applied.

A migration that has been released is never changed; the next one is added below it and ``schema.VERSION`` goes up.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from newscrawl.store.schema import ADDED, INDEXES, INDEXES_2, SEARCH, TABLES, TRIGGERS
from newscrawl.store.views import VIEWS

migrations = Migrations("newscrawl")


@migrations(name="0001_the_store")
def _the_store(db: Database) -> None:
    for statement in (*TABLES.values(), SEARCH, *INDEXES, *TRIGGERS, *VIEWS.values()):
        db.conn.execute(statement)


@migrations(name="0002_the_cron_contract")
def _the_cron_contract(db: Database) -> None:
    for table, column in ADDED:
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (*INDEXES_2, "DROP INDEX ledger_source", _ANCHOR):
        db.conn.execute(statement)


@migrations(name="0003_related_without_address")
def _related_without_address(db: Database) -> None:
    """What a page lists without an address is a related article too; its url is NULL."""
    wider = TABLES["related"].replace("TABLE related", "TABLE related_3").replace("url TEXT NOT NULL", "url TEXT")
    for statement in (
        "DROP VIEW published_related",
        wider,
        "INSERT INTO related_3 SELECT * FROM related",
        "DROP TABLE related",
        "ALTER TABLE related_3 RENAME TO related",
        VIEWS["published_related"],
    ):
        db.conn.execute(statement)


_ANCHOR = """
    UPDATE links SET (kept_at, anchor_at, due_at) = (
        SELECT a.first_seen_at, coalesce(a.published_at, a.first_seen_at), CASE WHEN a.first_seen_at > (
            SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(first_seen_at), '-2 days') FROM articles) THEN a.first_seen_at END
        FROM articles AS a WHERE a.key = links.key)
    WHERE state = 'stored'"""
"""What was stored in the last two days before rechecks were known is due at once."""


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending. Inside the caller's transaction: either all of it or none."""
    migrations.apply(Database(connection))
