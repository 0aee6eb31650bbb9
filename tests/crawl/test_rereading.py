"""`scrapy reread` after a crawl, and a crawl after it."""

from __future__ import annotations

import json
from pathlib import Path

from loopback import Site, listing
from running import QUICK, Desk


def test_what_todays_code_reads_otherwise_is_told_then_stored_and_a_recheck_leaves_it(site: Site, tmp_path: Path):
    for page in range(1, 5):
        site.put(f"/list/{page}.html", listing([24, 23, 22] if page == 1 else []))
    desk = Desk(tmp_path, QUICK | {"SPIDER_MODULES": "reread_sources"}, {"SITE_ORIGIN": site.origin})
    assert desk.scrapy("crawl", "reread").code == 0
    before = desk.rows("SELECT key, headline, body_html, authors, updated_at FROM published ORDER BY key")
    assert len(before) == 3
    same = desk.scrapy("reread")
    assert (same.code, same.err) == (0, "")
    assert "unchanged        3" in same.out
    assert "nothing differs" in same.out

    desk.env["READING"] = "今日副题"
    later = {"NEWSCRAWL_NOW": "2025-11-19T12:00:00Z"}
    asked = len(site.asked)
    told = desk.scrapy("reread", "--apply", "--json", "--limit", "2", settings=later)
    assert told.code == 0, told.err
    summary, *articles = map(json.loads, told.out.splitlines())
    counts = {"articles": 3, "unchanged": 0, "changed": 3, "fields": {"subheadline": 3}, "weaker": {}}
    counts |= {"held_back_articles": 0}
    assert summary["summary"] == counts | {"held_back": {}, "rejected": {}, "without_archive": 0, "stored": 3}
    assert [line["changed"]["subheadline"]["new"] for line in articles] == ["今日副题"] * 2
    assert len(site.asked) == asked

    rows = "SELECT revision, subheadline, updated_at FROM published"
    assert desk.rows(rows) == [(2, "今日副题", "2025-11-19T12:00:00Z")] * 3
    assert (
        desk.rows("SELECT kind, origin, fields FROM changes WHERE seq > 3")
        == [("revised", "reread", '["subheadline"]')] * 3
    )
    for column in ("headline", "body_html", "authors"):
        assert desk.column(f"SELECT {column} FROM published ORDER BY key") == [
            row[("key", "headline", "body_html", "authors").index(column)] for row in before
        ]
    assert "unchanged        3" in desk.scrapy("reread", settings=later).out

    again = desk.scrapy("crawl", "reread", "-a", "recheck=now", settings={"NEWSCRAWL_NOW": "2025-11-19T15:00:00Z"})
    assert again.code == 0, again.err
    assert "3 unchanged" in again.last_line
    assert desk.rows(rows) == [(2, "今日副题", "2025-11-19T12:00:00Z")] * 3

    del desk.env["READING"]
    held_back = desk.scrapy("reread", "--limit", "1").out
    nobody = "by a weaker hand than before, or by nobody"
    assert f"  held back        3  (subheadline 3): {nobody}; --weaker takes it\n" in held_back
    assert "unchanged        0" in held_back
    assert "nothing differs" not in held_back
    assert held_back.count(f"  held back: {nobody}: subheadline") == 1
    assert "2 more" in held_back
    weaker = desk.scrapy("reread", "--weaker").out
    assert "changed          3  (subheadline 3)" in weaker
    assert f"    {nobody}: (subheadline 3)\n" in weaker

    for file in desk.archive.rglob("*.warc.gz"):
        file.unlink()
    lost = desk.scrapy("reread").out
    assert "without archive  3" in lost
    assert "nothing could be read again" in lost
    assert "nothing differs" not in lost


def test_the_demo_is_read_again_to_the_letter_and_leaves_the_readers_copy_alone(tmp_path: Path):
    """Its store is made up, and an operator's environment may name the real copy."""
    desk = Desk(tmp_path, env={"NEWSCRAWL_SNAPSHOT": str(tmp_path / "copy.db")})
    assert desk.scrapy("demo").code == 0
    assert not (tmp_path / "copy.db").exists()
    done = desk.scrapy("reread", settings={"NEWSCRAWL_DB": "data/demo/news.db", "NEWSCRAWL_ARCHIVE": ""})
    assert "nothing differs" in done.out
    assert "without archive  0" in done.out


def test_a_slip_is_said_in_one_line(desk: Desk):
    for words, code in ((("--since", "gestern"), 1), ((), 6)):
        done = desk.scrapy("reread", *words)
        assert done.code == code
        assert done.err.startswith("newscrawl: ")
        assert done.err.count("\n") == 1
