"""``scrapy status``: how every source and start address does, from the run ledger and the frontier."""

from __future__ import annotations

import argparse
import fcntl
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import attrs
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import NewscrawlError
from newscrawl.extensions.lock import lock_path
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.outcome import Exit
from newscrawl.store.history import Standing, standing_of, watched
from newscrawl.store.reader import Reader
from newscrawl.text.plain import plain

WIDE = 200
"""Columns of the table where nobody sees it on a terminal."""
BOUNDLESS = 10_000
"""Columns; what the table would like to have is asked under them."""
LAST_GOOD, NEW = "last good run", "new in 24 h"
NUMBERS = (NEW, "usually", "failed runs", "links open", "given up", "hidden", "rechecks due")
LATEST = 3
"""So many of the links given up are named below the table."""


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Health of every source, from the run ledger"

    def long_desc(self) -> str:
        return (
            "Health of every source, and of every start address (`scrapy crawl feed -a url=`) that ran in the last "
            "two weeks, from the run ledger: last good run, articles of the last 24 hours against the usual, failed "
            "runs in a row, fields under their floor, links waiting and given up. Exit codes: 0 every source that "
            "ever ran is healthy; 3 one is not: its last run failed, a field is found far less often than usual, or "
            "nothing has run for six hours and five times the usual wait (24 hours while fewer than ten runs are "
            "known; of a start address only when ten are, and one that never ended well is told of for a day); 6 "
            "there is no store, or it cannot be read: a watchman that looks at the wrong file should hear of it. Only "
            "incremental runs count, neither one article (-a url=), -a limit nor backfills. A terminal too narrow for "
            "the table gets a block of lines for each source."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--json", action="store_true", help="one JSON array instead of a table, with every link given up"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError("takes no words: it tells of every source")
        try:
            options = options_of(self.settings)
            registry = registry_of(self.settings)
            bring_up_to_date(options, registry)
            with Reader(options.db) as reader:
                now, recheck = options.clock.now(), timedelta(hours=options.recheck_hours)
                names = [*(source.slug for source in registry), *watched(reader, now)]
                standings = {
                    name: standing_of(reader, name, now, recheck, partial(_is_locked, options.db, name))
                    for name in names
                }
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        if opts.json:
            print(json.dumps([_row(*pair) for pair in standings.items()], ensure_ascii=False, indent=1))
        else:
            _print(standings)
        if any(standing and standing.problems for standing in standings.values()):
            self.exitcode = Exit.BROKEN


def _row(slug: str, standing: Standing | None) -> dict[str, Any]:
    """``healthy`` is null for a source that never ran; it has no other columns."""
    if standing is None:
        return {"source": slug, "healthy": None, "problems": []}
    columns = attrs.asdict(standing, filter=lambda field, _: field.name not in ("fallen", "overdue"))
    fallen = [{"field": complaint.field, "words": complaint.words} for complaint in standing.fallen]
    about = {"source": slug, "healthy": not standing.problems, "problems": standing.problems}
    return {**about, **columns, "under_floor": fallen}


def _print(standings: Mapping[str, Standing | None]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)
    ran = {slug: standing for slug, standing in standings.items() if standing}
    if ran:
        _print_those(console, ran)
    if idle := [slug for slug in standings if slug not in ran]:
        console.print(Text(f"never ran: {', '.join(idle)}", "dim"), soft_wrap=True)


def _print_those(console: Console, ran: Mapping[str, Standing]) -> None:
    table = _table(ran, box.ROUNDED if console.is_terminal else None)
    if table.__rich_measure__(console, console.options.update(width=BOUNDLESS)).maximum > console.width:
        for slug, standing in ran.items():
            _print_block(console, slug, standing)
        return
    console.print(table)
    for slug, standing in ran.items():
        for line in _lines(standing):
            console.print(Text.assemble((f"{slug}: ", "bold"), line), soft_wrap=True)


def _table(standings: Mapping[str, Standing], lines: box.Box | None) -> Table:
    table = Table(box=lines, pad_edge=lines is not None)
    for heading in ("source", "health", LAST_GOOD):
        table.add_column(heading, no_wrap=True)
    for heading in NUMBERS:
        table.add_column(heading, justify="right", no_wrap=True)
    for slug, standing in standings.items():
        table.add_row(slug, *_cells(standing))
    return table


def _print_block(console: Console, slug: str, standing: Standing) -> None:
    """A source on a terminal that is too narrow for the table: a line for every fact. Zeros are left out, but for the
    new articles, whose zero says something."""
    health, *facts = _cells(standing)
    console.print(Text.assemble((slug, "bold"), " ", health), soft_wrap=True)
    for heading, fact in zip((LAST_GOOD, *NUMBERS), facts, strict=True):
        if heading == NEW or str(fact) not in ("0", "?"):
            console.print(Text.assemble(f"  {heading:<{len(LAST_GOOD)}}  ", fact), soft_wrap=True)
    for line in _lines(standing):
        console.print(Text.assemble("  ", line), soft_wrap=True)


def _is_locked(db: Path, run: str, backfill: bool) -> bool:
    """Whether a run of the source may be going on: False only where its lock is there and nobody holds it (a copy of a
    store has none beside it)."""
    try:
        with lock_path(db, run, backfill=backfill).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _cells(standing: Standing) -> Iterator[str | Text]:
    yield Text("ill", "bold red") if standing.problems else Text("healthy", "green")
    yield standing.last_good_run or Text("never", "red")
    yield str(standing.fresh)
    yield "?" if standing.usual is None else f"{standing.usual:.0f}"
    yield Text(str(standing.streak), "red" if standing.streak else "")
    backfill = f" + {standing.open_backfill} of a backfill" if standing.open_backfill else ""
    yield f"{standing.open}{backfill}"
    for number in (len(standing.given_up), standing.hidden, standing.rechecks_due):
        yield str(number)


def _lines(standing: Standing) -> Iterator[Text]:
    for words in standing.problems:
        yield Text(plain(words), "red")
    if standing.running_since:
        yield Text(f"a run began at {standing.running_since} and has not ended", "cyan")
    if standing.killed_since:
        yield Text(f"the run that began at {standing.killed_since} was killed; the next run resumes its work", "yellow")
    for link in standing.given_up[:LATEST]:
        yield Text(plain(f"given up: {link.key} {link.url} ({link.reason}, {link.at})"), "dim")
    if (more := len(standing.given_up) - LATEST) > 0:
        yield Text(f"given up: {more} more; --json lists all", "dim")
