"""Addresses made absolute, and hosts compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.urls import absolute, belongs, clean_path, domain_of, host_of, site_of, split

BASE = "https://news.example.cn/gn/2025/11-03/1001.shtml"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("//img.example.cn/a.jpg", "https://img.example.cn/a.jpg"),
        ("/gn/b.shtml", "https://news.example.cn/gn/b.shtml"),
        ("1001_2.shtml", "https://news.example.cn/gn/2025/11-03/1001_2.shtml"),
        ("?page=2", "https://news.example.cn/gn/2025/11-03/1001.shtml?page=2"),
        (" http://x.cn/a\n/b ", "http://x.cn/a/b"),
        ("http://x.cn/a b", "http://x.cn/a%20b"),
        ("http://x.cn/a#top", "http://x.cn/a"),
        ("#top", None),
        ("", None),
        (None, None),
        ("javascript:void(0);", None),
        ("https://x.example:javascript:go/", None),
        ("//x.example:99999/", None),
        ("JavaScript:alert(1)", None),
        ("mailto:a@b.cn", None),
        ("tel:110", None),
        ("data:image/png;base64,AA", None),
        ("http://[broken", None),
        ("http:///nohost", None),
    ],
)
def test_an_href_is_made_absolute_or_leads_nowhere(href: str | None, expected: str | None) -> None:
    assert absolute(BASE, href) == expected


@given(st.text(max_size=80))
def test_whatever_is_written_the_answer_is_none_or_an_http_address(href: str) -> None:
    found = absolute(BASE, href)
    assert found is None or found.startswith(("http://", "https://"))


def test_a_host_is_compared_whole_or_by_its_labels() -> None:
    assert belongs("example.cn", ("example.cn",))
    assert belongs("a.b.example.cn", ("example.cn",))
    assert not belongs("notexample.cn", ("example.cn",))
    assert not belongs("example.cn.evil.net", ("example.cn",))


def test_hosts_are_lower_case_without_port_and_front_names() -> None:
    assert host_of("HTTP://WWW.Example.CN:80/a") == "www.example.cn"
    assert site_of("https://m.example.cn/a") == "example.cn"
    assert site_of("https://m.cn/a") == "m.cn"
    assert host_of("ftp://example.cn/") == ""


def test_paths_lose_doubled_slashes_and_parameters() -> None:
    assert clean_path("//a//b.html;jsessionid=1") == "/a/b.html"
    assert clean_path("") == "/"


def test_what_no_address_can_be_written_with_makes_none():
    """Found by fuzzing: a lone surrogate in a query cannot be encoded."""
    assert absolute("https://news.example/", "/q?a=\ud800") is None
    assert split("https://news.example/q?a\ud800=1") is None


def test_a_host_of_dots_alone_is_none():
    """Found by fuzzing."""
    assert absolute("https://news.example/", "//../?id=5") is None
    assert absolute("https://news.example/", "http://../a") is None
    assert absolute("https://news.example/", "//cdn.news.example/a.jpg") == "https://cdn.news.example/a.jpg"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.chinanews.com.cn", "chinanews.com.cn"),
        ("a.b.news.example.co.uk", "example.co.uk"),
        ("one.blogspot.com", "one.blogspot.com"),
        ("m.riverside.example", "riverside.example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("", ""),
    ],
)
def test_the_registered_domain_of_a_host(host: str, domain: str) -> None:
    assert domain_of(host) == domain
