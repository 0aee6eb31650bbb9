"""Names listed in a bracket or a byline: titles taken off, organisations left out, what was glued taken apart."""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.text.names.persons import (
    COMMON,
    COMPOUND,
    HAN,
    HAN_RUN,
    LATIN,
    NO_PERSON,
    ORGANISATION,
    SURNAMES,
    is_long_name,
    is_person,
    is_transliterated,
)
from newscrawl.text.names.run_on import described
from newscrawl.text.places import CHINESE_CITIES

_OUTLET_GLUED = re.compile(
    rf"{HAN}{{2,8}}?(?:日报|晚报|早报|时报|新闻|财经|新京报|新华社|中新社|中新网|新华网|人民网|央广网|客户端)(?P<name>{HAN}{{2,3}})"
)
_BLANK = re.compile("[\u00a0\u3000\u2002\u2003\t\n]")

_TITLES = (
    r"全媒体见习|全媒体首席|全媒体|融媒体|融媒|新媒体|首席|见习|实习|特派|特约|高级|资深|专职|前方|随队|本报|本网|本台|本社|本刊|"
    r"总台央视|总台|央视|评论|文字|图文|视频|摄影|专栏|财经"
)
_TITLE_TAIL = re.compile(rf"(?:{_TITLES}|驻{HAN}{{1,6}}){{1,5}}$")
_MARK = re.compile(
    r"(?P<correspondent>(?:特约|本报)?(?:通讯员|通信员))|"
    r"(?P<titled>记者|评论员|专栏作者|特约作者)|(?P<plain>实习生|实习编辑|作者|撰稿人?|撰文|采写)|(?P<skip>摄影报道|综合报道|报道|摄影|摄制|文字|文/图|图/文|文图)"
)
_LATIN_SIGN = "\x00"
_LATIN_HERE = f" {_LATIN_SIGN} "
"""Stands for a Latin name while the words round it are split, so that the order is kept."""
_SEPARATORS = re.compile(r"[ ,，、;；/／|｜丨&＆:：。.]+")


def split_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(reporters, correspondents), as :func:`newscrawl.text.names.split_names` gives them, of simplified script."""
    found: tuple[list[str], list[str]] = ([], [])
    role = 0
    text = _BLANK.sub(" ", text)
    at = 0
    for mark in _MARK.finditer(text):
        # A space or nothing before 记者: '沈报全媒体' is the title's, what stands before it belongs to the role before.
        before = text[at : mark.start()]
        _add(found[role], _before_mark(before) if mark["titled"] else before)
        role = 1 if mark["correspondent"] else role if mark["skip"] else 0
        at = mark.end()
    _add(found[role], text[at:])
    if at and not any(found):
        found[role].extend(_named_like_a_city(text[at:].strip(" :：")))
    return tuple(found[0]), tuple(name for name in found[1] if name not in found[0])


def _named_like_a_city(word: str) -> list[str]:
    """记者 高雄: right behind a title and alone, a city's name after one of the commonest surnames is a person's."""
    return [word] if word in CHINESE_CITIES and word[0] in COMMON else []


def _before_mark(text: str) -> str:
    """What stands before 记者 with the title's own words taken off: '付钰 全媒体' -> '付钰', '甲 中新财经' -> '甲'."""
    head, tail = text[: len(text.rstrip())], text[len(text.rstrip()) :]
    if tail:  # '王鑫 记者': the word before is a name or an outlet, not part of this title
        return text
    cut = head.rfind(" ") + 1
    word = max(head.rfind(sign) for sign in "、，,；;/ ") + 1
    cut = max(cut, word)
    last = head[cut:]
    stripped = _TITLE_TAIL.sub("", last)
    if stripped != last and 2 <= len(stripped) <= 4 and stripped[0] in SURNAMES and is_person(stripped):
        return head[:cut] + stripped
    return head[:cut]


def _add(names: list[str], text: str) -> None:
    for name in _persons(text):
        if name not in names:
            names.append(name)


def _persons(text: str) -> list[str]:
    """The persons in a run of words without titles."""
    latin = iter(LATIN.findall(text))
    text = LATIN.sub(_LATIN_HERE, text)
    names: list[str] = []
    single = ""
    for word in _SEPARATORS.split(text):
        if not word:
            continue
        if word == _LATIN_SIGN:
            names.extend(islice(latin, 1))
            single = ""
            continue
        if len(word) == 1 and HAN_RUN.fullmatch(word) and word not in NO_PERSON:
            if single:
                names.append(single + word)
                single = ""
            else:
                single = word
            continue
        if single and len(word) <= 2 and single in SURNAMES and word[0] not in SURNAMES:
            names.append(single + word)
        elif names and word not in NO_PERSON and names[-1] in COMPOUND and len(word) <= 2:
            names[-1] += word
        else:
            names.extend(_glued(word))
        single = ""
    return [name for name in names if is_person(name) or is_long_name(name)]


def _glued(word: str) -> list[str]:
    """Names without a space (姜俏梅郭丹), the name before what it belongs to (方敏北京大学…), or the word."""
    if not HAN_RUN.fullmatch(word) or len(word) < 4 or (word[:2] in COMPOUND and len(word) == 4):
        return [word]
    if outlet := _OUTLET_GLUED.fullmatch(word):
        return [outlet["name"]] if outlet["name"][0] in SURNAMES else [word]
    if len(word) <= 9 and not ORGANISATION.search(word) and not is_transliterated(word):
        if len(word) == 4 and word[1] in COMMON and word[0] in COMMON and word[2] not in COMMON:
            return [word]  # 张王小明: two surnames, one person
        names = _segmented(word, first=True)
        if names is not None:
            return names[1]
    return [described(word) or word]


def _segmented(word: str, *, first: bool = False) -> tuple[int, list[str]] | None:
    """(cost, names): ``word`` cut into names of two or three characters, rare surnames costing; None: it cannot be.

    The first name of several may begin with any character (吁青刘永荣), if all after it begin with a common surname.
    """
    if not word:
        return 0, []
    best: tuple[int, list[str]] | None = None
    for size in (3, 2):
        if size > len(word) or (first and size == len(word)):
            continue
        cost = 0 if word[0] in COMMON else 1 if word[0] in SURNAMES else 3
        if cost == 3 and not (first and word[size] in COMMON):
            continue
        rest = _segmented(word[size:])
        if rest is not None and (best is None or cost + rest[0] < best[0]):
            best = cost + rest[0], [word[:size], *rest[1]]
    return best
