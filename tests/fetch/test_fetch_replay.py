"""What is recorded replays: the same responses, no socket, nothing written."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from wire_probe import Crawled, crawl
from wire_server import WireServer, in_turn, page, raw, redirect

from newscrawl.archive.reader import Archive, read_record
from newscrawl.archive.record import walk
from newscrawl.errors import BadFile
from newscrawl.items import Capture

HTML = "Content-Type: text/html; charset=utf-8"
STORY = ("<p>" + "渡口的灯亮了一夜。" * 200).encode()
NOW = "2025-11-19T08:30:00Z"
PATHS = (
    "/plain",
    "/gzip",
    "/chunked",
    "/moved",
    "/gone",
    "/empty",
    "/cookies",
    "/retried",
    "/no/page",
    "/gbk",
    "/plain2#top",
)


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (STORY[:100], STORY[100:], b""))
    answers = {
        "/robots.txt": page(b"User-agent: *\nDisallow: /no/\nCrawl-delay: 0.1\n", "Content-Type: text/plain"),
        "/plain": page(STORY, HTML),
        "/gzip": page(gzip.compress(STORY), HTML, "Content-Encoding: gzip"),
        "/chunked": raw(f"HTTP/1.1 200 OK\r\n{HTML}\r\nTransfer-Encoding: chunked\r\n\r\n".encode() + chunks),
        "/moved": redirect("/target", "301 Moved"),
        "/target": page(STORY, HTML),
        "/plain2": page(STORY, HTML),
        "/gone": page(b"<p>gone", HTML, status="410 Gone"),
        "/empty": page(b"", HTML),
        "/cookies": page(STORY, HTML, "Set-Cookie: a=1", "X-Weird: \u9152", "Set-Cookie: b=2"),
        "/retried": in_turn(page(b"<p>busy", HTML, status="503 Busy"), page(STORY, HTML)),
        "/gbk": page(STORY.decode().encode("gb18030"), "Content-Type: text/html; charset=gb2312"),
    }
    with WireServer(answers) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replay")


@pytest.fixture(scope="module")
def live(server: WireServer, folder: Path) -> Crawled:
    settings = {"NEWSCRAWL_ARCHIVE": "archive", "NEWSCRAWL_NOW": NOW, "NEWSCRAWL_CONTACT": "https://desk.example/bot"}
    done = crawl(folder, [server.url(path) for path in PATHS], settings)
    server.close()  # from here on there is nobody to ask
    return done


@pytest.fixture(scope="module")
def written(live: Crawled, folder: Path) -> Path:
    (path,) = (file for file in (folder / "archive").rglob("*") if file.is_file())
    return path


@pytest.fixture(scope="module")
def replayed(live: Crawled, server: WireServer, folder: Path) -> Crawled:
    settings = {"NEWSCRAWL_ARCHIVE": "archive", "NEWSCRAWL_REPLAY": "archive", "NEWSCRAWL_NOW": "2026-01-01T00:00:00Z"}
    return crawl(folder, [server.url(path) for path in (*PATHS, "/unknown")], settings)


def told(crawled: Crawled, url: str) -> dict[str, Any]:
    """What an address gave, without what is only so in a replay."""
    return {name: value for name, value in crawled.got[url].items() if name != "flags"}


@pytest.mark.parametrize("path", PATHS)
def test_a_replay_gives_what_the_wire_gave(server: WireServer, live: Crawled, replayed: Crawled, path: str) -> None:
    """Status, address, headers in order, body, class, time and place of the record; or the same failure."""
    url = server.url(path)
    assert told(replayed, url) == told(live, url)


def test_the_wire_gave_what_was_meant(server: WireServer, live: Crawled) -> None:
    """Lest the comparison above compare failures."""
    assert [live.status(server.url(path)) for path in PATHS] == [200, 200, 200, 200, 410, 200, 200, 200, None, 200, 200]
    assert live.word(server.url("/no/page")) == "robots_forbidden"
    assert {live.got[server.url(path)]["length"] for path in ("/plain", "/gzip", "/chunked", "/moved")} == {len(STORY)}
    cookies = live.got[server.url("/cookies")]["headers"]
    assert [value for name, value in cookies if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert live.got[server.url("/plain")]["fetched_at"] == "2025-11-19 08:30:00+00:00"
    assert live.stats["retry/count"] == 1


def test_a_replay_opens_no_socket_and_writes_nothing(live: Crawled, replayed: Crawled, written: Path) -> None:
    """The one file of the live run is still the only one."""
    assert live.connects > 0
    assert replayed.connects == 0
    assert Archive([written]).find("http://nobody.example/") is None


def test_a_replay_keeps_no_crawl_delay(live: Crawled, replayed: Crawled) -> None:
    """Nobody is at the other end. Thirteen requests a tenth of a second apart took the live run over a second."""
    assert live.stats["elapsed_time_seconds"] > 1
    assert replayed.stats["elapsed_time_seconds"] < 1


def test_an_address_that_is_not_there_is_a_404_and_counted(server: WireServer, replayed: Crawled) -> None:
    assert replayed.word(server.url("/unknown")) == "http_404"
    assert replayed.stats["newscrawl/replay/missing"] == 1


def test_the_file_is_named_after_spider_month_moment_and_process(written: Path, folder: Path) -> None:
    name = written.relative_to(folder / "archive").as_posix()
    start, _, end = name.rpartition("-")
    assert start == "probe/2025-11/probe-20251119T083000Z"
    assert end.removesuffix(".warc.gz").isdigit()


def test_every_response_was_written_robots_redirects_errors_and_retries_too(
    server: WireServer, live: Crawled, written: Path
) -> None:
    statuses = sorted((record.url.removeprefix(server.origin), record.status) for record in walk(written))
    assert statuses == sorted(
        [
            *(("/robots.txt", 200), ("/moved", 301), ("/target", 200), ("/plain", 200), ("/gzip", 200)),
            *(("/chunked", 200), ("/gone", 410), ("/empty", 200), ("/cookies", 200), ("/gbk", 200)),
            *(("/retried", 503), ("/retried", 200), ("/plain2", 200)),
        ]
    )


def test_a_capture_points_at_the_body_as_sent(server: WireServer, live: Crawled, folder: Path) -> None:
    url, file, offset, length = live.got[server.url("/gzip")]["capture"]
    capture = Capture(url=url, file=file, offset=offset, length=length, fetched_at=datetime.now(UTC))
    record = read_record(folder / "archive", capture)
    assert gzip.decompress(record.body) == STORY
    assert record.header("content-encoding") == "gzip"


def test_warcio_check_passes(written: Path) -> None:
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(written)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("digest pass") == 14  # warcinfo and thirteen responses


def test_the_robot_says_who_it_is(server: WireServer, live: Crawled) -> None:
    agents = {line for _, _, lines in server.asked for line in lines if line.startswith("User-Agent:")}
    (agent,) = agents
    assert agent.startswith("User-Agent: newscrawl/")
    assert agent.endswith(" (+https://desk.example/bot)")


def test_a_replay_from_elsewhere_gives_captures_that_can_be_read(
    server: WireServer, live: Crawled, written: Path, tmp_path: Path
) -> None:
    """The file is not below the archive's folder, so its whole path is the capture's file."""
    url = server.url("/plain")
    crawled = crawl(tmp_path, [url], {"NEWSCRAWL_ARCHIVE": "archive", "NEWSCRAWL_REPLAY": str(written)})
    place = crawled.got[url]["capture"]
    assert place[1] == str(written)
    assert place[2:] == live.got[url]["capture"][2:]
    assert not (tmp_path / "archive").exists()


def test_a_broken_replay_file_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "page.warc.gz").write_bytes(b"<p>no archive")
    crawled = crawl(tmp_path, ["http://a.example/"], {"NEWSCRAWL_REPLAY": "page.warc.gz"})
    assert crawled.code == 1
    assert "page.warc.gz: is no WARC file" in crawled.log
    assert BadFile.__name__ in crawled.log
    assert crawled.got == {}


def test_a_full_disk_stops_the_crawl_by_its_name(tmp_path: Path) -> None:
    """What cannot be kept is not handed on, and asking again would not help."""
    with WireServer({"/robots.txt": page(b"")} | {f"/{n}": page(bytes(range(256)) * 400) for n in range(40)}) as server:
        settings = {"NEWSCRAWL_ARCHIVE": "archive", "CONCURRENT_REQUESTS": 1, "LOG_LEVEL": "ERROR"}
        crawled = crawl(tmp_path, [server.url(f"/{n}") for n in range(40)], settings, file_limit=4000)
    assert crawled.stats["finish_reason"] == "store_unwritable"
    assert "the archive cannot be written" in crawled.stats["newscrawl/store_unwritable"]
    words = [got.get("word") for got in crawled.got.values()]
    assert "StoreUnwritable" in words
    assert 0 < words.count(None) < 20
    assert not any(name.startswith("retry/") for name in crawled.stats)
    archive = Archive([tmp_path / "archive"])
    kept = [url for url, got in crawled.got.items() if "word" not in got]
    assert all(archive.find(url) for url in kept)
