"""The one walk over a story's element: what is story, in reading order, and what is left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.blocks import html_of, images_of, text_of
from newscrawl.extract.body import roles, walk
from newscrawl.extract.captions import credit_in, with_captions
from newscrawl.items import Image
from newscrawl.text.html import sanitise
from newscrawl.text.tree import parse

BASE = "https://news.example.cn/gn/2025/11-03/1001.shtml"
ROLES = roles(ad=".adbox #hzh", caption=".pictext", editor=".adEditor", skip="#bar")


def story(markup: str) -> tuple[list[str], str, tuple[Image, ...]]:
    """(paragraphs, html, images) of a page whose story element holds ``markup``."""
    tree = parse(f'<html><body><div id="zw">{markup}</div></body></html>'.encode())
    blocks = with_captions(walk(tree.get_element_by_id("zw"), BASE, ROLES).blocks)
    return text_of(blocks).split("\n"), html_of(blocks), images_of(blocks)


def test_indentation_and_no_break_spaces_are_white_space_not_text() -> None:
    texts, html, _ = story("<p>　　甲地&nbsp;&nbsp;三日电 第一段。</p>\n<p>&nbsp;&nbsp;第二段</p><p>　　</p>")
    assert texts == ["甲地 三日电 第一段。", "第二段"]
    assert html == "<p>甲地 三日电 第一段。</p>\n<p>第二段</p>"


def test_a_line_end_between_chinese_characters_is_no_space() -> None:
    assert story("<p>江边的\n      榕树，\n又绿了 some\nwords</p>")[0] == ["江边的榕树，又绿了 some words"]


def test_inline_marks_stay_and_links_become_absolute() -> None:
    _, html, _ = story(
        '<p><font>见<a href="/a.html">此文</a></font>，<b>水</b>是H<sub>2</sub>O<a href="javascript:x()">点</a></p>'
    )
    assert html == '<p>见<a href="https://news.example.cn/a.html">此文</a>，<b>水</b>是H<sub>2</sub>O<a>点</a></p>'


def test_marks_across_paragraphs_are_closed_and_opened_again() -> None:
    _, html, _ = story("<strong><p>甲</p><p>乙</p></strong>")
    assert html == "<p><strong>甲</strong></p>\n<p><strong>乙</strong></p>"


def test_text_after_an_advertisement_goes_on_in_its_paragraph() -> None:
    ad = '<table class="adbox"><tr><td><script>var a="x"</script>买一送一</td></tr></table>'
    texts, html, _ = story(f"<p>　　河水在这里转了个弯，{ad}再向东流去。</p><p>　　第二段。</p>")
    assert texts == ["河水在这里转了个弯，再向东流去。", "第二段。"]
    assert html.count("<p>") == 2


def test_an_old_advertisement_inside_a_layout_table_does_not_end_the_paragraph_either() -> None:
    ad = "<table><tr><td><div id=hzh><script>x</script></div><!--[4,1,19] published at 2016-08-12--></td></tr></table>"
    assert story(f"<p>　　前半句，{ad}后半句。</p>")[0] == ["前半句，后半句。"]


def test_an_indented_text_after_an_advertisement_is_a_paragraph_of_its_own() -> None:
    assert story('<p>第一段。<div class="adbox">广告</div>　　第二段。</p>')[0] == ["第一段。", "第二段。"]


def test_a_paragraph_element_after_an_advertisement_is_never_joined() -> None:
    assert story('<p>第一段，</p><div class="adbox">广告</div><p>第二段</p>')[0] == ["第一段，", "第二段"]


@pytest.mark.parametrize(
    "left_out",
    [
        "<script>var 甲 = 1;</script>",
        "<style>.乙{}</style>",
        "<!-- 丙 -->",
        "<noscript>丁</noscript>",
        '<div style="display: none">戊</div>',
        "<div hidden>己</div>",
        '<div class="share-bar">分享到</div>',
        '<div class="related-news"><a href="/x">庚</a></div>',
        '<div id="bar"><a href="1001_2.shtml">下一页</a></div>',
        "<iframe>辛</iframe>",
        "<button>壬</button>",
        '<video src="a.mp4">癸</video>',
    ],
)
def test_what_is_no_story_is_left_out_and_its_tail_is_kept(left_out: str) -> None:
    assert story(f"<p>前</p><div>{left_out}后</div>")[0] == ["前", "后"]


def test_a_misleading_name_round_the_whole_story_does_not_lose_it() -> None:
    long = "这是一段足够长的正文，" * 8
    assert story(f'<div class="share-article"><p>{long}</p><p>{long}</p><p>{long}</p></div>')[0] == [long] * 3


def test_nested_paragraphs_and_pictures_keep_their_order() -> None:
    texts, _, images = story(
        '<p>甲</p><p>　　<img src="1.jpg"><img src="2.jpg"/><p>　　<img src="3.jpg"></p></p><p>乙</p>'
    )
    assert texts == ["甲", "乙"]
    assert [image.url.rpartition("/")[2] for image in images] == ["1.jpg", "2.jpg", "3.jpg"]


def test_a_picture_inside_a_sentence_does_not_cut_it() -> None:
    texts, html, _ = story('<p>前半句<img src="1.jpg">后半句</p>')
    assert texts == ["前半句后半句"]
    assert html.index("前半句后半句") < html.index("<figure>")


def test_lazy_pictures_are_found_and_icons_are_not_pictures() -> None:
    _, _, images = story(
        '<img src="data:image/gif;base64,R0" data-src="//img.example.cn/a.jpg">'
        '<img src="/blank.gif" data-original="b.jpg"><img src="icon.png" width="20" height="20">'
        '<img src="data:image/png;base64,AA"><img>'
    )
    assert [image.url for image in images] == [
        "https://img.example.cn/a.jpg",
        "https://news.example.cn/gn/2025/11-03/b.jpg",
    ]


def test_captions_go_to_their_pictures_and_out_of_the_text() -> None:
    texts, html, images = story(
        '<p><img src="1.jpg"></p><div class="pictext">河边的老榕树。本社记者 王小明 摄</div><p>正文</p>'
        '<p><img src="2.jpg"></p><p>△编好的柳条筐</p><p>▼下图是新桥</p><p><img src="3.jpg"></p>'
        '<figure><img src="4.jpg"><figcaption>站台（图片来源：某某图库）</figcaption></figure><p>△不在图旁</p>'
    )
    assert texts == ["正文", "△不在图旁"]
    assert [(image.caption, image.credit) for image in images] == [
        ("河边的老榕树。本社记者 王小明 摄", "本社记者 王小明"),
        ("△编好的柳条筐", None),
        ("▼下图是新桥", None),
        ("站台（图片来源：某某图库）", "某某图库"),
    ]
    assert "<figcaption>△编好的柳条筐</figcaption>" in html


def test_a_link_written_into_an_attribute_does_not_spill_into_the_text() -> None:
    link = '<a href="http://www.example.cn/">某新网</a>'
    texts, _, images = story(
        f'<p><img src="1.jpg" alt="本社 {link}记者 摄" title="{link}记者 摄" width="500" /></p><p>正文</p>'
    )
    assert texts == ["正文"]
    assert images[0].alt == "本社 某新网记者 摄"


def test_line_breaks_divide_only_where_the_page_writes_paragraphs_so() -> None:
    assert story("　　第一段<br>　　第二段<br><br>第三段<BR>")[0] == ["第一段", "第二段", "第三段"]
    texts, html, _ = story("<p>一首诗<br>第二行</p><p>乙</p><p>丙</p><p>丁</p>")
    assert texts == ["一首诗 第二行", "乙", "丙", "丁"]
    assert html.startswith("<p>一首诗<br>第二行</p>")


def test_an_indented_line_after_a_break_is_a_paragraph_anywhere() -> None:
    assert story("<p>甲<br>　　乙</p><p>丙</p><p>丁</p><p>戊</p>")[0] == ["甲", "乙", "丙", "丁", "戊"]


def test_subheadings_lists_quotations_and_rules_keep_their_kind() -> None:
    _, html, _ = story(
        "<h1>大</h1><p>甲</p><h5>小</h5><ul><li>一</li><li>二</li></ul><ul><li>三</li></ul><blockquote><p>引</p></blockquote>"
    )
    assert html.replace("\n", "") == (
        "<h2>大</h2><p>甲</p><h4>小</h4><ul><li>一</li><li>二</li></ul><ul><li>三</li></ul><blockquote><p>引</p></blockquote>"
    )


def test_a_table_of_content_is_kept_and_a_layout_table_walked_through() -> None:
    texts, html, _ = story(
        "<table><tr><th colspan=2>气温</th></tr><tr><td>甲地</td><td>3℃</td></tr>"
        "<tr><td>乙地</td><td>5℃</td></tr></table>"
    )
    assert texts == ["气温", "甲地 3℃", "乙地 5℃"]
    assert html.startswith('<table><tr><th colspan="2">气温</th></tr><tr><td>甲地</td>')
    assert story("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>")[0] == ["甲", "乙"]


def test_markup_in_the_text_is_escaped() -> None:
    texts, html, _ = story("<p>a &lt;b&gt; &amp; c</p>")
    assert texts == ["a <b> & c"]
    assert html == "<p>a &lt;b&gt; &amp; c</p>"


def test_editor_elements_are_read_apart() -> None:
    tree = parse('<div id="zw"><p>文</p><div class="adEditor"><span>【编辑:王小明】</span></div></div>'.encode())
    walked = walk(tree.get_element_by_id("zw"), BASE, ROLES)
    assert walked.editor_lines == ("【编辑:王小明】",)
    assert [block.text for block in walked.blocks] == ["文"]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("图为游客在拍照。中新社记者 张三 摄", "中新社记者 张三"),
        ("河边 李四 摄", "李四"),
        ("（甲县融媒体中心供图）", "甲县融媒体中心"),
        ("一座桥", None),
    ],
)
def test_who_took_the_picture(caption: str, credit: str | None) -> None:
    assert credit_in(caption) == credit


_pieces = st.sampled_from(
    ["<p>", "</p>", "<br>", "<b>", "</b>", "<a href='x'>", "</a>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "</ul>",
     "<img src=a.jpg>", "<div class=adbox>", "</div>", "<div>", "<h3>", "</h3>", "<!--x-->", "<blockquote>",
     "</blockquote>",
     "<hr>", "　　", "\xa0", "\n", "文字，", "（完）", "<div class=pictext>", "<strong>", "<figure>", "<figcaption>",
     "&lt;p&gt;"]
)  # fmt: skip


@given(st.lists(st.one_of(_pieces, st.text(max_size=5)), max_size=40).map("".join))
def test_whatever_the_markup_the_html_says_what_the_text_says_and_is_well_formed(markup: str) -> None:
    texts, html, _ = story(markup)
    assert all(text == text.strip() for text in texts)
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", "".join(texts))
    shown = re.sub(r"<figcaption>.*?</figcaption>|<[^>]*>|\s|\u3000", "", html, flags=re.DOTALL)
    words = re.sub(r"\s|\u3000", "", "".join(texts))
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == words
    assert sanitise(sanitise(html)) == sanitise(html)
