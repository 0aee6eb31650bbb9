"""A copy waits for its original, and is asked when nothing comes of that one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from store_made import CLOCK, NOW, article, column, link, rows

from newscrawl.clock import Clock
from newscrawl.errors import Reason
from newscrawl.items import Address
from newscrawl.store.frontier import Frontier
from newscrawl.store.takedown import withdraw
from newscrawl.store.writer import Writer

ORIGINAL, COPY = "morning:1", "morning:2"


def record(path: Path, *numbers: int) -> None:
    with Frontier(path, CLOCK) as frontier:
        frontier.record([link(number) for number in numbers])


def turn_away(path: Path, key: str = COPY, original: str = ORIGINAL) -> None:
    with Writer(path, clock=CLOCK) as writer:
        writer.reject(key, Reason.COPY, same_as=original)


def of(path: Path, key: str = COPY) -> tuple[str, str | None, str | None]:
    ((state, reason, same_as),) = rows(path, "SELECT state, reason, same_as FROM links WHERE key = ?", key)
    return state, reason, same_as


WAITS = ("rejected", "copy", ORIGINAL)
FREE = ("open", None, None)


@pytest.mark.parametrize("word", ["http_404", "http_403", "robots_forbidden", "dns", "address_refused"])
def test_a_copy_is_asked_when_its_original_is_not_to_be_had(path: Path, word: str):
    record(path, 1, 2)
    turn_away(path)
    assert of(path) == WAITS
    with Frontier(path, CLOCK) as frontier:
        frontier.failed(ORIGINAL, word)
        assert of(path) == FREE
        assert COPY in [each.key for each in frontier.due("morning", limit=9)[0]]
        assert frontier.original(ORIGINAL).is_nothing


def test_a_bad_hour_of_its_original_frees_no_copy_before_that_is_given_up(path: Path):
    record(path, 1, 2)
    turn_away(path)
    for day in range(7):
        assert of(path) == WAITS
        with Frontier(path, Clock(NOW + timedelta(days=day))) as frontier:
            frontier.failed(ORIGINAL, "timeout")
    assert (of(path, ORIGINAL)[0], of(path)) == ("given_up", FREE)


@pytest.mark.parametrize("before", [True, False])
def test_a_copy_is_asked_when_its_original_is_no_article_whichever_was_settled_first(path: Path, before: bool):
    record(path, 1, 2, 3)
    for original in (before, not before):
        if original:
            with Frontier(path, CLOCK) as frontier:
                frontier.rejected([ORIGINAL], Reason.LIST_PAGE)
        else:
            turn_away(path)
    assert of(path) == FREE


def test_a_copy_stays_out_with_what_is_stored_or_taken_down(path: Path):
    record(path, 1, 2, 3, 4)
    turn_away(path)
    turn_away(path, "morning:4", "morning:3")
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1))
        writer.reject(ORIGINAL, Reason.NO_BODY)  # asked again; what is stored stays
    withdraw(path, Address(key="morning:3", url=link(3).url), "morning", "asked", CLOCK)
    with Frontier(path, CLOCK) as frontier:
        frontier.failed("morning:3", "http_404")
        assert frontier.original("morning:3").withdrawn
        assert not frontier.original(ORIGINAL).is_nothing
    assert (of(path), of(path, "morning:4")) == (WAITS, ("rejected", "copy", "morning:3"))


def test_a_copy_of_what_is_a_copy_or_a_duplicate_itself_is_one_of_what_is_kept(path: Path):
    record(path, 1, 2, 3, 4)
    turn_away(path)
    turn_away(path, ORIGINAL, "morning:3")
    assert of(path) == ("rejected", "copy", "morning:3")
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(4))
        writer.add(article(4, key="morning:3"))
    assert of(path) == ("rejected", "copy", "morning:4")
    assert of(path, ORIGINAL) == ("rejected", "copy", "morning:4")


def test_what_is_stored_is_nobodys_copy(path: Path):
    record(path, 1, 2)
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(2))
    turn_away(path)
    assert of(path) == ("stored", "copy", None)
    assert column(path, "SELECT count(*) FROM published") == [1]
