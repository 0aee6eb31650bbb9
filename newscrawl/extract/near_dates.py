"""Dates in the runs of text near a headline, with or without a label, whole or spread over elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newscrawl.text.traditional import simplified

LONGEST_LINE = 80
"""Characters of a run that may be a date line; a longer one is a paragraph."""
_LONGEST_LABEL = 20
_SPREAD = 8
"""Runs of text over which a date may be spread."""
_LONGEST_DATE = 60
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_SPLIT = re.compile(r"((?:19|20)\d\d) (\d{1,2}) ?[/-] ?(\d{1,2}) +(\d{1,2}) ?: ?(\d{2})")
_DAY_FIRST = re.compile(
    r"(?<![\d./])(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20)\d\d)(?!\d)(?:(?:,| -| \||\.| um| kl\.?| at| a las| ore| alle|"
    r" à){0,2} {0,2}(\d{1,2}[:.]\d{2}))?"
)
_DATES = (
    re.compile(r"(?<!\d)(?:19|20)\d{2} ?[-年/.] ?\d{1,2} ?[-月/.] ?\d{1,2}"),
    _SPLIT,
    _DAY_FIRST,
    re.compile(rf"\b{_MONTHS}\.? \d{{1,2}},? (?:19|20)\d\d|(?<!\d)\d{{1,2}} {_MONTHS}\.?,? (?:19|20)\d\d"),
)
_YEARLESS = re.compile(r"(?<![\d./:-])\d{1,2}[-月/]\d{1,2}日? {1,3}\d{1,2}:\d{2}")
_GREENWICH = re.compile(r"[,，]? ?格林(?:尼治|威治)(?:标准)?时间 ?(\d{1,2}:\d{2})")
_CLOCKED = re.compile(r"\d ?[:：] ?\d\d|\d[时時点點]|\d ?[ap]\.?m", re.IGNORECASE)
_UPDATED = re.compile(
    r"更新|修改|最后|编辑于|修正|updat|modif|edited|revised|aktualis|stand:|mis à jour|actualiz|aggiorn|atualiz|güncel"
    r"|обновл|zmieni|aktualiz|oppdater|opdater|uppdater|bijgewerkt|수정|업데이트"
)


def dates_in(runs: Sequence[str], *, yearless: bool = False) -> Iterator[tuple[str, bool]]:
    """The dates in the short ones among runs of text, as text to read a date from, and whether each is labelled as that
    of an update. A date may be spread over the runs that follow ('2024', '05', '/', '09', '22:27').

    ``yearless``: '09-30 22:46' is one too.
    """
    short = [run for run in runs if len(run) <= LONGEST_LINE]
    for place, run in enumerate(short):
        if not any(sign.isdigit() for sign in run):
            continue
        window = " ".join(short[place : place + _SPREAD])[: 2 * LONGEST_LINE]
        found = _any_date(window, yearless)
        if found is None or found.start() >= len(run):
            continue
        text = window[found.start() : found.start() + _LONGEST_DATE]
        if _CLOCKED.search(text) is None and found.start() > _LONGEST_LABEL:
            continue
        label = " ".join([*short[max(0, place - 1) : place], window[: found.start()]])[-_LONGEST_LABEL:]
        yield _one_line(text), _UPDATED.search(simplified(label.lower())) is not None


def _any_date(window: str, yearless: bool) -> re.Match[str] | None:
    found = [match for pattern in _DATES if (match := pattern.search(window))]
    if not found and yearless:
        found = [match for pattern in (_YEARLESS,) if (match := pattern.search(window))]
    return min(found, key=lambda match: match.start(), default=None)


def _one_line(text: str) -> str:
    """A date as the readers of dates know it: 2024 05 / 09 22 : 27 -> 2024-05-09 22:27, 9.5.2024 -> 2024-5-9."""
    text = _SPLIT.sub(r"\1-\2-\3 \4:\5", text, count=1)
    text = _DAY_FIRST.sub(r"\3-\2-\1 \4", text, count=1)
    return _GREENWICH.sub(r" \1 GMT", text, count=1)
