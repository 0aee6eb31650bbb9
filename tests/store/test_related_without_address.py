"""What a page lists without an address is read, and is no row of the store: its rows lead somewhere."""

from __future__ import annotations

from newscrawl.items import Article, Related
from newscrawl.store import rows


def test_only_what_has_an_address_becomes_a_row() -> None:
    listed = (
        Related(headline="太原哪里看秋叶好", url=None, summary="西山一带十月中旬开始变红…"),
        Related(headline="城东新桥通车", url="https://news.example.com/a/2.html"),
    )
    article = Article(
        key="demo:1", source="demo", url="https://news.example.com/a/1.html", language="zh", related=listed
    )
    assert [(row["position"], row["headline"]) for row in rows.related(article)] == [(1, "城东新桥通车")]
