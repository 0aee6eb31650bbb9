"""Measures places_in on 100 Chinese openings labelled by hand: precision, recall, microseconds.

    python benchmarks/places.py [--misses] [--speed]

The texts are third-party and stay outside the project, in ../shared/corpus beside the checkout; places_gold.json holds
by row the places that headline and lead (200 characters after the dateline) name, and ``optional`` those that a careful
editor could name or leave. The rows were drawn with a fixed seed (75 openings, 25 pages) and labelled before the reader
was tuned, on other rows. What counts: docs/topics.md.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

from newscrawl.text.dateline import read_dateline
from newscrawl.topics.page import LEAD
from newscrawl.topics.places import place_called, places_in

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
GOLD = Path(__file__).resolve().parent / "places_gold.json"


@frozen(kw_only=True)
class Result:
    rows: int
    right: int
    wrong: int
    missed: int
    misses: list[str] = field(factory=list, repr=False)
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)


def texts() -> Iterator[tuple[str, str, str]]:
    """Id, headline ('' where a row has none) and text of every opening and page there is."""
    for file in ("gold.jsonl", "unlabelled.jsonl.gz"):
        path = CORPUS / "datelines" / file
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield row["id"], "", row["text"]
    for line in (CORPUS / "zh" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if page["headline"] and page["body"]:
            yield page["file"].removesuffix(".html.gz"), page["headline"], "\n".join(page["body"])


def read(headline: str, text: str) -> set[str]:
    """What topics_told takes from headline and lead."""
    line = read_dateline(text)
    place = (line.place if isinstance(line.place, str) else (line.place or [""])[0]) if line else ""
    near = place_called(place or "", "zh")
    lead = text[line.end if line else 0 :].lstrip()[:LEAD]
    return {found.name for part in (headline, lead) for found in places_in(part, language="zh", near=near)}


def measure() -> Result | None:
    """None where the corpus is not there."""
    if not (CORPUS / "datelines").is_dir():
        return None
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    right = wrong = missed = rows = 0
    misses, seconds = [], 0.0
    for name, headline, text in texts():
        if name in gold:
            began = time.perf_counter()
            found = read(headline, text)
            seconds += time.perf_counter() - began
            wanted = set(gold[name]["places"])
            extra = found - wanted - set(gold[name].get("optional", ()))
            rows += 1
            right, wrong, missed = right + len(found & wanted), wrong + len(extra), missed + len(wanted - found)
            if extra or wanted - found:
                misses.append(f"{name}: wrong {sorted(extra)}, missed {sorted(wanted - found)}")
    return Result(rows=rows, right=right, wrong=wrong, missed=missed, misses=misses, seconds=seconds)


def speed() -> tuple[float, float]:
    """Milliseconds to build, and per article over the corpus's openings (places alone, no dateline read)."""
    began = time.perf_counter()
    places_in("太原", language="zh")
    built = time.perf_counter() - began
    some = [(headline, text[:LEAD]) for _, headline, text in texts()][:3000]
    began = time.perf_counter()
    for headline, text in some:
        places_in(headline, language="zh")
        places_in(text, language="zh")
    return built * 1000, (time.perf_counter() - began) / len(some) * 1000


def main() -> None:
    if "--speed" in sys.argv:
        print("built in {:.1f} ms; {:.3f} ms an article".format(*speed()))
    result = measure()
    if result is None:
        sys.exit(f"no corpus at {CORPUS}")
    print(f"{result.rows} rows: {result.right} right, {result.wrong} wrong, {result.missed} missed")
    print(f"precision {result.precision:.3f}, recall {result.recall:.3f}")
    if "--misses" in sys.argv:
        print(*result.misses, sep="\n")


if __name__ == "__main__":
    main()
