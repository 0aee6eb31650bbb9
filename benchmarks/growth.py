"""How the store's costs grow with the store: 10,000, 100,000 and 1,000,000 made articles, and the factors between them.

    python benchmarks/growth.py [--sizes 10000,100000,1000000] [--folder FOLDER] [--write]

One store is grown as a crawl grows it (grown.py): the links of a listing page are recorded in a walk, then the articles
are added in batches; rechecks are left undone, so that the worst case of what is due is measured too. The million takes
about 15 GB in FOLDER (default: the system's folder for temporary files) and half an hour; it is removed at the end.
``--write`` puts the tables into benchmarks/growth.md, with the disk that archive and rechecks take (disk.py).

CPU of this process, so that neighbours count little; making the articles is not counted. The bound: from one size to
the next nothing may grow faster than log n, with a quarter on top for noise and cache misses, and differences under 20
microseconds passed over. For a step of ten times that is about 1.5; what grew with the square root of n would show 3.2,
what grew with n, 10. A row in brackets is told, not bounded; the text under the table says why.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from math import log
from pathlib import Path

import disk
from grown import SOURCE, Store, check_disk
from machine import machine
from store import CHARACTERS

from newscrawl.store.reader import Reader
from newscrawl.store.writer import BATCH

HERE = Path(__file__).resolve().parent
NOISE = 1.25
TOO_SMALL = 0.02
"""Milliseconds."""
NOTES = """\
*(brackets)*: told, not bounded. `ORDER BY published_at` sorts every find, so it grows with the finds, as docs/store.md
says; for a word that nobody wrote (two characters that each stand in many texts) FTS5 goes through both lists of places
to their ends. The hot topics look at the fortnight before the newest article, which a small store is not as long as."""


def documented(words: str) -> str:
    """The one query of docs/store.md that holds ``words``."""
    text = (HERE.parent / "docs" / "store.md").read_text(encoding="utf-8")
    (query,) = [block for block in re.findall(r"```sql\n(.*?)```", text, re.DOTALL) if words in block]
    return query.strip().rstrip(";")


Row = tuple[str, bool, float]
"""What, whether it is bounded, milliseconds."""


def measure(store: Store) -> Iterator[Row]:
    """Everything that is read at this size, warm."""
    reader = Reader(store.path)
    database = sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)
    key = f"bench:{store.size // 2}"
    searched = documented("""MATCH '"太 原"'""")
    queries = {
        "the newest 20": documented("source_name, published_local"),
        "one article by key": documented("disclaimer,\n").replace("chinanews:10518665", key),
        "太原 (in 5 of 100), newest first by id": searched.replace("p.published_at DESC", "search.rowid DESC"),
        "(太原, newest first by published_at)": searched,
        "100 changes after a cursor": documented("FROM changes")
        .replace("seq > 0", f"seq > {store.size // 2}")
        .replace("LIMIT 1000", "LIMIT 100"),
        "(hot_topics)": documented("FROM hot_topics"),
    }
    for name, query in queries.items():
        assert database.execute(query).fetchone(), f"{name}: nothing found"
        yield _row(name, lambda query=query: database.execute(query).fetchall())
    often, never = CHARACTERS[60] + CHARACTERS[61], CHARACTERS[700] + CHARACTERS[1700]
    searches = {
        "太原, newest first by Reader.search": "太原",
        "a word in about every text, by Reader.search": CHARACTERS[0] + CHARACTERS[1],
        "a word in 1 of 200, by Reader.search": often,
        "(a word nobody wrote, by Reader.search)": never,
    }
    for name, word in searches.items():
        yield _row(name, lambda word=word: reader.search(word))
    reader.close()
    database.close()
    yield _row("a listing page met again", store.met_again)
    store.clock.moment += timedelta(hours=49)
    yield _row("frontier.due, nothing due", lambda: store.frontier.due(SOURCE, limit=200))
    assert not store.frontier.again(SOURCE, limit=200)[0]
    yield _row("frontier.again, nothing due", lambda: store.frontier.again(SOURCE, limit=200))


def _row(name: str, work: Callable[[], object]) -> Row:
    return name, not name.startswith("("), median(work)


def median(work: Callable[[], object]) -> float:
    """Milliseconds of CPU: of at least 7 calls, of more while they take less than half a second."""
    work()
    times: list[float] = []
    while len(times) < 7 or (sum(times) < 0.5 and len(times) < 500):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


def added(store: Store, last: int) -> Iterator[Row]:
    """What an article costs at the end of the growing so far, and since the size before."""
    window = store.batches[-max(last // 10, 5000) // BATCH :]
    each = len(window) * BATCH
    yield "an article added, CPU", True, sum(cpu for cpu, _ in window) / each * 1000
    yield "(an article added, wall)", False, sum(wall for _, wall in window) / each * 1000
    slowest = max(cpu for cpu, _ in store.batches[-(last * 9 // 10) // BATCH :])
    yield f"(the slowest batch of {BATCH}, CPU)", False, slowest * 1000


def allowed(before: float, sizes: tuple[int, int]) -> float:
    """Milliseconds at the larger size."""
    return max(before * log(sizes[1]) / log(sizes[0]) * NOISE, before + TOO_SMALL)


def table(sizes: Sequence[int], columns: Sequence[Sequence[Row]], stores: Sequence[int]) -> tuple[list[str], list[str]]:
    """The lines of the table, and what is over the bound."""
    head = ["milliseconds", *(f"{size:,}" for size in sizes), *(f"factor to {size:,}" for size in sizes[1:])]
    lines, over = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)], []
    for rows in zip(*columns, strict=True):
        name, bounded, _ = rows[0]
        times = [row[2] for row in rows]
        steps = list(zip(sizes, sizes[1:], times, times[1:], strict=False))
        lines.append(f"| {name} | {' | '.join([*map(_short, times), *(f'{b / a:.2f}' for *_, a, b in steps)])} |")
        for small, large, before, after in steps:
            if bounded and after > allowed(before, (small, large)):
                over.append(f"{name}: {before:.3f} ms at {small:,}, {after:.3f} at {large:,}: faster than log n")
    each = [size / number for size, number in zip(stores, sizes, strict=True)]
    factors = [f"{after / before:.2f}" for before, after in pairwise(each)]
    lines.append(f"| (bytes of the store an article) | {' | '.join([*(f'{e:,.0f}' for e in each), *factors])} |")
    return lines, over


def _short(milliseconds: float) -> str:
    return f"{milliseconds:.3f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def run(folder: Path, sizes: Sequence[int]) -> tuple[list[list[Row]], list[int]]:
    columns, stores = [], []
    store = Store(folder / "news.db", sizes[-1])
    try:
        for size in sizes:
            began = time.perf_counter()
            store.grow(size)
            column = list(added(store, size))
            stores.append(store.bytes())
            columns.append([*column, *measure(store)])
            print(f"{size:,} articles, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    finally:
        store.close()
    return columns, stores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/growth.md")
    given = parser.parse_args()
    sizes = sorted(int(size) for size in given.sizes.split(","))
    check_disk(given.folder, sizes[-1])
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        columns, stores = run(Path(folder), sizes)
    lines, over = table(sizes, columns, stores)
    verdict = over or ["Nothing bounded grows faster than log n."]
    page = "\n".join(
        [
            "# How the store grows\n\n`benchmarks/growth.py` wrote this; its first lines say what was done.\n",
            f"{machine()}.\n",
            *lines,
            "",
            NOTES,
            "",
            *verdict,
            "",
            *disk.report(stores[-1] / sizes[-1]),
        ]
    )
    if given.write:
        (HERE / "growth.md").write_text(page, encoding="utf-8")
    print(page)
    if over:
        raise SystemExit("over the bound")


if __name__ == "__main__":
    main()
