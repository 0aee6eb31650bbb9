"""The pieces of a story in reading order, and how they are written down as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from attrs import frozen

from newscrawl.items import Image

Within = tuple[tuple[str, int], ...]
"""The lists and quotations a block stands in, outermost first: ('ul', 3). The number tells two lists apart."""


@frozen(kw_only=True)
class Block:
    """A paragraph, a subheading, a list item, a table, or an image with its caption."""

    kind: str
    """'p', 'h2', 'h3', 'h4', 'li', 'hr', 'table', 'figure', or 'caption' (words that belong to an image beside it)."""
    html: str = ""
    """Inner HTML, escaped; whole for a table."""
    text: str = ""
    """One line; a table has one line a row."""
    within: Within = ()
    image: Image | None = None
    width: str | None = None
    height: str | None = None


def html_of(blocks: Sequence[Block]) -> str:
    """The story's HTML: every block on a line of its own, lists and quotations opened and closed round them."""
    out: list[str] = []
    open_now: Within = ()
    for block in blocks:
        within = block.within
        if within != open_now:
            keep = 0
            while keep < min(len(open_now), len(within)) and open_now[keep] == within[keep]:
                keep += 1
            out.extend(f"</{tag}>" for tag, _ in reversed(open_now[keep:]))
            out.extend(f"<{tag}>" for tag, _ in within[keep:])
            open_now = within
        out.append(f"<p>{block.html}</p>" if block.kind == "p" else _written(block))
    out.extend(f"</{tag}>" for tag, _ in reversed(open_now))
    return "\n".join(out)


def text_of(blocks: Iterable[Block]) -> str:
    """The story's plain text: one paragraph a line, no captions."""
    return "\n".join(block.text for block in blocks if block.text and block.kind not in ("figure", "caption"))


def images_of(blocks: Iterable[Block]) -> tuple[Image, ...]:
    """Its images in order, each once."""
    return tuple({block.image.url: block.image for block in reversed(tuple(blocks)) if block.image}.values())[::-1]


def _written(block: Block) -> str:
    if block.kind == "figure" and block.image:
        return _figure(block, block.image)
    if block.kind == "hr":
        return "<hr>"
    if block.kind == "table":
        return block.html
    tag = "p" if block.kind == "caption" else block.kind
    return f"<{tag}>{block.html}</{tag}>"


def _figure(block: Block, image: Image) -> str:
    parts = [f'<img src="{escape(image.url)}"']
    for name, value in (("alt", image.alt), ("width", block.width), ("height", block.height)):
        if value:
            parts.append(f'{name}="{escape(value)}"')
    caption = f"<figcaption>{escape(image.caption, quote=False)}</figcaption>" if image.caption else ""
    return f"<figure>{' '.join(parts)}>{caption}</figure>"
