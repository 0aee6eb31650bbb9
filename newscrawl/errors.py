"""Every exception of newscrawl and every reason for which something is turned away.

::

    NewscrawlError
    ├── BadOption          a setting or an argument that cannot be used; names it and says what to do     exit 1
    ├── BadFile            a saved page or a WARC file that cannot be read; names the file                exit 1
    ├── BrokenListing      a listing or feed that cannot be read as one
    ├── NotAnArticle       a page that is no article; carries its Reason (and next_url for page 1 of many)
    ├── SourceLocked       another run of this source holds the lock                                      exit 4
    ├── FolderLocked       another run of publish writes the folder                                       exit 4
    ├── FolderUnwritable   the folder of a site cannot be written or read; names the file                 exit 6
    └── StoreError         the store could not be used                                                    exit 6
        ├── StoreUnwritable    disk full, read-only, locked by another program
        │   └── PurgePending   a takedown waits for a reader of the file; carries what was done
        └── StoreTooNew        the file was written by a later newscrawl

A *rejected* page has a :class:`Reason` and is counted; a *missing field* is None and is counted; a *bug* is any other
exception and is never caught wholesale. What can go wrong on the wire is drawn in newscrawl.fetch.failures.
"""

from __future__ import annotations

from enum import Enum
from typing import Any


class Reason(Enum):
    """Why a page or a link is not stored. The value is the word that logs, the ledger and the frontier print."""

    VIDEO = "video"
    """A video page (视频): no text article."""
    PHOTOS = "photos"
    """A photo gallery (图片/组图): no text article."""
    NOT_FOUND_PAGE = "not_found_page"
    """A soft 404: the server answered 200 with a page that says it is not there."""
    MOVED_HOME = "moved_home"
    """The address redirected to the home page or a channel page."""
    MOVED_AWAY = "moved_away"
    """The address redirected to a page that is not this source's, or to another article."""
    NO_HEADLINE = "no_headline"
    NO_BODY = "no_body"
    """The page has no story text (an empty body, or only captions)."""
    IN_THE_FUTURE = "in_the_future"
    """Published more than a day after now: not yet meant to be read, where its data say so; else a broken date, or
    an event."""
    NOT_HTML = "not_html"
    """A PDF, an image, a feed: not a page."""
    UNREADABLE = "unreadable"
    """Not even a tree could be made of the bytes."""
    NEEDS_MORE_PAGES = "needs_more_pages"
    """Page 1 of many, read alone. An article is stored whole or not at all."""
    DUPLICATE = "duplicate"
    """The same text of the same source is stored under another key."""
    WITHDRAWN = "withdrawn"
    """A tombstone keeps it out: the operator took it down."""
    GONE = "gone"
    """A stored article that the publisher now answers with 404 or 410."""
    MOVED_NOWHERE = "moved_nowhere"
    """The address redirected to a page of its site to which others redirect, too, or which is no article: the notice of
    an outage as likely as not, so it is asked again."""
    BROKEN_PAGES = "broken_pages"
    """The pages of a long article do not belong together."""
    LIST_PAGE = "list_page"
    """A tag page, a section, a page of comments: it lists or discusses articles and is none."""
    COPY = "copy"
    """A print view, an AMP twin: the page names another address as its own, and that one is asked instead."""
    OTHER_SITE = "other_site"
    """An address on another site than the one that is walked."""


class NewscrawlError(Exception):
    """What newscrawl raises on purpose. Its text is meant for the operator."""


class BadOption(NewscrawlError):
    """A setting or argument that cannot be used. ``option`` is its name as the operator wrote it."""

    def __init__(self, option: str, problem: str) -> None:
        self.option = option
        super().__init__(f"{option}: {problem}")


class BadFile(NewscrawlError):
    """A file that cannot be read as what it should be. ``path`` is the file."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        super().__init__(f"{path}: {problem}")


class NotAnArticle(NewscrawlError):
    """A page that is no article.

    ``reason`` says why. For :attr:`Reason.NEEDS_MORE_PAGES`, ``next_url`` is the absolute address of the page after the
    last one given, or ``first_url`` that of page 1, where a later page was given alone; ``so_far`` is then what the
    pages given hold, an :class:`~newscrawl.items.Article` that nobody stores, where somebody looks at saved pages.
    For :attr:`Reason.COPY`, and :attr:`Reason.WITHDRAWN` of a copy, ``same_as`` is the key of the original.
    ``again``: it may be an article later and is asked once more.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        next_url: str | None = None,
        first_url: str | None = None,
        so_far: Any = None,
        same_as: str | None = None,
        again: bool = False,
    ) -> None:
        self.reason = reason
        self.detail = detail
        self.next_url = next_url
        self.first_url = first_url
        self.so_far = so_far
        self.same_as = same_as
        self.again = again
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)


class BrokenListing(NewscrawlError):
    """A listing or feed that cannot be read at all; one that is sound and empty is no such thing."""


class SourceLocked(NewscrawlError):
    """Another run of this source holds the lock; ``source`` is its slug, ``holder`` what the lock file says of it."""

    def __init__(self, source: str, holder: str) -> None:
        self.source = source
        self.holder = holder
        super().__init__(f"another run of {source} holds the lock ({holder})")


class FolderLocked(NewscrawlError):
    """Another run of ``scrapy publish`` writes the folder; ``folder`` is its path."""

    def __init__(self, folder: object) -> None:
        self.folder = str(folder)
        super().__init__(f"another run of scrapy publish writes {folder}; it makes what is due, so nothing is lost")


class FolderUnwritable(NewscrawlError):
    """A file of a published site that cannot be written, removed or read (disk full, read-only, rights). What was put
    in place before stays, and the next run makes what is due. ``path`` is the file."""

    def __init__(self, path: object, problem: str) -> None:
        self.path = str(path)
        super().__init__(f"{path}: {problem}")


class StoreError(NewscrawlError):
    """The store could not be used; the text names the file and what to do."""


class StoreUnwritable(StoreError):
    """The store could not be written (disk full, read-only, locked). What was committed before stays as it was."""


class PurgePending(StoreUnwritable):
    """A takedown is done but for what a reader of the file holds: the text is in no table any more, but may still be in
    the file's old pages. ``done`` is what was taken out (withdrawing.Done)."""

    def __init__(self, problem: str, done: object) -> None:
        self.done = done
        super().__init__(problem)


class StoreTooNew(StoreError):
    """The file was written by a later newscrawl; nothing was changed in it."""
