"""Labelled pairs of texts for stories.py: versions of one story, and unlike stories that look alike."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import stories_words as words
from attrs import evolve, frozen
from stories_made import VERSIONS, Text, made

BULLETINS = (*words.BULLETINS, *words.ENGLISH_BULLETINS)
HELD_BACK = frozenset({"lottery", "rail", "crash", "candidates", "en_weather", "en_earnings"})
"""Templates and versions that only the unseen set has, beside other values in all others."""
HELD_BACK_VERSIONS = frozenset({"reordered, edited", "first paragraphs, traditional"})
LONG_ENOUGH = 280
"""Characters of a text that is cut; a flash of two lines cut to a third tells nothing."""
HAND = Path(__file__).with_name("stories_hand.json")


@frozen(kw_only=True)
class Pair:
    kind: str
    same: bool
    one: tuple[str | None, str]
    """Headline and body."""
    other: tuple[str | None, str]


def pairs(seed: int, each: int, *, unseen: bool) -> list[Pair]:
    """``each`` is how many of a kind, of the many small kinds a third of it."""
    rng = random.Random(seed)
    few = max(each // 3, 1)
    found = [*_versions(rng, each, few, unseen=unseen), *_unlike(rng, each, few, unseen=unseen)]
    return [*found, *by_hand()] if unseen else found


def by_hand() -> Iterator[Pair]:
    """Written by hand, not by a template."""
    for row in json.loads(HAND.read_text(encoding="utf-8")):
        yield Pair(kind=f"by hand: {row['what']}", same=row["same"], one=tuple(row["one"]), other=tuple(row["other"]))


def version(text: Text, name: str, rng: random.Random) -> Text:
    for edit in VERSIONS[name]:
        text = edit(text, rng)
    return text


def version_names(text: Text) -> list[str]:
    """What can be made of ``text``: no other script of English, no third of a flash."""
    names = list(VERSIONS)
    if text.english:
        names = [name for name in names if "traditional" not in name]
    short = sum(map(len, text.paragraphs)) < (LONG_ENOUGH * 3 if text.english else LONG_ENOUGH)
    return [name for name in names if not (short and ("cut" in name or "first" in name))]


def _pair(kind: str, one: Text, other: Text, *, same: bool) -> Pair:
    return Pair(kind=kind, same=same, one=(one.headline, one.body), other=(other.headline, other.body))


def _versions(rng: random.Random, each: int, few: int, *, unseen: bool) -> Iterator[Pair]:
    for name in VERSIONS:
        if name in HELD_BACK_VERSIONS and not unseen:
            continue
        for number in range(each):
            text = made(("general", "general", "match", "en_general")[number % 4], rng)
            if name in version_names(text):
                yield _pair(f"version: {name}", text, version(text, name, rng), same=True)
    for kind in _bulletins(unseen):
        for _ in range(few):
            text = made(kind, rng)
            name = rng.choice(version_names(text))
            yield _pair("version: a bulletin reprinted", text, version(text, name, rng), same=True)


def _bulletins(unseen: bool) -> Sequence[str]:
    return [kind for kind in BULLETINS if unseen or kind not in HELD_BACK]


def _unlike(rng: random.Random, each: int, few: int, *, unseen: bool) -> Iterator[Pair]:
    for kind in _bulletins(unseen):
        for _ in range(each // 2):
            place = {"Place1": made("general", rng).headline[:2]} if rng.random() < 0.5 else {}
            two = [_framed(made(kind, rng, place), rng) for _ in range(2)]
            yield _pair(f"unlike: {kind} of two days", *two, same=False)
    for _ in range(each):
        yield _pair("unlike: two matches of an evening", *_matches(rng), same=False)
        yield _pair("unlike: a shock and its aftershock", *_shocks(rng), same=False)
        yield _pair("unlike: a follow-up with the same background", *_follow_up(rng), same=False)
        yield _pair("unlike: one long standing text under two stories", *_standing(rng), same=False)
        names = {"Place1": "榆林", "Office1": "水利局", "Thing1": "湿地公园", "County1": "泸定县", "Road1": "学府路"}
        two = [_framed(made("general", rng, names), rng) for _ in range(2)]
        yield _pair("unlike: phrases, places and offices alike", *two, same=False)
        two = [_framed(made("en_general", rng, {"Town1": "Holm", "Project1": "a tram line"}), rng) for _ in range(2)]
        yield _pair("unlike: English, phrases and places alike", *two, same=False)


def _framed(text: Text, rng: random.Random) -> Text:
    return version(text, rng.choice(("frame of another outlet", "new headline and dateline")), rng)


def _matches(rng: random.Random) -> tuple[Text, Text]:
    """One round, one evening, one outlet's phrases, the other results in the same words."""
    known = {"Day1": "9", "League1": "中国男子足球超级联赛", "Round1": str(rng.randint(3, 29)), "Next1": "11月22日"}
    known["Other1"] = "红星队2比1力克北斗队，白鲸队0比0战平雪豹队，骏马队1比3不敌江豚队，松鹤队主场3比0大胜海港队"
    return _framed(made("match", rng, known), rng), _framed(made("match", rng, known), rng)


def _shocks(rng: random.Random) -> tuple[Text, Text]:
    """The same place and day, another minute and magnitude."""
    known = {"Month1": "3", "Day1": str(rng.randint(1, 28)), "Prov1": "四川", "County1": "泸定县"}
    kind = rng.choice(("quake", "quake_long"))
    return made(kind, rng, known), made(kind, rng, known)


def _follow_up(rng: random.Random) -> tuple[Text, Text]:
    """The last third of the second is the first one's background, word for word."""
    first = made("general", rng)
    background = list(first.paragraphs[-2:])
    new = made("general", rng)
    while sum(map(len, background)) > 0.5 * sum(map(len, new.paragraphs)) and len(background) > 1:
        background.pop()
    second = evolve(new, headline=f"追踪：{first.headline}", paragraphs=(*new.paragraphs, *background))
    return _framed(first, rng), _framed(second, rng)


def _standing(rng: random.Random) -> tuple[Text, Text]:
    english = rng.random() < 0.2
    standing = rng.choice(words.ENGLISH_STANDING if english else words.STANDING)
    two = [made("en_general" if english else "general", rng) for _ in range(2)]
    cut = [evolve(text, paragraphs=(*text.paragraphs[: rng.randint(2, 5)], standing)) for text in two]
    return _framed(cut[0], rng), _framed(cut[1], rng)
