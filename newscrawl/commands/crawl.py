"""``scrapy crawl SOURCE|feed|sitemap|listing``: Scrapy's own command with a checked command line, an exit code and a
last line in words."""

from __future__ import annotations

import argparse
import gc
import logging
import os
from difflib import get_close_matches

from scrapy.commands.crawl import Command as StockCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from newscrawl.archive.pictures import check as check_images
from newscrawl.archive.reader import check as check_replay
from newscrawl.commands.failing import complain, refuse_options
from newscrawl.commands.opening import bring_up_to_date
from newscrawl.errors import BadOption, NewscrawlError, StoreError
from newscrawl.extensions.ledger import close_row
from newscrawl.fetch.ping import ping
from newscrawl.fetch.project import Run, is_a_run, kind_of, options_of, registry_of, run_of, user_agent
from newscrawl.options import MEANING
from newscrawl.outcome import Count, Exit, Kind, Outcome, judge
from newscrawl.pipelines.rights import check_policy, check_wordings
from newscrawl.spiders.plan import Plan, planned
from newscrawl.store.snapshot import check_place
from newscrawl.store.takedown import is_kept_out
from newscrawl.store.writer import migrate

logger = logging.getLogger("newscrawl")

QUIET = ("scrapy.utils.log", "scrapy.addons", "scrapy.middleware", "scrapy.crawler", "scrapy.extensions.logstats")
"""What Scrapy says of itself at every start; ``-L DEBUG`` shows it."""


class Command(StockCommand):
    requires_project = False

    def short_desc(self) -> str:
        return "One incremental run over a source, or any site from one address"

    def long_desc(self) -> str:
        return (
            "One incremental run over a source. -a url=URL reads one article page; -a since=2025-11-01 -a "
            "until=2025-11-19 backfills from the dated archive; -a limit=N stops after N articles; -a recheck=now "
            "asks every article again that is within NEWSCRAWL_RECHECK_HOURS. Any site from one address: `scrapy "
            "crawl feed -a url=URL` (RSS, Atom), `scrapy crawl sitemap -a url=URL` (a sitemap, news or general, "
            "packed or plain, or an index of them), `scrapy crawl listing -a url=URL` (a page of a section: which of "
            "its links are articles is learnt from the page); incremental, locked and watched like a source, each "
            "address for itself; -a limit and -a recheck as above. What is stored belongs to the known publisher "
            "where the address is one's, else to its host; `scrapy crawl HOST -a url=URL` reads one article of such a "
            "site. Exit codes: 0 done or stopped, 1 a bug or a bad argument, 3 the source looks broken, 4 another run "
            "holds the lock, 5 out of reach, 6 the store could not be written."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if (opts.loglevel or "").upper() != "DEBUG":
            for name in QUIET:
                logging.getLogger(name).addFilter(_warns)  # Scrapy resets the levels when it starts

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_options(args)
        if len(args) != 1:
            raise UsageError(
                "name one source (`scrapy sources` lists them), or feed, sitemap or listing with -a url=URL"
            )
        try:
            self.check_kept_out(*self.check(args[0], opts.spargs))
        except NewscrawlError as problem:
            self.exitcode = complain(problem)
            return
        self.exitcode = self.crawl(args[0], opts.spargs)

    def check(self, name: str, arguments: dict[str, str]) -> tuple[Run, Plan]:
        """What the run is and what it is asked to do. What cannot work is refused before anything is begun."""
        assert self.settings is not None
        self.check_names()
        options = options_of(self.settings)
        check_replay(options.replay)
        check_wordings(options)
        registry = registry_of(self.settings)
        run, plan = planned(name, arguments, registry, options.clock.now())
        check_policy(options.reprint, registry)
        if options.snapshot:
            check_place(options.db, options.snapshot, "NEWSCRAWL_SNAPSHOT")
        if options.images:
            check_images(options.images)
        if not options.contact and not options.replay:
            logger.warning("NEWSCRAWL_CONTACT is empty: user agent and disclaimers do not say whom to write to")
        return run, plan

    def check_kept_out(self, run: Run, plan: Plan) -> None:
        """What was taken down is not read by its address either."""
        assert self.settings is not None
        db = options_of(self.settings).db
        if plan.url and (address := run.source.address(plan.url)) and is_kept_out(db, address.key):
            raise BadOption("-a url", f"{address.key} was taken down; `scrapy restore {address.key}` takes it back")

    def check_names(self) -> None:
        """A misspelt setting would be passed over in silence."""
        assert self.settings is not None
        for name in self.settings:
            if name.startswith("NEWSCRAWL_") and name not in MEANING:
                raise BadOption(name, f"is no setting{_nearest(name)}; docs/settings.md lists them")
        for name in sorted(os.environ):
            if name.startswith("NEWSCRAWL_") and name not in MEANING:
                logger.warning("%s in the environment is no setting of newscrawl%s", name, _nearest(name))

    def crawl(self, name: str, arguments: dict[str, str]) -> int:
        """Run it through real Scrapy; the exit code."""
        assert self.crawler_process is not None
        unsettled = self.settle()
        crawler = self.crawler_process.create_crawler(name)
        gc.collect()
        gc.freeze()  # what is loaded stays: looking through it again and again costs a twentieth of a crawl
        gc.set_threshold(10_000, 20, 20)
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        outcome = self.outcome(crawler)
        if not crawler.stats.get_value(Count.LOCKED):
            unsettled = self.settle(of_policy=False) or unsettled
        if unsettled and outcome.exit_code == Exit.DONE:
            outcome = Outcome(name="unwritable", exit_code=Exit.UNWRITABLE, words=f"{outcome.words}; but {unsettled}")
        close_row(crawler, outcome)
        level = logging.INFO if outcome.exit_code == Exit.DONE else logging.ERROR
        line = f"{run_of(crawler).name if is_a_run(crawler) else name}: {outcome.words} (exit {outcome.exit_code})"
        self.tell(crawler, outcome, line)
        self.say(level, line)
        return outcome.exit_code

    def settle(self, *, of_policy: bool = True) -> StoreError | None:
        """Put what is stored on today's terms before the run (after it they may be another's), and finish takedowns
        before it and after it: a page may have been on the wire when its article was taken down. What stands in the
        way of it is told by the run."""
        assert self.settings is not None
        options = options_of(self.settings)
        registry = registry_of(self.settings)
        try:
            if options.db.exists():
                migrate(options.db)
                bring_up_to_date(options, registry, of_policy=of_policy, purging=True)
        except StoreError as problem:
            return problem
        return None

    def outcome(self, crawler: Crawler) -> Outcome:
        assert self.crawler_process is not None
        if self.crawler_process.bootstrap_failed:
            return Outcome(name="bug", exit_code=Exit.BUG, words="could not be started, see above")
        stats = crawler.stats.get_stats()
        return judge(stats, stats.get("finish_reason"))

    def tell(self, crawler: Crawler, outcome: Outcome, line: str) -> None:
        """NEWSCRAWL_PING_URL hears of whole runs; one that was stopped, or found the lock held, has nothing to say."""
        options = options_of(crawler.settings)
        if not options.ping_url or options.replay or kind_of(crawler) != Kind.WHOLE:
            return
        if outcome.name not in ("stopped", "locked"):
            good = outcome.exit_code == Exit.DONE
            ping(options.ping_url, line, good=good, user_agent=user_agent(options.contact))

    def say(self, level: int, line: str) -> None:
        """The last line."""
        logger.log(level, "%s", line)


def _nearest(name: str) -> str:
    near = get_close_matches(name, MEANING, n=1)
    return f" (is {near[0]} meant?)" if near else ""


def _warns(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
