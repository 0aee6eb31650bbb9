"""How a run ended: what is counted while it goes on, and the verdict with its exit code and words. Pure.

The spider, the pipelines and the extensions count under the names of :class:`Count` (in Scrapy's stats); ``judge``
reads the counts when the run is over. The exit codes are the contract's; the last log line is ``Outcome.words``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from attrs import frozen

from newscrawl.errors import Reason


class Exit(IntEnum):
    """Exit codes of ``scrapy crawl``."""

    DONE = 0
    BUG = 1
    REFUSED = 2
    """Scrapy refused the command line; never given by newscrawl itself."""
    BROKEN = 3
    LOCKED = 4
    UNREACHABLE = 5
    UNWRITABLE = 6


class Count:
    """Names of what is counted. Those that end in '/' are followed by a word: a reason, a field, a class."""

    LISTINGS = "newscrawl/listings/asked"
    LISTINGS_UNCHANGED = "newscrawl/listings/not_modified"
    """Of those asked, the ones whose server said that nothing has changed (304), and indexes of sitemaps that say so of
    all that they name."""
    LISTINGS_INDEXES = "newscrawl/listings/indexes"
    """Of those asked, the indexes of sitemaps that have no links of their own and whose parts are all asked."""
    LISTINGS_FAILED = "newscrawl/listings/failed/"
    LISTINGS_EMPTY = "newscrawl/listings/without_article_links/"
    LINKS = "newscrawl/links/found"
    LINKS_NEW = "newscrawl/links/new"
    LINKS_KNOWN = "newscrawl/links/known"
    PASSED_OVER = "newscrawl/links/passed_over/"
    FEED_LINKS = "newscrawl/witness/feed_links"
    FEED_MISSED = "newscrawl/witness/missed_by_the_list"
    ASKED = "newscrawl/articles/asked"
    FRESH = "newscrawl/articles/asked_fresh"
    """Of those asked, the links that this run found."""
    FRESH_FAILED = "newscrawl/articles/failed_fresh/"
    AGAIN = "newscrawl/articles/asked_again"
    """Of those asked, the ones whose article is stored and shown."""
    AGAIN_FAILED = "newscrawl/articles/failed_again/"
    RECHECKED = "newscrawl/articles/answered_again"
    """Of those asked again, the ones whose publisher answered anything about the article."""
    NOT_MODIFIED = "newscrawl/articles/not_modified"
    """Of those asked again, the ones whose server said that nothing has changed (304)."""
    VANISHED = "newscrawl/articles/vanished"
    """Of those asked again, the ones that the publisher says are not there."""
    FETCHED = "newscrawl/articles/fetched"
    FAILED = "newscrawl/articles/failed/"
    GIVEN_UP = "newscrawl/articles/given_up"
    """Of those that failed, the ones that are not asked any more."""
    ADDED = "newscrawl/articles/added"
    REVISED = "newscrawl/articles/revised"
    UNCHANGED = "newscrawl/articles/unchanged"
    HIDDEN = "newscrawl/articles/hidden"
    RESTORED = "newscrawl/articles/restored"
    REJECTED = "newscrawl/rejected/"
    HELD_BACK = "newscrawl/held_back/"
    """By column: of those read again, what a weaker hand answered otherwise than before, and what was not taken."""
    MISSING = "newscrawl/missing/"
    SAMPLE = "newscrawl/sample/"
    """As store.events.Tally.sample."""
    HEALTH = "newscrawl/health/"
    """What is wrong with the source, in words; each is one name."""
    IMAGES = "newscrawl/images/mirrored"
    """Fetched, or said to be unchanged (304), in this run."""
    IMAGES_FAILED = "newscrawl/images/failed/"
    BUGS = "newscrawl/bugs/"
    LOCKED = "newscrawl/locked_by"
    UNWRITABLE = "newscrawl/store_unwritable"


class Kind:
    """Kinds of runs. Only whole ones say how a source is; a backfill goes on beside the others."""

    WHOLE = "whole"
    PART = "part"
    """One address, or up to a limit."""
    BACKFILL = "backfill"


@frozen(kw_only=True)
class Outcome:
    name: str
    """done, stopped, bug, broken, locked, unreachable or unwritable: the ledger's word."""
    exit_code: Exit
    words: str


AWAY = (
    *("http_5", "http_401", "http_403", "http_407", "http_429"),
    *("timeout", "connection", "dns", "tls", "robots", "address_refused"),
)
"""Failure words (prefixes) that say 'could not be reached', or 'will not be', as against 'is not there'."""

BROKEN_IN_WORDS = "looks broken: "
"""In the ledger's errors: what is behind it makes the source look broken."""
_ENOUGH = 3


def tally(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    """What was counted under ``prefix``, by word, most first."""
    found = {name[len(prefix) :]: int(value) for name, value in stats.items() if name.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def judge(stats: Mapping[str, Any], finish_reason: str | None) -> Outcome:
    """The verdict over a finished run.

    ``stats`` are Scrapy's; ``finish_reason`` is what the spider closed with ('finished', 'shutdown' after a signal, …).
    The gravest thing wins: a lock, the store, a bug, out of reach, broken, stopped, done.
    """
    if holder := stats.get(Count.LOCKED):
        return Outcome(name="locked", exit_code=Exit.LOCKED, words=f"another run holds the lock ({holder})")
    counts = sentence(stats)
    if problem := stats.get(Count.UNWRITABLE):
        return Outcome(name="unwritable", exit_code=Exit.UNWRITABLE, words=f"{problem}; {counts}")
    if bugs := tally(stats, Count.BUGS):
        return Outcome(name="bug", exit_code=Exit.BUG, words=f"a bug ({_listed(bugs)}), see the log above; {counts}")
    if finish_reason == "shutdown":
        return Outcome(name="stopped", exit_code=Exit.DONE, words=f"stopped by a signal, to be resumed; {counts}")
    if problem := _out_of_reach(stats):
        return Outcome(name="unreachable", exit_code=Exit.UNREACHABLE, words=f"out of reach: {problem}; {counts}")
    if problem := _broken(stats):
        return Outcome(name="broken", exit_code=Exit.BROKEN, words=f"the source looks broken: {problem}; {counts}")
    if finish_reason is None:
        words = f"stopped at once by a second signal, what was committed stays; {counts}"
        return Outcome(name="stopped", exit_code=Exit.DONE, words=words)
    return Outcome(name="done", exit_code=Exit.DONE, words=f"done; {counts}")


def _out_of_reach(stats: Mapping[str, Any]) -> str | None:
    """Every listing failed, or every article did.

    Links of earlier runs that fail again say nothing about a source whose listing answers; nor do one or two fresh.
    """
    listings = stats.get(Count.LISTINGS, 0)
    if not listings:  # -a url: one article, asked alone
        failed = tally(stats, Count.FAILED)
        return f"the article failed ({_listed(failed)})" if failed and not stats.get(Count.FETCHED) else None
    away = _away(tally(stats, Count.LISTINGS_FAILED))
    if away and sum(away.values()) >= listings - stats.get(Count.LISTINGS_INDEXES, 0):
        return f"every listing failed ({_listed(away)})"
    asked = stats.get(Count.FRESH, 0) + stats.get(Count.AGAIN, 0)
    fresh, again = tally(stats, Count.FRESH_FAILED), tally(stats, Count.AGAIN_FAILED)
    away = _away(Counter(fresh) + Counter(again))
    if asked >= _ENOUGH and sum(away.values()) >= asked:
        return f"every article failed ({_listed(away)})"
    return None


def _away(failed: Mapping[str, int]) -> dict[str, int]:
    return {word: number for word, number in failed.items() if word.startswith(AWAY)}


def is_outage(vanished: int, rechecked: int) -> bool:
    """Whether so many of the articles that were asked again and answered have vanished that the publisher is broken
    rather than that it took them down: more than three, and over a fifth."""
    return vanished > 3 and vanished * 5 > rechecked


def feed_is_ahead(stats: Mapping[str, Any]) -> bool:
    """Whether the feed has so many articles that the list misses that the list is broken."""
    missed = int(stats.get(Count.FEED_MISSED, 0))
    return missed >= 3 and missed * 2 > stats.get(Count.FEED_LINKS, 0)


def _broken(stats: Mapping[str, Any]) -> str | None:
    return "; ".join(_complaints(stats)) or None


def has_no_links(stats: Mapping[str, Any]) -> bool:
    """Whether listings were asked, every one answered, and none had an article link."""
    asked, unchanged = stats.get(Count.LISTINGS, 0), stats.get(Count.LISTINGS_UNCHANGED, 0)
    away = _away(tally(stats, Count.LISTINGS_FAILED))
    return bool(asked and not unchanged and not away and not stats.get(Count.LINKS, 0))


def _complaints(stats: Mapping[str, Any]) -> Iterator[str]:
    if empty := tally(stats, Count.LISTINGS_EMPTY):
        yield f"no article link in {', '.join(empty)}"
    elif has_no_links(stats):
        failed = tally(stats, Count.LISTINGS_FAILED)
        yield f"no listing gave an article link ({_listed(failed)})" if failed else "no listing gave an article link"
    if feed_is_ahead(stats):
        missed, witnessed = stats.get(Count.FEED_MISSED, 0), stats.get(Count.FEED_LINKS, 0)
        yield f"the feed has {missed} of {witnessed} articles that the list misses"
    moved, fresh = stats.get(Count.FRESH_FAILED + Reason.MOVED_NOWHERE.value, 0), stats.get(Count.FRESH, 0)
    if moved >= _ENOUGH and moved * 2 > fresh:
        yield f"{moved} of {fresh} new articles lead to a page that is none of theirs"
    vanished, rechecked = stats.get(Count.VANISHED, 0), stats.get(Count.RECHECKED, 0)
    if is_outage(vanished, rechecked):
        yield (
            f"{vanished} of {rechecked} articles that answered when asked again have vanished, taken for an outage: "
            "none was hidden"
        )
    yield from tally(stats, Count.HEALTH)


def sentence(stats: Mapping[str, Any]) -> str:
    """The counts in one line, zeros left out but for what was added."""
    parts = [f"{stats.get(Count.ADDED, 0)} added"]
    numbers: tuple[tuple[int, str], ...] = ((stats.get(Count.REVISED, 0), "revised"), (_unchanged(stats), "unchanged"))
    seen = ((Count.VANISHED, "vanished"), (Count.HIDDEN, "hidden"), (Count.RESTORED, "restored"))
    numbers += tuple((stats.get(name, 0), word) for name, word in seen)
    parts += [f"{number} {word}" for number, word in numbers if number]
    if held := tally(stats, Count.HELD_BACK):
        parts.append(f"held back as read by a weaker hand ({_listed(held)})")
    for prefix, word in ((Count.REJECTED, "rejected"), (Count.FAILED, "failed"), (Count.PASSED_OVER, "passed over")):
        if found := tally(stats, prefix):
            parts.append(f"{sum(found.values())} {word} ({_listed(found)})")
    parts.append(
        f"{stats.get(Count.LINKS, 0)} links ({stats.get(Count.LINKS_NEW, 0)} new) "
        f"in {stats.get(Count.LISTINGS, 0)} listing pages"
    )
    if unchanged := stats.get(Count.LISTINGS_UNCHANGED, 0):
        parts[-1] += f" ({unchanged} not modified)"
    if failed := tally(stats, Count.LISTINGS_FAILED):
        parts.append(f"{sum(failed.values())} listing pages failed ({_listed(failed)})")
    if given_up := stats.get(Count.GIVEN_UP, 0):
        parts.append(f"{given_up} links given up")
    if missed := stats.get(Count.FEED_MISSED, 0):
        parts.append(f"{missed} only in the feed")
    if images := stats.get(Count.IMAGES, 0):
        parts.append(f"{images} images mirrored")
    if failed := tally(stats, Count.IMAGES_FAILED):
        parts.append(f"{sum(failed.values())} images failed ({_listed(failed)})")
    return ", ".join(parts)


def ledger_row(stats: Mapping[str, Any]) -> dict[str, Any]:
    """The counts as the columns of the contract's view ``runs`` (JSON ones as mappings)."""
    failed = {f"article {word}": n for word, n in tally(stats, Count.FAILED).items()}
    failed |= {f"listing {word}": n for word, n in tally(stats, Count.LISTINGS_FAILED).items()}
    failed |= {f"image {word}": n for word, n in tally(stats, Count.IMAGES_FAILED).items()}
    failed |= {f"bug {word}": n for word, n in tally(stats, Count.BUGS).items()}
    if given_up := stats.get(Count.GIVEN_UP, 0):
        failed["article given up"] = given_up
    failed |= {BROKEN_IN_WORDS + words: 1 for words in _complaints(stats)}
    return {
        "listings": stats.get(Count.LISTINGS, 0),
        "links": stats.get(Count.LINKS, 0),
        "known": stats.get(Count.LINKS_KNOWN, 0),
        "fetched": stats.get(Count.FETCHED, 0),
        "added": stats.get(Count.ADDED, 0),
        "revised": stats.get(Count.REVISED, 0),
        "unchanged": _unchanged(stats),
        "rejected": dict(Counter(tally(stats, Count.REJECTED)) + Counter(tally(stats, Count.PASSED_OVER))),
        "missing": tally(stats, Count.MISSING),
        "sample": tally(stats, Count.SAMPLE),
        "errors": failed,
        "requests": stats.get("downloader/request_count", 0),
        "bytes": stats.get("downloader/response_bytes", 0),
    }


def _unchanged(stats: Mapping[str, Any]) -> int:
    """Read and found the same, or not sent again."""
    return int(stats.get(Count.UNCHANGED, 0)) + int(stats.get(Count.NOT_MODIFIED, 0))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {number}" for word, number in counts.items())
