"""央视网新闻 (CCTV), news.cctv.com. A link to an article was seen, all else is hearsay."""

import re
from functools import cached_property

from newscrawl.discover.basis import Hearsay, Linked
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import Walked
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_SITE = "https://news.cctv.com"
_LISTED = Hearsay("DIYgod/RSSHub lib/routes/cctv/category.ts")
_KINDS = Hearsay("DIYgod/RSSHub lib/routes/cctv/utils/news.ts")
_WRITTEN = re.compile(r"\bvar\s+contentdate\s*=\s*'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class CctvPage(NewsPage):
    headline_css = ("#title_area > h1",)
    published_css = ("#title_area > .info", "#title_area > .info1")
    credit_css = ("#title_area > .info",)
    editor_css = (".zebian",)
    crumbs_css = (".nav_daohang > a[target]",)
    body_css = ("#content_area",)

    @cached_property
    def walked(self) -> Walked:
        """Since 2026 the page's element is empty, and a script that holds the story fills it."""
        shown = super().walked
        if any(block.text for block in shown.blocks):
            return shown
        scripts = (script.text or "" for script in self.tree.iter("script"))
        written = next(filter(None, map(_WRITTEN.search, scripts)), None)
        return self.walked_markup(_ESCAPED.sub(_character, written[1])) if written else shown


def _character(escaped: re.Match[str]) -> str:
    return " " if escaped[1] in "nrt" else escaped[1]


SOURCE = Source(
    slug="cctv",
    name="央视网",
    credited_as=("央视新闻", "央视新闻客户端"),
    home=f"{_SITE}/",
    hosts=("news.cctv.com", "tv.cctv.com"),
    listings=(
        Channel(
            name="china",
            url=f"{_SITE}/china/",
            basis=Hearsay("SunoopDogg/GlobalNewsWeb source/china_politics.py"),
        ),
        *(Channel(name=name, url=f"{_SITE}/{name}/", basis=_LISTED) for name in ("world", "society", "law")),
    ),
    articles=(
        Pattern(
            host=r"(?:m\.)?news\.cctv\.com",
            path=r"/(?P<day>\d{4}/\d\d/\d\d)/(?P<id>ARTI\w+)\.shtml",
            url=_SITE + "/{day}/{id}.shtml",
            basis=Linked("page of 2020-07-04"),
        ),
    ),
    refused=(
        Refusal(path=r"/\d{4}/\d\d/\d\d/VIDE\w+\.shtml$", reason=Reason.VIDEO, basis=_KINDS),
        Refusal(path=r"/\d{4}/\d\d/\d\d/PHO\w+\.shtml$", reason=Reason.PHOTOS, basis=_KINDS),
    ),
    page=CctvPage,
    pages=(Hearsay("jonawalb/rhetoric-corpus tests/fixtures/cn/cctv_news_2026.html, collectors/cn_media.py"),),
)
