"""The verdict over a run: which exit code, in which words."""

from __future__ import annotations

import pytest

from newscrawl.outcome import Count, Exit, judge, ledger_row, tally

GOOD = {Count.LISTINGS: 10, Count.LINKS: 30, Count.LINKS_NEW: 4, Count.ASKED: 4, Count.FETCHED: 4, Count.ADDED: 4}


@pytest.mark.parametrize(
    ("more", "reason", "code", "words"),
    [
        ({}, "finished", Exit.DONE, "done; 4 added"),
        ({Count.ADDED: 0, Count.LINKS_NEW: 0, Count.ASKED: 0}, "finished", Exit.DONE, "done; 0 added"),
        ({}, "shutdown", Exit.DONE, "stopped by a signal"),
        ({Count.LISTINGS_FAILED + "robots_timeout": 10}, "shutdown", Exit.DONE, "stopped by a signal"),
        ({Count.FRESH: 3, Count.FRESH_FAILED + "http_403": 3}, "finished", Exit.UNREACHABLE, "(http_403 3)"),
        ({}, None, Exit.DONE, "stopped at once by a second signal"),
        ({Count.LOCKED: "process 7"}, "locked", Exit.LOCKED, "another run holds the lock (process 7)"),
        ({Count.UNWRITABLE: "news.db: disk full"}, "store", Exit.UNWRITABLE, "news.db: disk full"),
        ({Count.BUGS + "KeyError": 2}, "finished", Exit.BUG, "a bug (KeyError 2)"),
        ({Count.LISTINGS_FAILED + "timeout": 10}, "finished", Exit.UNREACHABLE, "every listing failed (timeout 10)"),
        (
            {Count.LISTINGS_INDEXES: 2, Count.LISTINGS_FAILED + "robots_timeout": 8},
            "finished",
            Exit.UNREACHABLE,
            "every listing failed (robots_timeout 8)",
        ),
        ({Count.FRESH: 4, Count.FRESH_FAILED + "http_503": 4}, "finished", Exit.UNREACHABLE, "every article failed"),
        ({Count.LISTINGS_EMPTY + "scroll-news": 1}, "finished", Exit.BROKEN, "no article link in scroll-news"),
        ({Count.FEED_LINKS: 5, Count.FEED_MISSED: 4}, "finished", Exit.BROKEN, "4 of 5 articles that the list misses"),
    ],
)
def test_the_gravest_thing_decides_the_exit_code_and_is_said_in_words(more, reason, code, words):
    outcome = judge(GOOD | more, reason)
    assert outcome.exit_code == code
    assert words in outcome.words


def test_a_listing_that_fails_beside_others_is_said_but_is_no_alarm():
    outcome = judge(GOOD | {Count.LISTINGS_FAILED + "http_404": 1}, "finished")
    assert outcome.exit_code == Exit.DONE
    assert "1 listing pages failed (http_404 1)" in outcome.words


def test_one_article_that_times_out_says_nothing_about_a_source_whose_listing_answered():
    stats = GOOD | {Count.ASKED: 1, Count.FRESH: 1, Count.FETCHED: 0, Count.FRESH_FAILED + "timeout": 1}
    assert judge(stats, "finished").exit_code == Exit.DONE


def test_one_article_asked_alone_that_cannot_be_reached_is_out_of_reach():
    assert judge({Count.ASKED: 1, Count.FAILED + "timeout": 1}, "finished").exit_code == Exit.UNREACHABLE


def test_links_of_earlier_runs_that_fail_again_say_nothing_about_a_source_whose_listing_answers():
    stats = GOOD | {Count.ASKED: 5, Count.FRESH: 0, Count.FETCHED: 0, Count.FAILED + "http_503": 5}
    assert judge(stats, "finished").exit_code == Exit.DONE


def test_articles_that_are_gone_are_not_out_of_reach():
    stats = GOOD | {Count.ASKED: 4, Count.FRESH: 4, Count.FETCHED: 0, Count.FRESH_FAILED + "http_404": 4}
    assert judge(stats, "finished").exit_code == Exit.DONE


def test_one_article_that_only_the_feed_has_is_counted_not_alarmed():
    outcome = judge(GOOD | {Count.FEED_LINKS: 10, Count.FEED_MISSED: 1}, "finished")
    assert outcome.exit_code == Exit.DONE
    assert "1 only in the feed" in outcome.words


def test_the_ledger_row_has_reasons_by_name():
    row = ledger_row(
        GOOD | {Count.REJECTED + "no_body": 2, Count.PASSED_OVER + "video": 3, Count.MISSING + "authors": 1}
    )
    assert row["rejected"] == {"no_body": 2, "video": 3}
    assert row["missing"] == {"authors": 1}


def test_tally_puts_the_most_frequent_first():
    assert list(tally({"x/b": 1, "x/a": 1, "x/c": 5, "y": 9}, "x/")) == ["c", "a", "b"]
