"""``scrapy show KEY_OR_URL``: one article as it would be reprinted, and who answered each field."""

from __future__ import annotations

import argparse
import json
from typing import Any, ClassVar

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.reprint import print_article
from newscrawl.errors import BadOption, NewscrawlError
from newscrawl.fetch.project import options_of
from newscrawl.sources import Registry
from newscrawl.store.reader import Reader


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] KEY_OR_URL"

    def short_desc(self) -> str:
        return "Show one article as it would be reprinted"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one article by its key or address")
        try:
            options = options_of(self.settings)
            with Reader(options.db) as reader:
                registry = Registry.walk(tuple(self.settings.getlist("SPIDER_MODULES")))
                article = shown(reader, registry, args[0])
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        if opts.json:
            print(json.dumps(article, ensure_ascii=False, indent=1))
        else:
            print_article(Console(highlight=False), article, options.site)


def shown(reader: Reader, registry: Registry, key_or_url: str) -> dict[str, Any]:
    """The article under any spelling of its address, with related links, topics and who answered each field."""
    source = registry.for_url(key_or_url)
    address = source.address(key_or_url) if source else None
    article = reader.article(address.key if address else key_or_url)
    if article is None:
        raise BadOption(key_or_url, "is not in the store (or may not be shown); `scrapy search` finds by words")
    return article | {
        "related": reader.related(article["id"]),
        "topics": reader.topics(article["id"]),
        "answered_by": reader.answered_by(article["id"]),
    }
