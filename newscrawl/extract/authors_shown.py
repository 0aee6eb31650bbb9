"""Persons in the elements that a page shows as its byline: marked by microdata or rel=author, called so by their class,
or linked to a person's page. The nearest to the headline count, and those that the story's own microdata name;
comments, captions and teasers are somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.names import hyphened, is_elsewhere, name_of
from newscrawl.extract.surface import classes_of, marked, surface_of
from newscrawl.text.credited import labelled, persons_in
from newscrawl.text.tree import UNSEEN, folded, visible_text

_LONGEST_RUN = 200
"""Characters; with the first longer run of text the story begins."""
_LONGEST_LINE = 100
"""Characters; a line of names is not longer."""
_MOST_RUNS = 40
_MOST_ELEMENTS = 200
_MOST_TEXTS = 16
"""Of the link to a person's page."""
_MOST_HEADS = 12
_HIGHEST = 40
"""Ancestors that are looked at."""
_PROFILES = re.compile(
    r"/(?:authors?|autor(?:en|es|e|i|a|zy)?|auteurs?|people|persons?|profiles?|staff|contributors?|writers?|reporters?"
    r"|journalists?|redaktion|by|av|skribent)/",
    re.IGNORECASE,
)
_TEXTS = etree.XPath(f"descendant::text()[position() <= {2 * _MOST_RUNS}]")
_H1 = etree.XPath("//h1")
_REL_AUTHOR = etree.XPath(f"(//a/@rel[contains(., 'author')])[position() <= {_MOST_ELEMENTS}]/..")
_ITEMPROP = etree.XPath(
    f"(//@itemprop[contains(., 'author') or contains(., 'creator')])[position() <= {_MOST_ELEMENTS}]/.."
)
_LINKS = etree.XPath(
    "(//a/@href[contains(., '/aut') or contains(., '/people/') or contains(., '/profile')])"
    f"[position() <= {_MOST_ELEMENTS}]/.."
)
_FARTHEST_LINK = 4
"""Ancestors of the headline within which a link to a person's page names the writer."""
_WORDS = ("uthor", "yline", "utor", "riter", "eporter", "ournalist", "uteur")
"""Asked first: most classes hold none."""
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What cannot be asked for in an XPath."""
_MOST_CLASSES = 8
_MOST_BOXES = 4
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|by-?lines?|writers?|reporters?|journalists?|autor(?:en|es|e|i|ka|zy)?|auteurs?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:comments?|captions?|photos?|images?|img|figure|media|avatar|bio|about|box|social|follow|date"
    r"|time(?:stamp)?|forms?|related|teasers?|cards?|archive|widget|quote|menu|nav|icons?|search|subscri\w*|share|sharing"
    r"|role|title|function|location|description|sidebar|promo|list-item|more)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE_HOME = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?\w*|related\w*|teasers?|cards?|widgets?|sidebar|recommend\w*|captions?|quotes?"
    r"|promo)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_HOME = frozenset({"figure", "figcaption", "aside", "nav", "form", "footer", "blockquote", "cite"})


def shown_authors(
    tree: HtmlElement, headline: str | None, language: str, outlets: Collection[str]
) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """(persons, whose word it is, how sure), the best first; what is not asked for is not looked for."""
    above: dict[HtmlElement, int] = {}
    for seek, who, sure, farthest in _SEEKERS:
        if elements := seek(tree):
            above = above or _above(tree, headline)
            found = _nearest(elements, above, language, outlets, farthest)
            if not found and seek is _marked:
                found = _in_its_scope(tree, elements, headline, language, outlets)
            if found:
                yield found, who, sure


def in_lines(near: Sequence[str], language: str, outlets: Collection[str]) -> tuple[str, ...]:
    """The first line near the headline with a label (By, Von, Par …) and persons behind it."""
    runs = list(near[:_MOST_RUNS])
    for place, run in enumerate(runs):
        if len(run) > _LONGEST_RUN:
            break
        found = labelled(run, tuple(runs[place + 1 : place + 12]), language)
        if kept := tuple(name for name in found if persons_in(name, language, outlets)):
            return kept
    return ()


def _marked(tree: HtmlElement) -> list[HtmlElement]:
    """The elements that microdata or rel=author mark."""
    props = surface_of(tree).itemprops
    found = cast("list[HtmlElement]", _ITEMPROP(tree)) if "author" in props or "creator" in props else []
    return [*found, *cast("list[HtmlElement]", _REL_AUTHOR(tree))]


def _called(tree: HtmlElement) -> list[HtmlElement]:
    """The elements whose class calls them a byline or an author."""
    classes = classes_of(tree)
    names: list[str] = []
    end = 0
    for at in sorted(found.start() for word in _WORDS if word in classes for found in re.finditer(word, classes)):
        if at < end:
            continue
        end = classes.find("\0", at)
        name = classes[classes.rfind("\0", 0, at) + 1 : end]
        if name not in names and not _NO_XML.search(name) and _is_byline(name):
            names.append(name)
        if len(names) >= _MOST_CLASSES:
            break
    if not names:
        return []
    asked = " or ".join(f". = $n{place}" for place in range(len(names)))
    found = _asked(f"(//@class[{asked}])[position() <= {_MOST_ELEMENTS}]/..")(
        tree, **{f"n{place}": name for place, name in enumerate(names)}
    )
    elements = cast("list[HtmlElement]", found)
    return [element for element in elements if element.tag not in ("body", "html", "article", "main")]


def _profiles(tree: HtmlElement) -> list[HtmlElement]:
    """The links to a person's page."""
    return [link for link in cast("list[HtmlElement]", _LINKS(tree)) if _is_profile(link)]


_SEEKERS = (
    (_marked, "microdata", 0.8, _HIGHEST),
    (_called, "generic", 0.7, _HIGHEST),
    (_profiles, "generic", 0.6, _FARTHEST_LINK),
)
"""Where a writer is looked for, whose word it is, how sure, and how far from the headline."""


@cache
def _asked(path: str) -> etree.XPath:
    return etree.XPath(path)


@lru_cache(maxsize=1024)
def _is_byline(class_: str) -> bool:
    name = hyphened(class_)
    return _BYLINE.search(name) is not None and _NO_BYLINE.search(name) is None


def _above(tree: HtmlElement, headline: str | None) -> dict[HtmlElement, int]:
    """The headline's element and those round it, each with how far out it is."""
    heads = cast("list[HtmlElement]", _H1(tree))[-_MOST_HEADS:]
    head = next((one for one in reversed(heads) if visible_text(one) == headline), heads[-1] if heads else None)
    out: dict[HtmlElement, int] = {}
    while head is not None:
        out[head] = len(out)
        head = head.getparent()
    return out


def _nearest(
    elements: Sequence[HtmlElement],
    above: dict[HtmlElement, int],
    language: str,
    outlets: Collection[str],
    farthest: int,
) -> tuple[str, ...]:
    """The persons of the elements nearest to the headline: the first of them, and those beside it of its kind."""
    placed = [(far, one) for one in elements if (far := _distance(one, above)) is not None and far <= farthest]
    taken: HtmlElement | None = None
    names: list[str] = []
    for _, element in sorted(placed, key=lambda pair: pair[0]):
        if taken is not None and not _is_beside(element, taken):
            continue
        if found := _persons_of(element, language, outlets):
            taken = element if taken is None else taken
            names += found
    return tuple(dict.fromkeys(names))


def _in_its_scope(
    tree: HtmlElement,
    elements: Sequence[HtmlElement],
    headline: str | None,
    language: str,
    outlets: Collection[str],
) -> tuple[str, ...]:
    """The persons that microdata give to the story whose headline this is, wherever they stand (at its foot)."""
    named = [*marked(tree, "headline"), *marked(tree, "name")]
    stories = {scope for one in named if visible_text(one) == headline and (scope := _scope_of(one)) is not None}
    found = [_persons_of(one, language, outlets) for one in elements if stories and _scope_of(one) in stories]
    return tuple(dict.fromkeys(name for names in found for name in names))


def _scope_of(element: HtmlElement) -> HtmlElement | None:
    """The story of whose microdata it is a part; None where it is a comment's or a picture's."""
    node = element.getparent()
    for _ in range(_HIGHEST):
        if node is None:
            return None
        kind = node.get("itemtype") or ""
        if node.get("itemscope") is not None and not kind.endswith(("/Person", "/Organization")):
            return node if kind.endswith(("Article", "Posting")) else None
        node = node.getparent()
    return None


def _is_beside(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether both stand in one box, or in boxes of a kind in one box."""
    mine: HtmlElement | None = one
    others: HtmlElement | None = other
    for _ in range(_MOST_BOXES):
        if mine is None or others is None or (mine.tag, mine.get("class")) != (others.tag, others.get("class")):
            return False
        mine, others = mine.getparent(), others.getparent()
        if mine is others:
            return True
    return False


@lru_cache(maxsize=8192)
def _is_no_home(name: str) -> bool:
    return _NO_BYLINE_HOME.search(name) is not None


def _distance(element: HtmlElement, above: dict[HtmlElement, int]) -> int | None:
    """How far out from the headline the element that holds both stands; None where it belongs to something else."""
    node: HtmlElement | None = element
    for _ in range(_HIGHEST):
        if node is None:
            return None
        if node in above:
            return above[node]
        name = name_of(node.get("class"), node.get("id"))
        if node.tag in _NO_HOME or is_elsewhere(name) or (node is not element and _is_no_home(name)):
            return None
        node = node.getparent()
    return None


def _persons_of(element: HtmlElement, language: str, outlets: Collection[str]) -> tuple[str, ...]:
    """Persons behind a label, else in the links to their pages, else in the first run that names any."""
    runs = list(_runs(element))
    texts = [text for text, _ in runs]
    whole = " ".join(texts)
    if found := in_lines([whole] if language == "ko" else texts, language, outlets):
        return found
    anchors = [anchor for anchor in islice(element.iter("a"), _MOST_RUNS) if _is_profile(anchor)]
    linked = [name for anchor in anchors for name in persons_in(_words_of(anchor), language, outlets)]
    if linked:
        return tuple(dict.fromkeys(linked))
    for run, holder in runs:
        if names := persons_in(run, language, outlets):
            like = [text for text, other in runs if other is not holder and _alike(other, holder)]
            more = [name for text in like for name in persons_in(text, language, outlets)]
            return tuple(dict.fromkeys([*names, *more]))
    return persons_in(whole, language, outlets) if len(whole) <= _LONGEST_LINE else ()


def _words_of(anchor: HtmlElement) -> str:
    """The words of a link, at most so many texts of it; a name may be divided within a word."""
    return folded("".join(cast("list[str]", _TEXTS(anchor))[:_MOST_TEXTS]))


def _is_profile(anchor: HtmlElement) -> bool:
    return "author" in (anchor.get("rel") or "") or _PROFILES.search(anchor.get("href") or "") is not None


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    return bool(one.get("class")) and (one.tag, one.get("class")) == (other.tag, other.get("class"))


def _runs(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The runs of text an element shows, each with the element it stands in; none of one that holds a paragraph."""
    if said := element.get("content"):
        yield folded(said), element
        return
    for text in cast("list[etree._ElementUnicodeResult]", _TEXTS(element)):
        holder = text.getparent()
        if text.is_tail and holder is not None:
            holder = holder.getparent()
        if holder is not None and holder.tag not in UNSEEN and (run := folded(text)):
            yield run, cast("HtmlElement", holder)
