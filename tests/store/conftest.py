from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_made import CLOCK

from newscrawl.store.frontier import Frontier
from newscrawl.store.writer import Publisher, Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    morning = Publisher(slug="morning", name="晨网", home="https://morning.example/", language="zh")
    with Writer(path, sources=[morning], clock=CLOCK, seconds=3600) as writer:
        yield writer


@pytest.fixture
def frontier(path: Path) -> Iterator[Frontier]:
    with Frontier(path, CLOCK) as frontier:
        yield frontier
