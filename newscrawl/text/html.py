"""Cleaning a story's HTML to an allow-list: the last thing that happens to it before the store.

It rests on nh3 (ammonia, an HTML5 parser), not on the parser that read the page, so what a browser would make of the
result is what was checked. It decides nothing about content: advertisements and bylines were left out by the reader.
"""

from __future__ import annotations

import nh3

_BLOCKS = {"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "figure", "figcaption", "img", "br", "hr"}
_INLINE = {"a", "strong", "b", "em", "i", "sub", "sup"}
_TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
TAGS = frozenset(_BLOCKS | _INLINE | _TABLE)
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CODE = {"script", "style", "noscript", "template", "iframe", "object", "embed", "noembed", "noframes", "xmp"}
_WIDGETS = {"svg", "math", "textarea", "select", "option", "button", "canvas", "audio", "video", "title", "plaintext"}
_NUMBERS = frozenset({"width", "height", "colspan", "rowspan"})
_MOST_PASSES = 6
"""Two serve for almost anything."""


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Sizes are small whole numbers; an address keeps no white space or control character."""
    if name in _NUMBERS:
        return value if value.isascii() and value.isdecimal() and len(value) <= 5 else None
    if name in ("href", "src"):
        return value if value.isprintable() and " " not in value else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=_CODE | _WIDGETS,
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_attribute,
    strip_comments=True,
    link_rel="nofollow noopener noreferrer",
    url_schemes={"http", "https"},
    url_relative="deny",
)


def sanitise(html: str) -> str:
    """``html`` with nothing in it but the tags and attributes above; links and images only by http(s).

    Scripts, styles, frames, forms, event attributes, ``data:`` and ``javascript:`` addresses go; the words of other
    tags stay. Idempotent: wild nesting (a heading in a table in a heading) settles only when it is parsed again, so it
    is cleaned until nothing changes. Does not raise on any text.
    """
    for _ in range(_MOST_PASSES):
        clean = _CLEANER.clean(html)
        if clean == html:
            break
        html = clean
    return html
