"""What holds of whatever newscrawl reads, however wild: asked by the fuzzer and by the tests of wild pages.

Each function reads what it is given and raises AssertionError where a promise is broken; any other exception is a bug
as well. A page may be turned away with a reason, and a listing be broken: that is an answer.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import attrs

from newscrawl import read_article
from newscrawl.discover import feed, listing, sitemap
from newscrawl.discover.listings import Shape
from newscrawl.errors import BrokenListing, NotAnArticle
from newscrawl.extract.paging import continues
from newscrawl.items import Article, Dateline, FetchedPage, Image, Printed, Related
from newscrawl.pipelines.sanitise import sanitise
from newscrawl.sources import for_url, generic_outlet, registry
from newscrawl.text.byline import read_byline, read_editors
from newscrawl.text.dateline import read_dateline
from newscrawl.text.dates import read_printed
from newscrawl.text.html import sanitise as clean_html
from newscrawl.text.labelled import read_labelled
from newscrawl.text.urls import absolute, host_of, site_of, split

ADDRESS = "https://news.example/2025/11/19/wild.html"
NOW = datetime(2026, 1, 1, 4, 0, tzinfo=UTC)
OUT = date(2026, 1, 1)
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SHAPE = Shape(item="li", link="a[href]", section=".section", time="time", summary="p")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d(?::\d\d)?)?")


# -- pages ---------------------------------------------------------------------------------------------------------
def page(body: bytes, url: str | None = ADDRESS, content_type: str | None = None) -> Article | None:
    """The article, each promise about it kept; None where the page was turned away with a reason."""
    try:
        article = read_article(body, url, headers={"Content-Type": content_type} if content_type else {})
    except NotAnArticle as problem:
        refusal = problem
    else:
        _kept(article)
        return article
    for address in (refusal.next_url, refusal.first_url):
        assert address is None or is_web(address)
    return None


def _kept(article: Article) -> None:
    for text in texts_of(article):
        assert not _UNPRINTABLE.search(text), f"{text!r} is not fit to be printed"
        text.encode("utf-8")
    assert article.headline
    assert article.headline.strip()
    assert article.body_text.strip()
    assert clean_html(article.body_html) == article.body_html
    assert sanitise(article) == article
    for name in (*article.authors, *article.correspondents, *article.editors, *article.keywords):
        assert name
        assert name == name.strip()
    for names in (article.authors, article.editors, article.correspondents, article.keywords):
        assert len(set(names)) == len(names), f"{names} says one twice"
    _addresses(article)
    for printed in (article.published, article.modified, *(one.published for one in article.related)):
        moment(printed)
    if article.dateline:
        assert article.dateline.raw in article.body_text
        assert article.dateline.end <= len(article.body_text)
    assert all(0 <= sure <= 1 for sure in article.sure.values())


def texts_of(value: Any) -> Iterator[str]:
    """Every text in an article, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from texts_of(name)
            yield from texts_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from texts_of(getattr(value, field.name))


def _addresses(article: Article) -> None:
    linked: tuple[Image | Related, ...] = (*article.images, *article.related)
    given = [*(one.url for one in linked), *(crumb.url for crumb in article.breadcrumbs), article.credit_url]
    for address in given:
        assert address is None or is_web(address), f"{address!r} is no address"


def is_web(address: str) -> bool:
    return address.startswith(("http://", "https://")) and bool(host_of(address))


# -- words ---------------------------------------------------------------------------------------------------------
def dateline(text: str, published: date | None = OUT) -> Dateline | None:
    line = read_dateline(text, published)
    if line is not None:
        assert line.raw
        assert line.raw in text
        assert text.find(line.raw) + len(line.raw) <= line.end <= len(text)
        assert line.month is None or 1 <= line.month <= 12
        assert line.day is None or 1 <= line.day <= 31
        for name in (*line.reporters, *line.correspondents):
            assert name
            assert name == name.strip()
    return line


def printed(text: str, *, reference: datetime | None = NOW, language: str | None = "zh") -> Printed | None:
    found = read_printed(text, reference=reference, language=language)
    moment(found)
    if found is not None:
        assert found.raw in text or found.raw in " ".join(text.split())
    return found


def moment(said: Printed | None) -> None:
    """A moment and what is printed of it agree."""
    if said is None:
        return
    assert said.at.tzinfo is UTC
    assert _MOMENT.fullmatch(said.local), f"{said.local!r} is neither a day nor a moment"
    local = datetime.fromisoformat(said.local)
    if local.tzinfo is not None:
        assert local == said.at, f"{said.local} is not {said.at}"
    else:
        assert abs((local.replace(tzinfo=UTC) - said.at).total_seconds()) <= 14 * 3600


def line(text: str) -> None:
    """Bylines, editors and labels of one line."""
    for at_end in (False, True):
        found = read_byline(text, at_end=at_end)
        if found is not None:
            assert found.authors or found.correspondents
            assert 0 <= found.start < found.end <= len(text)
    said = read_labelled(text)
    for name in (*said.authors, *said.editors, *read_editors(text)):
        assert name
        assert name == name.strip()


# -- addresses and listings ------------------------------------------------------------------------------------------
def address(base: str, href: str) -> str | None:
    base = absolute("", base) or ADDRESS
    found = absolute(base, href)
    if found is not None:
        assert is_web(found)
        assert "#" not in found
        again = absolute(base, found)
        assert again == found, f"{found!r} becomes {again!r}"
    for url in (href, found or base):
        split(url)
        site_of(url)
        for source in registry():
            known = source.address(url)
            if known is not None:
                assert is_web(known.url)
                assert known.key.startswith(f"{source.slug}:")
                again_known = source.address(known.url)
                assert again_known is None or again_known.key == known.key
            source.not_article(url)
            source.listing_at(url)
        for_url(url)
        named = generic_outlet(base).address(url)
        assert named is None or named.key
        continues(url, base)
    return found


def found_in(body: bytes) -> None:
    """A listing, with and without a shape, and a feed."""
    saved = FetchedPage(url=ADDRESS, body=body)
    for shape in (None, _SHAPE):
        try:
            found = listing.find(saved, shape)
        except NotAnArticle:
            continue
        assert len({one.url for one in found}) == len(found)
        assert all(is_web(one.url) for one in found)
    try:
        entries = feed.find(saved)
    except BrokenListing:
        return
    assert all(is_web(one.url) for one in entries)


def map_in(body: bytes) -> None:
    """A sitemap of any kind, also packed."""
    for packed in (body, gzip.compress(body, 1)):
        try:
            told = sitemap.find(FetchedPage(url=ADDRESS, body=packed))
        except BrokenListing:
            continue
        for addresses in ([one.url for one in told.entries], [one.url for one in told.maps]):
            assert len(set(addresses)) == len(addresses)
            assert all(is_web(one) for one in addresses)
        assert all(one.changed is None or one.changed.tzinfo is UTC for one in (*told.entries, *told.maps))
        for text in texts_of(told.entries):
            assert text == " ".join(text.split()), f"{text!r} is not one line"
