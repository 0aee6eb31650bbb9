"""Bombs, endless answers, broken answers, silence, bad certificates: each has a name and a count, and the run ends."""

from __future__ import annotations

import gzip
import ssl
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from wire_probe import Crawled, crawl
from wire_server import Answer, WireServer, endless, in_turn, page, raw, redirect, reset, silence

from newscrawl.archive.encoding import zstd

LIMIT = 1_000_000
ZEROS = bytes(40_000_000)
HTML = "Content-Type: text/html"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
STORY = ("<p>" + "城南的旧书店今天又开张了。" * 300).encode()
HALF = gzip.compress(STORY)[:-30]


def packed(body: bytes, coding: str) -> Answer:
    return page(body, HTML, f"Content-Encoding: {coding}")


ANSWERS: dict[str, tuple[Answer, str]] = {
    "/bomb/gzip": (packed(gzip.compress(ZEROS, 1), "gzip"), "body_too_long"),
    "/bomb/deflate": (packed(zlib.compress(ZEROS, 1), "deflate"), "body_too_long"),
    "/bomb/br": (packed(brotli.compress(ZEROS, quality=1), "br"), "body_too_long"),
    "/bomb/zstd": (packed(zstd.compress(ZEROS), "zstd"), "body_too_long"),
    "/bomb/twice": (packed(gzip.compress(gzip.compress(ZEROS, 9)), "gzip, gzip"), "body_too_long"),
    "/long/announced": (raw(OK + b"Content-Length: 999999999\r\n\r\n<p>"), "body_too_long"),
    "/endless/body": (endless(OK + b"\r\n", b"<p>more" * 1000), "body_too_long"),
    "/endless/chunks": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n%s\r\n" % bytes(1024)),
        "body_too_long",
    ),
    "/endless/headers": (endless(OK, b"X-More: %s\r\n" % (b"x" * 1000)), "headers_too_long"),
    "/endless/folded": (endless(OK + b"X-More: x\r\n", b" %s\r\n" % (b"x" * 1000)), "headers_too_long"),
    "/endless/hints": (endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"), "headers_too_long"),
    "/endless/line": (endless(OK + b"X-More: ", b"x" * 1000), "connection_failed"),
    "/half/gzip": (packed(HALF, "gzip"), "body_broken"),
    "/not/gzip": (packed(b"<p>plain", "gzip"), "body_broken"),
    "/half/body": (raw(OK + b"Content-Length: 500\r\n\r\n<p>begun"), "connection_lost"),
    "/silence": (silence, "timeout"),
    "/silence/in/body": (raw(OK + b"Content-Length: 500\r\n\r\n<p>begun", keep=True), "timeout"),
    "/reset": (reset, "connection_failed"),
    "/no/http": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "connection_failed"),
    "/404": (page(status="404 Not Found"), "http_404"),
    "/410": (page(status="410 Gone"), "http_410"),
    "/500": (page(status="500 Oops"), "http_500"),
    "/circle": (redirect("/circle"), "ignored"),
}
RETRIED = {"/half/gzip", "/not/gzip", "/half/body", "/silence", "/silence/in/body", "/reset", "/no/http", "/500"}
RETRIED |= {"/endless/line"}


def self_signed(folder: Path, name: str) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "tls.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    return context


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    good = {"/robots.txt": page(b""), "/good": page(STORY, HTML)}
    good["/second/time"] = in_turn(packed(HALF, "gzip"), packed(gzip.compress(STORY), "gzip"))
    good["/good/head"] = page(STORY, f"X-Long: {'x' * 15_000}", *(f"X-{n}: {'y' * 1000}" for n in range(100)))
    with WireServer(good | {path: answer for path, (answer, _) in ANSWERS.items()}) as server:
        yield server


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireServer]:
    folder = tmp_path_factory.mktemp("tls")
    with WireServer({"/robots.txt": page(b""), "/page": page()}, tls=self_signed(folder, "local")) as server:
        yield server


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, server: WireServer, tls: WireServer) -> Crawled:
    urls = [server.url(path) for path in (*ANSWERS, "/good", "/good/head", "/second/time")] + [tls.url("/page")]
    settings = {"DOWNLOAD_MAXSIZE": LIMIT, "DOWNLOAD_WARNSIZE": 0, "DOWNLOAD_TIMEOUT": 1.5, "CONCURRENT_REQUESTS": 4}
    return crawl(tmp_path_factory.mktemp("limits"), urls, settings)


@pytest.mark.parametrize("path", ANSWERS)
def test_it_ends_by_its_name(server: WireServer, crawled: Crawled, path: str) -> None:
    assert crawled.word(server.url(path)) == ANSWERS[path][1]


@pytest.mark.parametrize("path", ANSWERS)
def test_what_may_be_better_next_time_is_asked_again_and_a_refusal_is_not(
    server: WireServer, crawled: Crawled, path: str
) -> None:
    times = server.paths().count(path)
    if path == "/circle":
        assert times == 6  # REDIRECT_MAX_TIMES and the first
    elif path == "/reset":
        assert 2 <= times <= 4  # of the two asked by us, Twisted asks each again that was sent on a kept connection
    else:
        assert times == (2 if path in RETRIED else 1)


def test_we_ask_again_once_and_for_nothing_else(crawled: Crawled) -> None:
    """What we ask, apart from what Twisted does below: each of RETRIED once more, and /second/time."""
    assert crawled.stats["retry/count"] == len(RETRIED) + 1
    assert crawled.stats["retry/max_reached"] == len(RETRIED)


def test_nothing_that_a_server_does_is_taken_for_a_bug(crawled: Crawled) -> None:
    assert crawled.bugs() == {}


def test_memory_stays_bounded(server: WireServer, crawled: Crawled) -> None:
    """Five bombs of 40 MB and six endless answers, at a limit of 1 MB a page."""
    assert crawled.grown < 60_000_000
    for path in ANSWERS:
        assert server.sent.get(path, 0) < 12_000_000, path  # what fits the buffers of two sockets


def test_good_pages_come_through(server: WireServer, crawled: Crawled) -> None:
    """Also one with a long head, and one that broke off the first time."""
    assert [crawled.got[server.url(path)]["length"] for path in ("/good", "/good/head", "/second/time")] == [
        len(STORY)
    ] * 3


def test_refusals_are_counted_and_the_run_finishes(crawled: Crawled) -> None:
    counts = {
        word: sum(1 for _, expected in ANSWERS.values() if expected == word)
        for word in ("body_too_long", "headers_too_long", "body_broken")
    }
    assert {word: crawled.stats[f"newscrawl/refused/{word}"] for word in counts} == counts
    assert crawled.stats["retry/reason_count/body_broken"] == 3
    assert crawled.stats["finish_reason"] == "finished"
    assert "spider_exceptions/count" not in crawled.stats


def test_a_self_signed_certificate_is_refused(tls: WireServer, crawled: Crawled) -> None:
    """Scrapy's default takes any certificate. Not asked twice: it will not be better the second time."""
    assert crawled.word(tls.url("/page")) == "tls_certificate"
    assert tls.paths() == []
    assert crawled.stats["newscrawl/refused/tls_certificate"] >= 1
