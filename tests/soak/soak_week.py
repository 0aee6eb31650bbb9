"""Seven simulated days, a run each hour and some between, each held against the truth at once.

    python tests/soak/soak_week.py [--seed 1] [--pace 1.0]

Prints a plain summary; ends with 1 and the differences in words at the first run that is not as it should be. Loopback
only. It takes some minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from living import Newsroom, on_the_air
from running import QUICK, Desk
from stories import DAY, HOUR, MINUTE, START
from week import Week

MENDED_AT = START + 5 * DAY
BETWEEN = (2, 6, 13)
"""Hours of the day after which there is one more run, twenty minutes later: the lists' servers are asked then with what
they said before."""
BACKFILLED_AT = START + DAY + 3 * HOUR


def moments() -> Iterator[datetime]:
    for hour in range(1, 7 * 24 + 1):
        now = START + hour * HOUR
        yield now
        if now.hour in BETWEEN:
            yield now + 20 * MINUTE


def live(week: Week) -> None:
    """All of it; at the end what day five could not read is read again from the archive."""
    for now in moments():
        week.run(now)
        if now == BACKFILLED_AT:
            week.run(now + 10 * MINUTE, "since=2025-11-13", "until=2025-11-15")
        if sys.stderr.isatty():
            print(f"\r{now:%a %H:%M}", end="", file=sys.stderr, flush=True)
    week.reread()


def main() -> int:
    parser = argparse.ArgumentParser(description="A living newsroom for seven simulated days.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", type=float, default=1.0, help="share of a full newsroom's output")
    given = parser.parse_args()
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        on_the_air(Newsroom(seed=given.seed, pace=given.pace)) as newsroom,
    ):
        desk = Desk(Path(folder), QUICK | {"SPIDER_MODULES": "soak_sources"})
        week = Week(newsroom=newsroom, desk=desk, mended_at=MENDED_AT)
        try:
            live(week)
        except AssertionError as wrong:
            print(f"\nNOT AS IT SHOULD BE  {wrong}", file=sys.stderr)
            return 1
        finally:
            print("\n".join(["", f"a living week (seed {given.seed}, pace {given.pace:g})", *week.summary()]))
            print(f"seconds             {time.monotonic() - begun:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
