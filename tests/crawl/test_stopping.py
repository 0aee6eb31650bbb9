"""A signal ends a run within a limit: what waits is dropped at once, what is on the wire is waited for so long, and
every link that had no answer is as open as before. Every crawl here is a real process over loopback HTTP."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from loopback import Site, article
from running import NOW, Desk
from test_walk import everything, keys

from newscrawl.clock import Clock, unstamp
from newscrawl.items import Link
from newscrawl.store.frontier import Frontier

TEXT = {"Content-Type": "text/plain"}
RULES = "User-agent: *\nDisallow: /private/\n"


@pytest.fixture
def silence() -> Iterator[threading.Event]:
    """What a server waits for that never answers; over when the test is."""
    over = threading.Event()
    yield over
    over.set()


@pytest.fixture
def found(site: Site, site_desk: Desk) -> Desk:
    """A desk whose store has the links of five articles, 19 to 23, found by an earlier run and all open."""
    links = [
        Link(source="site", key=f"site:{n}", url=f"{site.origin}/a/{n}.html", found_in="list")
        for n in range(23, 18, -1)
    ]
    with Frontier(site_desk.db, Clock(unstamp(NOW))) as frontier:
        frontier.record(links)
    return site_desk


def untouched(desk: Desk) -> set[str]:
    return set(desk.column("SELECT key FROM links WHERE state = 'open' AND attempts = 0 AND reason IS NULL"))


def last_run(desk: Desk) -> tuple[str, int, dict[str, int]]:
    ((outcome, code, errors),) = desk.rows("SELECT outcome, exit_code, errors FROM runs ORDER BY id DESC LIMIT 1")
    return outcome, code, json.loads(errors)


def test_what_waits_behind_a_long_delay_is_not_waited_for(site: Site, found: Desk):
    """robots.txt asks for 30 seconds; five links wait for their turns when the signal comes."""
    site.put("/robots.txt", RULES + "Crawl-delay: 30\n", **TEXT)
    process = found.start("crawl", "site")
    process.hear("asks for 30 s between requests")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - begun < 10
    assert process.returncode == 0, err
    assert "stopped by a signal" in err.rstrip().splitlines()[-1]
    assert "failed" not in err
    assert site.asked == ["/robots.txt"]
    assert last_run(found) == ("stopped", 0, {})
    assert len(untouched(found)) == 5
    site.put("/robots.txt", RULES, **TEXT)
    assert found.scrapy("crawl", "site").code == 0
    assert set(keys(found)) == everything(site)


@pytest.mark.parametrize("path", ["/a/21.html", "/robots.txt"])
def test_a_server_that_never_answers_is_waited_for_as_long_as_the_limit(
    site: Site, found: Desk, silence: threading.Event, path: str
):
    process = found.start("crawl", "site", settings={"STOP_SECONDS": "0.5", "DOWNLOAD_TIMEOUT": "60"})

    def answer_nothing() -> None:
        process.send_signal(signal.SIGTERM)
        silence.wait(60)

    site.when(path, answer_nothing)
    begun = time.monotonic()
    _, err = process.communicate(timeout=50)
    assert time.monotonic() - begun < 30
    assert process.returncode == 0, err
    assert last_run(found) == ("stopped", 0, {})
    assert "failed" not in err
    expected = {"site:21"} if path != "/robots.txt" else {f"site:{n}" for n in range(19, 24)}
    assert expected <= untouched(found)
    assert untouched(found).isdisjoint(keys(found))


def test_what_is_answered_after_the_signal_is_stored_and_nothing_more_is_asked(site: Site, found: Desk):
    """One request at a time: the links behind the one on the wire are not asked."""
    process = found.start("crawl", "site", settings={"CONCURRENT_REQUESTS": "1"})
    site.when("/a/21.html", lambda: process.send_signal(signal.SIGINT))
    process.communicate(timeout=60)
    assert last_run(found) == ("stopped", 0, {})
    first = site.articles_asked()[: site.articles_asked().index("/a/21.html") + 1]
    assert site.articles_asked() == first
    assert set(keys(found)) == {f"site:{path[3:-5]}" for path in first}
    assert 1 <= len(untouched(found)) == 5 - len(first)


def test_what_fails_after_the_signal_is_not_tried_again_in_this_run(site: Site, found: Desk):
    """An article and robots.txt itself: both answer 503, which is asked again as long as nobody stops the run."""
    for path in ("/a/23.html", "/robots.txt"):
        good = site.pages[path]
        site.put(path, "busy", status=503)
        process = found.start("crawl", "site", settings={"RETRY_TIMES": "2"})
        site.when(path, lambda process=process: process.send_signal(signal.SIGTERM))
        process.communicate(timeout=60)
        assert last_run(found) == ("stopped", 0, {})
        assert site.asked.count(path) == 1
        assert "site:23" in untouched(found)
        site.pages[path] = good
        site.asked.clear()


def test_an_article_of_many_pages_that_is_stopped_between_them_is_read_whole_later(site: Site, found: Desk):
    def page(text: str, following: str) -> str:
        bar = f'<div class="pages"><a href="{following}">下一页</a></div>' if following else ""
        return article(23, headline="社区食堂的两天", body=f"<p>{text}</p>", extra=bar)

    site.put("/a/23.html", page("中新网太原11月19日电 (记者 李明远)第一天人们排起了长队等候开门。", "23_2.html"))
    site.put("/a/23_2.html", page("第二天食堂里坐满了附近的老人，饭菜的香味飘出很远。", ""))
    process = found.start("crawl", "site")
    site.when("/a/23.html", lambda: process.send_signal(signal.SIGTERM))
    process.communicate(timeout=60)
    assert last_run(found) == ("stopped", 0, {})
    assert "site:23" in untouched(found)
    site.acts.clear()
    assert found.scrapy("crawl", "site").code == 0
    ((text,),) = found.rows("SELECT body_text FROM published WHERE key = 'site:23'")
    assert text.count("\n") == 1
