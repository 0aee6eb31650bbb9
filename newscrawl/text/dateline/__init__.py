"""Datelines (电头): the outlet naming itself at the head of a story, in Chinese and in English."""

from __future__ import annotations

from datetime import date

from newscrawl.items import Dateline
from newscrawl.text.dateline.chinese import read_chinese
from newscrawl.text.dateline.english import read_english

OPENING = 320
"""Characters looked at for where a dateline stands; its slug and byline may run on behind them."""

__all__ = ["read_dateline"]


def read_dateline(text: str, published: date | None = None) -> Dateline | None:
    """The dateline at the head of ``text`` (a story's plain text, or its first paragraph); None where there is none.

    A dateline is the outlet naming itself with at least one of place, date and form word (电 讯 消息 报道 专电 特稿);
    in English a place and/or an agency closed by a dash or a colon. A bare byline (封面新闻记者 X…), a source line
    (来源：央视网) and an attribution (据中新网8月16日报道, 路透社10日报道称) are none. What is glued before it (原标题,
    a caption, 本文转自) is passed over. ``end`` is where the story proper starts, after slug and run-on byline;
    lead-ins (综合消息：, 伊斯兰堡消息：) belong to the story.

    ``published`` gives the year of a dateline that prints none, over New Year too. Nothing is raised for any text.
    """
    opening = text[:OPENING]
    return read_chinese(text, opening, published) or read_english(text, opening, published)
