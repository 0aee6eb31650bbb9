"""Takedown by the command: no byte of the text is left, no crawl brings it back, readers see it go; restore reads it
anew."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, article
from running import Desk
from store_made import CLOCK
from store_made import article as made

from newscrawl.archive.record import walk
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.clock import Clock
from newscrawl.store.takedown import Pending, erase
from newscrawl.store.writer import Writer

SENTENCE = "一位老人在窗口前对记者说了一句谁也没有说过的话，他要把存了四十年的饭票都捐出来"
KEY, PATH = "site:5", "/a/5.html"
WHY = "--reason=法院裁定"


def contents(path: Path) -> Iterator[bytes]:
    """A file as it lies there, and every gzip member of it unpacked."""
    data = path.read_bytes()
    yield data
    while data[:2] == b"\x1f\x8b":
        unpack = zlib.decompressobj(31)
        yield unpack.decompress(data)
        data = unpack.unused_data


def holding(folder: Path, words: str) -> list[str]:
    """Files below ``folder`` that hold the words in an encoding of the Chinese web."""
    forms = [words.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le")]
    forms.append(json.dumps(words).strip('"').encode())
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(form in data for data in contents(path) for form in forms)
    )


@pytest.fixture
def kept(site: Site, site_desk: Desk) -> Desk:
    """A crawled newsroom with an article whose opening a list and another article tell as well, a copy for readers and
    a case in quarantine."""
    site_desk.settings["NEWSCRAWL_SNAPSHOT"] = "data/readers/news.db"
    (site_desk.folder / "data" / "readers").mkdir(parents=True)
    body = (
        f"<p>　　中新网太原11月19日电 {SENTENCE}。</p><p>　　食堂里的人都站了起来，为他鼓掌，掌声持续了很久很久。</p>"
    )
    site.put(PATH, article(5, headline="老人捐出四十年的饭票", body=body))
    item = f'<li><a href="{PATH}">老人捐出四十年的饭票</a><p>{SENTENCE}</p></li>'
    site.put("/a/6.html", article(6, extra=f'<div class="related"><h3>相关新闻</h3><ul>{item}</ul></div>'))
    first = site.pages["/list/1.html"][2].decode()
    site.put("/list/1.html", first.replace("</body>", f"<p>{SENTENCE}</p></body>"))
    assert site_desk.scrapy("crawl", "site").code == 0
    case = site_desk.folder / "data" / "quarantine" / "site-2025-11-19-credit"
    case.mkdir(parents=True)
    (case / "page.html").write_text(f"<p>{SENTENCE}</p>", "utf-8")
    (case / "case.json").write_text(json.dumps({"key": KEY, "url": site.origin + PATH}), "utf-8")
    return site_desk


def changes(desk: Desk, key: str = KEY) -> list[tuple[str, str]]:
    return desk.rows("SELECT kind, origin FROM changes WHERE key = ? ORDER BY seq", key)


def test_after_one_command_no_byte_of_it_is_left_and_no_crawl_brings_it_back(kept: Desk, site: Site):
    before = holding(kept.folder / "data", SENTENCE)
    assert {Path(name).suffix for name in before} >= {".db", ".gz", ".html"}
    (cursor,) = kept.column("SELECT max(seq) FROM changes")
    others = kept.rows("SELECT key, body_text FROM published WHERE key NOT IN (?, 'site:6') ORDER BY key", KEY)
    done = kept.scrapy("takedown", site.origin + PATH, WHY)
    assert (done.code, done.out.splitlines()[0]) == (
        0,
        f"{KEY} is taken down; `scrapy restore {KEY}` takes it back by reading it anew",
    )
    assert holding(kept.folder / "data", SENTENCE) == []
    assert holding(kept.folder / "data", "掌声持续了很久很久") == []
    assert kept.rows("SELECT kind, key, origin FROM changes WHERE seq > ? AND kind = 'withdrawn'", cursor) == [
        ("withdrawn", KEY, "operator")
    ]
    copy = sqlite3.connect(kept.folder / "data" / "readers" / "news.db")
    assert copy.execute("SELECT count(*) FROM published WHERE key = ?", (KEY,)).fetchone() == (0,)
    assert copy.execute("SELECT max(seq) FROM changes").fetchone()[0] > cursor
    copy.close()
    assert kept.rows("SELECT key, body_text FROM published WHERE key NOT IN (?, 'site:6') ORDER BY key", KEY) == others
    asked = len(site.asked)
    assert kept.scrapy("crawl", "site", "-a", "recheck=now").code == 0
    alone = kept.scrapy("crawl", "site", "-a", f"url={site.origin}{PATH}")
    assert (alone.code, f"{KEY} was taken down; `scrapy restore {KEY}` takes it back" in alone.err) == (1, True)
    assert PATH not in site.asked[asked:]
    assert [name for name in holding(kept.folder / "data", SENTENCE) if "archive" not in name] == []
    assert kept.column("SELECT count(*) FROM published WHERE key = ?", KEY) == [0]
    assert kept.rows("SELECT state, state_reason FROM articles WHERE key = ?", KEY) == [("withdrawn", "法院裁定")]
    told = kept.scrapy("show", KEY)
    assert told.code == 1
    assert "was taken down on" in told.err
    assert "法院裁定" in told.err


def test_the_archive_stays_one_that_can_be_read(kept: Desk, site: Site):
    def readable() -> dict[str, int | None]:
        (path,) = kept.archive.rglob("*.warc.gz")
        return {record.url.removeprefix(site.origin): record.status for record in walk(path)}

    before = readable()
    assert kept.scrapy("takedown", KEY, WHY).code == 0
    after = readable()
    assert after.keys() == before.keys() - {PATH}
    assert kept.scrapy("reread").code == 0


def test_restore_reads_it_anew_under_its_old_id(kept: Desk, site: Site):
    (number,) = kept.column("SELECT id FROM published WHERE key = ?", KEY)
    kept.scrapy("takedown", KEY, WHY)
    site.put(PATH, article(5, headline="老人捐出饭票"))
    done = kept.scrapy("restore", KEY)
    assert done.code == 0, done.err
    assert kept.rows("SELECT id, headline, revision FROM published WHERE key = ?", KEY) == [(number, "老人捐出饭票", 2)]
    assert changes(kept)[-2:] == [("withdrawn", "operator"), ("restored", "operator")]
    again = kept.scrapy("restore", KEY)
    assert (again.code, "was not taken down; it is shown" in again.err) == (1, True)


def test_a_restored_article_whose_page_cannot_be_had_is_asked_again_later(kept: Desk, site: Site):
    kept.scrapy("takedown", KEY, WHY)
    page = site.pages.pop(PATH)
    site.put(PATH, "busy", status=503)
    assert kept.scrapy("restore", KEY, settings={"RETRY_TIMES": "0"}).code in (0, 5)
    assert kept.column("SELECT state FROM links WHERE key = ?", KEY) == ["open"]
    assert "is shown when it has been read anew" in kept.scrapy("show", KEY).err
    site.pages[PATH] = page
    kept.rows("SELECT 1")
    done = kept.scrapy("crawl", "site", settings={"NEWSCRAWL_NOW": "2025-11-19T10:00:00Z"})
    assert done.code == 0
    assert kept.column("SELECT key FROM published WHERE key = ?", KEY) == [KEY]


def test_with_a_reader_in_the_file_the_purge_is_pending_and_the_next_command_ends_it(kept: Desk):
    reader = sqlite3.connect(kept.db)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM published").fetchone()
    done = kept.scrapy("takedown", KEY, WHY)
    assert done.code == 6
    assert "purge pending" in done.err
    assert kept.column("SELECT count(*) FROM published WHERE key = ?", KEY) == [0]
    assert kept.column(
        "SELECT count(*) FROM revisions AS r JOIN articles AS a ON a.id = r.article_id WHERE a.key = ?", KEY
    ) == [0]
    assert kept.scrapy("search", "食堂").code == 0
    reader.close()
    assert kept.scrapy("crawl", "site").code == 0
    assert holding(kept.folder / "data", SENTENCE) == []


def test_a_page_that_was_on_the_wire_when_its_article_was_taken_down_is_purged_by_the_next_command(
    kept: Desk, site: Site
):
    """A crawl may have asked for the page before and archive it after."""
    page = site.pages[PATH][2]
    assert kept.scrapy("takedown", KEY, WHY).code == 0
    archive = ArchiveWriter(kept.archive, "site/late")
    late = archive.write(url=site.origin + PATH, status=200, headers=[], body=page, fetched_at=Clock().now())
    archive.close()
    with Writer(kept.db) as writer:
        writer.add(made(5, "site", captures=(late,)))
    assert holding(kept.archive, SENTENCE) != []
    assert kept.scrapy("snapshot", "data/other.db").code == 0
    assert holding(kept.archive, SENTENCE) == []
    assert kept.column("SELECT count(*) FROM published WHERE key = ?", KEY) == [0]


def test_an_article_that_was_never_stored_is_kept_out(site: Site, site_desk: Desk):
    assert site_desk.scrapy("crawl", "site", "-a", "limit=1").code == 0
    done = site_desk.scrapy("takedown", site.origin + PATH, WHY)
    assert (done.code, "was not stored; it is kept out" in done.out) == (0, True)
    assert site_desk.scrapy("crawl", "site").code == 0
    assert KEY not in site_desk.column("SELECT key FROM published")
    assert site_desk.column("SELECT count(*) FROM published")[0] > 20


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("takedown", KEY), 2, "say why"),
        (("takedown", KEY, "--reason= "), 2, "say why"),
        (("takedown", "site:999", WHY), 1, "is not in the store"),
        (("restore", "site:999"), 1, "is not in the store"),
    ],
)
def test_what_cannot_be_meant_is_told_and_touches_nothing(kept: Desk, words: tuple[str, ...], code: int, told: str):
    done = kept.scrapy(*words)
    assert done.code == code
    assert told in done.err + done.out
    assert kept.column("SELECT count(*) FROM published WHERE key = ?", KEY) == [1]


def test_a_policy_change_reaches_stored_articles_at_the_next_command_and_the_readers_copy(kept: Desk):
    strict = {"NEWSCRAWL_REPRINT": '{"*": "excerpt"}'}
    bodies = "SELECT count(body_text), count(*) FROM published"
    (full,) = kept.rows(bodies)
    assert full[0] == full[1] > 20
    assert kept.scrapy("search", "食堂", settings=strict).code == 0
    assert kept.rows(bodies) == [(0, full[1])]
    copy = sqlite3.connect(kept.folder / "data" / "readers" / "news.db")
    assert copy.execute(bodies).fetchone() == (0, full[1])
    copy.close()
    shown = kept.scrapy("show", KEY, settings=strict)
    assert 'NEWSCRAWL_REPRINT has "*": "excerpt"' in shown.out
    assert kept.scrapy("search", "食堂").code == 0
    assert kept.rows(bodies) == [full]
    assert changes(kept)[-2:] == [("revised", "operator")] * 2


def test_articles_of_one_template_are_no_versions_of_each_other(kept: Desk):
    assert kept.column("SELECT count(*) FROM published WHERE story_id IS NOT NULL") == [0]


def test_a_copy_for_readers_that_could_not_be_made_is_made_by_the_next_command(kept: Desk):
    """For a takedown and for a change of policy alike."""
    readers = kept.folder / "data" / "readers"
    copy = readers / "news.db"
    copy.rename(readers / "kept.db")
    copy.mkdir()
    done = kept.scrapy("takedown", KEY, WHY)
    assert done.code in (1, 6)
    copy.rmdir()
    (readers / "kept.db").rename(copy)
    assert holding(readers, SENTENCE) != []
    assert kept.scrapy("search", "食堂").code == 0
    assert holding(readers, SENTENCE) == []


def test_what_was_restored_while_a_takedown_was_under_way_is_not_erased(kept: Desk, site: Site):
    assert kept.scrapy("takedown", KEY, WHY).code == 0
    late = Pending(
        id=kept.column("SELECT id FROM articles WHERE key = ?", KEY)[0], key=KEY, url="", urls=(), since=None
    )
    assert kept.scrapy("restore", KEY).code == 0
    erase(kept.db, [late], CLOCK)
    assert kept.column("SELECT count(*) FROM published WHERE key = ?", KEY) == [1]
