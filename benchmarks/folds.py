"""Each site left out in turn: does what was tuned on the others hold on a site that nobody looked at?

Nothing in the reader is fitted by a program; its numbers were set by hand while people looked at these pages. So two
things are shown. **Spread**: how a site's pages are read against all others' mean. **Search**: every number of the
modules in ``TUNED`` is put to other values, one at a time and some together; for every site the setting that is best on
all other sites is chosen and scored on that site (``out of fold``), and held against the setting that is best on all
pages (``in sample``). Were the numbers fitted to the pages, the first would lie well below the second.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from inspect import getsource
from pkgutil import iter_modules
from types import ModuleType

from attrs import frozen
from corpus import CORPUS, FOLDERS, Part
from scores import Score, body_f1, field_means

TUNED = "newscrawl.extract"
FACTORS = (0.5, 0.75, 1.33, 2.0)
ROUGH = (0.5, 2.0)
"""Of whole numbers: lengths and counts."""
BOUNDS = ("MOST", "_MOST")
"""How names begin of numbers that hold pathological pages down; they are not tuned."""
TOGETHER = 24
"""Settings in which every number is drawn at random."""
SEED = 4
BOUND = 0.02
"""Two points: what may be lost from in sample to out of fold."""
_SET = re.compile(r"^((?:_?[A-Z][A-Z_]+(?:, )?)+) = ", re.MULTILINE)
FIELDS = ("headline", "authors", "day", "editors", "credit")


@frozen
class Number:
    """A constant of a module."""

    module: ModuleType
    name: str
    value: float

    def times(self, factor: float) -> float:
        return round(self.value * factor) if isinstance(self.value, int) else self.value * factor


Setting = tuple[tuple[Number, float], ...]


def numbers(package: str = TUNED) -> list[Number]:
    """Every number in capitals that a module of the package sets itself; a copy that another imports stays as it is."""
    found: list[Number] = []
    for info in iter_modules(import_module(package).__path__, f"{package}."):
        module = import_module(info.name)
        own = _SET.findall(getsource(module))
        names = [name.strip() for line in own for name in line.split(",")]
        for name in names:
            value = None if name.startswith(BOUNDS) else vars(module).get(name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                found.append(Number(module, name, value))
    return found


def settings(known: Sequence[Number]) -> Iterator[tuple[str, Setting]]:
    """Today's, each number alone times each factor, and some with all numbers drawn."""
    yield "as it is", ()
    for number in known:
        for factor in ROUGH if isinstance(number.value, int) else FACTORS:
            if (value := number.times(factor)) != number.value:
                yield f"{number.module.__name__.rpartition('.')[2]}.{number.name} {value:g}", ((number, value),)
    draw = random.Random(SEED)
    for at in range(TOGETHER):
        yield f"drawn {at}", tuple((number, number.times(draw.choice((0.75, 1.0, 1.0, 1.33)))) for number in known)


@contextmanager
def set_to(setting: Setting) -> Iterator[None]:
    for number, value in setting:
        setattr(number.module, number.name, value)
    try:
        yield
    finally:
        for number, _ in setting:
            setattr(number.module, number.name, number.value)


def measure(scores: Sequence[Score]) -> float:
    """What is maximised: body F1 and the fields, the body counting half."""
    known = field_means(scores)
    fields = [known[name] for name in FIELDS if name in known]
    return (body_f1(scores) + sum(fields) / len(fields)) / 2 if fields else body_f1(scores)


def report(parts: Sequence[Part]) -> None:
    if not parts:
        print(f"no site can be left out: the real pages are not there ({CORPUS} wants {', '.join(FOLDERS)})")
    for part in parts:
        print(f"## {part.name}, {len(part.pages)} pages\n")
        known = numbers()
        tried = []
        for name, setting in settings(known):
            with set_to(setting):
                tried.append((name, part.scores(generic=True)))
        print("\n".join(spread(tried[0][1])))
        print("\n".join(searched(tried)), end="\n\n")


def spread(scores: Sequence[Score]) -> Iterator[str]:
    """Every site with its body F1 and that of all others, the worst first."""
    yield "| site | pages | body F1 | all others | fields wrong |"
    yield "|---|---|---|---|---|"
    sites = sorted({one.site for one in scores}, key=lambda site: body_f1([one for one in scores if one.site == site]))
    for site in sites[:12]:
        own = [one for one in scores if one.site == site]
        others = [one for one in scores if one.site != site]
        wrong = ", ".join(sorted({name for one in own for name in one.wrong if name in FIELDS}))
        yield f"| {site} | {len(own)} | {body_f1(own):.3f} | {body_f1(others):.3f} | {wrong} |"
    yield f"\n{len(sites)} sites; the best {max(0, len(sites) - 12)} are not shown.\n"


def searched(tried: Sequence[tuple[str, Sequence[Score]]]) -> Iterator[str]:
    """In sample against out of fold, and which settings were chosen."""
    sites = sorted({one.site for one in tried[0][1]})
    best = max(tried, key=lambda one: measure(one[1]))
    chosen: dict[str, int] = {}
    assembled: list[Score] = []
    for site in sites:
        name, scores = max(tried, key=lambda one: measure([score for score in one[1] if score.site != site]))
        chosen[name] = chosen.get(name, 0) + 1
        assembled += [score for score in scores if score.site == site]
    yield f"{len(tried)} settings tried, {len(sites)} sites left out in turn."
    yield "| | body F1 | body and fields |"
    yield "|---|---|---|"
    for title, scores in (("as it is", tried[0][1]), (f"in sample ({best[0]})", best[1]), ("out of fold", assembled)):
        yield f"| {title} | {body_f1(scores):.4f} | {measure(scores):.4f} |"
    lost = measure(best[1]) - measure(assembled)
    yield f"\nLost out of fold: {lost:.4f}: " + ("within" if lost <= BOUND else "MORE THAN") + " two points."
    yield "Chosen: " + ", ".join(f"{name} ({count} sites)" for name, count in sorted(chosen.items()))
