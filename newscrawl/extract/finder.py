"""Finds the story's element where nobody says where it stands: text density over the parsed tree.

Every run of text outside links counts for the elements round it, less with each step outward, so that the element
which holds the most paragraphs most closely wins. It knows no site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.text.tree import UNSEEN

_MARKED = etree.XPath("//@itemprop[. = 'articleBody']/..")
_INLINE = frozenset(
    {"a", "b", "strong", "i", "em", "u", "span", "font", "small", "big", "sub", "sup", "code", "mark", "abbr", "q", "s"}
)
_FALLOFF = 0.72
_STEPS = 6
_SHORTEST = 12
_SENTENCE = re.compile(r"[。，；！？、：]|[.,;:!?](?=\s|$)")
_ELSEWHERE = re.compile(
    r"comment|footer|copyright|disclaimer|sidebar|recommend|related|breadcrumb|subscribe|cookie|consent|navbar|share",
    re.IGNORECASE,
)


def find_body(tree: HtmlElement) -> HtmlElement | None:
    """The element that holds the story, or None where the page has no running text."""
    marked = cast("list[HtmlElement]", _MARKED(tree))
    if len(marked) == 1 and len("".join(marked[0].itertext("p", "div", "span"))) > 200:
        return marked[0]
    scores: dict[HtmlElement, float] = defaultdict(float)
    for element in tree.iter():
        text, tail = element.text, element.tail
        if text and len(text) > _SHORTEST and isinstance(element.tag, str) and element.tag not in UNSEEN:
            _credit(element, text.strip(), scores)
        if tail and len(tail) > _SHORTEST and (parent := element.getparent()) is not None:
            _credit(parent, tail.strip(), scores)
    if not scores:
        return None
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= 20 else None


def _credit(element: HtmlElement, run: str, scores: dict[HtmlElement, float]) -> None:
    """A run of text counts its length, a quarter of it without punctuation (a menu, a title), nothing in a link."""
    if len(run) <= _SHORTEST:
        return
    weight = len(run) if _SENTENCE.search(run) else len(run) / 4
    node: HtmlElement | None = element
    while node is not None and node.tag in _INLINE:
        if node.tag == "a":
            return
        node = node.getparent()
    if node is not None and node.tag in ("p", "pre", "h2", "h3", "h4", "li", "blockquote"):
        node = node.getparent()
    for _ in range(_STEPS):
        if node is None or node.tag == "html":
            return
        if _elsewhere(node.get("class"), node.get("id")):
            weight *= 0.2
        scores[node] += weight
        weight *= _FALLOFF
        node = node.getparent()


@lru_cache(maxsize=4096)
def _elsewhere(names: str | None, ident: str | None) -> bool:
    return _ELSEWHERE.search(f"{names or ''} {ident or ''}") is not None
