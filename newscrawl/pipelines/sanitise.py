"""Article -> Article: the last thing before the store. HTML to the allow-list, control characters out of plain text."""

from __future__ import annotations

import re
from typing import Any

import attrs

from newscrawl.items import Article
from newscrawl.text.html import sanitise as clean_html

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]")
"""C0 controls but tab and newline, line separators that break 'one paragraph a line', and lone surrogates."""


def sanitise(article: Article) -> Article:
    """``body_html`` to the allow-list of :mod:`newscrawl.text.html`; every plain-text field without control characters.

    It does not judge or shorten anything. Idempotent.
    """
    plain: dict[str, Any] = {
        name: clean_text(value)
        for name in ("headline", "subheadline", "section", "account", "credit", "summary", "body_text", "correction")
        if isinstance(value := getattr(article, name), str)
    }
    return attrs.evolve(article, body_html=clean_html(article.body_html), **plain)


def clean_text(text: str) -> str:
    return _CONTROL.sub("", text)


class Sanitise:
    def process_item(self, item: Article) -> Article:
        return sanitise(item)
