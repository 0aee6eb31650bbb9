"""Scrapy settings: only what differs from Scrapy's defaults, and newscrawl's own names.

The environment beats this file (any NEWSCRAWL_* name below), ``-s`` beats both.
"""

import os

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.sources"]
NEWSPIDER_MODULE = "newscrawl.sources"
COMMANDS_MODULE = "newscrawl.commands"
SPIDER_LOADER_CLASS = "newscrawl.spiders.loader.SourceLoader"

# -- the wire: an honest, patient guest ------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.5
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 5

# -- newscrawl's own; docs/settings.md says what each does -----------------------------------------------------------
NEWSCRAWL_DB = "data/news.db"
NEWSCRAWL_SNAPSHOT = ""
NEWSCRAWL_ARCHIVE = "data/archive"
NEWSCRAWL_REPLAY = ""
NEWSCRAWL_NOW = ""
NEWSCRAWL_REPRINT = '{"*": "full"}'
NEWSCRAWL_DISCLAIMER = ""
NEWSCRAWL_RECHECK_HOURS = 48
NEWSCRAWL_ALLOW_PRIVATE_HOSTS = ""
NEWSCRAWL_IMAGES = ""
NEWSCRAWL_PING_URL = ""
NEWSCRAWL_CONTACT = ""
NEWSCRAWL_SITE = ""

for _name in [name for name in globals() if name.startswith("NEWSCRAWL_")]:
    if _name in os.environ:
        globals()[_name] = os.environ[_name]
