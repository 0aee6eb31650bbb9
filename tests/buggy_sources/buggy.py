import attrs
from site_sources.site import SOURCE as SITE

from newscrawl.extract.page import NewsPage
from newscrawl.items import Article


class BuggyPage(NewsPage):
    def read(self) -> Article:
        if self.address.key == "buggy:5":
            raise RuntimeError("a bug in a page class")
        return super().read()


SOURCE = attrs.evolve(SITE, slug="buggy", page=BuggyPage)
