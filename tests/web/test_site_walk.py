"""A reader walks through the published sites in Chromium, under the strict policy, on a host without TLS.

After every walk the console is empty, nothing was refused, and nobody else was asked but for pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from browsing import PHONE, Visit, visiting
from lxml import html
from playwright.sync_api import Browser, expect
from running import Desk
from sites import FILE, kinds, pages
from sites import SITE as ENGLISH
from web_made import CSP, SITE, Server

TOPIC = "太原"
LEAD = "chinanews:10518665"


@pytest.fixture
def visit(browser: Browser, host: Server) -> Iterator[Visit]:
    with visiting(browser, host, by_name=True) as visit:
        yield visit
        assert visit.is_silent()
        assert {use for use, _ in visit.asked} <= {"image"}


@pytest.fixture
def english(browser: Browser, english_host: Server) -> Iterator[Visit]:
    with visiting(browser, english_host, by_name=True, locale="en-GB") as visit:
        yield visit
        assert visit.is_silent()
        assert {use for use, _ in visit.asked} <= {"image"}


@pytest.fixture(scope="session")
def lead(crawled: Desk, site: Path) -> dict[str, Any]:
    """What the store tells of the article that the newsroom leads with."""
    columns = ("id", "url", "headline", "dateline", "disclaimer", "body_text", "published_local", "source_name")
    (row,) = crawled.rows(f"SELECT {', '.join(columns)} FROM published WHERE key = ?", LEAD)
    return dict(zip(columns, row, strict=True))


def main(visit: Visit) -> str:
    return visit.page.locator("main").inner_text()


def heading(visit: Visit) -> str:
    return visit.page.locator("h1").inner_text()


def follow(visit: Visit, link: str) -> None:
    visit.page.locator(link).first.click()
    visit.page.wait_for_load_state()


def found(visit: Visit) -> list[str]:
    """The headlines that the search page shows when it is done."""
    expect(visit.page.locator("#status")).not_to_have_text(re.compile("…$"))  # 正在查找……
    expect(visit.page.locator("#status")).not_to_be_empty()
    return visit.page.locator("#results a[href*='/a/']").all_inner_texts()


# -- from the front page to the publisher -----------------------------------------------------------------------------


def test_home_topic_article_related_source(browser: Browser, host: Server, lead: dict[str, Any]):
    with visiting(browser, host, by_name=True) as visit:
        assert visit.go("/") == 200
        assert heading(visit) == SITE["name"]
        follow(visit, f"main .hot a:text-is('{TOPIC}')")
        assert visit.here() == f"/topic/{quote(TOPIC)}/"
        assert heading(visit) == TOPIC
        follow(visit, f"main a:has-text('{lead['headline']}')")
        assert visit.here() == f"/a/{lead['id']}/"
        assert heading(visit) == lead["headline"]
        related = visit.page.locator(".related a[href*='/a/']").first
        headline = related.inner_text()
        related.click()
        visit.page.wait_for_url("**/a/*/")
        assert heading(visit) == headline
        visit.page.go_back()
        source = visit.page.locator(f"main a:text-is('{lead['url']}')")
        assert source.get_attribute("href") == lead["url"]
        assert visit.is_silent()
        assert {use for use, _ in visit.asked} <= {"image"}
        with visit.page.expect_request(lead["url"]) as request:
            source.click()
        assert request.value.is_navigation_request()
        assert "referer" not in request.value.all_headers()
        assert visit.asked[-1] == ("document", lead["url"])
        assert visit.here() == f"/a/{lead['id']}/"
        assert visit.is_silent()


def test_the_article_page_has_the_seeds_elements_in_their_order(visit: Visit, lead: dict[str, Any], crawled: Desk):
    visit.go(f"/a/{lead['id']}/")
    trail = visit.page.locator("nav.crumbs li").all_inner_texts()
    assert trail == [SITE["name"], "热点", TOPIC, lead["headline"]]
    related = crawled.rows(
        "SELECT substr(r.published_at, 1, 10), r.headline, r.summary FROM published_related AS r"
        " JOIN published_topics AS t ON t.article_id = r.related_id AND t.topic = ?"
        " WHERE r.article_id = ? AND r.summary IS NOT NULL",
        TOPIC,
        lead["id"],
    )
    assert len(related) > 2
    text, body = main(visit), lead["body_text"].split("\n")
    assert body[0].startswith(lead["dateline"])
    heading_at = text.index(lead["headline"], text.index(SITE["handle"]))
    terms = (f"文章来源：{lead['url']}", lead["disclaimer"], f"{TOPIC} · 相关")
    first = [text.index(words) for words in (*trail, SITE["handle"], *body, *terms)]
    assert first == sorted(first)
    assert text.index(SITE["handle"]) < heading_at < text.index(lead["published_local"][:10]) < text.index(body[0])
    items = visit.page.locator(".related li").all_inner_texts()
    shown = {tuple(item.replace("\n\n", "\n").rstrip("…").split("\n")) for item in items}
    assert len(shown) == len(items) >= 5
    assert shown <= set(related)


def test_a_front_leads_to_all_of_its_articles(english: Visit):
    """Of 212 in a section thirty stand on its front; days and their parts hold all."""
    english.go("/")
    follow(english, "nav a:text-is('Hot topics')")
    follow(english, "main a:text-is('Local')")
    assert english.page.locator("main .list > li").count() == 30
    days = english.page.locator("main .index a").all_inner_texts()
    assert days == ["Wednesday 19", "Tuesday 18"]
    follow(english, "main .index a")
    assert heading(english) == "Local · Wednesday, 19 November 2025"
    seen = english.page.locator("main .list > li").count()
    english.page.go_back()
    follow(english, f"main .index a:text-is('{days[1]}')")
    for part in ("/2025-11-18/", "/2025-11-18/2/", "/2025-11-18/3/"):
        assert english.here().endswith(part)
        seen += english.page.locator("main .list > li").count()
        if english.page.locator("a[rel=next]").count():
            follow(english, "a[rel=next]")
    assert seen == 212
    follow(english, "a[rel=prev]")
    assert english.here().endswith("/2025-11-18/2/")


def test_what_is_nowhere_is_told_at_any_depth_and_leads_home(browser: Browser, english_host: Server):
    with visiting(browser, english_host) as visit:
        assert visit.go("/topic/nowhere/at/all/") == 404
        assert heading(visit) == "Page not found"
        assert visit.page.evaluate("document.styleSheets.length") == 1
        follow(visit, "main a")
        assert visit.here() == "/"
        assert visit.refused == []


def test_a_withdrawn_article_leaves_a_notice_and_a_corrected_one_says_so(english: Visit, english_site: Path):
    english.go(kinds(english_site)["withdrawn"])
    assert "withdrawn" in heading(english)
    assert re.search(r"withdrawn from this site on 2025-11-19 [0-9:]{5} UTC", main(english))
    english.go("/search/?q=withdrawn")
    assert found(english) == []
    english.go(f"/search/?q={quote('day 7')}")
    follow(english, "#results a:text-is('What is told of day 7')")
    assert "Correction: it was the eighth." in main(english)
    assert "revision 2" in main(english)


# -- search -----------------------------------------------------------------------------------------------------------


def expected(desk: Desk, word: str) -> list[str]:
    """Headlines that hold it in what is searched, the newest first."""
    columns = ("headline", "subheadline", "authors", "account", "credit", "source_name")
    searched = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    topics = "SELECT group_concat(topic, ' ') FROM published_topics AS t WHERE t.article_id = p.id"
    return desk.column(
        f"SELECT headline FROM published AS p WHERE instr({searched} || ' ' || coalesce(({topics}), ''), ?)"
        " ORDER BY published_at DESC, id DESC",
        word,
    )


@pytest.mark.parametrize("word", [TOPIC, "醋", "供热管家"])
def test_the_search_page_finds_what_its_address_asks(visit: Visit, crawled: Desk, word):
    visit.go(f"/search/?q={quote(word)}")
    assert visit.page.locator("#q").input_value() == word
    assert found(visit) == expected(crawled, word) != []


def test_typing_finds_and_the_address_keeps_it(visit: Visit, crawled: Desk):
    visit.go("/search/")
    visit.page.locator("#q").press_sequentially(TOPIC, delay=50)
    visit.page.wait_for_url(f"**/search/?q={quote(TOPIC)}")
    assert found(visit) == expected(crawled, TOPIC)
    follow(visit, "#results a")
    assert heading(visit) == expected(crawled, TOPIC)[0]
    visit.page.go_back()
    assert visit.page.locator("#q").input_value() == TOPIC
    assert found(visit) == expected(crawled, TOPIC)


def test_every_page_has_a_finder_that_leads_to_the_search_page(visit: Visit, crawled: Desk):
    visit.go(f"/topic/{quote(TOPIC)}/")
    visit.page.get_by_role("searchbox").fill("钢厂")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search/?q=*")
    assert found(visit) == expected(crawled, "钢厂") != []


def test_no_result_and_no_word_are_told_in_words(visit: Visit):
    visit.go(f"/search/?q={quote('没有人写过这个')}")
    assert found(visit) == []
    assert visit.page.locator("#status").inner_text() == "没有找到含有这些词的文章。"
    visit.page.locator("#q").fill("")
    visit.page.wait_for_url("**/search/")
    expect(visit.page.locator("#results li")).to_have_count(0)


def test_english_words_are_found_in_part_and_in_any_case(english: Visit):
    english.go("/search/?q=EXCER")
    assert found(english) == ["What is told of an excerpt"]
    english.go("/search/?q=told+day")
    assert len(found(english)) == 20
    english.page.get_by_role("button", name="More").click()
    expect(english.page.locator("#results > li")).to_have_count(40)


def test_an_index_that_cannot_be_had_is_told(browser: Browser, host: Server):
    with visiting(browser, host) as visit:
        visit.context.route("**/search/index.json", lambda route: route.fulfill(status=500))
        visit.go(f"/search/?q={quote(TOPIC)}")
        assert found(visit) == []
        assert visit.page.locator("#status").inner_text() == "查找失败，请稍后再试。"
        assert visit.refused == []


# -- without script, by key, on paper ----------------------------------------------------------------------------------


def test_without_javascript_every_page_but_search_reads_the_same(browser: Browser, host: Server, site: Path):
    read: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for scripts, told in read.items():
        with visiting(browser, host, java_script_enabled=scripts) as visit:
            for kind, address in kinds(site).items():
                visit.go(address)
                told[kind] = main(visit)
            assert visit.said == []
    assert read[False].pop("searching") != read[True].pop("searching")
    assert read[False] == read[True]
    assert all(read[True].values())


def test_without_javascript_the_search_page_says_where_to_go(browser: Browser, host: Server):
    with visiting(browser, host, java_script_enabled=False) as visit:
        visit.go("/search/")
        assert "JavaScript" in main(visit)
        follow(visit, "noscript a")
        assert visit.here() == "/topic/"


def test_the_keyboard_skips_to_the_text_and_sees_where_it_is(visit: Visit, lead: dict[str, Any]):
    visit.go(f"/a/{lead['id']}/")
    visit.page.keyboard.press("Tab")
    skip = visit.page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('main') !== null")
    for _ in range(12):
        outline = visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        visit.page.keyboard.press("Tab")


def test_the_keyboard_searches(visit: Visit, crawled: Desk):
    visit.go("/search/")
    visit.page.locator("#q").focus()
    visit.page.keyboard.type(TOPIC)
    visit.page.keyboard.press("Enter")
    assert found(visit) == expected(crawled, TOPIC)


def test_the_dark_is_dark_and_paper_shows_the_article_alone(visit: Visit, lead: dict[str, Any]):
    visit.go(f"/a/{lead['id']}/")
    paint = (
        "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"
    )
    light = visit.page.evaluate(paint)
    visit.page.emulate_media(color_scheme="dark")
    assert visit.page.evaluate(paint) != light
    visit.page.emulate_media(media="print", color_scheme="dark")
    assert visit.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    for hidden in ("header.masthead nav", "form.finder", ".skip"):
        expect(visit.page.locator(hidden)).not_to_be_visible()
    for shown in ("h1", ".body", ".source", ".disclaimer"):
        expect(visit.page.locator(shown)).to_be_visible()


def test_an_article_that_is_written_leftwards_has_our_own_words_rightwards(english: Visit, english_site: Path):
    (found,) = [address for address, file in pages(english_site).items() if '<article lang="ar"' in file.read_text()]
    english.go(found)
    direction = "element => getComputedStyle(element).direction"
    assert english.page.locator("h1").evaluate(direction) == "rtl"
    ours = english.page.locator("article [lang=en]")
    assert set(ours.evaluate_all(f"elements => elements.map({direction})")) == {"ltr"}
    assert english.page.locator("nav.crumbs").evaluate(direction) == "ltr"


# -- what pages promise -----------------------------------------------------------------------------------------------


def test_every_page_carries_the_policy_and_no_script_or_style_of_its_own(site: Path, english_site: Path):
    for folder in (site, english_site):
        for kind, address in kinds(folder).items():
            file = folder / unquote(address).lstrip("/")
            page = html.fromstring((file / "index.html" if file.is_dir() else file).read_bytes())
            (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert (kind, policy) == (kind, CSP)
            assert page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []
            assert page.xpath("//script[not(@type='application/ld+json')]/@src") == page.xpath(
                "//script[not(@type='application/ld+json')]/@src[contains(., 'static/search.js')]"
            )


def test_pictures_come_when_they_are_near_and_say_what_they_are(english: Visit, english_site: Path):
    english.go(kinds(english_site)["article"])
    pictures = english.page.locator(".body img")
    for number in range(pictures.count()):
        pictures.nth(number).scroll_into_view_if_needed()
    expect(pictures.last).to_have_js_property("complete", True)
    assert {address for _, address in english.asked} == {f"https://img.example/{number}.jpg" for number in (2, 3)}
    assert pictures.first.get_attribute("src") == f"../../i/{FILE}"
    assert pictures.first.evaluate("image => [image.naturalWidth, image.width > 100]") == [320, True]
    assert english.page.locator(".body img:not([alt])").count() == 0
    assert english.page.locator(".body img:not([loading=lazy])").count() == 0


def test_a_phone_reads_without_zooming(browser: Browser, host: Server, lead: dict[str, Any]):
    with visiting(browser, host, viewport=PHONE, is_mobile=True) as visit:
        visit.go(f"/a/{lead['id']}/")
        size = visit.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)")
        assert size >= 16
        assert visit.page.evaluate("visualViewport.scale") == 1


def test_the_site_names_itself_where_it_is_to_be_found(english: Visit, english_site: Path, crawled: Desk, site: Path):
    address = kinds(english_site)["article"]
    english.go(address)
    canonical = "document.querySelector('link[rel=canonical]').href"
    assert english.page.evaluate(canonical) == ENGLISH["base"] + address
    page = html.fromstring((site / f"a/{crawled.column('SELECT max(id) FROM published')[0]}/index.html").read_bytes())
    assert page.xpath("//link[@rel='canonical']/@href")[0].startswith("https://www.chinanews.com.cn/")
