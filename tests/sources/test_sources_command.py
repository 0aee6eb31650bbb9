"""``scrapy sources``: what is known of every source, what it rests on, and one source in full."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest
from running import Desk

from newscrawl.sources import registry
from newscrawl.store.writer import migrate

MARSH = """
from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel, Feed
from newscrawl.errors import Reason
from newscrawl.sources.base import Pattern, Refusal, Source

SOURCE = Source(
    slug="marsh",
    name="芦苇晚报",
    credited_as=("芦苇报",),
    home="https://marsh.example/",
    hosts=("marsh.example",),
    listings=(
        Feed(name="rss", url="https://marsh.example/rss.xml", basis=Seen("feed of 2025-11-19")),
        Channel(name="city", url="https://marsh.example/city/", basis=Hearsay("someone/reader marsh.py")),
        Channel(name="sport", url="https://marsh.example/sport/", basis=Linked("article of 2025-11-18")),
        Channel(name="home", url="https://marsh.example/"),
    ),
    articles=(Pattern(path=r"/a/(?P<id>\\d+)", basis=Seen("article of 2025-11-18")),),
    refused=(Refusal(path="^/v/", reason=Reason.VIDEO, basis=Hearsay("someone/reader marsh.py")),),
    pages=(Seen("article of 2025-11-18"),),
)
"""
HEARD = MARSH.replace('slug="marsh"', 'slug="heard"').replace("marsh.example", "heard.example")
HEARD = re.sub(r"(?:Seen|Linked)\(", "Hearsay(", HEARD)


@pytest.fixture
def marsh(desk: Desk) -> Desk:
    """A desk with two publishers: one seen in part, one by hearsay alone."""
    folder = desk.folder / "wetlands"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "marsh.py").write_text(MARSH, encoding="utf-8")
    (folder / "heard.py").write_text(HEARD, encoding="utf-8")
    desk.settings["SPIDER_MODULES"] = "wetlands"
    return desk


def cells(out: str, slug: str) -> list[str]:
    (line,) = [line for line in out.splitlines() if f" {slug} " in line]
    return re.split(r" {2,}", line.strip())


def test_the_table_tells_what_was_seen_what_is_only_linked_and_what_is_hearsay(marsh: Desk):
    marsh.env["COLUMNS"] = "160"
    done = marsh.scrapy("sources")
    assert done.code == 0, done.err
    lists = "1 seen, 1 linked, 1 hearsay, 1 not said"
    assert cells(done.out, "marsh") == ["marsh", "芦苇晚报", "zh", "1 feed, 3 channel", lists, "seen", "never"]
    assert cells(done.out, "heard")[4:6] == ["3 hearsay, 1 not said", "hearsay"]


def test_json_has_every_mark(marsh: Desk):
    heard, row = json.loads(marsh.scrapy("sources", "--json").out)
    assert (heard["slug"], row["slug"], row["last_good_run"]) == ("heard", "marsh", None)
    assert row["rests_on"]["lists"] == {"seen": 1, "linked": 1, "hearsay": 1, "not_said": 1}
    assert row["rests_on"]["articles"] == {"seen": 2, "linked": 0, "hearsay": 0, "not_said": 0}
    assert [one["basis"] for one in row["listings"]] == [
        "seen: feed of 2025-11-19",
        "hearsay: someone/reader marsh.py",
        "linked: article of 2025-11-18",
        None,
    ]
    assert row["found_by"] == ["feed rss", "channel city", "channel sport", "channel home"]
    (pattern,) = row["articles"]
    assert pattern == {
        "host": None,
        "path": r"/a/(?P<id>\d+)",
        "key": "{id}",
        "url": None,
        "basis": "seen: article of 2025-11-18",
    }
    assert row["refused"] == [{"reason": "video", "path": "^/v/", "basis": "hearsay: someone/reader marsh.py"}]
    assert row["pages"] == ["seen: article of 2025-11-18"]


def test_one_source_is_told_in_full(marsh: Desk):
    out = marsh.scrapy("sources", "marsh").out
    for words in (
        "marsh · 芦苇晚报 (芦苇报)",
        "https://marsh.example/rss.xml\n      seen: feed of 2025-11-19",
        "https://marsh.example/city/\n      hearsay: someone/reader marsh.py",
        "https://marsh.example/sport/\n      linked: article of 2025-11-18",
        "channel home  https://marsh.example/\n      not said",
        r"/a/(?P<id>\d+)",
        "video  ^/v/",
        "article pages\n  seen: article of 2025-11-18",
        "last good run  never",
    ):
        assert words in out
    assert "heard.example" not in out
    (row,) = json.loads(marsh.scrapy("sources", "marsh", "--json").out)
    assert row["slug"] == "marsh"


def test_a_source_that_is_none_is_refused(marsh: Desk):
    done = marsh.scrapy("sources", "bog")
    assert (done.code, done.out) == (1, "")
    assert done.err == "newscrawl: bog: is no source; there are heard, marsh\n"
    assert marsh.scrapy("sources", "marsh", "heard").code == 2


def test_start_addresses_that_are_walked_stand_below(marsh: Desk):
    marsh.db.parent.mkdir()
    migrate(marsh.db)
    with closing(sqlite3.connect(marsh.db)) as db, db:
        db.executemany(
            "INSERT INTO ledger (source, started_at, finished_at, outcome, exit_code, kind) "
            "VALUES (?, ?, ?, 'done', 0, 'whole')",
            [
                (name, f"{day}T08:00:00Z", f"{day}T08:01:00Z")
                for name, day in (("feed:bog.example/rss.xml", "2025-11-18"), ("listing:old.example/", "2025-09-01"))
            ],
        )
    rows = json.loads(marsh.scrapy("sources", "--json").out)
    assert [row["slug"] for row in rows] == ["heard", "marsh", "feed:bog.example/rss.xml"]
    assert rows[2].keys() == rows[1].keys()
    assert (rows[2]["last_good_run"], rows[2]["found_by"]) == ("2025-11-18T08:01:00Z", ["feed"])
    lines = marsh.scrapy("sources").out.splitlines()
    assert lines[-1] == "feed:bog.example/rss.xml  last good run 2025-11-18T08:01:00Z"


@pytest.mark.parametrize("slug", [source.slug for source in registry()])
def test_every_declaration_of_newscrawls_own_sources_says_what_it_rests_on(slug: str):
    source = registry().get(slug)
    marks = [one.basis for one in (*source.listings, *source.articles, *source.refused)]
    assert None not in marks
    assert source.pages
