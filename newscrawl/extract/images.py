"""An ``<img>`` of a story: where its picture really is, and whether it is one."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block
from newscrawl.items import Image
from newscrawl.text.tree import unescaped
from newscrawl.text.urls import absolute

_LAZY = ("data-src", "data-original", "data-lazyload", "data-lazy-src", "data-actualsrc", "data-url", "data-echo")
"""Where lazy loaders keep the address while ``src`` holds a placeholder."""
_PLACEHOLDER = re.compile(r"(?:^data:|blank|placeholder|loading|spacer|grey|1x1|transparent)[^/]*$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SMALLEST = 40
"""Pixels; what is printed smaller is an icon or a counter."""


def image_of(element: HtmlElement, base: str) -> Block | None:
    """A figure without a caption, None for icons and counters.

    One without an address of its own (a loader's placeholder, a relative one on a page without address) is a figure
    without an image: a caption may stand beside it.
    """
    width, height = _pixels(element.get("width")), _pixels(element.get("height"))
    if (width is not None and width < _SMALLEST) or (height is not None and height < _SMALLEST):
        return None
    source = _source(element)
    url = absolute(base, source)
    if not url:
        return Block(kind="figure") if source else None
    alt = unescaped(_TAG.sub("", element.get("alt") or element.get("title") or "")) or None
    return Block(
        kind="figure",
        image=Image(url=url, alt=alt),
        width=str(width) if width else None,
        height=str(height) if height else None,
    )


def _source(element: HtmlElement) -> str | None:
    for name in _LAZY:
        value = element.get(name)
        if value and not value.startswith("data:"):
            return value
    source = element.get("src")
    if source and not _PLACEHOLDER.search(source):
        return source
    listed = (element.get("srcset") or element.get("data-srcset") or "").rpartition(",")[2].split()
    return listed[0] if listed else source


def _pixels(value: str | None) -> int | None:
    """'600', '600px' -> 600; None for percentages and what is no number."""
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", value or "")
    return int(found[1]) if found else None
