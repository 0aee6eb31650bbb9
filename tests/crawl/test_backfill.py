"""A backfill: newest day first, resumable at any moment, beside the fresh runs, and heard of on a terminal and in a
log."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from loopback import Site, article, listing
from running import TESTS, Desk

DAYS = {18: [31, 32, 33], 17: [34, 35, 36], 16: [37, 38], 15: [39, 40]}
"""Days of November and the articles that only the dated archive has."""
ALL = {f"site:{number}" for numbers in DAYS.values() for number in numbers}
BACKFILL = ("crawl", "site", "-a", "since=2025-11-15", "-a", "until=2025-11-18")
AN_HOUR_LATER = {"NEWSCRAWL_NOW": "2025-11-19T10:00:00Z"}


@pytest.fixture
def archive(site: Site) -> Site:
    """The newsroom with a dated archive of four days."""
    for day, numbers in DAYS.items():
        site.put(f"/day/2025-11-{day}.html", listing(numbers))
        for number in numbers:
            site.put(f"/a/{number}.html", article(number))
    return site


def kill_at(site: Site, desk: Desk, path: str) -> None:
    """A backfill that is killed while ``path`` is asked; what was asked until then is forgotten by the site."""
    process = desk.start(*BACKFILL)
    site.when(path, lambda: os.kill(process.pid, signal.SIGKILL))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    site.acts.clear()
    site.asked.clear()


def days_asked(site: Site) -> list[str]:
    return [path.removeprefix("/day/2025-11-").removesuffix(".html") for path in site.asked if "/day/" in path]


def added(desk: Desk) -> list[str]:
    return desk.column("SELECT key FROM changes WHERE kind = 'added'")


def said(log: str) -> list[str]:
    """What the log says of the backfill's progress."""
    return re.findall(r"INFO: (backfill .*)", log)


def test_a_backfill_killed_in_day_2_of_4_goes_on_where_it_was(archive: Site, site_desk: Desk):
    kill_at(archive, site_desk, "/a/35.html")
    assert set(added(site_desk)) >= {"site:31", "site:32", "site:33"}, "a day that is over is on disk"
    done = site_desk.scrapy(*BACKFILL)
    assert done.code == 0, done.err
    assert sorted(added(site_desk)) == sorted(ALL), "no day lost, no article twice"
    assert days_asked(archive) == ["16", "15"]
    asked = [int(path.removeprefix("/a/").removesuffix(".html")) for path in archive.articles_asked()]
    assert {35, 36} <= set(asked[:-4]) <= {34, 35, 36}, "what the killed one left open comes first"
    assert sorted(asked[-4:-2]) == [37, 38], "then the newer day"
    assert sorted(asked[-2:]) == [39, 40]
    assert said(done.err)[0] == "backfill site: 4 days, 2 of them done earlier"


def test_a_day_that_failed_is_asked_again_by_the_next_backfill_and_no_other_day(archive: Site, site_desk: Desk):
    good = archive.pages["/day/2025-11-17.html"]
    archive.put("/day/2025-11-17.html", "down", status=503)
    first = site_desk.scrapy(*BACKFILL)
    assert first.code == 0
    assert "1 listing pages failed (http_503 1)" in first.last_line
    archive.pages["/day/2025-11-17.html"] = good
    archive.asked.clear()
    second = site_desk.scrapy(*BACKFILL)
    assert days_asked(archive) == ["17"]
    assert "3 added" in second.last_line
    assert sorted(added(site_desk)) == sorted(ALL)
    assert said(second.err) == [
        "backfill site: 4 days, 3 of them done earlier",
        "backfill site: 2025-11-17 done (4 of 4 days), 3 links, 3 added so far",
    ]


def test_what_a_killed_backfill_left_is_the_next_backfills_but_for_what_a_fresh_run_meets(
    archive: Site, site_desk: Desk
):
    """Article 23 stands in the list too; 31 and 32 only in the archive."""
    archive.put("/day/2025-11-18.html", listing([31, 23, 32]))
    kill_at(archive, site_desk, "/a/31.html")
    site_desk.scrapy("crawl", "site")
    assert set(archive.articles_asked()) == {f"/a/{number}.html" for number in range(1, 25)}
    archive.asked.clear()
    site_desk.scrapy(*BACKFILL)
    assert {"/a/31.html", "/a/32.html"} < set(archive.articles_asked())
    assert "/a/23.html" not in archive.articles_asked()
    assert len(added(site_desk)) == len(set(added(site_desk)))


def test_what_failed_in_a_backfill_is_asked_again_by_the_fresh_runs(archive: Site, site_desk: Desk):
    good = archive.pages["/a/35.html"]
    archive.put("/a/35.html", "broken", status=500)
    assert "1 failed (http_500 1)" in site_desk.scrapy(*BACKFILL).last_line
    archive.pages["/a/35.html"] = good
    archive.asked.clear()
    site_desk.scrapy("crawl", "site", "-a", "limit=1", settings=AN_HOUR_LATER)
    assert archive.articles_asked() == ["/a/35.html"]
    assert "site:35" in added(site_desk)


def test_in_a_log_a_backfill_says_a_plain_line_a_day(archive: Site, site_desk: Desk):
    archive.put("/day/2025-11-16.html", "down", status=503)
    done = site_desk.scrapy(*BACKFILL)
    assert said(done.err) == [
        "backfill site: 4 days, 0 of them done earlier",
        "backfill site: 2025-11-18 done (1 of 4 days), 3 links, 3 added so far",
        "backfill site: 2025-11-17 done (2 of 4 days), 3 links, 6 added so far",
        "backfill site: 2025-11-16 failed, to be asked again by the next backfill (2 of 4 days), "
        "0 links, 6 added so far",
        "backfill site: 2025-11-15 done (3 of 4 days), 2 links, 8 added so far",
    ]
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", done.err)
    assert "Enabled" not in done.err, "what Scrapy loads is not told"


def on_a_terminal(desk: Desk, *more: str) -> str:
    """What a backfill writes to a terminal of 100 columns."""
    flags = [word for name, value in desk.settings.items() for word in ("-s", f"{name}={value}")]
    mine, theirs = pty.openpty()
    env = {**os.environ, **desk.env, "PYTHONPATH": str(TESTS), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *BACKFILL, *flags, *more],
        cwd=desk.folder,
        env=env | {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(mine, 65536)
        except OSError:  # how Linux says that nobody has the terminal open any more
            break
        parts.append(part)
    os.close(mine)
    assert process.wait(timeout=60) == 0
    return b"".join(parts).decode()


def test_on_a_terminal_a_bar_is_drawn_below_whole_log_lines(archive: Site, site_desk: Desk):
    archive.put("/a/35.html", "broken", status=500)
    shown = on_a_terminal(site_desk)
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    bars = [line for line in re.split(r"[\r\n]+", plain) if "━" in line]
    assert any("site 2025-11-17 ━" in bar and "1/4 days" in bar for bar in bars)
    assert "4/4 days, 9 added, 1 failed" in bars[-1]
    assert all(len(bar) <= 100 and bar.startswith("site") for bar in bars), "no log line on a bar's line"
    assert any(line.endswith("(next try 2025-11-19 09:05 UTC)") for line in re.split(r"[\r\n]+", plain))
    assert "site: done; 9 added" in plain.rsplit("━", 1)[-1], "the last line stands below the bar"
    assert said(plain) == []
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l") >= 0, "the cursor is shown again"


def test_with_a_log_file_the_terminal_is_left_alone(archive: Site, site_desk: Desk, tmp_path: Path):
    assert on_a_terminal(site_desk, "--logfile", "crawl.log") == ""
    assert len(said((tmp_path / "crawl.log").read_text())) == 5
