"""Made-up articles, links and stores for the tests of the store."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.clock import Clock
from newscrawl.items import Article, Capture, Crumb, Dateline, Image, Link, Printed, Related

NOW = datetime(2025, 11, 19, 9, tzinfo=UTC)
CLOCK = Clock(NOW)
DISCLAIMER = "本站转载内容均注明来源，不对其准确性作任何保证。"


def printed(local: str = "2025-11-19T16:29+08:00", raw: str | None = None) -> Printed:
    at = datetime.fromisoformat(local)
    at = at if at.tzinfo else datetime.fromisoformat(local + "T00:00+08:00")
    return Printed(at=at.astimezone(UTC), local=local, raw=raw or local.replace("T", " "))


def article(number: int | str = 1, source: str = "morning", **fields: Any) -> Article:
    """A short article; every number has its own headline and text."""
    values: dict[str, Any] = {
        "key": f"{source}:{number}",
        "source": source,
        "url": f"https://{source}.example/gn/{number}.shtml",
        "language": "zh",
        "headline": f"晋阳湖畔第{number}座图书馆开馆",
        "body_text": f"晨网太原11月19日电 (林一)第{number}座图书馆开馆。\n馆内藏书三万册。",
        "body_html": f"<p>晨网太原11月19日电 (林一)第{number}座图书馆开馆。</p><p>馆内藏书三万册。</p>",
        "published": printed(),
        "disclaimer": DISCLAIMER,
        "disclaimer_version": "zh-1",
    }
    return Article(**values | fields)


def full_article() -> Article:
    """An article in which nothing is missing."""
    body = "晨网太原11月19日电 (林一 周二)湖边新馆今日迎客。\n读者排起长队。"
    return article(
        9,
        headline="湖边新馆迎客",
        subheadline="读者排起长队",
        section="社会",
        breadcrumbs=(Crumb(name="首页", url="https://morning.example/"), Crumb(name="社会")),
        dateline=Dateline(
            raw="晨网太原11月19日电 (林一 周二)",
            agency="晨网",
            place=("太原", "晋中"),
            month=11,
            day=19,
            year=2025,
            form="电",
            reporters=("林一", "周二"),
            end=len("晨网太原11月19日电 (林一 周二)"),
        ),
        authors=("林一", "周二"),
        correspondents=("吴三",),
        account="湖边读书",
        editors=("郑四",),
        credit="湖报",
        credit_url="https://lake.example/",
        modified=printed("2025-11-19T17:00:30+08:00"),
        body_text=body,
        body_html="<p>" + body.replace("\n", "</p><p>") + "</p>",
        images=(Image(url="https://img.example/1.jpg", caption="新馆外景", credit="王五", alt="外景"),),
        keywords=("图书馆", "阅读"),
        related=(
            Related(
                headline="旧馆谢幕",
                url="https://morning.example/gn/8.shtml",
                key="morning:8",
                published=printed("2025-11-18"),
                summary="旧馆昨日谢幕。",
            ),
            Related(headline="别家的消息", url="https://other.example/1"),
        ),
        correction="更正：开馆时间应为九时。",
        robots=("max-image-preview:large",),
        answered_by={"headline": "selector", "published": "jsonld"},
        captures=(capture(0), capture(1)),
    )


def capture(number: int = 0) -> Capture:
    return Capture(
        url=f"https://morning.example/gn/9_{number + 1}.shtml",
        file="morning/2025-11-19.warc.gz",
        offset=1000 * number,
        length=900,
        fetched_at=NOW,
    )


def link(number: int | str = 1, source: str = "morning", **fields: Any) -> Link:
    values: dict[str, Any] = {
        "source": source,
        "key": f"{source}:{number}",
        "url": f"http://www.{source}.example/gn/{number}.shtml",
        "found_in": f"https://{source}.example/scroll/1.html",
    }
    return Link(**values | fields)


def rows(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Through stock sqlite3, as a downstream site reads."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def column(path: Path, sql: str, *values: Any) -> list[Any]:
    return [row[0] for row in rows(path, sql, *values)]


def operate(path: Path, *statements: str) -> None:
    """Do to the store what no class of it does yet."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            for statement in statements:
                connection.execute(statement)
    finally:
        connection.close()


def found(path: Path, phrase: str) -> list[str]:
    """Keys that the full-text index gives for a MATCH expression."""
    return column(
        path,
        "SELECT a.key FROM search JOIN articles AS a ON a.id = search.rowid WHERE search MATCH ? ORDER BY a.key",
        phrase,
    )
