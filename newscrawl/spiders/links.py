"""From addresses in a listing to a source's own article links. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from newscrawl.errors import Reason
from newscrawl.items import Found, Link
from newscrawl.sources import Source
from newscrawl.text.dates import read_printed


@frozen(kw_only=True)
class Sorted:
    links: tuple[Link, ...]
    """The articles, each key once, in page order."""
    passed_over: Counter[Reason]
    """What is no text article (video, photos), by reason."""


def sort_out(found: Iterable[Found], source: Source, listing_url: str, reference: datetime) -> Sorted:
    """Keep what is an article of ``source``; count videos and photo pages; let all else (menus, other sites) go.

    ``reference`` is when the listing was fetched: its "9-11 14:38" and 昨天 are resolved against it.
    """
    links: dict[str, Link] = {}
    passed_over: Counter[Reason] = Counter()
    seen_elsewhere: set[str] = set()
    for item in found:
        address = source.address(item.url)
        if address is None:
            reason = source.not_article(item.url)
            if reason and item.url not in seen_elsewhere:
                seen_elsewhere.add(item.url)
                passed_over[reason] += 1
        elif address.key not in links:
            links[address.key] = Link(
                source=source.slug,
                key=address.key,
                url=item.url if address.page == 1 else address.url,
                found_in=listing_url,
                headline=item.headline,
                section=item.section,
                time=read_printed(item.time_text, zone=source.zone, reference=reference) if item.time_text else None,
                summary=item.summary,
            )
    return Sorted(links=tuple(links.values()), passed_over=passed_over)
