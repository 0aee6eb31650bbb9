"""The shape of an address, and what is known of pages of that shape. Pure; asks nobody.

Pages that a content system makes of one kind have addresses of one shape: ``/gn/2025/11-19/10518665.shtml`` is
``/gn/{day}/{n}.shtml``. What was read of some tells what the others are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from newscrawl.items import Found
from newscrawl.text.han import CJK
from newscrawl.text.likeness import is_list_name, likeness
from newscrawl.text.spelling import query_of
from newscrawl.text.urls import clean_path, site_of, split

Experience = Mapping[str, tuple[int, int]]
"""Shape -> (pages that were articles, pages that were none), of earlier runs and this one."""
NOTHING: Experience = {}
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?<!\d)(?:{_YEAR}(?:[/_-]?(?:1[0-2]|0?[1-9])(?:[/_-]?(?:[12]\d|3[01]|0?[1-9]))?)?|{_YEAR}/\d\d-\d\d)(?!\d)"
)
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"[-_+. ]+")
_FILE = re.compile(r"\.[a-z]{2,5}$")
_MIXED = re.compile(r"(?![A-Za-z]+\d+$)(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9]{8,}")
_SCRIPTS = frozenset({".php", ".asp", ".aspx", ".jsp", ".do"})
_SIGNS = re.compile(r"[a-z]{1,12}")
_SURE = 0.4
_MANY = 8
"""Addresses of one shape, from which on they are somebody's series."""
_LIFT = 0.25


@lru_cache(maxsize=8192)
def shape_of(url: str) -> str:
    """Host, path and query with days, numbers, ids and titles made general: 'example.com/{word}/{day}/{slug}'.

    The first segment, and any that names a kind of page (tag, author, video), stay as they are; scheme, ``www.``,
    the slash at the end and what follows readers about make no difference. '' where it is no address.
    """
    parts = split(url)
    if parts is None:
        return ""
    path = _DAY.sub("{day}", unquote(clean_path(parts.path)))
    segments = [segment for segment in path.split("/") if segment]
    last = len(segments) - 1
    shaped = [_segment(one, first=place == 0, last=place == last) for place, one in enumerate(segments)]
    asked = sorted({f"{name.lower()}={_value(value)}" for name, value in query_of(url)})
    return "/".join([site_of(url), *shaped]) + (f"?{'&'.join(asked)}" if asked else "")


def _segment(segment: str, *, first: bool, last: bool) -> str:
    file = _FILE.search(segment.lower()) if last else None
    tail = file[0] if file else ""
    stem = segment[: len(segment) - len(tail)]
    if _MIXED.fullmatch(stem):
        return "{id}" + tail
    if len(CJK.findall(stem)) >= 6 or len([word for word in _WORDS.split(stem) if word.isalpha()]) >= 3:
        return "{slug}" + tail
    if any(sign.isdigit() for sign in stem):
        return _NUMBER.sub("{n}", stem.lower()) + tail
    if "{" in stem or is_list_name(stem.lower()) or tail in _SCRIPTS:
        return stem.lower() + tail
    return (stem.lower() if first and len(stem) <= 20 and not tail else "{word}") + tail


def _value(value: str) -> str:
    """Numbers and titles are general; short words in a query are steps of a script (a=show, a=lists)."""
    if value.isdigit():
        return "{n}"
    return value.lower() if _SIGNS.fullmatch(value.lower()) else "{word}" if value else ""


def weight(url: str, experience: Experience = NOTHING) -> float:
    """How much the address is like a story's (as text.likeness), with what is known of its shape."""
    good, bad = experience.get(shape_of(url), (0, 0))
    if not good and not bad:
        return likeness(url)
    share = (good + 1) / (good + bad + 2)
    return likeness(url) + (share - 0.5) * min(4.0, good + bad) / 2


def condemned(url: str, experience: Experience) -> bool:
    """Whether pages of this shape were asked and hardly any was an article: they are not asked any more.

    Four without an article are enough; where the address is much like a story's, eleven.
    """
    good, bad = experience.get(shape_of(url), (0, 0))
    share = (good + 1) / (good + bad + 2)
    return bad >= 4 and share < (0.08 if likeness(url) >= _SURE else 0.17)


def choose(found: Iterable[Found], experience: Experience = NOTHING) -> tuple[Found, ...]:
    """Of the addresses of a general sitemap those that may be articles, in their order.

    Left out are home pages, lists, tags, forms, print views and files; what says nothing stays, since the page can be
    asked. Many addresses of one shape speak for each other. Experience lets in what looks speak against, and keeps
    nothing out: whoever asks the pages says which are :func:`condemned`, and that is told of each.
    """
    given = tuple(found)
    shapes = Counter(shape_of(one.url) for one in given)
    return tuple(one for one in given if _may_be(one.url, shapes, experience))


def _may_be(url: str, shapes: Mapping[str, int], experience: Experience) -> bool:
    lift = _LIFT if shapes[shape_of(url)] >= _MANY else 0.0
    return max(likeness(url), weight(url, experience)) + lift >= 0
