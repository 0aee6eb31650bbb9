"""Every publisher crawled whole through real Scrapy, from a replayed newsroom of its own: listing, articles, store, and
then a second run twenty minutes later.

A newsroom is a folder in ``tests/sources/newsrooms``, named as the source: ``now`` and ``later`` are folders of pages
(archive.newsroom; ``later`` holds only what has changed by then), in our own words in the shape of the real markup;
``expected.json`` says what an editor reads in them::

    {"now": "2025-11-19T09:05:00Z",        when the first run goes
     "articles": {KEY: {FIELD: …}},        stored by the first run; fields as FIELDS names them
     "later": {KEY: {FIELD: …}},           added by the second
     "rejected": {KEY: REASON},            asked, and no article
     "passed_over": {REASON: NUMBER}}      not asked (video, photos, other sites), as the ledger counts them
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from running import Desk, Done

from newscrawl.archive.newsroom import build
from newscrawl.clock import stamp
from newscrawl.sources import registry

NEWSROOMS = Path(__file__).parents[1] / "sources" / "newsrooms"
SLUGS = sorted(folder.parent.name for folder in NEWSROOMS.glob("*/expected.json"))
LATER = timedelta(minutes=20)
FIELDS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "url": lambda row: row["url"],
    "headline": lambda row: row["headline"],
    "subheadline": lambda row: row["subheadline"],
    "published": lambda row: row["published_local"],
    "authors": lambda row: json.loads(row["authors"]),
    "correspondents": lambda row: json.loads(row["correspondents"]),
    "editors": lambda row: json.loads(row["editors"]),
    "credit": lambda row: row["credit"],
    "account": lambda row: row["account"],
    "dateline": lambda row: row["dateline"],
    "section": lambda row: row["section"],
    "language": lambda row: row["language"],
    "body": lambda row: row["body_text"].split("\n"),
    "captions": lambda row: [image["caption"] for image in json.loads(row["images"]) if image["caption"]],
}
ASKED = ("headline", "published", "authors", "editors", "credit", "body")
"""What every expected article says at least."""


@frozen(kw_only=True)
class Visited:
    slug: str
    desk: Desk
    expected: dict[str, Any]
    first: Done
    stored: dict[str, dict[str, Any]]
    """By key, after the first run."""
    second: Done
    asked: list[str]
    """Addresses that the second run asked."""


def expected_of(slug: str) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((NEWSROOMS / slug / "expected.json").read_text(encoding="utf-8"))
    return expected


def published(desk: Desk) -> dict[str, dict[str, Any]]:
    (columns,) = desk.rows("SELECT group_concat(name) FROM pragma_table_info('published')")
    names = columns[0].split(",")
    rows = [dict(zip(names, row, strict=True)) for row in desk.rows(f"SELECT {columns[0]} FROM published")]
    return {row["key"]: row for row in rows}


@pytest.fixture(scope="module", params=SLUGS)
def visited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Visited:
    slug = request.param
    folder = tmp_path_factory.mktemp(slug)
    warcs = [folder / f"{name}.warc.gz" for name in ("now", "later")]
    for warc in warcs:
        build(NEWSROOMS / slug / warc.name.partition(".")[0], warc)
    desk = Desk(folder)
    now = datetime.fromisoformat(expected_of(slug)["now"])
    first = desk.scrapy("crawl", slug, settings={"NEWSCRAWL_REPLAY": str(warcs[0]), "NEWSCRAWL_NOW": stamp(now)})
    stored = published(desk) if desk.db.exists() else {}
    later = {"NEWSCRAWL_REPLAY": json.dumps([str(warc) for warc in warcs]), "NEWSCRAWL_NOW": stamp(now + LATER)}
    second = desk.scrapy("crawl", slug, "-L", "DEBUG", settings=later)
    asked = [line.partition("<GET ")[2].partition(">")[0] for line in second.err.split("\n") if "Crawled (" in line]
    return Visited(
        slug=slug, desk=desk, expected=expected_of(slug), first=first, stored=stored, second=second, asked=asked
    )


def test_listings_lead_to_exactly_the_articles(visited: Visited) -> None:
    assert visited.first.code == 0, visited.first.err[-4000:]
    assert set(visited.stored) == set(visited.expected["articles"])
    rejected = dict(visited.desk.rows("SELECT key, reason FROM links WHERE state = 'rejected'"))
    assert rejected == visited.expected["rejected"]
    ((counted,),) = visited.desk.rows("SELECT rejected FROM runs ORDER BY id LIMIT 1")
    passed_over = {word: number for word, number in json.loads(counted).items() if word not in rejected.values()}
    assert passed_over == visited.expected["passed_over"]
    assert not visited.desk.column("SELECT key FROM links WHERE state = 'open'")


def test_every_field_is_read_as_an_editor_would(visited: Visited) -> None:
    everything = visited.expected["articles"] | visited.expected["later"]
    rows = published(visited.desk)
    read = {key: {field: FIELDS[field](rows[key]) for field in labels} for key, labels in everything.items()}
    assert read == everything
    assert all(field in labels for labels in everything.values() for field in ASKED)
    assert all(row["source"] == visited.slug for row in rows.values())


def test_the_second_run_asks_only_listings_and_what_is_new(visited: Visited) -> None:
    assert visited.second.code == 0, visited.second.err[-4000:]
    assert set(published(visited.desk)) - set(visited.stored) == set(visited.expected["later"])
    source = registry().get(visited.slug)
    asked = {address.key for url in visited.asked if (address := source.address(url))}
    assert visited.expected["later"], "a second run without news shows nothing"
    assert asked == set(visited.expected["later"])
    ((fetched, added, revised),) = visited.desk.rows(
        "SELECT fetched, added, revised FROM runs ORDER BY id DESC LIMIT 1"
    )
    assert (fetched, added, revised) == (len(visited.expected["later"]), len(visited.expected["later"]), 0)
