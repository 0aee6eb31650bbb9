"""An article's body on its page: pictures wait until they are near and always have an alternative text, tables scroll
in a box of their own, headings skip no level, addresses are URIs, mirrored pictures take the place of those elsewhere.

The body is changed as a tree and cleaned once more after it, by nh3 as before the store; no string is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Protocol

import nh3
from lxml import html
from markupsafe import Markup

from newscrawl.publish.addresses import uri
from newscrawl.text.html import ATTRIBUTES, TAGS
from newscrawl.text.plain import plain

_CHANGED = re.compile(r"<(?:img|table|li|a|h[2-4])\b")
_ENDS = "。．.！？!? "


class Picture(Protocol):
    """A mirrored picture."""

    @property
    def path(self) -> str:
        """Within the site."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


def body(clean: str, root: str, words: Mapping[str, str], pictures: Mapping[str, Picture]) -> Markup:
    """``clean``: ``body_html``. ``root`` leads from the page to the site's root; ``pictures`` by their address."""
    clean = plain(clean)
    if _CHANGED.search(clean):
        story = html.fragment_fromstring(clean, create_parent="div")
        _dress(story, root, words, pictures)
        clean = within(story)
    return Markup(_cleaner().clean(clean))  # noqa: S704  what nh3 gives


def within(story: html.HtmlElement) -> str:
    """The markup of what an element holds."""
    children = [html.tostring(child, encoding="unicode") for child in story]
    return str(Markup.escape(story.text or "")) + "".join(children)


def _dress(story: html.HtmlElement, root: str, words: Mapping[str, str], pictures: Mapping[str, Picture]) -> None:
    for image in list(story.iter("img")):
        _dress_image(image, root, words, pictures)
    for link in list(story.iter("a")):
        if link.get("href") and (link.text_content().strip() or link.xpath(".//img")):
            link.set("href", uri(link.get("href", "")))
        else:
            link.drop_tag()
    _level(story)
    for table in list(story.iter("table")):
        if next(table.iterancestors("table"), None) is None:
            _boxed(table, words["table"])
    for item in list(story.iter("li")):
        parent = item.getparent()
        if parent is not None and parent.tag not in ("ul", "ol"):
            item.tag = "p"


def _dress_image(image: html.HtmlElement, root: str, words: Mapping[str, str], pictures: Mapping[str, Picture]) -> None:
    """One without an address is nothing to be seen, and goes."""
    address = image.get("src")
    if not address:
        image.drop_tree()
        return
    picture = pictures.get(address)
    if picture:
        image.set("src", f"{root}{picture.path}")
        image.set("width", str(picture.width))
        image.set("height", str(picture.height))
    else:
        image.set("src", uri(address))
    if not image.get("alt") or _tells_its_caption(image):
        image.set("alt", words["image"] if _is_all_of_a_link(image) else "")
    image.set("loading", "lazy")
    image.set("decoding", "async")


def _tells_its_caption(image: html.HtmlElement) -> bool:
    """Whether the caption below it begins with its alternative text, which then would be read twice."""
    figure = next(image.iterancestors("figure"), None)
    captions = [] if figure is None else [" ".join(one.text_content().split()) for one in figure.iter("figcaption")]
    alt = " ".join(image.get("alt", "").split()).rstrip(_ENDS)
    return any(caption.startswith(alt) for caption in captions)


def _level(story: html.HtmlElement) -> None:
    """The first heading is of level 2, below the page's own; each is at most one level below the one before."""
    above: list[int] = []
    for heading in story.iter("h2", "h3", "h4"):
        level = int(str(heading.tag)[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        heading.tag = f"h{len(above) + 1}"


def _is_all_of_a_link(image: html.HtmlElement) -> bool:
    link = next(image.iterancestors("a"), None)
    return link is not None and not link.text_content().strip()


def _boxed(table: html.HtmlElement, label: str) -> None:
    box = html.Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": label})
    box.tail, table.tail = table.tail, None
    parent = table.getparent()
    assert parent is not None
    parent.replace(table, box)
    box.append(table)


@cache
def _cleaner() -> nh3.Cleaner:
    """As before the store, and what stands above. A relative address can only be a mirrored picture's: the store holds
    none. It sets no attributes itself but ``rel``: of several it would take them in another order every time."""
    return nh3.Cleaner(
        tags={*TAGS, "div"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()}
        | {"div": {"class", "role", "tabindex", "aria-label"}, "img": ATTRIBUTES["img"] | {"loading", "decoding"}},
        strip_comments=True,
        link_rel="nofollow noopener noreferrer",
        url_schemes={"http", "https"},
        url_relative="pass_through",
    )
