"""What the writer is told, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import Factory, frozen

from newscrawl.errors import Reason
from newscrawl.items import Article, Capture


@frozen(kw_only=True)
class Read:
    """An article to be kept; its link, if any, is closed with it."""

    article: Article
    link_key: str | None


@frozen(kw_only=True)
class Rejection:
    """A page that is no article, or none that may be kept."""

    key: str
    reason: Reason
    detail: str
    captures: tuple[Capture, ...]


@frozen(kw_only=True)
class Failure:
    """A page that could not be had."""

    key: str
    word: str
    detail: str


Event = Read | Rejection | Failure


@frozen(kw_only=True)
class Tally:
    """What became of a number of articles. Adds up with ``+``."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    rejected: Mapping[str, int] = Factory(dict)
    """By the value of errors.Reason; duplicates and what a tombstone kept out are among them."""
    failed: Mapping[str, int] = Factory(dict)
    """By the failure's word."""
    missing: Mapping[str, int] = Factory(dict)
    """By field: how many of the articles added, revised or unchanged had nothing there."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            added=self.added + other.added,
            revised=self.revised + other.revised,
            unchanged=self.unchanged + other.unchanged,
            rejected=dict(Counter(self.rejected) + Counter(other.rejected)),
            failed=dict(Counter(self.failed) + Counter(other.failed)),
            missing=dict(Counter(self.missing) + Counter(other.missing)),
        )
