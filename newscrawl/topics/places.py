"""Which places of the gazetteer a headline or a lead names. Pure; nothing is raised for any text.

Precision goes before recall: a place that is missed leaves a topic out, a person or a firm taken for a place puts a
story where it does not belong. docs/topics.md says what counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from attrs import frozen

from newscrawl.text.script import simplified
from newscrawl.topics import place_words as words
from newscrawl.topics.gazetteer import Name, Place, gazetteer
from newscrawl.topics.places_english import english_called, english_places_in

_HOME = "中国"
_TITLES = re.compile("《[^《》]*》")
_BETWEEN_SIBLINGS = frozenset(("、", "和", "与", "及", "，", ",", "·", "-", "—", "－"))


@frozen
class _Hit:
    """A name of the gazetteer where it stands in a text; ``names`` is whose it may be."""

    start: int
    end: int
    names: tuple[Name, ...]


def places_in(text: str, *, language: str, near: Iterable[str] = ()) -> tuple[Place, ...]:
    """The places ``text`` names, each once, in the order in which they are first named.

    Chinese in either script (``language`` 'zh', 'zh-Hant') and English ('en'); nothing is found in other languages.
    ``near`` are names of places that the story is known to stand in (its dateline's): they tell which 朝阳区 is meant,
    and that 高平 is a city. 中国 is not given: in the Chinese press it says nothing about a story.
    """
    if language.startswith("en"):
        return english_places_in(text)
    if not language.startswith("zh"):
        return ()
    folded = simplified(text)
    found = _Reading(folded, folded != text or "Hant" in language, near).places()
    return tuple({place.name: place for _, place in sorted(found, key=lambda one: one[0])}.values())


def place_called(name: str, language: str, *, beyond_doubt: bool = False) -> tuple[str, ...]:
    """The place whose whole name ``name`` is, then what it lies in, by their usual names; () where it is nobody's.

    Of several places of one name the widest is meant (吉林 the province); a county that shares its name (朝阳区) is
    given without what it lies in. 山西太原 and LONDON are understood. ``beyond_doubt``: nothing is given for a name
    that is a word as well (合作, 和平), as a keyword may be.
    """
    text = " ".join(name.split())
    if language.startswith("en"):
        place = english_called(text)
        return (place.english or place.name, *place.english_within) if place else ()
    folded = simplified(text)
    if language.startswith("zh") and (names := gazetteer().names.get(folded)):
        return _with_within(folded, names, beyond_doubt)
    if language.startswith("zh") and not beyond_doubt:
        for size in (2, 3, 4):
            names, wider = gazetteer().names.get(folded[size:], []), folded[:size]
            if names := [one for one in names if wider in one.place.within]:
                return _with_within(folded[size:], names, beyond_doubt)
    return ()


def _with_within(form: str, names: list[Name], beyond_doubt: bool) -> tuple[str, ...]:
    first = names[0]
    if beyond_doubt and not first.full and form in words.WORDS:
        return ()
    if first.place.level == "county" and len(names) > 1:
        return (first.place.name,)
    return (first.place.name, *first.place.within)


def is_chinese(text: str) -> bool:
    """Whether any sign of it is Han."""
    return any("\u3400" <= sign <= "\u9fff" for sign in text)


class _Reading:
    """One text being read: what is sure gives the context in which the rest is judged."""

    def __init__(self, text: str, traditional: bool, near: Iterable[str]) -> None:
        self.text = text
        self.titles = [match.span() for match in _TITLES.finditer(text)] if "《" in text else []
        self.hits = [hit for hit in _hits(text, traditional) if self._stands_for_itself(hit)]
        self.context = set(near)
        self.found: dict[int, tuple[int, Place]] = {}
        """By where its name ends: where it starts, and the place."""

    def places(self) -> Iterator[tuple[int, Place]]:
        for start, place in _by_one_sign(self.text):
            self.context.add(place.name)
            yield start, place
        open_hits = self.hits
        for proven in (_sure, self._by_context, self._by_context):
            left = []
            for hit in open_hits:
                if shown := proven(hit):
                    self.found[hit.end] = (hit.start, shown)
                    self.context.update((shown.name, *shown.within))
                else:
                    left.append(hit)
            open_hits = left
        yield from (one for one in self.found.values() if one[1].name != _HOME)

    def _by_context(self, hit: _Hit) -> Place | None:
        """The one of its places that lies in (or is, or holds) something the text names."""
        word = self.text[hit.start : hit.end]
        for name in hit.names:
            place = name.place
            if word in words.NEVER and not name.full:
                continue
            if word in words.WORDS and not name.full:
                if self._beside_its_own(hit, place):
                    return place
            elif place.within and self.context.intersection(place.within):
                return place
        return None

    def _beside_its_own(self, hit: _Hit, place: Place) -> bool:
        """Whether it follows what it lies in (浙江|高平), or stands in one list with a place of the same parent."""
        before = self.found.get(hit.start)
        if before and before[1].name in place.within:
            return True
        listed = self.text[hit.start - 1 : hit.start] in _BETWEEN_SIBLINGS and self.found.get(hit.start - 1)
        return bool(listed and (set(listed[1].within) | {listed[1].name}) & set(place.within))

    def _stands_for_itself(self, hit: _Hit) -> bool:
        """Whether the name is no part of a person's, a firm's, a school's, a team's, a street's or a dish's."""
        full = any(name.full for name in hit.names)
        if any(start < hit.start < end for start, end in self.titles):
            return full
        return full or not (self._goes_on(hit) or self._is_somebody(hit))

    def _goes_on(self, hit: _Hit) -> bool:
        text, end = self.text, hit.end
        level = hit.names[0].place.level
        if (words.NO_COUNTRY_AFTER if level == "country" else words.NO_PLACE_AFTER).match(text, end):
            return True
        if level in ("city", "prefecture", "county") and words.NO_LAND_AFTER.match(text, end):
            return True
        if words.NO_PLACE_FURTHER.match(text, end) or words.PAPER_AFTER.match(text, end):
            return True
        return text[hit.start - 1 : hit.start] in ("（", "(") and words.FIRM_BRACKET_AFTER.match(text, end) is not None

    def _is_somebody(self, hit: _Hit) -> bool:
        text, start, end = self.text, hit.start, hit.end
        before = text[start - 1 : start] if start else ""
        if "·" in (before, text[end : end + 1]) and not self._in_chain(hit, before):
            return True
        place = hit.names[0].place
        if before.isdigit() and text.startswith("日本", start):
            return True
        if place.level == "country" or end - start != 2:
            return False
        if before in words.SURNAMES and text[start - 2 : start - 1] not in words.COUNTED:
            return True
        namesake = text[start] in words.NAMESAKES and place.level != "province"
        return namesake and bool(words.SPEAKS.match(text, end) or words.TITLED.search(text, max(0, start - 6), start))

    def _in_chain(self, hit: _Hit, before: str) -> bool:
        """中国·江西·上饶: names of places on the sides that a dot divides."""
        ends = hit.start - 1
        left = before != "·" or any(self.text[max(0, ends - size) : ends] in gazetteer().names for size in (2, 3, 4))
        right = self.text[hit.end : hit.end + 1] != "·" or bool(_names_at(self.text, hit.end + 1))
        return left and right


def _sure(hit: _Hit) -> Place | None:
    """The place where no context is needed: one that is unique under its full name, or widely known under its short."""
    first = hit.names[0]
    if first.place.level != "county":
        return first.place if first.full or first.place.name not in words.WORDS else None
    if len(hit.names) > 1 or first.place.name.endswith("区") or hit.end - hit.start < 3:
        return None
    return first.place


@cache
def _forms() -> tuple[dict[str, tuple[Name, ...]], dict[str, list[int]]]:
    """Every form that is looked for, and the words inside which none is (they are nobody's name), and their lengths."""
    forms = {form: tuple(names) for form, names in gazetteer().names.items()}
    forms.update(dict.fromkeys(words.NO_PLACES, ()))
    lengths: dict[str, list[int]] = {}
    for form in sorted(forms, key=len, reverse=True):
        sizes = lengths.setdefault(form[:2], [])
        if len(form) not in sizes:
            sizes.append(len(form))
    return forms, lengths


def _names_at(text: str, at: int) -> tuple[Name, ...]:
    forms, lengths = _forms()
    for size in lengths.get(text[at : at + 2], ()):
        if at + size <= len(text) and (names := forms.get(text[at : at + size])) is not None:
            return names
    return ()


def _hits(text: str, traditional: bool) -> Iterator[_Hit]:
    """The names in ``text`` from left to right, the longest at each place, none over another."""
    forms, lengths = _forms()
    at, last = 0, len(text) - 1
    while at < last:
        for size in lengths.get(text[at : at + 2], ()):
            form = text[at : at + size]
            names = forms.get(form) if at + size <= len(text) else None
            if names is None or (form.endswith("区") and words.REGION_AFTER.match(text, at + size)):
                continue
            names = names if traditional else tuple(name for name in names if not name.abroad)
            if names:
                yield _Hit(at, at + size, names)
            at += size - 1
            break
        at += 1


def _by_one_sign(text: str) -> Iterator[tuple[int, Place]]:
    """Provinces and countries told by one sign where what stands round it proves them: 京津冀, 在沪举行, 中美贸易."""
    for match in words.BLOCK.finditer(text):
        yield from ((match.start(), _called(words.IN_BLOCK[sign])) for sign in match[0])
    for match in words.STAYS.finditer(text):
        yield match.start("sign"), _called(words.SHORT[match["sign"]])
    for match in words.PAIR.finditer(text):
        yield from ((match.start(), _called(words.COUNTRIES[sign])) for sign in match[0] if sign != "中")


def _called(name: str) -> Place:
    return gazetteer().names[name][0].place
