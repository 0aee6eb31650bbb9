"""What the tests in this folder read the store with: programs of other languages, two servers, and a writer at work."""

from __future__ import annotations

import contextlib
import json
import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest
from lxml import html
from store_made import CLOCK

from newscrawl.options import Site
from newscrawl.store.settling import Settling
from newscrawl.terms import Policy

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
METADATA = EXAMPLES / "datasette" / "metadata.yml"
LINES: Callable[..., Iterator[str]] = runpy.run_path(str(EXAMPLES / "python" / "reprint.py"))["lines"]
"""What examples/python makes of a row and its related rows: the layout that all examples print."""
SITE = {"name": "晋阳转载", "handle": "晋阳编辑部", "language": "zh", "base": "https://jinyang.example"}


def introduce(path: Path, policy: Mapping[str, str]) -> None:
    """Write the reprinting site into the store, as every command does."""
    Settling(path, Policy(reprint=policy, outlets={}), Site(**SITE), CLOCK).settle()


def program(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed; `make test-web` installs it")
    return found


def run(*words: str | Path, fails: bool = False) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stderr if fails else done.stdout


# -- programs ---------------------------------------------------------------------------------------------------------


def by_python(path: Path, key: str) -> str:
    return run(sys.executable, EXAMPLES / "python" / "reprint.py", path, key)


def by_node(path: Path, key: str) -> str:
    return run(program("node"), EXAMPLES / "node" / "reprint.js", path, key)


def by_sqlite3(path: Path, key: str) -> str:
    """The sqlite3 program alone."""
    read = f".read '{EXAMPLES / 'sqlite' / 'reprint.sql'}'"
    return run(program("sqlite3"), "-list", f"file:{path}?mode=ro", f".param set :key '{key}'", read)


def built_in_go(folder: Path) -> str:
    """examples/go with Debian's copy of its driver."""
    target = folder / "reprint"
    env = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "cache")}
    command = [program("go"), "build", "-tags", "libsqlite3", "-o", str(target), str(EXAMPLES / "go" / "main.go")]
    subprocess.run(command, check=True, env=env, timeout=120)
    return str(target)


# -- servers ----------------------------------------------------------------------------------------------------------


@attrs.frozen
class Answer:
    status: int
    headers: Any
    text: str


@attrs.frozen
class Server:
    origin: str

    def get(self, path: str = "/", **query: str) -> Answer:
        address = self.origin + path + ("?" + urllib.parse.urlencode(query) if query else "")
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, answer.headers, answer.read().decode())


@contextlib.contextmanager
def serving(command: Callable[[int], list[str]], log: Path, **env: str) -> Iterator[Server]:
    """The server that ``command`` starts on a port of the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as said:
        process = subprocess.Popen(command(port), env=os.environ | env, stdout=said, stderr=said)
    try:
        end = time.monotonic() + 30
        while True:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield Server(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)


CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: http:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""The policy that the published pages carry, and that their host sends as a header."""
TYPES = {
    "feed.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""Of a file by its name, else by what its name ends in."""
_POLICY_META = re.compile(rb"<meta http-equiv=.?Content-Security-Policy[^>]*>", re.IGNORECASE)


@contextlib.contextmanager
def serving_site(folder: Path, *, csp: bool = True, under: str = "") -> Iterator[Server]:
    """The published ``folder`` on the loopback as a host of static files would serve it, at ``under`` (``/news``).

    With ``csp`` the policy is sent as a header, too; without it no header is sent and the pages have lost theirs.
    """

    class Host(_Static):
        root, policy, prefix = folder.resolve(), csp, under

    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as host:
        host.daemon_threads = True
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Server(f"http://127.0.0.1:{host.server_port}{under}")
        finally:
            host.shutdown()
            thread.join()


class _Static(BaseHTTPRequestHandler):
    root: Path
    policy: bool
    prefix: str

    def do_GET(self) -> None:
        asked = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        path = (self.root / asked.removeprefix(self.prefix).lstrip("/")).resolve()
        if path.is_dir() and not asked.endswith("/"):
            return self._answer(HTTPStatus.MOVED_PERMANENTLY, b"", Location=urllib.parse.quote(asked) + "/")
        path = path / "index.html" if path.is_dir() else path
        if not (asked.startswith(self.prefix) and path.is_relative_to(self.root) and path.is_file()):
            return self._file(HTTPStatus.NOT_FOUND, self.root / "404.html")
        return self._file(HTTPStatus.OK, path)

    def _file(self, status: HTTPStatus, path: Path) -> None:
        content = path.read_bytes()
        kind = TYPES.get(path.name) or TYPES[path.suffix]
        if kind.startswith("text/html") and not self.policy:
            content, found = _POLICY_META.subn(b"", content)
            assert found == 1, f"{path} carries {found} policies"
        headers = {"Content-Type": kind, "X-Content-Type-Options": "nosniff"}
        if self.policy:
            headers["Content-Security-Policy"] = CSP
        if path.parent.name == "static":
            headers["Cache-Control"] = "max-age=600"
        self._answer(status, content, **headers)

    def _answer(self, status: HTTPStatus, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        with contextlib.suppress(ConnectionError):  # a browser that goes on to another page waits for none
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """It says nothing."""


@contextlib.contextmanager
def php(path: Path) -> Iterator[Server]:
    page = EXAMPLES / "php" / "reprint.php"
    log = path.with_suffix(".php.log")
    with serving(
        lambda port: [program("php"), "-S", f"127.0.0.1:{port}", str(page)], log, NEWSCRAWL_DB=str(path)
    ) as server:
        yield server
    assert not re.search(r"PHP (Warning|Notice|Deprecated|Fatal)", log.read_text()), log.read_text()


@contextlib.contextmanager
def datasette(path: Path) -> Iterator[Server]:
    words = ["serve", str(path), "-m", str(METADATA), "--setting", "truncate_cells_html", "0", "--host", "127.0.0.1"]
    with serving(
        lambda port: [program("datasette"), *words, "--port", str(port)], path.with_suffix(".ds.log")
    ) as server:
        yield server


def by_datasette(server: Server, key: str) -> str:
    """The rows of its two canned queries, laid out as the examples do."""
    answers = [server.get(f"/news/{name}.json", key=key, _shape="array") for name in ("article", "beside")]
    assert [answer.status for answer in answers] == [200, 200], [answer.text for answer in answers]
    (article,), related = (json.loads(answer.text) for answer in answers)
    return "\n".join(LINES(article, related)) + "\n"


def by_php(server: Server, key: str) -> str:
    """The words of the page, laid out as the examples do."""
    answer = server.get(key=key)
    assert answer.status == 200, answer.text
    return "\n".join(_laid_out(html.fromstring(answer.text))) + "\n"


def _laid_out(page: html.HtmlElement) -> Iterator[str]:
    def words(path: str) -> list[str]:
        return [element.text_content() for element in page.cssselect(path)]

    yield " › ".join(words(".trail > a, .trail > span"))
    yield from ("", *words("h1"), *words(".under"))
    yield "  ".join(words(".facts > *"))
    yield from words(".correction")
    yield from ("", *words(".body > p:not(.whole)"))
    yield from ("", *words(".source"), *words(".disclaimer"))
    items = page.cssselect(".related li")
    if items:
        yield from ("", "相关")
    for item in items:
        day, kind, headline = (item.cssselect(path)[0].text_content() for path in ("time", ".when span", "h3"))
        yield f"{day:10}  {headline}  [{kind}]"
        yield from (" " * 12 + opening.text_content() for opening in item.cssselect(".opening"))
