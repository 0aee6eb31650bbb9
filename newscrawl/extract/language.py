"""The language of a text by its script and its small words; ``<html lang>`` lies (a Chinese template says ``en``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_][^\W_]*+)*+$")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_KANA = re.compile(r"[\u3040-\u30ff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIMPLIFIED = re.compile("[这们国时说对会为发来个学过于还经没问让关开间种进动实现应东车长见书门马观记认议论读写级]")
_TRADITIONAL = re.compile("[這們國時說對會為發來個學過於還經沒問讓關開間種進動實現應東車長見書門馬觀記認議論讀寫級]")
_NOT_LATIN = re.compile(r"[^\x00-\u036f\u1e00-\u2fff]")
"""A sign that may belong to another script than the Latin one."""
_SAMPLE = 800
_SHARE = 0.2
"""Share of the letters that must be Han, kana or Hangul; names and quotations in other scripts stay below."""


def _words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SCRIPTS: Mapping[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "ru": (re.compile(r"[\u0400-\u04ff]+"), _words_in("ru uk bg sr mk be kk ky mn tg tt bs")),
    "el": (re.compile(r"[\u0370-\u03ff]+"), frozenset({"el"})),
    "ar": (re.compile(r"[\u0600-\u06ff]+"), _words_in("ar fa ur ps ckb ug sd")),
    "he": (re.compile(r"[\u0590-\u05ff]+"), frozenset({"he", "iw", "yi"})),
    "th": (re.compile(r"[\u0e00-\u0e7f]+"), frozenset({"th"})),
    "hi": (re.compile(r"[\u0900-\u097f]+"), _words_in("hi mr ne sa")),
}
"""The language most news in a script is in, and those that may be declared for it."""
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_WORDS: Mapping[str, frozenset[str]] = {
    "en": _words_in("the and of to in that for was it on"),
    "de": _words_in("der die und das nicht von mit den ein ist"),
    "fr": _words_in("le les des une est dans pour et du au"),
    "es": _words_in("el los las una del que por con se y"),
    "it": _words_in("il della che per una gli con nel di è"),
    "pt": _words_in("o não uma dos que para com em os do"),
    "nl": _words_in("het een van dat niet voor zijn de op en"),
    "sv": _words_in("och att det som är för på inte av ett"),
    "da": _words_in("og det at er til på ikke af den med"),
    "no": _words_in("og det som er på til ikke av den med"),
    "pl": _words_in("nie się jest że na do jak przez w i"),
    "cs": _words_in("je se že na které v jako při a pro"),
    "tr": _words_in("ve bir bu için ile olarak da çok de olan"),
    "fi": _words_in("ja on että ei se oli hän myös ovat kun"),
    "hu": _words_in("és hogy nem egy az volt is a meg mint"),
    "ro": _words_in("și în la pe este cu din mai de care"),
    "id": _words_in("yang dan di dengan untuk dari ini tidak pada itu"),
    "vi": _words_in("và của là không được cho một các trong có"),
}
"""Ten small words of a language, which no running text is without."""
_SPEAKERS: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words)
    for word in frozenset().union(*_WORDS.values())
}
"""Small word -> the languages that have it."""
_ALSO = {"nb": "no", "nn": "no", "ms": "id"}
_HEARD, _PLAIN = 2, 6
"""How many small words make a declared language believed, and another one plain."""


def language_of(text: str, declared: str | None = None, expected: str = "") -> str:
    """BCP 47: 'zh', 'zh-Hant', 'ja', 'ko' by script; else what the page declares, the outlet's language, 'en'.

    ``declared`` is what the page says of itself. It is not believed where it names one of the four and the script says
    other, where the text is in another script, or where none of its small words are in the text and many of another's.
    """
    sample = text[:_SAMPLE]
    said = _declared(declared) or (expected if expected[:2] not in ("zh", "ja", "ko") else "")
    if _NOT_LATIN.search(sample) is None:
        return _by_words(sample, said) or said or "en"
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
    return _by_script(rest, letters, said) or _by_words(rest, said) or said or "en"


def _by_script(text: str, letters: int, said: str) -> str:
    """The language of a text that is not in Latin letters; '' for one that is, or where what is said fits."""
    if text.isascii():
        return ""
    for language, (script, fitting) in _SCRIPTS.items():
        if _count(script, text) * 2 > letters:
            if said.partition("-")[0] in fitting:
                return ""
            return "uk" if language == "ru" and len(_UKRAINIAN.findall(text)) > letters / 50 else language
    return ""


def _by_words(text: str, said: str) -> str:
    """The language whose small words the text is full of, where those of the one that is said are missing."""
    language = said.partition("-")[0]
    own = _WORDS.get(_ALSO.get(language, language), frozenset())
    if said and not own:
        return ""
    text = text.lower()
    known = (True for found in _LETTERS.finditer(text) if found[0] in own)
    if own and len([*islice(known, _HEARD)]) == _HEARD:
        return ""
    heard = Counter(dict.fromkeys(_WORDS, 0))
    for word in _LETTERS.findall(text):
        for speaker in _SPEAKERS.get(word, ()):
            heard[speaker] += 1
    (best, most), (_, second) = heard.most_common(2)
    return best if most >= _PLAIN and most >= 2 * second else ""


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
