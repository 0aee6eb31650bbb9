"""What may stand between a Chinese dateline and its story: the slug after 题： and a byline run on to it."""

from __future__ import annotations

import re

from attrs import frozen

from newscrawl.text.names.listed import split_names
from newscrawl.text.names.run_on import leading_names

LONGEST_SLUG = 90
"""Characters; a headline of a feature is seldom half as long."""

_TITLE = re.compile(r"[ \u3000\u00a0]*题 ?[:：][ \u3000\u00a0]*")
_BYLINE = re.compile(
    r"[ \u3000\u00a0]*(?:\n\s*)?(?:"
    r"作者[:： \u3000\u00a0]|"
    r"(?:中新社|中新网|中新财经|中新健康|中新体育|中新经纬|新华社|人民网|本报|本社|本网|央广网|总台央视)(?:全媒体|见习|特派|实习|首席)*(?:记者|通讯员)|"
    r"(?:见习|特派|实习|全媒体)*记者[ \u3000\u00a0]{0,3}(?=[\u3400-\u9fff])|通讯员[ \u3000\u00a0])"
)
_BRACKET = re.compile(r"[ \u3000\u00a0\n]*[（(](?P<inside>(?:[^（()）\n]{0,12}记者|作者|通讯员)[^（()）\n]{1,60})[)）]")
_COLON = re.compile(r"[:： \u3000\u00a0]*")
# A date runs into the slug before it; a sentence that opens like this begins the story.
_STORY = re.compile(
    r"(?<=[\u3400-\u9fff）)”？！])(?=(?:\d{1,2}月)?\d{1,2}日(?:召开|上午|下午|在|，|发布|举行|从))|(?:正值|时值|近日，|日前，|连日来)"
)


@frozen(kw_only=True)
class Slug:
    """What :func:`read_slug` found: the slug and the run-on byline, either of which may be missing."""

    slug: str | None
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    end: int
    """Offset of what follows slug and byline (separators not yet skipped)."""


def read_slug(text: str, at: int) -> Slug:
    """Slug and run-on byline from ``at``, the end of the dateline proper.

    The slug ends at the line's end or where a byline begins (作者 甲, 中新财经记者 乙). One that runs on into the story
    without either is cut where a sentence about a day begins; where nothing tells it from the story it is None and
    the story starts at its first character.
    """
    title = _TITLE.match(text, at)
    if title is None:
        return Slug(slug=None, end=at)
    window = text[title.end() : title.end() + LONGEST_SLUG]
    line = window.split("\n", 1)[0]
    ended = len(line) < len(window) or title.end() + len(line) >= len(text)
    byline = _first_byline(text, title.end(), title.end() + len(line))
    if byline is not None:
        found = byline[1]
        printed = text[title.end() : byline[0]].strip()
        return Slug(slug=printed or None, reporters=found.reporters, correspondents=found.correspondents, end=found.end)
    if ended:
        end = title.end() + len(line)
        after = _byline_at(text, end)
        slug = line.strip() or None
        if after is not None:
            return Slug(slug=slug, reporters=after.reporters, correspondents=after.correspondents, end=after.end)
        return Slug(slug=slug, end=end)
    if (story := _STORY.search(line, 4)) is not None:
        return Slug(slug=line[: story.start()].strip(), end=title.end() + story.start())
    return Slug(slug=None, end=title.end())


def _first_byline(text: str, start: int, stop: int) -> tuple[int, Slug] | None:
    """The first run-on byline between ``start`` and ``stop`` that names somebody."""
    for match in _BYLINE.finditer(text, start, min(stop + 24, len(text))):
        if match.start() > stop:
            break
        found = _names_after(text, match)
        if found is not None and match.start() > start:
            return match.start(), found
    bracket = _BRACKET.search(text, start, min(stop + 24, len(text)))
    if bracket is not None and start < bracket.start() <= stop:
        reporters, correspondents = split_names(bracket["inside"])
        if reporters or correspondents:
            found = Slug(slug=None, reporters=reporters, correspondents=correspondents, end=bracket.end())
            return bracket.start(), found
    return None


def _byline_at(text: str, at: int) -> Slug | None:
    if bracket := _BRACKET.match(text, at):
        reporters, correspondents = split_names(bracket["inside"])
        if reporters or correspondents:
            return Slug(slug=None, reporters=reporters, correspondents=correspondents, end=bracket.end())
    match = _BYLINE.match(text, at)
    return _names_after(text, match) if match else None


def _names_after(text: str, match: re.Match[str]) -> Slug | None:
    colon = _COLON.match(text, match.end())
    at = colon.end() if colon else match.end()
    run = leading_names(text[at : at + 60])
    if not run.names:
        return None
    return Slug(
        slug=None,
        reporters=() if "通讯员" in match[0] else run.names,
        correspondents=run.names if "通讯员" in match[0] else (),
        end=at + run.end,
    )
