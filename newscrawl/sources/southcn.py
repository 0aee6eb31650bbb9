"""南方网 (Southcn), news.southcn.com."""

from newscrawl.discover.basis import Linked, Seen
from newscrawl.discover.listings import Channel
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Source

_SITE = "https://news.southcn.com"
_LINKED = Linked("articles of 2023-06-15 and 2024-05-12")


class SouthcnPage(NewsPage):
    crumbs_css = (".z-title a",)  # hidden, and always the channel; the trail of 2023 ends before it


SOURCE = Source(
    slug="southcn",
    name="南方网",
    home=f"{_SITE}/",
    hosts=("southcn.com",),
    listings=(
        Channel(name="home", url=f"{_SITE}/", basis=_LINKED),
        *(
            Channel(name=name, url=f"{_SITE}/{node}", basis=_LINKED)
            for name, node in (
                ("hot", "node_179d29f1ce"),
                ("guangdong", "node_54a44f01a2"),
                ("world", "node_742c1a40f1"),
            )
        ),
    ),
    articles=(
        Pattern(  # /node_179d29f1ce/86987bf032.shtml; zbtb. and jtcg. print tenders in nodes of the same CMS
            host=r"news\.southcn\.com",
            # The house's own accounts, in every menu, are no article.
            path=r"/(?P<node>node_[0-9a-f]{10})/(?!3e28537297\.)(?P<id>[0-9a-f]{10})\.shtml",
            url=_SITE + "/{node}/{id}.shtml",
            basis=Seen("articles of 2023-06-15 and 2024-05-12"),
        ),
    ),
    page=SouthcnPage,
    pages=(Seen("articles of 2023-06-15 and 2024-05-12"),),
)
