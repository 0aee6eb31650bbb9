"""A run without news on a store of 100,000 articles: what it asks, what it writes, and its CPU against an empty run.

    python benchmarks/no_news.py [--articles 100000] [--rounds 7] [--folder FOLDER] [--write]

The source has as many listings as chinanews has, on the loopback, answered by ETag and 304; all their links are known,
and every recheck is done until later. The empty run is ``scrapy crawl`` of the same project with the same settings and
a source that has no listing: it imports the same, takes its lock, opens the same store, writes its row in the ledger,
and asks nothing. The two take turns; the settings are newscrawl's own, delays included, but for the loopback's
permission. Told beside them, not bounded: the same run with listings read whole (no validators), and a spider that
does nothing in the same settings without newscrawl's runs (no lock, no store, no ledger; Scrapy's own command).

The bound is on the median of the rounds' ratios: 1.3. FOLDER (1.6 GB; default: the system's for temporary files) is
left empty. ``--write`` puts the outcome into benchmarks/no_news.md.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from crawl import run as run_process
from grown import SOURCE, Store, check_disk
from machine import machine
from store import NEWEST

from newscrawl.clock import stamp

HERE = Path(__file__).resolve().parent
BOUND = 1.3
NOW = NEWEST + timedelta(minutes=10)
CHANNELS = ("/china/", "/society/", "/world/", "/finance/")
LISTINGS = ("/list/1.html", *CHANNELS, "/feed.xml")


class Newsroom(BaseHTTPRequestHandler):
    """Listings that never change, with and without validators. ``asked`` counts by path, ``unchanged`` the 304s."""

    protocol_version = "HTTP/1.1"
    pages: ClassVar[dict[str, tuple[str, bytes]]] = {}
    asked: ClassVar[Counter[str]] = Counter()
    unchanged: ClassVar[Counter[str]] = Counter()
    validators = True

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        kind, body = self.pages.get(self.path, ("", b""))
        known = self.validators and self.headers.get("If-None-Match") == '"1"' and self.path in LISTINGS
        self.unchanged[self.path] += known
        self.send_response(304 if known else 200 if kind else 404)
        if self.validators and self.path in LISTINGS:
            self.send_header("ETag", '"1"')
        if not known:
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if known else body)

    def log_message(self, format: str, *words: object) -> None:
        pass


def pages(articles: int) -> dict[str, tuple[str, bytes]]:
    """The newest 125 on the list, 40 on a channel, 30 in the feed, the chrome of a portal round those of pages."""
    html = "text/html; charset=utf-8"
    newest = list(range(articles - 1, max(articles - 126, -1), -1))
    menu = "".join(f'<li><a href="/channel{n}/">频道{n}</a></li>' for n in range(150))

    def page(numbers: list[int]) -> tuple[str, bytes]:
        rows = "".join(
            f'<li><a href="/a/{n}.shtml">第{n}条新闻的标题</a> <span>11-19 15:29</span></li>' for n in numbers
        )
        return html, f'<html><body><ul class="nav">{menu}</ul><ul class="list">{rows}</ul></body></html>'.encode()

    items = "".join(f"<item><title>第{n}条</title><link>ORIGIN/a/{n}.shtml</link></item>" for n in newest[:30])
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>新闻</title>{items}</channel></rss>'
    made = {"/list/1.html": page(newest), "/feed.xml": ("application/rss+xml", feed.encode())}
    made |= {channel: page(newest[at : at + 40]) for at, channel in enumerate(CHANNELS)}
    return made | {"/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private/\n")}


@contextmanager
def serving(articles: int) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Newsroom)
    server.daemon_threads = True
    origin = f"http://127.0.0.1:{server.server_port}"
    made = pages(articles)
    Newsroom.pages = {path: (kind, body.replace(b"ORIGIN", origin.encode())) for path, (kind, body) in made.items()}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def grown(path: Path, articles: int) -> None:
    """A store that is kept well: what is fresh has been asked again, and is due later."""
    store = Store(path, articles)
    store.grow(articles)
    store.clock.moment = NEWEST
    after = 0
    while True:
        found, after = store.frontier.again(SOURCE, limit=200, after=after)
        if not found:
            break
        for each in found:
            store.frontier.unchanged(each.link.key)
    store.close()


class Runs:
    """``scrapy crawl`` over and over on one store."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder = folder
        self.db = folder / "news.db"
        self.archive = folder / "archive"
        self._env = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")} | {
            "PYTHONPATH": str(HERE),
            "BENCH_ORIGIN": origin,
            "NEWSCRAWL_DB": str(self.db),
            "NEWSCRAWL_ARCHIVE": str(self.archive),
            "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
            "NEWSCRAWL_NOW": stamp(NOW),
            "NEWSCRAWL_CONTACT": "bench@localhost",
        }

    def crawl(self, source: str) -> float:
        """CPU milliseconds."""
        return self._scrapy("newscrawl.settings", "crawl", source, "-s", "SPIDER_MODULES=quiet_sources")

    def nothing(self) -> float:
        return self._scrapy("nothing.settings", "crawl", "nothing")

    def _scrapy(self, settings: str, *words: str) -> float:
        command = [sys.executable, "-m", "scrapy", *words, "-s", "LOG_FILE=log"]
        return run_process(command, self.folder, self._env | {"SCRAPY_SETTINGS_MODULE": settings})[0] * 1000


def written(runs: Runs, source: str) -> dict[str, int]:
    """How many pages of which table or index a run writes: read from the WAL, which a second connection keeps open."""
    connection = sqlite3.connect(runs.db)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("SELECT 1 FROM ledger").fetchall()
    runs.crawl(source)
    wal = Path(f"{runs.db}-wal").read_bytes()
    page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    frame = page_size + 24
    numbers = {int.from_bytes(wal[at : at + 4], "big") for at in range(32, len(wal) - frame + 1, frame)}
    names: Counter[str] = Counter()
    for page, name in connection.execute("SELECT pageno, name FROM dbstat"):
        names[name] += page in numbers
    connection.close()
    return {name: number for name, number in names.items() if number}


def counted(db: Path) -> dict[str, int]:
    """Rows by table."""
    with sqlite3.connect(db) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
        tables = [name for (name,) in connection.execute(query)]
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    connection.close()
    return counts


def observed(runs: Runs, *, trusted: bool) -> tuple[list[str], list[str]]:
    """What a run asks, writes and leaves, in lines; and what it should not have.

    ``trusted``: the listings' validators are younger than an hour; older ones are not asked with.
    """
    files, before = set(runs.archive.rglob("*.gz")), counted(runs.db)
    Newsroom.asked.clear()
    Newsroom.unchanged.clear()
    pages_written = written(runs, SOURCE)
    asked, unchanged = dict(Newsroom.asked), Newsroom.unchanged.total()
    left, after = set(runs.archive.rglob("*.gz")) - files, counted(runs.db)
    more = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    wrong = []
    if asked != dict.fromkeys(("/robots.txt", *LISTINGS), 1):
        wrong.append(f"requests should be robots.txt and {len(LISTINGS)} listings, once each: {asked}")
    if unchanged != (len(LISTINGS) if trusted else 0):
        wrong.append(f"answers by 304 should be {len(LISTINGS) if trusted else 0}: {unchanged}")
    if more != {"ledger": 1}:
        wrong.append(f"rows should be one more in the ledger: {more}")
    allowed = {"ledger", "ledger_when", "ledger_open"} | (set() if trusted else {"listings"})
    if others := set(pages_written) - allowed:
        wrong.append(f"nothing should be written but the ledger's row and validators: {sorted(others)}")
    if left:
        wrong.append(f"no WARC file should be left: {len(left)}")
    when = "Validators younger than an hour" if trusted else "Validators older than an hour"
    asked_words = (
        f"{sum(asked.values())} requests = robots.txt and {len(LISTINGS)} listings, {unchanged} answered by 304"
    )
    return [
        f"- {when}: {asked_words}; no article. Rows added: {_words(more)}; pages of the file written: "
        f"{_words(pages_written)}; WARC files left: {len(left)}."
    ], wrong


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())


def age_validators(db: Path) -> None:
    """As if the listings had been read whole two hours ago."""
    with sqlite3.connect(db) as connection:
        then = stamp(NOW - timedelta(hours=2))
        connection.execute("UPDATE listings SET full_at = ?, finished_at = min(finished_at, ?)", (then, then))
    connection.close()


def measured(runs: Runs, rounds: int) -> tuple[list[str], list[str]]:
    cpu: dict[str, list[float]] = {"idle": [], "304": [], "read whole": [], "a spider that does nothing": []}
    for number in range(rounds):
        cpu["idle"].append(runs.crawl("idle"))
        cpu["304"].append(runs.crawl(SOURCE))
        Newsroom.validators = False
        cpu["read whole"].append(runs.crawl(SOURCE))
        Newsroom.validators = True
        runs.crawl(SOURCE)  # keeps the validators anew
        cpu["a spider that does nothing"].append(runs.nothing())
        shown = ", ".join(f"{name} {times[-1]:.0f}" for name, times in cpu.items())
        print(f"round {number + 1}: CPU ms: {shown}", file=sys.stderr, flush=True)
    ratios = [news / idle for news, idle in zip(cpu["304"], cpu["idle"], strict=True)]
    ratio = statistics.median(ratios)
    names = {
        "idle": "an empty run",
        "304": "**no news, listings by 304**",
        "read whole": "no news, listings read whole",
    }
    lines = ["| CPU ms of the process | median | least | to an empty run |", "|---|---:|---:|---:|"]
    empty = statistics.median(cpu["idle"])
    for name, times in cpu.items():
        middle = statistics.median(times)
        lines.append(f"| {names.get(name, name)} | {middle:.0f} | {min(times):.0f} | {middle / empty:.2f} |")
    lines += ["", f"Ratio, median of {rounds} rounds in turns: {ratio:.2f} (bound {BOUND})."]
    return lines, [f"CPU is {ratio:.2f} times an empty run's, over {BOUND}"] if ratio > BOUND else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--write", action="store_true", help="put the outcome into benchmarks/no_news.md")
    given = parser.parse_args()
    check_disk(given.folder, given.articles)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder, serving(given.articles) as origin:
        runs = Runs(Path(folder), origin)
        grown(runs.db, given.articles)
        runs.crawl("idle")
        runs.crawl(SOURCE)  # meets the listings for the first time, and keeps their validators
        seen, wrong = observed(runs, trusted=True)
        age_validators(runs.db)
        later, wrong_later = observed(runs, trusted=False)
        seen, wrong = [*seen, *later], [*wrong, *wrong_later]
        times, slow = measured(runs, given.rounds)
    verdict = [*wrong, *slow] or ["As it should be."]
    head = f"# A run without news, {given.articles:,} articles stored\n\n`benchmarks/no_news.py` wrote this.\n"
    page = "\n".join([head, f"{machine()}.\n", *seen, "", *times, "", *verdict, ""])
    if given.write:
        (HERE / "no_news.md").write_text(page, encoding="utf-8")
    print(page)
    if wrong or slow:
        raise SystemExit("not as it should be")


if __name__ == "__main__":
    main()
