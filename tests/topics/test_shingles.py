"""Versions of one story meet and join; unlike stories of one template do not."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.signs import signs
from newscrawl.topics.shingles import bands, same_story, sketch

FERRY = (
    "北湾到南岬的夜航渡轮昨晚停航，三百多名乘客改乘巴士绕行。船东表示，主机冷却水泵出现裂纹，"
    "备件从外地调运，最快也要后天中午才能装好。\n"
    "码头上，卖鱼丸的周婶把炉子往避风处挪了挪，说停航的日子她反而卖得多，"
    "因为大家都在等消息。\n航运处提醒，持有联票的乘客可以在十五天内改签一次，不收手续费；带着活禽和盆栽的，"
    "请先问清巴士能不能装。\n这条航线开了四十一年，每年运送乘客约26万人次，去年有9天因大雾停航，"
    "因机械故障停航还是头一回。"
)
MAGPIE = (
    "The old cinema on Pier Road opens again on Saturday, eleven years after its roof fell in during a matinee. "
    "Volunteers rebuilt the balcony from ships' timber and found, "
    "behind a wall, a poster for a film that "
    "nobody remembers making. Tickets cost four pounds, "
    "and the first hundred visitors get a slice of cake shaped like a projector."
)


def joined(one: str, other: str) -> bool:
    return bool(set(bands(None, one)) & set(bands(None, other))) and same_story(sketch(None, one), sketch(None, other))


def test_the_bands_are_these_in_every_process_and_with_every_version_of_the_library():
    """They are stored for years: where this fails, raise topics.VERSION, then pin the new ones."""
    assert bands("夜航", FERRY)[:3] == PINNED
    code = f"from newscrawl.topics.shingles import bands; print(bands('夜航', {FERRY!r})[:3])"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == str(PINNED)


PINNED = (261177572471338144, 3552413828492338561, 884051056237145010)


@pytest.mark.parametrize(
    "text", ["", "快讯", "渡轮停航，详情稍后。", "The ferry is late again.", "，。！" * 100, "\n\n"]
)
def test_a_text_too_short_to_tell_has_no_bands_and_joins_nothing(text):
    assert bands(None, text) == ()
    assert not same_story(sketch(None, text), sketch(None, text))


VERSIONS = {
    "another dateline, an editor's line": f"晨网北湾11月3日电（记者 郑小满）{FERRY}\n责任编辑：苏禾",
    "a disclaimer of the reprinter": f"{FERRY}\n声明：本文转载自其他媒体，并不代表本网赞同其观点。",
    "its first paragraphs": "\n".join(FERRY.split("\n")[:2]),
    "its paragraphs turned round": "\n".join(reversed(FERRY.split("\n"))),
    "numbers in the other style": FERRY.replace("26万", "260000").replace("四十一", "41").replace("9天", "９天"),
    "narrow marks": FERRY.translate(str.maketrans("，。；", ",.;")),
    "traditional script": "北灣到南岬的夜航渡輪昨晚停航，三百多名乘客改乘巴士繞行。"
    "船東表示，主機冷卻水泵出現裂紋，備件從外地調運，最快也要後天中午才能裝好。\n碼頭上，賣魚丸的周嬸把爐子往避風處挪了挪，說停航的日子她反而賣得多，"
    "因為大家都在等消息。",
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_of_a_story_joins_it(version):
    assert joined(FERRY, VERSIONS[version])


def test_the_headline_repeated_above_the_story_is_none_of_it():
    assert bands("渡轮停了", f"渡轮停了\n{FERRY}") == bands(None, FERRY)


def test_an_english_story_joins_its_shortened_version():
    assert joined(MAGPIE, "PIER TOWN (Newswire) - " + MAGPIE.replace("eleven", "ten").split(" Tickets")[0])


QUAKE = (
    "中国地震台网正式测定：{}在{}发生{}级地震，震源深度{}千米。"
    "当地消防救援队伍已派出人员前往核查，暂未接到人员伤亡报告。"
)
MARKET = "Shares closed {} on Monday, with the main index at {} points and {} stocks up. The yield stood at {}."
UNLIKE = {
    "two earthquakes": (
        QUAKE.format("3月4日9时12分", "北岭县（北纬30.12度，东经101.31度）", "4.1", "10"),
        QUAKE.format("3月6日21时40分", "南坪县（北纬25.70度，东经98.05度）", "3.6", "16"),
    ),
    "the aftershock": (
        QUAKE.format("3月4日9时12分", "北岭县（北纬30.12度，东经101.31度）", "4.1", "10"),
        QUAKE.format("3月4日9时55分", "北岭县（北纬30.18度，东经101.36度）", "3.2", "9"),
    ),
    "two market closes": (
        MARKET.format("higher", "5128.40", "812", "2.31") * 2,
        MARKET.format("lower", "5074.15", "307", "2.36") * 2,
    ),
    "a follow-up with the same background": (
        FERRY,
        "渡轮公司的工程师今早登船，拆下了开裂的水泵，送到岸上的车间焊补。记者看到，裂纹从泵壳底部一直伸到法兰，"
        "约有一根筷子长。总工程师卢平说，焊补只能应急，新泵装上之前航速要降到八节，单程多走二十分钟。\n"
        "乘客林晓带着两个孩子等了一夜，早上领到了公司发的热粥。她说不赶时间，孩子们还没坐过巴士翻山呢。\n海事部门已要求同型号的另外三条船停航检查。\n"
        + FERRY.split("\n")[3],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNLIKE)
def test_unlike_stories_do_not_join(kind):
    one, other = UNLIKE[kind]
    assert not same_story(sketch(None, one), sketch(None, other))


@given(st.text(max_size=400), st.text(max_size=400))
def test_wild_texts_are_answered_alike_from_both_sides(one, other):
    for text in (one, other):
        found = bands(other, text)
        assert all(-(1 << 63) <= band < 1 << 63 for band in found)
        assert len(found) in (0, 16)
    sketches = sketch(None, one), sketch(other, other)
    assert same_story(*sketches) == same_story(*reversed(sketches))


@given(st.text(alphabet="渡轮北湾停航说消息乘客他的在了，。1290abc ", min_size=120, max_size=300))
def test_a_text_long_enough_joins_itself(text):
    if bands(None, text):
        assert same_story(sketch(None, text), sketch(None, text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25％", "百分之二十五"),
        ("1.2万", "12,000"),
        ("1.25亿", "12500万"),
        ("11月19日", "11月19"),
        ("二〇二五年", "２０２５年"),
        ("一千二百三十", "1230"),
        ("10.50", "10.5"),
        ("會議，記錄！", "会议记录"),
        ("Don’t Stop", "don't stop"),
    ],
)
def test_one_thing_in_two_notations_has_the_same_signs(one, other):
    assert signs(one) == signs(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("1.5", "15"), ("1,2", "12"), ("三四人", "34人"), ("3.0级", "3.1级"), ("0.9", "9")]
)
def test_two_numbers_have_not(one, other):
    assert signs(one) != signs(other)
