"""``scrapy publish DIR``: the reprint site as static files, only what changed rewritten."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import BadOption, NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.options import Options, Site
from newscrawl.publish import jsonfeed
from newscrawl.publish.site import Published, publish
from newscrawl.store.reader import Reader
from newscrawl.text.plain import plain


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
            "NEWSCRAWL_SITE names the site; without its `base` there are no sitemaps, and feeds lead to the "
            "publishers' pages. DIR is made where it is missing and is newscrawl's own: files of other names beside "
            "the site's are left alone. Exit codes: 0 done, 1 a bad setting, folder or template, 2 Scrapy refused the "
            "command line, 4 another run writes the folder, 6 the store or the folder cannot be read or written."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--templates", metavar="FOLDER", help="templates that go before newscrawl's own of the same name"
        )
        parser.add_argument("--anew", action="store_true", help="write all of it, in place of whatever site is there")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one folder to publish into")
        folder, templates = Path(args[0]), Path(opts.templates) if opts.templates else None
        try:
            options = options_of(self.settings)
            check_images(options)
            for line in hints(options, folder):
                print(f"newscrawl: {plain(line)}", file=sys.stderr)
            bring_up_to_date(options, registry_of(self.settings))
            with Reader(options.db) as reader:
                done = publish(
                    reader,
                    folder,
                    options.site,
                    now=options.clock.now(),
                    images=options.images,
                    templates=templates,
                    anew=opts.anew,
                )
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        print(told(done, folder))


def check_images(options: Options) -> None:
    """:class:`~newscrawl.errors.BadOption` where NEWSCRAWL_IMAGES is no folder: pages would point at publishers."""
    if options.images is not None and not options.images.is_dir():
        advice = "the first crawl with it makes it; leave it empty for a site that points at the publishers' images"
        raise BadOption("NEWSCRAWL_IMAGES", f"there is no folder {options.images}; {advice}")


def hints(options: Options, folder: Path) -> Iterator[str]:
    """What the settings leave out, and, loudly, what the site in ``folder`` loses by it."""
    site, (name, base) = options.site, _made_before(folder)
    if base and not site.base:
        yield (
            f"WARNING: {folder} was published with the base {base}, and NEWSCRAWL_SITE has none now: its sitemaps are "
            "taken away, its feeds lead to the publishers' pages. Is the setting missing in this shell or crontab?"
        )
    elif not site.base:
        yield "NEWSCRAWL_SITE has no base: no sitemaps; feeds lead to the publishers' pages"
    if site.name == Site().name:
        if name not in ("", site.name):
            yield f"WARNING: {folder} was published as {name}, and NEWSCRAWL_SITE has no name now: it is renamed"
        yield f"NEWSCRAWL_SITE has no name: the site is called {site.name}"
    if not (site.contact or options.contact):
        yield (
            "no contact in NEWSCRAWL_SITE and no NEWSCRAWL_CONTACT: neither site nor disclaimers, which are frozen "
            "with each article, say whom to write to (docs/rights.md)"
        )


def _made_before(folder: Path) -> tuple[str, str]:
    """Name and base with which the folder was published; '' where it was not, or without."""
    with suppress(OSError):
        return jsonfeed.told_by((folder / jsonfeed.FILE).read_bytes())
    return "", ""


def told(done: Published, folder: Path) -> str:
    """What was done, in words."""
    count = f"{done.articles} article page{'s' if done.articles != 1 else ''} looked at"
    files = f"{done.written} file{'s' if done.written != 1 else ''} written, {done.removed} removed"
    return f"Published into {folder}: {count}, {files}; changes up to {done.seq}"
