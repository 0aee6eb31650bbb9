"""Who a page that is not in Chinese says wrote the story: its data, its ``<meta>`` and what it shows, weighed.

Data (JSON-LD) and meta are often the outlet's name, a login or a job title: what is no person's name counts nowhere
(:mod:`newscrawl.text.credited`). A line shown by the headline that names all of the data's persons and more of them is
believed over the data; a person in meta has to be printed somewhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.meta import Meta
from newscrawl.extract.names import is_elsewhere, name_of
from newscrawl.extract.surface import classes_of, surface_of
from newscrawl.items import Json
from newscrawl.text.credited import is_cjk, is_outlet, labelled, letters, persons_in
from newscrawl.text.tree import UNSEEN, folded, visible_text

_LONGEST_RUN = 200
"""Characters; with the first longer run of text the story begins."""
_LONGEST_LINE = 100
"""Characters; a line of names is not longer."""
_CLOSING = re.compile(r"[【（(\[](?:記者\s?|文[・＝=]?\s?)?([\u3400-\u9fff々\s\u3000、・]{4,30})[】）)\]]$")
_MOST_RUNS = 40
_MOST_ELEMENTS = 200
_MOST_TEXTS = 16
"""Of the link to a person's page."""
_MOST_HEADS = 12
_HIGHEST = 40
"""Ancestors that are looked at."""
_AUTHOR_META = re.compile(
    r"^(?!.*(?:image|photo|video|media|comment|twitter|content|book))(?:.*[:._-])?(?:authors?|author[._-]?name|articleauthor|byl|byline)$"
)
_CREATOR_META = re.compile(r"^dc(?:terms)?[.:]creator$")
_PROFILES = re.compile(
    r"/(?:authors?|autor(?:en|es|e|i|a|zy)?|auteurs?|people|persons?|profiles?|staff|contributors?|writers?|reporters?|journalists?|redaktion|by|av|skribent)/",
    re.IGNORECASE,
)
_MEANT = etree.XPath("//meta[@name = $key or @property = $key]/@content", smart_strings=False)
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
_WORDS = re.compile("uthor|yline|utor|riter|eporter|ournalist|uteur")
"""Asked first: most classes hold none."""
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What cannot be asked for in an XPath."""
_MOST_CLASSES = 8
_MOST_BOXES = 4
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|by-?lines?|writers?|reporters?|journalists?|autor(?:en|es|e|i|ka|zy)?|auteurs?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:comments?|captions?|photos?|images?|img|figure|media|avatar|bio|about|box|social|follow|date|time(?:stamp)?|forms?"
    r"|related|teasers?|cards?|archive|widget|quote|menu|nav|icon|icons|search|subscri\w*|share|sharing|role|title|function|location"
    r"|description|sidebar|promo|list-item|more)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE_HOME = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?\w*|related\w*|teasers?|cards?|widgets?|sidebar|recommend\w*|captions?|quotes?|promo)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_HOME = frozenset({"figure", "figcaption", "aside", "nav", "form", "footer", "blockquote", "cite"})


@frozen(kw_only=True)
class Written:
    """Who wrote, whose word that is, and how sure it is (0 to 1)."""

    names: tuple[str, ...] = ()
    who: str = ""
    sure: float = 0.0


def written_by(
    tree: HtmlElement,
    data: Json,
    meta: Meta,
    *,
    url: str,
    names: Collection[str],
    headline: str | None,
    near: Sequence[str],
    line: Sequence[str],
    edges: Sequence[str],
    language: str,
    shut_out: Collection[str] = (),
) -> Written:
    """``names``: the outlet's; ``near``: the runs of text after the headline; ``line``: whom an English line
    among them names; ``edges``: the first and last paragraphs of the story; ``shut_out``: the story's editors."""
    outlets = outlets_of(data, meta, url, names)
    runs = surface_of(tree).runs

    def fit(found: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in dict.fromkeys(found) if name not in shut_out)

    stated = fit(_stated(tree, data, language, outlets, runs))
    line = fit([name for name in line if not is_outlet(name, outlets)]) or fit(_in_lines(near, language, outlets))
    if stated:
        if _holds_all(line, stated):
            return Written(names=line, who="generic", sure=0.9)
        printed = any(_is_printed(name, runs) for name in stated)
        if line and not printed:
            return Written(names=line, who="generic", sure=0.75)
        return Written(names=stated, who="jsonld", sure=0.95 if printed else 0.8)
    declared = fit(_declared(tree, meta, language, outlets, runs))
    if declared:
        if _holds_all(line, declared):
            return Written(names=line, who="generic", sure=0.9)
        return Written(names=declared, who="meta", sure=0.85)
    if line:
        return Written(names=line, who="generic", sure=0.75)
    above: dict[HtmlElement, int] = {}
    for seek, who, sure, farthest in _SEEKERS:
        if elements := seek(tree):
            above = above or _above(tree, headline)
            if found := fit(_nearest(elements, above, language, outlets, farthest)):
                return Written(names=found, who=who, sure=sure)
    if signed := fit(_signed(edges, language, outlets)):
        return Written(names=signed, who="text", sure=0.7)
    return Written()


def outlets_of(data: Json, meta: Meta, url: str, names: Collection[str]) -> frozenset[str]:
    """The site's names as :func:`letters` writes them: its own, its publisher's, its host's."""
    said = [*names, meta.first("og:site_name"), meta.first("application-name"), jsonld.text(data, "publisher")]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    main = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2] if len(labels) > 1 else ""
    return frozenset(plain for name in (*said, host, main) if name and len(plain := letters(name)) > 1)


# -- data and meta -----------------------------------------------------------------------------------------------------
def _stated(tree: HtmlElement, data: Json, language: str, outlets: Collection[str], runs: str) -> tuple[str, ...]:
    """The persons of the article's data; of other data on the page where the article names none itself."""
    for persons in (partial(jsonld.persons, data), partial(jsonld.persons_elsewhere, tree, data)):
        said = persons()
        found = [name for one in said for name in persons_in(one, language, outlets, stated=True)]
        if found := [name for name in found if " " in name or is_cjk(name) or _is_printed(name, runs)]:
            return tuple(found)
    return ()


def _declared(tree: HtmlElement, meta: Meta, language: str, outlets: Collection[str], runs: str) -> tuple[str, ...]:
    for key, said in meta.values.items():
        if "://" in said or not (_AUTHOR_META.match(key) or _CREATOR_META.match(key)):
            continue
        said = " ".join(reversed(said.split(", "))) if _CREATOR_META.match(key) and said.count(",") == 1 else said
        found = persons_in(said, language, outlets)
        if found and _is_printed(found[0], runs):
            again = [name for one in _MEANT(tree, key=key) for name in persons_in(one, language, outlets)]
            return tuple(dict.fromkeys([*found, *(name for name in again if _is_printed(name, runs))]))
    return ()


def _is_printed(name: str, runs: str) -> bool:
    """Whether the page shows the name in one of its short runs of text."""
    return name in runs or name.casefold() in runs.casefold()


def _holds_all(line: Sequence[str], names: Sequence[str]) -> bool:
    held = {letters(name) for name in line}
    return len(line) > len(names) and all(letters(name) in held for name in names)


# -- what is shown -----------------------------------------------------------------------------------------------------
def _in_lines(near: Sequence[str], language: str, outlets: Collection[str]) -> tuple[str, ...]:
    """The first line near the headline with a label (By, Von, Par …) and persons behind it."""
    runs = list(near[:_MOST_RUNS])
    for place, run in enumerate(runs):
        if len(run) > _LONGEST_RUN:
            break
        found = labelled(run, tuple(runs[place + 1 : place + 12]), language)
        if kept := tuple(name for name in found if persons_in(name, language, outlets)):
            return kept
    return ()


def _signed(edges: Sequence[str], language: str, outlets: Collection[str]) -> tuple[str, ...]:
    """Who signs the story's first or last lines: 'Von Eva Muster', 홍길동 기자, in Japanese a bracket （山田太郎）"""
    for text in edges:
        found = labelled(text, (), language) if len(text) <= _LONGEST_LINE else ()
        if not found and language == "ja" and (closed := _CLOSING.search(text)):
            said = re.split(r"[、・\s\u3000]+(?=[\u3400-\u9fff]{3})", closed[1])
            names = [persons_in(name, language, outlets) for name in said]
            found = tuple(name for one in names for name in one) if all(names) else ()
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
    for word in _WORDS.finditer(classes):
        if word.start() < end:
            continue
        end = classes.find("\0", word.end())
        name = classes[classes.rfind("\0", 0, word.start()) + 1 : end]
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


def _is_byline(class_: str) -> bool:
    name = _HUMP.sub("-", class_)
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


def _distance(element: HtmlElement, above: dict[HtmlElement, int]) -> int | None:
    """How far out from the headline the element that holds both stands; None where it belongs to something else."""
    node: HtmlElement | None = element
    for _ in range(_HIGHEST):
        if node is None:
            return None
        if node in above:
            return above[node]
        name = name_of(node.get("class"), node.get("id"))
        if node.tag in _NO_HOME or is_elsewhere(name) or (node is not element and _NO_BYLINE_HOME.search(name)):
            return None
        node = node.getparent()
    return None


def _persons_of(element: HtmlElement, language: str, outlets: Collection[str]) -> tuple[str, ...]:
    """Persons behind a label, else in the links to their pages, else in the first run that names any."""
    runs = list(_runs(element))
    texts = [text for text, _ in runs]
    whole = " ".join(texts)
    if found := _in_lines([whole] if language == "ko" else texts, language, outlets):
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
