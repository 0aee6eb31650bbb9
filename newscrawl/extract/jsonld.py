"""Schema.org data in ``<script type="application/ld+json">``: the part of it that tells of the article.

Real pages hold broken JSON (comments round it, raw line ends, commas too many, several objects in a row); what can be
understood is, the rest is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.items import Json
from newscrawl.text.tree import folded

_SCRIPTS = etree.XPath("//script/@type[contains(., 'ld+json')]/..")
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_COMMA_TOO_MANY = re.compile(r",(\s*[\]}])")
_ARTICLE = re.compile(r"(?:^|[/:#])(?:\w*Article|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting)$")
_DEEPEST = 12


def article_data(tree: HtmlElement) -> Json:
    """The first object that is an article, NewsArticle before others; {} where there is none."""
    best: Json = {}
    for script in cast("list[HtmlElement]", _SCRIPTS(tree)):
        for item in _objects(_loaded(script.text or ""), 0):
            kinds = [kind for kind in _listed(item.get("@type")) if isinstance(kind, str)]
            if any(kind.endswith("NewsArticle") for kind in kinds):
                return item
            if not best and any(_ARTICLE.search(kind) for kind in kinds):
                best = item
    return best


def text(data: Json, *names: str) -> str | None:
    """The first of the properties that is text, folded."""
    for name in names:
        for value in _listed(data.get(name)):
            if isinstance(value, dict):
                value = value.get("@value") or value.get("name")
            if isinstance(value, str) and folded(value):
                return folded(value)
    return None


def persons(data: Json) -> tuple[str, ...]:
    """Names of the authors that are not said to be organisations."""
    names: list[str] = []
    for author in _listed(data.get("author")):
        if isinstance(author, str):
            names.append(folded(author))
        elif isinstance(author, dict) and "Organization" not in str(author.get("@type")):
            names += [folded(name) for name in _listed(author.get("name")) if isinstance(name, str)]
    return tuple(dict.fromkeys(name for name in names if name))


def words(data: Json, name: str) -> tuple[str, ...]:
    """A property that is a list of words, or words divided by commas."""
    found: list[str] = []
    for value in _listed(data.get(name)):
        if isinstance(value, str):
            found += [folded(word) for word in re.split(r"[,，、;；]", value)]
    return tuple(dict.fromkeys(word for word in found if word))


def _loaded(source: str) -> Any:
    clean = source.strip()
    while (shorter := _WRAPPED.sub("", clean).strip()) != clean:
        clean = shorter
    for attempt in (source, clean, _COMMA_TOO_MANY.sub(r"\1", clean)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(clean.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _objects(value: Any, depth: int) -> Iterator[Json]:
    """Every object in lists and under @graph, mainEntity and the like, outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"):
            if isinstance(value.get(name), list | dict):
                yield from _objects(value[name], depth + 1)
