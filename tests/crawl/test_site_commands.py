"""Around a published site: what its settings leave out is said, and commands know its addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Desk

BASE = "https://reprint.example"
NAMED = {"NEWSCRAWL_SITE": json.dumps({"name": "湖畔转载", "base": BASE, "contact": "desk@reprint.example"})}
NAMELESS = {"NEWSCRAWL_SITE": json.dumps({"base": BASE})}
WHY = "--reason=法院裁定"


@pytest.fixture
def desk(site_desk: Desk) -> Desk:
    assert site_desk.scrapy("crawl", "site", "-a", "limit=3").code == 0
    return site_desk


def publish(desk: Desk, settings: dict[str, str] | None = None) -> str:
    """What it says on standard error."""
    done = desk.scrapy("publish", "site", settings=settings)
    assert done.code == 0, done.err
    assert len(done.out.splitlines()) == 1
    return done.err


def test_what_the_settings_leave_out_is_said_on_standard_error(desk: Desk):
    assert publish(desk).splitlines() == [
        "newscrawl: NEWSCRAWL_SITE has no base: no sitemaps; feeds lead to the publishers' pages",
        "newscrawl: NEWSCRAWL_SITE has no name: the site is called newscrawl",
        "newscrawl: no contact in NEWSCRAWL_SITE and no NEWSCRAWL_CONTACT: neither site nor disclaimers, which are "
        "frozen with each article, say whom to write to (docs/rights.md)",
    ]
    assert publish(desk, NAMED) == ""
    assert "no contact" not in publish(desk, {"NEWSCRAWL_CONTACT": "desk@reprint.example"})


def test_a_site_that_had_a_base_and_a_name_does_not_lose_them_in_silence(desk: Desk):
    publish(desk, NAMED)
    said = publish(desk)
    assert f"WARNING: site was published with the base {BASE}, and NEWSCRAWL_SITE has none now" in said
    assert "WARNING: site was published as 湖畔转载, and NEWSCRAWL_SITE has no name now" in said
    assert "WARNING" not in publish(desk)
    publish(desk, NAMED)
    said = publish(desk, NAMELESS)
    assert said.count("WARNING") == 1
    assert "as 湖畔转载" in said


def test_a_folder_of_images_that_is_not_there_is_refused(desk: Desk):
    refused = desk.scrapy("publish", "site", settings={"NEWSCRAWL_IMAGES": "data/picture"})
    assert (refused.code, "NEWSCRAWL_IMAGES: there is no folder" in refused.err) == (1, True)
    assert not (desk.folder / "site").exists()


def test_the_sites_own_addresses_name_an_article_shown_or_not(desk: Desk):
    desk.settings |= NAMED
    (key, number), other = desk.rows("SELECT key, id FROM published ORDER BY key LIMIT 2")
    for name in (f"{BASE}/a/{number}/", f"/a/{number}/", str(number)):
        assert json.loads(desk.scrapy("show", "--json", name).out)["key"] == key
    taken = desk.scrapy("takedown", f"{BASE}/a/{number}/", WHY)
    assert taken.out.splitlines()[0].startswith(f"{key} is taken down")
    assert "  publish again to take it off a site made by `scrapy publish`" in taken.out.splitlines()
    assert "was taken down on" in desk.scrapy("show", str(number)).err
    assert "was taken down before" in desk.scrapy("takedown", f"/a/{number}/", WHY).out
    restored = desk.scrapy("restore", f"/a/{number}/")
    assert (restored.code, "publish again to put it back on a site" in restored.out) == (0, True)
    assert desk.column("SELECT id FROM published WHERE key = ?", key) == [number]
    unknown = desk.scrapy("takedown", "/a/209911190000001/", WHY)
    assert (unknown.code, "is not in the store" in unknown.err) == (1, True)
    assert desk.column("SELECT count(*) FROM published WHERE key = ?", other[0]) == [1]


def test_a_hidden_article_is_taken_down_by_its_own_address(desk: Desk):
    (key, number) = desk.rows("SELECT key, id FROM published ORDER BY key LIMIT 1")[0]
    held = {"NEWSCRAWL_REPRINT": '{"*": "hold"}'}
    assert desk.scrapy("takedown", str(number), WHY, settings=held).out.startswith(f"{key} is taken down")


def test_a_replayed_file_is_told_as_left_alone_where_no_archive_is_kept(replay_desk: Desk, bundled: Path):
    replay_desk.settings["NEWSCRAWL_ARCHIVE"] = ""
    assert replay_desk.scrapy("crawl", "chinanews").code == 0
    (key,) = replay_desk.column("SELECT key FROM published ORDER BY key LIMIT 1")
    told = replay_desk.scrapy("takedown", key, WHY).out
    line = f"  left as it is, since it is not in the archive, and may hold the text: {bundled.as_posix()}"
    assert line in told.splitlines()
    assert "not there" not in told
