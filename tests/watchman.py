"""Who is told how a run ended: a server on the loopback that notes what it is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import attrs


@attrs.define
class Watchman:
    """Notes who asked what, with which words; answers with the statuses of ``answers``, one each, then with 200."""

    url: str = ""
    heard: list[tuple[str, str, str]] = attrs.Factory(list)
    answers: list[int] = attrs.Factory(list)
    silent: threading.Event = attrs.Factory(threading.Event)
    """Set: nobody has to wait (any more)."""
    agents: list[str | None] = attrs.Factory(list)


@contextmanager
def watching() -> Iterator[Watchman]:
    watchman = Watchman()
    watchman.silent.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            watchman.heard.append((self.command, self.path, body))
            watchman.agents.append(self.headers["User-Agent"])
            watchman.silent.wait(10)
            self.send_response(watchman.answers.pop(0) if watchman.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    watchman.url = f"http://127.0.0.1:{server.server_port}/uuid"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield watchman
    finally:
        watchman.silent.set()
        server.shutdown()
        server.server_close()
        thread.join()
