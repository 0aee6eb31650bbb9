"""Article -> Article: the last thing before the store. HTML to the allow-list, control characters out of all texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from newscrawl.items import Article
from newscrawl.text.html import sanitise as clean_html
from newscrawl.text.plain import plain


def sanitise(article: Article) -> Article:
    """``body_html`` to the allow-list of :mod:`newscrawl.text.html`; every other text, however deep it lies (names,
    captions, related headlines, the dateline, the disclaimer), without control characters.

    It does not judge or shorten anything. Idempotent.
    """
    cleaned: Article = _cleaned(article)
    return attrs.evolve(cleaned, body_html=clean_html(cleaned.body_html))


def _cleaned(value: Any) -> Any:
    """The value with every text in it plain; the same object where there was nothing to clean."""
    if isinstance(value, str):
        return plain(value)
    if value is None or isinstance(value, datetime | int | float):
        return value
    if isinstance(value, tuple):
        new = tuple(_cleaned(part) for part in value)
        return value if all(map(lambda a, b: a is b, new, value)) else new
    if isinstance(value, Mapping):
        return {name: _cleaned(part) for name, part in value.items()}
    changed = {}
    for field in attrs.fields(type(value)):
        old = getattr(value, field.name)
        if (new := _cleaned(old)) is not old:
            changed[field.name] = new
    return attrs.evolve(value, **changed) if changed else value


class Sanitise:
    def process_item(self, item: Article) -> Article:
        return sanitise(item)
