"""A second site, in English and in a folder of its host, from a made-up store: every kind of article there may be. And
what a published folder holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import attrs
import PIL.Image
from lxml import html
from running import NOW, Desk
from store_made import CLOCK, DISCLAIMER, article, full_article, printed
from store_made import NOW as AT

from newscrawl.items import Article, Image, Picture
from newscrawl.store.writer import Publisher, Writer
from newscrawl.terms import Policy
from newscrawl.text.html import sanitise

SITE = {
    "name": "The Lakeside Review",
    "handle": "Lakeside desk",
    "language": "en",
    "base": "https://lakeside.example/news",
    "contact": "desk@lakeside.example",
    "canonical": "self",
    "hub": "https://hub.example/",
}
UNDER = "/news"
"""Where on its host the site lies."""
REPRINT = {"*": "full", "credit:excerpt": "excerpt", "credit:link": "link"}
DISCLAIMED = "The site does not answer for what is said here."
MANY = 205
"""Articles of one day: three parts."""
WITHDRAWN = "morning:withdrawn"
MIRRORED = "https://img.example/1.jpg"
"""The picture that the site has itself; others stand at their publisher's."""
FILE = "ab/ab12.png"
BODY = """
<h2>What it says</h2><p>LAKESIDE, Nov 19 (Morning) - A <b>long</b> paragraph with <a href="https://other.example/?a=1&amp;b=2">a
link</a>, <em>stress</em>, <sub>sub</sub> and a line<br>that breaks.</p>
<figure><img src="https://img.example/1.jpg" alt="The lake"><figcaption>The lake at dawn</figcaption></figure>
<p><img src="https://img.example/2.jpg"></p>
<p><a href="https://other.example/3"><img src="https://img.example/3.jpg"></a></p>
<ul><li>one<ul><li>two</li></ul></li></ul><ol><li>three</li></ol><li>on its own</li><blockquote><p>Said
somebody.</p></blockquote><table><caption>Visitors</caption><thead><tr><th>Day</th><th>Number</th></tr></thead><tbody>
<tr><td>Mon</td><td>3</td></tr><tr><td>Tue</td><td><table><tr><td>inner</td></tr></table></td></tr></tbody></table>
<pre>as  it   stands</pre><hr>
<p><a href="https://other.example/4"></a></p>
"""


def told(name: str, **fields: object) -> Article:
    """A short article in English."""
    text = f"LAKESIDE, Nov 19 (Morning) - This is about {name}.\nMore of it is told here."
    values: dict[str, object] = {
        "language": "en",
        "headline": f"What is told of {name}",
        "body_text": text,
        "body_html": "<p>" + text.replace("\n", "</p><p>") + "</p>",
        "keywords": ("lake",),
        "section": "Local",
        "authors": ("Ann Li",),
        "disclaimer": DISCLAIMED,
        "disclaimer_version": "en-1",
    }
    return article(name, **values | fields)


def articles() -> Iterator[Article]:
    yield told(
        "whole",
        body_html=sanitise(BODY),
        images=(Image(url=MIRRORED, caption="The lake at dawn", credit="Wu", alt="The lake"),),
        pictures=(Picture(url=MIRRORED, file=FILE, width=320, height=180, type="image/png", bytes=1, fetched_at=AT),),
        subheadline="And more than that",
        credit="The Lake Post",
        credit_url="https://post.example/",
        correspondents=("Bo Wu",),
        editors=("Cy Xu",),
        account="Lake reader",
        modified=printed("2025-11-19T17:00:30+08:00"),
    )
    yield attrs.evolve(full_article(), disclaimer=DISCLAIMER)
    yield told("bare", published=None, keywords=(), section=None, authors=(), body_html="<p>x</p>", body_text="x")
    yield told("an excerpt", credit="excerpt", summary="Only this may be told.")
    yield told("a link", credit="link")
    yield told("hidden", robots=("noindex",))
    yield told("<i>&\"marks\"</i> 'n' ]]> --> {{ x }}", keywords=("A/B", "a-b", "<b>", "100%", "?q=1#x"))
    yield told(
        "length", headline="Donaudampfschifffahrtsgesellschaft" * 5, keywords=("lake" * 12,), authors=("A" * 80,)
    )
    yield told("withdrawn")
    yield told("right to left", language="ar", headline="مكتبة جديدة على ضفة البحيرة", credit="البحيرة")
    for number in range(1, MANY + 1):
        yield told(f"day {number}", published=printed(f"2025-11-18T{number // 60:02}:{number % 60:02}+08:00"))


def english(folder: Path) -> Path:
    """Publishes it into a folder below ``folder``, then again when one article is corrected and one withdrawn; the
    site's."""
    settings = {"NEWSCRAWL_NOW": NOW, "NEWSCRAWL_SITE": json.dumps(SITE), "NEWSCRAWL_REPRINT": json.dumps(REPRINT)}
    images, site = folder / "images", folder / "site"
    desk = Desk(folder, settings | {"NEWSCRAWL_IMAGES": str(images)})
    (images / FILE).parent.mkdir(parents=True)
    PIL.Image.new("RGB", (320, 180), "teal").save(images / FILE)
    _write(desk, *articles())
    _run(desk, "publish", str(site))
    _write(desk, told("day 7", correction="Correction: it was the eighth.", body_text="It was the eighth."))
    _run(desk, "takedown", WITHDRAWN, "--reason", "asked")
    _run(desk, "publish", str(site))
    return site


def _write(desk: Desk, *told: Article) -> None:
    morning = Publisher(slug="morning", name="The Morning", home="https://morning.example/", language="en")
    policy = Policy(reprint=REPRINT, outlets={})
    with Writer(desk.db, sources=[morning], policy=policy, clock=CLOCK, seconds=3600) as writer:
        for each in told:
            writer.add(each)
        writer.flush()


def _run(desk: Desk, *words: str) -> None:
    done = desk.scrapy(*words)
    assert done.code == 0, done.err


# -- what a site holds -----------------------------------------------------------------------------------------------


@cache
def pages(site: Path) -> dict[str, Path]:
    """Every page by its path as an address has it: ``/topic/%E5%A4%AA%E5%8E%9F/``."""
    files = sorted(site.rglob("*.html"))
    return {"/" + quote(file.relative_to(site).as_posix().removesuffix("index.html")): file for file in files}


@cache
def kinds(site: Path) -> dict[str, str]:
    """The longest page of each kind there is: its address."""
    found: dict[str, tuple[int, str]] = {}
    for address, file in pages(site).items():
        kind = html.fromstring(file.read_bytes()).find("body").get("class")
        found[kind] = max(found.get(kind, (0, "")), (file.stat().st_size, address))
    return {kind: address for kind, (_, address) in found.items()}
