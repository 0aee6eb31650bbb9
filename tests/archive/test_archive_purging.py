"""A withdrawn article's records are overwritten in place: nothing of them is left, and nothing else moves."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import attrs
import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import WARCIterator

from newscrawl.archive import purging
from newscrawl.archive.members import filled, places
from newscrawl.archive.purging import overwrite
from newscrawl.archive.reader import Archive, read_record
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.errors import BadFile, StoreUnwritable
from newscrawl.items import Capture

AT = datetime(2025, 11, 19, 8, 30, tzinfo=UTC)
LATER = datetime(2025, 11, 20, 1, 2, 3, tzinfo=UTC)
SECRET = "渡口的老灯塔昨夜第一次没有亮起"
PAGE = f"<html><title>灯塔</title><p>{SECRET}，守塔人说。</p>" + "<p>别的字。</p>" * 50
CODED = {"": bytes, "gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress}
UNCODED = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress, "deflate": zlib.decompress}


def put(writer: ArchiveWriter, url: str, body: bytes, coding: str = "", **more: object) -> Capture:
    headers = [("Content-Type", "text/html"), *([("Content-Encoding", coding)] if coding else [])]
    given = {"status": 200, "fetched_at": AT} | more
    return writer.write(url=url, headers=headers, body=CODED[coding](body), **given)  # type: ignore[arg-type]


def made(folder: Path, bodies: Sequence[bytes], name: str = "site/2025-11/run") -> list[Capture]:
    writer = ArchiveWriter(folder, name)
    captures = [put(writer, f"https://a.example/{n}", body) for n, body in enumerate(bodies)]
    writer.close()
    return captures


def everything_in(path: Path) -> bytes:
    """The file's bytes, what they unpack to, and what that unpacks to, by warcio alone."""
    seen = [path.read_bytes(), gzip.decompress(path.read_bytes())]
    with path.open("rb") as file:
        for record in WARCIterator(file):
            seen.append(str(record.rec_headers).encode())
            body = record.raw_stream.read()
            coding = record.http_headers and record.http_headers.get_header("Content-Encoding")
            seen.append(UNCODED[coding or ""](body))
    return b"\n".join(seen)


def holds(path: Path, text: str = SECRET) -> bool:
    data = everything_in(path)
    return any(text.encode(encoding) in data for encoding in ("utf-8", "gb18030"))


def check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nothing_of_the_record_is_left_and_all_others_stay_where_they_are(
    tmp_path: Path, coding: str, encoding: str
) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    before = put(writer, "https://a.example/before", b"<p>before")
    mine = put(writer, "https://a.example/mine", PAGE.encode(encoding), coding)
    after = put(writer, "https://a.example/after", os.urandom(500))
    writer.close()
    path, bodies = tmp_path / mine.file, [read_record(tmp_path, one).body for one in (before, after)]
    assert holds(path)
    was = path.read_bytes()

    done = overwrite(tmp_path, [mine], at=LATER)

    assert (done.records, done.before, done.missing, done.strange) == (1, 0, [], [])
    assert not holds(path)
    now = path.read_bytes()
    assert len(now) == len(was)
    assert now[: mine.offset] == was[: mine.offset]
    assert now[after.offset :] == was[after.offset :]
    assert [read_record(tmp_path, one).body for one in (before, after)] == bodies
    assert check(path).returncode == 0


def test_who_reads_the_place_is_told_that_it_was_withdrawn_and_when(tmp_path: Path) -> None:
    mine, other = made(tmp_path, [PAGE.encode(), b"<p>other"])
    overwrite(tmp_path, [mine], at=LATER)
    with pytest.raises(BadFile, match="withdrawn by the operator"):
        read_record(tmp_path, mine)
    archive = Archive([tmp_path])
    assert archive.find(mine.url) is None
    assert archive.find(other.url) is not None
    with (tmp_path / mine.file).open("rb") as file:
        told = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in WARCIterator(file)
            if record.rec_headers.get_header("WARC-Date") == "2025-11-20T01:02:03Z"
        ]
    assert told == [("metadata", mine.url, b"note: withdrawn by the operator\r\n")]


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    mine, *_ = made(tmp_path, [PAGE.encode(), b"<p>other"])
    overwrite(tmp_path, [mine], at=AT)
    was = (tmp_path / mine.file).read_bytes()
    done = overwrite(tmp_path, [mine], at=LATER)
    assert (done.records, done.before) == (0, 1)
    assert (tmp_path / mine.file).read_bytes() == was


def test_a_crawl_that_has_the_file_open_goes_on_appending(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    mine = put(writer, "https://a.example/mine", PAGE.encode())
    overwrite(tmp_path, [mine], at=LATER)
    after = put(writer, "https://a.example/after", b"<p>after")
    writer.close()
    assert read_record(tmp_path, after).body == b"<p>after"
    assert not holds(tmp_path / mine.file)
    assert check(tmp_path / mine.file).returncode == 0


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.one_of(st.integers(0, 300), st.integers(0, 300_000)), min_size=2, max_size=5),
    noise=st.booleans(),
    gone=st.sets(st.integers(0, 4), min_size=1),
)
def test_records_of_every_size(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], noise: bool, gone: set[int]
) -> None:
    """Empty ones too, and such as do not pack; a member of 300 kB is padded by as much."""
    folder = tmp_path_factory.mktemp("sizes")
    captures = made(folder, [os.urandom(size) if noise else b"x" * size for size in sizes])
    mine = [capture for number, capture in enumerate(captures) if number in gone]
    kept = {capture: read_record(folder, capture).body for capture in captures if capture not in mine}
    done = overwrite(folder, mine, at=LATER)
    assert done.records == len(mine)
    assert {capture: read_record(folder, capture).body for capture in kept} == kept
    with (folder / captures[0].file).open("rb") as file:
        kinds = [record.rec_type for record in WARCIterator(file)]
    assert kinds.count("metadata") == len(mine)
    assert len(kinds) == len(captures) + 1
    assert overwrite(folder, mine, at=LATER).before == len(mine)


def test_an_address_too_long_for_the_place_is_left_out(tmp_path: Path) -> None:
    """A long address packs well where it is repeated, and the note's record has to fit all the same."""
    writer = ArchiveWriter(tmp_path, "run")
    noise = "".join(f"{byte:02x}" for byte in os.urandom(2000))
    mine = writer.write(url=f"https://a.example/{noise}", status=200, headers=[], body=b"", fetched_at=AT)
    writer.close()
    path = tmp_path / mine.file
    with path.open("rb") as file:
        *_, place = places(file)
    short = attrs.evolve(place, length=260)
    content = purging.withdrawn(short, "run", mine.url, LATER)
    assert len(content) == 260
    assert noise not in zlib.decompress(content, 31).decode()
    assert b"withdrawn by the operator" in zlib.decompress(content, 31)
    tiny = purging.withdrawn(attrs.evolve(place, length=120), "run", mine.url, LATER)
    assert zlib.decompress(tiny, 31).startswith(b"WARC/1.1")
    assert purging.withdrawn(attrs.evolve(place, length=9), "run", mine.url, LATER) == bytes(9)


@pytest.mark.parametrize("room", [0, 1, 2, 70_000])
def test_a_padded_member_is_read_by_every_gzip_reader(room: int) -> None:
    record = b"WARC/1.1\r\n" + SECRET.encode()
    length = next(n for n in range(10, 500) if filled(record, n, packed=True)) + room
    member = filled(record, length, packed=True)
    assert member is not None
    assert len(member) == length
    assert gzip.decompress(member + gzip.compress(b"next")) == record + b"next"
    assert zlib.decompress(member, 31) == record


# -- what is not overwritten -------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_any_more_is_no_error(tmp_path: Path) -> None:
    mine, other = made(tmp_path, [PAGE.encode(), b"x"])
    gone = attrs.evolve(mine, file="pruned.warc.gz")
    behind = attrs.evolve(other, offset=10_000_000)
    done = overwrite(tmp_path, [gone, mine, behind], at=LATER)
    assert done.records == 1
    assert sorted(done.missing) == sorted([gone.file, behind.file])


def test_another_record_than_the_store_knows_stays(tmp_path: Path) -> None:
    first, second = made(tmp_path, [b"<p>one", b"<p>two"])
    was = (tmp_path / first.file).read_bytes()
    wrong = [
        attrs.evolve(first, url="https://a.example/elsewhere"),
        attrs.evolve(second, offset=second.offset - 5),
        attrs.evolve(second, offset=second.offset + 1),
    ]
    done = overwrite(tmp_path, wrong, at=LATER)
    assert done.records == 0
    assert sorted(done.strange, key=lambda one: one.offset) == sorted(wrong, key=lambda one: one.offset)
    assert (tmp_path / first.file).read_bytes() == was


def test_nothing_outside_of_the_folder_is_touched(tmp_path: Path) -> None:
    """By '..', by an absolute name (a replayed file of somebody's own), or by a link."""
    outside, folder = tmp_path / "outside", tmp_path / "archive"
    (mine,) = made(outside, [PAGE.encode()], "own")
    folder.mkdir()
    (folder / "link.warc.gz").symlink_to(outside / "own.warc.gz")
    (folder / "linked").symlink_to(outside)
    was = (outside / "own.warc.gz").read_bytes()
    names = ["../outside/own.warc.gz", str(outside / "own.warc.gz"), "link.warc.gz", "linked/own.warc.gz"]
    done = overwrite(folder, [attrs.evolve(mine, file=name) for name in names], at=LATER)
    assert sorted(done.outside) == sorted(names)
    assert (outside / "own.warc.gz").read_bytes() == was


def test_a_file_that_cannot_be_written_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mine,) = made(tmp_path, [PAGE.encode()])

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(StoreUnwritable, match=r"run\.warc\.gz cannot be overwritten \(No space left on device\)"):
        overwrite(tmp_path, [mine], at=LATER)


def test_a_bare_file_is_overwritten_too(tmp_path: Path) -> None:
    (mine,) = made(tmp_path, [PAGE.encode() * 3])
    path = tmp_path / "bare.warc"
    path.write_bytes(gzip.decompress((tmp_path / mine.file).read_bytes()))
    with path.open("rb") as file:
        _, place = places(file)
    capture = attrs.evolve(mine, file="bare.warc", offset=place.offset, length=place.length)
    assert overwrite(tmp_path, [capture], at=LATER).records == 1
    assert SECRET.encode() not in path.read_bytes()
    assert check(path).returncode == 0
    assert overwrite(tmp_path, [capture], at=LATER).before == 1
    with pytest.raises(BadFile, match="withdrawn by the operator"):
        read_record(tmp_path, capture)


# -- a kill, or a power cut, in the middle -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 100_000), tail=st.booleans(), last=st.booleans())
def test_the_next_one_finishes_what_broke_off(
    tmp_path_factory: pytest.TempPathFactory, cut: int, tail: bool, last: bool
) -> None:
    """Only a part of the new member was written: up to some byte, or from there on."""
    folder = tmp_path_factory.mktemp("torn")
    noise = os.urandom(9000).hex()
    captures = made(folder, [b"<p>first", (PAGE + noise).encode(), *([] if last else [b"<p>after"])])
    mine, path = captures[1], folder / captures[1].file
    old = path.read_bytes()
    overwrite(folder, [mine], at=AT)
    new = path.read_bytes()
    cut = mine.offset + cut % mine.length
    path.write_bytes(old[:cut] + new[cut:] if tail else new[:cut] + old[cut:])
    done = overwrite(folder, [mine], at=LATER)
    assert done.records + done.before == 1
    assert not holds(path)
    assert not holds(path, noise[-64:])
    for capture in captures:
        if capture is not mine:
            assert read_record(folder, capture).status == 200


def test_two_neighbours_that_broke_off_are_both_finished(tmp_path: Path) -> None:
    captures = made(tmp_path, [b"<p>first", os.urandom(9000), os.urandom(9000), b"<p>after"])
    path = tmp_path / captures[0].file
    data = bytearray(path.read_bytes())
    for capture in captures[1:3]:
        data[capture.offset + 4000 : capture.offset + 4100] = bytes(100)
    path.write_bytes(data)
    assert overwrite(tmp_path, captures[1:3], at=LATER).records == 2
    assert read_record(tmp_path, captures[3]).body == b"<p>after"
    assert check(path).returncode == 0


def test_a_record_whose_end_is_missing_is_overwritten_as_far_as_it_goes(tmp_path: Path) -> None:
    _, mine = made(tmp_path, [b"<p>first", os.urandom(9000)])
    path = tmp_path / mine.file
    os.truncate(path, mine.offset + 5000)
    assert overwrite(tmp_path, [mine], at=LATER).records == 1
    assert path.stat().st_size == mine.offset + 5000
    assert check(path).returncode == 0
