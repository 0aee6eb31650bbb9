"""What grouping costs in a store grown to many articles; for stories.py.

Two stores grow in the same breath, a thousand articles each in turn: one whose articles get their bands, as the group
pipeline gives them, and one whose articles have none, so that the same writer finds no stories for them. CPU of this
process; making the articles is not counted. Of a hundred articles twenty are versions of one of the last two days (a
new dateline, cut to a half or a third), and ten end with one standing text; the rest are unlike.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import attrs
from grown import Store
from store import articles
from stories_words import STANDING

from newscrawl.items import Article
from newscrawl.topics.shingles import bands

STEP = 1000
RECENT = 1000
"""Articles of two days."""
VERSIONS, STANDING_TEXTS = 0.2, 0.1


class Grouped(Store):
    """Its articles get their bands, as part of what is timed."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, number)
        self._made = texts(number)

    def _keep(self, batch: Sequence[Article]) -> None:
        super()._keep([attrs.evolve(one, bands=bands(one.headline, one.body_text)) for one in batch])


class Plain(Store):
    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, number)
        self._made = (attrs.evolve(article, bands=()) for article in texts(number))


def texts(number: int, seed: int = 7) -> Iterator[Article]:
    """Of benchmarks/store.py's articles, some of them versions of others."""
    rng = random.Random(seed)
    recent: deque[list[str]] = deque(maxlen=RECENT)
    for article in articles(number, seed):
        if recent and rng.random() < VERSIONS:
            whole = rng.choice(recent)
            lines = whole[: max(len(whole) // rng.choice((1, 2, 3)), 2)]
        else:
            lines = [f"{line}。" for line in article.body_text.split("\n")]
            recent.append(lines)
        if rng.random() < STANDING_TEXTS:
            lines = [*lines, STANDING[0]]
        yield attrs.evolve(
            article,
            body_text=f"新网{article.key[-1]}城11月19日电 " + "\n".join(lines),
            body_html="".join(f"<p>{line}</p>" for line in lines),
        )


def told(folder: Path, number: int) -> list[str]:
    """Lines of a table: milliseconds an article with and without, at a tenth of the number and at the number."""
    lines = [
        "| articles in the store | without, ms | grouped, ms | ratio | versions found |",
        "|---:|---:|---:|---:|---:|",
    ]
    with (
        closing(Plain(folder / "plain.db", number)) as plain,
        closing(Grouped(folder / "grouped.db", number)) as grouped,
    ):
        for size in range(STEP, number + 1, STEP):
            for store in (plain, grouped) if size // STEP % 2 else (grouped, plain):
                store.grow(size)
            if size in (number // 10, number):
                last = max(size // 10, STEP) // (STEP // 20)
                each = [sum(cpu for cpu, _ in store.batches[-last:]) / last / 50 * 1000 for store in (plain, grouped)]
                found = _count(grouped.path, "SELECT count(*) FROM articles WHERE story_id IS NOT NULL")
                lines.append(f"| {size:,} | {each[0]:.3f} | {each[1]:.3f} | {each[1] / each[0]:.2f} | {found:,} |")
            if size % (10 * STEP) == 0:
                print(f"{size:,} articles", file=sys.stderr, flush=True)
        more = (grouped.used() - plain.used()) / number
        own = _count(grouped.path, "SELECT sum(pgsize) FROM dbstat WHERE name = 'bands'") / number
        whole = plain.used() / number
    return [
        *lines,
        "",
        f"Bands take {own:.0f} bytes an article; with the rows of versions beside each other grouping takes {more:.0f} "
        f"bytes more than the {whole:,.0f} of an article without.",
    ]


def _count(path: Path, query: str) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute(query).fetchone()
    return int(found or 0)
