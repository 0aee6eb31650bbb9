from __future__ import annotations

import contextlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searched import HEADLINES, asked, change, dealt, holding, pieces, told

from newscrawl.errors import FolderUnwritable
from newscrawl.publish import searching
from newscrawl.publish.folder import Folder
from newscrawl.publish.searching import SMALL, SearchIndex, normal, searched, shard, tokens
from newscrawl.store.reader import Change

DAYS = ("2025-10-31", "2025-11-18", "2025-11-19")


def many(parts: int, day: str = "2025-11-19", **fields: Any) -> dict[tuple[str, int], list[Change]]:
    """A part for each number, of one article about something that no other is about."""
    return {(day, n): [change(n, f"第{n}件事：{chr(0x5000 + n)}字", **fields)] for n in range(1, parts + 1)}


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def found(root: Path, query: str, read: list[str] | None = None) -> list[int]:
    """Ids by the lookup of static/search.js, from the files alone; ``read``: which it read."""
    opened = read if read is not None else []

    def get(name: str) -> Any:
        opened.append(name)
        return json.loads((root / "search" / f"{name}.json").read_bytes())

    wanted = asked(query)
    ids = []
    for month in get("index")["months"]:
        parts = [(day, last - n) for day, last in month["days"] for n in range(last)]
        sought = {token for word in wanted for token in asked_for(word)} if month["map"] else set()
        for token in sought:
            held = get(f"words/{month['month']}/{shard(token):02x}")["parts"]
            parts = [(day, n) for day, n in parts if token in held.get(f"{day[8:]}/{n}", "").split(" ")]
        for day, number in parts:
            for doc in get(f"docs/{day}/{number}")["articles"]:
                if all(word in searched(doc) for word in wanted):
                    ids.append(doc[0])
    return ids


def asked_for(word: str) -> set[str]:
    """The tokens that are looked up: of narrow scripts three characters, of others two; of a narrow word of two, it."""
    asked = {token for token in tokens(word) if len(token) == 3 or max(token) >= "\u2e80"}
    return asked or tokens(word)


@pytest.mark.parametrize("parts", [1, SMALL, SMALL + 1])
def test_every_piece_of_every_word_is_found_where_it_stands_and_nowhere_else(tmp_path: Path, parts: int):
    told(tmp_path, dealt(parts))
    assert any(name.startswith("search/words") for name in files(tmp_path)) == (parts > SMALL)
    for piece in {piece for headline in HEADLINES for piece in pieces(headline)}:
        assert set(found(tmp_path, piece)) == holding(piece), piece


def test_what_is_searched_is_headline_subheadline_topics_authors_account_credit_and_source(tmp_path: Path):
    fields = {"subheadline": "藏书百万", "authors": ["王小明", "Ann Lee"], "account": "晋阳夜话", "credit": "求是网"}
    told(tmp_path, {("2025-11-19", 1): [change(7, "新馆开门", topics=["太原", "国内"], **fields), change(8, "别的事")]})
    for word in ("新馆", "百万", "小明", "ann", "LEE", "夜话", "求是", "太原", "国内"):
        assert found(tmp_path, word) == [7]
    assert found(tmp_path, "晨网") == [8, 7]
    assert found(tmp_path, "正文") == []


@pytest.mark.parametrize("parts", [1, SMALL + 1])
def test_the_source_that_is_printed_under_a_result_finds_it(tmp_path: Path, parts: int):
    told(tmp_path, many(parts) | {("2025-11-20", 1): [change(100, "新馆开门", source_name="晚网", credit="晚网")]})
    assert found(tmp_path, "晚网 新馆") == [100]
    assert json.loads(files(tmp_path)["search/docs/2025-11-20/1.json"])["articles"][0][5] == ""


@pytest.mark.parametrize("query", ["供热，", "“供热”", "《供热》、", "（供热）太原。", "供热, 太原!", "——供热……"])
def test_marks_round_a_word_are_not_looked_for(tmp_path: Path, query: str):
    told(tmp_path, {("2025-11-19", 1): [change(7, "太原供热开始", topics=["供热)太原"]), change(8, "别的事，")]})
    assert found(tmp_path, query) == [7]
    assert found(tmp_path, "，") == [8]


def test_all_words_must_be_there_each_anywhere(tmp_path: Path):
    told(
        tmp_path,
        many(SMALL + 1) | {("2025-11-20", 1): [change(100, "太原下雪", topics=["山西"]), change(101, "太原放晴")]},
    )
    assert found(tmp_path, "山西　太原") == [100]
    assert found(tmp_path, "下雪 放晴") == []


def test_neighbours_across_a_blank_or_a_field_are_no_word(tmp_path: Path):
    told(tmp_path, {("2025-11-19", 1): [change(7, "太 原", topics=["大同"])]})
    assert found(tmp_path, "太原") == []
    assert found(tmp_path, "原大") == []


def test_results_come_newest_first(tmp_path: Path):
    site = {
        ("2025-11-18", 1): [change(1, "太原一", "2025-11-18T01:00:00Z"), change(2, "太原二", "2025-11-18T02:00:00Z")],
        ("2025-10-31", 1): [change(3, "太原三", "2025-10-31T01:00:00Z")],
        ("2025-11-18", 2): [change(5, "太原五", "2025-11-18T03:00:00Z"), change(4, "太原四", "2025-11-18T03:00:00Z")],
    }
    told(tmp_path, site)
    assert found(tmp_path, "太原") == [5, 4, 2, 1, 3]


def test_in_a_large_month_few_files_are_read(tmp_path: Path):
    told(tmp_path, many(300))
    read: list[str] = []
    assert found(tmp_path, f"{chr(0x5000 + 77)}字", read) == [77]
    assert len(read) == 3


def test_in_another_script_too(tmp_path: Path):
    words = (
        "harbour",
        "zeppelin",
        "orchard",
        "meadow",
        "quarry",
        "lighthouse",
        "vineyard",
        "monastery",
        "glacier",
        "isthmus",
    )
    told(tmp_path, {("2025-11-19", n): [change(n, f"The old {word} is sold again")] for n, word in enumerate(words, 1)})
    read: list[str] = []
    assert found(tmp_path, "ZEPPELIN", read) == [2]
    assert len([name for name in read if name.startswith("docs")]) == 1


def test_a_result_is_told_as_it_is_shown(tmp_path: Path):
    row = {"published_local": "2025-11-19T16:29+08:00", "language": "en"}
    told(tmp_path, {("2025-11-19", 1): [change(7, "A headline", topics=["太原"], **row)]})
    (doc,) = json.loads((tmp_path / "search/docs/2025-11-19/1.json").read_bytes())["articles"]
    assert doc == [7, "A headline", "2025-11-19 16:29", "晨网", "en", "太原"]


def test_an_article_without_headline_or_time_is_told_all_the_same(tmp_path: Path):
    row = {"published_at": None, "published_local": None}
    told(tmp_path, {("2025-11-19", 1): [change(7, None, **row)]})
    (doc,) = json.loads((tmp_path / "search/docs/2025-11-19/1.json").read_bytes())["articles"]
    assert doc[1:3] == ["morning:7", "2025-11-19 08:00 UTC"]


def test_of_what_is_withdrawn_nothing_is_left(tmp_path: Path):
    site = many(SMALL + 3)
    told(
        tmp_path,
        site | {("2025-11-19", 2): [*site["2025-11-19", 2], change(99, "鼋鼍齑粉", topics=["龘"], authors=["Xyzzy"])]},
    )
    assert found(tmp_path, "鼋鼍") == [99]
    told(tmp_path, {("2025-11-19", 2): site["2025-11-19", 2]})
    content = b"".join(files(tmp_path).values()).decode()
    assert not re.search("[鼋鼍齑粉龘]|xyz|yzz", content)


@pytest.mark.parametrize("left", [0, 1, SMALL, SMALL + 1])
def test_a_day_that_shrinks_takes_its_parts_along(tmp_path: Path, left: int):
    site = many(SMALL + 3)
    told(tmp_path, site)
    index = SearchIndex(Folder(tmp_path))
    index.cut("2025-11-19", left)
    index.finish()
    index.settled()
    for number in range(1, SMALL + 4):
        assert found(tmp_path, chr(0x5000 + number)) == ([number] if number <= left else [])
        gone = chr(0x5000 + number) not in b"".join(files(tmp_path).values()).decode()
        assert gone == (number > left)
    assert not left or (tmp_path / "search" / "words").exists() == (left > SMALL)


def test_one_change_writes_its_part_and_the_words_that_came_and_went(tmp_path: Path):
    site = many(300)
    told(tmp_path, site)
    folder = Folder(tmp_path)
    told(tmp_path, {("2025-11-19", 7): [change(7, "第7件事：黄花")]}, over=SearchIndex(folder))
    assert folder.written <= 1 + 6
    assert folder.same == 1  # the index


def test_what_has_not_changed_is_not_written(tmp_path: Path):
    told(tmp_path, many(SMALL + 1))
    folder = Folder(tmp_path)
    told(tmp_path, many(SMALL + 1), over=SearchIndex(folder))
    assert (folder.written, folder.removed) == (0, 0)


def test_many_parts_are_written_before_they_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told(tmp_path / "whole", many(50))
    monkeypatch.setattr(searching, "HELD", 7)
    told(tmp_path / "piecemeal", many(50))
    assert files(tmp_path / "whole") == files(tmp_path / "piecemeal")


@pytest.mark.parametrize("failing", range(0, 300, 23))
def test_a_run_that_was_killed_is_made_up_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int):
    """What the killed run left is not known to anybody; the next one is told the parts anew, without the withdrawn."""
    site = many(SMALL + 1)
    told(tmp_path / "killed", site)
    index, puts = SearchIndex(Folder(tmp_path / "killed")), 0
    index.part("2025-11-19", 3, [change(3, "鼋鼍齑粉")])
    index.part("2025-11-19", SMALL + 2, [change(98, "鼋鼍齑粉")])

    def put(self: Folder, name: str, content: bytes) -> bool:
        nonlocal puts
        puts += 1
        if puts > failing:
            raise KeyboardInterrupt
        return original(self, name, content)

    original = Folder.put
    with monkeypatch.context() as patched:
        patched.setattr(Folder, "put", put)
        with contextlib.suppress(KeyboardInterrupt):
            index.finish()
            index.settled()
    index = SearchIndex(Folder(tmp_path / "killed"))
    for number in (3, SMALL + 1):
        index.part("2025-11-19", number, site["2025-11-19", number])
    index.cut("2025-11-19", SMALL + 1)
    index.finish()
    index.settled()
    told(tmp_path / "fresh", site)
    assert files(tmp_path / "killed") == files(tmp_path / "fresh")


def test_a_map_that_lacks_a_file_is_made_anew(tmp_path: Path):
    told(tmp_path, many(SMALL + 1))
    before = files(tmp_path)
    for file in (tmp_path / "search/words/2025-11").iterdir():
        file.write_bytes(b"{")
    told(tmp_path, {("2025-11-19", 1): [change(1, "别的")]})
    told(tmp_path, many(1))
    assert files(tmp_path) == before


def test_a_file_in_the_way_is_named(tmp_path: Path):
    (tmp_path / "search").write_text("")
    with pytest.raises(FolderUnwritable, match="search"):
        told(tmp_path, many(1))


texts = st.text(st.sampled_from("太原大同ab1Ａß ς\u3000é"), min_size=1, max_size=8)
articles = st.builds(change, st.integers(1, 99), texts, topics=st.lists(texts, max_size=2))
days = st.dictionaries(
    st.sampled_from(DAYS), st.lists(st.lists(articles, min_size=1, max_size=3), max_size=5), max_size=3
)


@settings(max_examples=30, deadline=None)
@given(editions=st.lists(days, min_size=2, max_size=4), held=st.integers(1, 9), query=texts)
def test_whatever_came_before_the_index_is_that_of_what_is_there_now(editions: list[Any], held: int, query: str):
    with pytest.MonkeyPatch.context() as patched, tempfile.TemporaryDirectory() as folder:
        patched.setattr(searching, "SMALL", 3)
        patched.setattr(searching, "HELD", held)
        patched.setattr(searching, "SHARDS", 8)
        for edition in editions:
            index = SearchIndex(Folder(Path(folder, "site")))
            for day in DAYS:
                for number, part in enumerate(edition.get(day, ()), 1):
                    index.part(day, number, part)
                index.cut(day, len(edition.get(day, ())))
            index.finish()
            index.settled()
        fresh = {(day, n): part for day, parts in editions[-1].items() for n, part in enumerate(parts, 1)}
        told(Path(folder, "fresh"), fresh)
        assert files(Path(folder, "site")) == files(Path(folder, "fresh"))
        wanted = asked(query)
        shown = [one for part in fresh.values() for one in part]
        expected = [one.article_id for one in shown if all(word in _text(one) for word in wanted)]
        assert sorted(found(Path(folder, "site"), query)) == sorted(expected)


def _text(one: Change) -> str:
    assert one.article is not None
    headline = one.article["headline"].strip() or one.key  # what has no headline is shown by its key
    return normal("\n".join([headline, *(topic["topic"] for topic in one.topics)]))
