"""Follows the store: what to publish, what to take down since the last time. Run it as often as you like.

python examples/python/follow.py data/news.db cursor.txt

The cursor is one number in a file. It is written after what it covers was done, so a follower that is killed does the
last batch again, and misses nothing.
"""

import sqlite3
import sys
from pathlib import Path

# What the article is *now* decides, not what the change says: a later change may have overtaken it.
# By two subqueries: SQLite would work out all of `published` to LEFT JOIN it.
CHANGES = """
    SELECT seq, key,
        (SELECT revision FROM published WHERE key = changes.key) AS revision,
        (SELECT headline FROM published WHERE key = changes.key) AS headline
    FROM changes
    WHERE seq > ?
    ORDER BY seq
    LIMIT 500"""


def publish(row):
    print(f"publish {row['key']} revision {row['revision']}: {row['headline']}")


def take_down(row):
    print(f"take down {row['key']}")


def main():
    _, path, name = sys.argv
    cursor = Path(name)
    seen = int(cursor.read_text()) if cursor.exists() else 0
    store = sqlite3.connect(Path(path).absolute().as_uri() + "?mode=ro", uri=True)
    store.row_factory = sqlite3.Row
    while batch := store.execute(CHANGES, (seen,)).fetchall():
        for row in {row["key"]: row for row in batch}.values():  # once for each article
            (take_down if row["headline"] is None else publish)(row)
        seen = batch[-1]["seq"]
        beside = cursor.with_suffix(".new")
        beside.write_text(f"{seen}\n")
        beside.replace(cursor)
    store.close()


if __name__ == "__main__":
    main()
