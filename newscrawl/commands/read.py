"""``scrapy read FILE...``: read saved pages without storing them, as the pipelines would."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import attrs
from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.archive.reader import pages
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.reprint import print_article
from newscrawl.errors import BadFile, NewscrawlError, NotAnArticle, Reason
from newscrawl.fetch.project import options_of
from newscrawl.items import Article, FetchedPage, Json
from newscrawl.options import Options
from newscrawl.pipelines.sanitise import sanitise
from newscrawl.pipelines.validate import validate
from newscrawl.sources import Registry, read_page
from newscrawl.store.preview import published_row

Reader = Callable[[FetchedPage], Article]


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE..."

    def short_desc(self) -> str:
        return "Read saved pages (.html, .html.gz, .warc.gz) without storing them"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", metavar="URL", help="the page's address, where the file does not say")
        parser.add_argument("--generic", action="store_true", help="without any publisher's rules")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, keys as in `published`")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if not args:
            raise UsageError("name at least one saved page")
        registry = Registry.walk(tuple(self.settings.getlist("SPIDER_MODULES")))

        def read(page: FetchedPage) -> Article:
            return read_page(page, generic=opts.generic, registry=registry)

        try:
            options = options_of(self.settings)
            for name in args:
                for row in rows_of(Path(name), opts.url, read, options):
                    _print(row, opts.json, options)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)


def rows_of(path: Path, url: str | None, read: Reader, options: Options) -> Iterator[Json]:
    """One row per article of a file: the columns of ``published``, with file, answered_by and rejected."""
    found = {page.url: page for page in _pages(path, url)}
    taken: set[str] = set()
    rows = {}
    for page in found.values():
        try:
            article = validate(_whole(page, found, read, taken), options.clock.now())
            row = published_row(sanitise(article)) | {"answered_by": dict(article.answered_by), "rejected": None}
        except NotAnArticle as problem:
            row = {"url": page.url, "rejected": problem.reason.value, "detail": problem.detail}
        rows[page.url] = {"file": str(path)} | row
    yield from (row for page_url, row in rows.items() if page_url not in taken)


def _whole(page: FetchedPage, found: dict[str, FetchedPage], read: Reader, taken: set[str]) -> Article:
    """The article that begins on ``page``, with its later pages where the same file (a WARC) holds them.

    The later pages are added to ``taken``. Page 2 read alone asks for page 1, and is left to it.
    """
    whole = page
    while True:
        try:
            article = read(whole)
        except NotAnArticle as problem:
            following = found.get(problem.next_url or "")
            known = {page.url, *(part.url for part in whole.continued)}
            if problem.reason is not Reason.NEEDS_MORE_PAGES or following is None or following.url in known:
                raise
            whole = attrs.evolve(whole, continued=(*whole.continued, following))
        else:
            taken.update(part.url for part in whole.continued)
            return article


def _pages(path: Path, url: str | None) -> Iterator[FetchedPage]:
    if not path.is_file():
        raise BadFile(path, "there is no such file")
    if path.name.endswith((".warc", ".warc.gz")):
        for record in pages(path):
            yield FetchedPage(
                url=record.url,
                body=record.decoded(),
                content_type=record.header("content-type"),
                fetched_at=record.fetched_at,
            )
        return
    try:
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = gzip.decompress(body)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(path, f"cannot be read ({error})") from None
    yield FetchedPage(url=url or "", body=body)


def _print(row: Json, as_json: bool, options: Options) -> None:
    if as_json:
        print(json.dumps(row, ensure_ascii=False))
        return
    console = Console(highlight=False)
    console.rule(row["file"])
    if row["rejected"]:
        reason = f"{row['rejected']}: {row['detail']}" if row["detail"] else row["rejected"]
        console.print(f"no article ({reason})  {row['url']}", markup=False)
        return
    print_article(console, row, options.site)
    sys.stdout.flush()
