"""Which files of the archive are too old, and taking them away.

A file is as old as the newest page in it that an article was read from, as the store knows; one that the store does not
know is as old as its name says, else as its last write. A file that a run has open is never taken (the run holds it by
flock(2), :mod:`newscrawl.archive.writer`), nor is a link: what it leads to would stay, and nobody would know of it.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import define, frozen

from newscrawl.errors import BadOption, StoreUnwritable

_ENDS = (".warc.gz", ".warc")
_STAMP = re.compile(r"(?<!\d)(\d{8})T?(\d{6})(?!\d)")
_MONTH = re.compile(r"\d{4}-\d\d")


@frozen(kw_only=True)
class Kept:
    """A file of the archive."""

    path: Path
    at: datetime
    """Of its newest content; aware, UTC."""
    size: int
    """Bytes."""


@define(kw_only=True)
class Pruned:
    """What went and what is left."""

    removed: list[Kept]
    kept: int = 0
    oldest: Kept | None = None
    """Of those kept."""
    in_use: int = 0
    """Of those kept, the ones that are old and that a run has open."""

    @property
    def size(self) -> int:
        """Bytes that went."""
        return sum(file.size for file in self.removed)


def prune(folder: Path, newest: Mapping[Path, datetime], before: datetime, *, dry_run: bool = False) -> Pruned:
    """Take the files below ``folder`` away whose newest content is from before ``before``.

    ``newest`` is what the store knows, by the file's path below the resolved ``folder``. With ``dry_run`` nothing is
    touched. Raises :class:`~newscrawl.errors.BadOption` where the folder is not there, or plainly is not the archive,
    and :class:`~newscrawl.errors.StoreUnwritable` where a file cannot be removed: those before it are gone.
    """
    files = list(files_of(folder, newest))
    _check(folder, files, newest, before)
    done = Pruned(removed=[])
    for file in sorted(files, key=lambda file: file.at):
        if file.at < before and (dry_run or _removed(file.path)):
            done.removed.append(file)
            continue
        done.in_use += file.at < before
        done.kept += 1
        done.oldest = done.oldest or file
    return done


def files_of(folder: Path, newest: Mapping[Path, datetime]) -> Iterator[Kept]:
    """The WARC files below the folder, links left out."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if not name.endswith(_ENDS) or path.is_symlink():
                continue
            with suppress(FileNotFoundError):  # another prune was first
                there = path.stat()
                at = newest.get(path) or _named(name) or datetime.fromtimestamp(there.st_mtime, UTC)
                yield Kept(path=path, at=at, size=there.st_size)


def gone(folder: Path, newest: Mapping[str, datetime], before: datetime) -> set[str]:
    """Of the files that the store knows, by the names it has for them: those below ``folder`` that are from before
    ``before`` and not there, because this prune took them, or one that was killed before it said so."""
    return {
        name
        for name, at in newest.items()
        if at < before and (folder / name).is_relative_to(folder) and not (folder / name).exists()
    }


def remove_empty_months(folder: Path, now: datetime) -> None:
    """Month folders without a file go, but for this month's, in which a run may be about to make one."""
    this_month = f"{now - timedelta(days=1):%Y-%m}"
    for place, _, _ in os.walk(folder, topdown=False):
        month = Path(place)
        if _MONTH.fullmatch(month.name) and month.name < this_month:
            with suppress(OSError):  # it is not empty
                month.rmdir()


def _named(name: str) -> datetime | None:
    """The moment in a file's name: ``site-20251119T083000Z-4711.warc.gz``."""
    found = _STAMP.search(name)
    if not found:
        return None
    with suppress(ValueError):
        return datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return None


def _check(folder: Path, files: list[Kept], newest: Mapping[Path, datetime], before: datetime) -> None:
    """An archive on a disk that is not mounted looks like one without files: then no record may be forgotten."""
    if not folder.is_dir():
        raise BadOption("NEWSCRAWL_ARCHIVE", f"{folder} is not there")
    young = sum(at >= before for path, at in newest.items() if path.is_relative_to(folder))
    if young and not files:
        problem = f"{folder} is empty, but the store knows {young} files there that are not old; is the disk mounted?"
        raise BadOption("NEWSCRAWL_ARCHIVE", problem)


def _removed(path: Path) -> bool:
    """False where a run has it open."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except BlockingIOError:
        return False
    except FileNotFoundError:  # another prune was first
        return True
    except OSError as error:
        raise StoreUnwritable(f"the archive's {path} cannot be removed ({error.strerror})") from error
    return True
