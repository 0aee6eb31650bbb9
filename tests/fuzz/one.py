"""One target under atheris, with libFuzzer's options: ``python -m fuzz.one TARGET [OPTION ...]``."""

from __future__ import annotations

import sys
import time

import atheris

with atheris.instrument_imports(include=["newscrawl"]):
    from fuzz.targets import TARGETS

SLOW = 4.0
"""CPU seconds; more for one input is a find. The instrumented code is four times slower than the plain one."""


class TooSlow(Exception):
    """An input took too long."""


def main() -> None:
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    for seed in target.seeds:  # what is loaded when it is first needed is no input's fault
        target.read(seed)

    def one(data: bytes) -> None:
        started = time.process_time()
        target.read(data)
        spent = time.process_time() - started
        if spent > SLOW:
            raise TooSlow(f"{spent:.1f} s of CPU for {len(data)} bytes")

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
