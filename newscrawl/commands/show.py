"""``scrapy show KEY_OR_URL``: one article as it would be reprinted, and who answered each field; or its revisions."""

from __future__ import annotations

import argparse
import json
from typing import Any, ClassVar

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.clock import unstamp
from newscrawl.commands.difference import as_json, print_differences
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date, policy_of
from newscrawl.commands.reprint import print_article
from newscrawl.errors import BadOption, NewscrawlError
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import Json
from newscrawl.options import Site as OwnSite
from newscrawl.publish.addresses import id_of
from newscrawl.publish.records import related
from newscrawl.sources import Registry
from newscrawl.sources.site import Site
from newscrawl.store.reader import Reader
from newscrawl.store.revisions import Past, differences, evidence, key_of_id, key_since, past, revisions
from newscrawl.terms import Policy, terms
from newscrawl.text.plain import plain

NOT_THERE = "is not in the store; `scrapy search` finds by words"
GONE = {
    "gone": " (it answers 404 or 410)",
    "not_found_page": " (its page says that it is not there)",
    "moved_home": " (it leads to a channel or the home page)",
}
"""By the reason that the link has."""


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] KEY_OR_URL"

    def short_desc(self) -> str:
        return "Show one article as it would be reprinted"

    def long_desc(self) -> str:
        return (
            "Show one article as it would be reprinted, and who answered each field. It is named by its key, by its "
            "address at the publisher, by that on the site (BASE/a/ID/) or by its id."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument(
            "--revisions", action="store_true", help="every revision, with what changed in it word by word"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one article by its key or address")
        try:
            options = options_of(self.settings)
            registry = registry_of(self.settings)
            bring_up_to_date(options, registry)
            policy = policy_of(options, registry)
            with Reader(options.db) as reader:
                name = named(reader, options.site, args[0])
                told = (past_of if opts.revisions else shown)(reader, registry, policy, name)
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        if opts.json:
            row = _as_json(told) if opts.revisions else told | {"related": related(told["related"])}
            print(json.dumps(row, ensure_ascii=False, indent=1))
        elif opts.revisions:
            print_past(Console(highlight=False), told)
        else:
            print_article(Console(highlight=False), told, options.site)


def named(reader: Reader, site: OwnSite, name: str) -> str:
    """The key, where ``name`` is an article's id or its address on the own site; else ``name`` as it is."""
    own = id_of(name, site)
    return (key_of_id(reader, own) if own is not None else None) or name


def key_of(reader: Reader, registry: Registry, key_or_url: str) -> str:
    """The article's key, whatever the spelling of its address, and also where it had another one before its site had a
    source. What is no article's address stays as it is, and so does the stored address of one whose source is known no
    more."""
    address = Site(start=key_or_url, registry=registry).address(key_or_url)
    stored = past(reader, key_or_url)
    if address is not None and (stored is None or registry.for_url(key_or_url) is not None):
        return address.key
    if stored is None:
        return key_since(reader, key_or_url) or key_or_url
    source = registry.for_url(stored.url)
    own = source.address(stored.url) if source else None
    return own.key if own and own.key != stored.key and past(reader, own.key) else key_or_url


def shown(reader: Reader, registry: Registry, policy: Policy, key_or_url: str) -> Json:
    """The article under any spelling of its address, with related links, topics, who answered each field, and on what
    terms it is shown."""
    key = key_of(reader, registry, key_or_url)
    article = reader.article(key)
    if article is None:
        unseen = past(reader, key)
        why = why_not_shown(unseen, *_reasons(reader, policy, unseen)) if unseen else None
        purged = unseen is not None and unseen.state in ("withdrawn", "returning")
        raise BadOption(
            key_or_url, f"{why}{'' if purged else '; --revisions shows what it said'}" if why else NOT_THERE
        )
    return article | {
        "related": reader.related(article["id"]),
        "topics": reader.topics(article["id"]),
        "answered_by": reader.answered_by(article["id"]),
        "terms": _terms(reader, policy, article["id"], article["source"]),
    }


def _terms(reader: Reader, policy: Policy, article_id: int, source: str) -> Json:
    credit, robots = evidence(reader, article_id)
    on = terms(policy, source=source, credit=credit, robots=robots)
    reasons = [{"mode": reason.mode, "why": reason.why} for reason in on.reasons]
    return {"mode": on.mode, "noindex": on.noindex, "reasons": reasons}


def _reasons(reader: Reader, policy: Policy, article: Past) -> list[str]:
    return [reason["why"] for reason in _terms(reader, policy, article.id, article.source)["reasons"]]


def past_of(reader: Reader, registry: Registry, policy: Policy, key_or_url: str) -> Json:
    """Every revision of an article, also of one that may not be shown."""
    article = past(reader, key_of(reader, registry, key_or_url))
    if article is None:
        raise BadOption(key_or_url, NOT_THERE)
    rows = revisions(reader, article.id)
    told = []
    for before, row in zip([None, *rows], rows, strict=False):
        changes = differences(before, row) if before else {}
        head = {"revision": row["number"], "at": row["stored_at"], "origin": row["origin"], "fields": list(changes)}
        told.append(head | {"headline": row["headline"], "changed": changes})
    why = why_not_shown(article, *_reasons(reader, policy, article))
    return {"key": article.key, "url": article.url, "not_shown": why, "revisions": told}


def _as_json(told: Json) -> Json:
    changed = [revision | {"changed": as_json(revision["changed"])} for revision in told["revisions"]]
    return told | {"revisions": changed}


def why_not_shown(article: Past, *reasons: str) -> str | None:
    """In words; None where it is shown. ``reasons``: of its terms, the deciding one first."""
    if article.state == "withdrawn":
        return f"was taken down on {unstamp(article.updated_at):%Y-%m-%d %H:%M} UTC: {article.state_reason}"
    if article.state == "returning":
        return "was taken down and is taken back; it is shown when it has been read anew"
    if article.state == "hidden":
        since = f" since {unstamp(article.gone_at):%Y-%m-%d %H:%M} UTC" if article.gone_at else ""
        how = GONE.get(article.reason or "", "")
        return f"is hidden: gone at the publisher's{since}{how}"
    if article.reprint == "hold":
        return "is held back: " + ("; ".join(reasons) or "NEWSCRAWL_REPRINT")
    if article.embargo_until:
        return f"is under embargo until {unstamp(article.embargo_until):%Y-%m-%d %H:%M} UTC"
    return None


def print_past(console: Console, told: Json) -> None:
    """``told`` as :func:`past_of` gives it."""
    console.print(Text(plain(f"{told['key']}  {told['url']}")), soft_wrap=True)
    if told["not_shown"]:
        console.print(Text(told["not_shown"], "yellow"), soft_wrap=True)
    for revision in told["revisions"]:
        at = f"{unstamp(revision['at']):%Y-%m-%d %H:%M} UTC"
        fields = ", ".join(revision["fields"]) or "first stored"
        head = f"{revision['revision']}  {at}  {revision['origin']}: {fields}"
        console.print()
        console.print(Text(head, "bold"), soft_wrap=True)
        if revision["revision"] == 1:
            console.print(Text(plain(f"  {revision['headline']}")), soft_wrap=True)
        print_differences(console, revision["changed"])
