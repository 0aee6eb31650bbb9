"""What a page shows near its headline, read without knowing the site: the headline, the date, 来源."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.near_dates import dates_in
from newscrawl.extract.surface import holder_at, surface_of
from newscrawl.text.labelled import read_labelled
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import HEADINGS, UNSEEN, folded, visible_text

_TITLE = etree.XPath("string(/html/head/title)", smart_strings=False)
_H1 = etree.XPath("//h1")
_SUFFIX = re.compile(r"\s*(?:--+|[_|｜丨–—]|\s-|-(?=[一-鿿]))\s*[^_|｜丨–—]{1,24}$")
_SOURCE = re.compile(
    r"(?:来源|稿源|出处)\s*[:：]\s*(?P<credit>[^\s\u3000|｜]+(?: [A-Za-z][\w.]*)*?)"
    r"(?=参与互动|分享|字号|作者|编辑|责任|【|\[|[\s\u3000|｜]|$)"
)
_MOST_SUFFIXES = 4
"""'Title - Section - Channel - Site'."""
_LONGEST_TITLE = 300
_NEAR = 40
_SHORTEST = 4
_CLOSE = 10
"""Runs behind a headline among which its date stands."""
_MOST_PLACES = 3


Head = tuple[HtmlElement, str]
"""An ``<h1>`` and the words it shows."""


def heads_of(tree: HtmlElement) -> list[Head]:
    """The page's, in its order."""
    return [(head, visible_text(head)) for head in cast("list[HtmlElement]", _H1(tree))]


def title_of(tree: HtmlElement) -> str:
    """The page's ``<title>``, of a length that is a title's: what follows is searched again and again."""
    return folded((cast("str", _TITLE(tree)) or tree.findtext(".//title") or "")[: 2 * _LONGEST_TITLE])[:_LONGEST_TITLE]


@lru_cache(maxsize=64)
def cuts_of(title: str) -> tuple[str, ...]:
    """A title whole, and without one after another of the names at its end, longest first."""
    cuts = [title[:_LONGEST_TITLE]]
    for _ in range(_MOST_SUFFIXES):
        shorter = _SUFFIX.sub("", cuts[-1]).rstrip()
        if len(shorter) < _SHORTEST or shorter == cuts[-1]:
            break
        cuts.append(shorter)
    return tuple(cuts)


def without_site(title: str, site: str = "") -> str:
    """A title without the site's name behind it: '标题 -中新网', '标题_要闻_某网', 'Title | Site'."""
    title = title[:_LONGEST_TITLE]
    if site and title.endswith(site) and len(title) > len(site) + _SHORTEST:
        return title[: -len(site)].rstrip(" -_|–—丨｜·")
    return cuts_of(title)[-1]


def runs_after(tree: HtmlElement, headline: str | None, heads: Sequence[Head] | None = None) -> tuple[str, ...]:
    """The runs of text that follow the printed headline: date, source and names. () where no headline is printed.

    ``heads``: the page's, where they are known already.

    A page prints its headline more than once (in a bar on top, for phones): of the last few places the last that a
    date follows is taken, else the last.
    """
    places = _printed_heads(tree, headline, heads_of(tree) if heads is None else heads)
    after: list[tuple[str, ...]] = []
    for head in places:
        after.append(runs_behind(head))
        if len(places) == 1 or next(iter(dates_in(after[-1][:_CLOSE])), None) is not None:
            return after[-1]
    return after[0] if after else ()


def runs_behind(head: HtmlElement) -> tuple[str, ...]:
    """The runs of text behind an element, at most 40."""
    words: list[str] = []
    node: HtmlElement | None = head
    while node is not None and len(words) < _NEAR:
        _add(words, node.tail)
        _add_inside(words, node.itersiblings())
        node = node.getparent()
    return tuple(words[:_NEAR])


def _add(words: list[str], text: str | None) -> None:
    if text and not text.isspace():
        words.append(folded(text))


def _add_inside(words: list[str], nodes: Iterator[HtmlElement]) -> None:
    """The runs of text in elements and right behind them, until there are enough."""
    inside = [nodes]
    tails: list[str | None] = []
    while inside and len(words) < _NEAR:
        for node in inside[-1]:
            if (text := node.text) and not text.isspace():
                tag = node.tag
                if isinstance(tag, str) and tag not in UNSEEN:
                    words.append(folded(text))
            if len(node):
                inside.append(iter(node))
                tails.append(node.tail)
                break
            if (text := node.tail) and not text.isspace():
                words.append(folded(text))
            if len(words) >= _NEAR:
                return
        else:
            inside.pop()
            if tails:
                _add(words, tails.pop())


def _printed_heads(tree: HtmlElement, headline: str | None, heads: Sequence[Head]) -> list[HtmlElement]:
    """The ``<h1>`` with the headline's words, the last first; else other elements with exactly these words, headings
    first and links last, else headings that say them over several elements, else the last ``<h1>``."""
    if headline:
        found = [head for head, words in reversed(heads) if words == headline]
        found = found or _elements_saying(tree, headline)
        found = found or [head for head in tree.iter("h2", "h3", "h4") if visible_text(head) == headline]
        found = found or [head for head, words in heads if headline in words]
        if found:
            return found[:_MOST_PLACES]
    return [head for head, _ in heads[-1:]]


def _elements_saying(tree: HtmlElement, headline: str) -> list[HtmlElement]:
    """The elements whose own text, or a text right in them, is the headline; not the page's title."""
    runs = surface_of(tree).runs
    numbers: list[int] = []
    at = runs.find(f"\0{headline}\0")
    while at >= 0 and len(numbers) < 3 * _MOST_PLACES:
        numbers.append(runs.count("\0", 0, at + 1))
        at = runs.find(f"\0{headline}\0", at + 1)
    found = [holder_at(tree, number) for number in numbers]
    return sorted((element for element in found if element.tag not in UNSEEN), key=_rank_of_head)


def _rank_of_head(element: HtmlElement) -> int:
    outer = element.getparent()
    if element.tag == "a" or (outer is not None and outer.tag == "a"):
        return 2
    return 0 if element.tag in HEADINGS or (outer is not None and outer.tag in HEADINGS) else 1


def credit_in(text: str) -> str | None:
    """The outlet after 来源： or Source: in a line of date, source and links; None where it says none."""
    found = _SOURCE.search(simplified(text))
    if found is None:
        return read_labelled(text).credit
    return text[slice(*found.span("credit"))].strip(" ：:") or None
