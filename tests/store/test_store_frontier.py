"""What is found is not lost, and a walk stops early only where an earlier one went through."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from store_made import CLOCK, NOW, article, link, printed, rows

from newscrawl.clock import Clock, stamp
from newscrawl.store.due import BACKOFF
from newscrawl.store.frontier import Frontier, State
from newscrawl.store.writer import Writer


def at(path: Path, **later: float) -> Frontier:
    return Frontier(path, Clock(NOW + timedelta(**later)))


def test_a_new_link_is_recorded_open_and_due_before_record_returns(frontier: Frontier, path: Path):
    assert frontier.record([link(1), link(2)]) == (link(1), link(2))
    assert rows(path, "SELECT key, state, due_at, attempts FROM links ORDER BY id") == [
        ("morning:1", "open", stamp(NOW), 0),
        ("morning:2", "open", stamp(NOW), 0),
    ]


def test_record_returns_only_the_new_ones_each_once(frontier: Frontier):
    frontier.record([link(1)])
    other_spelling = link(2, url="https://m.morning.example/2")
    assert frontier.record([link(1), link(2), other_spelling, link(3)]) == (link(2), link(3))
    assert frontier.record([link(3), link(2)]) == ()
    assert frontier.record([]) == ()


def test_a_link_comes_back_with_its_hints(frontier: Frontier):
    hinted = link(1, headline="开馆", section="社会", time=printed("2025-11-19", raw="11-19"), summary="湖边")
    frontier.record([hinted, link(2)])
    links, _ = frontier.due("morning", limit=10)
    assert links == (hinted, link(2))


def test_due_links_come_in_chunks_each_once(frontier: Frontier):
    frontier.record([link(n) for n in range(5)])
    frontier.record([link(1, source="evening")])
    first, cursor = frontier.due("morning", limit=3)
    second, cursor = frontier.due("morning", limit=3, after=cursor)
    assert [each.key for each in first + second] == [f"morning:{n}" for n in range(5)]
    assert frontier.due("morning", limit=3, after=cursor) == ((), cursor)
    frontier.record([link(9)])
    assert frontier.due("morning", limit=3, after=cursor)[0] == (link(9),)


def test_what_was_stored_is_not_due_again(frontier: Frontier, path: Path):
    frontier.record([link(1), link(2)])
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1))
    assert frontier.due("morning", limit=10)[0] == (link(2),)
    assert frontier.count_open("morning") == 1
    assert frontier.record([link(1)]) == ()


def test_a_failed_link_is_due_later_and_given_up_in_the_end(frontier: Frontier, path: Path):
    frontier.record([link(1)])
    waited = timedelta()
    for wait in BACKOFF:
        with Frontier(path, Clock(NOW + waited)) as then:
            standing = then.failed("morning:1", "timeout")
            assert standing is not None
            assert standing.due_at == NOW + waited + wait
            assert then.due("morning", limit=10)[0] == ()
            assert then.count_open("morning") == 1
        waited += wait
        with Frontier(path, Clock(NOW + waited)) as then:
            assert then.due("morning", limit=10)[0] == (link(1),)
    with Frontier(path, Clock(NOW + waited)) as then:
        standing = then.failed("morning:1", "http_404", "page 2")
        assert standing is not None
        assert (standing.state, standing.due_at) == (State.GIVEN_UP, None)
        assert then.count_open("morning") == 0
    query = "SELECT state, reason, detail, attempts, due_at, settled_at FROM links"
    assert rows(path, query) == [("given_up", "http_404", "page 2", len(BACKOFF) + 1, None, stamp(NOW + waited))]


def test_a_failure_of_what_is_no_link_or_is_settled_changes_nothing(frontier: Frontier, path: Path):
    assert frontier.failed("morning:1", "timeout") is None
    frontier.record([link(1)])
    with Writer(path, clock=CLOCK) as writer:
        writer.add(article(1))
    standing = frontier.failed("morning:1", "timeout")
    assert standing is not None
    assert (standing.state, standing.due_at) == (State.STORED, None)
    assert rows(path, "SELECT key, state, reason FROM links") == [("morning:1", "stored", None)]


# -- walks ------------------------------------------------------------------------------------------------------------


def test_what_a_finished_walk_saw_is_known_ground(frontier: Frontier):
    walk = frontier.begin_walk("morning", "scroll")
    frontier.record([link(1), link(2)], walk)
    assert not frontier.known_ground(["morning:1", "morning:2"], walk)
    frontier.finish_walk(walk)
    walk = frontier.begin_walk("morning", "scroll")
    assert frontier.known_ground(["morning:1", "morning:2", "morning:1"], walk)
    assert not frontier.known_ground(["morning:1", "morning:3"], walk)


def test_an_empty_page_is_no_known_ground(frontier: Frontier):
    walk = frontier.begin_walk("morning", "scroll")
    frontier.finish_walk(walk)
    assert not frontier.known_ground([], walk)


def test_a_killed_walk_marks_nothing_and_leaves_its_links_open(frontier: Frontier, path: Path):
    killed = frontier.begin_walk("morning", "scroll")
    frontier.record([link(1), link(2)], killed)
    frontier.close()
    with Frontier(path, CLOCK) as again:
        walk = again.begin_walk("morning", "scroll")
        assert not again.known_ground(["morning:1"], walk)
        assert again.record([link(1), link(3)], walk) == (link(3),)
        again.finish_walk(walk)
        assert again.known_ground(["morning:1", "morning:3"], walk)
        assert not again.known_ground(["morning:2"], walk), "only the killed walk saw it"
        assert again.count_open("morning") == 3


def test_another_listings_walk_gives_no_known_ground(frontier: Frontier):
    day = frontier.begin_walk("morning", "archive/2025-11-19")
    frontier.record([link(1)], day)
    frontier.finish_walk(day)
    frontier.record([link(2)])
    scroll = frontier.begin_walk("morning", "scroll")
    assert not frontier.known_ground(["morning:1"], scroll)
    assert not frontier.known_ground(["morning:2"], scroll)
    assert frontier.record([link(1)], scroll) == ()
    frontier.finish_walk(scroll)
    assert frontier.known_ground(["morning:1"], scroll)


def test_finished_tells_when_a_walk_ended_last(frontier: Frontier, path: Path):
    assert frontier.finished("morning", "scroll") is None
    walk = frontier.begin_walk("morning", "scroll")
    assert frontier.finished("morning", "scroll") is None
    frontier.finish_walk(walk)
    assert frontier.finished("morning", "scroll") == NOW
    with at(path, days=1) as tomorrow:
        tomorrow.finish_walk(tomorrow.begin_walk("morning", "scroll"))
        assert tomorrow.finished("morning", "scroll") == NOW + timedelta(days=1)
        assert tomorrow.finished("evening", "scroll") is None


def test_a_walk_without_news_writes_nothing(frontier: Frontier, path: Path):
    def walk_once(frontier: Frontier) -> None:
        walk = frontier.begin_walk("morning", "scroll")
        frontier.known_ground(["morning:1", "morning:2"], walk)
        frontier.record([link(1), link(2)], walk)
        frontier.finish_walk(walk)

    walk_once(frontier)
    wal = path.with_name("news.db-wal")
    before = wal.read_bytes()
    with at(path, minutes=10) as later:
        walk_once(later)
        assert wal.read_bytes() == before
    assert before


def test_two_frontiers_may_record_the_same_links(frontier: Frontier, path: Path):
    with Frontier(path, CLOCK) as other:
        assert frontier.record([link(1), link(2)]) == (link(1), link(2))
        assert other.record([link(2), link(3)]) == (link(3),)
        assert frontier.record([link(3)]) == ()
