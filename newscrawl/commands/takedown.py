"""``scrapy takedown KEY_OR_URL --reason TEXT``: an article is purged for good, and a tombstone keeps it out."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.commands.show import NOT_THERE, key_of, named
from newscrawl.errors import BadOption, NewscrawlError, PurgePending
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import Address
from newscrawl.options import Options
from newscrawl.sources import Registry
from newscrawl.sources.site import Site
from newscrawl.store.reader import Reader
from newscrawl.store.revisions import past, versions
from newscrawl.store.takedown import withdraw
from newscrawl.text.plain import plain
from newscrawl.withdrawing import Done, finish


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "KEY_OR_URL --reason TEXT"

    def short_desc(self) -> str:
        return "Purge an article for good and keep it out"

    def long_desc(self) -> str:
        return (
            "Purge an article for good: its text leaves the store, the full-text index, the copy at "
            "NEWSCRAWL_SNAPSHOT, the archive and the quarantine; the mirrored images that no other article shows leave "
            "NEWSCRAWL_IMAGES; readers of `changes` see it withdrawn, and no crawl "
            "brings it back. The reason and the time are kept, and nothing else of it. The address of an article that "
            "is not stored yet is kept out, too. The article is named as of `scrapy show`. A site made by `scrapy "
            "publish` has it until the next publish. "
            "Exit 6 and 'purge pending' where another program holds the store open: the text is in no table any more, "
            "and the next crawl, or this command again, takes it out of the file. Copies made by hand and backups are "
            "yours to remove."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", metavar="TEXT", help="why, for whoever asks later; kept in the store")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one article by its key or address")
        reason = plain(" ".join((opts.reason or "").split()))
        if not reason:
            raise UsageError("say why: --reason 'court order of 2025-11-19'")
        try:
            options = options_of(self.settings)
            registry = registry_of(self.settings)
            taken_down(options, registry, args[0], reason)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)


def taken_down(options: Options, registry: Registry, name: str, reason: str) -> None:
    """Take down the article and say what was done."""
    bring_up_to_date(options, registry)
    with Reader(options.db) as reader:
        name = named(reader, options.site, name)
        key = key_of(reader, registry, name)
        article = past(reader, key)
        others = versions(reader, article.id) if article else []
    site = Site(start=name, registry=registry)
    address = site.address(name)
    if article is not None:
        if article.state == "withdrawn":
            finish(options)
            print(f"{article.key} was taken down before: {article.state_reason}")
            return
        withdraw(options.db, Address(key=article.key, url=article.url), article.source, reason, options.clock)
        key = article.key
    elif address is not None:
        withdraw(options.db, address, site.slug_at(name), reason, options.clock)
        print(f"{key} was not stored; it is kept out from now on")
    else:
        raise BadOption(name, f"{NOT_THERE}; of an article that is not stored give the address")
    try:
        done = finish(options)
    except PurgePending as pending:
        if isinstance(pending.done, Done):
            tell(key, pending.done, others)
        raise
    tell(key, done or Done(), others)


def tell(key: str, done: Done, others: list[str]) -> None:
    print(f"{key} is taken down; `scrapy restore {key}` takes it back by reading it anew")
    print("  publish again to take it off a site made by `scrapy publish`")
    if done.overwritten or done.masked:
        print(f"  archive: {done.overwritten} records overwritten, {done.masked} other pages without its sentences now")
    if done.cases:
        print(f"  quarantine: {done.cases} cases removed")
    if done.pictures or done.shared:
        stay = f"; {done.shared} that another article shows, too, stay" if done.shared else ""
        print(f"  mirrored images: {done.pictures} removed{stay}")
    for file in done.lost_pictures:
        print(f"  not there, so no image could be removed; NEWSCRAWL_IMAGES is to name its folder: {plain(file)}")
    for file in done.lost:
        print(f"  not there, so nothing could be overwritten: {plain(file)}")
    for file in done.outside:
        print(f"  left as it is, since it is not in the archive, and may hold the text: {plain(file)}")
    for file in done.strange:
        print(
            f"  could not be read to its end, or holds something else than it did: {plain(file)}; look at it yourself"
        )
    for version in dict.fromkeys((*others, *done.versions)):
        print(f"  another article has much of the same text and stays: {plain(version)}")
