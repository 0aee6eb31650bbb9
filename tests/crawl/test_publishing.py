"""From the crawl to the site by the commands: what is withdrawn or corrected is so in the published folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from loopback import Site, article
from running import Desk

from newscrawl.publish.addresses import tag
from newscrawl.publish.folder import Folder
from newscrawl.publish.site import _locked

SENTENCE = "一位老人在窗口前对记者说了一句谁也没有说过的话，他要把存了四十年的饭票都捐出来"
HEADLINE = "老人捐出四十年的饭票"
KEY, PATH = "site:5", "/a/5.html"
BASE = "https://reprint.example"


@pytest.fixture
def kept(site: Site, site_desk: Desk) -> Desk:
    """A crawled newsroom that is published: article 6 links article 5 and tells its opening."""
    site_desk.settings["NEWSCRAWL_SITE"] = json.dumps({"name": "湖畔转载", "base": BASE, "handle": "湖畔"})
    site.put(PATH, page())
    item = f'<li><a href="{PATH}">{HEADLINE}</a><p>{SENTENCE}</p></li>'
    site.put("/a/6.html", article(6, extra=f'<div class="related"><h3>相关新闻</h3><ul>{item}</ul></div>'))
    assert site_desk.scrapy("crawl", "site").code == 0
    publish(site_desk)
    return site_desk


def page(more: str = "") -> str:
    opening = f"<p>　　中新网太原11月19日电 {SENTENCE}。</p>"
    rest = "<p>　　食堂里的人都站了起来，为他鼓掌，掌声持续了很久很久。</p>"
    return article(5, headline=HEADLINE, body=f"{opening}{rest}{more}")


def publish(desk: Desk) -> str:
    done = desk.scrapy("publish", "site")
    assert done.code == 0, done.err
    return done.out


def holding(desk: Desk, *words: str) -> list[str]:
    files = [path for path in (desk.folder / "site").rglob("*") if path.is_file()]
    return [path.name for path in files if any(word.encode() in path.read_bytes() for word in words)]


def place(desk: Desk) -> Path:
    (number,) = desk.column("SELECT id FROM articles WHERE key = ?", KEY)
    return desk.folder / "site" / "a" / str(number)


def test_after_a_takedown_and_one_publish_the_text_is_nowhere_in_the_site(kept: Desk):
    assert len(holding(kept, SENTENCE)) > 8
    assert kept.scrapy("takedown", KEY, "--reason=法院裁定").code == 0
    publish(kept)
    assert holding(kept, SENTENCE, HEADLINE, "掌声持续了很久很久", "法院裁定") == []
    assert "已撤下" in (place(kept) / "index.html").read_text("utf-8")
    assert json.loads((place(kept) / "ninjs.json").read_text("utf-8"))["pubStatus"] == "canceled"
    feed = (kept.folder / "site" / "feed.xml").read_text("utf-8")
    assert re.findall(r'<at:deleted-entry[^>]* ref="([^"]*)"', feed) == [tag(KEY)]


def test_a_restored_article_stands_at_its_old_address_again(kept: Desk, site: Site):
    kept.scrapy("takedown", KEY, "--reason=法院裁定")
    publish(kept)
    assert kept.scrapy("restore", KEY).code == 0
    publish(kept)
    assert SENTENCE in (place(kept) / "index.html").read_text("utf-8")
    assert "deleted-entry" not in (kept.folder / "site" / "feed.xml").read_text("utf-8")


def test_a_correction_met_by_a_recheck_is_shown_by_the_next_publish(kept: Desk, site: Site):
    site.put(PATH, page("<p>　　更正：上文的“四十年”应为“十四年”。</p>"))
    later = {"NEWSCRAWL_NOW": "2025-11-19T10:30:00Z"}
    assert kept.scrapy("crawl", "site", "-a", "recheck=now", settings=later).code == 0
    publish(kept)
    shown = (place(kept) / "index.html").read_text("utf-8")
    assert shown.index("更正：上文的“四十年”应为“十四年”。") < shown.index(SENTENCE, shown.index("<h1"))
    assert "2025-11-19 18:30" in shown


def test_a_policy_that_becomes_stricter_reaches_the_site_with_the_next_publish(kept: Desk):
    kept.settings["NEWSCRAWL_REPRINT"] = json.dumps({"*": "link"})
    publish(kept)
    assert holding(kept, "掌声持续了很久很久") == []
    assert HEADLINE in (place(kept) / "index.html").read_text("utf-8")


def test_what_goes_wrong_is_told_in_words_and_by_the_exit_code(kept: Desk):
    with _locked(Folder(kept.folder / "site")):
        locked = kept.scrapy("publish", "site")
    assert (locked.code, "another run of scrapy publish" in locked.err) == (4, True)
    full = kept.scrapy("publish", "data")
    assert (full.code, "not empty" in full.err) == (1, True)
    missing = kept.scrapy("publish", "elsewhere", settings={"NEWSCRAWL_DB": "none.db"})
    assert (missing.code, "there is no store" in missing.err) == (6, True)
    assert not (kept.folder / "elsewhere").exists()
    assert kept.scrapy("publish").code == 2
    templates = kept.scrapy("publish", "site", "--templates", "nowhere")
    assert (templates.code, "nowhere" in templates.err) == (1, True)
    plain = kept.scrapy("publish", "other", settings={"NEWSCRAWL_SITE": "{}"})
    assert (plain.code, "no base" in plain.err) == (0, True)


def test_a_folder_that_cannot_be_written_is_named_and_ends_with_6(kept: Desk):
    (kept.folder / "file").write_text("")
    inside = kept.scrapy("publish", "file/site")
    assert (inside.code, "file/site: no site can be written there" in inside.err) == (6, True)
    own = kept.folder / "full" / ".newscrawl"
    own.mkdir(parents=True)
    (own / "part").symlink_to("/dev/full")
    full = kept.scrapy("publish", "full")
    assert (full.code, "it cannot be written (No space left on device)" in full.err) == (6, True)
    (own / "part").unlink()
    assert kept.scrapy("publish", "full").code == 0
    (kept.folder / "site" / "about" / "index.html").unlink()
    (kept.folder / "site" / "about" / "index.html").mkdir()
    blocked = kept.scrapy("publish", "site")
    assert (blocked.code, "about/index.html: it cannot be read" in blocked.err) == (6, True)


def test_what_other_pages_tell_of_it_under_another_address_is_nowhere_either(site: Site, site_desk: Desk):
    kept = site_desk
    site.put(PATH, page())
    item = f'<li><a href="https://elsewhere.example/copy/5.html">{HEADLINE}</a><p>{SENTENCE}</p></li>'
    site.put("/a/7.html", article(7, extra=f'<div class="related"><h3>相关新闻</h3><ul>{item}</ul></div>'))
    assert kept.scrapy("crawl", "site").code == 0
    assert kept.column("SELECT count(*) FROM related WHERE headline = ? AND key IS NULL", HEADLINE) == [1]
    publish(kept)
    kept.scrapy("takedown", KEY, "--reason=法院裁定")
    publish(kept)
    assert holding(kept, SENTENCE, HEADLINE) == []
