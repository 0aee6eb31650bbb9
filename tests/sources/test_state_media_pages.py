"""What xinhua's and youth's page classes say beyond selectors: pages of one story, whose the picture is."""

from datetime import UTC, datetime

import pytest

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.items import FetchedPage
from newscrawl.sources import registry

XINHUA, YOUTH = registry().get("xinhua"), registry().get("youth")
ALBUM = "http://www.he.news.cn/20251118/b81d0f3e6a7745c29e04c5d7a3f21960/c.html"
STORY = "https://news.youth.cn/gn/202511/t20251119_16500101.htm"


def fetched(url: str, body: str, *continued: FetchedPage) -> FetchedPage:
    head = '<html><head><meta charset="utf-8"><title>海带苗下海</title></head><body>'
    return FetchedPage(
        url=url,
        body=(head + body).encode(),
        content_type="text/html",
        fetched_at=datetime(2025, 11, 19, 9, tzinfo=UTC),
        continued=continued,
    )


def album(number: int, words: str, following: str) -> FetchedPage:
    return fetched(
        ALBUM if number == 1 else f"{ALBUM}?page={number}",
        f"""<h1 id="title"><span>海带苗下海</span></h1><div class="info"><span class="time">2025-11-18 09:12:40</span>
        <span class="sourceText">新华网</span></div>
        <span id="detailContent"><p><img src="{number}.jpg"></p><p>　　{words}</p>
        <p>　　新华社发（沈槐序摄）</p>
        <center class="xinhuaPager"><a href="/20251118/b81d0f3e6a7745c29e04c5d7a3f21960/c.html"
        >1</a>{following}</center></span><span class="editor">[作者: 沈槐序 　责任编辑: 田半夏 ]</span>""",
    )


NEXT = '<a href="/20251118/b81d0f3e6a7745c29e04c5d7a3f21960/c.html?page=2">下一页</a>'
FIRST = album(1, "养殖户在近海把海带苗夹到苗绳上，渔船清晨出港，日落前返回。", NEXT)
SECOND = album(2, "夹好的苗绳一排排沉入水下，当地六千亩海带月底前全部下海。", "")


def test_a_picture_story_asks_for_its_next_page_by_the_query() -> None:
    with pytest.raises(NotAnArticle) as wanted:
        XINHUA.read(FIRST)
    assert wanted.value.reason is Reason.NEEDS_MORE_PAGES
    assert wanted.value.next_url == SECOND.url


def test_the_pages_of_a_picture_story_are_one_article_without_the_photographers_line() -> None:
    whole = XINHUA.read(fetched(FIRST.url, FIRST.body.decode().partition("<body>")[2], SECOND))
    assert [line[:6] for line in whole.body_text.split("\n")] == ["养殖户在近海", "夹好的苗绳一"]
    assert [image.url.rpartition("/")[2] for image in whole.images] == ["1.jpg", "2.jpg"]
    assert (whole.authors, whole.editors) == (("沈槐序",), ("田半夏",))


@pytest.mark.parametrize(("at", "of", "following"), [(0, 1, None), (0, 3, "_1.htm"), (1, 3, "_2.htm"), (2, 3, None)])
def test_the_script_of_the_page_bar_says_what_follows(at: int, of: int, following: str | None) -> None:
    url = STORY if at == 0 else STORY.replace(".htm", f"_{at}.htm")
    bar = f"<script>\n var currentPage = {at}\n var prevPage = currentPage-1\n var countPage = {of}\n</script>"
    page = fetched(url, f'<div id="container"><p>　　冰场修进了小区。</p></div>{bar}')
    assert YOUTH.next_page(page) == (following and STORY.replace(".htm", following))
