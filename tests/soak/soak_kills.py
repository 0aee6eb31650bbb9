"""A hundred runs killed with SIGKILL at random moments, then a final run: nothing lost, nothing twice.

    python tests/soak/soak_kills.py [--seed 1] [--kills 100]

The newsroom lives on meanwhile: new articles and corrections keep coming. Prints a plain summary; ends with 1, the seed
and the moment at the first thing that does not hold. Loopback only.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kills import ALL_FRESH, Kills
from living import Newsroom, on_the_air
from running import QUICK, Desk
from stories import MINUTE

NEVER = datetime.max.replace(tzinfo=UTC)
WHOLE_PYTHON = {"PYTHONWARNINGS": "default"}
"""With it tests/running.py starts a new Python: the kill may fall into its start as well."""


def soak(seed: int, number: int, folder: Path) -> Kills:
    chance = random.Random(seed)
    with on_the_air(Newsroom(seed=seed, days=4, down={}, new_layout_at=NEVER)) as newsroom:
        desk = Desk(folder, QUICK | {"SPIDER_MODULES": "soak_sources"})
        kills = Kills(newsroom=newsroom, desk=desk, step=20 * MINUTE, env=WHOLE_PYTHON)
        turn = 0
        try:
            kills.begin()
            while kills.killed.total() < number:
                turn += 1
                kills.kill_one(chance)
            kills.end()
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}, run {turn}: {wrong}") from None
    return kills


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs killed at random moments.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=100)
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            kills = soak(given.seed, given.kills, Path(folder))
        except AssertionError as wrong:
            print(f"NOT AS IT SHOULD BE  {wrong}", file=sys.stderr)
            return 1
        desk = kills.desk
        outcomes = Counter(desk.column("SELECT outcome FROM runs"))
        changes = Counter(desk.column("SELECT kind FROM changes"))
        print(f"killed runs (seed {given.seed})")
        print(f"killed              {kills.killed.total()}; {kills.finished} more ended before their moment came")
        print(f"                    {', '.join(f'{number} {where}' for where, number in kills.killed.most_common())}")
        (common, _), (whole, _) = kills.usual[()], kills.usual[ALL_FRESH]
        print(f"usual run           {common:.1f} s, one that asks all that is fresh {whole:.1f} s")
        print(f"in the ledger       {', '.join(f'{number} {word}' for word, number in sorted(outcomes.items()))}")
        print(f"articles            {desk.column('SELECT count(*) FROM articles')[0]}, each once")
        print(f"revisions           {desk.column('SELECT count(*) FROM revisions')[0]}, in the publisher's order")
        print(f"changes             {', '.join(f'{number} {kind}' for kind, number in sorted(changes.items()))}")
        print(f"records             {desk.column('SELECT count(*) FROM captures')[0]}, all readable")
        print(f"seconds             {time.monotonic() - begun:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
