"""SPIDER_LOADER_CLASS: one spider per file in the source packages (SPIDER_MODULES)."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from newscrawl.errors import BadOption
from newscrawl.fetch.project import registry_of
from newscrawl.sources import Registry
from newscrawl.spiders.source import SourceSpider


class SourceLoader:
    """Makes a spider class for every source; slug = spider name = file name."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceLoader:
        return cls(registry_of(settings))

    def list(self) -> list[str]:
        return [source.slug for source in self._registry]

    def load(self, spider_name: str) -> type[Spider]:
        try:
            source = self._registry.get(spider_name)
        except BadOption as problem:
            raise KeyError(str(problem)) from None
        name = f"{spider_name.title()}Spider"
        return type(name, (SourceSpider,), {"name": spider_name, "source": source, "__module__": __name__})

    def find_by_request(self, request: Request) -> __builtins__.list[str]:
        source = self._registry.for_url(request.url)
        return [source.slug] if source else []
