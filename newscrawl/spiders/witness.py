"""The feed as a second witness beside the list: what it has and the list never showed makes the list suspect."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from newscrawl.discover.listings import Feed, Listing
from newscrawl.items import Link


class Witness:
    """Gathers, during one run, what feeds and lists say. ``keys`` are the feeds' article keys."""

    def __init__(self) -> None:
        self._feed: dict[str, datetime | None] = {}
        self._listed: set[str] = set()
        self._oldest: datetime | None = None

    @property
    def keys(self) -> Collection[str]:
        return self._feed.keys()

    def heard(self, where: Listing, links: Collection[Link]) -> None:
        if isinstance(where, Feed):
            self._feed |= {link.key: link.time.at if link.time else None for link in links}
            return
        self._listed.update(link.key for link in links)
        times = [link.time.at for link in links if link.time]
        self._oldest = min([*times, *([self._oldest] if self._oldest else [])], default=None)

    def missed(self, on_ground: Collection[str]) -> frozenset[str]:
        """Articles of the feeds that the list does not show now, never showed (``on_ground``: keys that a finished walk
        met), and should: they are no older than the oldest it showed. Nothing where the list showed nothing at all."""
        if not self._listed:
            return frozenset()
        return frozenset(
            key
            for key, at in self._feed.items()
            if key not in self._listed
            and key not in on_ground
            and (at is None or self._oldest is None or at >= self._oldest)
        )
