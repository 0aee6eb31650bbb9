"""One article of a live store, read from outside by everything that docs/store.md shows: all print the same."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import Desk
from web_made import (
    EXAMPLES,
    SITE,
    Server,
    by_datasette,
    by_node,
    by_php,
    by_python,
    by_sqlite3,
    program,
    run,
)

KEY = "chinanews:10518665"
MOVING = "lhasa:0"
READINGS = 12

Reader = Callable[[str], str]


@pytest.fixture(scope="module")
def readers(store: Path, go: str, php_site: Server, datasette_site: Server) -> dict[str, Reader]:
    return {
        "python": lambda key: by_python(store, key),
        "sqlite3": lambda key: by_sqlite3(store, key),
        "node": lambda key: by_node(store, key),
        "go": lambda key: run(go, store, key),
        "php": lambda key: by_php(php_site, key),
        "datasette": lambda key: by_datasette(datasette_site, key),
    }


def test_all_print_the_same_article(readers: dict[str, Reader]):
    prints = {name: read(KEY) for name, read in readers.items()}
    assert prints == dict.fromkeys(readers, prints["python"])


def test_it_has_all_that_a_reprint_page_shows(readers: dict[str, Reader]):
    lines = readers["php"](KEY).split("\n")
    headline = "太原老旧小区装上“会说话”的供热管家 入冬后投诉量降七成"
    assert lines[:4] == [
        f"{SITE['name']} › 热点 › 太原 › {headline}",
        "",
        headline,
        f"2025-11-19 16:29  转载：{SITE['handle']}  作者：李若溪、韩立群  来源：中新网",
    ]
    assert lines[5].startswith("中新网太原11月19日电 (李若溪 韩立群)19日上午，")
    assert "文章来源：https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml" in lines
    assert any(line.startswith("免责声明：本站转载内容均注明来源。") for line in lines)
    items = [line for line in lines[lines.index("相关") + 1 :] if re.match(r"20\d\d-\d\d-\d\d  \S", line)]
    assert len(items) == 6
    assert sum(line.startswith(" " * 12) for line in lines) >= 4


def test_what_is_not_there_is_said_in_words(store: Path, go: str):
    node = [program("node"), EXAMPLES / "node" / "reprint.js"]
    for command in ([sys.executable, EXAMPLES / "python" / "reprint.py"], node, [go]):
        assert run(*command, store, "chinanews:1", fails=True) == "chinanews:1: not in the store, or withdrawn\n"
    assert by_sqlite3(store, "chinanews:1") == ""


@pytest.fixture
def crawls(crawled: Desk) -> Iterator[list[int]]:
    """Crawl after crawl writes to the store; beside them a program commits as fast as it can, each time an article
    and a revision of :data:`MOVING`. The exit codes of the crawls."""
    ended, codes = threading.Event(), []

    def crawl() -> None:
        while not ended.is_set():
            codes.append(crawled.scrapy("crawl", "chinanews", "-a", "recheck=now").code)

    words = [sys.executable, str(Path(__file__).with_name("writing.py")), str(crawled.db)]
    env = {"PYTHONPATH": f"{Path(__file__).parents[1]}:{Path(__file__).parents[1] / 'store'}", "PATH": "/usr/bin:/bin"}
    writing = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    thread = threading.Thread(target=crawl)
    thread.start()
    try:
        while not crawled.column("SELECT 1 FROM published WHERE key = ?", MOVING):
            assert writing.poll() is None
        yield codes
    finally:
        ended.set()
        thread.join(100)
        commits, _ = writing.communicate(timeout=60)
    assert writing.returncode == 0
    assert int(commits) > 20
    assert set(codes) == {0}


def test_while_a_crawl_writes_nobody_is_locked_out_and_nobody_sees_half_an_article(
    readers: dict[str, Reader], crawls: list[int]
):
    before = readers["python"](KEY)
    seen: dict[str, set[str]] = {name: set() for name in readers}
    for _ in range(READINGS):
        for name, read in readers.items():
            assert read(KEY) == before
            if name != "datasette":  # it asks twice, a moment apart
                numbers = set(re.findall(r"第(\d+)[次段人报条]", read(MOVING)))
                assert len(numbers) == 1, f"{name} saw revisions {numbers}"
                seen[name] |= numbers
    assert all(len(numbers) > 1 for numbers in seen.values() if numbers), "nothing was written meanwhile"
    assert crawls
