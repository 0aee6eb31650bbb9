"""``newscrawl.read_article``: one page's bytes to an Article, for people who build on newscrawl."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.clock import Clock
from newscrawl.items import Article, FetchedPage
from newscrawl.pipelines.sanitise import sanitise
from newscrawl.pipelines.validate import validate
from newscrawl.sources import read_page


def read_article(body: bytes, url: str | None = None, *, headers: Mapping[str, str] | None = None) -> Article:
    """Read a fetched page: by its publisher's rules where the address (given, or canonical in the page) is a known
    source's, else by the generic chain. What it gives is what a crawl would store, but for the disclaimer.

    ``body`` is the response body with its content encoding undone; ``headers`` are the response's (Content-Type and the
    robots signals are read; names in any case). Nothing is fetched. Raises
    :class:`~newscrawl.errors.NotAnArticle` with its reason; for page 1 of many that is ``needs_more_pages`` with
    ``next_url``. A ``body`` that is no ``bytes`` (text, decoded by somebody) is a TypeError.
    """
    if not isinstance(body, bytes):
        raise TypeError(f"read_article wants the page's bytes, as they were sent, not {type(body).__name__}")
    given = {name.lower(): value for name, value in (headers or {}).items()}
    page = FetchedPage(
        url=url or "",
        body=body,
        content_type=given.get("content-type"),
        headers={name: given[name] for name in ("x-robots-tag", "tdm-reservation", "tdm-policy") if name in given},
    )
    return sanitise(validate(read_page(page), Clock().now()))
