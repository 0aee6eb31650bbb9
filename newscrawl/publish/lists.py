"""The lists of the site: what is on a topic, in a section, of a source, of a day; each with a front of its newest
articles, a feed, and an archive in buckets (a day, of topics a month) cut into parts from their oldest article on, so
that an article that comes touches the last part alone, and one that goes those of its bucket."""

from __future__ import annotations

from attrs import frozen

from newscrawl.publish.addresses import slug

FRONT = 30
"""Articles on the front of a list, and in its feed."""
PART = 100
"""Articles in a part of a bucket."""


@frozen(kw_only=True)
class Listing:
    """A list of articles."""

    kind: str
    """'topic', whose buckets are months; 'section', 'source', 'day' (the list of all articles), whose buckets are
    days."""
    name: str
    """The topic, the section, the source's slug; '' for all articles."""
    title: str
    """What readers call it: the name, of a source the publisher's name."""

    @property
    def path(self) -> str:
        """Its folder within the site: ``topic/太原/``, ``source/chinanews/``, ``day/``."""
        return f"{self.kind}/{slug(self.name)}/" if self.name else f"{self.kind}/"

    def part(self, bucket: str, number: int) -> str:
        """The folder of a part; ``number`` from 1. ``topic/太原/2025-11/``, ``topic/太原/2025-11/2/``."""
        return f"{self.path}{bucket}/" + (f"{number}/" if number > 1 else "")


@frozen(kw_only=True)
class Bucket:
    """A month (``2025-11``) or a day (``2025-11-19``)."""

    name: str
    articles: int

    @property
    def month(self) -> str:
        return self.name[:7]

    @property
    def is_day(self) -> bool:
        return self.name != self.month
