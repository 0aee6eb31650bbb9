"""The form words of Chinese datelines (电 讯 消息 报道 …), and what begins like one and is none."""

from __future__ import annotations

import re

from newscrawl.text.dateline.head import BLANKS

NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
"""A month's or a day's number as printed."""
BLANK = rf"[{BLANKS}]?"

NO_FORM = re.compile(
    r"电[力影视商动信话子竞缆器站价量脑气梯费厂机路源玩诈瓶池网台波压磁荷镀]|讯[员息号飞录问社地期]|"
    r"消息(?:人士|面|灵通|一出|传来|称|显示|指)|报道(?:称|说|指|显示|认为|披露|的|了|中(?![国央])|员|透露)"
)
"""Compounds and sayings that begin like a form word: 8月5日电影, 7月26日消息人士, 本报通讯员."""
CLAIMS = re.compile(r" ?(?:称|说[，,：:“]|指出|指[，,：]|认为|披露|援引|显示|透露|写道)")
"""What makes 报道 before it an attribution."""

_KEPT = ("专电", "特稿", "专稿", "电", "讯", "消息", "报道")


def form_word(printed: str) -> str:
    """The form word without what qualifies it: 综合报道 -> 报道, 微特稿 -> 特稿. 专电 stands for itself."""
    return next((word for word in _KEPT if printed.endswith(word)), printed)
