"""What a page says it is about."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.items import Article, Dateline
from newscrawl.topics import Topic, topics_of


def about(place: str | tuple[str, ...] | None = None, **fields: Any) -> list[tuple[str, str, int]]:
    dateline = Dateline(raw="晨网电", place=place) if place else None
    article = Article(key="m:1", source="m", url="https://m.example/1", language="zh", dateline=dateline, **fields)
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
        ("湖", "keyword", 2),
    ]


def test_nothing_said_is_nothing_known():
    assert about() == []
    assert about(section="", keywords=("", " \u3000")) == []


def test_spaces_inside_a_topic_are_folded():
    assert about(keywords=("New\n  York",)) == [("New York", "keyword", 1)]


def test_topics_compare_by_what_they_say():
    assert Topic(topic="湖", kind="keyword", position=1) == Topic(topic="湖", kind="keyword", position=1)
