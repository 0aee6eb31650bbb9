"""The lead (导语, Vorspann, chapô, ingress) that a page prints between its headline and the story's own element.

It opens the story: on many European pages the first paragraph goes on from it. It is taken where it is named as one,
where it is what the page gives as its description, or where it is a full sentence there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block
from newscrawl.extract.names import is_caption, is_elsewhere, is_furniture, is_lead, name_of
from newscrawl.extract.trim import bare
from newscrawl.text.tree import visible_text

_OUTWARD = 7
_MOST_SEEN = 150
_MAY_BE = frozenset({"p", "h2", "h3", "h4", "div", "span", "strong", "b", "em", "li"})
_NEVER = frozenset(
    {"nav", "aside", "form", "figure", "figcaption", "button", "footer", "script", "style", "noscript", "table", "a"}
    | {"time", "label", "select", "svg", "picture", "video", "iframe", "template"}
)
_SHORTEST, _LONGEST = 40, 700
"""Characters."""
_SENTENCE = re.compile(r"[.!?…。！？][\"'»”’)]*$")
_SAME = 25
"""Letters and digits at the beginning that tell two texts to be the same."""
_MOST = 4


def lead_of(body: HtmlElement, blocks: Sequence[Block], description: str | None) -> tuple[Block, ...]:
    """The paragraphs of the lead, in order; () where there is none, or where the story has it already."""
    described = _bare(description or "")[:_SAME]
    found: list[str] = []
    for element in _between(body):
        text = _shown(element)
        if text and _is_lead(element, text, described) and not any(text in one or one in text for one in found):
            found.append(text)
    opening = _bare(" ".join(block.text for block in blocks[:4]))
    fresh = [text for text in found[:_MOST] if _bare(text)[: 2 * _SAME] not in opening]
    return tuple(Block(kind="p", html=escape(text, quote=False), text=text) for text in fresh)


def _between(body: HtmlElement) -> Iterator[HtmlElement]:
    """Elements between the last ``<h1>`` before the story and the story, in page order; none where there is no h1."""
    before: list[HtmlElement] = []
    seen = 0
    node: HtmlElement | None = body
    for _ in range(_OUTWARD):
        if node is None or node.tag == "body":
            return
        for sibling in node.itersiblings(preceding=True):
            elements = [element for element, _ in zip(_open(sibling), range(_MOST_SEEN), strict=False)]
            seen += len(elements)
            heads = [place for place, element in enumerate(elements) if element.tag == "h1"]
            before[:0] = elements[heads[-1] + 1 :] if heads else elements
            if heads:
                yield from before
                return
            if seen > _MOST_SEEN:
                return
        node = node.getparent()


def _open(element: HtmlElement) -> Iterator[HtmlElement]:
    """The element and those in it, without parts that are never a lead."""
    if not isinstance(element.tag, str) or element.tag in _NEVER:
        return
    name = name_of(element.get("class"), element.get("id"))
    if name and not is_lead(name) and (is_elsewhere(name) or is_furniture(name) or is_caption(name)):
        return
    yield element
    for child in element:
        yield from _open(child)


def _shown(element: HtmlElement) -> str:
    """The words of an element that is one paragraph; '' for others."""
    if element.tag not in _MAY_BE or sum(1 for _ in element.iter("p", "div", "h2", "h3", "li")) > 1:
        return ""
    text = visible_text(element)
    if not _SHORTEST <= len(text) <= _LONGEST:
        return ""
    linked = sum(len(visible_text(anchor)) for anchor in element.iter("a"))
    return text if linked < len(text) / 2 else ""


def _is_lead(element: HtmlElement, text: str, described: str) -> bool:
    if described and len(described) >= _SAME and _bare(text)[:_SAME] == described:
        return True
    if not _SENTENCE.search(text):
        return False
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None:
            break
        if is_lead(name_of(node.get("class"), node.get("id"))):
            return True
        node = node.getparent()
    return element.tag in ("p", "h2", "h3", "strong") and len(text) >= 2 * _SHORTEST


def _bare(text: str) -> str:
    return bare(text.lower())
