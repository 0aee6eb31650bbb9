"""Whether two texts are versions of one story (一稿多发): wire copy under a new headline, cut, reordered, in the other
script, with another dateline (电头) or editor line; not two bulletins of one template, nor a follow-up.

In two steps. :func:`bands` gives the integers by which an index table finds candidates: slots of a MinHash signature
over long shingles (a row each, since a cut to a third leaves a likeness of a third). :func:`same_story` then compares
the two texts themselves. Scripts without blanks between words, but for Han and kana, are compared by whole phrases.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from attrs import field, frozen
from rensa import CMinHash

from newscrawl.text.dateline import read_dateline
from newscrawl.text.signs import FIRST_NUMBER, FIRST_WORD, sentences

SLOTS = 16
_SEED = 42
_LONG, _LONG_OF_WORDS = 10, 5
"""Signs of a shingle in an index: long, so that 在接受记者采访时表示 makes no candidates."""
_SHORT, _SHORT_OF_WORDS = 5, 3
"""Signs of a shingle in a comparison."""
_LEAST, _LEAST_OF_WORDS = 36, 24
"""Signs of a text that can be told."""
_STANDS = 0.7
"""Share of the smaller text that stands in the larger one."""
_CHANGED = 0.15
"""Share of the sentences that both have that is changed in them: names, in notices of one template."""
_NUMBERS, _ONE_FREE = 0.3, 120
"""Share of the smaller text's numbers that may be others, and one more (a dateline's day) from so many signs on."""
_ELSEWHERE = 0.5
"""How much a number counts as another that the larger text has, but among other words."""
_PROBES = 24
_HEAD = 400
"""Signs that tell whether a text is of words."""
_A_NUMBER = re.compile(f"[{FIRST_NUMBER}-\U0010ffff]")
_MOST = 60_000
"""Characters of a text that are looked at."""
_WRAP, _HALF = 1 << 64, 1 << 63

_NOT_STORY = re.compile(
    r"^\W{0,3}(?:责任?编辑|責任?編輯|编辑|編輯|来源|來源|作者|校对|审核|监制|原标题|原標題|图片?来源|声明|聲明|免责声明|免責聲明|"
    r"版权声明|更多精彩|更多内容|更多新闻|点击进入|点击查看|扫描二维码|扫码|长按|关注.{0,12}公众号|本文(?:转载?自|来源|原载|"
    r"首发)|本网(?:注明|站)|转载请|未经.{0,8}(?:授权|许可)|如需转载|特别声明|【?(?:编辑|責任編輯)[:：]|"
    r"Editor:|Edited by|Source:|Copyright|All rights reserved|Read more|Follow us|Subscribe|Sign up)"
)
"""How a line begins that is not of the story."""


@frozen(kw_only=True)
class Sketch:
    """What :func:`same_story` compares of a text."""

    text: str = field(repr=False)
    """Its signs (``text.signs``), sentence after sentence."""
    ends: tuple[int, ...] = field(repr=False)
    """Where each sentence ends in ``text``."""
    of_words: bool
    """Whether most of it are words, not Han characters or kana."""

    @property
    def tells(self) -> bool:
        """Whether it is long enough to be compared."""
        return len(self.text) >= (_LEAST_OF_WORDS if self.of_words else _LEAST)


def bands(headline: str | None, body_text: str) -> tuple[int, ...]:
    """Signed 64-bit integers; two versions of a story have at least one in common, nearly always. () for a text too
    short to tell.

    The same for the same text in every process and on every machine, as long as ``topics.VERSION`` stays. Unlike texts
    share one now and then: what shares one is a candidate for :func:`same_story`.
    """
    found = sketch(headline, body_text)
    if not found.tells:
        return ()
    text, long = found.text, _LONG_OF_WORDS if found.of_words else _LONG
    minima = CMinHash(num_perm=SLOTS, seed=_SEED)
    minima.update([text[at : at + long] for at in range(len(text) - long + 1)])
    return tuple(_signed(minimum * SLOTS + slot) for slot, minimum in enumerate(minima.digest_u64()))


@lru_cache(maxsize=256)
def sketch(headline: str | None, body_text: str) -> Sketch:
    """``body_text``: one paragraph a line, as an Article has it. The last few are remembered: an article's bands are
    asked for right before it is compared, and those of one standing text are compared again and again."""
    parts = sentences("\n".join(_story_lines(headline, body_text)))
    text = "".join(parts)
    words = sum(FIRST_WORD <= sign < FIRST_NUMBER for sign in text[:_HEAD])
    return Sketch(text=text, ends=tuple(accumulate(map(len, parts))), of_words=words * 2 > len(text[:_HEAD]))


def same_story(one: Sketch, other: Sketch) -> bool:
    """Whether both tell one story in the same words, one of them perhaps cut; False where either is too short."""
    if not (one.tells and other.tells) or one.of_words != other.of_words:
        return False
    if one.text == other.text:
        return True
    small, large = sorted((one, other), key=lambda text: (len(text.text), text.text))
    return _worth_comparing(small, large) and _verdict(small, large)


def _worth_comparing(small: Sketch, large: Sketch) -> bool:
    """Whether of some shingles of the smaller text, evenly apart, more stand in the larger than in unlike texts with a
    standing line in common."""
    short = _SHORT_OF_WORDS if small.of_words else _SHORT
    asked = range(0, len(small.text) - short + 1, max(short, len(small.text) // _PROBES))
    return sum(small.text[at : at + short] in large.text for at in asked) * 4 >= len(asked)


def _verdict(small: Sketch, large: Sketch) -> bool:
    """Most of the smaller text stands in the larger one, with few words changed and few numbers others."""
    covered = _covered(small, large)
    if sum(covered) < _STANDS * len(small.text):
        return False
    start = met = changed = 0
    for end in small.ends:
        same = sum(covered[start:end])
        if same * 2 >= end - start:
            met += end - start
            changed += end - start - same
        start = end
    if changed > _CHANGED * met:
        return False
    numbers = [(found[0], found.start()) for found in _A_NUMBER.finditer(small.text)]
    others = sum(_ELSEWHERE if number in large.text else 1 for number, at in numbers if not covered[at])
    return others <= _NUMBERS * len(numbers) + (len(small.text) >= _ONE_FREE)


def _covered(small: Sketch, large: Sketch) -> bytearray:
    """A byte for each sign of ``small``: 1 where it stands in a shingle that ``large`` has too."""
    short = _SHORT_OF_WORDS if small.of_words else _SHORT
    shingles = {large.text[at : at + short] for at in range(len(large.text) - short + 1)}
    covered, whole = bytearray(len(small.text)), b"\1" * short
    for at in range(len(small.text) - short + 1):
        if small.text[at : at + short] in shingles:
            covered[at : at + short] = whole
    return covered


def _signed(value: int) -> int:
    """As SQLite keeps integers."""
    return (value + _HALF) % _WRAP - _HALF


def _story_lines(headline: str | None, body_text: str) -> list[str]:
    """The lines of the story: without its dateline, its headline repeated, and lines of editors and reprinters."""
    body = body_text[:_MOST]
    if (dateline := read_dateline(body)) is not None:
        body = body[dateline.end :]
    lines = [line for line in body.splitlines() if line and not _NOT_STORY.match(line)]
    return lines[1:] if headline and lines and lines[0].strip() == headline.strip() else lines
