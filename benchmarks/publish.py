"""What the reprint site costs to write: from nothing, again when nothing has changed, and after 100 changes.

    python benchmarks/publish.py [--sizes 10000,100000] [--folder FOLDER] [--write]

A store of made-up articles, a thousand a day from six sources, with places, sections, keywords, pictures, related
links and versions of one story, is grown to each of the sizes. At each a fresh folder is published into by a process
of its own, as ``scrapy publish`` does, three times: with nothing there; at once again; and after 100 changes (40 new
articles, 40 corrected ones from anywhere in the archive, 20 that their publishers took back). Beside it stands a bare
loop: as many files of the same sizes, each filled by a template of one line and written in place.

100,000 articles take about 6 GB in FOLDER (default: the system's folder for temporary files) and half an hour; it is
removed at the end. ``--write`` puts the tables into benchmarks/publish.md.

Bounds: from one size to the next, ten times as large, memory may grow by a quarter, files written after 100 changes
twice and their CPU three times; a run without a change writes nothing. What 100 changes cost grows until days and
months are full, since a list is cut into parts from the first article of its day (of topics, its month) on: one that is
taken back moves all that come after it there. Compare CPU, which neighbours disturb less than the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import grown
import jinja2
from machine import machine
from store import NEWEST, articles

from newscrawl.errors import Reason
from newscrawl.items import Article, Image, Link, Printed, Related
from newscrawl.options import Site
from newscrawl.pipelines.group import group
from newscrawl.publish.folder import OWN
from newscrawl.publish.site import publish
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Publisher, Writer

HERE = Path(__file__).resolve().parent
SITE = Site(name="晋阳网", base="https://jinyang.example", handle="晋阳", language="zh", contact="post@jinyang.example")
SOURCES = ("morning", "evening", "river", "hill", "harbour", "plain")
SHARES = (30, 25, 20, 12, 8, 5)
SECTIONS = ("国内", "国际", "社会", "财经", "体育", "文化", "科技", "健康", "教育", "军事")
A_DAY = 1000
KEYWORDS = 20_000
"""Words that articles are tagged with; the 100 most frequent ones make up a half of the tags."""
VERSIONS = 0.1
RECENT = 1000
NEW, CORRECTED, TAKEN_BACK = 40, 40, 20
CHANGES = NEW + CORRECTED + TAKEN_BACK
BYTES_EACH = 60_000
"""Store and sites, an article; asked for beforehand."""
MORE_MEMORY, MORE_FILES, MORE_CPU = 1.25, 2.0, 3.0


def news(number: int, seed: int = 5) -> Iterator[Article]:
    """benchmarks/store.py's articles as several newsrooms would have written them, oldest first."""
    rng = random.Random(seed)
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    keywords = ["".join(rng.choices(signs, k=rng.choice((2, 2, 3, 4)))) for _ in range(KEYWORDS)]
    weights = [1 / (rank + 3) for rank in range(KEYWORDS)]
    recent: deque[list[str]] = deque(maxlen=RECENT)
    last: deque[Related] = deque(maxlen=6)
    for index, article in enumerate(articles(number, seed)):
        source = rng.choices(SOURCES, SHARES)[0]
        at = NEWEST - timedelta(days=1 / A_DAY) * (number - index)
        assert article.dateline is not None
        lines = [f"{line}。" for line in article.body_text.removeprefix(f"{article.dateline.raw} ").split("\n")]
        if recent and rng.random() < VERSIONS:
            whole = rng.choice(recent)
            lines = whole[: max(len(whole) // 2, 2)]
        else:
            recent.append(lines)
        lines = [f"{article.dateline.raw} {lines[0]}", *lines[1:]]
        url = f"https://{source}.example/{at:%Y/%m-%d}/{index}.shtml"
        made = attrs.evolve(
            article,
            key=f"{source}:{index}",
            source=source,
            url=url,
            section=rng.choice(SECTIONS),
            published=Printed(at=at, local=f"{at:%Y-%m-%dT%H:%M}+00:00", raw=f"{at:%Y-%m-%d %H:%M}"),
            body_text="\n".join(lines),
            body_html="".join(f"<p>{line}</p>" for line in lines),
            keywords=tuple(dict.fromkeys(rng.choices(keywords, weights, k=2))),
            images=(Image(url=f"{url}.jpg", caption="资料图", credit="新网", alt="街景"),) if index % 2 else (),
            related=tuple(last),
        )
        last.appendleft(Related(headline=made.headline or "", url=url, key=made.key, published=made.published))
        yield group(made)


class Store(grown.Store):
    """A store of several sources, whose articles can be changed."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, number)
        self.writer.close()
        publishers = [Publisher(slug=name, name=name.title(), home=f"https://{name}.example/") for name in SOURCES]
        self.writer = Writer(path, sources=publishers, clock=self.clock, recheck=timedelta(hours=48), seconds=3600)
        self._made = news(number)
        self._to_change: list[Article] = []

    def _keep(self, batch: Sequence[Article]) -> None:
        self._to_change += batch[::25]
        self.frontier.record([Link(source=a.source, key=a.key, url=a.url, found_in=a.url) for a in batch])
        for article in batch:
            self.writer.add(article)
        self.writer.flush()

    def change(self) -> None:
        """100 changes."""
        chosen = random.Random(self.size).sample(self._to_change, CORRECTED + TAKEN_BACK)
        for article in chosen[:CORRECTED]:
            text = f"{article.body_text}\n本报昨日所记的人数有误，应为三人。"
            html = f"{article.body_html}<p>本报昨日所记的人数有误，应为三人。</p>"
            self.writer.add(attrs.evolve(article, body_text=text, body_html=html, correction="更正：人数应为三人。"))
        for _ in range(2):
            self.clock.moment += timedelta(hours=3)
            for article in chosen[CORRECTED:]:
                self.writer.gone(article.key, Reason.GONE)
            self.writer.flush()
        self._to_change = [article for article in self._to_change if article not in chosen]
        self.grow(self.size + NEW)


# -- in a process of its own -------------------------------------------------------------------------------------------


def published(db: Path, root: Path, now: str) -> Mapping[str, Any]:
    with Reader(db) as reader:
        done = publish(reader, root, SITE, now=datetime.fromisoformat(now))
    return attrs.asdict(done)


def written_bare(sizes: Path, root: Path) -> Mapping[str, Any]:
    page = jinja2.Environment(autoescape=True).from_string("<p>{{ text }}</p>")
    text = "新闻" * 500_000
    for line in sizes.read_text(encoding="utf-8").splitlines():
        size, _, name = line.partition(" ")
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.render(text=text[: max((int(size) - 7) // 3, 0)]).encode())
    os.sync()
    return {}


def peak() -> float:
    """Megabytes of this process at most. (ru_maxrss would tell of the one that started it, too.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def run_child(name: str, arguments: Sequence[str]) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    if name == "publish":
        told = published(Path(arguments[0]), Path(arguments[1]), arguments[2])
    else:
        told = written_bare(Path(arguments[0]), Path(arguments[1]))
    spent = {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu, "peak": peak()}
    print(json.dumps({**told, **spent}))


# -- and what is made of it --------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Measured:
    """Of one size."""

    articles: int
    files: int
    bytes: int
    first: Mapping[str, Any]
    again: Mapping[str, Any]
    changed: Mapping[str, Any]
    bare: Mapping[str, Any]


def child(name: str, *arguments: object) -> Mapping[str, Any]:
    command = [sys.executable, __file__, "--child", name, *map(str, arguments)]
    told: Mapping[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return told


def measure(store: Store, folder: Path) -> Measured:
    root, bare, sizes = folder / "site", folder / "bare", folder / "sizes"
    articles, moment = store.size, store.clock.moment.isoformat
    store.bytes()
    first = child("publish", store.path, root, moment())
    files = {path: path.stat().st_size for path in _files(root)}
    sizes.write_text("".join(f"{size} {path.relative_to(root)}\n" for path, size in files.items()), encoding="utf-8")
    loop = child("bare", sizes, bare)
    shutil.rmtree(bare)
    again = child("publish", store.path, root, moment())
    store.change()
    changed = child("publish", store.path, root, moment())
    shutil.rmtree(root)
    return Measured(
        articles=articles,
        files=len(files),
        bytes=sum(files.values()),
        first=first,
        again=again,
        changed=changed,
        bare=loop,
    )


def _files(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        if OWN in names:
            names.remove(OWN)
        yield from (Path(folder, name) for name in files)


def table(columns: Sequence[Measured]) -> Iterator[str]:
    yield f"| articles | {' | '.join(f'{column.articles:,}' for column in columns)} |"
    yield "|---|" + "---:|" * len(columns)
    rows = {
        "files": lambda m: f"{m.files:,}",
        "megabytes": lambda m: f"{m.bytes / 1e6:,.0f}",
        "**from nothing**, seconds": lambda m: f"{m.first['wall']:.0f} (CPU {m.first['cpu']:.0f})",
        "articles a second": lambda m: f"{m.articles / m.first['wall']:.0f}",
        "files a second": lambda m: f"{m.files / m.first['wall']:,.0f}",
        "memory at most, MB": lambda m: f"{m.first['peak']:.0f}",
        "the bare loop, seconds": lambda m: f"{m.bare['wall']:.0f} (CPU {m.bare['cpu']:.0f})",
        "CPU to the bare loop's": lambda m: f"{m.first['cpu'] / m.bare['cpu']:.1f}",
        "**nothing changed**, seconds": lambda m: f"{m.again['wall']:.2f} (CPU {m.again['cpu']:.2f})",
        "files written": lambda m: f"{m.again['written']:,}",
        f"**after {CHANGES} changes**, seconds": lambda m: f"{m.changed['wall']:.1f} (CPU {m.changed['cpu']:.1f})",
        "pages of articles looked at": lambda m: f"{m.changed['articles']:,}",
        "files written, removed": lambda m: f"{m.changed['written']:,}, {m.changed['removed']:,}",
        "of all files": lambda m: f"{m.changed['written'] / m.files:.2%}",
        "CPU to that from nothing": lambda m: f"{m.changed['cpu'] / m.first['cpu']:.2%}",
        "memory at most after changes, MB": lambda m: f"{m.changed['peak']:.0f}",
    }
    for name, told in rows.items():
        yield f"| {name} | {' | '.join(map(told, columns))} |"


def over(columns: Sequence[Measured]) -> Iterator[str]:
    for column in columns:
        if column.again["written"] or column.again["removed"]:
            yield f"{column.articles:,}: {column.again['written']} files written though nothing had changed"
    for small, large in pairwise(columns):
        step = f"from {small.articles:,} to {large.articles:,}"
        bounds = (
            ("memory from nothing", small.first["peak"], large.first["peak"], MORE_MEMORY),
            ("memory after changes", small.changed["peak"], large.changed["peak"], MORE_MEMORY),
            ("files written after changes", small.changed["written"], large.changed["written"], MORE_FILES),
            ("CPU after changes", small.changed["cpu"], large.changed["cpu"], MORE_CPU),
        )
        for name, before, after, bound in bounds:
            if after > before * bound:
                yield f"{step} {name} grows {after / before:.2f} times, over {bound}"


def run(folder: Path, sizes: Sequence[int]) -> Iterator[Measured]:
    store = Store(folder / "news.db", sizes[-1] + NEW * len(sizes))
    try:
        for size in sizes:
            began = time.perf_counter()
            store.grow(size)
            print(f"{size:,} articles, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
            yield measure(store, folder)
            print(f"published, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    finally:
        store.close()


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        run_child(sys.argv[2], sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/publish.md")
    given = parser.parse_args()
    sizes = sorted(int(size) for size in given.sizes.split(","))
    grown.check_disk(given.folder, sizes[-1] * BYTES_EACH // grown.BYTES_EACH)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        columns = list(run(Path(folder), sizes))
    wrong = list(over(columns))
    said = "`benchmarks/publish.py` wrote this; its first lines say what was done."
    head = f"# What the reprint site costs to write\n\n{said}\n\n{machine()}.\n"
    page = "\n".join([head, *table(columns), "", *(wrong or ["All within the bounds."]), ""])
    if given.write:
        (HERE / "publish.md").write_text(page, encoding="utf-8")
    print(page)
    if wrong:
        raise SystemExit("over the bounds")


if __name__ == "__main__":
    main()
