"""Mirrored images in the store: which articles show them, what readers are told, and what a takedown has to remove."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from store_made import CLOCK, NOW, article, column, operate, rows

from newscrawl.clock import Clock
from newscrawl.items import Address, Article, Image, Picture
from newscrawl.store import schema
from newscrawl.store.migrations import migrations
from newscrawl.store.pictures import known
from newscrawl.store.reader import Reader
from newscrawl.store.takedown import erase, pending, take_back, withdraw
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy

LATER = Clock(NOW + timedelta(hours=1))
SHOWN = "SELECT article_id, position, url, caption, file, width, height FROM published_images ORDER BY 1, 2"
TOLD = "SELECT key, kind, fields FROM changes ORDER BY seq"


def url_of(name: str) -> str:
    return f"https://img.morning.example/{name}.jpg"


def picture(name: str, content: str | None = None, **fields: Any) -> Picture:
    file = f"{(content or name)[:2]}/{content or name}.jpg"
    values: dict[str, Any] = {"url": url_of(name), "file": file, "width": 60, "height": 40, "bytes": 999}
    return Picture(**values | {"type": "image/jpeg", "fetched_at": NOW} | fields)


def shows(number: int, *names: str, mirrored: tuple[Picture, ...] | None = None, **fields: Any) -> Article:
    """An article with images; all of them mirrored where not said otherwise."""
    images = tuple(Image(url=url_of(name), caption=f"图{name}") for name in names)
    body = "".join(f'<img src="{image.url}">' for image in images)
    own = {"images": images, "body_html": f"<p>第{number}馆</p>{body}"}
    own["pictures"] = tuple(picture(name) for name in names) if mirrored is None else mirrored
    return article(number, **own | fields)


def write(path: Path, *articles: Article, clock: Clock = CLOCK, policy: dict[str, str] | None = None) -> None:
    with Writer(path, clock=clock, policy=Policy(reprint=policy or {}, outlets={})) as writer:
        for one in articles:
            writer.add(one)


def ids(path: Path) -> dict[str, int]:
    return {key: article_id for article_id, key in rows(path, "SELECT id, key FROM articles")}


def files_of(path: Path, key: str) -> list[str]:
    return column(
        path, "SELECT file FROM published_images WHERE article_id = ? ORDER BY position", ids(path).get(key, 0)
    )


def test_what_is_mirrored_is_told_in_its_place_with_its_caption(path: Path):
    """One that could not be had leaves a gap, and the article is none the worse."""
    write(path, shows(1, "one", "two", "three", mirrored=(picture("one"), picture("three", width=7))))
    (number,) = column(path, "SELECT id FROM published")
    assert rows(path, SHOWN) == [
        (number, 1, url_of("one"), "图one", "on/one.jpg", 60, 40),
        (number, 3, url_of("three"), "图three", "th/three.jpg", 7, 40),
    ]
    with Reader(path) as reader:
        assert list(reader.images([number])[number]) == [url_of("one"), url_of("three")]
        assert reader.images([number + 1]) == {}
        assert reader.image_files() == {"on/one.jpg", "th/three.jpg"}
        assert known(reader, [url_of("one"), url_of("two")]) == {url_of("one"): picture("one")}


def test_an_article_that_was_not_looked_at_leaves_no_row(path: Path):
    write(path, shows(1, "one", pictures=None))
    assert column(path, "SELECT count(*) FROM pictured") == [0]


@pytest.mark.parametrize("policy", ["excerpt", "link", "hold"])
def test_only_what_is_shown_in_full_shows_them(path: Path, policy: str):
    write(path, shows(1, "one"), policy={"*": policy})
    assert rows(path, SHOWN) == []
    assert column(path, "SELECT file FROM pictures") == ["on/one.jpg"]


def test_what_is_hidden_or_under_embargo_does_not_show_them(path: Path):
    write(path, shows(1, "one"), shows(2, "two", embargo=NOW + timedelta(hours=2)))
    operate(path, "UPDATE articles SET state = 'hidden' WHERE key = 'morning:1'")
    assert rows(path, SHOWN) == []


def test_the_revision_that_is_shown_says_which_and_where(path: Path):
    write(path, shows(1, "one", "two"))
    write(path, shows(1, "two", "new", headline="改过的标题"), clock=LATER)
    assert [row[1:3] for row in rows(path, SHOWN)] == [(1, url_of("two")), (2, url_of("new"))]
    assert column(path, "SELECT url FROM pictured WHERE position IS NULL") == [url_of("one")]


def test_a_revision_read_without_looking_at_images_moves_them_too(path: Path):
    """NEWSCRAWL_IMAGES was emptied meanwhile, or the archived page was read again."""
    write(path, shows(1, "one", "two"))
    write(path, shows(1, "two", headline="改过的标题", pictures=None), clock=LATER)
    assert [row[1:3] for row in rows(path, SHOWN)] == [(1, url_of("two"))]


def test_readers_hear_of_an_image_that_is_had_at_last_and_of_nothing_twice(path: Path):
    write(path, shows(1, "one", mirrored=()))
    write(path, shows(1, "one"), clock=LATER)
    write(path, shows(1, "one"), clock=LATER)
    assert rows(path, TOLD) == [("morning:1", "added", "[]"), ("morning:1", "revised", '["images"]')]
    assert column(path, "SELECT revision FROM published") == [1]


def test_a_revision_and_its_images_are_one_change(path: Path):
    write(path, shows(1, "one"))
    write(path, shows(1, "one", "two", headline="改过的标题"), clock=LATER)
    told = rows(path, TOLD)
    assert [row[1] for row in told] == ["added", "revised"]


def test_another_image_under_its_address_takes_its_place_in_every_article_that_shows_it(path: Path):
    write(path, shows(1, "one"), shows(2, "one", "two"), shows(3, "two"))
    write(path, shows(1, "one", mirrored=(picture("one", "other"),)), clock=LATER)
    assert files_of(path, "morning:1") == ["ot/other.jpg"]
    assert files_of(path, "morning:2") == ["ot/other.jpg", "tw/two.jpg"]
    assert rows(path, TOLD)[3:] == [(f"morning:{n}", "revised", '["images"]') for n in (1, 2)]
    assert rows(path, "SELECT file, replaced_at FROM pictures WHERE url = ? ORDER BY file", url_of("one")) == [
        ("on/one.jpg", "2025-11-19T10:00:00Z"),
        ("ot/other.jpg", None),
    ]


def test_an_image_that_comes_back_under_its_address_is_the_one_that_is_shown(path: Path):
    for number, content in enumerate(("one", "other", "one")):
        clock = Clock(NOW + timedelta(hours=number))
        write(path, shows(1, "one", mirrored=(picture("one", content),)), clock=clock)
    assert files_of(path, "morning:1") == ["on/one.jpg"]
    assert column(path, "SELECT file FROM pictures WHERE replaced_at IS NOT NULL") == ["ot/other.jpg"]


def test_one_batch_may_hold_an_image_in_two_articles_and_the_same_article_twice(path: Path):
    write(path, shows(1, "one"), shows(2, "one"), shows(1, "one", headline="改过的标题"))
    assert len(rows(path, SHOWN)) == 2


# -- takedown ---------------------------------------------------------------------------------------------------------


def take_down(path: Path, number: int = 1) -> None:
    address = Address(key=f"morning:{number}", url=f"https://morning.example/gn/{number}.shtml")
    withdraw(path, address, "morning", "法院裁定", LATER)


def test_a_takedown_names_the_files_of_every_revision_that_no_other_article_shows(path: Path):
    write(path, shows(1, "first", "common", "once"), shows(2, "common", "once"))
    write(path, shows(1, "own", "common", headline="改过的标题"), shows(2, "common", headline="另一个"), clock=LATER)
    take_down(path)
    assert rows(path, SHOWN) == [(ids(path)["morning:2"], 1, url_of("common"), "图common", "co/common.jpg", 60, 40)]
    (one,) = pending(path)
    assert one.pictures == ("fi/first.jpg", "on/once.jpg", "ow/own.jpg")
    assert one.shared == ("co/common.jpg",)
    erase(path, [one], CLOCK)
    assert pending(path) == ()
    assert column(path, "SELECT file FROM pictures") == ["co/common.jpg"]
    assert rows(path, "SELECT article_id, url FROM pictured") == [(ids(path)["morning:2"], url_of("common"))]


def test_a_replaced_image_is_taken_away_too_and_one_content_under_two_addresses_is_shared(path: Path):
    write(path, shows(1, "one", "two"), shows(2, "twin", mirrored=(picture("twin", "two"),)))
    write(path, shows(1, "one", "two", mirrored=(picture("one", "other"), picture("two"))), clock=LATER)
    take_down(path)
    (one,) = pending(path)
    assert (one.pictures, one.shared) == (("on/one.jpg", "ot/other.jpg"), ("tw/two.jpg",))
    erase(path, [one], CLOCK)
    assert files_of(path, "morning:2") == ["tw/two.jpg"]


@pytest.mark.parametrize("state", ["hidden", "hold"])
def test_what_is_not_shown_now_keeps_its_files(path: Path, state: str):
    write(path, shows(1, "one"), shows(2, "one"))
    column_of = "state" if state == "hidden" else "reprint"
    operate(path, f"UPDATE articles SET {column_of} = '{state}' WHERE key = 'morning:2'")
    take_down(path)
    assert pending(path)[0].shared == ("on/one.jpg",)


def test_two_that_share_an_image_and_are_both_taken_down_leave_none(path: Path):
    write(path, shows(1, "one"), shows(2, "one"))
    take_down(path, 1)
    take_down(path, 2)
    found = pending(path)
    assert {one.pictures for one in found} == {("on/one.jpg",)}
    erase(path, found, CLOCK)
    assert column(path, "SELECT (SELECT count(*) FROM pictures) + (SELECT count(*) FROM pictured)") == [0]


def test_without_their_folder_they_stay_pending(path: Path):
    write(path, shows(1, "one"))
    take_down(path)
    erase(path, pending(path), CLOCK, pictures=False)
    (left,) = pending(path)
    assert (left.texts, left.pictures) == ((), ("on/one.jpg",))


def test_a_duplicates_images_are_known_as_the_kept_articles_and_shown_nowhere(path: Path):
    text = "第一座图书馆开馆，馆内藏书三万册，读者排起长队。" * 9
    write(path, shows(1, "one", body_text=text), shows(2, "again", body_text=text))
    assert [row[2] for row in rows(path, SHOWN)] == [url_of("one")]
    take_down(path)
    assert pending(path)[0].pictures == ("ag/again.jpg", "on/one.jpg")


def test_a_page_that_was_on_the_wire_when_its_article_was_taken_down_leaves_its_images_pending(path: Path):
    write(path, shows(1, "one"))
    take_down(path)
    erase(path, pending(path), CLOCK)
    write(path, shows(1, "late"), clock=LATER)
    assert pending(path)[0].pictures == ("la/late.jpg",)


def test_what_is_taken_back_shows_them_when_it_is_read_anew(path: Path):
    write(path, shows(1, "one"))
    take_down(path)
    erase(path, pending(path), CLOCK)
    take_back(path, "morning:1", LATER)
    write(path, shows(1, "one"), clock=LATER)
    assert files_of(path, "morning:1") == ["on/one.jpg"]


# -- an older store ---------------------------------------------------------------------------------------------------


def test_a_store_of_the_fourth_version_is_brought_up_to_date_and_keeps_its_sources(path: Path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    migrations.apply(Database(connection), stop_before="0005_mirrored_images")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 4")
    connection.execute("INSERT INTO sources VALUES ('evening', '晚网', NULL, 'zh'), ('morning', '晨网', NULL, 'zh')")
    connection.execute("COMMIT")
    connection.close()
    feed = "https://morning.example/rss.xml"
    with Writer(
        path, sources=[Publisher(slug="morning", name="晨网", language="zh", feed=feed)], clock=CLOCK
    ) as writer:
        writer.add(shows(1, "one"))
    assert column(path, "PRAGMA user_version") == [schema.VERSION]
    assert rows(path, "SELECT slug, name, feed FROM sources ORDER BY slug") == [
        ("evening", "晚网", None),
        ("morning", "晨网", feed),
    ]
    assert files_of(path, "morning:1") == ["on/one.jpg"]
    with Reader(path) as reader:
        assert reader.sources()["morning"]["feed"] == feed


def test_an_articles_images_are_found_by_indexes_and_the_files_without_a_revision(path: Path):
    write(path, shows(1, "one"))

    def plan(query: str) -> list[str]:
        return [row[3] for row in rows(path, f"EXPLAIN QUERY PLAN {query}")]

    one = plan("SELECT * FROM published_images WHERE article_id = 5 ORDER BY position")
    assert not [step for step in one if step.startswith("SCAN")], one
    every = plan("SELECT DISTINCT file FROM published_images")
    assert not [step for step in every if " r " in f"{step} "], every
