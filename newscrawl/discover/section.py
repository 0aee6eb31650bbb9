"""The articles of a section's page (频道, a category, a tag), learnt from the page: nobody says where they stand.

A link is weighed by its address (:mod:`newscrawl.text.likeness`, and what is known of its shape), by what it says (a
headline is a clause) and by where it stands: the same place of the markup again and again, with a time beside it, and
not in a menu or a footer. Links whose addresses have the shape of those found stand by them, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.discover.anchors import Candidate, Spot, candidates_of, is_plausible, repeated, spots_of
from newscrawl.discover.beside import item_of, owners, time_beside
from newscrawl.discover.following import following_of
from newscrawl.discover.listing import base_of
from newscrawl.discover.shapes import NOTHING, Experience, shape_of, weight
from newscrawl.items import FetchedPage, Found
from newscrawl.text.spelling import name_of
from newscrawl.text.tree import parsed
from newscrawl.text.urls import domain_of, host_of

T = TypeVar("T")

_ENOUGH = 0.7
_NEAR = 0.3
"""Enough for an address whose shape most articles of the page have."""
_SURE = 1.2
"""Enough for one whose shape hardly any of them has."""
_SAYS, _HEADED, _REPEATED, _TIMED = 0.8, 0.3, 0.25, 0.3


@frozen(kw_only=True)
class Learnt:
    articles: tuple[Found, ...]
    """In page order, each address once: with its longest headline, and the time printed beside it, where one is."""
    following: str | None
    """The address of the section's next page."""


def find(page: FetchedPage, experience: Experience = NOTHING, own: Callable[[str], bool] | None = None) -> Learnt:
    """What a section's page links of its articles, and where it goes on.

    ``own`` says of an address whether it may be an article of the site; None: every one of the registered domain.
    Raises :class:`~newscrawl.errors.NotAnArticle` (NOT_HTML, UNREADABLE) where the body is no page at all.
    """
    tree = parsed(page).tree
    assert tree is not None
    base = base_of(tree, page.url)
    mine = own or _same_domain(page.url)
    spots = tuple(spots_of(tree, base))
    here = name_of(page.url)
    candidates = {name: one for name, one in candidates_of(spots).items() if name != here and mine(one.url)}
    taken = _Weighed(candidates, experience)
    return Learnt(articles=tuple(taken.found()), following=following_of(tree, spots, page.url))


class _Weighed:
    """The candidates of one page, each with its best link and what speaks for it."""

    def __init__(self, candidates: Mapping[str, Candidate], experience: Experience) -> None:
        self._candidates, self._experience = candidates, experience
        places = repeated(candidates.values())
        plausible = {name: one for name, one in candidates.items() if is_plausible(one)}
        self._owner = owners((spot.element, name) for name, one in plausible.items() for spot in one.spots)
        self._leads: dict[HtmlElement, bool] = {}
        self._times: dict[str, str | None] = {}
        self._score: dict[str, float] = {}
        for name, one in candidates.items():
            value = {
                spot: _SAYS * spot.saying + _HEADED * spot.headed + spot.standing + _REPEATED * (spot.place in places)
                for spot in one.spots
            }
            best = one.best(value)
            self._times[name] = self._time(name, one, best) if name in plausible else None
            timed = _TIMED if self._times[name] else 0.0
            self._score[name] = min(weight(one.url, experience), 1.0) + value[best] + timed

    def _time(self, name: str, one: Candidate, best: Spot) -> str | None:
        words = max((spot.words for spot in one.spots), key=len)
        for spot in sorted(one.spots, key=lambda spot: spot is not best):
            item = item_of(spot.element, name, self._owner)
            if found := time_beside(item, words, self._owner, self._leads):
                return found
        return None

    def found(self) -> Iterable[Found]:
        shapes = _shapes({name: shape_of(one.url) for name, one in self._candidates.items()}, self._score)
        for name, one in self._candidates.items():
            share, number = shapes[shape_of(one.url)]
            needed = _NEAR if number >= 4 and share >= 0.6 else _SURE if number >= 8 and share <= 0.25 else _ENOUGH
            if self._score[name] >= needed:
                spot = max(one.spots, key=lambda spot: spot.standing)
                yield Found(url=spot.url, headline=_headline(one), time_text=self._times[name])


def _shapes(shapes: Mapping[str, str], score: Mapping[str, float]) -> dict[str, tuple[float, int]]:
    """Shape -> (share of its addresses that are enough, how many there are)."""
    groups: dict[str, list[float]] = {}
    for name, shape in shapes.items():
        groups.setdefault(shape, []).append(score[name])
    return {
        shape: (sum(value >= _ENOUGH for value in values) / len(values), len(values))
        for shape, values in groups.items()
    }


def _headline(one: Candidate) -> str | None:
    """The longest that a link says which is no opening of the story: what ends like a sentence is none, where another
    says something."""
    said = [spot.words for spot in one.spots if spot.saying > 0]
    headed = [spot.words for spot in one.spots if spot.headed and spot.saying > 0]
    short = [words for words in said if not words.endswith(("。", "…", "...")) and len(words) <= _LONGEST_HEADLINE]
    return max(headed or short or said or [spot.words for spot in one.spots], key=len) or None


_LONGEST_HEADLINE = 150
"""Characters."""


def _same_domain(url: str) -> Callable[[str], bool]:
    domain = domain_of(host_of(url))
    return lambda other: domain_of(host_of(other)) == domain
