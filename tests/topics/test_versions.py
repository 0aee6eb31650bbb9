"""The true source first."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.topics.versions import Version, ranked


def order(*versions: tuple[str, str | None] | tuple[str, str | None, str | None]) -> list[str]:
    """The outlets as ranked, whatever order they were given in."""
    made = [
        Version(id=n, outlet=v[0], credit=v[1], published_at=v[2] if len(v) > 2 else None)
        for n, v in enumerate(versions)
    ]
    answers = {ranked(some) for some in permutations(made)}
    assert len(answers) == 1
    return [versions[n][0] for n in answers.pop()]


def test_a_chain_of_reprints_is_followed_to_its_end():
    chain = (
        ("新浪", "中国新闻网", "2025-01-01T01"),
        ("中国新闻网", "求是网", "2025-01-01T02"),
        ("求是网", None, "2025-01-01T03"),
    )
    assert order(*chain) == ["求是网", "中国新闻网", "新浪"]


def test_without_the_end_of_the_chain_the_last_one_stored_comes_first():
    assert order(("新浪", "中国新闻网", "1"), ("中国新闻网", "求是网", "2")) == ["中国新闻网", "新浪"]


def test_whom_others_credit_comes_before_an_earlier_one_that_nobody_credits():
    assert order(("河谷晚报", None, "1"), ("晨网", "晨网", "2"), ("山海新闻", "晨网", "3")) == [
        "晨网",
        "河谷晚报",
        "山海新闻",
    ]


def test_who_credits_itself_or_nobody_comes_before_who_credits_a_third():
    assert order(("甲网", "丁社", "1"), ("乙网", "乙网", "2"), ("丙网", None, "3")) == ["乙网", "丙网", "甲网"]


def test_then_the_earlier_then_an_unknown_time_then_the_lower_id():
    assert order(("丁网", None), ("甲网", None, "2"), ("乙网", None, "1"), ("丙网", None)) == [
        "乙网",
        "甲网",
        "丁网",
        "丙网",
    ]


def test_a_circle_of_credits_is_no_trouble():
    assert order(("甲网", "乙网", "2"), ("乙网", "甲网", "1"), ("丙网", "甲网", "0")) == ["乙网", "甲网", "丙网"]


@pytest.mark.parametrize(
    ("outlet", "credit"),
    [
        ("中国新闻网", "中新社"),
        ("中国新闻网", "来源：中新網"),
        ("新华网", "新华社客户端"),
        ("新华网", "Xinhua News Agency"),
        ("求是网", "《求是》"),
        ("求是网", "求是网官网"),
        ("人民网", "综合新华社、人民日报"),
        ("红星新闻", "红星新闻客户端 记者 某某"),
        ("新京报", "新京报·APP"),
        ("北岭日报", "北嶺日報"),
        ("The Associated Press", "AP"),
        ("晨网", "【晨网】"),
    ],
)
def test_a_credit_meets_its_outlet_in_another_spelling(outlet, credit):
    assert order(("某处", credit, "1"), (outlet, None, "2")) == [outlet, "某处"]


@pytest.mark.parametrize(
    ("outlet", "credit"), [("环球网", "人民网"), ("北京日报", "北京晚报"), ("参考消息", "新华社"), ("甲网", "")]
)
def test_it_does_not_meet_another_outlet(outlet, credit):
    assert order(("某处", credit, "1"), (outlet, None, "2"))[0] == (outlet if credit else "某处")
    assert order(("某处", None, "1"), (outlet, credit, "2")) == ["某处", outlet]


NAMES = st.one_of(st.none(), st.sampled_from(["甲网", "乙网", "丙网", "来源：甲网、乙网"]), st.text(max_size=30))


@given(st.lists(st.tuples(NAMES, NAMES, st.one_of(st.none(), st.text(max_size=5))), max_size=12))
def test_every_version_is_ranked_once_whatever_it_says(said):
    versions = [
        Version(id=n, outlet=outlet or "", credit=credit, published_at=at)
        for n, (outlet, credit, at) in enumerate(said)
    ]
    assert sorted(ranked(versions)) == list(range(len(said)))
