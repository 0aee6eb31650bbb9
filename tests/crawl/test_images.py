"""NEWSCRAWL_IMAGES: the images of articles are mirrored the way pages are fetched, and never at an article's cost."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest
from images_made import SECRET, drawn, jpeg, opened, png_of, telling
from loopback import Site, article, listing
from running import NOW, Desk

from newscrawl import settings
from newscrawl.archive.record import walk
from newscrawl.pipelines.images import AGAIN

WHY = "--reason=法院裁定"
JPEG = {"Content_Type": "image/jpeg"}


def with_images(number: int, *addresses: str, headline: str | None = None, extra: str = "") -> str:
    images = "".join(f'<p><img src="{address}" alt="图"></p>' for address in addresses)
    page = article(number, headline=headline)
    return page.replace('</div><div class="foot">', f'{images}</div>{extra}<div class="foot">', 1)


@pytest.fixture
def desk(site: Site, site_desk: Desk) -> Desk:
    """Three articles: two with an image of their own and one in common, one with none."""
    site_desk.settings["NEWSCRAWL_IMAGES"] = "data/images"
    site.put("/list/1.html", listing([3, 2, 1]))
    for page in range(2, 5):
        site.put(f"/list/{page}.html", listing([3, 2, 1]))
    for number in (1, 2):
        site.put(f"/a/{number}.html", with_images(number, f"/i/{number}.jpg", "/i/both.jpg"))
        site.put(f"/i/{number}.jpg", jpeg((50 * number, 0, 0)), **JPEG)
    site.put("/i/both.jpg", jpeg("navy"), **JPEG)
    return site_desk


def crawl(desk: Desk, *words: str, now: str = NOW, code: int = 0, **settings: str) -> str:
    done = desk.scrapy("crawl", "site", *words, settings={"NEWSCRAWL_NOW": now} | settings)
    assert done.code == code, done.err
    return done.err


def asked(site: Site) -> list[str]:
    return sorted(path for path in site.asked if path.startswith("/i/"))


def files(desk: Desk) -> set[str]:
    root = desk.folder / "data" / "images"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def mirrored(desk: Desk, key: str = "site:1") -> list[str]:
    """The paths of what is mirrored of an article, in its order."""
    query = """SELECT i.url FROM published_images AS i JOIN published AS p ON p.id = i.article_id
        WHERE p.key = ? ORDER BY i.position"""
    return ["/" + url.split("/", 3)[3] for url in desk.column(query, key)]


def content(desk: Desk, path: str) -> bytes:
    (file,) = desk.column("SELECT DISTINCT file FROM published_images WHERE url LIKE ?", "%" + path)
    return (desk.folder / "data" / "images" / file).read_bytes()


def test_each_is_fetched_once_and_kept_by_its_content(desk: Desk, site: Site):
    said = crawl(desk)
    assert "3 images mirrored" in said
    assert mirrored(desk, "site:1") == ["/i/1.jpg", "/i/both.jpg"]
    assert mirrored(desk, "site:2") == ["/i/2.jpg", "/i/both.jpg"]
    assert mirrored(desk, "site:3") == []
    assert asked(site) == ["/i/1.jpg", "/i/2.jpg", "/i/both.jpg"]
    assert files(desk) == set(desk.column("SELECT file FROM pictures"))
    assert opened(content(desk, "/i/both.jpg")).size == (60, 40)
    (requests,) = desk.column("SELECT requests FROM runs")
    assert requests == len(site.asked)


def test_later_articles_and_rechecks_ask_for_none_again(desk: Desk, site: Site):
    crawl(desk)
    site.put("/list/1.html", listing([4, 3, 2, 1]))
    site.put("/a/4.html", with_images(4, "/i/both.jpg"))
    crawl(desk, "-a", "recheck=now", now="2025-11-19T20:00:00Z")
    assert len(asked(site)) == 3
    assert mirrored(desk, "site:4") == ["/i/both.jpg"]
    assert desk.column("SELECT count(*) FROM changes WHERE kind = 'revised'") == [0]


def test_nothing_is_fetched_where_the_folder_is_not_set(desk: Desk, site: Site):
    crawl(desk, NEWSCRAWL_IMAGES="")
    assert asked(site) == []
    assert len(json.loads(desk.column("SELECT images FROM published WHERE key = 'site:1'")[0])) == 2
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]
    changes = desk.rows("SELECT key, fields FROM changes WHERE kind = 'revised' ORDER BY key")
    assert changes == [("site:1", '["images"]'), ("site:2", '["images"]')]


def test_pillow_is_loaded_only_where_it_is_needed(desk: Desk):
    """A whole crawl without NEWSCRAWL_IMAGES, in a Python that has no Pillow."""
    (desk.folder / "PIL.py").write_text("raise RuntimeError('Pillow was loaded')\n")
    desk.env["PYTHONWARNINGS"] = "default"  # a new Python
    desk.env["PYTHONPATH"] = os.pathsep.join([str(desk.folder), str(Path(__file__).resolve().parents[1])])
    crawl(desk, NEWSCRAWL_IMAGES="")
    assert desk.column("SELECT count(*) FROM published") == [3]
    broken = desk.scrapy("crawl", "site", "-a", "recheck=now")
    assert "Pillow was loaded" in broken.err


@pytest.mark.parametrize("policy", ["excerpt", "link", "hold"])
def test_what_may_not_be_shown_in_full_has_none_until_it_is_read_again_under_another_policy(
    desk: Desk, site: Site, policy: str
):
    crawl(desk, NEWSCRAWL_REPRINT=json.dumps({"*": policy}))
    assert (asked(site), files(desk)) == ([], set())
    assert desk.scrapy("search", "食堂").code == 0
    assert mirrored(desk) == []
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]


def test_the_docs_name_the_limits():
    told = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text("utf-8")
    assert f"`IMAGES_PER_ARTICLE` ({settings.IMAGES_PER_ARTICLE})" in told
    assert f"`IMAGES_MAXSIZE` ({settings.IMAGES_MAXSIZE // 2**20} MB" in told
    assert f"`IMAGES_MAXPIXELS` ({settings.IMAGES_MAXPIXELS // 10**6} million)" in " ".join(told.split())
    assert (AGAIN.total_seconds(), "it is six hours old" in told) == (6 * 3600, True)


# -- the guards of pages ----------------------------------------------------------------------------------------------


def put_bad(site: Site) -> dict[str, str]:
    """Images that cannot be had, by address: the word for why."""
    site.put("/i/page.jpg", "<html><body>no picture here</body></html>", **JPEG)
    site.put("/i/code.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', Content_Type="image/svg+xml")
    site.put("/i/bomb.png", png_of(30_000, 30_000), Content_Type="image/png")
    site.put("/i/half.jpg", jpeg(size=(200, 100))[:500], **JPEG)
    site.put("/i/long.jpg", jpeg() + bytes(60_000), **JPEG)
    site.put("/i/empty.jpg", b"", **JPEG)
    site.put("/i/loop.jpg", b"", status=302, Location="/i/loop.jpg")
    site.put("/i/inside.jpg", b"", status=302, Location="http://127.0.0.2:9/i/1.jpg")
    site.put("/private/secret.jpg", jpeg(), **JPEG)
    return {
        "/i/page.jpg": "image_type",
        "/i/code.svg": "image_type",
        "/i/bomb.png": "image_pixels",
        "/i/half.jpg": "image_broken",
        "/i/long.jpg": "body_too_long",
        "/i/empty.jpg": "image_type",
        "/i/none.jpg": "http_404",
        "/i/loop.jpg": "ignored",
        "/i/inside.jpg": "address_refused",
        "/private/secret.jpg": "robots_forbidden",
        "http://127.0.0.2:9/i/1.jpg": "address_refused",
    }


def test_what_cannot_be_had_is_named_and_counted_and_the_article_is_none_the_worse(desk: Desk, site: Site):
    bad = put_bad(site)
    site.put("/a/1.html", with_images(1, *bad, "/i/both.jpg"))
    said = crawl(desk, IMAGES_MAXSIZE="50000")
    assert desk.column("SELECT count(*) FROM published") == [3]
    assert mirrored(desk) == ["/i/both.jpg"]
    words = list(bad.values())
    (errors,) = desk.column("SELECT errors FROM runs")
    counted = {word.removeprefix("image "): n for word, n in json.loads(errors).items() if word.startswith("image ")}
    assert counted == {word: words.count(word) for word in words}, said
    assert "/private/secret.jpg" not in site.asked
    assert len(files(desk)) == 2
    assert "Traceback" not in said
    assert desk.column("SELECT outcome FROM runs") == ["done"]
    (listed,) = desk.column("SELECT images FROM published WHERE key = 'site:1'")
    assert [image["url"].rsplit("/", 1)[1] for image in json.loads(listed)][-1] == "both.jpg"


def test_an_image_that_was_not_to_be_had_is_tried_again_with_its_article(desk: Desk, site: Site):
    good = site.pages.pop("/i/1.jpg")
    crawl(desk)
    assert mirrored(desk) == ["/i/both.jpg"]
    site.pages["/i/1.jpg"] = good
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]


def test_more_than_so_many_stay_referred_to_and_a_redirect_is_followed(desk: Desk, site: Site):
    site.put("/i/moved.jpg", b"", status=301, Location="/i/both.jpg")
    site.put("/a/1.html", with_images(1, "/i/moved.jpg", "/i/1.jpg", "/i/1.jpg", "/i/2.jpg"))
    crawl(desk, IMAGES_PER_ARTICLE="2")
    assert mirrored(desk) == ["/i/moved.jpg", "/i/1.jpg"]


def test_one_image_under_two_spellings_of_its_address_is_found_under_both(desk: Desk, site: Site):
    site.put("/i/q.jpg?b=2&a=1", jpeg("teal"), **JPEG)
    site.put("/i/q.jpg?a=1&b=2", jpeg("teal"), **JPEG)
    site.put("/a/1.html", with_images(1, "/i/q.jpg?b=2&amp;a=1", "/i/q.jpg?a=1&amp;b=2"))
    crawl(desk)
    assert mirrored(desk) == ["/i/q.jpg?b=2&a=1", "/i/q.jpg?a=1&b=2"]
    assert len([path for path in asked(site) if "q.jpg" in path]) == 1


def test_what_is_kept_tells_nothing_that_the_file_told_besides(desk: Desk, site: Site):
    site.put("/i/1.jpg", telling(), **JPEG)
    site.put("/i/2.jpg", drawn("WEBP", (9, 9, 9, 90), mode="RGBA"), Content_Type="image/webp")
    crawl(desk)
    assert SECRET not in content(desk, "/i/1.jpg")
    assert opened(content(desk, "/i/1.jpg")).size == (40, 60)
    assert desk.column("SELECT DISTINCT type FROM pictures") == ["image/jpeg"]
    for file in files(desk):
        assert stat.S_IMODE((desk.folder / "data" / "images" / file).stat().st_mode) & stat.S_IRUSR


# -- the archive, a replay, the end of a run --------------------------------------------------------------------------


def test_images_are_not_in_the_archive_and_a_replay_without_them_has_articles_all_the_same(desk: Desk, site: Site):
    crawl(desk)
    (archive,) = desk.archive.rglob("*.warc.gz")
    assert {record.url for record in walk(archive) if "/i/" in record.url} == set()
    there = len(site.asked)
    replayed = {"NEWSCRAWL_REPLAY": str(archive), "NEWSCRAWL_DB": "data/second.db", "NEWSCRAWL_IMAGES": "data/second"}
    done = desk.scrapy("crawl", "site", settings=replayed)
    assert done.code == 0, done.err
    assert "3 added" in done.last_line
    assert "3 images failed (http_404 3)" in done.last_line
    assert len(site.asked) == there


def test_a_replay_answers_images_that_the_archive_has(desk: Desk, site: Site, tmp_path: Path):
    """One that another program wrote, with everything in it."""
    from datetime import UTC, datetime

    from newscrawl.archive.writer import ArchiveWriter

    writer = ArchiveWriter(tmp_path / "whole", "site/all")
    for path, (status, headers, body) in site.pages.items():
        told = [(name.replace("_", "-"), value) for name, value in headers.items()]
        at = datetime(2025, 11, 19, 9, tzinfo=UTC)
        writer.write(url=site.origin + path, status=status, headers=told, body=body, fetched_at=at)
    writer.close()
    crawl(desk, NEWSCRAWL_REPLAY=str(tmp_path / "whole"))
    assert site.asked == []
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]
    assert desk.column("SELECT DISTINCT fetched_at FROM pictures") == ["2025-11-19T09:00:00Z"]


def test_a_run_that_is_stopped_keeps_its_articles_without_the_images_that_it_did_not_get(desk: Desk, site: Site):
    from threading import Event

    reached, going = Event(), Event()

    def hold() -> None:
        reached.set()
        going.wait(20)

    site.when("/i/1.jpg", hold)
    process = desk.start("crawl", "site", settings={"STOP_SECONDS": "0.5", "DOWNLOAD_TIMEOUT": "60"})
    assert reached.wait(20)
    process.send_signal(15)
    assert process.wait(30) == 0
    going.set()
    assert "site:1" in desk.column("SELECT key FROM published")
    assert "/i/1.jpg" not in mirrored(desk)
    (errors,) = desk.column("SELECT errors FROM runs")
    assert "image" not in errors
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]


def test_a_folder_that_cannot_be_one_is_told_before_the_run(desk: Desk, site: Site):
    (desk.folder / "file").touch()
    for place in ("file", "file/images"):
        assert "NEWSCRAWL_IMAGES: " in crawl(desk, code=1, NEWSCRAWL_IMAGES=place)
    assert site.asked == []


def test_a_folder_that_cannot_be_written_ends_the_run_with_the_articles_link_open(desk: Desk, site: Site):
    folder = desk.folder / "data" / "images"
    folder.mkdir(parents=True)
    for number in range(256):
        (folder / f"{number:02x}").touch()  # where its sub-folders would be
    said = crawl(desk, code=6)
    assert "the folder of mirrored images" in said
    assert desk.column("SELECT outcome FROM runs") == ["unwritable"]


# -- another image ----------------------------------------------------------------------------------------------------


def test_an_article_that_shows_another_image_is_revised_with_it(desk: Desk, site: Site):
    crawl(desk)
    site.put("/i/new.jpg", jpeg("olive"), **JPEG)
    site.put("/a/1.html", with_images(1, "/i/new.jpg", headline="食堂改了开门时间"))
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert mirrored(desk) == ["/i/new.jpg"]
    assert desk.column("SELECT fields FROM changes WHERE key = 'site:1' AND kind = 'revised'")[0].count("images") == 1


def test_another_image_under_the_same_address_is_seen_where_the_server_tells_it(desk: Desk, site: Site):
    """And one whose server says nothing of it is fetched once."""
    site.validate("/i/1", "/i/2")
    crawl(desk)
    first = content(desk, "/i/1.jpg")
    site.put("/i/1.jpg", jpeg("olive"), **JPEG)
    site.put("/i/both.jpg", jpeg("lime"), **JPEG)
    crawl(desk, "-a", "recheck=now", now="2025-11-19T12:00:00Z")
    assert len(asked(site)) == 3  # kept for less than six hours
    crawl(desk, "-a", "recheck=now", now="2025-11-19T16:00:00Z")
    assert [(path, status) for path, status in site.answered if path.startswith("/i/")][3:] in (
        [("/i/1.jpg", 200), ("/i/2.jpg", 304)],
        [("/i/2.jpg", 304), ("/i/1.jpg", 200)],
    )
    assert content(desk, "/i/1.jpg") != first
    told = desk.rows("SELECT key, fields FROM changes WHERE kind = 'revised'")
    assert told == [("site:1", '["images"]')]


def test_what_is_kept_stays_where_its_address_gives_nothing_any_more(desk: Desk, site: Site):
    site.validate("/i/")
    crawl(desk)
    del site.pages["/i/1.jpg"]
    crawl(desk, "-a", "recheck=now", now="2025-11-19T16:00:00Z")
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]


def test_a_file_that_was_lost_is_fetched_again(desk: Desk, site: Site):
    crawl(desk)
    for file in files(desk):
        (desk.folder / "data" / "images" / file).unlink()
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert len(files(desk)) == 3


# -- takedown ---------------------------------------------------------------------------------------------------------


def test_a_takedown_takes_the_images_that_no_other_article_shows(desk: Desk, site: Site):
    crawl(desk)
    (own,) = desk.column("SELECT file FROM pictures WHERE url LIKE '%/i/1.jpg'")
    published = desk.folder / "published.jpg"
    published.hardlink_to(desk.folder / "data" / "images" / own)
    done = desk.scrapy("takedown", "site:1", WHY)
    assert done.code == 0, done.err
    assert "mirrored images: 1 removed; 1 that another article shows, too, stay" in done.out
    assert own not in files(desk)
    assert len(files(desk)) == 2
    assert published.read_bytes() == b""
    assert mirrored(desk, "site:2") == ["/i/2.jpg", "/i/both.jpg"]
    assert desk.column("SELECT count(*) FROM pictures WHERE url LIKE '%/i/1.jpg'") == [0]
    restored = desk.scrapy("restore", "site:1", settings={"NEWSCRAWL_NOW": "2025-11-19T10:30:00Z"})
    assert restored.code == 0, restored.err
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]


def test_a_takedown_without_the_folder_says_so_and_the_command_that_knows_it_does_the_rest(desk: Desk):
    crawl(desk)
    (own,) = desk.column("SELECT file FROM pictures WHERE url LIKE '%/i/1.jpg'")
    done = desk.scrapy("takedown", "site:1", WHY, settings={"NEWSCRAWL_IMAGES": ""})
    assert done.code == 0, done.err
    assert f"NEWSCRAWL_IMAGES is to name its folder: {own}" in done.out
    assert own in files(desk)
    assert mirrored(desk) == []
    assert desk.scrapy("snapshot", "data/copy.db").code == 0
    assert own not in files(desk)
    assert len(files(desk)) == 2


def test_what_is_hidden_keeps_its_images_and_they_are_shown_when_it_is_back(desk: Desk, site: Site):
    crawl(desk)
    page = site.pages.pop("/a/1.html")
    for hour in ("10:30", "13:00"):
        crawl(desk, "-a", "recheck=now", now=f"2025-11-19T{hour}:00Z")
    assert desk.column("SELECT state FROM articles WHERE key = 'site:1'") == ["hidden"]
    assert (mirrored(desk), len(files(desk))) == ([], 3)
    site.pages["/a/1.html"] = page
    crawl(desk, now="2025-11-20T13:00:00Z")
    assert mirrored(desk) == ["/i/1.jpg", "/i/both.jpg"]
    assert len(asked(site)) == 3


# -- the site ---------------------------------------------------------------------------------------------------------


def pages(desk: Desk) -> dict[str, str]:
    """The published page of every article, by its key."""
    site = desk.folder / "site" / "a"
    found = desk.rows("SELECT id, key FROM articles")
    return {key: (site / str(article_id) / "index.html").read_text("utf-8") for article_id, key in found}


def sources(page: str) -> list[str]:
    """Where its images come from."""
    return re.findall(r'<img[^>]* src="([^"]*)"', page)


def test_a_published_page_shows_its_own_images_and_loads_nothing_from_elsewhere(desk: Desk, site: Site):
    site.pages.pop("/i/2.jpg")
    crawl(desk)
    assert desk.scrapy("publish", "site").code == 0
    root = desk.folder / "site"
    own = sources(pages(desk)["site:1"])
    assert len(own) == 2
    for source in own:
        assert source.startswith("../../i/")
        assert opened((root / source.removeprefix("../../")).read_bytes()).size == (60, 40)
    missed = sources(pages(desk)["site:2"])
    assert (missed[0], missed[1]) == (f"{site.origin}/i/2.jpg", own[1])
    again = desk.scrapy("publish", "site")
    assert "0 files written, 0 removed" in again.out


def test_after_a_takedown_and_a_publish_the_site_has_its_images_no_more(desk: Desk):
    crawl(desk)
    assert desk.scrapy("publish", "site").code == 0
    own, both = sources(pages(desk)["site:1"])
    assert desk.scrapy("takedown", "site:1", WHY).code == 0
    assert (desk.folder / "site" / own.removeprefix("../../")).read_bytes() == b""  # a hard link: at once
    assert desk.scrapy("publish", "site").code == 0
    assert not (desk.folder / "site" / own.removeprefix("../../")).exists()
    assert (desk.folder / "site" / both.removeprefix("../../")).exists()
    assert sources(pages(desk)["site:1"]) == []


def test_an_image_that_was_had_at_last_comes_into_the_site_with_the_next_publish(desk: Desk, site: Site):
    good = site.pages.pop("/i/1.jpg")
    crawl(desk)
    assert desk.scrapy("publish", "site").code == 0
    assert sources(pages(desk)["site:1"])[0] == f"{site.origin}/i/1.jpg"
    site.pages["/i/1.jpg"] = good
    crawl(desk, "-a", "recheck=now", now="2025-11-19T10:30:00Z")
    assert desk.scrapy("publish", "site").code == 0
    assert sources(pages(desk)["site:1"])[0].startswith("../../i/")


def test_where_the_folder_is_not_set_any_more_every_page_points_at_the_publishers_again(desk: Desk, site: Site):
    crawl(desk)
    assert desk.scrapy("publish", "site").code == 0
    assert desk.scrapy("publish", "site", settings={"NEWSCRAWL_IMAGES": ""}).code == 0
    assert sources(pages(desk)["site:1"]) == [f"{site.origin}/i/1.jpg", f"{site.origin}/i/both.jpg"]
    assert not (desk.folder / "site" / "i").exists()


@pytest.mark.parametrize("words", [("takedown", "site:1", WHY), ("crawl", "site")])
def test_what_a_killed_crawl_left_half_written_goes_with_a_takedown_and_with_the_next_crawl(
    desk: Desk, words: tuple[str, ...]
):
    crawl(desk)
    left = desk.folder / "data" / "images" / "0123.7.part"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert desk.scrapy(*words).code == 0
    assert not left.exists()
