"""新华网 (Xinhuanet), news.cn and xinhuanet.com with their regional channels."""

import re
from functools import cached_property

import attrs

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import Walked, roles
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_LINKED = Linked("articles of 2020-02-19 and 2024-05-09")
_OLD = Seen("articles of 2019-12-10 and 2020-02-19, and the links on them")
_NEW = Seen("articles of 2024-05-09 and 2024-05-15, and the links on them")
_HOST = (  # editions in other languages are sites of their own, the English one on these hosts too
    r"(?:(?!(?:english|spanish|french|arabic|russian|jp|kr|german|portuguese|big5)\.)[a-z]+\.)*(?:news\.cn|xinhuanet\.com)"
)
_PHOTOGRAPHER = re.compile(r"新华社(?:发|记者)\s*[（(]?[^（）()。，]{2,20}摄\s*[)）]?")


class XinhuaPage(NewsPage):
    """Templates of 2019-2020 (#p-detail), of 2024 (#detailContent) and of a regional channel in 2024."""

    headline_css = ("div.h-title", ".head-line .title", "h1#title")
    published_css = ("span.h-time", ".mheader .info", ".info .time")
    credit_css = ("em#source", "div.h-info", ".header-cont .source", ".info .sourceText")
    body_css = ("#detailContent", "#p-detail")
    body_roles = roles(editor=".p-tags", skip=".video-url .lb .tadd .xinhuaPager .player-container #articleEdit")
    editor_css = ("span.editor",)

    @cached_property
    def walked(self) -> Walked:
        """Without the line 新华社发（…摄） that closes the words of a picture story: it says whose the picture is."""
        walked = super().walked
        told = tuple(b for b in walked.blocks if b.kind != "p" or not _PHOTOGRAPHER.fullmatch(b.text.strip()))
        return attrs.evolve(walked, blocks=told)


SOURCE = Source(
    slug="xinhua",
    name="新华网",
    credited_as=("新华社",),
    home="https://www.news.cn/",
    hosts=("news.cn", "xinhuanet.com"),
    listings=(
        *(
            Channel(name=name, url=f"http://www.news.cn/{name}/", basis=_LINKED)
            for name in ("politics", "world", "fortune", "politics/leaders")
        ),
        *(Channel(name=name, url=f"http://www.news.cn/{name}/index.htm", basis=_LINKED) for name in ("local", "legal")),
    ),
    articles=(
        Pattern(  # /politics/leaders/20240509/3dd6e33c…/c.html; day and number are the contentid that the page gives
            basis=_NEW,
            host=_HOST,
            path=r"/(?!english)(?:[\w-]+/)*(?P<day>20\d{6})/(?P<id>[0-9a-f]{32})/c\.html?",
            key="{day}{id}",
        ),
        Pattern(  # /local/2020-02/19/c_1125597921.htm; without a section on m.xinhuanet.com and www.hb.xinhuanet.com
            basis=_OLD,
            host=_HOST,
            path=r"/(?!english)(?:[\w-]+/)*20\d\d-\d\d/\d\d/c_(?P<id>\d+)\.htm",
        ),
    ),
    refused=(
        Refusal(
            path=r"^/video/(?:.*/)?20\d\d", reason=Reason.VIDEO, basis=Linked("article of 2019-12-10, headed 视频")
        ),
        Refusal(
            path=r"^/photo/(?:.*/)?20\d\d", reason=Reason.PHOTOS, basis=Linked("article of 2019-12-10, headed 炫图")
        ),
    ),
    page=XinhuaPage,
    pages=(
        Seen("articles of 2019-12-10 and 2020-02-19"),
        Seen("articles of 2024-05-09 and, on a regional channel, 2024-05-15"),
        Hearsay("Pintrue/news_all news_all/spiders/xinhuanet.py: .h-time and #p-detail"),
    ),
)
