"""examples/php/reprint.php, run by the real PHP: what it answers, and that nothing an article says is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import attrs
import pytest
from lxml import html
from store_made import CLOCK, article, found, full_article
from web_made import SITE, Answer, Server, introduce, php

from newscrawl.items import Crumb, Dateline, Image, Related
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy
from newscrawl.text.han import match_phrase

POISON = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>&lt;"
POLICY = {"*": "full", "credit:摘报": "excerpt", "credit:链报": "link", "credit:禁报": "hold"}


def poisoned() -> dict[str, object]:
    """An article whose every plain field is markup, as a publisher's page could have it."""
    return {
        "headline": f"毒{POISON}",
        "subheadline": POISON,
        "section": POISON,
        "breadcrumbs": (Crumb(name=POISON, url="https://x.example/?a=<b>&\"'"),),
        "dateline": Dateline(raw=POISON, place=POISON),
        "authors": (POISON, "林一"),
        "correspondents": (POISON,),
        "editors": (POISON,),
        "credit": POISON,
        "credit_url": "https://x.example/\"'<b>",
        "summary": POISON,
        "images": (Image(url="https://img.example/1.jpg", caption=POISON, alt=POISON),),
        "keywords": (POISON,),
        "correction": POISON,
        "disclaimer": POISON,
        "url": "https://morning.example/gn/66.shtml?a=\"'<script>alert(3)</script>&amp;b",
        "related": (
            Related(headline=POISON, url="https://other.example/\"'><script>", summary=POISON),
            Related(headline="无地址" + POISON, url=None),
        ),
    }


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("php") / "新闻 #1 100%.db"
    with Writer(
        path,
        sources=[Publisher(slug="morning", name=f"晨网{POISON}")],
        policy=Policy(reprint=POLICY, outlets={}),
        clock=CLOCK,
    ) as writer:
        writer.add(attrs.evolve(full_article(), robots=()))
        writer.add(article(66, **poisoned()))
        writer.add(article(1, robots=("noindex",)))
        writer.add(article(2, credit="摘报"))
        writer.add(article(3, credit="链报"))
        writer.add(article(4, credit="禁报"))
        writer.add(article(5))
        writer.flush()
        writer.add(article(5, credit="禁报"))
    introduce(path, POLICY)
    return path


@pytest.fixture(scope="module")
def site(path: Path) -> Iterator[Server]:
    with php(path) as server:
        yield server


def parsed(answer: Answer) -> html.HtmlElement:
    return html.fromstring(answer.text)


def robots(answer: Answer) -> list[str]:
    return parsed(answer).xpath("//meta[@name='robots']/@content")


@pytest.mark.parametrize(
    "query",
    [{"key": "morning:66"}, {}, {"q": POISON}, {"topic": POISON}, {"q": "毒"}, {"key": POISON}, {"q": "alert"}],
    ids=["article", "newest", "search for it", "its topic", "search", "as a key", "found"],
)
def test_nothing_that_an_article_or_a_visitor_says_is_markup(site: Server, query: dict[str, str]):
    answer = site.get(**query)
    page = parsed(answer)
    assert page.xpath("//script | //iframe | //b[not(text()='热点')] | //img[@src='x']") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert "<script" not in answer.text
    known = {"href", "lang", "class", "id", "name", "content", "charset", "rel", "role", "type", "value", "placeholder"}
    names = {name for element in page.iter() for name in element.attrib}
    assert names <= known | {"aria-label", "aria-current"}
    assert all(re.match(r"\?|https?://", address) for address in page.xpath("//a/@href"))


def test_the_words_are_shown_as_they_stand(site: Server):
    page = parsed(site.get(key="morning:66"))
    for where in (".under", ".correction"):
        assert page.cssselect(where)[0].text_content() == POISON
    assert page.cssselect("h1")[0].text_content() == f"毒{POISON}"
    assert page.cssselect(".disclaimer")[0].text_content() == f"免责声明：{POISON}"
    assert [item.text_content() for item in page.cssselect(".related h3")][:2] == [POISON, "无地址" + POISON]


def test_body_html_alone_is_printed_as_it_is(site: Server):
    page = parsed(site.get(key="morning:9"))
    assert [p.text_content() for p in page.cssselect(".body p")] == [
        "晨网太原11月19日电 (林一 周二)湖边新馆今日迎客。",
        "读者排起长队。",
    ]


def test_the_policy_of_content_lets_in_the_pages_own_style_and_pictures_alone(site: Server):
    answer = site.get(key="morning:9")
    (style,) = parsed(answer).xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["Content-Security-Policy"] == (
        f"default-src 'none'; img-src http: https:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert parsed(answer).xpath("//@style") == []


def test_the_source_is_canonical_and_named(site: Server):
    page = parsed(site.get(key="morning:9"))
    address = "https://morning.example/gn/9.shtml"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert page.cssselect(".source")[0].text_content() == f"文章来源：{address}"
    assert page.cssselect(".source a")[0].get("href") == address


def test_a_correction_stands_above_the_text(site: Server):
    text = parsed(site.get(key="morning:9")).cssselect("article")[0].text_content()
    assert text.index("更正：开馆时间应为九时。") < text.index("湖边新馆今日迎客")


def test_noindex_is_passed_on(site: Server):
    assert robots(site.get(key="morning:1")) == ["noindex"]
    assert robots(site.get(key="morning:9")) == []
    assert robots(site.get()) == []


def test_an_excerpt_is_an_opening_and_a_way_to_the_whole(site: Server):
    page = parsed(site.get(key="morning:2"))
    assert page.cssselect(".body .opening")
    assert "馆内藏书三万册" not in page.cssselect(".body .whole")[0].text_content()
    assert page.cssselect(".whole a")[0].get("href") == "https://morning.example/gn/2.shtml"


def test_a_link_is_a_link(site: Server):
    answer = site.get(key="morning:3")
    assert [element.get("class") for element in parsed(answer).cssselect(".body > *")] == ["whole"]
    assert "第3座图书馆开馆。" not in answer.text


def test_what_was_withdrawn_is_gone_and_what_was_never_there_is_unknown(site: Server):
    gone, held, unknown = (site.get(key=key) for key in ("morning:5", "morning:4", "morning:404"))
    assert [gone.status, held.status, unknown.status] == [410, 404, 404]
    assert "文章已撤下" in gone.text
    assert "没有这篇文章" in unknown.text
    assert robots(gone) == robots(unknown) == ["noindex"]
    assert "第5座" not in gone.text + site.get().text + site.get(q="图书馆").text


def test_a_search_finds_what_the_command_finds(site: Server, path: Path):
    for words in ("湖边", "图书 第3座", "迎客", "馆", "没有的话"):
        wanted = sorted(found(Path(quote(str(path))), match_phrase(words)))
        answer = site.get(q=words)
        keys = [address.removeprefix("?key=").replace("%3A", ":") for address in parsed(answer).xpath("//h3/a/@href")]
        assert (answer.status, sorted(keys)) == (200, wanted), words
        assert robots(answer) == ["noindex"]


def test_a_topic_has_its_list_and_an_unknown_one_none(site: Server):
    answer = site.get(topic="太原")
    assert "湖边新馆迎客" in answer.text
    assert (answer.status, site.get(topic="无此地").status) == (200, 404)


def test_the_newest_are_the_front_page(site: Server):
    page = parsed(site.get())
    assert page.cssselect(".top .name")[0].text_content() == SITE["name"]
    assert len(page.cssselect(".list li")) == 5
    assert page.cssselect("#hot a")


@pytest.mark.parametrize(
    "query",
    [
        "?key[]=1",
        "?q[]=1&topic[]=2",
        "?key=%ff",
        "?q=%ff%fe",
        "?q=%00",
        "?key=%00",
        "?q=" + "%E5%AD%97" * 500,
        "?q=%22",
    ],
)
def test_odd_questions_get_ordinary_answers(site: Server, query: str):
    """No warning is logged either: the fixture looks."""
    assert site.get("/" + query).status in (200, 404)


def test_a_store_that_cannot_be_read_is_said_politely(tmp_path: Path):
    with php(tmp_path / "none.db") as server:
        answer = server.get()
    assert answer.status == 503
    assert "暂时无法读取" in answer.text
    assert "none.db" not in answer.text
    assert not (tmp_path / "none.db").exists()
