"""Quarantine: a page that shows what is wrong with a source, kept beside the store as a test case.

A case is a folder in the shape of those in tests/sources/cases: ``page.html`` (UTF-8 on disk, served in ``encoding``)
and ``case.json`` with the address and, as ``expected``, what is read from the page **now**: correct it by hand, move
the folder there, and make the test pass. A listing's case has the keys of the links that are found in it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.clock import stamp
from newscrawl.discover.links import findings_in
from newscrawl.discover.listings import Listing
from newscrawl.errors import BrokenListing, NotAnArticle, Reason, StoreUnwritable
from newscrawl.fetch.project import file_name
from newscrawl.items import Article, FetchedPage, Json
from newscrawl.sources import Registry, read_page
from newscrawl.sources.walked import Walked
from newscrawl.text.encoding import decode
from newscrawl.text.traces import Finder, Sentences

FIELDS: Mapping[str, Callable[[Article], Any]] = {
    "key": lambda a: a.key,
    "headline": lambda a: a.headline,
    "published": lambda a: a.published and a.published.local,
    "authors": lambda a: list(a.authors),
    "correspondents": lambda a: list(a.correspondents),
    "editors": lambda a: list(a.editors),
    "credit": lambda a: a.credit,
    "dateline": lambda a: a.dateline and a.dateline.raw,
    "body": lambda a: a.body_text.split("\n"),
    "captions": lambda a: [image.caption for image in a.images if image.caption],
    "images": lambda a: [image.url for image in a.images],
    "section": lambda a: a.section,
    "related": lambda a: [[one.headline, one.url] for one in a.related],
    "language": lambda a: a.language,
}
"""What a case says of an article."""


class Quarantine:
    """Keeps at most one case per source, field and day; never writes over one."""

    def __init__(self, folder: Path, source: Walked, registry: Registry, *, run: str = "") -> None:
        """``run``: the name of the source's runs, where that is not its slug."""
        self._folder = folder
        self._run = run or source.slug
        self._source = source
        self._registry = registry

    def keep_article(self, page: FetchedPage, field: str, complaint: str) -> Path | None:
        """The case's folder, an earlier one of that day among them. None where the page cannot be read alone (it is one
        of a long article's). Raises OSError where it cannot be written."""
        case = case_of(page, self._registry)
        if case.get("rejected") == Reason.NEEDS_MORE_PAGES.value:
            return None
        return self._keep(page, field, complaint, case)

    def keep_listing(self, page: FetchedPage, where: Listing, field: str, complaint: str) -> Path:
        """Likewise for a page of a listing."""
        case = {**_head(page), "listing": where.name}
        try:
            keys = keys_in(page, where, self._source)
        except (NotAnArticle, BrokenListing) as problem:
            case["problem"], keys = str(problem), []
        case["expected"] = {"links": keys}
        return self._keep(page, field, complaint, case)

    def _keep(self, page: FetchedPage, field: str, complaint: str, case: Json) -> Path:
        assert page.fetched_at is not None
        name = re.sub(r"[^\w.-]", "_", f"{file_name(self._run)}-{page.fetched_at:%Y-%m-%d}-{field}")
        folder = self._folder / name
        if folder.exists():
            return folder
        case |= {"source": self._source.slug_at(page.url), "complaint": complaint, "fetched_at": stamp(page.fetched_at)}
        put_case(folder, page, case)  # a crawl of the source has its lock: nobody else writes this one
        return folder


def case_of(page: FetchedPage, registry: Registry) -> Json:
    """What a case says of an article's page: how it was served, and what is read from it now."""
    case = _head(page)
    try:
        article = read_page(page, registry=registry)
    except NotAnArticle as problem:
        case["rejected"] = problem.reason.value
        return case | ({"next_url": problem.next_url} if problem.next_url else {})
    return case | {"key": article.key, "expected": {name: of(article) for name, of in FIELDS.items()}}


def put_case(folder: Path, page: FetchedPage, case: Json) -> None:
    """Write the page and its case into a folder that is not there yet, which comes into being whole."""
    text, encoding = _as_text(page)
    half = folder.with_name(f".{folder.name}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    (half / "page.html").write_bytes(text.encode("utf-8"))
    written = json.dumps({**case, "encoding": encoding}, ensure_ascii=False, indent=2) + "\n"
    (half / "case.json").write_text(written, encoding="utf-8", errors="replace")
    half.rename(folder)


def quarantine_of(db: Path) -> Path:
    """The folder of the cases, beside the store."""
    return db.parent / "quarantine"


def purge_cases(folder: Path, *, key: str, urls: Collection[str], sentences: Sentences) -> list[Path]:
    """Remove every case in the quarantine ``folder`` that is of the article (its key, one of its addresses) or has any
    of its text in one of its files, half-written ones too; which those were. Links are left alone.

    Raises :class:`~newscrawl.errors.StoreUnwritable` where one cannot be read or removed: those before it are gone.
    """
    if not folder.is_dir():
        return []
    finder, gone = Finder(sentences), []
    for case in sorted(folder.iterdir()):
        if case.is_symlink() or not case.is_dir():
            continue
        try:
            if _is_of(case, key, urls, finder):
                shutil.rmtree(case)
                gone.append(case)
        except OSError as error:
            raise StoreUnwritable(f"the case {case} cannot be removed ({error.strerror})") from error
    return gone


def _is_of(case: Path, key: str, urls: Collection[str], finder: Finder) -> bool:
    about: Json = {}
    with suppress(FileNotFoundError, ValueError):  # half-written, or mended by hand
        about = json.loads((case / "case.json").read_bytes())
    if not isinstance(about, dict):
        about = {}
    if about.get("key") == key or not {about.get("url"), about.get("asked")}.isdisjoint(urls):
        return True
    for file in case.rglob("*"):
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            if finder.find(data) or finder.find(_as_served(data, about.get("encoding"))):
                return True
    return False


def _as_served(data: bytes, encoding: object) -> bytes:
    """A page's very bytes, of its text as :func:`_as_text` made it."""
    try:
        return data.decode("utf-8").encode(str(encoding))
    except (LookupError, UnicodeError):
        return b""


def keys_in(page: FetchedPage, where: Listing, source: Walked) -> list[str]:
    """The articles that a listing's page leads to by its declaration, on a site that is learnt by their looks; each key
    once, in page order.

    Raises :class:`~newscrawl.errors.NotAnArticle` or :class:`~newscrawl.errors.BrokenListing` where it is no listing.
    """

    def is_own(url: str) -> bool:
        return source.address(url) is not None

    found = findings_in(page, where, own=is_own if source.learns else None).links
    addresses = [source.address(item.url) for item in found]
    return list(dict.fromkeys(address.key for address in addresses if address))


def _head(page: FetchedPage) -> Json:
    asked = {"asked": page.asked} if page.asked else {}
    return {"url": page.url, **asked, "content_type": page.content_type or "text/html"}


def _as_text(page: FetchedPage) -> tuple[str, str]:
    """The page as text, and the encoding that makes its very bytes of it again: a readable one where there is one."""
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            text = page.body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == page.body and (encoding == "utf-8" or text == decode(page.body, page.content_type)):
            return text, encoding
    return page.body.decode("latin-1"), "latin-1"
