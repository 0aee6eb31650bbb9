"""examples/datasette/metadata.yml under the real Datasette: the views with what their columns mean, the queries, and
nothing of what may not be shown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from store_made import CLOCK, article, column, found
from web_made import METADATA, Server, datasette, introduce

from newscrawl.store.views import COLUMNS
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy
from newscrawl.text.han import match_phrase

POLICY = {"*": "full", "credit:禁报": "hold", "credit:摘报": "excerpt"}
HELD = "不可外传的一句话"
TOLD = yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["news"]
TYPED = [
    *("太原", "太原 新区", "新区　太原", "原太", "太原11月", "晨网", "rain Lake", "LAKE", "lak", "第3"),
    *('"', '太"原', "太原 。", "。", "", " ", "headline:太原", "太* OR", "𠮷", "𠮷野", "々", "_", "a_b"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("datasette") / "news.db"
    with Writer(
        path, sources=[Publisher(slug="morning", name="晨网")], policy=Policy(reprint=POLICY, outlets={}), clock=CLOCK
    ) as writer:
        writer.add(article(1, headline="太原新区天气", body_text="第3日，晨网记者从太原获悉。" * 9))
        writer.add(article(2, headline="Rain at the lake", body_text="A lake, a_b and more rain." * 9, language="en"))
        writer.add(article(3, headline="𠮷野家与佐々木", body_text="新区的店。" * 9))
        writer.add(article(4, headline=HELD, body_text=HELD, body_html=f"<p>{HELD}</p>", credit="禁报"))
        long = "开头。" * 60 + HELD
        writer.add(article(5, body_text=long, body_html=f"<p>{long}</p>", credit="摘报"))
    introduce(path, POLICY)
    return path


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Server]:
    with datasette(path) as server:
        yield server


def rows(server: Server, page: str, **query: str) -> list[dict[str, object]]:
    answer = server.get(f"/news/{page}.json", _shape="array", **query)
    assert answer.status == 200, answer.text
    return json.loads(answer.text)


@pytest.mark.parametrize("view", [name for name in COLUMNS if name != "search"])
def test_every_view_is_shown_with_what_it_and_its_columns_mean(server: Server, view: str):
    answer = server.get(f"/news/{view}")
    assert answer.status == 200
    assert set(TOLD["tables"][view]["columns"]) == set(COLUMNS[view])
    assert all(f"<dt>{name}</dt>" in answer.text for name in COLUMNS[view])


def test_articles_come_newest_first_and_by_source_language_and_terms(server: Server):
    page = json.loads(server.get("/news/published.json").text)
    facets = {facet["name"]: {row["value"] for row in facet["results"]} for facet in page["facet_results"].values()}
    assert facets == {"source": {"morning"}, "language": {"zh", "en"}, "reprint": {"full", "excerpt"}}
    assert TOLD["tables"]["published"]["sort_desc"] == "published_at"


def test_the_tables_under_the_views_are_shut(server: Server, path: Path):
    tables = column(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    shut = [name for name in tables if name != "changes"]
    assert len(shut) > 12
    for name in shut:
        assert server.get(f"/news/{name}").status == 403, name
        assert server.get(f"/news/{name}.json").status == 403, name
        assert server.get(f"/news/{name}/1").status in (403, 404), name
    assert server.get("/news/changes").status == 200


def test_visitors_bring_no_sql_of_their_own(server: Server):
    asked = "SELECT body_text FROM revisions"
    for page in ("/news", "/news.json", "/news/-/query"):
        answer = server.get(page, sql=asked)
        assert answer.status in (403, 404) or HELD not in answer.text
    assert server.get("/news/published", _where="id IN (SELECT article_id FROM revisions)").status in (400, 403)
    assert server.get("/news.db").status == 403


def test_what_may_not_be_shown_is_on_no_page(server: Server):
    assert HELD not in server.get("/news/published", _size="max").text
    for name, query in TOLD["queries"].items():
        for words in (HELD, "不可外传", "morning:4", "morning:5", "0"):
            answer = server.get(f"/news/{name}.json", words=words, key=words, seq=words, _shape="array")
            assert answer.status == 200, answer.text
            assert HELD not in answer.text, query["title"]


def test_a_search_finds_what_the_command_finds(path: Path):
    """By stock SQLite: the canned statement needs nothing of Datasette's."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    finds = {}
    for words in TYPED:
        answers = connection.execute(TOLD["queries"]["find"]["sql"], {"words": words}).fetchall()
        finds[words] = sorted(row[-1] for row in answers)
    connection.close()
    assert finds == {words: found(path, match_phrase(words)) for words in TYPED}
    assert finds["太原 新区"] == ["morning:1"]


def test_the_search_for_taiyuan(server: Server):
    assert [row["key"] for row in rows(server, "taiyuan")] == ["morning:1"]
    assert [row["key"] for row in rows(server, "find", words="太原")] == ["morning:1"]


def test_what_changed_since(server: Server, path: Path):
    everything = rows(server, "since", seq="0")
    assert [row["seq"] for row in everything] == column(path, "SELECT seq FROM changes ORDER BY seq")
    assert rows(server, "since", seq="") == everything
    assert [row["seq"] for row in rows(server, "since", seq="2")] == [row["seq"] for row in everything][2:]


def test_what_the_last_day_is_about(server: Server, path: Path):
    assert [row["topic"] for row in rows(server, "hot")] == column(path, "SELECT topic FROM hot_topics LIMIT 30")
