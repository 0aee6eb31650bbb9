"""The gazetteer: gazetteer.txt as places that can be looked up by any of their names. Read once, when first asked.

China's provinces, prefectures and counties (GB/T 2260), the world's countries and capitals and some large cities; the
file's head says where they are from. A Chinese place is kept under every form it is printed in: 太原市 and 太原,
长阳土家族自治县 and 长阳.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

from attrs import Factory, frozen

from newscrawl.text.script import simplified

Level = Literal["country", "city", "province", "prefecture", "county"]
"""'city' is one abroad; China's cities are provinces (北京), prefectures (太原) or counties (高平)."""


@frozen(kw_only=True)
class Place:
    """One place of the gazetteer."""

    name: str
    """Its usual short name, in simplified script: 太原, 和县, 朝阳区, 长阳, 法国."""
    level: Level
    within: tuple[str, ...] = ()
    """Names of what it lies in, the nearest first: ('晋城', '山西') for 高平, ('法国',) for 巴黎."""
    english: str | None = None
    """None for China below its provinces."""
    english_within: tuple[str, ...] = ()


@frozen(kw_only=True)
class Name:
    """One printed form, and whose it is."""

    place: Place
    full: bool = False
    """With its 省, 市, 县, 区: such a form is a place whatever stands round it."""
    abroad: bool = False
    """Usual in traditional script alone: 纽西兰 for 新西兰."""


@frozen(kw_only=True)
class Gazetteer:
    names: dict[str, list[Name]] = Factory(dict)
    """By the Chinese form, simplified sign by sign. Several places may share one (朝阳区): the widest comes first."""
    english: dict[str, Place] = Factory(dict)
    """By the English form, as usually printed."""

    def called(self, name: str) -> list[Name]:
        """Whose this Chinese name is, in either script."""
        return self.names.get(simplified(name), [])

    def _china(self, lines: Iterable[str]) -> None:
        province = prefecture = ""
        for line in lines:
            if line.startswith("="):
                printed, _, english = line[1:].partition("\t")
                forms = english.split("|")
                place = self._add(printed, "province", english=forms[0])
                province = place.name
                self.english.update(dict.fromkeys(forms, place))
            elif line.startswith(" "):
                first, *counties = line.split()
                prefecture = "" if first == "-" else self._add(first, "prefecture", province).name
                for county in counties:
                    self._add(county, "county", *([prefecture] if prefecture else []), province)

    def _add(self, printed: str, level: Level, *within: str, english: str | None = None) -> Place:
        full, _, short = printed.partition(":")
        short = short or (full if len(full) == 2 or full.endswith(("区", "旗")) else full[:-1])
        place = Place(name=short, level=level, within=within, english=english)
        self._name(full, Name(place=place, full=True))
        if short != full:
            self._name(short, Name(place=place))
        if full.endswith("自治州"):
            self._name(f"{short}州", Name(place=place, full=True))
        return place

    def _world(self, lines: Iterable[str]) -> None:
        for line in lines:
            if line.startswith("*"):
                _, chinese, english, *cities = line.split("\t")
                country = self._foreign(chinese, english, "country") if chinese else None
                for city in cities:
                    names, _, others = city.partition("=")
                    self._foreign(names, others, "city", country)

    def _foreign(self, chinese: str, english: str, level: Level, country: Place | None = None) -> Place:
        forms, others = chinese.split("|"), english.split("|")
        place = Place(
            name=forms[0],
            level=level,
            within=(country.name,) if country else (),
            english=others[0],
            english_within=(country.english,) if country and country.english else (),
        )
        for form in forms:
            self._name(form.lstrip("~"), Name(place=place, abroad=form.startswith("~")))
        for other in others:
            self.english.setdefault(other, place)
        return place

    def _name(self, form: str, name: Name) -> None:
        self.names.setdefault(simplified(form), []).append(name)


_WIDTH: dict[str, int] = {"province": 0, "country": 0, "city": 1, "prefecture": 1, "county": 2}


@cache
def gazetteer() -> Gazetteer:
    """All of it, some 4,000 places; about 20 ms the first time."""
    lines = files("newscrawl.topics").joinpath("gazetteer.txt").read_text(encoding="utf-8").splitlines()
    whole = Gazetteer()
    whole._china(lines)
    whole._world(lines)
    for names in whole.names.values():
        if len(names) > 1:
            names.sort(key=lambda name: _WIDTH[name.place.level])
    return whole
