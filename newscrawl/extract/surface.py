"""What reading asks of a tree again and again, taken off it in one pass each and kept as long as the tree lives.

The spider's look for a next page and the reading pipeline share a tree, so they share this too. Where a word may stand
anywhere on the page (下一页, 相关新闻, 【编辑:…】), it is looked for in one string; only where it is found is an
element asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.meta import Meta, read_meta

LONGEST_RUN = 80
"""Characters of a run of text; what is longer is a paragraph or a script, no label."""
_RUNS = etree.XPath("/descendant::text()", smart_strings=False)
_TEXTS = etree.XPath("/descendant::text()")
_ITEMPROPS = etree.XPath("//@itemprop", smart_strings=False)
# The step back to an element asks whether it is known already: of 100,000 that takes seconds, so few are asked for.
_MARKED = etree.XPath("(//@itemprop[contains(concat(' ', ., ' '), concat(' ', $name, ' '))])[position() <= 40]/..")
_CLASSES = etree.XPath("//@class", smart_strings=False)
_FEW = 16
"""Texts; to ask for more one by one costs more than all of them at once."""
_FEW_WORDS = 9
"""Words; more are looked for in one pass."""


@frozen(kw_only=True)
class Surface:
    """Holds no element: what refers to the tree would keep it alive."""

    meta: Meta
    itemprops: frozenset[str]
    """The names of all microdata on the page."""
    runs: str
    """Every run of text in page order, stripped, a NUL before each and after the last (no page holds one); empty for
    a long run, so that the number of NULs before a place is the run's number."""


_KEPT: WeakKeyDictionary[HtmlElement, Surface] = WeakKeyDictionary()
_CLASSES_KEPT: WeakKeyDictionary[HtmlElement, str] = WeakKeyDictionary()


def surface_of(tree: HtmlElement) -> Surface:
    surface = _KEPT.get(tree)
    if surface is None:
        runs = cast("list[str]", _RUNS(tree))
        joined = "\0".join([run.strip() if len(run) <= LONGEST_RUN else "" for run in runs])
        surface = _KEPT[tree] = Surface(
            meta=read_meta(tree),
            itemprops=frozenset(" ".join(cast("list[str]", _ITEMPROPS(tree))).split()),
            runs=f"\0{joined}\0",
        )
    return surface


def marked(tree: HtmlElement, name: str) -> list[HtmlElement]:
    """The first elements, at most 40, that microdata call ``name``; a page that has none is not searched."""
    return cast("list[HtmlElement]", _MARKED(tree, name=name)) if name in surface_of(tree).itemprops else []


def classes_of(tree: HtmlElement) -> str:
    """The classes of all elements that have any, in page order, a NUL before each and after the last."""
    classes = _CLASSES_KEPT.get(tree)
    if classes is None:
        joined = "\0".join(cast("list[str]", _CLASSES(tree)))
        classes = _CLASSES_KEPT[tree] = f"\0{joined}\0"
    return classes


def holders(tree: HtmlElement, label: re.Pattern[str], words: tuple[str, ...] = ()) -> list[HtmlElement]:
    """The elements right round the short runs of text in which the label is found, in page order, each once.

    ``words``: whatever the label finds begins with one of them; to look for words costs a fifth of the pattern. Of
    more than nine none may begin inside another.
    """
    runs = surface_of(tree).runs
    if words:
        starts = sorted(at for at in _places_of(runs, words) if label.match(runs, at))
    else:
        starts = [found.start() for found in label.finditer(runs)]
    numbers: dict[int, None] = {}
    number = at = 0
    for start in starts:
        number += runs.count("\0", at, start + 1)
        numbers[number] = None
        at = start + 1
    if len(numbers) > _FEW:
        texts = cast("list[Any]", _TEXTS(tree))
        return list(dict.fromkeys(_round(texts[number - 1]) for number in numbers))
    return list(dict.fromkeys(holder_at(tree, number) for number in numbers))


def holder_at(tree: HtmlElement, number: int) -> HtmlElement:
    """The element right round the run of text with this number among :attr:`Surface.runs`."""
    # A number that stands in the path lets libxml2 stop there; as a variable it would visit every text.
    return cast("list[HtmlElement]", tree.xpath(f"/descendant::text()[{number}]/.."))[0]


def _round(text: Any) -> HtmlElement:
    """The element right round a text that still knows its place."""
    beside: HtmlElement = text.getparent()
    return cast("HtmlElement", beside.getparent()) if text.is_tail else beside


def _places_of(text: str, words: tuple[str, ...]) -> list[int]:
    """Where one of the words begins, in no order."""
    if len(words) > _FEW_WORDS:
        together, words = _sought(words)
        places = [found.start() for found in together.finditer(text)]
    else:
        places = []
    for word in words:
        if word in text:
            places += _places(text, word)
    return places


@cache
def _sought(words: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern of many words, and those that it leaves out: what begins with a small letter would stop it at every
    other sign of a text in Latin script."""
    small = tuple(word for word in words if "a" <= word[0] <= "z")
    rests: dict[str, list[str]] = {}
    for word in words:
        if word not in small:
            rests.setdefault(word[0], []).append(re.escape(word[1:]))
    # By their first sign: the fewer branches a pattern has, the faster it is.
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())), small


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
