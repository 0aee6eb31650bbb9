import os

import attrs
from site_sources.site import SOURCE as SITE

from newscrawl.extract.page import NewsPage


class ChangedPage(NewsPage):
    def subheadline(self) -> str | None:
        return os.environ.get("READING") or super().subheadline()


SOURCE = attrs.evolve(SITE, slug="reread", page=ChangedPage)
