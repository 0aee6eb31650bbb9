"""Finds the story's element where nobody says where it stands: text density over the parsed tree.

Every run of text outside links counts for the elements round it, less with each step outward, so that the element
which holds the most paragraphs most closely wins. It knows no site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

_RUNS = etree.XPath(
    "//body//text()[string-length(.) > 12 and not(ancestor::a) and not(parent::script or parent::style"
    " or parent::noscript or parent::textarea or parent::option or parent::button or parent::title)]"
)
_MARKED = etree.XPath("//*[@itemprop='articleBody']")
_INLINE = frozenset(
    {"a", "b", "strong", "i", "em", "u", "span", "font", "small", "big", "sub", "sup", "code", "mark", "abbr", "q", "s"}
)
_FALLOFF = 0.72
_STEPS = 6
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
    for run in cast("list[Any]", _RUNS(tree)):
        weight = _weight(run)
        element = run.getparent()
        if run.is_tail:
            element = element.getparent()
        if weight:
            _credit(element, weight, scores)
    if not scores:
        return None
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= 20 else None


def _weight(run: str) -> float:
    """Characters of text; a run without punctuation (a menu, a title) counts a quarter."""
    length = len(run.strip())
    return length if _SENTENCE.search(run) else length / 4


def _credit(element: HtmlElement, weight: float, scores: dict[HtmlElement, float]) -> None:
    node: HtmlElement | None = element
    while node is not None and node.tag in _INLINE:
        node = node.getparent()
    if node is not None and node.tag in ("p", "pre", "h2", "h3", "h4", "li", "blockquote"):
        node = node.getparent()
    for _ in range(_STEPS):
        if node is None or node.tag == "html":
            return
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if _ELSEWHERE.search(names):
            weight *= 0.2
        scores[node] += weight
        weight *= _FALLOFF
        node = node.getparent()
