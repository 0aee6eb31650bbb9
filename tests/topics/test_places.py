"""Which places a headline or a lead names, and what only looks like one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.topics.gazetteer import gazetteer
from newscrawl.topics.places import place_called, places_in

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import places as measured


def named(text: str, language: str = "zh", near: tuple[str, ...] = ()) -> list[str]:
    return [place.name for place in places_in(text, language=language, near=near)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("太原今夏首场音乐会开票", ["太原"]),
        ("太原市新开三条公交线", ["太原"]),
        ("山西省太原市阳曲县的杏熟了", ["山西", "太原", "阳曲"]),
        ("内蒙古锡林郭勒盟草场返青", ["内蒙古", "锡林郭勒"]),
        ("湖北宜昌长阳土家族自治县清江边", ["湖北", "宜昌", "长阳"]),
        ("湘西自治州龙山县举办集市", ["湘西", "龙山"]),
        ("北京市平谷区桃园开放", ["北京", "平谷区"]),
        ("法国总统访问巴西，随后飞往巴黎", ["法国", "巴西", "巴黎"]),
        ("太原警方破获一起案件", ["太原"]),
    ],
)
def test_places_are_given_by_their_usual_short_names(text: str, places: list[str]):
    assert named(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("长春市朝阳区一小区停水", ["长春", "朝阳区"]),
        ("山西高平的花灯", ["山西", "高平"]),
        ("云南楚雄、巍山、武定等地过节", ["云南", "楚雄", "巍山", "武定"]),
    ],
)
def test_what_stands_beside_a_name_proves_it(text: str, places: list[str]):
    assert named(text) == places


def test_the_right_one_of_two_places_of_one_name_is_meant():
    (changchun,) = [place for place in places_in("长春的朝阳区开放", language="zh") if place.name == "朝阳区"]
    (beijing,) = places_in("朝阳区开放", language="zh", near=("北京",))
    assert (changchun.within, beijing.within) == (("长春", "吉林"), ("北京",))


def test_a_name_that_several_places_share_is_nobodys_alone():
    assert named("朝阳区今天降温") == []


@pytest.mark.parametrize(
    "text",
    [
        "记者张太原在现场",
        "市民黄山说：“很高兴”",
        "教授高平介绍了项目",
        "约翰·华盛顿获奖",
        "孙中山诞辰纪念活动",
        "国防部长沙特使",
    ],
)
def test_a_persons_name_is_no_place(text: str):
    assert not {"太原", "黄山", "高平", "华盛顿", "中山", "长沙"} & set(named(text))


@pytest.mark.parametrize(
    "text",
    [
        "北京汽车发布新车",
        "贵州茅台股价上涨",
        "中国平安公布业绩",
        "长春高新跌停",
        "太原理工大学放假",
        "上海某某网络科技有限公司成立",
        "某某教育科技(北京)有限公司开业",
        "四川长虹召开股东会",
        "深圳分公司换了经理",
        "武汉大学樱花开了",
        "英国《某某时报》刊文",
        "《纽约时报》网站改版",
        "北京青年报社搬家",
    ],
)
def test_a_firms_a_schools_or_a_papers_name_is_no_place(text: str):
    assert named(text) == []


FIRMS = """
北京现代 泸州老窖 江西铜业 云南锡业 厦门国贸 厦门钨业 珠海格力 洛阳钼业 青岛海尔 上海家化 太原重工 沈阳机床 重庆钢铁
宁波银行 合肥城投 山西焦煤 济南重汽 大连特钢 洛阳玻璃 上海医药 西藏矿业 深圳机场集团 郑州宇通
"""


@pytest.mark.parametrize("firm", FIRMS.split())
def test_a_firm_called_by_a_place_and_its_trade_or_name_is_no_place(firm: str):
    for text in (firm, f"{firm}今年业绩大增", f"记者从{firm}获悉", f"{firm}、某某公司涨停", f"他在{firm}工作"):
        assert named(text) == [], text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("北京现代化建设提速", ["北京"]),
        ("北京现代农业展开幕", ["北京"]),
        ("北京现代舞团巡演", ["北京"]),
        ("厦门国贸促会到访", ["厦门"]),
        ("北京国贸桥堵车", ["北京"]),
        ("江西铜业产业链", ["江西"]),
        ("云南矿业权出让", ["云南"]),
        ("贵州城投债利率走低", ["贵州"]),
        ("上海医药产业规模扩大", ["上海"]),
        ("北京现代工业遗产展", ["北京"]),
        ("河南周口店铺开业", ["河南", "周口"]),
        ("洛阳钼矿复产", ["洛阳"]),
        ("珠海格外热闹", ["珠海"]),
        ("贵州客车侧翻", ["贵州"]),
        ("江西铜矿与洛阳老城", ["江西", "洛阳"]),
        ("北京周口店遗址开放", ["北京"]),
    ],
)
def test_a_place_before_a_word_that_only_looks_like_a_firms_stays(text: str, places: list[str]):
    assert named(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "南京路步行街夜景",
        "北京西路施工",
        "苏州河边散步",
        "北京烤鸭降价",
        "兰州拉面涨价",
        "山西队夺冠",
        "法国队小组出线",
        "北京时间晚上八点",
        "朝鲜族舞蹈大赛",
        "印度洋上的飓风",
    ],
)
def test_a_street_a_river_a_dish_a_team_and_a_peoples_name_are_no_place(text: str):
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "隆重庆祝节日",
        "重大理论问题",
        "收支平衡水平提高",
        "推广安全知识",
        "周六安排休息",
        "渤海南部有雾",
        "太湖北岸跑步",
        "长江出海口",
        "7月8日本报记者",
        "以上海外作品",
        "确保定点医院开门",
        "沿海地区降温",
        "舞台中央的灯",
        "国际合作",
        "促进和平与友谊，资源共享",
        "东方公安的来宾",
        "日照时间变短，白银价格走低",
        "万象更新",
        "运河内的船",
    ],
)
def test_a_word_or_a_border_between_words_is_no_place(text: str):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("京津冀暴雨", ["北京", "天津", "河北"]),
        ("晋陕两省联手", ["山西", "陕西"]),
        ("粤港澳大湾区论坛", ["广东", "香港", "澳门"]),
        ("论坛昨天在沪举行", ["上海"]),
        ("中美贸易谈判重开", ["美国"]),
        ("俄乌冲突两年", ["俄罗斯", "乌克兰"]),
    ],
)
def test_one_sign_is_a_place_where_what_stands_round_it_proves_it(text: str, places: list[str]):
    assert named(text) == places


@pytest.mark.parametrize(
    "text", ["沪深两市收跌", "京东促销", "京津城际晚点", "沪港通开闸", "存在京剧里", "晋级决赛", "美日照常"]
)
def test_one_sign_alone_is_no_place(text: str):
    assert named(text) == []


def test_the_home_country_is_no_topic_of_a_chinese_text():
    assert named("中国与法国签约") == ["法国"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("臺北與紐西蘭簽約", ["台北", "新西兰"]),
        ("澳門遊客赴廣東廣州", ["澳门", "广东", "广州"]),
        ("西安乾縣的碑", ["西安", "乾县"]),
    ],
)
def test_traditional_script_is_read_and_places_are_given_in_simplified(text: str, places: list[str]):
    assert named(text, "zh-Hant")[: len(places)] == places


def test_a_name_used_outside_the_mainland_alone_is_not_taken_in_simplified_script():
    assert named("他买了雪梨和卡达什") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("China and France sign a deal in Paris", ["中国", "法国", "巴黎"]),
        ("South Korea and North Korea talk", ["韩国", "朝鲜"]),
        ("Papua New Guinea votes", ["巴布亚新几内亚"]),
        ("Protests in Georgia and Jordan", ["格鲁吉亚"]),
        ("U.S. and UK officials meet", ["美国", "英国"]),
        ("Michael Jordan and Chad Smith met", []),
        ("Denzel Washington stars", []),
        ("Bank of China opens", []),
        ("The South China Sea", []),
        ("Oxford University wins London Marathon", []),
        ("turkey and china on the table", []),
    ],
)
def test_english_countries_and_capitals_by_word(text: str, places: list[str]):
    assert named(text, "en")[: len(places) or 1] == places


def test_other_languages_are_not_guessed_at():
    assert named("Paris est en France", "fr") == []


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("太原", ("太原", "山西")),
        ("太原市", ("太原", "山西")),
        ("山西太原", ("太原", "山西")),
        ("高平", ("高平", "晋城", "山西")),
        ("吉林", ("吉林",)),
        ("东京", ("东京", "日本")),
        ("臺北", ("台北", "台湾")),
        ("朝阳区", ("朝阳区",)),
        ("某地", ()),
    ],
)
def test_a_whole_name_is_looked_up_with_what_it_lies_in(name: str, known: tuple[str, ...]):
    assert place_called(name, "zh") == known


def test_a_word_is_no_place_where_nothing_says_that_one_is_meant():
    assert place_called("合作", "zh") == ("合作", "甘南", "甘肃")
    assert place_called("合作", "zh", beyond_doubt=True) == ()


def test_the_gazetteer_knows_every_province_and_lies_where_it_should():
    provinces = {names[0].place.name for names in gazetteer().names.values() if names[0].place.level == "province"}
    assert len(provinces) == 34
    assert gazetteer().called("和安县")[0].place.within == ("和田", "新疆")


@given(
    st.text(alphabet=st.sampled_from("太原山西北京市县区说·《》（）美日本张在沪举行7合作"), max_size=40)
    | st.text(max_size=60)
)
def test_any_text_is_read_and_each_place_is_given_once(text: str):
    for language in ("zh", "zh-Hant", "en", "de"):
        names = named(text, language)
        assert len(names) == len(set(names))


def test_the_hand_checked_openings_are_read_as_well_as_ever():
    result = measured.measure()
    if result is None:
        pytest.skip(f"the corpus of openings is not at {measured.CORPUS}")
    assert result.rows == 100
    assert result.precision >= 0.98
    assert result.recall >= 0.95


def test_the_gold_holds_names_of_places_only():
    gold = json.loads(measured.GOLD.read_text(encoding="utf-8"))
    longest = max(len(name) for row in gold.values() for names in row.values() for name in names)
    assert len(gold) == 100
    assert longest <= 6


@pytest.mark.parametrize(
    "text",
    ["我国第三艘航母福建舰入列", "韩国瑜：把路修好", "长春花开满了院子", "他玉树临风，站在台上", "一碗意大利面的故事"],
)
def test_ships_persons_flowers_and_dishes_with_a_places_name_are_none(text: str):
    assert places_in(text, language="zh") == ()
