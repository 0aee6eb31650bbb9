"""A site of some five hundred pages with the usual mess, of which no source knows anything, on the loopback.

A :class:`Look` is a content system with its template: how it spells addresses and what its pages are made of. What a
site has besides articles is the same for every look (:func:`furnish`): sections over several pages, tags and authors
with openings of text, days of the archive, searches, comments, print views, AMP twins, films, galleries, pages about
the site, addresses with something to follow readers about, dead links and redirects.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Sequence
from html import escape
from typing import ClassVar

import attrs
from loopback import Site

ENGLISH = "en"
PEOPLE = {ENGLISH: ("Mary Doyle", "Peter Haines", "Ruth Okafor"), "zh": ("李明远", "王晓岚", "陈立")}
TOPICS = {ENGLISH: ("bridges", "ferry", "schools", "market"), "zh": ("桥梁", "轮渡", "学校", "集市")}
PER_PAGE = 10
OTHER = "https://elsewhere.example.com"

_WHAT = (
    "footbridge",
    "ferry",
    "bakery",
    "library",
    "tram line",
    "market hall",
    "swimming pool",
    "orchard",
    "lighthouse",
)
_WHERE = ("Harrow Lane", "Mill Quay", "Fenwick", "Castle Hill", "Eastgate", "the old harbour", "Thornby", "Long Meadow")
_DID = (
    "reopens after repairs",
    "draws record crowds",
    "closes for the winter",
    "gets a new roof",
    "is sold to its workers",
)
_SAID = (
    "The council voted {n} to {m} in favour after a debate that lasted until late in the evening.",
    "Work on it took {n} weeks longer than planned, and the bill rose by {m} per cent.",
    "Residents of {where} said they had waited {n} years for this, and some had stopped believing in it.",
    "A spokeswoman said that {n} people had applied for the {m} places in the first week alone.",
    "The {what} was built in 18{n:02d} and has been repaired {m} times since, most lately by volunteers.",
    "On the first morning {n} visitors came before nine o'clock, and the queue reached as far as {where}.",
)
_HAN_WHAT = ("人行桥", "轮渡", "面包房", "图书馆", "电车线", "菜市场", "游泳馆", "果园", "灯塔")
_HAN_WHERE = ("磨坊街", "东门口", "芦苇荡", "城隍庙", "老码头", "柳林村", "长堤", "石桥镇")
_HAN_DID = ("修缮后重新开放", "客流创下新高", "入冬暂停开放", "换上了新屋顶", "由职工集资接手")
_HAN_SAID = (
    "镇里的会开到很晚，{n}人赞成、{m}人反对，最后还是通过了这件事。",
    "工程比原计划多用了{n}个星期，花费也多出百分之{m}，负责人说材料涨价是主要原因。",
    "{where}的居民说，这一天他们盼了{n}年，有人早就不抱希望了。",
    "工作人员介绍，头一个星期就有{n}人报名，名额只有{m}个，只好抽签决定先后。",
    "这座{what}建成于一九{n:02d}年，此后修过{m}次，最近一次全靠志愿者出力。",
    "开放头一天早上，九点以前就来了{n}个人，队伍一直排到{where}。",
)


@attrs.frozen(kw_only=True)
class Story:
    number: int
    title: str
    paragraphs: tuple[str, ...]
    day: int
    """Of November 2025."""
    author: str
    topic: str

    @property
    def clock(self) -> str:
        return f"{7 + self.number % 12:02d}:{self.number * 7 % 60:02d}"

    @property
    def date(self) -> str:
        return f"2025-11-{self.day:02d}"

    @property
    def slug(self) -> str:
        kept = "".join(sign if sign.isalnum() else "-" for sign in self.title.lower())
        return "-".join(filter(None, kept.split("-")))

    @property
    def opening(self) -> str:
        return self.paragraphs[0]


def stories(language: str, first: int, count: int) -> tuple[Story, ...]:
    """The newest first; every fourth is a flash of two sentences."""
    english = language == ENGLISH
    what, where, did = (_WHAT, _WHERE, _DID) if english else (_HAN_WHAT, _HAN_WHERE, _HAN_DID)
    said = _SAID if english else _HAN_SAID
    made = []
    for number in range(first + count, first, -1):
        dice = random.Random(number)
        thing, place = what[number % len(what)], where[number // len(what) % len(where)]
        deed = did[number % len(did)]
        title = (
            f"{thing.capitalize()} number {number} in {place} {deed}" if english else f"{place}{number}号{thing}{deed}"
        )

        def sentence(dice: random.Random = dice, thing: str = thing) -> str:
            filled = {"n": dice.randint(11, 99), "m": dice.randint(3, 9), "where": dice.choice(where), "what": thing}
            return dice.choice(said).format(**filled)

        lead = (
            f"The {thing} number {number} in {place} {deed}, the town said on Wednesday."
            if english
            else f"{place}{number}号{thing}{deed}，镇里昨天发布了这一消息。"
        )
        joint = " " if english else ""
        paragraphs = [lead + joint + sentence()]
        paragraphs += [
            joint.join(sentence() for _ in range(3)) for _ in range(0 if number % 4 == 0 else 2 + number % 4)
        ]
        made.append(
            Story(
                number=number,
                title=title,
                paragraphs=tuple(paragraphs),
                day=1 + (number - first - 1) * 18 // count,
                author=PEOPLE[language][number % 3],
                topic=TOPICS[language][number % 4],
            )
        )
    return tuple(made)


class Look:
    """A content system and its template; paths are from the root. ``None`` for an address: it has no such page."""

    name = ""
    language = ENGLISH
    most: tuple[Story, ...] = ()
    """Shown beside every page as most read."""
    words: ClassVar[dict[str, str]] = {
        "tag": "Tag: {}", "author": "Articles by {}", "day": "Archive for {}", "search": "Search results for {}",
        "comments": "Comments on: {}", "about": "About us", "contact": "Contact us", "privacy": "Privacy policy",
        "login": "Log in", "most": "Most read", "section": "Local news",
    }  # fmt: skip

    # -- addresses
    def at(self, story: Story) -> str:
        raise NotImplementedError

    def section(self, page: int) -> str:
        raise NotImplementedError

    def list_of(self, kind: str, what: str) -> str:
        """Of a tag, an author, a day ('2025-11-19'), a search."""
        raise NotImplementedError

    def comments(self, story: Story) -> str:
        raise NotImplementedError

    def print_view(self, story: Story) -> str:
        raise NotImplementedError

    def amp(self, story: Story) -> str | None:
        return None

    def static(self, name: str) -> str:
        raise NotImplementedError

    def film(self, number: int) -> str:
        raise NotImplementedError

    def gallery(self, number: int) -> str:
        raise NotImplementedError

    # -- pages
    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        """The whole page: menu, ``body``, what stands beside it, footer."""
        raise NotImplementedError

    def article(self, story: Story) -> str:
        raise NotImplementedError

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        """Heading, entries and page bar of any list."""
        raise NotImplementedError

    def bar(self, page: int, last: int) -> str:
        raise NotImplementedError

    # -- the same for all, unless a look knows better
    def canonical(self, story: Story, origin: str) -> str:
        return f'<link rel="canonical" href="{origin}{self.at(story)}">'

    def printed(self, story: Story) -> str:
        """The bare story."""
        body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        return f"<h1>{story.title}</h1><p>{story.date} {story.clock}</p>{body}"

    def commented(self, story: Story) -> str:
        lines = "".join(
            f'<li class="comment"><b>{PEOPLE[self.language][n % 3]}</b> <i>{story.date} 2{n % 4}:15</i><p>{text}</p>'
            f"</li>"
            for n, text in enumerate(story.paragraphs[0].split("，" if self.language == "zh" else ". ") * 4)
        )
        back = f'<p><a href="{self.at(story)}">{story.title}</a></p>'
        return f"<h1>{self.words['comments'].format(story.title)}</h1>{back}<ol class='commentlist'>{lines}</ol>"

    def about(self, name: str) -> str:
        text = "".join(f"<p>{one.paragraphs[-1]}</p>" for one in stories(self.language, 900, 4))
        form = "<form><input name=u><input type=password name=p></form>" if name == "login" else ""
        return f"<h1>{self.words[name]}</h1>{form if name == 'login' else text}"

    def shown(self, story: Story, film: bool) -> str:
        media = "<video controls src='/media/film.mp4'></video>" if film else "".join(
            f"<figure><img src='/media/{story.number}-{n}.jpg' width=800></figure>" for n in range(7)
        )  # fmt: skip
        line = story.opening[: 90 if self.language == ENGLISH else 40]
        return f"<h1>{story.title}</h1><span>{story.date} {story.clock}</span>{media}<p>{line}</p>"


@attrs.define(kw_only=True)
class Mess:
    """What was built: ``articles`` are their paths; ``feeds``, ``maps`` and ``sections`` are where to begin."""

    site: Site
    articles: list[str] = attrs.Factory(list)
    feeds: list[str] = attrs.Factory(list)
    maps: list[str] = attrs.Factory(list)
    sections: list[str] = attrs.Factory(list)


def build(site: Site, looks: Sequence[tuple[Look, int]]) -> Mess:
    """Fill ``site`` (it is being served: its origin is known) with so many articles of each look: a section each, a
    part of the sitemap each, and two feeds, RSS and Atom."""
    mess = Mess(site=site)
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", **{"Content-Type": "text/plain"})
    parts, told = [], []
    for place, (look, count) in enumerate(looks):
        told.append((look, stories(look.language, 100 * (place + 1), count)))
        look.most = told[-1][1][-4:]
        mess.articles += [look.at(story) for story in told[-1][1]]
        mess.sections.append(look.section(1))
        parts.append(_part(site, look, place, told[-1][1], furnish(site, look, told[-1][1])))
    for feed, kind, write, some in (("/rss.xml", "rss", rss, told[::2]), ("/atom.xml", "atom", atom, told[1::2])):
        entries = [entry for look, own in some for entry in entries_of(site, look, own)]
        site.put(feed, write(site, entries), **{"Content-Type": f"application/{kind}+xml"})
        mess.feeds.append(feed)
    index = "".join(f"<sitemap><loc>{site.origin}{part}</loc></sitemap>" for part in parts)
    site.put("/sitemap_index.xml", f'<sitemapindex xmlns="{_MAPS}">{index}</sitemapindex>', **_XML)
    mess.maps.append("/sitemap_index.xml")
    links = "".join(f"<a href='{escape(one)}'>{escape(one)}</a>" for one in mess.sections)
    site.put("/", looks[0][0].frame("Home", links, kind="home"))
    return mess


_XML = {"Content-Type": "application/xml"}
_MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_OF_A_KIND = 8


def furnish(site: Site, look: Look, told: Sequence[Story]) -> list[str]:
    """Put all pages of a look; the paths of those that are no articles, for the sitemap."""
    others: list[str] = []

    def put(path: str, title: str, body: str, kind: str, head: str = "") -> None:
        site.put(path, look.frame(title, body, kind=kind, head=head))
        others.append(path)

    for story in told:
        site.put(look.at(story), look.article(story))
    last = -(-len(told) // PER_PAGE)
    for page in range(1, last + 1):
        some = told[(page - 1) * PER_PAGE : page * PER_PAGE]
        put(
            look.section(page),
            look.words["section"],
            look.listed(look.words["section"], some, look.bar(page, last)),
            "section",
        )
    lists: list[tuple[str, str, list[Story]]] = []
    lists += [("tag", topic, [s for s in told if s.topic == topic]) for topic in TOPICS[look.language]]
    lists += [("author", name, [s for s in told if s.author == name]) for name in PEOPLE[look.language]]
    lists += [("day", f"2025-11-{day:02d}", [s for s in told if s.day == day]) for day in range(1, 19, 3)]
    lists += [("search", topic, [s for s in told if s.topic == topic][:6]) for topic in TOPICS[look.language][:2]]
    for kind, what, some in lists:
        heading = look.words[kind].format(what)
        put(look.list_of(kind, what), heading, look.listed(heading, some[:12]), kind)
    for story in told[:_MOST_OF_A_KIND]:
        put(look.comments(story), look.words["comments"].format(story.title), look.commented(story), "comments")
    for place, story in enumerate(told[: 2 * _MOST_OF_A_KIND]):
        head = look.canonical(story, site.origin) if place % 2 == 0 else ""
        prints = "" if head else " onload='window.print()'"
        view = f"<html><head><title>{story.title}</title>{head}</head><body{prints}>{look.printed(story)}</body></html>"
        site.put(look.print_view(story), view)
        if amp := look.amp(story):
            twin = look.article(story).replace("<html", "<html amp", 1)
            if "canonical" not in twin:
                twin = twin.replace("</head>", look.canonical(story, site.origin) + "</head>", 1)
            site.put(amp, twin)
    for name in ("about", "contact", "privacy", "login"):
        put(look.static(name), look.words[name], look.about(name), "static")
    for number, story in enumerate(stories(look.language, 700, 6)):
        film = number % 2 == 0
        path = look.film(number) if film else look.gallery(number)
        put(path, story.title, look.shown(story, film), "media")
    return others


def followed(path: str, number: int) -> str:
    """An address as feeds and mails spell it: with something to follow the reader about, or a session's id."""
    mark = "&" if "?" in path else "?"
    ways = (
        f"{mark}utm_source=rss&utm_medium=feed&utm_campaign=n{number}",
        f"{mark}PHPSESSID={number:032x}",
        f"{mark}spm=a2.{number}&from=timeline",
        "#comments",
    )
    return path + ways[number % len(ways)]


Entry = tuple[str, str, str]
"""Address, title and time of a feed's entry."""


def entries_of(site: Site, look: Look, told: Sequence[Story]) -> list[Entry]:
    """Two of three as feeds spell them (:func:`followed`); and an article that has moved, a redirect home, a dead link,
    a film, another site's story."""
    entries = []
    for story in told:
        path = look.at(story)
        if story.number % 3:
            spelt = followed(path, story.number)
            site.pages[spelt.partition("#")[0]] = site.pages[path]
            path = spelt
        entries.append((site.origin + path, story.title, f"{story.date}T{story.clock}:00+08:00"))
    old, home, dead = (f"/{look.name}/{word}.html" for word in ("old-address-of-a-story", "gone-home", "dead"))
    site.put(old, "", status=301, Location=look.at(told[0]))
    site.put(home, "", status=302, Location="/")
    odd = (old, home, dead, look.film(0))
    when = "2025-11-18T08:00:00+08:00"
    entries += [(site.origin + path, "Something else", when) for path in odd]
    return [*entries, (f"{OTHER}/2025/11/18/somebody-elses-story", "Elsewhere", when)]


def rss(site: Site, entries: Iterable[Entry]) -> str:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link><dc:date>{when}</dc:date></item>"
        for url, title, when in entries
    )
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<rss version="2.0" {space}><channel><title>RSS</title><link>{site.origin}/</link>{items}</channel></rss>'


def atom(site: Site, entries: Iterable[Entry]) -> str:
    items = "".join(
        f'<entry><title>{escape(title)}</title><link rel="alternate" href="{escape(url)}"/><id>{escape(url)}</id>'
        f"<updated>{when}</updated></entry>"
        for url, title, when in entries
    )
    home = f'<link rel="alternate" href="{site.origin}/"/>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>{home}{items}</feed>'


def _part(site: Site, look: Look, place: int, told: Sequence[Story], others: Iterable[str]) -> str:
    """A sitemap of articles, tags, pages about the site, print views: every second one gzipped."""
    paths = [look.at(story) for story in told] + list(others) + [look.print_view(story) for story in told[:4]]
    random.Random(place).shuffle(paths)
    urls = "".join(f"<url><loc>{escape(site.origin + path)}</loc></url>" for path in paths)
    data = f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="{_MAPS}">{urls}</urlset>'.encode()
    path = f"/sitemap-{look.name}.xml{'.gz' if place % 2 == 0 else ''}"
    kind = {"Content-Type": "application/gzip"} if place % 2 == 0 else _XML
    site.put(path, gzip.compress(data, mtime=0) if place % 2 == 0 else data, **kind)
    return path
