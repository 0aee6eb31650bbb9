"""回环新闻网, the loopback newsroom of tests/loopback.py: read by the default chain alone."""

import os
from datetime import date

from newscrawl.discover.listings import Daily, Paged, Shape
from newscrawl.sources.base import Pattern, Source

ORIGIN = os.environ.get("SITE_ORIGIN", "http://127.0.0.1:9")
SHAPE = Shape(item="ul.list li", time="span")

SOURCE = Source(
    slug="site",
    name="回环新闻网",
    home=f"{ORIGIN}/",
    hosts=("127.0.0.1",),
    listings=(
        Paged(name="list", url=ORIGIN + "/list/{page}.html", last=4, shape=SHAPE),
        Daily(name="day", url=ORIGIN + "/day/{day}.html", since=date(2025, 11, 1), shape=SHAPE),
    ),
    articles=(Pattern(path=r"/[ab]/(?P<id>\d+)(?:_(?P<page>\d+))?\.html", url=ORIGIN + "/a/{id}.html"),),
)
