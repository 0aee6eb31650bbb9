"""Scrapy settings: only what differs from Scrapy's defaults, and newscrawl's own names.

The environment beats this file (any NEWSCRAWL_* name below), ``-s`` beats both.
"""

import os

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.sources"]
NEWSPIDER_MODULE = "newscrawl.sources"
COMMANDS_MODULE = "newscrawl.commands"
SPIDER_LOADER_CLASS = "newscrawl.spiders.loader.SourceLoader"

LOG_LEVEL = "INFO"
STATS_DUMP = False  # the last line and the ledger have what matters
LOG_FORMATTER = "newscrawl.extensions.logformat.NewsLogFormatter"

# -- the wire: an honest, patient guest ------------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.fetch.handler.RecordOrReplay",
    "https": "newscrawl.fetch.handler.RecordOrReplay",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.fetch.robots.RobotsRules": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.fetch.unpack.UnpackBodies": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.fetch.redirects.Redirects": 600,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newscrawl.fetch.redirects.MetaRefreshes": 580,
    "newscrawl.fetch.stopping.StopInTime": 1000,
}
ADDONS = {"newscrawl.fetch.project.HonestUserAgent": 0}
TWISTED_DNS_RESOLVER = "newscrawl.fetch.guard.AddressGuard"
HTTPPROXY_ENABLED = False  # a proxy would resolve names where the guard cannot see
DOWNLOAD_VERIFY_CERTIFICATES = True
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newscrawl"
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.5
DOWNLOAD_TIMEOUT = 30
STOP_SECONDS = 20  # newscrawl's own: so long is waited for what is on the wire when a run is stopped
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 5
MEDIA_ALLOW_REDIRECTS = True  # of images, through the same guard
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# -- the way of a page -----------------------------------------------------------------------------------------------
ITEM_PIPELINES = {
    "newscrawl.pipelines.read.Read": 100,
    "newscrawl.pipelines.validate.Validate": 200,
    "newscrawl.pipelines.rights.Rights": 300,
    "newscrawl.pipelines.group.Group": 400,
    "newscrawl.pipelines.sanitise.Sanitise": 500,
    "newscrawl.pipelines.images.Images": 550,  # where NEWSCRAWL_IMAGES is set
    "newscrawl.pipelines.store.Store": 600,
}
EXTENSIONS = {
    "newscrawl.extensions.lock.Lock": 0,
    "newscrawl.extensions.health.Health": 5,  # before the ledger: what it finds is part of the verdict
    "newscrawl.extensions.snapshot.Snapshot": 7,  # before the ledger: a copy that fails is part of the verdict
    "newscrawl.extensions.ledger.Ledger": 10,
    "newscrawl.extensions.progress.BackfillProgress": 20,
}

# -- images that are mirrored: newscrawl's own names -----------------------------------------------------------------
IMAGES_PER_ARTICLE = 30  # the first ones; the others are referred to
IMAGES_MAXSIZE = 8 * 1024 * 1024  # bytes, as sent and as kept
IMAGES_MAXPIXELS = 25_000_000  # width times height; opened, one of these takes 75 MB

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
