"""澎湃新闻 (The Paper), thepaper.cn, and the accounts on it (澎湃号).

Newer lists are read from data in a script (martin5lee98/n00d1e-reader scrapers/sites/thepaper.py), which no list of
links does. By hearsay the home page holds links; the channels may give nothing.
"""

from collections.abc import Sequence

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.page import NewsPage
from newscrawl.items import Crumb
from newscrawl.sources.base import Pattern, Refusal, Source

_SITE = "https://www.thepaper.cn"
_MENU = Linked("article as saved in 2019-09 and 2021-10, its menu")
_MOBILE = Hearsay("DIYgod/RSSHub lib/routes/thepaper/utils.tsx")
_ACCOUNTS = ("澎湃号", "政务号")


class ThePaperPage(NewsPage):
    """The template of 2019-2021: the story is text and line breaks. Later ones are left to the chain."""

    headline_css = ("h1.news_title",)
    published_css = (".news_about > p",)
    credit_css = (".news_about > p > span",)
    crumbs_css = (".news_path > a",)
    body_css = (".news_txt",)

    def section(self, crumbs: Sequence[Crumb]) -> str | None:
        """None where the trail is an account's: its last link names the account."""
        return None if crumbs and crumbs[0].name in _ACCOUNTS else super().section(crumbs)


SOURCE = Source(
    slug="thepaper",
    name="澎湃新闻",
    credited_as=("澎湃新闻·澎湃号·政务",),
    home=f"{_SITE}/",
    hosts=("thepaper.cn",),
    listings=(
        Channel(
            name="home",
            url=f"{_SITE}/",
            basis=Hearsay("fanlingzhi1234/anyknews lib/connectors/the-paper.ts"),
        ),
        *(
            Channel(name=name, url=f"{_SITE}/channel_{number}", basis=_MENU)
            for name, number in (("current", 25950), ("finance", 25951), ("ideas", 25952), ("life", 25953))
        ),
    ),
    articles=(
        Pattern(
            host=r"(?:(?:www|m)\.)?thepaper\.cn",
            path=r"/newsDetail_forward_(?P<id>\d+)",
            url=_SITE + "/newsDetail_forward_{id}",
            basis=Seen("addresses on pages of 2019-09 and 2021-10"),
        ),
        Pattern(
            host=r"m\.thepaper\.cn",
            path=r"/detail/(?P<id>\d+)",
            url=_SITE + "/newsDetail_forward_{id}",
            basis=_MOBILE,
        ),
    ),
    refused=(Refusal(path=r"^/series/\d+$", reason=Reason.VIDEO, basis=_MOBILE),),  # 短剧
    page=ThePaperPage,
    pages=(
        Seen("account's article of 2019-08-13, saved in 2019-09 and 2021-10"),
        Hearsay("kalinote/csi_crawler csi_crawlers/spiders/thepaper.py: the template since"),
    ),
)
