"""Differences between two readings of an article, field by field: for a terminal, for a pipe, for a machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from newscrawl.items import Json
from newscrawl.text.plain import plain
from newscrawl.text.worddiff import Op, Piece, by_line, diff, marked

TEXTS = frozenset(
    ("headline", "subheadline", "dateline", "summary", "body_text", "body_html", "correction", "disclaimer")
)
"""Fields whose difference is told word by word."""
LISTS = frozenset(("breadcrumbs", "authors", "correspondents", "editors", "images", "keywords"))
STYLES = {Op.SAME: "", Op.OLD: "red strike", Op.NEW: "green"}

Differences = Mapping[str, tuple[Any, Any]]


def as_json(differences: Differences) -> Json:
    """Per field the old value and the new one, and for a text the pieces: ``["=", same]``, ``["-", old]``, …"""
    told: Json = {}
    for field, (old, new) in differences.items():
        told[field] = {"old": old, "new": new}
        if field in TEXTS:
            told[field]["diff"] = [[piece.op.value, piece.text] for piece in diff(old or "", new or "")]
    return told


def print_differences(console: Console, differences: Differences) -> None:
    """One field after the other; of a long text the lines that changed. The markup is left out where the words changed
    too: it follows them."""
    for field, (old, new) in differences.items():
        if field == "body_html" and "body_text" in differences:
            continue
        if field in TEXTS or (field in LISTS and old and new):
            lines = list(by_line(diff(_text(old), _text(new))))
            if len(lines) == 1:
                _say(console, f"  {field}  ", lines[0])
            else:
                _say(console, f"  {field}")
                _print_changed(console, lines)
        else:
            _say(console, f"  {field}  {_text(old) or 'nothing'} → {_text(new) or 'nothing'}")


def _print_changed(console: Console, lines: Iterable[tuple[Piece, ...]]) -> None:
    """Lines that did not change are passed over with an ellipsis."""
    passed_over = False
    for line in lines:
        if all(piece.op is Op.SAME for piece in line):
            passed_over = True
            continue
        if passed_over:
            _say(console, "    …")
            passed_over = False
        _say(console, "    ", line)
    if passed_over:
        _say(console, "    …")


def _say(console: Console, words: str, pieces: Iterable[Piece] = ()) -> None:
    """Old words struck out in red and new ones in green where there are colours, else between marks."""
    line = Text(plain(words))
    if console.color_system is None:
        line.append(plain(marked(pieces)))
    else:
        for piece in pieces:
            line.append(plain(piece.text), STYLES[piece.op])
    console.print(line, soft_wrap=True)


def _text(value: Any) -> str:
    """A list of names on one line, a list of pictures or crumbs a line each."""
    if not isinstance(value, list):
        return "" if value is None else str(value)
    if all(isinstance(part, str) for part in value):
        return "、".join(value)
    return "\n".join(" ".join(str(word) for word in part.values() if word) for part in value)
