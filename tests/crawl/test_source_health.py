"""A source that looks broken is exit 3, in words, with the page kept: told by whole crawls over loopback HTTP."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from loopback import PLACES, Site, article, listing
from running import NOW, Desk, Done

START = datetime.fromisoformat(NOW).astimezone(UTC)
CHALLENGE = "<html><body>系统繁忙，请稍后再试</body></html>"


def crawl(desk: Desk, *words: str, hours: float = 0) -> Done:
    now = (START + timedelta(hours=hours)).isoformat()
    return desk.scrapy("crawl", "site", *words, settings={"NEWSCRAWL_NOW": now})


def status(desk: Desk, hours: float) -> tuple[int, dict[str, Any]]:
    now = (START + timedelta(hours=hours)).isoformat()
    done = desk.scrapy("status", "--json", settings={"NEWSCRAWL_NOW": now})
    (row,) = json.loads(done.out)
    return done.code, row


def publish(site: Site, first: int, last: int, **pages: str) -> None:
    """New articles ``first`` to ``last`` on the list; ``page`` is what all of them show, ``extra`` stands in each."""
    for number in range(first, last + 1):
        site.put(f"/a/{number}.html", pages.get("page") or article(number, extra=pages.get("extra", "")))
    site.put("/list/1.html", listing([*range(last, first - 1, -1), *range(first - 1, first - 7, -1)]))


def nameless(site: Site, first: int, last: int) -> None:
    """Likewise, without a credit on their pages."""
    publish(site, first, last)
    for number in range(first, last + 1):
        site.put(f"/a/{number}.html", article(number).replace("来源：回环新闻网", ""))


def structured(number: int) -> str:
    """What a page may hand to machines: the headline that it prints, and the day."""
    headline = f"{PLACES[number % len(PLACES)]}第{number}处社区食堂今日开门迎客"
    data = {"@type": "NewsArticle", "headline": headline, "datePublished": "2025-11-19"}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def cases(desk: Desk) -> dict[str, dict[str, Any]]:
    folders = sorted((desk.db.parent / "quarantine").glob("*"))
    return {folder.name: json.loads((folder / "case.json").read_text(encoding="utf-8")) for folder in folders}


def test_a_field_that_went_is_exit_3_at_once_and_an_odd_page_is_not(site: Site, site_desk: Desk):
    crawl(site_desk)
    nameless(site, 25, 25)
    assert crawl(site_desk, hours=0.5).code == 0
    code, row = status(site_desk, hours=0.6)
    assert (code, row["healthy"], row["problems"], row["fresh"]) == (0, True, [], 25)
    nameless(site, 26, 32)
    done = crawl(site_desk, hours=0.9)
    said = "credit is found in 0 of 7 articles, usually in 96 %"
    assert done.code == 3
    assert f"the source looks broken: {said}; 7 added" in done.last_line
    kept = site_desk.db.parent / "quarantine" / "site-2025-11-19-credit"
    assert f"{said}; the page that shows it is kept as a test case in {kept}" in done.err
    ((errors, outcome),) = site_desk.rows("SELECT errors, outcome FROM runs WHERE exit_code = 3")
    assert (json.loads(errors), outcome) == ({f"looks broken: {said}": 1}, "broken")
    case = cases(site_desk)["site-2025-11-19-credit"]
    assert case["complaint"] == said
    assert case["expected"]["credit"] is None
    number = case["key"].removeprefix("site:")
    assert (kept / "page.html").read_bytes() == site.pages[f"/a/{number}.html"][2]
    code, row = status(site_desk, hours=1)
    assert (code, row["healthy"], row["streak"]) == (3, False, 1)
    assert row["problems"] == [f"the last run has failed (broken, exit 3): {said}"]


def test_a_part_of_a_source_is_neither_judged_nor_history(site: Site, site_desk: Desk):
    crawl(site_desk)
    nameless(site, 25, 31)
    assert crawl(site_desk, "-a", "limit=7", hours=0.5).code == 0
    assert cases(site_desk) == {}
    with sqlite3.connect(site_desk.db) as connection:
        connection.execute("DELETE FROM ledger WHERE kind = 'whole'")
    connection.close()
    assert status(site_desk, hours=1) == (0, {"source": "site", "healthy": None, "problems": []})


def test_articles_read_again_that_lost_what_machines_were_told_are_an_alarm_without_any_news(
    site: Site, site_desk: Desk
):
    for number in range(1, 25):
        site.put(f"/a/{number}.html", article(number, extra=structured(number)))
    crawl(site_desk)
    for number in range(1, 25):
        site.put(f"/a/{number}.html", article(number))
    done = crawl(site_desk, hours=1)
    assert done.code == 3
    assert "headline is lost, or answered by a weaker hand, in 24 of 24 articles read again" in done.last_line
    assert site_desk.column("SELECT count(*) FROM published WHERE headline LIKE '%今日开门迎客' AND revision = 1") == [
        24
    ]
    assert [*cases(site_desk)] == ["site-2025-11-19-headline"]


def test_the_answer_of_new_articles_that_moves_down_the_chain_is_an_alarm(site: Site, site_desk: Desk):
    for number in range(1, 25):
        site.put(f"/a/{number}.html", article(number, extra=structured(number)))
    crawl(site_desk)
    publish(site, 25, 30)
    done = crawl(site_desk, hours=0.5)
    assert done.code == 3
    assert "headline is answered by generic in 6 of 6 articles, usually by jsonld" in done.last_line


def test_new_pages_that_are_all_no_article_are_an_alarm(site: Site, site_desk: Desk):
    crawl(site_desk)
    publish(site, 25, 31, page=CHALLENGE)
    done = crawl(site_desk, hours=0.5)
    assert done.code == 3
    assert "an article is read from 0 of 7 pages, usually from 100 %" in done.last_line
    assert cases(site_desk)["site-2025-11-19-pages"]["rejected"] == "no_body"


def test_a_list_without_links_is_kept_as_it_came(site: Site, site_desk: Desk):
    site.put("/list/1.html", "<html><body><div class='new-layout'>改版了</div></body></html>")
    assert crawl(site_desk).code == 3
    case = cases(site_desk)["site-2025-11-19-list"]
    assert (case["listing"], case["expected"]) == ("list", {"links": []})


def test_channels_that_all_give_no_article_are_exit_3_where_there_is_no_list(site: Site, site_desk: Desk):
    for page in range(1, 5):
        site.put(f"/list/{page}.html", "<html><body>改版了</body></html>")
    done = site_desk.scrapy("crawl", "channels", settings={"SPIDER_MODULES": "channel_sources"})
    assert (done.code, "no listing gave an article link" in done.last_line) == (3, True), done.last_line
    (case,) = cases(site_desk).values()
    assert case["expected"] == {"links": []}


def test_a_busy_source_that_goes_quiet_is_an_alarm_where_its_list_answers(site: Site, site_desk: Desk):
    crawl(site_desk)
    add_history(site_desk.db, weeks=4, hourly=9)
    done = crawl(site_desk, hours=3)
    assert done.code == 3
    assert "nothing new since 2025-11-19 09:00 UTC, usually 27 by now on a Wednesday" in done.last_line
    case = cases(site_desk)["site-2025-11-19-news"]
    assert (case["listing"], len(case["expected"]["links"])) == ("list", 6)
    site.put("/list/1.html", "down", status=503)
    assert crawl(site_desk, hours=4).code == 5


def add_history(db: Path, *, weeks: int, hourly: int) -> None:
    """Whole runs that went well and added so many articles, each hour of so many weeks before the first crawl."""
    starts = [START - timedelta(hours=hour) for hour in range(1, weeks * 7 * 24 + 12)]
    rows = [(f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{at:%Y-%m-%dT%H:%M:%SZ}", hourly) for at in starts]
    connection = sqlite3.connect(db)
    with connection:
        connection.executemany(
            "INSERT INTO ledger (source, started_at, finished_at, outcome, exit_code, added, kind) "
            "VALUES ('site', ?, ?, 'done', 0, ?, 'whole')",
            rows,
        )
    connection.close()


def test_a_quarantine_that_cannot_be_written_costs_a_line(site: Site, site_desk: Desk):
    site_desk.db.parent.mkdir()
    (site_desk.db.parent / "quarantine").write_text("a file")
    site.put("/list/1.html", "<html><body>改版了</body></html>")
    done = crawl(site_desk)
    assert done.code == 3
    assert "the page that shows it cannot be kept in quarantine" in done.err
    assert "Traceback" not in done.err


def test_a_bug_in_the_judgement_is_exit_1_and_not_silence(site: Site, site_desk: Desk):
    crawl(site_desk)
    with sqlite3.connect(site_desk.db) as connection:
        connection.execute("UPDATE ledger SET sample = '{'")
    connection.close()
    publish(site, 25, 25)
    done = crawl(site_desk, hours=0.5)
    assert done.code == 1
    assert "a bug (health 1), see the log above; 1 added" in done.last_line
    assert "JSONDecodeError" in done.err


# -- scrapy status -----------------------------------------------------------------------------------------------------


def test_status_without_a_store_says_so_and_is_no_good_news(site_desk: Desk):
    done = site_desk.scrapy("status")
    assert done.code == 6
    assert f"there is no store at {site_desk.db}" in done.err
    assert done.out == ""


def test_status_is_a_table_plain_in_a_pipe_and_with_colours_on_a_terminal(site: Site, site_desk: Desk):
    crawl(site_desk)
    connection = sqlite3.connect(site_desk.db)
    with connection:
        given_up = "UPDATE links SET state = 'given_up', settled_at = ?, reason = 'http_500' WHERE key = ?"
        connection.executemany(given_up, [(f"2025-11-19T09:00:0{n}Z", f"site:{n}") for n in range(1, 6)])
    connection.close()
    out = site_desk.scrapy("status").out
    head, row, *lines = out.splitlines()
    assert head.split()[:3] == ["source", "health", "last"]
    assert row.split() == ["site", "healthy", NOW, "24", "?", "0", "0", "5", "0", "0"]
    assert [line.strip() for line in lines] == [
        *(f"site: given up: site:{n} {site.origin}/a/{n}.html (http_500, 2025-11-19T09:00:0{n}Z)" for n in (5, 4, 3)),
        "site: given up: 2 more; --json lists all",
    ]
    _, about = status(site_desk, hours=0)
    assert [one["key"] for one in about["given_up"]] == [f"site:{n}" for n in (5, 4, 3, 2, 1)]
    assert about["given_up"][4].keys() == {"key", "url", "reason", "at"}
    assert "\x1b" not in out
    site_desk.env |= {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert "\x1b[32mhealthy" in site_desk.scrapy("status").out


def test_status_takes_no_words(site_desk: Desk):
    assert site_desk.scrapy("status", "site").code == 2
