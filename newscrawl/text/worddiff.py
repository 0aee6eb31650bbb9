"""What changed between two texts, in words: fit for Chinese, which has no spaces between them.

Paragraphs are matched first, then clauses, then, inside what is left, words: a Han character for itself, Latin letters
and digits by the word. Between two changes a stretch that is shorter than they are is no help to a reader (经 stays,
济 goes): it is taken into the change, and so are a comma or a space alone. ``difflib`` finds what is equal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

from attrs import Factory, define, frozen

from newscrawl.text.han import HAN

MOST_WORK = 1_000_000
"""Pairs of equal words in two stretches that are compared word for word: about a fifth of a second. Past it one stretch
stands for the other whole; two texts of 8,000 Chinese characters that have no clause in common are past it."""

_SINGLE = rf"{HAN}\u3040-\u30ff"
_WORD = rf"(?:(?![{_SINGLE}])\w)+"
_TOKEN = re.compile(rf"[{_SINGLE}]|{_WORD}(?:[.,:'’-]{_WORD})*|\n|[^\S\n]+|.", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BREAKS = {"\n": 3, **dict.fromkeys("。！？!?", 2), **dict.fromkeys("；：，、;:,", 1)}
"""Where a change likes to end."""
_CLAUSE = re.compile(r".*?(?:[。！？；：，、]+|[.!?;:,]+(?=\s|$)|\n)|.+", re.DOTALL)


class Op(Enum):
    SAME = "="
    OLD = "-"
    """Only in the old text."""
    NEW = "+"
    """Only in the new one."""


@frozen
class Piece:
    op: Op
    text: str


def diff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order, what is old before what is new in its stead.

    Without the new pieces they are the old text, without the old ones the new text. No piece is empty, and no two of
    one kind stand side by side.
    """
    pieces = list(_joined(_readable(_compared(old, new, (_LINE, _CLAUSE, _TOKEN)))))
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        if before.op is after.op is Op.SAME:
            pieces[place - 1 : place + 2] = _at_a_break(before.text, piece, after.text)
    return tuple(pieces)


def by_line(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each line; line feeds are left out."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line += [Piece(piece.op, first)] if first else []
        for other in others:
            yield tuple(line)
            line = [Piece(piece.op, other)] if other else []
    if line:
        yield tuple(line)


def marked(pieces: Iterable[Piece]) -> str:
    """As plain text: ``第[-三-]{+四+}座``."""
    marks = {Op.SAME: ("", ""), Op.OLD: ("[-", "-]"), Op.NEW: ("{+", "+}")}
    return "".join(marks[piece.op][0] + piece.text + marks[piece.op][1] for piece in pieces)


def _at_a_break(before: str, piece: Piece, after: str) -> Iterator[Piece]:
    """What was put in (or left out) between two stretches that stay, moved so that it ends where a line or a sentence
    does, where that says the same: ``文{+。二段+}。`` is ``文。{+二段。+}``."""
    whole, size, place = before + piece.text + after, len(piece.text), len(before)
    while place > 1 and whole[place - 1] == whole[place - 1 + size]:
        place -= 1
    places = [place]
    while place + size < len(whole) - 1 and whole[place] == whole[place + size]:
        place += 1
        places.append(place)
    best = max(places, key=lambda place: (_BREAKS.get(whole[place + size - 1], 0), place == len(before)))
    yield Piece(Op.SAME, whole[:best])
    yield Piece(piece.op, whole[best : best + size])
    yield Piece(Op.SAME, whole[best + size :])


# -- what is equal ---------------------------------------------------------------------------------------------------


def _compared(old: str, new: str, units: Sequence[re.Pattern[str]]) -> Iterator[Piece]:
    """By the first of ``units``, what differs by the next, down to words."""
    if not old or not new:
        yield from _whole(old, new)
        return
    unit, *finer = units
    before, after = unit.findall(old), unit.findall(new)
    for same, olds, news in _blocks(before, after):
        if same:
            yield Piece(Op.SAME, "".join(olds))
        elif finer:
            yield from _compared("".join(olds), "".join(news), finer)
        else:
            yield from _whole("".join(olds), "".join(news))


def _whole(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece(Op.OLD, old)
    if new:
        yield Piece(Op.NEW, new)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Stretches that are the same, and pairs of stretches that are not."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = (old[head : len(old) - tail], new[head : len(new) - tail])
    if head:
        yield True, old[:head], new[:head]
    if _work(*middle) > MOST_WORK:
        yield False, *middle
    else:
        for word, i, j, k, m in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            yield word == "equal", middle[0][i:j], middle[1][k:m]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many units the two begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    there = Counter(new)
    return sum(number * there[unit] for unit, number in Counter(old).items())


# -- what can be read ------------------------------------------------------------------------------------------------


@define
class _Change:
    old: list[str] = Factory(list)
    new: list[str] = Factory(list)
    old_weight: int = 0
    """What differs; not the islands taken in, or a change would take in ever longer ones."""
    new_weight: int = 0

    def take(self, piece: Piece) -> None:
        if piece.op is Op.OLD:
            self.old.append(piece.text)
            self.old_weight += _weight(piece.text)
        else:
            self.new.append(piece.text)
            self.new_weight += _weight(piece.text)

    def swallow(self, island: Piece, other: _Change) -> None:
        self.old += [island.text, *other.old]
        self.new += [island.text, *other.new]
        self.old_weight += other.old_weight
        self.new_weight += other.new_weight

    def outweighs(self, weight: int) -> bool:
        return weight < max(self.old_weight, self.new_weight)


def _readable(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """With the islands that help nobody taken into the changes round them. A line's end divides two changes."""
    done: list[_Change | Piece] = []
    for part in _alternating(pieces):
        done.append(part)
        while len(done) > 2 and isinstance(done[-1], _Change):
            left, island, right = done[-3:]
            if not (isinstance(left, _Change) and isinstance(island, Piece) and isinstance(right, _Change)):
                break
            weight = _weight(island.text)
            if "\n" in island.text or (weight and not (left.outweighs(weight) and right.outweighs(weight))):
                break
            left.swallow(island, right)
            del done[-2:]
    for part in done:
        if isinstance(part, Piece):
            yield part
        else:
            yield from _whole("".join(part.old), "".join(part.new))


def _alternating(pieces: Iterable[Piece]) -> Iterator[_Change | Piece]:
    """Changes and what stands between them, in turn."""
    change: _Change | None = None
    for piece in _joined(pieces):
        if piece.op is not Op.SAME:
            change = change or _Change()
            change.take(piece)
            continue
        if change:
            yield change
            change = None
        yield piece
    if change:
        yield change


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece."""
    op, texts = Op.SAME, list[str]()
    for piece in pieces:
        if piece.op is not op:
            if texts:
                yield Piece(op, "".join(texts))
            op, texts = piece.op, []
        texts.append(piece.text)
    if texts:
        yield Piece(op, "".join(texts))


def _weight(text: str) -> int:
    """Letters, digits and ideographs."""
    return sum(map(str.isalnum, text))
