"""The site has the images that its pages show, and no others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_made import CLOCK, NOW, article, operate

from newscrawl.archive.pictures import put
from newscrawl.items import Image as Shown
from newscrawl.items import Picture
from newscrawl.publish.folder import Folder
from newscrawl.publish.pictures import Image, Pictures
from newscrawl.store.reader import Reader
from newscrawl.store.writer import Writer


def url_of(name: str) -> str:
    return f"https://img.morning.example/{name}.jpg"


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return tmp_path / "images"


@pytest.fixture
def store(tmp_path: Path, images: Path) -> Path:
    """Two articles with an image of their own each, and one in common."""
    path = tmp_path / "news.db"
    with Writer(path, clock=CLOCK) as writer:
        for number, name in ((1, "one"), (2, "two")):
            names = (name, "common")
            kept = tuple(
                Picture(
                    url=url_of(name),
                    file=put(images, f"pixels of {name}".encode(), ".jpg"),
                    width=60,
                    height=40,
                    bytes=len(f"pixels of {name}"),
                    type="image/jpeg",
                    fetched_at=NOW,
                )
                for name in names
            )
            writer.add(article(number, images=tuple(Shown(url=url_of(name)) for name in names), pictures=kept))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "site")


@contextmanager
def pictures(store: Path, folder: Folder, images: Path | None) -> Iterator[tuple[Pictures, dict[str, int]]]:
    """And the ids of the articles by key."""
    with Reader(store) as reader, reader.steady():
        ids = {row["key"]: row["id"] for row in reader.rows("SELECT key, id FROM articles")}
        yield Pictures(reader, folder, images), ids


def publish(store: Path, folder: Folder, images: Path | None) -> dict[int, dict[str, Image]]:
    with pictures(store, folder, images) as (found, ids):
        shown = {article_id: dict(by_url) for article_id, by_url in found.of(list(ids.values())).items()}
        found.sweep()
    return shown


def there(folder: Folder) -> dict[str, bytes]:
    root = folder.root
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def contents(folder: Folder) -> set[str]:
    return {data.decode() for data in there(folder).values()}


def test_an_articles_images_are_in_the_site_by_their_content(store: Path, folder: Folder, images: Path):
    with pictures(store, folder, images) as (found, ids):
        shown = found.of([ids["morning:1"]])[ids["morning:1"]]
    assert list(shown) == [url_of("one"), url_of("common")]
    one = shown[url_of("one")]
    assert (one.width, one.height) == (60, 40)
    assert one.path.startswith("i/")
    assert there(folder)[one.path] == b"pixels of one"
    assert contents(folder) == {"pixels of one", "pixels of common"}


def test_they_take_no_room_of_their_own_on_the_same_disk(store: Path, folder: Folder, images: Path):
    publish(store, folder, images)
    for name in there(folder):
        assert (folder.root / name).samefile(images / name.removeprefix("i/"))


def test_they_are_copied_where_no_link_can_be(
    store: Path, folder: Folder, images: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    publish(store, folder, images)
    assert contents(folder) == {"pixels of one", "pixels of two", "pixels of common"}
    assert all((folder.root / name).stat().st_nlink == 1 for name in there(folder))


def test_a_second_run_writes_nothing(store: Path, folder: Folder, images: Path):
    first = publish(store, folder, images)
    again = Folder(folder.root)
    assert publish(store, again, images) == first
    assert (again.written, again.removed) == (0, 0)


def test_what_is_shown_no_more_is_taken_away_and_what_another_shows_stays(store: Path, folder: Folder, images: Path):
    publish(store, folder, images)
    operate(store, "UPDATE articles SET state = 'withdrawn' WHERE key = 'morning:1'")
    publish(store, folder, images)
    assert contents(folder) == {"pixels of two", "pixels of common"}
    assert folder.removed == 1
    operate(store, "UPDATE articles SET reprint = 'excerpt' WHERE key = 'morning:2'")
    assert publish(store, folder, images) == {}
    assert not (folder.root / "i").exists()


def test_one_whose_file_is_not_there_is_left_to_its_address(store: Path, folder: Folder, images: Path):
    (lost,) = (path for path in images.rglob("*.jpg") if path.read_bytes() == b"pixels of one")
    lost.unlink()
    shown = publish(store, folder, images)
    assert [list(by_url) for by_url in shown.values()] == [[url_of("common")], [url_of("two"), url_of("common")]]


def test_one_that_was_emptied_in_the_site_is_put_there_again(store: Path, folder: Folder, images: Path):
    publish(store, folder, images)
    for name in there(folder):
        (folder.root / name).unlink()
        (folder.root / name).touch()
    publish(store, folder, images)
    assert contents(folder) == {"pixels of one", "pixels of two", "pixels of common"}


def test_without_the_folder_the_site_has_none_and_gives_up_what_it_had(store: Path, folder: Folder, images: Path):
    publish(store, folder, images)
    assert publish(store, folder, None) == {}
    assert there(folder) == {}
    shutil.rmtree(images)
    assert not any(publish(store, folder, images).values())
