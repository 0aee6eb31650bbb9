"""基准新闻网: the loopback origin of benchmarks/origin.py."""

import os

from newscrawl.discover.listings import Paged, Shape
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Source

ORIGIN = os.environ.get("BENCH_ORIGIN", "http://127.0.0.1:9")
PAGES = int(os.environ.get("BENCH_PAGES", "1"))


class BenchPage(NewsPage):
    headline_css = ("h1.title",)
    published_css = ("div.info",)
    credit_css = ("div.info",)
    body_css = ("div.left_zw",)


SOURCE = Source(
    slug="bench",
    name="基准新闻网",
    home=f"{ORIGIN}/",
    hosts=("127.0.0.1",),
    listings=(
        Paged(name="list", url=ORIGIN + "/list/{page}.html", last=PAGES, shape=Shape(item=".list li", time="span")),
    ),
    articles=(Pattern(path=r"/a/(?P<id>\d+)\.shtml"),),
    page=BenchPage,
)
