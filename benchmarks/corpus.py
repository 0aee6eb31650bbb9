"""The pages that reading is measured on: any folder with a gold.jsonl, and the project's own cases always.

A row of gold.jsonl names its page (``file``, packed or not) and what a careful editor reads in it; how it is scored:
scores.py. The folders of real pages are third-party texts and stay outside the project, in ../shared/corpus beside the
checkout. The own cases are tests/sources/cases (case.json, pages of a known publisher) and tests/extract/cases
(expected.json, pages of nobody's).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from attrs import evolve, field, frozen
from scores import Score, is_of_another_page, score

from newscrawl.archive.newsroom import build
from newscrawl.archive.reader import Archive
from newscrawl.errors import NotAnArticle
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page
from newscrawl.text.tree import parsed

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / ".." / "shared" / "corpus"
FOLDERS = ("chinanews", "zh", "world")
CASES = (ROOT / "tests" / "sources" / "cases", ROOT / "tests" / "extract" / "cases")
FETCHED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)

Page = tuple[dict[str, Any], FetchedPage]
"""A row of gold and the page it is of."""


@frozen(kw_only=True)
class Part:
    """Pages that are measured together."""

    name: str
    pages: Sequence[Page] = field(repr=False)
    digest: str | None = None
    """Of gold; None for the own cases, which grow with the project."""
    mixed_up: tuple[str, ...] = ()
    """Files left out, since their gold is of another page."""

    def scores(self, *, generic: bool) -> list[Score]:
        return [score(read(page, generic), gold) for gold, page in self.pages]


def read(page: FetchedPage, generic: bool) -> Article | None:
    """What is read in it; None where it is rejected. Of page 1 of many what it holds."""
    try:
        return read_page(parsed(page), generic=generic)
    except NotAnArticle as problem:
        return problem.so_far if isinstance(problem.so_far, Article) else None


# -- real pages --------------------------------------------------------------------------------------------------------
def pages_of(folder: Path, only: str = "") -> Iterator[Page]:
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        if only in gold["file"] and gold.get("is_article", True):
            body = (folder / gold["file"]).read_bytes()
            body = gzip.decompress(body) if gold["file"].endswith(".gz") else body
            yield gold, FetchedPage(url=gold.get("url") or "", body=body)


def part_of(*folders: Path, only: str = "") -> Part:
    """The pages of some folders, parsed; those whose gold is of another page are left out."""
    pages = [(gold, parsed(page)) for folder in folders for gold, page in pages_of(folder, only)]
    mixed_up = tuple(gold["file"] for gold, page in pages if is_of_another_page(gold, shown(page)))
    return Part(
        name=" + ".join(folder.name for folder in folders),
        pages=[(gold, page) for gold, page in pages if gold["file"] not in mixed_up],
        digest=hashlib.sha256(b"".join((folder / "gold.jsonl").read_bytes() for folder in folders)).hexdigest(),
        mixed_up=mixed_up,
    )


def halves(part: Part) -> Iterator[Part]:
    """A folder that two collections went into, apart; nothing for another folder."""
    aeb = [pair for pair in part.pages if pair[0]["file"].startswith("aeb-")]
    rest = [pair for pair in part.pages if not pair[0]["file"].startswith("aeb-")]
    if aeb and rest:
        yield evolve(part, name=f"{part.name}: article-extraction-benchmark", pages=aeb, mixed_up=())
        yield evolve(part, name=f"{part.name}: fundus", pages=rest)


def standard_parts(corpus: Path = CORPUS) -> list[Part]:
    """As the floors are set: the Chinese pages together, the world's halves apart; [] where the folder is not there."""
    if not all((corpus / name / "gold.jsonl").is_file() for name in FOLDERS):
        return []
    return [part_of(corpus / "zh", corpus / "chinanews"), *halves(part_of(corpus / "world"))]


def shown(page: FetchedPage) -> str:
    """All text of the page, scripts included."""
    assert page.tree is not None
    return " ".join(cast("list[str]", page.tree.xpath("//text()")))


# -- the project's own cases -------------------------------------------------------------------------------------------
def own_cases(only: str = "") -> Part:
    """Every case with labels; a page that is to be rejected, and a listing, is none of a reader's figures."""
    pages = []
    for folder in (folder for cases in CASES if cases.is_dir() for folder in sorted(cases.iterdir())):
        label = next((folder / name for name in ("case.json", "expected.json") if (folder / name).is_file()), None)
        if label is None or only not in folder.name:
            continue
        case = json.loads(label.read_text(encoding="utf-8"))
        expected = case.get("expected", case)
        if "listing" not in case and "rejected" not in case and "headline" in expected:
            pages.append((_gold(folder.name, case, expected), _opened(folder, case)))
    return Part(name="own cases", pages=pages)


def _gold(name: str, case: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """A case's labels as a row of gold."""
    gold = {**expected, "file": name, "url": case.get("url") or "", "lang": expected.get("language") or "zh"}
    related = expected.get("related") or ()
    rows = (row if isinstance(row, dict) else {"title": row[0], "href": row[1]} for row in related)
    gold["related"] = [{"title": row.get("title") or row.get("headline"), **row} for row in rows]
    return gold


def _opened(folder: Path, case: dict[str, Any]) -> FetchedPage:
    """The page of a case as it was fetched, with the later pages of a long article."""
    if "newsroom" not in case:
        body = (folder / "page.html").read_text(encoding="utf-8").encode(case.get("encoding", "utf-8"))
        kind = case.get("content_type", "text/html")
        return FetchedPage(
            url=case.get("url") or "", asked=case.get("asked"), body=body, content_type=kind, fetched_at=FETCHED_AT
        )
    return evolve(
        _recorded(case["url"], case["newsroom"]),
        asked=case.get("asked"),
        continued=tuple(_recorded(f"https://{place}", place) for place in case.get("continued", ())),
    )


def _recorded(url: str, place: str) -> FetchedPage:
    recorded = newsroom().find(f"https://{place}")
    assert recorded is not None, f"{place} is not in the newsroom"
    kind = next(value for key, value in recorded.headers if key.lower() == "content-type")
    return FetchedPage(url=url, body=recorded.decoded(), content_type=kind, fetched_at=FETCHED_AT)


@cache
def newsroom() -> Archive:
    """The demo's pages, built once."""
    target = Path(tempfile.mkdtemp(prefix="newsroom-")) / "newsroom.warc.gz"
    build(ROOT / "data" / "newsroom", target)
    return Archive([target])
