"""The pages of the site: what stands on them, in which order, what is escaped, what a site may put in their place."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import attrs
import pytest
from exported import NO_SITE, SITE, last_change
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement
from store_made import DISCLAIMER, full_article

from newscrawl.errors import BadFile, BadOption
from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish.addresses import path_of
from newscrawl.publish.body import _cleaner, body
from newscrawl.publish.jsonld import news_article
from newscrawl.publish.lists import Bucket, Listing
from newscrawl.publish.press import Press
from newscrawl.publish.typeset import CSP, HERE
from newscrawl.publish.words import WORDS, words
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer
from newscrawl.text.html import TAGS, sanitise

ENGLISH = attrs.evolve(SITE, name="Lakeside", handle="The Lake", language="en")
TAIYUAN = Listing(kind="topic", name="太原", title="太原")
SOCIETY = Listing(kind="section", name="社会", title="社会")
MORNING = Listing(kind="source", name="morning", title="晨网")
ALL = Listing(kind="day", name="", title="")
HOT = [{"topic": "太原", "kind": "place", "score": 2.0, "articles": 3}]


def row(number: int, kind: str = "topic", **more: Any) -> Json:
    """A row of published_related, of an article that the store has."""
    told = {
        "kind": kind,
        "position": number,
        "headline": f"第{number}条旁文",
        "url": f"https://morning.example/gn/{number}.shtml",
        "published_at": "2025-11-18T20:00:00Z",
        "summary": f"旁文{number}的开头。",
        "related_id": number,
        "related_key": f"morning:{number}",
        "shares_topic": 1,
    }
    return told | more


@pytest.fixture
def change(writer: Writer, path: Path) -> Change:
    """An article in which nothing is missing, on 太原 and 社会."""
    writer.add(full_article())
    writer.flush()
    topics = [
        {"topic": "太原", "kind": "place", "position": 1},
        {"topic": "社会", "kind": "section", "position": 2},
    ]
    return attrs.evolve(last_change(path), related=[row(1, "page"), row(2), row(3, "story")], topics=topics)


def picture(url: str) -> Json:
    return {"url": url, "caption": "外景", "credit": "王五", "alt": None}


def told(change: Change, **columns: Any) -> Change:
    assert change.article is not None
    return attrs.evolve(change, article=change.article | columns)


def line_of(change: Change) -> Change:
    """As ``Reader.told(whole=False)`` gives it."""
    assert change.article is not None
    short = {name: value for name, value in change.article.items() if not name.startswith("body_")}
    return attrs.evolve(change, article=short, related=())


def read(page: bytes) -> HtmlElement:
    return html.document_fromstring(page.decode())


def page_of(change: Change, site: Site = SITE) -> HtmlElement:
    return read(Press(site).article(change))


def text_of(element: HtmlElement, path: str) -> str:
    return " ".join(" ".join(found.itertext()) for found in element.xpath(path)).strip()


def said(page: HtmlElement) -> str:
    """What a reader of the page reads."""
    return " ".join("".join(page.xpath("//main")[0].itertext()).split())


def head(page: HtmlElement, name: str) -> list[str]:
    return [str(value) for value in page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")]


def canonical(page: HtmlElement) -> list[str]:
    return list(page.xpath("//link[@rel='canonical']/@href"))


# -- the article's page ----------------------------------------------------------------------------------------------


def test_every_element_of_a_reprint_page_stands_there_in_its_order(change: Change):
    page = said(page_of(told(change, correction="九时应为十时。", revision=2, updated_at="2025-11-19T10:00:00Z")))
    expected = [
        *("湖畔转载", "热点", "太原", "湖边新馆迎客"),
        *("转载：湖畔", "湖边新馆迎客", "读者排起长队"),
        *("2025-11-19 16:29", "作者：林一、周二", "通讯员：吴三", "来源：湖报", "责任编辑：郑四"),
        *("更正", "九时应为十时。", "本站已于 2025-11-19 18:00 更新本文（第 2 版）。"),
        "晨网太原11月19日电 (林一 周二)湖边新馆今日迎客。",
        *("文章来源：https://morning.example/gn/9.shtml", "晨网", f"免责声明：{DISCLAIMER}"),
        *("同一报道", "2025-11-19", "第3条旁文", "旁文3的开头。"),
        *("太原 · 相关", "2025-11-19", "第1条旁文", "旁文1的开头。", "第2条旁文"),
    ]
    at = 0
    for words_there in expected:
        at = page.index(words_there, at) + len(words_there)


def test_the_trail_leads_home_to_the_topics_and_to_the_articles_first(change: Change):
    trail = page_of(change).xpath("//nav[@class='crumbs']//a/@href")
    assert [unquote(step) for step in trail] == ["../../", "../../topic/", "../../topic/太原/"]
    section = attrs.evolve(change, topics=change.topics[1:])
    assert unquote(page_of(section).xpath("//nav[@class='crumbs']//a/@href")[-1]) == "../../section/社会/"
    without = page_of(attrs.evolve(change, topics=(), related=[row(1)]))
    assert without.xpath("//nav[@class='crumbs']//a/@href") == ["../../", "../../topic/"]
    assert text_of(without, "//h2[@id='related']") == "相关"


def test_the_source_is_named_with_its_address_and_our_page_of_it(change: Change):
    page = page_of(change)
    assert page.xpath("//p[@class='source']/a/@href") == ["https://morning.example/gn/9.shtml"]
    assert page.xpath("//p[@class='source']/a/@rel") == ["external nofollow noopener"]
    assert page.xpath("//p[@class='source']/span/a/@href") == ["../../source/morning/"]
    uncredited = page_of(told(change, credit=None, credit_url=None))
    assert "来源：晨网" in said(uncredited)


def test_a_time_is_told_as_the_source_shows_it_with_its_zone_where_that_is_not_beijings(change: Change):
    def time(local: str | None) -> tuple[str, list[str]]:
        page = page_of(told(change, published_local=local))
        return text_of(page, "//ul[@class='facts']//time"), page.xpath("//ul[@class='facts']//time/@datetime")

    assert time("2025-11-19T16:29:31+08:00") == ("2025-11-19 16:29", ["2025-11-19T16:29+08:00"])
    assert " ".join(time("2025-11-19T16:29-05:00")[0].split()) == "2025-11-19 16:29 UTC-05:00"
    assert time("2025-11-19") == ("2025-11-19", ["2025-11-19"])
    assert time(None) == ("", [])


def test_a_first_version_has_no_note_and_an_uncorrected_article_none_of_a_correction(change: Change):
    page = page_of(told(change, correction=None, revision=1))
    assert page.xpath("//*[contains(@class, 'note')]") == []


def test_a_correction_that_names_itself_is_not_named_twice(change: Change):
    note = text_of(page_of(told(change, correction="更正：开馆时间应为九时。")), "//*[contains(@class, 'correction')]")
    assert note == "更正：开馆时间应为九时。"


def test_an_update_is_told_in_utc_where_the_source_shows_no_zone(change: Change):
    late = told(change, revision=3, updated_at="2025-11-19T23:30:00Z", published_local="2025-11-19")
    assert "本站已于 2025-11-19 23:30 UTC 更新本文（第 3 版）。" in said(page_of(late))


def test_six_related_articles_the_pages_own_first_each_once(change: Change):
    rows = [
        *(row(number) for number in (21, 22, 23, 24)),
        *(row(number, "page") for number in (3, 4, 5)),
        row(21, "page", position=9),
        row(40, "story"),
        row(40),
    ]
    page = page_of(attrs.evolve(change, related=rows))
    related = page.xpath("//section[h2/@id='related']//h3/a/@href")
    assert related == [f"../../a/{number}/" for number in (3, 4, 5, 21, 22, 23)]
    assert page.xpath("//section[h2/@id='story']//h3/a/@href") == ["../../a/40/"]


def test_the_heading_names_the_topic_where_most_of_what_stands_below_it_is_on_it(change: Change):
    def heading(*rows: Json) -> str:
        return " ".join(text_of(page_of(attrs.evolve(change, related=rows)), "//h2[@id='related']").split())

    off = {"shares_topic": 0}
    assert heading(row(1), row(2), row(3, **off)) == "太原 · 相关"
    assert heading(row(1), row(2, **off)) == "相关"
    assert heading(row(1, **off), row(2, "story"), row(3, "story")) == "相关"
    elsewhere = off | {"related_id": None, "headline": "太原的另一座桥"}
    assert heading(row(1, "page", **elsewhere)) == "太原 · 相关"
    beyond_six = [row(number, "page", **off) for number in range(1, 7)] + [row(number) for number in range(7, 30)]
    assert heading(*beyond_six) == "相关"


def test_a_related_article_leads_to_our_page_else_to_its_own_else_nowhere(change: Change):
    rows = [
        row(1),
        row(2, related_id=None),
        row(3, related_id=None, url=None),
        row(4, related_id=None, url="javascript:alert(1)"),
    ]
    page = page_of(attrs.evolve(change, related=rows))
    links = page.xpath("//section[h2/@id='related']//h3/a")
    assert [link.get("href") for link in links] == ["../../a/1/", "https://morning.example/gn/2.shtml"]
    assert [link.get("rel") for link in links] == [None, "external nofollow noopener"]
    assert text_of(page, "//section[h2/@id='related']//h3").count("旁文") == 4


@pytest.mark.parametrize(("mode", "shown"), [("excerpt", "湖边新馆今日迎客。"), ("link", None)])
def test_what_may_not_be_shown_is_not_there_and_the_source_is_named_for_it(
    change: Change, mode: str, shown: str | None
):
    page = page_of(told(change, reprint=mode, body_html=None, body_text=None, summary=shown, images=[]))
    assert "读者排起长队。" not in said(page)
    assert (shown is not None) == ("湖边新馆今日迎客。" in said(page))
    assert page.xpath("//p[@class='read-on']/a/@href") == ["https://morning.example/gn/9.shtml"]
    assert "阅读全文，请至来源" in said(page)
    assert head(page, "og:image") == []


def test_the_head_says_what_others_are_to_know(change: Change):
    page = page_of(change)
    own = f"https://reprint.example/a/{change.article_id}/"
    assert page.findtext(".//title") == "湖边新馆迎客 - 湖畔转载"
    assert head(page, "og:title") == ["湖边新馆迎客"]
    assert head(page, "og:type") == ["article"]
    assert head(page, "og:url") == [own]
    assert head(page, "og:site_name") == ["湖畔转载"]
    assert head(page, "og:description") == head(page, "description") == ["湖边新馆今日迎客。读者排起长队。"]
    assert head(page, "og:image") == ["https://img.example/1.jpg"]
    assert head(page, "article:published_time") == ["2025-11-19T16:29+08:00"]
    assert head(page, "article:modified_time") == ["2025-11-19T17:00+08:00"]
    assert head(page, "referrer") == ["no-referrer"]
    assert head(page, "robots") == []
    assert head(page_of(told(change, noindex=1)), "robots") == ["noindex"]
    feeds = page.xpath("//link[@rel='alternate']/@href")
    assert [unquote(feed) for feed in feeds] == [
        *("ninjs.json", "../../topic/太原/feed.xml", "../../feed.xml", "../../rss.xml", "../../feed.json"),
    ]


def test_the_canonical_page_is_the_sources_or_ours_as_the_policy_says(change: Change):
    ours = attrs.evolve(SITE, canonical="self")
    assert canonical(page_of(change)) == ["https://morning.example/gn/9.shtml"]
    assert canonical(page_of(change, ours)) == [f"https://reprint.example/a/{change.article_id}/"]
    nowhere = page_of(change, attrs.evolve(NO_SITE, canonical="self"))
    assert canonical(nowhere) == head(nowhere, "og:url") == []


def test_the_data_for_machines_is_the_one_of_the_json_ld(change: Change):
    hostile = told(change, headline="</script><script>alert(1)</script>")
    (data,) = page_of(hostile).xpath("//script")
    assert data.get("type") == "application/ld+json"
    assert json.loads(data.text) == news_article(hostile, SITE)


def test_a_page_in_english_names_the_language_of_what_is_not(change: Change):
    page = page_of(told(change, revision=2), ENGLISH)
    assert page.get("lang") == "en"
    (article,) = page.xpath("//main//article")
    assert article.get("lang") == "zh"
    assert article.xpath(".//p[@class='kicker']/@lang") == ["en"]
    assert text_of(article, ".//p[@class='kicker']") == "Reprinted by: The Lake"
    everything = said(page)
    for label in ("Hot topics", "By: 林一, 周二", "Correction", "(revision 2)", "Source: https://", "Disclaimer: "):
        assert label in everything
    assert not set("转载作者来源") & set(text_of(page, "//header[@class='masthead'] | //footer[@class='colophon']"))
    item = read(Press(ENGLISH).home([line_of(change)], HOT)).xpath("//li[@class='item']")[0]
    assert item.get("lang") == "zh"


def test_a_page_in_the_articles_language_does_not_name_it_again(change: Change):
    assert page_of(change).xpath("//main//*/@lang") == []


def test_a_text_that_is_read_from_the_right_says_so(change: Change):
    (article,) = page_of(told(change, language="ar")).xpath("//main//article")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("language", "shown"), [("zh", "zh"), ("zh-Hant", "zh-Hant"), ("en-GB", "en-GB"), ("fr", "en")]
)
def test_a_page_says_the_language_of_its_own_words(language: str, shown: str):
    assert read(Press(attrs.evolve(SITE, language=language)).search()).get("lang") == shown


# -- what is hostile -------------------------------------------------------------------------------------------------

NASTY = [
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</title></textarea></style></script><script>alert(1)</script>",
    "<!--",
    "]]><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\u202egnp.exe\u2028\x00\x1b[2J",
    "%s {0} {words}",
]
KEPT = {"body_html", "published_local", "updated_at", "modified_at", "published_at", "first_seen_at", "reprint"}


def poisoned(value: Any, bad: str) -> Any:
    """``value`` with ``bad`` at the end of every string in it; an address stays one of http(s)."""
    if isinstance(value, str):
        return value + bad
    if isinstance(value, dict):
        return {name: poisoned(inner, bad) if name not in KEPT | {"kind"} else inner for name, inner in value.items()}
    return [poisoned(inner, bad) for inner in value] if isinstance(value, list | tuple) else value


def skeleton(page: bytes) -> list[tuple[str, list[str]]]:
    """Every element with the names of its attributes, but for the pieces of headlines: what a hostile text must not
    change."""
    tree = read(page)
    pieces = set(tree.xpath("//h1//span[not(@*)] | //h2//span[not(@*)] | //h3//span[not(@*)]"))
    return [(str(element.tag), sorted(element.attrib)) for element in tree.iter() if element not in pieces]


def pages_of(press: Press, change: Change) -> Iterator[bytes]:
    """The pages that show what an article says of itself."""
    line = line_of(change)
    named = Listing(kind="topic", name=change.topics[0]["topic"], title=change.topics[0]["topic"])
    yield press.article(change)
    yield press.home([line, line], [{"topic": named.name, "kind": "place", "score": 1.0, "articles": 1}])
    yield press.front(named, [line], [Bucket(name="2025-11", articles=1)])
    yield press.part(named, "2025-11", 2, [line], is_last=False)
    yield press.topics([], [(named, 1)], [(named, 2)])


@pytest.fixture
def steady(change: Change) -> Change:
    return told(change, correction="改为十时。", revision=2, language="xx", images=[picture("https://i.example/1.jpg")])


def test_no_text_of_an_article_becomes_markup(steady: Change):
    press = Press(SITE)
    harmless = [skeleton(page) for page in pages_of(press, steady)]

    @given(st.sampled_from(NASTY) | st.text(max_size=40) | st.text(string.punctuation, max_size=20))
    def hold(bad: str) -> None:
        assert steady.article is not None
        hostile = attrs.evolve(
            steady,
            article=poisoned(steady.article, f"x{bad}x"),
            related=poisoned(list(steady.related), f"x{bad}x"),
            topics=poisoned(list(steady.topics), f"x{bad}x"),
        )
        pages = list(pages_of(press, hostile))
        assert [skeleton(page) for page in pages] == harmless
        for page in pages:
            assert not re.search("[\x00-\x08\x0e-\x1f\u202e\u2028]", page.decode())
            for address in read(page).xpath("//@href | //@src | //@action"):
                assert re.match(r"https?://|\.{0,2}/|\.\.|ninjs\.json$|#main$", address), address

    hold()


def test_a_headline_is_shown_letter_by_letter(change: Change):
    nasty = '<b>&amp; "quoted" {{ site }}</b>'
    assert text_of(page_of(told(change, headline=nasty)), "//h1") == nasty


@pytest.mark.parametrize("bad", NASTY)
def test_no_word_of_the_operators_becomes_markup(bad: str):
    good = Press(attrs.evolve(SITE, name="x", handle="y", contact="z"))
    odd = Press(attrs.evolve(SITE, name=f"x{bad}x", handle=f"y{bad}y", contact=f"z{bad.replace('@', '')}z"))
    for make in (Press.search, Press.not_found, lambda press: press.about([])):
        assert skeleton(make(odd)) == skeleton(make(good))


def test_an_address_that_is_none_of_the_web_is_no_link(change: Change):
    odd = page_of(told(change, url="javascript:alert(1)", credit_url="data:text/html,x", images=[picture("data:x")]))
    addresses = odd.xpath("//@href | //@src") + head(odd, "og:image") + canonical(odd)
    assert not [address for address in addresses if re.match("javascript|data", address)]
    about = read(Press(SITE).about([{"slug": "m", "name": "晨网", "home": "javascript:alert(1)"}]))
    assert about.xpath("//a[text()='晨网']") == []


def every_page(press: Press, change: Change) -> dict[str, bytes]:
    """A small site whole, by its paths."""
    line, id_ = line_of(change), change.article_id
    pages = {
        "": press.home([line, line], HOT),
        "topic/": press.topics(HOT, [(SOCIETY, 1)], [(MORNING, 1)]),
        "day/": press.days([Bucket(name="2025-11-19", articles=201)]),
        path_of(id_): press.article(change),
        path_of(1): press.withdrawn(1, "2025-11-19T09:00:00Z"),
        "search/": press.search(),
        "about/": press.about([{"slug": "morning", "name": "晨网", "home": "https://morning.example/"}]),
        "404.html": press.not_found(),
    }
    for listing in (TAIYUAN, SOCIETY, MORNING):
        pages[listing.path] = press.front(listing, [line], [Bucket(name="2025-11", articles=1)])
        pages[listing.part("2025-11", 1)] = press.part(listing, "2025-11", 1, [line], is_last=True)
    for number in (1, 2, 3):
        pages[ALL.part("2025-11-19", number)] = press.part(ALL, "2025-11-19", number, [line], is_last=number == 3)
    return pages


def test_every_link_within_the_site_is_relative_and_leads_somewhere(change: Change):
    press = Press(SITE)
    pages = every_page(press, attrs.evolve(change, related=[row(1)]))
    files = {name for name, _ in press.static()} | {"feed.xml", "rss.xml", "feed.json", "static/search.js"}
    files |= {f"{listing.path}feed.xml" for listing in (TAIYUAN, SOCIETY, MORNING)}
    files |= {f"{path_of(id_)}ninjs.json" for id_ in (1, change.article_id)}
    for path, page in pages.items():
        links = {unquote(link) for link in read(page).xpath("//@href | //@src | //@action")}
        inner = {link for link in links if not re.match("https?:|mailto:|#", link)}
        assert len(inner) > 8
        if path == "404.html":
            assert all(link.startswith("/") for link in inner)
        else:
            assert not any(link.startswith("/") for link in inner)
        found = {re.split("[?#]", urljoin(f"/{path}", link))[0].removeprefix("/") for link in inner}
        assert found <= pages.keys() | files, path


def test_the_page_that_is_not_found_finds_its_style_at_any_depth():
    below = read(Press(attrs.evolve(SITE, base="https://reprint.example/新闻")).not_found())
    links = below.xpath("//@href | //@action")
    assert {link for link in links if not link.startswith(("/%E6%96%B0%E9%97%BB/", "#"))} == set()
    assert head(below, "robots") == ["noindex"]
    assert canonical(below) == []


def test_no_page_has_a_script_or_style_in_it_and_all_keep_the_policy(change: Change):
    for path, page in every_page(Press(SITE), change).items():
        tree = read(page)
        first, second = tree.find("head")[:2]
        assert first.get("charset") == "utf-8"
        assert (second.get("http-equiv"), second.get("content")) == ("Content-Security-Policy", CSP)
        assert tree.xpath("//style | //@style") == []
        assert [name for element in tree.iter() for name in element.attrib if name.startswith("on")] == []
        scripts = tree.xpath("//script")
        assert all(script.get("type") == "application/ld+json" or script.text is None for script in scripts)
        assert {script.get("src") for script in scripts} == {"search/": {"../static/search.js"}}.get(
            path, {None} if path == path_of(change.article_id) else set()
        )


def test_every_page_has_its_landmarks_one_heading_and_a_way_to_its_text(change: Change):
    for page in every_page(Press(SITE), change).values():
        tree = read(page)
        assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == 1
        assert tree.xpath("//body/*[1]/@href") == ["#main"]
        assert tree.xpath("/html/body/header//nav/@aria-label")
        assert len(tree.xpath("//form[@role='search' and @method='get']//input[@name='q']")) == 1
        assert tree.xpath("/html/body/footer")
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_the_same_articles_give_the_same_bytes(change: Change):
    assert every_page(Press(SITE), change) == every_page(Press(SITE), change)


# -- the body --------------------------------------------------------------------------------------------------------


def dressed(clean: str, **more: Any) -> HtmlElement:
    assert sanitise(clean) == clean
    return html.fragment_fromstring(str(body(clean, "../../", words("zh"), more.get("pictures", {}))), "div")


def test_pictures_wait_and_always_have_an_alternative_text():
    story = dressed(
        '<p><img src="https://i.example/1.jpg" alt="湖" width="600" height="400"></p>'
        '<p><img src="https://i.example/2.jpg"></p>'
        '<p><a href="https://i.example/" rel="nofollow noopener noreferrer"><img src="https://i.example/3.jpg"></a></p>'
    )
    images = list(story.iter("img"))
    assert [image.get("alt") for image in images] == ["湖", "", "图"]
    assert {(image.get("loading"), image.get("decoding")) for image in images} == {("lazy", "async")}
    assert (images[0].get("width"), images[0].get("height")) == ("600", "400")


def test_the_attributes_of_a_picture_stand_in_one_order_whatever_the_process():
    clean = '<p><img src="https://i.example/1.jpg" alt="湖" width="600" height="400"></p>'
    made = set()
    for _ in range(30):
        _cleaner.cache_clear()
        made.add(str(body(clean, "../../", words("zh"), {})))
    (one,) = made
    assert re.findall(r" ([a-z]+)=", one) == ["src", "alt", "width", "height", "loading", "decoding"]


@pytest.mark.parametrize(
    ("alt", "caption", "told"),
    [
        ("湖边新馆", "湖边新馆。王五 摄", ""),
        ("湖边新馆。", "湖边新馆", ""),
        (" 湖边  新馆", "湖边 新馆", ""),
        ("湖边新馆外景", "湖边新馆", "湖边新馆外景"),
        ("读者", "湖边新馆的读者", "读者"),
    ],
)
def test_a_caption_that_begins_with_the_alternative_text_stands_alone(alt: str, caption: str, told: str):
    story = dressed(
        f'<figure><img src="https://i.example/1.jpg" alt="{alt}"><figcaption>{caption}</figcaption></figure>'
    )
    assert [image.get("alt") for image in story.iter("img")] == [told]
    assert story.text_content() == caption


def test_a_mirrored_picture_takes_the_place_of_the_one_elsewhere():
    @attrs.frozen
    class Mirrored:
        path: str = "i/ab/ab12.jpg"
        width: int = 800
        height: int = 450

    story = dressed(
        '<p><img src="https://i.example/1.jpg" width="9"><img src="https://i.example/2.jpg"></p>',
        pictures={"https://i.example/1.jpg": Mirrored()},
    )
    first, second = story.iter("img")
    assert (first.get("src"), first.get("width"), first.get("height")) == ("../../i/ab/ab12.jpg", "800", "450")
    assert second.get("src") == "https://i.example/2.jpg"


def test_a_mirrored_picture_is_the_one_that_is_named_to_others(change: Change):
    @attrs.frozen
    class Mirrored:
        path: str = "i/ab/ab12.jpg"
        width: int = 800
        height: int = 450

    page = read(Press(SITE).article(change, {"https://img.example/1.jpg": Mirrored()}))
    assert head(page, "og:image") == ["https://reprint.example/i/ab/ab12.jpg"]


def test_a_table_scrolls_in_a_box_that_a_keyboard_reaches():
    story = dressed("<p>上</p><table><tbody><tr><td>一</td></tr></tbody></table>下<p>末</p>")
    (box,) = story.xpath("./div")
    assert (box.get("class"), box.get("tabindex"), box.get("aria-label")) == ("table", "0", "表格")
    assert [child.tag for child in box] == ["table"]
    assert story.text_content() == "上一下末"


def test_headings_begin_below_the_pages_own_and_skip_no_level():
    story = dressed("<h4>一</h4><h2>二</h2><h4>三</h4><h3>四</h3><h4>五</h4><h2>六</h2>")
    assert [element.tag for element in story] == ["h2", "h2", "h3", "h3", "h4", "h2"]


def test_what_leads_nowhere_is_no_link_and_no_picture():
    story = dressed(
        '<p><a rel="nofollow noopener noreferrer">一</a>'
        '<a href="https://x.example/" rel="nofollow noopener noreferrer"> </a><img alt="二">三</p><p>四</p>'
    )
    assert [element.tag for element in story.iter()] == ["div", "p", "p"]
    assert story.text_content() == "一 三四"


def test_addresses_in_the_body_are_uris():
    story = dressed('<p><img src="https://i.example/{湖}|1.jpg" alt="湖"></p>')
    assert [image.get("src") for image in story.iter("img")] == ["https://i.example/%7B%E6%B9%96%7D%7C1.jpg"]


def test_an_item_without_a_list_is_a_paragraph():
    story = dressed("<li>一</li><ul><li>二</li></ul>")
    assert [element.tag for element in story.iter()] == ["div", "p", "ul", "li"]


def test_words_that_look_like_markup_in_an_attribute_stay_words():
    alt = "<img src=x onerror=alert(1)> <table> <script>"
    story = dressed(sanitise(f'<p><img src="https://i.example/1.jpg" alt="{alt}"></p>'))
    (image,) = story.iter("img")
    assert image.get("alt") == alt
    assert [element.tag for element in story.iter()] == ["div", "p", "img"]


_PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "<li>",
            "<ul>",
            "</ul>",
            "<h2>",
            "</h2>",
        ),
        *(
            '<a href="https://x.example/">',
            "</a>",
            '<img src="https://x.example/i.png" alt="a<b">',
            "<figure>",
            "湖 & <",
        ),
        *("<svg><style>", "</style>", "<math><mtext>", "<noscript>", "<!--", "-->", '<img src=x onerror="alert(1)">'),
        *("<script>alert(1)</script>", '<a href="javascript:alert(1)">', "<template>", "<xmp>", "\x0c", "&lt;script>"),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_whatever_the_body_nothing_but_its_clean_tags_comes_of_it(wild: str):
    made = str(body(sanitise(wild), "../../", words("zh"), {}))
    for element in html.fragment_fromstring(made, "div").iter():
        assert element.tag in TAGS | {"div"}
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert element.get(name, "https://").startswith(("https://", "http://"))


# -- lists and the other pages ---------------------------------------------------------------------------------------


def test_a_list_shows_of_each_article_when_what_and_whose(change: Change):
    press, line = Press(SITE), line_of(change)
    for page in (
        press.home([line], []),
        press.front(SOCIETY, [line], []),
        press.part(ALL, "2025-11-19", 1, [line], is_last=True),
    ):
        (item,) = read(page).xpath("//li[@class='item']")
        assert text_of(item, ".//h2 | .//h3") == "湖边新馆迎客"
        assert item.xpath(".//h2/a/@href | .//h3/a/@href")[0].endswith(f"a/{change.article_id}/")
        assert text_of(item, ".//p[@class='opening']") == "湖边新馆今日迎客。读者排起长队。"
        assert "16:29" in text_of(item, ".//time")
        assert text_of(item, ".//p[@class='facts']/a").split() == ["晨网", "太原"]
        assert text_of(item, ".//span[@class='mark']") == "更正"


@pytest.mark.parametrize(
    ("headline", "pieces"),
    [
        ("老小区装上“会说话”的管家 入冬后投诉降七成", ["老小区装上“会说话”的管家", "入冬后投诉降七成"]),
        ("湖边\u3000新馆 <b>开门</b>", ["湖边", "新馆", "<b>开门</b>"]),
        ("湖边新馆“开门”", []),
        ("A library opens", []),
    ],
)
def test_a_headline_may_end_its_lines_where_its_writer_left_blanks(change: Change, headline: str, pieces: list[str]):
    change = attrs.evolve(told(change, headline=headline), related=[row(1, headline=headline)])
    page, home = page_of(change), read(Press(SITE).home([line_of(change)], []))
    for heading in (*page.xpath("//h1 | //ol[@class='beside']//h3"), *home.xpath("//li[@class='item']//h2")):
        assert heading.text_content() == headline
        assert [span.text for span in heading.iter("span")] == pieces
    assert page.findtext(".//title") == f"{headline} - 湖畔转载"


def test_an_opening_is_cut_and_says_so(change: Change):
    def opening(summary: str | None, language: str = "zh") -> str:
        line = line_of(told(change, summary=summary, language=language))
        return text_of(read(Press(SITE).home([line], [])), "//p[@class='opening']")

    assert opening("湖" * 130) == "湖" * 120 + "…"
    assert opening("湖" * 100) == "湖" * 100 + "…"
    assert opening("湖" * 99 + "“") == "湖" * 99 + "…"
    assert opening("湖" * 99 + "。") == "湖" * 99 + "。"
    assert opening("湖边\n新馆") == "湖边 新馆"
    assert opening("lake " * 40, "en") == ("lake " * 40).strip() + "…"
    assert opening(None) == ""


def test_the_home_page_has_the_day_of_its_newest_article_and_the_hot_topics(change: Change):
    home = read(Press(SITE).home([line_of(change)] * 3, HOT))
    assert text_of(home, "//p[@class='issue']") == "2025年11月19日 星期三"
    assert [unquote(link) for link in home.xpath("//ol[@class='hot']//a/@href")] == ["./topic/太原/"]
    assert len(home.xpath("//li[@class='item']")) == 3
    assert "还没有文章。" in said(read(Press(SITE).home([], [])))


def test_the_topics_page_counts(change: Change):
    page = read(Press(ENGLISH).topics(HOT, [(SOCIETY, 1)], [(MORNING, 1200)]))
    assert [unquote(link) for link in page.xpath("//main//a/@href")] == [
        *("../topic/太原/", "../section/社会/", "../source/morning/"),
    ]
    assert page.xpath("//span[@class='count']/text()") == ["3 articles", "1 article", "1200 articles"]


def test_parts_lead_to_their_neighbours(change: Change):
    def neighbours(number: int, is_last: bool) -> dict[str, str]:
        page = read(Press(SITE).part(TAIYUAN, "2025-11", number, [line_of(change)], is_last=is_last))
        in_head = {
            link.get("rel"): unquote(link.get("href")) for link in page.xpath("//link[@rel='prev' or @rel='next']")
        }
        in_page = {a.get("rel"): unquote(a.get("href")) for a in page.xpath("//nav[@class='pager']/a")}
        assert in_head == in_page
        return in_page

    assert neighbours(1, True) == {}
    assert neighbours(1, False) == {"next": "../../../topic/太原/2025-11/2/"}
    assert neighbours(2, True) == {"prev": "../../../../topic/太原/2025-11/"}
    assert neighbours(3, False) == {
        "prev": "../../../../topic/太原/2025-11/2/",
        "next": "../../../../topic/太原/2025-11/4/",
    }


def test_days_stand_under_their_months():
    page = read(Press(SITE).days([Bucket(name=day, articles=1) for day in ("2025-12-01", "2025-11-30", "2025-11-19")]))
    assert page.xpath("//h2/text()") == ["2025年12月", "2025年11月"]
    assert page.xpath("//main//a/@href") == ["../day/2025-12-01/", "../day/2025-11-30/", "../day/2025-11-19/"]
    assert page.xpath("//main//a/text()") == ["1日 星期一", "30日 星期日", "19日 星期三"]


def test_the_notice_of_a_withdrawn_article_says_the_moment_with_its_zone_how_another_is_removed_and_no_more():
    page = read(Press(SITE).withdrawn(7, "2025-11-19T17:30:00Z"))
    when = "2025-11-19 17:30 UTC"
    assert said(page) == f"本文已撤下 这篇文章已于 {when} 从本站撤下，不再提供。 如何撤下一篇文章 回到首页"
    assert page.xpath("//main//a/@href") == ["../../about/#removal", "../../"]
    assert head(page, "robots") == ["noindex"]
    assert page.xpath("//script") == canonical(page) == []


def test_the_search_page_leads_elsewhere_without_a_script():
    page = read(Press(ENGLISH).search())
    (form,) = page.xpath("//form")
    assert form.get("id") == "search"
    assert form.get("data-found") == "Articles found: {n}"
    assert page.xpath("//noscript//a/@href") == ["../topic/", "../day/"]
    assert page.xpath("//*[@id='status']/@aria-live") == ["polite"]


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("editor@reprint.example", ["mailto:editor@reprint.example"]),
        ("https://reprint.example/write", ["https://reprint.example/write"]),
        ("电话 0351", []),
        ("", []),
    ],
)
def test_who_runs_the_site_is_told_with_the_way_to_reach_them(contact: str, href: list[str]):
    page = read(Press(attrs.evolve(SITE, contact=contact)).about([]))
    found = page.xpath("//h2[@id='removal']/following-sibling::p[1]")[0]
    assert found.xpath("./a/@href") == href
    assert contact in said(page)
    assert "湖畔" in said(page)


# -- overriding ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own" / "static").mkdir(parents=True)
    return tmp_path / "own"


def test_a_template_of_the_operators_takes_the_place_of_one_and_may_build_on_it(folder: Path, change: Change):
    (folder / "withdrawn.html").write_text("<p>gone {{ at.day }}</p>\n", "utf-8")
    (folder / "article.html").write_text(
        '{% extends "newscrawl/article.html" %}{% block terms %}<p>ours</p>{{ super() }}{% endblock %}', "utf-8"
    )
    press = Press(SITE, templates=folder)
    assert press.withdrawn(1, "2025-11-19T09:00:00Z") == b"<p>gone 2025-11-19</p>"
    page = said(read(press.article(change)))
    assert page.index("ours") < page.index("文章来源：")
    assert press.search() == Press(SITE).search()


def test_static_files_of_the_operators_join_the_others(folder: Path):
    (folder / "static" / "style.css").write_text("body { color: red }", "utf-8")
    (folder / "static" / "fonts").mkdir()
    (folder / "static" / "fonts" / "a.woff2").write_bytes(b"font")
    (folder / "static" / ".hidden").write_bytes(b"")
    files = dict(Press(SITE, templates=folder).static())
    assert files["static/style.css"] == b"body { color: red }"
    assert files["static/fonts/a.woff2"] == b"font"
    assert files["static/icon.svg"] == dict(Press(SITE).static())["static/icon.svg"]
    assert "static/.hidden" not in files


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("about.html", b"one\n{% if %}", r"about\.html: line 2: "),
        ("about.html", b"one\n\n{{ articel }}", r"about\.html: line 3: 'articel' is undefined"),
        ("about.html", b'{% extends "bsae.html" %}', r"asks for the template bsae\.html, which is not there"),
        ("about.html", b"\xff\xfe", r"about\.html: the template is not UTF-8"),
    ],
)
def test_a_template_that_is_wrong_is_named_with_its_line(folder: Path, name: str, text: bytes, complaint: str):
    (folder / name).write_bytes(text)
    with pytest.raises(BadFile, match=complaint):
        Press(SITE, templates=folder).about([])


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"article.html": '{% extends "article.html" %}'}, r'own/article\.html.*itself.*"newscrawl/article\.html"'),
        (
            {"base.html": '{% extends "about.html" %}', "about.html": '{% extends "newscrawl/about.html" %}'},
            r"own/(base|about)\.html.*it extends itself",
        ),
        ({"macros.html": '{% import "macros.html" as show %}'}, r"own/macros\.html.*it extends itself"),
        ({"aboutt.html": "x"}, r"own/aboutt\.html.*no page is made of it; .*404\.html, about\.html"),
        ({"aboutt.html": '{% include "more.html" %}', "more.html": ""}, r"own/aboutt\.html.*no page is made of it"),
        (
            {"article.html": '{% extends "newscrawl/article.html" %}\n{% block trems %}{% endblock %}'},
            r"own/article\.html.*line 2: nothing prints its block trems; .*terms",
        ),
    ],
)
def test_a_template_that_would_do_nothing_is_refused(folder: Path, files: dict[str, str], complaint: str):
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(BadFile, match=complaint):
        Press(SITE, templates=folder)


def test_templates_may_be_parts_of_each_other_and_bring_blocks_of_their_own(folder: Path, change: Change):
    build, end = '{% extends "newscrawl/article.html" %}', "{% endblock %}"
    (folder / "parts").mkdir()
    (folder / "parts" / "thanks.html").write_text("<p>thanks{% block name %}{% endblock %}</p>", "utf-8")
    terms = '{% block terms %}{% include "parts/thanks.html" %}{% block mine %}mine{% endblock %}'
    (folder / "article.html").write_text(f"{build}{terms}{end}{{% block title %}}t{end}", "utf-8")
    (folder / "base.html").write_text('{% extends "newscrawl/base.html" %}{% block finder %}{% endblock %}', "utf-8")
    (folder / "static" / "check.html").write_text("{% not a template", "utf-8")
    page = read(Press(SITE, templates=folder).article(change))
    assert "thanks mine" in " ".join(text_of(page, "//main").split())
    assert page.xpath("//form") == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(BadOption, match=r"--templates: .*nowhere is no folder"):
        Press(SITE, templates=tmp_path / "nowhere")


def _rename(folder: Path) -> Press:
    return Press(attrs.evolve(SITE, name="别名"))


def _speak(folder: Path) -> Press:
    return Press(attrs.evolve(SITE, language="en"))


def _retouch(folder: Path) -> Press:
    (folder / "404.html").write_text("none", "utf-8")
    return Press(SITE, templates=folder)


def _recolour(folder: Path) -> Press:
    (folder / "static" / "style.css").write_text("", "utf-8")
    return Press(SITE, templates=folder)


@pytest.mark.parametrize("other", [_rename, _speak, _retouch, _recolour])
def test_the_fingerprint_is_another_where_pages_would_be_others(folder: Path, other: Callable[[Path], Press]):
    assert Press(SITE).fingerprint == Press(SITE, templates=folder).fingerprint
    assert re.fullmatch("[0-9a-f]{64}", Press(SITE).fingerprint)
    assert other(folder).fingerprint != Press(SITE).fingerprint


def test_pages_name_another_style_by_another_address(folder: Path):
    (folder / "static" / "style.css").write_text("", "utf-8")

    def style(press: Press) -> str:
        return str(read(press.search()).xpath("//link[@rel='stylesheet']/@href")[0])

    assert style(Press(SITE, templates=folder)) != style(Press(SITE))


def test_both_languages_have_the_same_words_with_the_same_gaps():
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name} - {"month", "month_name"}

    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for name, text in WORDS["zh"].items():
        assert gaps(text) == gaps(WORDS["en"][name]), name


DOCS = Path(__file__).resolve().parents[2] / "docs" / "site.md"


def test_the_documentation_names_every_template_and_block_and_the_policy():
    written = DOCS.read_text("utf-8")
    for template in (HERE / "templates").glob("*.html"):
        assert f"`{template.name}`" in written
        blocks = re.findall(r"{% block (\w+) %}", template.read_text("utf-8"))
        row = next(line for line in written.splitlines() if line.startswith("|") and f"`{template.name}`" in line)
        base = next(line for line in written.splitlines() if line.startswith("| `base.html`"))
        assert [block for block in blocks if f"`{block}`" not in row + base] == []
    assert written.count(CSP) == 2
