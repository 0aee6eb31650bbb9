"""How a command that cannot go on says so: one line on standard error, and the contract's exit code."""

from __future__ import annotations

import sys

from newscrawl.errors import NewscrawlError, SourceLocked, StoreError
from newscrawl.outcome import Exit


def complain(problem: NewscrawlError) -> Exit:
    print(f"newscrawl: {problem}", file=sys.stderr)
    if isinstance(problem, StoreError):
        return Exit.UNWRITABLE
    return Exit.LOCKED if isinstance(problem, SourceLocked) else Exit.BUG
