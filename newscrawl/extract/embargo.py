"""Until when a page is not to be shown (禁发, embargo): where its data or the first lines of its story say it surely.

A moment counts where nothing but the moment stands there and its zone is known: printed, or that of the publisher. What
cannot be read so is no embargo: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from newscrawl.extract import jsonld
from newscrawl.extract.meta import Meta
from newscrawl.extract.moments import Said
from newscrawl.extract.published import since_1970
from newscrawl.extract.state import State
from newscrawl.items import Json
from newscrawl.text.dates import read_printed
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import folded

NAMES = frozenset({"embargo", "embargoed", "embargodate", "embargotime", "embargountil", "embargoeduntil"})
"""As data name it, in small letters without signs: embargoedUntil (ninjs), embargo-date."""
_ENGLISH = re.compile(
    r"[\W_]*(?:strictly )?(?:(?:under |press |news )?embargo(?:ed)?(?: for release)?(?: (?:until|till|before))?"
    r"|not for (?:release|publication|broadcast)(?: or \w+)? (?:until|before))[\s:–-]+(?P<when>.{6,80}?)[\W_]*",
    re.IGNORECASE,
)
_CHINESE = (
    re.compile(
        r"[\W_]*(?:本[文稿]|此稿|稿件)?(?:禁发期?|禁止发布|发布禁令|解禁时间)(?:截?[至到])?[:：\s]*(?P<when>.{6,40}?)"
        r"(?:之?前)?(?:解禁)?[\W_]*"
    ),
    re.compile(
        r"[\W_]*(?:本[文稿]|此稿|稿件)?(?:请?[于在])?(?P<when>.{6,40}?)[之以]?前(?:不得|不能|禁止|严禁|请勿|勿)"
        r"(?:对外|公开|提前)?(?:发布|刊发|发表|播发|报道|使用)[\W_]*"
    ),
)
"""In simplified script."""
_CLOCK_FIRST = re.compile(
    r"(?P<clock>\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)? [A-Z]{2,4}),? (?:on )?(?P<day>.+)", re.IGNORECASE
)
_WORDS = ("禁", "勿", "不得", "不能", "mbargo", "MBARGO", "ot for", "OT FOR")
"""One of them stands in whatever the forms fit."""
_LONGEST_LINE = 100
_BEIJING = re.compile(r"[(（]?北京时间[)）]?[:：]?\s*")
_MIDNIGHT = re.compile(r"零[时点]整?")
_LETTERS = re.compile(r"(?!T\d)[A-Za-z]")
"""Words beside a clock may name another zone than the publisher's (GMT, MIDNIGHT ET)."""
_SIGNS = re.compile(r"[^a-z]+")


def embargo_of(
    meta: Meta, data: Json, state: State | None, lines: Sequence[str], zone: str
) -> tuple[datetime, str] | None:
    """(when it ends, aware and in UTC; who says so), by the first that says it readably.

    ``lines``: the first of the story; ``zone``: the publisher's, '' where it is not known.
    """
    for who, text in (*_told(meta, data, state), *(("text", line) for line in _announced(lines))):
        if (until := _moment(text, zone)) is not None:
            return until, who
    return None


def _told(meta: Meta, data: Json, state: State | None) -> Iterator[tuple[str, str]]:
    for name in data:
        if _is_embargo(name) and (text := jsonld.text(data, name)):
            yield "jsonld", text
    for name, text in meta.values.items():
        if _is_embargo(name.rpartition(":")[2]):
            yield "meta", text
    if state is not None and state.embargo:
        yield "state", state.embargo


def _is_embargo(name: str) -> bool:
    low = name.lower()
    return "embargo" in low and _SIGNS.sub("", low) in NAMES


def _announced(lines: Sequence[str]) -> Iterator[str]:
    """What the lines give as the end of an embargo, where such a line says nothing else."""
    for line in lines:
        if len(line) > _LONGEST_LINE or not any(word in line for word in _WORDS):
            continue
        plain = simplified(line)
        for form in (_ENGLISH, *_CHINESE):
            if found := form.fullmatch(plain):
                yield found["when"]


def _moment(text: str, zone: str) -> datetime | None:
    """The moment that is the whole text; None where anything else stands there, or its zone is not known."""
    words = folded(_MIDNIGHT.sub("0时", simplified(text)))
    if _BEIJING.search(words):
        words, zone = _BEIJING.sub("", words).strip(), "Asia/Shanghai"
    if turned := _CLOCK_FIRST.fullmatch(words):
        words = f"{turned['day']}, {turned['clock']}"
    if words.isdecimal():
        printed = since_1970(words, "UTC") if words.isascii() else None
    else:
        printed = read_printed(words, zone=zone or "UTC") if len(words) <= _LONGEST_LINE else None
    if printed is None or printed.raw != words:
        return None
    known = Said(printed).zoned or (zone and not _LETTERS.search(words))
    return printed.at if known else None
