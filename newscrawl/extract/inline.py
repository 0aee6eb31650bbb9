"""The words of one paragraph on their way from the tree: text, inline marks, line breaks."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import NamedTuple

_GAP = re.compile(r"[ \t\r\n\f\v\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]+")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]")
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_LINE_IN_HAN = re.compile(rf"(?<=[{_HAN}])[ \t]*\r?\n\s*(?=[{_HAN}])")
_EMPTY = re.compile(r"<(a|strong|b|em|i|sub|sup)(?: [^>]*)?>(\s*)</\1>")
_EDGE = " \u3000"
_INDENT = re.compile(r"[ \t\r\n]*(?:\u3000|\xa0{2,}|(?:\xa0 ){2,})")
"""首行缩进: how a paragraph begins where no element marks it."""


class Mark(NamedTuple):
    """An inline element's start or end tag."""

    html: str
    tag: str
    opens: bool


@cache
def closing(tag: str) -> Mark:
    return Mark(f"</{tag}>", tag, opens=False)


class _Break:
    """A ``<br>``."""


BREAK = _Break()
Token = str | Mark | _Break


def is_indented(text: str) -> bool:
    return _INDENT.match(text) is not None


def paragraphs(tokens: list[Token], *, breaks_divide: bool) -> list[tuple[str, str]]:
    """(html, text) of each paragraph the tokens make; empty ones are left out.

    A ``<br>`` divides paragraphs where ``breaks_divide`` says that the page writes them so, and before an indented
    line anywhere; else it stays a line break in the HTML and a space in the text.
    """
    if len(tokens) == 1 and isinstance(tokens[0], str):
        text = _folded(tokens[0].strip(_EDGE)).strip(_EDGE)
        return [(escape(text, quote=False), text)] if text else []
    found = (_written(part) for part in _divided(tokens, breaks_divide))
    return [(html, text) for html, text in found if text]


def _divided(tokens: list[Token], breaks_divide: bool) -> list[list[Token]]:
    """The tokens cut at dividing breaks; marks open at a cut are closed before it and opened again after it."""
    if not any(token is BREAK for token in tokens):
        return [tokens]
    parts: list[list[Token]] = [[]]
    marks: list[Mark] = []
    for place, token in enumerate(tokens):
        if isinstance(token, Mark):
            if token.opens:
                marks.append(token)
            elif marks:
                marks.pop()
        if token is BREAK and (breaks_divide or _indented_after(tokens, place)):
            parts[-1].extend(closing(mark.tag) for mark in reversed(marks))
            parts.append(list(marks))
        else:
            parts[-1].append(token)
    return parts


def _indented_after(tokens: list[Token], place: int) -> bool:
    for token in tokens[place + 1 :]:
        if isinstance(token, str) and token.strip(" \t\r\n"):
            return is_indented(token)
        if token is BREAK:
            return False
    return False


def _written(tokens: list[Token]) -> tuple[str, str]:
    html: list[str] = []
    text: list[str] = []
    blank = True
    words = [place for place, token in enumerate(tokens) if isinstance(token, str) and _folded(token).strip(_EDGE)]
    if not words:
        return "", ""
    for place, token in enumerate(tokens):
        if isinstance(token, Mark):
            html.append(token.html)
        elif isinstance(token, str):
            piece = _folded(token)
            if place <= words[0]:
                piece = piece.lstrip(_EDGE)
            elif blank:
                piece = piece.lstrip(" ")
            if place >= words[-1]:
                piece = piece.rstrip(_EDGE)
            if piece:
                blank = piece.endswith(" ")
                text.append(piece)
                html.append(escape(piece, quote=False))
        elif words[0] < place < words[-1]:
            html.append("<br>")
            if not blank:
                text.append(" ")
            blank = True
    return _without_empty("".join(html)), "".join(text)


def _without_empty(html: str) -> str:
    while True:
        shorter = _EMPTY.sub(r"\2", html)
        if shorter == html:
            return html
        html = shorter


def _folded(text: str) -> str:
    """White space runs (NBSP too, U+3000 not) become one space; a line end between Han characters is nothing."""
    if text.isprintable() and "  " not in text:
        return text
    if _ODD.search(text):
        text = _ODD.sub("", text)
    if "\n" in text:
        text = _LINE_IN_HAN.sub("", text)
    return _GAP.sub(" ", text)
