"""``scrapy publish DIR``: the reprint site as static files, only what changed rewritten."""

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
from newscrawl.publish.site import Published, publish
from newscrawl.store.reader import Reader


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] DIR"

    def short_desc(self) -> str:
        return "Write the reprint site, its feeds and records into a folder, as static files"

    def long_desc(self) -> str:
        return (
            "Write the reprint site into DIR: pages of articles, topics, sections, sources and days, a search, feeds "
            "(Atom, RSS, JSON Feed), ninjs records and sitemaps. The first time all of it, later what has changed; "
            "each file is put in place whole, and pages of what may not be shown any more are taken away. "
            "NEWSCRAWL_SITE names the site; without its `base` there are no sitemaps. DIR is made where it is missing "
            "and is newscrawl's own: files of other names beside the site's are left alone."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--templates", metavar="FOLDER", help="templates that go before newscrawl's own of the same name"
        )
        parser.add_argument("--anew", action="store_true", help="take the old site away first and write all of it")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one folder to publish into")
        templates = Path(opts.templates) if opts.templates else None
        try:
            options = options_of(self.settings)
            bring_up_to_date(options, registry_of(self.settings))
            with Reader(options.db) as reader:
                done = publish(
                    reader,
                    Path(args[0]),
                    options.site,
                    now=options.clock.now(),
                    images=options.images,
                    templates=templates,
                    anew=opts.anew,
                )
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        print(told(done, args[0], has_base=bool(options.site.base)))


def told(done: Published, folder: str, *, has_base: bool) -> str:
    """What was done, in words."""
    count = f"{done.articles} article page{'s' if done.articles != 1 else ''} looked at"
    files = f"{done.written} file{'s' if done.written != 1 else ''} written, {done.removed} removed"
    line = f"Published into {folder}: {count}, {files}; changes up to {done.seq}"
    return (
        line if has_base else f"{line}\nNEWSCRAWL_SITE has no base, so there are no sitemaps and no canonical address"
    )
