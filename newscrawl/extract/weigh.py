"""Signals weighed against each other: who says what of a field, how far each is believed, and what most of them say.

Witnesses that agree strengthen each other as independent ones do: two of .6 make .84. The group that is surest wins.
A publisher's own selector is not weighed, it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import prod
from typing import Generic, TypeVar

from attrs import frozen

from newscrawl.health import HANDS

T = TypeVar("T")

SURENESS: Mapping[str, float] = {
    "selector": 0.99,
    "jsonld": 0.9,
    "microdata": 0.88,
    "meta": 0.85,
    "text": 0.85,
    "state": 0.8,
    "generic": 0.7,
    "hint": 0.6,
}
"""How sure an answer is (0 to 1) that nothing else was held against, by who gave it."""
FLOOR = 0.3
"""A group of witnesses less sure than this is no answer."""


@frozen
class Witness(Generic[T]):
    who: str
    """One of newscrawl.health.HANDS."""
    value: T
    weight: float
    """0 to 1: how far it is believed where it stands alone."""


@frozen(kw_only=True)
class Verdict(Generic[T]):
    who: str
    """The surest hand of those that agree."""
    sure: float
    value: T
    """What the first of them says; the caller may prefer another's spelling."""
    agreed: tuple[Witness[T], ...]
    """In the order given."""


def weigh(witnesses: Iterable[Witness[T]], same: Callable[[T, T], bool], *, floor: float = FLOOR) -> Verdict[T] | None:
    """What most of the witnesses say; None where nobody says anything, or not surely enough.

    A witness stands with every other of whom ``same`` holds. The group round each is weighed; where two groups weigh
    the same, the one round the earlier witness wins.
    """
    heard = tuple(witnesses)
    best: Sequence[Witness[T]] = ()
    most = 0.0
    for one in heard:
        group = [other for other in heard if other is one or same(one.value, other.value)]
        sure = together(other.weight for other in group)
        if sure > most + 1e-9:
            best, most = group, sure
    if not best or most < floor:
        return None
    hands = [one.who for one in best]
    return Verdict(who=min(hands, key=_rank), sure=most, value=best[0].value, agreed=tuple(best))


def together(weights: Iterable[float]) -> float:
    """How sure independent witnesses are who say the same."""
    return 1 - prod(1 - weight for weight in weights)


def _rank(hand: str) -> int:
    return HANDS.index(hand) if hand in HANDS else len(HANDS)
