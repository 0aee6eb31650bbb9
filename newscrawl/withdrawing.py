"""Taking articles down to the end: archive, quarantine, mirrored images, store and the readers' copy, each step done
again where it was cut off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from newscrawl.archive.pictures import remove
from newscrawl.archive.pictures import sweep as sweep_pictures
from newscrawl.archive.purging import overwrite
from newscrawl.archive.sweeping import sweep
from newscrawl.clock import unstamp
from newscrawl.errors import PurgePending
from newscrawl.extensions.quarantine import purge_cases, quarantine_of
from newscrawl.options import Options
from newscrawl.store.settling import copied
from newscrawl.store.snapshot import take
from newscrawl.store.takedown import (
    Pending,
    captures_of_others,
    close,
    compact,
    erase,
    is_pending,
    pending,
    told_by_others,
)
from newscrawl.text.traces import Sentences, sentences_of

EARLIER = timedelta(days=1)
"""Archive files from so long before an article's address was first found are looked through, too: a feed may have told
its opening before its link was recorded."""


@frozen(kw_only=True)
class Done:
    """What was taken out besides the text in the store."""

    overwritten: int = 0
    """Records of the archive that held the article's own pages, or most of its text."""
    masked: int = 0
    """Records of other pages (listings, feeds, related links) in which its sentences were blanked out."""
    versions: tuple[str, ...] = ()
    """Addresses of other articles' own pages in the archive that hold most of the text; they were left alone."""
    lost: tuple[str, ...] = ()
    """Archive files in which the store knows records of it and that are not there (any more)."""
    outside: tuple[str, ...] = ()
    """Files that hold records of it and are not below the archive: replayed ones, the operator's own."""
    strange: tuple[str, ...] = ()
    """Archive files that hold something else than the store knows, or could not be read to the end."""
    cases: int = 0
    """Folders of the quarantine that were removed."""
    pictures: int = 0
    """Files of mirrored images that were removed."""
    shared: int = 0
    """Files of mirrored images that another article shows, too, and that stay."""
    lost_pictures: tuple[str, ...] = ()
    """Files of mirrored images that were not there. Where NEWSCRAWL_IMAGES names no folder, all of them, and the next
    command that knows it takes them away."""


def finish(options: Options) -> Done | None:
    """Take what is withdrawn and still there out of everything; None where there was nothing to do.

    Raises :class:`~newscrawl.errors.StoreUnwritable`: what could not be done is done by the next command, and
    :class:`~newscrawl.errors.PurgePending` where only a reader of the store stands in the way. Where the archive is not
    there, the records in it stay pending, and are told as lost; so do mirrored images where their folder is not.
    """
    if not is_pending(options.db):
        return None
    archive, images = _folder(options.archive), _folder(options.images)
    open_ones = [
        one
        for one in pending(options.db)
        if one.texts or (archive and one.captures) or (images and (one.pictures or one.shared))
    ]
    done = evolve(_out_of_files(options, archive, open_ones), **_out_of_images(images, open_ones))
    if open_ones:
        erase(options.db, open_ones, options.clock, records=archive is not None, pictures=images is not None)
    mark = compact(options.db)
    if options.snapshot and mark != "":
        take(options.db, options.snapshot, option="NEWSCRAWL_SNAPSHOT")
        copied(options.db)
    if mark is None:
        problem = "another program holds it open, so its old pages are still in the file; the next crawl goes on"
        raise PurgePending(f"the store {options.db}: purge pending: {problem}", done)
    close(options.db, mark)
    return done


def _folder(path: Path | None) -> Path | None:
    return path if path is not None and path.is_dir() else None


def _out_of_images(folder: Path | None, open_ones: Sequence[Pending]) -> dict[str, Any]:
    names = sorted({name for one in open_ones for name in one.pictures})
    shared = {name for one in open_ones for name in one.shared}.difference(names)
    if folder:
        sweep_pictures(folder)
    gone, missing = remove(folder, names) if folder else ([], names)
    return {"pictures": len(gone), "shared": len(shared), "lost_pictures": tuple(missing)}


def _out_of_files(options: Options, archive: Path | None, open_ones: Sequence[Pending]) -> Done:
    """Out of quarantine and ``archive`` (None: it is not there)."""
    at, cases, quarantine = options.clock.now(), 0, quarantine_of(options.db)
    told = [(one, _sentences(options, one)) for one in open_ones]
    for one, sentences in told:
        cases += len(purge_cases(quarantine, key=one.key, urls=one.urls, sentences=sentences))
    captures = [capture for one in open_ones for capture in one.captures]
    if archive is None:
        files = {capture.file for capture in captures}
        outside = {file for file in files if Path(file).is_absolute() and Path(file).is_file()}
        return Done(cases=cases, lost=tuple(sorted(files - outside)), outside=tuple(sorted(outside)))
    over = overwrite(archive, captures, at=at)
    others = captures_of_others(options.db, [one.key for one in open_ones])
    masked, overwritten, versions, unread = 0, over.records, [], []
    for one, sentences in told:
        swept = sweep(
            archive,
            sentences,
            since=unstamp(one.since) - EARLIER if one.since else None,
            spare=lambda file, offset: (file, offset) in others,
            at=at,
            urls=one.urls,
        )
        masked += len(swept.masked)
        overwritten += len(swept.overwritten)
        versions += [spot.url for spot in swept.versions]
        unread += [spot.file for spot in swept.unread]
    return Done(
        overwritten=overwritten,
        masked=masked,
        versions=tuple(dict.fromkeys(versions)),
        lost=tuple(sorted(over.missing)),
        outside=tuple(sorted(over.outside)),
        strange=tuple(sorted({*unread, *(capture.file for capture in over.strange)})),
        cases=cases,
    )


def _sentences(options: Options, one: Pending) -> Sentences:
    """Of every revision; what many other articles say as well (a standing notice) is nothing to know it by."""
    told = Sentences()
    for text in one.texts:
        told |= sentences_of(text.body_text or "", text.headline, text.summary)
    common = told_by_others(options.db, one.id, (*told.whole, *told.cut))
    return Sentences(
        whole=tuple(words for words in told.whole if words not in common),
        cut=tuple(words for words in told.cut if words not in common),
    )
