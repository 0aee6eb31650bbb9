"""Where the real pages are not there, the benchmark says what it did not look at."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import floor as floors
import folds

FLOOR = {
    "wanted": {},
    "parts": {name: {"gold": name, "pages": 3, "figures": {"body": 0.9}} for name in ("own", "zh", "world")},
    "lowered": [],
}


def measured(name: str, digest: str) -> floors.Measured:
    return floors.Measured(name=name, pages=3, figures={"body": 0.95}, digest=digest)


def test_a_part_of_the_floor_that_is_not_measured_is_named_with_the_folders_that_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floors, "CORPUS", tmp_path)
    zh, world = floors.not_compared(FLOOR, [measured("own", "own")])
    assert zh == f"NOT COMPARED: zh: its pages are not there ({tmp_path} lacks chinanews, zh, world)"
    assert world.startswith("NOT COMPARED: world: ")


def test_a_part_of_other_gold_is_named() -> None:
    told = floors.not_compared(FLOOR, [measured("own", "own"), measured("zh", "another"), measured("world", "world")])
    assert told == ["NOT COMPARED: zh: its gold is another one than the floor's"]
    assert floors.not_compared(FLOOR, [measured(name, name) for name in ("own", "zh", "world")]) == []


def test_the_floor_is_not_said_to_hold_where_little_was_compared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(floors, "load", lambda: FLOOR)
    monkeypatch.setattr(floors, "measured_own", lambda: [measured("own", "own")])
    monkeypatch.setattr(floors, "measured_corpus", list)
    assert floors.command(write=False, lower=None, reason="") == 0
    *_, zh, world, last = capsys.readouterr().out.splitlines()
    assert (zh[:12], world[:12]) == ("NOT COMPARED", "NOT COMPARED")
    assert last == "nothing that was compared lies below the floor"


def test_folds_without_pages_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    folds.report([])
    assert "no site can be left out" in capsys.readouterr().out
