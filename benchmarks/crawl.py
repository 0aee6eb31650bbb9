"""What a page costs: newscrawl whole (find, read, store, index, archive) against a bare Scrapy spider, in turns.

    python benchmarks/crawl.py [--articles 2000] [--rounds 3] [--memory]

Prints CPU per page (user + system of the crawl's process, start-up included on both sides), their ratio per round, and
with ``--memory`` the peak memory at 2,000 and at 10,000 pages. Loopback only.
"""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BOUND = 2.5
MEMORY_BOUND = 0.10
SETTINGS = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
    "LOG_LEVEL": "WARNING",
}


def run(command: list[str], cwd: Path, env: dict[str, str]) -> tuple[float, float]:
    """CPU seconds and peak memory (MiB) of one process, by the kernel's own account of it."""
    child = subprocess.Popen(command, cwd=cwd, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def flags() -> list[str]:
    return [word for name, value in SETTINGS.items() for word in ("-s", f"{name}={value}")]


def whole(origin: str, articles: int, folder: Path) -> tuple[float, float]:
    db = folder / "news.db"
    env = os.environ | {
        "PYTHONPATH": str(HERE),
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
        "BENCH_ORIGIN": origin,
        "BENCH_PAGES": str(-(-articles // 125)),
        "NEWSCRAWL_DB": str(db),
        "NEWSCRAWL_ARCHIVE": str(folder / "archive"),
        "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
        "NEWSCRAWL_NOW": "",
        "NEWSCRAWL_CONTACT": "bench@localhost",
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "bench", "-s", "SPIDER_MODULES=bench_sources", *flags()]
    cost = run(command, folder, env)
    with sqlite3.connect(db) as connection:
        stored = connection.execute("SELECT count(*) FROM published").fetchone()[0]
        found = connection.execute("""SELECT count(*) FROM search WHERE search MATCH '"太 原"'""").fetchone()[0]
    if stored != articles or not found:
        raise SystemExit(f"stored {stored} of {articles} articles, {found} of them found by a search: not comparable")
    return cost


def bare(origin: str, articles: int, folder: Path) -> tuple[float, float]:
    env = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    spider = [sys.executable, "-m", "scrapy", "runspider", str(HERE / "bare.py")]
    return run([*spider, "-a", f"origin={origin}", "-a", f"articles={articles}", *flags()], folder, env)


def measure(kind: str, articles: int) -> tuple[float, float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, str(HERE / "origin.py"), str(port), str(articles)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()
        with tempfile.TemporaryDirectory() as folder:
            work = whole if kind == "whole" else bare
            return work(f"http://127.0.0.1:{port}", articles, Path(folder))
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="also the peak memory at 2,000 and 10,000 pages")
    options = parser.parse_args()
    ratios = []
    print(f"{options.articles} articles, loopback, no delays; CPU milliseconds a page")
    for number in range(options.rounds):
        base = measure("bare", options.articles)[0] / options.articles * 1000
        cost = measure("whole", options.articles)[0] / options.articles * 1000
        ratios.append(cost / base)
        print(f"round {number + 1}: bare {base:.2f}  newscrawl {cost:.2f}  ratio {cost / base:.2f}", flush=True)
    over = statistics.median(ratios) > BOUND
    print(f"ratio, median of {options.rounds}: {statistics.median(ratios):.2f} (bound {BOUND})")
    if options.memory:
        small, large = (measure("whole", count)[1] for count in (2000, 10000))
        grown = large / small - 1
        over = over or grown > MEMORY_BOUND
        print(f"peak memory: {small:.0f} MiB at 2,000 pages, {large:.0f} MiB at 10,000: {grown:+.1%} (bound 10 %)")
    if over:
        raise SystemExit("over the bound")


if __name__ == "__main__":
    main()
