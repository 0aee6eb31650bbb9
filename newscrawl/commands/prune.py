"""``scrapy prune --older-than DAYS``: old files of the archive go, the articles stay."""

from __future__ import annotations

import argparse
import re
from datetime import timedelta
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.archive.pruning import Pruned, gone, prune, remove_empty_months
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import BadOption, NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.options import Options
from newscrawl.store.pruning import forget, newest_by_file

MOST_DAYS = 36_500


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "--older-than DAYS"

    def short_desc(self) -> str:
        return "Remove old archive files; articles stay"

    def long_desc(self) -> str:
        return (
            "Remove the archive's WARC files whose newest page is older than DAYS; articles and mirrored images "
            "stay. What is removed can "
            "no longer be read again (`scrapy reread`) or replayed. Files of a run that is going on stay. Killed "
            "half-way, the next one finishes."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="DAYS", help="a whole number of days, from 1")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and touch nothing")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError("takes no words: --older-than says what goes")
        try:
            options = options_of(self.settings)
            if not opts.dry_run:  # what a takedown has still to overwrite must not be forgotten
                registry = registry_of(self.settings)
                bring_up_to_date(options, registry, purging=True)
            done, forgotten = pruned(options, days_of(opts.older_than), dry_run=opts.dry_run)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        tell(done, forgotten, dry_run=opts.dry_run)


def days_of(text: str | None) -> int:
    """Raises :class:`~newscrawl.errors.BadOption` for anything but a whole number from 1."""
    if text is None or not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= MOST_DAYS:
        said = "is missing" if text is None else f"{text!r} does not serve"
        raise BadOption("--older-than", f"{said}; give a whole number of days from 1 to {MOST_DAYS}")
    return int(text)


def pruned(options: Options, days: int, *, dry_run: bool) -> tuple[Pruned, int]:
    """What went, and how many records the store has forgotten."""
    if options.archive is None:
        raise BadOption("NEWSCRAWL_ARCHIVE", "is empty: no pages are kept")
    folder, now = options.archive.resolve(), options.clock.now()
    before = now - timedelta(days=days)
    known = newest_by_file(options.db)
    done = prune(folder, {folder / name: at for name, at in known.items()}, before, dry_run=dry_run)
    if dry_run:
        return done, 0
    forgotten = forget(options.db, gone(folder, known, before))
    remove_empty_months(folder, now)
    return done, forgotten


def tell(done: Pruned, forgotten: int, *, dry_run: bool) -> None:
    files = f"{_number(len(done.removed), 'file')}, {done.size / 1e6:.1f} MB"
    print(f"would remove {files}" if dry_run else f"removed {files}; {_number(forgotten, 'record')} forgotten")
    for file in done.removed if dry_run else ():
        print(f"  {file.at:%Y-%m-%d}  {file.path}")
    oldest = f", the oldest of {done.oldest.at:%Y-%m-%d}" if done.oldest else ""
    in_use = f"; {done.in_use} of them old, but of a run that is going on" if done.in_use else ""
    print(f"kept {_number(done.kept, 'file')}{oldest}{in_use}")


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
