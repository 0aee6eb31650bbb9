"""Precision and recall of joining never fall below the floor, on a fixed part of benchmarks/stories.py's made pairs."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import stories
import stories_pairs


def test_made_versions_join_and_unlike_stories_do_not() -> None:
    pairs = stories_pairs.pairs(stories.UNSEEN, 8, unseen=True)
    whole = stories.scored(pairs)[""]
    assert whole.same + whole.unlike >= 200
    assert (whole.precision >= 0.98, whole.recall >= 0.95) == (True, True), stories.told(stories.scored(pairs))
