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
_MOST_IN_RUN = 3
_PARAGRAPHS = 3
_PROSE = re.compile(r"[。！？；]|，[^，]*，")
_LATIN_PROSE = re.compile(r"[a-z]{3}[,;] [^,;]{1,60}[a-z]{3}\. ?$")
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT = re.compile(r"((?:19|20)\d\d) (\d{1,2}) ?[/-] ?(\d{1,2}) +(\d{1,2}) ?: ?(\d{2})")
_DAY_FIRST = re.compile(
    r"(?<![\d./])(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20)\d\d)(?!\d)(?:(?:,| -| \||\.| um| kl\.?| at| a las| ore| alle|"
    r" à){0,2} {0,2}(\d{1,2}[:.]\d{2}))?"
)
_NAMED = """
januar januari jan jänner janvier janv janeiro enero ene gennaio gen
februar februari feb febrero février févr febbraio fevereiro fev
märz mrz marzo mars março maart marts mar
april apr abril abr avril avr aprile
mai mayo maggio maio mei maj may mag
juni jun junio juin giugno giu junho
juli jul julio juillet juil luglio lug julho
august augusti augustus aug agosto ago août
september sept sep septiembre setiembre septembre settembre setembro set
oktober okt octubre oct octobre ottobre ott outubro out
november nov noviembre novembre novembro
dezember dez december desember dec diciembre dic décembre déc dicembre dezembro
"""
"""A month a line: German, Spanish, French, Italian, Portuguese, Dutch and the languages of Scandinavia."""
_MONTH_OF = {name: number for number, names in enumerate(_NAMED.split("\n")) for name in names.split()}
_IN_WORDS = re.compile(
    rf"(?<![\d.:/-])(?P<day>\d{{1,2}})(?:\.|º|°|er)?(?: de)? (?P<month>(?i:{'|'.join(_MONTH_OF)}))\.?,?(?: del?)?"
    r" (?P<year>(?:19|20)\d\d)(?!\d)(?:(?:,| -| –| \||\.| um| kl\.?| a las| às| ore| alle| om| à){0,2} {0,2}"
    r"(?P<hour>\d{1,2}) ?[:.hH] ?(?P<minute>\d{2})(?!\d))?"
)
_IN_ENGLISH = re.compile(rf"\d{{1,2}} {_MONTHS}\.?,? (?:19|20)\d\d")
# Both are asked of many a text that holds none: to look at a sign before the alternatives is five times as fast.
_DATE = re.compile(
    r"(?=[\dADFJMNOS])(?:(?<!\d)(?:19|20)\d{2} ?[-年/.] ?\d{1,2} ?[-月/.] ?\d{1,2}"
    rf"|{_SPLIT.pattern}|{_DAY_FIRST.pattern}"
    r"|(?<![\d./-])\d{1,2}(?P<sign>[/-])\d{1,2}(?P=sign)(?:19|20)\d\d(?![\d/-])"
    r"|(?:(?<!\d)\d{1,2}:\d\d ?[AaPp]\.?[Mm]\.?,? (?:[A-Z]{2,4},? )?)?"
    rf"\b{_MONTHS}\.? \d{{1,2}},? (?:19|20)\d\d|(?<!\d)\d{{1,2}} {_MONTHS}\.?,? (?:19|20)\d\d|{_IN_WORDS.pattern})"
)
_YEARLESS = re.compile(
    r"(?=[\d今昨前])(?:(?<![\d./:-])\d{1,2}[-月/]\d{1,2}日? {1,3}\d{1,2}:\d{2}|[今昨前][天日] {0,2}\d{1,2}:\d{2}"
    r"|\d{1,3} ?(?:分钟|小时|天)前)"
)
_GREENWICH = re.compile(r"[,，]? ?格林(?:尼治|威治)(?:标准)?时间 ?(\d{1,2}:\d{2})")
_CLOCKED = re.compile(r"\d ?[:：] ?\d\d|\d[时時点點]|\d ?[ap]\.?m", re.IGNORECASE)
_UPDATED = re.compile(
    r"更新|修改|最后|编辑于|修正|updat|modif|edited|revised|aktualis|stand:|mis à jour|actualiz|aggiorn|atualiz|güncel"
    r"|обновл|zmieni|aktualiz|oppdater|opdater|uppdater|bijgewerkt|수정|업데이트"
)
_PUBLISHED = re.compile(r"发[布表稿]|刊[登发]|时间|日期|publi|posted|veröffentlicht|公開|掲載|입력|게시")
_UPDATE_ENDS = re.compile(r" {0,2}(?:\d{1,2}[:时時]\d{2}(?::\d{2}|分)?)? ?更新(?![于於时時日]| ?[:：])")
"""2025年1月31日 11時30分更新: what follows a date."""


def dates_in(runs: Sequence[str], *, yearless: bool = False) -> Iterator[tuple[str, bool]]:
    """The dates in the short ones among runs of text, as text to read a date from, and whether each is labelled as that
    of an update. A date may be spread over the runs that follow ('2024', '05', '/', '09', '22:27').

    Behind the first paragraphs only what is labelled as published counts: what follows a story is dated as well.
    ``yearless``: '09-30 22:46', '昨天 22:46' and '3小时前' are some too.
    """
    short, above = _short(runs)
    for place, run in enumerate(short):
        if _DIGIT.search(run) is None:
            continue
        window = " ".join(short[place : place + _SPREAD])[: 2 * LONGEST_LINE]
        before = short[place - 1] if place else ""
        for _ in range(_MOST_IN_RUN):
            found = _any_date(window, len(run), yearless=yearless)
            if found is None or found.start() >= len(run):
                break
            text = window[found.start() : found.start() + _LONGEST_DATE]
            if _CLOCKED.search(text) is not None or found.start() <= _LONGEST_LABEL:
                label = simplified(f"{before} {window[: found.start()]}"[-_LONGEST_LABEL:].lower())
                if place < above or _PUBLISHED.search(label):
                    updated = _UPDATED.search(label) or _UPDATE_ENDS.match(window, found.end())
                    yield _one_line(text), updated is not None
            before, run, window = "", run[found.end() :], window[found.end() :]


def lines(runs: Sequence[str]) -> Iterator[str]:
    """The runs that are no paragraphs, up to the third one that is."""
    paragraphs = 0
    for run in runs:
        if is_line(run):
            yield run
        elif (paragraphs := paragraphs + 1) == _PARAGRAPHS:
            return


def _short(runs: Sequence[str]) -> tuple[list[str], int]:
    """The runs that are no paragraphs, and how many of them stand before the third one that is."""
    short: list[str] = []
    paragraphs = above = 0
    for run in runs:
        if is_line(run):
            short.append(run)
            above += paragraphs < _PARAGRAPHS
        else:
            paragraphs += 1
    return short, above


def is_line(run: str) -> bool:
    """Whether a run of text is no paragraph nor a part of one."""
    if len(run) > LONGEST_LINE or ("." in run[-2:] and _LATIN_PROSE.search(run) is not None):
        return False
    return run.isascii() or _PROSE.search(run) is None


def _any_date(window: str, reach: int, *, yearless: bool) -> re.Match[str] | None:
    """The first date, with its year where the window holds one; one that begins behind ``reach`` is of no use."""
    yearless = yearless and (":" in window or "前" in window)
    end = len(window) if yearless else reach + _LONGEST_DATE
    found = _DATE.search(window, 0, end) if _YEAR.search(window, 0, end) else None
    return _YEARLESS.search(simplified(window)) if found is None and yearless else found


def _one_line(text: str) -> str:
    """A date as the readers of dates know it: 2024 05 / 09 22 : 27 -> 2024-05-09 22:27, 9.5.2024 and
    9 de mayo de 2024 -> 2024-5-9."""
    said = None if _IN_ENGLISH.match(text) else _IN_WORDS.match(text)
    if said is not None and (month := _MONTH_OF.get(said["month"].lower())):  # none for 'ſeptember', which it matches
        clock = f" {said['hour']}:{said['minute']}" if said["hour"] else ""
        return f"{said['year']}-{month}-{said['day']}{clock}{text[said.end() :]}"
    text = _SPLIT.sub(r"\1-\2-\3 \4:\5", text, count=1)
    if _DAY_FIRST.match(text) is not None:
        text = _DAY_FIRST.sub(r"\3-\2-\1 \4", text, count=1)
    return _GREENWICH.sub(r" \1 GMT", text, count=1)
