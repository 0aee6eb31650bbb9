"""The published sites, the newsroom's in Chinese and a made-up one in English, held against others' checkers."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import extruct
import feedparser
import jsonschema_rs
import pytest
from browsing import DESKTOP, PHONE, visiting
from checkers import against_schema, axe, sitemaps, vnu
from playwright.sync_api import Browser
from running import Desk
from sites import SITE as ENGLISH
from sites import kinds, pages
from web_made import SITE, Server

SCHEMA = Path(__file__).resolve().parents[2] / ".." / "shared" / "schemas" / "ninjs-3.1.json"
LEAD = "chinanews:10518665"
KINDS = ["home", "topics", "front", "part", "days", "article", "searching", "about", "missing"]
LOOKS = [
    pytest.param(size, scheme, id=f"{name}-{scheme}")
    for (name, size), scheme in product((("desktop", DESKTOP), ("phone", PHONE)), ("light", "dark"))
]


@attrs.frozen
class Published:
    folder: Path
    host: Server
    base: str
    language: str
    word: str
    """That a search finds."""


@pytest.fixture(scope="session", params=["chinese", "english"])
def published(request: pytest.FixtureRequest) -> Published:
    if request.param == "english":
        names, said, word = ("english_site", "english_host"), ENGLISH, "told"
    else:
        names, said, word = ("site", "host"), SITE, "太原"
    folder, host = (request.getfixturevalue(name) for name in names)
    return Published(folder, host, said["base"], said["language"], word)


@pytest.fixture(scope="session")
def lead(crawled: Desk, site: Path) -> dict[str, Any]:
    """The newsroom's lead article, as the store tells it, and its page's source."""
    columns = ("id", "url", "headline", "dateline", "disclaimer", "body_text", "published_local", "authors")
    (row,) = crawled.rows(f"SELECT {', '.join(columns)} FROM published WHERE key = ?", LEAD)
    return dict(zip(columns, row, strict=True))


# -- pages ------------------------------------------------------------------------------------------------------------


def test_the_html_checker_finds_no_error_in_any_page(site: Path, english_site: Path, tmp_path: Path):
    """It starts slowly, so one run also shows that it does look."""
    (tmp_path / "太原").mkdir()
    (tmp_path / "太原" / "index.html").write_text("<!doctype html><title>坏页</title><p><b>没有关上", encoding="utf-8")
    (tmp_path / "style.css").write_text("p { colour: red }")
    said = vnu(site, english_site, tmp_path)
    planted = [line for line in said.get("error", []) if line.startswith(str(tmp_path))]
    assert {line.split(":")[0].removeprefix(str(tmp_path)) for line in planted} == {"/太原/index.html", "/style.css"}
    assert [line for line in said["error"] if line not in planted] == []
    # It takes a file for a foreign origin, and data in JSON for a script; the browser's tests ask what really happens.
    rest = [line for line in said.get("info", []) if "Content Security Policy" not in line]
    assert [line for line in rest if not line.startswith(str(tmp_path))] == []


def test_there_is_a_page_of_every_kind(site: Path, english_site: Path):
    assert sorted(kinds(site)) == sorted(KINDS)
    assert sorted(kinds(english_site)) == sorted([*KINDS, "withdrawn"])


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_axe_finds_nothing_on_any_kind_of_page(published: Published, browser: Browser, viewport, scheme):
    addresses = kinds(published.folder) | {"results": f"/search/?q={quote(published.word)}"}
    with visiting(browser, published.host, viewport=viewport, color_scheme=scheme) as visit:
        for kind, address in addresses.items():
            visit.go(address)
            if kind == "results":
                visit.page.locator("#results a").first.wait_for()
            assert (kind, axe(visit.page)) == (kind, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_does_look(site: Path, host: Server, browser: Browser, scheme):
    with visiting(browser, host, color_scheme=scheme) as visit:
        visit.go()
        visit.page.evaluate("document.querySelector('main a').style.color = 'rgb(128 128 128 / 20%)'")
        visit.page.evaluate("document.documentElement.removeAttribute('lang')")
        assert {"color-contrast", "html-has-lang"} <= {one.rule for one in axe(visit.page) if one.impact == "serious"}


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_is_wider_than_a_phone(published: Published, browser: Browser, width):
    with visiting(browser, published.host, viewport={"width": width, "height": 700}, is_mobile=True) as visit:
        articles = [address for address in sorted(pages(published.folder)) if address.startswith("/a/")]
        for address in [*kinds(published.folder).values(), *articles[-10:]]:
            visit.go(address)
            wide = visit.page.evaluate("document.documentElement.scrollWidth")
            assert (address, wide) == (address, width)


# -- what machines read -----------------------------------------------------------------------------------------------


def test_extruct_finds_the_article_and_its_trail(lead: dict[str, Any], site: Path):
    page = (site / f"a/{lead['id']}/index.html").read_text("utf-8")
    (told,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    article, trail = told["mainEntity"], told["breadcrumb"]
    assert (told["@type"], article["@type"], trail["@type"]) == ("WebPage", "NewsArticle", "BreadcrumbList")
    assert article["headline"] == lead["headline"]
    assert article["dateline"] == lead["dateline"]
    assert article["articleBody"] == lead["body_text"]
    assert article["datePublished"] == lead["published_local"]
    assert article["isBasedOn"]["url"] == lead["url"]
    assert article["creditText"] == lead["disclaimer"]
    assert [each["name"] for each in article["author"]] == json.loads(lead["authors"])
    assert [(step["position"], step["name"]) for step in trail["itemListElement"]] == [
        (1, SITE["name"]),
        (2, "热点"),
        (3, "太原"),
        (4, lead["headline"]),
    ]


def test_extruct_reads_the_data_of_every_article(published: Published):
    articles = 0
    for address, file in pages(published.folder).items():
        told = extruct.extract(file.read_text("utf-8"), syntaxes=["json-ld", "opengraph"])
        if re.fullmatch(r"/a/\d+/", address) and told["json-ld"]:
            articles += 1
            assert [each["mainEntity"]["@type"] for each in told["json-ld"]] == ["NewsArticle"]
            assert told["json-ld"][0]["url"] == published.base + address
            about = dict(told["opengraph"][0]["properties"])
            assert about["og:url"] == published.base + address
            assert about["og:type"] == "article"
        else:
            assert told["json-ld"] == []
    assert articles > 30


def test_feedparser_has_no_complaint_about_any_feed(published: Published):
    feeds = [*sorted(published.folder.rglob("feed.xml")), published.folder / "rss.xml"]
    assert len(feeds) > 4
    for file in feeds:
        told = feedparser.parse(file.read_bytes())
        assert (file, told.bozo, told.get("bozo_exception")) == (file, False, None)
        assert told.entries
        assert len({entry.id for entry in told.entries}) == len(told.entries)
        assert all(entry.link.startswith(published.base + "/a/") for entry in told.entries)
        assert all(entry.title and ("updated" in entry or "published" in entry) for entry in told.entries)


def test_the_json_feed_has_the_shape_of_version_1_1(published: Published):
    told = json.loads((published.folder / "feed.json").read_text("utf-8"))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{published.base}/feed.json"
    assert told["home_page_url"] == f"{published.base}/"
    assert told["language"] == published.language
    assert len(told["items"]) == 30
    for item in told["items"]:
        assert item["id"].startswith("tag:")
        assert item["url"].startswith(f"{published.base}/a/")
        assert item["external_url"].startswith("https://")
        assert "content_html" in item or "content_text" in item
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", item["date_published"])
        assert all(set(author) <= {"name", "url", "avatar"} for author in item["authors"])


@pytest.mark.skipif(not SCHEMA.is_file(), reason="../shared/schemas is not beside this checkout")
def test_the_ninjs_of_every_article_is_valid(published: Published):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator = jsonschema_rs.validator_for(schema, validate_formats=True, retriever=lambda _: {})
    files = sorted(published.folder.glob("a/*/ninjs.json"))
    assert len(files) == len(list(published.folder.glob("a/*/index.html"))) > 30
    for file in files:
        told = json.loads(file.read_text("utf-8"))
        assert (file, [error.message for error in validator.iter_errors(told)]) == (file, [])


def test_a_kept_and_strict_reader_takes_the_sitemaps(published: Published):
    folder, base = published.folder, published.base
    (index,) = sitemaps("index", [folder / "sitemap.xml"]).values()
    days = sorted(folder.glob("sitemap-2*.xml"))
    assert sorted(item["url"] for item in index["items"]) == [f"{base}/{day.name}" for day in days]
    told = sitemaps("urls", [*days, folder / "sitemap-news.xml"])
    assert [each.get("complaint") for each in told.values()] == [None] * len(told)
    assert [against_schema(day) for day in days] == [[]] * len(days)
    listed = [item["url"].removeprefix(base) for day in days for item in told[str(day)]["items"]]
    assert len(set(listed)) == len(listed)
    found = {address for address in pages(folder) if address.startswith("/a/")}
    hidden = {address for address in found if 'content="noindex"' in pages(folder)[address].read_text("utf-8")}
    assert set(listed) == found - hidden
    news = told[str(folder / "sitemap-news.xml")]["items"]
    assert news
    assert {item["url"].removeprefix(base) for item in news} <= set(listed)


def test_the_reader_of_sitemaps_is_strict(tmp_path: Path, site: Path):
    news = (site / "sitemap-news.xml").read_text("utf-8")
    (tmp_path / "a.xml").write_text(re.sub("<news:title>.*?</news:title>", "", news, count=1), "utf-8")
    (tmp_path / "b.xml").write_text(re.sub("<loc>https:", "<loc>ftp:", news, count=1), "utf-8")
    (tmp_path / "c.xml").write_text(re.sub("T.*?</news:publication_date>", "</news:publication_date>", news), "utf-8")
    told = sitemaps("urls", sorted(tmp_path.glob("*.xml")))
    assert ["complaint" in each for each in told.values()] == [True, True, False]
    day = next(iter(site.glob("sitemap-2*.xml"))).read_text("utf-8")
    (tmp_path / "d.xml").write_text(re.sub("<lastmod>.*?</lastmod>", "<lastmod>yesterday</lastmod>", day), "utf-8")
    assert against_schema(tmp_path / "d.xml")
