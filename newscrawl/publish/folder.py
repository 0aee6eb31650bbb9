"""The folder that a site is written into: only what has changed is written, and each file is put in place whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from newscrawl.errors import FolderUnwritable

OWN = ".newscrawl"
"""Folder within it that is newscrawl's own, not the site's."""
_OURS = (
    *("a", "topic", "section", "source", "day", "search", "about", "static"),
    *("index.html", "404.html", "robots.txt", "feed.xml", "rss.xml", "feed.json", "sitemap.xml", "sitemap-*.xml"),
)


class Folder:
    """``root`` and everything under it. Paths are given as the site's addresses have them, from its root; one that ends
    in '/' is that folder's ``index.html``.

    Raises :class:`~newscrawl.errors.FolderUnwritable` where something cannot be read, written or removed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        """Files that were made or changed."""
        self.same = 0
        """Files that were as they should be."""
        self.removed = 0
        self.claim: Callable[[str], None] | None = None
        """Told of every file that is put or found right."""
        self._part = root / OWN / "part"

    def path(self, name: str) -> Path:
        return self.root / _file(name)

    def read(self, name: str) -> bytes | None:
        """None where there is no such file."""
        path = f"{self.root}/{_file(name)}"
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  a Path for each of a hundred thousand files costs
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise FolderUnwritable(path, f"it cannot be read ({error.strerror})") from error

    def put(self, name: str, content: bytes) -> bool:
        """Make the file be ``content``; whether it was another before. A reader sees the old one or the new one."""
        if self.claim is not None:
            self.claim(_file(name))
        if self.read(name) == content:
            self.same += 1
            return False
        path = f"{self.root}/{_file(name)}"
        try:
            try:
                self._place(content, path)
            except FileNotFoundError:
                for folder in (self._part.parent, self.path(name).parent):
                    folder.mkdir(parents=True, exist_ok=True)
                self._place(content, path)
        except OSError as error:
            raise FolderUnwritable(path, f"it cannot be written ({error.strerror})") from error
        self.written += 1
        return True

    def _place(self, content: bytes, path: str) -> None:
        self._part.write_bytes(content)
        self._part.replace(path)

    def remove(self, name: str) -> None:
        """Take the file away, and the folders that are empty without it."""
        path = self.path(name)
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise FolderUnwritable(path, f"it cannot be removed ({error.strerror})") from error
        self.removed += 1
        for folder in path.parents:
            if folder == self.root:
                break
            with suppress(OSError):
                folder.rmdir()
                continue
            break

    def names(self, *patterns: str) -> Iterator[str]:
        """Files that are there, by glob patterns of their place below the root; of folders all that is in them."""
        for pattern in patterns:
            for found in sorted(self.root.glob(pattern)):
                if found.is_file():
                    yield found.relative_to(self.root).as_posix()
                for place, _, files in os.walk(found):  # rglob() would remember every path
                    within = Path(place).relative_to(self.root).as_posix()
                    yield from (f"{within}/{name}" for name in files)

    def sweep(self, is_wanted: Callable[[str], bool]) -> None:
        """Take away what was made here before and is not wanted now. What others have put beside the site stays."""
        for name in [name for name in self.names(*_OURS) if not is_wanted(name)]:
            self.remove(name)

    def settle(self) -> None:
        """Return when all that was written is on the disk (as far as the disk tells the truth)."""
        os.sync()


def _file(name: str) -> str:
    return f"{name}index.html" if name.endswith("/") or not name else name
