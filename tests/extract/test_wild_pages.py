"""Pages nobody meant to write: whatever the bytes, an article that keeps every promise, or a reason.

What holds is written in ``fuzz.checks``, which the fuzzer asks as well. What it found is kept here.
"""

from __future__ import annotations

import re

import pytest
from fuzz import checks
from fuzz.pieces import ADDRESSES, PIECES, STORY, WORDS, put_together
from fuzz.targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.blocks import Block
from newscrawl.extract.images import image_of
from newscrawl.extract.language import language_of
from newscrawl.extract.lines import story_of
from newscrawl.extract.names import is_elsewhere
from newscrawl.extract.surface import holders
from newscrawl.reading import read_article
from newscrawl.text.byline import read_byline
from newscrawl.text.credited import labelled
from newscrawl.text.traditional import as_printed
from newscrawl.text.tree import parse
from newscrawl.text.urls import absolute

_quick = settings(deadline=None, max_examples=60)
_soup = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)
_words = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=12).map("".join)
_address = st.lists(st.sampled_from(ADDRESSES) | st.text(max_size=4), max_size=10).map("".join)
SENTENCE = "河水在夜里退去，清晨的街道上只剩下泥沙和倒伏的芦苇，人们开始清扫各自的门前。"


# -- whatever comes ------------------------------------------------------------------------------------------------
@_quick
@given(
    _soup, st.booleans(), st.sampled_from([checks.ADDRESS, None, "https://www.chinanews.com.cn/gn/2025/11-19/1.shtml"])
)
def test_whatever_the_markup_an_article_that_keeps_its_promises_or_a_reason(
    soup: str, told: bool, url: str | None
) -> None:
    checks.page((STORY + soup if told else soup).encode("utf-8", "replace"), url)


@_quick
@given(st.binary(max_size=200), st.sampled_from([None, "text/html; charset=gbk", "text/html"]))
def test_whatever_the_bytes_after_a_story_nothing_unprintable_comes_out(junk: bytes, content_type: str | None) -> None:
    checks.page(STORY.encode() + junk, checks.ADDRESS, content_type)


@_quick
@given(_words)
def test_whatever_the_words_datelines_bylines_and_dates_keep_their_promises(text: str) -> None:
    checks.dateline(text)
    checks.line(text)
    checks.printed(text[:120])


@_quick
@given(_address, _address)
def test_whatever_the_address_it_is_a_web_address_or_none_and_twice_is_once(base: str, href: str) -> None:
    checks.address(base, href)


@settings(deadline=None, max_examples=30)
@given(_soup)
def test_whatever_the_listing_it_gives_web_addresses_or_is_called_broken(soup: str) -> None:
    checks.found_in(soup.encode("utf-8", "replace"))


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_fuzzer_begins_with_is_sound(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].read(seed)


def test_a_story_reads_as_one_so_that_the_fuzzer_looks_at_articles() -> None:
    article = checks.page(STORY.encode())
    assert article is not None
    assert article.published is not None
    assert put_together(b"\x02\xff\x02") == PIECES[2] * 3


# -- what was found ------------------------------------------------------------------------------------------------
def test_a_list_of_pictures_that_ends_in_a_comma_names_none() -> None:
    image = next(parse(b"<p><img srcset='/a.jpg 2x,'></p>").iter("img"))
    found = image_of(image, checks.ADDRESS)
    assert found is None or found.image is None


def test_a_class_with_control_characters_is_no_byline_and_no_crash() -> None:
    body = (
        "<html lang=en><h1>The river fell</h1><div class='author&#1;x'>By Jane Doe</div>" + f"<p>{WORDS[1] * 5}</p>" * 4
    )
    assert checks.page(body.encode()) is not None


@pytest.mark.parametrize("wild", ["By Jan" + "-" * 60 + "x", "By Jan" + "-" * 60 + "$", "By " + "क" * 60 + "$"])
def test_a_run_of_hyphens_in_a_name_is_read_once(wild: str) -> None:
    assert labelled(wild) == ()


@pytest.mark.parametrize("text", ["新华社北京0月29日电水退了。", "东方网通信员王小明报道17月40日：水退了。"])
def test_a_day_that_is_in_no_calendar_dates_no_story(text: str) -> None:
    line = checks.dateline(text)
    assert line is None or (line.month is None and line.day is None)


def test_a_moment_told_to_the_minute_is_that_minute() -> None:
    found = checks.printed("vor 2 Stunden", reference=checks.NOW.replace(second=31), language="de")
    assert found is not None
    assert found.at.second == 0


@pytest.mark.parametrize("tag", ["zh" + "_" * 60 + "!", "zh" + "-x" * 60 + "!"])
def test_a_language_of_many_parts_is_read_once(tag: str) -> None:
    assert language_of("", tag) == "en"


def test_a_long_number_in_a_name_is_read_once() -> None:
    assert not is_elsewhere("ads-" + "1" * 60 + "x")
    assert is_elsewhere("ads-1234")


def test_titles_without_end_are_read_once() -> None:
    assert read_byline("（" + "全媒体见习" * 22 + "x记者）") is None
    checks.dateline("本报" + "驻" * 120 + "讯")


@pytest.mark.parametrize("base", ["https://[::1]@../", "http://a b/", 'http://a"b/', "http://a%20b/", "http://.a/"])
def test_what_no_host_is_called_is_no_address(base: str) -> None:
    assert absolute(base, "x") is None


def test_blanks_without_end_before_the_end_mark_are_looked_at_once() -> None:
    """The work is told by where a match may begin: behind a blank none does."""
    text = "水退了。" + "\u3000" * 100_000 + "（完"
    story = story_of([Block(kind="p", html=text, text=text)])
    assert story.blocks[0].text.endswith("（完")


@pytest.mark.parametrize("body", [b"<svg>&#xD800;", b"<rss><channel><item><title>&#56000;"])
def test_a_feed_that_names_half_a_character_is_broken_and_no_crash(body: bytes) -> None:
    checks.found_in(body)


# -- out of all proportion -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("junk", "reason"),
    [
        ("<div>" * 200_000, None),
        ("".join(f"<a href=/a/{i}.html>第{i}条</a>" for i in range(5_000)), None),
        ("<h3>相关新闻</h3>" * 5_000, None),
        ("<a href=/x.html>下一页</a>" * 5_000, None),
        ("<p>责任编辑：王小明</p>" * 5_000, None),
        ("<div " + " ".join(f"a{i}=1" for i in range(50_000)) + ">x</div>", None),
        ("<script type=application/ld+json>" + '{"a":' * 50_000 + "</script>", None),
        ("<script type=application/ld+json>{}" + ";" * 50_000 + "</script>", None),
        ("<i itemprop=datePublished content='1st of never 2020'></i>" * 2_000, None),
        ("<img src=/a.jpg alt='" + "<a " * 50_000 + "'>", None),
        ("<p>" + "&" * 300_000 + "</p>", Reason.NO_BODY),
    ],
    ids=str.split("divs links headings next editors attributes deep-json semicolons dates alt ampersands"),
)
def test_a_page_out_of_all_proportion_gives_its_story_or_a_reason(junk: str, reason: Reason | None) -> None:
    story = "".join(f"<p>{place}。{SENTENCE * 2}</p>" for place in range(4))
    body = f"<title>河水退去以后</title><h1>河水退去以后的清晨</h1><div><div>{story}</div>{junk}</div>".encode()
    if reason is not None:
        with pytest.raises(NotAnArticle) as problem:
            read_article(body, checks.ADDRESS)
        assert problem.value.reason is reason
    else:
        assert SENTENCE in read_article(body, checks.ADDRESS).body_text


def test_a_tag_of_thousands_of_attributes_keeps_its_name_and_others_keep_theirs() -> None:
    swollen = " ".join(f"a{number}='<'" for number in range(3_000))
    tree = parse(f"<p title='{'x ' * 9_000}' id=long>x</p><div {swollen} id=y>z</div><b id=c>w</b>".encode())
    assert [element.get("id") for element in tree.iter("p", "div", "b")] == ["long", None, "c"]
    assert [len(element.attrib) for element in tree.iter("div")] == [0]


def test_words_that_stand_in_many_places_are_found_in_the_same_places_as_in_few() -> None:
    """A few are asked for one by one, many all at once."""
    one = "<!-- x -->前<i>中</i>责编：甲<p>水</p>"
    label = re.compile("责编")
    few, many = parse(f"<div id=d>{one * 3}</div>".encode()), parse(f"<div id=d>{one * 40}</div>".encode())
    assert [element.get("id") for element in holders(few, label)] == ["d"]
    assert [element.get("id") for element in holders(many, label)] == ["d"]
    rows = parse(("<ul>" + "<li><b>x</b>责编：甲</li>" * 40 + "</ul>").encode())
    assert holders(rows, label) == list(rows.iter("li"))


def test_headings_nested_in_each_other_by_the_thousand_end_in_an_outcome():
    """Found by fuzzing: their words were read again for each of them."""
    nested = "<h2>第一层<div>" * 900
    assert checks.page(f"{STORY}{nested}<p>江水在这里转了一个弯。</p>".encode()) is not None


def test_a_name_of_other_signs_than_han_is_found_without_going_back() -> None:
    """Found by fuzzing: an editor's name of a letter repeated took for ever."""
    assert as_printed("t" * 40 + "x", "編輯：" + "t " * 4000, "編輯：" + "t " * 4000) == "t" * 40 + "x"
    assert as_printed("叶明", "记者 叶　明", "記者 葉　明") == "葉明"
