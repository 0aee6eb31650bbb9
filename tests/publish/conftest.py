from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Desk
from store_made import CLOCK

from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy

POLICY = {"*": "full", **{f"credit:{mode}": mode for mode in ("excerpt", "link", "hold")}}
"""Shows of an article what its credit (来源) says: excerpt, link, hold; else all of it."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.settings["NEWSCRAWL_REPRINT"] = json.dumps(POLICY)
    return desk


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.db


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    morning = Publisher(slug="morning", name="晨网", home="https://morning.example/", language="zh")
    with Writer(
        path, sources=[morning], policy=Policy(reprint=POLICY, outlets={}), clock=CLOCK, seconds=3600
    ) as writer:
        yield writer
