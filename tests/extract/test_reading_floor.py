"""The reader's figures never fall: the project's own cases always, the real pages where they are.

``benchmarks/reading_floor.json`` is the floor; how it is raised and lowered stands in docs/reading.md. The real pages
are third-party texts kept beside the checkout, not in it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import floor as floors

CORPUS = floors.ROOT / ".." / "shared" / "corpus"
REASON = "Captions of slide shows are no body any more."


def measured(name: str = "pages", digest: str | None = "abc", pages: int = 3, **figures: float) -> floors.Measured:
    return floors.Measured(name=name, pages=pages, figures=figures, digest=digest)


def floor_of(**figures: float) -> dict[str, Any]:
    return {"wanted": {}, "parts": {"pages": {"gold": "abc", "pages": 3, "figures": figures}}, "lowered": []}


# -- the figures themselves --------------------------------------------------------------------------------------------
def test_the_own_cases_are_read_as_well_as_ever() -> None:
    own = floors.measured_own()
    assert all(floors.comparable(floors.load(), one) for one in own)
    assert floors.falls(floors.load(), own) == []


def test_the_real_pages_are_read_as_well_as_ever() -> None:
    found = floors.measured_corpus()
    if not found:
        pytest.skip(f"the corpus of real pages is not at {CORPUS}")
    same = [one for one in found if floors.comparable(floors.load(), one)]
    if not same:
        pytest.skip(f"the gold at {CORPUS} is another one than the floor's")
    assert floors.falls(floors.load(), same) == []


# -- falling -----------------------------------------------------------------------------------------------------------
def test_a_figure_below_the_floor_is_named_with_both_numbers() -> None:
    (words,) = floors.falls(floor_of(body=0.97, headline=0.9), [measured(body=0.9699, headline=0.95)])
    assert words == "pages: body is 0.9699, the floor is 0.9700"


def test_a_field_that_is_not_measured_any_more_and_pages_left_out_are_falls() -> None:
    words = floors.falls(floor_of(body=0.97, credit=0.5), [measured(pages=2, body=1.0)])
    assert words == ["pages: 2 pages are measured, there were 3", "pages: credit is not measured, the floor is 0.5000"]


def test_other_gold_is_never_held_against_the_floor() -> None:
    assert floors.falls(floor_of(body=0.97), [measured(digest="def", body=0.1)]) == []


# -- rising ------------------------------------------------------------------------------------------------------------
def test_writing_raises_what_is_better_and_lowers_nothing() -> None:
    new = floors.raised(floor_of(body=0.97, headline=0.9), [measured(pages=4, body=0.96, headline=0.95, credit=0.8)])
    assert new["parts"]["pages"]["figures"] == {"body": 0.97, "headline": 0.95, "credit": 0.8}
    assert new["parts"]["pages"]["pages"] == 4


def test_writing_keeps_a_field_and_a_part_that_were_not_measured() -> None:
    new = floors.raised(floor_of(body=0.97), [measured(headline=1.0), measured("other", body=0.5)])
    assert new["parts"]["pages"]["figures"] == {"body": 0.97, "headline": 1.0}
    assert floors.raised(new, [])["parts"] == new["parts"]


def test_a_part_of_other_gold_is_begun_anew() -> None:
    new = floors.raised(floor_of(body=0.97, credit=0.9), [measured(digest="def", pages=1, body=0.5)])
    assert new["parts"]["pages"] == {"gold": "def", "pages": 1, "figures": {"body": 0.5}}


# -- lowering ----------------------------------------------------------------------------------------------------------
def test_a_floor_is_lowered_for_a_reason_that_stands_in_the_changelog_and_the_reason_is_kept() -> None:
    changelog = "# Changelog\n\n- Captions of slide\n  shows are no body any more.\n"
    new = floors.lowered(floor_of(body=0.97), [measured(body=0.96)], "pages:body", REASON, changelog)
    assert new["parts"]["pages"]["figures"]["body"] == 0.96
    assert new["lowered"] == [{"part": "pages", "field": "body", "from": 0.97, "to": 0.96, "reason": REASON}]


@pytest.mark.parametrize(
    ("what", "reason", "changelog", "words"),
    [
        ("pages:body", "", "anything", "stands in CHANGELOG.md"),
        ("pages:body", "no body", "- no body\n", "of 20 characters or more"),
        ("pages:body", REASON, "- Something else entirely.\n", "stands in CHANGELOG.md"),
        ("other:body", REASON, REASON, "'other' is no part"),
        ("pages:date", REASON, REASON, "'date' is no field of pages"),
        ("pages:headline", REASON, REASON, "nothing to lower"),
    ],
)
def test_lowering_is_refused_in_words(what: str, reason: str, changelog: str, words: str) -> None:
    with pytest.raises(floors.Refused, match=words.replace(".", r"\.")):
        floors.lowered(floor_of(body=0.97, headline=0.9), [measured(body=0.96, headline=0.95)], what, reason, changelog)


def test_the_command_says_a_refusal_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = floors.FILE.read_bytes()
    monkeypatch.setattr(floors, "measured_own", list)
    monkeypatch.setattr(floors, "measured_corpus", list)
    assert floors.command(write=False, lower="pages:body", reason=REASON) == 2
    assert "is no part that is measured here" in capsys.readouterr().out
    assert floors.FILE.read_bytes() == before


def test_the_table_tells_what_is_still_short_of_what_is_wanted() -> None:
    held = floor_of(body=0.97, headline=0.9) | {"wanted": {"pages": {"body": [0.96, 0.98], "headline": [0.95, 0.99]}}}
    lines = list(floors.table(held, [measured(body=0.975, headline=0.91)]))
    assert "| pages (3) | body | 0.975 | 0.970 | 0.960 | 0.980 |" in lines
    assert "| pages (3) | headline | 0.910 (short) | 0.900 | 0.950 | 0.990 |" in lines
