"""``scrapy snapshot FILE``: a copy of the store for backups and for readers, made while crawls go on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.store.snapshot import take


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE"

    def short_desc(self) -> str:
        return "Put a consistent, WAL-free copy of the store in place, atomically"

    def long_desc(self) -> str:
        return (
            "Put a consistent, WAL-free copy of the store in place, atomically. It can be made while crawls go on. "
            "FILE may be a copy made before, which is then replaced; what is no copy of a store is refused (exit 1). "
            "Where it cannot be written the old copy stays (exit 6)."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args)

    def answer(self, args: list[str]) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one file to put the copy in")
        try:
            options = options_of(self.settings)
            registry = registry_of(self.settings)
            bring_up_to_date(options, registry, purging=True)
            made = take(options.db, Path(args[0]), option="FILE")
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        print(f"{made.path}: {made.size / 1e6:.1f} MB, `changes` up to {made.seq}")
