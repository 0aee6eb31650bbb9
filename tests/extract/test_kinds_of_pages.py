"""Kinds of pages that sites have besides articles, and odd articles, as a crawl of an unknown site meets them."""

from __future__ import annotations

import pytest
from messy import Story, stories

from newscrawl.errors import NotAnArticle
from newscrawl.items import FetchedPage, Link
from newscrawl.sources import read_page
from newscrawl.text.spelling import name_of

SITE = "https://www.town.example"
EN, ZH = stories("en", 100, 40), stories("zh", 200, 40)


def whole(story: Story) -> str:
    return "".join(f"<p>{text}</p>" for text in story.paragraphs)


def linked(some: tuple[Story, ...]) -> str:
    return "".join(f'<li><a href="/2025/11/{s.number}.html">{s.title}</a></li>' for s in some)


def teased(some: tuple[Story, ...]) -> str:
    return "".join(
        f'<div class="teaser"><h3><a href="/2025/11/{s.number}.html">{s.title}</a></h3><p>{s.opening}</p></div>'
        for s in some
    )


def read(path: str, heading: str, body: str) -> str:
    side = linked(ZH[:6] if any(sign > "\u3400" for sign in heading) else EN[:6])
    page = (
        f'<html><head><meta charset="utf-8"><title>{heading} | Town Times</title></head><body><nav><a href="/">Home</a>'
        f'<a href="/news/">News</a></nav><div class="content"><h1>{heading}</h1>{body}</div><div class="side">'
        f"<h4>Latest"
        f'</h4><ul>{side}</ul></div><footer><a href="/about">About</a> <a href="/contact">Contact</a></footer>'
        f"</body></html>"
    )
    url = SITE + path
    link = Link(source="town.example", key=f"town.example:{name_of(url)}", url=url, found_in=SITE)
    try:
        return read_page(FetchedPage(url=url, body=page.encode(), link=link)).headline or ""
    except NotAnArticle as problem:
        return f"({problem.reason.value})"


BIO = """<p>Mary Doyle has written about the town since 2009. She grew up in Fenwick and joined it as a trainee.</p>
<p>She covers the council and the harbour. In 2021 she was named reporter of the year by the county press club.</p>
<p>When she does not write, she keeps bees and repairs old radios in a shed behind the railway station.</p>"""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
TABLE = "".join(f"<tr><td>{day}</td><td>{n} °C</td><td>Rain {3 * n} %</td></tr>" for n, day in enumerate(DAYS))
EVENTS = "".join(
    f"<div class=event><a href=/events/{n}>The {n + 2}nd concert of the choir</a><i>{n} December 2025</i><p>At the "
    f"door.</p></div>"
    for n in range(5)
)
BLOG = "".join(
    f'<article><h2><a href="/blog/{s.slug}/">{s.title}</a></h2><i>{s.date}</i>{whole(s)}</article>' for s in EN[:6]
)
BOXES = "".join(f"<div class=box><h3>{name}</h3><ul>{linked(ZH[:5])}</ul></div>" for name in ("进展", "深度", "图片"))
ROLL = "".join(
    f"<li><a href=/news/{s.number}.html>{s.title}</a><i>{s.date}</i><p>{s.opening}</p></li>" for s in ZH[:15]
)

NONE = {
    "a writer's life and stories": ("/writers/mary-doyle", "Mary Doyle", f"{BIO}<ul>{linked(EN[:12])}</ul>"),
    "the same at the root": ("/mary-doyle/", "Mary Doyle", BIO + teased(EN[:10])),
    "a Chinese one": (
        "/jizhe/123.html",
        "李明远个人主页",
        f"<p>李明远，小镇网记者，长期关注民生。</p><ul>{linked(ZH[:15])}</ul>",
    ),
    "a topic with an introduction": ("/topics/the-river", "The river", f"<p>{EN[1].opening}</p>{teased(EN[:12])}"),
    "专题": ("/zt/2025/heliu/", "河流治理专题", f"<p>{ZH[1].opening}</p>{BOXES}"),
    "weather": (
        "/weather/fenwick",
        "Weather in Fenwick",
        f"<table>{TABLE}</table><p>Sunrise at 7:12, sunset at 16:20.</p>",
    ),
    "events": ("/whats-on", "What's on this week", EVENTS),
    "a poll": (
        "/polls/17",
        "Should the bridge be painted green?",
        "<form><input type=radio>Yes</form><p>1,204 votes.</p>",
    ),
    "a letter to subscribe to": (
        "/newsletters/morning",
        "Get the morning letter",
        "<p>Every weekday at seven, in five minutes.</p>",
    ),
    "a page of the printed paper": ("/szb/2025-11/19/node_2.htm", "第02版：要闻", f"<ul>{linked(ZH[:9])}</ul>"),
    "feeds": (
        "/rss-feeds",
        "RSS feeds",
        "<p>Read the news as it comes.</p><ul><li><a href=/f.xml>All the news</a></li></ul>",
    ),
    "a month": ("/2025/november", "November 2025", f"<ul>{linked(EN)}</ul>"),
    "a search without results": (
        "/search?q=xyzzy",
        "Search",
        "<p>No results were found for xyzzy. Try other words.</p>",
    ),
    "a door to elsewhere": (
        "/out?u=x",
        "You are leaving Town Times",
        "<p>You are about to go to another site. Go on?</p>",
    ),
    "an error": (
        "/2025/11/1234.html",
        "Something went wrong",
        "<p>We could not show you this page. Please try again.</p>",
    ),
    "a check of the browser": (
        "/2025/11/1235.html",
        "Checking your browser",
        "<p>This is automatic, and takes a few seconds.</p>",
    ),
    "访问验证": ("/a/1235.html", "访问验证", "<p>您的访问过于频繁，请完成下方验证后继续浏览本站内容。</p>"),
    "栏目建设中": ("/xxgk/", "信息公开", "<p>该栏目正在建设中，敬请期待。</p>"),
    "a podcast": (
        "/podcasts/ep-12",
        "Episode 12: the ferry",
        "<audio src=a.mp3></audio><p>Mary Doyle meets the ferryman.</p>",
    ),
    "a stream": (
        "/live/council",
        "Watch live: council meeting",
        "<iframe src=//player.example/1></iframe><p>Every Wednesday.</p>",
    ),
    "a rolling list": ("/news/", "新闻列表", f"<ul>{ROLL}</ul>"),
    "a blog with whole stories": ("/blog/", "Blog", BLOG),
    "a home page": (
        "/",
        "Town Times",
        f"<h2><a href=/2025/11/139.html>{EN[1].title}</a></h2><p>{EN[1].opening}</p>{teased(EN[:8])}",
    ),
}
GERMAN = "<p>Der Chor der Musikschule singt Lieder aus fünf Jahrhunderten, begleitet von der Orgel.</p>"
DATE = "<span>2025-11-19 08:00</span>"
NONE |= {
    "Wetter": ("/wetter/fenwick.html", "Wetter", DATE + GERMAN),
    "Thema": ("/themen/hafen/", "Hafen", GERMAN + teased(EN[:6])),
    "autor": ("/autor/maria-lopez/", "María López", f"<p>Escribe sobre el puerto desde 2009.</p>{teased(EN[:6])}"),
    "job": ("/stellenmarkt/pflege-in-teilzeit-im-team-77.html", "Pflege (m/w/d) in Teilzeit", DATE + GERMAN),
    "Quiénes somos": ("/p/quienes-somos.html", "Quiénes somos", GERMAN * 6),
    "a classified": ("/classifieds/old-boat-for-sale-now", "Old boat for sale now", f"{DATE}<p>Sails well. $351.</p>"),
    "a quote": ("/quote/600000.html", "Harbour Holding (600000)", "<p>The company runs the docks of the town.</p>"),
    "a programme": ("/tv-programm/", "TV-Programm heute", DATE + GERMAN * 6),
    "节目表": ("/tv/town1.html", "节目表", DATE + "<p>18:30 小镇新闻</p><p>19:30 小镇故事</p>"),
}
POSTS = "".join(
    f"<div class=post><b>1{n}:30</b><h3>{s.title}</h3><p>{s.opening}</p></div>" for n, s in enumerate(EN[:8])
)
DIGEST = "".join(f"<p>{s.opening} <a href=/2025/11/{s.number}.html>{s.title}</a></p>" for s in EN[:6])
WALKS = "".join(f"<h3>{n}. {s.title}</h3><p>{s.opening}</p>" for n, s in enumerate(EN[:8]))
ARTICLES = {
    "weather that is news": ("/wetter/sturm-erreicht-die-stadt-77.html", "Sturm erreicht die Stadt", DATE + GERMAN),
    "in a German topic": ("/themen/hafen/neue-kraene-im-hafen-78.html", "Neue Kräne im Hafen", DATE + GERMAN),
    "about a price": (
        "/2025/11/10.html",
        "Bridge costs the town more",
        f"{DATE}<p>It cost $351 million, not $200.</p>",
    ),
    "behind a wall": (
        "/2025/11/1.html",
        EN[0].title,
        f"{DATE}<p>{EN[0].opening}</p><form><input type=password></form>{teased(EN[1:8])}",
    ),
    "a flash": ("/2025/11/2.html", ZH[0].title, f"{DATE}<p>{ZH[0].opening}</p><ul>{linked(ZH[1:20])}</ul>"),
    "undated": ("/story/old-bridge", EN[2].title, whole(EN[2])),
    "a list of walks": ("/2025/11/4.html", "Ten walks round the town for the autumn", DATE + WALKS),
    "a digest": (
        "/2025/11/5.html",
        "What the town talked about this week",
        f"{DATE}<p>{EN[1].paragraphs[-1]}</p>{DIGEST}",
    ),
    "live": ("/2025/11/6.html", "Storm reaches the coast: as it happened", DATE + POSTS),
    "an obituary": ("/obituaries/john-smith", "John Smith, boatbuilder, 1931-2025", DATE + BIO),
    "a comment": ("/comment/why-the-bridge-matters", "Why the bridge matters", DATE + whole(EN[2])),
    "评论": ("/pinglun/2025/1119/8.html", "评论：旧桥该不该修", DATE + whole(ZH[1]) + whole(ZH[2])),
    "with a film": (
        "/video/2025/bridge-on-film-at-last.html",
        "The bridge on film",
        f"{DATE}<video></video>{whole(EN[2])}",
    ),
    "with pictures": (
        "/photos/2025/11/7.html",
        "The bridge in pictures",
        f"{DATE}{'<figure><img src=1.jpg></figure>' * 6}{whole(EN[2])}",
    ),
    "about a number": ("/2025/11/9.html", "About 300 walkers cross the bridge", DATE + whole(EN[2])),
    "in a topic": ("/topics/river/2025/11/bridge-opens-to-all", "Bridge opens to all", DATE + whole(EN[2])),
    "a column": ("/authors/mary-doyle/why-i-walk-to-work", "Why I walk to work", DATE + whole(EN[2])),
}


@pytest.mark.parametrize("kind", NONE)
def test_what_sites_have_besides_articles_is_turned_away(kind: str) -> None:
    assert read(*NONE[kind]).startswith("(")


@pytest.mark.parametrize("kind", ARTICLES)
def test_odd_articles_are_read(kind: str) -> None:
    assert read(*ARTICLES[kind]) == ARTICLES[kind][1]


def test_a_page_that_only_its_title_names_is_turned_away() -> None:
    head = "<html><head><meta charset=utf-8><title>下载-小镇网</title></head>"
    page = f"{head}<body><p>本表格汇集了常用的办事申请表，请用电脑打开后填写。</p></body></html>"
    with pytest.raises(NotAnArticle):
        read_page(FetchedPage(url=f"{SITE}/showdown.asp?id=17", body=page.encode()))


@pytest.mark.parametrize("kind", ["Event", "PodcastEpisode", "JobPosting", "Product"])
def test_what_the_data_call_something_else_is_no_article_unless_they_call_it_one_too(kind: str) -> None:
    data = f'<script type="application/ld+json">{{"@type": "{kind}", "name": "The bridge on a winter night"}}</script>'
    story = (f"{DATE}<p>{EN[1].opening}</p>", "/2025/11/12.html", "The bridge on a winter night")
    assert read(story[1], story[2], data + story[0]) == "(no_body)"
    article = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "The bridge on a winter night"}</script>'
    )
    assert read(story[1], story[2], data + article + story[0]) == story[2]
