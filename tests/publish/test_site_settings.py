"""What NEWSCRAWL_SITE takes, and how the site's own addresses lead back to its articles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from exported import SITE
from site_made import House
from store_made import article

from newscrawl.errors import BadOption
from newscrawl.options import Options, Site
from newscrawl.publish.addresses import id_of, page
from newscrawl.publish.jsonfeed import json_feed, told_by
from newscrawl.store.reader import Reader

ID = 202511190000012


@pytest.mark.parametrize(
    "contact",
    ["desk@news.example", "mailto:编辑@湖畔.example", "https://news.example/contact", "a.b+c@[192.0.2.1]", ""],
)
def test_a_contact_is_an_address_of_web_or_mail(contact: str):
    assert Options.read({"NEWSCRAWL_SITE": json.dumps({"contact": contact})}).site.contact == contact
    assert Options.read({"NEWSCRAWL_CONTACT": contact}).site.contact == contact


@pytest.mark.parametrize(
    "contact", ["ask us", "javascript:alert(1)", "desk@", "@news.example", "a@b@c", "Desk <a@b.example>", "a@b\u202e.c"]
)
def test_another_contact_is_refused_by_name(contact: str):
    with pytest.raises(BadOption, match=r"NEWSCRAWL_SITE: 'contact' should be an address of web or mail"):
        Options.read({"NEWSCRAWL_SITE": json.dumps({"contact": contact})})
    with pytest.raises(BadOption, match=r"NEWSCRAWL_CONTACT: .* is no address of web or mail"):
        Options.read({"NEWSCRAWL_CONTACT": contact})


@pytest.mark.parametrize("language", ["zh", "zh-Hant-TW", "en", "en-GB", "cmn-Hans"])
def test_a_language_is_a_tag(language: str):
    assert Options.read({"NEWSCRAWL_SITE": json.dumps({"language": language})}).site.language == language


@pytest.mark.parametrize("language", ["", "中文", "Chinese", "zh_CN", "zh-", 'zh" onload="'])
def test_another_language_is_refused_by_name(language: str):
    with pytest.raises(BadOption, match=r"NEWSCRAWL_SITE: 'language' should be a tag"):
        Options.read({"NEWSCRAWL_SITE": json.dumps({"language": language})})


@pytest.mark.parametrize("base", ["https://news.example", "https://news.example/湖畔", ""])
def test_an_article_is_known_by_its_address_on_the_site_and_by_its_id(base: str):
    site = Site(base=base)
    for name in (page(site, ID) or f"/a/{ID}/", f"/a/{ID}/", f"a/{ID}", f"/a/{ID}/ninjs.json", str(ID)):
        assert id_of(name, site) == ID
    if base:
        assert id_of(f"{base.replace('https', 'http')}/a/{ID}/index.html?from=feed#top", site) == ID


@pytest.mark.parametrize(
    "name",
    [f"https://other.example/a/{ID}/", f"https://news.example/b/a/{ID}/", "site:5", "10518665", f"/a/{ID}x/", "9" * 20],
)
def test_what_is_none_of_them_names_none(name: str):
    assert id_of(name, Site(base="https://news.example")) is None
    assert id_of(name, Site()) is None


def test_a_feed_tells_by_which_site_it_was_made():
    assert told_by(json_feed([], Site(name="湖畔", base="https://news.example/n"))) == (
        "湖畔",
        "https://news.example/n",
    )
    assert told_by(json_feed([], Site())) == ("newscrawl", "")
    assert told_by(b"\xff{") == told_by(b"[1]") == told_by(b'{"title": 3}') == ("", "")


def test_the_documentation_names_what_the_rows_of_lists_lack_and_what_the_json_feed_adds(tmp_path: Path):
    house = House(tmp_path)
    house.keep(article(1, "morning", credit="晨报", correction="“十”应为“九”。", disclaimer="转载。"))
    with Reader(house.db) as reader, reader.steady():
        (whole,) = reader.changed_since(None)
        (line,) = reader.told([whole.article_id], whole=False)
    assert whole.article is not None and line.article is not None  # noqa: PT018  for mypy
    written = (Path(__file__).resolve().parents[2] / "docs" / "site.md").read_text("utf-8")
    (sentence,) = re.findall(r"`article` lacks (.*?)\.", written, re.S)
    assert set(re.findall(r"`(\w+)`", sentence)) == whole.article.keys() - line.article.keys()
    assert not line.related
    (item,) = json.loads(json_feed([whole], SITE))["items"]
    (row,) = [row for row in written.splitlines() if "`_newscrawl`" in row]
    assert set(re.findall(r"`(\w+)`", row.partition("an item")[2])) == set(item["_newscrawl"])
