"""``scrapy sources``: every source, how it is found, and its last good run."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.discover.listings import Listing
from newscrawl.errors import NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.store.history import last_good_run
from newscrawl.store.reader import Reader


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "List every source: publisher, language, how it is found, last good run"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON array instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError("takes no words: it lists every source")
        try:
            rows = self.rows(options_of(self.settings).db)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        if opts.json:
            print(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        table = Table()
        for heading in ("source", "publisher", "language", "found by", "last good run"):
            table.add_column(heading, no_wrap=heading != "found by")
        for row in rows:
            kinds = Counter(words.split()[0] for words in row["found_by"])
            found_by = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
            table.add_row(row["slug"], row["name"], row["language"], found_by, row["last_good_run"] or "never")
        Console().print(table)

    def rows(self, db: Any) -> list[dict[str, Any]]:
        assert self.settings is not None
        sources = registry_of(self.settings)
        good_runs: dict[str, str | None] = {}
        if db.exists():
            with Reader(db) as reader:
                good_runs = {source.slug: last_good_run(reader, source.slug) for source in sources}
        return [
            {
                "slug": source.slug,
                "name": source.name,
                "language": source.language,
                "home": source.home,
                "found_by": [_words(listing) for listing in source.listings],
                "last_good_run": good_runs.get(source.slug),
            }
            for source in sources
        ]


def _words(listing: Listing) -> str:
    return f"{type(listing).__name__.lower()} {listing.name}"
