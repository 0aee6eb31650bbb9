"""English lines of labels: who wrote, who edited, where it comes from; sentences say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.byline import read_byline, read_editors
from newscrawl.text.labelled import NOTHING, holds_label, is_no_name, read_labelled, read_lines


@pytest.mark.parametrize(
    ("line", "authors", "editors", "credit"),
    [
        (
            "2025-11-19 08:40  Source: Jinbei Evening  By Shi Yiming  Editor: Liu Qing",
            ("Shi Yiming",),
            ("Liu Qing",),
            "Jinbei Evening",
        ),
        (
            "2025-11-19 08:40 Source: Jinbei Evening By Shi Yiming Editor: Liu Qing Photo: Jo Roe",
            ("Shi Yiming",),
            ("Liu Qing",),
            "Jinbei Evening",
        ),
        (
            "SOURCE: JINBEI EVENING  BY SHI YIMING  EDITOR: LIU QING",
            ("Shi Yiming",),
            ("Liu Qing",),
            "JINBEI EVENING",
        ),
        ("By Shi Yiming | Jinbei Daily | Updated: 2025-11-19 08:40", ("Shi Yiming",), (), None),
        ("Jinbei Daily | November 19, 2025 08:40 | By Shi Yiming", ("Shi Yiming",), (), None),
        ("Updated: November 19, 2025 08:40 By Jane Doe", ("Jane Doe",), (), None),
        ("by Jane Doe, John Roe and Ann Poel, Jinbei Daily", ("Jane Doe", "John Roe", "Ann Poel"), (), None),
        ("By Jane Doe in Nanshan", ("Jane Doe",), (), None),
        ("By Jane Doe November 19, 2025", ("Jane Doe",), (), None),
        ("Written by Jane Doe, photos by John Roe", ("Jane Doe",), (), None),
        ("Edited by Ann Poe", (), ("Ann Poe",), None),
        ("(Source: Jinbei Evening)", (), (), "Jinbei Evening"),
        ("Source: Jinbei Evening 08:40, November 19, 2025", (), (), "Jinbei Evening"),
        ("Nov. 19, 2025 Source: Jinbei Editor: liuqing", (), (), "Jinbei"),
        ("Source: Stand by the River", (), (), "Stand by the River"),
    ],
)  # fmt: skip
def test_a_line_is_cut_at_its_labels(
    line: str, authors: tuple[str, ...], editors: tuple[str, ...], credit: str | None
) -> None:
    said = read_labelled(line)
    assert (said.authors, said.editors, said.credit) == (authors, editors, credit)
    assert said.only


@pytest.mark.parametrize(
    "line",
    [
        "By 2030, the city will have a port",
        "By the way, this is a story",
        "By Staff Writer",
        "By Jinbei Evening",
        "By The Old Banyan",
        "He would not say so. Source: the harbour police",
        "They could not stand By The River any longer",
        "Editor's note: Jane Doe teaches in Nanshan",
        "Photo: John Roe",
        "作者：方小敏",
        "责任编辑：By Jane Doe",
        "By",
        "",
        "By Jane Doe " + "and so on " * 30,
    ],
)
def test_sentences_and_other_lines_name_nobody(line: str) -> None:
    said = read_labelled(line)
    assert not (said.authors)
    assert not (said.editors)
    assert not (said.credit)
    assert not said.only


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe, who lives in Nanshan, the book sold well.",
        "By John Roe and his wife the house was built anew",
        "Source: people who know the harbour.",
    ],
)
def test_a_sentence_that_begins_like_such_a_line_is_not_one_alone(line: str) -> None:
    assert not read_labelled(line).only


@pytest.mark.parametrize(
    ("name", "label", "none"),
    [
        ("Jinbei Evening By Shi", True, True),
        ("Yiming Editor", True, True),
        ("Jinbei Evening", False, True),
        ("Staff Reporter", True, True),
        ("Shi Yiming", False, False),
        ("Edith Byrne", False, False),
    ],
)
def test_a_name_with_a_labels_or_an_outlets_word_is_none(name: str, label: bool, none: bool) -> None:
    assert (holds_label(name), is_no_name(name)) == (label, none)


def test_runs_of_text_are_joined_where_a_label_or_a_list_goes_on() -> None:
    runs = ("2025-11-19 08:40", "Source:", "Jinbei Evening", "By", "Shi Yiming", "and", "Jo Roe", "Editor: Liu Qing")
    said = read_lines(runs)
    assert (said.authors, said.editors, said.credit) == (("Shi Yiming", "Jo Roe"), ("Liu Qing",), "Jinbei Evening")


def test_the_first_line_that_says_a_field_is_believed_and_the_story_ends_the_looking() -> None:
    assert read_lines(("By Shi Yiming", "By Jo Roe")).authors == ("Shi Yiming",)
    assert read_lines(("The old banyan stands there. " * 9, "By Jo Roe")) == NOTHING
    sentence = "The old banyan by the river has stood there for a hundred years, and a game of chess goes on below it."
    assert read_lines((sentence, "By Jo Roe")).authors == ("Jo Roe",)
    assert read_lines((sentence, sentence, "By Jo Roe")) == NOTHING


def test_bylines_and_editor_lines_are_read_from_such_a_line() -> None:
    line = "2025-11-19 08:40  Source: Jinbei Evening  By Shi Yiming  Editor: Liu Qing"
    found = read_byline(line)
    assert found is not None
    assert (found.authors, found.alone) == (("Shi Yiming",), True)
    assert read_editors(line) == ("Liu Qing",)
    labelled = read_byline("作者：Shi Yiming  Editor: Liu Qing")
    assert labelled is not None
    assert labelled.authors == ("Shi Yiming",)


_WILD = st.text(alphabet="BySourceEditPhto :|,.&\t\n ()12：（）李", max_size=120)


@given(_WILD | st.text(max_size=250))
def test_no_text_raises_and_no_name_holds_a_label(text: str) -> None:
    said = read_labelled(text)
    for name in (*said.authors, *said.editors):
        assert not holds_label(name)
        assert name.lower() in text.lower()
    read_lines(text.split("\n"))
