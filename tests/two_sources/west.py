"""The loopback newsroom under its other name, with a list of its own."""

import os

from newscrawl.discover.listings import Channel, Shape
from newscrawl.sources.base import Pattern, Source

ORIGIN = os.environ.get("SITE_ORIGIN", "http://127.0.0.1:9").replace("127.0.0.1", "localhost")

SOURCE = Source(
    slug="west",
    name="回环西报",
    home=f"{ORIGIN}/",
    hosts=("localhost",),
    listings=(Channel(name="west", url=f"{ORIGIN}/west.html", shape=Shape(item="ul.list li", time="span")),),
    articles=(Pattern(path=r"/a/(?P<id>\d+)\.html", url=ORIGIN + "/a/{id}.html"),),
)
