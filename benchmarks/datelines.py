"""Measures read_dateline on the labelled openings: exact by field and by shape, false datelines, microseconds.

    python benchmarks/datelines.py [--misses]

The openings are third-party texts and stay outside the project, in ../shared/corpus/datelines beside the checkout.
A row with ``doubt`` could be labelled otherwise by a careful editor; such rows are shown apart.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from newscrawl.items import Dateline
from newscrawl.text.dateline import read_dateline
from newscrawl.text.dates import read_printed

GOLD = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus" / "datelines" / "gold.jsonl"
FIELDS = ("agency", "region_edition", "place", "month and day", "year", "form", "slug", "reporters", "correspondents")
MORE = ("raw", "story_starts")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NUMBERED = {name: f"{number:02}" for number, name in enumerate(_MONTHS, 1)}


def rows(path: Path = GOLD) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def published(row: dict[str, Any]) -> date | None:
    """The day a row says it was published; the corpus prints it in several forms ('3-MAR-1987 13:13:47.06')."""
    text = (row["published"] or "").strip()
    if not text:
        return None
    day, _, rest = text.partition("-")
    if rest[:3] in _NUMBERED and day.isdigit():
        text = f"{rest[4:8]}-{_NUMBERED[rest[:3]]}-{int(day):02}"
    printed = read_printed(text)
    return date.fromisoformat(printed.local[:10]) if printed else None


def wanted(row: dict[str, Any]) -> dict[str, Any]:
    place = row["place"]
    return {
        **{name: row[name] for name in ("agency", "region_edition", "year", "form", "slug", "raw")},
        "place": tuple(place) if isinstance(place, list) else place,
        "month and day": (row["month"], row["day"]),
        "reporters": tuple(row["reporters"]),
        "correspondents": tuple(row["correspondents"]),
        "story_starts": "".join((row["story_starts"] or "").split()),
    }


def got(line: Dateline | None, text: str) -> dict[str, Any]:
    if line is None:
        return dict.fromkeys((*FIELDS, *MORE)) | {"month and day": (None, None), "reporters": (), "correspondents": ()}
    return {
        **{name: getattr(line, name) for name in ("agency", "region_edition", "year", "form", "slug", "raw", "place")},
        "month and day": (line.month, line.day),
        "reporters": line.reporters,
        "correspondents": line.correspondents,
        "story_starts": "".join(text[line.end : line.end + 12].split()),
    }


def misses(row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field -> (wanted, got) where they differ."""
    want, have = wanted(row), got(read_dateline(row["text"], published(row)), row["text"])
    unlike = {name: (want[name], have[name]) for name in (*FIELDS, *MORE) if want[name] != have[name]}
    start = want["story_starts"]
    if "story_starts" in unlike and start and have["story_starts"] and have["story_starts"].startswith(start):
        del unlike["story_starts"]
    return unlike


def shape(row: dict[str, Any]) -> str:
    form = row["form"] or "none"
    parts = [form, *(name for name in ("region_edition", "place", "month", "slug") if row[name])]
    return " + ".join({"region_edition": "region", "month": "date"}.get(part, part) for part in parts)


def exact(found: Iterable[dict[str, tuple[Any, Any]]]) -> dict[str, tuple[int, int]]:
    """Field -> (exact, rows)."""
    listed = list(found)
    return {name: (sum(name not in unlike for unlike in listed), len(listed)) for name in (*FIELDS, *MORE)}


def false_datelines(unlabelled: Iterable[dict[str, Any]]) -> list[str]:
    """What was found in rows that have no dateline."""
    lines = ((row, read_dateline(row["text"], published(row))) for row in unlabelled)
    return [f"{line.raw!r} in {row['text'][:40]!r}" for row, line in lines if line is not None]


def microseconds(texts: list[str], rounds: int = 20) -> float:
    started = time.process_time()
    for _ in range(rounds):
        for text in texts:
            read_dateline(text)
    return (time.process_time() - started) * 1e6 / (rounds * len(texts))


def main(arguments: list[str]) -> int:
    if not GOLD.exists():
        print(
            f"no corpus at {GOLD.parent}; the labelled openings are third-party texts and do not ship", file=sys.stderr
        )
        return 1
    gold = rows()
    firm = [row for row in gold if not row.get("doubt")]
    with_line = [row for row in firm if row["has_dateline"]]
    soft = [row for row in gold if row.get("doubt") and row["has_dateline"]]
    sure = [(row, misses(row)) for row in with_line]
    print(f"{len(gold)} openings; {len(with_line)} undoubted datelines")
    for (name, (right, count)), (_, (soft_right, soft_count)) in zip(
        exact(unlike for _, unlike in sure).items(), exact(misses(row) for row in soft).items(), strict=True
    ):
        print(f"  {name:16} {right:4}/{count} {right / count:7.1%}      doubted {soft_right:3}/{soft_count}")
    print("by shape (all fields but raw and story_starts exact)")
    for name in sorted({shape(row) for row in with_line}):
        part = [unlike for row, unlike in sure if shape(row) == name]
        print(f"  {name:28} {sum(not unlike.keys() - set(MORE) for unlike in part):4}/{len(part)}")
    without = [row for row in firm if not row["has_dateline"]]
    false = false_datelines(without)
    print(f"false datelines: {len(false)} of {len(without)} undoubted openings without one")
    for text in false:
        print(f"  {text}")
    soft_false = false_datelines(row for row in gold if row.get("doubt") and not row["has_dateline"])
    print(f"  of the doubted ones: {len(soft_false)}")
    print(
        f"{microseconds([row['text'] for row in with_line]):.1f} us an opening with a dateline, "
        f"{microseconds([row['text'] for row in without]):.1f} us without"
    )
    if "--misses" in arguments:
        for row, unlike in [*sure, *((row, misses(row)) for row in soft)]:
            if unlike:
                print("doubted" if row.get("doubt") else "MISS", repr(row["text"][:60]), unlike)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
