"""What a page says of itself in ``<meta>``, ``<link>`` and response headers.

``<meta name="author">`` is not read for people: on Chinese sites it is a desk editor, a number or the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import cast

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.text.tree import folded, unescaped

_LINKS = etree.XPath("/html/head/link")
_KEYWORD_EDGE = re.compile(r"[,，、;；|]+")
_ROBOTS = frozenset({"robots", "news-robots"})
"""Names of ``<meta>`` that speak to all crawlers or to those of news."""
_CRAWLERS, _CRAWLERS_END = frozenset({"newscrawl", "googlebot-news", "slurp"}), ("bot", "spider")
"""Names of ``<meta>`` that speak to one, and how others end."""
_TDM = ("tdm-reservation", "tdm-policy")
_DIVIDED = re.compile(r"[,，;；]")
_TO_ONE = re.compile(r"(?!max-|unavailable_after)([a-z*][\w*.+ -]{0,40}?)\s*:\s*(?=\S)")
"""'otherbot: noindex'; max-snippet:0 is a directive with a value."""
_MOST_SIGNALS, _LONGEST_SIGNAL = 40, 200
_LONGEST_KEYWORD = 40


@frozen(kw_only=True)
class Meta:
    """Names are lower case; the first value of a name stands."""

    values: Mapping[str, str]
    links: Mapping[str, str]
    """``rel`` -> href as found: canonical, next, amphtml."""
    robots: tuple[str, ...]
    """Directives of robots meta elements and tdm-*, as :func:`signals` gives them with those of the headers."""

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
        elif name in _TDM:
            robots.append(f"{name}={content}")
        elif name in _CRAWLERS or name.endswith(_CRAWLERS_END):
            robots += _directives(content, name)
    links: dict[str, str] = {}
    for element in cast("list[HtmlElement]", _LINKS(tree)):
        href = element.get("href")
        for rel in (element.get("rel") or "").lower().split() if href is not None else ():
            links.setdefault(rel, href or "")
    return Meta(values=values, links=links, robots=tuple(dict.fromkeys(robots)))


def signals(meta: Meta, headers: Mapping[str, str]) -> tuple[str, ...]:
    """What the page's robots elements and its response say may be done with it, each once, in lower case.

    'noarchive', 'max-snippet:0', 'unavailable_after:25 jun 2030 15:00 gmt', 'tdm-reservation=1'; what is said to one
    crawler alone begins with its name: 'googlebot: noarchive'. ``headers``: lower-case names (X-Robots-Tag, tdm-*);
    where a header came more than once, its values divided by commas, as HTTP has it.
    """
    robots = [*meta.robots, *_directives(headers.get("x-robots-tag", ""))]
    said = (headers.get("tdm-reservation", "").split(","), (headers.get("tdm-policy", ""),))
    robots += [f"{name}={value.strip()}" for name, values in zip(_TDM, said, strict=True) for value in values if value]
    each = dict.fromkeys(directive[:_LONGEST_SIGNAL] for directive in robots)
    return tuple(islice(each, _MOST_SIGNALS))


def _directives(text: str, whom: str = "") -> list[str]:
    """'NOINDEX, nofollow' -> both in lower case; 'all' and 'index, follow' say nothing and are left out.

    A crawler's name counts for all that follows it, up to the next name.
    """
    found: list[str] = []
    dated = False
    for part in _DIVIDED.split(text.lower()):
        words = folded(part)
        if dated and words[:1].isdigit():  # a date with a comma in it
            found[-1] += f", {words}"
            continue
        if to_one := _TO_ONE.match(words):
            whom, words = to_one[1].removeprefix("*"), words[to_one.end() :]
        name, colon, value = (side.strip() for side in words.partition(":"))
        dated = name == "unavailable_after"
        for word in [f"{name}:{value}"] if colon else words.split():
            if word not in ("all", "index", "follow"):
                found.append(f"{whom}: {word}" if whom else word)
    return found
