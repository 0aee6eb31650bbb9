"""The one walk over a story's element: paragraphs, subheadings, lists, tables and images in reading order.

The walk keeps what is story and leaves out what a page puts between: scripts, forms, hidden copies, advertisements,
share bars. A publisher names its own by class or id (:data:`Roles`). Text that goes on after an advertisement which
cut a paragraph in two is joined to it again. Which *lines* are no story (bylines, editors) is for ``lines`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import islice
from typing import Any, cast

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block
from newscrawl.extract.boxes import is_box, is_pictured
from newscrawl.extract.images import image_of
from newscrawl.extract.inline import BREAK, Mark, Token, closing, is_indented, paragraphs
from newscrawl.extract.names import (
    is_caption,
    is_elsewhere,
    is_furniture,
    is_hidden,
    is_paywall,
    is_picture,
    name_of,
    role_by_name,
)
from newscrawl.text.tree import visible_text
from newscrawl.text.urls import absolute

Roles = Mapping[str, str]
"""'.class' or '#id' -> 'ad' (left out, text after it goes on), 'skip' (left out), 'caption' (belongs to the image
beside it), 'editor' (left out, but read for editors), 'keep' (story, whatever its name suggests)."""

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "form", "input", "button", "select"}
    | {"textarea", "svg", "canvas", "audio", "video", "nav", "footer", "aside", "map", "link", "meta", "title", "head"}
)
_INLINE = frozenset({"a", "strong", "b", "em", "i", "sub", "sup"})
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "ul", "ol", "li", "blockquote", "table", "tbody", "thead", "tfoot", "tr", "td"}
    | {"th", "caption", "figure", "figcaption", "pre", "dl", "dt", "dd", "center", "hr", "address", "details"}
    | {"summary", "main", "header", "body", "fieldset", *_HEADINGS}
)
_CONTAINERS = frozenset({"ul", "ol", "blockquote"})
_LEAD_IN = 200
"""Characters that may stand in the story's element before its headline."""
_SHOWN = 1000
"""Characters; where a page shows fewer, a hidden element with a story is the story (behind a paywall's curtain)."""


_MOST_IN_HEADING = 40
_SENTENCE = 40
"""Characters at the head of a paragraph."""
_OFFERED, _LONGEST_OFFER = 80, 400
"""Characters of a line and of the whole of what asks readers to subscribe."""
_FEW = 2
"""Long paragraphs that are believed over a name of furniture (``topic-content``)."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4}")


def roles(**names: str) -> Roles:
    """Roles written shortly: ``roles(ad=".adInContent #adhzh", caption=".pictext")``."""
    return {name: role for role, listed in names.items() for name in listed.split()}


@frozen(kw_only=True)
class Walked:
    blocks: tuple[Block, ...]
    editor_lines: tuple[str, ...] = ()
    """Words of the elements whose role is 'editor'."""
    sure: float | None = None
    """0 to 1, where nobody declared what was walked."""


def walk(
    body: HtmlElement,
    base: str,
    roles: Roles | None = None,
    *,
    headline: str | None = None,
    beside: frozenset[HtmlElement] = frozenset(),
    live: bool = False,
) -> Walked:
    """Walk ``body`` once. ``base`` makes links and images absolute; ``roles`` are the publisher's names.

    ``headline`` is given where nobody declared what ``body`` holds: then the story begins behind the headline, and what
    is named or built like a box (teasers, tags, bylines, lists of links) is left out, as are the elements ``beside``.
    ``live``: the posts of a live blog, each an ``<article>``, are the story.
    """
    return _Walk(
        base, roles or {}, breaks_divide=_divided_by_breaks(body), headline=headline, beside=beside, live=live
    ).run(body)


def _divided_by_breaks(body: HtmlElement) -> bool:
    """Does the page write its paragraphs with ``<br>``? Then it has few ``<p>`` and many breaks."""
    breaks = sum(1 for _ in body.iter("br"))
    if not breaks:
        return False
    marked = sum(1 for p in body.iter("p") if len(p) or (p.text and p.text.strip()))
    return marked <= 2 or breaks > 3 * marked


class _Walk:
    def __init__(
        self,
        base: str,
        roles: Roles,
        *,
        breaks_divide: bool,
        headline: str | None,
        beside: frozenset[HtmlElement],
        live: bool,
    ) -> None:
        self.base = base
        self.headline = headline
        self.beside = beside
        self.live = live
        self.roles = roles
        self.breaks_divide = breaks_divide
        self.blocks: list[Block] = []
        self.editors: list[str] = []
        self.tokens: list[Token] = []
        self.has_words = False
        self.marks: list[Mark] = []
        self.before: list[Block] = []
        self.after: list[Block] = []
        self.within: list[tuple[str, int]] = []
        self.kinds: list[str] = ["p"]
        self.last_tokens: list[Token] = []
        self.cut_at = -1
        self.begun = False
        self.told = 0

    def run(self, body: HtmlElement) -> Walked:
        events: Any = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
        skipped: HtmlElement | None = None
        for event, element in events:
            if event == "start":
                if element is not body and self._left_out(element):
                    skipped = element
                    events.skip_subtree()
                    continue
                self._start(element)
                if text := element.text:
                    self._text(text)
                continue
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element.tag)
            if element is not body and (tail := element.tail):
                self._text(tail)
        self._flush()
        return Walked(blocks=tuple(self.blocks), editor_lines=tuple(self.editors))

    # -- what is left out ---------------------------------------------------------------------------------------------
    def _left_out(self, element: HtmlElement) -> bool:
        """Left out with all below it: by tag, by being hidden, by the publisher's word, by what its name suggests."""
        tag = element.tag
        if tag in _SKIPPED:
            return True
        if element in self.beside:
            return True
        role = self._role(element)
        if not role and tag != "figcaption":
            if self.headline is not None and tag in _BLOCKS and self._between(element):
                return True
            return tag == "table" and self._table(element)
        if role == "ad":
            if not self.has_words and self.blocks and self.blocks[-1].kind == "p":
                self.cut_at = len(self.blocks)
            return True
        if role == "skip":
            return True
        if role == "editor":
            self.editors.append(visible_text(element))
            return True
        if role == "caption" or tag == "figcaption":
            self._caption(element)
            return True
        return tag == "table" and self._table(element)

    def _role(self, element: HtmlElement) -> str:
        names, ident = element.get("class"), element.get("id")
        if names is None and ident is None and not element.items():
            return ""
        if self.roles:
            if ident and (role := self.roles.get("#" + ident)):
                return role
            for name in names.split() if names else ():
                if role := self.roles.get("." + name):
                    return role
        if is_hidden(element):
            return "" if self.headline is not None and self.told < _SHOWN and _holds_story(element) else "skip"
        if not names and not ident:
            return ""
        role = role_by_name(name_of(names, ident))
        return "" if role in ("ad", "skip") and _holds_story(element) else role

    def _between(self, element: HtmlElement) -> bool:
        """Is it the headline, or something that no publisher declared and that is no story by its name or its build?"""
        tag = element.tag
        if tag == "h1" and not self.begun and self.told < _LEAD_IN:
            self._begin()
            return True
        if tag == "h2" and not self.begun and _is_small(element) and visible_text(element) == self.headline:
            self._begin()
            return True
        name = name_of(element.get("class"), element.get("id"))
        if name and is_caption(name) and not _holds_story(element):
            self._caption(element)
            return True
        if name and (is_furniture(name) or is_elsewhere(name)) and not _holds_story(element, _FEW):
            return True
        if name and is_paywall(name) and _is_offer(element):
            return True
        if tag == "article" and self.told and not self.live and _is_other_article(element):
            return True
        if tag != "p" and is_pictured(element, named=bool(name) and is_picture(name)):
            self._caption(element)
            return True
        return is_box(element) and (self.begun or not _is_short_story(element, self.headline))

    def _begin(self) -> None:
        """The headline stands here: of what stood before it only pictures are the story's."""
        self._flush()
        self.blocks = [block for block in self.blocks if block.image]
        self.begun = True

    def _caption(self, element: HtmlElement) -> None:
        self._flush()
        text = visible_text(element)
        for image in element.iter("img"):
            self._image(image)
        self._flush()
        if text:
            self.blocks.append(Block(kind="caption", html=escape(text, quote=False), text=text))

    def _table(self, element: HtmlElement) -> bool:
        """Is it a table of content (and then taken whole)? A layout table is walked through like a div."""
        if next(element.iterdescendants("table"), None) is not None:
            return False
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        cells = [(cell, visible_text(cell)) for row in rows for cell in row]
        filled = [text for _, text in cells if text]
        if len(rows) < 2 or max(map(len, rows)) < 2 or len(filled) < 4 or max(map(len, filled)) > 300:
            return False
        self._flush()
        words = dict(cells)
        html = "".join("<tr>" + "".join(_cell(cell, words[cell]) for cell in row) + "</tr>" for row in rows if row)
        text = "\n".join(line for row in rows if (line := " ".join(words[cell] for cell in row if words[cell])))
        self.blocks.append(Block(kind="table", html=f"<table>{html}</table>", text=text, within=tuple(self.within)))
        return True

    # -- what is kept -------------------------------------------------------------------------------------------------
    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self.cut_at = self.cut_at if tag in ("table", "tbody", "tr", "td") else -1
            if tag in _CONTAINERS:
                self.within.append((tag, len(self.blocks) * 64 + len(self.within)))
            self.kinds.append(_HEADINGS.get(tag) or ("li" if tag == "li" and self.within else self.kinds[-1]))
            if tag == "hr" and self.blocks:
                self.blocks.append(Block(kind="hr", within=tuple(self.within)))
        elif tag == "br":
            self.tokens.append(BREAK)
        elif tag == "img":
            self._image(element)
        elif tag in _INLINE:
            self._open(element, tag)

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            self.kinds.pop()
            if tag in _CONTAINERS:
                self.within.pop()
        elif tag in _INLINE and self.marks:
            mark = self.marks.pop()
            self.tokens.append(closing(mark.tag))

    def _open(self, element: HtmlElement, tag: str) -> None:
        html = f"<{tag}>"
        if tag == "a":
            url = absolute(self.base, element.get("href"))
            html = f'<a href="{escape(url)}">' if url else "<a>"
        mark = Mark(html, tag, opens=True)
        self.marks.append(mark)
        self.tokens.append(mark)

    def _text(self, text: str) -> None:
        if text.isspace():
            if self.tokens:
                self.tokens.append(text)
            return
        if self.cut_at >= 0 and self.cut_at == len(self.blocks) and not is_indented(text):
            self.blocks.pop()
            self.tokens = [*self.last_tokens, *(token for token in self.tokens if isinstance(token, Mark))]
        self.cut_at = -1
        self.tokens.append(text)
        self.has_words = True

    def _image(self, element: HtmlElement) -> None:
        block = image_of(element, self.base)
        if block:
            (self.after if self.has_words else self.before).append(block)

    def _flush(self) -> None:
        """End the paragraph at hand: its images before or after its words, as they stood."""
        if not self.tokens and not self.before:
            return
        self.blocks += self.before
        if self.has_words:
            tokens = self.tokens
            if self.marks:
                tokens = [*tokens, *(closing(mark.tag) for mark in reversed(self.marks))]
            kind, within = self._kind(), tuple(self.within)
            for html, text in paragraphs(tokens, breaks_divide=self.breaks_divide):
                self.told += len(text)
                self.blocks.append(Block(kind=kind, html=html, text=text, within=within))
            self.last_tokens = tokens
            self.has_words = False
        if self.before or self.after:
            self.blocks += self.after
            self.before, self.after = [], []
        self.tokens = list(self.marks)

    def _kind(self) -> str:
        kind = self.kinds[-1]
        return "p" if kind == "li" and not (self.within and self.within[-1][0] in ("ul", "ol")) else kind


def _cell(cell: HtmlElement, text: str) -> str:
    spans = "".join(
        f' {name}="{value}"'
        for name in ("colspan", "rowspan")
        if (value := cell.get(name)) and value.isascii() and value.isdecimal() and value != "1"
    )
    tag = str(cell.tag)
    return f"<{tag}{spans}>{escape(text, quote=False)}</{tag}>"


def _is_small(element: HtmlElement) -> bool:
    """Whether it holds few elements: a heading does, headings nested in each other by the thousand do not."""
    return next(islice(element.iter(), _MOST_IN_HEADING, None), None) is None


def _is_short_story(element: HtmlElement, headline: str | None) -> bool:
    """Whether a small box holds the headline and a sentence outside links: a story of few words, no teaser."""
    if not any(visible_text(head) == headline for head in element.iter("h1")):
        return False
    return any(len(p.text or "") >= _SENTENCE and next(p.iterancestors("a"), None) is None for p in element.iter("p"))


def _is_offer(element: HtmlElement) -> bool:
    """Whether a box asks readers to subscribe: short lines and a link. What the offer hides has a longer paragraph."""
    if element.tag == "p" or next(element.iter("a", "button"), None) is None or _holds_story(element, 1):
        return False
    runs = [len(run) for run in cast("list[str]", list(element.itertext()))]
    return max(runs) <= _OFFERED and sum(runs) <= _LONGEST_OFFER


def _is_other_article(element: HtmlElement) -> bool:
    return next(element.iter("h1"), None) is not None or not _holds_story(element)


def _holds_story(element: HtmlElement, enough: int = 3) -> bool:
    """A name may mislead (``class="share-article"`` round the whole story): some long paragraphs are story."""
    long = 0
    for p in element.iter("p"):
        words = p.text if p.text and len(p.text) > 60 else "".join(cast("list[str]", list(p.itertext())))
        if len(words) > (40 if _WIDE.search(words) else 80 if words is not p.text else 60):
            long += 1
            if long == enough:
                return True
    return False
