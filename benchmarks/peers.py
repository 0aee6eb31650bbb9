"""Other readers on the same pages in the same run: body, headline, authors, day, CPU. What is not installed is named.

    python benchmarks/peers.py [--only READER,READER] [--write]

They are no part of newscrawl's environment. To have them (magic-html asks for Python 3.12):

    python3.12 -m venv PEERS && PEERS/bin/pip install -e '.[peers]' && PEERS/bin/python benchmarks/peers.py

Every reader is given the page as text, decoded by newscrawl (newscrawl itself the bytes), its address, and the page's
language where it asks for one; each with its defaults, pictures not fetched. CPU is of one reading after a warm-up, the
parse included. ``--write`` puts the tables into docs/reading.md.
"""

from __future__ import annotations

import argparse
import logging
import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

from attrs import frozen
from corpus import ROOT, Part, read, standard_parts
from lxml.html import document_fromstring, fromstring
from machine import machine
from pace import spread
from scores import Score, figures, score

from newscrawl.items import Article, FetchedPage, Printed
from newscrawl.text.dates import read_printed
from newscrawl.text.encoding import as_utf8

GIVEN = {"body": "body_text", "headline": "headline", "authors": "authors", "day": "published"}
"""Column -> the article's field; a reader that gives a field nowhere has an empty cell and no nought."""
DOCS = ROOT / "docs" / "reading.md"
MARKS = "<!-- peers -->", "<!-- end of peers -->"
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


@frozen(kw_only=True)
class Said:
    """What a reader gives for a page."""

    body: str
    headline: str | None = None
    authors: Sequence[str] = ()
    day: datetime | str | list[str] | None = None


Reader = Callable[[str, str, str], Said]
"""(page, address, language)."""


# -- the readers, each imported where it is asked for ------------------------------------------------------------------
def trafilatura() -> Reader:
    from trafilatura import bare_extraction

    def reader(html: str, url: str, language: str) -> Said:
        found = bare_extraction(html, url=url or None, with_metadata=True)
        names = (found.author or "").split("; ") if found.author else ()
        return Said(body=found.text or "", headline=found.title, authors=names, day=found.date)

    return reader


def readability() -> Reader:
    from readability import Document

    def reader(html: str, url: str, language: str) -> Said:
        found = Document(html)
        return Said(body=_words(found.summary()), headline=found.short_title())

    return reader


def newspaper() -> Reader:
    import newspaper
    from newspaper.languages import valid_languages

    known = {code for code, _ in valid_languages()}

    def reader(html: str, url: str, language: str) -> Said:
        spoken = language if language in known else "en"
        found = newspaper.Article(url or "http://localhost/", language=spoken, fetch_images=False)
        found.download(input_html=html)
        found.parse()
        return Said(body=found.text, headline=found.title, authors=found.authors, day=found.publish_date)

    return reader


def goose() -> Reader:
    from goose3 import Goose
    from goose3.text import StopWordsChinese

    plain = Goose({"enable_image_fetching": False})
    chinese = Goose({"enable_image_fetching": False, "stopwords_class": StopWordsChinese})

    def reader(html: str, url: str, language: str) -> Said:
        found = (chinese if language == "zh" else plain).extract(raw_html=html)
        return Said(body=found.cleaned_text, headline=found.title, authors=found.authors, day=found.publish_date)

    return reader


def gne() -> Reader:
    from gne import GeneralNewsExtractor

    def reader(html: str, url: str, language: str) -> Said:
        found = GeneralNewsExtractor().extract(html)
        names = (found["author"],) if found["author"] else ()
        return Said(body=found["content"], headline=found["title"], authors=names, day=found["publish_time"])

    return reader


def magic_html() -> Reader:
    from magic_html import GeneralExtractor

    made = GeneralExtractor()

    def reader(html: str, url: str, language: str) -> Said:
        found = made.extract(html, base_url=url, html_type="article")
        return Said(body=_words(found["html"]), headline=found["title"])

    return reader


def news_please() -> Reader:
    from newsplease import NewsPlease

    def reader(html: str, url: str, language: str) -> Said:
        found = NewsPlease.from_html(html, url=url or None, fetch_images=False)
        return Said(
            body=found.maintext or "", headline=found.title, authors=found.authors or (), day=found.date_publish
        )

    return reader


PEERS: dict[str, Callable[[], Reader]] = {
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "magic-html": magic_html,
    "trafilatura": trafilatura,
    "goose3": goose,
    "gne": gne,
    "news-please": news_please,
}
"""By the name of the package."""


# -- one page ----------------------------------------------------------------------------------------------------------
def _words(html: str) -> str:
    return "\n".join(cast("list[str]", list(fromstring(html).itertext()))) if html and html.strip() else ""


def decoded(page: FetchedPage) -> str:
    return _DECLARED.sub("", as_utf8(page.body, page.content_type).decode("utf-8", "replace"))


def as_article(said: Said | None) -> Article | None:
    """In newscrawl's words, for scoring."""
    if said is None:
        return None
    return Article(
        key="peer:1",
        source="peer",
        url="",
        language="",
        headline=said.headline,
        authors=tuple(name for name in said.authors if isinstance(name, str)),
        published=_printed(said.day),
        body_text=said.body,
    )


def _printed(day: datetime | str | list[str] | None) -> Printed | None:
    if isinstance(day, list):
        return _printed(day[0]) if day else None
    if isinstance(day, datetime):
        return Printed(at=day if day.tzinfo else day.replace(tzinfo=UTC), local=day.isoformat()[:16], raw=str(day))
    return read_printed(day, zone="UTC") if day else None


def asked(reader: Reader, html: str, url: str, language: str) -> Said | None:
    """None where it gave nothing or broke: these packages raise whatever comes, and go on to the next page."""
    try:
        return reader(html, url, language)
    except Exception:  # noqa: BLE001
        return None


@frozen(kw_only=True)
class Row:
    name: str
    scores: Sequence[Score]
    milliseconds: Sequence[float]


def row_of(name: str, part: Part, ask: Callable[[dict[str, Any], FetchedPage], Callable[[], Article | None]]) -> Row:
    """``ask`` prepares, what it gives back is timed."""
    scores, spent = [], []
    ask(*part.pages[0])()
    for gold, page in part.pages:
        work = ask(gold, page)
        started = time.process_time()
        article = work()
        spent.append((time.process_time() - started) * 1000)
        scores.append(score(article, gold))
    return Row(name=name, scores=scores, milliseconds=spent)


def rows(part: Part, wanted: Sequence[str]) -> Iterator[Row]:
    def own(_: dict[str, Any], page: FetchedPage) -> Callable[[], Article | None]:
        fresh = FetchedPage(url=page.url, body=page.body)
        return lambda: read(fresh, generic=True)

    def bare(_: dict[str, Any], page: FetchedPage) -> Callable[[], None]:
        return lambda: cast("None", document_fromstring(page.body) and None)

    yield row_of("newscrawl, generic reader", part, own)
    for name in wanted:
        reader = PEERS[name]()

        def peer(gold: dict[str, Any], page: FetchedPage, reader: Reader = reader) -> Callable[[], Article | None]:
            html, language = decoded(page), (gold.get("lang") or "zh")[:2]
            return lambda: as_article(asked(reader, html, page.url, language))

        yield row_of(f"{name} {version(name)}", part, peer)
    yield row_of("parsing alone (lxml)", part, bare)


# -- the tables --------------------------------------------------------------------------------------------------------
def table(part: Part, wanted: Sequence[str]) -> Iterator[str]:
    """Markdown, and under it who is better than newscrawl in what."""
    yield f"### {part.name}, {len(part.pages)} pages\n"
    yield "| | body F1 | headline | authors | day | nothing read | median ms | mean | p95 | most |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    own: dict[str, float] = {}
    better = []
    for row in rows(part, wanted):
        reached = {name: value for name, value in figures(row.scores).items() if name in GIVEN and _gives(row, name)}
        nothing = str(sum(one.article is None or not one.article.body_text for one in row.scores)) if reached else ""
        cells = [*(_shown(reached.get(name)) for name in GIVEN), nothing]
        yield f"| {row.name} | " + " | ".join([*cells, *(f"{one:.1f}" for one in spread(row.milliseconds))]) + " |"
        own = own or reached
        better += [f"{row.name} in {name}" for name, value in reached.items() if value > own.get(name, 0.0)]
    yield f"\nBetter than newscrawl here: {', '.join(better) or 'none of them in any column'}.\n"


def _gives(row: Row, name: str) -> bool:
    return any(one.article is not None and getattr(one.article, GIVEN[name]) for one in row.scores)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".lstrip("0")


def installed(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """(those that are, those that are not)."""
    there, missing = [], []
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
        else:
            there.append(name)
    return there, missing


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--only", default=",".join(PEERS), help="which readers, by package, comma-separated")
    options.add_argument("--write", action="store_true", help="put the tables into docs/reading.md")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()
    there, missing = installed(given.only.split(","))
    head = f"{datetime.now(UTC):%Y-%m-%d}, {machine()}, lxml {version('lxml')}."
    lines = [head + (f" Not installed: {', '.join(missing)}." if missing else ""), ""]
    print(lines[0])
    for part in standard_parts():
        for line in table(part, there):
            print(line, flush=True)
            lines.append(line)
    if given.write:
        before, _, rest = DOCS.read_text(encoding="utf-8").partition(MARKS[0])
        after, tables = rest.partition(MARKS[1])[2], "\n".join(lines)
        DOCS.write_text(f"{before}{MARKS[0]}\n{tables}{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
