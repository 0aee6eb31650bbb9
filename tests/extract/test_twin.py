"""A copy names its original, and what many sites name wrongly is not believed."""

from __future__ import annotations

import pytest

from newscrawl.extract.twin import is_spelling_of, original_of
from newscrawl.items import FetchedPage

SITE = "https://www.riverside.example"


def original(path: str, canonical: str | None, og: str | None = None, html: str = "<html>") -> str | None:
    head = f'<link rel="canonical" href="{canonical}">' if canonical is not None else ""
    head += f'<meta property="og:url" content="{og}">' if og else ""
    body = f"{html}<head>{head}<title>桥</title></head><body><p>桥</p></body></html>".encode()
    found = original_of(FetchedPage(url=SITE + path if path.startswith("/") else path, body=body))
    return found.removeprefix(SITE) if found else None


@pytest.mark.parametrize(
    ("path", "canonical", "html", "wanted"),
    [
        ("/amp/2025/11/19/bridge.html", "/2025/11/19/bridge.html", "<html ⚡>", "/2025/11/19/bridge.html"),
        ("/news/bridge/amp/", "/news/bridge/", "<html amp lang=en>", "/news/bridge/"),
        ("/news/bridge?amp", "/news/bridge", "<html amp>", "/news/bridge"),
        ("/print/12345", "/2025/11/19/12345.html", "<html>", "/2025/11/19/12345.html"),
        ("/news/12345_print.html", "https://riverside.example/news/12345.html", "<html>", "https://riverside.example/news/12345.html"),
        ("https://m.riverside.example/wap/12345.html", SITE + "/news/12345.html", "<html>", "/news/12345.html"),
        ("/news/12345.html?edition=2", "/news/12345.html", "<html>", "/news/12345.html"),
        ("/2025/11/19/12345_2.html", "/2025/11/19/12345.html", "<html>", "/2025/11/19/12345.html"),
        ("/2025/11/19/12345.html?page=3", "/2025/11/19/12345.html", "<html>", "/2025/11/19/12345.html"),
        ("/read.php?id=5&page=3", "/read.php?id=5", "<html>", "/read.php?id=5"),
        ("/index.php?id=12345&style=big", "/2025/11/12345.html", "<html>", "/2025/11/12345.html"),
    ],
)  # fmt: skip
def test_a_copy_names_its_original(path: str, canonical: str, html: str, wanted: str) -> None:
    assert original(path, canonical, html=html) == wanted


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/2025/11/19/12345.html", "/2025/11/19/12345.html"),
        ("/2025/11/19/12345.html?utm_source=x", "/2025/11/19/12345.html"),
        ("/2025/11/19/bridge", "http://riverside.example/2025/11/19/bridge/index.html"),
        ("/2025/11/19/12345.html", "/"),
        ("/2025/11/19/12345.html", "/index.html"),
        ("/2025/11/19/12345.html", ""),
        ("/local/2025/11/19/12345.html", "/local/"),
        ("/2025/11/19/12345.html", "/category/local/"),
        ("/2025/11/19/12345_2.html", "/2025/11/19/54321.html"),
        ("/2025/11/19/12345.html?page=3", "/2025/11/19/12345_2.html"),
        ("/2025/11/19/12345.html", "https://elsewhere.example.org/2025/11/19/12345.html"),
        ("/2025/11/19/12345.html", "javascript:void(0)"),
        ("/2025/11/19/12345.html", None),
        ("/print/12345", None),
        ("/2025/11/mobile-phones-banned-in-print", "/local/"),
    ],
)
def test_what_is_no_original_of_the_page_is_none(path: str, canonical: str | None) -> None:
    assert original(path, canonical) is None


@pytest.mark.parametrize(
    ("url", "found", "copied", "wanted"),
    [
        ("/amp/2025/12345.html", "/2025/11/12345.html", False, True),
        ("/city/12345_2.html", "/a/12345.html", False, True),
        ("/news/the-bridge/amp/", "/news/the-bridge/", False, True),
        ("/news/bridge/amp/", "/news/bridge/", True, True),
        ("/read.php?id=7&style=big", "/read.php?id=7", False, True),
        ("/wap/%E6%A1%A5.html", "/a/桥.html", False, True),
        ("/news/bridge/", "/a/bridge/", False, False),
        ("/a/3.html", "/a/1.html", False, False),
        ("/amp/3.html", "/a/1.html", True, False),
        ("/view.php?id=3", "/view.php", False, False),
        ("/read.php?id=7", "/read.php?id=8", True, False),
        ("/a/3.html", "/", True, False),
        ("/a/3.html", "/sorry.html", False, False),
    ],
)
def test_a_spelling_says_the_same_number_or_title(url: str, found: str, copied: bool, wanted: bool) -> None:
    """The host says nothing: an address of the loopback has numbers in it."""
    host = "http://127.0.0.1:8001"
    assert is_spelling_of(host + url, host + found, copied=copied) is wanted


def test_og_url_speaks_for_copies_without_a_canonical_alone() -> None:
    assert original("/print/12345", None, og=f"{SITE}/2025/11/19/12345.html") == "/2025/11/19/12345.html"
    assert original("/2025/11/19/6.html", None, og=f"{SITE}/2025/11/19/12345.html") is None
    assert original("/print/12345", "/a/1.html", og=f"{SITE}/2025/11/19/12345.html") == "/a/1.html"


def test_a_saved_page_without_an_address_has_no_original() -> None:
    body = b"<html><head><link rel=canonical href=https://a.example/1.html></head><body>x</body></html>"
    assert original_of(FetchedPage(url="", body=body)) is None
