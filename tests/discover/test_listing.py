"""What is found in saved HTML listings: rolling lists, channel pages, archive days."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover.listing import find
from newscrawl.discover.listings import Shape
from newscrawl.errors import NotAnArticle
from newscrawl.items import FetchedPage, Found
from newscrawl.sources import Registry

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / ".." / "shared" / "corpus" / "chinanews"
NEWSROOM = ROOT / "data" / "newsroom" / "www.chinanews.com.cn"
ROLLING = Shape(item="div.content_list li", section=".dd_lm", link=".dd_bt a", time=".dd_time")
HOME = "https://news.example/list/1.html"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus/chinanews is not beside this checkout")


def page(markup: str, url: str = HOME) -> FetchedPage:
    return FetchedPage(url=url, body=f"<html><body>{markup}</body></html>".encode(), content_type="text/html")


def urls(found: tuple[Found, ...]) -> list[str]:
    return [one.url for one in found]


def test_a_shaped_item_gives_address_headline_section_and_time_as_printed() -> None:
    item = (
        "<div class=content_list><ul><li><div class=dd_lm>[<a href=/china.shtml>国内</a>]</div>"
        '<div class=dd_bt><a href="/gn/1.shtml">\n　湖上　 起风\n</a></div>'
        "<div class=dd_time>9-11 14:38</div></li></ul></div>"
    )
    assert find(page(item), ROLLING) == (
        Found(url="https://news.example/gn/1.shtml", headline="湖上 起风", section="国内", time_text="9-11 14:38"),
    )


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("/gn/1.shtml", "https://news.example/gn/1.shtml"),
        ("2.html", "https://news.example/list/2.html"),
        ("../3.html", "https://news.example/3.html"),
        ("//www.news.example/4.html", "https://www.news.example/4.html"),
        ("http://news.example/5.html", "http://news.example/5.html"),
        ("/6.html#reader", "https://news.example/6.html"),
        ("\n /7.html \t", "https://news.example/7.html"),
        ("/8.html?from=list&n=2", "https://news.example/8.html?from=list&n=2"),
    ],
)
def test_every_spelling_of_an_address_is_made_absolute_without_its_fragment(href: str, absolute: str) -> None:
    assert urls(find(page(f'<a href="{href}">一则</a>'), None)) == [absolute]


@pytest.mark.parametrize(
    "href", ["", "#top", "javascript:void(0)", "mailto:a@b.example", "http://[", "ftp://a/b", "tel:1"]
)
def test_what_cannot_be_asked_is_left_out(href: str) -> None:
    assert find(page(f'<a href="{href}">不是页面</a><a>没有地址</a><a href="/1.html">页面</a>'), None) == (
        Found(url="https://news.example/1.html", headline="页面"),
    )


def test_an_address_stands_once_at_its_first_place_with_its_longest_headline() -> None:
    markup = "<a href=/a.html><img src=x></a><a href=/b.html>乙</a><a href=/a.html>甲</a><a href=/a.html>甲的全称</a>"
    assert find(page(markup), None) == (
        Found(url="https://news.example/a.html", headline="甲的全称"),
        Found(url="https://news.example/b.html", headline="乙"),
    )


def test_an_address_in_two_items_keeps_the_first_hint_of_each_kind() -> None:
    shape = Shape(item="li", link="a", section="i", time="b", summary="p")
    again = "<li><a href=/a>长一些的标题</a><i>【社会】</i><b>9:00</b><p> 开头　一句 </p></li>"
    markup = "<li><a href=/a>短题</a><b>8:00</b></li>" + again
    assert find(page(markup), shape) == (
        Found(
            url="https://news.example/a", headline="长一些的标题", section="社会", time_text="8:00", summary="开头 一句"
        ),
    )


def test_a_headline_cut_short_is_taken_whole_from_the_title_attribute() -> None:
    markup = '<a href=/a title="十省份粮价走低 库存充足">十省份粮价走低...</a><a href=/b title="点击查看">一杯豆浆</a>'
    assert [one.headline for one in find(page(markup), None)] == ["十省份粮价走低 库存充足", "一杯豆浆"]


def test_an_item_without_an_address_and_an_empty_section_give_nothing() -> None:
    shape = Shape(item="li", section="i")
    markup = "<li>没有链接</li><li><a href='javascript:;'>按钮</a><a href=/a>文</a><i>[]</i></li>"
    assert find(page(markup), shape) == (Found(url="https://news.example/a", headline="文"),)


def test_an_item_may_be_the_link_itself() -> None:
    assert urls(find(page("<div><a class=zw href=/a>文</a><a class=sp href=/b>像</a></div>"), Shape(item="a.zw"))) == [
        "https://news.example/a"
    ]


def test_base_href_counts_and_base_target_does_not() -> None:
    based = '<html><head><base target="_blank"><base href="//m.news.example/x/"></head><body><a href="1.html">文</a>'
    found = find(FetchedPage(url=HOME, body=based.encode(), content_type="text/html"), None)
    assert urls(found) == ["https://m.news.example/x/1.html"]


def test_a_saved_page_without_address_gives_only_absolute_links() -> None:
    assert urls(find(page("<a href=/a>文</a><a href=http://n.example/b>文</a>", url=""), None)) == [
        "http://n.example/b"
    ]


def test_a_listing_without_links_is_empty_and_a_picture_is_no_listing() -> None:
    assert find(page("<p>今天没有新闻</p>"), ROLLING) == ()
    with pytest.raises(NotAnArticle):
        find(FetchedPage(url=HOME, body=b"\x89PNG\r\n\x1a\n", content_type="image/png"), None)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_href_and_no_text_make_it_fail_or_give_anything_but_http(href: str, text: str) -> None:
    for one in find(page(f'<a href="{href}">{text}</a><li><a href="{href}">{text}</a></li>'), None):
        assert re.match(r"https?://", one.url)
        assert "#" not in one.url


def test_a_newsroom_list_page_is_read_item_by_item() -> None:
    body = (NEWSROOM / "scroll-news" / "news1.html").read_bytes()
    found = find(FetchedPage(url="https://www.chinanews.com.cn/scroll-news/news1.html", body=body), ROLLING)
    assert len(found) == 13
    assert found[0] == Found(
        url="https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml",
        headline="太原老旧小区装上“会说话”的供热管家 入冬后投诉量降七成",
        section="社会",
        time_text="11-19 16:29",
    )
    assert [one.section for one in found].count("视频") == 1
    assert [one.section for one in found].count("图片") == 1
    assert all(one.time_text for one in found)


@needs_corpus
def test_the_list_item_of_2016_gives_section_headline_time_and_address() -> None:
    item = (CORPUS / "frag_listitem_2016-09-11.html").read_text(encoding="utf-8")
    (found,) = find(page(f"<div class=content_list><ul>{item}</ul></div>"), ROLLING)
    assert found.url == "http://www.chinanews.com/gn/2016/09-11/8000830.shtml"
    assert found.section == "国内"
    assert found.time_text == "9-11 14:38"
    assert found.headline is not None
    assert found.headline.startswith("柬埔寨首相")
    assert "\n" not in found.headline


@needs_corpus
def test_the_list_items_of_2026_give_three_addresses_one_of_them_with_its_time() -> None:
    items = (CORPUS / "frag_listitems_2026-10-10.html").read_text(encoding="utf-8")
    assert urls(find(page(items), None)) == [
        "https://www.chinanews.com.cn/ty/2026/10-10/10710790.shtml",
        "https://www.chinanews.com.cn/gj/2026/10-10/10709976.shtml",
        "https://www.chinanews.com.cn/gn/2026/10-10/10710706.shtml",
    ]
    (first,) = find(page(items), Shape(item="li[id]", time="span"))
    assert (first.url, first.time_text) == ("https://www.chinanews.com.cn/ty/2026/10-10/10710790.shtml", "21:27")


def test_hints_in_hints_that_show_nothing_are_not_all_walked_through() -> None:
    """Found by the fuzzer: ten kilobytes took two seconds."""
    items = f"<li><a href=/a.html>风</a>{'<time>' * 1800}"
    started = time.process_time()
    assert find(page(items), Shape(item="li", time="time"))[0].time_text is None
    assert time.process_time() - started < 0.5


@needs_corpus
def test_the_channel_page_of_2025_has_37_articles_and_videos_beside_them() -> None:
    """Which addresses are articles is the source's rule; what they are called is read from the longest anchor text."""
    source = Registry.walk().get("chinanews")
    body = gzip.decompress((CORPUS / "channel-china-2025-08-09.html.gz").read_bytes())
    found = find(FetchedPage(url="https://www.chinanews.com.cn/china/", body=body, content_type="text/html"), None)
    articles = {address.key: one for one in found if (address := source.address(one.url))}
    assert len(articles) == 37
    assert not [one.url for one in articles.values() if "/shipin/" in one.url]
    assert any("/shipin/" in one.url and source.not_article(one.url) for one in found)
    assert all(one.headline and len(one.headline) >= 6 for one in articles.values())
