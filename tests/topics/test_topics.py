"""What a page says it is about."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.items import Article, Dateline
from newscrawl.topics import VERSION, Topic, topics_of, topics_told


def about(place: str | tuple[str, ...] | None = None, **fields: Any) -> list[tuple[str, str, int]]:
    dateline = Dateline(raw="晨网电", place=place) if place else None
    fields = {"language": "zh"} | fields
    article = Article(key="m:1", source="m", url="https://m.example/1", dateline=dateline, **fields)
    return [(topic.topic, topic.kind, topic.position) for topic in topics_of(article)]


def test_places_come_first_then_the_section_then_the_keywords():
    assert about(("香港", "澳门"), section="社会", keywords=("台风", "停课")) == [
        ("香港", "place", 1),
        ("澳门", "place", 2),
        ("社会", "section", 3),
        ("台风", "keyword", 4),
        ("停课", "keyword", 5),
    ]


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"place": "太原", "section": "社会", "keywords": ("湖",)}, ("太原", "place", 1)),
        ({"section": "社会", "keywords": ("湖",)}, ("社会", "section", 1)),
        ({"keywords": ("湖",)}, ("湖", "keyword", 1)),
    ],
)
def test_the_breadcrumbs_topic_is_the_place_else_the_section_else_the_first_keyword(fields, first):
    assert about(**fields)[0] == first


def test_a_word_that_comes_twice_counts_once_where_it_came_first():
    assert about("太原", section="太原", keywords=("太原", "湖", " 湖 ")) == [
        ("太原", "place", 1),
        ("山西", "place", 2),
        ("湖", "keyword", 3),
    ]


def test_nothing_said_is_nothing_known():
    assert about() == []
    assert about(section="", keywords=("", " \u3000")) == []


def test_spaces_inside_a_topic_are_folded():
    assert about(keywords=("New\n  York",)) == [("New York", "keyword", 1)]


def test_topics_compare_by_what_they_say():
    assert Topic(topic="湖", kind="keyword", position=1) == Topic(topic="湖", kind="keyword", position=1)


def names(**fields: Any) -> list[str]:
    return [topic for topic, _, _ in about(**fields)]


@pytest.mark.parametrize(
    ("place", "topics"),
    [
        ("太原", ["太原", "山西"]),
        ("太原市", ["太原", "山西"]),
        ("山西太原", ["太原", "山西"]),
        ("高平", ["高平", "晋城", "山西"]),
        ("北京", ["北京"]),
        ("首尔", ["首尔", "韩国"]),
        (("太原", "晋中"), ["太原", "晋中", "山西"]),
        ("某地", ["某地"]),
    ],
)
def test_a_datelines_city_comes_with_what_it_lies_in(place: str | tuple[str, ...], topics: list[str]):
    assert names(place=place) == topics


def test_an_english_datelines_city_is_written_as_a_name():
    assert names(place="LONDON", language="en") == ["London", "United Kingdom"]
    assert names(place="TAIYUAN", language="en") == ["Taiyuan"]


def test_the_region_of_an_edition_stands_for_a_dateline_without_a_place():
    told = topics_told(
        place=None,
        section="社会",
        keywords=(),
        headline=None,
        body_text=None,
        dateline="中新网山西新闻11月19日电",
        language="zh",
    )
    assert [topic.topic for topic in told] == ["山西", "社会"]


def test_a_place_in_the_headline_comes_before_the_section_and_one_in_the_lead_after_the_keywords():
    assert about(
        headline="四川今夏多雨", section="社会", keywords=("降水",), body_text="重庆也在下雨。", language="zh"
    ) == [
        ("四川", "place", 1),
        ("社会", "section", 2),
        ("降水", "keyword", 3),
        ("重庆", "place", 4),
    ]


def test_the_lead_begins_after_the_dateline_and_ends_after_two_hundred_characters():
    body = "晨网电" + "下雨。" * 50 + "成都放晴。" + "下雨。" * 50 + "重庆放晴。"
    article = Article(key="m:1", source="m", url="https://m.example/1", language="zh", body_text=body)
    assert [topic.topic for topic in topics_of(article)] == ["成都", "四川"]


def test_the_datelines_place_tells_which_county_a_text_means():
    assert names(place="太原", headline="阳曲的杏熟了") == ["太原", "山西", "阳曲"]
    assert names(place="杭州", headline="阳曲的杏熟了") == ["杭州", "浙江"]


def test_a_keyword_that_is_a_places_name_is_that_place_and_a_word_that_could_be_one_is_not():
    assert about(keywords=("太原市", "合作")) == [("太原", "place", 1), ("合作", "keyword", 2)]


@pytest.mark.parametrize(
    "keyword",
    [
        "中新网",
        "新闻",
        "某某新闻网",
        "news.example.com",
        "湖边的新桥通车",
        "12",
        "——",
        "一句话说得太长就不再是关键词而是一个标题了吧对不对",
    ],
)
def test_keywords_that_say_nothing_are_left_out(keyword: str):
    assert names(headline="湖边的新桥通车", keywords=(keyword, "桥")) == ["桥"]


def test_topics_of_a_traditional_page_meet_those_of_a_simplified_one():
    assert names(place="臺北", section="社會", keywords=("颱風",), language="zh-Hant") == [
        "台北",
        "台湾",
        "社会",
        "台风",
    ]


def test_there_are_never_more_than_twelve():
    keywords = tuple(f"词{sign}" for sign in "甲乙丙丁戊己庚辛壬癸")
    assert (
        len(names(place="高平", headline="北京、上海、天津、重庆、四川同日降温", section="社会", keywords=keywords))
        == 12
    )


def test_stored_columns_tell_what_the_article_told():
    line = Dateline(raw="晨网香港/澳门11月19日电", place=("香港", "澳门"))
    text = f"{line.raw} 四川的茶到了。"
    article = Article(
        key="m:1", source="m", url="https://m.example/1", language="zh", dateline=line, keywords=("茶",), body_text=text
    )
    told = topics_told(
        place="香港/澳门",
        section=None,
        keywords=["茶"],
        headline=None,
        body_text=text,
        dateline=line.raw,
        language="zh",
    )
    assert told == topics_of(article)
    assert [topic.topic for topic in told] == ["香港", "澳门", "茶", "四川"]


def test_the_version_is_a_number_that_can_go_up():
    assert VERSION >= 1
