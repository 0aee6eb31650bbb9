"""Wire trouble and bugs are told apart: what a site can bring about has a name, the rest is a bug by its class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from wire_probe import Crawled, crawl
from wire_server import WireServer, page, raw

from newscrawl import settings
from newscrawl.fetch.address import fault

HTML = "Content-Type: text/html"
LOCATIONS = (
    *("http://127.0.0.1:99999/", "http://127.0.0.1:-1/", "http://127.0.0.1:abc/", "http://[::1/", "http://[bad]/"),
    *("http://::1/", "http://a..b/", "http://.invalid/", f"http://{'a' * 64}.invalid/", f"http://{'ü' * 64}.invalid/"),
    *("http://exa mple/", "http://%00/", "http://a,b/", "https://a,b/", "http://*/", "http://desk:key@127.0.0.1/"),
    *("javascript:void(0)", "mailto:desk", "tel:110"),
)
"""What sites redirect to, and what is none of the addresses that can be connected to."""
BAD_HOSTS = ["http://a..b/", "http://a,b/", "https://a,b/", "http://desk:key@127.0.0.1/"]
NEARLY = ["http://xn--b0.example/", "https://xn--b0.example/"]
"""Names that are none in IDNA and that Scrapy has resolved all the same."""


NO_CHARSETS = ("rot13", "idna", "undefined")
"""Python has codecs by these names that are no encodings of texts."""


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    answers = {"/robots.txt": page(b"")}
    for charset in NO_CHARSETS:
        answers[f"/charset/{charset}"] = page(b"<html><body>\xb5\xe7</body></html>", f"{HTML}; charset={charset}")
    for number, location in enumerate(LOCATIONS):
        head = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n"
        answers[f"/location/{number}"] = raw(head.encode(), keep=True)
        body = f'<html><head><meta http-equiv="refresh" content="0; url={location}"></head></html>'
        answers[f"/refresh/{number}"] = page(body.encode(), f"{HTML}; charset=utf-8")
    with WireServer(answers) as server:
        yield server


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, server: WireServer) -> Crawled:
    urls = [server.url(f"/{kind}/{number}") for kind in ("location", "refresh") for number in range(len(LOCATIONS))]
    urls += BAD_HOSTS + NEARLY + [server.url(f"/charset/{charset}") for charset in NO_CHARSETS]
    return crawl(tmp_path_factory.mktemp("bugs"), urls)


@pytest.mark.parametrize("kind", ["location", "refresh"])
@pytest.mark.parametrize("number", range(len(LOCATIONS)), ids=LOCATIONS)
def test_a_redirect_to_what_is_no_address_is_a_refusal(
    server: WireServer, crawled: Crawled, kind: str, number: int
) -> None:
    """A Request cannot be made of it, or not connected to: a bare ValueError, in Scrapy and in Twisted."""
    assert crawled.word(server.url(f"/{kind}/{number}")) == "address_broken"


@pytest.mark.parametrize("url", BAD_HOSTS)
def test_a_host_name_that_is_none_is_a_refusal(crawled: Crawled, url: str) -> None:
    assert crawled.word(url) == "address_broken"


@pytest.mark.parametrize("url", NEARLY)
def test_a_name_that_nobody_has_is_told_apart(crawled: Crawled, url: str) -> None:
    assert crawled.word(url) == "robots_dns"


@pytest.mark.parametrize("charset", NO_CHARSETS)
def test_a_page_whose_charset_is_none_is_given_on(server: WireServer, crawled: Crawled, charset: str) -> None:
    assert crawled.status(server.url(f"/charset/{charset}")) == 200


def test_none_of_it_is_a_bug_and_no_traceback_is_logged(crawled: Crawled) -> None:
    assert crawled.bugs() == {}
    assert crawled.stats["newscrawl/refused/address_broken"] >= 2 * len(LOCATIONS) + len(BAD_HOSTS)
    assert "Traceback" not in crawled.log
    assert crawled.stats["finish_reason"] == "finished"


def test_a_bug_on_the_way_of_a_page_is_a_bug(tmp_path: Path) -> None:
    """A TypeError in a middleware comes to the errback: by its class, and no site is blamed for it."""
    middlewares = settings.DOWNLOADER_MIDDLEWARES | {
        "newscrawl.fetch.unpack.UnpackBodies": None,
        "wire_broken.Buggy": 590,
    }
    with WireServer({"/robots.txt": page(b""), "/1": page(), "/2": page()}) as server:
        urls = [server.url("/1"), server.url("/2")]
        crawled = crawl(tmp_path, urls, {"DOWNLOADER_MIDDLEWARES": middlewares})
    assert crawled.bugs() == dict.fromkeys(urls, "TypeError")
    assert [crawled.word(url) for url in urls] == ["TypeError", "TypeError"]


@pytest.mark.parametrize(
    "url",
    [
        *("http://www.example.com/", "https://a_b.example:8443/x?y", "http://example.com./", "http://127.0.0.1/"),
        *("http://0x7f.1/", "http://[::1]:80/", "http://[::ffff:7f00:1]/", "http://新闻.example/", "http://xn--a/"),
    ],
)
def test_addresses_without_fault(url: str) -> None:
    """Odd spellings of private addresses among them: those are the guard's to refuse."""
    assert fault(Request(url)) is None


@pytest.mark.parametrize("url", ["http://a..b/", "http://a,b/", "http://me@a.example/", "http://a%2fb/", "http:///x"])
def test_addresses_with_a_fault(url: str) -> None:
    assert fault(Request(url))
