"""A text as signs, so that two printings of it can be compared: one sign for each Han character, word and number.

Script (繁/简), width, case, punctuation, blanks and the notation of a number leave no trace: ``２５％`` ``25%`` and
百分之二十五 are one sign, so are 1.2万 and 12000, and 11月19日 is as 11月19. No text can be had back from its signs.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache

from newscrawl.text.han import is_han
from newscrawl.text.script import simplified_signs

_WORD_PLANES, _NUMBER_PLANES = (0x10000, 0xE0000), (0xF0000, 0x10FFFF - 0xF0000)
"""The first sign and how many there are. No Han character keeps a sign of these: one beyond plane 0 is a word."""
FIRST_WORD, FIRST_NUMBER = chr(_WORD_PLANES[0]), chr(_NUMBER_PLANES[0])
"""At or after the first, and before the second, stands a word; from the second on a number."""

_HAN_DIGITS = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_NUMBER = re.compile(
    r"(?:百分之)?(?:(?P<plain>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?P<rest>\.[0-9]+)?"
    r"|(?P<han>[〇零一二两三四五六七八九十百千]{2,12}))(?P<large>[万萬亿億]{0,2})%?日?"
)
_KANA = r"\u3040-\u30ff"
_RUN = re.compile(rf"\s+|[^\s\ue002\u3400-\u4dbf\u4e00-\u9fff々〇{_KANA}]+")
_MARK, _POINT, _END = "\ue000", "\ue001", "\ue002"
"""Of private use: before a number, in it, and behind a sentence."""
_STOP = re.compile(r"\.(?=\s)|[。！？!?；;\r\n]")
_LONGEST = 18
"""Digits of a number; a longer one is compared as printed."""


def signs(text: str) -> str:
    """The signs of ``text``; '' where nothing in it is a letter, a digit or an ideograph."""
    return "".join(sentences(text))


def sentences(text: str) -> list[str]:
    """The signs of each sentence, in order; what has none is left out. A line ends one, and so does an abbreviation."""
    plain = _STOP.sub(_END, unicodedata.normalize("NFKC", text))
    return [found for found in _RUN.sub(_word, _NUMBER.sub(_number, plain).translate(_table())).split(_END) if found]


def _number(found: re.Match[str]) -> str:
    """Its digits without a fraction's zeros, between blanks, marked by a sign of private use."""
    if (han := found["han"]) is not None:
        value = _han_value(han)
        if value is None:
            return found[0]
        whole, rest = str(value), ""
    else:
        whole, rest = found["plain"].replace(",", ""), (found["rest"] or "").rstrip("0").rstrip(".")
    if len(whole) <= _LONGEST:
        for sign in found["large"]:
            whole, rest = _times(whole, rest, _LARGE[sign])
        whole = whole.lstrip("0") or "0"
    return f" {_MARK}{whole}{rest.replace('.', _POINT)} "


def _times(whole: str, rest: str, factor: int) -> tuple[str, str]:
    """1.25 times ten thousand, exactly: the point moves."""
    zeros = len(str(factor)) - 1
    digits = rest[1:].ljust(zeros, "0")
    left = digits[zeros:].rstrip("0")
    return whole + digits[:zeros], f".{left}" if left else ""


def _han_value(text: str) -> int | None:
    """二十五 -> 25, 一千二百 -> 1200, 二〇二五 -> 2025; None for 三四 (three or four), 千百 and other words."""
    if not any(sign in _HAN_UNITS for sign in text):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in text)) if len(text) > 2 else None
    total, digit, unit = 0, None, 10_000
    for sign in text:
        if sign in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[sign]
        elif _HAN_UNITS[sign] >= unit or (digit is None and total == 0 and sign != "十"):
            return None
        else:
            unit = _HAN_UNITS[sign]
            total, digit = total + (1 if digit is None else digit) * unit, None
    return total + (digit or 0)


def _word(found: re.Match[str]) -> str:
    run = found[0]
    if run.isspace():
        return ""
    first, many = _NUMBER_PLANES if run[0] == _MARK else _WORD_PLANES
    return chr(first + zlib.crc32(run.encode("utf-8", "replace")) % many)


class _Table(dict[int, str]):
    """For ``str.translate``; learns each character when it first comes."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in (_MARK, _POINT, _END) or unicodedata.category(character)[0] in "LMN":
            folded = character.casefold()
            sign = f" {folded} " if is_han(character) and code > 0xFFFF else folded
        else:
            sign = " "
        self[code] = sign
        return sign


@cache
def _table() -> _Table:
    return _Table(simplified_signs())
