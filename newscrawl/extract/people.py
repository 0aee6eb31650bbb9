"""Who wrote, who edited: from the dateline, the byline and the page's own fields, each person in one role."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from attrs import frozen

from newscrawl.extract.writers import NOBODY, Writers
from newscrawl.items import Dateline
from newscrawl.text.byline import read_byline
from newscrawl.text.labelled import holds_label, read_labelled
from newscrawl.text.names import is_person
from newscrawl.text.names.persons import has_surname
from newscrawl.text.traditional import simplified

_HAN = re.compile(r"[\u3400-\u9fff]")
_LABELLED = re.compile(r"作者|记者|撰文|撰稿|文[:：/丨|]|通讯员")
"""In simplified script."""
_JSONLD = 0.6
"""How far an author in a Chinese page's data is believed whom the page does not print: an editor as often."""
_PREFIX = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.IGNORECASE)


@frozen(kw_only=True)
class People:
    authors: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    answered: str = ""
    """Who answered for the authors."""
    sure: float | None = None
    """How sure that is; None: as sure as that hand is by itself."""


def people_of(
    dateline: Dateline | None,
    lines: Sequence[str],
    *,
    byline: str | None,
    persons: Sequence[str],
    near: Writers = NOBODY,
    editors: Sequence[str],
    outlets: Sequence[str],
) -> People:
    """The first that names a writer answers: the dateline's bracket (and the byline that runs on behind it), the
    story's own byline lines, the page's byline element, who is ``near`` the headline, and JSON-LD.

    ``byline``, ``persons`` and ``near`` come from the page's furniture, where a desk editor or the outlet often stands:
    who is among ``editors`` or ``outlets`` is no author there, though a label may say
    so: templates fill 作者 with the desk.
    """
    correspondents = list(dateline.correspondents) if dateline else []
    if dateline and dateline.reporters:
        return _people(dateline.reporters, correspondents, editors, "text")
    written: list[str] = []
    for line in lines:
        found = read_byline(line, at_end=True)
        if found:
            written += found.authors
            correspondents += found.correspondents
    if written:
        return _people(written, correspondents, editors, "text")
    shut_out = {*editors, *outlets}
    asked = (
        ("selector", _named(byline), None),
        (near.who, near.names, near.sure),
        ("jsonld", [found for name in persons for found in _told(_PREFIX.sub("", name))], _JSONLD),
    )
    correspondents += near.correspondents
    for who, names, sure in asked:
        fit = [name for name in names if name not in shut_out and (names is near.names or _fits(name))]
        if fit:
            return attrs.evolve(_people(fit, correspondents, editors, who), sure=sure)
    return _people((), correspondents, editors, "")


def _people(authors: Sequence[str], correspondents: Sequence[str], editors: Sequence[str], answered: str) -> People:
    return People(
        authors=tuple(dict.fromkeys(authors)),
        correspondents=tuple(name for name in dict.fromkeys(correspondents) if name not in authors),
        editors=tuple(dict.fromkeys(editors)),
        answered=answered,
    )


def _named(byline: str | None) -> tuple[str, ...]:
    if not byline:
        return ()
    if not _HAN.search(byline):
        labels = read_labelled(byline)
        return labels.authors or read_labelled(f"By {byline}").authors
    found = read_byline(byline if _LABELLED.search(simplified(byline)) else f"作者：{byline}")
    return found.authors if found else ()


def _told(name: str) -> Sequence[str]:
    """JSON-LD names a person with the office behind the name: 'JANE DOE, Jinbei Political Writer'."""
    return read_labelled(f"By {name}").authors if holds_label(name) else (name,)


def _fits(name: str) -> bool:
    """A Chinese name has to look like a person's, with a surname; of others addresses and labels are refused."""
    if _HAN.search(name):
        return is_person(name) and has_surname(simplified(name))
    return 2 <= len(name) <= 60 and "://" not in name and "@" not in name and not holds_label(name)
