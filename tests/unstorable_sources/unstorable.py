import attrs
from site_sources.site import SOURCE as SITE

from newscrawl.extract.page import NewsPage
from newscrawl.items import Article


class UnstorablePage(NewsPage):
    def read(self) -> Article:
        article = super().read()
        if self.address.key == "unstorable:5":
            return attrs.evolve(article, section=7)  # type: ignore[arg-type]
        return article


SOURCE = attrs.evolve(SITE, slug="unstorable", page=UnstorablePage)
