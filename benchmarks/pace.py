"""CPU per page: reading beside what parsing alone costs, in the same breath on the same page."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from attrs import evolve, frozen
from corpus import Page, read
from lxml.html import document_fromstring

from newscrawl.items import FetchedPage
from newscrawl.text.tree import parse

ROUNDS = 3


@frozen(kw_only=True)
class Pace:
    """Milliseconds of CPU for one page, each the best of a few rounds."""

    bare: float
    """``lxml.html.document_fromstring`` of the bytes and nothing else."""
    parse: float
    """newscrawl's parse: encoding found, broken attributes mended."""
    whole: float
    """Parse and read."""

    @property
    def read(self) -> float:
        """Reading beyond the parse."""
        return max(0.0, self.whole - self.parse)


def paces(pages: Sequence[Page], *, generic: bool) -> list[Pace]:
    return [pace(page, generic=generic) for _, page in pages]


def pace(page: FetchedPage, *, generic: bool) -> Pace:
    fresh = evolve(page, tree=None)
    bare, own, whole = best(
        partial(document_fromstring, page.body),
        partial(parse, page.body, page.content_type),
        partial(read, fresh, generic),
    )
    return Pace(bare=bare, parse=own, whole=whole)


def best(*works: Callable[[], object]) -> list[float]:
    """Milliseconds of CPU of each, taken in turns, the best of a few rounds."""
    found = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for at, work in enumerate(works):
            started = time.process_time()
            work()
            found[at] = min(found[at], (time.process_time() - started) * 1000)
    return found


def columns(measured: Sequence[Pace]) -> Iterator[tuple[str, list[float]]]:
    yield "bare parse, ms", [one.bare for one in measured]
    yield "read, ms", [one.read for one in measured]
    yield "parse and read, ms", [one.whole for one in measured]
    yield "parse and read / bare", [one.whole / one.bare for one in measured]
    yield "read / bare", [one.read / one.bare for one in measured]


def spread(column: Sequence[float]) -> tuple[float, float, float, float]:
    """(median, mean, p95, most)."""
    ordered = sorted(column)
    p95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    return statistics.median(ordered), statistics.mean(ordered), p95, ordered[-1]


def speed(measured: Sequence[Pace]) -> None:
    """Prints the table. A ratio is taken page by page; the last line holds median against median, mean against mean."""
    print(f"  {'':22}  median    mean     p95    most")
    for name, column in columns(measured):
        print(f"  {name:22}" + "".join(f"{value:8.2f}" for value in spread(column)))
    middle, average = (
        function([one.whole for one in measured]) / function([one.bare for one in measured])
        for function in (statistics.median, statistics.mean)
    )
    print(f"  median by median {middle:.2f}, mean by mean {average:.2f}")
