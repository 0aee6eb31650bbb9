"""Images for the tests of mirroring, made here."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

SECRET = b"taken by camera 4711 at 37.87N 112.56E"


def drawn(
    kind: str, color: Any = (200, 30, 30), *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any
):
    """An image of one colour as a file of ``kind``."""
    out = BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    return out.getvalue()


def jpeg(color: Any = (200, 30, 30), **options: Any) -> bytes:
    return drawn("JPEG", color, **options)


def telling() -> bytes:
    """A JPEG, lying on its side, that tells where and by whom it was taken, in every way there is."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return jpeg(exif=exif.tobytes(), comment=SECRET, icc_profile=SECRET * 9, size=(60, 40))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image
