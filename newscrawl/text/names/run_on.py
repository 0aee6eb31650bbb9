"""Where a name ends that runs on into a story or a description: 刘亮记者27日获悉, 方敏北京大学…教授."""

from __future__ import annotations

import re

from attrs import frozen

from newscrawl.text.names.persons import (
    COMMON,
    COMPOUND,
    DOTTED,
    HAN,
    HAN_RUN,
    PLACE,
    PLACES,
    SURNAMES,
    is_person,
    is_transliterated,
)

# Words with which a description of the author or a story begins, right after a name without a space.
_STORY_BEGINS = re.compile(
    rf"(?:{PLACES}|系|是|为|曾|任|现任|著|摄|单位|简介|本报|本网|记者|通讯员|今年|今天|今日|今晨|去年|昨天|昨日|近日|近年|近期|日前|"
    r"目前|眼下|如今|当前|当地|当天|当日|时值|正值|适逢|随着|从|在|由|自|据|对|对于|为了|位于|走进|来到|经过|经历|一|这|那|他|她|它|"
    r"我|有|不|以|于是|每|每年|第|地处|作为|记得|根据|受|围绕|微风|清晨|傍晚|夜|初|盛夏|初秋|深秋|隆冬|阳光|连日|持续|刚刚|眼看|"
    r"夏日|春日|秋日|冬日|夏天|春天|秋天|冬天|暑期|暑假|伴随|面对|针对|通过|自从|早上|上午|下午|晚上|凌晨|两|三|四|五|六|七|八|九|十|多|"
    r"“|‘|「|《|【|（|\(|\"|\d|[A-Za-z])"
)

# Characters that end or join words of running text and are hardly ever a given name's second one.
_NOT_IN_NAMES = frozenset("的了是在从和与被把将这那就也都还说到着过们上下内外中")


@frozen(kw_only=True)
class RunOn:
    """Names at the head of a text that runs on without a separator."""

    names: tuple[str, ...]
    end: int
    """Offset of what follows the last name."""


def leading_names(text: str) -> RunOn:
    """The names that ``text`` begins with, where a story may follow without a separator: '刘亮记者27日获悉'.

    Names are divided by 、 or spaces; the last one is cut where a story is likely to begin (a date, a quotation mark, a
    place, 近日 and the like), else after its third character. No names: an empty tuple and end 0.
    """
    names: list[str] = []
    at = len(text) - len(text.lstrip(" \u3000\u00a0"))
    end = 0
    while True:
        size = _leading_size(text, at)
        if not size:
            break
        names.append("".join(text[at : at + size].split()))
        end = at + size
        gap = _GAP.match(text, end)
        if gap is None or gap.end() == end:
            break
        following = _leading_size(text, gap.end(), listed=True)
        if not following:
            break
        at = gap.end()
    return RunOn(names=tuple(names), end=end)


_GAP = re.compile(r"[ \u3000\u00a0]*(?:[、，,][ \u3000\u00a0]*)?")
_SPACED = re.compile(rf"({HAN})[ \u3000\u00a0]{{1,2}}({HAN})(?!{HAN})")


def _leading_size(text: str, at: int, *, listed: bool = False) -> int:
    """How many characters from ``at`` are one name; 0 for none. ``listed``: other names stand before it."""
    dotted = DOTTED.match(text, at)
    if dotted:
        return dotted.end() - at
    if spaced := _SPACED.match(text, at):
        return spaced.end() - at if spaced[1] in SURNAMES else 0
    run = HAN_RUN.match(text, at)
    if run is None:
        return 0
    length = run.end() - at
    word = text[at : at + min(length, 12)]
    if length == 3 and word[0] in SURNAMES and word[2] in "第在从于自据" and text[run.end() : run.end() + 1].isalnum():
        return 2  # 刘硕第31届
    if length <= 3:
        return length if is_person(word) and (word[0] in SURNAMES or not listed) else 0
    if word[0] not in SURNAMES:
        # 贡桑拉姆“…: a name without a surname has to end where the Han characters do.
        return length if length <= 6 and is_person(word) else 0
    if length == 4 and (word[:2] in COMPOUND or is_transliterated(word)):
        return 4
    return _cut_size(text, at, word, listed=listed)


def _cut_size(text: str, at: int, word: str, *, listed: bool) -> int:
    sizes = (3, 4) if word[:2] in COMPOUND else (2, 3)
    begins = [n for n in sizes if _STORY_BEGINS.match(text, at + n) and is_person(word[:n])]
    if begins:
        # Where a story might begin after either, the longer name, unless its last character begins a word of its own.
        return begins[0] if len(begins) == 1 or word[begins[0]] in _WORD_BEGINS else begins[1]
    if listed and word[0] not in COMMON:
        return 0  # 陈康亮  农业农村部…: the story, not another name
    longest = sizes[-1]
    if word[longest - 1] in _NOT_IN_NAMES or not is_person(word[:longest]):
        return sizes[0] if is_person(word[: sizes[0]]) else 0
    return longest


_WORD_BEGINS = frozenset("第一二三四五六七八九十两系是为从在由自据对有不以这那他她我每当")


def described(word: str) -> str | None:
    """The name at the head of '方敏北京大学经济学院教授' or '韩涵系政邦智库研究员'; None where none is told apart."""
    if len(word) < 5 or word[0] not in SURNAMES:
        return None
    for size in (3, 2, 4):
        name, rest = word[:size], word[size:]
        fits = size < 4 or name[:2] in COMPOUND
        if not (fits and len(rest) > 1 and _STORY_BEGINS.match(rest) and is_person(name)) or PLACE.match(name):
            continue
        if size == 3 and word[2] in "系是为任曾现" and _STORY_BEGINS.match(word[2:]):
            continue
        return name
    return None
