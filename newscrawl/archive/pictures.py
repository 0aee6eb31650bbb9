"""The folder of mirrored images (NEWSCRAWL_IMAGES): files named by their content, so that one never changes."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

from newscrawl.archive.purging import inside
from newscrawl.errors import BadOption, StoreUnwritable

LEFT = 3600
"""Seconds after which a file that is not in its place yet was left by a run that was killed."""
_BLOCK = bytes(1 << 16)


def check(folder: Path) -> None:
    """:class:`~newscrawl.errors.BadOption` where no image could be kept; the folder is made where there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOption("NEWSCRAWL_IMAGES", f"{folder} cannot be made a folder ({error.strerror})") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadOption("NEWSCRAWL_IMAGES", f"{folder} cannot be written; check its rights")


def put(folder: Path, content: bytes, ending: str) -> str:
    """Keep ``content`` and return its name below ``folder``: ``ab/ab12….jpg``, 32 digits of its digest.

    The file is put in place whole; one that is there already stays as it is. Raises OSError.
    """
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    name = f"{digest[:2]}/{digest}{ending}"
    path = folder / name
    if not holds(folder, name, len(content)):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = folder / f"{digest}.{os.getpid()}.part"
        part.write_bytes(content)
        part.replace(path)
    return name


def sweep(folder: Path) -> None:
    """Overwrite and take away what killed runs left half-written: no article names it, so no takedown would reach it.

    Raises :class:`~newscrawl.errors.StoreUnwritable`."""
    old = time.time() - LEFT
    for part in folder.glob("*.part"):
        try:
            if part.is_file() and not part.is_symlink() and part.stat().st_mtime < old:
                _overwrite(part)
                part.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _cannot_be_removed(part, error) from error


def holds(folder: Path, name: str, size: int) -> bool:
    """Whether the file is there, with so many bytes."""
    try:
        return (folder / name).stat().st_size == size
    except OSError:
        return False


def remove(folder: Path, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Overwrite files and take them away: the names of those that are gone, and of those that were not there.

    A published site that has a file by a hard link has nothing of it any more either. May be done again at any time.
    Raises :class:`~newscrawl.errors.StoreUnwritable`: those before it are gone.
    """
    gone, missing = [], []
    for name in names:
        path = inside(folder, name)
        try:
            if path is None or not path.is_file():
                missing.append(name)
                continue
            _overwrite(path)
            path.unlink()
        except OSError as error:
            raise _cannot_be_removed(path, error) from error
        gone.append(name)
    return gone, missing


def _cannot_be_removed(path: Path | None, error: OSError) -> StoreUnwritable:
    problem = f"the mirrored image {path} cannot be removed ({error.strerror}); mend that and say it again"
    return StoreUnwritable(problem)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        rest = os.fstat(file.fileno()).st_size
        while rest > 0:
            rest -= file.write(_BLOCK[:rest])
        file.flush()
        os.fsync(file.fileno())
        file.truncate(0)
