"""Reading an archived article again with today's code, as a crawl would read it: the same pure functions."""

from __future__ import annotations

from pathlib import Path

import attrs
from attrs import field, frozen

from newscrawl.archive.page import page_of
from newscrawl.archive.reader import read_record
from newscrawl.errors import BadFile, NotAnArticle, Reason
from newscrawl.items import Article, Capture, FetchedPage
from newscrawl.options import Options
from newscrawl.pipelines.group import group
from newscrawl.pipelines.rights import disclaimer
from newscrawl.pipelines.sanitise import sanitise
from newscrawl.pipelines.validate import validate
from newscrawl.sources import Registry, read_page
from newscrawl.store.archived import Archived, Fetch, tells_more
from newscrawl.store.rows import revision


@frozen(kw_only=True)
class Rereader:
    """Reads stored articles off their records. Nothing is fetched, nothing is stored."""

    registry: Registry
    options: Options = field(repr=False)
    weaker: bool = False
    """What a weaker hand answers than before is to be taken too."""

    def read(self, stored: Archived) -> Article:
        """The article as today's code reads it: from the fetch that its revision was made of, or from a newer one that
        tells more (:func:`~newscrawl.store.archived.tells_more`).

        Raises :class:`~newscrawl.errors.NotAnArticle` where it would be turned away today, and
        :class:`~newscrawl.errors.BadFile` where the archive has it no more. Any other exception is a bug in the
        reading; a note on it names the article.
        """
        newer = self._newer(stored)
        try:
            own = self._article(stored, stored.own)
        except (BadFile, NotAnArticle):
            if newer is None:
                raise
            return newer
        if newer is None:
            return own
        more = tells_more(stored.columns, revision(own), revision(newer), weaker=self.weaker)
        return newer if more else own

    def _newer(self, stored: Archived) -> Article | None:
        for fetch in stored.newer:
            try:
                return self._article(stored, fetch)
            except (BadFile, NotAnArticle):
                continue
        return None

    def _article(self, stored: Archived, fetch: Fetch) -> Article:
        if not fetch:
            raise BadFile(stored.key, "no record of it is known")
        first, *others = [self._page(capture) for capture in fetch]
        link = stored.link
        asked = link.url if link and link.url != first.url else None
        page = attrs.evolve(first, source=stored.source, link=link, asked=asked, continued=tuple(others))
        try:
            article = read_page(page, registry=self.registry)
            if article.key != stored.key:
                raise NotAnArticle(Reason.MOVED_AWAY, f"it is read as {article.key}")
            return self._finished(article)
        except NotAnArticle:
            raise
        except Exception as bug:
            bug.add_note(f"while reading {stored.key} again")
            raise

    def _page(self, capture: Capture) -> FetchedPage:
        record = read_record(self.options.archive or Path(), capture)
        if not 200 <= record.status < 300:
            raise NotAnArticle(Reason.NOT_FOUND_PAGE, f"{capture.url} answered {record.status}")
        return attrs.evolve(page_of(record), url=capture.url, fetched_at=capture.fetched_at, capture=capture)

    def _finished(self, article: Article) -> Article:
        """What the pipelines after the reading make of it."""
        valid = validate(article, self.options.clock.now())
        name = self.registry.get(valid.source).name if valid.source in self.registry else valid.source
        version, text = disclaimer(valid, name, self.options)
        return sanitise(group(attrs.evolve(valid, disclaimer=text, disclaimer_version=version)))
