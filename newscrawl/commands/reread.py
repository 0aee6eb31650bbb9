"""``scrapy reread``: archived pages are read again with today's code, and the difference is told, or stored."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, ClassVar

from attrs import Factory, define
from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.difference import as_json, print_differences
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date, policy_of
from newscrawl.errors import BadFile, BadOption, NewscrawlError, NotAnArticle
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import Json
from newscrawl.options import Options
from newscrawl.pipelines.rights import check_wordings
from newscrawl.pipelines.store import publishers
from newscrawl.rereading import Rereader
from newscrawl.sources import Registry
from newscrawl.store.archived import Archived, archived
from newscrawl.store.decide import READ, doubtful
from newscrawl.store.reader import Reader
from newscrawl.store.revisions import decoded, differences
from newscrawl.store.rows import revision
from newscrawl.store.snapshot import refresh
from newscrawl.store.writer import Writer
from newscrawl.text.plain import plain

SHOWN = 20
"""Articles whose differences are told where --limit does not say."""
WEAKER = "by a weaker hand than before, or by nobody"
IN_MEMORY = 4_000_000
"""Characters of differences; more go to a temporary file, so that a big store takes no more memory than a small one."""


class Command(ScrapyCommand):
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Read archived pages again with today's code and tell what differs"

    def long_desc(self) -> str:
        return (
            "Read archived pages again with today's code and tell what differs: a summary, then article by article, "
            "field by field. Nothing is fetched. --apply stores the new readings as revisions of origin `reread`; an "
            "article that today's code would turn away is told, and stays. Of an article that was fetched again since, "
            "the newer page is taken where it tells the story otherwise. What a weaker hand answers than before, or "
            "nobody, is held back, as it is in a crawl: a changed layout does that to an article that has not changed. "
            "Where a selector was wrong and is gone, --weaker takes it all the same. What was stored by a replay is "
            "read from the replayed file, as long as that is there."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--source", metavar="SOURCE", help="only articles of this source, or host")
        parser.add_argument("--since", metavar="DATE", help="only what was published or first seen since then (UTC)")
        parser.add_argument("--apply", action="store_true", help="store what differs")
        parser.add_argument(
            "--weaker", action="store_true", help="count, and apply, what a weaker hand answers than before, too"
        )
        parser.add_argument(
            "--limit",
            metavar="N",
            default=str(SHOWN),
            help=f"tell the differences of at most N articles (default {SHOWN}); the summary counts all",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line, the summary first")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.answer(args, opts)

    def answer(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError("takes no words: --source and --since say what is read again")
        try:
            options = options_of(self.settings)
            registry = registry_of(self.settings)
            source = source_of(opts.source, registry) if opts.source else None
            since, limit = since_of(opts.since), limit_of(opts.limit)
            if opts.apply:
                check_wordings(options)
            bring_up_to_date(options, registry, purging=True)
            with _spool() as told:
                with Reader(options.db) as reader:
                    found = archived(reader, source, since)
                    rereader = Rereader(registry=registry, options=options, weaker=opts.weaker)
                    summary = reread(found, rereader, options if opts.apply else None, told, limit)
                told.seek(0)
                _print(summary, told, as_lines=opts.json)
            if opts.apply and options.snapshot:
                refresh(options.db, options.snapshot, option="NEWSCRAWL_SNAPSHOT")
        except NewscrawlError as problem:
            self.exitcode = complain(problem)


def source_of(name: str, registry: Registry) -> str:
    """A known source's slug, or the host of any other site, of which nobody knows whether anything is stored."""
    return name if "." in name else registry.get(name).slug


@define(kw_only=True)
class Summary:
    """What came of reading articles again."""

    articles: int = 0
    unchanged: int = 0
    changed: int = 0
    held_back_articles: int = 0
    """Of which something is held back: not counted as unchanged; what else of them differs counts as changed."""
    fields: Counter[str] = Factory(Counter)
    """Of those changed, by field."""
    weaker: Counter[str] = Factory(Counter)
    """Of those changed, the fields that a weaker hand answers than before, or nobody; taken where that is asked for."""
    held_back: Counter[str] = Factory(Counter)
    """Else not taken: likewise, by field."""
    rejected: Counter[str] = Factory(Counter)
    """What would be turned away today, by the value of errors.Reason."""
    without_archive: int = 0
    stored: int | None = None
    """Revisions made; None where they were not to be."""
    told: int = 0
    """Articles whose difference is told."""
    to_tell: int = 0
    """All of which there is something to tell."""


def since_of(text: str | None) -> datetime | None:
    """Raises :class:`~newscrawl.errors.BadOption` for what is no day."""
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise BadOption("--since", f"{text!r} is no day; write for example 2025-11-19") from None


def limit_of(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise BadOption("--limit", f"{text!r} is no number; give how many articles are told, from 0")
    return int(text)


def reread(found: Iterator[Archived], rereader: Rereader, apply: Options | None, told: IO[str], limit: int) -> Summary:
    """Read all of ``found`` again, and store what differs where ``apply`` says into which store.

    The differences of the first ``limit`` articles that differ are written to ``told``, an object a line; where there
    are fewer, then those of which something is held back and nothing else differs.
    """
    summary = Summary()
    with ExitStack() as stack:
        writer = stack.enter_context(_writer(apply, rereader.registry)) if apply else None
        held_back = stack.enter_context(_spool())
        for stored in found:
            line = _read_again(stored, rereader, summary, writer)
            if line is None:
                continue
            summary.to_tell += 1
            if summary.told < limit:
                differs = line["changed"] or line["rejected"]
                summary.told += bool(differs)
                (told if differs else held_back).write(json.dumps(line, ensure_ascii=False) + "\n")
        held_back.seek(0)
        for words in islice(held_back, limit - summary.told):
            summary.told += 1
            told.write(words)
    if writer is not None:
        summary.stored = writer.tally.revised
    return summary


def _writer(options: Options, registry: Registry) -> Writer:
    policy = policy_of(options, registry)
    return Writer(options.db, sources=publishers(registry), policy=policy, clock=options.clock)


def _spool() -> IO[str]:
    return SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+", encoding="utf-8")


def _read_again(stored: Archived, rereader: Rereader, summary: Summary, writer: Writer | None) -> Json | None:
    """What differs or is held back; None where there is neither, or nothing could be read."""
    summary.articles += 1
    line: Json = {"key": stored.key, "url": stored.url, "rejected": None, "detail": None}
    line |= {"changed": {}, "held_back": []}
    try:
        article = rereader.read(stored)
    except BadFile:
        summary.without_archive += 1
        return None
    except NotAnArticle as problem:
        summary.rejected[problem.reason.value] += 1
        return line | {"rejected": problem.reason.value, "detail": problem.detail}
    columns = revision(article)
    changed = differences(decoded(stored.columns), decoded(columns), READ)
    weaker = changed.keys() & doubtful(stored.columns, columns)
    held_back = [] if rereader.weaker else [field for field in changed if field in weaker]
    changed = {field: values for field, values in changed.items() if field not in held_back}
    summary.held_back.update(held_back)
    summary.held_back_articles += bool(held_back)
    if changed:
        summary.changed += 1
        summary.fields.update(changed.keys())
        summary.weaker.update(changed.keys() & weaker)
        if writer is not None:
            writer.add(article, reread=True, over=stored.number, weaker=rereader.weaker)
    elif not held_back:
        summary.unchanged += 1
    return line | {"changed": changed, "held_back": held_back} if changed or held_back else None


def _print(summary: Summary, told: IO[str], *, as_lines: bool) -> None:
    lines: Iterator[Json] = map(json.loads, told)
    if as_lines:
        print(json.dumps({"summary": _counts(summary)}, ensure_ascii=False))
        for line in lines:
            print(json.dumps(line | {"changed": as_json(line["changed"])}, ensure_ascii=False))
        return
    console = Console(highlight=False)
    for words in _words(summary):
        console.print(Text(words), soft_wrap=True)
    for line in lines:
        console.print()
        console.print(Text(plain(f"{line['key']}  {line['url']}"), "bold"), soft_wrap=True)
        if line["rejected"]:
            reason = f"{line['rejected']}: {line['detail']}" if line["detail"] else line["rejected"]
            console.print(Text(plain(f"  no article today ({reason})")), soft_wrap=True)
        print_differences(console, line["changed"])
        if line["held_back"]:
            console.print(f"  held back: {WEAKER}: {', '.join(line['held_back'])}", soft_wrap=True)
    if more := summary.to_tell - summary.told:
        console.print(f"\n… and {more} more; --limit N tells N of them")


def _counts(summary: Summary) -> Json:
    return {
        "articles": summary.articles,
        "unchanged": summary.unchanged,
        "changed": summary.changed,
        "fields": dict(summary.fields.most_common()),
        "weaker": dict(summary.weaker.most_common()),
        "held_back_articles": summary.held_back_articles,
        "held_back": dict(summary.held_back.most_common()),
        "rejected": dict(summary.rejected.most_common()),
        "without_archive": summary.without_archive,
        "stored": summary.stored,
    }


def _words(summary: Summary) -> Iterator[str]:
    yield f"read again: {summary.articles}"
    yield f"  unchanged        {summary.unchanged}"
    yield f"  changed          {summary.changed}{_listed(summary.fields)}"
    if summary.weaker:
        yield f"    {WEAKER}:{_listed(summary.weaker, ' ')}"
    if summary.held_back_articles:
        held_back = f"{summary.held_back_articles}{_listed(summary.held_back)}"
        yield f"  held back        {held_back}: {WEAKER}; --weaker takes it"
    yield f"  no article today {summary.rejected.total()}{_listed(summary.rejected)}"
    yield f"  without archive  {summary.without_archive}"
    if summary.stored is None:
        yield _without_storing(summary)
        return
    meanwhile = summary.changed - summary.stored
    late = f"; {meanwhile} were revised by a crawl meanwhile, and left" if meanwhile else ""
    yield f"stored as revisions of origin 'reread': {summary.stored}{late}"


def _without_storing(summary: Summary) -> str:
    if summary.changed:
        return "nothing was stored; --apply stores what differs"
    if summary.held_back_articles or summary.rejected:
        return "nothing was stored"
    return "nothing differs" if summary.unchanged else "nothing could be read again"


def _listed(counts: Mapping[str, int], space: str = "  ") -> str:
    """Most first."""
    words = ", ".join(f"{word} {number}" for word, number in sorted(counts.items(), key=lambda pair: -pair[1]))
    return f"{space}({words})" if words else ""
