"""A newsroom whose every field is a way to run a script is crawled and published: nothing of it runs in a browser, with
the strict Content-Security-Policy (test_site_xss_policy.py) and without any (test_site_xss_open.py).

The vectors are our own (tests/web/xss/vectors.txt) and those of brs-kb, a kept list. That what would run is noticed is
shown on plain pages that hold them as they stand.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import attrs
import jinja2
from lxml import etree
from playwright.sync_api import Browser
from poisoned_site import VECTORS, Published, bare, is_clean, payloads, plain_name, publish
from web_made import CSP, serving_site
from xss_vectors import WORKED_OUT
from xss_watch import watching

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
    "keywords": 0.4,
    "credit_url": 0.08,
    "dateline": 0.02,
}
"""Part of the told vectors that stand in a field as they are: the reader lets no more in (a credit has 40 characters, a
dateline's place is one)."""


# -- the test can fail ------------------------------------------------------------------------------------------------


def test_there_are_many_vectors_and_no_two_are_alike():
    assert len({vector.text for vector in VECTORS}) == len(VECTORS) >= 470
    assert len(payloads()) > 4000


def test_what_runs_in_a_plain_page_is_noticed(plain: Path, browser: Browser):
    """The rest is for other browsers, for sanitisers that read a page twice, and for template engines."""
    with serving_site(plain, csp=False) as server, watching(browser, server) as watch:
        seen = watch.look([f"/{plain_name(vector)}" for vector in VECTORS], rest=100, again=False)
        in_a_browser = [vector for vector in VECTORS if vector.place != "template"]
        assert len(watch.numbers) > 0.8 * len(in_a_browser)
        assert {said.split(" ")[0] for said in watch.ran} >= {"xss", "alert:", "confirm:", "prompt:", "asked", "opened"}
        at_home = {vector.place for vector in VECTORS if vector.number in watch.numbers}
        assert at_home == {vector.place for vector in in_a_browser}
        assert sum(bool(one.faults) for one in seen) > 0.8 * len(in_a_browser)


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
            reached[name] += any(bare(one.vector.text) in bare(text) for text in _texts(value))
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


def test_nothing_runs_where_less_is_shown(published: Published, browser: Browser, tmp_path: Path):
    """Of one source the link only, of the others an excerpt."""
    shutil.copytree(published.desk.folder / "data", tmp_path / "data")
    policy = {"NEWSCRAWL_REPRINT": json.dumps({"*": "excerpt", "chinanews": "link"})}
    desk = attrs.evolve(published.desk, folder=tmp_path)
    folder = publish(desk, **policy)
    ids = desk.column("SELECT id FROM published WHERE source <> 'chinanews' OR id % 9 = 0")
    told = desk.column("SELECT DISTINCT reprint FROM published ORDER BY reprint")
    assert told == ["excerpt", "link"]
    with serving_site(folder, csp=False) as server, watching(browser, server) as watch:
        assert is_clean(watch, watch.look([f"/a/{id_}/" for id_ in ids]))
