"""What commands and sites read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_made import CLOCK, article, capture, full_article, operate, printed, rows

from newscrawl.items import Crumb, Image
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer
from newscrawl.terms import Policy


@pytest.fixture
def reader(writer: Writer, path: Path) -> Iterator[Reader]:
    writer.add(full_article())
    writer.add(article(8, headline="旧馆谢幕", published=printed("2025-11-18")))
    writer.flush()
    with Reader(path) as reader:
        yield reader


def test_an_article_is_found_by_key_by_address_or_by_the_first_name_that_serves(reader: Reader):
    by_key = reader.article("morning:9")
    assert by_key is not None
    assert by_key["headline"] == "湖边新馆迎客"
    assert reader.article("https://morning.example/gn/9.shtml") == by_key
    assert reader.article("morning:404", "morning:9") == by_key
    assert reader.article("nowhere", "https://morning.example/gn/9.shtml") == by_key
    assert reader.article("morning:404") is None
    assert reader.article() is None


def test_an_articles_json_comes_decoded(reader: Reader):
    row = reader.article("morning:9")
    assert row is not None
    assert row["authors"] == ["林一", "周二"]
    assert [Crumb(**crumb) for crumb in row["breadcrumbs"]] == list(full_article().breadcrumbs)
    assert [Image(**image) for image in row["images"]] == list(full_article().images)


def test_what_stands_beside_an_article(reader: Reader):
    row, other = reader.article("morning:9"), reader.article("morning:8")
    assert row is not None
    assert other is not None
    related = reader.related(row["id"])
    assert [(each["headline"], each["related_id"]) for each in related] == [
        ("旧馆谢幕", other["id"]),
        ("别家的消息", None),
    ]
    topics = [topic["topic"] for topic in reader.topics(row["id"])]
    assert topics == ["太原", "晋中", "山西", "社会", "图书馆", "阅读"]
    assert reader.answered_by(row["id"]) == {"headline": "selector", "published": "jsonld"}
    assert reader.captures(row["id"]) == (capture(0), capture(1))
    assert (reader.related(0), reader.topics(0), reader.answered_by(0), reader.captures(0)) == ([], [], {}, ())


def test_an_article_that_may_not_be_shown_is_not_given(reader: Reader, path: Path):
    operate(path, "UPDATE articles SET state = 'hidden' WHERE key = 'morning:9'")
    assert reader.article("morning:9") is None


# -- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("馆", ["morning:9", "morning:8"]),
        ("新馆", ["morning:9"]),
        ("馆新", []),
        ("太原 长队", ["morning:9"]),
        ("太原 谢幕", ["morning:8"]),
        ("谢幕　旧馆", ["morning:8"]),
        ("长队 谢幕", []),
        ("11月19日电", ["morning:9", "morning:8"]),
        ("", []),
        ("。", []),
        ('"', []),
        ("馆 OR 没有", []),
        ("headline:馆", []),
        ("新*", ["morning:9"]),
    ],
)
def test_every_word_is_wanted_and_nothing_typed_is_syntax(reader: Reader, words: str, keys: list[str]):
    assert [row["key"] for row in reader.search(words)] == keys


def test_finds_come_newest_first_also_when_older_articles_were_stored_later(path: Path):
    days = ["2025-11-19T10:00+08:00", "2025-11-19T12:00+08:00", "2025-11-19T11:00+08:00", "2025-11-01", "2025-11-10"]
    with Writer(path, clock=CLOCK) as writer, Reader(path) as reader:
        for number, day in enumerate(days):
            writer.add(article(number, published=printed(day)))
        writer.flush()
        newest_first = ["morning:1", "morning:2", "morning:0", "morning:4", "morning:3"]
        for limit in range(7):
            assert [row["key"] for row in reader.search("图书馆", limit)] == newest_first[:limit]


SCRIPT = st.text(alphabet="山水木火 AZaz09", max_size=5)
EVENTS = st.lists(
    st.tuples(st.integers(1, 3), SCRIPT, SCRIPT, st.sampled_from(["full", "excerpt", "link", "hold"]), st.booleans()),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_the_search_finds_what_is_shown_and_nothing_else_whatever_happened(tmp_path_factory, events):
    """Articles come, change, are held and come back, in batches of any size; the index stays true.

    Blanks between Han characters are none to it.
    """
    path = tmp_path_factory.mktemp("store") / "news.db"
    policy = {f"credit:{mode}": mode for mode in ("full", "excerpt", "link", "hold")}
    with (
        Writer(path, policy=Policy(reprint=policy, outlets={}), clock=CLOCK, batch=1000, seconds=3600) as writer,
        Reader(path) as reader,
    ):
        for number, headline, body, mode, flush in events:
            body = f"{number}号{body}" * 30
            writer.add(article(number, headline=headline, body_text=body, summary=f"摘{body[:4]}", credit=mode))
            if flush:
                writer.flush()
        writer.flush()
        shown = rows(path, "SELECT key, headline, coalesce(body_text, summary, '') FROM published")
        for word in ("山", "水木", "木火", "号", "号山", "摘"):
            hits = {row["key"] for row in reader.search(word, limit=100)}
            assert hits == {
                key for key, *texts in shown if any(word in (text or "").replace(" ", "") for text in texts)
            }
        assert reader.search("没有") == []
    operate(path, "INSERT INTO search(search) VALUES ('integrity-check')")
