"""An article with the site's own images in place of the publisher's, for feeds and records: they are read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from lxml.html import fragment_fromstring

from newscrawl.options import Site
from newscrawl.publish.addresses import uri
from newscrawl.publish.body import Picture, within
from newscrawl.store.reader import Change
from newscrawl.text.html import sanitise


def mirrored(change: Change, site: Site, pictures: Mapping[str, Picture]) -> Change:
    """``change`` whose body and images name the site's copies, by their absolute addresses. ``pictures``: by the
    address that the article has for each. As it was where the site has no address, or none of the pictures is its own.
    """
    row = change.article
    if row is None or not site.base or not pictures:
        return change
    own = {url: uri(f"{site.base}/{picture.path}") for url, picture in pictures.items()}
    images = [image | {"url": own.get(image["url"], image["url"])} for image in row.get("images", [])]
    body = row.get("body_html")
    return attrs.evolve(change, article=row | {"images": images} | ({"body_html": _with(own, body)} if body else {}))


def _with(own: Mapping[str, str], body: str) -> str:
    """The body is changed as a tree and cleaned once more after it; no string is replaced."""
    story = fragment_fromstring(body, create_parent="div")
    found = [image for image in story.iter("img") if image.get("src") in own]
    if not found:
        return body
    for image in found:
        image.set("src", own[image.get("src", "")])
    return sanitise(within(story))
