"""What a publisher's rules are worth: its real pages read with them and without, field by field.

The pages are those of ../shared/corpus that lie on a known publisher's host (by the address that gold gives, else by
the page's own word, else by the host in the file's name); all other pages have to read the same with every source
known. A field is right where it is gold's, no more and no less: nobody where gold has nobody.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from corpus import CORPUS, FOLDERS, ROOT, Page, part_of, read
from machine import machine
from pace import best
from scores import Score, body_f1, score

from newscrawl.errors import NotAnArticle
from newscrawl.items import Article, FetchedPage, Link
from newscrawl.sources import Source, named_address, registry
from newscrawl.text.tree import folded, parsed

DOCS = ROOT / "docs" / "reading.md"
MARKS = "<!-- publishers -->", "<!-- end of publishers -->"
FIELDS = ("authors", "editors", "credit", "published")


@frozen(kw_only=True)
class Own:
    """A page of a publisher's."""

    source: Source
    gold: Mapping[str, Any]
    page: FetchedPage
    """With a link to it where its address is not known: then the link says whose it is."""


@frozen(kw_only=True)
class Figures:
    """One publisher's pages, read in one way."""

    right: Mapping[str, int]
    """Of FIELDS, on how many pages."""
    headline: int
    body: float
    milliseconds: float


def own_pages(pages: Sequence[Page]) -> Iterator[Own]:
    for gold, page in pages:
        url = page.url or named_address(parsed(page)) or ""
        host = gold["file"].partition(".html")[0].rpartition("-")[0]
        source = registry().for_url(url or f"https://{host}/")
        if source is None or not gold.keys() >= set(FIELDS):
            continue
        if source.address(url) is None:
            link = Link(source=source.slug, key=f"{source.slug}:{gold['file']}", url=url, found_in="")
            yield Own(source=source, gold=gold, page=evolve(page, link=link))
        else:
            yield Own(source=source, gold=gold, page=evolve(page, url=url))


def by_rules(own: Own) -> Article | None:
    """Read by the publisher's page class; of page 1 of many what it holds."""
    page = own.source.page(parsed(evolve(own.page, link=own.page.link)), own.source.outlet)
    try:
        return page.read()
    except NotAnArticle as problem:
        return problem.so_far if isinstance(problem.so_far, Article) else None


def without(own: Own) -> Article | None:
    return read(evolve(own.page, link=None), True)


def right(article: Article | None, gold: Mapping[str, Any]) -> dict[str, bool]:
    """Of FIELDS, whether it is gold's: names as a set, the minute of publication where gold shows one, else the day."""
    if article is None:
        return dict.fromkeys(FIELDS, False)
    return {
        "authors": set(article.authors) == set(gold["authors"]),
        "editors": set(article.editors) == set(gold["editors"]),
        "credit": folded(article.credit or "") == folded(gold["credit"] or ""),
        "published": article.published is not None and _same_time(article.published.local, gold["published"]),
    }


def _same_time(local: str, wanted: str) -> bool:
    return local[:16] == wanted[:16] if ":" in wanted else local[:10] == wanted[:10]


def figures(pages: Sequence[Own], *, rules: bool) -> Figures:
    reader = by_rules if rules else without
    read_as = [(reader(own), own.gold) for own in pages]
    scores: list[Score] = [score(article, dict(gold)) for article, gold in read_as]
    verdicts = [right(article, gold) for article, gold in read_as]
    fresh = [evolve(own, page=evolve(own.page, tree=None)) for own in pages]
    return Figures(
        right={field: sum(verdict[field] for verdict in verdicts) for field in FIELDS},
        headline=sum(one.fields["headline"] == 1 for one in scores),
        body=body_f1(scores),
        milliseconds=sum(best(partial(reader, own))[0] for own in fresh) / len(fresh),
    )


def changed_elsewhere(pages: Sequence[Page]) -> tuple[int, list[str]]:
    """How many pages are no publisher's, and which of them are read otherwise because publishers are known."""
    mine = {own.gold["file"] for own in own_pages(pages)}
    others = [(gold, page) for gold, page in pages if gold["file"] not in mine]
    return len(others), [gold["file"] for gold, page in others if read(page, False) != read(page, True)]


def table(groups: Mapping[str, Sequence[Own]]) -> Iterator[str]:
    yield "| publisher | pages | authors | editors | credit | published | headline | body F1 | CPU, rules / none |"
    yield "|---|---|---|---|---|---|---|---|---|"
    sums = {True: dict.fromkeys((*FIELDS, "headline"), 0), False: dict.fromkeys((*FIELDS, "headline"), 0)}
    for slug, pages in groups.items():
        ways = {rules: figures(pages, rules=rules) for rules in (True, False)}
        for rules, one in ways.items():
            for field, number in {**one.right, "headline": one.headline}.items():
                sums[rules][field] += number
        cells = [_pair(ways[True].right[field], ways[False].right[field]) for field in FIELDS]
        cells.append(_pair(ways[True].headline, ways[False].headline))
        cells.append(_pair(f"{ways[True].body:.3f}", f"{ways[False].body:.3f}"))
        cells.append(f"{ways[True].milliseconds / ways[False].milliseconds:.2f}")
        yield f"| {slug} | {len(pages)} | {' | '.join(cells)} |"
    whole = sum(map(len, groups.values()))
    cells = [_pair(*(f"{sums[rules][field] / whole:.3f}" for rules in (True, False))) for field in sums[True]]
    yield f"| all | {whole} | {' | '.join(cells)} | | |"


def _pair(with_rules: object, without_them: object) -> str:
    return str(with_rules) if with_rules == without_them else f"{with_rules} (none: {without_them})"


def report(*, pages: bool, into_docs: bool) -> None:
    """Print the table; with ``pages`` what is wrong, page by page; with ``into_docs`` into docs/reading.md as well."""
    if not (CORPUS / "zh" / "gold.jsonl").is_file():
        sys.exit(f"the corpus of real pages is not at {CORPUS}: nothing measured")
    corpus = [pair for name in FOLDERS for pair in part_of(CORPUS / name).pages]
    groups: dict[str, list[Own]] = {}
    for own in own_pages(corpus):
        groups.setdefault(own.source.slug, []).append(own)
    others, changed = changed_elsewhere(corpus)
    same = f"read otherwise are {', '.join(changed)}" if changed else "all read as without any rules"
    lines = [machine() + ".\n", *table(dict(sorted(groups.items()))), f"\nThe {others} other pages: {same}."]
    print("\n".join(lines))
    for own in (own for slug in sorted(groups) for own in groups[slug] if pages):
        wrong = [field for field, good in right(by_rules(own), own.gold).items() if not good]
        print(f"{own.source.slug:10} {own.gold['file']:44} wrong: {', '.join(wrong)}")
    if into_docs:
        write(DOCS, "\n".join(lines))


def write(docs: Path, text: str) -> None:
    before, _, rest = docs.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    today = f"{datetime.now():%Y-%m-%d}"
    docs.write_text(f"{before}{MARKS[0]}\n{today}, {text}\n{MARKS[1]}{after}", encoding="utf-8")
