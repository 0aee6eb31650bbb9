"""基准新闻网 with as many listings as chinanews has: a paged list, four channels, a feed (benchmarks/no_news.py)."""

import os

from newscrawl.discover.listings import Channel, Feed, Paged, Shape
from newscrawl.sources.base import Pattern, Source

ORIGIN = os.environ.get("BENCH_ORIGIN", "http://127.0.0.1:9")

SOURCE = Source(
    slug="bench",
    name="基准新闻网",
    home=f"{ORIGIN}/",
    hosts=("127.0.0.1",),
    listings=(
        Paged(name="list", url=ORIGIN + "/list/{page}.html", shape=Shape(item=".list li", time="span")),
        *(Channel(name=name, url=f"{ORIGIN}/{name}/") for name in ("china", "society", "world", "finance")),
        Feed(name="rss", url=f"{ORIGIN}/feed.xml"),
    ),
    articles=(Pattern(path=r"/a/(?P<id>\d+)\.shtml"),),
)
