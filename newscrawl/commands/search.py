"""``scrapy search WORDS``: full-text search, newest first, one- and two-character Chinese words included."""

from __future__ import annotations

import argparse
import json
from typing import Any, ClassVar

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.store.reader import Reader


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] WORDS"

    def short_desc(self) -> str:
        return "Search headlines and bodies, newest first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="at most N articles (default 20)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        words = " ".join(args).strip()
        if opts.limit < 1:
            raise UsageError("--limit is a number from 1")
        if not words:
            raise UsageError("say what to look for: scrapy search 太原")
        try:
            options = options_of(self.settings)
            bring_up_to_date(options, registry_of(self.settings))
            with Reader(options.db) as reader:
                hits = reader.search(words, limit=opts.limit)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        if opts.json:
            for hit in hits:
                print(json.dumps(hit, ensure_ascii=False))
            return
        console = Console(highlight=False)
        for hit in hits:
            day = (hit["published_local"] or hit["first_seen_at"])[:10]
            line = Text.assemble((day, "dim"), "  ", (hit["headline"], "bold"), "  ", (hit["key"], "dim"))
            console.print(line, soft_wrap=True)
        if not hits:
            console.print(f"nothing found for {words}")
