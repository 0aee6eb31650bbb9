"""Chinese datelines: 中新网太原11月19日电 (刘小红), 本报讯（记者 王鑫）, 央视网消息：, 【环球网报道 记者 张晓雅】.

Two ways in. With a date: date and form word are found first (one pattern over the opening), then the agency is read
off what stands before them; that also finds a dateline glued to a headline or a caption. Without a date: only where a
line begins, an agency followed by its form word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from newscrawl.items import Dateline
from newscrawl.text.dateline.head import (
    BLANKS,
    LONGEST_HEAD,
    ROLE,
    Head,
    anchored,
    fits_place,
    glued,
    is_place_not_name,
)
from newscrawl.text.dateline.outlets import (
    ATTRIBUTION,
    FOREIGN,
    GENERIC_AGENCY,
    JOINED_AGENCY,
    KNOWN_AGENCY,
    NO_OUTLET,
    SHORT_GENERIC,
)
from newscrawl.text.dateline.slugs import read_slug
from newscrawl.text.dateline.years import year_of
from newscrawl.text.dates import number, year_number
from newscrawl.text.names.listed import split_names

_N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_B = rf"[{BLANKS}]?"
_DATED = re.compile(
    rf"(?:(?:(?P<year>\d{{4}}|[〇零○一二三四五六七八九]{{4}}){_B}年{_B})?(?P<month>{_N}){_B}月{_B})?"
    rf"(?P<day>{_N}){_B}(?P<unit>[日号]{_B})?(?:凌晨|早间|上午|中午|下午|晚间|晚|\d{{1,2}}时)?{_B}"
    r"(?:(?P<form>综合消息|综合报道|独家报道|现场报道|摄影报道|专电|急电|综合电|电|快讯|专讯|讯|消息|微特稿|特稿|专稿|报道|"
    rf"综合(?={_B}[（(]))|(?=[:：])|(?={_B}[（(][^（()）\n]{{0,8}}(?:记者|通讯员)))"
)
# Cheap to search for, as it begins with one of three signs; the whole pattern is tried only from there back.
_GATE = re.compile(
    rf"[日号]{_B}(?:凌晨|早间|上午|中午|下午|晚间|晚|\d{{1,2}}时)?{_B}(?:综合|独家|现场|摄影|专|急|快|微|特|电|讯|消息|报道|"
    rf"[:：]|[（(][^（()）\n]{{0,8}}(?:记者|通讯员))|月{_B}{_N}{_B}(?:专|急|综|快|微|特|电|讯|消息|报道)"
)
_DATE_BEHIND = re.compile(rf"(?P<month>{_N}){_B}月{_B}(?P<day>{_N}){_B}日(?={_B}[:：])")
_UNDATED = re.compile(r"(?P<form>综合消息|综合报道|专电|电|快讯|专讯|(?<![资通])讯|消息|专稿|报道)")
_REPORTING = re.compile(
    rf"[{BLANKS}]{{0,2}}(?P<names>(?:[\u3400-\u9fff]{{0,8}}(?:记者|通讯员|通信员|实习生))"
    rf"[^，。！？“”\n（(【：:]{{1,40}}?)(?P<form>(?:摄影|综合|现场)?报道)"
)
_BRACKETED = re.compile(
    r"【?(?P<agency>[^】\n（(：:，。]{2,24}?)"
    r"(?P<form>(?:综合|独家|编译)?报道|微特稿|特稿|专稿|(?<!资)快?讯|消息|专电|电)"
    rf"(?P<names>(?:[{BLANKS}/／\n]|(?=(?:见习|特约|实习)?记者))[^】。]{{1,60}})?】"
)
_SPECIAL = re.compile(r"【(?P<agency>新华社|中新社|中新网)(?P<form>微特稿|特稿|专稿|专电)】")
_GLUED_FORM = re.compile(rf"讯(?=[{BLANKS}（(])|消息(?=[：:（(])")
_TRIGGER = re.compile(r"电|讯|消息|报道|特稿|专稿|综合|记者|通讯员")

# Compounds that begin like a form word: 8月5日电影, 7月26日消息人士, 本报通讯员.
_NO_FORM = re.compile(
    r"电[力影视商动信话子竞缆器站价量脑气梯费厂机路源玩诈瓶池网台波压磁荷镀]|讯[员息号飞录问社地期]|"
    r"消息(?:人士|面|灵通|一出|传来|称|显示|指)|报道(?:称|说|指|显示|认为|披露|的|了|中(?![国央])|员|透露)"
)
_CLAIMS = re.compile(r" ?(?:称|说[，,：:“]|指出|指[，,：]|认为|披露|援引|显示|透露|写道)")
_BRACKET = re.compile(rf"[{BLANKS}]{{0,4}}[（(](?P<inside>[^（()）\n]{{1,120}})[)）]")
_BRACKET_BELOW = re.compile(r"\s{0,4}[（(](?P<inside>[^（()）\n]{0,8}(?:记者|通讯员)[^（()）]{1,80})[)）]")
_CLOSING = re.compile(rf"[{BLANKS}]{{0,2}}[:：]{{1,2}}|[，,]")
_TOLD_BY = re.compile(rf"[{BLANKS}]{{0,3}}(?P<names>[^，。：:“”！？\n]{{2,40}})报道[:：]")
"""解放军报讯 记者甲、乙报道：, the army paper's form."""
_BLANK = re.compile(r"[\s\u200b\ufeff]*")
_LEAD = re.compile(
    r"(?:[\s\u200b\ufeff]+|[（(](?:资料图|图文无关|视频|组图|图)[^）)\n]{0,12}[)）]|原标题[:：][^\n]{0,80}\n|"
    r"(?:本文)?(?:转自|来源|来自)(?:[:：][^\n]{0,30}\n|【[^】\n]{1,20}】[；;：:]?))+"
)
_HEADLINES = 160
"""Characters of headlines and tags that may stand in lines of their own before a dateline."""


def read_chinese(text: str, opening: str, published: date | None) -> Dateline | None:
    """The Chinese dateline at the head of ``text``, of which ``opening`` is the part that is searched."""
    if _TRIGGER.search(opening) is None:
        return None
    lead = _LEAD.match(opening)
    start = lead.end() if lead else 0
    if (line := _dated(text, opening, start, published)) is not None:
        return line
    for begin in _line_starts(opening, start):
        line = _bracketed(text, opening, begin) or _undated(text, opening, begin, published)
        if line is not None:
            return line
    return _glued_undated(text, opening, start)


def _line_starts(opening: str, start: int) -> Iterator[int]:
    """Where a dateline may begin: the head, and lines after headlines and tags (no sentence among them)."""
    yield start
    at = opening.find("\n", start, _HEADLINES)
    while at >= 0 and "。" not in opening[start:at]:
        blank = _BLANK.match(opening, at)
        at = blank.end() if blank else at + 1
        yield at
        at = opening.find("\n", at, _HEADLINES)


# -- with a date -----------------------------------------------------------------------------------------------------
def _dated(text: str, opening: str, start: int, published: date | None) -> Dateline | None:
    gate = _GATE.search(opening, start)
    if gate is None:
        return None
    for match in _DATED.finditer(opening, max(start, gate.start() - 20)):
        form = match["form"]
        if match["month"] is None and not (match["unit"] and form in ("电", "讯")):
            continue
        if form is None and match["unit"] is None:
            continue
        try:
            month = number(match["month"]) if match["month"] else None
            day = number(match["day"])
            date(2000, month or 1, day)
        except ValueError:
            continue
        head = _head(opening, start, match)
        if head is None:
            continue
        year = year_number(match["year"]) if match["year"] else year_of(month, day, published) if month else None
        return _whole(text, head, form, match.end(), month=month, day=day, year=year)
    return None


def _head(opening: str, start: int, match: re.Match[str]) -> Head | None:
    """The agency before a date and its form word: at the head of the text, else glued to what stands before it."""
    stop, form = match.start(), match["form"]
    before = opening[start:stop]
    wired = form is not None and form.endswith("电")
    if opening[match.end() : match.end() + 1] in (")", "）"):
        return None  # the old place of a dateline: the story's last words, in brackets
    if len(before) <= LONGEST_HEAD and (head := anchored(before, start)):
        return head if _form_fits(opening, match, head) else None
    # 据新华社石家庄8月6日电: another outlet's abridged reprint. With 报道 or 消息 it would be an attribution.
    if wired and before.startswith("据") and len(before) <= 24 and opening[match.end() : match.end() + 1] not in "，,":
        head = anchored(before[1:], start + 1)
        return head if head and KNOWN_AGENCY.match(head.agency) else None
    if form is None:
        return None
    head = glued(opening, start, stop)
    if head is None or not _form_fits(opening, match, head):
        return None
    # Only 电 is not said of others in the middle of a story; what else is glued needs a headline before it.
    return head if wired or "。" not in opening[start : head.start] else None


def _form_fits(opening: str, match: re.Match[str], head: Head) -> bool:
    form, after = match["form"], match.end()
    if form is None:
        return KNOWN_AGENCY.match(head.agency) is not None
    at = match.start("form")
    if form == "电":
        own = KNOWN_AGENCY.match(head.agency) is not None and not (head.named or head.agency.startswith("本"))
        return own or _NO_FORM.match(opening, at) is None
    if form.endswith(("电", "讯")):
        return _NO_FORM.match(opening, after - 1) is None
    return head.agency not in FOREIGN and not (_CLAIMS.match(opening, after) or _NO_FORM.match(opening, at))


# -- without a date --------------------------------------------------------------------------------------------------
def _bracketed(text: str, opening: str, start: int) -> Dateline | None:
    """【环球网报道 记者 张晓雅】, its opening bracket sometimes lost; 【新华社微特稿】 behind a headline too."""
    match = _BRACKETED.match(opening, start)
    if match is None:
        special = _SPECIAL.search(opening, start)
        if special is None or "。" in opening[start : special.start()]:
            return None
        return _whole(text, Head(special.start(), special["agency"]), special["form"], special.end())
    agency = match["agency"].strip()
    known = KNOWN_AGENCY.match(agency)
    if known is None and (GENERIC_AGENCY.fullmatch(agency) is None or NO_OUTLET.search(agency)):
        return None
    if ROLE.search(agency) or "," in agency or (known is None and not match[0].startswith("【")):
        return None
    head = Head(start, agency)
    if match["names"]:
        head.add(*split_names(match["names"]))
    return _whole(text, head, match["form"], match.end())


def _undated(text: str, opening: str, start: int, published: date | None) -> Dateline | None:
    reprint = opening.startswith("据新华社", start)  # 据新华社银川电: abridged, as above
    start += reprint
    known = KNOWN_AGENCY.match(opening, start)
    generic = None if known else SHORT_GENERIC.match(opening, start)
    if generic and (NO_OUTLET.search(generic["agency"]) or ATTRIBUTION.search(generic["agency"])):
        return None
    if known is None and generic is None:
        return None
    agency = known[0] if known else generic["agency"] if generic else ""
    at = start + len(agency)
    if joined := JOINED_AGENCY.match(opening, at):
        agency, at = agency + joined[0], joined.end()
    if not reprint and (line := _reporting(text, opening, Head(start, agency), at, published)):
        return line
    for form in _UNDATED.finditer(opening, at, at + 14):
        head = Head(start, agency)
        middle = opening[at : form.start()]
        if not head.take(middle) or head.region or head.named:
            continue
        if _undated_fits(opening, form, head, middle) and not (reprint and not form["form"].endswith("电")):
            return _whole(text, head, form["form"], form.end())
    return None


def _undated_fits(opening: str, form: re.Match[str], head: Head, middle: str) -> bool:
    """Without a date, a form word has to be followed by what follows a dateline."""
    word, following = form["form"], opening[form.end() : form.end() + 1]
    if _NO_FORM.match(opening, form.start()) or _CLAIMS.match(opening, form.end()):
        return False
    if word.endswith("电"):
        if not middle and head.agency.endswith("社"):
            return following not in "，,"
        return len(middle) <= 6 and following in f"{BLANKS}（(据\n：:" and following != ""
    if word.endswith("讯"):
        return len(middle) <= 8
    return not middle and following != "" and following in f"{BLANKS}：:，,（(】" and head.agency not in FOREIGN


def _reporting(text: str, opening: str, head: Head, at: int, published: date | None) -> Dateline | None:
    """本报记者 甲 乙 上海、北京报道; 红网时刻新闻 通讯员 甲 记者 乙 永顺县报道; 东方网通信员甲报道7月20日：."""
    match = _REPORTING.match(opening, at)
    if match is None or _CLAIMS.match(opening, match.end()) or _NO_FORM.match(opening, match.end() - 2):
        return None
    names = match["names"]
    words = names.rstrip()
    cut = max(words.rfind(blank) for blank in BLANKS)
    last = words[cut + 1 :]
    if words == names and cut > 0 and not ROLE.search(last) and any(split_names(words[:cut])):
        if is_place_not_name(last):
            head.place, words = last, words[:cut]
        elif not fits_place(last):
            return None
    head.add(*split_names(words))
    if not head.named:
        return None
    behind = _DATE_BEHIND.match(opening, match.end())
    if behind is None:
        return _whole(text, head, match["form"], match.end())
    month, day = number(behind["month"]), number(behind["day"])
    return _whole(text, head, match["form"], behind.end(), month=month, day=day, year=year_of(month, day, published))


def _glued_undated(text: str, opening: str, start: int) -> Dateline | None:
    """千龙网讯, 央视网消息： run on from a headline: no sentence may stand before them."""
    for form in _GLUED_FORM.finditer(opening, start):
        if "。" in opening[start : form.start()]:
            break
        head = glued(opening, start, form.start(), at_once=True)
        if head is not None:
            return _whole(text, head, form[0], form.end())
    return None


# -- what follows ----------------------------------------------------------------------------------------------------
def _whole(
    text: str,
    head: Head,
    form: str | None,
    at: int,
    *,
    month: int | None = None,
    day: int | None = None,
    year: int | None = None,
) -> Dateline:
    """The dateline with its bracket, slug and run-on byline; ``at`` is where the form word (or its bracket) ends."""
    start = head.start
    if start and text[start - 1] == "【" and text[at : at + 1] == "】":
        start, at = start - 1, at + 1
    if start and text[start - 1] == "据":
        start -= 1
    raw_end = at
    if bracket := _BRACKET.match(text, at) or _BRACKET_BELOW.match(text, at):
        raw_end = bracket.end()
        head.add(*split_names(bracket["inside"]))
    if closing := _CLOSING.match(text, raw_end):
        raw_end = closing.end()
    elif form and form.endswith("讯") and (told := _TOLD_BY.match(text, raw_end)):
        names = split_names(told["names"])
        if any(names):
            head.add(*names)
            raw_end = told.end()
    slug = read_slug(text, raw_end)
    if not head.named:
        head.add(slug.reporters, slug.correspondents)
    blank = _BLANK.match(text, slug.end)
    return Dateline(
        raw=text[start:raw_end],
        agency=head.agency,
        region_edition=head.region,
        place=head.place,
        month=month,
        day=day,
        year=year,
        form=_form(form) if form else None,
        slug=slug.slug,
        reporters=head.reporters,
        correspondents=head.correspondents,
        end=blank.end() if blank else slug.end,
    )


def _form(printed: str) -> str:
    """The form word without what qualifies it: 综合报道 -> 报道, 微特稿 -> 特稿. 专电 stands for itself."""
    for word in ("专电", "特稿", "专稿", "电", "讯", "消息", "报道"):
        if printed.endswith(word):
            return word
    return printed
