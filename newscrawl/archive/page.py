"""A recorded response as newscrawl's own FetchedPage."""

from __future__ import annotations

from newscrawl.archive.encoding import TooLong
from newscrawl.archive.reader import LONGEST_PAGE
from newscrawl.archive.record import Recorded
from newscrawl.errors import BadFile
from newscrawl.items import FetchedPage

SIGNALS = ("x-robots-tag", "tdm-reservation", "tdm-policy")
"""Headers that say what may be done with a page."""


def page_of(record: Recorded) -> FetchedPage:
    """The page with its content coding undone. Raises :class:`~newscrawl.errors.BadFile` for one that is endless."""
    try:
        body = record.decoded(LONGEST_PAGE)
    except TooLong as error:
        raise BadFile(record.path, f"the page {record.url} is too long ({error})") from error
    return FetchedPage(
        url=record.url,
        body=body,
        content_type=record.header("content-type"),
        headers={name: value for name in SIGNALS if (value := ", ".join(record.values(name)))},
        fetched_at=record.fetched_at,
    )
