"""``scrapy sources``: every source, how it is found, what that rests on, and its last good run; or one of them in
full."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from rich import box
from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.discover.basis import Basis, Hearsay, Linked, Seen
from newscrawl.discover.listings import Listing
from newscrawl.errors import NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import Json
from newscrawl.options import Options
from newscrawl.sources import Source
from newscrawl.store.history import last_good_run, watched
from newscrawl.store.reader import Reader
from newscrawl.text.plain import plain

HEADINGS = ("source", "publisher", "language", "found by", "lists", "articles", "last good run")


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] [SOURCE]"

    def short_desc(self) -> str:
        return "List every source: publisher, language, how it is found, what that rests on, last good run"

    def long_desc(self) -> str:
        return (
            "List every source: publisher, language, how it is found, what its declarations of lists and of articles "
            "rest on (seen: a real page was read; linked: a real page links it, what stands there was not seen; "
            "hearsay: public code or documentation has it), and its last good run; then the start addresses of feeds, "
            "sitemaps and sections that were walked in the last two weeks. With SOURCE, that one in full: every "
            "listing, form of addresses, refusal and template, and what it rests on."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON array, everything in it")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        if len(args) > 1:
            raise UsageError("name one source, or none for all of them")
        with speaking():
            try:
                self.answer(args, as_json=opts.json)
            except NewscrawlError as problem:
                self.exitcode = complain(problem)

    def answer(self, args: Sequence[str], *, as_json: bool) -> None:
        assert self.settings is not None
        registry = registry_of(self.settings)
        chosen = [registry.get(args[0])] if args else list(registry)
        rows = _rows(chosen, options_of(self.settings), starts=not args)
        if as_json:
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        elif args:
            _print_one(rows[0])
        else:
            _print_table(rows)


def _rows(sources: Sequence[Source], options: Options, *, starts: bool) -> list[Json]:
    """A row for each source; then, for each start address that is walked, one that has the same keys."""
    rows = [_row(source) for source in sources]
    if options.db.exists():
        with Reader(options.db) as reader:
            names = watched(reader, options.clock.now()) if starts and rows else ()
            rows += [dict.fromkeys(rows[0]) | {"slug": name, "found_by": [name.partition(":")[0]]} for name in names]
            for row in rows:
                row["last_good_run"] = last_good_run(reader, row["slug"])
    return rows


def _row(source: Source) -> Json:
    patterns = [
        {
            "host": pattern.host and pattern.host.pattern,
            "path": pattern.path.pattern,
            "key": pattern.key,
            "url": pattern.url,
            "basis": _basis(pattern.basis),
        }
        for pattern in source.articles
    ]
    return {
        "slug": source.slug,
        "name": source.name,
        "credited_as": list(source.credited_as),
        "language": source.language,
        "zone": source.zone,
        "home": source.home,
        "hosts": list(source.hosts),
        "found_by": [_words(listing) for listing in source.listings],
        "rests_on": {
            "lists": _rests_on([listing.basis for listing in source.listings]),
            "articles": _rests_on([*(pattern.basis for pattern in source.articles), *source.pages]),
        },
        "listings": [
            {"kind": _kind(one), "name": one.name, "url": one.url, "basis": _basis(one.basis)}
            for one in source.listings
        ],
        "articles": patterns,
        "refused": [
            {"reason": one.reason.value, "path": one.path.pattern, "basis": _basis(one.basis)} for one in source.refused
        ],
        "pages": [_basis(one) for one in source.pages],
        "last_good_run": None,
    }


def _rests_on(marks: Sequence[Basis | None]) -> dict[str, int]:
    """How many declarations rest on what."""
    kinds = Counter(type(mark) for mark in marks)
    return {
        "seen": kinds[Seen],
        "linked": kinds[Linked],
        "hearsay": kinds[Hearsay],
        "not_said": kinds[type(None)],
    }


def _share(counted: dict[str, int]) -> str:
    """'4 seen, 3 linked'; the word alone where all rest on the same."""
    shares = {kind.replace("_", " "): number for kind, number in counted.items() if number}
    if len(shares) == 1:
        return next(iter(shares))
    return ", ".join(f"{number} {kind}" for kind, number in shares.items())


def _basis(mark: Basis | None) -> str | None:
    return None if mark is None else str(mark)


def _kind(listing: Listing) -> str:
    return type(listing).__name__.lower()


def _words(listing: Listing) -> str:
    return f"{_kind(listing)} {listing.name}"


def _print_table(rows: Iterable[Json]) -> None:
    """The sources; the start addresses, which may be long, below them."""
    table, starts = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)), []
    for heading in HEADINGS:
        table.add_column(heading, no_wrap=heading == "source", overflow="fold")
    for row in rows:
        good = row["last_good_run"] or "never"
        if row["rests_on"] is None:
            starts.append(f"{row['slug']}  last good run {good}")
            continue
        kinds = Counter(words.split()[0] for words in row["found_by"])
        found_by = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        shares = (_share(row["rests_on"][what]) for what in ("lists", "articles"))
        day = good.removesuffix("Z").replace("T", " ")[:16]
        table.add_row(*map(plain, (row["slug"], row["name"], row["language"], found_by, *shares)), day)
    console = Console(markup=False, highlight=False)
    console.print(table)
    for line in starts:
        console.print(plain(line), soft_wrap=True)


def _print_one(row: Json) -> None:
    console = Console(highlight=False)
    for line in _lines(row):
        console.print(plain(line), markup=False, soft_wrap=True)


def _lines(row: Json) -> Iterator[str]:
    also = f" ({'、'.join(row['credited_as'])})" if row["credited_as"] else ""
    yield f"{row['slug']} · {row['name']}{also}"
    yield f"  home      {row['home']}"
    yield f"  hosts     {', '.join(row['hosts'])}"
    yield f"  language  {row['language']}, {row['zone']}"
    yield f"  last good run  {row['last_good_run'] or 'never'}"
    yield "listings"
    for one in row["listings"]:
        yield f"  {one['kind']} {one['name']}  {one['url']}"
        yield f"      {one['basis'] or 'not said'}"
    yield "addresses of articles"
    for one in row["articles"]:
        yield f"  {one['path']}" + (f"  on {one['host']}" if one["host"] else "")
        yield f"      key {one['key']}" + (f", address {one['url']}" if one["url"] else "")
        yield f"      {one['basis'] or 'not said'}"
    if row["refused"]:
        yield "no articles"
    for one in row["refused"]:
        yield f"  {one['reason']}  {one['path']}"
        yield f"      {one['basis'] or 'not said'}"
    yield "article pages"
    for mark in row["pages"] or ["not said"]:
        yield f"  {mark}"
