"""What is written is WARC 1.1 that others read, and a failing disk is told."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import resource
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import WARCIterator

from newscrawl.archive.reader import read_record
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.items import Capture

AT = datetime(2025, 11, 19, 8, 30, tzinfo=UTC)
HTML = [("Content-Type", "text/html")]


def put(writer: ArchiveWriter, url: str = "http://a.example/1", body: bytes = b"<p>one", **more: object) -> Capture:
    given = {"status": 200, "headers": HTML, "fetched_at": AT} | more
    return writer.write(url=url, body=body, **given)  # type: ignore[arg-type]


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """`warcio check -v`: digests, lengths, one gzip member per record."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_nothing_written_is_no_file(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "site/2025-11/run")
    writer.flush()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_named_after_the_stem_and_passes_warcio_check(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "site/2025-11/run")
    captures = [
        put(writer),
        put(writer, "http://a.example/empty", b"", status=404),
        put(writer, "https://a.example/新闻", "<p>正文".encode(), ip="203.0.113.7", reason="Okey Dokey"),
        put(writer, "http://a.example/gz", gzip.compress(b"<p>packed"), headers=[("Content-Encoding", "gzip")]),
    ]
    writer.close()
    path = tmp_path / "site/2025-11/run.warc.gz"
    assert {capture.file for capture in captures} == {"site/2025-11/run.warc.gz"}
    result = check(path)
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("digest pass") == 5
    with path.open("rb") as file:
        records = [(record.rec_type, record.rec_headers) for record in WARCIterator(file)]
    assert [kind for kind, _ in records] == ["warcinfo", *["response"] * 4]
    assert {headers.protocol for _, headers in records} == {"WARC/1.1"}
    assert records[1][1].get_header("WARC-Date") == "2025-11-19T08:30:00Z"
    assert records[3][1].get_header("WARC-IP-Address") == "203.0.113.7"
    assert len({headers.get_header("WARC-Record-ID") for _, headers in records}) == 5


def test_a_capture_is_one_gzip_member(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    put(writer)
    capture = put(writer, body=b"<p>second")
    put(writer)
    writer.close()
    data = (tmp_path / capture.file).read_bytes()[capture.offset : capture.offset + capture.length]
    record = gzip.decompress(data)
    assert record.startswith(b"WARC/1.1\r\n")
    assert record.endswith(b"<p>second\r\n\r\n")
    assert capture.fetched_at == AT


def test_every_gzip_reader_reads_the_file(tmp_path: Path) -> None:
    """Of bodies of all kinds: empty, long, already packed, noise."""
    bodies = [b"", b"<p>" + "雪落在渡口。".encode() * 20_000, gzip.compress(b"<p>packed" * 999), os.urandom(100_000)]
    writer = ArchiveWriter(tmp_path, "run")
    captures = [put(writer, body=body) for body in bodies]
    writer.close()
    data = (tmp_path / "run.warc.gz").read_bytes()
    whole = gzip.decompress(data)
    for body, capture in zip(bodies, captures, strict=True):
        stream = zlib.decompressobj(31)
        assert stream.decompress(data[capture.offset :]).endswith(body + b"\r\n\r\n")
        assert stream.eof
        assert len(data) - len(stream.unused_data) == capture.offset + capture.length
        assert body in whole
    assert captures[1].length < len(bodies[1]) / 50
    assert check(tmp_path / "run.warc.gz").returncode == 0


def test_a_response_has_the_digest_that_revisits_are_known_by(tmp_path: Path) -> None:
    """Of the payload; the block's, which is optional, only for the warcinfo record, which has no payload."""
    writer = ArchiveWriter(tmp_path, "run")
    put(writer, body=b"<p>one")
    writer.close()
    with (tmp_path / "run.warc.gz").open("rb") as file:
        digests = [
            (record.rec_headers.get_header("WARC-Payload-Digest"), record.rec_headers.get_header("WARC-Block-Digest"))
            for record in WARCIterator(file)
        ]
    assert digests[0][0] is None
    assert digests[0][1]
    assert digests[1:] == [("sha1:" + base64.b32encode(hashlib.sha1(b"<p>one").digest()).decode(), None)]


def test_headers_stay_as_sent_but_for_chunks_and_length(tmp_path: Path) -> None:
    """Repeated, oddly cased and non-ASCII values stay; a body without its chunks must not claim to be chunked."""
    sent = [
        ("Set-Cookie", "a=1"),
        ("X-WEIRD", "\xd0\xc2\xce\xc5"),  # GBK bytes, seen as Latin-1
        ("Transfer-Encoding", "chunked"),
        ("Set-Cookie", "b=2"),
        ("Content-Length", "999"),
    ]
    writer = ArchiveWriter(tmp_path, "run")
    recorded = read_record(tmp_path, put(writer, headers=sent, body=b"four"))
    writer.close()
    assert recorded.headers == (
        ("Set-Cookie", "a=1"),
        ("X-WEIRD", "\xd0\xc2\xce\xc5"),
        ("Set-Cookie", "b=2"),
        ("Content-Length", "4"),
    )


def test_the_length_of_a_304_speaks_of_a_body_that_is_not_sent(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    recorded = read_record(tmp_path, put(writer, status=304, headers=[("Content-Length", "77")], body=b""))
    writer.close()
    assert recorded.headers == (("Content-Length", "77"),)


def test_a_record_can_be_read_before_the_file_is_closed(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    capture = put(writer, body=b"<p>at once")
    assert read_record(tmp_path, capture).body == b"<p>at once"
    writer.close()


def test_a_file_of_the_same_name_is_never_written_over(tmp_path: Path) -> None:
    names = []
    for body in (b"first", b"second", b"third"):
        writer = ArchiveWriter(tmp_path, "run")
        names.append(put(writer, body=body))
        writer.close()
    assert [capture.file for capture in names] == ["run.warc.gz", "run-2.warc.gz", "run-3.warc.gz"]
    assert [read_record(tmp_path, capture).body for capture in names] == [b"first", b"second", b"third"]


def test_the_same_run_writes_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        writer = ArchiveWriter(tmp_path / folder, "run")
        put(writer)
        put(writer, "http://a.example/2")
        writer.close()
    assert (tmp_path / "a/run.warc.gz").read_bytes() == (tmp_path / "b/run.warc.gz").read_bytes()


def test_flush_reaches_the_disk_once_per_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    writer = ArchiveWriter(tmp_path, "run")
    writer.flush()
    put(writer)
    writer.flush()
    writer.flush()
    assert len(synced) == 1
    writer.close()
    writer.close()
    assert len(synced) == 1


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let writes past ``size`` bytes of a file fail, as they do on a full disk (EFBIG for ENOSPC)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_is_an_oserror_and_costs_only_the_record_it_hit(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    first = put(writer)
    end = first.offset + first.length
    with files_no_longer_than(end + 300), pytest.raises(OSError):  # noqa: PT011
        put(writer, body=os.urandom(5000))
    assert (tmp_path / first.file).stat().st_size == end
    after = put(writer, body=b"<p>space again")
    writer.close()
    assert after.offset == end
    assert read_record(tmp_path, after).body == b"<p>space again"
    assert check(tmp_path / first.file).returncode == 0
