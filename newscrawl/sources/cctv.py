"""央视网新闻 (CCTV), news.cctv.com. A link to an article was seen, all else is hearsay.

The list of a channel is filled by a script from data, which no list of links reads; others find links beside it on the
pages of china and society. Those of world and law may give nothing.
"""

import re
from functools import cached_property

from newscrawl.discover.basis import Hearsay, Linked
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import Walked
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_SITE = "https://news.cctv.com"
_LINKS = Hearsay("xiaochutian-ai/news app/sources/cctv.py")
_LISTED = Hearsay("DIYgod/RSSHub lib/routes/cctv/category.ts, which asks for their data")
_KINDS = Hearsay("DIYgod/RSSHub lib/routes/cctv/utils/news.ts")
_ASSIGNED = re.compile(r"\bcontentdate\s*=\s*(?P<quote>['\"])")


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
        story = next(filter(None, map(_story, scripts)), None)
        return self.walked_markup(story) if story else shown


def _story(script: str) -> str | None:
    """The markup that a script keeps in ``contentdate``; None where it keeps none, or the string is not closed."""
    assigned = _ASSIGNED.search(script)
    if assigned is None:
        return None
    told: list[str] = []
    signs = iter(script[assigned.end() :])
    for sign in signs:
        if sign == assigned["quote"]:
            return "".join(told)
        if sign == "\\":
            sign = next(signs, "")
            sign = " " if sign in ("n", "r", "t") else sign
        told.append(sign)
    return None


SOURCE = Source(
    slug="cctv",
    name="央视网",
    credited_as=("央视新闻", "央视新闻客户端"),
    home=f"{_SITE}/",
    hosts=("news.cctv.com", "tv.cctv.com"),
    listings=(
        *(Channel(name=name, url=f"{_SITE}/{name}/", basis=_LINKS) for name in ("china", "society")),
        *(Channel(name=name, url=f"{_SITE}/{name}/", basis=_LISTED) for name in ("world", "law")),
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
