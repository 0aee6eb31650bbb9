"""After ``scrapy takedown`` every way out is shut at once, while servers and other programs have the store open."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from running import Desk
from web_made import EXAMPLES, by_sqlite3, datasette, php, run

KEY = "chinanews:10518665"
SENTENCE = "桃园三巷"


@pytest.fixture
def desk(crawled: Desk, tmp_path: Path) -> Desk:
    """A store of this test's own."""
    desk = Desk(tmp_path, crawled.settings)
    desk.db.parent.mkdir()
    shutil.copytree(crawled.db.parent, desk.db.parent, dirs_exist_ok=True)
    return desk


def holding(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file() and SENTENCE.encode() in path.read_bytes()]


def test_no_way_out_is_left_open(desk: Desk, tmp_path: Path, go: str):
    cursor = tmp_path / "cursor.txt"
    follow = [sys.executable, EXAMPLES / "python" / "follow.py", desk.db, cursor]
    with php(desk.db) as site, datasette(desk.db) as table:
        assert f"publish {KEY} revision 1" in run(*follow)
        assert site.get(key=KEY).status == 200
        assert SENTENCE in table.get("/news/article", key=KEY).text
        assert holding(desk.db.parent)

        done = desk.scrapy("takedown", KEY, "--reason", "权利人来函")
        assert done.code == 0, done.out + done.err

        answer = site.get(key=KEY)
        assert answer.status == 410
        assert (
            SENTENCE
            not in "".join(site.get(**query).text for query in ({}, {"q": "供热"}, {"topic": "太原"})) + answer.text
        )
        assert run(*follow) == f"take down {KEY}\n"
        assert table.get("/news/article.json", key=KEY, _shape="array").text == "[]"
        assert (
            SENTENCE not in table.get("/news/published", _size="max").text + table.get("/news/find", words="供热").text
        )
    assert by_sqlite3(desk.db, KEY) == ""
    assert "withdrawn" in run(go, desk.db, KEY, fails=True)
    assert holding(desk.db.parent) == []


def test_what_is_restored_is_read_anew_and_shown_as_before(desk: Desk, tmp_path: Path):
    before = by_sqlite3(desk.db, KEY)
    with php(desk.db) as site:
        assert desk.scrapy("takedown", KEY, "--reason", "权利人来函").code == 0
        assert site.get(key=KEY).status == 410
        done = desk.scrapy("restore", KEY)
        assert done.code == 0, done.err
        assert site.get(key=KEY).status == 200
    assert by_sqlite3(desk.db, KEY) == before
