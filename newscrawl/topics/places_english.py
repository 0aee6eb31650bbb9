"""Countries, capitals and China's provinces in English text, by whole words with their capitals as printed. Pure."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.topics.gazetteer import Place, gazetteer

_NAMES = """
Jordan Georgia Chad Victoria Stanley Hamilton Kingston Georgetown Sofia Jersey Guernsey Dominica Lima Male Santiago
Castries Douglas Dallas Denver Houston Washington Sydney Florence Paris London Israel Cuba Kenya Holland Bern Turkey
Melbourne Perth Phoenix Auckland Munich Milan Bali Praia Roseau Apia Suva Guinea Mali Niger Congo Monaco
"""
_PERSONS = frozenset(_NAMES.split())
"""Persons and things bear them, too."""
_THINGS = "Jordan Georgia Chad Victoria Stanley Hamilton Male Sofia Jersey Douglas Turkey Florence"
_PROVEN_ALONE = frozenset(_THINGS.split())
"""Of these, those that are taken only after a word of place or beside another place."""
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|from|to|near|across|outside|inside|of|with|visit|visits|visited)|[,-])\s(?:the\s)?$"
)
_NAME_BEFORE = re.compile(r"(?:^|[^.!?:”\"]\s)(?P<name>[A-Z][a-z]+|[A-Z]\.)\s$")
_BEFORE_PLACES = """
The In At From To And But Or Of For On With As When While After Before By East West North South Northern Southern
Eastern Western Central Greater Downtown Near Mr President King Queen
"""
_NO_NAME = frozenset(_BEFORE_PLACES.split())
_GOES_ON = re.compile(
    r"\s(?:University|College|Times|Post|Journal|Herald|Tribune|Globe|Morning|Daily|Airlines?|Airways|Air|Bank|Stock|Street|Road"
    r"|Avenue|Square|Institute|Hospital|Marathon|FC|United|City FC|Sea|Strait|Canal|Nationals|Hilton|Agreement|Accord"
    r"|Declaration|Industries|Motors?|Telecom|Mobile|Sox|Knicks|Lakers|Open)\b|-based\b"
)
_AFTER_FIRM = re.compile(r"\b(?:Bank|University|Institute|Museum|College|Church|Duke|Duchess) of (?:the )?$")
_SURNAME_AFTER = re.compile(r"\s[A-Z][a-z]+")


def english_places_in(text: str) -> tuple[Place, ...]:
    """The places that English ``text`` names, each once, in their order; see :func:`newscrawl.topics.places_in`."""
    places: dict[str, Place] = {}
    unsure: list[tuple[int, str, Place]] = []
    for match in _pattern().finditer(text):
        name = match[0]
        place = gazetteer().english[name]
        if _GOES_ON.match(text, match.end()) or _AFTER_FIRM.search(text, 0, match.start()):
            continue
        if name in _PERSONS and _is_somebody(text, match):
            continue
        if name in _PROVEN_ALONE and not _PLACE_BEFORE.search(text, max(0, match.start() - 12), match.start()):
            unsure.append((match.start(), name, place))
        else:
            places.setdefault(place.name, place)
    known = {place.english for place in places.values()} | {
        name for place in places.values() for name in place.english_within
    }
    for _, name, place in unsure:
        if name in known:
            places.setdefault(place.name, place)
    return tuple(places.values())


def english_called(name: str) -> Place | None:
    """The place whose whole name ``name`` is, in any case: LONDON, China."""
    return gazetteer().english.get(name) or _by_capitals().get(name.upper())


@cache
def _by_capitals() -> dict[str, Place]:
    return {name.upper(): place for name, place in reversed(gazetteer().english.items())}


def _is_somebody(text: str, match: re.Match[str]) -> bool:
    """Michael Jordan, Jordan Henderson."""
    before = _NAME_BEFORE.search(text, max(0, match.start() - 24), match.start())
    return bool(before and before["name"] not in _NO_NAME) or bool(_SURNAME_AFTER.match(text, match.end()))


@cache
def _pattern() -> re.Pattern[str]:
    """By first letters one branch each, the longest name first."""
    heads: dict[str, list[str]] = {}
    for name in sorted(gazetteer().english, key=len, reverse=True):
        heads.setdefault(name[0], []).append(re.escape(name[1:]))
    branches = "|".join(f"{re.escape(head)}(?:{'|'.join(rests)})" for head, rests in heads.items())
    return re.compile(rf"(?<![\w.-])(?:{branches})(?![\w’])(?!'[a-rt-z])")
