"""Pages of sites that nobody declared: what answers like an article and is none is turned away, and no article is."""

from __future__ import annotations

import pytest

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.items import FetchedPage, Link
from newscrawl.sources import read_page

SITE = "https://www.riverside.example"
STORY = "".join(
    f"<p>The old bridge over the river opened again this morning, after {n} years in which nobody could cross it.</p>"
    for n in range(2, 7)
)
HAN = (
    "<p>江上的旧桥关了一年，今天早晨修好通车，附近的居民早早就来了，走在桥上的人比车还多，孩子们数着桥上的灯。</p>" * 4
)
SIDE = "".join(f"<li><a href=/2025/11/18/{n}.html>What else happened in the town, part {n}</a></li>" for n in range(12))


def read(
    path: str, body: str, *, head: str = "", title: str = "Bridge", attributes: str = "", link: bool = True
) -> str:
    """The headline of the article that is read, or the word for why there is none."""
    html = f"<html><head><title>{title}</title>{head}</head><body {attributes}>{body}</body></html>"
    url = SITE + path
    found = Link(source="riverside.example", key=f"riverside.example:{path}", url=url, found_in=SITE) if link else None
    try:
        page = FetchedPage(url=url, body=html.encode(), content_type="text/html; charset=utf-8", link=found)
        return read_page(page).headline or ""
    except NotAnArticle as problem:
        return f"({problem.reason.value})"


NONE = ("(list_page)", "(no_body)")
OPENING = "The works took longer than the town had hoped, the mayor said, and cost more than anybody had foreseen. " * 2


def teaser(n: int, tag: str = "div") -> str:
    link = f"<h2><a href=/2025/11/{n}/bridge-{n}-opens/>Bridge number {n} opens to walkers</a></h2>"
    return f"<{tag} class=entry>{link}<span>November {n}, 2025</span><p>{OPENING}</p></{tag}>"


def flat(n: int) -> str:
    """As an old system has it: the opening behind the link in one paragraph."""
    return f"<li><a href=/show.php?id={n}>Bridge number {n} opens to walkers</a> (November {n}, 2025) {OPENING}</li>"


TEASERS = "".join(teaser(n) for n in range(10, 16))
FLAT = "".join(flat(n) for n in range(10, 16))


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/local/", "Local"), ("/x/1234", "Local news of the town"), ("/tag/bridge/", "Bridges"), ("/author/j-d/", "J D")],
)
def test_a_list_with_openings_of_text_is_no_article_whatever_its_address(path: str, heading: str) -> None:
    assert read(path, f"<h1>{heading}</h1><div>{TEASERS}</div>") in NONE
    assert read(path, f"<h1>{heading}</h1><ul>{FLAT}</ul>") == "(list_page)"


def test_a_list_says_so_in_its_data_or_its_title_and_is_believed_where_its_entries_agree() -> None:
    data = '<script type="application/ld+json">{"@type": "CollectionPage", "name": "Local"}</script>'
    body = f"<h1>All the local news of the town</h1><ul>{FLAT}</ul>"
    assert read("/2025/11/19/local-news-here/", body, head=data) == "(list_page)"


def test_a_short_line_beside_a_long_list_is_no_story() -> None:
    line = "<p>All that happens in the town, from the council to the river.</p>"
    assert read("/local/", f"<h1>Local</h1>{line}<ul>{SIDE}</ul>") in NONE


@pytest.mark.parametrize("declared", [True, False])
def test_an_article_with_lists_beside_it_is_one_with_and_without_data(declared: bool) -> None:
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The old bridge opens again"}</script>'
    )
    body = f"<h1>The old bridge opens again</h1><span>2025-11-19 08:30</span><div>{STORY}</div><ul>{SIDE}</ul>{TEASERS}"
    assert read("/x/17", body, head=data if declared else "") == "The old bridge opens again"


def test_a_flash_of_two_sentences_beside_long_lists_is_an_article() -> None:
    flash = (
        "<h1>江上的旧桥今天早晨修好通车</h1><div>2025年11月19日 08:30 来源：江边晚报</div>"
        "<p>江上的旧桥今天早晨修好通车。</p><p>附近的居民早早就来了。</p>"
    )
    assert read("/a/17.html", f"{flash}<ul>{SIDE}</ul>") == "江上的旧桥今天早晨修好通车"


def test_a_digest_of_linked_stories_that_its_data_call_an_article_is_one() -> None:
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ten things to know today",'
        ' "datePublished": "2025-11-19T08:00:00Z"}</script><meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2025-11-19T08:00:00Z">'
    )
    body = f"<h1>Ten things to know today</h1><ul>{FLAT}</ul>"
    assert read("/2025/11/19/ten-things/", body, head=data) == "Ten things to know today"
    assert read("/2025/11/19/ten-things/", body) == "(list_page)"


COMMENT = """<div class=comment><b>Reader {n}</b> <i>2025-11-19 09:{n}</i>
<p>I have crossed this bridge since I was a child, and I am glad of it.</p></div>"""


@pytest.mark.parametrize("path", ["/comments/12345.html", "/show/12345?comments=1", "/pinglun/12345.html"])
def test_a_page_of_comments_is_no_article(path: str) -> None:
    body = "".join(COMMENT.replace("{n}", str(n)) for n in range(10, 20))
    assert read(path, f"<h1>Comments on: The old bridge opens</h1><div id=comments>{body}</div>") in NONE


def test_an_article_with_comments_below_or_about_comments_is_one() -> None:
    below = "".join(COMMENT.replace("{n}", str(n)) for n in range(10, 20))
    body = (
        f"<h1>Comments on the bridge are closed</h1><i>2025-11-19</i><div>{STORY}</div><div id=comments>{below}</div>"
    )
    assert read("/2025/11/19/12345.html", body) == "Comments on the bridge are closed"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/about", "About us"),
        ("/gywm.html", "关于我们"),
        ("/contact/", "Contact"),
        ("/privacy", "Privacy"),
        ("/x/1", "联系我们"),
    ],
)
def test_a_page_about_the_site_is_no_article(path: str, name: str) -> None:
    assert read(path, f"<h1>{name}</h1>{STORY}", title=f"{name} - Riverside Gazette") == "(no_body)"
    assert read(path, f"<h1>Riverside Gazette</h1>{STORY}", title=f"Riverside Gazette: {name}") == "(no_body)"


def test_an_article_about_a_contact_is_one() -> None:
    body = f"<h1>Contact lost with the ferry</h1><i>2025-11-19</i>{STORY}"
    assert (
        read("/contact-lost-with-the-ferry/", body, title="Contact lost with the ferry")
        == "Contact lost with the ferry"
    )


def test_a_form_to_log_in_is_no_article() -> None:
    form = "<form><p>Please log in to read on, or ask for a new one by mail.</p><input type=password name=p></form>"
    assert read("/login", f"<h1>Welcome back to the Gazette</h1>{form}", title="Log in") == "(no_body)"


def test_a_film_with_a_line_below_is_a_video_and_a_story_with_a_film_is_one() -> None:
    film = "<video src=a.mp4></video>"
    line = "<p>The old bridge over the river opened again this morning, and the town walked over it.</p>"
    assert (
        read("/video/2025/12345.html", f"<h1>The bridge opens on film</h1><i>2025-11-19</i>{film}{line}") == "(video)"
    )
    assert (
        read("/x/12345.html", f"<h1>The bridge opens on film</h1><i>2025-11-19</i>{film}{STORY}")
        == "The bridge opens on film"
    )


def test_pictures_with_a_line_are_a_gallery() -> None:
    shown = "".join(f"<figure><img src=/{n}.jpg></figure>" for n in range(6))
    line = "<p>The old bridge over the river opened again this morning, and the town walked over it.</p>"
    assert (
        read("/photos/12345", f"<h1>The bridge in pictures</h1><i>2025-11-19</i><div>{line}{shown}</div>") == "(photos)"
    )


@pytest.mark.parametrize("heading", ["2025-11-19", "2025年11月19日新闻", "19 November 2025", "November 2025"])
def test_a_day_of_the_archive_with_one_story_is_no_article(heading: str) -> None:
    entry = f"<div><a href=/a/17.html>The old bridge opens again</a> {OPENING}</div>"
    assert read("/by-day/2025-11-19/", f"<h1>{heading}</h1>{entry}", title=heading) in NONE


def test_a_page_that_is_nothing_but_a_link_is_no_article() -> None:
    body = (
        "<h1>Join the talk on the bridge here</h1><p><a href=/a/17.html>The old bridge opens again to walkers</a></p>"
    )
    assert read("/a/17/talk", body) in NONE


def test_a_print_view_that_names_no_original_is_a_copy_and_an_article_with_a_button_to_print_is_one() -> None:
    story = f"<h1>The old bridge opens again</h1><i>2025-11-19</i>{STORY}"
    assert read("/print/17", story) == "(copy)"
    assert read("/dy/17.html", story, attributes='onload="window.print()"') == "(copy)"
    assert read("/2025/11/print-is-not-dead.html", story) == "The old bridge opens again"
    button = f"<script>function p() {{ window.print() }}</script><ul>{SIDE}</ul>"
    assert read("/a/17.html", story + button) == "The old bridge opens again"
    assert read("/print/2025/17.html", f"{story}<ul>{SIDE}</ul>") == "The old bridge opens again"


def test_a_home_page_with_a_leading_story_is_no_article() -> None:
    lead = "<h1>The bridge opens to walkers</h1><p>The old bridge over the river opened again this morning.</p>"
    assert read("/", f"{lead}<ul>{SIDE}</ul>", title="Riverside Gazette") in NONE


def test_a_saved_page_that_says_nowhere_where_it_is_from_is_judged_by_what_it_shows() -> None:
    head = "<html><head><meta charset=utf-8><title>江边晚报</title></head>"
    page = f"{head}<body><h1>江上的旧桥修好通车</h1><i>2025-11-19</i>{HAN}</body></html>"
    assert read_page(FetchedPage(url="", body=page.encode())).headline == "江上的旧桥修好通车"
    listed = f"<html><head><title>Local</title></head><body><h1>Local</h1><ul>{FLAT}</ul></body></html>"
    with pytest.raises(NotAnArticle) as refused:
        read_page(FetchedPage(url="", body=listed.encode()))
    assert refused.value.reason is Reason.LIST_PAGE
