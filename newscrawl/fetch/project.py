"""What the Scrapy side knows of the project it runs in: its options and how it names itself."""

from __future__ import annotations

import re
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from weakref import WeakKeyDictionary

from attrs import frozen
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.options import Options
from newscrawl.outcome import Kind
from newscrawl.sources import Registry
from newscrawl.sources.walked import Walked

ROBOT = "newscrawl"
"""The product token that robots.txt may name."""


def project_folder() -> Path:
    """The folder of the closest scrapy.cfg, the working folder's own or above it; else the working folder."""
    cfg = closest_scrapy_cfg()
    return Path(cfg).parent if cfg else Path.cwd()


def options_of(settings: BaseSettings) -> Options:
    """The NEWSCRAWL_* settings, read and checked; relative paths count from :func:`project_folder`.

    Raises :class:`~newscrawl.errors.BadOption`.
    """
    return Options.read(settings, base=project_folder())


def registry_of(settings: BaseSettings) -> Registry:
    """Every source in SPIDER_MODULES."""
    return Registry.walk(tuple(settings.getlist("SPIDER_MODULES")))


@frozen(kw_only=True)
class Run:
    """What a run is. All that watches it goes by this and not by the spider's name."""

    name: str
    """Under which it is locked and stands in the ledger: the source's slug, or the start address of any other site,
    'feed:example.com/rss.xml'."""
    kind: str
    """One of :class:`~newscrawl.outcome.Kind`."""
    source: Walked


def is_a_run(crawler: Crawler) -> bool:
    """Whether the crawler walks a source. ``scrapy shell`` and ``scrapy fetch`` lend newscrawl's settings for a look:
    they are no runs, and should neither hold a source's lock nor stand in the ledger."""
    spider = crawler.spider
    if spider is None or "start" in vars(type(spider)):  # the shell has none yet; fetch gives the class its own start
        return False
    return crawler in _runs


def say_run(crawler: Crawler, run: Run) -> None:
    """The spider's word on what run it is, given when it is made: before there are stats, and before the extensions."""
    _runs[crawler] = run


def run_of(crawler: Crawler) -> Run:
    """KeyError where it is none (:func:`is_a_run`)."""
    return _runs[crawler]


def kind_of(crawler: Crawler) -> str:
    return _runs[crawler].kind if crawler in _runs else Kind.WHOLE


_runs: WeakKeyDictionary[Crawler, Run] = WeakKeyDictionary()


def file_name(run: str) -> str:
    """A run's name as files beside the store and in the archive bear it: a slug as it is, a start address as far as its
    signs are a file name's, with eight digits of its digest, so that no two share one."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", run)
    return run if plain == run else f"{plain[:60].strip('-.')}-{blake2b(run.encode(), digest_size=4).hexdigest()}"


def user_agent(contact: str) -> str:
    """How newscrawl names itself: ``newscrawl/0.1.0 (+contact)``; the contact is an address of web or mail."""
    name = f"{ROBOT}/{version('newscrawl')}"
    where = " ".join(contact.split())
    return f"{name} (+{where})" if where else name


class HonestUserAgent:
    """An add-on (ADDONS) that sets USER_AGENT when all settings are known, NEWSCRAWL_CONTACT from ``-s`` included.

    A USER_AGENT that somebody set beats it.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        settings.set("USER_AGENT", user_agent(options_of(settings).contact), priority="addon")
