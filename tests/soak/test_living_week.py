"""A newsroom lives for seven simulated days: run after run, the store equals the truth that the newsroom knows.

Every run also asks exactly the pages that the documented schedule has, no more; the day the layout changes is exit 3 at
once, the half day the server is down exit 5, every other run exit 0. ``make soak`` has a run every hour.
"""

from __future__ import annotations

from pathlib import Path

from living import Newsroom, on_the_air
from running import QUICK, Desk
from stories import DAY, HOUR, MINUTE, START
from week import ALARM, DONE, OUT_OF_REACH, Week

MENDED_AT = START + 5 * DAY
HOURS = (1, 2, 4, 10, 25, 32, 51, 53, 62, 66, 73, 80, 97, 104, 121, 121 + 1 / 3, 130, 136, 145, 156)
"""Of the week, when a run is made; the server is down from 52 to 64, the new layout comes at 96. Between the two runs
of 121 an article appears that is in the feed alone, whose ETag says that nothing has changed."""
REREAD_AFTER = 121
"""The first run of the mended file gets back some credits of day five, scrapy reread the others."""
SEED = 914
"""A week in which all that can happen does (but what robots.txt forbids: the soak has that), whenever a run is made."""


def test_a_week_of_runs_knows_what_the_newsroom_knows(tmp_path: Path):
    with on_the_air(Newsroom(seed=SEED, pace=0.12)) as newsroom:
        desk = Desk(tmp_path, QUICK | {"SPIDER_MODULES": "soak_sources"})
        week = Week(newsroom=newsroom, desk=desk, mended_at=MENDED_AT)
        for hour in HOURS:
            week.run(START + round(hour * 60) * MINUTE)
            if hour == REREAD_AFTER:
                week.reread()
    assert desk.column("SELECT count(*) FROM published WHERE credit IS NULL") == [0]
    assert desk.column("SELECT count(*) FROM revisions WHERE origin = 'reread'")[0] > 0
    exits = [week.codes[START + hour * HOUR] for hour in (51, 53, 62, 66, 80, 97)]
    assert exits == [DONE, OUT_OF_REACH, OUT_OF_REACH, DONE, DONE, ALARM]
    assert set(desk.column("SELECT kind FROM changes")) == {"added", "revised", "withdrawn", "restored"}
    assert set(desk.column("SELECT state FROM links")) == {"open", "stored", "gone", "rejected", "given_up"}
    assert desk.column("SELECT max(revision) FROM published")[0] >= 3
    assert desk.column("SELECT count(*) FROM published WHERE correction IS NOT NULL")[0] > 0
    assert desk.column("SELECT count(*) FROM captures WHERE url LIKE '%_2.html'")[0] > 0
