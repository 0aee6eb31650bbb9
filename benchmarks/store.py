"""What an article costs in the store: page sizes, batch sizes, and the full-text index with and without its own text.

    python benchmarks/store.py [ARTICLES]

Made-up Chinese articles of real length with Zipf-like characters; CPU time of this process, files in a temporary
folder.
Compare rows of one table only: two machines, or two days, do not compare.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from rich.console import Console
from rich.table import Table

from newscrawl.clock import Clock
from newscrawl.items import Article, Capture, Dateline, Printed, Related
from newscrawl.store import connection, migrations, schema
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
WEIGHTS = [1 / (rank + 3) for rank in range(len(CHARACTERS))]
PLACES = (
    *("太原", "大同", "运城", "晋中", "长治", "临汾", "吕梁", "忻州", "阳泉", "朔州"),
    *("北京", "上海", "广州", "成都", "西安", "武汉", "南京", "杭州", "昆明", "沈阳"),
)
POOL = 1_000_003
"""Characters of made-up text that articles are put together from: drawing each character for itself costs as much as
keeping it."""
PIECE = 8
"""Characters of a piece: shorter than what makes two texts versions of one story (topics/shingles.py)."""
PAGE_SIZES = (4096, 8192, 16384, 32768)
BATCHES = (1, 10, 50, 100, 200)
NEWEST = datetime(2025, 11, 19, 8, tzinfo=UTC)
OWN_TEXT = schema.SEARCH.replace("content='', ", "")


def articles(number: int, seed: int = 1) -> Iterator[Article]:
    """Made-up articles, oldest first, 500 a day, six related links each; the lengths are spread as in real news.

    One in twenty is of 太原.
    """
    rng = random.Random(seed)
    pool = "".join(rng.choices(CHARACTERS, WEIGHTS, k=POOL))
    pool += pool[:PIECE]
    for index in range(number):
        length = max(80, min(8000, int(rng.lognormvariate(6.6, 0.75))))  # median 735, mean about 1,000 characters
        text = "".join(pool[at : at + PIECE] for at in rng.choices(range(POOL), k=length // PIECE))
        lines = [
            "，".join(text[at : at + 12] for at in range(start, start + 96, 12)) for start in range(0, len(text), 96)
        ]
        at = NEWEST - timedelta(days=1 / 500) * (number - index)
        key = f"bench:{index}"
        place = PLACES[index % len(PLACES)]
        dateline = Dateline(
            raw=f"新网{place}11月19日电", agency="新网", place=place, month=11, day=19, year=2025, end=11
        )
        yield Article(
            key=key,
            source="bench",
            url=f"https://bench.example/gn/2025/11-19/{index}.shtml",
            language="zh",
            headline=text[-20:],
            section="国内",
            dateline=dateline,
            authors=("某甲",),
            credit="新网",
            published=Printed(at=at, local=f"{at:%Y-%m-%dT%H:%M}+00:00", raw=f"{at:%Y-%m-%d %H:%M}"),
            body_html="".join(f"<p>{line}</p>" for line in lines),
            body_text=dateline.raw + " " + "\n".join(lines),
            keywords=(text[:2], text[5:7]),
            related=tuple(
                Related(
                    headline=text[n : n + 18], url=f"https://bench.example/r/{index}-{n}", key=f"bench:{index - n - 1}"
                )
                for n in range(6)
            ),
            disclaimer="本站转载内容均注明来源。" * 12,
            captures=(
                Capture(
                    url=f"https://bench.example/{index}", file="bench-1.warc.gz", offset=index, length=9, fetched_at=at
                ),
            ),
        )


def cpu(work: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of CPU that ``work`` takes, the mean of ``times``."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) * 1000 / times


def fill(path: Path, made: list[Article], batch: int) -> float:
    """Milliseconds an article."""
    writer = Writer(path, clock=Clock(NEWEST), batch=batch, seconds=3600)

    def work() -> None:
        for article in made:
            writer.add(article)
        writer.close()

    return cpu(work) / len(made)


def measure(made: list[Article], *, page_size: int, batch: int, search: str) -> list[str]:
    common = CHARACTERS[0] + CHARACTERS[1]
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(connection, "PAGE_SIZE", page_size),
        mock.patch.object(migrations, "SEARCH", search),
    ):
        path = Path(folder) / "news.db"
        each = fill(path, made, batch)
        database = sqlite3.connect(path)
        newest = "SELECT headline, summary, published_at FROM published ORDER BY published_at DESC LIMIT 20"
        reader = Reader(path)
        columns = [
            f"{page_size}",
            f"{batch}",
            "own text" if search is OWN_TEXT else "contentless",
            f"{each:.2f}",
            f"{path.stat().st_size / len(made):,.0f}",
            f"{cpu(lambda: database.execute(newest).fetchall(), 50):.2f}",
            f"{cpu(lambda: reader.article(made[len(made) // 2].key), 50):.2f}",
            f"{cpu(lambda: reader.search(common), 20):.2f}",
        ]
        reader.close()
        database.close()
    return columns


def main(number: int) -> None:
    made = list(articles(number))
    table = Table(title=f"{number:,} articles of {sum(len(a.body_text) for a in made) // number} characters")
    for name in (
        "page_size",
        "batch",
        "index",
        "ms/article",
        "bytes/article",
        "newest 20, ms",
        "by key, ms",
        "search, ms",
    ):
        table.add_column(name, justify="right")
    for page_size in PAGE_SIZES:
        table.add_row(*measure(made, page_size=page_size, batch=50, search=schema.SEARCH))
    for batch in BATCHES:
        table.add_row(*measure(made, page_size=schema.PAGE_SIZE, batch=batch, search=schema.SEARCH))
    table.add_row(*measure(made, page_size=schema.PAGE_SIZE, batch=50, search=OWN_TEXT))
    Console(width=120).print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
