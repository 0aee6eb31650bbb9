"""Chinese datelines without a date: 本报讯（记者 某某）, 央视网消息：, 【环球网报道 记者 某某】, 本报记者 某某 报道.

They are read only where a line begins, as an agency followed by its form word, or run on from a headline.
"""

from __future__ import annotations

import re
from datetime import date

from newscrawl.items import Dateline
from newscrawl.text.dateline.forms import BLANK, CLAIMS, NO_FORM, NUMBER
from newscrawl.text.dateline.head import BLANKS, ROLE, Head, fits_place, glued, is_place_not_name
from newscrawl.text.dateline.outlets import (
    ATTRIBUTION,
    FOREIGN,
    GENERIC_AGENCY,
    JOINED_AGENCY,
    KNOWN_AGENCY,
    NO_OUTLET,
    SHORT_GENERIC,
)
from newscrawl.text.dateline.tail import completed
from newscrawl.text.dateline.years import year_of
from newscrawl.text.names.listed import split_names
from newscrawl.text.numbers import number
from newscrawl.text.places import city_at_end

_DATE_BEHIND = re.compile(rf"(?P<month>{NUMBER}){BLANK}月{BLANK}(?P<day>{NUMBER}){BLANK}日(?={BLANK}[:：])")
_FORM = re.compile(r"(?P<form>综合消息|综合报道|专电|电|快讯|(?<![资通])专?讯|消息|专稿|报道)")
_REPORTING = re.compile(
    rf"[{BLANKS}]{{0,2}}(?P<names>(?:[\u3400-\u9fff]{{0,8}}(?:记者|通讯员|通信员|实习生))"
    rf"[^，。！？“”\n（(【：:]{{1,40}}?)(?P<form>(?:摄影|综合|现场)?报道)"
)
_BRACKETED = re.compile(
    r"【?(?P<agency>[^】\n（(：:，。]{2,24}?)"
    r"(?P<form>(?:综合|独家|编译)?报道|微特稿|特稿|专稿|(?<!资)[快专]?讯|消息|专电|电)"
    rf"(?P<names>(?:[{BLANKS}/／\n]|(?=(?:见习|特约|实习)?记者))[^】。]{{1,60}})?】"
)
_SPECIAL = re.compile(r"【(?P<agency>新华社|中新社|中新网)(?P<form>微特稿|特稿|专稿|专电)】")
_GLUED_FORM = re.compile(rf"讯(?=[{BLANKS}（(])|消息(?=[：:（(])")
_SHORT_HEAD = 24
"""Characters in which an unknown outlet and its form word stand."""


def read_bracketed(text: str, opening: str, start: int) -> Dateline | None:
    """【环球网报道 记者 张晓雅】, its opening bracket sometimes lost; 【新华社微特稿】 behind a headline too."""
    if "】" not in opening:
        return None
    match = _BRACKETED.match(opening, start)
    if match is None:
        special = _SPECIAL.search(opening, start)
        if special is None or "。" in opening[start : special.start()]:
            return None
        return completed(text, Head(special.start(), special["agency"]), special["form"], special.end())
    agency = match["agency"].strip()
    known = KNOWN_AGENCY.match(agency)
    if known is None and (GENERIC_AGENCY.fullmatch(agency) is None or NO_OUTLET.search(agency)):
        return None
    if ROLE.search(agency) or "," in agency or (known is None and not match[0].startswith("【")):
        return None
    head = Head(start, agency)
    if match["names"]:
        head.add(*split_names(match["names"]))
    return completed(text, head, match["form"], match.end())


def read_undated(text: str, opening: str, start: int, published: date | None) -> Dateline | None:
    """本报讯, 新华社电, 央视网消息： and 本报记者 某某 上海报道 at ``start``."""
    reprint = opening.startswith("据新华社", start)  # 据新华社银川电: abridged, as behind a date
    start += reprint
    agency = _agency(opening, start)
    if agency is None:
        return None
    at = start + len(agency)
    if joined := JOINED_AGENCY.match(opening, at):
        agency, at = agency + joined[0], joined.end()
    if not reprint and (line := _reporting(text, opening, Head(start, agency), at, published)):
        return line
    for form in _FORM.finditer(opening, at, at + 14):
        head = Head(start, agency)
        middle = opening[at : form.start()]
        if not head.take(middle) or head.region or head.named:
            continue
        if _fits(opening, form, head, middle) and not (reprint and not form["form"].endswith("电")):
            return completed(text, head, form["form"], form.end())
    return None


def _agency(opening: str, start: int) -> str | None:
    if known := KNOWN_AGENCY.match(opening, start):
        return known[0]
    near = opening[start : start + _SHORT_HEAD]
    generic = SHORT_GENERIC.match(near) if "讯" in near or "消息" in near else None
    if generic is None or NO_OUTLET.search(generic["agency"]) or ATTRIBUTION.search(generic["agency"]):
        return None
    return generic["agency"]


def _fits(opening: str, form: re.Match[str], head: Head, middle: str) -> bool:
    """Without a date, a form word has to be followed by what follows a dateline."""
    word, following = form["form"], opening[form.end() : form.end() + 1]
    if NO_FORM.match(opening, form.start()) or CLAIMS.match(opening, form.end()):
        return False
    if word.endswith("电"):
        if not middle and head.agency.endswith("社"):
            return following not in "，,"
        return len(middle) <= 6 and following in f"{BLANKS}（(据\n：:" and following != ""
    if word.endswith("讯"):
        return len(middle) <= 8
    if word.endswith("报道") and following in "，,":
        return False  # 澎湃新闻报道，28岁女子…: said of another outlet
    return not middle and following != "" and following in f"{BLANKS}：:，,（(】" and head.agency not in FOREIGN


def _reporting(text: str, opening: str, head: Head, at: int, published: date | None) -> Dateline | None:
    """本报记者 甲 乙 上海、北京报道; 中央社記者甲／台北報導; 东方网通信员甲报道7月20日：."""
    match = _REPORTING.match(opening, at)
    if match is None or CLAIMS.match(opening, match.end()) or NO_FORM.match(opening, match.end() - 2):
        return None
    names = match["names"]
    words = names.rstrip()
    cut = max(words.rfind(sign) for sign in f"{BLANKS}／")
    last = words[cut + 1 :]
    if words == names and cut > 0 and not ROLE.search(last) and any(split_names(words[:cut])):
        if is_place_not_name(last):
            head.place, words = last, words[:cut]
        elif not fits_place(last):
            return None
    elif (city := city_at_end(words)) and any(split_names(words[: -len(city)])):
        head.place, words = city, words[: -len(city)]
    head.add(*split_names(words))
    if not head.named:
        return None
    behind = _DATE_BEHIND.match(opening, match.end())
    month, day = (number(behind["month"]), number(behind["day"])) if behind else (0, 0)
    if behind is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return completed(text, head, match["form"], match.end())
    return completed(text, head, match["form"], behind.end(), month=month, day=day, year=year_of(month, day, published))


def read_glued(text: str, opening: str, start: int) -> Dateline | None:
    """千龙网讯, 央视网消息： run on from a headline: no sentence may stand before them."""
    if "讯" not in opening and "消息" not in opening:
        return None
    stop = opening.find("。", start)
    for form in _GLUED_FORM.finditer(opening, start, stop if stop >= 0 else len(opening)):
        head = glued(opening, start, form.start(), at_once=True)
        if head is not None:
            return completed(text, head, form[0], form.end())
    return None
