"""JSON lines: a record per article as the view ``published`` has it, or the bare notice that it is withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from newscrawl.items import Json
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""JSON lets them stand; some readers of lines break there."""

_OWN = ("related_key", "link_key", "shares_topic")
"""Of a related row: what is no column of its view."""


def jsonl(changes: Iterable[Change]) -> Iterator[bytes]:
    """One record a line, UTF-8."""
    for change in changes:
        yield line(record(change))


def record(change: Change) -> Json:
    """The columns of ``published``, then ``related`` and ``topics`` (rows of their views), then ``change``.

    Of a withdrawn article only ``key`` and ``id`` are told, and ``change``.
    """
    said = {name: getattr(change, name) for name in ("seq", "at", "kind", "origin")} | {"fields": list(change.fields)}
    if change.article is None:
        return {"key": change.key, "id": change.article_id, "change": said}
    return change.article | {"related": related(change.related), "topics": list(change.topics), "change": said}


def related(rows: Iterable[Json]) -> list[Json]:
    """Related rows of a reader, with the columns of ``published_related`` alone."""
    return [{name: value for name, value in row.items() if name not in _OWN} for row in rows]


def line(told: Json) -> bytes:
    """``told`` as JSON on one line, line end included."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", text).encode() + b"\n"


def present(told: Json) -> Json:
    """``told`` without what is missing or empty, at any depth, every text made plain."""
    return {name: kept for name, value in told.items() if (kept := _plain(value)) not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    match value:
        case str():
            return plain(value)
        case dict():
            return present(value)
        case list() | tuple():
            return [kept for each in value if (kept := _plain(each)) not in (None, "", [], {})]
    return value
