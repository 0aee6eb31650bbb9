"""China News Service in English, ecns.cn. All of it is hearsay: other people's saved pages tell."""

from functools import cached_property

import attrs

from newscrawl.discover.basis import Hearsay
from newscrawl.discover.listings import Channel, Feed
from newscrawl.errors import Reason
from newscrawl.extract.body import Walked
from newscrawl.extract.page import NewsPage
from newscrawl.extract.related import RelatedList
from newscrawl.extract.select import every
from newscrawl.sources.base import Pattern, Refusal, Source
from newscrawl.text.urls import absolute

_SITE = "https://www.ecns.cn"
_SAVED = "jonawalb/rhetoric-corpus tests/fixtures/cn/"
_LINKS = Hearsay(f"{_SAVED}ecns_2018.html and ecns_2026.html, their links")
_LISTS = Hearsay("jonawalb/rhetoric-corpus collectors/cn_media.py")
_SECTION = r"(?P<section>(?:[\w-]+/){0,3}?)"


class EcnsPage(NewsPage):
    """The template of 2018 and that of 2026, which agree."""

    headline_css = ("#contitle",)
    published_css = (".downinfo > span",)
    credit_css = (".downinfo > span:nth-of-type(2)",)
    editor_css = (".downinfo > span:nth-of-type(3)",)
    crumbs_css = (".bitemblue > span:last-child",)
    body_css = ("#yanse",)
    related = (RelatedList(item=".newslst04 li"),)  # 2018

    @cached_property
    def walked(self) -> Walked:
        """Without the badges of its accounts elsewhere, which close every story."""
        walked = super().walked
        badges = {absolute(self.url, image.get("src")) for image in every(self.tree, "#yanse a[href$='chinanews'] img")}
        kept = (block for block in walked.blocks if block.image is None or block.image.url not in badges)
        return attrs.evolve(walked, blocks=tuple(kept))


SOURCE = Source(
    slug="ecns",
    name="ECNS",
    credited_as=("China News Service",),
    home=f"{_SITE}/",
    hosts=("ecns.cn",),
    language="en",
    listings=(
        Feed(name="rss", url=f"{_SITE}/rss/rss.xml", basis=Hearsay(f"{_SAVED}ecns_2018.html, its link")),
        *(
            Channel(name=name, url=f"{_SITE}/{path}/", basis=_LISTS)
            for name, path in (
                ("wire", "cns-wire"),
                ("politics", "china/politics"),
                ("business", "business"),
                ("world", "world"),
            )
        ),
    ),
    articles=(
        Pattern(  # /news/economy/2018-05-23/detail-ifyuqkxh5544774.shtml
            path=rf"/(?:m/)?{_SECTION}(?P<day>\d{{4}}-\d\d-\d\d)/detail-(?P<id>\w+)\.shtml",
            url=_SITE + "/{section}{day}/detail-{id}.shtml",
            basis=_LINKS,
        ),
        Pattern(  # until 2018: /2018/05-24/303793.shtml, /business/2018/05-24/303794.shtml
            path=rf"/(?:m/)?{_SECTION}(?P<year>20[01]\d)/(?P<day>\d\d-\d\d)/(?P<id>\d+)\.shtml",
            url=_SITE + "/{section}{year}/{day}/{id}.shtml",
            basis=_LINKS,
        ),
    ),
    refused=tuple(
        Refusal(path=rf"^/(?:m/)?(?:{names})/(?:\d{{4}}-\d\d-\d\d|\d{{4}}/\d\d-\d\d)/", reason=reason, basis=_LINKS)
        for names, reason in (("video", Reason.VIDEO), ("hd|photo|visual", Reason.PHOTOS))
    ),
    page=EcnsPage,
    pages=(Hearsay(f"{_SAVED}ecns_2018.html, ecns_2026.html"),),
)
