"""On what terms an article may be shown: which rule decides, how strict it ends, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.options import REPRINT_MODES
from newscrawl.sources import registry
from newscrawl.terms import SIGNALS, Because, Policy, Terms, spelt, terms

OUTLETS = {"晨网": "morning", "晨间新闻": "morning", "晚报": "evening"}
STRICT = {mode: place for place, mode in enumerate(REPRINT_MODES)}


def policy(reprint: Mapping[str, str] | None = None) -> Policy:
    return Policy(reprint=reprint or {}, outlets=OUTLETS)


def of(
    reprint: Mapping[str, str], source: str = "morning", credit: str | None = None, robots: tuple[str, ...] = ()
) -> Terms:
    return terms(policy(reprint), source=source, credit=credit, robots=robots)


# -- the operator's rules ----------------------------------------------------------------------------------------------
ALL = {"*": "excerpt", "morning": "full", "evening": "link", "credit:湖报": "hold", "credit:晚报": "full"}


@pytest.mark.parametrize(
    ("without", "source", "credit", "mode"),
    [
        ((), "morning", "湖报", "hold"),  # the credited outlet's own rule
        (("credit:湖报",), "morning", "湖报", "full"),  # a stranger: the publisher's
        ((), "morning", "晚报", "full"),  # a credit rule goes before the slug of the same outlet
        (("credit:晚报",), "morning", "晚报", "link"),  # a known publisher is credited: its slug's rule
        (("credit:晚报", "evening"), "morning", "晚报", "full"),  # it has none: the page's publisher's
        (("morning",), "morning", None, "excerpt"),  # "*"
        (("morning",), "noon", "海报", "excerpt"),
        (("evening",), "evening", "晨间新闻", "full"),  # another name of morning
        (tuple(ALL), "morning", "湖报", "full"),  # no rule at all
    ],
)
def test_the_nearest_rule_decides(without: tuple[str, ...], source: str, credit: str | None, mode: str):
    assert of({key: ALL[key] for key in ALL if key not in without}, source, credit).mode == mode


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("求是网", "求是网"),
        ("求是网", "《求是》　网"),
        ("求是网", "求 是 网\u200b"),
        ("求是網", "求是网"),
        ("求是网", "求是網"),
        ("《光明日报》", "光明日报"),
        ("CGTN", "ｃｇｔｎ"),
        ("The Lake Times", "the lake  times"),
        ("“湖报”", "湖报"),
    ],
)
def test_an_outlet_is_known_however_it_is_spelt(key: str, printed: str):
    assert of({f"credit:{key}": "link"}, credit=printed).mode == "link"
    assert (
        terms(Policy(reprint={"a": "link"}, outlets={key: "a"}), source="b", credit=printed, robots=()).mode == "link"
    )


def test_another_outlet_that_begins_alike_is_another():
    assert of({"credit:求是": "hold"}, credit="求是网").mode == "full"
    assert of({"credit:湖报": "hold"}, credit="湖报社区").mode == "full"


@pytest.mark.parametrize(
    "credit", ["人民网－湖报", "湖报/人民网", "人民网-《湖报》", "《湖报》2025/13", "人民网、湖报", "湖报·要闻"]
)
def test_a_credit_of_several_outlets_is_under_the_strictest_of_their_rules(credit: str):
    assert of({"credit:湖报": "link"}, credit=credit).mode == "link"
    assert of({"credit:湖报": "full", "*": "excerpt"}, credit=credit).mode == "excerpt", "a part does not loosen"
    assert of({"credit:湖报": "link", f"credit:{credit}": "full", "*": "hold"}, credit=credit).mode == "full"


@pytest.mark.parametrize(
    "credit",
    [
        "湖报 海报",
        "海报　湖报",
        "综合湖报",
        "据湖报",
        "据《湖报》消息",
        "来源：湖报",
        "来 源:湖报",
        "來源：湖報",
        "稿源 湖报",
        "转载自：湖报",
        "转自湖报微信公众号",
        "湖报客户端",
        "湖报官网",
        "湖报网站",
        "湖报官方微博",
        "湖报记者 张三、李四",
        "来源：湖报记者张三",
        "来源：综合湖报客户端、海报",
        "海报（湖报）",
        "【湖报】",
        "海报+湖报",
        "《湖报-海报》增刊",
        "Source: 湖报",
        "湖报APP",
    ],
)
def test_no_blank_label_or_suffix_frees_a_credit_of_its_outlets_rule(credit: str):
    assert of({"credit:湖报": "hold"}, credit=credit).mode == "hold"
    assert (
        of({"evening": "link", "*": "full"}, credit=credit.replace("湖报", "晚报").replace("湖報", "晚報")).mode
        == "link"
    )
    assert of({"credit:湖报": "full", "*": "excerpt"}, credit=credit).mode == "excerpt", (
        "nor loosens what all are under"
    )


def test_a_credit_with_a_rule_as_a_whole_is_not_taken_apart():
    assert of({"credit:湖报": "hold", "credit:湖报客户端": "full"}, credit="湖报客户端").mode == "full"
    assert of({"credit:湖报": "hold", "credit:据湖 报": "link"}, credit="据湖报").mode == "link"


@pytest.mark.parametrize("credit", ["据湖", "湖报客户", "某湖报", "湖报网", "综合", "来源：", "客户端", "客户端湖报"])
def test_what_is_no_label_word_makes_another_outlet(credit: str):
    assert of({"credit:湖报": "hold"}, credit=credit).mode == "full"


def test_words_of_latin_letters_are_one_name():
    assert of({"credit:Times": "hold"}, credit="The Lake Times").mode == "full"
    assert of({"credit:The Lake Times": "hold"}, credit="海报 The Lake Times 湖报").mode == "hold"


@pytest.mark.parametrize(
    ("one", "other"), [("蘋果日報", "苹果日报"), ("鏡週刊", "镜周刊"), ("聯合報", "联合报"), ("臺灣鑽報", "台湾钻报")]
)
def test_an_outlet_is_one_in_both_scripts(one: str, other: str):
    assert of({f"credit:{one}": "hold"}, credit=other).mode == "hold"
    assert of({f"credit:{other}": "hold"}, credit=one).mode == "hold"


def test_of_two_spellings_with_different_rules_the_stricter_counts():
    for first, then in (("link", "full"), ("full", "link")):
        assert of({"credit:湖报": first, "credit:《湖报》": then}, credit="湖报").mode == "link"


def test_what_is_not_in_the_policy_is_in_no_outlets_name():
    assert of({"*": "full", "credit:": "hold"}, credit=None).mode == "full"
    assert of({"credit:": "hold"}, credit="《》").mode == "full"
    assert of({"credit:湖报": "hold"}, source="credit:湖报").mode == "full"


# -- the page's signals ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "mode", "noindex"),
    [
        ("noarchive", "excerpt", False),
        ("nocache", "excerpt", False),
        ("nosnippet", "link", False),
        ("max-snippet:0", "link", False),
        ("noindex", "full", True),
        ("none", "full", True),
        ("googlebot: noarchive", "excerpt", False),
        ("baiduspider: none", "full", True),
        ("googlebot: max-snippet:0", "link", False),
        ("NoArchive", "excerpt", False),
        ("max-snippet: 0", "link", False),
        ("max-snippet:-1", "full", False),
        ("max-snippet:160", "full", False),
        ("max-image-preview:none", "full", False),
        ("nofollow", "full", False),
        ("unavailable_after:2020-01-01", "full", False),
        ("tdm-reservation=1", "full", False),
        ("tdm-reservation", "full", False),
        ("tdm-policy=https://news.example/noarchive", "full", False),
        ("", "full", False),
        (": ", "full", False),
    ],
)
def test_what_a_page_says_lowers_the_mode_or_marks_the_page(said: str, mode: str, noindex: bool):
    found = of({}, robots=(said,))
    assert (found.mode, found.noindex) == (mode, noindex)
    assert bool(found.reasons) == (mode != "full" or noindex)


@pytest.mark.parametrize(
    ("key", "mode", "robots", "expected"),
    [
        ("signal:noarchive", "full", "noarchive", ("full", False)),
        ("signal:noarchive", "full", "googlebot: nocache", ("full", False)),
        ("signal:noarchive", "hold", "noarchive", ("hold", False)),
        ("signal:noarchive", "hold", "nosnippet", ("link", False)),
        ("signal:nosnippet", "excerpt", "nosnippet", ("excerpt", False)),
        ("signal:noindex", "full", "noindex", ("full", False)),
        ("signal:noindex", "link", "none", ("link", True)),
        ("signal:tdm-reservation", "link", "tdm-reservation=1", ("link", False)),
        ("signal:tdm-reservation", "link", "tdm-reservation=0", ("full", False)),
    ],
)
def test_the_operator_maps_and_lifts_signals(key: str, mode: str, robots: str, expected: tuple[str, bool]):
    found = of({key: mode}, robots=(robots,))
    assert (found.mode, found.noindex) == expected


def test_a_permission_lifts_the_signal_and_not_the_operators_own_rule():
    assert of({"*": "link", "signal:noarchive": "full"}, robots=("noarchive",)).mode == "link"


# -- the reasons -------------------------------------------------------------------------------------------------------
def test_every_rule_that_lowers_is_named_the_deciding_one_first():
    robots = ("noindex", "noarchive", "googlebot: noarchive", "nosnippet", "tdm-reservation=1")
    found = of({"*": "excerpt"}, robots=robots)
    assert found == Terms(
        mode="link",
        noindex=True,
        reasons=(
            Because("link", "the page says nosnippet"),
            Because("excerpt", 'NEWSCRAWL_REPRINT has "*": "excerpt"'),
            Because("excerpt", "the page says noarchive"),
            Because("noindex", "the page says noindex"),
        ),
    )
    assert of({}).reasons == ()


@pytest.mark.parametrize(
    ("reprint", "credit", "robots", "why"),
    [
        ({"credit:湖报": "link"}, "湖报", (), 'NEWSCRAWL_REPRINT has "credit:湖报": "link"'),
        ({"morning": "link"}, "湖报", (), 'NEWSCRAWL_REPRINT has "morning": "link"'),
        ({"evening": "link"}, "晚报", (), 'NEWSCRAWL_REPRINT has "evening": "link", and the page credits 晚报'),
        (
            {"credit:湖报": "link"},
            "某网-湖报",
            (),
            'NEWSCRAWL_REPRINT has "credit:湖报": "link", and the page credits 某网-湖报',
        ),
        ({}, None, ("none",), "the page says none (noindex)"),
        ({}, None, ("max-snippet:0",), "the page says max-snippet:0 (nosnippet)"),
        ({}, None, ("googlebot: noarchive",), "the page says noarchive to googlebot"),
        (
            {"signal:tdm-reservation": "hold"},
            None,
            ("tdm-reservation=1",),
            'the page says tdm-reservation=1, and NEWSCRAWL_REPRINT has "signal:tdm-reservation": "hold"',
        ),
    ],
)
def test_a_reason_says_which_rule_and_where_it_stands(
    reprint: dict[str, str], credit: str | None, robots: tuple[str, ...], why: str
):
    assert [because.why for because in of(reprint, credit=credit, robots=robots).reasons] == [why]


def test_chinanews_is_known_by_all_the_names_that_credits_print_of_it():
    rule = Policy(reprint={"chinanews": "link"}, outlets=registry().outlets)
    for name in ("中国新闻网", "中新网", "中國新聞社", "中新社"):
        assert terms(rule, source="lake", credit=name, robots=()).mode == "link"
    assert terms(rule, source="lake", credit="中国新闻周刊", robots=()).mode == "full"


# -- whatever the input ------------------------------------------------------------------------------------------------
MODE = st.sampled_from(REPRINT_MODES)
NAMES = ("湖报", "晚报", "湖", "湖报-晚报", "晚报-湖报", "湖报网", "据湖报", "湖报客户端", "据湖报-晚报记者")
KEYS = [
    "*",
    "morning",
    "evening",
    "lake.example",
    "news.lake.example",
    *(f"credit:{name}" for name in NAMES),
    *(f"signal:{name}" for name in SIGNALS),
]
POLICIES = st.dictionaries(st.sampled_from(KEYS), MODE, max_size=5)
CREDITS = (
    None,
    *NAMES,
    "《湖》报",
    "《湖报》网",
    "《湖》报网",
    "《湖》报-晚报",
    "湖报-《晚报》",
    "晚报-《湖》报",
    "湖 报",
    "湖报 网",
    "湖 报网",
    "据《湖》报",
    "《据湖》报",
    "《湖》报客户端",
    "《据湖报》-晚报记者",
    "据《湖》报-晚报记者",
    "据《湖报-晚报》记者",
    "来源：湖报",
    "海报 湖报",
    "海报 据湖报-晚报记者",
    "《湖报-晚报》增刊",
    "晨网",
    "海报",
    "海报-湖报",
)
ROBOTS = ((), *((word,) for word in ("noarchive", "nosnippet", "noindex", "tdm-reservation=1")), ("noindex", "nocache"))
SOURCES = ("morning", "evening", "noon", "lake.example", "news.lake.example")
PAGES = [(source, credit, robots) for source in SOURCES for credit in CREDITS for robots in ROBOTS]


def outcomes(reprint: Mapping[str, str]) -> list[tuple[str, bool]]:
    rule = policy(reprint)
    found = (terms(rule, source=source, credit=credit, robots=robots) for source, credit, robots in PAGES)
    return [(one.mode, one.noindex) for one in found]


@given(POLICIES, st.sampled_from(PAGES))
def test_the_mode_is_the_strictest_of_its_reasons_and_never_looser_than_what_the_page_says(reprint, page):
    source, credit, robots = page
    found = of(reprint, source, credit, robots)
    lowering = [because.mode for because in found.reasons if because.mode != "noindex"]
    assert lowering == sorted(lowering, key=lambda mode: -STRICT[mode])
    assert found.mode == (lowering[0] if lowering else "full")
    assert STRICT[found.mode] >= STRICT[of(reprint, source, credit).mode]
    for said in robots:
        signal = {"nocache": "noarchive", "tdm-reservation=1": "tdm-reservation"}.get(said, said)
        assert STRICT[found.mode] >= STRICT[reprint.get(f"signal:{signal}", SIGNALS[signal])]


@given(POLICIES, st.sampled_from([page for page in PAGES if page[1] in NAMES]))
def test_the_mode_is_never_looser_than_the_credited_outlets_rule(reprint, page):
    source, credit, robots = page
    rule = reprint.get(f"credit:{credit}")
    if rule is not None:
        assert STRICT[of(reprint, source, credit, robots).mode] >= STRICT[rule]


@settings(max_examples=100)
@given(POLICIES, POLICIES, st.booleans(), st.data())
def test_the_fingerprint_changes_exactly_when_an_outcome_does(one, other, alike, data):
    if alike and one:
        key = data.draw(st.sampled_from(sorted(one)))
        other = {**one, key: data.draw(MODE)} if data.draw(st.booleans()) else {k: one[k] for k in one if k != key}
    assert (policy(one).fingerprint == policy(other).fingerprint) == (outcomes(one) == outcomes(other))


def test_the_fingerprint_is_the_same_for_the_same_rules_written_otherwise():
    written = {"credit:湖报": "link", "morning": "excerpt", "*": "full", "signal:noarchive": "excerpt"}
    again = {"morning": "excerpt", "credit:《湖報》": "link"}
    assert policy(written).fingerprint == policy(again).fingerprint
    assert len(policy().fingerprint) == 16


def test_a_rule_that_loosens_nothing_but_one_way_to_print_a_name_is_no_rule_to_forget():
    one, other = {"credit:湖报": "link", "credit:湖报网": "full"}, {"credit:湖报": "link"}
    assert of(one, credit="《湖报》网") != of(other, credit="《湖报》网")
    assert policy(one).fingerprint != policy(other).fingerprint


def test_the_fingerprint_knows_the_names_of_publishers_that_have_a_rule():
    bare = Policy(reprint={"morning": "link"}, outlets={})
    assert bare.fingerprint != policy({"morning": "link"}).fingerprint
    assert Policy(reprint={}, outlets={}).fingerprint == policy().fingerprint


@given(st.text(), st.lists(st.text(), max_size=4))
def test_whatever_a_page_prints_has_terms(credit: str, robots: list[str]):
    found = of({"credit:湖报": "hold", "*": "excerpt"}, credit=credit, robots=tuple(robots))
    assert found.mode in ("excerpt", "hold")
    assert (found.mode == "hold") >= (spelt(credit) == "湖报")


def test_a_rule_for_a_host_reaches_the_hosts_below_it_but_those_with_a_rule_of_their_own():
    rules = {"*": "hold", "lake.example": "link", "shop.lake.example": "full"}
    found = {source: of(rules, source) for source in ("lake.example", "news.lake.example", "shop.lake.example")}
    assert [terms.mode for terms in found.values()] == ["link", "link", "full"]
    assert found["news.lake.example"].reasons[0].why == 'NEWSCRAWL_REPRINT has "lake.example": "link"'
    assert of(rules, "notlake.example").mode == of(rules, "example").mode == "hold"
