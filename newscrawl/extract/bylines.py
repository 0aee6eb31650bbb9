"""Who a page that is not in Chinese says wrote the story: its data, its ``<meta>`` and what it shows, weighed.

Data (JSON-LD) and meta are often the outlet's name, a login or a job title: what is no person's name counts nowhere
(:mod:`newscrawl.text.credited`). A line shown by the headline that names all of the data's persons and more of them is
believed over the data; a person in meta has to be printed somewhere on the page. Where nobody is named, the byline is
whom the data name as author: an agency (dpa, Associated Press), a desk, the site itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.authors_shown import in_lines, shown_authors
from newscrawl.extract.meta import Meta
from newscrawl.extract.surface import surface_of
from newscrawl.items import Json
from newscrawl.text.credited import is_cjk, is_outlet, labelled, letters, persons_in

_LONGEST_LINE = 100
"""Characters; a line of names is not longer."""
_LONGEST_BODY = 60
"""Characters of an agency's or a desk's name."""
_CLOSING = re.compile(r"[【（(\[](?:記者\s?|文[・＝=]?\s?)?([\u3400-\u9fff々\s\u3000、・]{4,30})[】）)\]]$")
_AUTHOR_META = re.compile(
    r"^(?!.*(?:image|photo|video|media|comment|twitter|content|book))(?:.*[:._-])?"
    r"(?:authors?|author[._-]?name|articleauthor|byl|byline)$"
)
_CREATOR_META = re.compile(r"^dc(?:terms)?[.:]creator$")
_MEANT = etree.XPath("//meta[@name = $key or @property = $key]/@content", smart_strings=False)


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
    line = fit([name for name in line if not is_outlet(name, outlets)]) or fit(in_lines(near, language, outlets))
    if stated:
        if _holds_all(line, stated):
            return Written(names=line, who="jsonld", sure=0.9)
        others = shown_authors(tree, headline, language, outlets) if data.get("contributor") else ()
        for found, who, sure in others:  # the byline names them all, the data call one the author
            if _holds_all(names_left := fit(found), stated):
                return Written(names=names_left, who=who, sure=sure)
        printed = any(_is_printed(name, runs) for name in stated)
        if line and not printed:
            return Written(names=line, who="generic", sure=0.75)
        return Written(names=stated, who="jsonld", sure=0.95 if printed else 0.8)
    declared = fit(_declared(tree, meta, language, outlets, runs))
    if declared:
        if _holds_all(line, declared):
            return Written(names=line, who="meta", sure=0.9)
        return Written(names=declared, who="meta", sure=0.85)
    if line:
        return Written(names=line, who="generic", sure=0.75)
    for found, who, sure in shown_authors(tree, headline, language, outlets):
        if names_left := fit(found):
            return Written(names=names_left, who=who, sure=sure)
    if signed := fit(_signed(edges, language, outlets)):
        return Written(names=signed, who="text", sure=0.7)
    named = jsonld.authors_named(data)
    bodies = fit([name for name, stated in named.items() if _is_body(name, language, stated=stated)])
    return Written(names=bodies, who="jsonld", sure=0.5) if bodies else Written()


def _is_body(name: str, language: str, *, stated: bool) -> bool:
    """Whether a name that the data give as author is an agency's or a desk's: ``stated`` as one, or no person's."""
    return len(name) <= _LONGEST_BODY and "://" not in name and (stated or not persons_in(name, language))


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
        if "://" in said or not key.isprintable() or not (_AUTHOR_META.match(key) or _CREATOR_META.match(key)):
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
