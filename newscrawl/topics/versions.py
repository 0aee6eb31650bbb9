"""Which of several versions of a story is the true source (首发): where the others' credits (来源) lead.

Sina credits 中国新闻网, whose page credits 求是网: 求是网 comes first where its version is stored, else 中国新闻网.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from attrs import frozen

from newscrawl.text.signs import signs

_HOUSES = """
中国新闻网 中新网 中国新闻社 中新社 China_News_Service CNS ECNS ecns.cn Chinanews chinanews.com 中国新闻网·中新网
新华社 新华网 新华通讯社 新华视点 Xinhua Xinhua_News_Agency Xinhuanet xinhuanet.com
人民日报 人民网 人民日报社 People's_Daily People's_Daily_Online people.com.cn
央视 央视网 央视新闻 央视新闻网 中央电视台 中央广播电视总台 央视总台 总台 CCTV CCTV.com CGTN
央广网 央广 中国广播网 中央人民广播电台
求是网 求是 求是杂志 求是杂志社
中国青年报 中青报 中国青年网 中青网 中青在线
澎湃新闻 澎湃 澎湃新闻网 thepaper.cn
路透社 路透 Reuters
法新社 Agence_France-Presse AFP
美联社 Associated_Press The_Associated_Press AP
中央社 中央通讯社 CNA
"""
"""A line for each house (报社, 通讯社): its wire, its paper and its site hand one text on; credits name any of them.
A house's papers for other readers (参考消息, 环球时报) write themselves and are houses of their own."""
_LABEL = re.compile(
    r"^\W*(?:(?:稿件|文章|新闻|信息)?(?:来源|來源)(?:于|自)?|转自|轉自|Source|综合自?|據|据)\s*[:：]?\s*", re.IGNORECASE
)
_DIVIDER = re.compile(r"[、,;|/＋+\s]+|(?<=[\u3400-\u9fff])[·&](?=[\u3400-\u9fff])")
_WORDS = re.compile(r"(?<=[A-Za-z'.])\s+(?=[A-Za-z])")
_MARKS = re.compile(r"[《》〈〉「」『』【】\[\]()<>“”\"‘’]")
_SUFFIX = re.compile(
    r"(?:客户端|手机报|手机版|网络版|电子版|官方网站|官网|网站|官方微博|官微|微博|微信公众号|微信公号|公众号|"
    r"百家号|头条号|视频号|APP|综合报道|综合|记者.*|(?<=社)[电電讯訊]|等)$",
    re.IGNORECASE,
)
"""What a credit hangs behind an outlet's name."""
_LONGEST = 200


@frozen(kw_only=True)
class Version:
    """One version of a story, as far as ranking asks."""

    id: int
    outlet: str
    """The publisher's name as a credit would print it: 中国新闻网."""
    credit: str | None = None
    """来源 as its page prints it."""
    published_at: str | None = None
    """UTC stamp; all versions' in one format."""


def ranked(versions: Sequence[Version]) -> tuple[int, ...]:
    """The ids, the true source first.

    Whom the credits of others lead to comes before whom none leads to; then whoever credits itself or nobody before
    whoever credits a third; then whom more lead to, the earlier (an unknown moment last), the lower id.
    """
    houses = {version.id: _house(version.outlet) for version in versions}
    credited = {version.id: _credited(version.credit) for version in versions}
    named = {
        version.id: credited[version.id] if houses[version.id] not in credited[version.id] else frozenset[str]()
        for version in versions
    }
    onward = {one: [other for other in houses if other != one and houses[other] in named[one]] for one in houses}
    led_to = dict.fromkeys(houses, 0)
    for one in houses:
        for other in _reached(one, onward):
            led_to[other] += 1

    def order(version: Version) -> tuple[bool, bool, int, bool, str, int]:
        cited, at = led_to[version.id], version.published_at
        return not cited, bool(named[version.id]), -cited, at is None, at or "", version.id

    return tuple(version.id for version in sorted(versions, key=order))


def _reached(start: int, onward: dict[int, list[int]]) -> set[int]:
    """All versions but ``start`` that its credits lead to, step by step."""
    seen, waiting = {start}, [start]
    while waiting:
        for other in onward[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen - {start}


def _credited(credit: str | None) -> frozenset[str]:
    """The houses a credit names: one, or those that a list names (综合新华社、央视新闻)."""
    if not credit:
        return frozenset()
    words = _WORDS.sub("_", _MARKS.sub(" ", unicodedata.normalize("NFKC", credit[:_LONGEST])))
    parts = _DIVIDER.split(_LABEL.sub("", words.strip()))
    return frozenset(house for part in parts if (house := _house(part)))


def _house(name: str) -> str:
    """One key for every spelling of an outlet; '' where no letter is left."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", name)).replace("_", " ").strip()
    found = signs(plain)
    while found not in _houses() and (shorter := _SUFFIX.sub("", plain).strip()) not in ("", plain):
        plain = shorter
        found = signs(plain)
    return _houses().get(found, found)


@cache
def _houses() -> dict[str, str]:
    """Every spelling's signs, and those of its house's first name."""
    lines = [[signs(name.replace("_", " ")) for name in line.split()] for line in _HOUSES.split("\n") if line]
    return {name: names[0] for names in lines for name in names}
