"""Until when a page is not to be shown: read where it says so surely, never guessed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.outlet import Outlet
from newscrawl.extract.page import NewsPage
from newscrawl.items import Address, Article, FetchedPage

URL = "https://lake.example/1.html"
LAKE = Outlet(
    slug="lake", name="湖报", language="zh", zone="Asia/Shanghai", address=lambda url: Address(key="lake:1", url=url)
)
STRANGER = attrs.evolve(LAKE, zone="")
HEADLINE = "环湖步道今天全线贯通"
STORY = (
    "全长四十二公里的环湖步道今天全线贯通，沿线新设了九处驿站和三十座小桥，市民可以从东门一直走到西山脚下。",
    "工程历时三年，施工方为候鸟留出了两片湿地，步道在那里改走木栈桥。管理处说，夜间照明将在入冬以前全部完成。",
)
NINE = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
"""Nine o'clock in Beijing."""


class Declared(NewsPage):
    body_css = ("div.article",)


def read(head: str = "", *lines: str, outlet: Outlet = LAKE, kind: type[NewsPage] = Declared) -> Article:
    story = "".join(f"<p>{line}</p>" for line in (*lines, *STORY))
    page = (
        f"<html><head><meta charset=utf-8><title>{HEADLINE}</title>{head}</head><body><h1>{HEADLINE}</h1>"
        f"<div><span>2026-11-25 08:00</span></div><div class=article>{story}</div></body></html>"
    )
    return kind(FetchedPage(url=URL, body=page.encode()), outlet).read()


def embargo(head: str = "", *lines: str, outlet: Outlet = LAKE) -> datetime | None:
    return read(head, *lines, outlet=outlet).embargo


def test_a_page_that_says_nothing_has_no_embargo():
    article = read()
    assert article.embargo is None
    assert "embargo" not in article.answered_by


# -- data --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["embargo", "Embargo-Date", "embargoed-until", "embargoedUntil", "article:embargo", "embargo_until"]
)
def test_meta_elements_say_it(name: str):
    article = read(f'<meta name="{name}" content="2026-12-01T09:00:00+08:00">')
    assert article.embargo == NINE
    assert article.answered_by["embargo"] == "meta"


@pytest.mark.parametrize("name", ["embargoDate", "embargoedUntil", "embargo"])
def test_structured_data_say_it(name: str):
    data = {"@type": "NewsArticle", "headline": HEADLINE, name: "2026-12-01T01:00:00Z"}
    article = read(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert (article.embargo, article.answered_by["embargo"]) == (NINE, "jsonld")


@pytest.mark.parametrize("value", ["2026-12-01T01:00:00Z", int(NINE.timestamp()), int(NINE.timestamp()) * 1000])
def test_data_in_scripts_say_it_of_the_pages_own_article(value: object):
    own = {"headline": HEADLINE, "embargoedUntil": value}
    article = read(f"<script>window.DATA = {json.dumps(own, ensure_ascii=False)};</script>", kind=NewsPage)
    assert (article.embargo, article.answered_by["embargo"]) == (NINE, "state")
    other = {"items": [{"headline": "别的一条消息还没有到时间", "embargoedUntil": value}], "headline": HEADLINE}
    head = f"<script>window.DATA = {json.dumps(other, ensure_ascii=False)};</script>"
    assert read(head, kind=NewsPage).embargo is None


@pytest.mark.parametrize(
    "value",
    ["", "true", "none", "until further notice", "12", "2026-13-01", "2026-12-01T09:00:00+08:00 or later", "9:00"],
)
def test_what_is_no_moment_is_no_embargo(value: str):
    assert embargo(f'<meta name="embargo" content="{value}">') is None


def test_a_clock_without_a_zone_is_the_publishers_and_a_strangers_is_nobodys():
    head = '<meta name="embargo" content="2026-12-01 09:00">'
    assert embargo(head) == NINE
    assert embargo(head, outlet=STRANGER) is None
    assert embargo(head.replace("09:00", "09:00 +0800"), outlet=STRANGER) == NINE


def test_a_policy_on_embargoes_is_none():
    assert embargo('<meta name="embargo-policy" content="2026-12-01T09:00:00+08:00">') is None


# -- the story's first lines -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED UNTIL 01:00 GMT, TUESDAY, 1 DECEMBER 2026",
        "Strictly embargoed until 01:00 GMT on Tuesday 1 December 2026.",
        "Embargo: 1 December 2026, 01:00 GMT",
        "NOT FOR PUBLICATION BEFORE 2026-12-01T01:00:00Z",
        "[Under embargo until 2026-12-01 09:00 +08:00]",
        "【禁发至北京时间2026年12月1日9时】",
        "本文禁发至：2026年12月1日9:00（北京时间）",
        "解禁时间：北京时间2026年12月1日上午9时",
        "（北京时间2026年12月1日9时前不得发布）",
        "北京時間2026年12月1日9時前請勿發佈",
    ],
)
def test_the_first_line_says_it(line: str):
    for kind, outlet in ((Declared, LAKE), (NewsPage, LAKE), (NewsPage, STRANGER)):
        article = read("", line, outlet=outlet, kind=kind)
        assert (article.embargo, article.answered_by["embargo"]) == (NINE, "text")


def test_a_chinese_line_without_a_zone_is_read_where_the_publishers_zone_is_known():
    assert embargo("", "【禁发至2026年12月1日9时】") == NINE
    assert embargo("", "【2026年12月1日零时前禁止发布】") == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert embargo("", "【禁发至2026年12月1日9时】", outlet=STRANGER) is None


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED UNTIL TUESDAY",
        "EMBARGOED UNTIL MIDNIGHT GMT 1 DECEMBER 2026",
        "The embargo until 1 December 2026 hurt growers on both shores of the lake.",
        "Embargoed until 1 December 2026, the report says that the lake has grown.",
        "法院裁定，这家公司在2026年12月1日9时前不得发布财报。",
        "禁发至下周二上午",
        "禁发至12月1日9时",
        "禁止发布虚假广告的规定自2026年12月1日起施行。",
    ],
)
def test_a_line_that_cannot_be_read_surely_is_a_line_of_the_story(line: str):
    article = read("", line)
    assert article.embargo is None
    assert line in article.body_text


def test_a_line_further_down_is_the_storys():
    page = "".join(f"<p>{line}</p>" for line in (*STORY, "【禁发至2026年12月1日9时】"))
    body = (
        f"<html><meta charset=utf-8><title>{HEADLINE}</title><body><h1>{HEADLINE}</h1><div>{page}</div></body></html>"
    )
    assert NewsPage(FetchedPage(url=URL, body=body.encode()), LAKE).read().embargo is None


@given(st.text(alphabet=st.sampled_from("0123456789-:TZ+ 年月日时embargo"), max_size=40))
def test_whatever_stands_there_is_a_moment_or_nothing(value: str):
    found = embargo(f'<meta name="embargo" content="{value}">', f"Embargo: {value}")
    assert found is None or found.tzinfo is not None
