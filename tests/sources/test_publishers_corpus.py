"""The real pages of publishers, read by their rules, against hand-made gold.

They are third-party texts and stay outside the project.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

import publishers
from corpus import CORPUS, FOLDERS, Page, part_of, read

pytestmark = pytest.mark.skipif(
    not (CORPUS / "zh" / "gold.jsonl").is_file(), reason=f"the corpus of real pages is not at {CORPUS}"
)
LEAST = 0.95


@cache
def pages() -> tuple[Page, ...]:
    return tuple(pair for name in FOLDERS for pair in part_of(CORPUS / name).pages)


@cache
def own() -> tuple[publishers.Own, ...]:
    return tuple(publishers.own_pages(pages()))


@pytest.mark.parametrize("field", publishers.FIELDS)
def test_publishers_pages_are_read_right_by_their_rules(field: str) -> None:
    wrong = [each.gold["file"] for each in own() if not publishers.right(publishers.by_rules(each), each.gold)[field]]
    assert len(wrong) <= (1 - LEAST) * len(own()), wrong


def test_a_page_that_says_its_address_is_read_by_its_publisher() -> None:
    told = [each for each in own() if each.page.link is None]
    articles = [read(each.page, generic=False) for each in told]
    assert [article and article.source for article in articles] == [each.source.slug for each in told]


def test_pages_of_all_others_are_read_as_if_no_publisher_was_known() -> None:
    others, changed = publishers.changed_elsewhere(pages())
    assert others > 0
    assert changed == []
