"""What stands beside an article on its page: other versions of its story, and articles on its topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from newscrawl.items import Json
from newscrawl.publish.when import Moment
from newscrawl.publish.when import beside as moment_beside

MOST_RELATED = 6
MOST_OF_A_STORY = 10


@frozen(kw_only=True)
class Beside:
    """An article beside another."""

    kind: str
    """'story', 'page' or 'topic'."""
    headline: str
    summary: str | None
    """Its opening."""
    published: Moment | None
    """In the zone of the article it stands beside."""
    id: int | None
    """Where the site has a page of it."""
    url: str | None
    """Its address at its publisher's, as stored; hostile."""
    is_on_topic: bool
    """Whether it is on the first topic of the article it stands beside: the store has it there, or its headline says
    so."""


def beside(related: Sequence[Json], *, topic: str | None, local: str | None) -> list[Beside]:
    """Versions of the story first; then at most six of the page's own related articles, and those on its topics where
    these are fewer. Each once.

    ``related``: rows of a reader, or a page's own as it was read. ``topic``, ``local``: the article's first topic, and
    its ``published_local``.
    """
    stories = [row for row in related if row["kind"] == "story"]
    others = sorted((row for row in related if row["kind"] != "story"), key=_order)
    once = list(_once(sorted(stories, key=_order)[:MOST_OF_A_STORY] + others))
    of_story = sum(row["kind"] == "story" for row in once)
    return [_shown(row, topic, local) for row in once[: of_story + MOST_RELATED]]


def are_on_topic(shown: Sequence[Beside]) -> bool:
    """Whether the topic may stand above them: more than half are on it."""
    return sum(one.is_on_topic for one in shown) * 2 > len(shown)


def _order(row: Json) -> tuple[bool, int]:
    return row["kind"] == "topic", row["position"]


def _once(rows: list[Json]) -> Iterator[Json]:
    seen = set()
    for row in rows:
        name = row.get("related_id") or row["url"] or row["headline"]
        if name not in seen:
            seen.add(name)
            yield row


def _shown(row: Json, topic: str | None, local: str | None) -> Beside:
    return Beside(
        kind=row["kind"],
        headline=row["headline"],
        summary=row["summary"],
        published=moment_beside(row["published_at"], local),
        id=row.get("related_id"),
        url=row["url"],
        is_on_topic=bool(row.get("shares_topic")) or bool(topic and topic in row["headline"]),
    )
