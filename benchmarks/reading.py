"""How truly and how fast pages are read, against hand-made gold: fields, body F1, CPU against parsing alone.

    python benchmarks/reading.py [FOLDER ...] [--generic] [--pages] [--only NAME] [--by site|language] [--quick]
    python benchmarks/reading.py --floor | --write-floor | --lower PART:FIELD --reason TEXT
    python benchmarks/reading.py --folds
    python benchmarks/reading.py --publishers [--pages] [--write]

A FOLDER holds gold.jsonl and the saved pages it names (default: those of ../shared/corpus beside the checkout); the
project's own cases are measured always. How each field is scored: ``scores.py``; the floor: ``floor.py``; sites left
out in turn: ``folds.py``; publishers' rules on and off: ``publishers.py``; other readers on the same pages:
``peers.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import floor
import folds
import publishers
from corpus import CORPUS, FOLDERS, Part, halves, own_cases, pages_of, part_of, read, standard_parts
from machine import machine
from pace import Pace, paces, speed
from scores import Score, body_f1, field_means, figures, mean

__all__ = ["CORPUS", "main", "pages_of", "read"]

COLUMNS = ("whole", "headline", "day", "authors", "editors", "credit", "dateline", "related")


def main() -> None:
    given = arguments().parse_args()
    if given.floor or given.write_floor or given.lower:
        sys.exit(floor.command(write=given.write_floor, lower=given.lower, reason=given.reason))
    if given.publishers:
        publishers.report(pages=given.pages, into_docs=given.write)
        return
    if given.folds:
        folds.report(standard_parts())
        return
    print(machine())
    timed: list[Pace] = []
    for folder in given.folders or [CORPUS / name for name in FOLDERS]:
        if not (folder / "gold.jsonl").is_file():
            print(f"{folder}: no gold.jsonl there, nothing measured")
            continue
        part = part_of(folder, only=given.only)
        if part.mixed_up:
            print(f"{part.name}: {len(part.mixed_up)} pages left out, their gold is of another page")
            print("".join(f"  {name}\n" for name in part.mixed_up if given.pages), end="")
        measure(part, given)
        if part.pages and not given.quick:
            measured = paces(part.pages, generic=given.generic)
            speed(measured)
            timed += measured
    measure(own_cases(given.only), given)
    if timed:
        print(f"all {len(timed)} real pages:")
        speed(timed)


def arguments() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--generic", action="store_true", help="switch the publishers' rules off")
    options.add_argument("--pages", action="store_true", help="print what is wrong, page by page")
    options.add_argument("--only", default="", help="only pages whose file name holds this")
    options.add_argument("--by", choices=("site", "language"), help="a table of sites or of languages as well")
    options.add_argument("--quick", action="store_true", help="no timing")
    options.add_argument("--floor", action="store_true", help="compare with the floor; exit 1 where a figure fell")
    options.add_argument("--write-floor", action="store_true", help="raise the floor to what is reached; never lower")
    options.add_argument("--lower", metavar="PART:FIELD", help="lower one figure of the floor to what is reached")
    options.add_argument("--reason", default="", help="why it is lowered; has to stand in CHANGELOG.md in these words")
    options.add_argument(
        "--publishers", action="store_true", help="every publisher's pages, with its rules and without"
    )
    options.add_argument("--write", action="store_true", help="with --publishers: into docs/reading.md as well")
    options.add_argument("--folds", action="store_true", help="leave each site out in turn")
    return options


def measure(part: Part, given: argparse.Namespace) -> None:
    if not part.pages:
        return
    scores = part.scores(generic=given.generic)
    report(part.name, scores)
    for half in halves(part):
        names = {gold["file"] for gold, _ in half.pages}
        report(half.name, [one for one in scores if one.file in names])
    if given.by:
        by(given.by, scores)
    if given.pages:
        for one in scores:
            print(line_of(one))


def report(title: str, scores: Sequence[Score]) -> None:
    p, r = mean(one.precision for one in scores) or 0.0, mean(one.recall for one in scores) or 0.0
    print(f"{title}: {len(scores)} pages, {sum(one.article is None for one in scores)} without an article")
    print(f"  body F1 {body_f1(scores):.4f} (P {p:.4f} R {r:.4f})")
    print("  " + "  ".join(f"{name} {value:.3f}" for name, value in field_means(scores).items()))


def line_of(one: Score) -> str:
    p, r = one.precision or 0.0, one.recall or 0.0
    return f"{one.file:46} P {p:.3f} R {r:.3f} wrong: {', '.join(one.wrong)}"


def by(what: str, scores: Sequence[Score]) -> None:
    """A row for every site or language."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(getattr(one, what), []).append(one)
    print(f"| {what} | pages | body F1 | " + " | ".join(COLUMNS) + " |")
    print("|---|" + "---|" * (len(COLUMNS) + 2))
    for name, own in sorted(groups.items()):
        known = figures(own)
        cells = (f"{known[column]:.2f}" if column in known else "–" for column in COLUMNS)
        print(f"| {name} | {len(own)} | {known.get('body', 0.0):.3f} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
