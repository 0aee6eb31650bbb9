"""WARC files are read whoever wrote them, and one address has one answer."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.reader import Archive, Recorded, check, pages, read_record
from newscrawl.archive.writer import ArchiveWriter
from newscrawl.errors import BadFile
from newscrawl.items import Capture

AT = datetime(2025, 11, 19, 8, 30, tzinfo=UTC)
HTML = [("Content-Type", "text/html")]
DATE = "2025-11-19T08:30:00Z"


def record(
    block: bytes, url: str = "http://a.example/1", kind: str = "response", date: str = DATE, extra: str = ""
) -> bytes:
    """A record as another tool might write it."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{extra}"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def response(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join((status, *headers, "", "")).encode("latin-1") + body


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(item, mtime=0) for item in records)


def saved(path: Path, data: bytes) -> Archive:
    path.write_bytes(data)
    return Archive([path])


def found(archive: Archive, url: str) -> Recorded:
    answer = archive.find(url)
    assert answer is not None, url
    return answer


def put(writer: ArchiveWriter, url: str, body: bytes, at: datetime = AT, status: int = 200) -> Capture:
    return writer.write(url=url, status=status, headers=HTML, body=body, fetched_at=at)


# -- files by other tools ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_wget_puts_the_address_in_angle_brackets_and_writes_requests_and_metadata(tmp_path: Path, name: str) -> None:
    records = [
        record(b"software: Wget/1.21\r\n", url="", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", "<http://a.example/>", "request"),
        record(response(b"<p>home", "Content-Type: text/html"), "<http://a.example/>"),
        record(b"metadata", "<metadata://gnu.org/software/wget/warc/wget.log>", "metadata"),
        record(b"a log", "<metadata://gnu.org/software/wget/warc/wget.log>", "resource"),
    ]
    archive = saved(tmp_path / name, packed(*records) if name.endswith("gz") else b"".join(records))
    assert len(archive) == 1
    answer = found(archive, "http://a.example/")
    assert (answer.url, answer.body, answer.fetched_at) == ("http://a.example/", b"<p>home", AT)


def test_chunks_are_put_together_and_the_body_stays_encoded(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>packed text")
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:])) + b"0\r\n\r\n"
    headers = ("Transfer-Encoding: Chunked", "Content-Encoding: gzip", "Content-Type: text/html")
    answer = found(saved(tmp_path / "a.warc", record(response(chunked, *headers))), "http://a.example/1")
    assert answer.body == body
    assert answer.decoded() == b"<p>packed text"
    assert answer.headers == (("Content-Encoding", "gzip"), ("Content-Type", "text/html"))


def test_a_body_without_the_coding_and_chunks_its_headers_claim(tmp_path: Path) -> None:
    """Common Crawl's older news files hold decoded bodies under the headers of the encoded ones."""
    block = response(b"<p>plain text", "Transfer-Encoding: chunked", "Content-Encoding: gzip", "Server: x")
    answer = found(saved(tmp_path / "a.warc.gz", packed(record(block))), "http://a.example/1")
    assert (answer.body, answer.decoded()) == (b"<p>plain text", b"<p>plain text")
    assert answer.headers == (("Server", "x"),)


def test_http2_status_lines_bare_line_feeds_and_folded_headers(tmp_path: Path) -> None:
    block = b"HTTP/2 200\nX-Long: one\n two\nnonsense\nContent-Type: text/html\n\n<p>body\n\nmore"
    answer = found(saved(tmp_path / "a.warc", record(block)), "http://a.example/1")
    assert answer.headers == (("X-Long", "one two"), ("Content-Type", "text/html"))
    assert answer.body == b"<p>body\n\nmore"


def test_what_warcio_writes_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.0")
        for url in ("http://a.example/1", "http://a.example/2"):
            body = url.encode()
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict={}
                )
            )
    archive = Archive([tmp_path / "a.warc.gz"])
    assert found(archive, "http://a.example/2").body == b"http://a.example/2"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-03-05T01:02:03Z", datetime(2016, 3, 5, 1, 2, 3, tzinfo=UTC)),
        ("2016-03-05T01:02:03.123456789Z", datetime(2016, 3, 5, 1, 2, 3, 123456, tzinfo=UTC)),
        ("2016-03-05T09:02:03+08:00", datetime(2016, 3, 5, 1, 2, 3, tzinfo=UTC)),
        ("2016-03-05", datetime(2016, 3, 5, tzinfo=UTC)),
        ("2016-03", datetime(2016, 3, 1, tzinfo=UTC)),
        ("2016", datetime(2016, 1, 1, tzinfo=UTC)),
    ],
)
def test_dates_of_every_precision(tmp_path: Path, text: str, moment: datetime) -> None:
    archive = saved(tmp_path / "a.warc", record(response(b"x"), date=text))
    assert found(archive, "http://a.example/1").fetched_at == moment


# -- one address, one answer ---------------------------------------------------------------------------------------


def test_the_latest_capture_answers_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    for name, hour in (("a", 9), ("b", 7)):
        writer = ArchiveWriter(tmp_path, name)
        put(writer, "http://a.example/1", name.encode(), AT.replace(hour=hour))
        writer.close()
    assert found(Archive([tmp_path]), "http://a.example/1").body == b"a"
    assert found(Archive([tmp_path / "b.warc.gz", tmp_path / "a.warc.gz"]), "http://a.example/1").body == b"a"


def test_retries_within_one_second_answer_with_the_last(tmp_path: Path) -> None:
    """503, 503, 200 must not answer 503 for ever."""
    writer = ArchiveWriter(tmp_path, "a")
    for status in (503, 503, 200):
        put(writer, "http://a.example/1", str(status).encode(), status=status)
    writer.close()
    assert found(Archive([tmp_path]), "http://a.example/1").status == 200


def test_a_304_is_passed_over(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "a")
    put(writer, "http://a.example/1", b"text")
    put(writer, "http://a.example/1", b"", AT.replace(hour=9), status=304)
    put(writer, "http://a.example/2", b"", status=304)
    writer.close()
    archive = Archive([tmp_path])
    assert found(archive, "http://a.example/1").body == b"text"
    assert archive.find("http://a.example/2") is None


REFERS = f"WARC-Refers-To-Target-URI: <http://a.example/1>\r\nWARC-Refers-To-Date: {DATE}\r\n"
DIGEST = "WARC-Payload-Digest: sha1:AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH\r\n"


@pytest.mark.parametrize("extra", [REFERS, DIGEST], ids=["by address and date", "by digest"])
def test_a_revisit_answers_with_the_body_it_refers_to(tmp_path: Path, extra: str) -> None:
    records = [
        record(b"HTTP/1.1 200 OK\r\n\r\n", "http://a.example/copy", "revisit", "2025-11-20T00:00:00Z", extra),
        record(response(b"<p>first", "Content-Type: text/html"), extra=DIGEST),
        record(response(b"<p>other"), "http://a.example/other"),
    ]
    answer = found(saved(tmp_path / "a.warc.gz", packed(*records)), "http://a.example/copy")
    assert (answer.url, answer.status, answer.body) == ("http://a.example/copy", 200, b"<p>first")
    assert answer.fetched_at == datetime(2025, 11, 20, tzinfo=UTC)


def test_a_revisit_that_refers_to_nothing_is_no_answer(tmp_path: Path) -> None:
    data = record(b"", "http://a.example/copy", "revisit", extra=REFERS) + record(response(b"x"), "http://a.example/2")
    assert saved(tmp_path / "a.warc", data).find("http://a.example/copy") is None


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        ("http://a.example/1", "http://a.example/1#top"),
        ("http://a.example/1#top", "http://a.example/1"),
        ("http://a.example/1", "https://a.example/1"),
        ("https://a.example/1?q=2", "http://a.example/1?q=2"),
        ("http://a.example", "http://a.example/"),
        ("http://A.example:80/1", "https://a.example/1"),
        ("http://a.example/新闻", "http://a.example/%E6%96%B0%E9%97%BB"),
    ],
)
def test_an_address_is_found_without_fragment_and_under_either_scheme(
    tmp_path: Path, recorded: str, asked: str
) -> None:
    archive = saved(tmp_path / "a.warc", record(response(b"x"), recorded))
    assert found(archive, asked).body == b"x"


@pytest.mark.parametrize(
    "asked",
    ["http://a.example/2", "http://a.example/1?q=2", "http://a.example/1/", "http://b.example/1", "", "http://["],
)
def test_another_address_is_not_found(tmp_path: Path, asked: str) -> None:
    archive = saved(tmp_path / "a.warc", record(response(b"x"), "http://a.example/1"))
    assert archive.find(asked) is None


def test_the_very_address_goes_before_its_other_scheme(tmp_path: Path) -> None:
    later = "2025-11-20T00:00:00Z"
    data = record(response(b"plain"), "http://a.example/1") + record(
        response(b"secure"), "https://a.example/1", date=later
    )
    archive = saved(tmp_path / "a.warc", data)
    assert found(archive, "http://a.example/1").body == b"plain"
    assert found(archive, "https://a.example/1").body == b"secure"


def test_a_redirect_to_https_does_not_answer_for_https(tmp_path: Path) -> None:
    """It would lead to itself for ever."""
    block = response(b"", "Location: https://a.example/1", status="HTTP/1.1 301 Moved")
    archive = saved(tmp_path / "a.warc", record(block))
    assert found(archive, "http://a.example/1").status == 301
    assert archive.find("https://a.example/1") is None


# -- broken files --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Capture]]:
    folder = tmp_path_factory.mktemp("whole")
    writer = ArchiveWriter(folder, "run")
    captures = [put(writer, f"http://a.example/{n}", b"%d" % n + bytes(range(256)) * 3) for n in range(4)]
    writer.close()
    return (folder / "run.warc.gz").read_bytes(), captures


@given(cut=st.integers(min_value=0, max_value=3000))
@example(cut=60)
@example(cut=1)
def test_a_file_cut_anywhere_gives_what_is_whole(
    tmp_path_factory: pytest.TempPathFactory, whole: tuple[bytes, list[Capture]], cut: int
) -> None:
    """A killed run leaves half a record at the end."""
    data, captures = whole
    cut %= len(data) + 1
    path = tmp_path_factory.getbasetemp() / "cut.warc.gz"
    path.write_bytes(data[:cut])
    archive = Archive([path])
    for capture in captures:
        answer = archive.find(capture.url)
        if capture.offset + capture.length <= cut:
            assert answer is not None
        if answer is not None:
            assert answer.body == capture.url[-1].encode() + bytes(range(256)) * 3


def test_an_uncompressed_file_that_breaks_off_gives_what_is_whole(tmp_path: Path) -> None:
    data = record(response(b"one")) + record(response(b"two two two"), "http://a.example/2")
    archive = saved(tmp_path / "a.warc", data[:-8])
    assert found(archive, "http://a.example/1").body == b"one"
    assert archive.find("http://a.example/2") is None


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<!doctype html><p>a page", "is no WARC file"),
        (gzip.compress(b"<!doctype html><p>a page"), "is no WARC file"),
        (b"\n\n\n\n", "is no WARC file"),
        (b"\x00\xff" * 500, "is no WARC file"),
        (gzip.compress(record(response(b"x")) * 3), "warcio recompress"),
    ],
    ids=["a page", "a packed page", "blank lines", "no text", "one gzip stream"],
)
def test_what_is_no_warc_is_said(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(BadFile, match=problem) as caught:
        saved(tmp_path / "a.warc.gz", data)
    assert "a.warc.gz" in str(caught.value)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "wild.warc"
    for wild in (data, b"WARC/1.0\r\n" + data, record(data), record(b"HTTP/1.1 200\r\n" + data)):
        path.write_bytes(wild)
        try:
            archive = Archive([path])
        except BadFile:
            continue
        archive.find("http://a.example/1")


def test_an_empty_file_has_no_answers(tmp_path: Path) -> None:
    assert len(saved(tmp_path / "a.warc.gz", b"")) == 0


def test_a_folder_without_warc_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"holds no \.warc"):
        Archive([tmp_path])


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        Archive([tmp_path / "none.warc.gz"])


def test_an_index_holds_no_bodies(tmp_path: Path) -> None:
    """Bodies are read when asked for: a file that went away is told then."""
    archive = saved(tmp_path / "a.warc", record(response(b"x")))
    (tmp_path / "a.warc").unlink()
    with pytest.raises(BadFile, match="cannot be read"):
        archive.find("http://a.example/1")


# -- one record ----------------------------------------------------------------------------------------------------


def test_a_record_is_read_at_its_place(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "site/run")
    put(writer, "http://a.example/1", b"one")
    capture = put(writer, "http://a.example/2", b"two")
    writer.close()
    answer = read_record(tmp_path, capture)
    assert (answer.url, answer.status, answer.body, answer.fetched_at) == ("http://a.example/2", 200, b"two", AT)
    assert (answer.path, answer.offset, answer.length) == (tmp_path / capture.file, capture.offset, capture.length)


def test_a_record_that_was_overwritten_is_told(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "run")
    capture = put(writer, "http://a.example/1", b"one")
    writer.close()
    with (tmp_path / capture.file).open("r+b") as file:
        file.seek(capture.offset)
        file.write(bytes(capture.length))
    with pytest.raises(BadFile, match="no WARC record at byte"):
        read_record(tmp_path, capture)


# -- page after page -----------------------------------------------------------------------------------------------


def test_pages_are_the_html_responses_decoded(tmp_path: Path) -> None:
    html = "Content-Type: text/html; charset=gb2312"
    records = [
        record(response(gzip.compress(b"<p>one"), html, "Content-Encoding: gzip")),
        record(response(b"%PDF", "Content-Type: application/pdf"), "http://a.example/2"),
        record(response(b"<p>gone", html, status="HTTP/1.1 404 Not Found"), "http://a.example/3"),
        record(response(b"<!DOCTYPE html><p>four"), "http://a.example/4"),
        record(response(b"just text"), "http://a.example/5"),
        record(response(b"<html/>", "Content-Type: application/xhtml+xml"), "http://a.example/6"),
    ]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(*records))
    given = list(pages(path))
    assert [(page.url[-1], page.body) for page in given] == [
        ("1", b"<p>one"),
        ("4", b"<!DOCTYPE html><p>four"),
        ("6", b"<html/>"),
    ]
    assert given[0].headers == (("Content-Type", "text/html; charset=gb2312"),)
    assert given[0].decoded() == b"<p>one"


def test_a_page_that_was_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=31)
    body = packer.compress(b"<p>begun") + packer.flush(zlib.Z_SYNC_FLUSH)
    path = tmp_path / "a.warc"
    path.write_bytes(record(response(body, "Content-Type: text/html", "Content-Encoding: gzip")))
    assert [page.body for page in pages(path)] == [b"<p>begun"]


def test_pages_of_what_is_no_warc_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<p>a page")
    with pytest.raises(BadFile, match="is no WARC"):
        list(pages(path))


# -- a look before a replay ----------------------------------------------------------------------------------------

NO_WARC = {
    "a readme": b"# A project\n\nWARC files are what it reads.\n",
    "a packed page": gzip.compress(b"<!doctype html><p>a page"),
    "a long packed page": gzip.compress(("<!doctype html>" + "".join(map(chr, range(33, 40_000)))).encode()),
    "gzip in name only": b"\x1f\x8b" + b"\xff" * 200,
    "blank lines": b"\n\n\n\n",
    "nothing": b"",
}
WARC = {
    "plain": record(response(b"<p>page")),
    "packed": packed(record(response(b"<p>page" * 500)), record(response(b"two"))),
    "a killed run's first bytes": packed(record(response(b"<p>page")))[:12],
    "a killed run's first record": packed(record(response(bytes(500))))[:-30],
}


@pytest.mark.parametrize("name", NO_WARC)
def test_a_file_that_is_no_warc_is_told_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(NO_WARC[name])
    with pytest.raises(BadFile, match=r"README\.md: is no WARC file"):
        check([path])


@pytest.mark.parametrize("name", WARC)
def test_a_warc_passes_the_look_and_is_read_no_further(tmp_path: Path, name: str) -> None:
    """What comes after the first bytes is the reader's business: rubbish behind them is not seen."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(WARC[name] if "killed" in name else WARC[name] + b"rubbish")
    check([path])


def test_a_folder_passes_the_look_where_it_holds_a_warc(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"holds no \.warc"):
        check([tmp_path])
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.warc").write_bytes(b"")
    check([tmp_path])


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        check([tmp_path / "gone.warc.gz"])


@pytest.mark.parametrize("name", sorted(NO_WARC.keys() - {"nothing"}))
def test_what_is_no_warc_is_refused_by_the_reader_too(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match="is no WARC file"):
        saved(tmp_path / "a.warc.gz", NO_WARC[name])
