"""Schema.org data in ``<script type="application/ld+json">``: the part of it that tells of the article.

Real pages hold broken JSON (comments round it, raw line ends, commas too many, several objects in a row); what can be
understood is, the rest is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast
from weakref import WeakKeyDictionary

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.items import Json
from newscrawl.text.tree import folded, unescaped

_SCRIPTS = etree.XPath("//script/@type[contains(., 'ld+json')]/..")
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_COMMA_TOO_MANY = re.compile(r",(\s*[\]}])")
_ARTICLE = re.compile(r"(?:^|[/:#])(?:\w*Article|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting)$")
_PICTURES = re.compile(r"\b(?:photograph|fotograf|fotógraf|illustrat|cartoonist|фотограф)", re.IGNORECASE)
_DEEPEST = 12
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)
_MOST_STEPS = 12
_MOST_NAMES = 50
_MOST_WRAPPINGS = 4
"""Comments and sections round one script's JSON."""

_DECODER = json.JSONDecoder(strict=False)
_KEPT: WeakKeyDictionary[HtmlElement, tuple[Json, ...]] = WeakKeyDictionary()


def objects(tree: HtmlElement) -> tuple[Json, ...]:
    """Every object in the page's scripts, outermost first; read once as long as the tree lives."""
    found = _KEPT.get(tree)
    if found is None:
        scripts = cast("list[HtmlElement]", _SCRIPTS(tree))
        found = tuple(item for script in scripts for item in _objects(_loaded(script.text or ""), 0))
        _KEPT[tree] = found
    return found


def article_data(tree: HtmlElement) -> Json:
    """The first object that is an article, NewsArticle before others; {} where there is none."""
    best: Json = {}
    for item in objects(tree):
        kinds = _kinds(item)
        if any(kind.endswith("NewsArticle") for kind in kinds):
            return item
        if not best and any(_ARTICLE.search(kind) for kind in kinds):
            best = item
    return best


def trail(tree: HtmlElement) -> tuple[tuple[str, str | None], ...]:
    """(name, address as found) of each step of the first BreadcrumbList, outermost first."""
    for item in objects(tree):
        if "BreadcrumbList" in _kinds(item):
            steps = [step for step in _listed(item.get("itemListElement")) if isinstance(step, dict)]
            steps.sort(key=lambda step: int(place) if (place := str(step.get("position"))).isdecimal() else 0)
            named = [(text(step, "name", "item"), _address_of(step.get("item"))) for step in steps[:_MOST_STEPS]]
            if found := tuple((name, address) for name, address in named if name and name != address):
                return found
    return ()


def image(data: Json) -> str | None:
    """The address, as found, of the article's first image. A bare ``@id`` is one only where it ends like a picture's:
    most are names in the page ('…/#primaryimage')."""
    for value in _listed(data.get("image")):
        address = _address_of(value)
        named = isinstance(value, dict) and not (value.get("url") or value.get("contentUrl"))
        if address and (not named or _PICTURE.search(address)):
            return address
    return None


def _address_of(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
        value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) and value.strip() else None


def _kinds(item: Json) -> list[str]:
    return [kind for kind in _listed(item.get("@type")) if isinstance(kind, str)]


def text(data: Json, *names: str) -> str | None:
    """The first of the properties that is text, folded."""
    for name in names:
        for value in _listed(data.get(name)):
            if isinstance(value, dict):
                value = value.get("@value") or value.get("name")
            if isinstance(value, str) and (said := unescaped(value)):
                return said
    return None


def persons(data: Json) -> tuple[str, ...]:
    """Names of the authors that are not said to be organisations, nor to have taken the pictures."""
    return tuple(dict.fromkeys(islice(_names_of(data.get("author"), {}, 0), _MOST_NAMES)))


def authors_named(data: Json) -> dict[str, bool]:
    """Every name that the data give as author, of a person or not -> whether they say that it is an organisation's."""
    named: dict[str, bool] = {}
    for author in _listed(data.get("author"))[:_MOST_NAMES]:
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str) and folded(name):
            named[folded(name)] = isinstance(author, dict) and "Organization" in str(author.get("@type"))
    return named


def persons_elsewhere(tree: HtmlElement, data: Json) -> tuple[str, ...]:
    """Those of the page's other objects, where the article's own data name no author: authors that stand under an
    ``@id``, and of a WebPage or a BlogPosting."""
    if any(isinstance(author, dict) and author.get("name") for author in _listed(data.get("author"))):
        return ()
    found = objects(tree)
    known = {str(item["@id"]): item for item in reversed(found) if item.get("@id") and item.get("name")}
    for item in found:
        kinds = _kinds(item)
        if any(_ARTICLE.search(kind) or kind.endswith("WebPage") for kind in kinds):
            for field in ("author", "creator"):
                if names := tuple(dict.fromkeys(islice(_names_of(item.get(field), known, 0), _MOST_NAMES))):
                    return names
    return ()


def _names_of(value: Any, known: Json, depth: int) -> Iterator[str]:
    """The names in an ``author``: text, a person, a reference to one of ``known``, or lists of these."""
    if isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            yield from _names_of(one, known, depth + 1)
    elif isinstance(value, str):
        if name := folded(value):
            yield name
    elif isinstance(value, dict):
        found = value if value.get("name") else {**known.get(str(value.get("@id")), {}), **value}
        kinds, job = str(found.get("@type")), str(found.get("jobTitle"))
        if "Organization" in kinds or _PICTURES.search(job):
            return
        parts = f"{found.get('givenName') or ''} {found.get('familyName') or ''}"
        for name in _listed(found.get("name") or found.get("byline") or parts):
            if isinstance(name, str) and folded(name):
                yield folded(name)


def words(data: Json, name: str) -> tuple[str, ...]:
    """A property that is a list of words, or words divided by commas."""
    found: list[str] = []
    for value in _listed(data.get(name)):
        if isinstance(value, str):
            found += [folded(word) for word in re.split(r"[,，、;；]", unescaped(value))]
    return tuple(dict.fromkeys(word for word in found if word))


def _loaded(source: str) -> Any:
    try:
        return _DECODER.decode(source)
    except (ValueError, RecursionError):
        return _mended(source.strip())


def _mended(clean: str) -> Any:
    """What can be understood of broken JSON."""
    for _ in range(_MOST_WRAPPINGS):
        clean, before = _WRAPPED.sub("", clean).strip(), clean
        if clean == before:
            break
    for attempt in (clean, _COMMA_TOO_MANY.sub(r"\1", clean)):
        try:
            return _DECODER.decode(attempt)
        except (ValueError, RecursionError):
            continue
    try:
        return _DECODER.raw_decode(clean.lstrip())[0]
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
