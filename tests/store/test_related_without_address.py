"""What a page lists without an address is kept with its headline, day and opening; its url is NULL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database
from store_made import CLOCK, article, column, rows

from newscrawl.items import Related
from newscrawl.store import schema
from newscrawl.store.migrations import migrations
from newscrawl.store.writer import Writer

LISTED = (
    Related(headline="太原哪里看秋叶好", url=None, summary="西山一带十月中旬开始变红…"),
    Related(headline="城东新桥通车", url="https://news.example.com/a/2.html"),
)
SHOWN = "SELECT position, headline, url, summary FROM published_related"


def test_an_item_without_an_address_is_a_related_article(path: Path):
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, related=LISTED))
    assert rows(path, SHOWN) == [
        (1, "太原哪里看秋叶好", None, "西山一带十月中旬开始变红…"),
        (2, "城东新桥通车", "https://news.example.com/a/2.html", None),
    ]


def test_a_store_of_the_second_version_keeps_its_related_articles(path: Path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    migrations.apply(Database(connection), stop_before="0003_related_without_address")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 2")
    connection.execute(
        "INSERT INTO related VALUES (7, 'page', 1, '旧馆谢幕', 'https://morning.example/8', NULL, NULL, NULL)"
    )
    connection.execute("COMMIT")
    connection.close()
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, related=LISTED))
    assert column(path, "PRAGMA user_version") == [schema.VERSION]
    assert column(path, "SELECT headline FROM related WHERE article_id = 7") == ["旧馆谢幕"]
    assert column(path, "SELECT count(*) FROM related WHERE url IS NULL") == [1]
