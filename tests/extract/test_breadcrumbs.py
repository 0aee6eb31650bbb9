"""The breadcrumb trail, the section and the page's own picture where no publisher says where they stand."""

import time

import pytest

from newscrawl.extract.crumbs import crumbs_of
from newscrawl.extract.surface import marked, surface_of
from newscrawl.items import Article, FetchedPage, Image
from newscrawl.sources import read_page
from newscrawl.text.tree import parse

NAME = "码头边的旧仓库改成了图书馆"
STORY = "<p>旧仓库的铁门重新刷了漆，里面摆了三万本书，靠窗的位置留给放学的孩子，晚上九点才熄灯。</p>" * 4
URL = "https://news.example.cn/a/1.html"


def read(body: str, head: str = "") -> Article:
    html = f"<html><head><title>{NAME}-码头网</title>{head}</head><body>{body}{STORY}</body></html>"
    return read_page(FetchedPage(url=URL, body=html.encode()), generic=True)


def listed(*names: str) -> str:
    steps = ",".join(
        f'{{"@type":"ListItem","position":{place},"item":{{"@id":"/{place}","name":"{name}"}}}}'
        for place, name in reversed(list(enumerate(names, 1)))
    )
    return (
        f'<script type="application/ld+json">{{"@type":"BreadcrumbList","itemListElement":[{steps}]}}</script>'
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":"broken"}</script>'
    )


TRAIL = '<a href="/">首页</a> &gt; <a href="/gn">国内</a> &gt; <a href="/gn/cs">城市</a>'


@pytest.mark.parametrize(
    "trail",
    [
        f'<div class="breadcrumb">{TRAIL}</div><h1>{NAME}</h1>',
        f'<ol class="c-article_crumbs">{TRAIL} <a href="/a/1.html">{NAME}</a></ol><h1>{NAME}</h1>',
        f"<div class=path>您的位置：{TRAIL}</div><h1>{NAME}</h1>",
        f"<p>{TRAIL} &gt; 正文 <a href=/apply>申请入驻</a></p><h1>{NAME}</h1>",
        f'<div itemscope itemtype="https://schema.org/BreadcrumbList"><i itemprop="itemListElement">{TRAIL}</i></div>'
        f"<h1>{NAME}</h1>",
    ],
    ids=["named", "with the article", "your place", "正文", "microdata"],
)
def test_the_steps_between_home_and_article_are_the_trail(trail: str):
    article = read(trail)
    assert [(crumb.name, crumb.url) for crumb in article.breadcrumbs] == [
        ("国内", "https://news.example.cn/gn"),
        ("城市", "https://news.example.cn/gn/cs"),
    ]
    assert article.section == "城市"


def test_schema_orgs_list_is_in_order_of_its_places_without_home_and_article():
    article = read(f"<h1>{NAME}</h1>", listed("Startseite", "城市 &amp; 乡村", "文化", f"{NAME[:9]}…"))
    assert [crumb.name for crumb in article.breadcrumbs] == ["城市 & 乡村", "文化"]
    assert article.answered_by["breadcrumbs"] == "jsonld"


def test_a_menu_is_no_trail():
    menu = "".join(f'<a href="/{n}">栏目{n}</a>' for n in range(20))
    assert read(f'<div class="breadcrumb-menu crumbs">{menu}</div><h1>{NAME}</h1>').breadcrumbs == ()


def test_the_section_of_the_data_comes_before_the_trails_last_step():
    head = '<meta property="article:section" content="读书">'
    article = read(f'<div class="breadcrumb">{TRAIL}</div><h1>{NAME}</h1>', head)
    assert (article.section, article.answered_by["section"]) == ("读书", "meta")


def test_the_pages_own_picture_is_the_storys_with_its_caption_where_the_story_shows_it():
    head = '<meta property="og:image" content="/img/door.jpg">'
    assert read(f"<h1>{NAME}</h1>", head).lead_image == Image(url="https://news.example.cn/img/door.jpg")
    figure = "<figure><img src=/img/door.jpg width=600 alt=门><figcaption>铁门刷了漆</figcaption></figure>"
    html = (
        f"<html><head><title>{NAME}</title>{head}</head><body><h1>{NAME}</h1><div>{STORY}{figure}{STORY}</div></body>"
    )
    shown = read_page(FetchedPage(url=URL, body=html.encode()), generic=True)
    assert shown.lead_image in shown.images
    assert shown.lead_image is not None
    assert shown.lead_image.caption == "铁门刷了漆"


@pytest.mark.parametrize("name", ["logo.png", "site-logo-400.png", "default.jpg", "share_image.png"])
def test_a_sites_mark_is_no_picture_of_the_page(name: str):
    assert read(f"<h1>{NAME}</h1>", f'<meta property="og:image" content="/s/{name}">').lead_image is None


@pytest.mark.parametrize(
    "body",
    ["<a class=crumb href=/x>栏目</a>" * 30_000, "<div class=crumbs>" * 2000 + "<b>栏目</b>" * 20_000],
    ids=["links", "nested"],
)
def test_thousands_of_elements_named_so_are_looked_at_in_time(body: str):
    tree = parse(f"<html><body>{body}</body></html>".encode())
    surface_of(tree)
    started = time.process_time()
    crumbs_of(tree, base=URL, title=NAME, headline=NAME, site="")
    assert time.process_time() - started < 1


def test_thousands_of_marked_elements_are_found_in_time():
    tree = parse(b"<html><body>" + b"<i itemprop=datePublished>2024</i>" * 30_000)
    surface_of(tree)
    started = time.process_time()
    assert len(marked(tree, "datePublished")) == 40
    assert time.process_time() - started < 0.5


def test_a_step_that_was_not_closed_and_swallowed_the_page_is_no_step():
    swallowed = f'<a href="/sh/x/"><b>{"太原供热" * 40}</b></a>'
    trail = f'<div id="nav"><a href="/">首页</a> <a href="/sh/">社会</a> {swallowed}</div>'
    page = (
        f"<html><head><title>{NAME}</title></head><body>{trail}<h1>{NAME}</h1><div class='left_zw'>{STORY}</div></body>"
    )
    url = "https://www.chinanews.com.cn/sh/2025/11-19/10518665.shtml"
    article = read_page(FetchedPage(url=url, body=page.encode()))
    assert [crumb.name for crumb in article.breadcrumbs] == ["社会"]
