"""What stands beside an article on its page: other versions of its story, and articles on its topics."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from newscrawl.items import Json
from newscrawl.publish.when import Moment
from newscrawl.publish.when import beside as moment_beside
from newscrawl.store.reader import Change

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


def beside(change: Change) -> list[Beside]:
    """Versions of the story first; then at most six of the page's own related articles, and those on its topics where
    these are fewer. Each once."""
    stories = [row for row in change.related if row["kind"] == "story"]
    others = sorted((row for row in change.related if row["kind"] != "story"), key=_order)
    local = change.article["published_local"] if change.article else None
    once = list(_once(sorted(stories, key=_order)[:MOST_OF_A_STORY] + others))
    of_story = sum(row["kind"] == "story" for row in once)
    return [_shown(row, local) for row in once[: of_story + MOST_RELATED]]


def _order(row: Json) -> tuple[bool, int]:
    return row["kind"] == "topic", row["position"]


def _once(rows: list[Json]) -> Iterator[Json]:
    seen = set()
    for row in rows:
        name = row["related_id"] or row["url"] or row["headline"]
        if name not in seen:
            seen.add(name)
            yield row


def _shown(row: Json, local: str | None) -> Beside:
    return Beside(
        kind=row["kind"],
        headline=row["headline"],
        summary=row["summary"],
        published=moment_beside(row["published_at"], local),
        id=row["related_id"],
        url=row["url"],
    )
