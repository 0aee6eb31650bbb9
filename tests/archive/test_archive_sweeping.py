"""A withdrawn text is taken out of every other record that shows some of it, and the record stays a page."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import WARCIterator

from newscrawl.archive import sweeping
from newscrawl.archive.encoding import zstd
from newscrawl.archive.members import filled
from newscrawl.archive.reader import Archive, read_record
from newscrawl.archive.sweeping import Swept, sweep
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.errors import BadFile, StoreUnwritable
from newscrawl.items import Capture
from newscrawl.text.traces import sentences_of

AT = datetime(2025, 11, 19, 8, 30, tzinfo=UTC)
LATER = datetime(2025, 11, 20, 1, 2, 3, tzinfo=UTC)
URL = "https://a.example/lamp"
HEADLINE = "渡口老灯塔一夜没有亮起来"
SECRET = "渡口的老灯塔昨夜第一次没有亮起，守塔人罗三更说是海底的电缆被船锚挂断了。"
STORY = [SECRET, *(f"第{n}段说的是灯塔修好以后港口里那{n}条船各自的去向和下落。" for n in range(20))]
SENTENCES = sentences_of("\n".join(STORY), HEADLINE)
OTHER = "<p>市集今天照常开张，一切都好。</p>"
SHOWN = (SECRET + STORY[1])[:50] + "…"
LIST = f"<html><ul><li><a href='{URL}'>{HEADLINE}</a><p>{SHOWN}</p></li><li>{OTHER}</li></ul>" + OTHER * 50
CODED = {"": bytes, "gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress, "zstd": zstd.compress}
UNCODED = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "deflate": zlib.decompress,
    "zstd": zstd.decompress,
}


def put(writer: ArchiveWriter, url: str, body: bytes, coding: str = "", *more: tuple[str, str]) -> Capture:
    headers = [("Content-Type", "text/html"), *more, *([("Content-Encoding", coding)] if coding else [])]
    packed = CODED[coding](body)
    headers.append(("Content-Length", str(len(packed))))
    return writer.write(url=url, status=200, headers=headers, body=packed, fetched_at=AT)


def made(folder: Path, *bodies: bytes, coding: str = "", name: str = "site/run") -> list[Capture]:
    writer = ArchiveWriter(folder, name)
    captures = [put(writer, f"https://a.example/{n}", body, coding) for n, body in enumerate(bodies)]
    writer.close()
    return captures


def swept(
    folder: Path,
    *,
    spare: Callable[[str, int], bool] = lambda *_: False,
    since: datetime | None = None,
    urls: tuple[str, ...] = (URL,),
) -> Swept:
    return sweep(folder, SENTENCES, since=since, spare=spare, at=LATER, urls=urls)


def left_in(path: Path) -> bytes:
    """The file's bytes, what they unpack to, and what that unpacks to, by other hands than ours."""
    seen = [path.read_bytes(), gzip.decompress(path.read_bytes())]
    with path.open("rb") as file:
        for record in WARCIterator(file):
            body = record.raw_stream.read()
            coding = record.http_headers and record.http_headers.get_header("Content-Encoding")
            seen.append(UNCODED[coding or ""](body))
    return b"\n".join(seen)


def holds(path: Path, *texts: str) -> list[str]:
    data = left_in(path)
    texts = texts or (HEADLINE, SECRET, SHOWN[:-1], SECRET[:20])
    return [text for text in texts if any(text.encode(name) in data for name in ("utf-8", "gb18030"))]


def check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_list_loses_the_text_and_nothing_else(tmp_path: Path, coding: str, encoding: str) -> None:
    before, mine, after = made(tmp_path, b"<p>before", LIST.encode(encoding), b"<p>after", coding=coding)
    path = tmp_path / mine.file
    assert holds(path)
    size, was = path.stat().st_size, {one: read_record(tmp_path, one) for one in (before, mine, after)}

    done = swept(tmp_path)

    assert [(spot.file, spot.offset, spot.url) for spot in done.masked] == [(mine.file, mine.offset, mine.url)]
    assert (done.overwritten, done.versions, done.unread, done.files) == ([], [], [], 1)
    assert not holds(path)
    assert path.stat().st_size == size
    now = read_record(tmp_path, mine)
    assert (now.status, now.url, now.fetched_at) == (200, was[mine].url, AT)
    shown = now.decoded().decode(encoding)
    assert len(now.decoded()) == len(was[mine].decoded())
    assert shown.count(OTHER) == LIST.count(OTHER)
    assert URL in shown
    assert now.header("content-length") == str(len(now.body))
    for other in (before, after):
        assert read_record(tmp_path, other) == was[other]
    if coding == "br":  # which warcio's check does not undo
        return
    result = check(path)
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("digest pass") == 4


def test_the_digest_is_that_of_what_is_there_now(tmp_path: Path) -> None:
    (mine,) = made(tmp_path, LIST.encode())
    swept(tmp_path)
    with (tmp_path / mine.file).open("rb") as file:
        told = [
            (record.rec_headers.get_header("WARC-Payload-Digest"), record.content_stream().read())
            for record in WARCIterator(file)
        ]
    digest, body = told[-1]
    assert OTHER.encode() in body
    assert digest == "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def test_data_with_escapes_stays_data(tmp_path: Path) -> None:
    feed = json.dumps([{"title": HEADLINE, "url": URL, "text": f'"{SHOWN}"'}, {"title": "别的", "n": 1}] * 3)
    (mine,) = made(tmp_path, feed.encode())
    swept(tmp_path)
    first, second, *_ = json.loads(read_record(tmp_path, mine).body)
    assert (first["title"].strip(), first["url"]) == ("", URL)
    assert first["text"].strip('" ').removesuffix("…") == ""
    assert second == {"title": "别的", "n": 1}


def test_a_record_with_most_of_the_text_goes_whole(tmp_path: Path) -> None:
    """Another address of the page, its print version: what is between the sentences would tell enough."""
    copy, other = made(tmp_path, "<p>".join(STORY).encode(), OTHER.encode())
    done = swept(tmp_path)
    assert [spot.url for spot in done.overwritten] == [copy.url]
    with pytest.raises(BadFile, match="withdrawn"):
        read_record(tmp_path, copy)
    assert read_record(tmp_path, other).body == OTHER.encode()


def test_whatever_the_articles_address_answered_goes_whole(tmp_path: Path) -> None:
    """Also another text, from before a correction; under http as well."""
    writer = ArchiveWriter(tmp_path, "run")
    put(writer, URL.replace("https", "http") + "#top", "<p>一段早先的字".encode())
    put(writer, "https://a.example/other", OTHER.encode())
    writer.close()
    done = swept(tmp_path)
    assert [spot.url for spot in done.overwritten] == [URL.replace("https", "http") + "#top"]
    assert len(Archive([tmp_path])) == 1


def test_another_articles_page_is_masked_but_never_goes_whole(tmp_path: Path) -> None:
    """One that shows the opening in its related list, and one that is another publisher's version of the text."""
    related, version = made(tmp_path, LIST.encode(), "<p>".join(STORY).encode())
    spared = {(one.file, one.offset) for one in (related, version)}
    was = read_record(tmp_path, version)
    done = swept(tmp_path, spare=lambda file, offset: (file, offset) in spared)
    assert [spot.url for spot in done.masked] == [related.url]
    assert [(spot.file, spot.offset) for spot in done.versions] == [(version.file, version.offset)]
    assert done.overwritten == []
    assert read_record(tmp_path, version) == was
    assert OTHER in read_record(tmp_path, related).body.decode()


def test_a_second_sweep_finds_nothing(tmp_path: Path) -> None:
    (mine, _) = made(tmp_path, LIST.encode(), "<p>".join(STORY).encode())
    swept(tmp_path)
    was = (tmp_path / mine.file).read_bytes()
    done = swept(tmp_path)
    assert (done.masked, done.overwritten) == ([], [])
    assert (tmp_path / mine.file).read_bytes() == was


def test_a_text_in_the_headers_takes_the_record_with_it(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    mine = put(writer, "https://a.example/1", OTHER.encode(), "", ("X-Title", HEADLINE.encode().decode("latin-1")))
    writer.close()
    assert [spot.url for spot in swept(tmp_path).overwritten] == [mine.url]
    assert not holds(tmp_path / mine.file)


def test_what_does_not_fit_any_more_goes_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a server has packed a page better than can be done here."""
    (mine,) = made(tmp_path, LIST.encode(), coding="br")
    monkeypatch.setattr(sweeping, "filled", lambda *_, **__: None)
    done = swept(tmp_path, spare=lambda *_: True)
    assert ([spot.url for spot in done.overwritten], done.masked) == ([mine.url], [])
    assert not holds(tmp_path / mine.file)


def test_a_coding_that_has_no_room_is_given_up_for_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mine,) = made(tmp_path, LIST.encode(), coding="gzip")
    monkeypatch.setattr(sweeping, "encode", lambda body, applied: body + bytes(99_999) if applied else body)
    monkeypatch.setattr(
        sweeping,
        "filled",
        lambda record, length, **how: None if len(record) > 50_000 else filled(record, length, **how),
    )
    done = swept(tmp_path)
    assert [spot.url for spot in done.masked] == [mine.url]
    now = read_record(tmp_path, mine)
    assert now.header("content-encoding") is None
    assert now.body.decode().count(OTHER) == LIST.count(OTHER)
    assert not holds(tmp_path / mine.file)


def test_only_what_was_fetched_since_then_is_looked_at(tmp_path: Path) -> None:
    made(tmp_path, LIST.encode())
    done = swept(tmp_path, since=AT + timedelta(seconds=1))
    assert (done.masked, done.files) == ([], 1)
    assert swept(tmp_path, since=AT).masked


def test_a_file_that_was_begun_and_written_before_is_not_opened(tmp_path: Path) -> None:
    (mine,) = made(tmp_path, LIST.encode(), name="site/2025-11/site-20251119T083000Z-7")
    assert swept(tmp_path, since=AT - timedelta(hours=1)).files == 1
    assert swept(tmp_path, since=AT + timedelta(hours=1)).files == 1, "written just now"
    os.utime(tmp_path / mine.file, times=(AT.timestamp(), AT.timestamp()))
    assert swept(tmp_path, since=AT + timedelta(hours=1)).files == 0


def test_a_crawl_that_has_the_file_open_goes_on_appending(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    mine = put(writer, "https://a.example/1", LIST.encode())
    assert len(swept(tmp_path).masked) == 1
    after = put(writer, "https://a.example/2", b"<p>after")
    writer.close()
    assert read_record(tmp_path, after).body == b"<p>after"
    assert not holds(tmp_path / mine.file)
    assert check(tmp_path / mine.file).returncode == 0


def test_a_record_that_breaks_off_is_left_to_the_crawl_that_is_writing_it(tmp_path: Path) -> None:
    """And overwritten when no crawl has the file open: a half of it can still be unpacked by somebody."""
    writer = ArchiveWriter(tmp_path, "run")
    put(writer, "https://a.example/0", b"<p>first")
    mine = put(writer, "https://a.example/1", LIST.encode() + os.urandom(5000))
    path = tmp_path / mine.file
    os.truncate(path, mine.offset + mine.length - 300)
    was = path.read_bytes()
    assert swept(tmp_path) == Swept(files=1, records=2)
    assert path.read_bytes() == was
    writer.close()
    done = swept(tmp_path)
    assert [(spot.offset, spot.url) for spot in done.overwritten] == [(mine.offset, "")]
    assert path.stat().st_size == len(was)
    assert not holds(path)


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(20, 100_000))
def test_the_next_one_finishes_what_broke_off(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("torn")
    first, mine, after = made(folder, b"<p>first", (LIST + os.urandom(3000).hex()).encode(), LIST.encode())
    path = folder / mine.file
    old = path.read_bytes()
    swept(folder)
    new = path.read_bytes()
    cut = mine.offset + cut % (mine.length - 20) + 20
    path.write_bytes(new[:cut] + old[cut:])
    done = swept(folder)
    assert len(done.masked) + len(done.overwritten) >= 1
    assert not holds(path)
    assert read_record(folder, first).body == b"<p>first"
    assert read_record(folder, after).status == 200


def test_a_damaged_record_is_told_and_hides_none_behind_it(tmp_path: Path) -> None:
    damaged, mine = made(tmp_path, os.urandom(5000), LIST.encode())
    path = tmp_path / mine.file
    data = bytearray(path.read_bytes())
    data[damaged.offset + 2000 : damaged.offset + 2100] = bytes(100)
    path.write_bytes(data)
    done = swept(tmp_path)
    assert [(spot.file, spot.offset) for spot in done.unread] == [(mine.file, damaged.offset)]
    assert [spot.url for spot in done.masked] == [mine.url]
    assert SECRET[:20] not in read_record(tmp_path, mine).body.decode()


def test_bare_files_and_records_that_are_no_responses(tmp_path: Path) -> None:
    def record(kind: str, block: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{kind}\r\n"
        head += f"WARC-Date: 2025-11-19T08:30:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
        return head.encode() + block + b"\r\n\r\n"

    other = record("response", b"HTTP/1.1 200 OK\r\n\r\n" + OTHER.encode())
    path = tmp_path / "a.warc"
    data = other + record("resource", LIST.encode()) + record("response", b"HTTP/1.1 200 OK\r\n\r\n" + LIST.encode())
    path.write_bytes(data + other)
    done = swept(tmp_path)
    assert len(done.masked) + len(done.overwritten) == 2
    assert path.stat().st_size == len(data + other)
    assert SECRET[:20].encode() not in path.read_bytes()
    assert path.read_bytes().startswith(other)
    assert path.read_bytes().endswith(other)
    assert check(path).returncode == 0


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "archive"
    (mine,) = made(outside, LIST.encode(), name="run")
    folder.mkdir()
    (folder / "run.warc.gz").symlink_to(outside / "run.warc.gz")
    (folder / "linked").symlink_to(outside)
    was = (outside / mine.file).read_bytes()
    assert swept(folder) == Swept()
    assert (outside / mine.file).read_bytes() == was


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, LIST.encode())

    def read_only(*_: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "pwrite", read_only)
    with pytest.raises(StoreUnwritable, match=r"run\.warc\.gz cannot be overwritten \(Read-only file system\)"):
        swept(tmp_path)


def test_an_archive_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert swept(tmp_path / "none") == Swept()
