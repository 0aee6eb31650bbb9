"""docs/rights.md says what the code and the store do."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.clock import Clock
from newscrawl.items import Article, Image
from newscrawl.options import REPRINT_MODES, Options
from newscrawl.pipelines.rights import check_policy
from newscrawl.sources import registry
from newscrawl.store.writer import Writer
from newscrawl.terms import SIGNALS, Policy, terms

PAGE = (Path(__file__).resolve().parents[2] / "docs/rights.md").read_text("utf-8")
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ARTICLE = Article(
    key="chinanews:1",
    source="chinanews",
    url="https://www.chinanews.com.cn/gn/2026/03-01/1.shtml",
    language="zh",
    headline="环湖步道贯通",
    summary="西山有新路",
    body_html="<p>湿地留给候鸟。</p>",
    body_text="湿地留给候鸟。",
    images=(Image(url="https://www.chinanews.com.cn/1.jpg"),),
    keywords=("步道",),
)
WORDS = {"headline": '"步 道"', "summary": '"西 山"', "body": '"候 鸟"'}


def table(head: str) -> list[list[str]]:
    """The rows under the head of a table."""
    found = re.search(rf"^\| {re.escape(head)} .*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.M)
    assert found is not None
    return [[cell.strip() for cell in row.strip("| ").split("|")] for row in found[1].strip().split("\n")]


def stored(folder: Path, mode: str) -> tuple[dict[str, Any], list[str]]:
    """The row of ``published`` ({} where there is none) and the parts in whose words the article is found."""
    path = folder / f"{mode}.db"
    with Writer(path, policy=Policy(reprint={"*": mode}, outlets={}), clock=Clock(NOW)) as writer:
        writer.add(ARTICLE)
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    row = connection.execute("SELECT * FROM published").fetchone()
    query = "SELECT count(*) FROM search WHERE search MATCH ?"
    found = [part for part, words in WORDS.items() if connection.execute(query, (words,)).fetchone()[0]]
    connection.close()
    return dict(row) if row else {}, found


def as_told(value: object, whole: object) -> str:
    return "shown" if value == whole else "NULL" if value is None else f"`{value}`"


def test_each_mode_shows_what_the_table_says(tmp_path: Path):
    rows = {mode: stored(tmp_path, mode) for mode in REPRINT_MODES}
    whole = rows["full"][0]
    told = {row[0].strip("`"): row[1:] for row in table("in the store")}
    assert told.pop("a row in `published") == ["yes" if rows[mode][0] else "no" for mode in REPRINT_MODES]
    assert told.pop("search` finds words of the") == [", ".join(rows[mode][1]) or "–" for mode in REPRINT_MODES]
    others = told.pop("every other column")
    columns = [name for name in whole if name not in ("reprint", "id", "first_seen_at", "updated_at")]
    for column in columns:
        really = [as_told(rows[mode][0][column], whole[column]) if rows[mode][0] else "–" for mode in REPRINT_MODES]
        assert really == told.pop(column, others), column
    assert told == {}


def policy_of_the_page() -> Policy:
    blocks = re.findall(r"^```json\n(.*?)\n```$", PAGE, re.M | re.S)
    options = Options.read({"NEWSCRAWL_REPRINT": blocks[0]})
    check_policy(options.reprint, registry())
    return Policy(reprint=options.reprint, outlets=registry().outlets)


@pytest.mark.parametrize("row", table("page of"), ids=" ".join)
def test_each_example_comes_to_what_the_page_says(row: list[str]):
    publisher, credit, said, shown = row
    source = publisher if publisher in registry() else "lake.example"
    robots = tuple(said.split(", ")) if said else ()
    found = terms(policy_of_the_page(), source=source, credit=credit, robots=robots)
    assert ", ".join([found.mode, *(["noindex"] if found.noindex else [])]) == shown


def test_the_signals_of_the_page_are_those_of_the_code():
    nothing = Policy(reprint={}, outlets={})
    keys = []
    for said, shown, key in table("the page says"):
        keys.append(key.strip('`"'))
        for words in re.findall(r"`([^`]+)`(?: = (1))?", said):
            found = terms(nothing, source="lake", credit=None, robots=("=".join(filter(None, words)),))
            assert found.mode == (shown.split("`")[1] if shown.endswith("at most") else "full")
            assert found.noindex == ("noindex" in shown)
    assert keys == [f"signal:{name}" for name in SIGNALS]


def test_every_rule_that_the_page_shows_is_one_that_may_be_written():
    shown = re.findall(r"`(\{\"[^`]+\})`", PAGE)
    assert len(shown) >= 5
    for rule in shown:
        check_policy(json.loads(rule), registry())
