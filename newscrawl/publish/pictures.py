"""The mirrored images of the site: files of NEWSCRAWL_IMAGES that its pages show, put below ``i/``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from newscrawl.errors import FolderUnwritable
from newscrawl.publish.body import Picture
from newscrawl.publish.folder import Folder
from newscrawl.store.reader import Reader

PLACE = "i/"
"""Their folder within the site."""


@frozen(kw_only=True)
class Image:
    """An image that the site has itself."""

    path: str
    """Within the site: ``i/ab/ab12….jpg``. Another content has another path."""
    width: int
    """Pixels."""
    height: int


class Pictures:
    """``images`` is NEWSCRAWL_IMAGES; None: the site has no image of its own, and its pages point at the publishers'.

    To be used within ``reader.steady()``. Raises :class:`~newscrawl.errors.FolderUnwritable` where the site cannot be
    written.
    """

    def __init__(self, reader: Reader, folder: Folder, images: Path | None) -> None:
        self._reader = reader
        self._folder = folder
        self._images = images

    @property
    def fingerprint(self) -> str:
        """Another where pages point at images of the site's own than where they do not."""
        return "" if self._images is None else "images"

    def of(self, ids: Sequence[int]) -> dict[int, Mapping[str, Picture]]:
        """By article, and by the address that its page has for it: the images that may be shown, each now in its place
        in the site. One whose file is not there is left out."""
        if self._images is None:
            return {}
        found = self._reader.images(ids)
        return {
            article_id: {
                url: Image(path=PLACE + row["file"], width=row["width"], height=row["height"])
                for url, row in by_url.items()
                if self._put(self._images / row["file"], PLACE + row["file"])
            }
            for article_id, by_url in found.items()
        }

    def sweep(self) -> None:
        """Take away what no article of the store shows any more: after its pages are made anew."""
        wanted = self._reader.image_files() if self._images is not None else set()
        for name in list(self._folder.names(PLACE)):
            if name.removeprefix(PLACE) not in wanted:
                self._folder.remove(name)

    def _put(self, source: Path, name: str) -> bool:
        """A hard link where that can be, else a copy; whether the site has it now."""
        target = self._folder.path(name)
        try:
            size = source.stat().st_size
        except OSError:
            return False
        with suppress(OSError):
            if target.stat().st_size == size:
                return True
        part = target.with_name(f"{target.name}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            try:
                part.hardlink_to(source)
            except OSError:  # another disk, another owner, a file system without links
                shutil.copyfile(source, part)
            part.replace(target)
        except OSError as error:
            raise FolderUnwritable(target, f"it cannot be written ({error.strerror})") from error
        self._folder.written += 1
        return True
