"""The ways to run a script that tests/web/xss/vectors.txt lists, each with its own number, and plain pages that fall
for them: what a page without escaping, without a sanitiser and without a Content-Security-Policy would be."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

LIST = Path(__file__).parent / "xss" / "vectors.txt"
CANARY = "canary.invalid"
"""Host that nothing but a vector asks."""
WORKED_OUT = "ran!here!"
"""What a template engine makes of the vectors written for one; it stands in none of them, nor in a page."""
_CHARACTER = re.compile(r"\{U\+([0-9A-F]{4})\}")

PLACES = {
    "markup": "<div>@</div>",
    "double": '<p title="@">x</p>',
    "single": "<p title='@'>x</p>",
    "bare": "<p title=@>x</p>",
    "address": '<a href="@">x</a><iframe src="@"></iframe>',
    "data": '<script type="application/ld+json">{"headline":"@"}</script>',
    "string": '<script>var x = "@";</script>',
    "title": "<title>@</title>",
    "textarea": "<textarea>@</textarea>",
    "noscript": "<noscript>@</noscript>",
    "xmp": "<xmp>@</xmp>",
    "comment": "<!--@-->",
    "style": "<style>p { color: @ }</style>",
    "css": '<p style="@">x</p>',
    "xml": '<div xmlns="http://www.w3.org/1999/xhtml"><p><![CDATA[@]]></p></div>',
    "template": "@",
}
"""Where the vectors of a section are at home: at the @. ``xml`` is a document of XML."""


@attrs.frozen
class Vector:
    number: int
    place: str
    text: str

    def page(self, head: str) -> str:
        """A page that has the vector where it is at home, as it stands; ``head`` opens it, where it is none of XML."""
        inside = PLACES[self.place].replace("@", self.text)
        if self.place == "xml":
            return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{inside}</body></html>'
        return f"{head}<body>{inside}"


def vectors() -> tuple[Vector, ...]:
    return tuple(
        Vector(number, place, _filled(line, number)) for number, (place, line) in enumerate(_lines(), start=101)
    )


def _lines() -> Iterator[tuple[str, str]]:
    place = ""
    for line in LIST.read_text("utf-8").split("\n"):
        if line.startswith("== "):
            place = line.removeprefix("== ")
            assert place in PLACES, line
        elif line and line != "#" and not line.startswith("# "):
            yield place, line


def _filled(line: str, number: int) -> str:
    run, host = f"xss({number})", f"{CANARY}/ran/{number}"
    page = f"<script>{run}</script>"
    told = {
        "run": run,
        "n": str(number),
        "url": f"https://{host}",
        "host": host,
        "codes": ",".join(str(ord(sign)) for sign in run),
        "hex": "".join(f"\\x{ord(sign):02x}" for sign in run),
        "uni": "".join(f"\\u{ord(sign):04x}" for sign in run),
        "dec": "".join(f"&#{ord(sign)};" for sign in run),
        "ent": "".join(f"&#x{ord(sign):x};" for sign in run),
        "pct": "".join(f"%{ord(sign):02x}" for sign in run),
        "b64": base64.b64encode(run.encode()).decode(),
        "b64page": base64.b64encode(page.encode()).decode(),
    }
    for name, value in told.items():
        line = line.replace("{" + name + "}", value)
    return _CHARACTER.sub(lambda found: chr(int(found[1], 16)), line)
