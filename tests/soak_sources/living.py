"""活页新闻网, the newsroom of tests/soak/living.py at LIVING_ORIGIN.

Its pages changed their layout once: with LIVING_MENDED set this file knows the new one too, as after the operator's
mending of the selectors.
"""

import os
from datetime import date

from newscrawl.discover.listings import Channel, Daily, Feed, Paged, Shape
from newscrawl.extract.page import NewsPage
from newscrawl.sources.base import Pattern, Source

ORIGIN = os.environ.get("LIVING_ORIGIN", "http://127.0.0.1:9")
MENDED = bool(os.environ.get("LIVING_MENDED"))
SHAPE = Shape(item="ul.list li", time="span")


class LivingPage(NewsPage):
    credit_css = (".info .from", *((".low .origin",) if MENDED else ()))
    body_css = ("div.story", *(("section.text",) if MENDED else ()))


SOURCE = Source(
    slug="living",
    name="活页新闻网",
    home=f"{ORIGIN}/",
    hosts=("127.0.0.1",),
    listings=(
        Paged(name="list", url=ORIGIN + "/list/{page}.html", last=10, shape=SHAPE),
        Channel(name="china", url=ORIGIN + "/china/"),
        Feed(name="feed", url=ORIGIN + "/feed.xml"),
        Daily(name="day", url=ORIGIN + "/day/{day}.html", since=date(2025, 11, 1), shape=SHAPE),
    ),
    articles=(Pattern(path=r"/a/(?P<id>\d+)(?:_(?P<page>\d+))?\.html", url=ORIGIN + "/a/{id}.html"),),
    page=LivingPage,
)
