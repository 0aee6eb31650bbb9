"""What is kept of an image: its pixels, and nothing that came with them; and what is no image is refused by a word."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from images_made import SECRET, drawn, jpeg, opened, png_of, telling
from PIL import Image, ImageChops

from newscrawl.fetch.failures import ImageRefused, failure_word
from newscrawl.pipelines.redraw import Redrawn, redrawn

MOST = 100_000
GIFS = [Image.new("P", (30, 20), color) for color in (1, 2)]


def drawn_anew(content: bytes) -> Redrawn:
    return redrawn(content, most_pixels=MOST)


def moving() -> bytes:
    out = BytesIO()
    GIFS[0].save(out, "GIF", save_all=True, append_images=GIFS[1:], comment=SECRET)
    return out.getvalue()


def with_more_behind_it() -> bytes:
    """A JPEG as some cameras write it: Pillow calls it an MPO."""
    out = BytesIO()
    pictures = [Image.new("RGB", (30, 20), color) for color in ("red", "blue")]
    pictures[0].save(out, "MPO", save_all=True, append_images=pictures[1:])
    return out.getvalue()


FILES = {
    "jpeg": jpeg(),
    "grey jpeg": jpeg(120, mode="L"),
    "cmyk jpeg": jpeg((0, 200, 200, 0), mode="CMYK"),
    "progressive jpeg": jpeg(progressive=True, quality=30),
    "telling jpeg": telling(),
    "jpeg with more behind it": with_more_behind_it(),
    "png": drawn("PNG"),
    "png of lines": drawn("PNG", 1, mode="1"),
    "png of 16 bits": drawn("PNG", 40_000, mode="I;16"),
    "transparent png": drawn("PNG", (200, 30, 30, 90), mode="RGBA"),
    "grey transparent png": drawn("PNG", (20, 90), mode="LA"),
    "palette with a transparent colour": drawn("PNG", 1, mode="P", transparency=1),
    "webp": drawn("WEBP"),
    "transparent webp": drawn("WEBP", (200, 30, 30, 90), mode="RGBA"),
    "gif": drawn("GIF", 3, mode="P"),
    "moving gif": moving(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_becomes_a_jpeg_or_png_of_the_same_size_that_is_all_pixels(name: str):
    new = drawn_anew(FILES[name])
    image = opened(new.content)
    photograph = "jpeg" in name or "webp" in name
    assert (image.format, new.type, new.ending) == (
        ("JPEG", "image/jpeg", ".jpg") if photograph else ("PNG", "image/png", ".png")
    )
    assert image.size == (new.width, new.height)
    assert SECRET[:10] not in new.content
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert not image.has_transparency_data
    assert getattr(image, "n_frames", 1) == 1


def test_a_photograph_is_turned_upright():
    new = drawn_anew(FILES["telling jpeg"])
    assert (new.width, new.height) == (40, 60)


def test_what_is_transparent_stands_on_white_paper():
    over = opened(drawn_anew(drawn("PNG", (0, 0, 0, 0), mode="RGBA")).content)
    assert over.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_jpeg_keeps_its_own_tables():
    """So that drawing it anew takes next to nothing from it, and it does not grow."""
    out = BytesIO()
    Image.linear_gradient("L").resize((80, 60)).convert("RGB").save(out, "JPEG", quality=35)
    old, new = opened(out.getvalue()), opened(drawn_anew(out.getvalue()).content)
    assert new.quantization == old.quantization
    assert len(drawn_anew(out.getvalue()).content) <= len(out.getvalue()) * 1.05
    assert max(high for _, high in ImageChops.difference(old, new).getextrema()) <= 3


def test_the_same_file_gives_the_same_content():
    assert drawn_anew(FILES["webp"]) == drawn_anew(FILES["webp"])


def refused(content: bytes) -> str:
    with pytest.raises(ImageRefused) as raised:
        drawn_anew(content)
    return failure_word(raised.value)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "image_type"),
        (b"<html><body>not found</body></html>", "image_type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image_type"),
        (drawn("BMP"), "image_type"),
        (drawn("TIFF"), "image_type"),
        (drawn("ICO", size=(32, 32)), "image_type"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image_type"),
        (FILES["jpeg"][:300], "image_broken"),
        (FILES["png"][:60], "image_broken"),
        (jpeg(size=(400, 300)), "image_pixels"),
        (png_of(30_000, 30_000), "image_pixels"),
        (png_of(10_000, 10_000), "image_pixels"),
        (png_of(300, 300), "image_broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_mirrored_has_a_word(content: bytes, word: str):
    assert refused(content) == word


def test_code_behind_a_picture_does_not_come_with_it():
    new = drawn_anew(FILES["gif"] + b"<script>alert(1)</script>")
    assert b"script" not in new.content


@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_file_however_broken_is_a_bug(name: str, data: st.DataObject):
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    with suppress(ImageRefused):
        new = drawn_anew(bytes(content[:cut]))
        assert opened(new.content).size == (new.width, new.height)
