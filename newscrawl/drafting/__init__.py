"""A first declaration of a publisher that no source knows, drafted from one of its article pages. Pure.

What is drafted is a :class:`~newscrawl.sources.base.Source` and the values of the template that is its file
(``templates/spiders/news.tmpl``); a contributor goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import attrs
from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.discover import listing
from newscrawl.discover.basis import Basis, Linked, Seen
from newscrawl.discover.listings import Channel, Feed
from newscrawl.drafting.guessing import Guess, guess
from newscrawl.errors import BadOption
from newscrawl.extract.page import NewsPage
from newscrawl.items import FetchedPage, Found
from newscrawl.sources.base import Pattern, Source
from newscrawl.sources.unknown import generic_outlet
from newscrawl.text.spelling import is_home
from newscrawl.text.tree import folded, parsed
from newscrawl.text.urls import absolute, belongs, clean_path, domain_of, host_of, site_of, split

_FEEDS = ("application/rss+xml", "application/atom+xml")
_LONGEST_NAME = 60
"""Characters of a site's name; a longer one is a slogan."""
_DOORS = ("index", "default")
_NO_SLUG = re.compile(r"[^a-z0-9_]")


@frozen(kw_only=True)
class Draft:
    source: Source
    guess: Guess
    named_by: str
    """Where the name is from: 'og:site_name', 'the host', …"""
    listed_by: str
    """Where the listing is from."""
    day: str
    """The page's: '2025-11-19'."""

    def values(self) -> dict[str, str]:
        """What the template's names stand for, as Python writes it."""
        source, pattern = self.source, self.source.articles[0]
        (where,) = source.listings
        host = source.hosts[0]
        said = {"path": _raw(pattern.path.pattern)}
        if pattern.host is not None:
            said["host"] = _raw(pattern.host.pattern)
        if pattern.key != "{id}":
            said["key"] = _quoted(pattern.key)
        if pattern.url is not None:
            said["url"] = _quoted(pattern.url)
        said["basis"] = _marked(pattern.basis)
        usual = {"language": "zh", "zone": "Asia/Shanghai"}
        more = {name: value for name in usual if (value := getattr(source, name)) != usual[name]}
        marks = {type(mark).__name__ for mark in (where.basis, pattern.basis, *source.pages) if mark is not None}
        return {
            "marks": ", ".join(sorted(marks)),
            "title": (f"{source.name}, {host}" if source.name != host else host).replace("\\", "").replace('"', "'"),
            "kind": type(where).__name__,
            "slug": _quoted(source.slug),
            "name": _quoted(source.name),
            "home": _quoted(source.home),
            "host": _quoted(host),
            "more": "".join(f"    {name}={_quoted(value)},\n" for name, value in more.items()),
            "listing": _quoted(where.name),
            "listing_url": _quoted(where.url),
            "listing_basis": _marked(where.basis),
            "pattern": "\n".join(f"            {name}={value}," for name, value in said.items()),
            "basis": _marked(source.pages[0]),
        }


def draft_of(slug: str, page: FetchedPage, *, today: date) -> Draft:
    """From an article page with its address. ``today`` is what an undated page is called by.

    Raises :class:`~newscrawl.errors.BadOption` where the address cannot be declared, and
    :class:`~newscrawl.errors.NotAnArticle` where the bytes are no page.
    """
    page = parsed(page)
    reading = NewsPage(page, generic_outlet(page.url, page.body))
    domain = domain_of(host_of(page.url))
    found = listing.find(page, None)
    links = [one.url for one in found]
    guessed = guess(page.url, links, domain=domain)
    if guessed is None:
        raise BadOption(
            page.url,
            "tells its article apart by nothing, or only behind the question mark; a Pattern knows the path alone. Its "
            "section, feed or sitemap can be walked without a source: scrapy crawl listing -a url=…",
        )
    day = reading.published.local[:10] if reading.published else today.isoformat()
    basis = Seen(f"article of {day}" if reading.published else f"page saved by {day}")
    pattern = Pattern(path=guessed.path, host=guessed.host, key=guessed.key, url=guessed.url, basis=basis)
    named_by, name = _name(reading, page.url, found)
    listed_by, where = _listing(reading, page.url, domain, pattern, links, basis)
    source = Source(
        slug=slug,
        name=name,
        home=_home(page.url),
        hosts=(domain,),
        language=reading.language,
        zone=_zone(reading),
        listings=(where,),
        articles=(pattern,),
        pages=(basis,),
    )
    return Draft(source=source, guess=guessed, named_by=named_by, listed_by=listed_by, day=day)


def slug_for(url: str) -> str:
    """A name that a source of this site might have: 'example' of www.example.com."""
    label = domain_of(host_of(url)).removeprefix("www.").partition(".")[0].replace("-", "_")
    return _NO_SLUG.sub("", label).strip("_") or "mysource"


def _zone(reading: NewsPage) -> str:
    """The zone by which the page's times are read as they are without a source, of those that the site may stand in:
    one of its clock's offset first."""
    shown = reading.published
    if reading.home or shown is None:
        return reading.zone
    place = reading.place
    local = datetime.fromisoformat(shown.local)
    offset = local.utcoffset()
    shows = [
        zone for zone in place.zones if offset is not None and local.astimezone(ZoneInfo(zone)).utcoffset() == offset
    ]
    utc = ["UTC"] if not place.country and not offset else []
    for zone in dict.fromkeys((*utc, *shows, *place.zones)):
        known = attrs.evolve(reading.outlet, zone=zone, language=reading.language)
        again = NewsPage(reading.page, known).published
        if again is not None and again.at == shown.at:
            return zone
    return next(iter((*utc, *shows)), reading.zone)


def _name(reading: NewsPage, url: str, links: Sequence[Found]) -> tuple[str, str]:
    """Who says how the site is called, and how: its og:site_name, else the end of its title by which it links its home
    page, else its host."""
    home = [one.headline for one in links if one.headline and _is_home(one.url, url)]
    at_end = max((one for one in home if reading.title.endswith(one)), key=len, default="")
    said = (("og:site_name", reading.meta.first("og:site_name") or ""), ("the page's title and its link home", at_end))
    for who, words in said:
        name = "".join(sign for sign in folded(words) if sign.isprintable())[:_LONGEST_NAME].strip()
        if name:
            return who, name
    return "the host", site_of(url)


def _listing(
    reading: NewsPage, url: str, domain: str, pattern: Pattern, links: list[str], basis: Seen
) -> tuple[str, Feed | Channel]:
    """Where the publisher's links come from: the page's feed, else its section, else the home page; and who says so."""
    linked = Linked(basis.where)
    if feed := _feed(reading.tree, url):
        return "the page's link to its feed", Feed(name="rss", url=feed, basis=linked)
    for crumb in reversed(reading.breadcrumbs()):
        parts = split(crumb.url or "")
        if crumb.url is None or parts is None or not belongs(host_of(crumb.url), (domain,)):
            continue
        path = clean_path(parts.path)
        if not is_home(crumb.url) and not pattern.path.fullmatch(path):
            names = [one.partition(".")[0] for one in path.split("/")]
            name = next((one for one in reversed(names) if one and one not in _DOORS), "section")
            return f"the page's trail: {crumb.name}", Channel(name=name, url=crumb.url, basis=linked)
    home = _home(url)
    if any(_is_home(link, url) for link in links):
        return "the page's link to its home page", Channel(name="home", url=home, basis=linked)
    return "a guess: the home page", Channel(name="home", url=home)


def _home(url: str) -> str:
    parts = split(url)
    assert parts is not None
    return f"{parts.scheme}://{parts.netloc}/"


def _is_home(link: str, url: str) -> bool:
    return host_of(link) == host_of(url) and is_home(link)


def _feed(tree: HtmlElement, url: str) -> str | None:
    """The feed that a page names, one of comments left out."""
    for link in tree.iter("link"):
        if "alternate" not in (link.get("rel") or "").lower().split() or link.get("type", "").lower() not in _FEEDS:
            continue
        found = absolute(url, link.get("href"))
        if found and "comment" not in f"{found} {link.get('title') or ''}".lower() and "评论" not in found:
            return found
    return None


def _marked(basis: Basis | None) -> str:
    if basis is None:
        return "None"
    (words,) = attrs.astuple(basis)
    return f"{type(basis).__name__}({_quoted(words)})"


def _quoted(text: str) -> str:
    """A string as Python and ruff write it."""
    mark = "'" if '"' in text and "'" not in text else '"'
    return mark + text.replace("\\", "\\\\").replace(mark, f"\\{mark}") + mark


def _raw(regex: str) -> str:
    return f'r"{regex}"'
