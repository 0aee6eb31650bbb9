"""Changes to make feeds of: as the store tells them, and as no store ever would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
from exported import UPDATED, changes
from hypothesis import strategies as st

from newscrawl.items import Article
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer

SIGNS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("\x00\x01\x0b\x1f\x7f\x85\u2028\u202e\ud800\ufffe\uffff\U0001fffe]>&<\"'"),
)
WORDS = st.text(alphabet=SIGNS, max_size=30) | st.sampled_from(["]]>", "<script>alert(1)</script>", "&amp;", "<!--"])


def stored(writer: Writer, path: Path, *articles: Article) -> list[Change]:
    """What the store tells of them, the newest first."""
    for article in articles:
        writer.add(article)
        writer.flush()
    return changes(path)[::-1]


def told(change: Change, **columns: Any) -> Change:
    """``change`` with other columns of its article."""
    assert change.article is not None
    return attrs.evolve(change, article=change.article | columns)


def row_of(change: Change) -> dict[str, Any]:
    assert change.article is not None
    return change.article


def wild(words: str, *, number: int = 1) -> Change:
    """An article that says ``words`` wherever it says anything; a lone surrogate can come out of JSON only."""
    written = words.encode(errors="ignore").decode()
    texts = ("headline", "subheadline", "summary", "section", "dateline", "agency", "place", "account", "credit")
    lists = ("authors", "correspondents", "editors", "keywords")
    row = {
        **dict.fromkeys((*texts, "correction", "disclaimer", "language", "source_name", "body_text"), words),
        **{name: [words] for name in lists},
        "body_html": "<p>clean</p>",
        "id": number,
        "key": f"wild:{written}",
        "source": "wild",
        "url": f"https://wild.example/{written}",
        "credit_url": f"https://wild.example/{written}",
        "images": [{"url": f"https://wild.example/{written}", "caption": words, "credit": words, "alt": words}],
        "published_at": None,
        "published_local": None,
        "modified_at": None,
        "first_seen_at": UPDATED,
        "updated_at": UPDATED,
        "reprint": "full",
        "noindex": 1,
        "revision": 2,
    }
    topic = {"topic": words, "kind": "keyword", "position": 1}
    common = {"seq": 1, "at": UPDATED, "kind": "added", "origin": "publisher", "fields": (), "article_id": number}
    return Change(**common, key=f"wild:{written}", article=row, topics=[topic])
