"""Datelines (电头): the outlet naming itself at the head of a story, in Chinese (either script) and in English."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from newscrawl.items import Dateline
from newscrawl.text.dateline.chinese import read_chinese
from newscrawl.text.dateline.english import read_english
from newscrawl.text.traditional import all_as_printed, as_printed, simplified

OPENING = 320
"""Characters looked at for where a dateline stands; its slug and byline may run on behind them."""
_REACH = 800
"""Characters that a dateline with slug and byline can reach to; no more of a text in traditional script is folded."""
_FIRST = 120
"""Characters that tell which script a text is in."""

__all__ = ["read_dateline"]


def read_dateline(text: str, published: date | None = None) -> Dateline | None:
    """The dateline at the head of ``text`` (a story's plain text, or its first paragraph); None where there is none.

    A dateline is the outlet naming itself with at least one of place, date and form word (电 讯 消息 报道 专电 特稿);
    in English a place and/or an agency closed by a dash or a colon. A bare byline (封面新闻记者 X…), a source line
    (来源：央视网) and an attribution (据中新网8月16日报道, 路透社10日报道称) are none. What is glued before it (原标题,
    a caption, 本文转自) is passed over. ``end`` is where the story proper starts, after slug and run-on byline;
    lead-ins (综合消息：, 伊斯兰堡消息：) belong to the story.

    Traditional script is read too: all is given as printed, but ``form`` is always the simplified word (電 -> 电).
    ``published`` gives the year of a dateline that prints none, over New Year too. Nothing is raised for any text.
    """
    opening = text[:OPENING]
    if simplified(opening, _FIRST) is not opening:
        return _in_traditional(text[:_REACH], published)
    return read_chinese(text, opening, published) or read_english(text, opening, published)


def _in_traditional(text: str, published: date | None) -> Dateline | None:
    folded = simplified(text)
    opening = folded[:OPENING]
    line = read_chinese(folded, opening, published) or read_english(folded, opening, published)
    if line is None:
        return None
    start = folded.find(line.raw)

    def printed(found: str | None) -> str | None:
        return found and as_printed(found, folded, text, start)

    return evolve(
        line,
        raw=text[start : start + len(line.raw)],
        agency=printed(line.agency),
        region_edition=printed(line.region_edition),
        place=all_as_printed(line.place, folded, text, start) if isinstance(line.place, tuple) else printed(line.place),
        slug=printed(line.slug),
        reporters=all_as_printed(line.reporters, folded, text, start),
        correspondents=all_as_printed(line.correspondents, folded, text, start),
    )
