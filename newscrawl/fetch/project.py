"""What the Scrapy side knows of the project it runs in: its options and how it names itself."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.options import Options
from newscrawl.outcome import Kind
from newscrawl.sources import Registry

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


def is_a_run(crawler: Crawler) -> bool:
    """Whether the crawler walks a source. ``scrapy shell`` and ``scrapy fetch`` lend newscrawl's settings for a look:
    they are no runs, and should neither hold a source's lock nor stand in the ledger."""
    spider = crawler.spider
    if spider is None or "start" in vars(type(spider)):  # the shell has none yet; fetch gives the class its own start
        return False
    return spider.name in registry_of(crawler.settings)


def say_kind(crawler: Crawler, kind: str) -> None:
    """The spider's word on what kind of run it is (one of :class:`~newscrawl.outcome.Kind`), given when it is made:
    before there are stats, and before the extensions."""
    _kinds[crawler] = kind


def kind_of(crawler: Crawler) -> str:
    return _kinds.get(crawler, Kind.WHOLE)


_kinds: WeakKeyDictionary[Crawler, str] = WeakKeyDictionary()


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
