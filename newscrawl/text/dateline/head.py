"""What stands before a Chinese dateline's date or form word: agency, region edition, place, names."""

from __future__ import annotations

import re

from newscrawl.text.dateline.outlets import (
    ATTRIBUTION,
    GENERIC_AGENCY,
    JOINED_AGENCY,
    KNOWN_AGENCY,
    NO_OUTLET,
    ROLLING,
)
from newscrawl.text.names.listed import split_names
from newscrawl.text.names.persons import is_common_name
from newscrawl.text.names.run_on import leading_names
from newscrawl.text.places import CHINESE_CITIES, city_at_end

BLANKS = " \u3000\u00a0\u2002\u2003\u2009"
LONGEST_HEAD = 60
"""Characters from the agency's first to the date."""

_HAN = r"\u3400-\u9fff"
_PLACE = re.compile(rf"(?:[{_HAN}A-Za-z·]{{1,12}}(?:[/／、][{_HAN}A-Za-z·]{{2,12}}){{0,4}}|“[^”\n]{{1,8}}”[号轮舰]?)")
_NO_PLACE = re.compile(
    r"[的了是称说这被们]|获悉|据|记者|通讯|消息|报道|新闻|官方|媒体|微信|微博|发布|编辑|评论|摄|客户端|公众号|综合"
)
_REGION = re.compile(rf"(?P<region>[{_HAN}]{{2,6}})新闻网?年?")
ROLE = re.compile(rf"(?:首席|见习|实习|全媒体|特派|特约|驻[{_HAN}]{{1,6}}){{0,4}}(?:记者|通讯员|通信员|实习生)")
_QUOTED = re.compile(r"[据引述援自由的，,、“‘《（(]$")
_ADMINISTRATIVE = re.compile(r"[市县州区镇乡盟旗村]$")


class Head:
    """The outlet's part of a dateline while it is being read. ``start`` is its offset in the text."""

    __slots__ = ("agency", "correspondents", "place", "region", "reporters", "start")

    def __init__(self, start: int, agency: str) -> None:
        self.start = start
        self.agency = agency
        self.region: str | None = None
        self.place: str | tuple[str, ...] | None = None
        self.reporters: tuple[str, ...] = ()
        self.correspondents: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether anybody is named."""
        return bool(self.reporters or self.correspondents)

    def add(self, reporters: tuple[str, ...], correspondents: tuple[str, ...]) -> None:
        """Takes names in, each once."""
        self.reporters += tuple(name for name in reporters if name not in self.reporters)
        self.correspondents += tuple(name for name in correspondents if name not in self.correspondents)

    def take(self, rest: str) -> bool:
        """Reads region edition, place or names from what stands after the agency; False where it is anything else."""
        rest = rest.strip(BLANKS)
        if not rest:
            return True
        if self.agency in ROLLING and (region := _REGION.fullmatch(rest)):
            self.region = region["region"]
            return True
        if role := ROLE.search(rest):
            if rest.endswith("报道") or "摄" in rest:
                return False  # 通信员甲报道7月20日：, read where no date is asked for; a caption's 记者乙摄
            before = rest[: role.start()].strip()
            if before and not fits_place(before):
                return False
            self.place = before or None
            self.reporters, self.correspondents = split_names(rest[role.start() :])
            return self.named
        rest = rest.removeprefix("发") if len(rest) > 2 else rest  # 央广网发衡阳: "sent to"
        if not fits_place(rest):
            return False
        places = tuple(part.strip() for part in re.split("[/／]", rest))
        self.place = places if len(places) > 1 and all(places) else rest
        return True

    def take_run_on(self, rest: str) -> bool:
        """Reads a reporter and a place that are printed without a sign between them: 记者某某台北."""
        role = ROLE.match(rest)
        if role is None:
            return self.take(rest)
        rest = rest[role.end() :].strip(BLANKS)
        city = city_at_end(rest)
        cut = len(rest) - len(city) if city else leading_names(rest).end
        names, place = rest[:cut], rest[cut:].strip(BLANKS)
        if place and not fits_place(place):
            return False
        self.place = place or None
        self.reporters, self.correspondents = split_names(names)
        return self.named


def fits_place(text: str) -> bool:
    """Whether ``text`` can be a place (吉林, 甘肃酒泉, 香港/澳门, “远望”号); asked by what it is not, of no list."""
    return (
        len(text) <= 24
        and _PLACE.fullmatch(text) is not None
        and _NO_PLACE.search(text) is None
        and KNOWN_AGENCY.search(text) is None
    )


def is_place_not_name(text: str) -> bool:
    """Whether the last word of '记者 甲 乙 成都报道' is a place; a name where nothing says so (李森林 张潘报道)."""
    if not fits_place(text):
        return False
    if "、" in text or _ADMINISTRATIVE.search(text) or text in CHINESE_CITIES or len(text) > 3:
        return True
    return not is_common_name(text)


def anchored(before: str, start: int) -> Head | None:
    """The agency at the head of ``before``, if all the rest of it is place and names; ``start`` is its offset."""
    for pattern in (KNOWN_AGENCY, GENERIC_AGENCY):
        match = pattern.match(before)
        if match is None:
            continue
        agency = match[0]
        if pattern is GENERIC_AGENCY and (NO_OUTLET.search(agency) or ATTRIBUTION.search(agency)):
            continue
        rest = before[match.end() :]
        if joined := JOINED_AGENCY.match(rest):
            agency, rest = agency + joined[0], rest[joined.end() :]
        head = Head(start, agency)
        if head.take(rest):
            return head
    return None


def glued(opening: str, start: int, stop: int, *, at_once: bool = False) -> Head | None:
    """A known agency and its place that end at ``stop``, run on from a headline, a caption or a source line.

    ``at_once``: nothing may stand between agency and ``stop``.
    """
    for known in reversed(list(KNOWN_AGENCY.finditer(opening, max(start, stop - 30), stop))):
        if at_once and known.end() != stop:
            return None
        if _QUOTED.search(opening[: known.start()]):
            continue
        agency, rest = known[0], opening[known.end() : stop]
        if joined := JOINED_AGENCY.match(rest):
            agency, rest = agency + joined[0], rest[joined.end() :]
        head = Head(known.start(), agency)
        if head.take(rest):
            return head
    return None
