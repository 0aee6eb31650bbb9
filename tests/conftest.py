"""Fixtures for crawls through real Scrapy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from loopback import Site, newsroom, serving
from running import NOW, QUICK, Desk

settings.register_profile("untimed", deadline=None, max_examples=60)  # a busy machine is no failure
settings.load_profile("untimed")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, dict(QUICK))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(newsroom()) as site:
        yield site


@pytest.fixture
def site_desk(tmp_path: Path, site: Site) -> Desk:
    """A desk whose only publisher is the loopback newsroom ``site``."""
    return Desk(tmp_path, QUICK | {"SPIDER_MODULES": "site_sources"}, {"SITE_ORIGIN": site.origin})


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled newsroom as a WARC file."""
    from newscrawl.archive.newsroom import build

    target = tmp_path_factory.mktemp("newsroom") / "newsroom.warc.gz"
    build(Path(__file__).resolve().parent.parent / "data" / "newsroom", target)
    return target


@pytest.fixture
def replay_desk(tmp_path: Path, bundled: Path) -> Desk:
    """A desk that crawls the bundled newsroom, nothing on the network."""
    return Desk(tmp_path, {"NEWSCRAWL_REPLAY": str(bundled), "NEWSCRAWL_NOW": NOW})
