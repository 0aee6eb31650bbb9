"""A newsroom lives for seven simulated days: run after run, the store equals the truth that the newsroom knows.

Every run also asks exactly the pages that the documented schedule has, no more; the day the layout changes is exit 3 at
once, the half day the server is down exit 5, every other run exit 0. ``make soak`` has a run every hour.
"""

from __future__ import annotations

from pathlib import Path

from living import DAY, HOUR, MINUTE, START, Newsroom, on_the_air
from running import QUICK, Desk
from week import ALARM, OUT_OF_REACH, Week

MENDED_AT = START + 5 * DAY
HOURS = (1, 4, 10, 25, 32, 51, 53, 62, 66, 73, 80, 97, 104, 121, 130, 136, 145, 156)
"""Of the week, when a run is made; the server is down from 52 to 64, the new layout comes at 96."""


def test_a_week_of_runs_knows_what_the_newsroom_knows(tmp_path: Path):
    with on_the_air(Newsroom(seed=3, pace=0.12)) as newsroom:
        desk = Desk(tmp_path, QUICK | {"SPIDER_MODULES": "soak_sources"})
        week = Week(newsroom=newsroom, desk=desk, mended_at=MENDED_AT)
        moments = [START + hour * HOUR for hour in HOURS]
        week.live([moments[0], moments[0] + 20 * MINUTE, *moments[1:]])
    assert [now for now, code in week.codes.items() if code == OUT_OF_REACH] == [START + 53 * HOUR, START + 62 * HOUR]
    assert ALARM in week.codes.values()
    kinds = set(desk.column("SELECT kind FROM changes"))
    assert kinds == {"added", "revised", "withdrawn", "restored"}, "the week shows everything"
