"""Scrapy as operators run it: a process of its own, in a folder of its own.

The process is forked from one that has imported what a crawl imports (tests/preloaded.py); where an environment is to
be seen from the first import on, or a namespace to be entered, it is a new Python.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import attrs

TESTS = Path(__file__).resolve().parent
NOW = "2025-11-19T09:00:00Z"

QUICK = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "RETRY_TIMES": "0",
    "DOWNLOAD_TIMEOUT": "5",
    "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
    "NEWSCRAWL_NOW": NOW,
}


_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["preloaded"])


def _start_the_server() -> None:
    """Where it cannot import what it is to have imported, it says nothing and has it not: it is told where to look."""
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS), *([path] if path else [])])
    forkserver.ensure_running()
    if path is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = path


_numbers = itertools.count()


class Running:
    """A ``scrapy`` process; it has what subprocess.Popen has of the same names."""

    def __init__(self, words: list[str], folder: Path, env: Mapping[str, str], inside: tuple[str, ...] = ()) -> None:
        self._said = [folder / f".{next(_numbers)}.{name}" for name in ("out", "err")]
        if inside or "PYTHONWARNINGS" in env:
            command = [*inside, sys.executable, "-m", "scrapy", *words]
            with self._said[0].open("w") as out, self._said[1].open("w") as err:
                self._process: Any = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=err)
            self._join = self._process.wait
        else:
            _start_the_server()
            paths = [str(path) for path in self._said]
            self._process = _forks.Process(target=_forked, args=(words, str(folder), dict(env), *paths))
            self._process.start()
            self._join = self._process.join
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        code: int | None
        code = self._process.poll() if isinstance(self._process, subprocess.Popen) else self._process.exitcode
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        self._join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("scrapy", timeout or 0)
        out, err = (path.read_text(errors="replace") for path in self._said)
        return out, err

    def wait(self, timeout: float | None = None) -> int:
        self.communicate(timeout)
        assert self.returncode is not None
        return self.returncode

    def poll(self) -> int | None:
        return self.returncode

    def hear(self, words: str, timeout: float = 30) -> None:
        """Return when it has logged ``words``."""
        end, log = time.monotonic() + timeout, ""
        while words not in log:
            assert self.poll() is None, f"ended without: {words}\n{log[-5000:]}"
            assert time.monotonic() < end, f"never said: {words}\n{log[-5000:]}"
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._join(0.02)
            log = self._said[1].read_text(errors="replace") if self._said[1].exists() else ""

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _forked(*arguments: Any) -> None:
    from preloaded import main

    main(*arguments)


@attrs.define
class Desk:
    """A folder with a store and an archive, and the settings its commands run with."""

    folder: Path
    settings: dict[str, str] = attrs.Factory(dict)
    env: dict[str, str] = attrs.Factory(dict)
    inside: tuple[str, ...] = ()
    """A command that runs the rest of its words somewhere else: tests/crawl/small_disk.py."""

    @property
    def db(self) -> Path:
        return self.folder / "data" / "news.db"

    @property
    def archive(self) -> Path:
        return self.folder / "data" / "archive"

    def start(self, *words: str, settings: Mapping[str, str] | None = None) -> Running:
        chosen = self.settings | dict(settings or {})
        flags = [word for name, value in chosen.items() for word in ("-s", f"{name}={value}")]
        env = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")} | {
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
            "PYTHONPATH": str(TESTS),
            "COLUMNS": "120",
        }
        return Running([words[0], *flags, *words[1:]], self.folder, env | self.env, self.inside)

    def scrapy(self, *words: str, settings: Mapping[str, str] | None = None) -> Done:
        process = self.start(*words, settings=settings)
        try:
            out, err = process.communicate(timeout=100)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"scrapy {' '.join(words)} hangs\n{err[-5000:]}") from None
        assert process.returncode is not None
        return Done(code=process.returncode, out=out, err=err)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Through stock sqlite3, as a downstream site reads."""
        connection = sqlite3.connect(self.db)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def column(self, sql: str, *values: Any) -> list[Any]:
        return [row[0] for row in self.rows(sql, *values)]


@attrs.define
class Done:
    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.err.rstrip().rsplit("\n", 1)[-1]
