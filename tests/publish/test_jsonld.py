"""schema.org data: a page with its trail and the article on it, in the words of the store and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from exported import NO_SITE, SITE
from feeds_made import WORDS, row_of, stored, told, wild
from hypothesis import given
from jinja2 import Environment
from lxml import html
from store_made import DISCLAIMER, article, full_article

from newscrawl.publish.jsonld import news_article
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer
from newscrawl.text.plain import plain


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    (change,) = stored(writer, path, full_article())
    return change


def on_it(change: Change, site=SITE) -> dict[str, Any]:
    return dict(news_article(change, site)["mainEntity"])


def test_every_field_has_its_property(full: Change):
    said = on_it(full)
    own = f"https://reprint.example/a/{full.article_id}/"
    assert said["@type"] == "NewsArticle"
    assert (said["url"], said["mainEntityOfPage"]) == (own, own)
    assert said["identifier"] == "tag:newscrawl,2026:morning:9"
    assert (said["headline"], said["alternativeHeadline"]) == ("湖边新馆迎客", "读者排起长队")
    assert said["articleBody"] == row_of(full)["body_text"]
    assert said["dateline"] == "晨网太原11月19日电 (林一 周二)"
    assert said["locationCreated"] == [{"@type": "Place", "name": "太原"}, {"@type": "Place", "name": "晋中"}]
    assert said["author"] == [{"@type": "Person", "name": "林一"}, {"@type": "Person", "name": "周二"}]
    assert (said["contributor"][0]["name"], said["editor"][0]["name"]) == ("吴三", "郑四")
    assert said["sourceOrganization"] == {"@type": "Organization", "name": "湖报", "url": "https://lake.example/"}
    assert said["publisher"] == {"@type": "Organization", "name": "湖畔转载", "url": "https://reprint.example/"}
    assert said["isBasedOn"] == {
        "@type": "NewsArticle",
        "url": "https://morning.example/gn/9.shtml",
        "publisher": {"@type": "Organization", "name": "晨网"},
    }
    assert (said["datePublished"], said["dateModified"]) == ("2025-11-19T16:29+08:00", "2025-11-19T09:00:30Z")
    assert said["creditText"] == said["copyrightNotice"] == DISCLAIMER
    assert (said["inLanguage"], said["articleSection"], said["keywords"]) == ("zh", "社会", ["图书馆", "阅读"])
    assert said["image"] == [
        {"@type": "ImageObject", "url": "https://img.example/1.jpg", "caption": "新馆外景", "creditText": "王五"}
    ]
    assert said["correction"] == {"@type": "CorrectionComment", "text": "更正：开馆时间应为九时。"}
    assert {"@type": "Place", "name": "太原"} in said["about"]
    assert "copyrightHolder" not in said


def test_the_trail_is_the_pages_own(full: Change):
    trail = news_article(full, SITE)["breadcrumb"]
    assert trail["@type"] == "BreadcrumbList"
    assert [(step["position"], step["name"], step["item"]) for step in trail["itemListElement"]] == [
        (1, "湖畔转载", "https://reprint.example/"),
        (2, "热点", "https://reprint.example/topic/"),
        (3, "太原", "https://reprint.example/topic/%E5%A4%AA%E5%8E%9F/"),
        (4, "湖边新馆迎客", f"https://reprint.example/a/{full.article_id}/"),
    ]


def test_a_section_stands_in_the_trail_under_its_own_address(full: Change):
    filed = attrs.evolve(full, topics=[{"topic": "社会", "kind": "section", "position": 1}])
    step = news_article(filed, SITE)["breadcrumb"]["itemListElement"][2]
    assert step["item"] == "https://reprint.example/section/%E7%A4%BE%E4%BC%9A/"


def test_a_site_without_an_address_names_none(full: Change):
    text = json.dumps(news_article(full, NO_SITE))
    assert "reprint.example" not in text
    assert not {"@id", "url"} & set(news_article(full, NO_SITE))
    assert "item" not in news_article(full, NO_SITE)["breadcrumb"]["itemListElement"][0]


@pytest.mark.parametrize(
    ("columns", "authors"),
    [
        ({"authors": [], "account": "湖边读书"}, [("Organization", "湖边读书")]),
        (
            {"authors": ["Lake Desk", "Ann Lee"], "credit": "Lake Desk"},
            [("Organization", "Lake Desk"), ("Person", "Ann Lee")],
        ),
    ],
)
def test_an_outlet_that_writes_is_no_person(full: Change, columns, authors):
    assert [(each["@type"], each["name"]) for each in on_it(told(full, **columns))["author"]] == authors


def test_nobody_is_made_an_author(full: Change):
    assert "author" not in on_it(told(full, authors=[], account=None))


def test_without_a_credit_the_publisher_is_the_source(full: Change):
    source = on_it(told(full, credit=None))["sourceOrganization"]
    assert source == {"@type": "Organization", "name": "晨网"}


def test_a_revision_counts_as_modification_where_the_publisher_names_none(full: Change):
    assert "dateModified" not in on_it(told(full, modified_at=None))
    assert on_it(told(full, modified_at=None, revision=2))["dateModified"] == row_of(full)["updated_at"]


@pytest.mark.parametrize(("mode", "described"), [("excerpt", True), ("link", False)])
def test_less_than_all_holds_no_text_and_no_picture(writer: Writer, path: Path, mode: str, described: bool):
    (change,) = stored(writer, path, attrs.evolve(full_article(), credit=mode))
    said = on_it(change)
    assert not {"articleBody", "image"} & set(said)
    assert ("description" in said) is described


def test_a_bare_article_names_nothing_it_has_not(writer: Writer, path: Path):
    (change,) = stored(writer, path, article(1, published=None, disclaimer=None, disclaimer_version=None))
    said = on_it(change)
    assert {"datePublished", "creditText", "correction", "image", "keywords", "editor"}.isdisjoint(said)
    assert "null" not in json.dumps(news_article(change, NO_SITE))


@given(words=WORDS)
def test_it_is_one_block_of_data_whatever_the_text_holds(words: str):
    page = Environment(autoescape=True).from_string(
        '<!doctype html><title>t</title><script type="application/ld+json">{{ it|tojson }}</script><p>end'
    )
    graph = news_article(wild(words), SITE)
    tree = html.fromstring(page.render(it=graph))
    (block,) = tree.xpath("//script")
    assert json.loads(block.text) == graph
    assert tree.xpath("string(//p)") == "end"
    assert graph["mainEntity"].get("alternativeHeadline", "") == plain(words)
    assert graph["mainEntity"]["headline"]
