"""The segment of an address that names its article: a number, a mixed id, a title, one behind the other. Pure.

A day in it is a mark (:data:`MARK`); what is made of a segment is a regular expression with a group ``id``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from newscrawl.text.han import CJK

MARK = "\ue000"
"""Stands for a day in a path that is looked at."""
TOKENS = re.compile(rf"{MARK}|[^\W_]+|[\W_]", re.UNICODE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UUID_FORM = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PREFIXED = re.compile(r"([A-Za-z]{1,3}|article|news|story|doc)(\d{4,})")
_SLUG = r"[^\W_]+(?:-[^\W_]+){2,}"
TITLE, _STEM = r"[^/]+", r"[^/.]+"
LONG, _MIXED = 6, 8
"""Digits of a number, and signs of a mixed id, from which on they name an article by themselves."""
FEW_WORDS = 3
"""Words of a title, at least."""
FILE = re.compile(r"\.[A-Za-z]{2,5}$")


@frozen(kw_only=True)
class Name:
    """The segment that names the article."""

    form: str
    """With a group ``id``."""
    strong: bool
    """Whether the id alone names the article."""
    sure: bool
    titled: bool = False
    """Whether the id is a title: a page number behind a hyphen cannot be told from its last word."""


def name_of(name: str) -> Name:
    if found := _UUID.search(name):
        form = f"{loose(name[: found.start()])}(?P<id>{_UUID_FORM}){loose(name[found.end() :])}"
        return Name(form=form, strong=True, sure=True)
    tokens = TOKENS.findall(name)
    ids = [at for at, token in enumerate(tokens) if _is_id(token)]
    words = [token for token in tokens if token.isalpha()]
    if ids and all(token.isdigit() or not token.isalnum() for token in tokens[ids[-1] + 1 :]):
        return _numbered(tokens, ids[-1])
    if ids and ids[0] == 0 and len(words) >= FEW_WORDS - 1 and tokens[0].isdigit():
        form = f"(?P<id>{_id_form(tokens[0])}){escaped(tokens[1])}{TITLE}"
        return Name(form=form, strong=len(tokens[0]) >= LONG, sure=True)
    if len(words) >= FEW_WORDS and "-" in tokens:
        return _titled(name)
    if len(CJK.findall(name)) >= FEW_WORDS:
        return Name(form=f"(?P<id>{_STEM})", strong=False, sure=True, titled=True)
    if any(sign.isdigit() for sign in name) or MARK in name:
        long = sum(sign.isdigit() for sign in name) >= LONG
        return Name(form=f"(?P<id>{loose(name)})", strong=False, sure=long)
    form = r"[\w-]+" if re.fullmatch(r"[\w-]+", name) else TITLE
    return Name(form=f"(?P<id>{form})", strong=False, sure=False, titled=True)


def _numbered(tokens: Sequence[str], at: int) -> Name:
    """An id behind a title (``a-walk-by-the-lake-105186``), behind something fixed (``content_105186``) or alone."""
    token, head, rest = tokens[at], tokens[:at], tokens[at + 1 :]
    prefixed = _PREFIXED.fullmatch(token)
    number = prefixed[2] if prefixed else token
    others = any(sign.isdigit() for one in ((*head, *rest) if len(number) < LONG else ()) for sign in one)
    if others or MARK in rest or (rest and not number.isdigit()):
        return Name(form=f"(?P<id>{loose(''.join(tokens))})", strong=False, sure=True)
    words = [one for one in head if one.isalpha()]
    if len(words) >= FEW_WORDS - 1 and "-" in head and MARK not in head:
        front = rf"(?:{TITLE}{escaped(head[-1])})?"
    else:
        front = loose("".join(head))
    front += escaped(prefixed[1]) if prefixed else ""
    strong = len(number) >= (LONG if number.isdigit() else _MIXED)
    return Name(form=f"{front}(?P<id>{_id_form(number)}){loose(''.join(rest))}", strong=strong, sure=True)


def _titled(name: str) -> Name:
    """A title, a day beside it perhaps."""
    head, mark, rest = name.partition(MARK)
    if not mark:
        form = _SLUG if re.fullmatch(_SLUG, name) else _STEM if "." not in name else TITLE
        return Name(form=f"(?P<id>{form})", strong=False, sure=True, titled=True)
    if head.strip("-_"):
        return Name(form=f"(?P<id>{TITLE}){head[-1]}{MARK}{loose(rest)}", strong=False, sure=True, titled=True)
    return Name(form=f"{MARK}{rest[:1]}(?P<id>{TITLE})", strong=False, sure=True, titled=True)


def _is_id(token: str) -> bool:
    if token.isdigit():
        return len(token) >= LONG - 2
    if _PREFIXED.fullmatch(token):
        return True
    ascii_only = token.isascii() and token.isalnum() and len(token) >= _MIXED
    mixed = any(sign.isdigit() for sign in token) and any(sign.isalpha() for sign in token)
    return ascii_only and mixed


def _id_form(token: str) -> str:
    """A mixed id has a digit, or letters of both cases that are no Name, so that ``about/copyright.html`` is none."""
    if token.isdigit():
        return r"\d{5,}" if len(token) >= LONG else r"\d+"
    letters = ("a-z" if re.search("[a-z]", token) else "") + ("A-Z" if re.search("[A-Z]", token) else "")
    if letters == "a-z" and re.fullmatch(r"[0-9a-f]{16,}", token):
        letters = "a-f"
    no_word = r"(?=\d|.[a-z]*[0-9A-Z])" if letters == "a-zA-Z" else rf"(?=[{letters}]*\d)"
    return rf"{no_word}[0-9{letters}]{{{_MIXED if len(token) < 2 * _MIXED else 2 * _MIXED},}}"


def loose(text: str) -> str:
    """Its digits made general, all else as it is; marks stay."""
    return "".join(r"\d+" if part[:1].isdigit() else escaped(part) for part in re.split(r"(\d+)", text) if part)


def without_file(segment: str) -> tuple[str, str]:
    file = FILE.search(segment)
    return (segment[: file.start()], file[0]) if file and file.start() else (segment, "")


def escaped(text: str) -> str:
    """As a regular expression that stands in ``r"…"``."""
    return re.sub(r"\\([-~&#/ ])", r"\1", re.escape(text)).replace('"', r"\x22")
