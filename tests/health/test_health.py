"""What makes a source look broken, told from an odd page: pure, over made-up histories."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from newscrawl.health import HANDS, Complaint, Run, fallen, quiet, sample_of, worse_again

NOW = datetime(2025, 11, 19, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def run(ago: timedelta, articles: int, *, good: bool = True, lost: int = 0, **odd: int) -> Run:
    """``credit=3`` lacks three credits; ``body_generic=3`` has three bodies answered by the generic reader, all others
    by the selector."""
    sample = {"articles": articles, "lost": lost, "by/body/selector": articles}
    for name, number in odd.items():
        field, _, hand = name.partition("_")
        if hand:
            sample[f"by/{field}/{hand}"] = number
            sample["by/body/selector"] -= number
        else:
            sample[f"lacks/{field}"] = number
    return Run(at=NOW - ago, good=good, sample={name: number for name, number in sample.items() if number})


def steady(days: int = 10, *, articles: int = 3, every: int = 2, **odd: int) -> list[Run]:
    """Runs every two hours with a few articles each, newest first, the newest two hours ago."""
    return [run(n * every * HOUR, articles, **odd) for n in range(1, days * 24 // every)]


def words(*runs: Run, history: Iterable[Run] | None = None) -> list[str]:
    return [one.words for one in fallen([*runs, *(steady() if history is None else history)], NOW)]


def test_a_field_that_was_always_there_and_is_not_is_named_with_its_numbers():
    assert words(run(0 * HOUR, 7, credit=7)) == ["credit is found in 0 of 7 articles, usually in 100 %"]


@pytest.mark.parametrize("odd", [0, 1, 2, 3])
def test_odd_pages_among_good_ones_are_no_alarm(odd: int):
    assert words(run(0 * HOUR, 7, credit=odd)) == []


def test_a_run_of_few_articles_is_judged_with_those_before_it():
    assert words(run(0 * HOUR, 2, credit=2)) == []
    two = [run(0 * HOUR, 2, credit=2), run(1 * HOUR, 2, credit=2)]
    assert words(*two) == ["credit is found in 3 of 7 articles, usually in 100 %"]


def test_what_is_mended_is_no_alarm_from_its_first_good_run_on():
    """The broken pages of the hours before are still among those of the last day."""
    broken = [run(n * HOUR, 4, credit=4, good=False) for n in range(1, 6)]
    assert words(run(0 * HOUR, 2, credit=2), *broken) != []
    assert words(run(0 * HOUR, 2), *broken) == []


def test_what_is_older_than_a_day_helps_nobody_out():
    fresh, old = run(0 * HOUR, 3, credit=3), run(25 * HOUR, 5, credit=5)
    assert words(fresh, old, history=[run(n * DAY, 30) for n in range(2, 6)]) == []


def test_nothing_is_usual_before_twenty_articles_are_known():
    assert words(run(0 * HOUR, 7, credit=7), history=[run(3 * HOUR, 19)]) == []
    assert words(run(0 * HOUR, 7, credit=7), history=[run(3 * HOUR, 20)]) != []


def test_a_field_that_is_often_missing_is_judged_when_three_days_are_known():
    """A night's weather reports have no authors: one day says too little."""
    bad = run(0 * HOUR, 40, authors=40)
    assert words(bad, history=[run(3 * HOUR, 200, authors=80)]) == []
    days = [run(n * DAY + 3 * HOUR, 100, authors=40) for n in range(3)]
    assert words(bad, history=days) == ["authors is found in 0 of 40 articles, usually in 60 %"]


def test_a_field_that_is_often_missing_is_missed_over_many_small_runs():
    """Two articles say nothing where every other one has no author, twenty of them do."""
    mixed = steady(every=1, articles=2, authors=1)
    lost = [run(n * HOUR, 2, authors=2) for n in range(12)]
    assert words(*lost[:2], history=mixed[2:]) == []
    assert words(*lost, history=mixed[12:]) == ["authors is found in 0 of 20 articles, usually in 50 %"]


def test_what_is_there_nine_times_in_ten_is_missed_in_twenty_articles_not_in_a_handful():
    history = steady(articles=10, every=3, editors=1)
    assert words(run(0 * HOUR, 8, editors=8), history=history[1:]) == []
    lost = [run(n * HOUR, 8, editors=8) for n in range(3)]
    assert words(*lost, history=history[1:]) == ["editors is found in 0 of 24 articles, usually in 90 %"]


def test_what_comes_in_flocks_is_no_alarm_when_such_a_flock_was_there_before():
    flock = run(0 * HOUR, 8, authors=8)
    nights = [run(n * DAY, 8, authors=8) for n in (1, 2, 3)]
    assert words(flock, history=steady()) == ["authors is found in 0 of 8 articles, usually in 100 %"]
    history = sorted([*steady(), *nights], key=lambda one: one.at, reverse=True)
    assert words(flock, history=history) == []


def test_a_flock_of_a_broken_run_excuses_nobody():
    broken = run(3 * DAY + HOUR, 8, good=False, authors=8)
    history = sorted([*steady(), broken], key=lambda one: one.at, reverse=True)
    assert words(run(0 * HOUR, 8, authors=8), history=history) != []


def test_a_lasting_change_is_the_usual_after_a_week():
    def weeks_later(days: int) -> list[str]:
        changed = [run(n * DAY + HOUR, 10, good=False, credit=10) for n in range(days)]
        before = [run(n * DAY + HOUR, 10) for n in range(days, 14)]
        return words(run(0 * HOUR, 10, credit=10), history=[*changed, *before])

    assert weeks_later(6) != []
    assert weeks_later(8) == []


def test_the_answer_that_moves_down_the_chain_is_named_with_both_hands():
    assert words(run(0 * HOUR, 7, body_generic=7)) == [
        "body is answered by generic in 7 of 7 articles, usually by selector"
    ]
    assert words(run(0 * HOUR, 7, body_generic=2)) == []


@pytest.mark.parametrize(("usual", "now"), [("generic", "jsonld"), ("hint", "meta"), ("selector", "text")])
def test_an_answer_from_a_surer_hand_or_from_the_story_is_no_alarm(usual: str, now: str):
    history = [attrs.evolve(one, sample={"articles": 5, f"by/credit/{usual}": 5}) for one in steady()]
    assert words(Run(at=NOW, good=True, sample={"articles": 7, f"by/credit/{now}": 7}), history=history) == []


def test_pages_that_are_no_article_all_at_once_are_an_alarm():
    assert words(run(0 * HOUR, 0, lost=6)) == ["an article is read from 0 of 6 pages, usually from 100 %"]
    assert words(run(0 * HOUR, 5, lost=3)) == []


def test_only_rejections_that_a_layout_brings_about_are_lost_pages():
    assert sample_of({"articles": 1}, {"no_body": 2, "no_headline": 1, "duplicate": 5, "video": 9})["lost"] == 3
    assert sample_of({"articles": 1}, {"duplicate": 5}) == {"articles": 1}


def test_one_complaint_per_field_and_the_pages_that_show_it_are_named():
    bad = run(0 * HOUR, 7, credit=7, body_generic=7)
    found = fallen([bad, *steady()], NOW)
    assert {one.field: one.shown_by for one in found} == {
        "credit": ("lacks/credit",),
        "body": ("by/body/generic",),
    }


def test_a_source_that_brought_nothing_for_a_day_is_not_judged_by_its_last_articles():
    assert fallen([run(25 * HOUR, 7, credit=7), *[run(n * DAY, 20) for n in range(2, 6)]], NOW) == ()
    assert fallen([], NOW) == ()


@pytest.mark.parametrize("seed", range(3))
def test_two_weeks_of_chance_raise_no_alarm(seed: int):
    """Every field is missing at random, as often as it always is; every run of the last days is judged."""
    chance = random.Random(seed)
    rates = {"credit": 0.99, "authors": 0.6, "images": 0.35, "section": 0.9}
    runs: list[Run] = []
    for hours in range(24 * 15, 0, -1):
        articles = chance.choice((0, 1, 2, 3, 8))
        lacks = {name: sum(chance.random() > rate for _ in range(articles)) for name, rate in rates.items()}
        runs.insert(0, run(hours * HOUR, articles, **lacks))
    for number in range(100):
        assert fallen(runs[number:], runs[number].at) == ()


# -- articles read again -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("worse", "again", "alarm"), [(6, 9, True), (3, 3, True), (2, 2, False), (4, 9, False)])
def test_most_articles_read_again_having_lost_a_field_is_an_alarm(worse: int, again: int, alarm: bool):
    found = worse_again({"again": again, "weaker/credit": worse, "weaker/body_html": worse})
    said = f"credit is lost, or answered by a weaker hand, in {worse} of {again} articles read again"
    assert [one.words for one in found] == ([said] if alarm else [])


def test_the_page_that_shows_a_lost_field_lacks_it_or_has_it_from_the_weakest_hand():
    ((shown_by),) = [one.shown_by for one in worse_again({"again": 3, "weaker/body_text": 3})]
    assert shown_by[0] == "lacks/body"
    assert shown_by[1:] == tuple(f"by/body/{hand}" for hand in reversed(HANDS))


# -- silence -----------------------------------------------------------------------------------------------------------


def test_a_busy_source_that_is_silent_for_its_hours_is_an_alarm():
    found = quiet(NOW - 3 * HOUR, (25, 23, 8, 40), NOW)
    assert isinstance(found, Complaint)
    assert found.words == "nothing new since 2025-11-19 06:00 UTC, usually 24 by now on a Wednesday"


@pytest.mark.parametrize(
    ("since", "weeks"),
    [
        (NOW - HOUR, (99, 99, 99)),
        (NOW - 3 * HOUR, (99, 99)),
        (NOW - 3 * HOUR, (9, 9, 9, 30)),
        (NOW - 3 * HOUR, (30, 30, 0, 30)),
    ],
    ids=["for an hour", "two weeks known", "not busy at this hour", "silent like this before"],
)
def test_silence_that_is_nothing_new_is_no_alarm(since: datetime, weeks: tuple[int, ...]):
    assert quiet(since, weeks, NOW) is None
