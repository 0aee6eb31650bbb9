"""The labelled openings: each field exact on at least 98 % of the undoubted rows, no false dateline.

The openings are third-party texts kept beside the checkout, not in it; without them these tests skip. Rows with
``doubt`` (a careful editor could label them otherwise) are measured by benchmarks/datelines.py, never asserted.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FLOOR = 0.98
BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "datelines.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_datelines", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.GOLD.exists():
        pytest.skip(f"no corpus at {module.GOLD.parent}: the labelled openings do not ship with the project")
    return module


@pytest.mark.parametrize(
    "field", ["agency", "place", "month and day", "reporters", "form", "region_edition", "year", "raw", "story_starts"]
)
def test_a_field_is_exact_on_98_percent_of_the_undoubted_rows(bench: ModuleType, field: str) -> None:
    rows = [row for row in bench.rows() if row["has_dateline"] and not row.get("doubt")]
    assert len(rows) >= 150
    right, count = bench.exact(bench.misses(row) for row in rows)[field]
    assert right >= FLOOR * count, f"{field}: {right} of {count}"


def test_no_dateline_is_found_in_an_undoubted_row_that_has_none(bench: ModuleType) -> None:
    rows = [row for row in bench.rows() if not row["has_dateline"] and not row.get("doubt")]
    assert rows
    assert bench.false_datelines(rows) == []
