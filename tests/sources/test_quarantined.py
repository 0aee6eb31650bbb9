"""A page in quarantine is a ready test case: what tests/sources/test_cases.py does with a case does with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from test_cases import CASES, FIELDS, LISTINGS, NAMES, READ, Opener, Reader, links, load, opened, read, registry

from newscrawl.discover.listings import Section
from newscrawl.errors import NotAnArticle
from newscrawl.extensions.quarantine import Quarantine
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import Registry
from newscrawl.sources.site import Site

__all__ = ["opened", "read"]

CHINANEWS = registry().get("chinanews")
FETCHED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)
SAVED = [name for name in NAMES if (CASES / name / "page.html").exists() and "listing" not in load(name)]
URL = "https://www.chinanews.com.cn/sh/2025/11-19/10518999.shtml"
LIST = next(where for where in CHINANEWS.listings if where.name == "scroll-news")


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    return Quarantine(tmp_path / "quarantine", CHINANEWS, registry())


def page_of(name: str) -> FetchedPage:
    case = json.loads((CASES / name / "case.json").read_text(encoding="utf-8"))
    text = (CASES / name / "page.html").read_text(encoding="utf-8")
    body = text.encode(case.get("encoding", "utf-8"))
    return FetchedPage(
        url=case["url"],
        asked=case.get("asked"),
        body=body,
        content_type=case.get("content_type"),
        fetched_at=FETCHED_AT,
    )


def case_in(folder: Path | None) -> dict[str, Any]:
    assert folder is not None
    return json.loads((folder / "case.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SAVED)
def test_a_quarantined_page_passes_the_test_of_cases_as_it_lies(name: str, quarantine: Quarantine, read: Reader):
    """What is expected is what is read now: an operator corrects that by hand, and the test fails."""
    folder = quarantine.keep_article(page_of(name), "credit", "credit is found in 0 of 7 articles")
    case = case_in(folder)
    article = read(str(folder))
    assert isinstance(article, Article)
    assert len(case["expected"]) > 10
    assert {field: FIELDS[field](article) for field in case["expected"]} == case["expected"]
    own = json.loads((CASES / name / "case.json").read_text(encoding="utf-8"))["expected"]
    assert case["expected"]["headline"] == own["headline"]


def test_it_says_whose_it_is_what_is_wrong_and_when(quarantine: Quarantine):
    folder = quarantine.keep_article(page_of("mobile"), "credit", "credit is found in 0 of 7 articles")
    assert folder is not None
    assert folder.name == "chinanews-2026-01-02-credit"
    case = case_in(folder)
    assert (case["source"], case["key"]) == ("chinanews", "chinanews:10518655")
    assert (case["complaint"], case["fetched_at"]) == ("credit is found in 0 of 7 articles", "2026-01-02T09:00:00Z")
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


@pytest.mark.parametrize(
    ("encoding", "damage"),
    [("gb18030", b""), ("utf-8", b"\xe5\xe5\xa4"), ("gb18030", b"\xff\xff"), ("utf-8", "宽".encode("gb18030"))],
    ids=["GBK", "damaged UTF-8", "damaged GBK", "an island of GBK"],
)
def test_the_very_bytes_of_the_page_are_kept(encoding: str, damage: bytes, quarantine: Quarantine, read: Reader):
    page = page_of("mobile")
    body = page.body.decode().replace("utf-8", encoding).encode(encoding).replace(b"</body>", damage + b"</body>")
    assert damage in body
    folder = quarantine.keep_article(attrs.evolve(page, body=body), "body", "it is odd")
    assert folder is not None
    text = (folder / "page.html").read_text(encoding="utf-8")
    assert text.encode(case_in(folder)["encoding"]) == body
    article = read(str(folder))
    assert isinstance(article, Article)
    assert article.headline == "吉林冰雪季提前开板 速滑少年清晨五点上冰"


def test_a_page_that_is_no_article_is_kept_with_its_reason(quarantine: Quarantine, read: Reader):
    page = FetchedPage(url=URL, body="<html><body>系统繁忙，请稍后再试</body></html>".encode(), fetched_at=FETCHED_AT)
    folder = quarantine.keep_article(page, "pages", "an article is read from 0 of 6 pages")
    rejection = read(str(folder))
    assert isinstance(rejection, NotAnArticle)
    assert case_in(folder)["rejected"] == rejection.reason.value


def test_one_case_is_kept_a_day_and_field_and_never_written_over(quarantine: Quarantine):
    first = quarantine.keep_article(page_of("mobile"), "credit", "the first")
    again = quarantine.keep_article(page_of("template-2013-t3"), "credit", "the second")
    other = quarantine.keep_article(page_of("template-2013-t3"), "body", "of another field")
    assert first == again != other
    assert case_in(first)["complaint"] == "the first"
    tomorrow = attrs.evolve(page_of("mobile"), fetched_at=datetime(2026, 1, 3, tzinfo=UTC))
    assert quarantine.keep_article(tomorrow, "credit", "the day after") not in (first, other)


def test_a_half_written_case_of_a_killed_run_is_no_case(quarantine: Quarantine, tmp_path: Path):
    half = tmp_path / "quarantine" / ".chinanews-2026-01-02-credit"
    half.mkdir(parents=True)
    (half / "page.html").write_text("half")
    folder = quarantine.keep_article(page_of("mobile"), "credit", "whole")
    assert case_in(folder)["complaint"] == "whole"
    assert not half.exists()


def test_a_page_of_a_long_article_is_not_kept_alone(quarantine: Quarantine, tmp_path: Path):
    page = page_of("mobile")
    second = attrs.evolve(page, url=page.url.replace(".shtml", "_2.shtml"))
    assert quarantine.keep_article(second, "credit", "it is page 2") is None
    assert not (tmp_path / "quarantine").exists()


def test_a_quarantined_listing_passes_the_test_of_cases_as_it_lies(quarantine: Quarantine, opened: Opener):
    """What is expected is the links that are found now; each stands once."""
    item = '<li><div class="dd_bt"><a href="/sh/2025/11-19/{0}.shtml">第{0}条</a></div></li>'
    items = "".join(item.format(number) for number in (1, 2, 2))
    body = f'<html><body><div class="content_list"><ul>{items}</ul></div></body></html>'.encode()
    page = FetchedPage(url=LIST.pages()[0], body=body, fetched_at=FETCHED_AT)
    case = case_in(folder := quarantine.keep_listing(page, LIST, "news", "nothing new"))
    assert (case["listing"], case["expected"]) == ("scroll-news", {"links": ["chinanews:1", "chinanews:2"]})
    assert links(str(folder), opened(str(folder))) == case["expected"]["links"]


def test_the_case_of_a_section_that_is_learnt_leaves_out_its_menu(tmp_path: Path):
    where = Section(name="listing", url="https://riverside.example/news/")
    site = Site(start=where.url, listings=(where,), registry=Registry([]))
    menu = '<div><a href="/">Home</a><a href="/news/">News</a><a href="/about.html">About us</a></div>'
    item = '<li><a href="/news/2025/11/{0}.html">The old mill by the bridge opens its doors again {0}</a></li>'
    body = f"<html><body>{menu}<ul>{''.join(map(item.format, range(10, 16)))}</ul></body></html>".encode()
    page = FetchedPage(url=where.url, body=body, fetched_at=FETCHED_AT)
    case = case_in(Quarantine(tmp_path, site, Registry([])).keep_listing(page, where, "news", "nothing new"))
    name = "riverside.example:riverside.example/news/2025/11/{0}.html"
    assert case["expected"] == {"links": [name.format(number) for number in range(10, 16)]}


@pytest.mark.parametrize("name", ["scroll-news", "rss"])
def test_a_listing_that_is_none_is_kept_with_what_is_wrong(name: str, quarantine: Quarantine, opened: Opener):
    where = next(where for where in CHINANEWS.listings if where.name == name)
    page = FetchedPage(url=where.url.format(page=1), body=b'{"ok": true}', fetched_at=FETCHED_AT)
    case = case_in(folder := quarantine.keep_listing(page, where, name, f"no article link in {name}"))
    assert case["expected"] == {"links": []}
    assert case["problem"]
    assert links(str(folder), opened(str(folder))) == []


def test_a_listing_in_the_cases_is_one_test_and_none_of_an_article():
    assert "listing-scroll-news" in LISTINGS
    assert not {name for name, _ in READ} & set(LISTINGS)
