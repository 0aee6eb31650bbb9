"""The reprint site in a folder: brought up to date with the store, and nothing written that was right already."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from attrs import frozen

from newscrawl.errors import BadOption, FolderLocked, FolderUnwritable
from newscrawl.options import Site
from newscrawl.publish.folder import OWN, Folder
from newscrawl.publish.making import Maker
from newscrawl.publish.marking import NEW, fingerprint, mark
from newscrawl.publish.pictures import Pictures
from newscrawl.publish.press import Press
from newscrawl.store.edition import Edition
from newscrawl.store.reader import Reader

EDITION = "edition.db"


@frozen(kw_only=True)
class Published:
    """What a run has done."""

    seq: int
    """The last of ``changes`` that is in the site."""
    articles: int
    """Pages of articles that were looked at."""
    written: int
    """Files that were made or changed."""
    removed: int


def publish(
    reader: Reader,
    root: Path,
    site: Site,
    *,
    now: datetime,
    images: Path | None = None,
    templates: Path | None = None,
    anew: bool = False,
) -> Published:
    """Make the folder ``root`` the site of all that may be shown now.

    The first time all of it is made, later what has changed since, and whatever a run that was killed left. ``anew``
    makes all of it in place of the old site, whatever that was made from, and takes away what was left of that. ``now``
    only says what the news sitemap holds. ``images`` is NEWSCRAWL_IMAGES; None: pages point at the publishers' images.

    Raises :class:`~newscrawl.errors.BadOption` for a folder that holds something else or another store's site, or
    templates that are none (:class:`~newscrawl.errors.BadFile` where one is wrong),
    :class:`~newscrawl.errors.FolderLocked`, :class:`~newscrawl.errors.FolderUnwritable` and
    :class:`~newscrawl.errors.StoreError` in words.
    """
    press = Press(site, templates=templates)
    folder = Folder(root)
    with _locked(folder):
        if anew or not (root / OWN / EDITION).exists():
            _forget(folder)
        with Edition(root / OWN / EDITION) as edition:
            with reader.steady() as last:
                pictures = Pictures(reader, folder, images)
                mark(reader, edition, last, fingerprint(reader, press.fingerprint + pictures.fingerprint))
                is_new = edition.mark(NEW) == "yes"
                folder.claim = edition.claim if is_new else None
                maker = Maker(reader, edition, folder, press, pictures, site)
                maker.make(now)
            if is_new:
                folder.sweep(edition.is_claimed)
            folder.settle()
            maker.settled()
            with edition.writing():
                edition.done()
                edition.set_mark(NEW, "no")
    return Published(seq=last.seq, articles=maker.articles, written=folder.written, removed=folder.removed)


def _forget(folder: Folder) -> None:
    """What stands there is not known any more: all of it is made, and what is not made is swept. The search index is
    taken away at once, since it is made from what it was."""
    for name in list(folder.names(f"{OWN}/{EDITION}*", f"{OWN}/search", "search/docs", "search/words")):
        folder.remove(name)


@contextmanager
def _locked(folder: Folder) -> Iterator[None]:
    """The folder is there, is a site's, and nobody else writes it."""
    root, own = folder.root, folder.root / OWN
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not own.is_dir() and any(root.iterdir()):
            raise BadOption(str(root), "it is not empty and holds no site of newscrawl's; name an empty folder")
        own.mkdir(exist_ok=True)
        lock = (own / "lock").open("w")
    except OSError as error:
        raise FolderUnwritable(root, f"no site can be written there ({error.strerror})") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderLocked(root) from None
        yield
