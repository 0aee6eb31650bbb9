"""What looks like furniture in the middle of a sentence, a list or a box is story, and stays."""

from __future__ import annotations

import json

import pytest

from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page

FIRST = "记者19日从清源县水务局获悉，全长四公里的滨河绿道已经完工，月底前向市民开放。"
LAST = "家住附近的吴女士说，以前散步只能走大路，现在从小区出来五分钟就能走到河边，灯也亮。"


def read(inside: str, head: str = "", title: str = "滨河绿道月底前开放") -> Article:
    html = (
        f'<html lang="zh"><head><title>{title}_清源新闻网</title>{head}</head><body><a href="/">首页</a>'
        f'<h1>{title}</h1><div class="time">2025-11-19 16:29</div>{inside}<a href="/x">关于我们</a></body></html>'
    )
    return read_page(FetchedPage(url="https://news.example/2025/1119/1.html", body=html.encode()), generic=True)


def lines(*middle: str) -> list[str]:
    story = "".join(f"<p>{text}</p>" for text in (FIRST, *middle, LAST))
    return read(f'<div class="content">{story}</div>').body_text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "他的处女作写成于1998年，首发于《收获》杂志，后来被译成七种文字，在国外也有读者。",
        "律师提醒，未经本人许可，任何单位不得公开他人的住址和电话，违者要承担民事责任。",
        "据了解，用户扫一扫即可打开绿道沿线的语音讲解，讲解有普通话和方言两种。",
        "该条款称，绿道的设计图纸版权所有人是县水务局，施工方只有使用的权利。",
        "有网友晒出了聊天记录和转账截图。",
        "该行提醒您：不要把验证码告诉别人，工作人员不会向您索取。",
        "办事的人请下载“清源通”客户端，在首页点开绿道一栏，就能看到沿线的停车位。",
        "本文件获董事会授权发布，自印发之日起施行，原来的办法同时废止。",
    ],
)
def test_a_sentence_that_holds_the_words_of_a_notice_is_story(text: str):
    assert lines(text) == [FIRST, text, LAST]


def test_a_flash_of_one_sentence_is_an_article_though_it_speaks_of_a_licence():
    only = "国家药监局19日发布公告，未经许可不得销售电子烟用烟碱，公告自发布之日起施行。"
    assert read(f'<div class="content"><p>{only}</p></div>').body_text == only


def test_a_paragraph_that_is_one_link_and_a_sentence_is_story():
    linked = '<a href="/a/2.html">县水务局去年十月公布了绿道的线路，沿线设了六个出入口和两处停车场。</a>'
    assert lines(linked)[1].startswith("县水务局去年十月")


def test_a_hidden_field_of_the_cms_makes_no_box():
    story = f'<div class="box"><input type="hidden" id="id" value="9"><p>{FIRST}</p><p>{LAST}</p></div>'
    assert read(f'<div class="content">{story}</div>').body_text.split("\n") == [FIRST, LAST]


def test_text_beside_a_picture_is_no_caption_where_it_is_sentences():
    media = f'<div class="wp-block-media-text"><img src="/a.jpg"><div><p>{LAST}</p></div></div>'
    assert LAST in read(f'<div class="content"><p>{FIRST}</p><p>{FIRST[::-1]}</p>{media}</div>').body_text


def test_a_date_line_in_a_timeline_cuts_nothing_above_it():
    steps = ("绿道开工。", "2024年3月5日", "第一段完工。", "2025年11月19日", "全线完工。")
    assert (
        read(
            '<div class="content">' + "".join(f"<p>{step}</p>" for step in (*steps, FIRST, LAST)) + "</div>"
        ).body_text.split("\n")[0]
        == steps[0]
    )


def test_the_posts_of_a_live_blog_are_the_story():
    data = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "滨河绿道月底前开放"}</script>'
    posts = "".join(f"<article><h3>16:0{n}</h3><p>{n}号出入口已经打开，{FIRST}</p></article>" for n in range(5))
    got = read(f'<div class="content"><p>{FIRST}</p><p>{LAST}</p>{posts}</div>', data).body_text
    assert all(f"{n}号出入口" in got for n in range(5))


def test_a_story_that_only_the_scripts_hold_is_read_from_there():
    told = {"props": {"article": {"title": "滨河绿道月底前开放", "content": f"<p>{FIRST}</p><p>{LAST}</p>" * 2}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(told, ensure_ascii=False)}</script>'
    found = read(f'<div id="root"></div>{script}')
    assert found.body_text.split("\n")[:2] == [FIRST, LAST]
    assert found.answered_by["body"] == "state"


@pytest.mark.parametrize(
    "line", ["作者：admin 时间：2025-11-19 浏览：12", "作者：李小明 浏览：12", "字体：[大 中 小] 来源：未知"]
)
def test_what_a_cms_prints_beside_a_name_is_nobody(line: str):
    found = read(f'<div class="info">{line}</div><div class="content"><p>{FIRST}</p><p>{LAST}</p></div>')
    assert set(found.authors) <= {"李小明"}
    assert found.credit is None
