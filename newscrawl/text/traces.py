"""The sentences by which an article's text is known again, and finding them in the bytes of any page.

A list shows an article's headline and its opening, which it may break off anywhere; another publisher's version has
whole sentences of it. Neither says in which encoding, nor how it escapes what is not ASCII.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ahocorasick_rs import BytesAhoCorasick
from attrs import field, frozen

from newscrawl.text.dateline import read_dateline
from newscrawl.text.han import HAN

LEAST = 12.0
"""A sentence that weighs less (:func:`weight`) is nobody's own: twelve Han characters, or forty Latin letters."""
ANCHOR = 16.0
"""What has to be there of an opening that is broken off: it weighs more than what any sentence may begin with."""
OPENING = 300
"""Characters of the story that a list may show, broken off anywhere."""
LISTED = 250.0
"""What a list shows of an article weighs less; what has more of it is a version of the text."""

_HAN = re.compile(f"[{HAN}]")
_STOP = re.compile(r"""(?<=[。！？；!?])(?:["”’』」）)]*)|(?<=[a-z)"”’][.])(?=\s)|\s*\n\s*""")
_SPACES = (b" ", b"\n", b"\r", b"\t", b"\\n", b"&nbsp;")
_NAMED = str.maketrans(
    {
        "“": "&ldquo;",
        "”": "&rdquo;",
        "‘": "&lsquo;",
        "’": "&rsquo;",
        "—": "&mdash;",
        "–": "&ndash;",
        "…": "&hellip;",
        "·": "&middot;",
    }
)


@frozen(kw_only=True)
class Sentences:
    """What tells a text from every other. May be put together (``|``): of several revisions, with captions."""

    whole: tuple[str, ...] = ()
    """Are found as they stand: the headline, and the story sentence by sentence."""
    cut: tuple[str, ...] = ()
    """Are found as far as they are there, from their beginning on: the opening and the summary."""

    def __bool__(self) -> bool:
        return bool(self.whole or self.cut)

    def __or__(self, other: Sentences) -> Sentences:
        return Sentences(whole=_once(self.whole + other.whole), cut=_once(self.cut + other.cut))


@frozen(kw_only=True)
class Found:
    """Where the sentences stand in some bytes."""

    spans: tuple[tuple[int, int], ...]
    """Beginning and end, in order, not touching."""
    weight: float
    """Of the whole sentences found, each once."""

    def __bool__(self) -> bool:
        return bool(self.spans)

    def masked(self, data: bytes) -> bytes:
        """``data`` with a space for every byte found: markup, JSON and offsets stay as they are in each encoding that
        is ASCII's superset."""
        kept = bytearray(data)
        for begin, end in self.spans:
            kept[begin:end] = b" " * (end - begin)
        return bytes(kept)


def sentences_of(body_text: str, headline: str | None = None, summary: str | None = None) -> Sentences:
    """The sentences of an article by which its text is known: of ``body_text`` without its dateline (which many
    articles share), of its headline and its summary.

    A short sentence goes together with the one behind it, so that nothing of a paragraph is left out; a paragraph, a
    headline or a summary that weighs less than :data:`LEAST` is. Which sentences other articles have as well (a
    publisher's standing notice) nothing here can know.
    """
    line = read_dateline(body_text)
    story = body_text[line.end if line else 0 :]
    whole, cut = [], []
    position = 0
    for paragraph in story.split("\n"):
        for begin, end in _divided(paragraph):
            whole.append(paragraph[begin:end])
            if position + begin < OPENING:
                cut.append(story[position + begin : OPENING])
        position += len(paragraph) + 1
    if summary:
        line = read_dateline(summary)
        told = summary[line.end if line else 0 :].strip().removesuffix("…").removesuffix("...")
        cut += [told[begin:] for begin, _ in _divided(told)]
    if headline and weight(headline) >= LEAST:
        whole.insert(0, headline.strip())
    return Sentences(whole=_once(whole), cut=_once(cut))


def weight(text: str) -> float:
    """A Han character weighs 1, another letter or digit 0.3, anything else nothing."""
    han = len(_HAN.findall(text))
    return han + 0.3 * (sum(map(str.isalnum, text)) - han)


class Finder:
    """Finds sentences in bytes, in UTF-8, GB18030 and Big5, with the escapes of HTML and JSON; not across markup, not
    in UTF-16, not percent-encoded, not in what is packed. One look goes over all of them (Aho-Corasick, some 500 MB a
    second for a hundred sentences); it may be used for any number of pages."""

    def __init__(self, sentences: Sentences) -> None:
        self._weights = [weight(text) for text in sentences.whole]
        self._patterns: dict[bytes, _Pattern] = {}
        for number, text in enumerate(sentences.whole):
            for form in _FORMS:
                if packed := _formed(form, text):
                    self._patterns.setdefault(packed, _Pattern(number=number))
        for text in sentences.cut:
            if not (anchor := _anchor(text)):
                continue
            for form in _FORMS:
                if packed := _formed(form, anchor):
                    self._patterns.setdefault(packed, _Pattern()).tails.append((form, text[len(anchor) :]))
        self._found = list(self._patterns.values())
        self._automaton = BytesAhoCorasick(self._patterns)

    @property
    def weight(self) -> float:
        """Of all whole sentences."""
        return sum(self._weights)

    def find(self, data: bytes) -> Found:
        spans, numbers = [], set()
        for index, begin, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            pattern = self._found[index]
            if pattern.number is not None:
                numbers.add(pattern.number)
            spans.append((begin, max([end, *(_reach(data, end, form, rest) for form, rest in pattern.tails)])))
        return Found(spans=tuple(_joined(spans)), weight=sum(self._weights[number] for number in numbers))

    def is_a_version(self, found: Found) -> bool:
        """Whether it is more than a list shows: over half of the text, and more than :data:`LISTED`."""
        return found.weight > LISTED and found.weight * 2 > self.weight


@frozen(kw_only=True)
class _Pattern:
    number: int | None = None
    """Of the whole sentence that it is."""
    tails: list[tuple[_Form, str]] = field(factory=list)
    """How each cut sentence that begins with it goes on."""


_Form = Callable[[str], bytes]
"""Character by character, so that the form of a text is the forms of its characters put together. Raises UnicodeError
for what it has no form for."""


def _json(upper: bool, text: str) -> bytes:
    escaped = json.dumps(text)[1:-1]
    return (re.sub(r"\\u[0-9a-f]{4}", lambda hit: "\\u" + hit[0][2:].upper(), escaped) if upper else escaped).encode()


def _named(encoding: str, text: str) -> bytes:
    return html.escape(text, quote=True).translate(_NAMED).encode(encoding)


def _numbered(pattern: str, text: str) -> bytes:
    return "".join(one if one.isascii() else pattern.format(ord(one)) for one in text).encode()


_FORMS: tuple[_Form, ...] = (
    *(partial(str.encode, encoding=encoding) for encoding in ("utf-8", "gb18030", "big5hkscs")),
    *(partial(_named, encoding) for encoding in ("utf-8", "gb18030")),
    *(partial(_numbered, pattern) for pattern in ("&#{};", "&#x{:x};", "&#x{:X};")),
    partial(_json, False),
    partial(_json, True),
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1].encode(),
)


def _formed(form: _Form, text: str) -> bytes:
    """b"" where there is no such form."""
    try:
        return form(text)
    except UnicodeError:
        return b""


def _reach(data: bytes, end: int, form: _Form, rest: str) -> int:
    """How far ``data`` goes on with ``rest`` from ``end``; a line's end is any white space, or none."""
    for character in rest:
        if character == "\n":
            end = _past_space(data, end, form)
            continue
        piece = _formed(form, character)
        if not piece or not data.startswith(piece, end):
            break
        end += len(piece)
    return end


def _past_space(data: bytes, end: int, form: _Form) -> int:
    spaces = (*_SPACES, _formed(form, "\u3000"), _formed(form, "\xa0"))
    while space := next((space for space in spaces if space and data.startswith(space, end)), b""):
        end += len(space)
    return end


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin = end = -1
    for one in sorted(spans):
        if one[0] > end:
            if end > begin:
                yield begin, end
            begin, end = one
        end = max(end, one[1])
    if end > begin:
        yield begin, end


def _divided(paragraph: str) -> Iterator[tuple[int, int]]:
    """Beginning and end of each sentence, those that weigh too little joined with the next, or the one before."""
    whole: list[tuple[int, int]] = []
    first = begin = 0
    weighs = 0.0
    for end in (*(hit.end() for hit in _STOP.finditer(paragraph)), len(paragraph)):
        weighs += weight(paragraph[begin:end])
        begin = end
        if weighs >= LEAST:
            whole.append((first, end))
            first, weighs = end, 0.0
    if whole:
        whole[-1] = (whole[-1][0], len(paragraph))
    for first, end in whole:
        part = paragraph[first:end]
        yield first + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _anchor(text: str) -> str:
    """As much of the beginning as weighs :data:`ANCHOR`; '' where the text is too short."""
    total = 0.0
    for position, character in enumerate(text):
        total += weight(character)
        if total >= ANCHOR:
            return text[: position + 1]
    return text if total >= LEAST else ""


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
