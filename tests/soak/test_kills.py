"""Runs killed with SIGKILL while the newsroom lives on; ``make soak`` has a hundred of them."""

from __future__ import annotations

from pathlib import Path

from killer import Moment
from kills import Kills
from living import Newsroom, on_the_air
from running import QUICK, Desk
from stories import HOUR


def test_runs_killed_one_after_the_other_lose_nothing_and_double_nothing(tmp_path: Path):
    with on_the_air(Newsroom(seed=5, pace=0.1, down={})) as newsroom:
        desk = Desk(tmp_path, QUICK | {"SPIDER_MODULES": "soak_sources"})
        kills = Kills(newsroom=newsroom, desk=desk, step=2 * HOUR)
        for moment in (
            Moment(request=8),
            Moment(request=25),
            Moment(write=4),
            Moment(request=3),
        ):
            kills.kill(moment)
        kills.end()
    assert kills.killed.total() == 4
