"""光明网 (Guangming Online), gmw.cn."""

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel, Shape
from newscrawl.errors import Reason
from newscrawl.extract.body import roles
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_NODES = Hearsay("DIYgod/RSSHub lib/routes/gmw/node.ts")
_OTHERS = Hearsay("BlueJillYang/Scrapy_spiders guangming/spiders/gangmingwang_01.py")
_PLAIN = Shape(item="ul.channel-newsGroup li", link='a[href*="content_"]', time=".channel-newsTime")


class GmwPage(NewsPage):
    """The template of articles since 2018. The editor in ``meta author`` is no author."""

    headline_css = ("h1.u-title",)
    published_css = (".m-con-time",)
    credit_css = (".m-con-source",)
    editor_css = ("span.liability",)
    crumbs_css = (".g-crumbs a",)
    body_css = (".u-mainText",)
    body_roles = roles(editor=".liability", skip=".m-vote-wrap #displaypagenum")


SOURCE = Source(
    slug="gmw",
    name="光明网",
    credited_as=("光明日报", "光明网-《光明日报》"),
    home="https://www.gmw.cn/",
    hosts=("gmw.cn",),
    listings=(
        Channel(
            name="guangming daily",
            url="https://news.gmw.cn/node_4108.htm",
            basis=Linked("article of 2024-05-20"),
        ),
        *(
            Channel(name=name, url=f"https://{name}.gmw.cn/", basis=Linked("article of 2024-05-20, its menu"))
            for name in ("politics", "world", "guancha", "theory", "culture", "tech", "edu")
        ),
        Channel(name="legal scroll", url="https://legal.gmw.cn/node_9668.htm", shape=_PLAIN, basis=_NODES),
        Channel(name="politics scroll", url="https://politics.gmw.cn/node_10495.htm", basis=_OTHERS),
        Channel(name="world scroll", url="https://world.gmw.cn/node_9663.htm", basis=_OTHERS),
    ),
    articles=(
        Pattern(  # /2024-05/20/content_37330990.htm; topics. are collections (专题), en. is a site of its own
            basis=Seen("addresses on a page of 2024-05-20"),
            host=r"(?!(?:topics|en)\.)(?P<host>[\w.-]+)",
            path=r"/(?P<folder>(?:\w+/)?)(?P<day>20\d\d-\d\d/\d\d)/content_(?P<id>\d+)\.htm",
            url="https://{host}/{folder}{day}/content_{id}.htm",
        ),
    ),
    refused=(
        Refusal(
            host=r"photo\.gmw\.cn",
            path=r"/content_\d+\.htm$",
            reason=Reason.PHOTOS,
            basis=_OTHERS,
        ),
    ),
    page=GmwPage,
    pages=(
        Seen("article of 2024-05-20"),
        Hearsay("Pintrue/news_all news_all/spiders/gmw.py: the same template in 2019"),
    ),
)
