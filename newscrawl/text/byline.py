"""Reads byline and editor lines: '作者：方敏', '文/图 甲 乙', '（总台央视记者 丙）', 'By Jane Doe', '【编辑:丁】'.

A line is read only where it carries a mark that makes it a byline (作者, 记者, 文/, By …). A bare bracket of names at
the end of a story (（戊）) is one only where the caller says that it stands there. Editors are never authors.
"""

from __future__ import annotations

import re

from attrs import evolve, frozen

from newscrawl.text.labelled import read_labelled
from newscrawl.text.names.listed import split_names
from newscrawl.text.names.persons import has_surname, is_person
from newscrawl.text.names.run_on import leading_names
from newscrawl.text.places import city_at_end, is_place
from newscrawl.text.traditional import all_as_printed, simplified

__all__ = ["Byline", "read_byline", "read_editors"]

LONGEST_LINE = 120
"""Characters; a longer paragraph is a story that may open or close with a byline."""


@frozen(kw_only=True)
class Byline:
    """A byline and where it stands; at least one person is named."""

    authors: tuple[str, ...] = ()
    """Persons credited with writing."""
    correspondents: tuple[str, ...] = ()
    """通讯员."""
    alone: bool
    """Whether the text is nothing but the byline; else it is a paragraph that opens or closes with one."""
    start: int
    """Offset of the byline's first character in the text."""
    end: int
    """Offset behind its last one."""


_BLANK = r"[ \u3000\u00a0\t]"
_OPEN = "(（[【「〔"
_CLOSE = ")）]】」〕"
_WRAPPED = re.compile(
    rf"\s*[{re.escape(_OPEN)}](?P<inside>[^{re.escape(_OPEN + _CLOSE)}\n]{{2,120}})[{re.escape(_CLOSE)}]\s*"
)
_LAST_BRACKET = re.compile(r"[(（【\[](?P<inside>[^()（）【】\[\]\n]{2,120})[)）】\]][。.]?\s*$")
_ROLES = "作者|记者|通讯员|通信员|实习生|评论员|撰文|撰稿人?|采写|主笔|文字"
# What opens a byline, after at most an outlet's name: 半月谈记者, 总台央视驻英国记者, 文/观察者网专栏作者.
_MARK = re.compile(
    rf"{_BLANK}*[■◎●▲◆□]?{_BLANK}*(?:"
    r"(?:本文)?(?P<author>作者)(?!单位|简介|介绍|系|是|为|们|认为|说|表示)|"
    rf"文(?:{_BLANK}*[/／]{_BLANK}*图|字)?{_BLANK}*[/／|丨｜:：]|图文{_BLANK}*[/／|丨｜:：]|文图{_BLANK}*[/／|丨｜:：]|"
    rf"文/图{_BLANK}|图/文{_BLANK}|撰文|撰稿人?|采写|主笔|"
    r"(?P<outlet>(?!据)[\u3400-\u9fffA-Za-z0-9《》·\-－—]{0,20}?)(?P<role>记者|通讯员|通信员|实习生|评论员)"
    r")"
)
_AUTHOR_IS = re.compile(r"(?:本文)?作者(?P<rest>[\u3400-\u9fff]{2,4}?)(?:系|是|为|现任|曾任|，|,)")
_SLASHED = re.compile(r"\s*(?P<name>[\u3400-\u9fff]{2,4})[/／](?P<outlet>[\u3400-\u9fff]{2,12})\s*$")
_OUTLET = re.compile(r"(?:报|网|社|台|新闻|杂志|周刊|客户端|财经|在线)$")
# Another line begun on the same one.
_NEXT = re.compile(
    r"(?:责任?编辑?|本文编辑|编辑|编审|校对|审核|审校|监制|来源|出品|排版|设计|制图|图片|图源|翻译|编译|主编|值班|摄影|视频|剪辑|"
    r"(?:发布|更新|发表)?(?:时间|日期|于)|浏览(?:量|次数)?|阅读(?:量|次数)?|点击(?:量|次数)?|字体|字号|评论|分享|"
    rf"图){_BLANK}*[:：/／|丨｜]|(?<=[ \u3000\u00a0])(?:责任编辑|责编|编辑|校对|审核|来源)(?=[ \u3000\u00a0])|"
    rf"\b(?i:source|editors?|photos?|updated){_BLANK}*[:：]|\b(?i:edited|photos?) by\b"
)
_AFFILIATION = re.compile(rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}\n]{{0,80}}[{re.escape(_CLOSE)}]")
_BOOK = re.compile(r"《[^》\n]{1,20}》")
_NO_BYLINE = re.compile(
    r"据|获悉|了解到|[。！？；]|采访|表示|告诉|看到|发现|带你|提问|"
    r"[记作]者(?:协会|会|节|站|团|手记|观察|在|连线|调查|走访|来信|笔记|札记|视角|体验)"
)


def read_byline(text: str, *, at_end: bool = False) -> Byline | None:
    """The byline that ``text`` is, opens with or closes with; None where it is none or names nobody.

    ``text`` is one line or paragraph. A bracket at its end is read where it carries a mark ((作者：甲), （记者 乙）);
    with ``at_end`` (the text closes the story) a bracket of nothing but names too (（丙）). What is said of the
    author (某某大学教授) is left out, 作者单位 and 作者简介 are no bylines, outlets and offices no persons. Names are
    given as printed, in either script. Nothing is raised for any text.
    """
    folded = simplified(text)
    found = _read(folded, at_end)
    if found is None or folded is text:
        return found
    return evolve(
        found,
        authors=all_as_printed(found.authors, folded, text, found.start),
        correspondents=all_as_printed(found.correspondents, folded, text, found.start),
    )


def _read(text: str, at_end: bool) -> Byline | None:
    whole = _found(read_labelled(text).authors, (), text, alone=True)
    if whole is None and len(text) <= LONGEST_LINE:
        whole = _line(text) or _slashed(text)
    if whole is not None:
        return whole
    return _closing(text, at_end) or _opening(text)


def _line(text: str) -> Byline | None:
    """A line that is a byline from end to end."""
    wrapped = _WRAPPED.fullmatch(text)
    inside = wrapped["inside"] if wrapped else text
    stated = _AUTHOR_IS.match(inside)
    if stated and is_person(stated["rest"]) and wrapped:
        return _found((stated["rest"],), (), text, alone=True)
    mark = _MARK.match(inside)
    if mark is None:
        return None
    rest = inside[mark.end() :]
    content = inside[mark.start("role") :] if mark["role"] else rest
    if following := _NEXT.search(content, 1 if mark["role"] else 0):
        content = content[: following.start()]
    content = _BOOK.sub("", _AFFILIATION.sub(" ", content)).strip(" \u3000\u00a0\t:：/／|丨｜")
    if _NO_BYLINE.search(content):
        return None
    if content.endswith("报道"):
        content = _without_place(content.removesuffix("报道"))
    authors, correspondents = split_names(content)
    if not authors and not correspondents:
        return None
    if not wrapped and not _all_named(content, authors + correspondents, described=mark["role"] is None):
        return None
    return _found(authors, correspondents, text, alone=True)


def _without_place(content: str) -> str:
    """'记者甲／台北' -> '记者甲': where a story is reported from is no person, though 高雄 or 张家界 look like one."""
    names, slash, place = content.rpartition("/" if "/" in content else "／")
    if slash and any(split_names(names)) and len(place) <= 8:
        return names
    return content.removesuffix(city_at_end(content))


def _all_named(content: str, names: tuple[str, ...], *, described: bool) -> bool:
    """Whether a line holds little beyond roles and names, so that it is no sentence that begins with 记者.

    ``described``: after 作者 a name may be followed at once by what the author is; after 记者 that is the story.
    """
    left = content
    for name in names:
        signs = rf"{_BLANK}{{0,2}}".join(map(re.escape, name.replace(" ", "")))
        left = re.sub(signs, "\x00", left, count=1)
    if re.search(r"[，。！？“”]", left.strip("，。")):
        return False
    if not described and re.search(r"\x00(?!记者|通讯员|通信员|实习生|摄影|文|等)[\u3400-\u9fff]", left):
        return False
    return len(re.sub(rf"\x00|{_ROLES}|[\s、；;/／|丨｜:：]", "", left)) <= 24


def _slashed(text: str) -> Byline | None:
    """石佳/中国青年报: a name, a slash, an outlet."""
    match = _SLASHED.match(text)
    if match is None or not _OUTLET.search(match["outlet"]) or not is_person(match["name"]):
        return None
    return _found((match["name"],), (), text, alone=True)


def _closing(text: str, at_end: bool) -> Byline | None:
    bracket = _LAST_BRACKET.search(text[-140:])
    if bracket is None:
        return None
    offset = max(0, len(text) - 140)
    inside = bracket["inside"]
    found = _line(f"({inside})")
    if found is None and at_end and len(inside) <= 40 and not _NO_BYLINE.search(inside):
        authors, correspondents = split_names(inside)
        # （安徽 甲某某）: a reader's letter says where from; where nothing but a place stands, nobody is named.
        words = [word for word in re.split(r"[\s、，,；;/\u3000\u00a0]+", inside) if word and not is_place(word)]
        if authors and sum(map(len, words)) == sum(map(len, authors)) and all(map(has_surname, authors)):
            found = _found(authors, correspondents, inside, alone=True)
    if found is None:
        return None
    start = offset + bracket.start()
    return Byline(
        authors=found.authors,
        correspondents=found.correspondents,
        alone=not text[:start].strip(),
        start=start,
        end=offset + bracket.end(),
    )


def _opening(text: str) -> Byline | None:
    """封面新闻记者 甲 run on into the story it opens."""
    head = text[:60]
    wrapped = re.match(r"\s*[【（(〔](?P<inside>[^】）)〕\n]{2,58})[】）)〕]", head)
    if wrapped:
        found = _line(f"({wrapped['inside']})")
        if found is None:
            return None
        return Byline(
            authors=found.authors,
            correspondents=found.correspondents,
            alone=False,
            start=wrapped.start(),
            end=wrapped.end(),
        )
    mark = _MARK.match(head)
    if mark is None or mark["role"] not in {"记者", "通讯员"} or not mark["outlet"] or _NO_BYLINE.search(mark[0]):
        return None
    if not _OUTLET.search(mark["outlet"].rstrip("驻")) and mark["outlet"] not in {"本报", "本网", "本刊", "总台央视"}:
        return None
    run = leading_names(text[mark.end() : mark.end() + 60])
    if not run.names:
        return None
    end = mark.end() + run.end
    names = run.names
    correspondents = names if mark["role"] == "通讯员" else ()
    return Byline(
        authors=() if correspondents else names,
        correspondents=correspondents,
        alone=not text[end:].strip(),
        start=mark.start(),
        end=end,
    )


def _found(authors: tuple[str, ...], correspondents: tuple[str, ...], text: str, *, alone: bool) -> Byline | None:
    if not authors and not correspondents:
        return None
    return Byline(authors=authors, correspondents=correspondents, alone=alone, start=0, end=len(text))


# -- editors ---------------------------------------------------------------------------------------------------------
_EDITOR = re.compile(
    r"(?:责任编辑|本文编辑|值班编辑|网络编辑|新媒体编辑|实习编辑|责编|编辑)"
    rf"{_BLANK}*(?:[:：/／|丨｜]|(?=[ \u3000\u00a0\t])){_BLANK}*"
)
_AFTER_EDITORS = re.compile(
    r"[\]】）)\n]|责任编辑|责编|编辑|校对|审核|审校|编审|监制|来源|作者|记者|主编|值班|排版|美编|签发|终审|初审|复审|[一二三]审|"
    r"通讯员|摄影|总监|图片|版权|联系|邮箱|电话|纠错|举报|点击|浏览|阅读|分享|打印|发布|时间|日期|字号|评论|关键词|标签"
)
_CODE = re.compile(r"[_\-—]?[A-Za-z]{0,6}\d{2,}[A-Za-z]?|[_\-][A-Za-z]+")
_LONGEST_LIST = 60


def read_editors(text: str) -> tuple[str, ...]:
    """The editors named in '【编辑:甲】', '责任编辑：乙_NB12082', 'Editor: Liu Qing': names without codes, in order.

    Names are given as printed, in either script. Nothing is raised for any text.
    """
    folded = simplified(text)
    names: list[str] = []
    for match in _EDITOR.finditer(folded):
        listed = folded[match.end() : match.end() + _LONGEST_LIST]
        if following := _AFTER_EDITORS.search(listed):
            listed = listed[: following.start()]
        found, _ = split_names(_CODE.sub(" ", listed))
        names.extend(all_as_printed(found, folded, text, match.end()))
    if "dit" in text or "DIT" in text:
        names.extend(name for line in text.split("\n") for name in read_labelled(line).editors)
    return tuple(dict.fromkeys(names))
