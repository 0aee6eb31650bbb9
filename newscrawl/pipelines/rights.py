"""Article -> Article: the disclaimer (免责声明) is attached, filled in and marked with its version.

The store freezes it with the revision, so a later wording does not rewrite what was printed before. How much of a text
is shown is for :mod:`newscrawl.terms`; whether it may be shown at all is the operator's to know (docs/rights.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import attrs
from scrapy.crawler import Crawler

from newscrawl.errors import BadOption
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import Article
from newscrawl.options import Options
from newscrawl.sources import Registry
from newscrawl.terms import CREDIT, EVERYBODY, SIGNAL, SIGNALS, hosts_of, spelt
from newscrawl.text.urls import site_of

WORDING: Mapping[str, tuple[str, str]] = {
    "zh": (
        "zh-1",
        "本站转载内容均注明来源。本文转载自{publisher}（来源：{credit}，{date}），原文见 {url}，转载旨在传递更多信息，"
        "不代表本站赞同其观点。本站不对本文的准确性、完整性和及时性作任何保证，也不对文中差错、由其引起的权利争议"
        "或任何直接、间接损失承担责任；如何使用本文内容，由使用者自行负责。权利人如需删除本文，请联系：{contact}。",
    ),
    "en": (
        "en-1",
        "The source of every reprinted text is marked. This text is reprinted from {publisher} (credit: {credit}, "
        "{date}; original: {url}) to spread information; this site does not thereby endorse it. No liability is taken "
        "for its accuracy, completeness or timeliness, nor for errors, rights disputes or any direct or indirect loss "
        "arising from it; responsibility for use lies with the user. To have it removed, write to {contact}.",
    ),
}
"""Per language: version and text. A change of the text takes a new version."""

PLACEHOLDERS = frozenset({"publisher", "credit", "url", "date", "contact"})
_BRACED = re.compile(r"\{([^{}\n]{0,40})(?:\}|$|\n)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-\w{2,8})*")

NO_CONTACT = {"zh": "本站编辑", "en": "the editors of this site"}


def disclaimer(article: Article, publisher: str, options: Options) -> tuple[str, str]:
    """The text filled in, and its version.

    The operator's own wording (NEWSCRAWL_DISCLAIMER: per source slug or host, else per language; a source may hold a
    mapping per language) goes before newscrawl's. Its version is 'own-' and eight digits of its digest.
    """
    language = "zh" if article.language.startswith("zh") else "en"
    own = _own_wording(options.disclaimer or {}, article.source, article.language, language)
    version, text = (f"own-{hashlib.sha256(own.encode()).hexdigest()[:8]}", own) if own else WORDING[language]
    read_on = f"{article.read_at:%Y-%m-%d}" if article.read_at else ""
    filled = {
        "publisher": publisher,
        "credit": article.credit or publisher,
        "url": article.url,
        "date": article.published.local[:10] if article.published else read_on,
        "contact": (options.site.contact or options.contact).removeprefix("mailto:") or NO_CONTACT[language],
    }
    for name, value in filled.items():
        text = text.replace("{" + name + "}", value)
    return version, text


def _own_wording(wordings: Mapping[str, Any], source: str, *languages: str) -> str | None:
    """The operator's text for a source or a host above it (one text, or texts by language), else for a language."""
    of_source: Any = next((wordings[name] for name in hosts_of(source) if name in wordings), {})
    if isinstance(of_source, str):
        return of_source
    for place in (of_source, wordings):
        for language in languages:
            if isinstance(text := place.get(language), str):
                return text
    return None


def check_wordings(options: Options) -> None:
    """:class:`BadOption` where NEWSCRAWL_DISCLAIMER holds what would never be printed, or printed as it stands."""
    for name, value in (options.disclaimer or {}).items():
        texts = value if isinstance(value, Mapping) else {"": value}
        for language, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                raise BadOption("NEWSCRAWL_DISCLAIMER", f"{name!r} should be a text, or texts by language")
            if language and not _LANGUAGE.fullmatch(language):
                raise BadOption(
                    "NEWSCRAWL_DISCLAIMER", f'{language!r} is no language; write {{"SOURCE": {{"zh": "…"}}}}'
                )
            if unknown := set(_BRACED.findall(text)) - PLACEHOLDERS:
                known = " ".join(f"{{{word}}}" for word in sorted(PLACEHOLDERS))
                raise BadOption("NEWSCRAWL_DISCLAIMER", f"does not know {{{unknown.pop()}}}; there are {known}")


def check_policy(policy: Mapping[str, str], registry: Registry) -> None:
    """:class:`BadOption` where NEWSCRAWL_REPRINT holds a rule that reaches nothing, or two for one outlet: a slip."""
    spellings: dict[str, str] = {}
    for key, mode in policy.items():
        if key.startswith(CREDIT):
            name = spelt(key.removeprefix(CREDIT))
            if not name:
                raise BadOption("NEWSCRAWL_REPRINT", f'{key!r} names no outlet; write "credit:求是网"')
            if policy[other := spellings.setdefault(name, key)] != mode:
                said = f"{other!r} is {policy[other]!r} and {key!r} is {mode!r}"
                raise BadOption("NEWSCRAWL_REPRINT", f"{said}, and they are one outlet; leave one of them out")
        elif key.startswith(SIGNAL):
            if key.removeprefix(SIGNAL) not in SIGNALS:
                raise BadOption("NEWSCRAWL_REPRINT", f"{key!r} is no signal that counts ({', '.join(SIGNALS)})")
        elif "." in key and ":" not in key:
            _check_host(key, registry)
        elif key != EVERYBODY and key not in registry:
            known = ", ".join(source.slug for source in registry)
            others = 'a host, "*", "credit:NAME" or "signal:NAME"'
            raise BadOption("NEWSCRAWL_REPRINT", f"{key!r} is no source ({known}), nor {others}")


def _check_host(key: str, registry: Registry) -> None:
    """As a site that no source knows is named in the store, else the rule would reach nothing."""
    host = site_of(f"https://{key}/")
    if host != key:
        raise BadOption("NEWSCRAWL_REPRINT", f"{key!r} is no name of a site" + (f"; write {host!r}" if host else ""))
    if known := registry.for_url(f"https://{key}/"):
        raise BadOption("NEWSCRAWL_REPRINT", f"{key!r} is a host of the source {known.slug!r}; write that")


class Rights:
    def __init__(self, crawler: Crawler) -> None:
        self._options = options_of(crawler.settings)
        registry = registry_of(crawler.settings)
        self._names = {source.slug: source.name for source in registry}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Rights:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        version, text = disclaimer(item, self._names.get(item.source, item.source), self._options)
        return attrs.evolve(item, disclaimer=text, disclaimer_version=version)
