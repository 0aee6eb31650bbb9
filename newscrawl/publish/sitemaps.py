"""Sitemaps (sitemaps.org, Google's for news) and robots.txt of the site. Sitemaps are of a site that has an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import path_of, uri
from newscrawl.publish.elements import add
from newscrawl.publish.entries import title
from newscrawl.publish.folder import OWN
from newscrawl.store.reader import Change

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
INDEX_FILE = "sitemap.xml"
NEWS_FILE = "sitemap-news.xml"
LONGEST = 200
"""Characters of a title in a news sitemap; strict readers refuse more."""
_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_ISO_639 = re.compile("[a-z]{2,3}")


def day(urls: Iterable[tuple[int, str]], site: Site) -> bytes:
    """A sitemap of articles: the id of each and the stamp of its last change. The standard takes 50,000 at most."""
    return _document("urlset", {None: SITEMAP}, (_place("url", site, path_of(id_), at) for id_, at in urls))


def index(files: Sequence[tuple[str, str]], site: Site) -> bytes:
    """The index of sitemaps: the name of each and the stamp of its last change."""
    return _document("sitemapindex", {None: SITEMAP}, (_place("sitemap", site, name, at) for name, at in files))


def news(changes: Sequence[Change], site: Site) -> bytes:
    """The news sitemap. Google wants the articles of the last two days there, and no more than 1,000; those that ask
    search engines to keep out are left out."""
    told = [change.article for change in changes if change.article is not None and not change.article["noindex"]]
    return _document("urlset", {None: SITEMAP, "news": NEWS}, (_news(row, site) for row in told))


def robots(site: Site) -> bytes:
    """robots.txt. It counts at the root of a host alone. What asks for ``noindex`` is not forbidden: a crawler has to
    read a page to see that; the files of the search index are no pages."""
    root = urlsplit(uri(site.base)).path if site.base else ""
    lines = ["User-agent: *", *(f"Disallow: {root}/{path}" for path in (f"{OWN}/", "search/docs/", "search/words/"))]
    if site.base:
        lines += ["", *(f"Sitemap: {uri(f'{site.base}/{name}')}" for name in (INDEX_FILE, NEWS_FILE))]
    return "\n".join([*lines, ""]).encode()


def _document(name: str, names: dict[str | None, str], parts: Iterator[etree._Element]) -> bytes:
    root = etree.Element(f"{{{SITEMAP}}}{name}", nsmap=names)
    root.extend(parts)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _place(kind: str, site: Site, path: str, at: str | None = None) -> etree._Element:
    place = etree.Element(f"{{{SITEMAP}}}{kind}", nsmap={None: SITEMAP})
    add(place, f"{{{SITEMAP}}}loc", uri(f"{site.base}/{path}"))
    if at:
        add(place, f"{{{SITEMAP}}}lastmod", at)
    return place


def _news(row: Json, site: Site) -> etree._Element:
    place = _place("url", site, path_of(row["id"]))
    about = etree.SubElement(place, f"{{{NEWS}}}news", nsmap={"news": NEWS})
    publication = add(about, f"{{{NEWS}}}publication")
    add(publication, f"{{{NEWS}}}name", site.name)
    add(publication, f"{{{NEWS}}}language", language_for_google(row["language"]))
    add(about, f"{{{NEWS}}}publication_date", _date(row))
    headline = title(row)
    add(about, f"{{{NEWS}}}title", headline if len(headline) <= LONGEST else f"{headline[: LONGEST - 1]}…")
    return place


def _date(row: Json) -> str:
    """The day, or the moment to the second with its offset, as the W3C's profile of ISO 8601 wants it."""
    local = row["published_local"]
    if not local:
        return str(row["first_seen_at"])
    return datetime.fromisoformat(local).isoformat() if "T" in local else str(local)


def language_for_google(language: str) -> str:
    """ISO 639 of a BCP 47 tag; of Chinese zh-cn (simplified) or zh-tw (traditional), as the news sitemap has it."""
    first, *rest = language.lower().split("-")
    if first == "zh":
        return "zh-tw" if _TRADITIONAL & set(rest) and "hans" not in rest else "zh-cn"
    return first if _ISO_639.fullmatch(first) else "und"
