"""What is asked of a page in few passes: selectors, short runs of text, words of an element."""

import gc
import re
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newscrawl.extract.editors import editor_lines
from newscrawl.extract.meta import signals
from newscrawl.extract.select import every, first
from newscrawl.extract.surface import LONGEST_RUN, holders, surface_of
from newscrawl.text.tree import folded, parse, visible_text


def tree_of(markup: str) -> HtmlElement:
    return parse(f"<html><head><title>题</title></head><body>{markup}</body></html>".encode())


MARKUP = (
    '<div class="a b"><p class="b">一</p><div class="b a"><h1 id="t" class="ab">二</h1><p>三</p></div><p>四</p></div>'
    '<div class="ab\n a"><ul id="list"><li class="a-b"><a href="/1">五</a><a>六</a></li><li><a href="/2">七</a></li>'
    "</ul></div>"
)


@pytest.mark.parametrize(
    "css",
    ["div.a", ".a", "p.b", "div.a p", "div.a > p", ".b > h1", ".ab", ".a-b a", "a[href]", "li > a[href]", "li", ".none",
     "div.none li", "#list li", "#list > li", "#t", "#none a", "div.a, p.b"],
)  # fmt: skip
def test_every_way_to_ask_finds_what_css_means(css: str) -> None:
    tree = tree_of(MARKUP)
    assert list(every(tree, css)) == CSSSelector(css, translator="html")(tree)
    assert first(tree, css) is next(iter(every(tree, css)), None)


def test_a_selector_asked_of_an_element_stays_inside_it() -> None:
    item = first(tree_of(MARKUP), "li.a-b")
    assert item is not None
    assert [visible_text(one) for one in every(item, "a[href]")] == ["五"]
    assert list(every(item, "div.a")) == []


def test_a_label_is_found_where_it_is_printed_and_only_in_a_short_run() -> None:
    long = "编辑:" + "长" * LONGEST_RUN
    tree = tree_of(f"<p>{long}</p><div>\n  【编辑:王小明】 </div><p>前<b>粗</b> 责编 李晓华</p><script>编辑:x</script>")
    assert editor_lines(tree) == ["【编辑:王小明】", "责编 李晓华"]


def test_the_holders_of_a_label_are_the_elements_right_round_it_each_once() -> None:
    tree = tree_of("<p>下一页 下一页</p><!--下一页--><div>甲<br>下一页<i>乙</i>下一页</div><ul><li>　下一页</li></ul>")
    found = holders(tree, re.compile("下一页"), ("下一页",))
    assert [element.tag for element in found] == ["p", "div", "li"]
    assert holders(tree, re.compile("没有"), ("没有",)) == []


def test_what_was_taken_off_a_page_lives_no_longer_than_its_tree() -> None:
    tree = tree_of("<p>甲</p>")
    surface = weakref.ref(surface_of(tree))
    assert surface() is surface_of(tree)
    del tree
    gc.collect()
    assert surface() is None


def test_robots_signals_are_the_pages_and_its_headers_each_once() -> None:
    tree = parse(b'<html><head><meta name="robots" content="NOINDEX, follow"><meta name="tdm-reservation" content="1">')
    headers = {"x-robots-tag": "noindex, noarchive", "tdm-reservation": "1"}
    meta = surface_of(tree).meta
    assert signals(meta, headers) == ("noindex", "tdm-reservation=1", "noarchive")
    assert signals(meta, {}) == ("noindex", "tdm-reservation=1")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<div>甲<b>乙</b>丙</div>", "甲乙丙"),
        ("<div>甲<br>乙<p>丙</p>丁</div>", "甲 乙 丙 丁"),
        ("<div>甲<script>x</script>乙<!-- y -->丙<style>z</style></div>", "甲乙丙"),
        ("<div><i>甲<p>乙<b>丙</b></p></i><textarea>x</textarea> 丁</div>", "甲 乙丙 丁"),
        ("<div><template><p>x</p></template>甲</div>", "甲"),
        ("<div>\u200b甲\xa0\u3000乙\n</div>", "甲 乙"),
    ],
)
def test_the_words_of_an_element_are_those_a_reader_sees(markup: str, words: str) -> None:
    div = first(tree_of(markup), "div")
    assert div is not None
    assert visible_text(div) == words


def test_an_element_as_deep_as_the_parser_goes_is_read() -> None:
    assert visible_text(tree_of("<div>" * 1500 + "甲<p>乙</p> 丙")) == "甲 乙 丙"


@given(st.text(alphabet=" \t\n\r\x0b\x0c\x1c\x85\xa0\u200b\u2028\u3000\ufeffa中"))
def test_folded_text_has_single_spaces_and_none_at_the_ends(text: str) -> None:
    shown = folded(text)
    assert shown == " ".join(shown.split())
    assert [sign for sign in shown if sign != " "] == [sign for sign in text if sign in "a中"]
