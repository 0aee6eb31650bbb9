"""Traditional script folded to simplified: as long as before, and found again as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.traditional import as_printed, simplified

_TEXT = st.text(alphabet="中新網太原電記者葉知非 　、盧遠Ab·报导報導", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("中新網太原11月19日電", "中新网太原11月19日电"),
        ("責任編輯：葉明", "责任编辑：叶明"),
        ("報導", "报道"),
        ("报导", "报道"),
        ("導報", "导报"),
    ],
)
def test_what_the_rules_ask_for_is_folded(text: str, folded: str) -> None:
    assert simplified(text) == folded


@pytest.mark.parametrize("text", ["", "中新网太原11月19日电", "BEIJING, Nov. 14 (Xinhua) --", "太原"])
def test_a_text_without_traditional_signs_is_the_same_object(text: str) -> None:
    assert simplified(text) is text


def test_only_the_first_characters_are_asked_where_the_caller_says_so() -> None:
    text = "中新网电" + "電"
    assert simplified(text, 4) is text
    assert simplified(text, 5) == "中新网电电"


@pytest.mark.parametrize(
    ("found", "text", "printed"),
    [
        ("叶知非", "記者 葉知非", "葉知非"),
        ("叶远", "記者 葉　遠", "葉遠"),
        ("王明", "記者 王Jane Doe明", "王明"),
        ("Jane Doe", "記者 Jane Doe", "Jane Doe"),
        ("无名", "記者 葉知非", "无名"),
    ],
)
def test_a_name_is_found_again_as_printed(found: str, text: str, printed: str) -> None:
    assert as_printed(found, simplified(text), text) == printed


def test_what_stands_before_the_start_is_not_taken() -> None:
    text = "葉明 电 叶明"
    assert as_printed("叶明", simplified(text), text, 3) == "叶明"


@given(_TEXT | st.text(max_size=60))
def test_folding_keeps_every_offset_and_twice_is_once(text: str) -> None:
    folded = simplified(text)
    assert len(folded) == len(text)
    assert simplified(folded) == folded


@given(_TEXT, st.integers(0, 60), st.integers(0, 60))
def test_any_piece_of_the_folded_text_is_found_as_it_is_printed_where_it_first_stands(
    text: str, one: int, two: int
) -> None:
    folded = simplified(text)
    piece = folded[min(one, two) : max(one, two)]
    first = folded.find(piece)
    assert as_printed(piece, folded, text) == text[first : first + len(piece)]
