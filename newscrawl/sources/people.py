"""人民网 (People's Daily Online), people.com.cn with its channels and local editions."""

from functools import cached_property

import attrs

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import Walked, roles
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_LINKED = Linked("articles of 2019-06-15 and 2024-05-10")
_LISTS = Hearsay("BlueJillYang/Scrapy_spiders guangming/spiders/people_news_01.py")
_NUMBERED = r"^/(?:\w+/)?n\d?/20\d\d/"


class PeoplePage(NewsPage):
    """Templates of 2019 (#rwb_zw) and 2024 (.rm_txt_con)."""

    headline_css = (".rm_txt h1", ".text_title h1")
    subheadline_css = (".rm_txt h4.sub", ".text_title h4.sub")
    published_css = (".channel .col-1-1", ".box01 .fl")
    credit_css = (".channel .col-1-1", ".box01 .fl")
    editor_css = (".edit",)
    crumbs_css = ("#rwb_navpath a",)
    home_names = NewsPage.home_names | {"人民网"}
    body_css = (".rm_txt_con", "#rwb_zw")
    body_roles = roles(editor=".edit", skip=".bza .zdfy .tjewm .paper_num #paper_num")
    page_bars = (".zdfy",)

    @cached_property
    def walked(self) -> Walked:
        """Without the pictured button that leads to the next page."""
        walked = super().walked
        told = tuple(b for b in walked.blocks if not (b.image and b.image.url.endswith("/img/next_page.jpg")))
        return attrs.evolve(walked, blocks=told)


SOURCE = Source(
    slug="people",
    name="人民网",
    credited_as=("人民日报", "人民网－人民日报", "人民网-人民日报"),
    home="http://www.people.com.cn/",
    hosts=("people.com.cn", "people.cn"),
    listings=(
        Channel(
            name="headlines",
            url="http://www.people.com.cn/GB/59476/",
            basis=Hearsay("DIYgod/RSSHub lib/routes/people/index.ts"),
        ),
        *(
            Channel(name=name, url=f"http://{name}.people.com.cn/GB/{number}/index.html", basis=_LISTS)
            for name, number in (("politics", 1024), ("world", 157278), ("finance", 70846), ("society", 136657))
        ),
        *(
            Channel(name=f"{name} front", url=f"http://{name}.people.com.cn/", basis=_LINKED)
            for name in ("politics", "world", "finance", "society")
        ),
    ),
    articles=(
        Pattern(  # /n1/2024/0510/c1004-40232587.html; page n …-40232587-2.html; n, n1 and n2 count for themselves
            basis=Seen("addresses on pages of 2019-06-15, 2024-04-24 and 2024-05-10"),
            host=r"(?P<host>[\w.-]+)",
            # The house's own pages, at the foot of the page of 2024-05-10: those of 关于人民网 (c420117), and 网站声明.
            path=r"/(?P<folder>(?:\w+/)?)(?P<series>n[12]?)/(?P<day>20\d\d/\d{4})/(?!c420117-|c373005-23961344\.)"
            r"(?P<channel>c\d+)-(?P<id>\d+)(?:-(?P<page>\d{1,3}))?\.html",
            key="{series}-{id}",
            url="http://{host}/{folder}{series}/{day}/{channel}-{id}.html",
        ),
    ),
    refused=(
        Refusal(
            host=r"v\.people\.cn",
            path=_NUMBERED,
            reason=Reason.VIDEO,
            basis=Linked("article of 2019-06-15, headed 视频新闻"),
        ),
        Refusal(
            host=r"pic\.people\.com\.cn",
            path=_NUMBERED,
            reason=Reason.PHOTOS,
            basis=Linked("article of 2024-05-10, as 图片 in its menu"),
        ),
    ),
    page=PeoplePage,
    pages=(Seen("article of 2019-06-15"), Seen("articles of 2024-04-24 and 2024-05-10")),
)
