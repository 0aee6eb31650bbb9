"""Cases of a withdrawn article, or with any of its text, leave the quarantine whole."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.errors import StoreUnwritable
from newscrawl.extensions.quarantine import Quarantine, purge_cases
from newscrawl.items import FetchedPage
from newscrawl.sources import Registry
from newscrawl.text.traces import sentences_of

AT = datetime(2025, 11, 19, 8, 30, tzinfo=UTC)
KEY = "chinanews:10518699"
URL = "https://www.chinanews.com.cn/sh/2025/11-19/10518699.shtml"
SECRET = "渡口的老灯塔昨夜第一次没有亮起，守塔人罗三更说是海底的电缆被船锚挂断了。"
SENTENCES = sentences_of(
    SECRET + "\n港务处随后派出两条拖船守在航道两侧，一直守到今天早上九点半。", "渡口老灯塔一夜没有亮起来"
)
PAGE = f"<html><head><meta charset=CHARSET><title>灯塔</title></head><body><p>{SECRET}</p></body></html>"


def case(folder: Path, name: str, page: str | bytes = "<p>别的", **about: object) -> Path:
    where = folder / name
    where.mkdir(parents=True)
    (where / "page.html").write_bytes(page if isinstance(page, bytes) else page.encode())
    (where / "case.json").write_text(json.dumps({"url": "https://a.example/", **about}, ensure_ascii=False))
    return where


def purged(folder: Path) -> list[str]:
    return [where.name for where in purge_cases(folder, key=KEY, urls=[URL], sentences=SENTENCES)]


def test_cases_of_the_article_go_and_others_stay(tmp_path: Path) -> None:
    case(tmp_path, "by-key", key=KEY)
    case(tmp_path, "by-url", url=URL)
    case(tmp_path, "by-asked", asked=URL)
    other = case(tmp_path, "other", key="chinanews:1", expected={"body": ["别的字。"]})
    assert purged(tmp_path) == ["by-asked", "by-key", "by-url"]
    assert list(tmp_path.iterdir()) == [other]


def test_cases_with_the_text_go_wherever_they_have_it(tmp_path: Path) -> None:
    """A list that shows the opening, what was read from it, a note somebody put beside it, a half-written one."""
    case(tmp_path, "list", f"<li>{SECRET[:24]}…</li>", listing="feed")
    case(tmp_path, "read", expected={"related": [["渡口老灯塔一夜没有亮起来", None]]})
    case(tmp_path, ".half", PAGE)
    (tmp_path / ".half" / "case.json").unlink()
    (case(tmp_path, "note") / "note.txt").write_text(SECRET, encoding="gb18030")
    case(tmp_path, "broken", PAGE)
    (tmp_path / "broken" / "case.json").write_text("{")
    case(tmp_path, "list-in-json")
    (tmp_path / "list-in-json" / "case.json").write_text("[]")
    assert purged(tmp_path) == [".half", "broken", "list", "note", "read"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "mixed"])
def test_a_case_as_the_quarantine_keeps_it(tmp_path: Path, encoding: str) -> None:
    """Also of a page in two encodings, whose bytes are kept as Latin-1."""
    body = PAGE.replace("CHARSET", "gb2312").encode("utf-8" if encoding == "utf-8" else "gb18030")
    if encoding == "mixed":
        body = "<!-- 渡口 -->\xff".encode("latin-1", "replace") + body + "<p>\u00e9灯塔".encode() + b"\xff\xff"
    page = FetchedPage(url="https://www.chinanews.com.cn/", body=body, content_type="text/html", fetched_at=AT)
    registry = Registry.walk(("newscrawl.sources",))
    source = registry.get("chinanews")
    folder = Quarantine(tmp_path, source, registry).keep_listing(page, source.listings[0], "links", "none")
    kept = json.loads((folder / "case.json").read_text())
    assert kept["encoding"] == {"mixed": "latin-1"}.get(encoding, encoding)
    assert purged(tmp_path) == [folder.name]
    assert list(tmp_path.iterdir()) == []


def test_no_quarantine_is_nothing_to_purge(tmp_path: Path) -> None:
    assert purged(tmp_path / "none") == []


def test_links_are_left_alone(tmp_path: Path) -> None:
    where = case(tmp_path / "outside", "mine", key=KEY)
    (tmp_path / "quarantine").mkdir()
    (tmp_path / "quarantine" / "link").symlink_to(where)
    (tmp_path / "quarantine" / "a file").write_text(SECRET)
    assert purged(tmp_path / "quarantine") == []
    assert where.exists()


def test_a_case_that_cannot_be_removed_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case(tmp_path, "mine", key=KEY)

    def refused(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(shutil, "rmtree", refused)
    with pytest.raises(StoreUnwritable, match=r"mine cannot be removed \(Read-only file system\)"):
        purged(tmp_path)
