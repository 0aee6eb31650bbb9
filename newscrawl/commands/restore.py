"""``scrapy restore KEY_OR_URL``: an article that was taken down is taken back, by reading it anew."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.crawl import Command as Crawl
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.commands.show import NOT_THERE, key_of, named, why_not_shown
from newscrawl.errors import BadOption, NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.outcome import Exit
from newscrawl.store.reader import Reader
from newscrawl.store.revisions import past
from newscrawl.store.takedown import take_back


class Command(Crawl):
    def syntax(self) -> str:
        return "[options] KEY_OR_URL"

    def short_desc(self) -> str:
        return "Take an article back that was taken down, by reading it anew"

    def long_desc(self) -> str:
        return (
            "Take away the tombstone of an article and fetch its page at once: nothing of the old text is left to be "
            "restored. It comes back under its old id. Where the page cannot be had now, the next crawls ask for it. "
            "The article is named as of `scrapy show`. Exit codes as of `scrapy crawl`."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        ScrapyCommand.add_options(self, parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        opts.spargs = {}
        opts.output = opts.overwrite_output = None
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        if len(args) != 1:
            raise UsageError("name one article by its key or address")
        try:
            source, url = self.taken_back(args[0])
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        self.exitcode = self.crawl(source, {"url": url})
        if self.exitcode == Exit.DONE:
            with speaking():
                print("publish again to put it back on a site made by `scrapy publish`, if it could be read")

    def taken_back(self, name: str) -> tuple[str, str]:
        """Source and address of the article, which is no longer kept out."""
        assert self.settings is not None
        options = options_of(self.settings)
        registry = registry_of(self.settings)
        bring_up_to_date(options, registry, purging=True)
        with Reader(options.db) as reader:
            article = past(reader, key_of(reader, registry, named(reader, options.site, name)))
        if article is None:
            raise BadOption(name, NOT_THERE)
        if article.state not in ("withdrawn", "returning"):
            raise BadOption(name, f"was not taken down; it {why_not_shown(article) or 'is shown'}")
        self.check(article.source, {"url": article.url})
        return article.source, take_back(options.db, article.key, options.clock)
