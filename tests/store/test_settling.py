"""The store brought up to date at the next command: the policy, embargoes, the site, topics and stories."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from store_made import CLOCK, NOW, article, column, found, full_article, operate, printed, rows

from newscrawl.clock import Clock
from newscrawl.errors import StoreError, StoreUnwritable
from newscrawl.items import Dateline
from newscrawl.options import Site
from newscrawl.store.settling import Settled, Settling
from newscrawl.store.snapshot import take
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy

LAKE = Site(name="湖畔转载", base="https://lake.example", handle="湖畔小编", language="zh", contact="a@lake.example")
LONG = "".join(
    f"第{number}段说，湖边的新馆今天开门，{number}百名读者排队进去看书，队伍一直排到桥头。\n" for number in range(12)
)


def settle(path: Path, reprint: dict[str, str] | None = None, *, hours: float = 0, site: Site = LAKE) -> Settled:
    policy = Policy(reprint=reprint or {}, outlets={"晨网": "morning", "晚网": "evening"})
    return Settling(path, policy, site, Clock(NOW + timedelta(hours=hours))).settle()


def keep(path: Path, *articles: Any, hours: float = 0) -> None:
    sources = [Publisher(slug="morning", name="晨网"), Publisher(slug="evening", name="晚网")]
    with Writer(path, sources=sources, clock=Clock(NOW + timedelta(hours=hours))) as writer:
        for one in articles:
            writer.add(one)


def changes(path: Path) -> list[tuple[str, str, list[str], str]]:
    query = "SELECT kind, key, fields, origin FROM changes ORDER BY seq"
    return [(kind, key, json.loads(fields), origin) for kind, key, fields, origin in rows(path, query)]


# -- the policy ---------------------------------------------------------------------------------------------------


def test_a_policy_that_becomes_stricter_hides_stored_bodies_and_tells_it_and_back_again_restores_them(path: Path):
    keep(path, article(1), article(2, credit="湖报"))
    settle(path)
    told = len(changes(path))
    before = rows(path, "SELECT * FROM published ORDER BY id")
    assert settle(path, {"*": "excerpt"}).policy == 2
    assert rows(path, "SELECT reprint, body_html, body_text FROM published") == [("excerpt", None, None)] * 2
    assert found(path, '"馆 内 藏 书"') == found(path, '"三 万 册"')
    hidden = ["body_html", "body_text", "reprint"]
    assert changes(path)[told:] == [("revised", f"morning:{number}", hidden, "operator") for number in (1, 2)]
    assert settle(path).policy == 2
    assert rows(path, "SELECT * FROM published ORDER BY id") == before
    assert found(path, '"三 万 册"') == ["morning:1", "morning:2"]
    assert [kind for kind, *_ in changes(path)[told:]] == ["revised"] * 4


def test_what_is_held_back_is_withdrawn_from_readers_and_comes_back_as_restored(path: Path):
    keep(path, article(1), article(2, credit="湖报"))
    settle(path)
    assert settle(path, {"credit:湖报": "hold"}).policy == 1
    assert column(path, "SELECT key FROM published") == ["morning:1"]
    assert changes(path)[-1] == ("withdrawn", "morning:2", [], "operator")
    assert settle(path).policy == 1
    assert changes(path)[-1] == ("restored", "morning:2", [], "operator")
    assert column(path, "SELECT key FROM published ORDER BY key") == ["morning:1", "morning:2"]


def test_the_same_policy_again_writes_nothing(path: Path):
    keep(path, article(1))
    settle(path, {"*": "link"})
    size = column(path, "PRAGMA data_version")
    before = rows(path, "SELECT * FROM settled")
    assert not settle(path, {"*": "link"})
    assert (column(path, "PRAGMA data_version"), rows(path, "SELECT * FROM settled")) == (size, before)


def test_what_an_older_run_stored_by_its_own_policy_is_put_right_by_the_next_command(path: Path):
    """A long backfill goes on with the policy it began with, while the operator has set another."""
    keep(path, article(1))
    settle(path, {"*": "excerpt"})
    keep(path, article(2))
    assert column(path, "SELECT reprint FROM published ORDER BY id") == ["excerpt", "full"]
    assert settle(path, {"*": "excerpt"}).policy == 1
    assert column(path, "SELECT reprint FROM published ORDER BY id") == ["excerpt", "excerpt"]


def test_a_page_that_wants_no_copy_is_an_excerpt_and_one_that_wants_no_index_says_so(path: Path):
    keep(path, article(1, robots=("noarchive",)), article(2, robots=("noindex",)), article(3, robots=("nosnippet",)))
    assert rows(path, "SELECT key, reprint, noindex FROM published ORDER BY key") == [
        ("morning:1", "excerpt", 0),
        ("morning:2", "full", 1),
        ("morning:3", "link", 0),
    ]


def test_what_a_page_says_of_copies_later_is_obeyed_by_the_recheck_that_reads_it(path: Path):
    keep(path, article(1), article(2, published=printed("2025-11-19T16:00+08:00")))
    keep(path, article(1, robots=("noarchive",)), hours=1)
    assert rows(path, "SELECT key, reprint FROM published ORDER BY key") == [
        ("morning:1", "excerpt"),
        ("morning:2", "full"),
    ]
    assert changes(path)[-1][:2] == ("revised", "morning:1")
    keep(path, article(2, published=printed("2025-11-19T16:00+08:00"), embargo=NOW + timedelta(days=1)), hours=2)
    assert column(path, "SELECT key FROM published") == ["morning:1"]
    assert changes(path)[-1][:2] == ("withdrawn", "morning:2")


def test_a_run_that_ends_leaves_the_terms_that_were_set_meanwhile(path: Path):
    """A backfill began with another policy than the one the operator has set since."""
    keep(path, article(1))
    settle(path, {"*": "hold"})
    old = Settling(path, Policy(reprint={}, outlets={}), LAKE, CLOCK)
    assert not old.settle(of_policy=False)
    assert column(path, "SELECT count(*) FROM published") == [0]


def test_an_article_written_on_other_terms_while_all_are_gone_through_is_put_right(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    keep(path, article(1))
    settle(path)
    differ, met = Settling._differ, []

    def meanwhile(self: Settling, *columns: Any) -> bool:
        if not met:
            met.append(1)
            keep(path, article(0, published=printed("2025-11-18T08:00+08:00")))
        return differ(self, *columns)

    monkeypatch.setattr(Settling, "_differ", meanwhile)
    settle(path, {"*": "hold"})
    assert column(path, "SELECT count(*) FROM articles") == [2]
    assert column(path, "SELECT count(*) FROM published") == [0]


# -- embargo ------------------------------------------------------------------------------------------------------


def test_an_article_of_the_future_is_shown_by_the_first_command_after_its_time(path: Path):
    keep(path, article(1, published=printed("2025-11-19T19:00+08:00")))
    assert column(path, "SELECT count(*) FROM published") == [0]
    assert found(path, '"图 书 馆"') == []
    assert changes(path) == []
    assert settle(path, hours=1.9).released == 0
    assert settle(path, hours=2).released == 1
    assert column(path, "SELECT key FROM published") == ["morning:1"]
    assert found(path, '"图 书 馆"') == ["morning:1"]
    assert changes(path) == [("added", "morning:1", [], "publisher")]


def test_an_embargo_that_the_page_states_counts_beside_its_date(path: Path):
    keep(path, article(1, embargo=NOW + timedelta(hours=3)))
    assert column(path, "SELECT count(*) FROM published") == [0]
    settle(path, hours=3)
    assert column(path, "SELECT count(*) FROM published") == [1]


# -- the site -----------------------------------------------------------------------------------------------------


def test_the_reprinting_site_is_in_the_store(path: Path):
    keep(path, article(1))
    settle(path)
    assert rows(path, "SELECT name, base, handle, language, contact FROM site") == [
        ("湖畔转载", "https://lake.example", "湖畔小编", "zh", "a@lake.example")
    ]
    settle(path, site=Site(name="别处"))
    assert rows(path, "SELECT name, base, handle FROM site") == [("别处", None, "newscrawl")]


# -- stories and what stands beside -------------------------------------------------------------------------------


def test_versions_of_one_story_stand_beside_each_other_the_true_source_first(path: Path):
    own = article(1, body_text=LONG, headline="湖边新馆开门")
    copy = article(7, "evening", body_text=LONG, headline="新馆迎来首批读者", credit="晨网")
    keep(path, copy, article(5, body_text="另一件事。" * 40, headline="另一件事"), hours=0)
    keep(path, own, hours=1)
    (story,) = set(column(path, "SELECT story_id FROM published WHERE story_id IS NOT NULL"))
    assert column(path, "SELECT key FROM published WHERE story_id = ? ORDER BY key", story) == [
        "evening:7",
        "morning:1",
    ]
    assert ("revised", "evening:7", ["story_id"], "publisher") in changes(path)
    beside = """SELECT p.key, r.headline FROM published_related AS r JOIN published AS p ON p.id = r.article_id
        WHERE r.kind = 'story' ORDER BY p.key"""
    assert rows(path, beside) == [("evening:7", "湖边新馆开门"), ("morning:1", "新馆迎来首批读者")]
    assert column(path, "SELECT key FROM articles WHERE story_rank = 1") == ["morning:1"]


def test_readers_of_every_version_are_told_of_the_third(path: Path):
    keep(path, article(1, body_text=LONG), article(7, "evening", body_text=LONG, headline="新馆迎客", credit="晨网"))
    told = len(changes(path))
    keep(path, article(9, "lake", body_text=LONG, headline="湖边有了新去处", credit="晚网"), hours=1)
    assert sorted(changes(path)[told:]) == [
        ("added", "lake:9", [], "publisher"),
        ("revised", "evening:7", ["story_id"], "publisher"),
        ("revised", "morning:1", ["story_id"], "publisher"),
    ]


def test_what_may_not_be_shown_takes_nobodys_place(path: Path):
    line = Dateline(raw="晨网太原电", place="太原")

    def about(number: int, **fields: Any) -> Any:
        words = {"headline": f"{number}号桥上", "body_text": f"{number}号桥上有人，不多。"}
        return article(number, dateline=line, **words | fields)

    keep(path, *(about(number) for number in range(3)))
    keep(path, *(about(number, credit="湖报") for number in range(10, 40)))
    settle(path, {"credit:湖报": "hold"})
    keep(path, about(50), hours=1)
    query = """SELECT count(*) FROM published_related AS r JOIN published AS p ON p.id = r.article_id
        WHERE p.key = 'morning:50' AND r.kind = 'topic'"""
    settle(path, {"credit:湖报": "hold"})
    assert column(path, query) == [3]
    settle(path)
    assert column(path, query)[0] > 3


def test_articles_on_a_topic_stand_beside_each_other_the_nearest_first(path: Path):
    at = Dateline(raw="晨网太原电", place="太原")
    for day, section in ((1, "社会"), (18, "社会"), (19, "财经")):
        fields = {"headline": f"{day}日，桥上", "body_text": f"{day}日，桥上有人。", "section": section}
        keep(path, article(day, dateline=at, published=printed(f"2025-11-{day:02}T08:00+08:00"), **fields))
    query = """SELECT r.headline FROM published_related AS r JOIN published AS p ON p.id = r.article_id
        WHERE p.key = ? AND r.kind = 'topic' ORDER BY r.position"""
    assert column(path, query, "morning:19") == ["18日，桥上", "1日，桥上"]
    assert column(path, query, "morning:1") == ["18日，桥上", "19日，桥上"]
    operate(path, "UPDATE articles SET state = 'hidden' WHERE key = 'morning:18'")
    assert column(path, query, "morning:19") == ["1日，桥上"]


def test_an_opening_beside_an_article_is_about_a_hundred_characters(path: Path):
    line = Dateline(raw="晨网太原电", place="太原")
    keep(path, article(1, dateline=line, summary="长" * 300), article(2, dateline=line, summary="短"))
    query = "SELECT summary FROM published_related WHERE kind = 'topic' ORDER BY length(summary)"
    assert column(path, query) == ["短", "长" * 100 + "…"]


def test_a_store_without_topics_and_bands_finds_them_at_the_next_command(path: Path):
    copy = article(7, "evening", body_text=LONG, headline="新馆迎来首批读者", credit="晨网")
    keep(path, article(1, body_text=LONG), copy, full_article())
    settle(path)
    want = [rows(path, f"SELECT * FROM {view}") for view in ("published_related", "published_topics", "published")]
    operate(
        path,
        *("DELETE FROM bands", "DELETE FROM article_topics", "DELETE FROM related WHERE kind <> 'page'"),
        *("UPDATE articles SET story_id = NULL, story_rank = NULL", "DELETE FROM settled WHERE name = 'topics'"),
    )
    assert settle(path).topics == 3
    assert [
        rows(path, f"SELECT * FROM {view}") for view in ("published_related", "published_topics", "published")
    ] == want


# -- which stores -------------------------------------------------------------------------------------------------


def test_a_copy_stays_as_it_is(path: Path, tmp_path: Path):
    keep(path, article(1))
    settle(path)
    copy = tmp_path / "copy.db"
    take(path, copy, option="FILE")
    before = copy.read_bytes()
    assert not settle(copy, {"*": "hold"})
    assert copy.read_bytes() == before


def test_where_there_is_no_store_it_is_told(path: Path):
    with pytest.raises(StoreError, match="there is no store"):
        settle(path)


def test_a_store_that_is_locked_is_told_and_settled_later(path: Path):
    keep(path, article(1))
    settle(path)
    with Writer(path, clock=CLOCK) as writer:
        writer._db.execute("BEGIN IMMEDIATE")
        policy = Policy(reprint={"*": "hold"}, outlets={})
        with pytest.raises(StoreUnwritable):
            Settling(path, policy, LAKE, CLOCK, busy_seconds=0.05).settle()
        writer._db.execute("ROLLBACK")
    assert settle(path, {"*": "hold"}).policy == 1
