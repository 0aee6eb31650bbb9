"""What 100,000 articles take on the disk: the store, and the archive with its rechecks.

    python benchmarks/disk.py

Pages go through the real ArchiveWriter: those of origin.py, which repeat their chrome and pack well, and, where the
corpus of saved pages lies beside the checkout, real ones. The store's part of a recheck is measured, too: an article
asked again in full has one more row of captures. growth.py puts this under its table.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import attrs
from grown import Store
from origin import article, listing
from store import NEWEST, articles

from newscrawl.archive.writer import ArchiveWriter
from newscrawl.items import Capture
from newscrawl.store.due import Outcome, Standing, State, next_due

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
MADE = 2000
PER = 100_000
LISTINGS, RUNS_A_DAY, ARTICLES_A_DAY = 6, 144, 500
"""As chinanews has, a run every ten minutes, the articles of benchmarks/store.py."""
URL = "https://bench.example/gn/2025/11-19/10518665.shtml"
SENT = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"67a1-5e2b"')]


def packed(bodies: Iterable[bytes], status: int = 200) -> float:
    """Mean bytes of a record: the body as servers send it, gzipped, and the record gzipped once more."""
    with tempfile.TemporaryDirectory() as folder:
        writer = ArchiveWriter(Path(folder), "bench")
        captures = [
            writer.write(
                url=URL, status=status, headers=SENT, body=gzip.compress(body, 6) if body else b"", fetched_at=NEWEST
            )
            for body in bodies
        ]
        writer.close()
    return sum(capture.length for capture in captures) / len(captures)


def rechecks() -> int:
    """How often an article that is found at once is asked again within 48 hours, whatever the answer."""
    standing = Standing(state=State.OPEN, recheck_until=NEWEST + timedelta(hours=48))
    now: datetime | None = NEWEST
    asked = -1
    while now is not None:
        standing = next_due(standing, Outcome.STORED, now)
        now, asked = standing.due_at, asked + 1
    return asked


def stored() -> tuple[float, float]:
    """Bytes of the store an article, and what each full recheck that finds it unchanged adds."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "news.db", MADE)
        store.grow(MADE)
        before = store.used()
        for _ in range(rechecks()):
            store.clock.moment += timedelta(hours=1)
            for made in articles(MADE):
                record = Capture(
                    url=made.url, file=_file(store.clock.now()), offset=1, length=9, fetched_at=store.clock.now()
                )
                store.writer.add(attrs.evolve(made, captures=(record,)))
            store.writer.flush()
        after = store.used()
        store.close()
    return before / MADE, (after - before) / MADE / rechecks()


def _file(moment: datetime) -> str:
    """As long as the names that fetch.shelf gives."""
    return f"chinanews/{moment:%Y-%m}/chinanews-{moment:%Y%m%dT%H%M%SZ}-1234567.warc.gz"


def report(store_each: float | None = None) -> list[str]:
    """``store_each``: bytes an article, where a larger store has been measured."""
    each, recheck = stored()
    each = store_each or each
    times = rechecks()
    answer_304 = packed([b""] * 20, status=304)
    kinds = {"made pages (origin.py)": [article(number) for number in range(300)]}
    if saved := sorted((CORPUS / "zh").glob("*.html.gz")):
        kinds[f"{len(saved)} saved pages of Chinese outlets"] = [gzip.decompress(path.read_bytes()) for path in saved]
    lines = [
        f"## Disk for {PER:,} articles",
        "",
        f"Store: {_gb(each)}; {_gb(recheck * times)} more where all are asked again in full {times} times "
        f"({recheck:.0f} bytes a recheck).",
        "",
        "| archive | page, sent unpacked | its record | asked once | "
        f"and {times} rechecks by 304, the last in full | and {times} rechecks in full |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, bodies in kinds.items():
        lines.append(_line(name, bodies, times, answer_304))
    channels = {"made, without menus": listing(1, 1000)}
    for path in (CORPUS / "chinanews").glob("channel*.gz"):
        channels["saved"] = gzip.decompress(path.read_bytes())
    for name, body in channels.items():
        record = packed([body])
        each = record * LISTINGS * RUNS_A_DAY / ARTICLES_A_DAY
        lines.append(f"| listings ({name}) | {len(body) / 1000:.0f} kB | {record / 1000:.1f} kB | {_gb(each)} | | |")
    return [*lines, "", *NOTES.format(times=times).splitlines(), ""]


def _line(name: str, bodies: Sequence[bytes], times: int, answer_304: float) -> str:
    record = packed(bodies)
    mean = sum(map(len, bodies)) / len(bodies)
    by_304, in_full = record * 2 + answer_304 * (times - 1), record * (times + 1)
    columns = [name, f"{mean / 1000:.0f} kB", f"{record / 1000:.1f} kB", _gb(record), _gb(by_304), _gb(in_full)]
    return f"| {' | '.join(columns)} |"


def _gb(each: float) -> str:
    return f"{each * PER / 1e9:.1f} GB"


NOTES = """\
The store holds the text, the archive the pages as they were sent, one gzipped record each. {times} rechecks are the
most that 48 hours have; an article that was found late has fewer. A publisher that sends neither ETag nor Last-Modified
sends each recheck in full. Of a real portal reckon with the saved pages, not with the made ones: real pages are longer
and repeat themselves less, and an article of several parts has a record for each. Listings: six in each run of ten
minutes, 500 articles a day, each run with news and each listing sent whole, which is the most there can be; a run
without news leaves no file, and a listing that has not changed takes nothing. `scrapy prune` takes archive files away,
articles stay.
"""


if __name__ == "__main__":
    print("\n".join(report()))
