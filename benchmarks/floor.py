"""The floor under the reader's figures: it only rises.

``reading_floor.json`` holds, for every part (the real pages' folders, the project's own cases) and field, the best
figure that was written into it, and beside that what is ``wanted``: (least, aimed at). A part of real pages is known by
the SHA-256 of its gold, so that another corpus is never held against it. To raise: ``reading.py --write-floor``, which
lowers nothing. To lower one figure: ``--lower "PART:FIELD" --reason TEXT``, and the reason has to stand in CHANGELOG.md
in the same words; it is kept in the file too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from attrs import frozen
from corpus import CORPUS, FOLDERS, ROOT, own_cases, standard_parts
from scores import figures

FILE = Path(__file__).resolve().parent / "reading_floor.json"
CHANGELOG = ROOT / "CHANGELOG.md"
SHORTEST = 20
"""Characters of a reason."""
STEP = 10_000
"""A figure is kept to the fourth decimal, cut off."""

Floor = dict[str, Any]


class Refused(ValueError):
    """The floor is not lowered; the words say why."""


@frozen(kw_only=True)
class Measured:
    """What one part reaches today."""

    name: str
    pages: int
    figures: dict[str, float]
    digest: str | None = None


def measured_own() -> list[Measured]:
    """The project's own cases, by their publishers' rules and by the generic reader alone."""
    part = own_cases()
    return [
        Measured(name=name, pages=len(part.pages), figures=_cut(figures(part.scores(generic=generic))))
        for name, generic in ((part.name, False), (f"{part.name}, generic reader", True))
    ]


def measured_corpus() -> list[Measured]:
    """The real pages, by the generic reader alone; [] where they are not there."""
    return [
        Measured(
            name=part.name,
            pages=len(part.pages),
            figures=_cut(figures(part.scores(generic=True))),
            digest=part.digest,
        )
        for part in standard_parts()
    ]


def _cut(values: dict[str, float]) -> dict[str, float]:
    return {name: int(value * STEP + 1e-6) / STEP for name, value in values.items()}


# -- comparing ---------------------------------------------------------------------------------------------------------
def load(path: Path = FILE) -> Floor:
    floor: Floor = json.loads(path.read_text(encoding="utf-8"))
    return floor


def comparable(floor: Floor, one: Measured) -> bool:
    """Whether the floor was set on the same gold."""
    known = floor["parts"].get(one.name)
    return known is not None and known["gold"] == one.digest


def falls(floor: Floor, measured: Sequence[Measured]) -> list[str]:
    """What lies below the floor, a sentence each; a field that is no longer measured lies below it."""
    return [words for one in measured if comparable(floor, one) for words in _falls(floor["parts"][one.name], one)]


def _falls(known: dict[str, Any], one: Measured) -> Iterator[str]:
    if one.pages < known["pages"]:
        yield f"{one.name}: {one.pages} pages are measured, there were {known['pages']}"
    for field, least in known["figures"].items():
        value = one.figures.get(field)
        if value is None:
            yield f"{one.name}: {field} is not measured, the floor is {least:.4f}"
        elif value < least:
            yield f"{one.name}: {field} is {value:.4f}, the floor is {least:.4f}"


# -- writing -----------------------------------------------------------------------------------------------------------
def raised(floor: Floor, measured: Sequence[Measured]) -> Floor:
    """The floor with every figure that is better; a part of another gold is begun anew, a part not measured kept."""
    new = deepcopy(floor)
    for one in measured:
        known = new["parts"][one.name] if comparable(floor, one) else {"gold": one.digest, "pages": 0, "figures": {}}
        least = known["figures"]
        known["pages"] = max(known["pages"], one.pages)
        known["figures"] = least | {name: max(value, least.get(name, 0.0)) for name, value in one.figures.items()}
        new["parts"][one.name] = known
    return new


def lowered(floor: Floor, measured: Sequence[Measured], what: str, reason: str, changelog: str) -> Floor:
    """The floor with one figure ('PART:FIELD') put down to what is reached, and why. Raises :class:`Refused`."""
    name, _, field = what.rpartition(":")
    one = next((one for one in measured if one.name == name), None)
    if one is None or not comparable(floor, one):
        raise Refused(f"{name!r} is no part that is measured here; there are {', '.join(one.name for one in measured)}")
    least, value = floor["parts"][name]["figures"].get(field), one.figures.get(field)
    if least is None:
        raise Refused(f"{field!r} is no field of {name}; there are {', '.join(floor['parts'][name]['figures'])}")
    if value is not None and value >= least:
        raise Refused(f"{name}: {field} is {value:.4f}, not below its floor of {least:.4f}: there is nothing to lower")
    if len(reason) < SHORTEST or " ".join(reason.split()) not in " ".join(changelog.split()):
        raise Refused(f"a floor is lowered for a reason of {SHORTEST} characters or more that stands in CHANGELOG.md")
    new = deepcopy(floor)
    if value is None:
        del new["parts"][name]["figures"][field]
    else:
        new["parts"][name]["figures"][field] = value
    new["lowered"].append({"part": name, "field": field, "from": least, "to": value, "reason": reason})
    return new


def command(*, write: bool, lower: str | None, reason: str) -> int:
    """Prints the table and says what fell; writes where asked to. The exit code."""
    floor, measured = load(), [*measured_own(), *measured_corpus()]
    try:
        if lower:
            floor = lowered(floor, measured, lower, reason, CHANGELOG.read_text(encoding="utf-8"))
        elif write:
            floor = raised(floor, measured)
    except Refused as refusal:
        print(refusal)
        return 2
    if lower or write:
        FILE.write_text(json.dumps(floor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(floor, measured)))
    fallen, left = falls(floor, measured), not_compared(floor, measured)
    print("\n".join([*left, *fallen]), end="\n" if left or fallen else "")
    if not fallen:
        print("nothing that was compared lies below the floor" if left else "nothing lies below the floor")
    return 1 if fallen else 0


def not_compared(floor: Floor, measured: Sequence[Measured]) -> list[str]:
    """A sentence for every part of the floor that says nothing today: its pages are not there, or are others."""
    known = {one.name: comparable(floor, one) for one in measured}
    missing = [name for name in floor["parts"] if name not in known]
    others = [name for name, same in known.items() if not same]
    folders = ", ".join(name for name in FOLDERS if not (CORPUS / name / "gold.jsonl").is_file())
    where = f" ({CORPUS} lacks {folders})" if folders else ""
    return [
        *(f"NOT COMPARED: {name}: its pages are not there{where}" for name in missing),
        *(f"NOT COMPARED: {name}: its gold is another one than the floor's" for name in others),
    ]


def table(floor: Floor, measured: Sequence[Measured]) -> Iterator[str]:
    """Markdown: part, field, today, the floor, what is wanted."""
    yield "| pages | field | today | floor | wanted: least | aim |"
    yield "|---|---|---|---|---|---|"
    for one in measured:
        if not comparable(floor, one):
            yield f"| {one.name} ({one.pages}) | its gold is another one than the floor's: not compared | | | | |"
            continue
        wanted = floor["wanted"].get(one.name, {})
        for field, least in floor["parts"][one.name]["figures"].items():
            value = one.figures.get(field)
            asked, aim = wanted.get(field, (None, None))
            short = " (short)" if asked is not None and (value is None or value < asked) else ""
            cells = (_shown(value) + short, _shown(least), _shown(asked), _shown(aim))
            yield f"| {one.name} ({one.pages}) | {field} | " + " | ".join(cells) + " |"


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
