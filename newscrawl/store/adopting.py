"""Articles of a site that was walked from its addresses, put under the name of the source that knows the site now.

They keep their ids, revisions and all that hangs on these; key, source, address and terms become the source's own. What
was taken down stays so under the new key. Where both keys are stored, the new one stays, and what was stored under the
old one is withdrawn as the same article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import frozen

from newscrawl.clock import Clock, stamp
from newscrawl.errors import Reason
from newscrawl.items import Address
from newscrawl.store import stories
from newscrawl.store.connection import transaction
from newscrawl.store.due import State
from newscrawl.store.kept import Kept, kept_by_id, kept_by_key
from newscrawl.store.links import KEPT_LANE
from newscrawl.store.rows import to_json
from newscrawl.store.settled import BEHIND, COPY, PURGED, note_policy, settle, settled
from newscrawl.store.tables import Tables
from newscrawl.store.takedown import close_links, put_tombstone
from newscrawl.store.writer import Publisher
from newscrawl.terms import Policy

CHUNK = 100
"""Articles, or links, in one transaction."""

_OF_HOSTS = "SELECT id FROM articles WHERE id > ? AND source GLOB '*.*' ORDER BY id LIMIT ?"
"""No slug has a dot."""
_LINKS_OF_HOSTS = "SELECT id, key, url, state FROM links WHERE id > ? AND source GLOB '*.*' ORDER BY id LIMIT ?"
_RELATED = """
    SELECT key, url, article_id, position FROM related
    WHERE kind = 'page' AND key IS NOT NULL AND url IS NOT NULL AND article_id IN (SELECT value FROM json_each(?))"""
_POINT = "UPDATE related SET key = ? WHERE kind = 'page' AND article_id = ? AND position = ?"
_INTRODUCE = "INSERT OR IGNORE INTO sources (slug, name, home, language, feed) VALUES (?, ?, ?, ?, ?)"
_MOVE_LINK = """
    UPDATE links SET key = ?, source = ?, url = coalesce(?, url), lane = CASE WHEN instr(lane, ':') THEN lane END
    WHERE id = ?"""
"""A start address keeps its lane; what was read alone, under the name of the host, is the fresh runs' of the source."""
_CLOSE = f"""
    UPDATE links SET state = 'rejected', reason = ?, detail = ?, due_at = NULL, attempts = 0, settled_at = ?,
        lane = {KEPT_LANE}
    WHERE id = ?"""  # noqa: S608  a constant
_EMPTY = """
    UPDATE articles SET source = ?, state = 'withdrawn', state_reason = ?, updated_at = ?, last_number = ?,
        embargo_until = NULL, revision_id = NULL, text_hash = NULL
    WHERE id = ?"""
_HAND_ON = (
    "UPDATE captures SET revision_id = NULL WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = :old)",
    "DELETE FROM revisions WHERE article_id = :old",
    "DELETE FROM article_topics WHERE article_id = :old",
    "DELETE FROM related WHERE article_id = :old OR kind <> 'page' AND position = :old",
    "INSERT OR IGNORE INTO pictured (article_id, url) SELECT :new, url FROM pictured WHERE article_id = :old",
    "DELETE FROM pictured WHERE article_id = :old",
)
_RANKS = {State.STORED.value: 0, State.GONE.value: 0, State.OPEN.value: 1}
"""Of two links of one article that stays which has the lower one; 2 are all others."""


@frozen(kw_only=True)
class Owner:
    """The source on whose hosts an address lies."""

    publisher: Publisher
    address: Address | None
    """The article that the address means to it; None where it is none of its articles."""
    reason: Reason = Reason.LIST_PAGE
    """Why it is none."""


@frozen(kw_only=True)
class Owners:
    """The sources that are known."""

    fingerprint: str
    """Another one where they say otherwise which addresses are their articles, and under which keys."""
    of: Callable[[str], Owner | None]
    """Whose an address is; None where nobody's."""


class Adoption:
    """One use: :meth:`run`. Each chunk is a transaction; one that was killed is begun anew, and finds what is left."""

    def __init__(self, connection: sqlite3.Connection, owners: Owners, policy: Policy, clock: Clock) -> None:
        self._db = connection
        self._owners = owners
        self._policy = policy
        self._now = clock.now()
        self._at = stamp(self._now)
        self._put_off = False

    def run(self) -> int:
        """How many articles have another source now."""
        total = self._through(_OF_HOSTS, lambda rows: self._adopt([id_ for (id_,) in rows], first_pages=True))
        if self._put_off:
            total += self._through(_OF_HOSTS, lambda rows: self._adopt([id_ for (id_,) in rows], first_pages=False))
        self._through(_LINKS_OF_HOSTS, self._adopt_links)
        return total

    def _through(self, query: str, work: Callable[[list[tuple[Any, ...]]], int]) -> int:
        total = after = 0
        while True:
            with transaction(self._db):
                if not (rows := self._db.execute(query, (after, CHUNK)).fetchall()):
                    return total
                total += work(rows)
            after = rows[-1][0]

    # -- articles ------------------------------------------------------------------------------------------------

    def _adopt(self, ids: Sequence[int], *, first_pages: bool) -> int:
        """A later page that was taken for an article waits until the article itself has its new key."""
        moved = 0
        for kept in sorted(kept_by_id(self._db, ids), key=lambda kept: kept.id):
            owner = self._owners.of(kept.url or "")
            if owner is None or owner.address is None:
                continue
            if first_pages and owner.address.page != 1:
                self._put_off = True
                continue
            self._db.execute(_INTRODUCE, _row(owner.publisher))
            self._adopt_one(kept, owner.address, owner.publisher.slug)
            moved += 1
        self._point_anew(ids)
        if moved:
            note_policy(self._db, self._policy)
            if settled(self._db).get(COPY) != PURGED:
                settle(self._db, {COPY: BEHIND})
        return moved

    def _adopt_one(self, kept: Kept, address: Address, slug: str) -> None:
        if other := kept_by_key(self._db, [address.key]).get(address.key):
            self._join(kept, other, address, slug)
        elif kept.columns and kept.state != "withdrawn":
            self._rename(kept, address, slug)
        else:
            self._rename_empty(kept, address, slug)

    def _rename(self, kept: Kept, address: Address, slug: str) -> None:
        out, before, old = Tables(self._db, self._at), kept.shown, kept.key
        self._move(old, address, slug)
        kept.key, kept.source, kept.url, kept.touched = address.key, slug, address.url, True
        self._db.execute("UPDATE articles SET key = ?, source = ? WHERE id = ?", (kept.key, slug, kept.id))
        kept.put_on_terms(self._policy, self._now)
        out.tell_renamed(kept, before, old)
        out.write([kept])
        if kept.story_id is not None:
            stories.rank(self._db, kept.story_id)

    def _rename_empty(self, kept: Kept, address: Address, slug: str) -> None:
        """A tombstone, or what was one and is to be read anew."""
        self._move(kept.key, address, slug)
        own = (address.key, slug, address.url, kept.id)
        self._db.execute("UPDATE articles SET key = ?, source = ?, url = ? WHERE id = ?", own)
        if kept.state == "withdrawn":
            close_links(self._db, address.key, self._at)

    def _join(self, kept: Kept, other: Kept, address: Address, slug: str) -> None:
        """``kept`` is stored under its new key as well, as ``other``. A tombstone of either is one of both."""
        if kept.state == "withdrawn" and other.state in ("shown", "hidden"):
            put_tombstone(self._db, address, slug, self._reason(kept), self._at)
        elif other.state == "withdrawn" and kept.state != "withdrawn":
            old = Address(key=kept.key, url=kept.url or address.url)
            put_tombstone(self._db, old, kept.source, self._reason(other), self._at)
        elif kept.state != "withdrawn":
            self._merge(kept, other, address, slug)
            return
        self._db.execute("UPDATE articles SET source = ? WHERE id = ?", (slug, kept.id))

    def _merge(self, kept: Kept, other: Kept, address: Address, slug: str) -> None:
        """What is known of the fetches and images of ``kept`` is known as those of ``other`` from now on, so that a
        takedown of it reaches them."""
        out, before = Tables(self._db, self._at), kept.shown
        self._move(kept.key, address, slug)
        out.take_from_search(kept)
        stories.unmark(self._db, kept)
        kept.state = "withdrawn"
        out.tell(kept, before, "operator")
        if kept.story_id is not None:
            out.tell_story(stories.leave(self._db, kept.id, kept.story_id), "operator")
        out.write_changes()
        words = f"the same article as {address.key}"
        self._db.execute(_EMPTY, (slug, words, self._at, kept.number, kept.id))
        for statement in _HAND_ON:
            self._db.execute(statement, {"old": kept.id, "new": other.id})

    def _reason(self, tombstone: Kept) -> str:
        query = "SELECT state_reason FROM articles WHERE id = ?"
        return str(self._db.execute(query, (tombstone.id,)).fetchone()[0])

    def _point_anew(self, ids: Sequence[int]) -> None:
        """What their pages name as related: a page knows keys of its own site alone."""
        rows = self._db.execute(_RELATED, (to_json(ids),)).fetchall()
        for key, url, article_id, position in rows:
            owner = self._owners.of(url)
            if owner is not None and owner.address is not None and owner.address.key != key:
                self._db.execute(_POINT, (owner.address.key, article_id, position))

    # -- links ---------------------------------------------------------------------------------------------------

    def _adopt_links(self, rows: Iterable[tuple[Any, ...]]) -> int:
        for id_, key, url, state in rows:
            owner = self._owners.of(url)
            if owner is None:
                continue
            slug = owner.publisher.slug
            if owner.address is None:
                if state == State.OPEN.value:
                    words = f"no article address of {slug}, which knows the site now"
                    self._db.execute(_CLOSE, (owner.reason.value, words, self._at, id_))
            elif self._db.execute(
                "SELECT 1 FROM articles WHERE key = ?", (key,)
            ).fetchone():  # a tombstone that has its key still, beside one of the new key
                self._db.execute("UPDATE links SET source = ? WHERE id = ?", (slug, id_))
            else:
                self._move(key, owner.address, slug)
        return 0

    def _move(self, old: str, address: Address, slug: str) -> None:
        """Give link and records of ``old`` their new key. Of two links the one that says more stays."""
        new = address.key
        self._db.execute("UPDATE captures SET key = ? WHERE key = ?", (new, old))
        self._db.execute("UPDATE links SET same_as = ? WHERE same_as = ?", (new, old))
        found = "SELECT key, id, state FROM links WHERE key IN (?, ?)"
        links = {key: (id_, _RANKS.get(state, 2)) for key, id_, state in self._db.execute(found, (old, new))}
        ours, theirs = links.get(old), links.get(new)
        if ours is None:
            return
        if theirs is not None:
            gone, stays = (theirs, ours) if ours[1] < theirs[1] else (ours, theirs)
            self._drop(gone[0], stays[0])
        if theirs is None or ours[1] < theirs[1]:
            self._db.execute(_MOVE_LINK, (new, slug, address.url if address.page != 1 else None, ours[0]))
        self._db.execute("UPDATE links SET same_as = NULL WHERE key = ? AND same_as = key", (new,))
        if self._db.execute("SELECT 1 FROM articles WHERE key = ? AND state = 'withdrawn'", (new,)).fetchone():
            close_links(self._db, new, self._at)

    def _drop(self, gone: int, stays: int) -> None:
        """A walk that met the one has met the other."""
        for table in ("seen", "ground"):
            self._db.execute(
                f"INSERT OR IGNORE INTO {table} SELECT listing_id, ? FROM {table} WHERE link_id = ?",  # noqa: S608
                (stays, gone),
            )
            self._db.execute(f"DELETE FROM {table} WHERE link_id = ?", (gone,))  # noqa: S608
        self._db.execute("DELETE FROM links WHERE id = ?", (gone,))


def _row(publisher: Publisher) -> tuple[str | None, ...]:
    return (publisher.slug, publisher.name, publisher.home, publisher.language, publisher.feed)
