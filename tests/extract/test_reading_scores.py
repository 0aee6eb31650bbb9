"""How reading is scored: what counts, what is excused, what counts nowhere."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import corpus
import scores

from newscrawl.items import Article, Dateline, FetchedPage, Image, Printed, Related
from newscrawl.text.tree import parsed

FIRST = "The harbour board met on Tuesday to decide about the northern quay."
SECOND = "Its members voted for a longer quay and against a second crane."
BYLINE = "By Ann Example in Northport"


def article(*lines: str, **fields: Any) -> Article:
    return Article(
        key="x:1", source="x", url="https://example.org/1", language="en", body_text="\n".join(lines), **fields
    )


def gold(**fields: Any) -> dict[str, Any]:
    return {"file": "example.org-1.html", "lang": "en", "body": [FIRST, SECOND], **fields}


def scored(found: Article | None, **fields: Any) -> scores.Score:
    return scores.score(found, gold(**fields))


# -- the body ----------------------------------------------------------------------------------------------------------
def test_the_same_text_is_whole_and_a_missing_paragraph_costs_recall_alone() -> None:
    assert scored(article(FIRST, SECOND)).body == 1.0
    half = scored(article(FIRST))
    assert half.precision == 1.0
    assert half.recall is not None
    assert half.recall < 0.6
    assert half.fields["whole"] == 0.0


def test_more_than_the_story_costs_precision_alone() -> None:
    more = scored(article(FIRST, SECOND, "Read also how the fishermen of Southport built theirs."))
    assert more.recall == 1.0
    assert more.precision is not None
    assert more.precision < 0.8


@pytest.mark.parametrize("lines", [(BYLINE, FIRST, SECOND), (FIRST, SECOND)])
def test_a_byline_line_may_stand_or_be_missing(lines: tuple[str, ...]) -> None:
    got = scored(article(*lines), body=[BYLINE, FIRST, SECOND], byline_lines=[BYLINE])
    assert (got.precision, got.recall, got.fields["whole"]) == (1.0, 1.0, 1.0)


def test_a_page_without_output_counts_in_recall_and_not_in_precision() -> None:
    both = [scored(article(FIRST, SECOND)), scored(None)]
    assert both[1].precision is None
    assert both[1].recall == 0.0
    assert scores.body_f1(both) == pytest.approx(2 / 3)


def test_chinese_is_counted_by_characters_without_punctuation() -> None:
    assert scores.shingles("港口，扩建！", "zh") == scores.shingles("港口扩建", "zh-Hant")
    assert sum(scores.shingles("港口扩建工程", "zh").values()) == 3
    assert sum(scores.shingles("three short words", "en").values()) == 1


# -- the fields --------------------------------------------------------------------------------------------------------
def test_what_gold_does_not_say_counts_nowhere() -> None:
    assert scores.field_means([scored(article(FIRST, SECOND, headline="A quay", authors=("Ann",)))]) == {"whole": 1.0}


def test_people_are_sets_and_an_editor_given_as_an_author_is_told_apart() -> None:
    got = scored(article(FIRST, authors=("Ann", "Ed"), editors=("Ed",)), authors=["Ann"], editors=["Ed"])
    assert got.fields["authors"] == pytest.approx(2 / 3)
    assert got.fields["no editor an author"] == 0.0
    assert got.fields["editors"] == 1.0
    assert got.fields["no authors"] is None


def test_a_name_where_there_is_none_is_told() -> None:
    got = scored(article(FIRST, authors=("Ann",)), authors=[], account=None, dateline=None)
    assert got.fields["authors"] is None
    assert got.fields["no authors"] == 0.0
    assert got.fields["no account"] == got.fields["no dateline"] == got.fields["dateline"] == 1.0
    false = scored(article(FIRST, dateline=Dateline(raw="NORTHPORT -")), dateline=None)
    assert false.fields["no dateline"] == false.fields["dateline"] == 0.0


def test_a_doubt_about_the_dateline_is_left_out_of_the_undoubted_alone() -> None:
    got = scored(article(FIRST), dateline="NORTHPORT -", doubt="taken as a dateline, could be text")
    assert got.fields["dateline"] == 0.0
    assert got.fields["dateline, undoubted"] is None
    assert scored(article(FIRST), dateline=None, doubt="authors").fields["dateline, undoubted"] == 1.0


@pytest.mark.parametrize(
    ("wanted", "day", "minute"),
    [
        ("2025-03-01T23:30", 1.0, 1.0),
        ("2025-03-01", 1.0, None),
        ("2025-03-01T23:31", 1.0, 0.0),
        ("2025-03-02T07:30+08:00", 1.0, 1.0),
        ("2025-03-03", 0.0, None),
    ],
)
def test_dates_are_compared_as_printed_or_as_moments(wanted: str, day: float, minute: float | None) -> None:
    at = Printed(at=datetime(2025, 3, 1, 23, 30, tzinfo=UTC), local="2025-03-01T23:30+00:00", raw="")
    got = scored(article(FIRST, published=at), published=wanted)
    assert (got.fields["day"], got.fields["minute"]) == (day, minute)


def test_lists_are_scored_by_what_was_found_of_them() -> None:
    got = scored(
        article(
            FIRST,
            related=(Related(headline="Old quay", url="https://example.org/2"),),
            images=(Image(url="https://example.org/a.jpg", caption="The quay"),),
        ),
        url="http://example.org/1",
        related=[{"title": "Old  quay", "href": "/2"}, {"title": "New crane", "href": "/3"}],
        images=["/a.jpg"],
        captions=["The quay", "The crane"],
    )
    assert (got.fields["related"], got.fields["images"], got.fields["captions"]) == (0.5, 1.0, 0.5)


def test_a_relative_picture_of_a_page_without_an_address_counts_nowhere() -> None:
    assert scored(article(FIRST), url=None, images=["/a.jpg"]).fields["images"] is None
    assert scored(article(FIRST), url=None, images=["//example.org/a.jpg"]).fields["images"] == 0.0


# -- the pages ---------------------------------------------------------------------------------------------------------
def test_gold_of_another_page_is_told_from_a_page_that_is_hard_to_read() -> None:
    shown = " ".join((FIRST, "Menu, weather, sport.", SECOND))
    assert not scores.is_of_another_page(gold(), shown)
    assert scores.is_of_another_page(gold(), "Menu, weather, sport and everything but this story.")


def test_a_folder_leaves_pages_with_the_gold_of_another_page_out_and_names_them(tmp_path: Path) -> None:
    rows = []
    for name, text in (("a-1.html", FIRST), ("b-2.html", "Nothing of the sort is told on this page today.")):
        (tmp_path / name).write_text(f"<html><body><h1>A quay</h1><p>{text}</p></body></html>", encoding="utf-8")
        rows.append(json.dumps(gold(file=name, body=[FIRST])))
    (tmp_path / "gold.jsonl").write_text("\n".join(rows), encoding="utf-8")
    part = corpus.part_of(tmp_path)
    assert [row["file"] for row, _ in part.pages] == ["a-1.html"]
    assert part.mixed_up == ("b-2.html",)


@pytest.mark.parametrize(
    ("file", "url", "site"),
    [
        ("news.example.cn-0772a928.html.gz", None, "news.example.cn"),
        ("Paper-edfc6350.html.gz", "https://paper.example/1", "Paper"),
        ("aeb-001c2131.html.gz", "https://www.paper.example/1", "paper.example"),
    ],
)
def test_a_site_is_named_by_the_file_or_by_the_host(file: str, url: str | None, site: str) -> None:
    assert scores.site_of({"file": file, "url": url}) == site


def test_every_own_case_with_labels_is_scored() -> None:
    part = corpus.own_cases()
    names = {row["file"] for row, _ in part.pages}
    assert {"taiyuan-lead-related-caption", "three-pages", "mobile"} <= names
    assert not names & {"soft-404", "listing-scroll-news"}
    assert all(row["body"] for row, _ in part.pages)


def test_reading_the_same_tree_again_gives_the_same_article() -> None:
    """Folds and floors read a parsed page again and again."""
    html = f"<html><body><h1>A quay for Northport</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>".encode()
    page = parsed(FetchedPage(url="https://example.org/1", body=html))
    assert corpus.read(page, True) == corpus.read(page, True)
