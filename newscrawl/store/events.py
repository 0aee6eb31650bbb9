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
    reread: bool = False
    """The archived page, read again by today's code."""
    weaker: bool = False
    """For a reread: what a weaker hand answers than before is taken too."""
    over: int | None = None
    """For a reread: the number of the revision it was compared with. Where that is the current one no more, because a
    crawl has revised the article meanwhile, nothing is kept."""


@frozen(kw_only=True)
class Rejection:
    """A page that is no article, or none that may be kept."""

    key: str
    reason: Reason
    detail: str
    captures: tuple[Capture, ...]
    same_as: str | None = None
    """Of a copy, or one of what was taken down: the key of its original."""


@frozen(kw_only=True)
class Failure:
    """A page that could not be had."""

    key: str
    word: str
    detail: str
    captures: tuple[Capture, ...] = ()


@frozen(kw_only=True)
class Gone:
    """An article that is kept, and that the publisher says is not there (any more). The second time, hours after the
    first, hides it."""

    key: str
    reason: Reason
    captures: tuple[Capture, ...]


Event = Read | Rejection | Failure | Gone


@frozen(kw_only=True)
class Tally:
    """What became of a number of articles. Adds up with ``+``."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    hidden: int = 0
    """Gone at the publisher's: shown no more."""
    restored: int = 0
    """Were hidden and are back; among ``revised`` or ``unchanged`` too."""
    rejected: Mapping[str, int] = Factory(dict)
    """By the value of errors.Reason; duplicates and what a tombstone kept out are among them."""
    failed: Mapping[str, int] = Factory(dict)
    """By the failure's word."""
    given_up: int = 0
    """Of those failed, the ones that are not asked any more."""
    held_back: Mapping[str, int] = Factory(dict)
    """By column: in how many of the articles read again it was read otherwise by a weaker hand, and not taken."""
    missing: Mapping[str, int] = Factory(dict)
    """By field: how many of the articles added, revised or unchanged had nothing there."""
    sample: Mapping[str, int] = Factory(dict)
    """What the health of a source is told by. Of the articles added: ``articles``, ``lacks/FIELD`` and
    ``by/FIELD/HAND`` (who answered). Of those read again: ``again``, ``weaker/COLUMN`` (decide.weaker_columns)."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            added=self.added + other.added,
            revised=self.revised + other.revised,
            unchanged=self.unchanged + other.unchanged,
            hidden=self.hidden + other.hidden,
            restored=self.restored + other.restored,
            rejected=dict(Counter(self.rejected) + Counter(other.rejected)),
            failed=dict(Counter(self.failed) + Counter(other.failed)),
            given_up=self.given_up + other.given_up,
            held_back=dict(Counter(self.held_back) + Counter(other.held_back)),
            missing=dict(Counter(self.missing) + Counter(other.missing)),
            sample=dict(Counter(self.sample) + Counter(other.sample)),
        )
