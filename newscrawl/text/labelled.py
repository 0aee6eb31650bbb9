"""English lines of date, source and names: '2025-11-19 08:40  Source: Jinbei Evening  By Shi Yiming  Editor: Liu Qing'

A line is one of these only where a label opens it, opens one of its cells (divided by ``|``, two spaces or a tab) or
follows the date that opens one. It is cut at its labels: what belongs to one (Photo:, Updated:) is no part of another.
Chinese lines are newscrawl.text.byline's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

LONGEST_LINE = 200
"""Characters; what is longer is a paragraph."""
_LONGEST_CREDIT = 40
_LONG_SENTENCE = 80


@frozen(kw_only=True)
class Labelled:
    """What the labels of a line say, as printed; all empty where they name nobody."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    credit: str | None = None
    only: bool = False
    """Whether somebody is named and the line says nothing else, so that it is no sentence that begins with By."""


NOTHING = Labelled()


_WORKS = "Photo(?:graph)?s?|Pictures?|Images?|Graphics?|Videos?|Illustrations?|Cartoons?"
_DONE = "Translated|Compiled|Proofread|Reviewed|Additional reporting"
_ELSE = (
    "Translator|Photographer|Proofreader|Last updated?|Updated?|Published|Posted|Date|Time|Share|Tags?|Comments?|Views?"
)
_LABEL = re.compile(
    r"(?<![\w'’.&-])(?:"
    # By and nothing else has to begin with a capital: 'by' stands in the middle of sentences and of other labels.
    r"(?P<author>(?:(?i:written|story|text|words|report(?:ed|ing))(?: and photos?)? by|By|BY)\b\s*[:：]?"
    r"|(?i:author|reporter|writer|byline)s?\s*[:：])"
    r"|(?P<editor>(?i:(?:(?:web|copy|executive|deputy|online) )?editors?)\s*[:：]|(?i:edit(?:ed|ing) by)\b\s*[:：]?)"
    r"|(?P<credit>(?i:source)s?\s*[:：])"
    rf"|(?P<other>(?i:{_WORKS})(?: (?i:by|courtesy of)\b|\s*[:：])|(?i:{_DONE}) (?i:by)\b"
    rf"|(?i:{_ELSE})(?: (?:on|at|by))?\s*[:：]|(?:Updated|Published|Posted)(?= (?:(?:at|on) )?\d))"
    r")\s*"
)
_CELLS = re.compile(r"\s*[|｜丨•]\s*|[\s\u3000]{2,}|\t|\n")
_DATE_WORD = re.compile(
    r"(?:[\d\s:/.,()+-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|"
    r"\b(?:am|pm|a\.m|p\.m|gmt|utc|bjt|cst|est|et|hrs?|st|nd|rd|th|t|z)\b)*",
    re.IGNORECASE,
)
_LOWER_BY = re.compile(r"\s*by[: ]\s*(?=[A-ZÀ-Þ])")
_DATE_BEHIND = re.compile(
    r"[\s,(]+(?:(?:19|20)\d\d\b|\d{1,2}[:/.]\d|\d{1,2} (?=[A-Z])|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? \d).*"
)
_PARTICLES = "de|da|di|du|van|von|der|den|la|le|bin|al|el|dos|del|ter"
_NAME = re.compile(rf"(?!The )[A-ZÀ-Þ][\w.'’-]*(?: (?:{_PARTICLES}|[A-ZÀ-Þ][\w.'’-]*)){{1,4}}")
_BETWEEN = re.compile(r",| and | & |\||·|;|/| in (?=[A-ZÀ-Þ])| (?=\()")
_BESIDE_A_NAME = re.compile(r"\w+|[A-ZÀ-Þ\d(][^.!?。]*")
"""What may stand behind the names: the outlet, the desk, a place."""
_MOST_WORDS = 6
_OUTLET_WORD = re.compile(
    r"\b(?:Reuters|Press|AP|AFP|News|Times|Post|Staff|Correspondents?|Agency|Xinhua|Bloomberg|Desk|Team|Daily|Journal|"
    r"Magazine|Bureau|Online|Today|Service|Media|Network|Guardian|Telegraph|Mail|University|Institute|Department|"
    r"Contributors?|BBC|CNN|Special|Evening|Morning|Herald|Tribune|Gazette|Weekly)\b",
    re.IGNORECASE,
)
_LABEL_WORD = re.compile(
    r"\b(?:By|BY|Sources?|Editors?|Edited|Editing|Photos?|Photographs?|Photographers?|Pictures?|Images?|Videos?|Authors?|"
    r"Writers?|Written|Reporters?|Reporting|Translators?|Translated|Updated|Published|Posted)\b"
)
_ANY_LABEL = re.compile(
    r"(?=[BbSsEeAaRrWw])(?:[Bb]y\b|BY\b|[Ss]ource|SOURCE|[Ee]dit|EDIT|[Aa]uthor|[Rr]eporter|[Ww]riter)"
)
"""Looked for before a line is cut: most have none."""
_GOES_ON = re.compile(r"(?:\band|&|,)$")
_WENT_ON = re.compile(r"(?:and\b|&|,)")


def holds_label(name: str) -> bool:
    """Whether one of the words is a label's: 'Jinbei Evening By Shi', 'Yiming Editor'."""
    return _LABEL_WORD.search(name) is not None


def is_no_name(words: str) -> bool:
    """Whether one of the words is an outlet's or a label's, so that they are no person's name: 'Jinbei Evening'."""
    return _OUTLET_WORD.search(words) is not None or holds_label(words)


def read_labelled(line: str) -> Labelled:
    """What the labels of ``line`` say. A paragraph, a sentence and a line without labels say nothing.

    Names are as printed, a line in capitals (BY JANE DOE) with capitals at the words' beginnings only. Nothing is
    raised for any text.
    """
    authors: list[str] = []
    editors: list[str] = []
    credit: str | None = None
    only = True
    parts = _parts(line)
    if not parts:
        return NOTHING
    for label, said in parts:
        if label in ("author", "editor"):
            names, rest = _names(said)
            (authors if label == "author" else editors).extend(names)
            only = only and not (rest and (len(rest.split()) > _MOST_WORDS or not _BESIDE_A_NAME.fullmatch(rest)))
        elif label == "credit" and credit is None:
            name = _DATE_BEHIND.sub("", said).strip(" ,;:：-–—()[]")
            credit = name if 2 <= len(name) <= _LONGEST_CREDIT and not holds_label(name) else None
            only = only and credit is not None and not name.endswith((".", "!", "?"))
    named = bool(authors or editors or credit)
    return Labelled(
        authors=tuple(dict.fromkeys(authors)), editors=tuple(dict.fromkeys(editors)), credit=credit, only=only and named
    )


def joined(runs: Sequence[str]) -> list[str]:
    """Runs of text made lines again: a label alone ('By') and a list that goes on ('and') take the next run with them.

    The first run too long for a line ends them, and the second long sentence (one may lead in): there the story begins.
    """
    lines: list[str] = []
    sentences = 0
    for run in runs:
        sentences += len(run) > _LONG_SENTENCE and run.endswith((".", "!", "?", "”", '"'))
        if len(run) > LONGEST_LINE or sentences > 1:
            break
        last = lines[-1] if lines else ""
        if last and (parts := _parts(last)) and (_WENT_ON.match(run) or _GOES_ON.search(last) or _is_open(parts)):
            lines[-1] = f"{last} {run}"
        else:
            lines.append(run)
    return lines


def read_lines(runs: Sequence[str]) -> Labelled:
    """What the lines that ``runs`` make say together, for each field the first line that says it."""
    found = NOTHING
    if not _ANY_LABEL.search("\n".join(runs)):
        return found
    for line in joined(runs):
        said = read_labelled(line)
        if said.only:
            found = Labelled(
                authors=found.authors or said.authors,
                editors=found.editors or said.editors,
                credit=found.credit or said.credit,
                only=True,
            )
    return found


def _is_open(parts: Sequence[tuple[str, str]]) -> bool:
    return not parts[-1][1].strip()


@lru_cache(maxsize=64)
def _parts(line: str) -> tuple[tuple[str, str], ...]:
    """(label, what it labels), of every cell that a label opens."""
    line = line.strip(" \u3000()[]【】（）")
    if len(line) > LONGEST_LINE or "\u3400" <= line[:1] <= "\u9fff" or not _ANY_LABEL.search(line):
        return ()  # a Han character opens no such line
    line = _LOWER_BY.sub("By ", line, count=1) if _LOWER_BY.match(line) else line
    parts: list[tuple[str, str]] = []
    for cell in _CELLS.split(line):
        dated = _DATE_WORD.match(cell)
        found = _LABEL.match(cell, dated.end() if dated else 0) or _LABEL.match(cell)
        while found:
            following = _LABEL.search(cell, found.end())
            parts.append((found.lastgroup or "", cell[found.end() : following.start() if following else len(cell)]))
            found = following
    return tuple(parts)


def _names(listed: str) -> tuple[list[str], str]:
    """The names at the head of what a label says, and what follows the last of them: an outlet, a place, a sentence."""
    names: list[str] = []
    listed = _DATE_BEHIND.sub("", listed)
    at = 0
    for divider in (*_BETWEEN.finditer(listed), None):
        words = listed[at : divider.start() if divider else len(listed)].strip(" \u3000,;()[]")
        words = words.title() if words.isupper() else words
        if not _NAME.fullmatch(words) or is_no_name(words):
            break
        names.append(words)
        at = divider.end() if divider else len(listed)
    return names, listed[at:].strip(" \u3000,;()[]")
