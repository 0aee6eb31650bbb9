"""XML elements of feeds and sitemaps. Their text is made :func:`~newscrawl.text.plain`, which leaves nothing that XML
may not hold."""

from __future__ import annotations

from lxml import etree

from newscrawl.text.plain import plain

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"


def add(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """A new last child of ``parent``; ``name`` with its namespace in braces."""
    child = etree.SubElement(parent, name, {key: plain(value) for key, value in attributes.items()})
    if text is not None:
        child.text = plain(text)
    return child


def keep_out_of_search(parent: etree._Element) -> None:
    """Say ``noindex`` of an entry as FeedBurner has it, in XHTML's words: feeds have none for it."""
    etree.SubElement(parent, f"{{{XHTML}}}meta", {"name": "robots", "content": "noindex"}, nsmap={None: XHTML})
