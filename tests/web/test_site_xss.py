"""A newsroom whose every field is a way to run a script is crawled and published: nothing of it runs in a browser, with
the strict Content-Security-Policy and without any.

The vectors are our own (tests/web/xss/vectors.txt) and those of brs-kb, a kept list. That what would run is noticed is
shown on plain pages that hold them as they stand.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import attrs
import brs_kb
import jinja2
import pytest
from lxml import etree
from playwright.sync_api import Browser
from poisoned import WORD, Poisoned, newsroom, of_others, plant, write
from running import NOW, Desk
from web_made import CSP, SITE, serving_site
from xss_bytes import odd_pages
from xss_vectors import WORKED_OUT, Vector, vectors
from xss_watch import Seen, Watch, watching

VECTORS = vectors()
_NOTHING = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\u2028\u2029\u2060\ufeff\u3000]+")
FLOORS = {
    "headline": 1.0,
    "breadcrumbs": 0.9,
    "body_text": 0.99,
    "images": 0.99,
    "correction": 0.99,
    "subheadline": 0.94,
    "summary": 0.94,
    "authors": 0.4,
    "related": 0.4,
    "body_html": 0.25,
    "credit": 0.18,
    "section": 0.12,
    "keywords": 0.05,
    "credit_url": 0.08,
    "dateline": 0.02,
}
"""Part of the told vectors that stand in a field as they are: the reader lets no more in (a credit has 40 characters, a
dateline's place is one)."""


@attrs.frozen
class Published:
    desk: Desk
    articles: tuple[Poisoned, ...]
    site: Path

    @property
    def pages(self) -> list[str]:
        """The paths of all pages."""
        found = sorted(page.relative_to(self.site).as_posix() for page in self.site.rglob("*.html"))
        return ["/" + quote(name.removesuffix("index.html")) for name in found]


def payloads() -> list[str]:
    """What brs-kb lists."""
    found = {told["payload"] for told in brs_kb.get_all_payloads().values()}
    return sorted(text.replace("{{CALLBACK_URL}}", "https://callback.invalid/") for text in found if text.strip())


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("poisoned")
    articles = (*newsroom(VECTORS, odd_pages(first=901)), *of_others(payloads()))
    replay = str(write(folder, articles))
    settings = {"NEWSCRAWL_REPLAY": replay, "NEWSCRAWL_NOW": NOW, "NEWSCRAWL_ARCHIVE": ""}
    desk = Desk(folder, settings | {"NEWSCRAWL_SITE": json.dumps(SITE)})
    done = desk.scrapy("crawl", "chinanews")
    assert done.code == 0, done.err[-3000:]
    plant(desk.db, VECTORS)
    return Published(desk, articles, _publish(desk, "site"))


def _publish(desk: Desk, name: str, **settings: str) -> Path:
    folder = desk.folder / name
    done = desk.scrapy("publish", str(folder), settings=settings)
    assert done.code == 0, done.err[-3000:]
    return folder


def is_clean(watch: Watch, seen: list[Seen]) -> bool:
    """Nothing ran, the policy had nothing to refuse, and no page holds what is not ours."""
    assert {one.path: one.faults for one in seen if one.faults} == {}
    assert (watch.ran, watch.refused) == ([], [])
    assert watch.pictures <= {address for one in seen for address in one.pictures}
    return True


# -- the test can fail ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page for each vector that has it where it is at home, as it stands."""
    folder = tmp_path_factory.mktemp("plain")
    head = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{CSP}">'
    for vector in VECTORS:
        (folder / _plain_name(vector)).write_text(vector.page(head), encoding="utf-8")
    return folder


def _plain_name(vector: Vector) -> str:
    return f"{vector.number}.{'xml' if vector.place == 'xml' else 'html'}"


def test_there_are_many_vectors_and_no_two_are_alike():
    assert len({vector.text for vector in VECTORS}) == len(VECTORS) >= 470
    assert len(payloads()) > 4000


def test_what_runs_in_a_plain_page_is_noticed(plain: Path, browser: Browser):
    """The rest is for other browsers, for sanitisers that read a page twice, and for template engines."""
    with serving_site(plain, csp=False) as server, watching(browser, server) as watch:
        seen = watch.look([f"/{_plain_name(vector)}" for vector in VECTORS], rest=100, again=False)
        in_a_browser = [vector for vector in VECTORS if vector.place != "template"]
        assert len(watch.numbers) > 0.8 * len(in_a_browser)
        assert {said.split(" ")[0] for said in watch.ran} >= {"xss", "alert:", "confirm:", "prompt:", "asked", "opened"}
        at_home = {vector.place for vector in VECTORS if vector.number in watch.numbers}
        assert at_home == {vector.place for vector in in_a_browser}
        assert sum(bool(one.faults) for one in seen) > 0.8 * len(in_a_browser)


def test_the_policy_alone_lets_no_script_run(plain: Path, browser: Browser):
    """It is the second wall: what it cannot forbid is that a page leads away by itself (meta refresh)."""
    with serving_site(plain) as server, watching(browser, server) as watch:
        watch.look([f"/{_plain_name(vector)}" for vector in VECTORS], rest=60, again=False)
        assert [said for said in watch.ran if not said.startswith(("asked as ", "xss a form sends"))] == []
        assert len(watch.refused) > 400


def test_a_template_engine_would_work_them_out():
    """Were they a template, and not what one prints."""
    told = [vector.text for vector in VECTORS if vector.place == "template" and "popen" not in vector.text]
    worked = 0
    for text in told:
        with contextlib.suppress(jinja2.TemplateError):
            worked += WORKED_OUT in jinja2.Template(text).render()
    assert worked >= 12


# -- the site ---------------------------------------------------------------------------------------------------------


def test_the_vectors_reach_the_store_as_they_are(published: Published):
    reached = dict.fromkeys(FLOORS, 0)
    told = [one for one in published.articles if one.way == "told"]
    columns = ", ".join(name for name in FLOORS if name != "related")
    for one in told:
        ((*values,),) = published.desk.rows(f"SELECT {columns} FROM published WHERE key = ?", one.key)
        related = published.desk.rows(
            "SELECT r.headline, r.url FROM published_related AS r JOIN published AS p ON p.id = r.article_id"
            " WHERE p.key = ? AND r.kind = 'page'",
            one.key,
        )
        row = dict(zip(columns.split(", "), values, strict=True)) | {"related": json.dumps(related)}
        for name, value in row.items():
            reached[name] += any(_bare(one.vector.text) in _bare(text) for text in _texts(value))
    short = {name: count for name, count in reached.items() if count < FLOORS[name] * len(told)}
    assert short == {}
    ((stored,),) = published.desk.rows("SELECT count(*) FROM published WHERE source = 'chinanews'")
    assert stored > 0.97 * len(published.articles)


def _texts(value: str | None) -> Iterator[str]:
    """The texts of a column, JSON or not."""
    if value is None:
        return
    yield value
    if value.startswith(("[", "{")):
        try:
            told = json.loads(value)
        except ValueError:
            return
        waiting = [told]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                yield one
            elif isinstance(one, list | dict):
                waiting += one.values() if isinstance(one, dict) else one


def _bare(text: str) -> str:
    """Without blanks and what ``plain`` takes away."""
    return _NOTHING.sub("", text)


@pytest.mark.parametrize("csp", [False, True], ids=["without the policy", "under the policy"])
def test_nothing_runs_on_any_page(published: Published, browser: Browser, csp: bool):
    pages = published.pages
    assert len(pages) > 1200
    with serving_site(published.site, csp=csp) as server, watching(browser, server) as watch:
        seen = watch.look(pages)
        assert is_clean(watch, seen)
        assert [one.path for one in seen if one.title is None] == []
        shown = {one.path: one for one in seen}
        headlines = published.desk.rows("SELECT id, headline FROM published")
        for id_, headline in headlines:
            assert _bare(shown[f"/a/{id_}/"].title or "") == _bare(headline)


SHOW_ALL = """async () => {
    const [list, more] = document.querySelectorAll("#results, #results + button");
    const until = async isSo => {
        for (let turns = 0; turns < 500 && !isSo(); turns += 1) await new Promise(done => setTimeout(done, 20));
    };
    await until(() => list.childElementCount >= 20);
    while (!more.hidden) {
        const count = list.childElementCount;
        more.click();
        await until(() => list.childElementCount > count && more.onclick || more.hidden);
    }
    return list.childElementCount;
}"""
TYPE_ALL = """async texts => {
    const [form, input, status] = ["search", "q", "status"].map(id => document.getElementById(id));
    for (const text of texts) {
        input.value = text;
        form.requestSubmit();
        await new Promise(done => setTimeout(done, 10));
    }
    return status.textContent;
}"""


@pytest.mark.parametrize("csp", [False, True], ids=["without the policy", "under the policy"])
def test_nothing_runs_in_a_search_that_finds_all_of_it(published: Published, browser: Browser, csp: bool):
    ((stored,),) = published.desk.rows("SELECT count(*) FROM published")
    asked = [f"/search/?q={quote(vector.text)}" for vector in VECTORS[::8]]
    with serving_site(published.site, csp=csp) as server, watching(browser, server) as watch:
        watch.page.goto(f"{server.origin}/search/?q={quote(WORD)}")
        assert watch.page.evaluate(SHOW_ALL) > 0.95 * stored
        results = "[...document.querySelectorAll('#results *')]"
        assert set(watch.page.evaluate(f"{results}.map(e => e.localName)")) == {"li", "h3", "p", "a", "time", "span"}
        names = set(watch.page.evaluate(f"{results}.flatMap(e => e.getAttributeNames())"))
        assert names <= {"class", "href", "dir", "lang", "datetime"}
        hosts = watch.page.evaluate(f"{results}.flatMap(e => e.href ? [new URL(e.href).origin] : [])")
        assert set(hosts) == {server.origin}
        assert watch.page.evaluate(TYPE_ALL, [vector.text for vector in VECTORS])
        assert is_clean(watch, watch.look(asked, rest=40))


# -- the feeds --------------------------------------------------------------------------------------------------------


def test_no_template_engine_worked_anything_out(published: Published):
    for file in published.site.rglob("*"):
        if file.is_file():
            assert WORKED_OUT not in file.read_text("utf-8", "replace"), file


def test_feeds_and_records_stay_what_they_are(published: Published):
    """XML and JSON that parse, with no element of a vector's in them."""
    known: set[str] = set()
    for file in published.site.rglob("*.xml"):
        tree = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True))
        assert not tree.docinfo.internalDTD
        known |= {str(element.tag) for element in tree.iter()}
    assert not {tag.rpartition("}")[2] for tag in known} & {"script", "svg", "img", "iframe", "math", "style", "p", "a"}
    records = [json.loads(file.read_text("utf-8")) for file in published.site.rglob("*.json")]
    assert sum("standard" in record for record in records if isinstance(record, dict)) > 1000


def test_nothing_runs_in_a_reader_that_shows_the_html_of_feeds(published: Published, browser: Browser, tmp_path: Path):
    """What a feed says is HTML, put into a page as it stands."""
    said = list(_html_of_feeds(published.site))
    assert len(said) > 500
    head = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{CSP}"><h1>x</h1>'
    for number in range(0, len(said), 20):
        told = "".join(f"<div>{text}</div>" for text in said[number : number + 20])
        (tmp_path / f"{number}.html").write_text(head + told, encoding="utf-8")
    with serving_site(tmp_path, csp=False) as server, watching(browser, server) as watch:
        paths = [f"/{file.name}" for file in tmp_path.iterdir()]
        assert is_clean(watch, watch.look(paths))


def _html_of_feeds(site: Path) -> Iterator[str]:
    html_of = etree.XPath(
        "//a:content[@type='html'] | //a:summary[@type='html'] | //item/description | //c:encoded",
        namespaces={"a": "http://www.w3.org/2005/Atom", "c": "http://purl.org/rss/1.0/modules/content/"},
    )
    for name in ("feed.xml", "rss.xml"):
        yield from (element.text or "" for element in html_of(etree.parse(site / name)))
    for told in json.loads((site / "feed.json").read_text("utf-8"))["items"]:
        yield told.get("content_html", "")
    for file in site.glob("a/*/ninjs.json"):
        for body in json.loads(file.read_text("utf-8")).get("bodies", []):
            if "html" in body.get("contentType", ""):
                yield body["value"]


# -- another policy ---------------------------------------------------------------------------------------------------


def test_nothing_runs_where_less_is_shown(published: Published, browser: Browser):
    """Of one source the link only, of the others an excerpt. It stands last: the store is another after it."""
    policy = {"NEWSCRAWL_REPRINT": json.dumps({"*": "excerpt", "chinanews": "link"})}
    folder = _publish(published.desk, "less", **policy)
    ids = published.desk.column("SELECT id FROM published WHERE source <> 'chinanews' OR id % 5 = 0")
    told = published.desk.column("SELECT DISTINCT reprint FROM published ORDER BY reprint")
    assert told == ["excerpt", "link"]
    with serving_site(folder, csp=False) as server, watching(browser, server) as watch:
        assert is_clean(watch, watch.look([f"/a/{id_}/" for id_ in ids]))
