"""Chinese and other names as bylines print them: who is a person, who is an organisation, where a run-on name ends.

These are the doors for words in any script. The modules behind them read simplified script only, as do ``dateline`` and
``byline``, which fold a whole text once.
"""

from __future__ import annotations

from newscrawl.text.names import listed, persons
from newscrawl.text.traditional import all_as_printed, simplified

__all__ = ["is_person", "split_names"]


def is_person(text: str) -> bool:
    """Whether ``text`` (one name, no spaces inside unless Latin) has the shape of a person's name."""
    return persons.is_person(simplified(text))


def split_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(reporters, correspondents) named inside a byline's bracket: '记者 赵  岩 通讯员 李明、王芳', names as printed.

    Titles (记者, 全媒体记者, 见习记者, 摄影) are stripped, organisations left out; 实习生 counts as a reporter,
    通讯员 is a correspondent. Names keep their order; nobody is named twice.
    """
    folded = simplified(text)
    reporters, correspondents = listed.split_names(folded)
    if folded is text:
        return reporters, correspondents
    return all_as_printed(reporters, folded, text), all_as_printed(correspondents, folded, text)
