"""``scrapy demo``: the bundled newsroom, crawled through real Scrapy, stored and published; nothing goes on the
network."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from shutil import which

from rich.console import Console
from scrapy.commands import ScrapyCommand

import newscrawl
from newscrawl.archive.newsroom import build
from newscrawl.commands.crawl import Command as Crawl
from newscrawl.commands.failing import complain, refuse_options, speaking
from newscrawl.commands.opening import bring_up_to_date, policy_of
from newscrawl.commands.publish import told
from newscrawl.commands.reprint import print_article
from newscrawl.commands.show import shown
from newscrawl.errors import NewscrawlError
from newscrawl.fetch.project import options_of, project_folder
from newscrawl.options import Options
from newscrawl.outcome import Exit
from newscrawl.publish.site import publish
from newscrawl.sources import Registry
from newscrawl.store.reader import Reader

SOURCE = "chinanews"
NOW = "2025-11-19T09:00:00Z"
"""When the bundled newsroom was 'captured'."""
LEAD = "太原"
"""What the printed article is about."""
PORT = 8000
SITE = {"name": "晋阳转载", "handle": "晋阳编辑部", "language": "zh", "base": f"http://127.0.0.1:{PORT}"}
"""Where NEWSCRAWL_SITE names none."""


class Command(Crawl):
    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Crawl the bundled newsroom (no network), store it, print one reprint page, publish the site"

    def long_desc(self) -> str:
        return (
            "Crawl the bundled newsroom through real Scrapy, from a WARC file made of its pages, into "
            "data/demo/news.db, made anew each time; then print one article as it would be reprinted, and publish the "
            "reprint site, its mirrored pictures with it, into data/demo/site."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        ScrapyCommand.process_options(self, args, opts)
        assert self.settings is not None
        if not opts.loglevel:
            self.settings.set("LOG_LEVEL", "CRITICAL", priority="cmdline")
        folder = project_folder() / "data" / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("news.db*"):
            old.unlink()
        for old in (folder / "site", folder / "images"):
            if old.is_dir():
                shutil.rmtree(old)
        pages = build(newsroom_folder(), folder / "newsroom.warc.gz")
        said = f"{pages} pages and pictures, some of them broken on purpose"
        print(f"The bundled newsroom: {said} -> {folder / 'newsroom.warc.gz'}")
        here = {
            "NEWSCRAWL_DB": str(folder / "news.db"),
            "NEWSCRAWL_REPLAY": str(folder / "newsroom.warc.gz"),
            "NEWSCRAWL_ARCHIVE": "",
            "NEWSCRAWL_IMAGES": str(folder / "images"),
            "NEWSCRAWL_NOW": NOW,
            "NEWSCRAWL_PING_URL": "",
            "NEWSCRAWL_SNAPSHOT": "",
        }
        if not self.settings.get("NEWSCRAWL_SITE"):
            here["NEWSCRAWL_SITE"] = json.dumps(SITE, ensure_ascii=False)
        self.settings.setdict(here, priority="cmdline")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        ScrapyCommand.add_options(self, parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        with speaking():
            self.show_all()

    def show_all(self) -> None:
        assert self.settings is not None
        print(f"scrapy crawl {SOURCE}, every request answered from there ...", flush=True)
        self.exitcode = self.crawl(SOURCE, {})
        if self.exitcode != Exit.DONE:
            return
        try:
            self.show_and_publish(options_of(self.settings), Registry.walk())
        except NewscrawlError as problem:
            self.exitcode = complain(problem)

    def show_and_publish(self, options: Options, registry: Registry) -> None:
        root = options.db.parent / "site"
        bring_up_to_date(options, registry)
        with Reader(options.db) as reader:
            hits = reader.search(LEAD, limit=1)
            article = shown(reader, registry, policy_of(options, registry), hits[0]["key"])
            done = publish(reader, root, options.site, now=options.clock.now(), images=options.images)
        print(flush=True)
        print_article(Console(highlight=False), article, options.site)
        print(f"\nThe store: {options.db}  (sqlite3 opens it; docs/store.md says what is in it)")
        print(told(done, root))
        print(f"Look at it: {sys.executable} -m http.server {PORT} --bind 127.0.0.1 --directory {root}")
        print(f"  then http://127.0.0.1:{PORT}/a/{article['id']}/ is the article above")
        print(f"Next: {called()} show {article['key']} --json -s NEWSCRAWL_DB={options.db}")

    def say(self, level: int, line: str) -> None:
        """On standard output: the demo is looked at, not logged."""
        print(line)


def called() -> str:
    """How this very scrapy is called: by its name where the shell finds it so, else by its path."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return f"{sys.executable} -m scrapy"
    found = which("scrapy")
    return "scrapy" if found and Path(found).resolve() == program.resolve() else str(program)


def newsroom_folder() -> Path:
    """``data/newsroom`` of a checkout, else the copy an installed wheel carries."""
    package = Path(newscrawl.__file__).parent
    checkout = package.parent / "data" / "newsroom"
    return checkout if checkout.is_dir() else package / "newsroom"
