"""What an article is in columns. Pure: an Article in, values out; :mod:`newscrawl.store.batch` writes them."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from newscrawl.clock import stamp, unstamp
from newscrawl.items import Article, Capture, Image, Printed, Related
from newscrawl.store.views import COLUMNS
from newscrawl.text.han import spaced

Row = dict[str, Any]
"""Column -> value, as SQLite takes it."""

SUMMARY_LENGTH = 100
SHORT = 80
"""Characters. Shorter texts may be alike by chance (天气预报, a results line): the headline must match too."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL ends a text for many a C program; a lone surrogate is no Unicode text and SQLite cannot take it."""
_SPACE = re.compile(r"\s+")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: object) -> str:
    """``value`` as a JSON column takes it: UTF-8 as it is, without lone surrogates."""
    return _UNSTORABLE.sub("", _encode(value))


def text(value: str | None) -> str | None:
    """``value`` as a text column takes it: '' is NULL; NUL and lone surrogates are left out."""
    return _UNSTORABLE.sub("", value) or None if value else None


def opening(article: Article) -> str | None:
    """The first 100 characters after the dateline, on one line. None where nothing stands there."""
    story = article.body_text
    line = article.dateline
    if line is not None:
        head = story.find(line.raw)
        if head > line.end:  # the offset is of a later paragraph, not of this text
            story = story[head + len(line.raw) :]
        elif head >= 0:
            story = story[max(line.end, head + len(line.raw)) :]
    joiner = "" if article.language.startswith(("zh", "ja")) else " "
    folded = joiner.join(_SPACE.sub(" ", paragraph.strip()) for paragraph in story[: 20 * SUMMARY_LENGTH].split("\n"))
    return folded.strip()[:SUMMARY_LENGTH].rstrip() or None


def fingerprint(article: Article) -> str:
    """24 hex digits of the text, the same for the same text whatever its width, case, spaces and line breaks.

    Of the body; of headline and body where the body is under 80 characters. Markup, pictures and dates are no part.
    """
    body = folded(article.body_text)
    whole = body if len(body) >= SHORT else folded(article.headline or "") + "\n" + body
    return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=12).hexdigest()


def folded(words: str) -> str:
    """Without spaces, in compatibility form (NFKC) and case-folded: what is left of a text when looks do not count."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", words)).casefold()


def revision(article: Article) -> Row:
    """The columns of a revision that the article fills."""
    line = article.dateline
    place = line.place if line else None
    day = article.dateline_date()
    published = article.published
    return {
        "language": article.language,
        "headline": text(article.headline),
        "subheadline": text(article.subheadline),
        "section": text(article.section),
        "breadcrumbs": to_json([{"name": crumb.name, "url": crumb.url} for crumb in article.breadcrumbs]),
        "dateline": text(line.raw) if line else None,
        "agency": text(line.agency) if line else None,
        "place": text("/".join(place) if isinstance(place, tuple) else place),
        "dateline_date": day.isoformat() if day else None,
        "authors": to_json(article.authors),
        "correspondents": to_json(article.correspondents),
        "account": text(article.account),
        "editors": to_json(article.editors),
        "credit": text(article.credit),
        "credit_url": text(article.credit_url),
        "published_at": moment(published),
        "published_local": published.local if published else None,
        "published_raw": text(published.raw) if published else None,
        "modified_at": moment(article.modified),
        "summary": text(article.summary) or text(opening(article)),
        "body_html": text(article.body_html),
        "body_text": text(article.body_text),
        "images": to_json([_image(image) for image in article.images]),
        "keywords": to_json(article.keywords),
        "correction": text(article.correction),
        "robots": to_json(article.robots),
        "embargo_at": stamp(article.embargo) if article.embargo else None,
        "disclaimer": text(article.disclaimer),
        "disclaimer_version": text(article.disclaimer_version),
        "answered_by": to_json(dict(article.answered_by)),
    }


def shown(columns: Mapping[str, Any], url: str | None, reprint: str, noindex: int) -> Row:
    """What ``published`` shows of a revision on the terms ``reprint`` and ``noindex``, in the view's order.

    Columns that are neither the revision's nor the operator's doing (id, source_name, story_id, the times of storing)
    are left out.
    """
    withheld = _WITHHELD.get(reprint, {})
    whole = {**columns, "url": url, "reprint": reprint, "noindex": noindex, **withheld}
    return {name: whole[name] for name in _TOLD}


def differing(before: Row, after: Row) -> tuple[str, ...]:
    """The columns of ``published`` that two outcomes of :func:`shown` differ in, in the view's order."""
    return tuple(name for name, value in before.items() if value != after[name])


_TOLD = tuple(
    name
    for name in COLUMNS["published"]
    if name not in ("id", "key", "source", "source_name", "story_id", "revision", "first_seen_at", "updated_at")
)
_NO_BODY: Row = {"body_html": None, "body_text": None, "images": "[]"}
_WITHHELD: Mapping[str, Row] = {"excerpt": _NO_BODY, "link": {**_NO_BODY, "summary": None}}
"""By reprint mode: the columns that the view ``published`` withholds, and what stands there instead."""


def related(article: Article) -> list[Row]:
    """The related articles that the page lists, in its order."""
    return [_related(link, position) for position, link in enumerate(article.related, 1)]


def capture(record: Capture, position: int) -> Row:
    return {
        "position": position,
        "url": record.url,
        "file": record.file,
        "offset": record.offset,
        "length": record.length,
        "fetched_at": stamp(record.fetched_at),
    }


def capture_of(row: Mapping[str, Any]) -> Capture:
    """A record, of a row's columns ``url, file, offset, length, fetched_at``; others are passed over."""
    named = {name: row[name] for name in ("url", "file", "offset", "length")}
    return Capture(**named, fetched_at=unstamp(row["fetched_at"]))


def indexed(columns: Mapping[str, Any], reprint: str) -> tuple[str, str] | None:
    """What the full-text index holds of a revision: (headline, body), spaced; None where nothing may be found.

    Only what the reprint mode lets readers see. The index is taken back with the same words.
    """
    shown = {"full": "body_text", "excerpt": "summary", "link": None}
    if reprint not in shown:
        return None
    body = columns[column] if (column := shown[reprint]) else None
    return spaced(columns["headline"] or ""), spaced(body or "")


def moment(printed: Printed | None) -> str | None:
    return stamp(printed.at) if printed else None


def _image(image: Image) -> Row:
    return {"url": image.url, "caption": image.caption, "credit": image.credit, "alt": image.alt}


def _related(link: Related, position: int) -> Row:
    return {
        "kind": "page",
        "position": position,
        "headline": text(link.headline) or text(link.url),
        "url": text(link.url),
        "key": text(link.key),
        "published_at": moment(link.published),
        "summary": text(link.summary),
    }


MISSING: Mapping[str, Callable[[Article], object]] = {
    "subheadline": lambda a: a.subheadline,
    "section": lambda a: a.section,
    "breadcrumbs": lambda a: a.breadcrumbs,
    "dateline": lambda a: a.dateline,
    "authors": lambda a: a.authors,
    "editors": lambda a: a.editors,
    "credit": lambda a: a.credit,
    "published": lambda a: a.published,
    "modified": lambda a: a.modified,
    "summary": lambda a: a.summary,
    "images": lambda a: a.images,
    "keywords": lambda a: a.keywords,
    "related": lambda a: a.related,
}
"""Fields that an article may lack and still be one; how often each is missing shows when a layout changes."""


def missing(article: Article) -> Sequence[str]:
    """Names of the fields the page gave nothing for."""
    return [name for name, of in MISSING.items() if not of(article)]
