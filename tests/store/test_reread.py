"""Reading archived pages again: from which record, what is told, and what --apply makes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import pytest
from loopback import article as html
from store_made import NOW, column, link, operate, rows

from newscrawl.archive.writer import ArchiveWriter
from newscrawl.clock import Clock, stamp
from newscrawl.commands.reread import Summary, reread
from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.page import NewsPage
from newscrawl.items import Article, FetchedPage, Link, Printed
from newscrawl.options import Options
from newscrawl.pipelines.rights import disclaimer
from newscrawl.pipelines.store import publishers
from newscrawl.rereading import Rereader
from newscrawl.sources import Registry, read_page
from newscrawl.sources.base import Pattern, Source
from newscrawl.store.archived import archived
from newscrawl.store.frontier import Frontier
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer

HOST = "https://morning.example"
PATTERN = Pattern(path=r"/gn/(?P<id>\d+)(?:_(?P<page>\d+))?\.shtml", url=HOST + "/gn/{id}.shtml")
SOURCE = Source(slug="morning", name="晨网", home=HOST + "/", hosts=("morning.example",), articles=(PATTERN,))
INFO = '<div class="info"><span class="time">2025-11-19 01:30</span> <span>来源：回环新闻网</span></div>'
NEW_LAYOUT = f'<html lang="zh"><body><h1>社区食堂开门</h1>{INFO}<article>%s</article></body></html>'


class FirstCode(NewsPage):
    headline_css = ("h1",)
    body_css = ("div.article",)


class BetterCode(FirstCode):
    """Knows a subheadline."""

    def subheadline(self) -> str | None:
        return "副题"


class BothLayouts(FirstCode):
    body_css = ("article", "div.article")


@attrs.define
class Newsroom:
    """A publisher, the store and the archive; ``fetch`` is what a crawl would do of a page, by ``code``."""

    options: Options
    code: type[NewsPage] = FirstCode
    now: datetime = NOW
    files: int = 0
    told: StringIO = attrs.Factory(StringIO)

    @property
    def registry(self) -> Registry:
        return Registry([attrs.evolve(SOURCE, page=self.code)])

    def pages(self, number: int, *bodies: str, status: int = 200) -> FetchedPage:
        """The pages of an article, archived in a file of their own."""
        self.files += 1
        writer = ArchiveWriter(self.options.archive, f"morning/{self.files}")
        fetched = []
        for place, body in enumerate(bodies, 1):
            url = f"{HOST}/gn/{number}{f'_{place}' if place > 1 else ''}.shtml"
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            data = body.encode()
            capture = writer.write(url=url, status=status, headers=headers, body=data, fetched_at=self.now)
            fetched.append(FetchedPage(url=url, body=data, fetched_at=self.now, capture=capture, source="morning"))
        writer.close()
        return attrs.evolve(fetched[0], continued=tuple(fetched[1:]))

    def fetch(self, number: int, *bodies: str, hint: Link | None = None) -> None:
        page = attrs.evolve(self.pages(number, *bodies), link=hint)
        article = read_page(page, registry=self.registry)
        version, text = disclaimer(article, SOURCE.name, self.options)
        with self.writer() as writer:
            writer.add(attrs.evolve(article, disclaimer=text, disclaimer_version=version))

    def writer(self) -> Writer:
        known = publishers(self.registry)
        return Writer(self.options.db, sources=known, clock=Clock(self.now), recheck=timedelta(hours=48))

    def reread(
        self,
        *,
        apply: bool = False,
        weaker: bool = False,
        limit: int = 20,
        source: str | None = None,
        since: datetime | None = None,
    ) -> Summary:
        options = attrs.evolve(self.options, clock=Clock(self.now))
        rereader = Rereader(registry=self.registry, options=options, weaker=weaker)
        self.told = StringIO()
        with Reader(options.db) as reader:
            found = archived(reader, source, since)
            return reread(found, rereader, options if apply else None, self.told, limit)

    def lines(self) -> list[dict[str, Any]]:
        """What the last reread told of articles."""
        return [json.loads(line) for line in self.told.getvalue().splitlines()]

    def column(self, sql: str) -> list[Any]:
        return column(self.options.db, sql)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(Options.read({"NEWSCRAWL_NOW": stamp(NOW), "NEWSCRAWL_ARCHIVE": "archive"}, base=tmp_path))


def counted(summary: Summary) -> dict[str, Any]:
    """What is not zero."""
    return {
        name: value for name, value in attrs.asdict(summary).items() if value and "tell" not in name and name != "told"
    }


def test_what_is_read_as_it_was_is_unchanged_and_what_is_not_is_told_by_field(room: Newsroom):
    for number in (1, 2):
        room.fetch(number, html(number))
    assert counted(room.reread()) == {"articles": 2, "unchanged": 2}
    room.code = BetterCode
    assert counted(room.reread()) == {"articles": 2, "changed": 2, "fields": {"subheadline": 2}}
    assert room.column("SELECT max(number) FROM revisions") == [1]


def test_applied_it_is_a_revision_of_its_own_origin_and_the_next_reread_finds_nothing(room: Newsroom):
    room.fetch(1, html(1))
    room.code = BetterCode
    found = {"articles": 1, "changed": 1, "fields": {"subheadline": 1}, "stored": 1}
    assert counted(room.reread(apply=True)) == found
    assert rows(room.options.db, "SELECT number, origin, fields FROM revisions") == [
        (1, "publisher", "[]"),
        (2, "reread", '["subheadline"]'),
    ]
    assert rows(room.options.db, "SELECT kind, origin, fields FROM changes") == [
        ("added", "publisher", "[]"),
        ("revised", "reread", '["subheadline"]'),
    ]
    assert len(set(room.column("SELECT disclaimer FROM revisions"))) == 1
    assert counted(room.reread(apply=True)) == {"articles": 1, "unchanged": 1}
    assert len(set(room.column('SELECT file || "offset" FROM captures'))) == 1


def test_all_pages_of_a_long_article_are_read(room: Newsroom):
    bar = '<div class="page"><a href="/gn/1_2.shtml">2</a></div>'
    back = '<div class="page"><a href="/gn/1.shtml">1</a> <span>2</span></div>'
    second = html(
        1, body="".join(f"<p>　　第二页第{n}段，食堂的故事还很长，记者又去了一次。</p>" for n in range(4)), extra=back
    )
    room.fetch(1, html(1, extra=bar), second)
    assert "第二页第3段" in room.column("SELECT body_text FROM published")[0]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}


def test_the_listings_hints_are_read_along_as_the_crawl_had_them(room: Newsroom):
    time = Printed(at=datetime(2025, 11, 18, 4, tzinfo=UTC), local="2025-11-18T12:00+08:00", raw="11-18 12:00")
    hint = link(1, section="国内", summary="听说有家食堂。", time=time)
    with Frontier(room.options.db, Clock(NOW)) as frontier:
        frontier.record([hint])
    bare = html(1).replace("2025-11-19", "")
    room.fetch(1, bare, hint=hint)
    assert room.column("SELECT section || summary || published_at FROM published") == [
        "国内听说有家食堂。2025-11-18T04:00:00Z"
    ]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}


def test_without_its_file_or_its_record_an_article_is_counted_as_without_archive(room: Newsroom):
    for number in (1, 2, 3):
        room.fetch(number, html(number))
    (room.options.archive / "morning" / "1.warc.gz").unlink()
    (room.options.archive / "morning" / "2.warc.gz").write_bytes(b"\0" * 5000)
    assert counted(room.reread(apply=True)) == {"articles": 3, "unchanged": 1, "without_archive": 2}


class Blind(FirstCode):
    def read(self) -> Article:
        raise NotAnArticle(Reason.NO_BODY)


class OtherKeys(FirstCode):
    def read(self) -> Article:
        return attrs.evolve(super().read(), key="morning:other")


@pytest.mark.parametrize(("code", "reason"), [(Blind, "no_body"), (OtherKeys, "moved_away")])
def test_what_would_be_turned_away_today_is_told_and_stays(room: Newsroom, code: type[NewsPage], reason: str):
    room.fetch(1, html(1))
    room.code = code
    assert counted(room.reread(apply=True)) == {"articles": 1, "rejected": {reason: 1}}
    assert room.column("SELECT key FROM articles WHERE state = 'shown'") == ["morning:1"]
    assert room.column("SELECT count(*) FROM changes") == [1]


def test_a_bug_in_the_reading_names_the_article(room: Newsroom):
    room.fetch(1, html(1))

    class Buggy(FirstCode):
        def read(self) -> Article:
            raise RuntimeError("oops")

    room.code = Buggy
    with pytest.raises(RuntimeError, match="oops") as bug:
        room.reread()
    assert bug.value.__notes__ == ["while reading morning:1 again"]


def body(number: int, words: str = "记者看到，这里一早就排起长队，大家有说有笑。") -> str:
    return "".join(f"<p>　　第{number}处食堂第{n}段：{words}</p>" for n in range(4))


def old_layout(number: int, text: str) -> str:
    return html(number, headline="社区食堂开门", body=text)


def new_layout(text: str) -> str:
    return NEW_LAYOUT % text


def test_a_newer_page_that_tells_the_same_story_is_passed_over(room: Newsroom):
    """It may have other markup, which is no news, and no reason for a revision."""
    room.fetch(1, old_layout(1, body(1)))
    room.now += timedelta(hours=2)
    room.fetch(1, old_layout(1, body(1)).replace("<head>", '<head><meta name="keywords" content="食堂,老人">'))
    assert room.column("SELECT count(*) FROM captures WHERE revision_id IS NULL") == [1]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}


def test_a_newer_page_that_tells_the_same_story_by_a_surer_hand_is_passed_over_as_the_crawl_did(room: Newsroom):
    room.fetch(1, new_layout(body(1)))
    room.now += timedelta(hours=2)
    room.fetch(1, old_layout(1, body(1).replace("记者", "<b>记者</b>")))
    assert room.column("SELECT revision FROM published") == [1]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}


def test_a_correction_that_was_held_back_under_a_layout_nobody_knew_is_found_when_the_code_knows_it(room: Newsroom):
    room.fetch(1, old_layout(1, body(1)))
    room.now += timedelta(hours=2)
    room.fetch(1, new_layout(body(1, "记者后来得知，开门的日子推迟了，大家还得等等。")))
    assert room.column("SELECT revision FROM published") == [1]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}
    room.code = BothLayouts
    assert "body_text" in room.reread(apply=True).fields
    assert "推迟" in room.column("SELECT body_text FROM published")[0]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}


@pytest.mark.parametrize("status", [404, 200])
def test_where_the_newer_page_is_no_article_the_older_one_is_read(room: Newsroom, status: int):
    room.fetch(1, old_layout(1, body(1)))
    room.now += timedelta(hours=2)
    page = room.pages(1, "<html><title>404</title><h1>页面不存在</h1></html>", status=status)
    with room.writer() as writer:
        writer.gone("morning:1", Reason.GONE, (page.capture,) if page.capture else ())
    room.code = BetterCode
    assert counted(room.reread()) == {"articles": 1, "changed": 1, "fields": {"subheadline": 1}}


def test_an_older_page_never_takes_the_place_of_what_was_corrected_since(room: Newsroom):
    """The file of the correction was pruned; that of the first version, of a long backfill, was not."""
    room.fetch(1, old_layout(1, body(1)))
    room.now += timedelta(hours=2)
    room.fetch(1, old_layout(1, body(1, "记者后来得知，开门的日子推迟了，大家还得等等。")))
    assert room.column("SELECT revision FROM published") == [2]
    operate(room.options.db, "DELETE FROM captures WHERE file = 'morning/2.warc.gz'")
    assert counted(room.reread(apply=True)) == {"articles": 1, "without_archive": 1}


def test_a_revision_that_a_crawl_made_meanwhile_is_left(room: Newsroom):
    room.fetch(1, html(1))
    room.code = BetterCode

    class Meanwhile(BetterCode):
        def read(self) -> Article:
            article = super().read()
            with room.writer() as writer:
                writer.add(attrs.evolve(article, headline="更正后的标题"))
            return article

    room.code = Meanwhile
    assert counted(room.reread(apply=True)) == {"articles": 1, "changed": 1, "fields": {"subheadline": 1}}
    assert room.column("SELECT headline FROM published") == ["更正后的标题"]
    assert room.column("SELECT origin FROM revisions") == ["publisher", "publisher"]


def test_a_hidden_article_is_read_again_and_stays_hidden(room: Newsroom):
    with Frontier(room.options.db, Clock(NOW)) as frontier:
        frontier.record([link(1)])
    room.fetch(1, html(1))
    for _ in range(2):
        room.now += timedelta(hours=3)
        with room.writer() as writer:
            writer.gone("morning:1", Reason.GONE)
    assert room.column("SELECT count(*) FROM published") == [0]
    room.code = BetterCode
    assert room.reread(apply=True).stored == 1
    assert room.column("SELECT subheadline FROM revisions WHERE number = 2") == ["副题"]
    assert room.column("SELECT count(*) FROM published") == [0]
    assert room.column("SELECT kind FROM changes") == ["added", "withdrawn"]


class WeakHeadline(FirstCode):
    """A wrong selector is gone."""

    def read(self) -> Article:
        article = super().read()
        answered = {**article.answered_by, "headline": "generic"}
        return attrs.evolve(article, headline="别的标题", answered_by=answered)


class WeakHeadlineBetterCode(WeakHeadline, BetterCode):
    pass


def test_what_a_weaker_hand_answers_is_held_back_and_told(room: Newsroom):
    room.fetch(1, old_layout(1, body(1)))
    room.code = WeakHeadline
    found = {"articles": 1, "held_back_articles": 1, "held_back": {"headline": 1}}
    assert counted(room.reread()) == counted(room.reread(apply=True)) == found
    assert [(line["changed"], line["held_back"]) for line in room.lines()] == [({}, ["headline"])]
    room.code = WeakHeadlineBetterCode
    found = {"articles": 1, "changed": 1, "fields": {"subheadline": 1}, "stored": 1}
    found |= {"held_back_articles": 1, "held_back": {"headline": 1}}
    assert counted(room.reread(apply=True)) == found
    assert rows(room.options.db, "SELECT headline, subheadline FROM published") == [("社区食堂开门", "副题")]
    assert room.column("SELECT fields FROM changes WHERE kind = 'revised'") == ['["subheadline"]']


def test_where_it_is_asked_for_the_weaker_hand_is_taken(room: Newsroom):
    room.fetch(1, old_layout(1, body(1)))
    room.code = WeakHeadline
    found = {"articles": 1, "changed": 1, "fields": {"headline": 1}, "weaker": {"headline": 1}, "stored": 1}
    assert counted(room.reread(apply=True, weaker=True)) == found
    assert room.column("SELECT headline FROM published") == ["别的标题"]
    assert counted(room.reread()) == {"articles": 1, "unchanged": 1}


def test_what_differs_is_told_before_what_is_only_held_back(room: Newsroom):
    """A broken layout holds back thousands."""
    for number in (1, 2, 3):
        room.fetch(number, old_layout(number, body(number)))

    code = {"morning:1": BetterCode, "morning:2": WeakHeadline, "morning:3": WeakHeadline}

    class ByKey(FirstCode):
        def read(self) -> Article:
            return code[super().read().key](self.page, self.outlet).read()

    room.code = ByKey
    room.reread(limit=2)
    assert [line["key"] for line in room.lines()] == ["morning:1", "morning:3"]


def test_with_the_code_of_the_crawl_nothing_differs_after_a_broken_layout(room: Newsroom):
    """The headline was corrected under a layout whose body the code finds by its generic reader only: the revision has
    the new headline and the old body, and its own fetch is the page that was read badly."""
    room.fetch(1, old_layout(1, body(1)))
    room.now += timedelta(hours=2)
    broken = NEW_LAYOUT.replace("社区食堂开门", "社区食堂明日开门") % body(
        1, "读得不全。记者看到，这里一早就排起长队。"
    )
    room.fetch(1, broken)
    assert room.column("SELECT revision || headline FROM published") == ["2社区食堂明日开门"]
    before = rows(room.options.db, "SELECT * FROM published")
    for _ in range(2):
        summary = room.reread(apply=True)
        assert (summary.held_back_articles, summary.changed, summary.stored) == (1, 0, 0)
        assert "body_text" in summary.held_back
    assert rows(room.options.db, "SELECT * FROM published") == before
    room.now += timedelta(hours=2)
    mended = html(1, headline="社区食堂明日开门", body=body(1))
    room.fetch(1, mended.replace("<head>", '<head><meta name="keywords" content="食堂">'))
    assert room.column("SELECT revision FROM published") == [2]
    last = room.reread()
    assert (last.held_back_articles, last.changed) == (1, 0)


def test_only_one_source_or_what_is_published_or_first_seen_since_a_day(room: Newsroom):
    for number in (1, 2):
        room.fetch(number, html(number))
    room.now += timedelta(days=3)
    room.fetch(3, html(3))
    assert room.reread().articles == 3
    assert room.reread(source="morning").articles == 3
    assert room.reread(source="evening").articles == 0
    assert room.reread(since=datetime(2025, 11, 20, tzinfo=UTC)).articles == 1
    assert room.reread(since=datetime(2025, 11, 19, tzinfo=UTC)).articles == 3
    assert room.reread(since=datetime(2025, 11, 23, tzinfo=UTC)).articles == 0


def test_more_articles_than_a_chunk_are_each_read_once_newest_first(room: Newsroom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("newscrawl.store.archived._CHUNK", 2)
    for number in range(5):
        room.fetch(number, html(number))
    with Reader(room.options.db) as reader:
        assert [stored.key for stored in archived(reader)] == [f"morning:{n}" for n in (4, 3, 2, 1, 0)]
