"""A server on the loopback that misbehaves as told: raw asyncio streams, so that nothing tidies up what is sent."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from types import TracebackType

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def page(body: bytes = b"<p>page", *headers: str, status: str = "200 OK") -> Answer:
    """A plain answer with its Content-Length; the connection is kept."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return raw("\r\n".join(lines).encode() + body, keep=True)


def raw(data: bytes, *, keep: bool = False) -> Answer:
    """These very bytes; then the connection is closed unless it is kept."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        if not keep:
            writer.close()

    return answer


def endless(head: bytes, part: bytes) -> Answer:
    """``part`` for ever, until the other side goes away."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(part)
            await writer.drain()

    return answer


def redirect(url: str, status: str = "302 Found") -> Answer:
    return page(b"moved", f"Location: {url}", status=status)


def in_turn(*answers: Answer) -> Answer:
    """One after the other; the last one goes on."""
    left = list(answers)

    async def answer(writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(writer)

    return answer


async def silence(writer: asyncio.StreamWriter) -> None:
    """Nothing, until the other side goes away or the server is closed."""
    await asyncio.Event().wait()


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


class WireServer:
    """Serves ``answers`` by path from a thread of its own; a path that is not there is a 404.

    ``asked`` holds (monotonic seconds, path, header lines) of each request; ``sent`` the bytes sent, by path.
    """

    def __init__(
        self, answers: dict[str, Answer] | None = None, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> None:
        self.answers = answers or {}
        self.asked: list[tuple[float, str, list[str]]] = []
        self.sent: dict[str, int] = {}
        self._host = host
        self._tls = tls
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self.port = 0

    @property
    def origin(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._host}:{self.port}"

    def url(self, path: str) -> str:
        return self.origin + path

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def __enter__(self) -> WireServer:
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, self._host, 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._talk(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                self.asked.append((time.monotonic(), path, lines[1:-2]))
                await self.answers.get(path, page(b"not here", status="404 Not Found"))(_Counting(writer, self, path))
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass  # the other side went away: part of many a plan
        finally:
            writer.transport.abort()


class _Counting(asyncio.StreamWriter):
    """The stream's writer, counting what is written."""

    def __init__(self, writer: asyncio.StreamWriter, server: WireServer, path: str) -> None:
        self.__dict__.update(writer.__dict__)
        self._server, self._path = server, path

    def __del__(self, *args: object) -> None:
        """The stream is closed by the one that made it."""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._server.sent[self._path] = self._server.sent.get(self._path, 0) + len(data)
        super().write(data)
