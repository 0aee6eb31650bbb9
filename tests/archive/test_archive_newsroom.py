"""A folder of readable pages becomes a WARC file that a crawl can replay."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.newsroom import build
from newscrawl.archive.reader import Archive, Recorded
from newscrawl.errors import BadFile

TOML = """\
fetched_at = 2025-11-19T09:00:00Z
scheme = "https"

[defaults.content_type]
".shtml" = "text/html; charset=utf-8"

[pages."news.example/old.shtml"]
encoding = "gb18030"
content_type = "text/html; charset=gb2312"

[pages."news.example/mixed.shtml"]
islands = "gb18030"
gzip = true

[pages."news.example/moved.shtml"]
status = 301
location = "https://news.example/新.shtml"
fetched_at = 2025-11-19T10:00:00Z
scheme = "http"

[pages."news.example/gone.shtml"]
status = 410
"""
PAGES = {
    "news.example/index.html": "<h1>首页</h1>\n",
    "news.example/robots.txt": "User-agent: *\nAllow: /\n",
    "news.example/rss/china.xml": "<rss/>\n",
    "news.example/old.shtml": "<p>老稿</p>\n",
    "news.example/mixed.shtml": "<p>正文</p>\n<!--island-->\n<p>相关</p>\n<!--/island-->\n<p>文末</p>\n",
    "news.example/sub/index.html": "<p>频道</p>\n",
    "news.example/.hidden": "not a page",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    room = tmp_path / "room"
    for name, text in PAGES.items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (room / "newsroom.toml").write_text(TOML, encoding="utf-8")
    return room


def built(folder: Path) -> Archive:
    build(folder, folder.parent / "out" / "room.warc.gz")
    return Archive([folder.parent / "out" / "room.warc.gz"])


def found(archive: Archive, url: str) -> Recorded:
    answer = archive.find(url)
    assert answer is not None, url
    return answer


def test_every_page_is_there_under_its_address(folder: Path) -> None:
    assert build(folder, folder.parent / "room.warc.gz") == 8
    archive = Archive([folder.parent / "room.warc.gz"])
    assert len(archive) == 8
    assert found(archive, "https://news.example/").decoded().decode() == PAGES["news.example/index.html"]
    assert found(archive, "https://news.example/sub/").body.decode() == PAGES["news.example/sub/index.html"]
    assert archive.find("https://news.example/.hidden") is None


def test_content_types_come_by_suffix_and_name(folder: Path) -> None:
    archive = built(folder)
    types = {
        path: found(archive, f"https://news.example/{path}").header("content-type")
        for path in ("", "robots.txt", "rss/china.xml", "mixed.shtml", "old.shtml")
    }
    assert types == {
        "": "text/html",
        "robots.txt": "text/plain",
        "rss/china.xml": "application/xml",
        "mixed.shtml": "text/html; charset=utf-8",
        "old.shtml": "text/html; charset=gb2312",
    }


def test_a_page_is_served_in_its_encoding(folder: Path) -> None:
    assert found(built(folder), "https://news.example/old.shtml").body == "<p>老稿</p>\n".encode("gb18030")


def test_a_picture_is_served_as_it_is(folder: Path) -> None:
    picture = bytes(range(256))
    (folder / "news.example/1.png").write_bytes(picture)
    served = found(built(folder), "https://news.example/1.png")
    assert (served.body, served.header("content-type")) == (picture, "image/png")


def test_islands_are_encoded_apart_and_the_markers_go(folder: Path) -> None:
    page = found(built(folder), "https://news.example/mixed.shtml")
    assert page.header("content-encoding") == "gzip"
    assert gzip.decompress(page.body) == (
        "<p>正文</p>\n".encode() + "<p>相关</p>\n".encode("gb18030") + "<p>文末</p>\n".encode()
    )


def test_a_redirect_needs_no_file(folder: Path) -> None:
    page = found(built(folder), "http://news.example/moved.shtml")
    assert (page.status, page.body) == (301, b"")
    assert page.header("location") == "https://news.example/%E6%96%B0.shtml"
    assert page.fetched_at == datetime(2025, 11, 19, 10, tzinfo=UTC)
    assert found(built(folder), "https://news.example/").fetched_at == datetime(2025, 11, 19, 9, tzinfo=UTC)


def test_an_address_no_file_can_have_is_served_the_body_of_another(folder: Path) -> None:
    """With a query, or of a page below which other pages lie; the type is that of the file."""
    with (folder / "newsroom.toml").open("a", encoding="utf-8") as toml:
        for name in ("news.example/sub", "news.example/list?page=2"):
            toml.write(f"\n[pages.{name!r}]\nfile = 'news.example/sub/'\n")
    archive = built(folder)
    for url in ("https://news.example/sub", "https://news.example/list?page=2", "https://news.example/sub/"):
        assert found(archive, url).decoded().decode() == "<p>频道</p>\n"
        assert ("Content-Type", "text/html") in found(archive, url).headers


def test_the_same_folder_gives_the_same_bytes(folder: Path) -> None:
    target = folder.parent / "room.warc.gz"
    build(folder, target)
    first = target.read_bytes()
    build(folder, target)
    assert target.read_bytes() == first
    assert [path.name for path in folder.parent.iterdir() if path != folder] == ["room.warc.gz"]


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("scheme = 'https'", "fetched_at is missing"),
        ("fetched_at = 2025-11-19T09:00:00Z\ncolour = 1", "does not know colour"),
        ("fetched_at = 2025-11-19T09:00:00Z\n[pages.'news.example/x']", "news.example/x has no file"),
        ("fetched_at = 2025-11-19T09:00:00Z\n[pages.'news.example/']\nstatus = 'x'", "status = 'x'"),
        ("fetched_at = 2025-11-19T09:00:00Z\n[pages.'news.example/']\nencoding = 'klingon'", "klingon"),
        ("fetched_at = 2025-11-19T09:00:00Z\n[pages.'news.example/']\nencoding = 'ascii'", "news.example/: 'ascii'"),
        ("fetched_at = 2025-11-19T09:00:00Z\n[pages]\n'news.example/' = 3", "should be a table"),
        ("fetched_at = soon", "is no TOML"),
        (
            "fetched_at = 2025-11-19T09:00:00Z\n[pages.'news.example/x']\nfile = 'a/b'",
            "news.example/x names the file a/b",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(folder: Path, toml: str, problem: str) -> None:
    (folder / "newsroom.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(BadFile, match=r"newsroom\.toml") as caught:
        build(folder, folder.parent / "room.warc.gz")
    assert problem in str(caught.value)
    assert not (folder.parent / "room.warc.gz").exists()


def test_a_folder_without_its_toml_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"newsroom\.toml: cannot be read"):
        build(tmp_path, tmp_path / "room.warc.gz")
