"""Chinese datelines (电头), in simplified script: where one may stand, and in which order the shapes are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from newscrawl.items import Dateline
from newscrawl.text.dateline.dated import read_dated
from newscrawl.text.dateline.tail import SPACE
from newscrawl.text.dateline.undated import read_bracketed, read_glued, read_undated

_SIGN = re.compile("电|讯|消息|报道|记者|特稿|专稿|综合|通讯员")
_LEAD = re.compile(
    r"(?:[\s\u200b\ufeff]+|[（(](?:资料图|图文无关|视频|组图|图)[^）)\n]{0,12}[)）]|原标题[:：][^\n]{0,80}\n|"
    r"(?:本文)?(?:转自|来源|来自)(?:[:：][^\n]{0,30}\n|【[^】\n]{1,20}】[；;：:]?))+"
)
_HEADLINES = 160
"""Characters of headlines and tags that may stand in lines of their own before a dateline."""


def read_chinese(text: str, opening: str, published: date | None) -> Dateline | None:
    """The Chinese dateline at the head of ``text``, of which ``opening`` is the part that is searched."""
    if _SIGN.search(opening) is None:
        return None
    lead = _LEAD.match(opening)
    start = lead.end() if lead else 0
    if (line := read_dated(text, opening, start, published)) is not None:
        return line
    for begin in _line_starts(opening, start):
        line = read_bracketed(text, opening, begin) or read_undated(text, opening, begin, published)
        if line is not None:
            return line
    return read_glued(text, opening, start)


def _line_starts(opening: str, start: int) -> Iterator[int]:
    """Where a dateline may begin: the head, and lines after headlines and tags (no sentence among them)."""
    yield start
    at = opening.find("\n", start, _HEADLINES)
    while at >= 0 and "。" not in opening[start:at]:
        blank = SPACE.match(opening, at)
        at = blank.end() if blank else at + 1
        yield at
        at = opening.find("\n", at, _HEADLINES)
