"""Plain text that does nothing: what a page says may end on a terminal, in a log or in a feed."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # C0 and C1 controls but tab and line feed: ESC moves a terminal's cursor
    r"|[\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff]"  # no width, or a line end inside a line
    r"|[\u202a-\u202e\u2066-\u2069]"  # direction overrides: what is read is not what is there
    r"|[\ud800-\udfff]"  # lone surrogates: no UTF-8
)


def plain(text: str) -> str:
    """``text`` without control characters, direction overrides and lone surrogates; tab and line feed stay.

    It does not escape: plain text still wants escaping where it becomes HTML.
    """
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text
