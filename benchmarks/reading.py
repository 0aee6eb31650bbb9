"""How truly and how fast pages are read, against hand-made gold: fields, body F1, CPU against parsing alone.

    python benchmarks/reading.py [FOLDER ...] [--generic] [--pages] [--only NAME]

A FOLDER holds gold.jsonl and the saved pages it names (default: those of ../shared/corpus beside the checkout). How
each field is scored: ``scores.py``. Speed is CPU in one run: reading beyond the parse, the parse, and their ratio.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from scores import Score, body_f1, field_means, is_of_another_page, mean, score

from newscrawl.errors import NotAnArticle
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page
from newscrawl.text.tree import parse, parsed

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
FOLDERS = ("chinanews", "zh", "world")
ROUNDS = 3


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--generic", action="store_true", help="switch the publishers' rules off")
    options.add_argument("--pages", action="store_true", help="print what is wrong, page by page")
    options.add_argument("--only", default="", help="only pages whose file name holds this")
    options.add_argument("--quick", action="store_true", help="no timing")
    given = options.parse_args()
    for folder in given.folders or [CORPUS / name for name in FOLDERS]:
        if not (folder / "gold.jsonl").is_file():
            print(f"{folder}: no gold.jsonl there, nothing measured")
            continue
        pages = [(gold, parsed(page)) for gold, page in pages_of(folder, given.only)]
        own = [pair for pair in pages if not is_of_another_page(pair[0], shown(pair[1]))]
        if len(own) < len(pages):
            print(f"{folder.name}: {len(pages) - len(own)} pages left out, their gold is of another page")
        scores = [score(read(page, given.generic), gold) for gold, page in own]
        for title, part in parts_of(folder.name, scores):
            report(title, part)
        if given.pages:
            for one in scores:
                print(line_of(one))
        if not given.quick:
            speed(folder, given.only, given.generic)


def pages_of(folder: Path, only: str = "") -> Iterator[tuple[dict[str, Any], FetchedPage]]:
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        if only in gold["file"] and gold.get("is_article", True):
            body = (folder / gold["file"]).read_bytes()
            body = gzip.decompress(body) if gold["file"].endswith(".gz") else body
            yield gold, FetchedPage(url=gold.get("url") or "", body=body)


def shown(page: FetchedPage) -> str:
    """All text of the page, scripts included."""
    assert page.tree is not None
    return " ".join(cast("list[str]", page.tree.xpath("//text()")))


def parts_of(name: str, scores: Sequence[Score]) -> Iterator[tuple[str, Sequence[Score]]]:
    """The folder; world's halves apart, whose gold is of two makers."""
    yield name, scores
    halves = [one for one in scores if one.site == "aeb"], [one for one in scores if one.site != "aeb"]
    if all(halves):
        yield f"{name}: article-extraction-benchmark", halves[0]
        yield f"{name}: fundus", halves[1]


def report(title: str, scores: Sequence[Score]) -> None:
    p, r = mean(one.precision for one in scores) or 0.0, mean(one.recall for one in scores) or 0.0
    print(f"{title}: {len(scores)} pages, {sum(one.article is None for one in scores)} without an article")
    print(f"  body F1 {body_f1(scores):.4f} (P {p:.4f} R {r:.4f})")
    print("  " + "  ".join(f"{name} {value:.3f}" for name, value in field_means(scores).items()), end="")
    print(f"  not authors {sum(one.unseemly for one in scores)}")


def line_of(one: Score) -> str:
    wrong = [name for name, value in one.fields.items() if value is not None and value < 1]
    p = one.precision if one.precision is not None else 0.0
    return f"{one.file:46} P {p:.3f} R {one.recall:.3f} wrong: {', '.join(wrong)}"


def speed(folder: Path, only: str, generic: bool) -> None:
    parsing, reading = [], []
    for _, page in pages_of(folder, only):
        parsing.append(cpu(partial(parse, page.body)))
        reading.append(cpu(partial(read, page, generic)))
    ratios = sorted(whole / bare for whole, bare in zip(reading, parsing, strict=True))
    for name, column in (("parse alone, ms", parsing), ("parse and read, ms", reading), ("ratio", ratios)):
        column = sorted(column)
        p95, middle = column[min(len(column) - 1, round(len(column) * 0.95))], statistics.median(column)
        print(
            f"  {name:18} median {middle:.2f}  mean {statistics.mean(column):.2f}  p95 {p95:.2f}  most {column[-1]:.2f}"
        )


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of CPU, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best * 1000


def read(page: FetchedPage, generic: bool) -> Article | None:
    try:
        return read_page(parsed(page), generic=generic)
    except NotAnArticle:
        return None


if __name__ == "__main__":
    main()
