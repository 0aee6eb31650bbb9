"""Precision and recall of joining never fall below the floor, on a fixed part of benchmarks/stories.py's made pairs."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def benchmark() -> ModuleType:
    """Under a name of its own: tests/soak has a module of the same one."""
    sys.path.append(str(BENCHMARKS))
    spec = spec_from_file_location("benchmark_of_stories", BENCHMARKS / "stories.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_made_versions_join_and_unlike_stories_do_not() -> None:
    stories = benchmark()
    pairs = stories.pairs(stories.UNSEEN, 8, unseen=True)
    whole = stories.scored(pairs)[""]
    assert whole.same + whole.unlike >= 200
    assert (whole.precision >= 0.98, whole.recall >= 0.95) == (True, True), stories.told(stories.scored(pairs))
