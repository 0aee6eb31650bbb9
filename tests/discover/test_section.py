"""Which links of a section's page are its articles, told by nobody; and where the section goes on."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discover import listing
from newscrawl.discover.section import Learnt, find
from newscrawl.items import FetchedPage
from newscrawl.sources.chinanews import SOURCE as CHINANEWS

CHANNEL = Path(__file__).resolve().parents[2] / "../shared/corpus/chinanews/channel-china-2025-08-09.html.gz"
SITE = "https://www.riverside.example"
MENU = """<div id="nav"><ul class="menu"><li><a href="/">Home</a></li><li><a href="/world/">World</a></li>
<li><a href="/business-and-markets/">Business and the markets this week</a></li><li><a href="/tag/">Tags</a></li>
</ul></div>"""
FOOT = """<footer><a href="/about-us/">About us</a> <a href="/contact">Contact the newsroom</a>
<a href="/privacy-policy">Privacy policy of the Riverside Gazette</a> <a href="/feed/">RSS</a></footer>"""
TEASER = """
<article id="post-{n}" class="post-{n} post type-post tag-bridges category-local hentry">
<a class="thumb" href="{link}"><img src="/t{n}.jpg" alt=""></a>
<header class="entry-header"><h2 class="entry-title"><a href="{link}" rel="bookmark">{title}</a></h2>
<div class="entry-meta"><time datetime="2025-11-{n}T08:00:00+00:00">November {n}, 2025</time> by
<a rel="author" href="/author/jane-maria-doe-smith/">Jane Maria Doe Smith</a></div></header>
<p>The bridge was closed for a year.</p>
<a class="more-link" href="{link}">Read more about the bridge and its builders</a>
<footer class="entry-footer"><span class="cat-links"><a href="/category/local-news-of-the-town/">Local news of the town
</a></span><a href="/tag/bridges-over-the-river/">bridges over the river</a><a href="{link}#respond">{n} comments</a>
<a href="{link}?share=twitter">Share this on a network</a><a href="/print{link}">Print this story now</a>
</footer></article>"""


def learnt(body: str, url: str = f"{SITE}/local/", head: str = "") -> Learnt:
    page = f"<html><head>{head}<title>Local</title></head><body class='archive category'>{body}</body></html>"
    return find(FetchedPage(url=url, body=page.encode(), content_type="text/html; charset=utf-8"))


def paths(found: Learnt) -> list[str]:
    return [one.url.removeprefix(SITE) for one in found.articles]


def teaser(n: int) -> str:
    title = f"Bridge number {n} opens to walkers and cyclists"
    return TEASER.format(n=n, link=f"/2025/11/{n}/bridge-{n}-opens/", title=title)


def teasers(first: int = 11, behind: int = 14) -> str:
    return "".join(teaser(n) for n in range(first, behind))


# -- which links -------------------------------------------------------------------------------------------------------
def test_the_stories_of_a_wordpress_archive_and_nothing_else() -> None:
    found = learnt(MENU + "<main>" + teasers(11, 17) + "</main>" + FOOT)
    assert paths(found) == [f"/2025/11/{n}/bridge-{n}-opens/" for n in range(11, 17)]
    assert found.articles[0].headline == "Bridge number 11 opens to walkers and cyclists"
    assert found.articles[0].time_text == "November 11, 2025"


CHINESE_MENU = """<table class="top"><tr><td class="daohang"><a href="/index.html">首页</a> |
<a href="/list-3-1.html">要闻</a> | <a href="/list-4-1.html">社会</a></td></tr></table>"""
CHINESE_FOOT = """<div class="copyright"><a href="/about/">关于我们</a>
<a href="/news/xuke.html">互联网新闻信息服务许可证10120170001</a>
<a href="http://beian.example/">京公网安备 11010202000001号</a>
<a href="/html/jubao.html">违法和不良信息举报</a></div>"""


@pytest.mark.parametrize(
    ("item", "first"),
    [
        ("<tr><td>·<a href='/show-3-{n}.html' target=_blank>第{n}座旧桥修好通车</a></td><td>11-{n}</td></tr>", "11-11"),
        ("<li><a href='/show-3-{n}.html'>第{n}座旧桥修好通车</a><span>2025-11-{n}</span></li>", "2025-11-11"),
        ("<a href='/show-3-{n}.html'>第{n}座旧桥修好通车</a> (11月{n}日)<br>", "(11月11日)"),
        ("<span>[11-{n} 08:30]</span><a href='/show-3-{n}.html'>第{n}座旧桥修好通车</a><br>", "[11-11 08:30]"),
        ("<dt><a href='/show-3-{n}.html'>第{n}座旧桥修好通车</a></dt><dd>2025年11月{n}日</dd>", "2025年11月11日"),
    ],
)
def test_short_chinese_lists_of_every_make_with_the_time_beside_each_link(item: str, first: str) -> None:
    rows = "".join(item.replace("{n}", str(n)) for n in range(11, 19))
    table = f"<table>{rows}</table>" if item.startswith("<tr") else f"<div>{rows}</div>"
    found = learnt(CHINESE_MENU + table + CHINESE_FOOT, url=f"{SITE}/list-3-1.html")
    assert paths(found) == [f"/show-3-{n}.html" for n in range(11, 19)]
    assert [found.articles[0].headline, found.articles[0].time_text] == ["第11座旧桥修好通车", first]
    assert found.articles[-1].time_text == first.replace("11", "18").replace("18-18", "11-18").replace(
        "18月18", "11月18"
    )


def test_addresses_that_say_nothing_are_told_by_headline_and_place() -> None:
    words = ("harbour", "market", "school", "bakery", "ferry")
    items = "".join(
        f"<div class=row><h3><a href=/x/{w}>The {w} in the old town opens again</a></h3></div>" for w in words
    )
    assert paths(learnt(MENU + items + FOOT)) == [f"/x/{w}" for w in words]


def test_a_script_that_shows_is_told_from_one_that_lists() -> None:
    show, lists = "/index.php?m=content&c=index&a=show&catid=6&id=", "/index.php?m=content&c=index&a=lists&catid="
    shown = "".join(f"<li><a href='{show}{n}'>城南第{n}小学今天开学</a></li>" for n in range(5))
    listed = "".join(f"<li><a href='{lists}{n}'>城市建设与管理栏目</a></li>" for n in range(5))
    assert paths(learnt(f"<ul>{shown}</ul><ul>{listed}</ul>")) == [f"{show}{n}" for n in range(5)]


def test_how_many_comments_an_item_has_is_no_article_though_its_address_has_a_number() -> None:
    item = "<li><a href=/news/2025/11/1000{n}.html>The ferry number {n} sails again</a> <i>11-1{n}</i>{more}</li>"
    count = "<a href=/c/550247917{n}>84{n}</a>"
    items = "".join(item.replace("{more}", count).replace("{n}", str(n)) for n in range(6))
    assert paths(learnt(f"<ul>{items}</ul>")) == [f"/news/2025/11/1000{n}.html" for n in range(6)]


OTHERS = f"""<div class=hot><a href=https://other.example/2025/11/19/1.html>Somebody else's most read story</a></div>
<div class=ads><a href=/2025/11/19/buy-a-new-car-today.html>Buy a new car today at our dealer</a></div>
<div class=tag-cloud><a href=/t/the-river-in-flood-this-year>The river in flood this year</a></div>
<h1><a href={SITE}/local/>All the local news of the town</a></h1>"""


def test_other_sites_ads_tags_and_the_page_itself_are_no_articles() -> None:
    assert paths(learnt(OTHERS + teasers())) == [f"/2025/11/{n}/bridge-{n}-opens/" for n in range(11, 14)]


def test_a_link_with_a_picture_alone_stands_by_those_of_its_shape() -> None:
    bare = "<div><a href=/news/2025/11/20001.html><img src=a.jpg></a></div>"
    link = "<li><a href=/news/2025/11/1000{n}.html>The ferry number {n} sails again</a></li>"
    items = "".join(link.replace("{n}", str(n)) for n in range(6))
    assert "/news/2025/11/20001.html" in paths(learnt(f"{bare}<ul>{items}</ul>"))


def test_a_headline_is_not_the_opening_that_a_second_link_shows() -> None:
    link = "/2025/11/19/10001.html"
    opening = "江上的旧桥关了一年，今天早晨修好通车，附近的居民早早就来了，走在桥上的人比车还多。"
    body = (
        f"<a href={link}><img src=a.jpg alt='桥'></a><a href={link}>江上的旧桥修好通车</a><a href={link}>{opening}</a>"
    )
    assert learnt(f"<div>{body}</div>").articles[0].headline == "江上的旧桥修好通车"


def test_earlier_pages_of_a_shape_speak_for_and_against_it() -> None:
    body = "".join(f"<li><a href=/local/note-{n}>Market {n} today</a></li>" for n in range(6))
    page = FetchedPage(url=f"{SITE}/local/", body=f"<html><body><ul>{body}</ul></body></html>".encode())
    shape = "riverside.example/local/note-{n}"
    assert len(find(page, {shape: (9, 0)}).articles) == 6
    assert find(page, {shape: (0, 9)}).articles == ()


def test_a_page_without_links_has_nothing_and_goes_nowhere() -> None:
    assert learnt("<p>Nothing here.</p>") == Learnt(articles=(), following=None)


def test_the_real_channel_page_gives_what_the_publisher_declares() -> None:
    """All 38, and of its videos, menus, footers and partners' sites none."""
    if not CHANNEL.is_file():
        pytest.skip(f"the real channel page is not at {CHANNEL}")
    page = FetchedPage(url="https://www.chinanews.com.cn/china/", body=gzip.decompress(CHANNEL.read_bytes()))
    declared = {one.url for one in listing.find(page, None) if CHINANEWS.address(one.url)}
    got = {one.url for one in find(page).articles}
    assert len(declared) == 37
    assert len(got - declared) <= 1, "the house's rules on complaints at the foot, with an address as articles have"
    assert len(got & declared) / len(declared) >= 0.98


# -- the next page -----------------------------------------------------------------------------------------------------
def following(bar: str, url: str = f"{SITE}/local/", head: str = "") -> str | None:
    found = learnt(teasers() + f"<div class=pages>{bar}</div>", url, head).following
    return found.removeprefix(SITE) if found else None


@pytest.mark.parametrize(
    ("url", "bar", "wanted"),
    [
        ("/local/", "<a href='/local/page/2/'>Older posts</a>", "/local/page/2/"),
        ("/local/page/2/", "<a href='/local/'>Newer</a><a href='/local/page/3/'>Next »</a>", "/local/page/3/"),
        ("/local/", "<a href='?page=2'>›</a>", "/local/?page=2"),
        ("/local?page=2", "<a href='?page=1'>‹</a><b>2</b><a href='?page=3'>3</a>", "/local?page=3"),
        ("/local/", "<b>1</b> <a href='/local/?page=2'>2</a> <a href='/local/?page=3'>3</a>", "/local/?page=2"),
        ("/yaowen/", "<a href='index_1.shtml'>下一页</a>", "/yaowen/index_1.shtml"),
        ("/yaowen/index.shtml", "<a href='index_1.shtml'>2</a><a href='index_2.shtml'>3</a>", "/yaowen/index_1.shtml"),
        ("/yaowen/index_1.shtml", "<a href='index.shtml'>1</a><a href='index_2.shtml'>3</a>", "/yaowen/index_2.shtml"),
        ("/a/yaowen/", "<a href='list_5_2.html'>下一页</a><a href='list_5_9.html'>末页</a>", "/a/yaowen/list_5_2.html"),
        ("/a/list_5_2.html", "<a href='list_5_1.html'>上一页</a><a href='list_5_3.html'>下页</a>", "/a/list_5_3.html"),
        ("/list-3-1.html", "<a href='/list-3-2.html'>下一頁</a>", "/list-3-2.html"),
        ("/i.php?a=lists&catid=6", "<a href='/i.php?a=lists&catid=6&page=2'>下页</a>", "/i.php?a=lists&catid=6&page=2"),
        ("/local?start=0", "<a href='/local?start=20'>Next</a>", "/local?start=20"),
        ("/news.html", "<a href='/news_2.html'>Next page</a>", "/news_2.html"),
        ("/blog/", "<a href='/blog/search?updated-max=2025'>Older Posts</a>", "/blog/search?updated-max=2025"),
        ("/blog/", "<a href='/blog/search?updated-max=2025'>Entradas antiguas</a>", "/blog/search?updated-max=2025"),
        ("/", "<a class=pager-older-link href='/search?updated-max=2025'>Eldri</a>", "/search?updated-max=2025"),
        ("/sport/", "<a href='/sport/seite-2/'>2</a>", "/sport/seite-2/"),
        ("/sport/seite-2/", "<a href='/sport/seite-3/'>weiter</a>", "/sport/seite-3/"),
        ("/sport/", "<a href='/sport/p%C3%A1gina/2/'>Siguiente</a>", "/sport/p%C3%A1gina/2/"),
    ],
)  # fmt: skip
def test_the_next_page_of_usual_systems(url: str, bar: str, wanted: str) -> None:
    assert following(bar, SITE + url) == wanted


@pytest.mark.parametrize(
    ("url", "said", "wanted"),
    [
        ("/yaowen/", "createPageHTML(4, 0, 'index', 'html')", "/yaowen/index_1.html"),
        ("/yaowen/index_2.html", 'createPageHTML(4,2,"index","shtml");', "/yaowen/index_3.shtml"),
        ("/yaowen/index_3.html", "createPageHTML(4, 3, 'index', 'html')", None),
    ],
)
def test_a_page_bar_that_a_script_writes_is_read_in_the_script(url: str, said: str, wanted: str | None) -> None:
    assert following(f"<script>{said}</script>", SITE + url) == wanted


def test_the_head_may_say_the_next_page() -> None:
    assert following("", head="<link rel=next href=/local/page/2/>") == "/local/page/2/"


@pytest.mark.parametrize(
    ("url", "bar"),
    [
        ("/local/", "<a href='/2025/11/20/12345.html' rel=next>Next</a>"),
        ("/local/", "<a href='/2025/11/20/12345.html'>下一篇</a>"),
        ("/local/", "<a href='/world/'>Next</a><a href='/world/page/2/'>›</a>"),
        ("/local/", "<a href='/world/?page=2'>2</a>"),
        (
            "/local/page/3/",
            "<a href='/local/page/2/'>Next to newer</a><a href='/local/'>1</a><a href='/local/page/2/'>2</a>",
        ),
        ("/local/", "<a href='/local/'>Next</a>"),
        ("/local/", "<a href='https://other.example/local/page/2/'>Next</a>"),
        ("/2025/11/", "<a href='/2025/12/'>»</a>"),
    ],
)
def test_no_other_section_no_article_and_no_way_back_is_the_next_page(url: str, bar: str) -> None:
    assert following(bar, SITE + url) is None


# -- whatever comes ----------------------------------------------------------------------------------------------------
_MARKUP = """<ul> </ul> <li> <a␣href=/a/1.html> <a␣href=?page=2> <a␣href='//[::1'> </a> 11-19 下一页 <h2>
第一座桥今天修好通车 <time␣datetime=x> <!--␣x␣--> <nav> &#0; <table><tr> \u3000 <base␣href=/x/> 2"""
_PIECES = _MARKUP.split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map("".join))
def test_no_markup_is_a_bug(markup: str) -> None:
    found = learnt(markup.replace("␣", " "))
    assert len({one.url for one in found.articles}) == len(found.articles)
