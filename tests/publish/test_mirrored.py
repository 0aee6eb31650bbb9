"""Feeds and records name the site's own copies of images, by addresses that lead there from anywhere."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from exported import NO_SITE, SITE
from feeds_made import row_of, stored, told
from store_made import full_article

from newscrawl.publish.mirrored import mirrored
from newscrawl.store.reader import Change
from newscrawl.store.writer import Writer

SRC = "https://img.example/1.jpg"
OWN = "https://reprint.example/i/ab/ab12.jpg"
SLY = '<p>a &lt; b <a href="https://x.example/?a=1&amp;b=2" rel="nofollow noopener noreferrer">图</a></p>'


@attrs.frozen
class Copy:
    path: str = "i/ab/ab12.jpg"
    width: int = 640
    height: int = 480


@pytest.fixture
def full(writer: Writer, path: Path) -> Change:
    (change,) = stored(writer, path, full_article())
    return change


def test_body_and_images_name_the_copy(full: Change):
    alt = f"&lt;img src=&quot;{SRC}&quot;"
    body = f'前言{SLY}<figure><img src="{SRC}" alt="{alt}"></figure><p><img src="{SRC}2"></p>'
    row = row_of(mirrored(told(full, body_html=body), SITE, {SRC: Copy()}))
    assert [image["url"] for image in row["images"]] == [OWN]
    assert row["body_html"].startswith(f'前言{SLY}<figure><img src="{OWN}" alt="')
    assert row["body_html"].endswith(f'</figure><p><img src="{SRC}2"></p>')
    assert row["body_html"].count(SRC) == 2  # what an alternative text says, and another picture


def test_all_else_stays_as_it_was(full: Change):
    for site, pictures in ((NO_SITE, {SRC: Copy()}), (SITE, {})):
        assert mirrored(full, site, pictures) is full
    changed = mirrored(full, SITE, {SRC: Copy()})
    assert row_of(changed) == row_of(full) | {"images": row_of(changed)["images"]}
    gone = attrs.evolve(full, article=None)
    assert mirrored(gone, SITE, {SRC: Copy()}) is gone


def test_an_excerpt_has_no_body_to_change(full: Change):
    short = told(full, body_html=None, images=[])
    assert mirrored(short, SITE, {SRC: Copy()}) == short
