"""One host's delay over several processes: who asks when, with a clock that is set by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path

import attrs
import pytest

from newscrawl.fetch.failures import Stopped
from newscrawl.fetch.pace import SIGHT, YIELD, Pace, pace_path
from newscrawl.fetch.stopping import Stop

HOST = "www.example.com"


@attrs.define
class Hours:
    """The machine's clock, and the timer that nobody can set."""

    now: float = 1.8e9
    timer: float = 5000.0

    def go_on(self, seconds: float) -> None:
        self.now += seconds
        self.timer += seconds


@pytest.fixture
def hours() -> Hours:
    return Hours()


def pace(folder: Path, hours: Hours, *, yields: bool = False, stop: Stop | None = None) -> Pace:
    return Pace(
        folder / "news.db",
        stop or Stop(),
        yields=yields,
        clock=lambda: hours.now,
        timer=lambda: hours.timer,
    )


def test_one_that_is_alone_waits_for_nobody(tmp_path: Path, hours: Hours):
    """Its requests are kept apart by Scrapy, whose jitter goes below the delay."""
    alone = pace(tmp_path, hours)
    assert [alone.take(HOST, 1.0) for _ in range(3)] == [0.0, 0.0, 0.0]


def test_the_mark_of_another_is_waited_for_from_the_first_request_on(tmp_path: Path, hours: Hours):
    first, second = pace(tmp_path, hours), pace(tmp_path, hours)
    first.take(HOST, 1.0)
    hours.go_on(0.25)
    assert second.take(HOST, 1.0) == pytest.approx(0.75)
    assert second.take("other.example.com", 1.0) == 0.0
    hours.go_on(0.75)
    assert second.take(HOST, 1.0) == 0.0
    assert first.take(HOST, 1.0) == pytest.approx(1.0)


def test_beside_another_ones_own_requests_are_the_delay_apart_too(tmp_path: Path, hours: Hours):
    first, second = pace(tmp_path, hours), pace(tmp_path, hours)
    first.take(HOST, 1.0)
    hours.go_on(1.0)
    assert second.take(HOST, 1.0) == 0.0
    hours.go_on(0.5)
    assert second.take(HOST, 1.0) == pytest.approx(0.5)


@pytest.mark.parametrize(("mine", "theirs"), [(0.5, 10.0), (10.0, 0.5)])
def test_the_longer_delay_holds(tmp_path: Path, hours: Hours, mine: float, theirs: float):
    """One may not have read robots.txt yet, which asks for ten seconds."""
    pace(tmp_path, hours).take(HOST, theirs)
    assert pace(tmp_path, hours).take(HOST, mine) == pytest.approx(10.0)


def test_a_process_that_has_ended_is_forgotten(tmp_path: Path, hours: Hours):
    pace(tmp_path, hours).take(HOST, 1.0)
    other = pace(tmp_path, hours)
    assert other.take(HOST, 1.0) > 0
    hours.go_on(SIGHT + 1)
    assert other.take(HOST, 1.0) == 0.0
    assert other.take(HOST, 1.0) == 0.0


def test_a_backfill_takes_every_fourth_turn_while_a_fresh_run_asks(tmp_path: Path, hours: Hours):
    fresh, backfill = pace(tmp_path, hours), pace(tmp_path, hours, yields=True)
    turns = ""
    for _ in range(40):
        for name, each in (("b", backfill), ("f", fresh)):  # the backfill is first to try each time
            if not each.take(HOST, 1.0):
                turns += name
        hours.go_on(1.0)
    assert turns[:9] == "bfffbfffb"
    assert len(turns) == 40
    assert turns.count("b") == 40 / YIELD


def test_a_backfill_goes_on_at_its_own_pace_when_the_fresh_run_asks_nothing(tmp_path: Path, hours: Hours):
    fresh, backfill = pace(tmp_path, hours), pace(tmp_path, hours, yields=True)
    backfill.take(HOST, 1.0)
    hours.go_on(1.0)
    fresh.take(HOST, 1.0)
    hours.go_on(SIGHT)
    assert [backfill.take(HOST, 1.0) for _ in range(2)] == [0.0, 0.0]


@pytest.mark.parametrize("jump", [-86400.0, -1.5, 86400.0], ids=["a day back", "a little back", "a day on"])
@pytest.mark.parametrize("yields", [False, True], ids=["fresh", "backfill"])
def test_a_clock_that_is_set_makes_nobody_wait_long(tmp_path: Path, hours: Hours, jump: float, yields: bool):
    first, second = pace(tmp_path, hours), pace(tmp_path, hours, yields=yields)
    first.take(HOST, 1.0)
    hours.go_on(1.0)
    assert second.take(HOST, 1.0) == 0.0
    hours.now += jump
    waited = 0.0
    while wait := second.take(HOST, 1.0):
        waited += wait
        hours.go_on(wait)
    assert waited <= YIELD


def test_a_wait_ends_when_the_run_is_stopped(tmp_path: Path, hours: Hours):
    stop = Stop()
    pace(tmp_path, hours).take(HOST, 60.0)
    waiting = pace(tmp_path, hours, stop=stop)

    async def stopped_while_it_waits() -> None:
        turn = asyncio.ensure_future(waiting.turn(HOST, 60.0))
        asyncio.get_running_loop().call_soon(stop.ask, 20.0)
        await turn

    with pytest.raises(Stopped):
        asyncio.run(asyncio.wait_for(stopped_while_it_waits(), 10))


def test_where_no_delay_is_kept_there_is_no_file(tmp_path: Path, hours: Hours):
    asyncio.run(pace(tmp_path, hours).turn(HOST, 0.0))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["www.example.com", "新闻.example", "::1", "..", "a/../../b", "x" * 300])
def test_any_host_has_a_file_beside_the_store(tmp_path: Path, hours: Hours, host: str):
    assert pace(tmp_path, hours).take(host, 1.0) == 0.0
    assert list(tmp_path.iterdir()) == [pace_path(tmp_path / "news.db", host)]


def test_a_file_with_anything_in_it_is_no_mark(tmp_path: Path, hours: Hours):
    pace_path(tmp_path / "news.db", HOST).write_bytes(b"half a ma")
    assert pace(tmp_path, hours).take(HOST, 1.0) == 0.0


def test_a_full_disk_is_an_oserror(tmp_path: Path, hours: Hours):
    pace_path(tmp_path / "news.db", HOST).symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        pace(tmp_path, hours).take(HOST, 1.0)


def test_the_files_are_closed_with_the_run(tmp_path: Path, hours: Hours):
    """And opened anew by whoever comes after all."""
    each = pace(tmp_path, hours)
    each.take(HOST, 1.0)
    each.close()
    each.close()
    assert each.take(HOST, 1.0) == 0.0
    each.close()
