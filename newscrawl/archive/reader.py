"""Answers from WARC files: by address (replays), by place (an article's own record), or page after page."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from attrs import evolve
from w3lib.url import safe_url_string

from newscrawl.archive.encoding import TooLong
from newscrawl.archive.record import Record, Recorded, begins, read, walk
from newscrawl.errors import BadFile
from newscrawl.items import Capture

__all__ = ["Archive", "Recorded", "check", "pages", "read_record"]

logger = logging.getLogger(__name__)

LONGEST_PAGE = 64 * 1024 * 1024
"""A longer 'page' in a saved file is none."""
_HTML = ("text/html", "application/xhtml+xml")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Archive:
    """An index over .warc and .warc.gz files, or folders of them: places are kept, bodies are read when asked for.

    One address has one answer, the latest by WARC-Date and, in the same second, by its place in the file: a page that
    was answered 503, 503, 200 answers 200. A 304 is no answer. A revisit answers with the record it refers to.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        responses: list[Record] = []
        revisits: list[Record] = []
        for path in _files(paths):
            for record in walk(path):
                if record.kind == "revisit":
                    revisits.append(record)
                elif record.status not in (None, 304):
                    responses.append(record)
        self._exact: dict[str, Record] = {}
        self._loose: dict[str, Record] = {}
        for record in (*responses, *_resolved(revisits, responses)):
            _keep_latest(self._exact, record.url, record)
            _keep_latest(self._loose, loose(record.url), record)

    def __len__(self) -> int:
        """How many addresses are answered."""
        return len(self._exact)

    def find(self, url: str) -> Recorded | None:
        """The answer to ``url``: for the very address, else for the same without its fragment and under http or https.

        Its ``url`` is the address that was recorded. Raises :class:`~newscrawl.errors.BadFile` where the file changed.
        """
        record = self._exact.get(url) or self._exact.get(url.partition("#")[0])
        if record is not None:
            return _read(record)
        key = loose(url)
        record = self._loose.get(key)
        if record is None:
            return None
        answer = _read(record)
        # http://… that was only ever redirected to https://… must not answer for https://… with that redirect.
        if 300 <= answer.status < 400 and loose(answer.header("location") or "") == key:
            return None
        return answer


def check(paths: Iterable[Path]) -> None:
    """Raise :class:`~newscrawl.errors.BadFile` for a file that does not begin as a WARC does, packed or not, and for a
    folder without one. Cheap: reads a few bytes of each file named, indexes nothing, opens no file of a folder."""
    for path in paths:
        if path.is_dir():
            next(_files([path]))
        elif not begins(path):
            raise BadFile(path, "is no WARC file; name a .warc or .warc.gz file, or a folder of them")


def read_record(folder: Path, capture: Capture) -> Recorded:
    """The response a capture points at; ``folder`` is the archive's (a capture's absolute file name is kept).

    Raises :class:`~newscrawl.errors.BadFile` where the file or the record is gone.
    """
    return read(folder / capture.file, capture.offset, capture.length)


def pages(path: Path) -> Iterator[Recorded]:
    """Every successful (2xx) HTML response of a file in order, its content coding undone and its header dropped.

    Raises :class:`~newscrawl.errors.BadFile` for what is no WARC.
    """
    for record in walk(path):
        if record.kind != "response" or record.status is None or not 200 <= record.status < 300:
            continue
        answer = _read(record)
        try:
            body = answer.decoded(LONGEST_PAGE)
        except TooLong as error:
            logger.warning("%s: %s left out: %s", path, record.url, error)
            continue
        if _is_html(answer.header("content-type"), body):
            headers = tuple(pair for pair in answer.headers if pair[0].lower() != "content-encoding")
            yield evolve(answer, body=body, headers=headers)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(file for pattern in ("*.warc", "*.warc.gz") for file in path.rglob(pattern))
        if not found:
            raise BadFile(path, "holds no .warc or .warc.gz file")
        yield from found


def _read(record: Record) -> Recorded:
    return evolve(read(record.path, record.offset, record.length), url=record.url, fetched_at=record.date)


def _keep_latest(answers: dict[str, Record], key: str, record: Record) -> None:
    held = answers.get(key)
    if held is None or record.date >= held.date:
        answers[key] = record


def _resolved(revisits: Iterable[Record], responses: Sequence[Record]) -> Iterator[Record]:
    """Each revisit as its original's place under the revisit's address and time; one without an original is dropped.

    A server that says 304 (profile server-not-modified) confirms the original just as an identical payload does.
    """
    by_place = {(record.url, record.date): record for record in responses}
    by_digest = {record.digest: record for record in responses if record.digest}
    for revisit in revisits:
        original = by_place.get(revisit.refers_to) if revisit.refers_to else None
        original = original or (by_digest.get(revisit.digest) if revisit.digest else None)
        if original is None:
            logger.warning("%s: the revisit of %s refers to nothing here, left out", revisit.path, revisit.url)
        else:
            yield evolve(original, url=revisit.url, date=revisit.date)


def loose(url: str) -> str:
    """The address without scheme, fragment, default port and upper case in the host; percent-encoded as it is asked."""
    if not url.isascii() or " " in url:
        url = safe_url_string(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
    return f"//{host}{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _is_html(content_type: str | None, body: bytes) -> bool:
    if content_type is None:
        return body[:1000].lstrip().lower().startswith((b"<!doctype html", b"<html"))
    return content_type.partition(";")[0].strip().lower() in _HTML
