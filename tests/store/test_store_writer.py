"""What the writer keeps, and what becomes of an article that comes again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_made import (
    CLOCK,
    DISCLAIMER,
    NOW,
    article,
    capture,
    column,
    found,
    full_article,
    link,
    operate,
    printed,
    rows,
)

from newscrawl.clock import Clock, stamp
from newscrawl.errors import Reason, StoreUnwritable
from newscrawl.items import Article, Dateline, Image, Related
from newscrawl.store.frontier import Frontier
from newscrawl.store.writer import _CRASHED, Publisher, Writer
from newscrawl.terms import Policy


def published(path: Path, key: str = "morning:9") -> dict[str, Any] | None:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    row = connection.execute("SELECT * FROM published WHERE key = ?", (key,)).fetchone()
    connection.close()
    return dict(row) if row else None


def keep(path: Path, *articles: Article, reprint: Mapping[str, str] | None = None, clock: Clock = CLOCK) -> None:
    with Writer(path, policy=Policy(reprint=reprint or {}, outlets={}), clock=clock) as writer:
        for each in articles:
            writer.add(each)


# -- the row ------------------------------------------------------------------------------------------------------


def test_an_article_stands_in_published_as_the_contract_says(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    row = published(path)
    assert row.pop("id") // 10**7 == 20251119
    decoded = {"breadcrumbs", "authors", "correspondents", "editors", "images", "keywords"}
    assert {name: json.loads(value) if name in decoded else value for name, value in row.items()} == {
        "key": "morning:9",
        "source": "morning",
        "source_name": "晨网",
        "url": "https://morning.example/gn/9.shtml",
        "headline": "湖边新馆迎客",
        "subheadline": "读者排起长队",
        "section": "社会",
        "breadcrumbs": [{"name": "首页", "url": "https://morning.example/"}, {"name": "社会", "url": None}],
        "language": "zh",
        "dateline": "晨网太原11月19日电 (林一 周二)",
        "agency": "晨网",
        "place": "太原/晋中",
        "dateline_date": "2025-11-19",
        "authors": ["林一", "周二"],
        "correspondents": ["吴三"],
        "account": "湖边读书",
        "editors": ["郑四"],
        "credit": "湖报",
        "credit_url": "https://lake.example/",
        "published_at": "2025-11-19T08:29:00Z",
        "published_local": "2025-11-19T16:29+08:00",
        "published_raw": "2025-11-19 16:29+08:00",
        "modified_at": "2025-11-19T09:00:30Z",
        "summary": "湖边新馆今日迎客。读者排起长队。",
        "body_html": "<p>晨网太原11月19日电 (林一 周二)湖边新馆今日迎客。</p><p>读者排起长队。</p>",
        "body_text": "晨网太原11月19日电 (林一 周二)湖边新馆今日迎客。\n读者排起长队。",
        "images": [{"url": "https://img.example/1.jpg", "caption": "新馆外景", "credit": "王五", "alt": "外景"}],
        "keywords": ["图书馆", "阅读"],
        "correction": "更正：开馆时间应为九时。",
        "disclaimer": DISCLAIMER,
        "reprint": "full",
        "noindex": 0,
        "story_id": None,
        "revision": 1,
        "first_seen_at": stamp(NOW),
        "updated_at": stamp(NOW),
    }


def test_related_links_keep_the_pages_order_and_know_what_the_store_has(writer: Writer, path: Path):
    writer.add(full_article())
    writer.add(article(8, headline="旧馆谢幕", published=printed("2025-11-18")))
    writer.flush()
    known = column(path, "SELECT id FROM published WHERE key = 'morning:8'")[0]
    query = """SELECT position, kind, headline, url, published_at, summary, related_id FROM published_related
        WHERE kind = 'page' ORDER BY 1"""
    assert rows(path, query) == [
        (1, "page", "旧馆谢幕", "https://morning.example/gn/8.shtml", "2025-11-17T16:00:00Z", "旧馆昨日谢幕。", known),
        (2, "page", "别家的消息", "https://other.example/1", None, None, None),
    ]


def test_a_related_article_of_the_store_lends_its_date_and_opening_where_the_page_gives_none(path: Path):
    bare = Related(headline="旧馆谢幕", url="https://morning.example/gn/8.shtml", key="morning:8")
    keep(path, article(9, related=(bare,)), article(8, summary="旧馆的故事"))
    query = "SELECT published_at, summary FROM published_related WHERE kind = 'page'"
    assert rows(path, query) == [("2025-11-19T08:29:00Z", "旧馆的故事")]


def test_topics_are_the_place_the_section_and_the_keywords(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    assert rows(path, "SELECT topic, kind, position FROM published_topics ORDER BY position") == [
        ("太原", "place", 1),
        ("晋中", "place", 2),
        ("山西", "place", 3),
        ("社会", "section", 4),
        ("图书馆", "keyword", 5),
        ("阅读", "keyword", 6),
    ]


def test_a_revision_knows_its_records_in_order_and_who_answered(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    assert rows(path, 'SELECT position, url, "offset", length, fetched_at FROM captures ORDER BY position') == [
        (1, "https://morning.example/gn/9_1.shtml", 0, 900, stamp(NOW)),
        (2, "https://morning.example/gn/9_2.shtml", 1000, 900, stamp(NOW)),
    ]
    assert column(path, "SELECT answered_by FROM revisions") == ['{"headline":"selector","published":"jsonld"}']
    assert rows(path, "SELECT robots, disclaimer_version FROM revisions") == [('["max-image-preview:large"]', "zh-1")]


def test_what_is_missing_is_null_and_nowhere_an_empty_text(path: Path):
    empty = article(
        subheadline="",
        section="",
        dateline=Dateline(raw="晨网讯", agency="", place=""),
        account="",
        credit="",
        summary="",
        correction="",
        body_html="",
        body_text="",
        disclaimer="",
        images=(Image(url="https://img.example/1.jpg"),),
        related=(Related(headline="一则", url="https://other.example/1", summary=""),),
    )
    with Frontier(path, CLOCK) as frontier:
        frontier.record([link(2, headline="", section="", summary="")])
    with Writer(path, clock=CLOCK) as writer:
        writer.add(empty)
        writer.reject("morning:2", Reason.NO_BODY, "")
    for table in column(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"):
        for name in column(path, "SELECT name FROM pragma_table_info(?)", table):
            assert column(path, f'SELECT count(*) FROM {table} WHERE "{name}" = ?', "") == [0], (table, name)
    row = published(path, "morning:1")
    assert (row["summary"], row["body_text"], row["place"], row["story_id"]) == (None, None, None, None)
    assert (row["authors"], row["keywords"], row["breadcrumbs"]) == ("[]", "[]", "[]")


def test_json_columns_are_valid_and_hold_characters_as_they_are(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    columns = "breadcrumbs, authors, correspondents, editors, images, keywords"
    for value in rows(path, f"SELECT {columns} FROM published")[0]:
        assert json.loads(value)
        assert "\\u" not in value
    assert column(path, "SELECT value FROM published, json_each(authors)") == ["林一", "周二"]


def test_characters_no_database_can_hold_are_left_out(writer: Writer, path: Path):
    writer.add(
        article(headline="开\ud83d馆\x00了", authors=("林\udc00一",), keywords=("\ud800",), body_text="新\ud83d馆")
    )
    writer.flush()
    row = published(path, "morning:1")
    assert (row["headline"], row["authors"], row["body_text"]) == ("开馆了", '["林一"]', "新馆")
    assert found(path, '"开 馆 了"') == ["morning:1"]
    assert rows(path, "SELECT * FROM published_topics") == []


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        ({"body_text": "湖水清。\n鱼儿游。"}, "湖水清。鱼儿游。"),
        ({"body_text": "The lake is clear.\nFish swim.", "language": "en"}, "The lake is clear. Fish swim."),
        ({"body_text": "湖" * 150}, "湖" * 100),
        ({"body_text": "晨网讯 湖水清。", "dateline": Dateline(raw="晨网讯", end=4)}, "湖水清。"),
        ({"body_text": "晨网电 题：湖\n湖水清。", "dateline": Dateline(raw="晨网电", end=8)}, "湖水清。"),
        ({"body_text": "导语一段。\n晨网讯 湖水清。", "dateline": Dateline(raw="晨网讯", end=4)}, "湖水清。"),
        ({"body_text": "湖水清。", "dateline": Dateline(raw="晨网讯", end=4)}, "湖水清。"),
        ({"body_text": "湖水清。", "summary": "编者说"}, "编者说"),
        ({"body_text": " \n "}, None),
    ],
)
def test_the_summary_is_the_publishers_or_the_first_100_characters_after_the_dateline(path: Path, fields, summary):
    keep(path, article(**fields))
    assert column(path, "SELECT summary FROM published") == [summary]


def test_ids_in_falling_order_are_days_in_falling_order(path: Path):
    days = ["2025-11-19", "2025-11-17", "2025-11-18", "2025-11-19"]
    keep(path, *(article(n, published=printed(day)) for n, day in enumerate(days)), article(9, published=None))
    keep(path, article(20, published=printed("2025-11-17")))
    by_id = column(path, "SELECT key FROM published ORDER BY id DESC")
    # Chinese midnight is the day before in UTC; without a date the day it came in counts.
    assert by_id == ["morning:9", "morning:3", "morning:0", "morning:2", "morning:20", "morning:1"]


# -- the same again -----------------------------------------------------------------------------------------------


def test_an_article_that_comes_again_unchanged_changes_nothing(path: Path):
    keep(path, full_article())
    before = rows(path, "SELECT * FROM published") + rows(path, "SELECT * FROM changes")
    again = attrs.evolve(
        full_article(), related=(), body_html="<p class='new'>…</p>", section="国内", editors=("钱七",)
    )
    with Writer(path, clock=Clock(NOW + timedelta(hours=1))) as writer:
        writer.add(again)
        tally = writer.flush()
    assert (tally.added, tally.revised, tally.unchanged) == (0, 0, 1)
    assert rows(path, "SELECT * FROM published") + rows(path, "SELECT * FROM changes") == before
    assert column(path, "SELECT count(*) FROM published_related") == [2]


def test_a_fetch_that_changed_nothing_leaves_its_record_known_by_key(path: Path):
    keep(path, full_article())
    keep(path, attrs.evolve(full_article(), captures=(capture(7),)))
    query = 'SELECT key, revision_id IS NULL FROM captures ORDER BY "offset"'
    assert rows(path, query) == [("morning:9", 0), ("morning:9", 0), ("morning:9", 1)]


def test_a_changed_story_becomes_the_next_revision(path: Path):
    keep(path, full_article())
    new = attrs.evolve(
        full_article(),
        headline="湖滨新馆迎客",
        body_text="湖滨新馆今日迎客。",
        related=full_article().related[1:],
        disclaimer="新的免责声明",
        section="国内",
    )
    later = NOW + timedelta(hours=1)
    keep(path, new, clock=Clock(later))
    row = published(path)
    assert (row["revision"], row["headline"], row["section"], row["disclaimer"]) == (
        2,
        "湖滨新馆迎客",
        "国内",
        "新的免责声明",
    )
    assert (row["first_seen_at"], row["updated_at"]) == (stamp(NOW), stamp(later))
    assert rows(path, "SELECT seq, at, kind, key, fields, origin FROM changes ORDER BY seq") == [
        (1, stamp(NOW), "added", "morning:9", "[]", "publisher"),
        (
            2,
            stamp(later),
            "revised",
            "morning:9",
            '["headline","section","summary","body_text","disclaimer"]',
            "publisher",
        ),
    ]
    assert rows(path, "SELECT position, headline FROM published_related WHERE kind = 'page'") == [(1, "别家的消息")]
    assert rows(path, "SELECT number, headline, disclaimer, fields FROM revisions ORDER BY number") == [
        (1, "湖边新馆迎客", DISCLAIMER, "[]"),
        (2, "湖滨新馆迎客", "新的免责声明", '["headline","body_text"]'),
    ]


CHANGES: dict[str, dict[str, Any]] = {
    "the address": {"url": "https://www.morning.example/gn/9.shtml"},
    "the headline": {"headline": "湖滨新馆迎客"},
    "the body": {"body_text": "湖滨新馆今日迎客。", "body_html": "<p>湖滨新馆今日迎客。</p>"},
    "the markup": {"body_html": "<div>湖边新馆今日迎客。</div>"},
    "a picture": {"images": ()},
    "an alt text": {"images": (attrs.evolve(full_article().images[0], alt="新馆"),)},
    "the time": {"published": printed("2025-11-19T16:45+08:00")},
    "the time's look": {"published": printed("2025-11-19T16:29:00+08:00")},
    "the dateline": {
        "dateline": Dateline(raw="晨网晋中11月18日电", agency="晨网", place="晋中", year=2025, month=11, day=18)
    },
    "the trail": {"breadcrumbs": (), "section": None},
    "the editor": {"editors": ()},
    "the terms": {"disclaimer": "新的免责声明", "disclaimer_version": "zh-2"},
    "nothing readers see": {"related": (), "answered_by": {}, "robots": ()},
}
MODES = ("full", "excerpt", "link", "hold")


@settings(max_examples=80, deadline=None)
@given(before=st.sampled_from(MODES), after=st.sampled_from(MODES), names=st.sets(st.sampled_from(sorted(CHANGES))))
def test_a_change_names_the_columns_of_published_that_are_others_now_and_no_more(
    tmp_path_factory, before, after, names
):
    """Whatever changed of an article, its terms among it: two looks at the view differ in what ``fields`` says."""
    path = tmp_path_factory.mktemp("store") / "news.db"
    policy = {f"credit:{mode}": mode for mode in MODES}
    old = attrs.evolve(full_article(), credit=before)
    new = attrs.evolve(
        old, credit=after, **{field: value for name in sorted(names) for field, value in CHANGES[name].items()}
    )
    seen = []
    for edition, clock in ((old, CLOCK), (new, Clock(NOW + timedelta(hours=1)))):
        keep(path, edition, reprint=policy, clock=clock)
        seen.append(published(path))
    told = [(kind, json.loads(fields)) for kind, fields in rows(path, "SELECT kind, fields FROM changes ORDER BY seq")]
    match seen:
        case [None, None]:
            assert told == []
        case [None, _]:
            assert told == [("added", [])]
        case [_, None]:
            assert told == [("added", []), ("withdrawn", [])]
        case [first, second] if first == second:
            assert told == [("added", [])]
        case [first, second]:
            others = [name for name in first if first[name] != second[name] and name not in ("revision", "updated_at")]
            assert told == [("added", []), ("revised", others)]
            assert second["revision"] == first["revision"] + 1


def test_a_story_revised_in_what_may_not_be_shown_is_told_without_a_column(path: Path):
    for body in ("旧文。", "新文。"):
        keep(path, article(1, body_text=body, summary="摘要"), reprint={"*": "excerpt"})
    assert rows(path, "SELECT kind, fields FROM changes ORDER BY seq DESC LIMIT 1") == [("revised", "[]")]


def test_two_revisions_in_one_batch_each_name_their_own_columns(writer: Writer, path: Path):
    writer.add(article(1, credit="湖报"))
    writer.add(article(1, credit="山报"))
    writer.add(article(1, credit="山报", account="山边读书"))
    writer.flush()
    assert column(path, "SELECT fields FROM changes ORDER BY seq") == ["[]", '["credit"]', '["account"]']


def test_a_revision_takes_the_old_words_out_of_the_search(path: Path):
    keep(path, article(headline="山雨欲来", body_text="乌云压城。" * 30))
    assert found(path, '"乌 云"') == found(path, '"山 雨"') == ["morning:1"]
    keep(path, article(headline="雨过天晴", body_text="阳光普照。" * 30))
    assert found(path, '"乌 云"') == found(path, '"山 雨"') == []
    assert found(path, '"阳 光"') == found(path, '"天 晴"') == ["morning:1"]


def test_the_same_text_under_another_key_is_kept_once_and_its_link_says_where(path: Path, frontier: Frontier):
    frontier.record([link(1), link(2)])
    keep(path, article(1, body_text="同一段话。" * 30))
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(2, headline="另一个标题", body_text="同一段话。\n" * 30, captures=(capture(),)))
    assert writer.tally.rejected == {"duplicate": 1}
    assert column(path, "SELECT key FROM published") == ["morning:1"]
    assert rows(path, "SELECT state, reason, same_as, due_at FROM links WHERE key = 'morning:2'") == [
        ("rejected", "duplicate", "morning:1", None)
    ]
    assert rows(path, "SELECT key, revision_id FROM captures") == [("morning:2", None)]


def test_the_same_text_of_another_source_is_kept(path: Path):
    keep(path, article(1, body_text="同一段话。" * 30), article(1, source="evening", body_text="同一段话。" * 30))
    assert column(path, "SELECT key FROM published ORDER BY key") == ["evening:1", "morning:1"]


def test_two_short_texts_alike_are_two_articles_where_their_headlines_differ(path: Path):
    keep(path, article(1, headline="周一天气", body_text="晴。"), article(2, headline="周二天气", body_text="晴。"))
    keep(path, article(3, headline="周一天气", body_text="晴。"))
    assert column(path, "SELECT key FROM published ORDER BY key") == ["morning:1", "morning:2"]


def test_a_tombstone_keeps_its_key_and_its_text_out(path: Path, frontier: Frontier):
    keep(path, article(1, body_text="不可再登。" * 30))
    frontier.record([link(1), link(2)])
    operate(path, "UPDATE articles SET state = 'withdrawn', revision_id = NULL", "DELETE FROM revisions")
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1, body_text="改写之后。" * 30))
        writer.add(article(2, body_text="不可再登。" * 30))
    assert writer.tally.rejected == {"withdrawn": 1, "duplicate": 1}
    assert rows(path, "SELECT * FROM published") == []
    assert column(path, "SELECT reason FROM links ORDER BY key") == ["withdrawn", "duplicate"]


def test_an_article_hidden_upstream_is_no_reason_to_refuse_its_text_under_a_new_key(path: Path):
    keep(path, article(1, body_text="重新发布。" * 30))
    operate(path, "UPDATE articles SET state = 'hidden'")
    keep(path, article(2, body_text="重新发布。" * 30))
    assert column(path, "SELECT key FROM published") == ["morning:2"]


# -- several in one batch -----------------------------------------------------------------------------------------


def test_the_second_of_a_batch_sees_the_first(writer: Writer, path: Path):
    long = "长长的一段话。" * 20
    writer.add(article(1, headline="初稿", body_text=long))
    writer.add(article(1, headline="初稿", body_text=long))
    writer.add(article(1, headline="二稿", body_text=long))
    writer.add(article(2, headline="转身", body_text=long))
    tally = writer.flush()
    assert (tally.added, tally.revised, tally.unchanged, tally.rejected) == (1, 1, 1, {"duplicate": 1})
    assert rows(path, "SELECT headline, revision FROM published") == [("二稿", 2)]
    assert column(path, "SELECT kind FROM changes ORDER BY seq") == ["added", "revised"]
    assert found(path, '"初 稿"') == []
    assert found(path, '"二 稿"') == ["morning:1"]


def test_a_stored_article_revised_twice_in_a_batch_leaves_one_entry_in_the_search(path: Path):
    keep(path, article(headline="初稿"))
    keep(path, article(headline="二稿"), article(headline="三稿"))
    assert [found(path, f'"{word} 稿"') for word in "初二三"] == [[], [], ["morning:1"]]
    assert column(path, "SELECT number FROM revisions ORDER BY id") == [1, 2, 3]
    operate(path, "INSERT INTO search(search) VALUES ('integrity-check')")


# -- links, rejections, failures ------------------------------------------------------------------------------------


def test_a_link_is_closed_in_the_transaction_that_stores_its_article(writer: Writer, frontier: Frontier, path: Path):
    frontier.record([link(1), link(2)])
    writer.add(article(1))
    assert frontier.count_open("morning") == 2
    writer.flush()
    query = "SELECT key, state, due_at, settled_at FROM links ORDER BY id"
    assert rows(path, query) == [
        ("morning:1", "stored", None, stamp(NOW)),
        ("morning:2", "open", stamp(NOW), None),
    ]


def test_a_rejection_closes_its_link_with_the_reason(writer: Writer, frontier: Frontier, path: Path):
    frontier.record([link(1)])
    writer.reject("morning:1", Reason.NO_BODY, "two captions only", (capture(),))
    assert writer.flush().rejected == {"no_body": 1}
    query = "SELECT state, reason, detail, due_at FROM links"
    assert rows(path, query) == [("rejected", "no_body", "two captions only", None)]
    assert rows(path, "SELECT key, revision_id FROM captures") == [("morning:1", None)]


def test_a_failure_leaves_its_link_open_for_later(writer: Writer, frontier: Frontier, path: Path):
    frontier.record([link(1)])
    writer.fail("morning:1", "http_500", "page 2")
    assert writer.flush().failed == {"http_500": 1}
    due_at = stamp(NOW + timedelta(minutes=5))
    query = "SELECT state, reason, detail, attempts, due_at FROM links"
    assert rows(path, query) == [("open", "http_500", "page 2", 1, due_at)]


def test_a_key_that_is_no_link_can_be_added_rejected_and_failed(writer: Writer, path: Path):
    writer.add(article(1))
    writer.reject("morning:2", Reason.NO_HEADLINE)
    writer.fail("morning:3", "timeout")
    tally = writer.flush()
    assert (tally.added, tally.rejected, tally.failed) == (1, {"no_headline": 1}, {"timeout": 1})
    assert rows(path, "SELECT * FROM links") == []


def test_tallies_add_up_over_flushes_and_count_missing_fields(writer: Writer):
    writer.add(full_article())
    writer.flush()
    writer.add(article(1))
    writer.reject("morning:2", Reason.NO_HEADLINE)
    writer.flush()
    assert (writer.tally.added, writer.tally.rejected) == (2, {"no_headline": 1})
    assert writer.tally.missing["dateline"] == 1
    assert writer.tally.missing["summary"] == 2
    assert "published" not in writer.tally.missing


# -- batches ------------------------------------------------------------------------------------------------------


def test_a_batch_is_written_when_it_is_full(path: Path):
    with Writer(path, batch=3, seconds=3600) as writer:
        for number in range(5):
            writer.add(article(number))
        assert column(path, "SELECT count(*) FROM published") == [3]
    assert column(path, "SELECT count(*) FROM published") == [5]


def test_a_batch_is_written_when_its_first_has_waited_long_enough(path: Path):
    with Writer(path, seconds=0) as writer:
        writer.add(article(1))
        assert column(path, "SELECT count(*) FROM published") == [1]
    with Writer(path, seconds=3600) as writer:
        writer.add(article(2))
        writer.tick()
        assert column(path, "SELECT count(*) FROM published") == [1]


def test_the_archive_is_made_safe_before_the_rows_that_point_at_it_are_seen(path: Path):
    seen: list[int] = []

    def archive() -> None:
        seen.extend(column(path, "SELECT count(*) FROM published"))

    with Writer(path, before_commit=archive) as writer:
        writer.add(article(1))
        writer.flush()
        writer.flush()
    assert seen == [0]


def test_what_the_archive_raises_undoes_the_whole_batch_and_loses_nothing(path: Path, frontier: Frontier):
    frontier.record([link(1)])
    troubles: list[Exception] = [StoreUnwritable("the archive cannot be written: no space left")]

    def archive() -> None:
        if troubles:
            raise troubles.pop()

    with Writer(path, before_commit=archive) as writer:
        writer.add(article(1))
        with pytest.raises(StoreUnwritable, match="no space"):
            writer.flush()
        assert column(path, "SELECT count(*) FROM published") == [0]
        assert frontier.count_open("morning") == 1
        assert writer.tally.added == 0
        assert writer.flush().added == 1
    assert column(path, "SELECT kind FROM changes") == ["added"]


# -- reprint policy -------------------------------------------------------------------------------------------------

TELLING = attrs.evolve(full_article(), headline="公开的标题", body_text="公开的正文。" * 30, summary="公开的摘要")


@pytest.mark.parametrize(
    ("mode", "shown", "body", "summary", "finds"),
    [
        ("full", 1, True, True, {"标题": 1, "正文": 1, "摘要": 0}),
        ("excerpt", 1, False, True, {"标题": 1, "正文": 0, "摘要": 1}),
        ("link", 1, False, False, {"标题": 1, "正文": 0, "摘要": 0}),
        ("hold", 0, False, False, {"标题": 0, "正文": 0, "摘要": 0}),
    ],
)
def test_each_reprint_mode_shows_and_finds_only_what_it_may(path: Path, mode, shown, body, summary, finds):
    keep(path, TELLING, reprint={"*": mode})
    query = """
        SELECT body_html IS NOT NULL, body_text IS NOT NULL, images <> '[]', summary IS NOT NULL, reprint
        FROM published"""
    assert rows(path, query) == [(body, body, body, summary, mode)] * shown
    assert column(path, "SELECT json_valid(images) FROM published") == [1] * shown
    assert column(path, "SELECT count(*) FROM published_related") == [2 * shown]
    assert column(path, "SELECT count(*) FROM published_topics") == [6 * shown]
    assert {word: len(found(path, f'"{word[0]} {word[1]}"')) for word in finds} == finds
    assert column(path, "SELECT count(*) FROM changes") == [shown]


def test_the_credited_outlets_rule_goes_before_the_sources_and_that_before_the_star(path: Path):
    policy = {"*": "link", "morning": "excerpt", "credit:湖报": "hold"}
    keep(path, article(1, source="evening"), article(1), article(2, credit="湖报"), reprint=policy)
    assert rows(path, "SELECT key, reprint FROM articles ORDER BY key") == [
        ("evening:1", "link"),
        ("morning:1", "excerpt"),
        ("morning:2", "hold"),
    ]


@pytest.mark.parametrize("gone", ["reprint = 'hold'", "state = 'hidden'", "state = 'withdrawn'"])
def test_an_article_that_may_not_be_shown_is_in_no_view(path: Path, gone: str):
    keep(path, full_article(), article(8))
    operate(path, f"UPDATE articles SET {gone} WHERE key = 'morning:8'")
    assert column(path, "SELECT key FROM published") == ["morning:9"]
    assert column(path, "SELECT headline FROM published_related") == ["别家的消息"]
    operate(path, f"UPDATE articles SET {gone}")
    for view in ("published", "published_related", "published_topics", "hot_topics"):
        assert rows(path, f"SELECT * FROM {view}") == [], view


def test_a_related_article_under_link_lends_no_summary(path: Path):
    bare = Related(headline="旧馆谢幕", url="https://morning.example/gn/8.shtml", key="morning:8", summary="旧馆的故事")
    keep(path, article(9, related=(bare,)), article(8, credit="湖报"), reprint={"credit:湖报": "link"})
    assert rows(path, "SELECT headline, summary FROM published_related WHERE kind = 'page'") == [("旧馆谢幕", None)]


def test_added_is_told_when_an_article_becomes_visible_and_withdrawn_when_it_stops_being_so(path: Path):
    policy = {"credit:湖报": "hold"}
    for number, credit in enumerate(["湖报", "山报", "湖报", None]):
        keep(path, article(1, credit=credit, headline=f"第{number}稿"), reprint=policy)
    assert column(path, "SELECT kind FROM changes ORDER BY seq") == ["added", "withdrawn", "restored"]
    assert column(path, "SELECT revision FROM published") == [4]
    assert [found(path, f'"第 {number} 稿"') for number in range(4)] == [[], [], [], ["morning:1"]]


# -- hot topics ---------------------------------------------------------------------------------------------------


def test_hot_topics_are_the_last_day_against_the_fortnight_before(path: Path):
    def about(number: int, hours: int, *keywords: str) -> Article:
        at = (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M+00:00")
        return article(number, keywords=keywords, published=printed(at), body_text=f"{number}号" * 50)

    daily = [about(n, 24 * n + 1, "天气") for n in range(1, 15)]
    keep(path, about(20, 1, "天气", "台风"), about(21, 2, "台风"), about(22, 24 * 16, "台风", "旧事"), *daily)
    assert rows(path, "SELECT * FROM hot_topics") == [("台风", "keyword", 2.0, 2), ("天气", "keyword", 0.5, 1)]


# -- the ledger and the sources -------------------------------------------------------------------------------------


def test_a_run_stands_in_the_ledger_from_its_start_to_its_end(path: Path):
    with Writer(path, clock=CLOCK) as writer:
        run = writer.open_run("morning")
        assert rows(path, "SELECT source, started_at, finished_at, outcome, listings, rejected FROM runs") == [
            ("morning", stamp(NOW), None, None, None, None)
        ]
    with Writer(path, clock=Clock(NOW + timedelta(seconds=90))) as writer:
        writer.close_run(run, "done", 0, {"listings": 3, "added": 2, "rejected": {"video": 1}, "missing": {"图": 2}})
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    row = dict(connection.execute("SELECT * FROM runs").fetchone())
    connection.close()
    assert row == {
        "id": run,
        "source": "morning",
        "started_at": stamp(NOW),
        "finished_at": stamp(NOW + timedelta(seconds=90)),
        "outcome": "done",
        "exit_code": 0,
        "listings": 3,
        "links": 0,
        "known": 0,
        "fetched": 0,
        "added": 2,
        "revised": 0,
        "unchanged": 0,
        "rejected": '{"video":1}',
        "missing": '{"图":2}',
        "errors": "{}",
        "requests": 0,
        "bytes": 0,
        "seconds": 90.0,
    }


def test_a_run_that_was_killed_is_closed_as_crashed_when_the_next_of_its_source_begins(path: Path):
    with Writer(path, clock=CLOCK) as writer:
        killed, other = writer.open_run("morning"), writer.open_run("evening")
        done = writer.open_run("noon")
        writer.close_run(done, "done", 0, {"added": 2})
    later = NOW + timedelta(hours=1)
    with Writer(path, clock=Clock(later)) as writer:
        again, noon = writer.open_run("morning"), writer.open_run("noon")
    query = "SELECT id, started_at, finished_at, outcome, exit_code, added, rejected, seconds FROM runs ORDER BY id"
    assert rows(path, query) == [
        (killed, stamp(NOW), stamp(later), "crashed", None, None, None, None),
        (other, stamp(NOW), None, None, None, None, None, None),
        (done, stamp(NOW), stamp(NOW), "done", 0, 2, "{}", 0.0),
        (again, stamp(later), None, None, None, None, None, None),
        (noon, stamp(later), None, None, None, None, None, None),
    ]


def test_a_run_that_was_killed_is_looked_for_among_the_open_ones_only(writer: Writer, path: Path):
    """The ledger has a row for every ten minutes of many years."""
    connection = sqlite3.connect(path)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {_CRASHED}", ("", "morning", "whole")).fetchall()
    connection.close()
    assert [step for *_, step in plan] == ["SEARCH ledger USING INDEX ledger_open (source=?)"]


def test_the_ledger_takes_the_callers_seconds_and_refuses_a_count_it_does_not_know(writer: Writer, path: Path):
    run = writer.open_run("morning")
    with pytest.raises(ValueError, match="no column lnks"):
        writer.close_run(run, "done", 0, {"lnks": 1})
    writer.close_run(run, "done", 0, {"seconds": 1.25})
    assert column(path, "SELECT seconds FROM runs") == [1.25]


def test_a_publishers_new_name_replaces_the_old_and_an_unknown_one_goes_by_its_slug(path: Path):
    keep(path, article(1), article(1, source="evening"))
    Writer(path, sources=[Publisher(slug="morning", name="晨网")]).close()
    Writer(path, sources=[Publisher(slug="morning", name="晨报网")]).close()
    assert rows(path, "SELECT source, source_name FROM published ORDER BY source") == [
        ("evening", "evening"),
        ("morning", "晨报网"),
    ]
