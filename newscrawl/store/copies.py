"""Copies (an AMP twin, a print view, an address that has moved): links that were turned away for another one, their
original, which ``same_as`` names. What comes of the original tells what becomes of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from attrs import frozen

from newscrawl.errors import Reason
from newscrawl.store.due import State
from newscrawl.store.rows import to_json

NOT_TO_BE_HAD = (
    *("http_404", "http_410", "http_401", "http_403", "http_451"),
    *("robots_forbidden", "robots_dns", "robots_tls", "dns", "tls", "address_refused"),
)
"""Failure words (prefixes) of an original that is not there, or is nobody's to read. Others may be a bad hour."""

_ORIGINALS = """
    SELECT n.value, l.url, l.state, l.reason, l.same_as,
        EXISTS (SELECT 1 FROM articles AS a WHERE a.key = n.value AND a.state = 'withdrawn')
    FROM json_each(?) AS n LEFT JOIN links AS l ON l.key = n.value"""
_NAMED = """
    SELECT n.value FROM json_each(?) AS n
    WHERE EXISTS (SELECT 1 FROM links AS l WHERE l.same_as = n.value AND l.state = 'rejected')"""
_COPIES = """
    SELECT key, url FROM links
    WHERE same_as IN (SELECT value FROM json_each(?)) AND state = 'rejected' AND reason = 'copy' ORDER BY id"""
_FOLLOW = "UPDATE links SET same_as = ? WHERE same_as = ? AND state = 'rejected' AND key <> ?"
_OPEN = """
    UPDATE links SET state = 'open', reason = NULL, detail = NULL, same_as = NULL, attempts = 0, due_at = ?,
        settled_at = NULL
    WHERE key = ? AND state = 'rejected' AND reason = 'copy'"""


@frozen(kw_only=True)
class Original:
    """What is known of an address that another one names as its own."""

    key: str
    url: str | None
    """None where it is no link."""
    state: State | None
    reason: str | None
    same_as: str | None
    """Where it was turned away itself: the key that stands for it."""
    withdrawn: bool
    """A tombstone keeps it out, and its copies with it."""

    @property
    def is_nothing(self) -> bool:
        """Whether it was asked and there is no article to be had: then a copy is what there is."""
        if self.withdrawn or self.same_as is not None:
            return False
        if self.state is State.OPEN:
            return self.reason is not None and self.reason.startswith(NOT_TO_BE_HAD)
        return self.state is State.GIVEN_UP or (self.state is State.REJECTED and self.reason != Reason.WITHDRAWN.value)


def originals(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[Original, ...]:
    """What is known of each of ``keys``."""
    return tuple(
        Original(
            key=key,
            url=url,
            state=State(state) if state else None,
            reason=reason,
            same_as=same_as if state == State.REJECTED.value else None,
            withdrawn=bool(withdrawn),
        )
        for key, url, state, reason, same_as, withdrawn in connection.execute(_ORIGINALS, (to_json(list(keys)),))
    )


def copies_of(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Key and address of the links that were turned away as copies of ``keys``."""
    return tuple(connection.execute(_COPIES, (to_json(list(keys)),)).fetchall())


def open_again(connection: sqlite3.Connection, keys: Iterable[str], at: str) -> None:
    """Links that were turned away as copies are to be asked at once. ``at`` is the stamp of now."""
    connection.executemany(_OPEN, [(at, key) for key in keys])


def follow(connection: sqlite3.Connection, keys: Iterable[str], at: str) -> None:
    """After ``keys`` were settled: the copies of those that came to nothing are to be asked, and what stands for one of
    them stands for its copies, too."""
    named = connection.execute(_NAMED, (to_json(list(keys)),)).fetchall()
    for original in originals(connection, [key for (key,) in named]):
        if original.same_as is not None:
            connection.execute(_FOLLOW, (original.same_as, original.key, original.same_as))
        elif original.is_nothing:
            open_again(connection, [key for key, _ in copies_of(connection, [original.key])], at)
