"""The bundled newsroom crawled whole through real Scrapy, held against the hand-made facts in tests/newsroom."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from running import NOW, Desk

EXPECTED = json.loads((Path(__file__).parents[1] / "newsroom" / "expected.json").read_text(encoding="utf-8"))
STORED = EXPECTED["stored"]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"), {"NEWSCRAWL_REPLAY": str(bundled), "NEWSCRAWL_NOW": NOW})
    done = desk.scrapy("crawl", "chinanews")
    assert done.code == 0, done.err[-4000:]
    (desk.folder / "log").write_text(done.err, encoding="utf-8")
    return desk


def last_line(desk: Desk) -> str:
    return (desk.folder / "log").read_text(encoding="utf-8").rstrip().rsplit("\n", 1)[-1]


def dump(db: Path) -> dict[str, list[tuple]]:
    """All that a downstream site can see, and the tables behind it, but for the ledger."""
    with sqlite3.connect(db) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'ledger'"
        ).fetchall()
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables}


def test_exactly_the_expected_articles_are_stored(crawled: Desk):
    stored = set(crawled.column("SELECT key FROM published"))
    twins = stored & set(STORED["one_of_list"])
    assert len(twins) == 1
    assert stored - twins == {*STORED["list"], *STORED["feed_only"], *STORED["channels_only"]}


def test_what_is_no_article_is_rejected_by_name_and_what_failed_is_open(crawled: Desk):
    settled = dict(crawled.rows("SELECT key, reason FROM links WHERE state = 'rejected'"))
    duplicate = set(settled) & set(STORED["one_of_list"])
    assert {settled.pop(key) for key in duplicate} == {"duplicate"}
    assert settled == EXPECTED["rejected"]
    assert set(crawled.column("SELECT key FROM links WHERE state = 'open'")) == set(EXPECTED["failed"])


def test_videos_and_photo_pages_are_counted_not_stored(crawled: Desk):
    ((rejected,),) = crawled.rows("SELECT rejected FROM runs")
    counts = json.loads(rejected)
    assert counts["video"] == len(EXPECTED["videos"]["list"])
    assert counts["photos"] == len(EXPECTED["photos"]["list"])
    assert not crawled.column("SELECT key FROM links WHERE url LIKE '%/shipin/%' OR url LIKE '%/tp/%'")


def test_the_article_that_only_the_feed_has_is_taken_and_said(crawled: Desk):
    assert crawled.column("SELECT count(*) FROM published WHERE key = ?", *STORED["feed_only"]) == [1]
    assert "1 only in the feed" in last_line(crawled)


def test_the_lead_article_reads_as_its_page_says(crawled: Desk):
    lead = EXPECTED["lead"]
    ((headline, authors, editors, credit, place, local, body),) = crawled.rows(
        "SELECT headline, authors, editors, credit, place, published_local, body_text FROM published WHERE key = ?",
        lead["key"],
    )
    assert (headline, credit, place, local) == tuple(
        lead[name] for name in ("headline", "credit", "place", "published_local")
    )
    assert (json.loads(authors), json.loads(editors)) == (lead["authors"], lead["editors"])
    assert len(body.split("\n")) == lead["paragraphs"]


def test_related_articles_are_joined_where_the_store_has_them(crawled: Desk):
    rows = crawled.rows(
        """SELECT r.headline, p.key FROM published_related AS r
        JOIN published AS a ON a.id = r.article_id LEFT JOIN published AS p ON p.id = r.related_id
        WHERE a.key = ? AND r.kind = 'page' ORDER BY r.position""",
        EXPECTED["lead"]["key"],
    )
    assert len(rows) >= EXPECTED["lead"]["related"]
    assert {key for _, key in rows if key} >= set(EXPECTED["lead"]["related_in_newsroom"])


def test_all_that_a_reprint_page_shows_is_in_the_store_alone(crawled: Desk):
    """Breadcrumb, handle, headline, body with its dateline, source line, disclaimer, six related with date, headline
    and opening: through stock sqlite3."""
    key = EXPECTED["lead"]["key"]
    assert crawled.rows("SELECT name, handle FROM site") == [("newscrawl", "newscrawl")]
    ((number, headline, body, dateline, url, disclaimer),) = crawled.rows(
        "SELECT id, headline, body_text, dateline, url, disclaimer FROM published WHERE key = ?", key
    )
    assert body.startswith(dateline)
    assert url in disclaimer
    topics = "SELECT topic FROM published_topics WHERE article_id = ? ORDER BY position"
    assert crawled.column(topics, number)[0] == "太原"
    related = """SELECT headline, published_at, summary FROM published_related
        WHERE article_id = ? ORDER BY kind = 'topic', position LIMIT 6"""
    six = crawled.rows(related, number)
    assert len(six) == 6
    for beside, day, opening in six:
        assert beside != headline
        assert day.startswith("2025-11-1")
        assert 60 <= len(opening) <= 101


def test_a_second_crawl_adds_nothing_and_changes_nothing(crawled: Desk):
    before = dump(crawled.db)
    again = crawled.scrapy("crawl", "chinanews")
    assert again.code == 0
    assert "0 added" in again.last_line
    assert dump(crawled.db) == before
    assert crawled.column("SELECT count(*) FROM changes") == [crawled.column("SELECT count(*) FROM published")[0]]


def test_nothing_but_files_was_asked_and_nothing_archived(crawled: Desk):
    assert not crawled.archive.exists()


def test_the_backfill_brings_what_only_the_dated_archive_has(replay_desk: Desk):
    done = replay_desk.scrapy("crawl", "chinanews", "-a", "since=2025-11-17", "-a", "until=2025-11-18")
    assert done.code == 0, done.err[-3000:]
    stored = set(replay_desk.column("SELECT key FROM published"))
    for day in ("2025-11-18", "2025-11-17"):
        assert stored >= set(STORED["archive_only"][day])


@pytest.mark.parametrize(
    ("spelling", "key"), [(url, key) for key, urls in EXPECTED["spellings"].items() for url in urls]
)
def test_show_finds_an_article_under_every_spelling_of_its_address(crawled: Desk, spelling: str, key: str):
    shown = crawled.scrapy("show", spelling, "--json")
    assert shown.code == 0, shown.err
    assert json.loads(shown.out)["key"] == key


def test_show_prints_a_reprint_page_in_its_order(crawled: Desk):
    page = crawled.scrapy("show", EXPECTED["lead"]["key"]).out
    parts = [
        "热点 › 太原",
        EXPECTED["lead"]["headline"],
        "作者：李若溪、韩立群",
        "中新网太原11月19日电",
        "文章来源：https://",
        "免责声明：",
        "相关",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_show_prints_the_six_related_articles_of_the_page_and_names_their_topic_where_it_is_true(crawled: Desk):
    def related(key: str) -> tuple[str, list[str]]:
        lines = crawled.scrapy("show", key).out.splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith("相关"))
        return lines[at], [line for line in lines[at:] if re.match("  20[0-9-]{8}  ", line)]

    heading, listed = related(EXPECTED["lead"]["key"])
    assert heading == "相关 · 太原"
    assert len(listed) == 6
    assert all("太原" in line for line in listed)
    heading, listed = related("chinanews:10518644")
    assert heading == "相关"
    assert listed


def test_show_gives_the_columns_of_the_views(crawled: Desk):
    (told,) = crawled.rows("SELECT * FROM published_related LIMIT 1")
    shown = json.loads(crawled.scrapy("show", EXPECTED["lead"]["key"], "--json").out)
    assert len(shown["related"][0]) == len(told)


def test_search_finds_two_characters_and_one(crawled: Desk):
    found = crawled.scrapy("search", "太原", "--json")
    headlines = [json.loads(line)["headline"] for line in found.out.splitlines()]
    assert EXPECTED["lead"]["headline"] in headlines
    assert crawled.scrapy("search", "鼋鼍", "--json").out == ""
    assert crawled.scrapy("search", "太", "--json").out.count("\n") >= len(headlines)


def test_sources_says_when_it_last_went_well(crawled: Desk):
    good = {row["slug"]: row["last_good_run"] for row in json.loads(crawled.scrapy("sources", "--json").out)}
    assert good.pop("chinanews") == NOW
    assert set(good.values()) <= {None}


def test_read_gives_from_the_warc_what_the_crawl_stored(crawled: Desk, bundled: Path):
    rows = [json.loads(line) for line in crawled.scrapy("read", str(bundled), "--json").out.splitlines()]
    read = {row["key"]: row for row in rows if not row["rejected"]}
    columns = ("headline", "dateline", "body_text", "body_html", "published_at", "credit", "url")
    stored = crawled.rows(f"SELECT key, {', '.join(columns)} FROM published")
    assert len(stored) > 25
    for key, *values in stored:
        assert [read[key][name] for name in columns] == values, key
