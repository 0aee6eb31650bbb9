"""The site in a folder: what a run writes, what it leaves alone, and that it comes to the same as one made anew."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from exported import NO_SITE
from lxml import etree, html
from site_made import House, differing, holding, ids, news, tree
from store_made import article, full_article, printed

from newscrawl.errors import BadOption, FolderLocked
from newscrawl.items import Related
from newscrawl.pipelines.group import group
from newscrawl.publish import lists, making, marking
from newscrawl.publish.addresses import tag
from newscrawl.publish.folder import OWN, Folder
from newscrawl.publish.site import _locked
from newscrawl.store.edition import Edition, Place
from newscrawl.store.snapshot import take
from newscrawl.store.writer import Publisher, Writer

ALWAYS = {
    *("index.html", "404.html", "about/index.html", "search/index.html", "topic/index.html", "day/index.html"),
    *("feed.xml", "rss.xml", "feed.json", "robots.txt", "sitemap.xml", "sitemap-news.xml", "search/index.json"),
    *("static/style.css", "static/search.js", "static/icon.svg"),
}
ATOM = "{http://www.w3.org/2005/Atom}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(folder=tmp_path)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fronts of three, parts of two."""
    for module in (lists, making):
        monkeypatch.setattr(module, "FRONT", 3)
        monkeypatch.setattr(module, "PART", 2)


def deleted(feed: bytes) -> list[str]:
    return [one.attrib["ref"] for one in etree.fromstring(feed).iter(DELETED)]


def entries(feed: bytes) -> list[str]:
    return [one.findtext(f"{ATOM}id") or "" for one in etree.fromstring(feed).iter(f"{ATOM}entry")]


# -- what is there --------------------------------------------------------------------------------------------------


def test_a_store_becomes_pages_lists_feeds_records_and_sitemaps(house: House):
    house.keep(news(1), news(2, topic="大同", day="2025-10-02"))
    done = house.publish()
    assert done.articles == 2
    one, two = (f"a/{house.id(f'morning:{number}')}" for number in (1, 2))
    named = set(tree(house.root))
    assert named >= ALWAYS, ALWAYS - named
    assert named - ALWAYS == {
        *(f"{place}/{name}" for place in (one, two) for name in ("index.html", "ninjs.json")),
        *(
            f"{place}/{name}"
            for place in ("topic/太原", "topic/大同", "topic/山西")
            for name in ("index.html", "feed.xml")
        ),
        *(f"{place}/{name}" for place in ("section/社会", "source/morning") for name in ("index.html", "feed.xml")),
        *(f"day/{day}/index.html" for day in ("2025-10-02", "2025-11-19")),
        *(f"search/docs/{day}/1.json" for day in ("2025-10-02", "2025-11-19")),
        *(f"sitemap-{day}.xml" for day in ("2025-10-02", "2025-11-19")),
    }


def test_an_empty_store_makes_a_site_that_says_so(house: House):
    house.keep(news(1))
    house.settle({"*": "hold"})
    house.publish()
    assert set(tree(house.root)) >= ALWAYS - {"search/index.json"}
    assert entries((house.root / "feed.xml").read_bytes()) == []


def test_without_a_base_there_are_no_sitemaps_and_no_page_names_an_address_of_ours(house: House):
    house.keep(news(1))
    house.publish(NO_SITE)
    assert not [name for name in tree(house.root) if name.startswith("sitemap")]
    assert "Sitemap" not in house.read("robots.txt")
    assert "reprint.example" not in house.page("morning:1")


def test_a_base_that_is_taken_away_takes_the_sitemaps_with_it(house: House):
    house.keep(news(1))
    house.publish()
    house.publish(NO_SITE)
    assert not [name for name in tree(house.root) if name.startswith("sitemap")]


def test_the_news_sitemap_holds_two_days_and_nothing_that_asks_to_be_left_out(house: House):
    house.keep(news(1), news(2, day="2025-11-16"), news(3, robots=("noindex",)))
    house.publish()
    assert [str(house.id(f"morning:{number}")) in house.read("sitemap-news.xml") for number in (1, 2, 3)] == [1, 0, 0]
    assert [str(house.id(f"morning:{number}")) in house.read("sitemap-2025-11-19.xml") for number in (1, 3)] == [1, 0]
    house.hours = 72
    house.publish()
    assert "<loc>" not in house.read("sitemap-news.xml")


def test_a_copy_of_the_store_makes_the_same_site(house: House, tmp_path: Path):
    house.keep(*map(news, range(5)))
    house.publish()
    other = House(folder=tmp_path / "copy")
    other.folder.mkdir()
    take(house.db, other.db, option="FILE")
    other.publish()
    assert tree(other.root) == tree(house.root)


# -- only what has changed ------------------------------------------------------------------------------------------


def test_a_second_run_without_changes_writes_nothing(house: House):
    house.keep(*map(news, range(8)))
    house.publish()
    before = {path: path.stat().st_mtime_ns for path in house.root.rglob("*.html")}
    done = house.publish()
    assert (done.written, done.removed, done.articles) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in house.root.rglob("*.html")} == before


def test_a_new_article_touches_the_pages_that_show_it_and_no_other(house: House):
    house.keep(news(1), news(2, topic="成都", section="财经", day="2025-06-01"), news(3, topic="成都", section="财经"))
    house.publish()
    before = tree(house.root)
    house.keep(news(4))
    house.publish()
    touched = differing(before, tree(house.root))
    assert touched >= {*ids(house, ["morning:1", "morning:4"]), "index.html", "feed.xml", "topic/太原/index.html"}
    assert not touched & {
        *ids(house, ["morning:2", "morning:3"]),
        *("topic/成都/index.html", "topic/成都/feed.xml", "section/财经/index.html", "about/index.html"),
        *("day/2025-06-01/index.html", "search/docs/2025-06-01/1.json", "sitemap-2025-06-01.xml", "404.html"),
    }


def test_a_headline_that_changes_changes_on_the_pages_of_others_too(house: House):
    house.keep(news(1), news(2))
    house.publish()
    assert "太原第2号消息" in house.page("morning:1")
    house.keep(news(2, headline="太原换了一个说法"))
    house.publish()
    assert "太原换了一个说法" in house.page("morning:1")
    assert not holding(house.root, "太原第2号消息")


def test_a_linked_article_that_comes_later_becomes_a_page_of_ours(house: House):
    house.keep(full_article())
    house.publish()
    assert "https://morning.example/gn/8.shtml" in house.page("morning:9")
    house.keep(article(8, headline="旧馆谢幕"))
    house.publish()
    assert f"../../a/{house.id('morning:8')}/" in house.page("morning:9")
    assert "https://morning.example/gn/8.shtml" not in house.page("morning:9")


def test_another_template_makes_every_page_anew(house: House, tmp_path: Path):
    house.keep(*map(news, range(4)))
    house.publish()
    own = tmp_path / "own"
    own.mkdir()
    (own / "withdrawn.html").write_text("{% extends 'base.html' %}{% block main %}<p>不见了</p>{% endblock %}", "utf-8")
    assert house.publish(templates=own).articles == 4


def test_the_site_of_a_run_that_was_killed_is_made_up_for_by_the_next(house: House, monkeypatch: pytest.MonkeyPatch):
    house.keep(*map(news, range(6)))
    house.publish()
    house.keep(news(7, topic="大同"), news(1, topic="忻州"))
    assert _kill(house, 3, monkeypatch)
    house.publish()
    house.publish(root=house.folder / "fresh")
    assert differing(tree(house.root), tree(house.folder / "fresh")) == set()


def _kill(house: House, files: int, monkeypatch: pytest.MonkeyPatch, **more: Any) -> bool:
    """Publish, and be killed when so many files are put; whether it came to that."""
    put, left = Folder.put, iter(range(files))

    def failing(self: Folder, name: str, content: bytes) -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return put(self, name, content)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "put", failing)
        try:
            house.publish(**more)
        except KeyboardInterrupt:
            return True
    return False


def _step(house: House, chance: random.Random, known: dict[int, dict[str, Any]]) -> None:
    """Something that happens to a store: articles come, change, move to another topic or day, vanish, come back."""
    house.hours += 3
    kinds = ("new", "new", "new", "link", "link", "text", "move", "gone", "back", "policy", "story", "down", "up")
    match chance.choice(kinds):
        case "new":
            for number in range(len(known), len(known) + chance.randint(1, 4)):
                day = chance.choice(("2025-11-19", "2025-11-18", "2025-10-30", "2025-10-30"))
                known[number] = {"topic": chance.choice(("太原", "大同", "忻州")), "day": day}
                house.keep(news(number, **known[number]))
        case "text" if known:
            number = chance.choice(list(known))
            known[number]["headline"] = f"改过的标题{house.hours:g}"
            house.keep(news(number, **known[number]))
        case "move" if known:
            number = chance.choice(list(known))
            known[number]["topic"] = chance.choice(("太原", "大同", "忻州", "阳泉"))
            house.keep(news(number, **known[number]))
        case "gone" if known:
            house.vanish(f"morning:{chance.choice(list(known))}")
        case "back" if known:
            house.keep(*(news(number, **more) for number, more in known.items() if chance.random() < 0.3))
        case "link" if known:
            number, others = len(known), chance.sample(list(known), min(2, len(known)))
            named = Related(headline=news(others[0]).headline, url=None)
            linked = [
                Related(headline=f"第{one}条", url=f"https://a.example/{one}", key=f"morning:{one}") for one in others
            ]
            known[number] = {"related": (*linked, named), "topic": chance.choice(("太原", "大同"))}
            house.keep(news(number, **known[number]))
        case "story" if known:
            number = chance.choice(list(known))
            lines = [f"第{number}条新闻的第{line}段讲了{line * 7 + number}件事，都写在这里。" for line in range(12)]
            known[number] |= {"body_text": "\n".join(lines), "body_html": f"<p>{'</p><p>'.join(lines)}</p>"}
            twin = {"source": "evening", "key": f"evening:{number}", "url": f"https://evening.example/{number}"}
            house.keep(*(group(news(number, **known[number] | other)) for other in ({}, twin)))
        case "down" if known:
            house.take_down(f"morning:{chance.choice(list(known))}")
        case "up" if gone := house.taken_down():
            house.take_back(gone[0])
            number = int(gone[0].partition(":")[2])
            house.keep(news(number, **known[number]))
        case "policy":
            house.settle({"*": chance.choice(("full", "full", "excerpt", "hold"))})


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_folder_comes_to_the_same_as_one_made_from_nothing(
    house: House, seed: int, monkeypatch: pytest.MonkeyPatch
):
    """But for what is told of the withdrawn: their notices, and deleted entries of feeds."""
    chance, known = random.Random(seed), {0: {"topic": "太原", "day": "2025-11-19"}}
    house.keep(news(0))
    for number in range(16):
        _step(house, chance, known)
        if chance.random() < 0.3:
            _kill(house, chance.randrange(60), monkeypatch)
            _step(house, chance, known)
        house.publish()
        if number % 4 == 3:
            fresh = house.folder / f"fresh{number}"
            house.publish(root=fresh)
            assert _compared(tree(house.root)) == _compared(tree(fresh)), f"seed {seed}, step {number}"
            shutil.rmtree(fresh)


def _compared(files: dict[str, bytes]) -> dict[str, Any]:
    gone = {name.removesuffix("ninjs.json") for name, said in files.items() if b'"canceled"' in said}
    kept: dict[str, Any] = {name: said for name, said in files.items() if not name.startswith(tuple(gone))}
    told = re.compile(rb"<at:deleted-entry[^>]*/>\s*|<updated>[^<]*</updated>")
    for name in kept:
        if name.endswith("feed.xml"):
            kept[name] = told.sub(b"", kept[name])
    kept["feed.json"] = json.loads(kept["feed.json"])
    kept["feed.json"].pop("_newscrawl", None)
    return kept


# -- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_a_list_longer_than_its_front_has_its_months_in_parts_from_the_oldest_on(house: House):
    house.keep(*(news(number) for number in range(5)))
    house.publish()
    first, second, third = (house.read(f"topic/太原/2025-11/{end}index.html") for end in ("", "2/", "3/"))
    assert [f"第{number}号" in page for number, page in enumerate((first, first, second, second, third))] == [True] * 5
    assert "第2号" not in first
    assert "2025-11/" in house.read("topic/太原/index.html")


@pytest.mark.usefixtures("small")
def test_a_source_and_a_section_have_their_days_under_their_months(house: House):
    house.keep(*(news(number, day=f"2025-{10 + number // 3}-0{number % 3 + 1}") for number in range(6)))
    house.publish()
    for path in ("source/morning/", "section/社会/"):
        front = html.fromstring(house.read(f"{path}index.html"))
        leads = list(front.xpath("//section[last()]//a/@href"))
        assert leads == [f"../../{quote(path)}2025-{month}-0{day}/" for month in (11, 10) for day in (3, 2, 1)]
        assert "第4号" in house.read(f"{path}2025-11-02/index.html")


@pytest.mark.usefixtures("small")
def test_a_list_that_shrinks_to_its_front_loses_its_months(house: House):
    house.keep(*(news(number) for number in range(5)))
    house.publish()
    house.keep(news(3, topic="大同"), news(4, topic="大同"))
    house.publish()
    assert not (house.root / "topic" / "太原" / "2025-11").exists()
    assert "2025-11/" not in house.read("topic/太原/index.html")


def test_a_topic_that_nothing_is_about_any_more_is_taken_away_with_its_feed(house: House):
    house.keep(news(1), news(2, topic="大同"))
    house.publish()
    house.keep(news(2, topic="太原"))
    done = house.publish()
    assert done.removed == 2
    assert not (house.root / "topic" / "大同").exists()


def test_names_that_no_folder_could_bear_get_folders_of_their_own(house: House):
    names = ("../../evil", "A/B", "a-b", "..", ".newscrawl", "长" * 80, "con*?<>", "太 原")
    house.keep(*(article(number, keywords=(name,)) for number, name in enumerate(names)))
    house.publish()
    keywords = {name for change in (house.root / "topic").iterdir() for name in [change.name]} - {"index.html"}
    assert len([name for name in keywords if "/" in name or name.startswith(".")]) == 0
    assert not (house.folder / "evil").exists()
    assert all(path.is_relative_to(house.root) for path in house.root.rglob("*"))


def test_a_feed_says_no_more_that_an_article_is_gone_which_came_back_under_another_topic(house: House):
    house.keep(news(1), news(2))
    house.publish()
    house.settle({"morning": "hold"})
    house.publish()
    house.settle()
    house.keep(news(2, topic="大同"))
    house.publish()
    assert deleted((house.root / "topic" / "太原" / "feed.xml").read_bytes()) == []


def test_the_newest_are_the_newest_whatever_day_their_publishers_have(house: House):
    american = printed("2025-11-18T20:00-05:00")  # 01:00 UTC on the 19th
    asian = [printed(f"2025-11-19T0{hour}:00+08:00") for hour in range(5)]  # from 16:00 to 20:00 UTC on the 18th
    house.keep(news(9, published=american), *(news(number, published=at) for number, at in enumerate(asian)))
    house.publish()
    feed = entries((house.root / "feed.xml").read_bytes())
    assert feed[0] == tag("morning:9")


def test_a_correction_touches_the_parts_in_which_it_stands_alone(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(making, "PART", 2)
    monkeypatch.setattr(making, "FRONT", 3)
    house.keep(*map(news, range(10)))
    house.publish()
    made: list[str] = []
    put = Folder.put
    monkeypatch.setattr(Folder, "put", lambda self, name, said: made.append(name) or put(self, name, said))
    house.keep(news(1, headline="太原换了一个说法"))
    house.publish()
    assert {name for name in made if name.startswith(("day/2", "topic/太原/2"))} == {
        "day/2025-11-19/",
        "topic/太原/2025-11/",
    }


# -- withdrawn, corrected -------------------------------------------------------------------------------------------


def test_what_is_withdrawn_is_nowhere_but_in_a_notice_and_the_feeds_say_that_it_is_gone(house: House):
    secret = news(2, headline="太原秘密标题", summary="一句不该再有的话", keywords=("某某案",))
    house.keep(news(1), secret, news(3))
    house.publish()
    words = ("太原秘密标题", "一句不该再有的话", "第2号消息说", "某某案")
    assert len(holding(house.root, *words)) > 8
    house.vanish("morning:2")
    house.publish()
    assert holding(house.root, *words) == set()
    assert "已撤下" in house.page("morning:2")
    assert 'content="noindex"' in house.page("morning:2")
    record = json.loads(house.read(f"a/{house.id('morning:2')}/ninjs.json"))
    assert (record["uri"], record["pubStatus"]) == (tag("morning:2"), "canceled")
    for feed in ("feed.xml", "topic/太原/feed.xml", "section/社会/feed.xml", "source/morning/feed.xml"):
        said = (house.root / feed).read_bytes()
        assert deleted(said) == [tag("morning:2")]
        assert tag("morning:2") not in entries(said)


def test_what_comes_back_is_shown_again_and_no_feed_says_that_it_is_gone(house: House):
    house.keep(news(1), news(2))
    house.publish()
    before = tree(house.root)
    house.settle({"morning": "hold"})
    house.publish()
    assert deleted((house.root / "feed.xml").read_bytes())
    house.settle()
    house.publish()
    assert deleted((house.root / "feed.xml").read_bytes()) == []
    assert {name for name in differing(before, tree(house.root)) if name.endswith(".html")} == set()


def test_a_corrected_article_shows_its_note_on_its_page_and_in_every_feed(house: House):
    house.keep(news(1))
    house.publish()
    house.hours = 2
    house.keep(news(1, correction="更正：开馆时间应为九时。", body_html="<p>九时开馆。</p>", body_text="九时开馆。"))
    house.publish()
    page = house.page("morning:1")
    assert page.index("更正：开馆时间应为九时。") < page.index("九时开馆。</p>")
    assert "2025-11-19 19:00" in page
    for name in ("feed.xml", "rss.xml", "feed.json", "source/morning/feed.xml"):
        assert "更正：开馆时间应为九时。" in house.read(name), name
    (record,) = [json.loads(house.read(name)) for name in tree(house.root) if name.endswith("ninjs.json")]
    assert record["edNote"] == "更正：开馆时间应为九时。"


@pytest.mark.parametrize(("mode", "shown"), [("excerpt", (True, False)), ("link", (False, False))])
def test_of_an_excerpt_or_a_link_no_more_than_that_is_anywhere_in_the_site(
    house: House, mode: str, shown: tuple[bool, bool]
):
    house.keep(news(1, summary="摘要里的话", body_html="<p>正文里的话</p>", body_text="正文里的话"))
    house.publish()
    house.settle({"*": mode})
    house.publish()
    assert (bool(holding(house.root, "摘要里的话")), bool(holding(house.root, "正文里的话"))) == shown


# -- the folder -----------------------------------------------------------------------------------------------------


def test_a_folder_that_holds_something_else_is_refused_and_left_as_it_is(house: House):
    house.keep(news(1))
    house.root.mkdir()
    (house.root / "index.html").write_text("somebody's home page")
    with pytest.raises(BadOption, match="not empty"):
        house.publish()
    assert tree(house.root) == {"index.html": b"somebody's home page"}


@pytest.mark.parametrize("files", [0, 1, 5, 20])
def test_a_site_that_is_made_anew_and_killed_on_the_way_is_whole_after_the_next_run(
    house: House, files: int, monkeypatch: pytest.MonkeyPatch
):
    house.keep(*map(news, range(4)))
    house.publish()
    before = tree(house.root)
    assert _kill(house, files, monkeypatch, anew=True)
    assert differing(before, tree(house.root)) <= {name for name in before if name.startswith("search/")}
    house.publish()
    assert tree(house.root) == before


def test_a_first_run_that_was_killed_shows_nothing_of_what_is_withdrawn_meanwhile(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    house.keep(*map(news, range(3)))
    monkeypatch.setattr(marking, "CHUNK", 1)
    place, left = Edition.place, iter(range(2))

    def failing(self: Edition, one: Place) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        place(self, one)

    with monkeypatch.context() as patch:
        patch.setattr(Edition, "place", failing)
        with pytest.raises(KeyboardInterrupt):
            house.publish()
    house.settle({"morning": "hold"})
    house.publish()
    house.publish(root=house.folder / "fresh")
    assert _compared(tree(house.root)) == _compared(tree(house.folder / "fresh"))


def test_a_site_whose_list_was_lost_is_made_anew_and_keeps_nothing_of_the_withdrawn(house: House):
    house.keep(news(1), news(2, headline="太原秘密标题"))
    house.publish()
    for path in (house.root / OWN).glob("edition.db*"):
        path.unlink()
    house.vanish("morning:2")
    house.publish()
    assert holding(house.root, "太原秘密标题") == set()


def test_a_publisher_of_another_name_has_it_on_every_page(house: House):
    house.keep(news(1), news(2, topic="大同"))
    house.publish()
    with Writer(house.db, sources=[Publisher(slug="morning", name="晨报")], clock=house.clock):
        pass
    house.publish()
    house.publish(root=house.folder / "fresh")
    assert "晨报" in house.page("morning:1")
    assert tree(house.root) == tree(house.folder / "fresh")


def test_what_others_put_beside_the_site_stays_even_when_all_of_it_is_made_anew(house: House):
    house.keep(news(1))
    house.publish()
    (house.root / ".well-known").mkdir()
    (house.root / ".well-known" / "security.txt").write_text("Contact: a@b.example")
    (house.root / "CNAME").write_text("b.example")
    house.publish()
    (house.root / "topic" / "old").mkdir()
    (house.root / "topic" / "old" / "index.html").write_text("of an older site")
    house.publish(anew=True)
    assert not (house.root / "topic" / "old").exists()
    assert (house.root / "CNAME").read_text() == "b.example"
    assert (house.root / ".well-known" / "security.txt").exists()


def test_the_site_of_another_store_is_refused_until_it_is_to_be_made_anew(house: House, tmp_path: Path):
    house.keep(news(1), news(2))
    house.publish()
    other = House(folder=tmp_path / "other")
    other.folder.mkdir()
    other.keep(news(7, topic="大同"))
    with pytest.raises(BadOption, match="--anew"):
        other.publish(root=house.root)
    other.publish(root=house.root, anew=True)
    other.publish()
    assert tree(house.root) == tree(other.root)


def test_one_run_at_a_time_writes_a_folder(house: House):
    house.keep(news(1))
    house.publish()
    with _locked(Folder(house.root)), pytest.raises(FolderLocked, match="another run"):
        house.publish()


def test_a_file_is_put_in_place_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = Folder(tmp_path)
    folder.put("a/1/", b"old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Exception, match="No space left"):
        folder.put("a/1/", b"new")
    assert (tmp_path / "a" / "1" / "index.html").read_bytes() == b"old"


def test_newscrawls_own_file_holds_no_text(house: House):
    house.keep(news(1, headline="独一无二的标题", summary="独一无二的摘要"))
    house.publish()
    assert not [name for name in holding(house.root, "独一无二") if name.startswith(OWN)]


def test_the_same_store_gives_the_same_bytes_at_another_time(house: House):
    house.keep(*map(news, range(4)))
    house.publish()
    house.hours = 1
    house.publish(root=house.folder / "later")
    assert tree(house.root) == tree(house.folder / "later")
