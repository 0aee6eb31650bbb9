"""Scrapy as operators run it: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
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


@attrs.define
class Desk:
    """A folder with a store and an archive, and the settings its commands run with."""

    folder: Path
    settings: dict[str, str] = attrs.Factory(dict)
    env: dict[str, str] = attrs.Factory(dict)

    @property
    def db(self) -> Path:
        return self.folder / "data" / "news.db"

    @property
    def archive(self) -> Path:
        return self.folder / "data" / "archive"

    def start(self, *words: str, settings: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        chosen = self.settings | dict(settings or {})
        flags = [word for name, value in chosen.items() for word in ("-s", f"{name}={value}")]
        env = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")} | {
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
            "PYTHONPATH": str(TESTS),
            "COLUMNS": "120",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", words[0], *flags, *words[1:]],
            cwd=self.folder,
            env=env | self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def scrapy(self, *words: str, settings: Mapping[str, str] | None = None) -> Done:
        process = self.start(*words, settings=settings)
        try:
            out, err = process.communicate(timeout=100)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"scrapy {' '.join(words)} hangs\n{err[-5000:]}") from None
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
