"""Bylines and editor lines: who wrote is named, and never an outlet, an office or a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.byline import read_byline, read_editors
from newscrawl.text.names import is_person, split_names
from newscrawl.text.names.run_on import leading_names


@pytest.mark.parametrize(
    ("line", "authors", "correspondents"),
    [
        ("作者：方小敏", ("方小敏",), ()),
        ("作者 杨小佩 王灿 李一娜", ("杨小佩", "王灿", "李一娜"), ()),
        ("(作者：方敏北京某某大学经济学院教授)", ("方敏",), ()),
        ("作者：李小胜（某某大学副教授、研究员）", ("李小胜",), ()),
        ("（作者韩涵系某某智库研究员）", ("韩涵",), ()),
        ("文/栗思", ("栗思",), ()),
        ("文丨王小芳", ("王小芳",), ()),
        ("(文/图 刘小东 易一楠)", ("刘小东", "易一楠"), ()),
        ("文 | 《某某周刊》记者 李艳", ("李艳",), ()),
        ("【文/观察者网专栏作者 王小文】", ("王小文",), ()),
        ("本报记者 过小忠 通讯员 段 芳", ("过小忠",), ("段芳",)),
        ("■本报记者 贾 丽", ("贾丽",), ()),
        ("半月谈记者 史小燕", ("史小燕",), ()),
        ("光明日报驻东京记者 马小安", ("马小安",), ()),
        ("（总台央视记者 王雪）", ("王雪",), ()),
        ("（记者宋晨、田小全）", ("宋晨", "田小全"), ()),
        ("（评论员 罗小博 萧海）", ("罗小博", "萧海"), ()),
        ("石小佳/中国青年报", ("石小佳",), ()),
        ("作者：张三 编辑：李四", ("张三",), ()),
        ("[作者: 刘小仓 责任编辑: 杨宇]", ("刘小仓",), ()),
        ("采写：某某晚报记者 王小明", ("王小明",), ()),
        ("作者：葉小敏", ("葉小敏",), ()),
        ("(作者：鄭敏北京某某大學經濟學院教授)", ("鄭敏",), ()),
        ("（記者盧 遠、實習生陳一 通訊員 關二）", ("盧遠", "陳一"), ("關二",)),
        ("文/圖 劉小東 黃一楠", ("劉小東", "黃一楠"), ()),
        ("〔記者王小川／台北報導〕", ("王小川",), ()),
        ("記者歐陽小羽／高雄報導", ("歐陽小羽",), ()),
        ("【記者王小川台北報導】", ("王小川",), ()),
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe"), ()),
        ("By JANE DOE, Reuters", ("Jane Doe",), ()),
        ("Written by Mary-Jane O’Neil", ("Mary-Jane O’Neil",), ()),
    ],
)
def test_a_line_that_is_a_byline_names_its_writers(
    line: str, authors: tuple[str, ...], correspondents: tuple[str, ...]
) -> None:
    found = read_byline(line)
    assert found is not None
    assert (found.authors, found.correspondents) == (authors, correspondents)
    assert found.alone
    assert (found.start, found.end) == (0, len(line))


@pytest.mark.parametrize(
    "line",
    [
        "(作者单位：某某大学经济学院)",
        "作者简介：某某，教授",
        "（经济日报评论员）",
        "作者：新华社",
        "作者：经济日报评论员",
        "文章来源：人民网",
        "文章來源：人民網",
        "(作者單位：某某大學經濟學院)",
        "記者27日從教育部獲悉，新規下月實行",
        "（經濟日報評論員）",
        "记者27日从教育部获悉，新规下月实行",
        "记者了解到，目前已有三家公司开工",
        "作者认为，这是不对的",
        "据新华社记者 王明 报道",
        "新华社记者",
        "By 2030, the city will have a port",
        "By the way, this is a story",
        "By Staff Writer",
        "他们回来了。（完）",
        "",
    ],
)
def test_what_names_no_writer_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


def test_a_bracket_of_names_alone_is_a_byline_only_at_the_storys_end() -> None:
    last = "河面上又有了船影。（张小峰）"
    assert read_byline(last) is None
    found = read_byline(last, at_end=True)
    assert found is not None
    assert found.authors == ("张小峰",)
    assert not found.alone
    assert last[found.start : found.end] == "（张小峰）"


REMARKS = """
综合 图 化名 未完待续 见图 见右图 附图 图文无关 全文完 完 摘编 节选 转自 下转 连载三 单位亿元 国是直通车 單位億元
安徽 常州 石家庄 高雄 温州 连云港 黑龙江大庆 連雲港 泰国
"""


@pytest.mark.parametrize("inside", REMARKS.split())
def test_remarks_and_places_in_a_bracket_at_the_end_name_nobody(inside: str) -> None:
    assert read_byline(f"江上又起了风。（{inside}）", at_end=True) is None
    assert read_byline(f"（{inside}）", at_end=True) is None


@pytest.mark.parametrize("name", ["连小舟", "单一鸣", "全小智", "高小雄", "常舟", "石家壮"])
def test_names_that_begin_like_a_remark_or_a_place_are_persons(name: str) -> None:
    assert is_person(name)
    found = read_byline(f"江上又起了风。（{name}）", at_end=True)
    assert found is not None
    assert found.authors == (name,)


def test_a_readers_letter_says_where_from_and_names_its_writer() -> None:
    found = read_byline("江上又起了风。（安徽合肥 张小峰）", at_end=True)
    assert found is None
    found = read_byline("江上又起了风。（安徽 张小峰）", at_end=True)
    assert found is not None
    assert found.authors == ("张小峰",)


@pytest.mark.parametrize(
    ("inside", "authors"),
    [
        ("记者 高雄", ("高雄",)),
        ("记者高雄", ("高雄",)),
        ("记者 张小峰 高雄", ("张小峰",)),
        ("高雄 张小峰", ("张小峰",)),
    ],
)
def test_a_citys_name_is_a_persons_only_alone_behind_a_title(inside: str, authors: tuple[str, ...]) -> None:
    assert split_names(inside) == (authors, ())


def test_a_marked_bracket_that_closes_a_paragraph_is_read_with_its_place() -> None:
    text = "他们的评价才是尺度。（作者韩涵系某某智库研究员）"
    found = read_byline(text)
    assert found is not None
    assert (found.authors, found.alone) == (("韩涵",), False)
    assert text[: found.start] == "他们的评价才是尺度。"


def test_a_byline_run_on_into_its_story_ends_where_the_story_begins() -> None:
    text = "新华社记者白小田在位于平原的某县，农民正在收稻"
    found = read_byline(text)
    assert found is not None
    assert (found.authors, found.alone) == (("白小田",), False)
    assert text[found.end :].startswith("在位于平原")


@pytest.mark.parametrize(
    ("line", "editors"),
    [
        ("【编辑:陈小峰】", ("陈小峰",)),
        ("责任编辑：罗小纬_NB12082", ("罗小纬",)),
        ("(责编：胡永、杨小宇)", ("胡永", "杨小宇")),
        ("编辑：甘小明 易红", ("甘小明", "易红")),
        ("[责任编辑：刘小斌 PT123]", ("刘小斌",)),
        ("责任编辑:支小明 SF104", ("支小明",)),
        ("编辑/倪小宁 责编/李曦", ("倪小宁", "李曦")),
        ("[ 责编：张小倩 ]", ("张小倩",)),
        ("编辑 岳小周 校对 李军", ("岳小周",)),
        ("[作者: 刘小仓 责任编辑: 杨宇]", ("杨宇",)),
        ("责任编辑：小婷", ("小婷",)),
        ("【編輯:盧小遠】", ("盧小遠",)),
        ("責任編輯：葉小婷 校對：劉二", ("葉小婷",)),
        ("（責編：陳 遠、楊小宇）", ("陳遠", "楊小宇")),
        ("编辑：某某日报新媒体", ()),
        ("责编：", ()),
        ("作者：张三", ()),
    ],
)
def test_editors_are_named_without_codes(line: str, editors: tuple[str, ...]) -> None:
    assert read_editors(line) == editors


@pytest.mark.parametrize(
    "text",
    [
        "中新网",
        "新华社",
        "人民日报",
        "温宿县公安局",
        "某某大学",
        "消防",
        "记者",
        "全媒体",
        "新闻联播",
        "中青报·中青网",
        "见图",
        "全文完",
        "转自",
        "单位亿元",
        "国是直通车",
        "安徽",
        "石家庄",
        "連雲港",
        "Jinbei Evening",
        "Yiming Editor",
        "王",
        "",
    ],
)
def test_outlets_offices_and_titles_are_no_persons(text: str) -> None:
    assert not is_person(text)


@pytest.mark.parametrize("text", ["李娜", "欧阳修文", "阿依努尔·买买提", "古丽胡玛尔", "上官云", "Jane Doe", "阿琳娜"])
def test_names_of_many_peoples_are_persons(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("刘亮记者27日获悉", ("刘亮",), "记者27日"),
        ("甘小甜今年，是", ("甘小甜",), "今年"),
        ("甘甜今年，是", ("甘甜",), "今年"),
        ("王小泽“四年", ("王小泽",), "“四年"),
        ("魏小坤、刘硕第31届运动会", ("魏小坤", "刘硕"), "第31届"),
        ("陈小亮  农业农村部负责人", ("陈小亮",), "  农业"),
        ("江小波 贡桑拉姆“藏医", ("江小波", "贡桑拉姆"), "“藏医"),
        ("石小宇微风拂过", ("石小宇",), "微风"),
        ("，没有名字", (), "，没有名字"),
    ],
)
def test_a_run_on_name_ends_where_the_story_begins(text: str, names: tuple[str, ...], rest: str) -> None:
    run = leading_names(text)
    assert run.names == names
    assert text[run.end :].startswith(rest)


@pytest.mark.parametrize(
    ("text", "reporters", "correspondents"),
    [
        ("記者 葉小明 通訊員 盧一、陳 二", ("葉小明",), ("盧一", "陳二")),
        ("全媒體記者 劉小紅，實習生 歐陽修小", ("劉小紅", "歐陽修小"), ()),
        ("瀋陽日報記者 關海 某某縣公安局", ("關海",), ()),
        ("叶小明\u00a0Jane Doe", ("叶小明", "Jane Doe"), ()),
        ("记者 Jane Q. Doe 叶小明 通讯员 John Roe、王二", ("Jane Q. Doe", "叶小明"), ("John Roe", "王二")),
    ],
)
def test_names_are_split_as_printed_in_either_script(
    text: str, reporters: tuple[str, ...], correspondents: tuple[str, ...]
) -> None:
    assert split_names(text) == (reporters, correspondents)


@pytest.mark.parametrize("text", ["中國新聞網", "記者", "某某縣公安局", "經濟日報"])
def test_outlets_and_offices_in_traditional_script_are_no_persons(text: str) -> None:
    assert not is_person(text)


_WILD = st.text(
    alphabet="記葉訊員盧编編輯王李记者通讯员作文/图：:（）()【】、， \u3000\u00a0编辑责任报社A By·古丽", max_size=150
)


@given(_WILD)
def test_no_line_raises_and_names_have_no_spaces_but_latin_ones(line: str) -> None:
    for at_end in (False, True):
        found = read_byline(line, at_end=at_end)
        if found is not None:
            assert found.authors or found.correspondents
            assert 0 <= found.start < found.end <= len(line)
            assert all(set(name) - {" "} <= set(line) for name in (*found.authors, *found.correspondents))
    run = leading_names(line)
    assert 0 <= run.end <= len(line)
    names = (*read_editors(line), *sum(split_names(line), ()), *run.names)
    assert all(name == name.strip() and name for name in names)
    assert all(set(name) - {" "} <= set(line) for name in names)


@given(st.text(max_size=200))
def test_any_unicode_line_is_read_without_an_error(line: str) -> None:
    read_byline(line, at_end=True)
    names = (*read_editors(line), *sum(split_names(line), ()), *leading_names(line).names)
    assert all(name == name.strip() and name for name in names)
    is_person(line)
