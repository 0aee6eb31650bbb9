"""docs/store.md: its statements run as they stand in stock SQLite, and its tables are the store's."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_made import CLOCK, DISCLAIMER, article, full_article, printed

from newscrawl.items import Related
from newscrawl.store.views import COLUMNS
from newscrawl.store.writer import Publisher, Writer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "store.md"
KEY = "chinanews:10518665"
STATEMENTS = re.findall(r"^```sql\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
Ask = Callable[[str], list[dict[str, Any]]]


def by_program(path: Path) -> Ask:
    """The stock sqlite3 program, read-only."""
    program = shutil.which("sqlite3")
    if program is None:
        pytest.skip("the sqlite3 program is not installed")

    def ask(statement: str) -> list[dict[str, Any]]:
        command = [program, "-json", f"file:{path}?mode=ro", statement]
        out = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout
        return json.loads(out) if out else []

    return ask


def by_module(path: Path) -> Ask:
    """SQLite as Python brings it."""

    def ask(statement: str) -> list[dict[str, Any]]:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(statement)]
        finally:
            connection.close()

    return ask


@pytest.fixture(params=[by_program, by_module])
def ask(request: pytest.FixtureRequest, path: Path) -> Iterator[Ask]:
    """A store with twenty-five articles, the writer still at work on it."""
    related = (
        Related(headline="旧馆谢幕", url="https://x.example/7", key="chinanews:7", published=printed("2025-11-12")),
        Related(headline="别家的消息", url="https://other.example/1"),
    )
    told = article(
        10518665,
        "chinanews",
        headline="太原新区图书馆开馆",
        credit="湖报",
        related=related,
        published=printed("2025-11-20"),
    )
    with Writer(path, sources=[Publisher(slug="chinanews", name="中国新闻网")], clock=CLOCK) as writer:
        for number in range(24):
            at = printed(f"2025-11-{number % 9 + 10}T{number:02}:30+08:00")
            about = "太原" if number % 2 else "大同"
            body = f"第{number}日，{about}新区晴。"
            writer.add(article(number, "chinanews", headline=f"{about}{number}日天气", body_text=body, published=at))
        writer.add(told)
        writer.flush()
        writer.add(full_article())
        yield request.param(path)


def statement(number: int, of: str) -> str:
    """The page's n-th statement; ``of`` is what it must speak of, so that a moved one is noticed."""
    assert of in STATEMENTS[number]
    return STATEMENTS[number]


def test_the_page_has_as_many_statements_as_are_tried_here():
    assert len(STATEMENTS) == 6


def test_the_newest_twenty_headlines(ask: Ask):
    newest = ask(statement(0, "LIMIT 20"))
    assert len(newest) == 20
    assert newest[0]["headline"] == "太原新区图书馆开馆"
    assert newest[0]["source_name"] == "中国新闻网"
    times = [row["published_local"] for row in newest]
    assert times == sorted(times, reverse=True)


def test_one_article_with_its_disclaimer(ask: Ask):
    (row,) = ask(statement(1, KEY))
    assert row["headline"] == "太原新区图书馆开馆"
    assert row["body_html"].startswith("<p>晨网太原")
    assert (row["credit"], row["disclaimer"]) == ("湖报", DISCLAIMER)


def test_its_related_links(ask: Ask):
    found = ask(statement(2, "published_related"))
    assert [(row["position"], row["headline"], row["published_at"]) for row in found] == [
        (1, "旧馆谢幕", "2025-11-11T16:00:00Z"),
        (2, "别家的消息", None),
    ]
    assert found[0]["related_id"] is not None
    assert found[1]["related_id"] is None


def test_a_search(ask: Ask):
    found = ask(statement(3, "太 原"))
    assert len(found) == 13
    assert found[0]["key"] == KEY
    assert all("太原" in row["headline"] for row in found)
    days = [row["published_at"][:10] for row in found]
    assert days == sorted(days, reverse=True)


def test_what_changed(ask: Ask):
    changes = ask(statement(4, "FROM changes"))
    assert [row["seq"] for row in changes] == list(range(1, 26))
    assert {row["kind"] for row in changes} == {"added"}
    last = changes[-1]
    assert (last["key"], last["origin"], last["fields"]) == (KEY, "publisher", "[]")


def test_what_the_last_day_is_about(ask: Ask):
    assert ask(statement(5, "hot_topics")) == []


def test_every_view_and_column_is_documented_and_nothing_else_is():
    documented = {}
    for section in re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.M)[1:]:
        documented[section.split("\n", 1)[0]] = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert documented == {view: list(columns) for view, columns in COLUMNS.items()}
