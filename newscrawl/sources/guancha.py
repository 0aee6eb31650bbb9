"""观察者网 (Guancha), guancha.cn."""

from newscrawl.discover.basis import Hearsay, Seen
from newscrawl.discover.listings import Channel, Shape
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Source

_SITE = "https://www.guancha.cn"
_TITLES = Shape(item="h4.module-title")
_READ = "jonawalb/rhetoric-corpus collectors/cn_media.py, tests/fixtures/cn/guancha_2026.html"


class GuanchaPage(NewsPage):
    """The template of 2019, of which that of 2026 by hearsay differs in what stands beside the story."""

    headline_css = (".left-main > h3",)
    published_css = (".left-main > .time > span",)
    modified_css = (".left-main > .time + .time > span",)  # 最后更新
    credit_css = (".left-main > .time > span",)
    byline_css = (".left-main .author-intro > p > a",)  # the columnist; .editor-intro, later, is the desk editor
    body_css = (".left-main > .all-txt",)
    page_bars = ("#select_page",)


SOURCE = Source(
    slug="guancha",
    name="观察者网",
    home=f"{_SITE}/",
    hosts=("guancha.cn",),
    listings=(
        Channel(
            name="home", url=f"{_SITE}/", shape=_TITLES, basis=Hearsay("DIYgod/RSSHub lib/routes/guancha/index.ts")
        ),
        Channel(
            name="headlines",  # its column is linked on pages of 2019
            url=f"{_SITE}/GuanChaZheTouTiao/list_1.shtml",
            shape=Shape(item=".headline-list li", link=".content-headline h3 a", time=".content-headline span"),
            basis=Hearsay("DIYgod/RSSHub lib/routes/guancha/headline.ts"),
        ),
        *(
            Channel(
                name=name,
                url=f"{_SITE}/{column}/list_1.shtml",
                shape=_TITLES,
                basis=Hearsay("digitalocean2345/News_summary app/scrapers/guancha_scraper.py"),
            )
            for name, column in (("international", "GuoJi%C2%B7ZhanLue"), ("diplomacy", "ZhongGuoWaiJiao"))
        ),
    ),
    articles=(
        Pattern(  # /politics/2019_09_07_516887.shtml; page n 516887_2, the whole 516887_s
            host=r"(?:(?:www|m)\.)?guancha\.cn",
            # The house's own rules, at the foot of every page, are no articles.
            path=r"/(?!Feedback/2016_11_24|broken-news/2017_03_28|life/2012_09_05_74361|life/2018_02_11_446706)"
            r"(?P<section>[\w·.-]+)/(?P<day>\d{4}_\d\d_\d\d)_(?P<id>\d+)(?:_(?:(?P<page>\d{1,2})|s))?\.shtml",
            url=_SITE + "/{section}/{day}_{id}.shtml",
            basis=Seen("addresses on pages of 2019-09-07 and 2019-09-09"),
        ),
    ),
    page=GuanchaPage,
    pages=(
        Seen("columnist's page 1 of 2 of 2019-09-07, articles of 2019-09-07 and 2019-09-09"),
        Hearsay(f"{_READ}: the template of 2026"),
    ),
)
