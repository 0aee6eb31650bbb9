"""What the data of a page call it: an article, a list, or something else. Pure."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.meta import Meta
from newscrawl.extract.nature_words import ARTICLE
from newscrawl.extract.surface import surface_of
from newscrawl.items import Json
from newscrawl.text.tree import folded

_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage", "ItemList", "Blog", "Person"})
STATIC = frozenset({"AboutPage", "ContactPage", "CheckoutPage", "FAQPage"})
_OTHER = re.compile(r"(?:^|[/:#])(?:\w*Event|Podcast(?:Episode|Series)|RadioEpisode|JobPosting|Product(?:Group)?)$")
"""What data call a page that is something else."""
_OTHER_OBJECT = re.compile(r"product|event|profile|music|book", re.IGNORECASE)
"""The same as ``og:type``."""


def declared(tree: HtmlElement, meta: Meta, data: Json, headline: str) -> float:
    """How much the page's data say that it is an article (above 0) or a list (below)."""
    kinds = [kind for item in jsonld.objects(tree) for kind in kinds_of(item)]
    articles = {
        folded(str(item.get("headline") or item.get("name") or ""))
        for item in jsonld.objects(tree)
        if any(ARTICLE.search(kind) for kind in kinds_of(item))
    }
    said = 0.0
    if len(articles) == 1 or (articles and _is_own(data, headline)):
        said += 2.0 if _is_own(data, headline) or data.get("articleBody") else 1.2
    elif len(articles) > 2:
        said -= 1.0
    if any(kind in _LISTS - {"ItemList", "Person", "Blog"} for kind in kinds) or ("ItemList" in kinds and not articles):
        said -= 1.5
    if any(kind in STATIC for kind in kinds):
        said -= 1.0
    kind = (meta.first("og:type") or "").lower()
    said += 1.0 if kind in ("article", "news", "newsarticle", "news.article") else 0.0
    said -= 0.5 if kind in ("website", "blog", "profile", "object") else 0.0
    if meta.first("article:published_time", "og:article:published_time", "publishdate", "pubdate"):
        said += 1.0
    if "articleBody" in surface_of(tree).itemprops:
        said += 1.0
    return said + _of_class(tree)


def other_kind(tree: HtmlElement, meta: Meta, headline: str) -> str | None:
    """What else than an article the data call the page; several such objects are what it lists, unless one is it."""
    others = [item for item in jsonld.objects(tree) if any(_OTHER.search(kind) for kind in kinds_of(item))]
    for item in others:
        if len(others) == 1 or _is_own(item, headline):
            return next(kind for kind in kinds_of(item) if _OTHER.search(kind))
    kind = meta.first("og:type") or ""
    return kind if _OTHER_OBJECT.match(kind) else None


def _is_own(data: Json, headline: str) -> bool:
    """Whether the data of an article tell of the page's headline."""
    said = folded(str(data.get("headline") or data.get("name") or ""))
    return bool(said) and (said == headline or said in headline or headline in said or said[:12] == headline[:12])


def _of_class(tree: HtmlElement) -> float:
    """What a system says of its page in the class of ``<body>``."""
    body = tree.find("body")
    words = frozenset((body.get("class") or "").lower().split()) if body is not None else frozenset()
    if words & {
        "single",
        "single-post",
        "post-template",
        "node-type-article",
        "page-node-type-article",
        "article-page",
    }:
        return 1.0
    lists = {
        "archive",
        "category",
        "tag",
        "author",
        "search",
        "search-results",
        "tag-template",
        "author-template",
        "paged",
    }
    return -1.0 if words & lists else 0.0


def kinds_of(item: Json) -> list[str]:
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
