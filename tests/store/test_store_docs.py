"""docs/store.md: its statements run as they stand in stock SQLite, and its tables are the store's."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from store_made import CLOCK, DISCLAIMER, NOW, article, column, found, full_article, printed

from newscrawl.clock import Clock
from newscrawl.items import Dateline, Related
from newscrawl.store.views import COLUMNS
from newscrawl.store.writer import Publisher, Writer
from newscrawl.text.han import match_phrase

PAGE = Path(__file__).resolve().parents[2] / "docs" / "store.md"
KEY = "chinanews:10518665"
LATER = Clock(NOW + timedelta(days=1))
ADDRESS = "https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml"


def blocks(language: str) -> list[str]:
    """The page's blocks of code in ``language``."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)


def block(language: str, of: str) -> str:
    """The only one that speaks of ``of``."""
    (only,) = [block for block in blocks(language) if of in block]
    return only


STATEMENTS = blocks("sql")
EXAMPLES = PAGE.parents[1] / "examples"
QUOTED = re.compile(r"(?:`|\"{3}|<<<'SQL')\s*((?:SELECT|WITH)\b.*?)(?:`|\"{3}|\n *SQL\b)", re.S)
"""A statement in Go, JavaScript, Python or PHP."""
SMALL = {"crumb", "json_each", "settled", "site", "article", "near", "lines"}
"""What may be read from end to end: one article's JSON, the site's few rows, examples/sqlite's own few lines."""


def statements_of_examples() -> dict[str, str]:
    """Every statement in examples/ about one article or about ``changes``, by its file and number in it."""
    found = {"sqlite/reprint.sql": [(EXAMPLES / "sqlite" / "reprint.sql").read_text("utf-8")]}
    for path in sorted(path for folder in ("go", "node", "php", "python") for path in (EXAMPLES / folder).glob("*.*")):
        found[f"{path.parent.name}/{path.name}"] = QUOTED.findall(path.read_text("utf-8"))
    queries = (EXAMPLES / "datasette" / "metadata.yml").read_text("utf-8")
    found["datasette/metadata.yml"] = re.findall(
        r"^ {6}(?:article|beside|since):.*?\|-\n(.*?)(?=^ {,6}\w)", queries, re.M | re.S
    )
    return {f"{name} {number}": one for name, all_ in found.items() for number, one in enumerate(all_)}


IN_EXAMPLES = statements_of_examples()
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
    told = attrs.evolve(
        full_article(),
        key=KEY,
        source="chinanews",
        url=ADDRESS,
        headline="太原新区图书馆开馆",
        related=related,
        published=printed("2025-11-20"),
    )
    with Writer(path, sources=[Publisher(slug="chinanews", name="中国新闻网")], clock=LATER) as writer:
        for number in range(24):
            at = printed(f"2025-11-{number % 9 + 10}T{number:02}:30+08:00")
            about = "太原" if number % 2 else "大同"
            body = f"第{number}日，{about}新区晴。"
            fields = {"headline": f"{about}{number}日天气", "body_text": body, "published": at}
            line = Dateline(raw=f"中新网{about}电", place=about)
            writer.add(article(number, "chinanews", dateline=line, **fields))
        writer.add(told)
        writer.flush()
        writer.add(full_article())
        yield request.param(path)


def statement(number: int, of: str) -> str:
    """The page's n-th statement; ``of`` is what it must speak of, so that a moved one is noticed."""
    assert of in STATEMENTS[number]
    return STATEMENTS[number]


def test_the_page_has_as_many_statements_as_are_tried_here():
    assert len(STATEMENTS) == 12


def test_one_article_with_its_disclaimer_and_all_that_a_reprint_page_prints(ask: Ask):
    (row,) = ask(statement(0, "disclaimer"))
    told = full_article()
    assert set(COLUMNS["published"]) - set(row) == {
        *("source", "agency", "dateline_date", "published_raw", "story_id", "first_seen_at", "updated_at")
    }
    assert (row["key"], row["url"], row["source_name"]) == (KEY, ADDRESS, "中国新闻网")
    assert (row["headline"], row["credit"], row["disclaimer"]) == ("太原新区图书馆开馆", "湖报", DISCLAIMER)
    assert (row["place"], row["correction"], row["reprint"]) == ("太原/晋中", told.correction, "full")
    assert row["body_html"].startswith("<p>晨网太原")
    assert json.loads(row["authors"]) == list(told.authors)
    assert json.loads(row["images"])[0]["url"] == told.images[0].url


def test_an_article_by_its_address(ask: Ask):
    (row,) = ask(statement(2, "WHERE url"))
    assert row["key"] == KEY


def test_its_breadcrumbs(ask: Ask):
    assert ask(statement(3, "breadcrumbs")) == [
        {"name": "首页", "url": "https://morning.example/"},
        {"name": "社会", "url": None},
    ]


def test_its_topics_the_breadcrumbs_first(ask: Ask):
    topics = [row["topic"] for row in ask(statement(4, "published_topics"))]
    assert topics[0] == "太原"
    assert {"晋中", "社会", "图书馆", "阅读"} < set(topics)


def test_the_site_is_known_once_a_command_has_run(ask: Ask):
    (row,) = ask(statement(1, "FROM site"))
    assert list(row) == ["name", "base", "handle", "language", "contact"]


def test_six_to_show_beside_it_each_once_and_the_pages_own_links_before_its_topic(ask: Ask):
    """The page's first link is the store's, and on the same topic."""
    near = ask(statement(5, "published_related"))
    assert [(row["kind"], row["headline"], row["day"], row["summary"], row["key"]) for row in near[:2]] == [
        ("page", "旧馆谢幕", "2025-11-12", "第7日，太原新区晴。", "chinanews:7"),
        ("page", "别家的消息", None, None, None),
    ]
    assert [row["kind"] for row in near[2:]] == ["topic"] * 4
    assert len({row["headline"] for row in near}) == 6
    assert all(row["key"] and row["day"] and row["summary"] for row in near[2:])


def test_the_versions_of_its_story_stand_before_all_others(path: Path):
    with Writer(path, sources=[Publisher(slug="chinanews", name="中国新闻网")], clock=LATER) as writer:
        wire = "湖畔新馆今日迎客，" + "".join(f"第{number}位读者说起旧馆的第{number}扇窗。" for number in range(40))
        for key, source in ((KEY, "chinanews"), ("evening:1", "evening")):
            html = f"<p>{wire}</p>"
            links = (Related(headline="别家的消息", url="https://other.example/1"),)
            told = article(key.partition(":")[2], source, headline=f"{source}说新馆", body_text=wire, body_html=html)
            writer.add(attrs.evolve(told, related=links))
        writer.flush()
        ask = by_module(path)
        versions = ask(statement(6, "story_id"))
        assert {row["key"] for row in versions} == {KEY, "evening:1"}
        near = ask(statement(5, "published_related"))
        assert [(row["kind"], row["key"]) for row in near] == [("story", "evening:1"), ("page", None)]


def test_others_on_the_same_topic(ask: Ask):
    found = ask(statement(7, "other.topic = own.topic"))
    assert len(found) == 10
    assert all(row["headline"].startswith("太原") and row["key"] != KEY for row in found)
    times = [row["published_at"] for row in found]
    assert times == sorted(times, reverse=True)
    assert times[0] == "2025-11-18T09:30:00Z"


def test_the_newest_twenty_headlines(ask: Ask):
    newest = ask(statement(8, "LIMIT 20"))
    assert len(newest) == 20
    assert newest[0]["headline"] == "太原新区图书馆开馆"
    assert newest[0]["source_name"] == "中国新闻网"
    times = [row["published_local"] for row in newest]
    assert times == sorted(times, reverse=True)


def test_a_search(ask: Ask):
    found = ask(statement(9, "太 原"))
    assert len(found) == 13
    assert found[0]["key"] == KEY
    assert all("太原" in row["headline"] for row in found)
    times = [row["published_at"] for row in found]
    assert times == sorted(times, reverse=True)


def test_what_changed(ask: Ask):
    changes = ask(statement(10, "FROM changes"))
    assert [row["seq"] for row in changes] == list(range(1, 26))
    assert {row["kind"] for row in changes} == {"added"}
    last = changes[-1]
    assert (last["key"], last["origin"], last["fields"]) == (KEY, "publisher", "[]")
    assert (last["revision"], last["headline"]) == (1, "太原新区图书馆开馆")


def test_what_the_last_day_is_about(ask: Ask):
    hot = ask(statement(11, "hot_topics"))
    assert {"topic": "晋中", "kind": "place", "articles": 1, "score": 1.0} in hot


def read_whole(path: Path, statement: str) -> set[str]:
    """What SQLite would read from end to end, or work out before the first row, to answer ``statement``."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        asked = re.sub(r"\?|:[a-z]+", "1", statement)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked}")]
    finally:
        connection.close()
    return {name for step in plan for name in re.findall(r"^(?:SCAN|MATERIALIZE) (\w+)", step)} - SMALL


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "news.db"
    with Writer(path, clock=CLOCK, batch=500) as writer:
        for number in range(500):
            writer.add(article(number))
    return path


@pytest.mark.parametrize(
    "statement", [one for one in STATEMENTS if KEY in one or ADDRESS in one or re.search(r"FROM (site|changes)\b", one)]
)
def test_what_is_about_one_article_or_changes_never_reads_the_whole_store(filled: Path, statement: str):
    assert read_whole(filled, statement) == set()


@pytest.mark.parametrize("name", IN_EXAMPLES)
def test_nor_does_any_example(filled: Path, name: str):
    assert read_whole(filled, IN_EXAMPLES[name]) == set()


def test_every_example_is_among_them():
    files = [name.split()[0] for name in IN_EXAMPLES]
    twos = ["node/reprint.js", "python/reprint.py"] * 2
    ones = ["sqlite/reprint.sql", "node/follow.js", "php/follow.php", "php/reprint.php", "python/follow.py"]
    assert sorted(files) == sorted([*twos, *ones, *["go/main.go", "datasette/metadata.yml"] * 3])


def test_a_view_that_is_left_joined_is_noticed(filled: Path):
    joined = "SELECT p.headline FROM changes AS c LEFT JOIN published AS p ON p.id = c.article_id WHERE c.seq > 0"
    assert "published" in read_whole(filled, joined)


def test_the_recipe_for_a_copy_can_be_followed_twice(path: Path):
    if shutil.which("sqlite3") is None:
        pytest.skip("the sqlite3 program is not installed")
    copies = []
    with Writer(path, clock=CLOCK) as writer:
        for number in (1, 2):
            writer.add(article(number))
            writer.flush()
            subprocess.run(["sh", "-ec", block("sh", "VACUUM")], check=True, cwd=path.parent, timeout=30)
            copies.append(column(path.with_name("copy.db"), "SELECT key FROM published ORDER BY key"))
    assert copies == [["morning:1"], ["morning:1", "morning:2"]]
    assert column(path.with_name("copy.db"), "PRAGMA journal_mode") == ["delete"]
    assert not path.with_name("copy.new").exists()


TYPED = [
    *("太原", "太原 新区", "新区　太原", "原太", "太原11月", "晨网", "rain Lake", "LAKE", "lak", "第3"),
    *('"', '太"原', "太原 。", "。", "", " ", "headline:太原", "太* OR", "𠮷", "𠮷野", "々", "_", "a_b"),
]


@pytest.fixture
def lakes(path: Path) -> Path:
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, headline="太原新区天气", body_text="第3日，晨网记者从太原获悉。" * 9))
        writer.add(article(2, headline="Rain at the lake", body_text="A lake, a_b and more rain." * 9, language="en"))
        writer.add(article(3, headline="𠮷野家与佐々木", body_text="新区的店。" * 9))
    return path


def test_the_lines_of_python_find_what_the_command_finds(lakes: Path):
    names: dict[str, Any] = {}
    exec(block("python", "match_words"), names)  # the page's own lines
    finds = {words: found(lakes, names["match_words"](words)) for words in TYPED}
    assert finds == {words: found(lakes, match_phrase(words)) for words in TYPED}
    assert finds["太原 新区"] == ["morning:1"]
    assert finds["𠮷"] == ["morning:3"]


def test_the_lines_of_php_find_what_the_command_finds(lakes: Path):
    program = shutil.which("php")
    if program is None:
        pytest.skip("PHP is not installed")
    code = (
        block("php", "match_words")
        + "echo json_encode(array_map('match_words', json_decode(file_get_contents('php://stdin'))));"
    )
    done = subprocess.run([program, "-r", code], input=json.dumps(TYPED), capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    finds = [found(lakes, phrase) for phrase in json.loads(done.stdout)]
    assert finds == [found(lakes, match_phrase(words)) for words in TYPED]


def test_every_view_and_column_is_documented_and_nothing_else_is():
    documented = {}
    views = PAGE.read_text("utf-8").partition("## Every view")[2]
    for section in re.split(r"^### ", views, flags=re.M)[1:]:
        documented[section.split("\n", 1)[0]] = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert documented == {view: list(columns) for view, columns in COLUMNS.items()}
