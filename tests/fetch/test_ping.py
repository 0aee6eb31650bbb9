"""NEWSCRAWL_PING_URL: what a watchman hears, and that it can neither hold up a run nor change how it ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest
from watchman import Watchman, watching

from newscrawl.errors import BadOption
from newscrawl.fetch import ping as module
from newscrawl.fetch.ping import ping
from newscrawl.options import Options


@pytest.fixture
def watchman() -> Iterator[Watchman]:
    with watching() as watchman:
        yield watchman


def test_a_good_run_asks_the_address_and_a_bad_one_says_why_behind_it(watchman: Watchman):
    ping(watchman.url, "done; 3 added", good=True, user_agent="newscrawl/1")
    ping(watchman.url + "/?create=1", "坏了", good=False, user_agent="newscrawl/1")
    assert watchman.heard == [("GET", "/uuid", ""), ("POST", "/uuid/fail?create=1", "坏了")]
    assert watchman.agents == ["newscrawl/1", "newscrawl/1"]


def test_who_does_not_hear_is_told_once_more(watchman: Watchman, caplog: pytest.LogCaptureFixture):
    watchman.answers = [500]
    ping(watchman.url, "", good=True, user_agent="x")
    assert len(watchman.heard) == 2
    assert caplog.records == []


def test_who_never_hears_costs_a_warning_in_words_without_the_secret(
    watchman: Watchman, caplog: pytest.LogCaptureFixture
):
    watchman.answers = [503, 404]
    ping(watchman.url, "", good=True, user_agent="x")
    assert [(one.levelno, one.getMessage()) for one in caplog.records] == [
        (logging.WARNING, "NEWSCRAWL_PING_URL: 127.0.0.1 was not told how the run ended (HTTP 404)")
    ]


def test_nobody_at_the_address_is_a_warning(caplog: pytest.LogCaptureFixture):
    ping("http://127.0.0.1:9/uuid", "", good=True, user_agent="x")
    assert "127.0.0.1 was not told how the run ended ([Errno 111] Connection refused)" in caplog.text


def test_who_never_answers_is_waited_for_a_bounded_time(
    watchman: Watchman, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    watchman.silent.clear()
    monkeypatch.setattr(module, "SECONDS", 0.1)
    begun = time.monotonic()
    ping(watchman.url, "", good=True, user_agent="x")
    assert time.monotonic() - begun < 5
    assert "was not told how the run ended" in caplog.text


@pytest.mark.parametrize(
    "address",
    [
        "ftp://hc.example/x",
        "hc.example/x",
        "https:///x",
        "https://user:word@hc.example/",
        "http://[::1/",
        "http://hc.example:port/",
        "https://hc.example/a b",
        "https://hc.example/播报",
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(address: str):
    with pytest.raises(BadOption, match="NEWSCRAWL_PING_URL"):
        Options.read({"NEWSCRAWL_PING_URL": address})


@pytest.mark.parametrize("address", ["https://hc-ping.com/b8d2", "http://[::1]:8000/ping/b8d2?x=1", ""])
def test_what_can_be_asked_is_taken_as_it_stands(address: str):
    assert Options.read({"NEWSCRAWL_PING_URL": address}).ping_url == (address or None)
