"""From addresses in a listing to a source's own article links. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from newscrawl.errors import Reason
from newscrawl.extract.language import language_of
from newscrawl.extract.outlet import zone_of_language
from newscrawl.items import Address, Found, Link
from newscrawl.sources.walked import Walked
from newscrawl.text.dates import read_printed
from newscrawl.text.urls import host_of
from newscrawl.text.zones import place_of


@frozen(kw_only=True)
class Sorted:
    links: tuple[Link, ...]
    """The articles, each key once, in page order."""
    passed_over: Mapping[str, Reason]
    """Addresses of what is no text article (video, photos), or another site's."""


def _to_ask(found: str, address: Address, source: Walked) -> str:
    """The address as found, without what makes no difference; page 1 where page n was linked.

    As found, not canonical: a page that a listing links by its old host is asked there, and a replayed archive has it
    under that name.
    """
    plain = found.partition("#")[0].partition("?")[0]
    same = source.address(plain)
    return plain if address.page == 1 and same is not None and same.key == address.key else address.url


def sort_out(found: Sequence[Found], source: Walked, listing_url: str, reference: datetime) -> Sorted:
    """Keep what is an article of ``source``; name videos and photo pages; let all else (menus) go.

    ``reference`` is when the listing was fetched: its "9-11 14:38" and 昨天 are resolved against it, in the zone of the
    source, else in that of most sites in the language of the headlines, or by the listing's host.
    """
    zone = source.zone or _zone_of(found, listing_url)
    links: dict[str, Link] = {}
    passed_over: dict[str, Reason] = {}
    for item in found:
        address = source.address(item.url)
        if address is None:
            if reason := source.not_article(item.url):
                passed_over[item.url] = reason
        elif address.key not in links:
            links[address.key] = Link(
                source=source.slug_at(item.url),
                key=address.key,
                url=_to_ask(item.url, address, source),
                found_in=listing_url,
                headline=item.headline,
                section=item.section,
                time=read_printed(item.time_text, zone=zone, reference=reference) if item.time_text else None,
                summary=item.summary,
            )
    return Sorted(links=tuple(links.values()), passed_over=passed_over)


def _zone_of(found: Sequence[Found], url: str) -> str:
    language = language_of(" ".join(item.headline or "" for item in found[:50]))
    of_language = zone_of_language(language)
    return of_language if of_language != "UTC" else place_of(language, (), host_of(url)).zone or "UTC"
