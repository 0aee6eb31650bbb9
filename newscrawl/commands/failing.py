"""How a command that cannot go on says so: one line on standard error, and the contract's exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from scrapy.exceptions import UsageError

from newscrawl.errors import FolderLocked, FolderUnwritable, NewscrawlError, SourceLocked, StoreError
from newscrawl.outcome import Exit
from newscrawl.text.plain import plain


def complain(problem: NewscrawlError) -> Exit:
    print(f"newscrawl: {plain(str(problem))}", file=sys.stderr)
    if isinstance(problem, StoreError | FolderUnwritable):
        return Exit.UNWRITABLE
    return Exit.LOCKED if isinstance(problem, SourceLocked | FolderLocked) else Exit.BUG


def refuse_options(args: Iterable[str]) -> None:
    """Scrapy hands on options it does not know as if they were words."""
    for word in args:
        if word.startswith("-"):
            raise UsageError(f"there is no option {word}")


@contextmanager
def speaking() -> Iterator[None]:
    """Standard output that takes Chinese under any locale, and a reader that goes away (``| head``) without a word."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at the end
