"""Coverage-guided fuzzing with atheris: every target for a bounded time.

    PYTHONPATH=tests python -m fuzz [TARGET ...]

FUZZ_SECONDS (60) is the time of each. An input that raises, or takes more than a second of CPU, is printed and left in
build/fuzz/TARGET; then the exit status is 1. What was learned is left there too and begun with the next time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 4096
"""Bytes of an input."""
ENDLESS = 20
"""Seconds after which an input is an endless one."""


def main() -> None:
    given = sys.argv[1:] or list(TARGETS)
    if unknown := [name for name in given if name not in TARGETS]:
        raise SystemExit(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    seconds = int(os.environ.get("FUZZ_SECONDS", "60"))
    failed = [name for name in given if not fuzzed(name, seconds)]
    finds = f"; finds in {', '.join(failed)}, see build/fuzz" if failed else ""
    print(f"{len(given) - len(failed)} of {len(given)} targets without a find, {seconds} s each{finds}")
    if failed:
        raise SystemExit(1)


def fuzzed(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own; whether nothing was found."""
    folder = ROOT / "build" / "fuzz" / name.replace(" ", "_")
    learned, seeds, words = folder / "learned", folder / "seeds", folder / "words"
    for one in (learned, seeds):
        one.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds):
        (seeds / str(number)).write_bytes(seed)
    words.write_text("".join(f'"{quoted(word)}"\n' for word in TARGETS[name].words), encoding="ascii")
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={ENDLESS}", "-print_final_stats=1"]
    options += [f"-dict={words}"] if TARGETS[name].words else []
    options += [f"-artifact_prefix={folder}/", str(learned), str(seeds)]
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", "fuzz.one", name, *options], check=False).returncode == 0


def quoted(word: str) -> str:
    """As a dictionary of libFuzzer writes it."""
    return "".join(f"\\x{byte:02X}" for byte in word.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
