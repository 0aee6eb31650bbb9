"""What the tests of exports share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from newscrawl.options import Site
from newscrawl.publish.atom import feed
from newscrawl.publish.ninjs import ninjs
from newscrawl.publish.records import jsonl
from newscrawl.store.reader import Change, Reader

SITE = Site(name="湖畔转载", base="https://reprint.example", handle="湖畔", language="zh")
NO_SITE = Site()
UPDATED = "2025-11-19T09:00:00Z"

FORMS: dict[str, Callable[[Iterable[Change]], Iterator[bytes]]] = {
    "jsonl": jsonl,
    "ninjs": lambda changes: ninjs(changes, SITE),
    "atom": lambda changes: feed(changes, SITE, UPDATED),
}


def changes(path: Path, after: int | None = None) -> list[Change]:
    with Reader(path) as reader, reader.steady():
        return list(reader.changed_since(after))


def last_seq(path: Path) -> int:
    with Reader(path) as reader, reader.steady() as last:
        return last.seq


def last_change(path: Path) -> Change:
    return changes(path, after=0)[-1]
