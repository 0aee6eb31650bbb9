"""Prints one article of the store as a reprint page in plain text. Python's own sqlite3, nothing to install.

python examples/python/reprint.py data/news.db chinanews:10518665
"""

import json
import sqlite3
import sys
from pathlib import Path

ARTICLE = """
    SELECT site.name AS site, site.handle, p.*, (
        SELECT topic FROM published_topics WHERE article_id = p.id AND position = 1) AS topic
    FROM published AS p, site
    WHERE p.key = ?"""
RELATED = """
    SELECT kind, date(published_at, '+08:00') AS day, headline, summary,
        min((CASE kind WHEN 'story' THEN 0 WHEN 'page' THEN 1 ELSE 2 END) * 1000 + position) AS place
    FROM published_related
    WHERE article_id = ?
    GROUP BY coalesce(related_id, url, headline)
    ORDER BY place
    LIMIT 6"""
KINDS = {"story": "同一报道", "page": "原文链接", "topic": "同一话题"}


def read(path, key):
    """The article and its related ones as of one moment; (None, []) where it may not be shown."""
    store = sqlite3.connect(Path(path).absolute().as_uri() + "?mode=ro", uri=True, isolation_level=None)
    store.row_factory = sqlite3.Row
    try:
        store.execute("BEGIN")
        article = store.execute(ARTICLE, (key,)).fetchone()
        related = store.execute(RELATED, (article["id"],)).fetchall() if article else []
        store.execute("COMMIT")
    finally:
        store.close()
    return article, related


def lines(article, related):
    yield " › ".join(part for part in (article["site"], "热点", article["topic"], article["headline"]) if part)
    yield from ("", article["headline"])
    if article["subheadline"]:
        yield article["subheadline"]
    facts = [(article["published_local"] or "").replace("T", " ")[:16], "转载：" + article["handle"]]
    if authors := json.loads(article["authors"]):
        facts.append("作者：" + "、".join(authors))
    facts.append("来源：" + (article["credit"] or article["source_name"]))
    yield "  ".join(fact for fact in facts if fact)
    if article["correction"]:
        yield article["correction"]
    if text := article["body_text"] or article["summary"]:
        yield from ("", text)
    yield from ("", "文章来源：" + article["url"])
    if article["disclaimer"]:
        yield "免责声明：" + article["disclaimer"]
    if related:
        yield from ("", "相关")
    for item in related:
        yield f"{item['day'] or '':10}  {item['headline']}  [{KINDS[item['kind']]}]"
        if item["summary"]:
            yield " " * 12 + item["summary"]


def main():
    _, path, key = sys.argv
    article, related = read(path, key)
    if article is None:
        sys.exit(f"{key}: not in the store, or withdrawn")
    print("\n".join(lines(article, related)))


if __name__ == "__main__":
    main()
