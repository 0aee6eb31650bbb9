"""Article -> Article: the bands of its text, by which the store finds other versions of the same story."""

from __future__ import annotations

import attrs

from newscrawl.items import Article
from newscrawl.topics.shingles import bands


def group(article: Article) -> Article:
    """With ``bands`` (:mod:`newscrawl.topics.shingles`). Which articles are one story is seen where all of them are: in
    the store."""
    return attrs.evolve(article, bands=bands(article.headline, article.body_text))


class Group:
    def process_item(self, item: Article) -> Article:
        return group(item)
