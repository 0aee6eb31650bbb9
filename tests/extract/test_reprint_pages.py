"""Saved pages of nobody's, labelled by hand: one test per case and field.

A case is a folder in ``cases/``: ``page.html`` (UTF-8, our own words) and ``expected.json`` with the page's address and
the labels, in the words of tests/sources/test_cases.py. Read by the generic reader, as a page of an unknown site is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page

CASES = Path(__file__).parent / "cases"
FETCHED_AT = datetime(2026, 1, 9, 9, tzinfo=UTC)

FIELDS: dict[str, Callable[[Article], object]] = {
    "headline": lambda a: a.headline,
    "published": lambda a: a.published and a.published.local,
    "authors": lambda a: list(a.authors),
    "account": lambda a: a.account,
    "editors": lambda a: list(a.editors),
    "credit": lambda a: a.credit,
    "credit_url": lambda a: a.credit_url,
    "dateline": lambda a: a.dateline and a.dateline.raw,
    "body": lambda a: a.body_text.split("\n"),
    "notice": lambda a: a.notice,
    "related": lambda a: [
        {
            "headline": one.headline,
            "url": one.url,
            "published": one.published.local if one.published else None,
            "summary": one.summary,
        }
        for one in a.related
    ],
    "language": lambda a: a.language,
}


@cache
def label(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    return case


@cache
def article(name: str) -> Article:
    body = (CASES / name / "page.html").read_bytes()
    page = FetchedPage(url=label(name)["url"], body=body, content_type="text/html", fetched_at=FETCHED_AT)
    return read_page(page, generic=True)


NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.name.startswith("reprint-"))
FIELDS_OF_CASES = [(name, field) for name in NAMES for field in label(name)["expected"]]


@pytest.mark.parametrize(("name", "field"), [pytest.param(*pair, id="-".join(pair)) for pair in FIELDS_OF_CASES])
def test_a_reprint_is_taken_apart_as_an_editor_would(name: str, field: str) -> None:
    assert FIELDS[field](article(name)) == label(name)["expected"][field]
