"""The saved cases: pages labelled by hand, one test per case and field.

A case is a folder in ``cases/``. ``case.json`` names the page's address and where the page is: in the demo newsroom
(``newsroom``, later pages of a long article in ``continued``) or beside it as ``page.html`` (UTF-8 on disk, served in
``encoding``). ``expected`` holds the labels; ``rejected`` the reason where the page is no article. A case with a
``listing`` is a page of the source's listing of that name, its label the keys of its ``links``. The labels say what
a careful editor reads off the page: own-line bylines, editor lines, captions and the end mark are no body; the dateline
stays in the first paragraph; authors are who wrote it, never the desk editor. All pages are in our own words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.newsroom import build
from newscrawl.archive.reader import Archive
from newscrawl.discover import feed, listing
from newscrawl.discover.listings import Feed
from newscrawl.errors import BrokenListing, NotAnArticle
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import Registry
from newscrawl.text.tree import parsed

CASES = Path(__file__).parent / "cases"
NEWSROOM = Path(__file__).resolve().parents[2] / "data" / "newsroom"
FETCHED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)

FIELDS: dict[str, Callable[[Article], object]] = {
    "key": lambda a: a.key,
    "headline": lambda a: a.headline,
    "published": lambda a: a.published and a.published.local,
    "authors": lambda a: list(a.authors),
    "correspondents": lambda a: list(a.correspondents),
    "editors": lambda a: list(a.editors),
    "credit": lambda a: a.credit,
    "dateline": lambda a: a.dateline and a.dateline.raw,
    "agency": lambda a: a.dateline and a.dateline.agency,
    "region_edition": lambda a: a.dateline and a.dateline.region_edition,
    "place": lambda a: (
        a.dateline and (list(a.dateline.place) if isinstance(a.dateline.place, tuple) else a.dateline.place)
    ),
    "slug": lambda a: a.dateline and a.dateline.slug,
    "dateline_date": lambda a: (day := a.dateline_date()) and day.isoformat(),
    "body": lambda a: a.body_text.split("\n"),
    "captions": lambda a: [image.caption for image in a.images if image.caption],
    "images": lambda a: [image.url for image in a.images],
    "section": lambda a: a.section,
    "related": lambda a: [[one.headline, canonical(one.url)] for one in a.related],
    "language": lambda a: a.language,
}


@cache
def load(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / name / "case.json").read_text(encoding="utf-8"))
    return case


@cache
def registry() -> Registry:
    return Registry.walk()


def canonical(url: str) -> str:
    source = registry().for_url(url)
    address = source.address(url) if source else None
    return address.url if address else url


NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())
LISTINGS = [name for name in NAMES if "listing" in load(name)]
READ = [(name, field) for name in NAMES if name not in LISTINGS for field in load(name).get("expected", ())]
REJECTED = [name for name in NAMES if "rejected" in load(name)]

Opener = Callable[[str], FetchedPage]
Reader = Callable[[str], Article | NotAnArticle]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opener:
    """A case's page as it was fetched, with the later pages of a long article."""
    target = tmp_path_factory.mktemp("newsroom") / "newsroom.warc.gz"
    build(NEWSROOM, target)
    archive = Archive([target])

    def body_of(name: str, place: str | None, encoding: str) -> tuple[bytes, str]:
        if place is None:
            return (CASES / name / "page.html").read_text(encoding="utf-8").encode(encoding), "text/html"
        recorded = archive.find(f"https://{place}")
        assert recorded is not None, f"{place} is not in the newsroom"
        kind = next(value for key, value in recorded.headers if key.lower() == "content-type")
        return recorded.decoded(), kind

    def page(case: dict[str, Any], name: str, url: str, place: str | None) -> FetchedPage:
        body, kind = body_of(name, place, case.get("encoding", "utf-8"))
        return FetchedPage(url=url, body=body, content_type=case.get("content_type", kind), fetched_at=FETCHED_AT)

    def whole(name: str) -> FetchedPage:
        case = load(name)
        source = registry().for_url(case.get("asked", case["url"]))
        assert source is not None, f"no source knows {case['url']}"
        first = page(case, name, case["url"], case.get("newsroom"))
        continued = tuple(page(case, name, f"https://{place}", place) for place in case.get("continued", ()))
        return FetchedPage(
            url=first.url,
            asked=case.get("asked"),
            body=first.body,
            content_type=first.content_type,
            fetched_at=FETCHED_AT,
            source=source.slug,
            continued=continued,
        )

    return whole


@pytest.fixture(scope="session")
def read(opened: Opener) -> Reader:
    """Reads a case as a crawl would, once: the article, or why it is none."""

    @cache
    def outcome(name: str) -> Article | NotAnArticle:
        page = opened(name)
        assert page.source is not None
        try:
            return registry().get(page.source).read(page)
        except NotAnArticle as rejection:
            return rejection

    return outcome


@pytest.mark.parametrize(("name", "field"), [pytest.param(*pair, id="-".join(pair)) for pair in READ])
def test_a_field_is_read_as_an_editor_would(name: str, field: str, read: Reader) -> None:
    article = read(name)
    assert isinstance(article, Article), f"rejected: {article}"
    expected = load(name)["expected"][field]
    if field == "related":
        expected = [[headline, canonical(url)] for headline, url in expected]
    assert FIELDS[field](article) == expected


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_article_is_rejected_with_its_reason(name: str, read: Reader) -> None:
    rejection = read(name)
    assert isinstance(rejection, NotAnArticle), "was read as an article"
    assert rejection.reason.value == load(name)["rejected"]
    assert rejection.next_url == load(name).get("next_url")


def links(name: str, page: FetchedPage) -> list[str]:
    """The keys of the articles that a listing's page leads to; [] where it is no listing."""
    assert page.source is not None
    source = registry().get(page.source)
    declared = {where.name: where for where in source.listings}
    wanted = load(name)["listing"]
    assert wanted in declared, f"{source.slug} has no listing {wanted}; there are {', '.join(declared)}"
    where = declared[wanted]
    try:
        found = feed.find(page) if isinstance(where, Feed) else listing.find(parsed(page), where.shape)
    except (NotAnArticle, BrokenListing):
        return []
    return list(dict.fromkeys(address.key for one in found if (address := source.address(one.url))))


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_leads_to_its_articles(name: str, opened: Opener) -> None:
    assert links(name, opened(name)) == load(name)["expected"]["links"]
