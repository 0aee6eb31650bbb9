"""Articles that searches are tried on, and the index that is made of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newscrawl.publish.folder import Folder
from newscrawl.publish.searching import SearchIndex, normal
from newscrawl.store.reader import Change

Parts = Mapping[tuple[str, int], Sequence[Change]]
"""By day and number."""

HEADLINES = (
    *(
        "太原市新图书馆开馆",
        "大同古城办灯会",
        "AI助力煤矿巡检",
        "ＡＩ写诗谁是作者",
        "Taiyuan opens a library",
        "5G上山",
    ),
    *(
        "𠮷野家在太原开店",
        "ΟΔΟΣ街头音乐会",
        "太 原 三 字",
        "<img src=x onerror=alert(1)>",
        '"引号"与\\斜线',
        "İstanbul来客",
    ),
    "{n} $& ${root} __proto__",
)


def change(
    number: int, headline: str | None, at: str = "2025-11-19T08:00:00Z", topics: Sequence[str] = (), **fields: Any
) -> Change:
    row = {
        "id": number,
        "key": f"morning:{number}",
        "headline": headline,
        "subheadline": None,
        "authors": [],
        "account": None,
        "credit": None,
        "published_at": at,
        "published_local": f"{at[:16]}+08:00",
        "first_seen_at": at,
        "source_name": "晨网",
        "language": "zh",
    }
    about = [{"article_id": number, "topic": topic, "kind": "place", "position": 1} for topic in topics]
    return Change(
        seq=number,
        at=at,
        kind="added",
        origin="publisher",
        fields=(),
        article_id=number,
        key=f"morning:{number}",
        article=row | fields,
        topics=about,
    )


def told(root: Path, parts: Parts, *, over: SearchIndex | None = None) -> SearchIndex:
    """The index in ``root``, told ``parts``."""
    index = over or SearchIndex(Folder(root))
    for (day, number), articles in parts.items():
        index.part(day, number, articles)
    index.finish()
    index.settled()
    return index


def dealt(parts: int) -> Parts:
    """An article for each of HEADLINES, numbered as they are, in so many parts of a day."""
    articles = [change(number, headline) for number, headline in enumerate(HEADLINES)]
    return {("2025-11-19", number + 1): articles[number::parts] for number in range(parts)}


def pieces(text: str) -> Iterator[str]:
    """Every piece of every word of it."""
    for word in normal(text).split():
        for start in range(len(word)):
            for end in range(start + 1, len(word) + 1):
                yield word[start:end]


def asked(query: str) -> list[str]:
    """The words of a query as static/search.js takes them: without the marks round them."""
    words = normal(query).split()
    return [word.strip("".join(filter(_is_mark, word))) or word for word in words]


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("P")


def holding(*words: str) -> set[int]:
    """Numbers of HEADLINES that hold all words."""
    wanted = asked(" ".join(words))
    return {n for n, headline in enumerate(HEADLINES) if all(word in normal(headline) for word in wanted)}
