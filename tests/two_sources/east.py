"""The loopback newsroom's first two lists."""

import os

from newscrawl.discover.listings import Paged, Shape
from newscrawl.sources.base import Pattern, Source

ORIGIN = os.environ.get("SITE_ORIGIN", "http://127.0.0.1:9")

SOURCE = Source(
    slug="east",
    name="回环东报",
    home=f"{ORIGIN}/",
    hosts=("127.0.0.1",),
    listings=(
        Paged(name="list", url=ORIGIN + "/list/{page}.html", last=2, shape=Shape(item="ul.list li", time="span")),
    ),
    articles=(Pattern(path=r"/a/(?P<id>\d+)\.html", url=ORIGIN + "/a/{id}.html"),),
)
