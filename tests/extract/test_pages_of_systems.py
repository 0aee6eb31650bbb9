"""Pages as blog and news systems write them: a masthead that is a heading, authors and hours at the foot, page numbers
that are folders, boxes without a telling name."""

from datetime import UTC, datetime

import pytest

from newscrawl.errors import NotAnArticle
from newscrawl.extract.twin import original_of
from newscrawl.items import Article, FetchedPage, Found
from newscrawl.sources import read_page, registry
from newscrawl.sources.site import Site
from newscrawl.spiders.links import sort_out

SEEN = datetime(2025, 11, 19, 9, tzinfo=UTC)
STORY = "".join(
    f"<p>El {n} sauce de la orilla brotó dos semanas antes que otros años, y los jardineros culpan al invierno.</p>"
    for n in ("primer", "segundo", "tercer", "cuarto", "quinto")
)
ENGLISH = "".join(
    f"<p>The {n} willow on the river bank came into leaf two weeks early this year; gardeners blame the winter.</p>"
    for n in ("first", "second", "third", "fourth", "fifth")
)
NAME = "Los sauces de la ribera brotan antes de tiempo"
BLOG = (
    "<div class=header><h1 class=title><a href='{home}'>La Orilla Digital</a></h1></div>"
    "<div class='post hentry' itemprop=blogPost itemscope itemtype='http://schema.org/BlogPosting'>"
    "<h3 class='post-title entry-title' itemprop=name>{name}</h3>"
    "<div class=post-body itemprop='description articleBody'>{story}</div><div class=post-footer>"
    "<span class=post-author>Publicado por <span class=fn itemprop=author><span itemprop=name>Marta Quiroga</span>"
    "</span></span> <abbr class=published itemprop=datePublished title='2025-11-11T12:07:00+01:00'>12:07</abbr>"
    "<div itemscope itemtype='http://schema.org/Comment'><b itemprop=author>Pepe Vecino</b></div></div></div>"
)


def read(
    body: str, url: str = "https://orilla.example/2025/11/sauces.html", lang: str = "es", head: str = ""
) -> Article:
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_page(FetchedPage(url=url, body=html.encode(), fetched_at=SEEN), generic=True)


@pytest.mark.parametrize("home", ["/", "https://orilla.example/"])
def test_a_blog_whose_masthead_is_the_only_h1_and_whose_author_and_hour_stand_at_the_foot(home: str):
    article = read(BLOG.format(home=home, name=NAME, story=STORY), head=f"<title>{NAME} - La Orilla Digital</title>")
    assert article.headline == NAME
    assert article.authors == ("Marta Quiroga",)
    assert article.published is not None
    assert article.published.local == "2025-11-11T12:07:00+01:00"


@pytest.mark.parametrize("hour", ["12:07", "a las 12:07 h", "12.07 Uhr", "9:05 PM"])
def test_an_hour_without_a_day_dates_nothing(hour: str):
    article = read(f"<h1>{NAME}</h1>{STORY}<span itemprop=datePublished>{hour}</span>", head=f"<title>{NAME}</title>")
    assert article.published is None


@pytest.mark.parametrize(
    ("lang", "line", "local"),
    [
        ("de", "18. November 2025, 19:06 Uhr", "2025-11-18T19:06"),
        ("de", "3. März 2025 | 7.05 Uhr", "2025-03-03T07:05"),
        ("es", "martes, 18 de noviembre de 2025", "2025-11-18"),
        ("fr", "Publié le 3 août 2024 à 18h30", "2024-08-03T18:30"),
        ("it", "1 maggio 2024 alle 10.15", "2024-05-01T10:15"),
        ("en", "18 November 2025 9:10 pm", "2025-11-18T21:10"),
    ],
)
def test_a_date_in_words_by_the_headline_is_seen_before_the_date_of_a_teaser(lang: str, line: str, local: str):
    teaser = "<section><h2><a href=/otro>Otro sauce</a></h2><time>19.11.2025, 02:23</time></section>"
    article = read(f"<h1>{NAME}</h1><p>{line}</p>{STORY}{teaser}", lang=lang)
    assert article.published is not None
    assert article.published.local[:16].startswith(local)


@pytest.mark.parametrize("line", ["3. \u017feptember 2025, 10:00 Uhr", "3. apr\u0130l 2025"])
def test_letters_that_only_match_those_of_a_month_break_nothing(line: str):
    assert read(f"<h1>{NAME}</h1><p>{line}</p>{STORY}").headline == NAME


def test_a_day_in_words_keeps_the_moment_of_the_time_element_round_it():
    line = "<time datetime=2025-11-11T12:13:17+01:00>11. November 2025</time>"
    article = read(f"<h1>{NAME}</h1>{line}{STORY}", lang="de")
    assert article.published is not None
    assert article.published.local == "2025-11-11T12:13:17+01:00"


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2025-11-11T01:15:00+00:00", "2025-11-11T01:15:00+00:00"),
        ("2025-11-11", "2025-11-11T09:10+00:00"),
        ("2025-11-11T00:00:00Z", "2025-11-11T09:10+00:00"),
    ],
)
def test_the_clock_of_a_live_blogs_first_post_is_not_joined_to_a_day_that_has_its_own(said: str, moment: str):
    line = f"<time datetime={said}>11 November 2025</time>"
    article = read(f"<h1>Willows in leaf</h1>{line}<div><h3>9:10</h3>{ENGLISH}</div>", lang="en")
    assert article.published is not None
    assert article.published.local == moment


@pytest.mark.parametrize(
    "line", ["Submitted by Jim Weir on Tue, 11/11/2025 - 10:12", "Publié par Jim Weir", "Pubblicato da Jim Weir"]
)
def test_who_is_said_to_have_submitted_or_published_it_wrote_it(line: str):
    assert read(f"<h1>{NAME}</h1><div class=meta>{line}</div>{STORY}").authors == ("Jim Weir",)


CARDS = "".join(
    f"<article><a href=/{n}><h3>The {n} garden by the river is open again</h3>"
    "<p>Visitors came from far to see it, the council said.</p></a></article>"
    for n in ("upper", "lower", "middle")
)
DATA = (
    '<script type="application/ld+json">{"@type":"Article","headline":"Willows in leaf","author":{"@type":"Person",'
    '"name":"Mara Weir"},"contributor":[{"@type":"Person","name":"Ilya Holm"}]}</script>'
)


def test_a_post_of_two_sentences_under_a_linked_author_is_no_teaser_beside_its_cards():
    story = "<p>The last willow on the river bank came into leaf two weeks early.</p><p>Gardeners blame the winter.</p>"
    author = "<h4><a href=/author/mara/>Mara Weir</a></h4><time datetime=2025-11-11>11 Nov 2025</time>"
    page = f"<article><header><h1>Willows in leaf</h1>{author}</header>{story}</article><section>{CARDS}</section>"
    article = read(page, lang="en", head="<title>Willows in leaf</title>")
    assert article.body_text.startswith("The last willow")
    assert "upper" not in article.body_text


def test_a_byline_of_two_whom_the_data_call_author_and_contributor_names_both():
    author = "<h4 class=gh-author-name><a href=/author/mara/>Mara Weir</a>, <a href=/author/ilya/>Ilya Holm</a></h4>"
    page = f"<h1>Willows in leaf</h1>{author}{ENGLISH}"
    assert read(page, lang="en", head=DATA).authors == ("Mara Weir", "Ilya Holm")


def test_an_offer_to_subscribe_topics_and_the_head_of_other_stories_end_no_story():
    offer = "<div class=paywall><h3>Weiterlesen mit Plus</h3><p>Vier Wochen testen.</p><a href=/abo>Testen</a></div>"
    topics = "<p>Themen: <a href=/t/ufer>Ufer</a> <a href=/t/weide>Weide</a></p>"
    others = "<h2>Das könnte Sie auch interessieren</h2>"
    article = read(f"<article><h1>Willows in leaf</h1>{ENGLISH}{offer}{topics}</article>{others}", lang="en")
    assert article.body_text == read(f"<h1>Willows in leaf</h1>{ENGLISH}", lang="en").body_text


@pytest.mark.parametrize("inside", ["<div class=paywall>{}</div>", "<section class='body paywall'>{}</section>"])
def test_a_story_behind_a_paywall_is_the_story_even_where_little_is_left_of_it(inside: str):
    first, second = ENGLISH.split("</p>", 1)
    last = second.split("</p>")[0].replace("willow", "<a href=/willow>willow</a>") + "</p>"
    article = read(f"<h1>Willows in leaf</h1>{first}</p>{inside.format(last)}", lang="en")
    assert "The second willow" in article.body_text


@pytest.mark.parametrize(
    ("url", "bar", "following"),
    [
        ("https://orilla.example/sauces/", "Pages: <span>1</span> <a href={}>2</a>", "sauces/2/"),
        ("https://orilla.example/sauces/2/", "<a href=/sauces/>1</a> <b>2</b> <a href={}>3</a>", "sauces/3/"),
        ("https://orilla.example/sauces.html", "<b>1</b> | <a rel=next href={}>weiter</a>", "sauces-seite-2.html"),
        ("https://orilla.example/sauces/", "Willows: <a href={}>2</a> of the best", ""),
        ("https://orilla.example/sauces/", "Pages: <span>1</span> <a href=/comments/2/>2</a>", ""),
        ("https://orilla.example/2025/41/", "<a rel=next href=/2025/42/>Next</a>", ""),
    ],
)
def test_the_next_page_of_an_article_by_its_number_in_a_bar_or_by_its_address(url: str, bar: str, following: str):
    href = f"https://orilla.example/{following or 'sauces/2/'}"
    try:
        read(f"<h1>{NAME}</h1>{STORY}<p>{bar.format(href)}</p>", url)
        found = ""
    except NotAnArticle as more:
        found = more.next_url or more.reason.name
    assert found == (href if following else "")


def test_a_later_page_that_names_the_first_as_its_own_is_a_copy_of_it():
    url = "https://orilla.example/sauces-seite-2.html"
    html = "<html><head><link rel=canonical href=/sauces.html></head><body></body></html>"
    assert original_of(FetchedPage(url=url, body=html.encode())) == "https://orilla.example/sauces.html"


@pytest.mark.parametrize(
    ("headline", "hour"),
    [
        ("Das Altwasser wird nicht mehr gemäht, und die Anwohner freuen sich über die Frösche", 8),
        ("The old water is not mown any more, and the neighbours are glad of the frogs", 9),
    ],
)
def test_a_clock_in_a_list_stands_where_most_sites_in_its_language_do(headline: str, hour: int):
    site = Site(start="https://altwasser.example/", registry=registry())
    page = "https://altwasser.example/lokales/"
    found = [Found(url=f"{page}artikel-{n}.html", headline=headline, time_text="18.11.2025 09:30") for n in "123"]
    links = sort_out(found, site, page, SEEN).links
    assert [link.time.at.hour for link in links if link.time] == [hour] * 3
