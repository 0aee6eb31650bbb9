"""A Scrapy response as newscrawl's own FetchedPage."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import Response

from newscrawl.items import FetchedPage

SIGNALS = (b"X-Robots-Tag", b"Tdm-Reservation", b"Tdm-Policy", b"ETag", b"Last-Modified")
"""Headers that say what may be done with a page, and by which it is asked for next time."""


def fetched_page(response: Response, source: str, now: datetime) -> FetchedPage:
    """``now`` is its time where the download handler gave none."""
    asked = response.meta.get("redirect_urls", [None])[0]
    signals = ((name.decode().lower(), _header(response, name)) for name in SIGNALS)
    return FetchedPage(
        url=response.url,
        body=response.body,
        content_type=_header(response, b"Content-Type"),
        headers={name: value for name, value in signals if value is not None},
        fetched_at=response.meta.get("fetched_at") or now,
        source=source,
        asked=asked if asked != response.url else None,
        capture=response.meta.get("capture"),
    )


def _header(response: Response, name: bytes) -> str | None:
    values = response.headers.getlist(name)
    return ", ".join(value.decode("latin-1") for value in values) if values else None
