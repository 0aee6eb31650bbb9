"""What came from an image's address -> an image of our own making. Pure; loads Pillow when it is called.

What a site shows from its own address has to be an image and nothing else. So nothing of a file is passed on but its
pixels: they are decoded, and written anew. What cameras and editors leave in a file (place, time, serial numbers,
thumbnails, comments) goes with that, and so does a colour profile; a photograph is turned upright first.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from attrs import frozen

from newscrawl.fetch.failures import ImageRefused

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""Pillow's names of what is taken. No SVG: that is a document with scripts."""
_PHOTOGRAPHS = ("JPEG", "MPO", "WEBP")
"""Written as JPEG; what may be drawn (PNG, GIF) as PNG. MPO is a JPEG with more pictures behind it."""
_QUALITY = 90
_EFFORT = 3
"""Of zlib: for photographs a third to an eighth of the time of Pillow's own choice (6), and no larger a file."""
_BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, AttributeError),
    *(struct.error, zlib.error, MemoryError, Warning),
)
"""What Pillow's readers raise for a file that is not what it says; Warning where Python is told to raise them."""


@frozen(kw_only=True)
class Redrawn:
    content: bytes
    type: str
    """'image/jpeg' or 'image/png'."""
    width: int
    """Pixels, upright."""
    height: int

    @property
    def ending(self) -> str:
        return ".jpg" if self.type == "image/jpeg" else ".png"


def redrawn(content: bytes, *, most_pixels: int) -> Redrawn:
    """The image in ``content``, whatever its name or Content-Type said; of one that moves, its first frame, of one that
    is transparent, as it looks on white paper.

    The size is read before any pixel is. Raises :class:`~newscrawl.fetch.failures.ImageRefused`.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > most_pixels:
                raise _too_large(f"{image.width} x {image.height} pixels are over IMAGES_MAXPIXELS")
            image.load()
            return _written(image)
    except UnidentifiedImageError:
        raise ImageRefused(f"it is none of {', '.join(FORMATS)}", "type") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(str(error)) from error
    except _BROKEN as error:
        raise ImageRefused(f"it cannot be read ({error})", "broken") from error


def _too_large(words: str) -> ImageRefused:
    return ImageRefused(words, "pixels")


def _written(image: Image) -> Redrawn:
    is_photograph = image.format in _PHOTOGRAPHS
    upright = _upright(image)
    drawn = _opaque(upright, "L RGB" if is_photograph else "1 L P RGB")
    drawn.info = {}  # Pillow would write comments and profiles that it found
    options: dict[str, Any] = {"format": "PNG", "compress_level": _EFFORT}
    if is_photograph:
        # A JPEG that was neither turned nor converted keeps its own tables, so that it loses next to nothing.
        kept = drawn is image and image.format == "JPEG"
        options = {"format": "JPEG", "quality": "keep" if kept else _QUALITY}
    out = BytesIO()
    drawn.save(out, **options)
    kind = "image/jpeg" if is_photograph else "image/png"
    return Redrawn(content=out.getvalue(), type=kind, width=drawn.width, height=drawn.height)


def _upright(image: Image) -> Image:
    """As its EXIF data say it is to be held; the image itself where they say nothing, or nothing that can be read."""
    from PIL import ImageOps

    try:
        turned = image.getexif().get(_ORIENTATION, 1) != 1
        return ImageOps.exif_transpose(image) if turned else image
    except _BROKEN:
        return image


_ORIENTATION = 0x0112


def _opaque(image: Image, modes: str) -> Image:
    """In one of ``modes``, on white where it is transparent."""
    from PIL import Image

    if image.has_transparency_data:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(over)
        return paper.convert("RGB")
    return image if image.mode in modes.split() else image.convert("RGB")
