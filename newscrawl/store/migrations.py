"""How a store of one version becomes one of the next. sqlite-utils keeps the record of what was applied.

What a released migration makes of a store is never changed; the next one is added below it and ``schema.VERSION`` goes
up.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from newscrawl import topics
from newscrawl.store.schema import (
    ADDED,
    ADDED_4,
    ADDED_5,
    INDEXES,
    INDEXES_2,
    INDEXES_4,
    INDEXES_5,
    INDEXES_6,
    RELATED_4,
    SEARCH,
    TABLES,
    TABLES_4,
    TABLES_5,
    TRIGGERS,
)
from newscrawl.store.settled import TOPICS, settle
from newscrawl.store.views import VIEWS

migrations = Migrations("newscrawl")


@migrations(name="0001_the_store")
def _the_store(db: Database) -> None:
    for statement in (*TABLES.values(), SEARCH, *INDEXES, *TRIGGERS):
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
        wider,
        "INSERT INTO related_3 SELECT * FROM related",
        "DROP TABLE related",
        "ALTER TABLE related_3 RENAME TO related",
    ):
        db.conn.execute(statement)


@migrations(name="0004_topics_stories_rights")
def _topics_stories_rights(db: Database) -> None:
    for table, column in ADDED_4:
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (
        *TABLES_4,
        *INDEXES_4,
        RELATED_4,
        "INSERT INTO related_4 SELECT *, NULL FROM related",
        "DROP TABLE related",
        "ALTER TABLE related_4 RENAME TO related",
    ):
        db.conn.execute(statement)
    if not db.conn.execute("SELECT 1 FROM articles LIMIT 1").fetchall():  # else the next command finds them
        settle(db.conn, {TOPICS: str(topics.VERSION)})


@migrations(name="0005_mirrored_images")
def _mirrored_images(db: Database) -> None:
    for table, column in ADDED_5:
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (*TABLES_5, *INDEXES_5):
        db.conn.execute(statement)


@migrations(name="0006_start_addresses")
def _start_addresses(db: Database) -> None:
    for statement in INDEXES_6:
        db.conn.execute(statement)


_ANCHOR = """
    UPDATE links SET (kept_at, anchor_at, due_at) = (
        SELECT a.first_seen_at, coalesce(a.published_at, a.first_seen_at), CASE WHEN a.first_seen_at > (
            SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(first_seen_at), '-2 days') FROM articles) THEN a.first_seen_at END
        FROM articles AS a WHERE a.key = links.key)
    WHERE state = 'stored'"""
"""What was stored in the last two days before rechecks were known is due at once."""


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending. Inside the caller's transaction: either all of it or none.

    The views are no part of the migrations but made anew after them: they are always today's.
    """
    for view in VIEWS:
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    migrations.apply(Database(connection))
    for statement in VIEWS.values():
        connection.execute(statement)
