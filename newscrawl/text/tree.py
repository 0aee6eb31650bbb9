"""One parse of a page, shared by everything that reads it, and the words an element shows.

The parser is libxml2's (through lxml). Comments stay in the tree: a CMS writes facts there (``<!--[4,8,9229287]
published at …-->``); they are never read as text. libxml2 stops at a depth of 2,048 elements; what lies deeper is lost.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import cast

import attrs
from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HTMLParser, HtmlProcessingInstruction, document_fromstring

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.items import FetchedPage
from newscrawl.text.encoding import as_utf8

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "textarea", "select"})
"""Elements whose text no reader sees."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|h1|div|p)[\s>/]", re.IGNORECASE)
_OTHER = re.compile(
    rb"\s*(?:%PDF-|\x89PNG|GIF8|\xff\xd8\xff|PK\x03\x04|RIFF|<\?xml[^>]*>\s*(?:<!--.*?-->\s*)*"
    rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b|<(?:rss|feed|urlset|sitemapindex)\b)",
    re.DOTALL,
)
_SNIFF = 4096

# Over attributes and not over elements that have them: a predicate on an element costs three times as much.
_BROKEN_ATTRIBUTE = etree.XPath(
    "boolean(//img/@alt[contains(., '<a ')]) or boolean(//img/@title[contains(., '<a ')])"
    " or boolean(//a/@title[contains(., '<a ')])"
)
_LINK_IN_ATTRIBUTE = tuple(
    re.compile(rb"\b(alt|title)\s*=\s*" + q + rb"((?:[^<>" + q + rb"]|<a\b[^<>]*>|</a>)*)" + q, re.IGNORECASE)
    for q in (b'"', b"'")
)
_TAG = re.compile(rb"</?a\b[^<>]*>", re.IGNORECASE)

_TAG_NAME = re.compile(rb"<[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(rb"([^\s=>/\"']+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_STRIDE = 4096
"""Bytes."""
_MOST_ATTRIBUTES = 1000
"""Different names in one tag."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,10});")
_ZERO_WIDTH = str.maketrans("\u200b\ufeff", "  ")
_DIVIDING = frozenset({"br", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "dt", "dd", "section", "ul"})
"""Elements that divide words."""


def parsed(page: FetchedPage) -> FetchedPage:
    """The page with its tree. A page that has one is given back as it is.

    Raises :class:`~newscrawl.errors.NotAnArticle`: ``NOT_HTML`` for a PDF, an image, a feed; ``UNREADABLE`` where the
    bytes hold no element at all.
    """
    if page.tree is not None:
        return page
    if not page.body.strip():
        raise NotAnArticle(Reason.UNREADABLE, "the answer is empty")
    if not looks_like_html(page.body, page.content_type):
        raise NotAnArticle(Reason.NOT_HTML, page.content_type or "")
    return attrs.evolve(page, tree=parse(page.body, page.content_type))


def parse(body: bytes, content_type: str | None = None) -> HtmlElement:
    """The tree of a page. Links that a CMS wrote into ``alt`` and ``title`` (自动链接) are taken out of there first."""
    clean = without_swollen_tags(as_utf8(body, content_type))
    tree = _tree(clean)
    if _BROKEN_ATTRIBUTE(tree):
        for pattern in _LINK_IN_ATTRIBUTE:
            clean = pattern.sub(_without_links, clean)
        tree = _tree(clean)
    return tree


def looks_like_html(body: bytes, content_type: str | None) -> bool:
    """Judged from the first bytes, then from the declared type; many servers declare wrongly."""
    head = body[:_SNIFF]
    if _OTHER.match(head):
        return False
    kind = (content_type or "").partition(";")[0].strip().lower()
    if _MARKUP.search(head.replace(b"\0", b"")):
        return True
    return kind in _HTML_TYPES or (not kind and b"<" in head)


def folded(text: str) -> str:
    """White space of every kind (U+3000, NBSP, line ends, zero-width) made one space, none at the ends."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.translate(_ZERO_WIDTH)
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """``text`` folded, its HTML entities undone: data and tags hold them escaped once too often ('T&#252;rkiye')."""
    return folded(unescape(text)) if "&" in text and _ENTITY.search(text) else folded(text)


def visible_text(element: HtmlElement) -> str:
    """The words an element shows, folded; blocks and line breaks divide words. No scripts, styles, comments."""
    if not len(element):
        return folded(element.text or "") if element.tag not in UNSEEN else ""
    parts = [element.text or ""]
    inside = [iter(element)]
    tails: list[str] = []
    while inside:
        node = next(inside[-1], None)
        if node is None:
            inside.pop()
            if tails:
                parts.append(tails.pop())
            continue
        tag, tail = node.tag, node.tail or ""
        if tag in _DIVIDING:
            parts.append(" ")
            tail = tail and f" {tail}"
        if tag in UNSEEN or not isinstance(tag, str):
            parts.append(tail)
            continue
        parts.append(node.text or "")
        if len(node):
            inside.append(iter(node))
            tails.append(tail)
        else:
            parts.append(tail)
    return folded("".join(parts))


def without_swollen_tags(source: bytes) -> bytes:
    """``source``, in which no tag has thousands of attributes: such a tag keeps its name only.

    libxml2 goes through all attributes of an element for each of them, which takes it ten seconds for 100,000. Only
    where no ``>`` stands for some thousand bytes is anything looked at, so that the usual page costs nothing.
    """
    parts: list[bytes] = []
    done = at = 0
    while at < len(source):
        if source.find(b">", at, at + _STRIDE) >= 0:
            at += _STRIDE
            continue
        end = source.find(b">", at + _STRIDE)
        begin = source.find(b"<", source.rfind(b">", max(0, at - _STRIDE), at) + 1, end if end >= 0 else None)
        at = end if end >= 0 else len(source)
        name = _TAG_NAME.match(source, begin) if begin >= done else None
        if name is not None and len(set(_ATTRIBUTE.findall(source, name.end(), at))) > _MOST_ATTRIBUTES:
            parts.append(source[done : name.end()])
            done = at
    return b"".join([*parts, source[done:]]) if parts else source


def _tree(clean: bytes) -> HtmlElement:
    try:
        return document_fromstring(clean, parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise NotAnArticle(Reason.UNREADABLE, str(error)) from error


@cache
def _parser() -> HTMLParser:
    """One parser for all pages. Every element is an HtmlElement by a lookup in C; lxml.html's own lookup asks Python
    for each element that is touched, which doubles the cost of a walk."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False, no_network=True)
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
        )
    )
    return cast("HTMLParser", parser)


def _without_links(found: re.Match[bytes]) -> bytes:
    quote = found[0][-1:]
    return found[1] + b"=" + quote + _TAG.sub(b"", found[2]) + quote
