"""环球网 (Huanqiu, the Global Times' site in Chinese), huanqiu.com. All of it is hearsay."""

import re
from html import escape

import attrs
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.discover.basis import Hearsay
from newscrawl.discover.listings import Channel
from newscrawl.extract.outlet import Outlet
from newscrawl.extract.page import NewsPage
from newscrawl.items import FetchedPage
from newscrawl.sources.base import Pattern, Source
from newscrawl.text.tree import parse, parsed

_SITE = "https://www.huanqiu.com"
_FIELDS = ("title", "subtitle", "time", "ext-xtime", "source-name", "author", "content", "editor-name")
_MARKUP = frozenset({"source-name", "content"})
_OPENING = re.compile(r"【[^】]{2,60}记者[^】]{2,60}】")


class HuanqiuPage(NewsPage):
    """What a page says stands in hidden fields (``<textarea class="article-title">``), which its script shows."""

    headline_css = (".article-title",)
    subheadline_css = (".article-subtitle",)
    published_css = (".article-time",)  # milliseconds since 1970, as is the change
    modified_css = (".article-ext-xtime",)
    credit_css = (".article-source-name",)
    byline_css = (".article-author",)
    editor_css = (".article-editor-name",)
    body_css = (".article-content",)

    def __init__(self, page: FetchedPage, outlet: Outlet, *, base: str | None = None) -> None:
        super().__init__(_shown(parsed(page)), outlet, base=base)

    def byline(self) -> str | None:
        """作者, else the bracket in which the first paragraph opens: 【环球时报驻日本特派记者 …】."""
        opening = _OPENING.match(self.paragraphs[0]) if self.paragraphs else None
        return super().byline() or (opening[0] if opening else None)


def _shown(page: FetchedPage) -> FetchedPage:
    """The page with the fields of its article shown, each as an element of the same class."""
    assert page.tree is not None
    held = {field.get("class"): field for field in page.tree.iter("textarea")}
    fields = {name: held[f"article-{name}"] for name in _FIELDS if f"article-{name}" in held}
    if "content" not in fields:
        return page
    head = page.tree.find("head")
    begin = "" if head is None else etree.tostring(head, encoding="unicode", method="html")
    shown = "".join(
        f'<div class="article-{name}">{_held(field) if name in _MARKUP else escape(_held(field))}</div>'
        for name, field in fields.items()
    )
    return attrs.evolve(page, tree=parse(f'<html lang="zh-CN">{begin}<body>{shown}</body></html>'.encode()))


def _held(field: HtmlElement) -> str:
    return (field.text or "").strip()


SOURCE = Source(
    slug="huanqiu",
    name="环球网",
    credited_as=("环球时报",),
    home=f"{_SITE}/",
    hosts=("huanqiu.com",),
    listings=(
        # The channels hold their links in fields too, which no list of links reads.
        Channel(name="home", url=f"{_SITE}/", basis=Hearsay("jonawalb/rhetoric-corpus collectors/cn_media.py")),
    ),
    articles=(
        Pattern(  # //world.huanqiu.com/article/4RXo3VkFDgy, the same id on every host
            path=r"/article/(?P<id>\w{11})",
            basis=Hearsay("DIYgod/RSSHub lib/routes/huanqiu/index.ts"),
        ),
    ),
    page=HuanqiuPage,
    pages=(
        Hearsay("jonawalb/rhetoric-corpus tests/fixtures/cn/huanqiu_2026.html"),
        Hearsay("kalinote/csi_crawler csi_crawlers/spiders/huanqiu_news.py"),
    ),
)
