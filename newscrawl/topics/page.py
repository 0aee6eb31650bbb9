"""The topics a page states itself: where its dateline (电头) stands, its section (栏目), the publisher's keywords."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from newscrawl.items import Article

Kind = Literal["place", "section", "keyword"]


@frozen(kw_only=True)
class Topic:
    """One thing a story is about."""

    topic: str
    """As the page prints it: '太原', '国内'."""
    kind: Kind
    position: int
    """1 = the breadcrumb's."""


def topics_of(article: Article) -> tuple[Topic, ...]:
    """What ``article`` is about, position 1 first: the dateline's places, then the section, then the keywords.

    So the breadcrumb's topic is the place where there is one, else the section, else the first keyword. A word that
    comes twice counts once, where it came first. Nothing is guessed from headline or body.
    """
    found: dict[str, Kind] = {}
    for kind, word in _stated(article):
        if topic := " ".join(word.split()):
            found.setdefault(topic, kind)
    return tuple(
        Topic(topic=topic, kind=kind, position=position) for position, (topic, kind) in enumerate(found.items(), 1)
    )


def _stated(article: Article) -> Iterator[tuple[Kind, str]]:
    place = article.dateline.place if article.dateline else None
    for name in (place,) if isinstance(place, str) else place or ():
        yield "place", name
    if article.section:
        yield "section", article.section
    for keyword in article.keywords:
        yield "keyword", keyword
