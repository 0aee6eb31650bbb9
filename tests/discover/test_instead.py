"""What kind of listing a page is, and the plain word for one that was taken for another."""

from __future__ import annotations

import gzip

import pytest

from newscrawl.discover.instead import kind_of, use_instead
from newscrawl.discover.links import findings_in
from newscrawl.discover.listings import Feed, Listing, Paged, Section, Sitemap
from newscrawl.errors import BrokenListing
from newscrawl.items import FetchedPage

URL = "https://lake.example/news/"
RSS = '<?xml version="1.0"?><!-- a feed --><rss version="2.0"><channel><link>{}</link></channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://shore.example/"/></feed>'
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'
URLSET = "\n\n<urlset><url><loc>https://lake.example/a/1.html</loc></url></urlset>"
HTML = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'


def page(body: str | bytes, kind: str | None = None) -> FetchedPage:
    return FetchedPage(url=URL, body=body.encode() if isinstance(body, str) else body, content_type=kind)


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (RSS, "text/html", "feed"),
        (ATOM, None, "feed"),
        (RDF, "application/xml", "feed"),
        (URLSET, "text/xml", "sitemap"),
        ("<sitemapindex/>", "text/html", "sitemap"),
        (gzip.compress(URLSET.encode(), mtime=0), "application/gzip", "sitemap"),
        (HTML, "text/html; charset=utf-8", "listing"),
        (HTML, "application/xhtml+xml", "listing"),
        ("<div>half a page</div>", "text/html", "listing"),
        ("<svg></svg>", "image/svg+xml", None),
        ('{"items": []}', "application/json", None),
        ("", "text/html", None),
        ('<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "application/xml", None),
    ],
)
def test_what_a_page_is_is_told_by_its_first_element(body: str | bytes, content_type: str | None, kind: str | None):
    assert kind_of(page(body, content_type)) == kind


@pytest.mark.parametrize(
    ("body", "where", "words"),
    [
        (URLSET, Feed(name="f", url=URL), f"{URL} is a sitemap and no feed: use `scrapy crawl sitemap -a url={URL}`"),
        (RSS, Section(name="s", url=URL), f"{URL} is a feed and no web page: use `scrapy crawl feed -a url={URL}`"),
        (
            HTML,
            Feed(name="f", url=URL),
            f"{URL} is a web page and no feed: use `scrapy crawl listing -a url={URL}`, or the feed that it names: "
            "`scrapy crawl feed -a url=https://lake.example/rss.xml`",
        ),
        (
            HTML,
            Sitemap(name="m", url=URL),
            f"{URL} is a web page and no sitemap: use `scrapy crawl listing -a url={URL}`",
        ),
        (RSS, Feed(name="f", url=URL), None),
        ("{}", Feed(name="f", url=URL), None),
        (HTML, Paged(name="p", url=URL + "{page}"), None),
    ],
)
def test_what_to_use_instead_is_said_in_words(body: str, where: Listing, words: str | None):
    assert use_instead(page(body), where) == words


def test_a_section_that_is_a_feed_is_not_read_as_a_web_page():
    with pytest.raises(BrokenListing, match="a feed where a web page should be"):
        findings_in(page(RSS, "text/html"), Section(name="s", url=URL))
