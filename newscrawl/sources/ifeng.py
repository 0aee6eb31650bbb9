"""凤凰网 (Phoenix New Media), ifeng.com: its channels and its regional pages."""

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import roles
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_ADDRESSES = Seen("addresses on pages of 2019-02-20, 2020-09-11 and 2022-06-02")
_LINKS = Linked("pages of 2019-02-20, 2020-09-11 and 2022-06-02")
_LINKED = Linked("article of 2019-02-20")


class IfengPage(NewsPage):
    """Newer templates have class names that end in a hash, which changes; #artical… is the older one.

    Where the story is pictures alone, the finder takes what readers say below it.
    """

    headline_css = ('h1[class^="topic-"]', 'h1[class^="index_topic_"]', "#artical_topic")
    published_css = ('p[class^="time-"] > span', 'span[class^="index_date_"]', "#artical_sth .ss01")
    editor_css = ('p[class^="author-"]', 'p[class^="index_author_"]', "#artical_sth2 > p")
    body_css = ('div[class^="main_content-"]', 'div[class^="index_main_content_"]', "#main_content")
    body_roles = roles(skip=".ifengLogo")


SOURCE = Source(
    slug="ifeng",
    name="凤凰网",
    credited_as=("凤凰网资讯", "凤凰网评论"),
    home="https://www.ifeng.com/",
    hosts=("ifeng.com",),
    listings=(
        Channel(
            name="news",
            url="https://news.ifeng.com/",
            basis=Hearsay("WowlNAN/qpath examples/ifenghtml.py: the page of 2020-07-18, whole"),
        ),
        *(Channel(name=name, url=f"https://{name}.ifeng.com/", basis=_LINKED) for name in ("finance", "tech")),
        Channel(name="mainland", url="https://news.ifeng.com/shanklist/3-35197-/", basis=_LINKED),
        Channel(
            name="original",  # 政能亮; its list is read there from data in a script, as links it may give nothing
            url="https://pl.ifeng.com/shanklist/original/21-35136-",
            basis=Hearsay("DIYgod/RSSHub lib/routes/ifeng/pl.ts"),
        ),
    ),
    articles=(
        Pattern(  # /c/7kQcQG2peWU
            basis=_ADDRESSES,
            path=r"/c/(?P<id>[0-9A-Za-z]{11})",
        ),
        Pattern(  # /a/20200911/14526474_0.shtml; regions count for themselves
            basis=_ADDRESSES,
            path=r"/a/(?P<day>\d{8})/(?P<id>\d+)_0\.shtml",
            key="{day}-{id}",
        ),
    ),
    refused=(Refusal(host=r"v\.ifeng\.com", path=r"^/c/", reason=Reason.VIDEO, basis=_LINKS),),
    page=IfengPage,
    pages=(Seen("资讯 article of 2019-02-20, regional page of 2020-09-11, 政能亮 column of 2022-06-02"),),
)
