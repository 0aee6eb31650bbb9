"""The language of a text by its script; ``<html lang>`` lies (a Chinese template says ``en``)."""

from __future__ import annotations

import re

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]\w+)*$")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_KANA = re.compile(r"[\u3040-\u30ff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIMPLIFIED = re.compile("[这们国时说对会为发来个学过于还经没问让关开间种进动实现应东车长见书门马观记认议论读写级]")
_TRADITIONAL = re.compile("[這們國時說對會為發來個學過於還經沒問讓關開間種進動實現應東車長見書門馬觀記認議論讀寫級]")
_SAMPLE = 800
_SHARE = 0.2
"""Share of the letters that must be Han, kana or Hangul; names and quotations in other scripts stay below."""


def language_of(text: str, declared: str | None = None, expected: str = "") -> str:
    """BCP 47: 'zh', 'zh-Hant', 'ja', 'ko' by script; else what the page declares, the outlet's language, 'en'.

    ``declared`` is the page's ``lang`` and is not believed where it names one of the four and the script says other.
    """
    sample = text[:_SAMPLE]
    rest = _HAN.sub("", sample)
    han = len(sample) - len(rest)
    letters = han + _count(_LETTERS, rest)
    if letters:
        if _count(_HANGUL, rest) > _SHARE * letters:
            return "ko"
        if _count(_KANA, rest) > _SHARE / 2 * letters:
            return "ja"
        if han > _SHARE * letters:
            return "zh-Hant" if _is_traditional(sample) else "zh"
    return _declared(declared) or (expected if expected[:2] not in ("zh", "ja", "ko") else "") or "en"


def _count(script: re.Pattern[str], text: str) -> int:
    """How many characters the runs of a script have."""
    return sum(map(len, script.findall(text)))


def _is_traditional(text: str) -> bool:
    traditional = len(_TRADITIONAL.findall(text))
    return traditional > 0 and traditional > len(_SIMPLIFIED.findall(text))


def _declared(tag: str | None) -> str:
    found = _LANGUAGE.match((tag or "").strip())
    language = found[1].lower() if found else ""
    return "" if language in ("zh", "ja", "ko", "und") else language
