"""Datelines: every shape with words of our own, the traps that are none, and hostile texts."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.items import Dateline
from newscrawl.text.dateline import read_dateline
from newscrawl.text.dateline.years import year_of

OUT = date(2025, 11, 20)


def found(text: str, published: date | None = OUT) -> Dateline:
    line = read_dateline(text, published)
    assert line is not None, f"no dateline in {text!r}"
    assert line.raw in text
    return line


def fields(line: Dateline, *names: str) -> dict[str, Any]:
    return {name: getattr(line, name) for name in names}


SHAPES: list[tuple[str, dict[str, Any], str]] = [
    # agency + place + date 电, the most common, with every kind of bracket
    (
        "中新网太原11月19日电(林一舟)汾河岸边的芦苇黄了。",
        {
            "raw": "中新网太原11月19日电(林一舟)",
            "agency": "中新网",
            "place": "太原",
            "month": 11,
            "day": 19,
            "year": 2025,
            "form": "电",
            "reporters": ("林一舟",),
        },
        "汾河岸边",
    ),
    (
        "中新网吉林11月19日电 (记者 何小满)雪后的江面",
        {
            "raw": "中新网吉林11月19日电 (记者 何小满)",
            "place": "吉林",
            "region_edition": None,
            "reporters": ("何小满",),
        },
        "雪后的江面",
    ),
    (
        "新华社柏林11月18日电（记者许安、周禾）德国",
        {
            "raw": "新华社柏林11月18日电（记者许安、周禾）",
            "agency": "新华社",
            "place": "柏林",
            "reporters": ("许安", "周禾"),
        },
        "德国",
    ),
    ("中新社南宁11月18日电 (陶叶)邕江", {"agency": "中新社", "place": "南宁", "reporters": ("陶叶",)}, "邕江"),
    ("本报呼和浩特11月18日电\u00a0\u00a0（记者乔木）草原", {"agency": "本报", "place": "呼和浩特"}, "草原"),
    ("中新网甘肃酒泉11月19日电 (卢河)戈壁", {"place": "甘肃酒泉"}, "戈壁"),
    # regional edition
    (
        "中新网新疆新闻11月19日电（阿依努尔·买买提 贺岚）瓜果",
        {"agency": "中新网", "region_edition": "新疆", "place": None, "reporters": ("阿依努尔·买买提", "贺岚")},
        "瓜果",
    ),
    # no place, no date, neither
    ("中新网11月19日电 据外媒报道，", {"place": None, "month": 11, "reporters": ()}, "据外媒报道"),
    ("新华社香港电 (记者褚帆)维港", {"place": "香港", "month": None, "year": None, "reporters": ("褚帆",)}, "维港"),
    ("新华社电 海关", {"raw": "新华社电", "agency": "新华社", "place": None, "month": None, "form": "电"}, "海关"),
    # a place divided by a slash is several
    ("新华社香港/澳门11月19日电（记者谢青）两地", {"place": ("香港", "澳门")}, "两地"),
    ("本报北京、上海11月19日电 两地", {"place": "北京、上海"}, "两地"),
    ("新华社“远望九”号11月19日电 船", {"place": "“远望九”号"}, "船"),
    # slug and run-on byline
    (
        "中新网晋城11月19日电 题:古村灯匠:竹骨彩纸忙 手里扎出年味儿 作者 秦小路 韦明 罗一叶腊月将近",
        {
            "raw": "中新网晋城11月19日电",
            "slug": "古村灯匠:竹骨彩纸忙 手里扎出年味儿",
            "reporters": ("秦小路", "韦明", "罗一叶"),
        },
        "腊月将近",
    ),
    (
        "中新社北京11月19日电 题：茶馆里的老戏台作者 董小川“三十年里，我只唱这一出”",
        {"slug": "茶馆里的老戏台", "reporters": ("董小川",)},
        "“三十年里",
    ),
    (
        "中新网11月19日电 题：稻谷收购价连涨三月中新财经记者 贾林记者19日获悉",
        {"slug": "稻谷收购价连涨三月", "reporters": ("贾林",)},
        "记者19日获悉",
    ),
    (
        "新华社北京11月19日电 题：旧厂房里的新球场\n新华社记者侯一、董大山\n下班铃响",
        {"slug": "旧厂房里的新球场", "reporters": ("侯一", "董大山")},
        "下班铃响",
    ),
    # 讯
    (
        "本报讯（付小宇 全媒体记者 王一川）昨日",
        {
            "raw": "本报讯（付小宇 全媒体记者 王一川）",
            "agency": "本报",
            "form": "讯",
            "reporters": ("付小宇", "王一川"),
        },
        "昨日",
    ),
    (
        "红网时刻衡阳11月19日讯（记者 何川 通讯员 夏小尚、陈珍）湘江",
        {"agency": "红网时刻", "place": "衡阳", "reporters": ("何川",), "correspondents": ("夏小尚", "陈珍")},
        "湘江",
    ),
    ("新京报讯 据市气象台消息，", {"raw": "新京报讯", "agency": "新京报", "form": "讯"}, "据市气象台"),
    ("本报27日讯（记者孙大伟）社区", {"day": 27, "month": None, "form": "讯"}, "社区"),
    ("解放军报讯 记者郝一鸣报道：某旅", {"agency": "解放军报", "reporters": ("郝一鸣",)}, "某旅"),
    # 消息
    ("央视网消息：受冷空气影响，", {"raw": "央视网消息：", "agency": "央视网", "form": "消息"}, "受冷空气"),
    ("央视网消息（新闻联播）：今天", {"raw": "央视网消息（新闻联播）：", "reporters": ()}, "今天"),
    (
        "央广网北京11月19日消息（记者王小文）为了",
        {"agency": "央广网", "place": "北京", "form": "消息", "reporters": ("王小文",)},
        "为了",
    ),
    ("东方网11月19日消息：周末", {"raw": "东方网11月19日消息：", "agency": "东方网"}, "周末"),
    ("IT之家 11 月 19 日消息，新机", {"agency": "IT之家", "month": 11, "day": 19}, "新机"),
    # 报道
    (
        "参考消息网11月15日报道 据英国媒体",
        {"raw": "参考消息网11月15日报道", "agency": "参考消息网", "form": "报道"},
        "据英国",
    ),
    (
        "东方网记者包小婷11月14日报道：秋风",
        {"agency": "东方网", "reporters": ("包小婷",), "month": 11, "day": 14},
        "秋风",
    ),
    (
        "【环球网报道 见习记者 姜小蔼】据",
        {"raw": "【环球网报道 见习记者 姜小蔼】", "reporters": ("姜小蔼",), "form": "报道"},
        "据",
    ),
    ("环球网报道 记者 张小雅】据", {"agency": "环球网", "reporters": ("张小雅",)}, "据"),
    ("本报记者 郝小成 杨柳 忻州报道晨雾", {"agency": "本报", "place": "忻州", "reporters": ("郝小成", "杨柳")}, "晨雾"),
    ("本报记者王小明北京报道晨雾", {"place": "北京", "reporters": ("王小明",)}, "晨雾"),
    (
        "红网时刻新闻 通讯员 刘小红 记者 王小正 永顺县报道“今天”",
        {"place": "永顺县", "reporters": ("王小正",), "correspondents": ("刘小红",)},
        "“今天”",
    ),
    # 特稿, 专电
    ("【新华社微特稿】一座小镇", {"raw": "【新华社微特稿】", "agency": "新华社", "form": "特稿"}, "一座小镇"),
    ("新华社东京11月19日专电（记者华一）", {"form": "专电", "place": "东京"}, ""),
    # old
    (
        "中新社北京九月二十七日电 题：胡同里的秋天 中新社记者 王辛小 张蔚山 槐叶落了",
        {"month": 9, "day": 27, "year": 2025, "slug": "胡同里的秋天", "reporters": ("王辛小", "张蔚山")},
        "槐叶落了",
    ),
    ("新华网平壤１１月１８日电（记者郭小娜　陆一）", {"month": 11, "day": 18, "reporters": ("郭小娜", "陆一")}, ""),
    ("新华社首尔2023年4月14日电 当天", {"year": 2023, "month": 4}, "当天"),
    # damaged
    ("中新网新疆新闻11月15电（董小强）近年来", {"region_edition": "新疆", "day": 15, "form": "电"}, "近年来"),
    ("中新网福建新闻11月9日电 (夏一)", {"region_edition": "福建"}, ""),
    # glued
    ("原标题：小镇开集 秋货上市中新社东莞11月17日电 (许小青)市集", {"raw": "中新社东莞11月17日电 (许小青)"}, "市集"),
    ("本文转自：人民网人民网北京11月17日电 （记者李小依）日前", {"raw": "人民网北京11月17日电 （记者李小依）"}, "日前"),
    (
        "图为会场。新华社记者 张一 摄新华社澳门11月3日电（记者刘小刚）会议",
        {"place": "澳门", "reporters": ("刘小刚",)},
        "会议",
    ),
    ("（资料图）\n新华网平壤11月18日电（记者郭小娜）当天", {"agency": "新华网", "place": "平壤"}, "当天"),
    ("原标题：老戏新演票难求千龙网讯 锣鼓", {"raw": "千龙网讯", "agency": "千龙网"}, "锣鼓"),
    # an outlet nobody has heard of
    ("三江口晚报讯（记者 张小明）昨日", {"agency": "三江口晚报", "reporters": ("张小明",)}, "昨日"),
    ("汉水新闻网十堰11月1日电 昨日", {"agency": "汉水新闻网", "place": "十堰"}, "昨日"),
    ("青湖新闻客户端西宁11月1日讯 今天", {"agency": "青湖新闻客户端", "place": "西宁"}, "今天"),
    ("齐鲁网·闪电新闻11月8日讯 泉城", {"agency": "齐鲁网·闪电新闻", "place": None}, "泉城"),
    (
        "原标题：山里通了班车中国山东网-感知山东11月1日讯 清早",
        {"raw": "中国山东网-感知山东11月1日讯", "agency": "中国山东网-感知山东"},
        "清早",
    ),
    # traditional script: all as printed, the form word in simplified
    (
        "中新網太原11月19日電 (記者 葉知非　盧 遠)汾河岸邊",
        {
            "raw": "中新網太原11月19日電 (記者 葉知非　盧 遠)",
            "agency": "中新網",
            "place": "太原",
            "month": 11,
            "day": 19,
            "year": 2025,
            "form": "电",
            "reporters": ("葉知非", "盧遠"),
        },
        "汾河岸邊",
    ),
    (
        "中新社廣州/瀋陽11月19日電 題：茶樓裡的老戲臺 中新社記者 關小雲 鍾一鳴 “三十年",
        {"place": ("廣州", "瀋陽"), "slug": "茶樓裡的老戲臺", "reporters": ("關小雲", "鍾一鳴")},
        "“三十年",
    ),
    (
        "中新網新疆新聞11月19日電（通訊員 買小麗）瓜果",
        {"region_edition": "新疆", "correspondents": ("買小麗",)},
        "瓜果",
    ),
    ("本報訊（記者 劉一 實習生 陳二）昨日", {"agency": "本報", "form": "讯", "reporters": ("劉一", "陳二")}, "昨日"),
    ("【明報專訊】昨日", {"raw": "【明報專訊】", "agency": "明報", "form": "讯"}, "昨日"),
    ("央視網消息：今年", {"agency": "央視網", "form": "消息"}, "今年"),
    ("【環球網報道 記者 張小雅】據", {"agency": "環球網", "reporters": ("張小雅",), "form": "报道"}, "據"),
    ("新華社東京11月19日專電（記者華一）", {"form": "专电", "place": "東京"}, ""),
    ("【新華社微特稿】一座小鎮", {"agency": "新華社", "form": "特稿"}, "一座小鎮"),
    ("本報記者葉小鐘 黃一 臺北報導晨霧", {"place": "臺北", "reporters": ("葉小鐘", "黃一"), "form": "报道"}, "晨霧"),
    (
        "中央社記者林小明／高雄報導　港口",
        {"agency": "中央社", "place": "高雄", "reporters": ("林小明",), "form": "报道"},
        "港口",
    ),
    (
        "（中央社記者蘇小麒、葉一台北19日電）立法機構",
        {
            "raw": "（中央社記者蘇小麒、葉一台北19日電）",
            "agency": "中央社",
            "place": "台北",
            "month": None,
            "day": 19,
            "form": "电",
            "reporters": ("蘇小麒", "葉一"),
        },
        "立法機構",
    ),
    ("（中央社記者林小璉屏東縣13日電）果園", {"place": "屏東縣", "reporters": ("林小璉",)}, "果園"),
    ("（中央社倫敦11月13日綜合外電報導）泰晤士河", {"place": "倫敦", "month": 11, "form": "报道"}, "泰晤士河"),
    # English
    (
        "BEIJING, Nov. 14 (Xinhua) -- A panda",
        {"agency": "Xinhua", "place": "BEIJING", "month": 11, "day": 14, "form": "dash"},
        "A panda",
    ),
    ("RIVERSIDE, Calif. (AP) — Crews", {"raw": "RIVERSIDE, Calif. (AP) —", "place": "RIVERSIDE, Calif."}, "Crews"),
    ("(Reuters) - Shares", {"raw": "(Reuters) -", "agency": "Reuters", "place": None}, "Shares"),
    (
        "LONDON, March 3 - The pound",
        {"raw": "LONDON, March 3 -", "agency": None, "month": 3, "year": 2025},
        "The pound",
    ),
    ("WASHINGTON — Senators", {"raw": "WASHINGTON —", "place": "WASHINGTON", "form": "dash"}, "Senators"),
    ("SEATTLE—Ferries", {"raw": "SEATTLE—", "place": "SEATTLE"}, "Ferries"),
    ("COLOMBO (Xinhua): Tea", {"raw": "COLOMBO (Xinhua):", "agency": "Xinhua", "place": "COLOMBO"}, "Tea"),
    ("GENEVA: Talks resumed", {"raw": "GENEVA:", "place": "GENEVA"}, "Talks"),
    ("TAIPEI/GENEVA (Reuters) - Envoys", {"place": ("TAIPEI", "GENEVA")}, "Envoys"),
    ("New Delhi, Nov 16 (PTI) All ferries", {"agency": "PTI", "place": "New Delhi", "form": None}, "All"),
    ("Oslo, 16 November (Reuters) - Salmon", {"place": "Oslo", "month": 11, "day": 16}, "Salmon"),
    (
        "MONDAY, Feb. 3, 2020 (HealthDay News) -- Sleep",
        {"place": None, "year": 2020, "agency": "HealthDay News"},
        "Sleep",
    ),
]


@pytest.mark.parametrize(("text", "wanted", "story"), SHAPES, ids=[text[:18] for text, _, _ in SHAPES])
def test_every_shape_is_read_and_the_story_starts_after_it(text: str, wanted: dict[str, Any], story: str) -> None:
    line = found(text)
    assert fields(line, *wanted) == wanted
    assert text[line.end :].startswith(story) if story else line.end == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "据中新网11月16日报道，北京",
        "路透社10日报道称，韩国国防部",
        "路透社11月10日报道，韩国国防部",
        "新华社11月10日报道称，",
        "据新华社消息，乌克兰总统",
        "据央视网消息，",
        "来源：央视网近日，受降雨影响",
        "封面新闻记者 付小超烟火气",
        "【环球时报驻日本特派记者 岳小炜】美国",
        "本报通讯员 王小恒近年来",
        "作者：李小胜（某某大学教授）",
        "综合新华社驻外记者报道：俄罗斯",
        "环球网报道，一家外国报纸",
        "據中新網11月16日報道，北京",
        "路透社11月10日報導，韓國",
        "據中央社報導，台北",
        "封面新聞記者 付小超煙火氣",
        "（中央社台北19日電）",
        "11月5日電影《遠山》上映",
        "11月5日电影《远山》上映",
        "11月25日电力部门发布预警",
        "7月26日消息，据外媒报道，",
        "近日，家电以旧换新11月8日电商平台开启",
        "国家电网11月1日讯 近日",
        "2023年11月8日，记者从供电公司获悉",
        "新华社记者王一摄 11月1日电影节开幕",
        "他说：“新华社北京11月1日电。”",
        "（新华社北京11月1日电）",
        "本报电子版今日改版",
        "官网11月1日消息：",
        "原标题：小区装上充电桩 来电方便了11月3日，业主",
        "中国电信11月5日消息人士称",
        "环球网财经消费资讯 记者 冯小男】财报",
        "FILE PHOTO: A ship in the port of Hamburg",
        "PHOTOS: The best of autumn",
        "TERRY GROVE, BYLINE: This is the show",
        "AMY GOOD: Welcome back",
        "UPDATE: The college said on Monday",
        "PRICE SLUMP: A glut is expected",
        "KYODO NEWS - Feb 5, 2020 - 02:10",
        "Patients at a hospital in Wuhan, China. (Reuters) Patients",
        "An Example Company International (UPI) and others joined",
        "In 2019 the AP - an agency - wrote",
        "COVID-19 - what we know",
        "",
        "   ",
        "日",
    ],
)
def test_what_is_no_dateline_is_none(text: str) -> None:
    assert read_dateline(text, OUT) is None


@pytest.mark.parametrize(
    ("month", "day", "published", "year"),
    [
        (12, 31, date(2026, 1, 1), 2025),
        (12, 30, date(2026, 1, 2), 2025),
        (1, 1, date(2026, 1, 1), 2026),
        (1, 1, date(2025, 12, 31), 2026),  # a page dated in a zone where it is still yesterday
        (11, 19, date(2025, 11, 19), 2025),
        (2, 29, date(2024, 3, 1), 2024),
        (2, 29, date(2025, 3, 1), 2024),
        (2, 30, date(2025, 3, 1), None),
        (5, 1, None, None),
    ],
)
def test_the_year_is_resolved_from_the_publication_date(
    month: int, day: int, published: date | None, year: int | None
) -> None:
    assert year_of(month, day, published) == year


def test_new_years_eve_is_last_years_on_new_years_day() -> None:
    assert found("新华社北京12月31日电 今夜", date(2026, 1, 1)).year == 2025
    assert found("BEIJING, Dec. 31 (Xinhua) -- Tonight", date(2026, 1, 1)).year == 2025


@pytest.mark.parametrize(
    ("bracket", "reporters", "correspondents"),
    [
        ("记者 甘一 王小山", ("甘一", "王小山"), ()),
        ("记者赵  岩", ("赵岩",), ()),
        ("记者 岳 松 王 岚", ("岳松", "王岚"), ()),
        ("记者褚萌、刘刚", ("褚萌", "刘刚"), ()),
        ("刘一\u00a0王二，张三；李四", ("刘一", "王二", "张三", "李四"), ()),
        ("陈建 阿依古丽·阿不力肯", ("陈建", "阿依古丽·阿不力肯"), ()),
        ("记者叶小钟通讯员黄细", ("叶小钟",), ("黄细",)),
        ("见习记者付美斌 通讯员黄涛", ("付美斌",), ("黄涛",)),
        ("记者方童 实习生岳歌", ("方童", "岳歌"), ()),
        ("沈阳日报、沈报全媒体记者刘海", ("刘海",), ()),
        ("栾丰泽全媒体记者赵宇", ("栾丰泽", "赵宇"), ()),
        ("郭婷 乌什县林草局", ("郭婷",), ()),
        ("中青报·中青网记者 林洁 通讯员 黎钊 王相", ("林洁",), ("黎钊", "王相")),
        ("记者姜俏梅郭丹", ("姜俏梅", "郭丹"), ()),
        ("记者/卢浩 通讯员/某某交警", ("卢浩",), ()),
        ("中新财经 左晴", ("左晴",), ()),
        ("记者 欧阳开宇 上官云", ("欧阳开宇", "上官云"), ()),
        ("古丽胡玛尔", ("古丽胡玛尔",), ()),
        ("常德日报记者 罗勇 通讯员 刘思汝 文/图", ("罗勇",), ("刘思汝",)),
        ("新闻联播", (), ()),
    ],
)
def test_names_in_the_bracket_are_split_truly(
    bracket: str, reporters: tuple[str, ...], correspondents: tuple[str, ...]
) -> None:
    line = found(f"中新网太原11月19日电 ({bracket})汾河")
    assert (line.reporters, line.correspondents) == (reporters, correspondents)


def test_a_slug_that_nothing_tells_from_its_story_is_left_in_the_story() -> None:
    text = "中新社北京11月19日电 题：市场回暖信号渐显今年以来各地商铺陆续开张" + "，客流一天比一天多" * 20
    line = found(text)
    assert line.slug is None
    assert text[line.end :].startswith("市场回暖")


def test_lead_ins_belong_to_the_story() -> None:
    text = "中新社北京11月19日电 综合消息：当地时间"
    assert text[found(text).end :] == "综合消息：当地时间"


def test_an_abridged_reprint_keeps_its_first_character_in_raw() -> None:
    assert found("据新华社石家庄11月6日电 雨停了").raw == "据新华社石家庄11月6日电"


_UNITS = (
    "中新网|11月19日|11月19日电|月日|记者|（记者 王|【环球网|题：|作者 王|A|A |A, |(A|"
    "NEW YORK/| |\n|\u3000|一|十|日电（|日 （记者|"
    "社|·|-|x (AP|新闻|网-网|中新网 |A. B, |11月1|(Eds: |原标题：|（图）"
)


@pytest.mark.parametrize("unit", _UNITS.split("|"))
def test_long_repetitions_cost_no_more_than_a_short_text(unit: str) -> None:
    """Only the opening is looked at, and no pattern runs away inside it."""
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    read_dateline(text, OUT)
    read_dateline("中新网太原11月19日电 题：" + text, OUT)
    assert time.process_time() - started < 0.5


_ALPHABET = (
    "網電訊報導記員葉〔〕台灣"
    '中新网社太原1月9日电讯消息报道（）()【】记者通讯员王小明作者题：:、 \n\u3000，。ABCde.,-—/"据'
)


_PIECES = (
    "中新网|中新社|新华社|中央社|本报|环球网|三江晚报|新疆新闻|太原|香港/澳门|11月19日|九月二十七日|19日|2025年|电|讯|消息|报道|"
    "专电|特稿|（|）|(|)|【|】|〔|记者|通讯员|实习生| 王小明|、赵  岩|葉知非|題：|题：|作者 |老戏台|：|:|，|。|\n|"
    "\u3000|据|称|原标题：|報導|網|電|BEIJING|, Nov. 14| (Xinhua)| --|New Delhi|(AP) —|汾河两岸"
)
_WILD = st.text(alphabet=_ALPHABET, max_size=400) | st.lists(st.sampled_from(_PIECES.split("|")), max_size=24).map(
    "".join
)


@given(_WILD)
@example("【" * 300)
@example("中新网11月19日电 题：" + "记者 " * 100)
def test_no_text_raises_and_what_is_found_stands_in_it(text: str) -> None:
    line = read_dateline(text, OUT)
    if line is not None:
        assert line.raw
        assert line.raw in text
        assert text.index(line.raw) + len(line.raw) <= line.end <= len(text)
        assert line.agency or line.place
        assert all(name and name == name.strip() for name in (*line.reporters, *line.correspondents))


_TO_TRADITIONAL = str.maketrans("网电讯报记员题", "網電訊報記員題")


@given(_WILD)
@example("中新网太原11月19日电 题：作 者 王小明")
@example("记者记者王小明11月1日电")
def test_a_text_reads_the_same_in_either_script(text: str) -> None:
    line = read_dateline(text, OUT)
    other = read_dateline(text.translate(_TO_TRADITIONAL), OUT)
    assert (line is None) == (other is None)
    if line is not None and other is not None:
        assert other.raw == line.raw.translate(_TO_TRADITIONAL)
        assert (other.month, other.day, other.year, other.form, other.end) == (
            line.month,
            line.day,
            line.year,
            line.form,
            line.end,
        )


@given(st.text(max_size=300))
def test_any_unicode_text_is_read_without_an_error(text: str) -> None:
    line = read_dateline(text, OUT)
    assert line is None or line.raw in text
