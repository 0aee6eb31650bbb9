"""What a page shows near its headline, read without knowing the site: the headline, the date, 来源."""

from __future__ import annotations

import re
from datetime import datetime
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.surface import holders
from newscrawl.items import Printed
from newscrawl.text.dates import read_printed
from newscrawl.text.labelled import read_labelled
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import UNSEEN, folded, visible_text

_TITLE = etree.XPath("string(/html/head/title)", smart_strings=False)
_H1 = etree.XPath("//h1")
_TIMES = etree.XPath("//time/@datetime", smart_strings=False)
_ITEMS = etree.XPath("//@itemprop[. = 'datePublished']/..")
_MAY_NAME_EDITORS = frozenset({"div", "span", "p", "td", "a", "em", "li", "strong", "font"})
_EDITED = re.compile(r"[编編][辑輯]\s*[:：]|[责責][编編]")
_EDITORS_WORDS = ("编辑", "責編", "责编", "編輯")
_SUFFIX = re.compile(r"\s*(?:--+|[_|｜丨–—]|\s-|-(?=[一-鿿]))\s*[^_|｜丨–—]{1,24}$")
_DATE = re.compile(r"(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")
_SOURCE = re.compile(
    r"(?:来源|稿源|出处)\s*[:：]\s*(?P<credit>[^\s\u3000|｜]+(?: [A-Za-z][\w.]*)*?)"
    r"(?=参与互动|分享|字号|作者|编辑|责任|【|\[|[\s\u3000|｜]|$)"
)
_MOST_SUFFIXES = 4
"""'Title - Section - Channel - Site'."""
_LONGEST_TITLE = 300
_NEAR = 40
_SHORTEST = 4
_LONGEST_LINE = 80


def title_of(tree: HtmlElement) -> str:
    """The page's ``<title>``, of a length that is a title's: what follows is searched again and again."""
    return folded((cast("str", _TITLE(tree)) or tree.findtext(".//title") or "")[: 2 * _LONGEST_TITLE])[:_LONGEST_TITLE]


def without_site(title: str, site: str = "") -> str:
    """A title without the site's name behind it: '标题 -中新网', '标题_要闻_某网', 'Title | Site'."""
    title = title[:_LONGEST_TITLE]
    if site and title.endswith(site) and len(title) > len(site) + _SHORTEST:
        return title[: -len(site)].rstrip(" -_|–—丨｜·")
    for _ in range(_MOST_SUFFIXES):
        shorter = _SUFFIX.sub("", title).rstrip()
        if len(shorter) < _SHORTEST or shorter == title:
            break
        title = shorter
    return title


def headline_of(tree: HtmlElement, title: str) -> str | None:
    """The ``<h1>`` that the title repeats (the first one is often the channel's name), else a lone ``<h1>``."""
    shown = [text for h1 in cast("list[HtmlElement]", _H1(tree)) if (text := visible_text(h1))]
    for text in shown:
        if len(text) >= _SHORTEST and text in title:
            return text
    return shown[0] if len(shown) == 1 and len(shown[0]) > 2 * _SHORTEST else None


def runs_after(tree: HtmlElement, headline: str | None) -> tuple[str, ...]:
    """The runs of text that follow the printed headline: date, source and names. () where no headline is printed."""
    head = _printed_headline(tree, headline)
    if head is None:
        return ()
    words: list[str] = []
    node: HtmlElement | None = head
    while node is not None and len(words) < _NEAR:
        if node.tail and node.tail.strip():
            words.append(folded(node.tail))
        for sibling in node.itersiblings():
            words += _words_in(sibling, _NEAR - len(words))
        node = node.getparent()
    return tuple(words)


def _printed_headline(tree: HtmlElement, headline: str | None) -> HtmlElement | None:
    """The last ``<h1>`` with the headline's words (a page prints it twice, the bar on top first), else another element
    with exactly these words, else the last ``<h1>``."""
    heads = cast("list[HtmlElement]", _H1(tree))
    if headline:
        for head in reversed(heads):
            if visible_text(head) == headline:
                return head
        for element in tree.iter("h2", "h3", "h4", "div", "span", "p", "td", "li"):
            if element.text and abs(len(element.text) - len(headline)) < 60 and folded(element.text) == headline:
                return element
    return heads[-1] if heads else None


def _words_in(element: HtmlElement, most: int) -> list[str]:
    """The runs of text in an element and right behind it, at most so many."""
    words: list[str] = []
    for node in element.iter():
        if len(words) >= most:
            break
        if isinstance(node.tag, str) and node.tag not in UNSEEN and node.text and node.text.strip():
            words.append(folded(node.text))
        if node.tail and node.tail.strip():
            words.append(folded(node.tail))
    return words


def published_near(
    tree: HtmlElement, near: str, *, zone: str, reference: datetime | None, language: str
) -> Printed | None:
    """Microdata, then the date printed after the headline, then the first ``<time datetime>``."""
    for element in cast("list[HtmlElement]", _ITEMS(tree)):
        found = read_printed(element.get("content") or element.get("datetime") or "", zone=zone)
        if found:
            return found
    date = _DATE.search(near)
    if date and (found := read_printed(near[date.start() : date.start() + 40], zone=zone, reference=reference)):
        return found
    for datetime_text in cast("list[str]", _TIMES(tree)):
        if found := read_printed(datetime_text, zone=zone, language=language):
            return found
    return None


def credit_in(text: str) -> str | None:
    """The outlet after 来源： or Source: in a line of date, source and links; None where it says none."""
    found = _SOURCE.search(simplified(text))
    if found is None:
        return read_labelled(text).credit
    return text[slice(*found.span("credit"))].strip(" ：:") or None


def editor_lines(tree: HtmlElement) -> list[str]:
    """Short lines anywhere on the page that name an editor: 【编辑:…】, 责任编辑：…"""
    lines: list[str] = []
    for element in holders(tree, _EDITED, _EDITORS_WORDS):
        text = element.text
        if element.tag in _MAY_NAME_EDITORS and text and len(text) <= _LONGEST_LINE and _EDITED.search(text):
            line = visible_text(element)
            if len(line) <= _LONGEST_LINE:
                lines.append(line)
    return lines
