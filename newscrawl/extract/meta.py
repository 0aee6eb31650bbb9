"""What a page says of itself in ``<meta>``, ``<link>`` and response headers.

``<meta name="author">`` is not read for people: on Chinese sites it is a desk editor, a number or the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.text.tree import folded, unescaped

_LINKS = etree.XPath("/html/head/link")
_KEYWORD_EDGE = re.compile(r"[,，、;；|]+")
_ROBOTS = frozenset({"robots", "googlebot", "googlebot-news", "news-robots", "baiduspider", "bingbot"})
_LONGEST_KEYWORD = 40


@frozen(kw_only=True)
class Meta:
    """Names are lower case; the first value of a name stands."""

    values: Mapping[str, str]
    links: Mapping[str, str]
    """``rel`` -> href as found: canonical, next, amphtml."""
    robots: tuple[str, ...]
    """Directives of robots meta elements and tdm-*; :func:`signals` joins those of the headers."""

    def first(self, *names: str) -> str | None:
        for name in names:
            if value := self.values.get(name):
                return value
        return None

    def keywords(self) -> tuple[str, ...]:
        """In order, each once. A site's fixed list of section names cannot be told from an article's own here."""
        text = self.first("news_keywords", "keywords") or ""
        parts = _KEYWORD_EDGE.split(text) if _KEYWORD_EDGE.search(text) else text.split()
        words = (folded(word) for word in parts)
        return tuple(dict.fromkeys(word for word in words if word and len(word) <= _LONGEST_KEYWORD))


def read_meta(tree: HtmlElement) -> Meta:
    """One pass over the page's meta elements and the links of its head."""
    values: dict[str, str] = {}
    robots: list[str] = []
    for element in tree.iter("meta"):
        said = element.get
        content = said("content")
        name = content and (said("property") or said("name") or said("itemprop"))
        if not content or not name:
            continue
        name, content = name.strip().lower(), unescaped(content)
        if not name or not content:
            continue
        if name not in values:
            values[name] = content
        if name in _ROBOTS:
            robots += _directives(content)
        elif name in ("tdm-reservation", "tdm-policy"):
            robots.append(f"{name}={content}")
    links: dict[str, str] = {}
    for element in cast("list[HtmlElement]", _LINKS(tree)):
        href = element.get("href")
        for rel in (element.get("rel") or "").lower().split() if href is not None else ():
            links.setdefault(rel, href or "")
    return Meta(values=values, links=links, robots=tuple(dict.fromkeys(robots)))


def signals(meta: Meta, headers: Mapping[str, str]) -> tuple[str, ...]:
    """The page's robots directives and those of its response. ``headers``: lower-case names (X-Robots-Tag, tdm-*)."""
    robots = [*meta.robots, *_directives(headers.get("x-robots-tag", ""))]
    robots += [f"{name}={headers[name]}" for name in ("tdm-reservation", "tdm-policy") if headers.get(name)]
    return tuple(dict.fromkeys(robots))


def _directives(text: str) -> list[str]:
    """'NOINDEX, nofollow' -> both in lower case; 'all' and 'index, follow' say nothing and are left out."""
    words = (word.strip().lower() for word in text.split(","))
    return [word for word in words if word and word not in ("all", "index", "follow")]
