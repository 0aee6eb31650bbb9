"""回环新闻网 by channel pages alone."""

from site_sources.site import ORIGIN

from newscrawl.discover.listings import Channel
from newscrawl.sources.base import Pattern, Source

SOURCE = Source(
    slug="channels",
    name="回环新闻网",
    home=f"{ORIGIN}/",
    hosts=("127.0.0.1",),
    listings=tuple(Channel(name=f"channel-{page}", url=f"{ORIGIN}/list/{page}.html") for page in (1, 2)),
    articles=(Pattern(path=r"/a/(?P<id>\d+)\.html", url=ORIGIN + "/a/{id}.html"),),
)
