"""How a page as read is held against hand-made gold: one page at a time, then a folder, a site, a language.

- body: F1 on 4-token shingles (of a page in Chinese, Japanese or Korean on 4-character shingles of letters and digits),
  mean precision over pages with output, mean recall over all pages; a line of ``optional`` or ``byline_lines`` may
  stand or be missing. ``whole``: every paragraph of gold and nothing else, white space apart.
- headline exact after white-space folding; authors and editors by set-F1 over the pages that have any; day and minute
  of publication as printed; dateline exact; related: the part of gold's links that was found.
A field that gold does not give is None and counts nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from attrs import field, frozen

from newscrawl.items import Article
from newscrawl.text.tree import folded

_CJK = ("zh", "ja", "ko", "th")
_SIZE = 4
_OWN = 0.05
_WORD = re.compile(r"\w+")


@frozen(kw_only=True)
class Score:
    """One page. Fields of 0 to 1; None where gold does not say."""

    file: str
    site: str
    language: str
    precision: float | None
    """None where nothing was read."""
    recall: float
    fields: dict[str, float | None] = field(factory=dict)
    unseemly: int = 0
    """Editors of gold's that were given as authors, and authors where gold has none."""
    article: Article | None = field(default=None, repr=False)


def score(article: Article | None, gold: dict[str, Any]) -> Score:
    language = gold.get("lang") or "zh"
    got = article.body_text.split("\n") if article else []
    loose = [*gold.get("optional", ()), *gold.get("byline_lines", ())]
    precision, recall = body_of(got, gold.get("body") or [], loose, language)
    fields: dict[str, float | None] = {
        "whole": float(_bare(got, loose) == _bare(gold.get("body") or [], loose)),
        "headline": _exact(article and article.headline, gold.get("headline")),
        **_dates(article, gold.get("published")),
        "authors": _sets(article.authors if article else (), gold.get("authors"), rated="authors" in gold),
        "editors": _sets(article.editors if article else (), gold.get("editors"), rated="editors" in gold),
    }
    unseemly = 0
    if "authors" in gold and article:
        unseemly = len(set(article.authors) & set(gold.get("editors") or ()) - set(gold["authors"] or ()))
        unseemly += bool(article.authors and not gold["authors"])
    if "credit" in gold:
        fields["credit"] = float((article.credit if article else None) == gold["credit"])
    if "account" in gold:
        fields["account"] = float((article.account if article else None) == gold["account"])
    if "dateline" in gold:
        line = article.dateline if article else None
        raw = gold["dateline"]["raw"] if isinstance(gold["dateline"], dict) else gold["dateline"]
        fields["dateline"] = float((line.raw if line else None) == raw)
    if wanted := {_bare_title(row["title"]) for row in gold.get("related") or ()}:
        found = {_bare_title(row.headline) for row in article.related} if article else set()
        fields["related"] = len(wanted & found) / len(wanted)
    return Score(
        file=gold["file"],
        site=site_of(gold["file"]),
        language=language,
        precision=precision,
        recall=recall,
        fields=fields,
        unseemly=unseemly,
        article=article,
    )


def is_of_another_page(gold: dict[str, Any], shown: str) -> bool:
    """Whether next to nothing of gold's body stands anywhere on the page: the two were mixed up in their collection."""
    want, have = (set(shingles(text, gold.get("lang") or "zh")) for text in ("\n".join(gold["body"]), shown))
    return bool(want) and len(want & have) < _OWN * len(want)


def site_of(file: str) -> str:
    """The site in a page's file name: 'news.sina.com.cn-0772a928.html.gz', 'NTV-edfc6350.html.gz'."""
    return file.partition(".html")[0].rpartition("-")[0]


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def body_f1(scores: Sequence[Score]) -> float:
    p, r = mean(one.precision for one in scores) or 0.0, mean(one.recall for one in scores) or 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def field_means(scores: Sequence[Score]) -> dict[str, float]:
    """Field -> its mean over the pages where gold gives it."""
    names = dict.fromkeys(name for one in scores for name in one.fields)
    means = {name: mean(one.fields.get(name) for one in scores) for name in names}
    return {name: value for name, value in means.items() if value is not None}


# -- one field -----------------------------------------------------------------------------------------------------------
def body_of(got: Sequence[str], body: Sequence[str], loose: Sequence[str], language: str) -> tuple[float | None, float]:
    """(precision, recall) of the shingles; what is ``loose`` is neither missed nor too much."""
    have, want, free = (shingles("\n".join(lines), language) for lines in (got, body, loose))
    needed = want - free
    hit = sum((have & want).values())
    recall = sum((have & needed).values()) / sum(needed.values()) if needed else 1.0
    excused = sum(((have - want) & free).values())
    return ((hit + excused) / sum(have.values()) if have else None), recall


def shingles(text: str, language: str) -> Counter[tuple[str, ...]]:
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    tokens: Sequence[str]
    if language[:2] in _CJK:
        tokens = [sign for sign in text if sign.isalnum()]
    else:
        tokens = _WORD.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + _SIZE]) for at in range(max(1, len(tokens) - _SIZE + 1)))


def _bare(lines: Sequence[str], loose: Sequence[str]) -> str:
    """The paragraphs without white space and without loose lines, for comparing whole."""
    text = "".join("".join(lines).split())
    for line in sorted(loose, key=len, reverse=True):
        text = text.replace("".join(line.split()), "")
    return text


def _exact(found: str | None, wanted: str | None) -> float | None:
    return None if wanted is None else float(folded(found or "") == folded(wanted))


def _sets(found: Sequence[str], wanted: Sequence[str] | None, *, rated: bool) -> float | None:
    """Set-F1; None where gold has nobody."""
    if not rated or not wanted:
        return None
    have, want = {folded(name) for name in found}, {folded(name) for name in wanted}
    return 2 * len(have & want) / (len(have) + len(want))


def _dates(article: Article | None, wanted: str | None) -> dict[str, float | None]:
    """Day and minute: as printed; where gold names a zone, as moments."""
    if not wanted:
        return {"day": None, "minute": None}
    printed = article.published if article else None
    if printed is None:
        return {"day": 0.0, "minute": 0.0 if ":" in wanted else None}
    gold = datetime.fromisoformat(wanted)
    local = printed.local[:16]
    if gold.tzinfo is not None:
        moment = printed.at.astimezone(gold.tzinfo)
        exact = float(f"{moment:%Y-%m-%dT%H:%M}" == f"{gold:%Y-%m-%dT%H:%M}") if len(local) > 10 else 0.0
        same = f"{gold:%Y-%m-%d}" in (f"{moment:%Y-%m-%d}", local[:10])
        return {"day": float(same), "minute": exact}
    day = float(local[:10] == wanted[:10])
    return {"day": day, "minute": float(local == wanted[:16].replace(" ", "T")) if ":" in wanted else None}


def _bare_title(title: str) -> str:
    return "".join(title.split())
