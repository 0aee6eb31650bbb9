"""A small disk for a crawl to fill: a tmpfs that only processes of one user and mount namespace see. Needs no root, but
a kernel that lets anybody have such a namespace."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

BLOCK = 4096


@attrs.frozen
class SmallDisk:
    folder: Path
    """Where it is mounted for what is run by :attr:`inside`; an empty folder to all others."""
    holder: int
    """A process that keeps the namespace."""

    @property
    def inside(self) -> tuple[str, ...]:
        entering = ("nsenter", "--preserve-credentials", "-U", "-m", "-t", str(self.holder))
        return (*entering, "sh", "-c", 'cd "$0" && exec "$@"', str(self.folder.parent))

    @property
    def seen(self) -> Path:
        """The disk from outside; SQLite does not find its way through such a path."""
        return Path(f"/proc/{self.holder}/root{self.folder}")

    def fill(self) -> None:
        """To the last byte."""
        with (self.seen / "filler").open("ab", buffering=0) as filler:
            for size in (64 * BLOCK, BLOCK):
                with contextlib.suppress(OSError):
                    while filler.write(bytes(size)) == size:
                        pass

    def make_room(self) -> None:
        (self.seen / "filler").unlink()

    def remount(self, how: str) -> None:
        """'ro' or 'rw'."""
        subprocess.run([*self.inside, "mount", "-o", f"remount,bind,{how}", str(self.folder)], check=True)

    def copy(self, target: Path) -> Path:
        """What is on it, but for the filler."""
        return Path(shutil.copytree(self.seen, target, ignore=shutil.ignore_patterns("filler", "*-shm")))


@contextmanager
def small_disk(folder: Path, size: str = "8m") -> Iterator[SmallDisk]:
    """Mounted on ``folder``. Skips the test where the kernel has no such namespaces for us."""
    folder.mkdir()
    mount = f"mount -t tmpfs -o size={size} none '{folder}' && echo mounted && exec sleep 600"
    try:
        holder = subprocess.Popen(
            ["unshare", "-rm", "sh", "-c", mount],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("a full disk is not shown: there is no unshare(1)")
    with holder:
        if not holder.stdout or holder.stdout.readline().strip() != "mounted":
            why = holder.stderr.read().strip() if holder.stderr else ""
            pytest.skip(f"a full disk is not shown: no user namespace ({why})")
        try:
            yield SmallDisk(folder, holder.pid)
        finally:
            holder.terminate()
