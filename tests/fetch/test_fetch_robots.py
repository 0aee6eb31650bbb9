"""robots.txt through real Scrapy: closed where in doubt, and Crawl-delay kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest
from wire_probe import Crawled, crawl
from wire_server import Answer, WireServer, in_turn, page, redirect, reset, silence

from newscrawl.fetch.robots import too_slow

TEXT = "Content-Type: text/plain"
HTML = "Content-Type: text/html"
RULES = page(b"User-agent: *\nDisallow: /no/\n", TEXT)
ROBOTS: dict[str, Answer] = {
    "rules": RULES,
    "rules with a BOM, served as HTML": page(b"\xef\xbb\xbfUser-agent: newscrawl\nDisallow: /no/\n", HTML),
    "an HTML page": page(b"<!doctype html><pre>User-agent: *\nDisallow: /\n</pre>", HTML),
    "404 with rules in it": page(b"User-agent: *\nDisallow: /\n", TEXT, status="404 Not Found"),
    "403": page(b"go away", status="403 Forbidden"),
    "503": page(b"User-agent: *\nAllow: /\n", TEXT, status="503 Busy"),
    "429": page(b"", status="429 Slow Down"),
    "503, then rules": in_turn(page(b"", status="503 Busy"), RULES),
    "silence": silence,
    "reset": reset,
    "moved": redirect("/elsewhere"),
    "moved in a circle": redirect("/robots.txt"),
}
OPEN = {"an HTML page", "404 with rules in it", "403"}
RULED = {"rules", "rules with a BOM, served as HTML", "503, then rules", "moved"}
CLOSED = {
    "503": "robots_http_503",
    "429": "robots_http_429",
    "silence": "robots_timeout",
    "reset": "robots_connection_failed",
    "moved in a circle": "robots_ignored",
}


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, WireServer]]:
    """A server for each kind of robots.txt, with many pages."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(
                WireServer(
                    {"/robots.txt": answer, "/elsewhere": RULES}
                    | {f"/no/{n}": page() for n in range(8)}
                    | {f"/yes/{n}": page() for n in range(2)}
                )
            )
            for name, answer in ROBOTS.items()
        }


def urls_of(server: WireServer) -> list[str]:
    return [server.url(f"/no/{n}") for n in range(8)] + [server.url(f"/yes/{n}") for n in range(2)]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, servers: dict[str, WireServer]) -> Crawled:
    """Every page of every server asked at once."""
    urls = [url for server in servers.values() for url in urls_of(server)]
    return crawl(tmp_path_factory.mktemp("robots"), urls, {"CONCURRENT_REQUESTS": 200, "DOWNLOAD_TIMEOUT": 1})


def test_every_kind_is_expected_to_be_something() -> None:
    assert OPEN | RULED | CLOSED.keys() == ROBOTS.keys()


@pytest.mark.parametrize("name", sorted(RULED))
def test_of_many_disallowed_addresses_asked_at_once_none_is_fetched(
    servers: dict[str, WireServer], crawled: Crawled, name: str
) -> None:
    """Scrapy's own middleware lets all pass that wait while robots.txt is on its way."""
    server = servers[name]
    assert [path for path in server.paths() if path.startswith("/no/")] == []
    assert {crawled.word(server.url(f"/no/{n}")) for n in range(8)} == {"robots_forbidden"}
    assert [crawled.status(server.url(f"/yes/{n}")) for n in range(2)] == [200, 200]


@pytest.mark.parametrize("name", sorted(OPEN))
def test_without_rules_everything_may_be_fetched(servers: dict[str, WireServer], crawled: Crawled, name: str) -> None:
    assert {crawled.status(url) for url in urls_of(servers[name])} == {200}


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_a_host_that_could_not_be_asked_is_closed_for_this_run(
    servers: dict[str, WireServer], crawled: Crawled, name: str
) -> None:
    server = servers[name]
    assert {crawled.word(url) for url in urls_of(server)} == {CLOSED[name]}
    assert set(server.paths()) == {"/robots.txt"}


def test_each_host_is_asked_once_but_for_retries(servers: dict[str, WireServer], crawled: Crawled) -> None:
    asked = {name: server.paths().count("/robots.txt") for name, server in servers.items()}
    retried = {"503", "429", "503, then rules", "silence", "reset"}
    assert {name for name, times in asked.items() if times == 2} == retried
    assert {name for name, times in asked.items() if times == 1} == asked.keys() - retried - {"moved in a circle"}


def test_it_is_counted(crawled: Crawled) -> None:
    assert crawled.stats["newscrawl/robots/unreachable"] == len(CLOSED)
    assert crawled.stats["newscrawl/refused/robots_unreachable"] == 10 * len(CLOSED)
    assert crawled.stats["newscrawl/refused/robots_forbidden"] == 8 * len(RULED)
    assert crawled.stats["robotstxt/forbidden"] == 8 * len(RULED)
    assert crawled.stats["robotstxt/request_count"] == len(ROBOTS)
    assert crawled.stats["finish_reason"] == "finished"


DELAY = 0.3


def gaps(server: WireServer) -> list[float]:
    moments = [moment for moment, _, _ in server.asked]
    return [later - earlier for earlier, later in pairwise(moments)]


@pytest.mark.parametrize("throttled", [False, True], ids=["alone", "with AutoThrottle"])
def test_crawl_delay_is_kept(tmp_path: Path, throttled: bool) -> None:
    """Between all requests, robots.txt included; AutoThrottle, which would go down to the latency, leaves it alone."""
    answers = {f"/{n}": page() for n in range(4)}
    robots = page(f"User-agent: *\nCrawl-delay: {DELAY}\nDisallow:\n".encode(), TEXT)
    with WireServer({"/robots.txt": robots} | answers) as server:
        settings = {"AUTOTHROTTLE_ENABLED": throttled, "AUTOTHROTTLE_START_DELAY": 0}
        crawled = crawl(tmp_path, [server.url(f"/{n}") for n in range(4)], settings)
    assert [crawled.status(server.url(f"/{n}")) for n in range(4)] == [200] * 4
    assert server.paths()[0] == "/robots.txt"
    assert len(gaps(server)) == 4
    assert min(gaps(server)) > DELAY * 0.9
    assert max(gaps(server)) < DELAY * 4


def test_a_crawl_delay_does_not_go_below_our_own(tmp_path: Path) -> None:
    robots = page(b"User-agent: *\nCrawl-delay: 0.05\n", TEXT)
    with WireServer({"/robots.txt": robots, "/1": page(), "/2": page()}) as server:
        crawl(tmp_path, [server.url("/1"), server.url("/2")], {"DOWNLOAD_DELAY": DELAY})
    assert server.paths() == ["/robots.txt", "/1", "/2"]
    assert min(gaps(server)) > DELAY * 0.9


def test_a_host_that_asks_for_longer_waits_than_a_run_can_keep_is_left_alone(tmp_path: Path) -> None:
    """Said once in words, counted for each page; none is waited for."""
    robots = page(b"User-agent: *\nCrawl-delay: 86400\n", TEXT)
    with WireServer({"/robots.txt": robots} | {f"/{n}": page() for n in range(5)}) as server:
        urls = [server.url(f"/{n}") for n in range(5)]
        crawled = crawl(tmp_path, urls)
    assert {crawled.word(url) for url in urls} == {"robots_crawl_delay"}
    assert crawled.bugs() == {}
    assert server.paths() == ["/robots.txt"]
    assert crawled.stats["newscrawl/refused/robots_crawl_delay"] == 5
    assert crawled.log.count("asks for 86400 s between requests") == 1
    assert crawled.stats["finish_reason"] == "finished"


def test_the_long_delay_of_another_agent_closes_nothing(tmp_path: Path) -> None:
    robots = page(b"User-agent: otherbot\nCrawl-delay: 86400\n\nUser-agent: *\nDisallow:\n", TEXT)
    with WireServer({"/robots.txt": robots, "/1": page()}) as server:
        crawled = crawl(tmp_path, [server.url("/1")])
        assert crawled.status(server.url("/1")) == 200


@pytest.mark.parametrize(("delay", "kept"), [(0.0, True), (60.0, True), (60.5, False), (86400.0, False)])
def test_waits_of_up_to_a_minute_are_kept(delay: float, kept: bool) -> None:
    assert (too_slow("a.example", delay) is None) is kept
