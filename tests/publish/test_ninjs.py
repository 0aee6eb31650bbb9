"""ninjs 3.1: valid against the standard's schema, and nothing is told that the store withholds."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import jsonschema_rs
import pytest
from exported import NO_SITE, SITE, changes, last_change
from hypothesis import given
from hypothesis import strategies as st
from store_made import DISCLAIMER, article, full_article

from newscrawl.publish.ninjs import item
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer
from newscrawl.text.urls import absolute

SCHEMA = Path(__file__).resolve().parents[2] / ".." / "shared" / "schemas" / "ninjs-3.1.json"
needs_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="../shared/schemas is not beside this checkout")


def complaints(told: object) -> list[str]:
    """What the schema says against it, formats included."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator = jsonschema_rs.validator_for(schema, validate_formats=True, retriever=lambda _: {})
    return [error.message for error in validator.iter_errors(told)]


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    writer.add(article(8, headline="旧馆谢幕"))
    writer.add(full_article())
    writer.flush()
    return last_change(path)


def test_every_field_has_its_place(full: Change):
    told = item(full, SITE)
    assert told["uri"] == "tag:newscrawl,2026:morning:9"
    assert (told["pubStatus"], told["version"], told["representationType"]) == ("usable", "1", "full")
    assert [told[name] for name in ("firstCreated", "versionCreated", "contentCreated")] == [
        "2025-11-19T09:00:00Z",
        "2025-11-19T09:00:00Z",
        "2025-11-19T08:29:00Z",
    ]
    assert [(each["role"], each["value"]) for each in told["headlines"]] == [
        ("main", "湖边新馆迎客"),
        ("subheadline", "读者排起长队"),
    ]
    assert {each["role"]: each["value"] for each in told["descriptions"]} == {
        "summary": "湖边新馆今日迎客。读者排起长队。",
        "dateline": "晨网太原11月19日电 (林一 周二)",
        "correction": "更正：开馆时间应为九时。",
    }
    text = "晨网太原11月19日电 (林一 周二)湖边新馆今日迎客。\n读者排起长队。"
    assert [(each["contentType"], each["value"]) for each in told["bodies"]] == [
        ("text/html", "<p>" + text.replace("\n", "</p><p>") + "</p>"),
        ("text/plain", text),
    ]
    assert {each["charCount"] for each in told["bodies"]} == {len(text) - 1}
    assert told["edNote"] == "更正：开馆时间应为九时。"
    assert told["usageTerms"] == told["copyrightNotice"] == DISCLAIMER
    assert "copyrightHolder" not in told


def test_names_of_people_places_and_outlets(full: Change):
    told = item(full, SITE)
    assert told["by"] == "林一、周二"
    assert [(each["name"], each["rel"]) for each in told["people"]] == [
        ("林一", "creator"),
        ("周二", "creator"),
        ("吴三", "correspondent"),
        ("郑四", "editor"),
    ]
    assert (told["located"], [each["name"] for each in told["places"]]) == ("太原/晋中", ["太原", "晋中"])
    assert told["infoSources"] == [
        {"name": "晨网", "role": "publisher", "uri": "https://morning.example/"},
        {"name": "湖报", "role": "credit", "uri": "https://lake.example/"},
        {"name": "晨网", "role": "agency"},
        {"name": "湖边读书", "role": "account"},
        {"name": "湖畔", "role": "reprinter", "uri": "https://reprint.example/"},
    ]
    assert {"name": "太原", "rel": "place"} in told["subjects"]
    ids = {each["role"]: each["value"] for each in told["altIds"]}
    assert ids["source-url"] == "https://morning.example/gn/9.shtml"
    assert ids["reprint-url"] == f"https://reprint.example/a/{full.article_id}/"


def test_what_stands_beside_it_is_associated(full: Change):
    related = [each for each in item(full, SITE)["associations"] if each["rel"] == "page"]
    assert [(each["uri"], each["name"]) for each in related] == [
        ("tag:newscrawl,2026:morning:8", "旧馆谢幕"),
        ("https://other.example/1", "别家的消息"),
    ]
    (image,) = [each for each in item(full, SITE)["associations"] if each["rel"] == "image"]
    assert (image["name"], image["by"]) == ("新馆外景", "王五")
    assert image["renditions"] == [{"name": "original", "href": "https://img.example/1.jpg"}]


@needs_schema
@pytest.mark.parametrize("site", [SITE, NO_SITE], ids=["site", "no site"])
def test_it_is_valid(full: Change, site):
    assert complaints(item(full, site)) == []


@needs_schema
def test_the_check_can_fail(full: Change):
    assert complaints(item(full, SITE) | {"dateline": "太原"})
    assert complaints(item(full, SITE) | {"uri": "no address"})


@needs_schema
def test_a_bare_article_is_valid_and_names_nothing_it_has_not(writer: Writer, path: Path):
    writer.add(article(1, published=None, disclaimer=None, disclaimer_version=None))
    writer.flush()
    told = item(last_change(path), NO_SITE)
    assert complaints(told) == []
    assert {"contentCreated", "usageTerms", "edNote", "by", "people", "located", "places"}.isdisjoint(told)
    assert None not in told.values()


@pytest.mark.parametrize(("mode", "shown"), [("excerpt", {"summary", "dateline"}), ("link", {"dateline"})])
def test_less_than_all_is_partial_and_forbids_to_reproduce(writer: Writer, path: Path, mode: str, shown: set[str]):
    writer.add(attrs.evolve(full_article(), credit=mode, correction=None))
    writer.flush()
    told = item(last_change(path), SITE)
    assert told["representationType"] == "partial"
    assert {each["role"] for each in told["descriptions"]} == shown
    assert "bodies" not in told
    assert "image" not in {each["rel"] for each in told["associations"]}
    assert [each["action"] for each in _rights(told)["prohibition"]] == ["reproduce"]


def test_the_terms_permit_nothing_and_want_the_source_named(full: Change):
    rights = _rights(item(full, SITE))
    assert [each["action"] for each in rights["obligation"]] == ["attribute"]
    assert not {"permission", "prohibition"} & set(rights)


def test_noindex_is_a_term(full: Change):
    assert full.article is not None
    hidden = attrs.evolve(full, article=full.article | {"noindex": 1})
    assert [each["action"] for each in _rights(item(hidden, SITE))["prohibition"]] == ["index"]


def _rights(told: dict) -> dict:
    return json.loads(told["rightsInfo"]["encodedRights"])


@needs_schema
def test_a_withdrawn_article_is_cancelled_and_says_nothing(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    writer.add(attrs.evolve(full_article(), credit="hold"))
    writer.flush()
    told = item(last_change(path), SITE)
    assert complaints(told) == []
    assert told["pubStatus"] == "canceled"
    assert set(told) == {"uri", "versionCreated", "pubStatus", "standard"}
    assert changes(path) == []


WILD = st.text(min_size=1, max_size=20)
WILD_ADDRESS = st.builds(
    lambda host, rest: absolute("https://wild.example/", f"https://{host}/{rest}") or "https://wild.example/",
    st.sampled_from(["a.example", "新闻.example", "a.example:99999", "[::1]", "a_b.example", "x" * 70 + ".example"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20),
)


@needs_schema
@given(words=WILD, address=WILD_ADDRESS, key=st.text(min_size=1, max_size=12))
def test_wild_words_and_addresses_are_valid_all_the_same(words: str, address: str, key: str):
    row = {
        **dict.fromkeys(("headline", "subheadline", "dateline", "agency", "place", "account", "credit"), words),
        **dict.fromkeys(("summary", "body_html", "body_text", "correction", "disclaimer", "language"), words),
        **{column: [words] for column in ("authors", "correspondents", "editors")},
        "id": 1,
        "key": key,
        "source_name": words,
        "url": address,
        "credit_url": address,
        "revision": 2,
        "first_seen_at": "2025-11-19T09:00:00Z",
        "published_at": None,
        "reprint": "full",
        "noindex": 0,
        "story_id": 7,
        "images": [{"url": address, "caption": words, "credit": words, "alt": None}],
    }
    beside = {"headline": words, "url": address, "kind": "page", "position": 1, "published_at": None, "summary": words}
    rows = [beside | {"related_key": None}, beside | {"related_key": key}, beside | {"url": None, "related_key": None}]
    change = Change(
        seq=1,
        at="2025-11-19T09:00:00Z",
        kind="added",
        origin="publisher",
        fields=(),
        article_id=1,
        key=key,
        article=row,
        related=rows,
        topics=[{"topic": words, "kind": "keyword", "position": 1}],
    )
    assert complaints(item(change, SITE)) == []
