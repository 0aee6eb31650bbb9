"""What a crawl imports, imported once: tests/running.py forks its crawls from a process that has this module.

A process of its own, by the same entry point, without two thirds of a second of imports each time. Nothing here may
open a file, a socket or a reactor.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping

import scrapy.cmdline
import scrapy.core.downloader.handlers.http11
import scrapy.core.engine
import scrapy.core.scheduler
import scrapy.crawler
import scrapy.dupefilters
import scrapy.pqueues
import scrapy.shell
import scrapy.squeues
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

import newscrawl
from newscrawl import settings

for _found in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
    importlib.import_module(_found.name)
for _base in ("EXTENSIONS_BASE", "DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE"):
    for _name in getattr(default_settings, _base):
        load_object(_name)  # Scrapy loads them all, those that are off as well
gc.collect()
gc.freeze()  # what is imported is not gone through again in every crawl


def main(words: list[str], folder: str, env: Mapping[str, str], out: str, err: str) -> None:
    """``scrapy WORDS...`` in ``folder``, with its output in two files. Does not return."""
    for name, number in ((out, 1), (err, 2)):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(file, number)
        os.close(file)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.path[0:0] = [""]
    importlib.reload(settings)  # it reads the environment
    sys.argv = ["scrapy", *words]
    scrapy.cmdline.execute()
