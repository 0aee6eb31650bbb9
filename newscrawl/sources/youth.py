"""中国青年网 (China Youth Online), youth.cn."""

import re

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source
from newscrawl.text.urls import absolute

_OTHERS = Hearsay("Pintrue/news_all news_all/spiders/youth.py")
_BAR = re.compile(rb"var\s+currentPage\s*=\s*(\d{1,3})\b.{0,400}?var\s+countPage\s*=\s*(\d{1,3})\b", re.DOTALL)
_STORY = r"/\d{6}/t\d{8}_\d+(?:_\d+)?\.htm$"


class YouthPage(NewsPage):
    """The template of 2024. The editor in ``meta author`` is no author."""

    headline_css = (".page_title > h1",)
    published_css = ("#page_right",)
    credit_css = ("#source_baidu",)
    editor_css = ("#editor_baidu",)
    crumbs_css = (".page_zi a",)
    home_names = NewsPage.home_names | {"首页>>"}
    body_css = ("#container .TRS_Editor", "#container")

    def next_page(self) -> str | None:
        """The page bar is written by a script that knows how many pages there are; page 2 is spelt ``_1``."""
        bar = _BAR.search(self.page.body)
        if bar is None:
            return super().next_page()
        following = int(bar[1]) + 1
        story = self.address.url.rpartition("/")[2].removesuffix(".htm")
        return absolute(self.url, f"{story}_{following}.htm") if following < int(bar[2]) else None


SOURCE = Source(
    slug="youth",
    name="中国青年网",
    home="https://www.youth.cn/",
    hosts=("youth.cn",),
    listings=(
        Channel(name="gj", url="https://news.youth.cn/gj/", basis=Linked("article of 2024-05-20, its trail")),
        *(
            Channel(name=name, url=f"https://news.youth.cn/{name}/", basis=_OTHERS)
            for name in ("jsxw", "gn", "sh", "sz", "kj")
        ),
        Channel(name="news", url="https://news.youth.cn/", basis=Linked("article of 2024-05-20, its menu")),
    ),
    articles=(
        Pattern(  # /gj/202405/t20240520_15263156.htm; page 2 …_15263156_1.htm
            basis=Seen("addresses on a page of 2024-05-20, its script for page n"),
            host=r"(?P<host>[\w.-]+)",
            path=r"/(?P<section>[\w-]+(?:/[\w-]+)*)/(?P<month>20\d{4})/t(?P<day>\d{8})_(?P<id>\d+)(?:_(?P<page>\d{1,3}))?\.htm",
            counted_from=0,
            url="https://{host}/{section}/{month}/t{day}_{id}.htm",
        ),
    ),
    refused=(
        Refusal(
            host=r"picture\.youth\.cn",
            path=_STORY,
            reason=Reason.PHOTOS,
            basis=Linked("article of 2024-05-20, as 图片 in its menu"),
        ),
        Refusal(
            host=r"v\.youth\.cn",
            path=_STORY,
            reason=Reason.VIDEO,
            basis=Linked("article of 2024-05-20, as 青年电视 in its menu"),
        ),
    ),
    page=YouthPage,
    pages=(
        Seen("article of 2024-05-20"),
        Hearsay("Pintrue/news_all news_all/spiders/youth.py: the same template in 2019"),
    ),
)
