"""The followers of ``changes`` in examples/: each does what there is to do, once, and comes back where it stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from store_made import CLOCK, article
from web_made import EXAMPLES, program, run

from newscrawl.store.writer import Writer
from newscrawl.terms import Policy

POLICY = {"*": "full", "credit:禁报": "hold"}
Follow = Callable[[Path, Path], str]


@pytest.fixture(params=["python", "node", "php", "go"])
def follow(request: pytest.FixtureRequest) -> Follow:
    if request.param == "go":
        go = request.getfixturevalue("go")
        return lambda path, cursor: run(go, path, "--follow", cursor)
    command = {
        "python": [sys.executable, EXAMPLES / "python" / "follow.py"],
        "node": [program("node"), EXAMPLES / "node" / "follow.js"],
        "php": [program("php"), EXAMPLES / "php" / "follow.php"],
    }[request.param]
    return lambda path, cursor: run(*command, path, cursor)


def test_every_change_is_seen_once(follow: Follow, tmp_path: Path):
    path, cursor = tmp_path / "news.db", tmp_path / "cursor.txt"
    with Writer(path, policy=Policy(reprint=POLICY, outlets={}), clock=CLOCK) as writer:
        for number in range(1, 4):
            writer.add(article(number))
        writer.flush()
        assert follow(path, cursor).splitlines() == [
            f"publish morning:{number} revision 1: 晋阳湖畔第{number}座图书馆开馆" for number in range(1, 4)
        ]
        assert cursor.read_text() == "3\n"
        assert follow(path, cursor) == ""
        writer.add(attrs.evolve(article(1), headline="改过的标题"))
        writer.add(attrs.evolve(article(2), credit="禁报"))
        writer.flush()
        assert follow(path, cursor).splitlines() == [
            "publish morning:1 revision 2: 改过的标题",
            "take down morning:2",
        ]
        assert follow(path, cursor) == ""


def test_who_comes_late_publishes_nothing_that_is_gone(follow: Follow, tmp_path: Path):
    """All of an article's changes lead to what it is now."""
    path = tmp_path / "news.db"
    with Writer(path, policy=Policy(reprint=POLICY, outlets={}), clock=CLOCK) as writer:
        writer.add(article(1))
        writer.flush()
        writer.add(attrs.evolve(article(1), credit="禁报"))
        writer.flush()
        assert follow(path, tmp_path / "cursor.txt") == "take down morning:1\n"


def test_more_than_a_batch_is_followed_to_its_end(follow: Follow, tmp_path: Path):
    path, cursor = tmp_path / "news.db", tmp_path / "cursor.txt"
    with Writer(path, clock=CLOCK, batch=700) as writer:
        for number in range(620):
            writer.add(article(number))
    assert len(follow(path, cursor).splitlines()) == 620
    assert cursor.read_text() == "620\n"
