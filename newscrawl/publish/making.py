"""Makes what is due of a site, page by page; what has come out as it was is not written."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta

from newscrawl.clock import stamp
from newscrawl.options import Site
from newscrawl.publish import atom, jsonfeed, rss, sitemaps
from newscrawl.publish.addresses import path_of
from newscrawl.publish.atom import Gone, list_feed
from newscrawl.publish.folder import Folder
from newscrawl.publish.lists import FRONT, PART, Bucket, Listing
from newscrawl.publish.marking import keys_beside
from newscrawl.publish.mirrored import mirrored
from newscrawl.publish.ninjs import item
from newscrawl.publish.pictures import Pictures
from newscrawl.publish.press import Press
from newscrawl.publish.records import line
from newscrawl.publish.searching import SearchIndex
from newscrawl.store.edition import Due, DueBucket, DueList, Edition
from newscrawl.store.reader import Change, Reader

REMEMBERED = 4096
"""Articles of lists that are kept in memory: some ten megabytes."""
NEWS = timedelta(days=2)
"""What the news sitemap holds, and no more than MOST_NEWS (Google's rules for it)."""
MOST_NEWS = 1000
MOST_IN_SITEMAP = 50_000
"""The protocol's bound; what a day has above it is in no sitemap."""
HOT_AT_HOME = 12
NINJS = "ninjs.json"


class Maker:
    """To be used within ``reader.steady()``."""

    def __init__(
        self, reader: Reader, edition: Edition, folder: Folder, press: Press, pictures: Pictures, site: Site
    ) -> None:
        self.articles = 0
        """Pages of articles that were made."""
        self._reader = reader
        self._edition = edition
        self._folder = folder
        self._press = press
        self._pictures = pictures
        self._site = site
        self._search = SearchIndex(folder)
        self._sources = reader.sources()
        self._lines: OrderedDict[int, Change] = OrderedDict()

    def make(self, now: datetime) -> None:
        for due in self._edition.due():
            self._make_articles(due)
        for one in self._edition.due_lists():
            with self._edition.writing():
                self._plan_list(one)
        self._edition.settle()
        for one in self._edition.due_lists():
            with self._edition.writing():
                self._make_list(one)
        self._search.finish()
        self._make_site(now)
        self._pictures.sweep()

    def settled(self) -> None:
        """What was made is on the disk."""
        self._search.settled()

    # -- articles ------------------------------------------------------------------------------------------------

    def _make_articles(self, due: Sequence[Due]) -> None:
        for one in due:
            if one.gone:
                self._folder.put(path_of(one.id), self._press.withdrawn(one.id, one.changed))
                self._folder.put(path_of(one.id) + NINJS, line(item(_withdrawn(one), self._site)))
        with self._edition.writing():
            shown = [one.id for one in due if not one.gone]
            pictures = self._pictures.of(shown)
            for change in self._reader.told(shown):
                own = pictures.get(change.article_id, {})
                self._folder.put(path_of(change.article_id), self._press.article(change, own))
                record = line(item(mirrored(change, self._site, own), self._site))
                self._folder.put(path_of(change.article_id) + NINJS, record)
                self._edition.set_beside(change.article_id, keys_beside(change))
                self.articles += 1

    def _told(self, ids: Sequence[int]) -> list[Change]:
        """As Reader.told(), without what lists do not show."""
        missing = [id_ for id_ in ids if id_ not in self._lines]
        self._lines.update((change.article_id, change) for change in self._reader.told(missing, whole=False))
        for id_ in ids:
            if id_ in self._lines:
                self._lines.move_to_end(id_)
        told = [self._lines[id_] for id_ in ids if id_ in self._lines]
        while len(self._lines) > REMEMBERED:
            self._lines.popitem(last=False)
        return told

    # -- lists ---------------------------------------------------------------------------------------------------

    def _plan_list(self, one: DueList) -> None:
        """Note down what will be written, so that a run that is killed leaves no file that nobody knows of."""
        buckets = dict(self._edition.buckets(one.id))
        archived = one.kind == "day" or sum(buckets.values()) > FRONT
        if archived != one.archived:
            self._edition.set_archived(one.id, archived)
        for bucket in self._edition.due_buckets(one.id) if archived else ():
            self._edition.reserve_parts(one.id, bucket.name, _parts(buckets.get(bucket.name, 0)))

    def _make_list(self, one: DueList) -> None:
        listing = self._listing(one.kind, one.name)
        buckets = [Bucket(name=name, articles=count) for name, count in self._edition.buckets(one.id)]
        held = {bucket.name: bucket.articles for bucket in buckets} if one.archived else {}
        for bucket in self._edition.due_buckets(one.id):
            self._make_bucket(one.id, listing, bucket, _parts(held.get(bucket.name, 0)))
        if one.kind == "day":
            self._folder.put(listing.path, self._press.days(buckets))
        elif buckets:
            newest = self._told(self._edition.newest(one.id, FRONT))
            self._folder.put(listing.path, self._press.front(listing, newest, buckets if one.archived else ()))
            self._folder.put(listing.path + atom.FILE, list_feed(listing, newest, self._gone(one.id), self._site))
        else:
            self._folder.remove(listing.path + atom.FILE)
            self._folder.remove(listing.path)
            self._edition.forget_gone(one.id)

    def _make_bucket(self, list_id: int, listing: Listing, due: DueBucket, parts: int) -> None:
        """The parts in which something is due. Where articles move, the one before, too: it may be the last no more."""
        before, upto = self._edition.span(list_id, due)
        first = max(before - (due.until is None), 0) // PART
        for number in range(first + 1, min(parts, _parts(upto)) + 1):
            shown = self._told(self._edition.slice(list_id, due.name, (number - 1) * PART, PART))
            page = self._press.part(listing, due.name, number, shown, is_last=number == parts)
            self._folder.put(listing.part(due.name, number), page)
            if listing.kind == "day":
                self._search.part(due.name, number, shown)
        for number in range(parts + 1, self._edition.parts(list_id, due.name) + 1):
            self._folder.remove(listing.part(due.name, number))
        changed = None
        if listing.kind == "day":
            self._search.cut(due.name, parts)
            changed = self._make_sitemap(list_id, due.name)
        self._edition.set_parts(list_id, due.name, parts, changed)

    def _make_sitemap(self, list_id: int, day: str) -> str | None:
        urls = self._edition.to_be_found(list_id, day)[:MOST_IN_SITEMAP] if self._site.base else []
        if not urls:
            self._folder.remove(_sitemap(day))
            return None
        self._folder.put(_sitemap(day), sitemaps.day(urls, self._site))
        return max(changed for _, changed in urls)

    def _listing(self, kind: str, name: str) -> Listing:
        row = self._sources.get(name, {}) if kind == "source" else {}
        return Listing(kind=kind, name=name, title=row.get("name") or name)

    def _gone(self, list_id: int) -> list[Gone]:
        return [Gone(key=key, at=at) for key, at in self._edition.gone(list_id)]

    # -- the site ------------------------------------------------------------------------------------------------

    def _make_site(self, now: datetime) -> None:
        days = self._edition.find("day", "")
        newest = self._edition.newest(days.id, FRONT) if days else []
        hot = self._reader.hot()
        put = self._folder.put
        put("", self._press.home(self._told(newest), hot[:HOT_AT_HOME]))
        put("topic/", self._press.topics(hot, self._counted("section"), self._counted("source")))
        put("search/", self._press.search())
        put("about/", self._press.about([row for _, row in sorted(self._sources.items())]))
        put("404.html", self._press.not_found())
        put("robots.txt", sitemaps.robots(self._site))
        self._make_static()
        own = self._pictures.of(newest)
        whole = [mirrored(change, self._site, own.get(change.article_id, {})) for change in self._reader.told(newest)]
        gone = self._gone(days.id) if days else []
        put(atom.FILE, list_feed(None, whole, gone, self._site))
        put(rss.FILE, rss.rss(whole, self._site, self._sources))
        put(jsonfeed.FILE, jsonfeed.json_feed(whole, self._site, gone))
        if days is None:
            put("day/", self._press.days([]))
        self._make_sitemaps(days, now)

    def _make_static(self) -> None:
        files = dict(self._press.static())
        for name, content in files.items():
            self._folder.put(name, content)
        for name in list(self._folder.names("static")):
            if name not in files:
                self._folder.remove(name)

    def _make_sitemaps(self, days: DueList | None, now: datetime) -> None:
        if not self._site.base:
            for name in (sitemaps.INDEX_FILE, sitemaps.NEWS_FILE):
                self._folder.remove(name)
            return
        files = [(_sitemap(day), changed) for day, changed in self._edition.changed(days.id)] if days else []
        news = self._edition.since(days.id, stamp(now - NEWS), MOST_NEWS) if days else []
        self._folder.put(sitemaps.INDEX_FILE, sitemaps.index(files, self._site))
        self._folder.put(sitemaps.NEWS_FILE, sitemaps.news(self._told(news), self._site))

    def _counted(self, kind: str) -> list[tuple[Listing, int]]:
        return [(self._listing(kind, name), count) for name, count in self._edition.counts(kind)]


def _parts(articles: int) -> int:
    return -(-articles // PART)


def _sitemap(day: str) -> str:
    return f"sitemap-{day}.xml"


def _withdrawn(one: Due) -> Change:
    return Change(
        seq=0, at=one.changed, kind="withdrawn", origin="", fields=(), article_id=one.id, key=one.key, article=None
    )
