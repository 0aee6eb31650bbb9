"""The story of a page that nobody declared: found, walked, cut to what is story, with its lead on top."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from attrs import evolve
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.body import Walked, walk
from newscrawl.extract.captions import with_captions
from newscrawl.extract.finder import find_body
from newscrawl.extract.lead import lead_of
from newscrawl.extract.meta import Meta
from newscrawl.extract.trim import held_by, without_head
from newscrawl.items import Json
from newscrawl.text.tree import parse

IN_SCRIPT = 0.7
"""How sure a story is that only the page's scripts hold."""
TOLD = 0.97
"""How sure a story is that the publisher's own articleBody holds."""


def find_story(
    tree: HtmlElement,
    headline: str | None,
    meta: Meta,
    data: Json,
    *,
    base: str,
    elements: Sequence[HtmlElement] | None = None,
    parts: frozenset[HtmlElement] = frozenset(),
) -> Walked:
    """``headline`` and ``meta`` are the page's, ``data`` its schema.org object, ``parts`` elements that are known to be
    no story; no blocks where it has none."""
    found = find_body(tree, headline, elements)
    if found is None:
        return Walked(blocks=())
    live = "LiveBlog" in str(data.get("@type"))
    walked = walk(found.element, base, headline=headline or "", beside=found.beside | parts, live=live)
    blocks = without_head(with_captions(walked.blocks))
    held = held_by(blocks, jsonld.text(data, "articleBody"))
    blocks = held or blocks
    described = meta.first("og:description", "description") or jsonld.text(data, "description")
    return Walked(
        blocks=(*lead_of(found.element, blocks, described), *blocks),
        editor_lines=walked.editor_lines,
        sure=TOLD if held else found.sure,
    )


def story_in_script(content: str, base: str, headline: str | None) -> Walked:
    """The story of a page that prints none and holds it in its scripts: ``content`` is HTML, or text with line ends."""
    lines = content if "<" in content else "".join(f"<p>{escape(line)}</p>" for line in content.split("\n"))
    body = parse(f"<html><body><div>{lines}</div></body></html>".encode("utf-8", "replace")).find("body")
    if body is None:
        return Walked(blocks=())
    walked = walk(body, base, headline=headline or "")
    return evolve(walked, blocks=with_captions(walked.blocks), sure=IN_SCRIPT)
