"""Finds the story's element where nobody says where it stands: text density over the parsed tree. It knows no site.

Every run of text outside links counts for the elements round it, less with each step outward, so that the element
which holds the most paragraphs most closely wins. A run counts less after a second headline, in what is named or
marked as something else (footer, comments, a menu), and where it is a legal notice or an opening that ends in '…'. From
the winner the way goes outward as long as the outer element holds more of the same story: advertisements cut
stories into boxes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate, islice
from typing import cast

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.extract.names import is_elsewhere, is_hidden, name_of
from newscrawl.extract.surface import marked
from newscrawl.text.tree import UNSEEN, folded, visible_text

FALLOFF = 0.72
"""What is left of a run's weight with each step outward."""
STEPS = 6
ELSEWHERE = 0.15
"""What is left of the weight of a run in a part of the page that is named as another."""
AFTER = 0.05
"""What is left after another ``<h1>`` that follows the headline's: a second article."""
NOTICE = 0.1
"""What is left of legal notices and of openings that end in '…'."""
GAIN, LINKED = 0.08, 0.5
"""How much more text an outer element has to hold, as a part of the inner one's, and how much of what it holds beside
may be links."""
LEAST = 20.0
"""Weight below which there is no story."""

_INLINE = frozenset(
    {"a", "b", "strong", "i", "em", "u", "span", "font", "small", "big", "sub", "sup", "code", "mark", "abbr", "q", "s"}
)
_PARAGRAPHS = frozenset({"p", "pre", "h2", "h3", "h4", "li", "blockquote"})
_OUTSIDE = frozenset(
    {"nav", "footer", "aside", "form", "figcaption", "button", "label", "dialog", "iframe", "template"}
)
_RANKED = ("h1", "h2")
_UNREAD = UNSEEN | {"a"}
_SHORTEST = 12
_SENTENCE = re.compile(r"[。，；！？、：]|[.,;:!?](?=\s|$)")
_NOTICES = ("copyright", "©", "all rights reserved", "cookie", "javascript")
_HAN_NOTICES = (
    "版权所有",
    "版权声明",
    "不得转载",
    "举报",
    "备案",
    "许可证",
    "郑重声明",
    "免责声明",
    "客服电话",
    *_NOTICES,
)
"""In lower case."""
_LONG_NOTICE = 400
"""Characters; a longer run that speaks of a licence or of cookies is story."""
_CUT = ("…", "...", "[…]", "[...]", "【详细】", "[详细]")
_AT_LEAST, _AT_MOST = 0.4, 0.95
_MOST_HEADINGS = 60
_OUTWARD = 5
_FEWEST = 60.0
_LARGE = 0.6


@frozen
class Found:
    element: HtmlElement
    """It holds the story."""
    beside: frozenset[HtmlElement] = frozenset()
    """Elements, in it or not, that are named or marked as another part of the page and are believed."""
    sure: float = 0.9
    """0 to 1: by the part of the page's running text that it holds."""


Held = dict[HtmlElement, list[float]]
"""Block -> the weight of the runs of text that stand in its paragraphs, and how much of it sentences have."""


def find_body(
    tree: HtmlElement, headline: str | None = None, elements: Iterable[HtmlElement] | None = None
) -> Found | None:
    """The element that holds the story, or None where the page has no running text.

    ``elements`` are all of the tree's, where somebody has them at hand.
    """
    called = [element for element in marked(tree, "articleBody") if element.get("itemprop") == "articleBody"]
    if len(called) == 1 and len("".join(called[0].itertext("p", "div", "span"))) > 200:
        return Found(called[0])
    held = _held(tree.iter() if elements is None else elements, _places(tree, folded(headline or "")))
    if not held:
        return None
    parts = _Parts(held)
    weights = {holder: weight * parts.part(holder) for holder, (weight, _) in held.items()}
    scores: dict[HtmlElement, float] = defaultdict(float)
    for holder, weight in weights.items():
        node: HtmlElement | None = holder
        for _ in range(STEPS):
            if node is None or node.tag == "html":
                break
            scores[node] += weight
            weight *= FALLOFF
            node = node.getparent()
    best = max(scores, key=scores.__getitem__)
    if scores[best] < LEAST:
        return None
    beside = frozenset(element for element in parts.believed if not is_hidden(element))
    element, held_there = _outward(best, weights, parts)
    return Found(
        element, beside, sure=round(_AT_LEAST + (_AT_MOST - _AT_LEAST) * held_there / sum(weights.values()), 3)
    )


def _held(elements: Iterable[HtmlElement], places: dict[HtmlElement, float]) -> Held:
    """What every block holds of the text outside links, weighed by its words and its place to the headline."""
    held: Held = {}
    place = 1.0
    matters = any(place != 1.0 for place in places.values())
    for element in elements:
        if matters and element in places:
            place = places[element]
        text = element.text
        if text and len(text) > _SHORTEST and not text.isspace():
            tag = element.tag
            if isinstance(tag, str) and tag not in _UNREAD:
                _weigh(held, element, text.strip(), place)
        tail = element.tail
        if tail and len(tail) > _SHORTEST and not tail.isspace():
            _weigh(held, element.getparent(), tail.strip(), place)
    return held


def _places(tree: HtmlElement, headline: str) -> dict[HtmlElement, float]:
    """From which heading on a run has which place: full weight from the headline on, less from the ``<h1>`` of another
    ``<article>`` on. An h1 of the same one is a subheading, or a slide show's."""
    places: dict[HtmlElement, float] = {}
    own: list[HtmlElement | None] = []
    if len(headline) < 4:
        return places
    for heading in islice(tree.iter(*_RANKED), _MOST_HEADINGS):
        if visible_text(heading) == headline:
            own.append(next(heading.iterancestors("article"), None))
            places[heading] = 1.0
        elif own and heading.tag == "h1":
            article = next(heading.iterancestors("article"), None)
            if own == [None]:
                own.append(article)
            places[heading] = 1.0 if article is None or article in own else AFTER
    return places


def _weigh(held: Held, element: HtmlElement | None, text: str, place: float) -> None:
    """A run of text counts its length, a quarter of it without punctuation (a menu, a title), nothing in a link."""
    if len(text) <= _SHORTEST:
        return
    node = element
    while node is not None and node.tag in _INLINE:
        if node.tag == "a":
            return
        node = node.getparent()
    if node is not None and node.tag in _PARAGRAPHS:
        node = node.getparent()
    if node is None:
        return
    sentence = _SENTENCE.search(text) is not None
    weight = (len(text) if sentence else len(text) / 4) * place
    if text.endswith(_CUT) or (len(text) < _LONG_NOTICE and _is_notice(text.lower())):
        weight *= NOTICE
    known = held.get(node)
    if known is None:
        held[node] = [weight, weight if sentence else 0.0]
    else:
        known[0] += weight
        known[1] += weight if sentence else 0.0


def _is_notice(text: str) -> bool:
    return bool([word for word in (_NOTICES if text.isascii() else _HAN_NOTICES) if word in text])


class _Parts:
    """What part of its weight a run keeps by where it stands.

    A name is not believed of what holds most of the page's text: a template wraps whole pages in ``share-page``.
    """

    def __init__(self, held: Held) -> None:
        self._named: dict[HtmlElement, float] = defaultdict(float)
        self._known: dict[HtmlElement, tuple[HtmlElement, ...]] = {}
        total = 0.0
        for holder, (_, told) in held.items():
            total += told
            for element in self._round(holder):
                self._named[element] += told
        self.believed = frozenset(element for element, held in self._named.items() if held <= _LARGE * total)

    def part(self, holder: HtmlElement) -> float:
        return ELSEWHERE if any(element in self.believed for element in self._round(holder)) else 1.0

    def _round(self, holder: HtmlElement) -> tuple[HtmlElement, ...]:
        """The elements round a holder, itself included, that are named or marked as something else."""
        way: list[HtmlElement] = []
        node: HtmlElement | None = holder
        while node is not None and node not in self._known:
            way.append(node)
            node = node.getparent()
        found = self._known[node] if node is not None else ()
        for element in reversed(way):
            if _is_outside(element):
                found = (*found[-3:], element)
            self._known[element] = found
        return found


def _is_outside(element: HtmlElement) -> bool:
    tag = element.tag
    if tag in _OUTSIDE:
        return True
    if tag in ("body", "html", "main", "article") or not element.items():
        return False
    name = name_of(element.get("class"), element.get("id"))
    return (bool(name) and is_elsewhere(name)) or is_hidden(element)


def _outward(best: HtmlElement, weights: dict[HtmlElement, float], parts: _Parts) -> tuple[HtmlElement, float]:
    """The outermost element that still holds more of the story and little else, and the weight of its text; never out
    of an ``<article>``."""
    way = [best]
    for outer in best.iterancestors():
        if len(way) > _OUTWARD or way[-1].tag == "article" or outer.tag in ("html", "body"):
            break
        way.append(outer)
    totals = _totals(way, weights)
    found = best
    for outer in way[1:]:
        gain = totals[outer] - totals[found]
        if gain > max(_FEWEST, GAIN * totals[found]) and not _is_linked(outer, found, parts, most=LINKED * gain):
            found = outer
    return found, totals[found]


def _totals(way: list[HtmlElement], weights: dict[HtmlElement, float]) -> dict[HtmlElement, float]:
    """What each element of a way outward holds in all."""
    ranks = {element: rank for rank, element in enumerate(way)}
    gains = [0.0] * len(way)
    for holder, weight in weights.items():
        node: HtmlElement | None = holder
        while node is not None:
            rank = ranks.get(node)
            if rank is not None:
                gains[rank] += weight
                break
            node = node.getparent()
    return dict(zip(way, accumulate(gains), strict=True))


def _is_linked(outer: HtmlElement, inner: HtmlElement, parts: _Parts, *, most: float) -> bool:
    """Whether ``outer`` has more than so many characters of link texts outside ``inner`` and outside the parts of the
    page that are named as another."""
    total = 0
    within = set(inner.iter("a"))
    for anchor in outer.iter("a"):
        if anchor not in within and parts.part(anchor) == 1.0:
            total += len("".join(cast("list[str]", list(anchor.itertext()))).strip())
            if total > most:
                return True
    return False
