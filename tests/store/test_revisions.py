"""`scrapy show --revisions`: every revision, what changed in it, and why an article is not shown."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from running import Desk
from store_made import CLOCK, NOW, article, link, operate

from newscrawl.clock import Clock
from newscrawl.commands.difference import as_json, print_differences
from newscrawl.commands.show import past_of, print_past, shown
from newscrawl.errors import BadOption, Reason
from newscrawl.items import Image
from newscrawl.sources import Registry
from newscrawl.store.frontier import Frontier
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer
from newscrawl.terms import Policy

OLD = "晨网太原11月19日电 (林一)第1座图书馆开馆。\n馆内藏书三万册。\n读者排起长队。"
NEW = "晨网太原11月19日电 (林一)第1座图书馆开馆。\n馆内藏书四万册。\n读者排起长队。"
NO_SOURCES = Registry([])
ALL = Policy(reprint={}, outlets={})


def revised(path: Path) -> None:
    """morning:1 in three revisions, the last one reread."""
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, body_text=OLD, summary="一座图书馆", body_html="<p>旧</p>"))
    with Writer(path, clock=Clock(NOW + timedelta(hours=2))) as writer:
        writer.add(article(1, body_text=NEW, summary="一座图书馆", body_html="<p>新</p>", authors=("林一",)))
    with Writer(path, clock=Clock(NOW + timedelta(hours=5))) as writer:
        again = article(
            1, body_text=NEW, summary="一座图书馆", body_html="<p>新</p>", authors=("林一", "周二"), section="社会"
        )
        writer.add(again, reread=True)


def told(path: Path, name: str = "morning:1") -> dict[str, Any]:
    with Reader(path) as reader:
        return past_of(reader, NO_SOURCES, ALL, name)


def printed(path: Path, **how: Any) -> str:
    out = StringIO()
    print_past(Console(file=out, highlight=False, width=300, **how), told(path))
    return out.getvalue()


def test_every_revision_with_what_changed_word_by_word(path: Path):
    revised(path)
    assert printed(path) == (
        "morning:1  https://morning.example/gn/1.shtml\n"
        "\n"
        "1  2025-11-19 09:00 UTC  publisher: first stored\n"
        "  晋阳湖畔第1座图书馆开馆\n"
        "\n"
        "2  2025-11-19 11:00 UTC  publisher: authors, body_text, body_html\n"
        "  authors  nothing → 林一\n"
        "  body_text\n"
        "    …\n"
        "    馆内藏书[-三-]{+四+}万册。\n"
        "    …\n"
        "\n"
        "3  2025-11-19 14:00 UTC  reread: authors, section\n"
        "  authors  林一{+、周二+}\n"
        "  section  nothing → 社会\n"
    )


def test_on_a_terminal_old_words_are_red_and_struck_and_new_ones_green(path: Path):
    revised(path)
    out = printed(path, force_terminal=True, color_system="standard")
    assert "馆内藏书\x1b[9;31m三\x1b[0m\x1b[32m四\x1b[0m万册。" in out
    assert "[-" not in out


def test_for_a_machine_both_values_and_the_pieces(path: Path):
    revised(path)
    second = told(path)["revisions"][1]
    assert (second["revision"], second["at"], second["origin"]) == (2, "2025-11-19T11:00:00Z", "publisher")
    assert second["fields"] == ["authors", "body_text", "body_html"]
    changed = as_json(second["changed"])
    assert changed["authors"] == {"old": [], "new": ["林一"]}
    assert (changed["body_text"]["old"], changed["body_text"]["new"]) == (OLD, NEW)
    pieces = changed["body_text"]["diff"]
    assert "".join(text for op, text in pieces if op != "+") == OLD
    assert "".join(text for op, text in pieces if op != "-") == NEW


def test_a_change_of_the_markup_alone_and_of_a_picture_can_be_seen():
    out = StringIO()
    pictures = [{"url": "https://i.example/1.jpg", "caption": "新馆", "credit": None, "alt": None}]
    more = [*pictures, {"url": "https://i.example/2.jpg", "caption": None, "credit": None, "alt": None}]
    differences = {"body_html": ("<p>一</p>", "<h2>一</h2>"), "images": (pictures, more)}
    print_differences(Console(file=out, width=300), differences)
    assert out.getvalue() == (
        "  body_html  <[-p>一</p-]{+h2>一</h2+}>\n"
        "  images\n"
        "    …\n"
        "    {+https://i.example/2.jpg+}\n"
    )  # fmt: skip


def test_what_a_page_says_moves_no_cursor():
    out = StringIO()
    print_differences(Console(file=out, width=300), {"headline": ("旧\x1b[2J", "新\x1b]0;x\x07")})
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize("name", ["morning:1", "https://morning.example/gn/1.shtml"])
def test_an_article_that_has_one_revision(path: Path, name: str):
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, images=(Image(url="https://i.example/1.jpg"),)))
    only = told(path, name)
    assert only["not_shown"] is None
    assert [revision["fields"] for revision in only["revisions"]] == [[]]


def test_a_page_that_gave_the_text_of_another_article_names_that_one(path: Path):
    with Frontier(path, CLOCK) as frontier:
        frontier.record([link(1), link(2)])
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, body_text=OLD * 9))
        writer.add(article(2, body_text=OLD * 9))
    assert told(path, "morning:2")["key"] == "morning:1"


def hidden(path: Path) -> None:
    with Frontier(path, CLOCK) as frontier:
        frontier.record([link(1)])
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1))
    for hours in (1, 4):
        with Writer(path, clock=Clock(NOW + timedelta(hours=hours)), recheck=timedelta(hours=48)) as writer:
            writer.gone("morning:1", Reason.GONE)


def test_one_that_is_gone_at_the_publishers_is_said_to_be_hidden_and_since_when(path: Path):
    hidden(path)
    why = "is hidden: gone at the publisher's since 2025-11-19 10:00 UTC (it answers 404 or 410)"
    with Reader(path) as reader, pytest.raises(BadOption) as problem:
        shown(reader, NO_SOURCES, ALL, "morning:1")
    assert str(problem.value) == f"morning:1: {why}; --revisions shows what it said"
    assert told(path)["not_shown"] == why
    assert why in printed(path)


def test_one_that_is_held_back_or_was_taken_down_is_said_to_be(path: Path):
    with Writer(path, clock=CLOCK, policy=Policy(reprint={"*": "hold"}, outlets={})) as writer:
        writer.add(article(1))
    with Reader(path) as reader:
        held = past_of(reader, NO_SOURCES, Policy(reprint={"*": "hold"}, outlets={}), "morning:1")
    assert held["not_shown"] == 'is held back: NEWSCRAWL_REPRINT has "*": "hold"'
    operate(path, "UPDATE articles SET state = 'withdrawn', state_reason = '法院裁定'")
    assert told(path)["not_shown"] == "was taken down on 2025-11-19 09:00 UTC: 法院裁定"


def test_one_that_is_not_there_is_told_so(path: Path):
    Writer(path, clock=CLOCK).close()
    for look in (shown, past_of):
        with Reader(path) as reader, pytest.raises(BadOption, match="morning:7: is not in the store"):
            look(reader, NO_SOURCES, ALL, "morning:7")


def test_the_command(desk: Desk):
    revised(desk.db)
    done = desk.scrapy("show", "morning:1", "--revisions")
    assert done.code == 0, done.err
    assert "馆内藏书[-三-]{+四+}万册。" in done.out
    as_object = json.loads(desk.scrapy("show", "morning:1", "--revisions", "--json").out)
    assert as_object["revisions"][1]["changed"]["body_text"]["old"] == OLD
