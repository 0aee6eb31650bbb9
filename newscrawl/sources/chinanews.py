"""中国新闻网 (China News Service), chinanews.com.cn.

In the page class (p) = seen on a real page of 2016-2025; (c) = hearsay, likely and not verified.
"""

from datetime import date
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel, Daily, Feed, Paged, Shape
from newscrawl.errors import Reason
from newscrawl.extract.body import roles
from newscrawl.extract.page import NewsPage
from newscrawl.extract.related import RelatedList
from newscrawl.items import Printed
from newscrawl.sources.base import Pattern, Refusal, Source
from newscrawl.text.dates import read_printed

_LIST_ITEMS = Seen("list items of 2016-09-11 and 2026-10-10")
_CHANNELS = Linked("channel page of 2025-08-09")
_ADDRESSES = Seen("addresses on pages of 2016-2025")
_LINKED = Linked("pages of 2016-2025")
_OTHERS = Hearsay("other people's scrapers of 2016-2026")
_SCROLL = Shape(item="div.content_list li", section=".dd_lm", link=".dd_bt a", time=".dd_time")
_SITE = "https://www.chinanews.com.cn"
_MAIN = r"(?:www\.)?chinanews\.com(?:\.cn)?"
_MOBILE = r"m\.chinanews\.com(?:\.cn)?"
_DAY = r"\d{4}(?:/\d\d-?\d\d|\d{4})"
"""/2025/11-19/, /2025/1119/, /20251119/"""
_NUMBER = r"\d+(?:_\d+)?\.s?html"
_COMMENTS = etree.XPath("//comment()[contains(., 'published at')]")


class ChinaNewsPage(NewsPage):
    """Templates of 2016-2021 (p), 2022-2026 (c) and older ones (c)."""

    headline_css = ("#cont_1_1_2 > h1", "h1.content_left_title", "#second-title h1", "div.content h1", ".title0")
    # The visible line shows minutes, the hidden spans seconds; the precision that readers see is kept.
    published_css = ("div.left-t", "div.content_left_time", "#pubtime_baidu", "div.left-time")
    credit_css = ("#source_baidu", "div.content_left_time a.source", "div.left-t", "div.content_left_time")
    byline_css = ("#author_baidu",)  # (p) the desk editor, in the one whole page known
    editor_css = ("#editor_baidu", ".adEditor", ".left_name")
    crumbs_css = ("#nav a", ".content_left_nav a")  # (p), (c)
    body_css = ("div.left_zw", "div.content_maincontent_content", "div.content_desc", "div.t3", "#ad0")  # (p), else (c)
    body_roles = roles(
        ad=".adInContent #adhzh",
        caption=".pictext",
        editor=".adEditor .left_name",
        skip="#function_code_page .channel .selected_news_wrapper .comment_wrapper",
    )
    related = (
        RelatedList(item="#jxxw #changelist li", link=".news_title a", time=".news_source"),  # (p) 频道新闻精选
        RelatedList(item="div.selected_news_wrapper li"),  # (c)
        RelatedList(item="#ydtj .ydtj_div"),  # (p) 推荐阅读
    )
    page_bars = ("#function_code_page",)  # (c)

    def byline(self) -> str | None:
        """#author_baidu is asked only where the page names its editor elsewhere, so that he can be told apart."""
        return super().byline() if self.said(self.editor_css) else None

    def _unseen_date(self) -> Printed | None:
        """A page that shows no date has the CMS's own in a comment; comments of included blocks have other ids."""
        own = self.address.key.partition(":")[2]
        for comment in cast("list[HtmlElement]", _COMMENTS(self.tree)):
            head, _, rest = (comment.text or "").strip().partition(" published at ")
            if head.startswith("[") and head.rstrip("]").endswith(f",{own}"):
                return read_printed(rest[:19], zone=self.zone)
        return super()._unseen_date()


SOURCE = Source(
    slug="chinanews",
    name="中国新闻网",
    credited_as=("中新网", "中国新闻社", "中新社"),
    home=f"{_SITE}/",
    hosts=("chinanews.com.cn", "chinanews.com"),
    listings=(
        Paged(name="scroll-news", url=f"{_SITE}/scroll-news/news{{page}}.html", shape=_SCROLL, basis=_LIST_ITEMS),
        Daily(
            name="archive",
            url=f"{_SITE}/scroll-news/{{day:%Y/%m%d}}/news.shtml",
            since=date(2008, 8, 1),
            shape=_SCROLL,
            basis=_OTHERS,
        ),
        Feed(name="rss", url=f"{_SITE}/rss/scroll-news.xml", basis=_OTHERS),
        Channel(name="china", url=f"{_SITE}/china/", basis=Seen("channel page of 2025-08-09")),
        *(Channel(name=name, url=f"{_SITE}/{name}/", basis=_CHANNELS) for name in ("society", "world", "finance")),
    ),
    articles=(
        Pattern(  # /gn/2025/11-19/10518665.shtml; page n 10518665_2.shtml; older, by hearsay, /gn/news/2009/09-27/…
            basis=_ADDRESSES,
            host=_MAIN,
            # /kong/ holds the house's own rules, at the foot of the channel page of 2025-08-09, and pages about videos
            # (Pintrue/news_all news_all/spiders/chinanews.py).
            path=r"/(?!kong/)(?P<section>[\w-]+(?:/[\w-]+){0,2})/(?P<year>2009|20[1-9]\d)/(?P<day>\d\d-\d\d)/(?P<id>\d+)(?:_(?P<page>\d{1,3}))?\.s?html",
            url=_SITE + "/{section}/{year}/{day}/{id}.shtml",
        ),
        Pattern(  # before 2009 the id is told apart by its day
            basis=_OTHERS,
            host=_MAIN,
            path=r"/(?P<section>[\w-]+(?:/[\w-]+){0,2})/(?P<year>200[0-8]|199\d)/(?P<day>\d\d-\d\d)/(?P<id>\d+)(?:_(?P<page>\d{1,3}))?\.s?html",
            key="{year}-{day}-{id}",
            url=_SITE + "/{section}/{year}/{day}/{id}.shtml",
        ),
        Pattern(  # /2000-3-4/26/20938.html
            basis=_OTHERS,
            host=_MAIN,
            path=r"/(?P<year>199\d|200\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})/(?P<list>\d+)/(?P<id>\d+)\.s?html",
            key="{year}-{month:0>2}-{day:0>2}-{id}",
            url=_SITE + "/{year}-{month}-{day}/{list}/{id}.html",
        ),
        Pattern(
            basis=_LINKED,
            host=_MOBILE,
            path=r"/wap/detail/(?:chs|cht)/zw/(?P<id>\d+)(?:_(?P<page>\d{1,3}))?\.s?html",
        ),
        Pattern(  # /wap/detail/zw/gn/2025/11-19/10518665.shtml
            basis=_LINKED,
            host=_MOBILE,
            path=r"/wap/detail/zw/(?P<section>[\w-]+(?:/[\w-]+){0,2})/(?P<year>20\d\d)/(?P<day>\d\d-\d\d)/(?P<id>\d+)(?:_(?P<page>\d{1,3}))?\.s?html",
            url=_SITE + "/{section}/{year}/{day}/{id}.shtml",
        ),
        Pattern(  # regional editions: www.sx.chinanews.com/news/2025/1119/234163.html
            basis=_OTHERS,
            host=r"(?:www\.)?(?P<region>(?!www|m\b|wap)[a-z]{2,8})\.chinanews\.com(?:\.cn)?",
            path=r"/(?P<section>[\w-]+(?:/[\w-]+)?)/(?P<year>\d{4})/(?P<day>\d{4}|\d\d-\d\d)/(?P<id>\d+)(?:_(?P<page>\d{1,3}))?\.s?html",
            key="{region}-{id}",
            url="https://www.{region}.chinanews.com.cn/{section}/{year}/{day}/{id}.html",
        ),
    ),
    refused=(
        # Their pages only: the channels' own (/shipin/, /shipin/m/tt/views.shtml, /photo/) are in every menu.
        Refusal(path=rf"(?:^|/)shipin/(?:.*/)?{_DAY}/{_NUMBER}$", reason=Reason.VIDEO, basis=_LINKED),
        Refusal(path=rf"(?:(?:^|/)shipin/.*|/{_DAY})/news{_NUMBER}$", reason=Reason.VIDEO, basis=_LINKED),
        Refusal(path=rf"^/(?:tp|photo)/(?:.*/)?{_DAY}/{_NUMBER}$", reason=Reason.PHOTOS, basis=_LINKED),
    ),
    page=ChinaNewsPage,
    pages=(
        Seen("article of 2020-07-04, fragments of 2016-09-11 and 2019-03-30"),
        Hearsay("other people's scrapers: the template of 2022-2026"),
    ),
)
