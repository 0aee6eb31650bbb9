"""Boxes that a page puts into or beside a story: lists of links, teasers of other stories, tag lists, forms.

Told by what they hold, not by their names: mostly words in links, a headline that is a link with an opening under it,
or something to fill in.
Only small elements are looked at, so that the cost of a page stays in proportion to its size.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.text.tree import HEADINGS

_MAY_BE = frozenset({"div", "ul", "ol", "section", "article", "aside", "dl", "figure", "table", "blockquote", "center"})
_ASKING = frozenset({"form", "input"})
"""What asks a reader for something: an address for the newsletter, leave to show what lies elsewhere."""
_MOST = 240
"""Elements; a box has fewer."""
_LINKED = 0.6
"""Share of a box's letters that stand in links."""
_TEASER = 500
"""Characters outside the link; a teaser has fewer."""
_CAPTION, _LONG_CAPTION = 160, 700
"""Characters of a caption: of a picture in any box, in one that is named as a picture's."""
_SENTENCE = 40
_STOPS = ("。", "！", "？", ".", "!", "?", "”", '"')
_LINE = 60
"""Characters; a longer paragraph beside a picture is story."""
_STORY = 900
"""Characters outside links; what has more is no box."""


def is_box(element: HtmlElement) -> bool:
    """Whether a container inside a story holds links to others and little else."""
    if element.tag not in _MAY_BE:
        return False
    linked = told = links = 0
    headed = asks = False
    for seen, node in enumerate(element.iter()):
        if seen > _MOST or told > _STORY:
            return False
        tag = node.tag
        if not isinstance(tag, str) or tag in ("script", "style", "noscript"):
            told += _letters(node.tail)
            continue
        anchor = _anchor_round(node, element)
        if tag == "a" and node.get("href"):
            links += 1
        asks = asks or (tag in _ASKING and node.get("type") != "hidden")
        if anchor is not None:
            linked += _letters(node.text)
            headed = headed or (tag in HEADINGS and bool(_letters(node.text))) or _is_headed(anchor)
        else:
            told += _letters(node.text)
        if node is not element:
            if node is not anchor and anchor is not None:
                linked += _letters(node.tail)
            else:
                told += _letters(node.tail)
    if asks and told <= _TEASER:
        return True
    if not links or not linked:
        return False
    return linked >= _LINKED * (linked + told) or (headed and told <= _TEASER)


def _is_story(text: str | None, *, named: bool) -> bool:
    """Whether a paragraph beside a picture is the story's: long, and in a picture's own box a full sentence too."""
    size = _letters(text)
    stopped = bool(text) and text.rstrip().endswith(_STOPS) if text else False
    return (size > _SENTENCE and stopped) or (size > _LINE and not named)


def _anchor_round(node: HtmlElement, within: HtmlElement) -> HtmlElement | None:
    step: HtmlElement | None = node
    for _ in range(8):
        if step is None or step is within:
            return step if step is not None and step.tag == "a" else None
        if step.tag == "a":
            return step
        step = step.getparent()
    return None


def _is_headed(anchor: HtmlElement) -> bool:
    """Whether the link is all that its heading says."""
    outer = anchor.getparent()
    return outer is not None and outer.tag in HEADINGS and not _letters(outer.text) and not _letters(anchor.tail)


def _letters(text: str | None) -> int:
    return len(text.strip()) if text else 0


def is_pictured(element: HtmlElement, *, named: bool) -> bool:
    """Whether a box holds a picture and next to no words, which are the picture's then.

    ``named``: its name says that it is a picture's box; then more words are believed.
    """
    if element.tag not in ("div", "section", "figure", "a", "span"):
        return False
    most = _LONG_CAPTION if named or element.tag == "figure" else _CAPTION
    shown = False
    told = 0
    for seen, node in enumerate(element.iter()):
        if seen > _MOST:
            return False
        tag = node.tag
        if tag in ("table", "blockquote", "h1", "h2"):
            return False
        shown = shown or tag == "img"
        if tag == "p" and _is_story(node.text, named=named):
            return False
        if isinstance(tag, str) and tag not in ("script", "style", "noscript"):
            told += _letters(node.text)
        if node is not element:
            told += _letters(node.tail)
        if told > most:
            return False
    return shown
