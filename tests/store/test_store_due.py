"""When a link is asked again: retries, rechecks, and what has vanished. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.store.due import (
    BACKOFF,
    GONE_APART,
    GONE_FOR_GOOD,
    LEAST_WAIT,
    Outcome,
    Standing,
    State,
    last_check,
    next_due,
)

T = datetime(2025, 11, 19, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEPT = Standing(state=State.STORED, kept_at=T, recheck_until=T + 48 * HOUR, due_at=T + HOUR)


def asked_when_due(standing: Standing, outcome: Outcome, now: datetime = T) -> list[timedelta]:
    """Ask whenever it is due; how long after ``now`` each time."""
    times = []
    while standing.due_at is not None:
        times.append(standing.due_at - now)
        standing = next_due(standing, outcome, standing.due_at)
    return times


def test_a_fresh_article_is_asked_again_on_a_declining_schedule_until_its_hours_are_over():
    first = next_due(Standing(state=State.OPEN, due_at=T, recheck_until=T + 48 * HOUR), Outcome.STORED, T)
    assert asked_when_due(first, Outcome.STORED) == [HOUR * n for n in (1, 2, 4, 8, 16, 32)]


def test_an_article_found_long_after_its_publication_is_not_asked_again():
    first = next_due(Standing(state=State.OPEN, recheck_until=T - HOUR), Outcome.STORED, T)
    assert first == Standing(state=State.STORED, kept_at=T, recheck_until=T - HOUR, due_at=None)


def test_without_hours_of_rechecks_an_answer_settles_a_link_for_good():
    first = next_due(Standing(state=State.OPEN, attempts=3, due_at=T), Outcome.STORED, T)
    assert first == Standing(state=State.STORED, kept_at=T)


def test_a_check_that_comes_late_is_not_followed_by_the_next_one_at_once():
    late = next_due(KEPT, Outcome.STORED, T + timedelta(minutes=110))
    assert late.due_at == T + 4 * HOUR


def test_the_last_check_is_known_beforehand():
    assert not last_check(KEPT, T + 16 * HOUR)
    assert last_check(KEPT, T + 32 * HOUR)
    assert last_check(Standing(state=State.STORED), T)


@given(st.lists(st.tuples(st.sampled_from(Outcome), st.integers(0, 3000)), max_size=40))
def test_whatever_comes_of_it_a_stored_link_is_never_due_within_five_minutes_and_ends(steps: list[tuple[Outcome, int]]):
    standing, now = KEPT, T
    for outcome, minutes in steps:
        now = max(now + timedelta(minutes=minutes), standing.due_at or now)
        standing = next_due(standing, outcome, now)
        assert standing.state in (State.STORED, State.GONE)
        if standing.due_at is not None:
            assert standing.due_at - now >= min(BACKOFF[0], LEAST_WAIT)
            assert standing.due_at <= T + max(timedelta(hours=48), now - T) + GONE_FOR_GOOD


# -- failures ---------------------------------------------------------------------------------------------------------


def test_failures_back_off_ever_longer_and_end():
    standing, waits = Standing(state=State.OPEN, due_at=T), []
    while standing.due_at is not None:
        now = standing.due_at
        standing = next_due(standing, Outcome.FAILED, now)
        if standing.due_at:
            waits.append(standing.due_at - now)
    assert tuple(waits) == BACKOFF
    assert waits == sorted(waits)
    assert timedelta(minutes=1) < waits[0] < HOUR
    assert waits[-1] > timedelta(days=1)
    assert standing == Standing(state=State.GIVEN_UP, attempts=len(BACKOFF) + 1)


def test_a_link_given_up_and_asked_once_more_in_vain_stays_given_up():
    standing = Standing(state=State.GIVEN_UP, attempts=len(BACKOFF) + 1)
    assert next_due(standing, Outcome.FAILED, T).state is State.GIVEN_UP


def test_a_recheck_that_fails_is_tried_again_soon_and_the_article_stays_what_it_is():
    failed = next_due(KEPT, Outcome.FAILED, T + HOUR)
    assert (failed.state, failed.due_at, failed.attempts) == (State.STORED, T + HOUR + BACKOFF[0], 1)
    answered = next_due(failed, Outcome.STORED, T + HOUR + BACKOFF[0])
    assert (answered.due_at, answered.attempts) == (T + 2 * HOUR, 0)


def test_a_recheck_that_goes_on_failing_ends_with_its_hours():
    times = asked_when_due(KEPT, Outcome.FAILED)
    assert len(times) == 6
    assert times[-1] <= timedelta(hours=48)


@pytest.mark.parametrize("state", [State.STORED, State.REJECTED])
def test_a_failure_of_what_is_settled_for_good_changes_nothing(state: State):
    standing = Standing(state=state)
    assert next_due(standing, Outcome.FAILED, T) is standing


@pytest.mark.parametrize("state", [State.OPEN, State.REJECTED, State.GIVEN_UP])
def test_what_is_no_article_is_not_asked_again(state: State):
    assert next_due(Standing(state=state, attempts=3, due_at=T), Outcome.REJECTED, T) == Standing(state=State.REJECTED)


def test_what_is_stored_stays_so_when_its_page_is_no_article_any_more():
    assert next_due(Standing(state=State.STORED, kept_at=T), Outcome.REJECTED, T).state is State.STORED
    rejected = next_due(KEPT, Outcome.REJECTED, T + HOUR)
    assert (rejected.state, rejected.due_at) == (State.STORED, T + 2 * HOUR)


# -- gone -------------------------------------------------------------------------------------------------------------


def test_gone_once_is_asked_again_hours_later_and_gone_twice_is_hidden():
    once = next_due(KEPT, Outcome.GONE, T + HOUR)
    assert (once.state, once.gone_at, once.due_at) == (State.STORED, T + HOUR, T + HOUR + GONE_APART)
    twice = next_due(once, Outcome.GONE, T + HOUR + GONE_APART)
    assert twice.state is State.GONE
    assert timedelta(hours=1) < GONE_APART


def test_two_answers_within_the_hour_are_one():
    once = next_due(KEPT, Outcome.GONE, T + HOUR)
    again = next_due(once, Outcome.GONE, T + HOUR + timedelta(minutes=30))
    assert again == once


def test_an_answer_in_between_takes_gone_back():
    once = next_due(KEPT, Outcome.GONE, T + HOUR)
    back = next_due(once, Outcome.STORED, T + 3 * HOUR)
    assert back.gone_at is None
    assert next_due(back, Outcome.GONE, T + 4 * HOUR).state is State.STORED


def test_gone_at_the_end_of_its_hours_is_still_confirmed():
    once = next_due(KEPT, Outcome.GONE, T + 47 * HOUR)
    assert once.due_at == T + 49 * HOUR


def test_what_is_hidden_is_asked_ever_more_seldom_for_two_weeks_and_a_later_answer_brings_it_back():
    hidden = Standing(state=State.GONE, kept_at=T, recheck_until=T + 48 * HOUR, gone_at=T, due_at=T + 6 * HOUR)
    times = asked_when_due(hidden, Outcome.GONE)
    waits = [later - sooner for sooner, later in pairwise(times)]
    assert waits == sorted(waits)
    assert 3 < len(times) < 10
    assert timedelta(days=3) < times[-1] <= GONE_FOR_GOOD
    back = next_due(hidden, Outcome.STORED, T + 6 * HOUR)
    assert (back.state, back.gone_at, back.due_at) == (State.STORED, None, T + 8 * HOUR)


def test_a_link_that_never_was_an_article_and_is_not_there_is_a_failure():
    once = next_due(Standing(state=State.OPEN), Outcome.GONE, T)
    assert once == next_due(Standing(state=State.OPEN), Outcome.FAILED, T)
