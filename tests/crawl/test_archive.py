"""Everything fetched is kept as WARC, rows know their records, and what was recorded replays to the same store."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from loopback import Site, newsroom, serving
from running import QUICK, Desk

from newscrawl.archive.reader import Archive, read_record
from newscrawl.archive.record import walk
from newscrawl.clock import unstamp
from newscrawl.items import Capture

COLUMNS = "key, url, headline, dateline, authors, credit, published_at, body_html, body_text, disclaimer"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Desk]:
    with serving(newsroom()) as site:
        site.put("/a/9.html?moved", site.pages["/a/9.html"][2])
        site.put("/a/9.html", "", status=302, Location="/a/9.html?moved")
        del site.pages["/a/3.html"]
        folder = tmp_path_factory.mktemp("recorded")
        desk = Desk(folder, QUICK | {"SPIDER_MODULES": "site_sources"}, {"SITE_ORIGIN": site.origin})
        assert desk.scrapy("crawl", "site").code == 0
        return site, desk


def warc(desk: Desk) -> Path:
    (path,) = desk.archive.rglob("*.warc.gz")
    return path


def test_every_answer_is_kept_robots_redirects_and_errors_too(recorded: tuple[Site, Desk]):
    site, desk = recorded
    archive = Archive([warc(desk)])
    assert len(archive) == len(site.asked)
    statuses = {path: archive.find(site.origin + path).status for path in ("/robots.txt", "/a/9.html", "/a/3.html")}
    assert statuses == {"/robots.txt": 200, "/a/9.html": 302, "/a/3.html": 404}


def test_the_file_has_everything_in_the_order_of_the_wire(recorded: tuple[Site, Desk]):
    """What came before the first article was held back until then: robots.txt and the lists."""
    site, desk = recorded
    urls = [record.url.removeprefix(site.origin) for record in walk(warc(desk))]
    assert urls[:2] == ["/robots.txt", "/list/1.html"]
    assert sorted(urls) == sorted(site.asked)


def test_an_articles_row_knows_its_record(recorded: tuple[Site, Desk]):
    site, desk = recorded
    rows = desk.rows(
        """SELECT p.url, c.url, c.file, c."offset", c.length, c.fetched_at FROM published AS p
        JOIN articles AS a ON a.id = p.id JOIN captures AS c ON c.revision_id = a.revision_id"""
    )
    assert len(rows) == desk.column("SELECT count(*) FROM published")[0] > 20
    for article_url, url, file, offset, length, fetched_at in rows:
        capture = Capture(url=url, file=file, offset=offset, length=length, fetched_at=unstamp(fetched_at))
        record = read_record(desk.archive, capture)
        assert record.status == 200
        assert record.decoded() == site.pages[url.removeprefix(site.origin)][2]
        assert article_url.startswith(site.origin)


def test_what_was_recorded_replays_to_the_same_store_without_the_site(recorded: tuple[Site, Desk], tmp_path: Path):
    """The site is down by now: every request is answered from the archive."""
    _, desk = recorded
    again = Desk(tmp_path, desk.settings | {"NEWSCRAWL_REPLAY": str(desk.archive)}, desk.env)
    done = again.scrapy("crawl", "site")
    assert done.code == 0, done.err[-3000:]
    query = f"SELECT {COLUMNS} FROM published ORDER BY key"
    assert again.rows(query) == desk.rows(query)
    assert not again.archive.exists()


def test_a_run_without_news_leaves_no_file(site: Site, site_desk: Desk):
    """Neither one that asks a list and an old article in vain nor one that asks nothing but robots.txt."""
    site.validate("/a/")
    site_desk.scrapy("crawl", "site")
    kept = warc(site_desk)
    site.asked.clear()
    site_desk.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-11-19T11:00:00Z"})
    assert site.lists_asked() == ["/list/1.html"]
    assert {status for path, status in site.answered[-len(site.articles_asked()) :]} == {304}
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    site_desk.scrapy("crawl", "site")
    assert list(site_desk.archive.rglob("*")) == [*kept.parents[:2][::-1], kept]


def test_a_list_that_is_packed_is_kept_as_it_was_sent(site: Site, site_desk: Desk):
    """Although it was unpacked long before it is written."""
    packed = gzip.compress(site.pages["/list/1.html"][2])
    site.put("/list/1.html", packed, Content_Encoding="gzip")
    site_desk.scrapy("crawl", "site", "-a", "limit=1")
    record = Archive([warc(site_desk)]).find(f"{site.origin}/list/1.html")
    assert (record.header("content-encoding"), record.body) == ("gzip", packed)


def test_without_an_archive_folder_nothing_is_kept(tmp_path: Path):
    with serving(newsroom(pages=1)) as site:
        quiet = QUICK | {"SPIDER_MODULES": "site_sources", "NEWSCRAWL_ARCHIVE": ""}
        desk = Desk(tmp_path, quiet, {"SITE_ORIGIN": site.origin})
        assert desk.scrapy("crawl", "site").code == 0
    assert list(tmp_path.rglob("*.warc*")) == []
    assert desk.column("SELECT count(*) FROM captures") == [0]
