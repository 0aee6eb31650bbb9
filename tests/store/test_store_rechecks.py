"""Articles asked again: what the frontier gives out, what the writer makes of the answer, and what readers are told."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import attrs
import pytest
from sqlite_utils import Database
from store_made import CLOCK, NOW, article, capture, column, found, full_article, link, printed, rows

from newscrawl.clock import Clock, stamp
from newscrawl.errors import Reason
from newscrawl.items import Article
from newscrawl.store import schema
from newscrawl.store.due import GONE_APART
from newscrawl.store.frontier import BACKFILL, Frontier, Validators
from newscrawl.store.migrations import migrations
from newscrawl.store.writer import Writer
from newscrawl.terms import Policy

HOURS = timedelta(hours=48)
FRESH = printed("2025-11-19T16:29+08:00")


def writer_at(path: Path, **later: float) -> Writer:
    return Writer(path, clock=Clock(NOW + timedelta(**later)), recheck=HOURS)


def frontier_at(path: Path, lane: str | None = None, **later: float) -> Frontier:
    return Frontier(path, Clock(NOW + timedelta(**later)), recheck=HOURS, lane=lane)


def keep(path: Path, *numbers: int, **fields: object) -> None:
    with frontier_at(path) as frontier:
        frontier.record([link(number) for number in numbers])
    with writer_at(path) as writer:
        for number in numbers:
            writer.add(article(number, **fields))


def again(path: Path, now: bool = False, **later: float) -> list[str]:
    with frontier_at(path, **later) as frontier:
        return [each.link.key for each in frontier.again("morning", limit=10, now=now)[0]]


# -- who is asked again -----------------------------------------------------------------------------------------------


def test_a_fresh_article_is_due_again_after_an_hour_and_an_old_one_never(path: Path):
    keep(path, 1, published=FRESH)
    keep(path, 2, published=printed("2025-11-10"))
    assert again(path) == []
    assert again(path, hours=1) == ["morning:1"]
    assert again(path, days=30) == []


def test_without_a_publication_date_the_hours_count_from_when_it_was_first_stored(path: Path):
    keep(path, 1, published=None)
    assert again(path, hours=1) == ["morning:1"]
    assert again(path, hours=49) == []


def test_what_is_asked_again_now_is_everything_within_the_hours_and_in_full(path: Path):
    keep(path, 1, 2, published=FRESH, etag='"a"')
    keep(path, 3, published=printed("2025-11-10"))
    with frontier_at(path) as frontier:
        first, cursor = frontier.again("morning", limit=1, now=True)
        second, cursor = frontier.again("morning", limit=10, after=cursor, now=True)
        assert [each.link.key for each in (*first, *second)] == ["morning:1", "morning:2"]
        assert {each.etag for each in (*first, *second)} == {None}
        assert frontier.again("morning", limit=10, after=cursor, now=True) == ((), cursor)


def test_open_links_are_not_among_them_and_it_not_among_the_open_ones(path: Path):
    keep(path, 1, published=FRESH)
    with frontier_at(path, hours=1) as frontier:
        frontier.record([link(2)])
        assert [each.key for each in frontier.due("morning", limit=10)[0]] == ["morning:2"]
    assert again(path, hours=1) == ["morning:1"]


def test_all_that_is_asked_again_now_has_what_has_vanished_and_is_due_in_it(path: Path):
    keep(path, 1, 2, published=FRESH)
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    assert again(path, now=True, hours=5) == ["morning:2"]
    assert again(path, now=True, hours=10) == ["morning:1", "morning:2"]


def test_one_link_is_told_as_stored_or_not_and_asked_in_full(path: Path):
    keep(path, 1, published=FRESH, etag='"a"')
    with frontier_at(path) as frontier:
        frontier.record([link(2)])
        asked = frontier.stored("morning:1")
        assert asked is not None
        assert (asked.shown, asked.etag) == (True, None)
        assert frontier.stored("morning:2") is None
        assert frontier.stored("morning:9") is None


def test_what_nobody_asked_while_it_was_fresh_is_not_looked_at_for_ever(path: Path):
    """No run for a month: the rechecks that were due then are over, those of what may have vanished too."""
    keep(path, 1, 2, published=FRESH)
    gone(path, "morning:2", hours=1)
    assert again(path, days=30) == []
    assert again(path, days=3) == ["morning:2"], "gone once, to be confirmed, though its hours are over"


# -- conditional requests ---------------------------------------------------------------------------------------------


def test_it_is_asked_with_what_its_page_said_and_the_last_time_in_full(path: Path):
    keep(path, 1, published=FRESH, etag='"a"', last_modified="Wed, 19 Nov 2025 08:30:00 GMT")
    with frontier_at(path, hours=1) as frontier:
        ((asked,), _) = frontier.again("morning", limit=10)
        assert (asked.etag, asked.last_modified) == ('"a"', "Wed, 19 Nov 2025 08:30:00 GMT")
    with frontier_at(path, hours=33) as frontier:
        ((asked,), _) = frontier.again("morning", limit=10)
        assert (asked.etag, asked.last_modified) == (None, None)


def test_a_page_that_was_not_sent_again_is_due_at_its_next_check_and_keeps_what_it_said(path: Path):
    keep(path, 1, published=FRESH, etag='"a"')
    with frontier_at(path, hours=1) as frontier:
        frontier.unchanged("morning:1")
    assert again(path, minutes=90) == []
    assert again(path, hours=2) == ["morning:1"]
    assert rows(path, "SELECT etag, due_at FROM links") == [('"a"', stamp(NOW + timedelta(hours=2)))]


def test_what_a_page_says_of_itself_is_kept_with_what_was_read_on_it_or_not_at_all(path: Path):
    """A validator without its text would hide the change for good: a batch that fails keeps neither."""
    keep(path, 1, published=FRESH, etag='"a"')
    changed = article(1, published=FRESH, headline="更正", etag='"b"')

    def fail() -> None:
        raise OSError

    writer = Writer(path, clock=CLOCK, recheck=HOURS, before_commit=fail)
    writer.add(changed)
    with pytest.raises(ExceptionGroup):
        writer.close()
    assert rows(path, "SELECT etag FROM links") == [('"a"',)]
    with writer_at(path, hours=1) as writer:
        writer.add(changed)
    assert rows(path, "SELECT etag FROM links") == [('"b"',)]


# -- gone and back ----------------------------------------------------------------------------------------------------


def gone(path: Path, *keys: str, **later: float) -> int:
    with writer_at(path, **later) as writer:
        for key in keys:
            writer.gone(key, Reason.GONE, (capture(0),))
    return writer.tally.hidden


def test_gone_once_hides_nothing_gone_twice_hours_apart_hides_and_readers_are_told(path: Path):
    keep(path, 1, 2, published=FRESH)
    assert gone(path, "morning:1", hours=1) == 0
    assert column(path, "SELECT key FROM published") == ["morning:1", "morning:2"]
    assert gone(path, "morning:1", hours=3) == 1
    assert column(path, "SELECT key FROM published") == ["morning:2"]
    assert found(path, '"第 1 座"') == []
    last = "SELECT kind, key, fields, origin FROM changes ORDER BY seq DESC LIMIT 1"
    assert rows(path, last) == [("withdrawn", "morning:1", "[]", "publisher")]
    assert rows(path, "SELECT state, reason FROM links WHERE key = 'morning:1'") == [("gone", "gone")]
    assert len(column(path, "SELECT 1 FROM captures")) == 2


def test_gone_again_while_hidden_is_told_once(path: Path):
    keep(path, 1, published=FRESH)
    for hours in (1, 3, 9, 21):
        gone(path, "morning:1", hours=hours)
    assert column(path, "SELECT kind FROM changes") == ["added", "withdrawn"]


def test_a_hidden_article_that_reads_as_before_is_back_without_a_revision(path: Path):
    keep(path, 1, published=FRESH)
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    assert again(path, hours=10) == ["morning:1"]
    with writer_at(path, hours=10) as writer:
        writer.add(article(1, published=FRESH))
        writer.flush()
        assert (writer.tally.restored, writer.tally.unchanged) == (1, 1)
    assert rows(path, "SELECT key, revision FROM published") == [("morning:1", 1)]
    assert column(path, "SELECT kind FROM changes") == ["added", "withdrawn", "restored"]
    assert found(path, '"第 1 座"') == ["morning:1"]
    assert rows(path, "SELECT state, gone_at FROM links") == [("stored", None)]


def test_a_hidden_article_that_comes_back_changed_is_restored_with_its_new_text(path: Path):
    keep(path, 1, published=FRESH)
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    with writer_at(path, hours=10) as writer:
        writer.add(article(1, published=FRESH, headline="更正后的标题"))
    assert rows(path, "SELECT headline, revision FROM published") == [("更正后的标题", 2)]
    assert column(path, "SELECT kind FROM changes") == ["added", "withdrawn", "restored"]


def test_a_hidden_article_is_asked_in_full(path: Path):
    keep(path, 1, published=FRESH, etag='"a"')
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    with frontier_at(path, hours=10) as frontier:
        ((asked,), _) = frontier.again("morning", limit=10)
        assert (asked.shown, asked.etag) == (False, None)


def test_an_article_that_is_held_and_vanishes_is_told_to_nobody(path: Path):
    with (
        Writer(path, clock=CLOCK, recheck=HOURS, policy=Policy(reprint={"*": "hold"}, outlets={})) as writer,
        frontier_at(path) as frontier,
    ):
        frontier.record([link(1)])
        writer.add(article(1, published=FRESH))
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    assert column(path, "SELECT kind FROM changes") == []
    assert column(path, "SELECT state FROM articles") == ["hidden"]


def test_gone_of_what_is_no_article_is_a_failure_of_the_link(path: Path):
    with frontier_at(path) as frontier:
        frontier.record([link(1)])
    gone(path, "morning:1", "morning:9")
    assert rows(path, "SELECT state, attempts FROM links") == [("open", 1)]
    assert timedelta(hours=1) <= GONE_APART


# -- a weaker reading -------------------------------------------------------------------------------------------------

SURE = {"headline": "selector", "body": "selector", "credit": "selector"}


def test_a_weaker_reading_of_an_unchanged_page_is_counted_and_changes_nothing(path: Path):
    sure = attrs.evolve(full_article(), published=FRESH, answered_by=SURE)
    broken = {"answered_by": {"headline": "generic", "body": "generic"}, "credit": None, "body_text": "分享到"}
    with writer_at(path) as writer:
        writer.add(sure)
    with writer_at(path, hours=1) as writer:
        writer.add(attrs.evolve(sure, **broken))
        writer.flush()
        assert (writer.tally.revised, writer.tally.unchanged) == (0, 1)
        sample = writer.tally.sample
    assert sample["again"] == sample["weaker/body_text"] == sample["weaker/credit"] == 1
    assert rows(path, "SELECT revision, credit FROM published") == [(1, "湖报")]
    assert column(path, "SELECT kind FROM changes") == ["added"]


def test_what_a_runs_articles_had_and_lacked_is_counted(path: Path):
    with writer_at(path) as writer:
        writer.add(attrs.evolve(article(1), answered_by=SURE, credit="湖报"))
        writer.add(attrs.evolve(article(2), answered_by={"headline": "selector", "body": "generic"}))
        writer.flush()
        sample = writer.tally.sample
    assert sample["articles"] == 2
    assert sample["lacks/credit"] == 1
    assert sample["by/body/selector"] == sample["by/body/generic"] == 1
    assert sample["by/headline/selector"] == 2


def worse(sure: Article, **change: object) -> Article:
    """The same page after its layout has changed: body by the generic reader, the credit by nobody."""
    broken = {"answered_by": {"headline": "selector", "body": "generic"}, "credit": None, "credit_url": None}
    return attrs.evolve(sure, **broken | {"body_text": "分享到", "body_html": "<p>分享到</p>"} | change)


def test_a_held_article_stays_held_where_its_credit_is_not_read_any_more(path: Path):
    sure = attrs.evolve(full_article(), published=FRESH, answered_by=SURE)
    held = {"credit:湖报": "hold"}
    with Writer(path, clock=CLOCK, policy=Policy(reprint=held, outlets={})) as writer:
        writer.add(sure)
    with Writer(path, clock=CLOCK, policy=Policy(reprint=held, outlets={})) as writer:
        writer.add(worse(sure, headline="更正后的标题"))
    assert column(path, "SELECT max(number) FROM revisions") == [2]
    assert column(path, "SELECT count(*) FROM published") == [0]
    assert column(path, "SELECT count(*) FROM changes") == [0]


def test_a_true_change_under_a_broken_layout_leaves_body_authors_topics_and_related_as_they_were(path: Path):
    sure = attrs.evolve(full_article(), published=FRESH, answered_by=SURE)
    with writer_at(path) as writer:
        writer.add(sure)
    shown = "SELECT body_text, body_html, authors, correspondents, place, credit, credit_url FROM published"
    beside = "SELECT topic, kind FROM published_topics UNION ALL SELECT headline, url FROM published_related"
    before, parts = rows(path, shown), rows(path, beside)
    assert parts
    with writer_at(path, hours=1) as writer:
        writer.add(worse(sure, headline="更正后的标题", authors=(), correspondents=(), dateline=None, related=()))
        writer.flush()
        held = writer.tally.held_back
    assert rows(path, shown) == before
    assert rows(path, beside) == parts
    assert rows(path, "SELECT headline, revision FROM published") == [("更正后的标题", 2)]
    assert {"body_text", "credit", "authors", "dateline"} <= held.keys()
    assert column(path, "SELECT fields FROM changes WHERE kind = 'revised'") == ['["headline"]']


def test_a_page_of_which_anything_was_held_back_is_asked_in_full_the_next_time(path: Path):
    """Its ETag would be answered with 304 when the source is mended, and the correction never be read."""
    sure = attrs.evolve(full_article(), published=FRESH, answered_by=SURE, etag='"a"')
    with frontier_at(path) as frontier:
        frontier.record([link(9)])
    with writer_at(path) as writer:
        writer.add(sure)
    assert column(path, "SELECT etag FROM links") == ['"a"']
    with writer_at(path, hours=1) as writer:
        writer.add(worse(sure, etag='"b"'))
    assert column(path, "SELECT etag FROM links") == [None]


def test_a_doubtful_date_is_left_whole(path: Path):
    sure = attrs.evolve(full_article(), published=FRESH, answered_by=SURE | {"published": "selector"})
    with writer_at(path) as writer:
        writer.add(sure)
    times = "SELECT published_at, published_local, published_raw FROM published"
    before = rows(path, times)
    with writer_at(path, hours=1) as writer:
        other = printed("2025-11-18T14:30+08:00")
        weak = SURE | {"published": "generic"}
        writer.add(attrs.evolve(sure, headline="更正后的标题", published=other, answered_by=weak))
    assert rows(path, times) == before
    assert column(path, "SELECT revision FROM published") == [2]


# -- the same text under two keys -------------------------------------------------------------------------------------


def twins(path: Path) -> None:
    """Article 1, and link 2 whose page gave the same text."""
    with frontier_at(path) as frontier:
        frontier.record([link(1), link(2)])
    with writer_at(path) as writer:
        writer.add(article(1, published=FRESH))
        writer.add(article(1, key="morning:2", published=FRESH))


def test_a_text_that_is_gone_under_one_address_is_asked_at_its_other_one(path: Path):
    twins(path)
    assert rows(path, "SELECT key, state, same_as FROM links ORDER BY key") == [
        ("morning:1", "stored", None),
        ("morning:2", "rejected", "morning:1"),
    ]
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    with frontier_at(path, hours=4) as frontier:
        assert [each.key for each in frontier.due("morning", limit=9)[0]] == ["morning:2"]
    with writer_at(path, hours=4) as writer:
        writer.add(article(1, key="morning:2", published=FRESH))
    assert column(path, "SELECT key FROM published") == ["morning:2"]


def test_what_comes_back_while_its_text_is_shown_under_another_key_stays_hidden(path: Path):
    twins(path)
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    with writer_at(path, hours=4) as writer:
        writer.add(article(1, key="morning:2", published=FRESH))
    with writer_at(path, hours=10) as writer:
        writer.add(article(1, published=FRESH))
    assert column(path, "SELECT key FROM published") == ["morning:2"]
    gone(path, "morning:2", hours=11)
    gone(path, "morning:2", hours=14)
    assert again(path, hours=15) == ["morning:1"]


# -- what could not be used -------------------------------------------------------------------------------------------


def test_the_records_of_a_page_that_failed_are_known_by_its_key(path: Path):
    with frontier_at(path) as frontier:
        frontier.record([link(1), link(2)])
        frontier.failed("morning:1", "page 2: http_500", captures=[capture(0)])
    with writer_at(path) as writer:
        writer.fail("morning:2", "broken_pages", captures=(capture(0), capture(1)))
    assert rows(path, 'SELECT key, position, "offset", revision_id FROM captures ORDER BY id') == [
        ("morning:1", 1, 0, None),
        ("morning:2", 1, 0, None),
        ("morning:2", 2, 1000, None),
    ]


def test_a_link_that_is_given_up_is_counted(path: Path):
    with frontier_at(path) as frontier:
        frontier.record([link(1)])
    counted = []
    for days in range(7):
        with writer_at(path, days=days) as writer:
            writer.fail("morning:1", "broken_pages")
            writer.flush()
            counted.append(writer.tally.given_up)
    assert column(path, "SELECT state FROM links") == ["given_up"]
    assert counted == [0, 0, 0, 0, 0, 0, 1]


# -- read again from the archive --------------------------------------------------------------------------------------


def test_a_second_reading_is_a_revision_of_its_own_origin_and_says_nothing_of_the_link(path: Path):
    keep(path, 1, published=FRESH, captures=(capture(0),))
    before = rows(path, "SELECT * FROM links")
    with writer_at(path, days=3) as writer:
        writer.add(article(1, published=FRESH, captures=(capture(0),), editors=("郑四",)), reread=True)
        writer.add(article(1, published=FRESH, captures=(capture(0),), editors=("郑四",)), reread=True)
    assert rows(path, "SELECT * FROM links") == before
    assert rows(path, "SELECT number, origin, fields FROM revisions ORDER BY id") == [
        (1, "publisher", "[]"),
        (2, "reread", '["editors"]'),
    ]
    last = rows(path, "SELECT kind, origin, fields FROM changes ORDER BY seq DESC LIMIT 1")
    assert last == [("revised", "reread", '["editors"]')]
    assert column(path, "SELECT revision_id FROM captures ORDER BY id") == [1, 2]


def test_a_second_reading_of_a_hidden_article_leaves_it_hidden(path: Path):
    keep(path, 1, published=FRESH)
    gone(path, "morning:1", hours=1)
    gone(path, "morning:1", hours=3)
    with writer_at(path, days=1) as writer:
        writer.add(article(1, published=FRESH, headline="另读"), reread=True)
    assert column(path, "SELECT state FROM articles") == ["hidden"]
    assert column(path, "SELECT kind FROM changes") == ["added", "withdrawn"]


# -- listings ---------------------------------------------------------------------------------------------------------

URL = "https://morning.example/list/1.html"


def test_what_a_listing_said_is_asked_with_for_an_hour(path: Path):
    told = Validators(etag='"l1"', last_modified="Wed, 19 Nov 2025 08:00:00 GMT")
    with frontier_at(path) as frontier:
        assert not frontier.validators("morning", "list", URL)
        frontier.remember("morning", "list", URL, told, NOW)
        assert frontier.validators("morning", "list", URL) == told
        assert not frontier.validators("morning", "list", URL + "?moved"), "another page's word"
        assert not frontier.validators("evening", "list", URL)
    with frontier_at(path, minutes=59) as frontier:
        assert frontier.validators("morning", "list", URL) == told
    with frontier_at(path, minutes=60) as frontier:
        assert not frontier.validators("morning", "list", URL)


def test_a_listing_that_says_nothing_of_itself_writes_nothing(path: Path):
    with frontier_at(path) as frontier:
        frontier.remember("morning", "list", URL, Validators(), NOW)
        assert column(path, "SELECT count(*) FROM listings") == [0]
        frontier.remember("morning", "list", URL, Validators(etag='"l1"'), NOW)
        frontier.remember("morning", "list", URL, Validators(), NOW)
        assert not frontier.validators("morning", "list", URL)


# -- lanes ------------------------------------------------------------------------------------------------------------


def test_a_backfill_and_a_fresh_run_ask_nothing_twice(path: Path):
    with frontier_at(path) as fresh, frontier_at(path, lane=BACKFILL) as backfill:
        fresh.record([link(1)])
        backfill.record([link(1), link(2)])
        assert [each.key for each in fresh.due("morning", limit=9)[0]] == ["morning:1"]
        assert [each.key for each in backfill.due("morning", limit=9)[0]] == ["morning:2"]


def test_what_a_killed_backfill_left_is_a_fresh_runs_when_it_meets_it(path: Path):
    with frontier_at(path, lane=BACKFILL) as backfill:
        backfill.record([link(1), link(2)])
    with frontier_at(path) as fresh:
        assert fresh.record([link(2)]) == ()
        assert [each.key for each in fresh.due("morning", limit=9)[0]] == ["morning:2"]
    with frontier_at(path, lane=BACKFILL) as backfill:
        assert [each.key for each in backfill.due("morning", limit=9)[0]] == ["morning:1"]


def test_what_failed_in_a_backfill_is_the_fresh_runs_to_ask_again(path: Path):
    with frontier_at(path, lane=BACKFILL) as backfill:
        backfill.record([link(1)])
        backfill.failed("morning:1", "timeout")
    with frontier_at(path, hours=1) as fresh:
        assert [each.key for each in fresh.due("morning", limit=9)[0]] == ["morning:1"]


def test_a_killed_backfill_is_closed_by_the_next_one_and_not_by_a_fresh_run(path: Path):
    with writer_at(path) as writer:
        killed = writer.open_run("morning", "backfill")
        fresh = writer.open_run("morning")
        assert rows(path, "SELECT id FROM runs WHERE outcome IS NULL") == [(killed,), (fresh,)]
        writer.open_run("morning", "part")
        assert rows(path, "SELECT id, outcome FROM runs WHERE outcome IS NOT NULL") == [(fresh, "crashed")]
        writer.open_run("morning", "backfill")
        assert rows(path, "SELECT id FROM runs WHERE outcome = 'crashed'") == [(killed,), (fresh,)]


# -- a store of the first version -------------------------------------------------------------------------------------


def first_version(path: Path) -> None:
    """A store as version 1 made it, with an article stored now and one stored three days ago."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    migrations.apply(Database(connection), stop_before="0002_the_cron_contract")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    for number, stored in ((1, NOW), (2, NOW - timedelta(days=3))):
        connection.execute(
            "INSERT INTO articles (id, key, source, url, state, reprint, first_seen_at, updated_at, published_at) "
            "VALUES (?, ?, 'morning', 'u', 'shown', 'full', ?, ?, ?)",
            (number, f"morning:{number}", stamp(stored), stamp(stored), stamp(stored)),
        )
        connection.execute(
            "INSERT INTO links (key, source, url, found_in, state, attempts, found_at, settled_at) "
            "VALUES (?, 'morning', 'https://morning.example/1', 'l', 'stored', 0, ?, ?)",
            (f"morning:{number}", stamp(stored), stamp(stored)),
        )
    connection.execute("COMMIT")
    connection.close()


def test_a_store_of_the_first_version_is_brought_up_to_date_and_its_fresh_articles_are_asked_again(path: Path):
    first_version(path)
    assert again(path) == ["morning:1"]
    assert column(path, "PRAGMA user_version") == [schema.VERSION]
    assert column(path, "SELECT count(*) FROM articles") == [2]
    with writer_at(path) as writer:
        writer.close_run(writer.open_run("morning"), "done", 0, {"sample": {"articles": 3}})
    assert rows(path, "SELECT kind, sample FROM ledger") == [("whole", '{"articles":3}')]
