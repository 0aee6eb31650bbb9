"""The word diff: nothing is lost in it, and a reader of Chinese sees what was changed."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.worddiff import Op, Piece, by_line, diff, marked

ALPHABET = st.sampled_from("的了太原社区，。\n ab1.5é𠮷々あ")
TEXT = st.text(max_size=60) | st.text(ALPHABET, max_size=200)


@given(TEXT, TEXT)
def test_each_text_is_what_is_left_without_the_others_pieces(old: str, new: str):
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.op is not Op.NEW) == old
    assert "".join(piece.text for piece in pieces if piece.op is not Op.OLD) == new


@given(TEXT, TEXT)
def test_no_piece_is_empty_and_neighbours_are_of_different_kinds(old: str, new: str):
    pieces = diff(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.op is not other.op for one, other in pairwise(pieces))
    assert ("-", "+") not in {(b.op.value, a.op.value) for a, b in pairwise(pieces)}


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str):
    assert all(piece.op is Op.SAME for piece in diff(text, text))


@given(TEXT, TEXT)
def test_by_line_is_the_same_without_line_feeds(old: str, new: str):
    lines = list(by_line(diff(old, new)))
    olds = ["".join(piece.text for piece in line if piece.op is not Op.NEW) for line in lines]
    assert "".join(olds) == old.replace("\n", "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("第三座图书馆开馆", "第四座图书馆开馆", "第[-三-]{+四+}座图书馆开馆"),
        ("菜品有12种。", "菜品有14种。", "菜品有[-12-]{+14+}种。"),
        ("上午，太原开馆。", "上午，大同开馆。", "上午，[-太原-]{+大同+}开馆。"),
        ("他走了。他说好。", "他走了。他笑了。他说好。", "他走了。{+他笑了。+}他说好。"),
        ("共1,200.5万元", "共1,300.5万元", "共[-1,200.5-]{+1,300.5+}万元"),
        ("rain at the lake", "snow at the lake", "[-rain-]{+snow+} at the lake"),
        ("", "新", "{+新+}"),
        ("旧", "", "[-旧-]"),
    ],
)
def test_han_is_compared_by_characters_and_letters_and_digits_by_words(old: str, new: str, expected: str):
    assert marked(diff(old, new)) == expected


def test_a_rewritten_sentence_is_one_change_not_a_scatter_of_single_characters():
    old, new = "经济增长放缓，专家认为前景不明。", "社会发展较快，学者说长期前途可期。"
    assert marked(diff(old, new)) == f"[-{old[:-1]}-]{{+{new[:-1]}+}}。"


def test_punctuation_alone_does_not_stand_between_two_changes():
    assert marked(diff("快跑，慢走", "坐车，乘船")) == "[-快跑，慢走-]{+坐车，乘船+}"


def test_a_stretch_longer_than_the_changes_round_it_stays():
    assert marked(diff("甲第五座图书馆乙", "丙第五座图书馆丁")) == "[-甲-]{+丙+}第五座图书馆[-乙-]{+丁+}"


def test_a_paragraph_that_is_new_leaves_its_neighbours_alone():
    pieces = diff("一段旧文。\n三段。", "一段新文。\n二段。\n三段。")
    assert [marked(line) for line in by_line(pieces)] == ["一段[-旧-]{+新+}文。", "{+二段。+}", "三段。"]


def test_lines_that_are_rewritten_stay_lines():
    assert list(by_line(diff("甲\n乙", "丙\n丁"))) == [
        (Piece(Op.OLD, "甲"), Piece(Op.NEW, "丙")),
        (Piece(Op.OLD, "乙"), Piece(Op.NEW, "丁")),
    ]


@pytest.mark.parametrize("letters", ["的", "的了", "的了\n", "的了，", "".join(map(chr, range(0x4E00, 0x5400)))])
def test_two_long_texts_take_no_longer_than_a_reader_waits(letters: str):
    chance = random.Random(20251119)
    old, new = ("".join(chance.choices(letters, k=20_000)) for _ in range(2))
    began = time.process_time()
    diff(old, new + "尾")
    assert time.process_time() - began < 5
