"""Pages that nobody means to write and that the web serves nevertheless: how long each takes from bytes to an answer.

    python benchmarks/pathological.py [--only NAME] [--rounds N]

Each page is built here and read as a crawl reads it (``newscrawl.read_article``, by the generic chain). Printed are CPU
seconds of the reading and of the parse alone, and what came of it: an article or the reason of its rejection. Exits 1
where a page is over its bound or ends in any other way.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wild import PAGES

from newscrawl import read_article
from newscrawl.errors import NotAnArticle
from newscrawl.text.tree import parse

BOUND = 1.0
"""CPU seconds of any page."""
PLAIN_BOUND = 0.5
"""CPU seconds of a sound page of plain paragraphs, up to 5 MB."""
PLAIN = frozenset({"5 MB of plain paragraphs"})
GIVEN_UP = 20
"""CPU seconds after which a page is cut off."""
ADDRESS = "https://news.example/2025/11/19/wild.html"


class Endless(Exception):
    """The page was cut off."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--only", default="", help="only pages whose name holds this")
    options.add_argument("--rounds", type=int, default=1, help="the best of so many rounds counts")
    given = options.parse_args()
    slow = 0
    print(f"{'page':44} {'MB':>6} {'parse s':>8} {'read s':>8}  outcome")
    for name, build in PAGES.items():
        if given.only not in name:
            continue
        body = build()
        bare, _ = fastest(lambda body=body: str(parse(body).tag), given.rounds)
        spent, outcome = fastest(lambda body=body: outcome_of(body), given.rounds)
        bound = PLAIN_BOUND if name in PLAIN else BOUND
        over = spent > bound or outcome == "cut off"
        slow += over
        said = f"{outcome}, OVER {bound}" if over else outcome
        print(f"{name:44} {len(body) / 1e6:6.2f} {bare:8.3f} {spent:8.3f}  {said}", flush=True)
    print(f"{slow} over the bound")
    if slow:
        raise SystemExit(1)


def outcome_of(body: bytes) -> str:
    try:
        article = read_article(body, ADDRESS)
    except NotAnArticle as problem:
        return problem.reason.value
    return f"an article of {len(article.body_text)} characters"


def fastest(work: Callable[[], str], rounds: int) -> tuple[float, str]:
    """(CPU seconds of the fastest round, what it gave)."""
    best, outcome = float("inf"), ""
    for _ in range(rounds):
        started = time.process_time()
        try:
            with cut_off():
                outcome = work()
        except Endless:
            outcome = "cut off"
        best = min(best, time.process_time() - started)
    return best, outcome


@contextmanager
def cut_off() -> Iterator[None]:
    """Ends the work inside after GIVEN_UP CPU seconds."""

    def end(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


if __name__ == "__main__":
    main()
