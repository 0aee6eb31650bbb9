"""The default chain: who answers for each field, long articles, and pages that are no articles."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.outlet import Outlet
from newscrawl.extract.page import NewsPage
from newscrawl.extract.related import RelatedList
from newscrawl.items import Address, Article, Capture, FetchedPage, Link
from newscrawl.text.dates import read_printed

URL = "https://news.example.cn/a/1001.html"
STORY = (
    "<p>　　本网南山11月3日电 (记者 王小明)江边的老榕树下，一盘棋下了二十年，下棋的人换了几茬。</p>"
    "<p>　　棋子还是那一副，缺了的“马”用酒瓶盖顶着，来看棋的人总比下棋的多，一站就是半天。</p>"
    "<p>　　上个月，施工队在图纸上给榕树留出了一个半圆，篱笆一拆，棋局又摆了起来。(完)</p>"
)


def address(url: str) -> Address | None:
    """Articles are /a/<id>.html, their pages /a/<id>_<n>.html."""
    if not url.startswith("https://news.example.cn/a/"):
        return None
    ident, _, page = url.rpartition("/")[2].removesuffix(".html").partition("_")
    return Address(key=f"example:{ident}", url=f"https://news.example.cn/a/{ident}.html", page=int(page or 1))


OUTLET = Outlet(slug="example", name="例子新闻网", language="zh", zone="Asia/Shanghai", address=address)


class ExamplePage(NewsPage):
    body_css = ("#zw",)
    page_bars = ("#bar",)


def page(head: str = "", body: str = "", story: str = STORY, url: str = URL, **more: Any) -> FetchedPage:
    html = f'<html lang="en"><head>{head}</head><body>{body}<div id="zw">{story}</div></body></html>'
    return FetchedPage(url=url, body=html.encode(), **more)


def read(*args: str, kind: type[NewsPage] = ExamplePage, **more: Any) -> Article:
    return kind(page(*args, **more), OUTLET).read()


H1 = "<title>江边的榕树 -例子新闻网</title>"
JSON = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},'
    '{"@type":["NewsArticle"],"headline":"结构化标题","datePublished":"2025-11-03T01:00:00Z","articleSection":"社会",'
    '"author":{"@type":"Person","name":"李晓华"},"description":"提要","keywords":"江,棋"}]}</script>'
)
META = (
    '<meta property="og:title" content="开放图标题_例子新闻网">'
    '<meta property="article:published_time" content="2025-11-02 08:00">'
    '<meta name="keywords" content="榕树,棋局, 榕树"><meta name="description" content="页面提要">'
)


class Selecting(ExamplePage):
    headline_css = ("h2.nothing", "h2.title")
    published_css = (".when",)


def test_a_publishers_selector_is_believed_before_all_else() -> None:
    article = read(
        JSON + META, '<h2 class="title">选择器标题</h2><i class="when">2025年11月4日 09:05</i>', kind=Selecting
    )
    assert article.headline == "选择器标题"
    assert article.published is not None
    assert article.published.local == "2025-11-04T09:05+08:00"
    assert article.answered_by["headline"] == article.answered_by["published"] == "selector"


def test_structured_data_comes_before_meta_and_meta_before_what_is_shown() -> None:
    assert read(JSON + META + H1).answered_by["headline"] == "jsonld"
    article = read(META + H1)
    assert (article.headline, article.answered_by["headline"]) == ("开放图标题", "meta")
    assert article.published is not None
    assert article.published.local == "2025-11-02T08:00+08:00"
    assert article.keywords == ("榕树", "棋局")
    assert article.summary == "页面提要"


def test_without_data_the_printed_headline_and_the_date_beside_it_are_read() -> None:
    article = read(H1, "<h1>江边的榕树</h1><div>2025年11月03日 10:20　来源：某某晚报　参与互动</div>")
    assert article.headline == "江边的榕树"
    assert article.published is not None
    assert article.published.local == "2025-11-03T10:20+08:00"
    assert article.credit == "某某晚报"
    assert {article.answered_by[field] for field in ("headline", "published", "credit")} == {"generic"}


@pytest.mark.parametrize("said", ["江边的榕树", " 江边的榕树\u3000", "江边的榕树 -例子新闻网"])
def test_a_description_that_only_repeats_the_headline_is_no_summary(said: str) -> None:
    described = f'{H1}<meta name="description" content="{said}">'
    article = read(described, "<h1>江边的榕树</h1>")
    assert article.headline == "江边的榕树"
    assert article.summary is None
    assert "summary" not in article.answered_by


def test_a_bare_name_in_brackets_signs_the_storys_last_line() -> None:
    plain = STORY.replace("(记者 王小明)", "").replace("(完)", "")
    signed = read(H1, "", plain.replace("摆了起来。", "摆了起来。（张小峰）"))
    assert signed.authors == ("张小峰",)
    assert signed.body_text.endswith("（张小峰）")
    alone = read(H1, "", plain + "<p>（张小峰 李晓华）</p>")
    assert alone.authors == ("张小峰", "李晓华")
    assert alone.body_text.endswith("摆了起来。")
    assert read(H1, "", plain.replace("摆了起来。", "摆了起来（见图）。")).authors == ()


ENGLISH = "".join(
    f"<p>The old banyan by the river has stood there for {years} years, and the game of chess below it goes on.</p>"
    for years in range(20, 25)
)
NEAR = {
    "line": "<div>2025-11-19 08:40&nbsp; Source: Jinbei Evening&nbsp; By Shi Yiming&nbsp; Editor: Liu Qing</div>",
    "parts": "<div><i>2025-11-19 08:40</i><i>Source: <a>Jinbei Evening</a></i><i>By <a>Shi Yiming</a></i>"
    "<i>Editor: Liu Qing</i></div>",
}


@pytest.mark.parametrize("shape", NEAR)
def test_english_labels_near_the_headline_say_author_credit_and_editor(shape: str) -> None:
    article = read(H1, f"<h1>The old banyan by the river</h1>{NEAR[shape]}", ENGLISH)
    assert (article.authors, article.credit, article.editors) == (("Shi Yiming",), "Jinbei Evening", ("Liu Qing",))
    assert {article.answered_by[field] for field in ("authors", "credit", "editors")} == {"generic"}
    assert article.published is not None
    assert article.published.local.startswith("2025-11-19T08:40")


def test_an_office_behind_a_name_in_structured_data_is_no_part_of_the_name() -> None:
    data = JSON.replace("李晓华", "SHI YIMING, Jinbei Political Writer")
    assert read(data + H1, "", STORY.replace("(记者 王小明)", "")).authors == ("Shi Yiming",)


class BylinePage(ExamplePage):
    byline_css = (".by",)


class LabelledPage(BylinePage):
    credit_css = editor_css = (".by",)


def test_a_declared_element_with_a_line_of_labels_gives_each_field_its_own() -> None:
    article = read(H1, NEAR["line"].replace("<div", '<div class="by"'), ENGLISH, kind=LabelledPage)
    assert (article.authors, article.credit, article.editors) == (("Shi Yiming",), "Jinbei Evening", ("Liu Qing",))
    assert article.answered_by["authors"] == "selector"


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("Shi Yiming", ("Shi Yiming",)),
        ("Shi Yiming, Staff Reporter", ("Shi Yiming",)),
        ("Jinbei Evening", ()),
        ("記者 葉小明", ("葉小明",)),
        ("葉小明", ("葉小明",)),
    ],
)
def test_a_byline_element_may_hold_a_bare_name(said: str, authors: tuple[str, ...]) -> None:
    plain = STORY.replace("(记者 王小明)", "")
    assert read(H1, f'<i class="by">{said}</i>', plain, kind=BylinePage).authors == authors


def test_the_channels_name_in_the_first_h1_is_not_the_headline() -> None:
    assert read(H1, "<h1>新闻中心</h1><h1>江边的榕树</h1>").headline == "江边的榕树"


def test_what_the_page_does_not_say_the_listing_answers() -> None:
    when = read_printed("2025-11-03 07:00")
    link = Link(
        source="example",
        key="example:1001",
        url=URL,
        found_in="x",
        headline="列表标题",
        section="国内",
        time=when,
        summary="开头",
    )
    article = ExamplePage(page(link=link), OUTLET).read()
    assert (article.headline, article.section, article.published, article.summary) == ("列表标题", "国内", when, "开头")
    assert {article.answered_by[field] for field in ("headline", "section", "published", "summary")} == {"hint"}


def test_dateline_authors_and_body_come_from_the_story() -> None:
    article = read(JSON)
    assert article.dateline is not None
    assert article.dateline.raw == "本网南山11月3日电 (记者 王小明)"
    assert article.dateline.year == 2025
    assert article.authors == ("王小明",)
    assert article.answered_by["authors"] == article.answered_by["dateline"] == "text"
    assert article.body_text.startswith("本网南山11月3日电 (记者 王小明)江边")
    assert article.body_text.endswith("棋局又摆了起来。")
    assert article.language == "zh"


class WithByline(ExamplePage):
    byline_css = (".author",)
    editor_css = (".editor",)


def test_the_editor_in_the_byline_element_is_no_author() -> None:
    plain = STORY.replace("(记者 王小明)", "")
    furniture = '<span class="author">作者：李晓华</span><span class="editor">责任编辑：李晓华</span>'
    article = read(H1, furniture, plain, kind=WithByline)
    assert article.authors == ()
    assert article.editors == ("李晓华",)
    article = read(H1, furniture.replace("作者：李晓华", "作者：方敏"), plain, kind=WithByline)
    assert article.authors == ("方敏",)


def test_an_organisation_in_the_structured_data_is_no_author() -> None:
    plain = STORY.replace("(记者 王小明)", "")
    data = JSON.replace('"Person","name":"李晓华"', '"Organization","name":"例子新闻网"')
    assert read(data, "", plain).authors == ()
    assert read(JSON, "", plain).authors == ("李晓华",)


def test_broken_structured_data_is_understood_as_far_as_it_goes() -> None:
    broken = (
        JSON.replace('"keywords":"江,棋"', '"keywords":"江,棋",').replace(">{", "><!-- {").replace("}</", "}; --></")
    )
    assert read(broken).headline == "结构化标题"
    assert read('<script type="application/ld+json">{"@type":"NewsArticle", no</script>' + H1).headline == "江边的榕树"


def test_signals_for_robots_are_kept_from_the_page_and_the_headers() -> None:
    headers = {"x-robots-tag": "noarchive, NoSnippet", "tdm-reservation": "1"}
    article = ExamplePage(page(H1 + '<meta name="robots" content="noindex, follow">', headers=headers), OUTLET).read()
    assert article.robots == ("noindex", "noarchive", "nosnippet", "tdm-reservation=1")


def test_related_links_are_canonical_dated_and_never_the_article_itself() -> None:
    class Listing(ExamplePage):
        related = (RelatedList(item="ul.tj li", time="span"),)

    block = (
        '<ul class="tj"><li><a href="//news.example.cn/a/900.html">另一篇…</a><span>2025年11月1日 08:30</span></li>'
        '<li><a href="1001.html">自己</a></li><li><a href="/a/900.html">重复</a></li>'
        '<li><a href="https://other.cn/b" title="别家的全文标题">别家的…</a></li></ul>'
    )
    first, second = read(H1, block, kind=Listing).related
    assert (first.headline, first.url, first.key) == ("另一篇…", "https://news.example.cn/a/900.html", "example:900")
    assert first.published is not None
    assert first.published.local == "2025-11-01T08:30+08:00"
    assert (second.headline, second.url, second.key) == ("别家的全文标题", "https://other.cn/b", None)


def test_a_block_headed_as_related_is_found_anywhere_and_an_empty_one_takes_no_neighbour() -> None:
    hot = '<div class="hot"><h3>热门推荐</h3><ul><li><a href="/a/7.html">热门的一篇文章</a></li></ul></div>'
    full = (
        '<div><h4>相关新闻：</h4><ul><li><a href="/a/5.html">修堤的一篇文章</a><span>11-02 09:00</span></li></ul></div>'
    )
    fetched_at = datetime(2025, 11, 3, 4, tzinfo=UTC)
    article = ExamplePage(page(H1, full + hot, fetched_at=fetched_at), OUTLET).read()
    assert [(row.headline, row.published and row.published.local) for row in article.related] == [
        ("修堤的一篇文章", "2025-11-02T09:00+08:00")
    ]
    for empty in ("<div><h4>相关新闻</h4><ul></ul></div>", "<div><h4>相关新闻</h4></div>"):
        assert read(H1, empty + hot).related == ()


# -- long articles ------------------------------------------------------------------------------------------------
BAR = '<div id="bar"><a href="1001.html">1</a><a href="1001_2.html">2</a><a href="1001_3.html">3</a></div>'


def record(number: int) -> Capture:
    when = datetime(2025, 11, 3, tzinfo=UTC)
    return Capture(url=f"{URL}#{number}", file="a.warc.gz", offset=number, length=1, fetched_at=when)


def long_article() -> tuple[FetchedPage, ...]:
    texts = (
        STORY.replace("(完)", ""),
        "<p>第二页的一段文字。</p><img src='2.jpg'>",
        "<p>第三页的一段文字。(完)</p><p>【编辑:李晓华】</p>",
    )
    urls = (URL, URL.replace("1001", "1001_2"), URL.replace("1001", "1001_3"))
    return tuple(
        page(H1, BAR, text, url, capture=record(number))
        for number, (text, url) in enumerate(zip(texts, urls, strict=True))
    )


def test_the_next_page_is_the_next_number_of_the_same_article() -> None:
    first, second, third = long_article()
    asked = [ExamplePage(one, OUTLET).next_page() for one in (first, second, third)]
    assert asked == [second.url, third.url, None]


def test_page_one_alone_asks_for_page_two() -> None:
    first, second, third = long_article()
    with pytest.raises(NotAnArticle) as alone:
        ExamplePage(first, OUTLET).read()
    assert (alone.value.reason, alone.value.next_url) == (Reason.NEEDS_MORE_PAGES, second.url)
    with pytest.raises(NotAnArticle) as cut:
        ExamplePage(attrs.evolve(first, continued=(second,)), OUTLET).read()
    assert (cut.value.reason, cut.value.next_url) == (Reason.NEEDS_MORE_PAGES, third.url)


def test_a_later_page_alone_asks_for_page_one() -> None:
    with pytest.raises(NotAnArticle) as later:
        ExamplePage(long_article()[1], OUTLET).read()
    assert (later.value.reason, later.value.first_url) == (Reason.NEEDS_MORE_PAGES, URL)


def test_a_long_article_is_one_text_from_all_its_pages() -> None:
    first, *rest = long_article()
    article = ExamplePage(attrs.evolve(first, continued=tuple(rest)), OUTLET).read()
    lines = article.body_text.split("\n")
    assert len(lines) == 5
    assert lines[-2:] == ["第二页的一段文字。", "第三页的一段文字。"]
    assert article.dateline is not None
    assert article.editors == ("李晓华",)
    assert [image.url for image in article.images] == ["https://news.example.cn/a/2.jpg"]
    assert [capture.offset for capture in article.captures] == [0, 1, 2]


@pytest.mark.parametrize("wrong", ["https://news.example.cn/a/1002_2.html", "https://news.example.cn/", URL])
def test_a_continued_page_that_is_not_the_next_one_is_refused(wrong: str) -> None:
    first, second, third = long_article()
    with pytest.raises(NotAnArticle) as refused:
        ExamplePage(attrs.evolve(first, continued=(attrs.evolve(second, url=wrong), third)), OUTLET).read()
    assert refused.value.reason is Reason.BROKEN_PAGES


def test_elsewhere_only_a_link_that_says_next_page_and_continues_the_address_counts() -> None:
    class Unknown(NewsPage):
        body_css = ("#zw",)

    links = '<a href="1002.html">下一篇</a><a href="1001_2.html">2</a><a href="{}">下一页</a>'
    found: Callable[[str], str | None] = lambda href: Unknown(page(H1, links.format(href)), OUTLET).next_page()  # noqa: E731
    assert found("1001_2.html") == "https://news.example.cn/a/1001_2.html"
    assert found("1001_3.html") is None
    assert found("1002.html") is None


# -- pages that are no articles -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "body", "story", "reason"),
    [
        ("<title>404-例子新闻网</title>", "", "", Reason.NOT_FOUND_PAGE),
        (H1, "<h1>提示</h1>", "<p>您访问的页面不存在或已被删除。</p>", Reason.NOT_FOUND_PAGE),
        ('<meta http-equiv="Refresh" content="0; url=/">', "", "", Reason.MOVED_HOME),
        ('<meta http-equiv="refresh" content="0;URL=\'/b/2.html\'">', "", "", Reason.MOVED_AWAY),
        (H1, "<h1>江边的榕树</h1>", "<p></p>", Reason.NO_BODY),
        (H1, "<h1>江边的榕树</h1>", '<img src="a.jpg"><div class="pictext">只有图说</div>', Reason.NO_BODY),
        ("", "", STORY, Reason.NO_HEADLINE),
    ],
)
def test_a_page_without_a_story_is_refused_with_its_reason(head: str, body: str, story: str, reason: Reason) -> None:
    with pytest.raises(NotAnArticle) as refused:
        read(head, body, story)
    assert refused.value.reason is reason


def test_a_story_about_missing_pages_is_a_story() -> None:
    assert read("<title>网站为何常显示404：页面不存在</title>").headline == "网站为何常显示404：页面不存在"


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "text/html", Reason.UNREADABLE),
        (b" \r\n", "text/html", Reason.UNREADABLE),
        (b"%PDF-1.7 ...", "text/html", Reason.NOT_HTML),
        (b"\x89PNG\r\n", "image/png", Reason.NOT_HTML),
        (b'<?xml version="1.0"?>\n<rss version="2.0"></rss>', "text/xml", Reason.NOT_HTML),
        (b'{"a": 1}', "application/json", Reason.NOT_HTML),
        (b"<!-- only a comment -->", "text/html", Reason.UNREADABLE),
    ],
)
def test_what_is_no_page_is_refused_before_it_is_read(body: bytes, kind: str, reason: Reason) -> None:
    with pytest.raises(NotAnArticle) as refused:
        ExamplePage(FetchedPage(url=URL, body=body, content_type=kind), OUTLET)
    assert refused.value.reason is reason


def test_a_page_is_parsed_once() -> None:
    first = ExamplePage(page(H1), OUTLET)
    assert ExamplePage(first.page, OUTLET).tree is first.tree
