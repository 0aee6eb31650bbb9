"""新浪网 (Sina), sina.com.cn: news, finance and the other channels, and their pages for the phone."""

from functools import cached_property

import attrs

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import Walked
from newscrawl.extract.page import NewsPage
from newscrawl.extract.select import every
from newscrawl.sources.base import Pattern, Refusal, Source
from newscrawl.text.urls import absolute

_ADDRESSES = Seen("addresses on pages of 2016-05-25, 2019-10-23, 2019-11-25 and 2024-05-10")
_LINKED = Linked("articles of 2019-11-25 and 2024-05-10")
_LINKS = Linked("articles of 2016-05-25, 2019-10-23, 2019-11-25 and 2024-05-10")
_DEMO = Hearsay("sinaweibosdk/weibo_android_sdk demo-src/WeiboSDKDemo/res/values/strings.xml")


class SinaPage(NewsPage):
    """The first h1 is the channel's; article:published_time may be that of an update."""

    headline_css = ("h1.main-title", "#artibodyTitle")
    published_css = (".date-source .date", ".page-info .time-source")
    credit_css = (".date-source .source",)
    editor_css = (".show_author", ".article-editor")
    crumbs_css = (".channel-path a", ".bread a")

    @cached_property
    def walked(self) -> Walked:
        """Without the chart of a share or a currency, and the still of the video that goes with the story."""
        walked = super().walked
        beside = {absolute(self.url, img.get("src")) for img in every(self.tree, ".ct_hqimg img, .video-2017 img")}
        return attrs.evolve(
            walked, blocks=tuple(block for block in walked.blocks if not block.image or block.image.url not in beside)
        )


SOURCE = Source(
    slug="sina",
    name="新浪网",
    credited_as=("新浪财经", "新浪新闻"),
    home="https://www.sina.com.cn/",
    hosts=("sina.com.cn", "sina.cn"),
    listings=tuple(
        Channel(name=name, url=f"https://{host}.sina.com.cn/", basis=_LINKED)
        for name, host in (("news", "news"), ("finance", "finance"), ("tech", "tech"), ("mil", "mil.news"))
    ),
    articles=(
        Pattern(  # /c/2019-10-23/doc-iicezuev4202091.shtml, on the phone /gn/2019-10-23/detail-iicezuev4202091.d.html,
            # on photo. /newyouth/doc-iicezzrr4150612.shtml
            basis=_ADDRESSES,
            path=r"/(?:[\w-]+/)+(?:doc|zl|detail)-i(?P<id>[a-z]+\d+)\.(?:shtml|d\.html)",
        ),
        Pattern(  # /c/2013-10-22/021928494669.shtml
            basis=_DEMO,
            path=r"/(?:[\w-]+/)+(?P<day>\d{4}-\d\d-\d\d)/(?P<id>\d{9,14})\.shtml",
            key="{day}-{id}",
        ),
        Pattern(  # 看点, self-media: /article_6489420874_m182ccb44a001016fd4.html
            basis=Linked("article of 2024-05-10"),
            host=r"k\.sina\.com\.cn",
            path=r"/article_(?P<id>\d+_[0-9a-z]+)\.html",
        ),
    ),
    refused=(
        Refusal(host=r"video\.sina\.(?:com\.)?cn", path=r"^/p/|/detail-i", reason=Reason.VIDEO, basis=_LINKS),
        Refusal(host=r"slide\.(?:\w+\.)+sina\.com\.cn", path=r"/slide_\d", reason=Reason.PHOTOS, basis=_LINKS),
        Refusal(path=r"/album_\d", reason=Reason.PHOTOS, basis=_LINKS),
    ),
    page=SinaPage,
    pages=(Seen("财经 article of 2016-05-25; 新闻 articles of 2019-10-23, 2019-11-25 and 2024-05-10"),),
)
