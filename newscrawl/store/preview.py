"""What an article would be as a row of ``published``, before anybody stored it."""

from __future__ import annotations

import json

from newscrawl.items import Article, Json
from newscrawl.store.reader import JSON_COLUMNS
from newscrawl.store.rows import related, revision
from newscrawl.store.views import COLUMNS
from newscrawl.topics import topics_of


def published_row(article: Article) -> Json:
    """Every column of ``published`` in its order, JSON columns decoded; what only the store can say is None.

    ``related`` and ``topics`` stand at the end, as the views of those names would have them.
    """
    known = {"key": article.key, "source": article.source, "url": article.url} | revision(article)
    row = {name: known.get(name) for name in COLUMNS["published"]}
    row |= {name: json.loads(known[name]) for name in JSON_COLUMNS}
    topics = [{"topic": topic.topic, "kind": topic.kind, "position": topic.position} for topic in topics_of(article)]
    return row | {"related": related(article), "topics": topics}
