"""Names of persons in what a page states as an author, in any language but Chinese.

'By JANE DOE, AP Political Writer', 'Von Eva Muster, Berlin', 'A B, C D og E F', '홍길동 기자' -> the persons.

What is round a name (label, office, place, e-mail, date) is left out; an outlet, an agency, a desk, a job title, a
login and a line of somebody who did not write (Photo:, Translated by) name nobody. Names are given as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from html import unescape

from newscrawl.text.no_persons import AGENCIES, DAYS, NOT_IN_CJK, NOT_IN_NAMES, PLACE_HEADS
from newscrawl.text.tree import folded

LONGEST = 300
"""Characters; what is longer is a text about an author."""
_LONGEST_NAME = 60
_MOST_WORDS = 6
_MOST_NAMES = 12
_LONG_ENOUGH = 6
"""Letters of an outlet's name; a shorter one is a person's as well (Stern), unless it stands in capitals (MDR)."""
_LONGEST_TAIL = 6
"""Words after a name ('in Vienna', 'skrifar frá Ósló'); more of them are a sentence about somebody."""

_BY = (
    r"by|(?:written|words|text|story|report|posted|submitted|contributed) by|texts? and photos? by|report(?:ed|ing) by"
    r"|(?:an? )?(?:analysis|opinion|commentary|comment|column|essay|review|interview|perspective) by"
    r"|(?:veröffentlicht |geschrieben )?von|texte? von|ein\w* \w+ von|(?:publié |écrit |posté )?par"
    r"|propos recueillis par|di|a cura di|(?:pubblicato|scritto|postato) da|(?:publicado |escrito |postado )?por"
    r"|door|af|av|skrevet av|skriven av|eftir|oleh"
)
_AUTHOR = (
    r"authors?|writers?|reporters?|autor(?:in|en|es|a|e|zy|ka|i)?|auteure?s?|autore|kirjoittaja|szerző|írta|yazan|yazar"
    r"|penulis|автори?|автор[ыка]|συντάκτης|piše|napisao|napísal"
)
_TEXT = r"words|text|texte?s?|texto|testo|tekst|teksti|текст|haber|muhabir|από"
_LABEL = re.compile(
    rf"^\W*(?:(?:{_BY})(?:\s*[:：]\s*|\s+(?=[^\W\d_])|$)|(?:{_AUTHOR})(?:\s*[:：=＝/]\s*|$)|(?:{_TEXT})\s*[:：=＝/]\s*)",
    re.IGNORECASE,
)
"""A preposition may stand right before a name; a noun that labels has a colon, or stands alone before it."""
_LOWER_LABELS = frozenset({"di"})
"""Labels that are surnames where they begin with a capital (Di Maio)."""
_NOT_WRITTEN = re.compile(
    r"^\W*(?:photo\w*|foto\w*|fotó|pictures?|images?|imagen|bild(?:er)?|graphics?|grafik\w*|video\w*|vídeo|illustrat\w*"
    r"|illustration|zeichnung|cartoons?|translat\w*|übersetz\w*|aus dem \w+(?: von)?|tradu\w*|tradott\w*|vertal\w*"
    r"|tłum\w*|přel\w*|oversat\w*|översatt\w*|фото\w*|перев\w*|çevir\w*|edited|editing|editors?|redaktör|редактор\w*"
    r"|edición|proofread|reviewed|review by|medically|fact[- ]check\w*|sources?|quelle|fuente|fonte|kilde|źródło|zdroj"
    r"|источник|kaynak|produced|narrated|compiled|sponsored|写真|撮影|翻訳|訳|編集|사진|번역|편집)\b"
    r"\s*(?:[:：=＝/•|]|$|[^\W\d_])",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}|https?://\S{1,200}|(?:^|(?<=[\s(]))@\w{1,40}|@\w{1,40}"
)
_BRACKETS = re.compile(r"[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]")
_STRONG = re.compile(r"\s*[,;|•·&、，；/\n+]\s*|\s+[-–—]+\s+|[\s]*[|｜]\s*")
_JOINS = {
    "": "and|und|et|og|och|oraz|ve|és|și|și|with|mit|avec|con|и|та|sowie",
    "es": "y|e", "it": "e", "pt": "e", "ca": "i", "pl": "i", "hr": "i", "sr": "i", "sl": "in", "cs": "a", "sk": "a",
    "nl": "en", "fi": "ja", "et": "ja", "uk": "і|й", "id": "dan", "ms": "dan", "lt": "ir", "lv": "un", "el": "και",
    "gl": "e|y", "af": "en", "ro": "si", "da": "&", "eu": "eta",
}  # fmt: skip
_SMALL = """
de da di do dos das du del della dello dei degli van von vom zu zum zur der den dem la le les el al bin bint ibn ben
ter ten
te y e i af av ap mac mc o ' d'
"""
_PARTICLES = frozenset(_SMALL.split())
_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u200c\u0300-\u036f\u0900-\u0dff\u0e30-\u0e4e])*+"
    r"(?:['’ʼ`.·-]++(?:[^\W\d_][\w\u0300-\u036f\u0900-\u0dff\u0e30-\u0e4e]*+)?)*+"
)
_ACRONYM = re.compile(r"[^\W\d_a-z]{3,5}\d*")
_NOT_CJK = re.compile(NOT_IN_CJK)
_TITLES_JA = re.compile(
    r"^(?:記者|筆者|著者|執筆|取材|文|本紙)[\s:：・＝=/]+|(?:記者|編集委員|論説委員|特派員|解説委員|支局長|氏|さん)$"
)
_NAME_JA = re.compile(
    r"[\u3400-\u9fff々]{1,4}[\s\u3000]?[\u3400-\u9fff々\u3040-\u30ffー]{1,5}|[\u30a0-\u30ffー]{2,12}(?:[・＝\s][\u30a0-\u30ffー]{2,12}){1,3}"
)
_KOREAN = re.compile(
    r"(?:^|[\s=/·,])(?P<name>[가-힣]{2,4})\s?(?:(?:선임|수습|인턴|전문|객원|편집|시민|취재)?\s?기자|특파원|논설위원|칼럼니스트|앵커|리포터|PD)(?![가-힣])"
)
_NAME_KO = re.compile(r"[가-힣]{2,4}")
_HAN, _HANGUL, _KANA = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[가-힣]"), re.compile(r"[\u3040-\u30ff]")


def letters(text: str) -> str:
    """Letters and digits in lower case without accents, to compare names by: 'Habertürk' -> 'haberturk'."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum()).replace("ı", "i")


def labelled(line: str, following: tuple[str, ...] = (), language: str = "") -> tuple[str, ...]:
    """The persons a printed line names behind a label (Von, Par, By, Autor:, 홍길동 기자); () for other lines.

    ``following``: the runs of text behind the line; where it is a label alone or its list goes on, they are its names.
    """
    if korean := _titled(line) if len(line) <= 80 else []:
        return tuple(dict.fromkeys(korean))
    line = line.strip()
    opened = _LABEL.match(line)
    if opened is None or len(line) > LONGEST or not _is_label(opened[0]):
        return ()
    said = line
    for run in following:
        if opened.end() < len(said.rstrip()) and not _goes_on(said, run.strip(), language):
            break
        said = f"{said} {folded(run)}"
        if len(said) > LONGEST:
            return ()
    rest = said[opened.end() :].lstrip()
    if rest[:1].islower() and rest.split(" ", 1)[0] not in _PARTICLES and not _inside(rest.split(" ", 1)[0]):
        return ()
    return persons_in(rest, language)


def persons_in(
    said: str, language: str = "", outlets: Collection[str] = (), *, stated: bool = False
) -> tuple[str, ...]:
    """The persons named, in order, each once; () where it names none.

    ``outlets``: :func:`letters` of the names of the site. ``stated``: the page's data call it a person, so that a name
    in small letters or of a single word can be one.
    """
    text = folded(_BRACKETS.sub(" ", _MAIL.sub(" ", unescape(said)))).strip(" \u3000,;:|-–—")
    if not text or len(text) > LONGEST or _NOT_WRITTEN.match(text):
        return ()
    for _ in range(3):
        opened = _LABEL.match(text)
        if opened is None or not _is_label(opened[0]) or opened.end() == len(text):
            break
        text = text[opened.end() :]
    if _NOT_WRITTEN.match(text):
        return ()
    if titled := _titled(text):
        return tuple(dict.fromkeys(titled))
    names: list[str] = []
    parts = _parts(text, language)
    for place, part in enumerate(parts[: 3 * _MOST_NAMES]):
        name = _name_at_head(part, language, stated=stated and len(parts) == 1)
        if name is None or is_outlet(name, outlets):
            continue
        if place and name.split()[0].casefold().strip(".") in PLACE_HEADS:
            continue
        names.append(name)
    return tuple(dict.fromkeys(names))[:_MOST_NAMES]


def is_cjk(name: str) -> bool:
    """Whether it is written in signs that need no space between names."""
    return bool(_HAN.search(name) or _KANA.search(name) or _HANGUL.search(name))


def is_outlet(name: str, outlets: Collection[str] = ()) -> bool:
    """Whether it is a news agency's or the site's own name, or the site's with a word beside it ('MDR Sachsen')."""
    plain = letters(name)
    if plain in AGENCIES or plain in outlets:
        return True
    if _HAN.search(name) or _KANA.search(name):
        return any(plain in outlet for outlet in outlets if len(plain) > 3)
    if any(len(outlet) > _LONG_ENOUGH and outlet in plain for outlet in outlets):
        return True
    return any(word.isupper() and len(word) <= _LONG_ENOUGH and letters(word) in outlets for word in name.split())


def _titled(text: str) -> list[str]:
    """The names before a Korean title."""
    return [] if text.isascii() else [found["name"] for found in _KOREAN.finditer(text)]


def _is_label(opened: str) -> bool:
    """'di Viviana' is opened by a label; 'Di Maio' is not."""
    word = opened.strip(" :：")
    return word.casefold() not in _LOWER_LABELS or word.islower()


def _goes_on(said: str, run: str, language: str) -> bool:
    ends = rf"(?:[,;&/]|\b(?:{_joins(language)}))$"
    return re.search(ends, said.strip(), re.IGNORECASE) is not None or re.match(
        rf"(?:[,;&/]|(?:{_joins(language)})(?:\s|$))", run, re.IGNORECASE
    ) is not None  # fmt: skip


def _joins(language: str) -> str:
    own = _JOINS.get(language.partition("-")[0], "")
    return f"{_JOINS['']}|{own}" if own else _JOINS[""]


@lru_cache(maxsize=64)
def _joined(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_joins(language)})\s+", re.IGNORECASE)


def _parts(text: str, language: str) -> list[str]:
    """The pieces that may be one name each. A word for 'and' divides only full names: not 'José Ortega y Gasset'."""
    parts: list[str] = []
    for piece in _STRONG.split(text):
        halves = _joined(language).split(piece)
        whole = all(len(half.split()) > 1 or not half for half in halves) or _HAN.search(piece) or _HANGUL.search(piece)
        parts += halves if whole else [piece]
    joins = re.compile(rf"(?:{_joins(language)})\s+", re.IGNORECASE)
    return [joins.sub("", part, count=1) if joins.match(part) else part for part in parts if part.strip()]


def _name_at_head(part: str, language: str, *, stated: bool) -> str | None:
    """The name that a piece is or begins with."""
    part = part.strip(' \u3000.:*-–—"“”»«')
    opened = _LABEL.match(part)
    if opened and _is_label(opened[0]):
        part = part[opened.end() :].strip()
    if _NOT_WRITTEN.match(part) or not part:
        return None
    if _HANGUL.search(part):
        titled = _KOREAN.search(part)
        name = titled["name"] if titled else part
        return name if _NAME_KO.fullmatch(name) and not _NOT_CJK.search(name) else None
    if _HAN.search(part) or _KANA.search(part):
        return _japanese(part)
    return _cased(part.split(), stated=stated)


def _japanese(part: str) -> str | None:
    name = _TITLES_JA.sub("", _TITLES_JA.sub("", part)).strip()
    return name if 3 <= len(name) <= 12 and _NAME_JA.fullmatch(name) and not _NOT_CJK.search(name) else None


def _cased(words: list[str], *, stated: bool) -> str | None:
    """A name in a script of words. It ends where a word with a digit or a small letter stands that no name holds."""
    end = len(words)
    capitals = 0
    small = stated and 2 <= len(words) <= 3 and all(word.islower() and word.isalpha() for word in words)
    for place, word in enumerate(words):
        if not _WORD.fullmatch(word.strip(",")) or word.casefold().strip(".") in DAYS:
            end = place
            break
        if word[0].islower() and not small and word.casefold() not in _PARTICLES and not _inside(word):
            end = place
            break
        capitals += not word[0].islower() or small or _inside(word)
    if words[end:] and (
        len(words) - end > _LONGEST_TAIL or (words[-1].endswith((".", "!", "?")) and len(words) - end > 3)
    ):
        return None
    named = words[:end]
    half = len(named) // 2
    if half > 1 and named[:half] == named[half:]:
        named = named[:half]  # printed twice, once for those who listen
    while named and named[-1].casefold() in _PARTICLES and named[-1].islower():
        named.pop()
    name = " ".join(named)
    if not 3 <= len(name) <= _LONGEST_NAME or len(named) > _MOST_WORDS or any(map(_is_no_name, named)):
        return None
    if len(named) == 1:
        return name if stated and end == len(words) and name.istitle() else None
    if named[0].casefold() == "the" or capitals < 2:
        return None
    loud = [word for word in named if word.isupper() and _ACRONYM.fullmatch(word) and word not in ("III", "VIII")]
    return None if loud and not all(word.isupper() or word.casefold() in _PARTICLES for word in named) else name


def _inside(word: str) -> bool:
    """d'Ormesson, al-Assad, O’Regan: a small head before a capital."""
    return any(sign.isupper() for sign in word[1:]) and any(sign in "'’-" for sign in word)


def _is_no_name(word: str) -> bool:
    plain = word.casefold().strip(".,:;'’").replace("i̇", "i")
    return (
        plain in NOT_IN_NAMES
        or plain.removesuffix("'s").removesuffix("’s") in NOT_IN_NAMES
        or letters(word) in NOT_IN_NAMES
    )
