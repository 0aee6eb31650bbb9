"""``scrapy genspider -t news NAME URL``: a new source and its saved case, drafted from a saved article page."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Any, ClassVar
from urllib.parse import urlunsplit

from scrapy.commands import ScrapyCommand
from scrapy.commands.genspider import Command as StockCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

import newscrawl
from newscrawl.archive.page import page_of
from newscrawl.archive.reader import Archive
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.read import WARCS, SavedPages
from newscrawl.drafting import Draft, draft_of
from newscrawl.errors import BadFile, BadOption, NewscrawlError, NotAnArticle, Reason
from newscrawl.extensions.quarantine import case_of, put_case
from newscrawl.fetch.project import options_of, registry_of
from newscrawl.items import FetchedPage, Json
from newscrawl.options import Options
from newscrawl.pipelines.validate import validate
from newscrawl.sources import Registry, read_page
from newscrawl.sources.declared import HOST, SLUG
from newscrawl.text.plain import plain
from newscrawl.text.urls import host_of, split

TEMPLATE = "news"
_INSTALLED = frozenset({"site-packages", "dist-packages"})
_CASES = Path("tests", "sources", "cases")
OWN_WORDS = (
    "Are the words in page.html still the publisher's? Before it is committed it must be written anew in your own (the "
    "markup as it is), and `expected` must say what a careful editor reads there."
)


class Command(StockCommand):
    default_settings: ClassVar[dict[str, Any]] = {
        "LOG_ENABLED": False,
        "TEMPLATES_DIR": str(Path(newscrawl.__file__).parent / "templates"),
    }

    def syntax(self) -> str:
        return "[options] NAME URL"

    def short_desc(self) -> str:
        return "Write a new source and its saved case from a saved article page"

    def long_desc(self) -> str:
        return (
            "Write a new source, and a case for the tests, from a saved article page: NAME.py in the folder of "
            "NEWSPIDER_MODULE; hosts, name, language, zone, the form of its articles' addresses and a listing are "
            "guessed from the page and from URL, its address. Nothing is fetched: the page is --page, else what "
            "NEWSCRAWL_REPLAY or NEWSCRAWL_ARCHIVE hold of URL. docs/sources.md has the whole way. Exit codes: 0 "
            "written, 1 refused, and nothing is left half-written, 2 the command line does not hold together."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        ScrapyCommand.add_options(self, parser)
        parser.add_argument("-t", "--template", metavar="NAME", default=TEMPLATE, help="`news`, the only one")
        parser.add_argument("-l", "--list", action="store_true", help="name the templates")
        parser.add_argument("-d", "--dump", metavar="TEMPLATE", help="print a template")
        parser.add_argument("--page", metavar="FILE", help="the saved page: .html, .html.gz or .warc.gz")
        parser.add_argument(
            "--cases",
            metavar="FOLDER",
            help="where the case goes; else tests/sources/cases of the checkout that the source is in, else `cases` "
            "beside the source",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        if opts.list or opts.dump:
            super().run(args, opts)
            return
        if opts.template != TEMPLATE:
            raise UsageError(
                f"-t {opts.template}: newscrawl makes its spiders of sources; a source is written with -t {TEMPLATE}"
            )
        if len(args) != 2:
            raise UsageError("name the new source and give the address of one of its articles")
        with speaking():
            try:
                self.draft(args[0], args[1], opts)
            except NewscrawlError as problem:
                self.exitcode = complain(problem)

    def draft(self, name: str, url: str, opts: argparse.Namespace) -> None:
        assert self.settings is not None
        options, registry = options_of(self.settings), registry_of(self.settings)
        url = _asked(url)
        folder = self.folder()
        target = folder / f"{name}.py"
        self.check_name(name, target)
        if source := registry.for_url(url):
            raise BadOption(
                url, f"belongs to the source {source.slug} already; `scrapy sources {source.slug}` shows it"
            )
        page = _page(Path(opts.page) if opts.page else None, url, options)
        _check_article(page, options, registry)
        draft = draft_of(name, page, today=options.clock.now().date())
        case = _case(page, Registry([*registry, draft.source]))
        cases = Path(opts.cases) if opts.cases else _cases_of(folder, self.settings["NEWSPIDER_MODULE"])
        template = Path(self.templates_dir, f"{TEMPLATE}.tmpl").read_text(encoding="utf-8")
        place = cases / f"{name}-{draft.day}"
        _write(target, Template(template).substitute(draft.values()), place, page, case)
        _tell(draft, target, place, case)

    def folder(self) -> Path:
        """Where sources are written: that of NEWSPIDER_MODULE, one of SPIDER_MODULES and nobody's installed package."""
        assert self.settings is not None
        module = self.settings["NEWSPIDER_MODULE"]
        if module not in self.settings.getlist("SPIDER_MODULES"):
            raise BadOption(
                "NEWSPIDER_MODULE", f"{module!r} is none of SPIDER_MODULES: what is written there is not found"
            )
        folder = Path(next(iter(import_module(module).__path__))).resolve()
        if _INSTALLED & set(folder.parts):
            raise BadOption(
                "NEWSPIDER_MODULE",
                f"{module} is an installed package, which its next release writes over; name one of your own "
                "(docs/sources.md)",
            )
        return folder

    def check_name(self, name: str, target: Path) -> None:
        assert self.settings is not None
        if not SLUG.fullmatch(name):
            raise BadOption(name, "is no name of a source: a-z, 0-9 and _ alone, 64 at most")
        if target.exists() or target.with_suffix("").exists():
            raise BadOption(name, f"exists already: {target}")
        if name in get_spider_loader(self.settings).list():
            raise BadOption(name, "is a spider already; `scrapy list` names them")


def _asked(url: str) -> str:
    """The address as a request has it, the host in its IDNA form (``xn--…``)."""
    parts = split(url)
    if parts is None:
        raise BadOption(url, "is no address of a page; give one that begins with http:// or https://")
    if "@" in parts.netloc:
        raise BadOption(host_of(url), "is given with a user, whom the source would tell of; give its address without")
    try:
        asked = urlunsplit(parts._replace(netloc=parts.netloc.encode("idna").decode("ascii").lower()))
    except UnicodeError as error:
        raise BadOption(url, f"has no good host ({error})") from None
    if not HOST.fullmatch(host_of(asked)):
        raise BadOption(url, f"has a host that no source can have: {host_of(asked)}")
    return asked


def _page(file: Path | None, url: str, options: Options) -> FetchedPage:
    """The saved page of an address."""
    if file is not None:
        if not file.name.endswith(WARCS):
            return next(iter(SavedPages(file, url)))
        if not file.is_file():
            raise BadFile(file, "there is no such file")
        if page := _recorded([file], url):
            return page
        raise BadFile(file, f"holds no answer to {url}")
    looked = [path for path in (*options.replay, options.archive) if path is not None and path.exists()]
    for path in looked:
        if page := _recorded([path], url):
            return page
    where = f" in {', '.join(str(path) for path in looked)}" if looked else ""
    raise BadOption(
        url,
        f"no page of it is saved{where}; save one, as a polite guest, with `scrapy fetch {url} > page.html`, and give "
        "it with --page page.html",
    )


def _recorded(paths: Sequence[Path], url: str) -> FetchedPage | None:
    record = Archive(paths).find(url)
    if record is None:
        return None
    if record.status != 200:
        leads = record.header("location")
        words = f" and leads to {leads}: give that address" if leads else ""
        raise BadFile(record.path, f"has for {url} the status {record.status}{words}")
    return page_of(record)


def _check_article(page: FetchedPage, options: Options, registry: Registry) -> None:
    """Page 1 of a long article will do."""
    try:
        validate(read_page(page, registry=registry), options.clock.now())
    except NotAnArticle as problem:
        if problem.reason is not Reason.NEEDS_MORE_PAGES or problem.first_url:
            raise BadOption(page.url, f"is no article ({problem}); begin with one that is") from None


def _case(page: FetchedPage, registry: Registry) -> Json:
    case = case_of(page, registry)
    if case.get("rejected") and "next_url" not in case:
        raise BadOption(page.url, f"is no article ({case['rejected']}) by its own source; begin with page 1 of one")
    return case


def _cases_of(folder: Path, module: str) -> Path:
    cases = folder.parents[module.count(".")] / _CASES
    return cases if cases.is_dir() else folder / "cases"


def _write(target: Path, text: str, place: Path, page: FetchedPage, case: Json) -> None:
    """The case and the source, both or none."""
    if place.exists():
        raise BadFile(place, "is there already; move it away first")
    half = target.with_name(f".{target.name}")
    try:
        half.write_text(text, encoding="utf-8")
        put_case(place, page, case)
        half.rename(target)
    except OSError as error:
        raise BadFile(error.filename or target, f"cannot be written ({error.strerror})") from error
    finally:
        half.unlink(missing_ok=True)
        if not target.exists():
            shutil.rmtree(place, ignore_errors=True)


def _tell(draft: Draft, target: Path, place: Path, case: Json) -> None:
    source, guess, (where,) = draft.source, draft.guess, draft.source.listings
    more = f" and {len(guess.siblings)} more that the page links" if guess.siblings else " alone"
    doubt = "" if guess.sure else "; a bare word names the article, so lists may match too: narrow it"
    if guess.paged:
        doubt += r"; is the last number a page's? Then it is to be (?P<page>\d{1,3}), and `url` that of page 1"
    lines = {
        "hosts": f"{source.hosts[0]}, and all below it",
        "name": f"{source.name} (by {draft.named_by})",
        "language": f"{source.language}, {source.zone}",
        "articles": f"{guess.path} (this address{more}{doubt})",
        "listing": f"{type(where).__name__} {where.url} ({draft.listed_by})",
    }
    print(_near(target))
    for what, said in lines.items():
        print(plain(f"  {what:<9} {said}"))
    said = "`expected` is what is read today, right or wrong"
    if "next_url" in case:
        said = f"page 1 of a long article, which a crawl reads whole; page 2 is {case['next_url']}"
    print(plain(f"{_near(place)}/page.html, case.json\n  {said}\n"))
    print(f"{OWN_WORDS}\nNext: scrapy sources {source.slug}; docs/sources.md goes on from here.")


def _near(path: Path) -> Path:
    """As seen from the working folder, where it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
