"""What of a site is due: what has changed in the store since the folder was last written, and all that shows it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from newscrawl.errors import BadOption
from newscrawl.store.edition import Edition, Place
from newscrawl.store.reader import Change, Cursor, Reader

CHUNK = 200
_ROOMS = ("publish", "store", "text")
_LIBRARIES = ("jinja2", "lxml", "markupsafe", "nh3", "w3lib")

_SEQ, _LAST, _MADE_WITH, _NAME = "seq", "last", "made with", "name of "
NEW = "new"
"""Marks an edition that was made from nothing, until all of it stands."""


def mark(reader: Reader, edition: Edition, last: Cursor, made_with: str) -> None:
    """Write into ``edition`` what is due; to be called within ``reader.steady()``, which gave ``last``.

    Where ``made_with`` (:func:`fingerprint`) is another than before, everything is. Raises
    :class:`~newscrawl.errors.BadOption` where the folder was written from another store.
    """
    seq = edition.mark(_SEQ)
    if seq is None:
        with edition.writing():
            edition.set_mark(NEW, "yes")
            _note(edition, last.seq, _told(reader, last.seq))
    else:
        _check(reader, edition, int(seq))
        for changes in _chunks(reader.changed_since(int(seq))):
            with edition.writing():
                _mark_changed(edition, changes)
                _note(edition, changes[-1].seq, _named(changes[-1].seq, changes[-1].at, changes[-1].key))
    if edition.mark(_MADE_WITH) != made_with:
        for changes in _chunks(reader.changed_since(None, whole=False)):
            with edition.writing():
                for change in changes:
                    edition.place(place(change))
        with edition.writing():
            edition.all_due()
            edition.set_mark(_MADE_WITH, made_with)
    with edition.writing():
        _mark_sources(reader, edition)
        _note(edition, last.seq, _told(reader, last.seq))
    edition.settle()


def fingerprint(reader: Reader, pages: str) -> str:
    """What all pages depend on: newscrawl's code as far as it makes pages, the libraries that write them, which topics
    the store has found, and ``pages``: templates and site (``Press.fingerprint``)."""
    digest = hashlib.blake2b(repr((pages, reader.topics_version(), *map(version, _LIBRARIES))).encode(), digest_size=16)
    for room in _ROOMS:
        for path in sorted((Path(__file__).parents[1] / room).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def place(change: Change) -> Place:
    """Where an article stands: the day is the one its publisher shows."""
    row = change.article
    assert row is not None
    day = (row["published_local"] or row["published_at"] or row["first_seen_at"])[:10]
    about = {
        ("section", topic["topic"], day) if topic["kind"] == "section" else ("topic", topic["topic"], day[:7])
        for topic in change.topics
    }
    return Place(
        id=change.article_id,
        key=change.key,
        at=row["published_at"] or row["first_seen_at"],
        changed=change.at,
        noindex=bool(row["noindex"]),
        lists=frozenset({*about, ("source", row["source"], day), ("day", "", day)}),
    )


def keys_beside(change: Change) -> set[str]:
    """Keys of all articles that its pages show beside it, or link to."""
    return {key for row in change.related for key in (row["related_key"], row["link_key"]) if key}


def _mark_changed(edition: Edition, changes: Iterable[Change]) -> None:
    """Due are the articles, those on whose pages they stood, and those on whose pages they come to stand: of stories
    and topics that is mutual."""
    for change in changes:
        if change.article is None:
            edition.withdraw(change.article_id, change.at)
        else:
            edition.place(place(change))
            edition.is_due(row["related_id"] for row in change.related if row["related_id"] is not None)
        edition.is_due_beside(change.key)


def _mark_sources(reader: Reader, edition: Edition) -> None:
    """A publisher that has another name has it on all pages of its articles."""
    for slug, row in reader.sources().items():
        before = edition.mark(_NAME + slug)
        if before != row["name"]:
            edition.set_mark(_NAME + slug, row["name"])
            if before is not None:
                edition.list_is_due("source", slug)


def _note(edition: Edition, seq: int, told: str) -> None:
    edition.set_mark(_SEQ, str(seq))
    edition.set_mark(_LAST, told)


def _check(reader: Reader, edition: Edition, seq: int) -> None:
    if edition.mark(_LAST) != _told(reader, seq):
        advice = "publish into another folder, or with --anew, which puts this store's site in place of it"
        raise BadOption("DIR", f"it was published from another store, or from one put back from a backup; {advice}")


def _told(reader: Reader, seq: int) -> str:
    """The change of that number, by which a store is known again."""
    row = reader.change_at(seq)
    return _named(**row) if row else ""


def _named(seq: int, at: str, key: str) -> str:
    return hashlib.blake2b(f"{seq} {at} {key}".encode(), digest_size=16).hexdigest()


def _chunks(changes: Iterator[Change]) -> Iterator[list[Change]]:
    while chunk := list(islice(changes, CHUNK)):
        yield chunk
