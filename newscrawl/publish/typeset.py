"""The templates of the pages: where they are found, what they may use beside what a page gives them, and what is said
of one that is wrong. docs/site.md lists what they get."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from newscrawl.errors import BadFile
from newscrawl.items import Json
from newscrawl.options import Site
from newscrawl.publish import when
from newscrawl.publish.addresses import path_of, uri
from newscrawl.publish.entries import ended, title
from newscrawl.publish.lists import Listing
from newscrawl.publish.overriding import OURS
from newscrawl.publish.words import is_chinese, words
from newscrawl.store.reader import Change
from newscrawl.text.plain import plain

HERE = Path(__file__).parent
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: http:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""The Content-Security-Policy of every page."""
_OPENING = {True: 120, False: 240}
"""Characters of an opening in a list: of one in Chinese, of another."""
_HAN = re.compile("[\u3400-\u9fff]")
_BLANKS = re.compile(r"(\s+)")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def environment(site: Site, style: bytes, templates: Path | None) -> jinja2.Environment:
    """Templates of the folder ``templates`` go before those of the package, which an overriding one may extend as
    ``newscrawl/NAME``. Everything printed is escaped; what is not there is an error."""
    ours = jinja2.FileSystemLoader(HERE / "templates")
    loaders: list[jinja2.BaseLoader] = [ours, jinja2.PrefixLoader({OURS.rstrip("/"): ours})]
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*([jinja2.FileSystemLoader(templates)] if templates else []), *loaders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finally,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.globals |= _globals(site, style)
    made.filters |= _filters(site)
    return made


def _globals(site: Site, style: bytes) -> Mapping[str, Any]:
    return {
        "site": site,
        "words": words(site.language),
        "language": language_of(site),
        "csp": CSP,
        "style": hashlib.sha256(style).hexdigest()[:8],
        "contact": _contact(site.contact),
        "page_of": path_of,
        "source_of": lambda row: Listing(kind="source", name=row["source"], title=row["source_name"]),
    }


def _filters(site: Site) -> Mapping[str, Any]:
    told, language = words(site.language), language_of(site)
    return {
        "path": lambda path: quote(path, safe="/"),
        "link": link,
        "title": title,
        "listing": _listing,
        "first_list": first_list,
        "shown": when.shown,
        "in_words": partial(when.in_words, words=told),
        "day_of_month": partial(when.day_of_month, words=told),
        "opening": _opening,
        "ended": ended,
        "pieces": _pieces,
        "count": lambda number: told["article" if number == 1 else "articles"].format(n=number),
        "lang": lambda other: _lang(other) if other and other != language else "",
        "own_lang": lambda other: _lang(language, within=other) if other and other != language else "",
    }


def compiled(made: jinja2.Environment) -> Iterator[tuple[str, bytes]]:
    """Name and text of every template, each seen to compile. Raises :class:`~newscrawl.errors.BadFile`."""
    assert made.loader is not None
    for name in sorted(made.list_templates(extensions=["html"])):
        if name.startswith("static/"):
            continue
        try:
            text, _, _ = made.loader.get_source(made, name)
            if not name.startswith(OURS):  # those are compiled where one is built upon
                made.get_template(name)
        except jinja2.TemplateError as error:
            raise bad_template(error, name) from error
        except UnicodeDecodeError as error:
            raise BadFile(name, "the template is not UTF-8") from error
        yield name, text.encode()


def bad_template(error: jinja2.TemplateError, name: str) -> BadFile:
    """Names the template's file and line, where they are known."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return BadFile(error.filename or error.name or name, f"line {error.lineno}: {error.message}")
    said = str(error.message)
    if isinstance(error, jinja2.TemplateNotFound):
        said = f"it asks for the template {error.name}, which is not there"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if not frames:
        return BadFile(name, said)
    return BadFile(frames[-1].filename, f"line {frames[-1].lineno}: {said}")


def language_of(site: Site) -> str:
    """The language of a page's own words."""
    return site.language if is_chinese(site.language) or site.language.lower().startswith("en") else "en"


def link(address: str | None) -> str | None:
    """An http(s) address as ``href`` may hold it; None of any other."""
    return uri(address) if address and address.lower().startswith(("http://", "https://")) else None


def first_list(change: Change) -> Listing | None:
    """Of the breadcrumb's topic, which comes first."""
    return _listing(change.topics[0]) if change.topics else None


def _finally(value: Any) -> Any:
    """What is printed: text without control characters. What has been escaped stays so."""
    if not isinstance(value, str):
        return value
    return Markup(plain(value)) if isinstance(value, Markup) else plain(value)  # noqa: S704  it was Markup before


def _contact(contact: str) -> str | None:
    """Where ``contact`` leads: an address of the web or of mail."""
    if "@" in contact and not contact.lower().startswith(("http:", "https:")):
        return f"mailto:{quote(contact.removeprefix('mailto:'), safe='@+')}"
    return link(contact)


def _listing(topic: Json) -> Listing:
    """The list of a row of ``published_topics`` or ``hot_topics``."""
    kind = "section" if topic["kind"] == "section" else "topic"
    return Listing(kind=kind, name=topic["topic"], title=topic["topic"])


def _opening(text: str | None, language: str | None) -> str:
    """The beginning of a summary, on one line."""
    told, most = " ".join((text or "").split()), _OPENING[is_chinese(language)]
    return ended(told if len(told) <= most else f"{told[:most].rstrip()}…")


def _pieces(headline: str) -> str:
    """A headline in Chinese whose writer left blanks, each piece between them in a ``span``, that a line may rather end
    there; any other as it is."""
    if not _HAN.search(headline) or not _BLANKS.search(headline):
        return headline
    return Markup("").join(
        part if _BLANKS.fullmatch(part) else Markup("<span>{}</span>").format(plain(part))
        for part in _BLANKS.split(headline)
        if part
    )


def _lang(language: str, *, within: str | None = None) -> Markup:
    """Attributes of what is in ``language``; ``within``: that of what stands round it."""
    direction = _direction(language)
    told = Markup(' dir="{}"').format(direction) if direction != _direction(within) else Markup()
    return Markup(' lang="{}"{}').format(plain(language), told)


def _direction(language: str | None) -> str:
    return "rtl" if (language or "").split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
