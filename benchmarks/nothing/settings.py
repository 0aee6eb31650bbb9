"""newscrawl's settings, with Scrapy's own command and spider loader."""

from newscrawl.settings import *  # noqa: F403

COMMANDS_MODULE = ""
SPIDER_LOADER_CLASS = "scrapy.spiderloader.SpiderLoader"
SPIDER_MODULES = ["nothing"]
