"""Related lists that nobody declared: which headings begin one, what belongs to it, what an item says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extract.related import read_related
from newscrawl.extract.related_blocks import entries_of, parts_of, related_blocks
from newscrawl.items import Related
from newscrawl.sources import generic_outlet
from newscrawl.text.tree import parse, visible_text

URL = "https://news.example.com/a/1.html"


def related(html: str, url: str = URL) -> tuple[Related, ...]:
    tree = parse(f"<html><body>{html}</body></html>".encode(), "text/html; charset=utf-8")
    outlet = generic_outlet(url)
    return read_related(
        tree,
        (),
        related_blocks(tree),
        base=url,
        own="news.example.com:news.example.com/a/1.html",
        outlet=outlet,
        zone="Asia/Shanghai",
        reference=datetime(2026, 1, 2, tzinfo=UTC),
    )


def headlines(html: str) -> list[str]:
    return [one.headline for one in related(html)]


LIST = (
    "<ul><li><a href='/a/2.html'>城东新桥下月通车试行</a></li>"
    "<li><a href='/a/3.html'>老街改造听取居民意见</a></li></ul>"
)


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>相关阅读</h3>",
        "<div class='t'><span>【相关新闻】</span></div>",
        "<p><font color='red'>相关</font>新闻</p>",
        "<dl><dt>延伸閱讀：</dt></dl>",
        "<h5><i></i>推荐阅读</h5>",
        "<div><a href='/more.html'><b>相关文章</b></a></div>",
        "<h2>関連記事</h2>",
        "<h2>관련기사</h2>",
        "<h4>Related Stories</h4>",
        "<strong>Mehr zum Thema:</strong>",
        "<p>À lire aussi</p>",
        "<h3>太原相关资讯</h3>",
    ],
)
def test_a_heading_in_any_wrapping_begins_a_block(heading: str) -> None:
    assert headlines(f"<div>{heading}{LIST}</div>") == ["城东新桥下月通车试行", "老街改造听取居民意见"]


@pytest.mark.parametrize(
    "heading", ["为您推荐", "热门推荐", "大家都在看", "猜你喜欢", "Most read", "相关部门", "与本案相关报道不实"]
)
def test_other_headings_begin_none(heading: str) -> None:
    assert headlines(f"<div><h3>{heading}</h3>{LIST}</div>") == []


def test_a_read_more_link_of_a_teaser_is_no_heading() -> None:
    assert headlines(f"<div><a href='/a/9.html'>Read more</a>{LIST}</div>") == []


def test_an_empty_list_is_not_filled_from_the_next_block() -> None:
    assert headlines(f"<div><h3>相关新闻</h3><ul></ul></div><div><h3>图片频道</h3>{LIST}</div>") == []


def test_tabs_beside_a_tab_are_no_list() -> None:
    assert headlines("<div><a href='javascript:;'>相关新闻</a><a href='/app.html'>打开新闻客户端看看</a></div>") == []


def test_items_beside_their_heading_are_taken_with_picture_date_and_opening() -> None:
    item = (
        "<li class='i'><a href='/a/{n}.html'><img src='x.jpg'></a><h4><a href='/a/{n}.html?s=b'>{title}</a></h4>"
        "<span>2025-11-2{n} 08:57</span><p>大桥全长一点二公里，双向四车道，明天起试通车一个月。</p></li>"
    )
    html = (
        f"<ul><div>相关推荐</div>{item.format(n=2, title='城东新桥通车')}{item.format(n=3, title='老街改造开工')}</ul>"
    )
    first, second = related(html)
    assert (first.headline, second.headline) == ("城东新桥通车", "老街改造开工")
    assert first.published is not None
    assert first.published.local == "2025-11-22T08:57+08:00"
    assert first.summary == "大桥全长一点二公里，双向四车道，明天起试通车一个月。"


def test_a_line_that_holds_its_heading_and_its_links() -> None:
    html = "<div><p>正文一段，说的是桥。</p><p>相关阅读：<a href='/a/2.html'>城东新桥下月通车试行</a></p></div>"
    assert headlines(html) == ["城东新桥下月通车试行"]


def test_names_of_sections_and_writers_beside_headlines_are_none() -> None:
    item = "<div><a href='/s/city/'>City desk</a><h3><a href='/a/{n}'>Bridge opens after {n} years</a></h3></div>"
    html = f"<section><h2>Related</h2><div>{item.format(n=4)}{item.format(n=5)}</div></section>"
    assert headlines(html) == ["Bridge opens after 4 years", "Bridge opens after 5 years"]


def test_items_without_addresses_come_with_date_headline_and_opening() -> None:
    html = (
        "<div><h3>太原相关问答</h3><ul>"
        "<li><span>2025-10-08</span><b>太原到大同坐什么车</b><p>两地之间每天有二十多趟动车，最快的一趟不到两个小时…</p></li>"
        "<li><span>2025-10-09</span><b>太原哪里看秋叶好</b><p>西山一带十月中旬开始变红，周末人多，最好坐公交去…</p></li>"
        "</ul></div>"
    )
    first, second = related(html)
    assert (first.headline, second.headline) == ("太原到大同坐什么车", "太原哪里看秋叶好")
    assert first.url is None
    assert first.published is not None
    assert first.published.local == "2025-10-08"
    assert second.summary == "西山一带十月中旬开始变红，周末人多，最好坐公交去…"


def test_a_story_after_a_heading_is_no_list() -> None:
    text = "这一段讲的是桥的由来，讲了很久，也讲得很细，一共讲了四十多个字还没有讲完，下一段接着讲。"
    html = f"<div><h3>相关报道</h3><p>{text}</p><p>{text}</p></div>"
    assert related(html) == ()


def test_a_page_of_nobody_knows_its_related_links_from_itself() -> None:
    tree = parse(f"<html><body><h3>相关新闻</h3>{LIST}</body></html>".encode(), "text/html; charset=utf-8")
    outlet = generic_outlet("", b"page")
    address = outlet.address("")
    assert address is not None
    found = read_related(
        tree, (), related_blocks(tree), base="", own=address.key, outlet=outlet, zone="UTC", reference=None
    )
    assert [one.headline for one in found] == ["城东新桥下月通车试行", "老街改造听取居民意见"]


def test_what_is_known_to_be_no_story_is_heading_and_list() -> None:
    html = f"<html><body><div><p>正文。</p><h3>相关阅读</h3>{LIST}</div></body></html>"
    tree = parse(html.encode(), "text/html; charset=utf-8")
    assert sorted(visible_text(part)[:4] for part in parts_of(related_blocks(tree))) == ["城东新桥", "相关阅读"]


def test_thousands_of_headings_and_links_are_bounded() -> None:
    html = (
        "<html><body>"
        + "<div><h3>相关阅读</h3>"
        + "<a href='/a/2.html'>城东新桥下月通车试行</a>" * 20000
        + "</div></body></html>"
    )
    tree = parse(html.encode(), "text/html; charset=utf-8")
    assert sum(1 for block in related_blocks(tree) for _ in entries_of(block)) <= 300
