"""Signals weighed: who agrees with whom, the spelling and the moment a page prints, how sure that is."""

from datetime import UTC, datetime

import pytest

from newscrawl.extract.moments import Said
from newscrawl.extract.published import Dates, published_of
from newscrawl.extract.weigh import FLOOR, SURENESS, Witness, together, weigh
from newscrawl.health import HANDS
from newscrawl.items import Article, FetchedPage, Link
from newscrawl.sources import read_page
from newscrawl.text.dates import read_printed
from newscrawl.text.zones import place_of

STORY = "".join(
    f"<p>河边的第{n}棵柳树今年发芽比往年早了半个月，园林工人说是因为冬天短，春天来得急，连鸟窝也搭得早。</p>"
    for n in "一二三四五"
)
ENGLISH = "".join(
    f"<p>The {n} willow on the river bank came into leaf two weeks early this year; gardeners blame the winter.</p>"
    for n in ("first", "second", "third", "fourth", "fifth")
)
NAME = "柳树比往年早半个月发芽"


def read(body: str, head: str = "", url: str = "", **more: object) -> Article:
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_page(FetchedPage(url=url, body=html.encode(), **more), generic=True)  # type: ignore[arg-type]


def data(**fields: str) -> str:
    inside = ",".join(f'"{name}":"{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{inside}}}</script>'


def test_witnesses_who_say_the_same_beat_a_surer_one_alone():
    heard = [Witness("jsonld", "a", 0.6), Witness("meta", "b", 0.5), Witness("generic", "b", 0.5)]
    verdict = weigh(heard, str.__eq__)
    assert verdict is not None
    assert (verdict.value, verdict.who, verdict.sure) == ("b", "meta", pytest.approx(0.75))


def test_nobody_surer_than_the_floor_is_no_answer():
    assert weigh([Witness("hint", "a", 0.2)], str.__eq__) is None
    assert weigh([], str.__eq__) is None


def test_of_two_groups_as_sure_the_one_heard_first_wins():
    verdict = weigh([Witness("meta", "a", 0.5), Witness("jsonld", "b", 0.5)], str.__eq__)
    assert verdict is not None
    assert verdict.value == "a"


def test_more_agreement_is_never_less_sure():
    assert together([]) == 0
    assert together([0.6, 0.6]) == pytest.approx(0.84)
    assert set(SURENESS) == {*HANDS, "text"}


def test_every_answered_field_says_how_sure_it_is():
    article = read(f"<h1>{NAME}</h1><p>2024-05-09 22:27 来源：河边晚报</p>{STORY}", f"<title>{NAME}_河边网</title>")
    assert article.sure.keys() == article.answered_by.keys() >= {"headline", "published", "body"}
    assert all(0 < sure <= 1 for sure in article.sure.values())


# -- the headline ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{NAME}_河边网</title>", f"<h1>新闻中心</h1><h1>{NAME}</h1>"),
        (f"<title>{NAME} - 要闻 - 河边网</title>", f"<div class=logo><h1>河边网</h1></div><h3>{NAME}</h3>"),
        (f"<title>河边频道--{NAME}</title>", f"<table><tr><td><span>{NAME}</span></td></tr></table>"),
        ("<title>新闻动态--河边园林学会</title>", f"<h5>{NAME}</h5><div>发布时间：2024-05-09</div>"),
        ("<title>河边园林学会</title>", f"<p>河边园林学会</p><div class=bt>{NAME}</div><div>时间：2024-05-09</div>"),
        ('<meta property="og:title" content="柳树比往年"><title>柳树比往年早半个月发芽_网</title>', f"<h1>{NAME}</h1>"),
        (data(headline=f"{NAME[:8]}…") + f"<title>{NAME}</title>", f"<h1>{NAME}</h1>"),
    ],
    ids=["channel h1", "h3", "site first", "heading over the date", "static title", "cut tag", "cut data"],
)
def test_the_headline_is_what_most_signals_share_in_the_spelling_printed(head: str, body: str):
    assert read(f"{body}{STORY}", head).headline == NAME


def test_a_kicker_in_the_h1_is_no_part_of_the_headline_that_all_others_give():
    head = data(headline=NAME) + f'<meta property="og:title" content="{NAME}"><title>{NAME} | 河边网</title>'
    assert read(f"<h1>春天 ： {NAME}</h1>{STORY}", head).headline == NAME


def test_entities_and_tags_in_the_data_are_undone():
    article = read(f"<p>x</p>{ENGLISH}", data(headline="Willows &#8216;early&#8217; in <i>spring</i>, gardeners say"))
    assert article.headline == "Willows ‘early’ in spring, gardeners say"
    assert article.answered_by["headline"] == "jsonld"


def test_microdata_name_the_headline():
    article = read(f'<div><span itemprop="headline">{NAME}</span></div>{STORY}', "<title>x</title>")
    assert (article.headline, article.answered_by["headline"]) == (NAME, "microdata")


# -- the dates ---------------------------------------------------------------------------------------------------------
def published(line: str, head: str = "", url: str = "", **more: object) -> str | None:
    article = read(f"<h1>{NAME}</h1>{line}{STORY}", f"<title>{NAME}</title>{head}", url, **more)
    return article.published.local if article.published else None


PUBLISHED_AT = '<meta property="article:published_time" content="{}">'


@pytest.mark.parametrize(
    ("line", "head", "local"),
    [
        ("<p>2024年05月10日 00:26</p>", PUBLISHED_AT.format("2024-05-10T05:54:20+08:00"), "2024-05-10T00:26+08:00"),
        ("<p>2024-05-10 09:30</p>", PUBLISHED_AT.format("2024-05-10"), "2024-05-10T09:30+08:00"),
        ("<p>2024-05-10 09:30</p>", data(datePublished="2024-05-10T01:30:05Z"), "2024-05-10T09:30+08:00"),
        ("<p>2024-05-10 00:30</p>", data(datePublished="2024-05-09T16:30:00Z"), "2024-05-10T00:30+08:00"),
        ("<p>2024-05-10 18:30</p>", data(datePublished="2024-05-10T09:30:00+08:00"), "2024-05-10T09:30:00+08:00"),
        ("<p>更新时间：2024-05-11 08:00</p>", data(datePublished="2024-05-10T01:30:05Z"), "2024-05-10T01:30:05+00:00"),
        ("<p>更新时间：2024-05-11 08:00</p>", "", "2024-05-11T08:00+08:00"),
        ("<p>发布时间：05-10 09:30</p>", '<meta itemprop=dateUpdate content="2024-05-11">', "2024-05-10T09:30+08:00"),
        ("<div><b>2024</b> <i>05</i>/<i>09</i> <b>22:27:02</b></div>", "", "2024-05-09T22:27:02+08:00"),
        ("<div><b>2024</b> <b>05/09</b> <b>22:27</b></div>", "", "2024-05-09T22:27+08:00"),
        ("<p>2012年12月10日, 格林尼治标准时间10:41</p>", "", "2012-12-10T10:41+00:00"),
        (
            "<p>2025年1月31日 11:30更新</p>",
            data(datePublished="2025-01-30T09:00:00+09:00"),
            "2025-01-30T09:00:00+09:00",
        ),
    ],
    ids=[
        *("tag is the update", "tag has the day", "data in UTC", "another day in UTC", "printed is later", "labelled"),
        *("only an update", "year elsewhere", "over elements", "over fewer", "GMT in words", "label behind"),
    ],
)
def test_the_moment_is_the_storys_as_the_page_prints_it(line: str, head: str, local: str):
    assert published(line, head) == local


def test_a_clock_without_a_zone_gets_the_zone_that_agrees_with_the_data():
    head = data(datePublished="2025-09-09T13:15:00.000Z", headline="Willows come into leaf two weeks early")
    article = read(f"<h1>Willows come into leaf two weeks early</h1><p>09.09.2025, 15:15 Uhr</p>{ENGLISH}", head)
    assert article.published is not None
    assert (article.published.local, article.published.at) == (
        "2025-09-09T15:15+02:00",
        datetime(2025, 9, 9, 13, 15, tzinfo=UTC),
    )
    assert article.sure["published"] > SURENESS["jsonld"]


GERMAN = "".join(
    f"<p>Die {n} Weide am Ufer ist in diesem Jahr zwei Wochen früher grün geworden; der Gärtner nennt den Winter.</p>"
    for n in ("erste", "zweite", "dritte", "vierte", "fünfte")
)
EARLY = "Willows come into leaf two weeks early"


def told(line: str, head: str = "", *, story: str = ENGLISH, url: str = "", lang: str = "") -> tuple[str | None, float]:
    """What is read of a page with a line under its headline, and how sure."""
    html = f"<html{lang and f' lang={lang}'}><head><meta charset=utf-8>{head}<title>{EARLY}</title></head>"
    page = FetchedPage(url=url, body=f"{html}<body><h1>{EARLY}</h1>{line}{story}</body></html>".encode())
    article = read_page(page, generic=True)
    return article.published and article.published.local, article.sure.get("published", 0)


def test_a_printed_clock_gets_no_zone_in_which_the_site_cannot_be():
    head = data(datePublished="2025-11-05T17:09:17+00:00")
    line = "<p>November 05, 2025, 5:09: Uhr</p>"
    assert told(line, head, story=GERMAN, lang="de")[0] == "2025-11-05T17:09:17+00:00"
    assert told("<p>05.11.2025, 18:09 Uhr</p>", head, story=GERMAN, lang="de")[0] == "2025-11-05T18:09+01:00"


def test_a_clock_with_the_offset_of_the_data_is_theirs_wherever_the_site_is():
    head = data(datePublished="2025-11-05T21:09:17+04:00")
    assert told("<p>November 5, 2025, 9:09 pm</p>", head, lang="en-US")[0] == "2025-11-05T21:09+04:00"


def test_data_with_a_zone_name_the_moment_of_a_clock_without_one():
    line = '<time datetime="2019-11-19 23:46:00 UTC">Nov 19, 2019 at 6:46 pm</time>'
    assert told(line, "<meta itemprop=datePublished content='2019-11-19 23:46:00'>")[0] == "2019-11-19T18:46-05:00"
    other = '<time datetime="2019-11-19T22:16:00Z">yesterday, 12 comments</time>'
    assert told(f"<p>Nov 19, 2019 at 6:46 pm</p>{other}")[0] == "2019-11-19T18:46+00:00"


def test_a_clock_of_no_known_zone_does_not_stand_against_data_with_one():
    line = "<p>Nov 19, 2019 at 6:46 pm</p>"
    assert told(line, PUBLISHED_AT.format("2019-11-19T15:05:00Z"))[0] == "2019-11-19T15:05:00+00:00"


@pytest.mark.parametrize(("host", "local"), [("com", "+05:30"), ("ie", "+00:00"), ("co.il", "+02:00")])
def test_ist_is_of_india_but_on_irish_and_israeli_hosts(host: str, local: str):
    head = data(datePublished="01:38:07 PM IST Nov 20, 2019") + '<meta property="og:locale" content="en_US">'
    found = told("<p>First published on Nov 20, 2019 01:38 pm</p>", head, url=f"https://paper.{host}/a/1")
    assert found[0] == f"2019-11-20T13:38{local}"


def test_a_clock_of_which_nobody_says_where_it_stands_is_not_sure():
    line, head = "<p>Nov. 19, 2019, 6:18 p.m.</p>", data(datePublished="2019-11-19T18:18:25")
    assert told(line, head) == ("2019-11-19T18:18+00:00", 0.5)
    assert told(line, head, lang="en-US") == ("2019-11-19T18:18+00:00", 0.5)
    local, sure = told(line, head, url="https://paper.co.za/a/1")
    assert (local, sure > SURENESS["jsonld"]) == ("2019-11-19T18:18+02:00", True)
    assert told("<p>Nov. 19, 2019</p>")[1] > 0.5


def test_a_clock_below_the_floor_leaves_the_day_that_others_agree_on():
    day, clock = (read_printed(text, zone="UTC") for text in ("2026-03-04", "2026-03-04 10:15"))
    assert day is not None
    assert clock is not None
    said = (
        Witness(who="meta", value=Said(day), weight=0.8),
        Witness(who="generic", value=Said(clock), weight=FLOOR / 2),
    )
    dates = Dates(published=said, modified=())
    found = published_of(dates, home=True, place=place_of("en", (), ""))
    assert found is not None
    assert (found.value.local, found.who) == ("2026-03-04", "meta")


def test_a_language_of_one_zone_tells_where_its_clock_stands():
    local, sure = told("<p>19.07.2025, 18:18 Uhr</p>", story=GERMAN)
    assert (local, sure > 0.5) == ("2025-07-19T18:18+02:00", True)


def test_a_date_in_digits_is_read_as_the_sites_country_has_it():
    line = "<p>05/10/2018 - Published by the town</p>"
    assert told(line)[0] == "2018-05-10"
    assert told(line, lang="en-GB")[0] == told(line, url="https://town.com.br/news/1")[0] == "2018-10-05"


def test_dates_of_lists_of_comments_and_in_paragraphs_are_not_the_storys():
    prose = "<p>这棵树是2009年5月14日那天种下的，当时在场的人如今都已经退休，只有老槐树还记得挖坑的铁锹。</p>"
    listed = "<ul><li><a href=/b>别的新闻</a><span>2026-01-01 10:00</span></li></ul>"
    assert published(prose) is None
    assert read(f"<h1>{NAME}</h1><div>{STORY}</div>{listed}", f"<title>{NAME}</title>").published is None
    assert published(f"<p>2024-05-10 09:30</p>{prose}{listed}") == "2024-05-10T09:30+08:00"


def test_the_day_in_the_address_serves_where_nothing_else_does_and_agrees_where_it_can():
    url = "https://news.example.cn/2024-05/10/content_1.htm"
    assert published("", url=url) == "2024-05-10"
    assert (
        published("<p>2024-05-10 09:30</p>", PUBLISHED_AT.format("2024-05-12 10:00"), url) == "2024-05-10T09:30+08:00"
    )


@pytest.mark.parametrize("path", ["/n1/2024/1340/c1.html", "/2024/13/45/", "/id/20240510123456.html", "/a/99999999"])
def test_digits_in_an_address_that_are_no_day_say_nothing(path: str):
    assert published("", url=f"https://news.example.cn{path}") is None


def test_relative_dates_are_read_against_the_moment_of_fetching():
    at = datetime(2024, 5, 10, 4, 0, tzinfo=UTC)
    assert published("<p>昨天 09:30</p>", fetched_at=at) == "2024-05-09T09:30+08:00"
    assert published("<p>昨天 09:30</p>") is None


def test_a_change_is_told_only_where_it_is_later():
    head = data(datePublished="2024-05-10T01:30:00Z", dateModified="2024-05-10T01:30:40Z")
    assert read(f"<h1>{NAME}</h1><p>2024-05-10 09:30</p>{STORY}", head).modified is None
    changed = read(f"<h1>{NAME}</h1><p>2024-05-10 09:30 更新于 2024-05-11 08:00</p>{STORY}").modified
    assert changed is not None
    assert changed.local == "2024-05-11T08:00+08:00"


def test_the_listings_hint_answers_last():
    time = read_printed("2024-05-10 09:30")
    link = Link(
        source="x", key="x:1", url="https://x.example/1", found_in="https://x.example/", headline=NAME, time=time
    )
    article = read(STORY, link=link)
    assert (article.headline, article.published) == (NAME, time)
    assert (article.answered_by["headline"], article.answered_by["published"]) == ("hint", "hint")
