"""The store that a real crawl of the bundled newsroom made, the programs that read it, the site published from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import chromium
from playwright.sync_api import Browser
from poisoned_site import Published, plain_in, published_in
from running import NOW, Desk
from sites import UNDER, english
from web_made import SITE, Server, built_in_go, datasette, php, serving_site


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Desk:
    settings = {"NEWSCRAWL_REPLAY": str(bundled), "NEWSCRAWL_NOW": NOW, "NEWSCRAWL_ARCHIVE": ""}
    desk = Desk(tmp_path_factory.mktemp("web"), settings | {"NEWSCRAWL_SITE": json.dumps(SITE)})
    done = desk.scrapy("crawl", "chinanews")
    assert done.code == 0, done.err
    return desk


@pytest.fixture(scope="session")
def store(crawled: Desk) -> Path:
    return crawled.db


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program that examples/go becomes."""
    return built_in_go(tmp_path_factory.mktemp("go"))


@pytest.fixture(scope="session")
def php_site(store: Path) -> Iterator[Server]:
    with php(store) as server:
        yield server


@pytest.fixture(scope="session")
def datasette_site(store: Path) -> Iterator[Server]:
    with datasette(store) as server:
        yield server


@pytest.fixture(scope="session")
def english_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of tests/web/sites.py."""
    return english(tmp_path_factory.mktemp("english"))


@pytest.fixture(scope="session")
def english_host(english_site: Path) -> Iterator[Server]:
    with serving_site(english_site, under=UNDER) as server:
        yield server


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The poisoned newsroom: tests leave its store and its site as they are."""
    return published_in(tmp_path_factory.mktemp("poisoned"))


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plain pages that fall for the vectors."""
    return plain_in(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(crawled: Desk) -> Path:
    """The folder of the site that is published from what was crawled."""
    folder = crawled.folder / "site"
    done = crawled.scrapy("publish", str(folder))
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[Server]:
    """It as readers reach it, under the strict policy."""
    with serving_site(site) as server:
        yield server
