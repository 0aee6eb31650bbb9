"""网易 (NetEase), 163.com: its news channels and 网易号, the self-media (dy) articles it hosts."""

from newscrawl.discover.basis import Hearsay, Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.errors import Reason
from newscrawl.extract.body import roles
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Refusal, Source

_ADDRESSES = Seen("addresses on pages of 2019-09-07, 2019-09-09, 2020-07-04 and 2024-05-13")
_LINKED = Linked("articles of 2020-07-04 and 2024-05-13")
_LINKS = Linked("articles of 2019-09-07, 2019-09-09, 2020-07-04 and 2024-05-13")
_ID = r"(?P<id>[0-9A-Z]{16})"
_SITE = "https://www.163.com"


class NetEasePage(NewsPage):
    """News of 2019 and 2020, and 网易号 of 2024, which puts an account where the others put the outlet."""

    headline_css = ("#epContentLeft > h1", "h1.post_title")
    published_css = (".post_time_source", ".post_info")
    credit_css = ("#ne_article_source",)
    editor_css = (".ep-editor", ".creative_statement")
    body_css = ("#endText", ".post_main > #content")  # 网易号 says more of its users than a short story says
    body_roles = roles(
        ad=".gg200x300",
        editor=".creative_statement",
        skip=".otitle .related_article .ep-source .post_top .post_statement .post_comment .post_next",
    )


SOURCE = Source(
    slug="163",
    name="网易",
    credited_as=("网易新闻",),
    home=f"{_SITE}/",
    hosts=("163.com",),
    listings=(
        Channel(name="news", url="https://news.163.com/", basis=_LINKED),
        *(
            Channel(name=name, url=f"https://news.163.com/{name}/", basis=basis)
            for name, basis in (
                ("domestic", Hearsay("DIYgod/RSSHub lib/routes/163/domestic.ts")),
                ("world", _LINKED),
            )
        ),
        *(Channel(name=name, url=f"https://{name}.163.com/", basis=_LINKED) for name in ("money", "tech")),
    ),
    articles=(
        Pattern(  # www.163.com/dy/article/J22CN60P0514R9KQ.html, on the phone m.163.com/…, read aloud …_pdya11y.html
            basis=_ADDRESSES,
            host=r"(?:www|m)\.163\.com",
            path=rf"/(?P<channel>[a-z]+)/article/{_ID}(?:_pdya11y)?\.html",
            url=_SITE + "/{channel}/article/{id}.html",
        ),
        Pattern(  # news.163.com/20/0704/01/FGLHEVF80001899O.html
            basis=_ADDRESSES,
            path=rf"/\d\d/\d{{4}}/\d\d/{_ID}\.html",
        ),
        Pattern(  # where dy articles of 2019 and 2020 are linked at
            basis=_LINKS,
            host=r"dy\.163\.com",
            path=rf"/v2/article/detail/{_ID}\.html",
            url=_SITE + "/dy/article/{id}.html",
        ),
        Pattern(
            basis=Hearsay("DIYgod/RSSHub lib/routes/163/news/rank.ts"),
            host=r"3g\.163\.com",
            path=rf"/[a-z]+/article/{_ID}\.html",
        ),
        Pattern(
            basis=Hearsay("DIYgod/RSSHub lib/routes/163/today.ts"),
            host=r"c\.m\.163\.com",
            path=rf"/news/a/{_ID}\.html",
        ),
    ),
    refused=(
        Refusal(path=r"^/v/video/", reason=Reason.VIDEO, basis=_LINKS),
        Refusal(path=r"/photoview/\w+/\d+\.html", reason=Reason.PHOTOS, basis=_LINKS),
    ),
    page=NetEasePage,
    pages=(Seen("articles of 2019-09-07, 2019-09-09 and 2020-07-04; 网易号 article of 2024-05-13"),),
)
