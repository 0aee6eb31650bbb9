"""newscrawl: news syndication from a publisher's listing to one SQLite file that other sites republish from.

``read_article`` is loaded when it is first asked for: importing newscrawl, or newscrawl.text, loads no Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.reading import read_article

__version__ = "0.1.0"
__all__ = ["read_article"]


def __getattr__(name: str) -> Any:
    if name == "read_article":
        from newscrawl.reading import read_article

        return read_article
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
