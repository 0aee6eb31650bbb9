"""How a page as read is held against hand-made gold: one page at a time, then the means over many.

- body: F1 on 4-token shingles (of a page in Chinese, Japanese or Korean on 4-character shingles of letters and digits),
  mean precision over pages with output, mean recall over all pages; a line of ``optional`` or ``byline_lines`` may
  stand or be missing. ``whole``: every paragraph of gold and nothing else, white space apart.
- headline and credit exact after white-space folding; authors and editors by set-F1 over the pages that have any; the
  day of publication, and the minute where gold shows one, as printed; dateline exact, whitespace and all; account exact
  where the page has one; related, captions and images: the part of gold's that was found.
- ``no …``: over the pages where gold says there is none, whether none was given; ``no editor an author``: whether no
  editor of gold's was given as an author. ``dateline, undoubted``: without the pages whose doubt is about the dateline.

A field that gold does not give is None and counts nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urljoin

from attrs import field, frozen

from newscrawl.items import Article
from newscrawl.text.tree import folded

_CJK = ("zh", "ja", "ko", "th")
_SIZE = 4
_OWN = 0.05
_WORD = re.compile(r"\w+")
_SCHEME = re.compile(r"^\w+:")


@frozen(kw_only=True)
class Score:
    """One page. Fields of 0 to 1; None where gold does not say."""

    file: str
    site: str
    language: str
    precision: float | None = None
    """None where nothing was read."""
    recall: float | None = None
    fields: dict[str, float | None] = field(factory=dict)
    article: Article | None = field(default=None, repr=False)

    @property
    def body(self) -> float:
        """F1 of this page alone."""
        p, r = self.precision or 0.0, self.recall or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def wrong(self) -> list[str]:
        return [name for name, value in self.fields.items() if value is not None and value < 1]


def score(article: Article | None, gold: dict[str, Any], site: str = "") -> Score:
    """The article as read (None: rejected) against a row of gold."""
    language = gold.get("lang") or "zh"
    got = article.body_text.split("\n") if article else []
    precision: float | None = None
    recall: float | None = None
    fields: dict[str, float | None] = {}
    if gold.get("body"):
        loose = [*gold.get("optional", ()), *gold.get("byline_lines", ())]
        precision, recall = body_of(got, gold["body"], loose, language)
        fields["whole"] = float(_bare(got, loose) == _bare(gold["body"], loose))
    fields["headline"] = _exact(article.headline if article else None, gold.get("headline"))
    fields |= _dates(article, gold.get("published"))
    fields |= _people(article, gold) | _origin(article, gold) | _lists(article, gold)
    return Score(
        file=gold["file"],
        site=site or site_of(gold),
        language=language,
        precision=precision,
        recall=recall,
        fields=fields,
        article=article,
    )


def is_of_another_page(gold: dict[str, Any], shown: str) -> bool:
    """Whether next to nothing of gold's body stands anywhere on the page: the two were mixed up in their collection."""
    body = "\n".join(gold.get("body") or ())
    want, have = (set(shingles(text, gold.get("lang") or "zh")) for text in (body, shown))
    return bool(want) and len(want & have) < _OWN * len(want)


def site_of(gold: dict[str, Any]) -> str:
    """The site in a page's file name ('news.sina.com.cn-0772a928.html.gz'); where that names a collection, the host."""
    name: str = gold["file"].partition(".html")[0].rpartition("-")[0]
    host: str = (gold.get("url") or "").partition("://")[2].partition("/")[0].removeprefix("www.")
    return host if name == "aeb" and host else name


# -- over many pages ---------------------------------------------------------------------------------------------------
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


def figures(scores: Sequence[Score]) -> dict[str, float]:
    """What is printed and what the floor holds: body F1, then every field."""
    body = {"body": body_f1(scores)} if any(one.recall is not None for one in scores) else {}
    return {**body, **field_means(scores)}


# -- the body ----------------------------------------------------------------------------------------------------------
def body_of(got: Sequence[str], body: Sequence[str], loose: Sequence[str], language: str) -> tuple[float | None, float]:
    """(precision, recall) of the shingles; what is ``loose`` is neither missed nor too much."""
    lines = {folded(line) for line in loose}
    held, wanted = ([line for line in text if folded(line) not in lines] for text in (got, body))
    have, want, free = (shingles("\n".join(text), language) for text in (held, wanted, loose))
    needed = want - free
    hit = sum((have & want).values())
    recall = sum((have & needed).values()) / sum(needed.values()) if needed else 1.0
    excused = sum(((have - want) & free).values())
    return ((hit + excused) / sum(have.values()) if have else None), recall


def shingles(text: str, language: str) -> Counter[tuple[str, ...]]:
    """Runs of four words (letters and digits in a language without spaces); a shorter text is one."""
    tokens: Sequence[str]
    if language[:2] in _CJK:
        tokens = [sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum()]
    else:
        tokens = _WORD.findall(unicodedata.normalize("NFC", text))
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + _SIZE]) for at in range(max(1, len(tokens) - _SIZE + 1)))


def _bare(lines: Sequence[str], loose: Sequence[str]) -> str:
    """The paragraphs without white space and without loose lines, for comparing whole."""
    text = "".join("".join(lines).split())
    for line in sorted(loose, key=len, reverse=True):
        text = text.replace("".join(line.split()), "")
    return text


# -- the fields --------------------------------------------------------------------------------------------------------
def _exact(found: str | None, wanted: str | None) -> float | None:
    return None if wanted is None else float(folded(found or "") == folded(wanted))


def _sets(found: Sequence[str], wanted: Sequence[str]) -> float | None:
    """Set-F1; None where gold has nobody."""
    if not wanted:
        return None
    have, want = {folded(name) for name in found}, {folded(name) for name in wanted}
    return 2 * len(have & want) / (len(have) + len(want))


def _people(article: Article | None, gold: dict[str, Any]) -> dict[str, float | None]:
    authors, editors = gold.get("authors"), gold.get("editors")
    given = set(article.authors) if article else set()
    fields: dict[str, float | None] = {}
    if authors is not None:
        fields["authors"] = _sets(tuple(given), authors)
        fields["no authors"] = None if authors else float(not given)
    if editors is not None:
        fields["editors"] = _sets(article.editors if article else (), editors)
        mistaken = given & set(editors) - set(authors or ())
        fields["no editor an author"] = float(not mistaken) if editors else None
    return fields


def _origin(article: Article | None, gold: dict[str, Any]) -> dict[str, float | None]:
    """Credit, account and dateline; None in gold says that the page has none."""
    fields: dict[str, float | None] = {}
    if "credit" in gold:
        fields["credit"] = float(folded((article and article.credit) or "") == folded(gold["credit"] or ""))
    if "credit_url" in gold:
        fields["credit_url"] = float((article and article.credit_url) == gold["credit_url"])
    if "account" in gold:
        account = article.account if article else None
        fields["account"] = _exact(account, gold["account"])
        fields["no account"] = float(account is None) if gold["account"] is None else None
    if "dateline" in gold:
        line = article.dateline.raw if article and article.dateline else None
        wanted = gold["dateline"]["raw"] if isinstance(gold["dateline"], dict) else gold["dateline"]
        exact = float(line == wanted)
        fields["dateline"] = exact
        fields["dateline, undoubted"] = None if "dateline" in (gold.get("doubt") or "") else exact
        fields["no dateline"] = float(line is None) if wanted is None else None
    return fields


def _lists(article: Article | None, gold: dict[str, Any]) -> dict[str, float | None]:
    """The parts of gold's related links, captions and images that were found.

    Where a saved page has no address, a picture with a relative one has none either: it counts nowhere.
    """
    base = gold.get("url") or ""
    related = {_bare([row["title"]], ()) for row in gold.get("related") or ()}
    captions = {_bare([text], ()) for text in gold.get("captions") or ()}
    images = {place for url in gold.get("images") or () if (place := _place(base, url)).startswith("//")}
    return {
        "related": _found({_bare([row.headline], ()) for row in article.related} if article else set(), related),
        "captions": _found({_bare([one.caption or ""], ()) for one in article.images} if article else set(), captions),
        "images": _found({_place(base, one.url) for one in article.images} if article else set(), images),
    }


def _found(have: set[str], want: set[str]) -> float | None:
    return len(have & want) / len(want) if want else None


def _place(base: str, url: str) -> str:
    """An address without its scheme, however it is spelt."""
    return unquote(_SCHEME.sub("", urljoin(base, url.strip())))


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
