"""A site that was walked from its addresses gets a source: what is stored of it is put under the source's name."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from store_made import CLOCK, NOW, article, capture, column, found, link, operate, rows

from newscrawl.clock import Clock
from newscrawl.commands.opening import owners_of
from newscrawl.commands.show import key_of
from newscrawl.errors import Reason
from newscrawl.items import Address, Article, Image, Picture, Related
from newscrawl.options import Site
from newscrawl.sources import Registry, Source
from newscrawl.sources.base import Pattern, Refusal
from newscrawl.store import adopting
from newscrawl.store.frontier import Frontier
from newscrawl.store.reader import Reader
from newscrawl.store.revisions import past
from newscrawl.store.settling import Settled, Settling
from newscrawl.store.takedown import pending, take_back, withdraw
from newscrawl.store.writer import Writer
from newscrawl.terms import Policy

HOST = "lake.example"
LANE = f"feed:{HOST}/rss.xml"
LAKE = Source(
    slug="lake",
    name="湖报",
    home="https://lake.example/",
    hosts=(HOST,),
    articles=(
        Pattern(path=r"/[ab]/(?P<id>\d+)(?:_(?P<page>\d+))?\.html", url="https://lake.example/a/{id}.html"),
        Pattern(path=r"/old/(?P<id>\d+)\.html"),
    ),
    refused=(Refusal(path="^/video/", reason=Reason.VIDEO),),
)
REGISTRY = Registry([LAKE])
ALIKE = "".join(f"第{n}段说，湖边的新馆今天开门，{n}百名读者排队进去看书，队伍一直排到桥头。\n" for n in range(12))


def old(path: str) -> str:
    return f"{HOST}:{HOST}{path}"


def of_host(path: str, **fields: Any) -> Article:
    """An article as it is stored of a site that no source knows."""
    return article(path, source=HOST, key=old(path), url=f"https://{HOST}{path}", **fields)


def keep(path: Path, *articles: Article, lane: str | None = LANE, hours: float = 0) -> None:
    clock = Clock(NOW + timedelta(hours=hours))
    with Frontier(path, clock, lane=lane) as frontier:
        frontier.record([link(source=one.source, key=one.key, url=one.url) for one in articles])
    with Writer(path, clock=clock) as writer:
        for one in articles:
            writer.add(one)


def adopt(path: Path, registry: Registry = REGISTRY, **reprint: str) -> Settled:
    policy = Policy(reprint=reprint, outlets=registry.outlets)
    return Settling(path, policy, Site(), Clock(NOW + timedelta(days=1)), owners=owners_of(registry)).settle()


def changes(path: Path, after: int = 0) -> list[tuple[str, str, list[str], str]]:
    told = rows(path, "SELECT kind, key, fields, origin FROM changes WHERE seq > ? ORDER BY seq", after)
    return [(kind, key, json.loads(fields), origin) for kind, key, fields, origin in told]


def named(path: Path, name: str) -> str:
    with Reader(path) as reader:
        return key_of(reader, REGISTRY, name)


def test_an_article_keeps_its_id_and_revisions_and_gets_the_sources_key_name_and_terms(path: Path):
    keep(path, of_host("/b/1.html", captures=(capture(),)), article(2))
    keep(path, of_host("/b/1.html", headline="湖边图书馆推迟开馆", captures=(capture(1),)), hours=1)
    adopt(path, Registry([]))
    (id_,), told = column(path, "SELECT id FROM published WHERE source = ?", HOST), len(changes(path))
    assert adopt(path, lake="excerpt").adopted == 1
    row = rows(path, "SELECT id, key, source, source_name, url, reprint, revision FROM published WHERE source = 'lake'")
    assert row == [(id_, "lake:1", "lake", "湖报", "https://lake.example/a/1.html", "excerpt", 2)]
    fields = ["key", "source", "source_name", "url", "body_html", "body_text", "reprint"]
    assert changes(path, told) == [
        ("withdrawn", old("/b/1.html"), [], "operator"),
        ("revised", "lake:1", fields, "operator"),
    ]
    assert found(path, '"图 书 馆"') == ["lake:1", "morning:2"]
    assert column(path, "SELECT DISTINCT key FROM captures") == ["lake:1"]
    assert rows(path, "SELECT key, source, lane, state FROM links WHERE source <> 'morning'") == [
        ("lake:1", "lake", LANE, "stored")
    ]
    assert (named(path, old("/b/1.html")), named(path, "https://lake.example/b/1.html")) == ("lake:1", "lake:1")


def test_where_the_sources_are_the_same_nothing_is_done_and_what_is_nobodys_stays(path: Path):
    other = article("x", source="b.example", key="b.example:b.example/x", url="https://b.example/x")
    keep(path, of_host("/about.html"), other)
    assert adopt(path).adopted == 0
    before = rows(path, "SELECT key, source FROM articles"), rows(path, "SELECT * FROM settled")
    assert not adopt(path)
    assert before == (rows(path, "SELECT key, source FROM articles"), rows(path, "SELECT * FROM settled"))
    assert before[0] == [(old("/about.html"), HOST), ("b.example:b.example/x", "b.example")]


def test_what_was_taken_down_stays_so_under_the_new_key_and_is_taken_back_by_either(path: Path):
    keep(path, of_host("/a/1.html", captures=(capture(),)))
    withdraw(path, Address(key=old("/a/1.html"), url=f"https://{HOST}/a/1.html"), HOST, "court", CLOCK)
    withdraw(path, Address(key=old("/a/2.html"), url=f"https://{HOST}/a/2.html"), HOST, "never stored", CLOCK)
    with Frontier(path, CLOCK) as frontier:  # what the source has found before
        frontier.record([link(source="lake", key="lake:2", url=f"https://{HOST}/a/2.html")])
    adopt(path)
    assert [(one.key, len(one.captures)) for one in pending(path)] == [("lake:1", 1)]
    assert rows(path, "SELECT key, state, reason FROM links ORDER BY key") == [
        ("lake:1", "rejected", "withdrawn"),
        ("lake:2", "rejected", "withdrawn"),
    ]
    with Writer(path, clock=CLOCK) as writer:
        for number in (1, 2):
            writer.add(article(number, source="lake"))
    assert column(path, "SELECT key FROM published") == []
    assert take_back(path, named(path, old("/a/1.html")), CLOCK) == f"https://{HOST}/a/1.html"


def test_of_an_article_that_is_stored_under_both_keys_the_new_one_stays_and_knows_the_records_of_both(path: Path):
    image = Picture(
        url="https://i.example/1.jpg", file="1.jpg", width=1, height=1, bytes=1, type="jpeg", fetched_at=NOW
    )
    shows = {"images": (Image(url=image.url),), "pictures": (image,)}
    keep(path, of_host("/a/1.html", body_text=ALIKE, captures=(capture(),), **shows))
    keep(path, article(1, source="lake", body_text=ALIKE, captures=(capture(1),)), lane=None, hours=1)
    adopt(path, Registry([]))
    first, told = column(path, "SELECT id FROM articles WHERE source = ?", HOST), len(changes(path))
    assert adopt(path).adopted == 1
    assert rows(path, "SELECT key, story_id FROM published") == [("lake:1", None)]
    assert changes(path, told)[0] == ("withdrawn", old("/a/1.html"), [], "operator")
    assert column(path, "SELECT count(*) FROM revisions WHERE article_id = ?", *first) == [0]
    assert found(path, '"读 者 排 队"') == ["lake:1"]
    assert pending(path) == ()
    assert rows(path, "SELECT key, state FROM links") == [("lake:1", "stored")]
    assert (named(path, old("/a/1.html")), adopt(path, Registry([])).adopted, adopt(path).adopted) == ("lake:1", 0, 0)
    withdraw(path, Address(key="lake:1", url=f"https://{HOST}/a/1.html"), "lake", "court", CLOCK)
    (one,) = pending(path)
    assert (one.key, len(one.captures), one.pictures) == ("lake:1", 2, ("1.jpg",))


def test_a_tombstone_under_one_key_holds_under_the_other(path: Path):
    keep(path, of_host("/a/1.html"), of_host("/a/2.html"))
    withdraw(path, Address(key=old("/a/1.html"), url=f"https://{HOST}/a/1.html"), HOST, "court", CLOCK)
    keep(path, article(1, source="lake"), article(2, source="lake"), lane=None)
    withdraw(path, Address(key="lake:2", url=f"https://{HOST}/a/2.html"), "lake", "author", CLOCK)
    adopt(path)
    assert column(path, "SELECT key FROM published") == []
    assert len([one for one in pending(path) if one.texts]) == 4
    with Reader(path) as reader:
        reasons = [getattr(past(reader, key), "state_reason", "") for key in ("lake:1", old("/a/2.html"))]
    assert reasons == ["court", "author"]
    take_back(path, "lake:1", CLOCK)
    adopt(path, Registry([]))
    adopt(path)
    assert column(path, "SELECT state FROM articles WHERE key = 'lake:1'") == ["returning"]


def test_what_was_taken_down_is_known_by_its_address_where_its_source_is_known_no_more(path: Path) -> None:
    keep(path, article(1, source="lake", url=f"https://{HOST}/a/1.html"), lane=None)
    withdraw(path, Address(key="lake:1", url=f"https://{HOST}/a/1.html"), "lake", "court", CLOCK)
    keep(path, of_host("/a/1.html", captures=(capture(),)), of_host("/a/2.html"))
    assert column(path, "SELECT key FROM published") == [old("/a/2.html")]
    assert rows(path, "SELECT state, reason, same_as FROM links WHERE source = ? ORDER BY id", HOST)[0] == (
        *("rejected", "withdrawn"),
        "lake:1",
    )
    assert [len(one.captures) for one in pending(path)] == [1]


def test_two_addresses_of_one_article_become_one_and_a_later_page_is_none_of_its_own(path: Path):
    keep(path, of_host("/a/1_2.html"), of_host("/b/1.html"), of_host("/a/1.html"))
    assert adopt(path).adopted == 3
    assert rows(path, "SELECT key, headline FROM published") == [("lake:1", of_host("/b/1.html").headline)]
    assert column(path, "SELECT key FROM links") == ["lake:1"]


def test_links_that_are_open_are_asked_under_the_new_key_in_their_lane_and_others_closed(path: Path):
    def record(lane: str | None, *paths: str) -> None:
        with Frontier(path, CLOCK, lane=lane) as frontier:
            frontier.record([link(source=HOST, key=old(one), url=f"https://{HOST}{one}") for one in paths])

    record(LANE, "/a/1.html", "/video/2.html", "/about.html", "/a/4_2.html")
    record(HOST, "/a/5.html")
    with Frontier(path, CLOCK) as frontier:
        frontier.record([link(source="lake", key="lake:1", url=f"https://{HOST}/a/1.html")])
        frontier.rejected(["lake:1"], Reason.NO_BODY)
    adopt(path)
    assert rows(path, "SELECT key, state, reason, lane, url FROM links ORDER BY key") == [
        (old("/about.html"), "rejected", "list_page", LANE, f"https://{HOST}/about.html"),
        (old("/video/2.html"), "rejected", "video", LANE, f"https://{HOST}/video/2.html"),
        ("lake:1", "open", None, LANE, f"https://{HOST}/a/1.html"),
        ("lake:4", "open", None, LANE, f"https://{HOST}/a/4.html"),
        ("lake:5", "open", None, None, f"https://{HOST}/a/5.html"),
    ]


def test_what_pages_of_the_site_name_as_related_and_what_is_the_same_as_an_article_follow_its_key(path: Path):
    beside = Related(headline="旧馆谢幕", url=f"https://{HOST}/a/1.html", key=old("/a/1.html"))
    keep(
        path, of_host("/a/1.html"), of_host("/a/2.html", related=(beside,)), of_host("/index/3.html", related=(beside,))
    )
    operate(
        path,
        f"UPDATE links SET state = 'rejected', reason = 'copy', same_as = '{old('/a/1.html')}' "
        f"WHERE key = '{old('/index/3.html')}'",
    )
    adopt(path)
    (id_,) = column(path, "SELECT id FROM published WHERE key = 'lake:1'")
    assert column(path, "SELECT key FROM related WHERE kind = 'page'") == ["lake:1", "lake:1"]
    assert column(path, "SELECT related_id FROM published_related WHERE kind = 'page'") == [id_, id_]
    assert column(path, "SELECT same_as FROM links WHERE reason = 'copy'") == ["lake:1"]


def test_an_adoption_that_was_cut_off_is_done_to_its_end_by_the_next_command(path: Path, monkeypatch: Any):
    keep(path, *(of_host(f"/a/{number}.html") for number in range(1, 5)))
    monkeypatch.setattr(adopting, "CHUNK", 2)

    def fails(self: Any, kept: Any, *of: Any) -> None:
        if "3" in kept.key:
            raise KeyboardInterrupt
        rename(self, kept, *of)

    rename = adopting.Adoption._rename
    monkeypatch.setattr(adopting.Adoption, "_rename", fails)
    with pytest.raises(KeyboardInterrupt):
        adopt(path)
    assert len(column(path, "SELECT key FROM published WHERE source = 'lake'")) == 2
    monkeypatch.setattr(adopting.Adoption, "_rename", rename)
    assert adopt(path).adopted == 2
    assert column(path, "SELECT key FROM published ORDER BY id") == [f"lake:{number}" for number in range(1, 5)]
