"""A store and the site that is published from it, for the tests of both."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
from exported import SITE
from store_made import NOW, article, link, printed

from newscrawl.clock import Clock
from newscrawl.errors import Reason
from newscrawl.items import Address, Article, Dateline
from newscrawl.options import Site
from newscrawl.publish.folder import OWN
from newscrawl.publish.site import Published, publish
from newscrawl.store.frontier import Frontier
from newscrawl.store.reader import Reader
from newscrawl.store.settling import Settling
from newscrawl.store.takedown import close, compact, erase, pending, take_back, withdraw
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy

SOURCES = [
    Publisher(slug="morning", name="晨网", home="https://morning.example/", language="zh"),
    Publisher(slug="evening", name="晚网", home="https://evening.example/", language="zh"),
]
FRESH = timedelta(days=365)


@attrs.define
class House:
    """A folder with a store and a site."""

    folder: Path
    hours: float = 0
    """By which its clock is ahead of store_made.NOW."""

    @property
    def db(self) -> Path:
        return self.folder / "news.db"

    @property
    def root(self) -> Path:
        return self.folder / "site"

    @property
    def clock(self) -> Clock:
        return Clock(NOW + timedelta(hours=self.hours))

    def keep(self, *articles: Article) -> None:
        """As a crawl that found their links."""
        with closing(Frontier(self.db, self.clock, recheck=FRESH)) as frontier:
            frontier.record([link(one.key.partition(":")[2], one.source) for one in articles])
        with Writer(self.db, sources=SOURCES, clock=self.clock, recheck=FRESH) as writer:
            for one in articles:
                writer.add(one)

    def vanish(self, key: str) -> None:
        """The publisher says twice that it is gone."""
        for _ in range(2):
            self.hours += 3
            with Writer(self.db, clock=self.clock, recheck=FRESH) as writer:
                writer.gone(key, Reason.GONE)

    def settle(self, reprint: dict[str, str] | None = None) -> None:
        """Put the store on another policy."""
        Settling(self.db, Policy(reprint=reprint or {}, outlets={}), SITE, self.clock).settle()

    def take_down(self, key: str) -> None:
        """As the command does it, but for an archive."""
        self.hours += 1
        address = Address(key=key, url=f"https://morning.example/gn/{key.partition(':')[2]}.shtml")
        withdraw(self.db, address, "morning", "法院裁定", self.clock)
        erase(self.db, pending(self.db), self.clock)
        mark = compact(self.db)
        assert mark is not None
        close(self.db, mark)

    def taken_down(self) -> list[str]:
        """Keys that were."""
        with Reader(self.db) as reader:
            return [
                row["key"] for row in reader.rows("SELECT key FROM articles WHERE state = 'withdrawn' ORDER BY key")
            ]

    def take_back(self, key: str) -> None:
        """Its page is to be kept again after this."""
        self.hours += 1
        take_back(self.db, key, self.clock)

    def publish(self, site: Site = SITE, root: Path | None = None, **more: Any) -> Published:
        with Reader(self.db) as reader:
            return publish(reader, root or self.root, site, now=self.clock.now(), **more)

    def id(self, key: str) -> int:
        with Reader(self.db) as reader:
            found = reader.rows("SELECT id FROM articles WHERE key = ?", (key,))
        return int(found[0]["id"])

    def page(self, key: str) -> str:
        return (self.root / "a" / str(self.id(key)) / "index.html").read_text("utf-8")

    def read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a site, by its path within it; newscrawl's own folder left out."""
    files = (path for path in root.rglob("*") if path.is_file())
    named = {path.relative_to(root).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in sorted(named.items()) if not name.startswith(f"{OWN}/")}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def holding(root: Path, *words: str) -> set[str]:
    """Files below ``root``, newscrawl's own among them, that hold any of the words."""
    forms = [
        form for word in words for form in (word.encode(), word.encode("unicode_escape"), word.encode("utf-16-le"))
    ]
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    }


def news(number: int, topic: str = "太原", day: str = "2025-11-19", **more: Any) -> Article:
    """An article about a place, with a headline and a text of its own."""

    month, of_month = int(day[5:7]), int(day[8:])
    raw = f"晨网{topic}{month}月{of_month}日电"
    text = f"{raw} 第{number}号消息说，{chr(0x4E00 + number * 37)}{chr(0x5E00 + number * 53)}的事有了下文。"
    fields: dict[str, Any] = {
        "headline": f"{topic}第{number}号消息：{chr(0x6C00 + number * 61)}{chr(0x7D00 + number * 41)}开馆",
        "dateline": Dateline(
            raw=raw, agency="晨网", place=(topic,), month=month, day=of_month, form="电", end=len(raw)
        ),
        "body_text": text,
        "body_html": f"<p>{text}</p>",
        "section": "社会",
        "published": printed(f"{day}T{8 + number % 12:02}:{number % 60:02}+08:00"),
    }
    return article(number, **fields | more)


def ids(house: House, keys: Iterable[str]) -> set[str]:
    return {f"a/{house.id(key)}/index.html" for key in keys}
