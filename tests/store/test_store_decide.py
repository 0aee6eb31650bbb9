"""The decisions, without a database."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_made import article, full_article, printed

from newscrawl.items import Crumb, Dateline, Image
from newscrawl.store.decide import STORY, Insert, Restore, Revise, Skip, Stored, Why, changed, decide, doubtful, merged
from newscrawl.store.rows import fingerprint, opening, revision

KEPT = Stored(state="shown", columns=revision(full_article()))


@pytest.mark.parametrize(
    ("stored", "twin", "decision"),
    [
        (None, None, Insert()),
        (None, "morning:1", Skip(reason=Why.DUPLICATE, twin_key="morning:1")),
        (KEPT, None, Skip(reason=Why.UNCHANGED)),
        (KEPT, "morning:1", Skip(reason=Why.UNCHANGED)),
        (Stored(state="hidden", columns=KEPT.columns), None, Restore()),
        (Stored(state="returning", columns={}), None, Insert()),
        (Stored(state="withdrawn", columns={}), None, Skip(reason=Why.WITHDRAWN)),
        (Stored(state="withdrawn", columns={}), "morning:1", Skip(reason=Why.WITHDRAWN)),
    ],
)
def test_what_becomes_of_an_article(stored, twin, decision):
    assert decide(stored, twin, revision(full_article())) == decision


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headline": "旧馆迎客"}, "headline"),
        ({"subheadline": None}, "subheadline"),
        ({"body_text": "湖边新馆明日迎客。"}, "body_text"),
        ({"dateline": Dateline(raw="晨网晋中11月19日电", end=11)}, "dateline"),
        ({"authors": ("林一",)}, "authors"),
        ({"authors": ("周二", "林一")}, "authors"),
        ({"correspondents": ()}, "correspondents"),
        ({"account": "山边读书"}, "account"),
        ({"credit": "山报"}, "credit"),
        ({"published": printed("2025-11-19T16:30+08:00")}, "published_at"),
        ({"images": ()}, "images"),
        ({"images": (Image(url="https://img.example/1.jpg", caption="旧馆外景"),)}, "images"),
        ({"images": (Image(url="https://img.example/2.jpg", caption="新馆外景"),)}, "images"),
        ({"correction": None}, "correction"),
    ],
)
def test_a_change_of_the_story_is_a_revision_of_that_field(change: dict[str, Any], field: str):
    assert decide(KEPT, None, revision(attrs.evolve(full_article(), **change))) == Revise(fields=(field,))


@pytest.mark.parametrize(
    "change",
    [
        {"related": ()},
        {"body_html": "<div>…</div>"},
        {"body_text": "晨网太原11月19日电（林一　周二）湖边新馆今日迎客。\n\n读者 排起长队。"},
        {"headline": " 湖边新馆　迎客"},
        {"section": "要闻"},
        {"breadcrumbs": (Crumb(name="要闻"),)},
        {"keywords": ()},
        {"editors": ("钱七",)},
        {"summary": "编者说"},
        {"modified": None},
        {"url": "https://www.morning.example/gn/9.shtml"},
        {"images": (Image(url="http://img2.example/1.jpg", caption="新馆外景", alt="图", credit="某"),)},
        {"disclaimer": "新的", "disclaimer_version": "zh-2"},
        {"answered_by": {}},
        {"captures": ()},
        {"published": printed("2025-11-19T16:29:00+08:00", raw="2025年11月19日16:29")},
    ],
)
def test_what_a_page_may_change_without_changing_the_story(change: dict[str, Any]):
    assert decide(KEPT, None, revision(attrs.evolve(full_article(), **change))) == Skip(reason=Why.UNCHANGED)


def test_several_changes_are_named_in_one_order():
    new = attrs.evolve(full_article(), credit=None, headline="旧馆迎客", body_text="旧馆。")
    decision = decide(KEPT, None, revision(new))
    assert isinstance(decision, Revise)
    assert (
        list(decision.fields)
        == [name for name in STORY if name in decision.fields]
        == ["headline", "credit", "body_text"]
    )


# -- a weaker reading -------------------------------------------------------------------------------------------------

SURE = {"headline": "selector", "credit": "selector", "authors": "text", "body": "selector", "published": "jsonld"}


def told(answered: dict[str, str], **change: Any) -> dict[str, Any]:
    return revision(attrs.evolve(full_article(), answered_by=answered, **change))


SURELY = Stored(state="shown", columns=told(SURE))


@pytest.mark.parametrize(
    ("answered", "change", "doubted"),
    [
        (SURE | {"body": "generic"}, {"body_text": "湖边新馆迎客。分享到", "images": ()}, "body_text"),
        (SURE | {"headline": "meta"}, {"headline": "湖边新馆迎客 - 晨网"}, "headline"),
        ({k: v for k, v in SURE.items() if k != "credit"}, {"credit": None}, "credit"),
        (SURE | {"published": "generic"}, {"published": printed("2025-11-18")}, "published_at"),
    ],
)
def test_what_a_weaker_hand_answers_writes_over_nothing(answered: dict[str, str], change: dict[str, Any], doubted: str):
    """The publisher's selector answered before; now the generic reader does, or nobody: the layout has changed."""
    new = told(answered, **change)
    assert decide(SURELY, None, new) == Skip(reason=Why.UNCHANGED)
    assert doubted in doubtful(SURELY.columns, new)


@pytest.mark.parametrize(
    ("answered", "change", "field"),
    [
        (SURE, {"body_text": "湖边新馆明日迎客。"}, "body_text"),
        (SURE | {"headline": "selector"}, {"headline": "旧馆迎客"}, "headline"),
        (SURE | {"published": "selector"}, {"published": printed("2025-11-18")}, "published_at"),
        ({k: v for k, v in SURE.items() if k != "authors"}, {"authors": ()}, "authors"),
        (SURE | {"authors": "selector"}, {"authors": ("林一",)}, "authors"),
    ],
)
def test_what_a_hand_as_sure_answers_is_a_change(answered: dict[str, str], change: dict[str, Any], field: str):
    assert decide(SURELY, None, told(answered, **change)) == Revise(fields=(field,))


def test_a_true_change_takes_no_doubtful_one_with_it():
    """The headline is corrected while the layout is broken: the revision keeps the good body, and who had given it."""
    new = told(SURE | {"body": "generic"}, headline="旧馆迎客", body_text="湖边新馆迎客。分享到", images=())
    decision = decide(SURELY, None, new)
    assert isinstance(decision, Revise)
    assert decision.fields == ("headline",)
    kept = merged(SURELY.columns, new, decision.doubts)
    assert kept["headline"] == "旧馆迎客"
    for column in ("body_text", "body_html", "images", "dateline", "summary"):
        assert kept[column] == SURELY.columns[column]
    assert json.loads(kept["answered_by"]) == SURE


def test_a_hidden_article_that_is_back_is_shown_again_or_revised():
    hidden = attrs.evolve(SURELY, state="hidden")
    assert decide(hidden, None, told(SURE)) == Restore()
    assert decide(hidden, None, told(SURE, headline="旧馆迎客")) == Revise(fields=("headline",))


def test_what_is_read_out_of_the_same_words_stands_or_falls_together():
    """A date by a weaker hand takes its local form and its words along, a credit its address, a body all that is in it,
    authors among them where they were read out of the story."""
    date = told(SURE | {"published": "generic"}, published=printed("2025-11-18"))
    assert doubtful(SURELY.columns, date) == {"published_at", "published_local", "published_raw"}
    credit = told({k: v for k, v in SURE.items() if k != "credit"}, credit=None, credit_url=None)
    assert doubtful(SURELY.columns, credit) == {"credit", "credit_url"}
    gone = {"authors": (), "correspondents": (), "account": None, "editors": (), "dateline": None}
    body = told(SURE | {"body": "generic"}, body_text="分享到", body_html="<p>分享到</p>", images=(), **gone)
    assert {*gone, "images", "place", "body_html", "summary"} <= doubtful(SURELY.columns, body)
    assert changed(SURELY.columns, merged(SURELY.columns, body, doubtful(SURELY.columns, body))) == ()


def test_pictures_that_a_weaker_hand_finds_are_doubtful_where_the_text_is_the_same():
    assert doubtful(SURELY.columns, told(SURE | {"body": "generic"}, images=())) == {"images"}


def test_authors_that_a_selector_gives_are_believed_under_a_doubtful_body():
    surely = told(SURE | {"authors": "selector"})
    new = told(SURE | {"authors": "selector", "body": "generic"}, authors=("某",), body_text="分享到")
    assert "authors" not in doubtful(surely, new)


def test_a_second_reading_of_the_same_page_counts_to_the_letter():
    new = told(SURE, editors=(), section="要闻", keywords=())
    assert decide(SURELY, None, new, reread=True) == Revise(fields=("section", "editors", "keywords"))
    assert decide(SURELY, None, told(SURE), reread=True) == Skip(reason=Why.UNCHANGED)


def test_a_second_reading_by_a_weaker_hand_is_taken_only_where_that_is_wanted():
    new = told(SURE | {"body": "generic"}, body_text="湖边新馆迎客。")
    assert decide(SURELY, None, new, reread=True) == Skip(reason=Why.UNCHANGED)
    wanted = decide(SURELY, None, new, reread=True, weaker=True)
    assert isinstance(wanted, Revise)
    assert "body_text" in wanted.fields
    assert wanted.doubts == frozenset()


def test_a_hidden_article_whose_text_is_shown_under_another_key_stays_hidden():
    hidden = attrs.evolve(SURELY, state="hidden")
    assert decide(hidden, "morning:1", told(SURE)) == Skip(reason=Why.DUPLICATE, twin_key="morning:1")


# -- fingerprints -----------------------------------------------------------------------------------------------------

LONG = "湖边新馆今日迎客，读者排起长队。" * 6


@pytest.mark.parametrize(
    "change",
    [
        {"body_text": LONG.replace("。", "。\n")},
        {"body_text": LONG.replace("，", ",")},
        {"headline": "换了标题"},
        {"published": None, "source": "evening", "key": "evening:1"},
        {"body_html": "<p>…</p>"},
    ],
)
def test_the_same_text_has_the_same_fingerprint(change: dict[str, Any]):
    assert fingerprint(article(body_text=LONG)) == fingerprint(attrs.evolve(article(body_text=LONG), **change))


def test_another_text_has_another_fingerprint_and_so_has_a_short_text_under_another_headline():
    assert fingerprint(article(body_text=LONG)) != fingerprint(article(body_text=LONG + "又"))
    assert fingerprint(article(1, body_text="晴。")) != fingerprint(article(2, body_text="晴。"))
    assert fingerprint(article(1, body_text="")) != fingerprint(article(2, body_text=""))


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint_and_an_opening_of_at_most_100_characters(text: str):
    odd = article(body_text=text)
    assert len(fingerprint(odd)) == 24
    summary = opening(odd)
    assert summary is None or (0 < len(summary) <= 100 and summary == summary.strip() and "\n" not in summary)
