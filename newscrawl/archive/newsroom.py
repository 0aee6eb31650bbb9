"""Builds a WARC file from a folder of readable pages: a bundled newsroom that a crawl can replay.

``folder/<host>/<path>`` are the bodies, in UTF-8, so that they can be read and compared (pictures are served as they
are); an address that ends in ``/`` is stored as ``index.html``. ``folder/newsroom.toml`` says how they are served::

    fetched_at = 2025-11-19T09:00:00Z        # of every page that does not say otherwise
    scheme = "https"

    [defaults.content_type]                  # by suffix or file name, beside the usual ones
    ".shtml" = "text/html; charset=utf-8"

    [pages."www.example.com/old.shtml"]      # host and path, as in the address
    encoding = "gb18030"                     # the body is served so encoded
    islands = "gb18030"                      # only the parts between <!--island--> and <!--/island--> lines are
    status = 301
    location = "https://www.example.com/new.shtml"
    content_type = "text/html"
    fetched_at = 2025-11-19T10:00:00Z
    scheme = "http"
    gzip = true                              # Content-Encoding: gzip

    [pages."www.example.com/list?page=2"]    # no file's name: with a query, or a page that is a folder of pages too
    file = "www.example.com/list-2.html"     # its body is that of another page here

A page named in the table needs no file where its body is empty (a redirect). The same folder gives the same records,
and on the same machine the same bytes (how they are packed depends on what the processor can do).
"""

from __future__ import annotations

import gzip
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import frozen

from newscrawl.archive.writer import SUFFIX, ArchiveWriter
from newscrawl.errors import BadFile

CONFIG = "newsroom.toml"
INDEX = "index.html"
CONTENT_TYPES = {
    ".html": "text/html",
    ".shtml": "text/html",
    ".xml": "application/xml",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    "robots.txt": "text/plain",
}
_PICTURES = frozenset({".jpg", ".png"})
_ISLAND = re.compile(r"^[ \t]*<!--island-->[ \t]*\n(.*?)^[ \t]*<!--/island-->[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


@frozen(kw_only=True)
class _Page:
    fetched_at: datetime
    scheme: str = "https"
    encoding: str = "utf-8"
    islands: str | None = None
    status: int = 200
    content_type: str | None = None
    location: str | None = None
    file: str | None = None
    gzip: bool = False


_KEYS: dict[str, type] = {
    "fetched_at": datetime,
    "scheme": str,
    "encoding": str,
    "islands": str,
    "status": int,
    "content_type": str,
    "location": str,
    "file": str,
    "gzip": bool,
}


def build(folder: Path, target: Path) -> int:
    """Write the pages of ``folder`` to ``target`` (a name ending in .warc.gz), put in place whole; how many they are.

    Raises :class:`~newscrawl.errors.BadFile` that names what is wrong with the folder or its newsroom.toml.
    """
    config = _config(folder)
    types = CONTENT_TYPES | config.get("defaults", {}).get("content_type", {})
    overrides: dict[str, Any] = config.get("pages", {})
    bodies = dict(_bodies(folder))
    if not target.name.endswith(SUFFIX):
        raise BadFile(target, f"the name should end in {SUFFIX}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        with closing(ArchiveWriter(Path(place), target.name.removesuffix(SUFFIX))) as writer:
            for name in sorted(bodies.keys() | overrides.keys()):
                page = _page(folder, config, name, overrides.get(name, {}))
                _write(writer, folder, name, page, bodies.get(page.file or name), types)
        (Path(place) / target.name).replace(target)
    return len(bodies.keys() | overrides.keys())


def _config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise BadFile(path, f"is no TOML ({error})") from error
    if unknown := config.keys() - {"fetched_at", "scheme", "defaults", "pages"}:
        raise BadFile(path, f"does not know {', '.join(sorted(unknown))}")
    return config


def _bodies(folder: Path) -> Iterator[tuple[str, Path]]:
    """Host and path, as in the address, and the file of the body."""
    for file in folder.glob("*/**/*"):
        if file.is_file() and not file.name.startswith("."):
            name = file.relative_to(folder).as_posix()
            yield (name.removesuffix(INDEX) if file.name == INDEX else name), file


def _page(folder: Path, config: Mapping[str, Any], name: str, override: object) -> _Page:
    if not isinstance(override, Mapping):
        raise BadFile(folder / CONFIG, f"{name}: should be a table, not {override!r}")
    values = {key: config[key] for key in ("fetched_at", "scheme") if key in config} | dict(override)
    for key, value in values.items():
        if key not in _KEYS or not isinstance(value, _KEYS[key]):
            raise BadFile(folder / CONFIG, f"{name}: {key} = {value!r} is not understood")
    if "fetched_at" not in values:
        raise BadFile(folder / CONFIG, f"{name}: fetched_at is missing")
    moment: datetime = values["fetched_at"]
    values["fetched_at"] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _Page(**values)


def _write(
    writer: ArchiveWriter, folder: Path, name: str, page: _Page, file: Path | None, types: Mapping[str, str]
) -> None:
    if file is None and page.location is None and page.status == 200:
        missing = f"names the file {page.file}, which is not there" if page.file else "has no file and no location"
        raise BadFile(folder / CONFIG, f"{name} {missing}")
    body = _encoded(folder, name, page, file) if file else b""
    leaf = Path(file.name if file else name)
    headers = []
    if content_type := page.content_type or types.get(leaf.name) or types.get(leaf.suffix):
        headers.append(("Content-Type", content_type))
    if page.location is not None:
        headers.append(("Location", quote(page.location, safe="%/:=&?~#+!$,;'@()*[]")))
    if page.gzip:
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body, mtime=0)
    headers.append(("Content-Length", str(len(body))))
    host, _, path = name.partition("/")
    url = f"{page.scheme}://{host}/{quote(path, safe='/%~+,;@()!$&=:?')}"
    writer.write(url=url, status=page.status, headers=headers, body=body, fetched_at=page.fetched_at)


def _encoded(folder: Path, name: str, page: _Page, file: Path) -> bytes:
    if file.suffix in _PICTURES:
        return file.read_bytes()
    try:
        text = file.read_text(encoding="utf-8")
        if page.islands is None:
            return text.encode(page.encoding)
        # Split by a pattern with one group: every second part is an island.
        parts = _ISLAND.split(text)
        return b"".join(part.encode(page.islands if number % 2 else page.encoding) for number, part in enumerate(parts))
    except (LookupError, UnicodeError) as error:
        raise BadFile(folder / CONFIG, f"{name}: {error}") from error
