"""``scrapy export``: the store's articles to standard output, all of them or what changed, withdrawals included."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.clock import stamp
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import BadFile, BadOption, NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.options import Options
from newscrawl.publish.atom import feed
from newscrawl.publish.ninjs import ninjs
from newscrawl.publish.records import jsonl
from newscrawl.store.reader import Change, Cursor, Reader

FORMATS = ("jsonl", "ninjs", "atom")
_SEQ = re.compile("[0-9]{1,18}")


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] --format jsonl|ninjs|atom"

    def short_desc(self) -> str:
        return "Write the articles to standard output, as JSON lines, ninjs or Atom"

    def long_desc(self) -> str:
        return (
            "Write every article that may be shown to standard output, in the order of its last change: as JSON lines "
            "with the columns of `published`, as ninjs 3.1 objects, one a line, or as an Atom feed. With --after, only "
            "what changed after that `seq` of `changes`, withdrawals included. The last line on standard error is the "
            "cursor for the next time: `changes up to SEQ`; --state keeps it in a file."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=FORMATS, metavar="FORMAT", help="jsonl, ninjs or atom")
        parser.add_argument("--after", metavar="SEQ", help="only what changed after SEQ; 0 is from the beginning")
        parser.add_argument(
            "--state",
            metavar="FILE",
            help="go on after the SEQ in FILE (everything, where there is no FILE yet) and write the new one there "
            "when all is written",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError(f"scrapy export takes options only, not {args[0]!r}")
        if opts.format is None:
            raise UsageError(f"say in which form: --format {'|'.join(FORMATS)}")
        if opts.after is not None and opts.state is not None:
            raise UsageError("--after and --state both say where to go on; give one of them")
        after = None if opts.after is None else _number(opts.after)
        state = Path(opts.state) if opts.state else None
        try:
            if state:
                after = read_state(state)
            options = options_of(self.settings)
            bring_up_to_date(options, registry_of(self.settings))
            with Reader(options.db) as reader, reader.steady() as last:
                _check(after, last, state)
                write(_pieces(opts.format, reader.changed_since(after), options, last))
            if state:
                write_state(state, last.seq)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        print(f"changes up to {last.seq}", file=sys.stderr)


def _number(text: str) -> int:
    if not _SEQ.fullmatch(text):
        raise UsageError(f"--after is a number from 0, the `seq` up to which you have the changes, not {text!r}")
    return int(text)


def _check(after: int | None, last: Cursor, state: Path | None) -> None:
    if after is not None and after > last.seq:
        where = f"{state} says {after}, but" if state else f"{after} is too much:"
        advice = "it is another store's, or one put back from a backup; export everything anew"
        raise BadOption("--state" if state else "--after", f"{where} the store's changes end at {last.seq}; {advice}")


def _pieces(form: str, changes: Iterable[Change], options: Options, last: Cursor) -> Iterator[bytes]:
    match form:
        case "atom":
            return feed(changes, options.site, last.at or stamp(options.clock.now()))
        case "ninjs":
            return ninjs(changes, options.site)
        case _:
            return jsonl(changes)


def write(pieces: Iterable[bytes]) -> None:
    """To standard output, as bytes, whatever the locale. BrokenPipeError where its reader has gone, BadFile where it
    cannot be written for another reason (a full disk)."""
    try:
        with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
            for piece in pieces:
                out.write(piece)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BadFile("standard output", f"it cannot be written ({error.strerror})") from error


def read_state(path: Path) -> int | None:
    """The seq that a state file holds; None where there is none yet. BadFile where it holds anything else, or where its
    folder is not there to write the next one in."""
    try:
        text = path.read_text("utf-8", errors="replace").strip()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise BadFile(path, f"there is no folder {path.parent} to keep it in") from None
        return None
    except OSError as error:
        raise BadFile(path, f"it cannot be read ({error.strerror})") from error
    if not _SEQ.fullmatch(text):
        raise BadFile(path, "it holds no `seq`; name another file, or remove it to export everything anew")
    return int(text)


def write_state(path: Path, seq: int) -> None:
    """Put ``seq`` in place of what the state file held, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w") as file:
            file.write(f"{seq}\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise BadFile(path, f"it cannot be written ({error.strerror}); the next export repeats this one") from error
