"""SPIDER_LOADER_CLASS: one spider per file in the source packages (SPIDER_MODULES), and those for any site."""

from __future__ import annotations

import re

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from newscrawl.discover.listings import WAYS
from newscrawl.errors import BadOption
from newscrawl.fetch.project import registry_of
from newscrawl.sources import Registry
from newscrawl.spiders.source import SourceSpider


class SourceLoader:
    """Makes a spider class for every source (slug = spider name = file name) and for every way to walk any site."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceLoader:
        return cls(registry_of(settings))

    def list(self) -> list[str]:
        return [*(source.slug for source in self._registry), *WAYS]

    def load(self, spider_name: str) -> type[Spider]:
        if spider_name not in WAYS and "." not in spider_name:  # a host: one article of a site that no source knows
            try:
                self._registry.get(spider_name)
            except BadOption as problem:
                raise KeyError(str(problem)) from None
        name = f"{re.sub(r'[^A-Za-z0-9]', '', spider_name.title())}Spider"
        about = {"name": spider_name, "registry": self._registry, "__module__": __name__}
        return type(name, (SourceSpider,), about)

    def find_by_request(self, request: Request) -> __builtins__.list[str]:
        source = self._registry.for_url(request.url)
        return [source.slug] if source else []
