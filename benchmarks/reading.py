"""How truly and how fast pages are read, against hand-made gold: fields, body F1, CPU against parsing alone.

    python benchmarks/reading.py [FOLDER ...] [--generic] [--pages]

A FOLDER holds gold.jsonl and the saved pages it names (default: ../shared/corpus/chinanews beside the checkout).
Scores: body = F1 on 4-character shingles of letters and digits (mean precision over pages with output, mean recall over
all); headline exact after white-space folding; authors and editors as sets; published to the minute where gold has one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from newscrawl.errors import NotAnArticle
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page
from newscrawl.text.tree import folded, parse, parsed

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
ROUNDS = 5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--generic", action="store_true", help="switch the publishers' rules off")
    options.add_argument("--pages", action="store_true", help="print what is wrong, page by page")
    given = options.parse_args()
    for folder in given.folders or [CORPUS / "chinanews"]:
        if (folder / "gold.jsonl").is_file():
            report(folder, generic=given.generic, pages=given.pages)
        else:
            print(f"{folder}: no gold.jsonl there, nothing measured")


def report(folder: Path, *, generic: bool, pages: bool) -> None:
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line]
    right: dict[str, list[bool]] = defaultdict(list)
    precision, recall, times = [], [], []
    for gold in rows:
        body = (folder / gold["file"]).read_bytes()
        body = gzip.decompress(body) if gold["file"].endswith(".gz") else body
        page = FetchedPage(url=gold.get("url") or "", body=body)
        tree = parsed(page)
        times.append((cpu(partial(parse, body)), cpu(partial(_read, tree, generic))))
        article = _read(tree, generic)
        scores = judge(article, gold)
        for field, fits in scores.items():
            right[field].append(fits)
        got, want = shingles(article.body_text if article else ""), shingles("\n".join(gold.get("body") or []))
        optional = shingles("\n".join([*gold.get("optional", ()), *gold.get("byline_lines", ())]))
        if got:
            precision.append(len(got & (want | optional)) / len(got))
        needed = want - optional
        recall.append(len(got & needed) / len(needed) if needed else 1.0)
        wrong = [field for field, fits in scores.items() if not fits]
        if pages:
            print(f"{gold['file']:44} P {precision[-1] if got else 0:.3f} R {recall[-1]:.3f} wrong: {', '.join(wrong)}")
    p, r = statistics.mean(precision or [0.0]), statistics.mean(recall or [0.0])
    print(f"{folder.name}: {len(rows)} pages{' (generic reader)' if generic else ''}")
    print(f"  body F1 {2 * p * r / (p + r) if p + r else 0:.3f} (P {p:.3f} R {r:.3f})")
    print("  " + "  ".join(f"{field} {sum(fits) / len(fits):.3f}" for field, fits in right.items()))
    parsing, reading = (sorted(column) for column in zip(*times, strict=True))
    for name, column in (("parsing alone", parsing), ("reading beyond it", reading)):
        p95 = column[min(len(column) - 1, round(len(column) * 0.95))]
        middle, mean = statistics.median(column), statistics.mean(column)
        print(f"  {name:18} CPU ms a page: median {middle:.2f}  mean {mean:.2f}  p95 {p95:.2f}")


def judge(article: Article | None, gold: dict[str, Any]) -> dict[str, bool]:
    """Field -> is it right; fields that gold does not give are left out."""
    dateline = article.dateline if article else None
    printed = article.published.local.partition("+")[0] if article and article.published else ""
    wanted = gold.get("published") or ""
    scores = {
        "headline": folded(article.headline or "") == folded(gold["headline"]) if article else False,
        "day": printed[:10] == wanted[:10],
        "minute": printed[:16] == wanted[:16],
        "authors": set(article.authors if article else ()) == set(gold.get("authors") or ()),
        "editors": set(article.editors if article else ()) == set(gold.get("editors") or ()),
        "credit": (article.credit if article else None) == gold.get("credit"),
    }
    raw = gold["dateline"]["raw"] if isinstance(gold.get("dateline"), dict) else gold.get("dateline")
    scores["dateline"] = (dateline.raw if dateline else None) == raw
    related = {folded(row["title"]) for row in gold.get("related") or ()}
    if related:
        found = {row.headline for row in article.related} if article else set()
        scores["related"] = len(related & found) >= 0.9 * len(related)
    return scores


def shingles(text: str) -> set[str]:
    signs = "".join(sign for sign in text if sign.isalnum())
    return {signs[at : at + 4] for at in range(max(1, len(signs) - 3))} if signs else set()


def cpu(work: Any) -> float:
    """Milliseconds of CPU, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best * 1000


def _read(page: FetchedPage, generic: bool) -> Article | None:
    try:
        return read_page(page, generic=generic)
    except NotAnArticle:
        return None


if __name__ == "__main__":
    main()
