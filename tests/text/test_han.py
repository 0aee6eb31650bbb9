"""Words of any length are found in Chinese text, whatever is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.text.han import is_han, match_phrase, spaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("太原", " 太  原 "),
        ("5G网络", "5G 网  络 "),
        ("人々〇〇", " 人  々  〇  〇 "),
        ("𠮷野家", " 𠮷  野  家 "),
        ("𰻝面", " 𰻝  面 "),
        ("樂", " 樂 "),
        ("カナ、한글。abc", "カナ、한글。abc"),
        ("", ""),
    ],
)
def test_a_space_stands_round_every_han_character_and_nothing_else_changes(text: str, expected: str):
    assert spaced(text) == expected


@pytest.mark.parametrize("character", "一龥鿿㐀々〇〡〻豈𠀀𪜀𫝀𫠠𬺰丽𰀀𱍐")
def test_han_are_the_ideographs_of_every_block(character: str):
    assert is_han(character)


@pytest.mark.parametrize("character", ["a", "5", "，", "　", "か", "한", "〒", "", "太原"])
def test_han_is_nothing_else(character: str):
    assert not is_han(character)


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("太原 天气", '"太 原" AND "天 气"'),
        ("太原　天气\n", '"太 原" AND "天 气"'),
        ("5G网络", '"5G 网 络"'),
        ('他说"好"', '"他 说 "" 好 """'),
        ("NEAR(太 原)", '"NEAR( 太" AND "原 )"'),
        ("a AND b", '"a" AND "AND" AND "b"'),
        ("太原 —— ！", '"太 原"'),
        ("nul\x00byte \ud800", '"nul" AND "byte"'),
        ("", '""'),
        (" 。 ", '""'),
    ],
)
def test_each_word_typed_becomes_a_phrase(words: str, expression: str):
    assert match_phrase(words) == expression


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(headline, content='', tokenize='unicode61')")
    yield connection
    connection.close()


def finds(index: sqlite3.Connection, headline: str, words: str) -> bool:
    index.execute("INSERT INTO search(search) VALUES ('delete-all')")
    index.execute("INSERT INTO search(rowid, headline) VALUES (1, ?)", (spaced(headline),))
    return index.execute("SELECT rowid FROM search WHERE search MATCH ?", (match_phrase(words),)).fetchall() == [(1,)]


HAN = st.characters(categories=["Lo"]).filter(is_han) | st.sampled_from("太原々〇𠮷𰻝樂")
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


@settings(deadline=None, max_examples=300)
@given(before=st.text(ANY, max_size=8), word=st.text(HAN, min_size=1, max_size=3), after=st.text(ANY, max_size=8))
def test_any_word_of_one_to_three_han_characters_is_found_wherever_it_stands(index, before, word, after):
    assert finds(index, before + word + after, word)


@settings(deadline=None, max_examples=200)
@given(
    text=st.text(st.sampled_from("太原天气网站A5 ，"), max_size=12),
    word=st.text(st.sampled_from("太原天气"), min_size=1),
)
def test_a_han_word_is_found_only_where_it_stands(index, text, word):
    """But for marks between its characters, which the index does not see."""
    assert finds(index, text, word) == (word in text.replace(" ", "").replace("，", ""))


@settings(deadline=None, max_examples=300)
@given(words=st.text())
def test_whatever_is_typed_is_no_error(index, words):
    assert finds(index, "太原", words) in (True, False)


@given(text=st.text())
def test_taking_the_spaces_out_again_gives_the_text(text):
    assert spaced(text).replace(" ", "") == text.replace(" ", "")
