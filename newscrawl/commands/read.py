"""``scrapy read FILE...``: read saved pages without storing them, as the pipelines would."""

from __future__ import annotations

import argparse
import gzip
import json
import shlex
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import attrs
from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.archive.page import page_of
from newscrawl.archive.reader import Archive, pages
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.reprint import print_article
from newscrawl.drafting import slug_for
from newscrawl.errors import BadFile, BrokenListing, NewscrawlError, NotAnArticle, Reason
from newscrawl.extensions.quarantine import keys_in
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import Article, FetchedPage, Json
from newscrawl.options import Options
from newscrawl.pipelines.sanitise import sanitise
from newscrawl.pipelines.validate import validate
from newscrawl.sources import Registry, named_address, read_page
from newscrawl.store.preview import published_row
from newscrawl.store.views import COLUMNS
from newscrawl.text.plain import plain
from newscrawl.text.tree import parsed
from newscrawl.text.urls import split

Reader = Callable[[FetchedPage], Article]
Lister = Callable[[FetchedPage], Json]

WATCHED = ("published_at", "dateline", "authors", "editors", "credit", "section", "keywords", "images", "related")
"""Fields whose absence is worth a word before a source is written."""
WARCS = (".warc", ".warc.gz")
SHOWN = 10
"""Keys of a listing's articles that are told on a terminal."""
NO_ADDRESS = "no address known: read by the default chain alone; give --url for the publisher's rules"


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE..."

    def short_desc(self) -> str:
        return "Read saved pages (.html, .html.gz, .warc.gz) without storing them"

    def long_desc(self) -> str:
        return (
            "Read saved pages (.html, .html.gz, .warc.gz) without storing them, and tell what is read in each and who "
            "answered for it. Exit codes: 0 every file was read, also where a page is no article; 1 a file could not "
            "be read (it is named, the others are read all the same), or a setting does not serve; 2 the command "
            "line does not hold together."
        )

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
        if opts.url is not None:
            _refuse_address(opts.url, args)
        registry = registry_of(self.settings)

        def read(page: FetchedPage) -> Article:
            return read_page(page, generic=opts.generic, registry=registry)

        def listed(page: FetchedPage) -> Json:
            return {} if opts.generic else _listed(page, registry)

        try:
            options = options_of(self.settings)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        unknown = _Unknown(registry)
        for name in args:
            try:
                for row in rows_of(SavedPages(Path(name), opts.url), read, listed, options):
                    row["source_name"] = registry.get(row["source"]).name if row["source"] in registry else None
                    if opts.json:
                        print(json.dumps(row, ensure_ascii=False))
                    else:
                        _print(row, options, registry, generic=opts.generic)
                        if not opts.generic:
                            unknown.tell(row)
            except NewscrawlError as problem:
                self.exitcode = complain(problem)


def _refuse_address(url: str, files: Sequence[str]) -> None:
    """``--url`` is the address of one saved page, and one of the web; a WARC says its pages' own."""
    if sum(not name.endswith(WARCS) for name in files) > 1:
        raise UsageError("--url is the address of one page; give one file with it")
    if split(url) is None:
        raise UsageError(f"--url: {url!r} is no address of a page; give one that begins with http:// or https://")


class SavedPages:
    """The pages of one file: one for a saved page, every HTML answer for a WARC. Read one at a time."""

    def __init__(self, path: Path, url: str | None) -> None:
        if not path.is_file():
            raise BadFile(path, "is a folder; name a file" if path.is_dir() else "there is no such file")
        self.path = path
        self._url = url
        self._is_warc = path.name.endswith(WARCS)
        self._index: Archive | None = None

    def __iter__(self) -> Iterator[FetchedPage]:
        if self._is_warc:
            return (page_of(record) for record in pages(self.path))
        try:
            body = self.path.read_bytes()
            body = gzip.decompress(body) if self.path.suffix == ".gz" else body
        except (OSError, EOFError, zlib.error) as error:
            raise BadFile(self.path, f"cannot be read ({error})") from None
        return iter([FetchedPage(url=self._url or "", body=body)])

    def find(self, url: str) -> FetchedPage | None:
        """A page of the same WARC by its address."""
        if not self._is_warc:
            return None
        if self._index is None:
            self._index = Archive([self.path])
        record = self._index.find(url)
        return page_of(record) if record and record.status == 200 else None


def rows_of(saved: SavedPages, read: Reader, listed: Lister, options: Options) -> Iterator[Json]:
    """One row per article: the columns of ``published``, with what docs/commands.md names besides.

    A later page of a long article is part of its row, where the same file holds page 1. The row of a listing has its
    name and ``links`` too: the keys of the articles that are found in it.
    """
    taken: set[str] = set()
    for page in saved:
        if page.url and page.url in taken:
            continue
        file = {"file": str(saved.path)}
        try:
            article = validate(_whole(page, saved, read, taken), options.clock.now())
        except NotAnArticle as problem:
            if _is_later(problem, saved):
                continue
            yield (
                file
                | _row_of(problem, page)
                | {"rejected": problem.reason.value, "detail": problem.detail}
                | listed(page)
            )
        else:
            yield file | _read(article) | {"rejected": None, "detail": None}


def _read(article: Article) -> Json:
    clean = sanitise(article)
    lead = clean.lead_image.url if clean.lead_image else None
    hands = {"lead_image": lead, "answered_by": dict(clean.answered_by), "sure": dict(clean.sure)}
    return published_row(clean) | hands


def _row_of(problem: NotAnArticle, page: FetchedPage) -> Json:
    """Nothing but the address; of page 1 of many what it holds."""
    if isinstance(problem.so_far, Article):
        return _read(problem.so_far)
    return dict.fromkeys(COLUMNS["published"]) | {
        "url": page.url or None,
        "related": [],
        "topics": [],
        "lead_image": None,
        "answered_by": {},
        "sure": {},
    }


def _listed(page: FetchedPage, registry: Registry) -> Json:
    """``listing``, its name, and ``links`` where the page's address is a known source's listing; else {}."""
    try:
        url = page.url or named_address(parsed(page)) or ""
    except NotAnArticle:
        url = ""
    source = registry.for_url(url)
    where = source.declared_at(url) if source else None
    if source is None or where is None:
        return {}
    try:
        return {"listing": where.name, "links": keys_in(attrs.evolve(page, url=url), where, source)}
    except (NotAnArticle, BrokenListing):
        return {"listing": where.name, "links": []}


def _is_later(problem: NotAnArticle, saved: SavedPages) -> bool:
    """Page n alone asks for page 1: where that is in the file too, n belongs to its row."""
    return problem.first_url is not None and saved.find(problem.first_url) is not None


def _whole(page: FetchedPage, saved: SavedPages, read: Reader, taken: set[str]) -> Article:
    """The article that begins on ``page``, with its later pages where the same file holds them."""
    whole = page
    while True:
        try:
            article = read(whole)
        except NotAnArticle as problem:
            if problem.reason is not Reason.NEEDS_MORE_PAGES or problem.first_url or not problem.next_url:
                raise
            following = saved.find(problem.next_url)
            if following is None or following.url in {page.url, *(part.url for part in whole.continued)}:
                raise
            whole = attrs.evolve(whole, continued=(*whole.continued, following))
        else:
            taken.update(part.url for part in whole.continued)
            return article


def _print(row: Json, options: Options, registry: Registry, *, generic: bool) -> None:
    console = Console(highlight=False)
    console.rule(row["file"])
    if row["rejected"]:
        reason = f"{row['rejected']}: {row['detail']}" if row["detail"] else row["rejected"]
        console.print(plain(f"no article ({reason})  {row['url'] or ''}"), markup=False, soft_wrap=True)
        if "links" in row:
            _print_links(console, row["listing"], row["links"])
        return
    source = registry.for_url(row["url"] or "")
    if source is not None and source.address(row["url"]) is None:
        note = f"  (no article address of {source.slug}: read by the default chain alone)"
    else:
        note = ""
    console.print(plain(f"{row['source']} · {row['key']}{note}"), markup=False, soft_wrap=True)
    if row["source"] == "unknown" and not generic:
        console.print(NO_ADDRESS, markup=False, soft_wrap=True)
    missing = [name for name in WATCHED if not row[name]]
    console.print(f"not found: {', '.join(missing)}" if missing else "every field found", style="dim", soft_wrap=True)
    print_article(console, row, options.site, fields_first=True)


class _Unknown:
    """Says of each site that no source knows, once and below its first article, how one is begun."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._told: set[str] = set()

    def tell(self, row: Json) -> None:
        url, source = row["url"], row["source"]
        if not url or source is None or source in self._told or self._registry.for_url(url) is not None:
            return
        self._told.add(source)
        command = shlex.join(("scrapy", "genspider", "-t", "news", slug_for(url), url, "--page", row["file"]))
        print(plain(f"\nno source knows {source}; to begin one: {command}"))


def _print_links(console: Console, listing: str, keys: list[str]) -> None:
    first = f", the first {SHOWN}:" if len(keys) > SHOWN else ":" if keys else ""
    words = f"article links that today's declaration of {listing} finds in it: {len(keys)}{first}"
    for line in (words, *(f"  {key}" for key in keys[:SHOWN])):
        console.print(plain(line), markup=False, soft_wrap=True)
