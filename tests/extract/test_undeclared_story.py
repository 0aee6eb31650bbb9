"""The story of a page whose publisher nobody declared: where it begins and ends, and what is left out of it."""

from __future__ import annotations

import json

import pytest

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.blocks import Block
from newscrawl.extract.finder import find_body
from newscrawl.extract.names import is_caption, is_elsewhere, is_furniture, is_lead
from newscrawl.extract.trim import held_by, without_head
from newscrawl.items import Article, FetchedPage
from newscrawl.sources import read_page
from newscrawl.text.tree import parse

TITLE = "Council opens the old mill to swimmers"
FIRST = (
    "The council of Lindow opened the pond behind the old mill on Monday, after three years of works and two lawsuits."
)
SECOND = (
    "Residents had asked for it since the flood of 2021, which took the footbridge and half of the eastern bank away."
)
THIRD = "A lifeguard will be on duty from nine to six; dogs have to stay outside the fence, said the mayor of the town."
STORY = (FIRST, SECOND, THIRD)


def page(inside: str, head: str = "", body: str = "") -> Article:
    html = (
        f"<html><head><title>{TITLE} | Lindow Post</title>{head}</head><body>"
        f'<nav><a href="/">Home</a> <a href="/news">News</a></nav>{inside}{body}'
        "<footer><p>Copyright Lindow Post. All rights reserved. Reprints only with leave, ask the desk.</p></footer>"
        "</body></html>"
    )
    return read_page(FetchedPage(url="https://post.example/news/mill", body=html.encode()), generic=True)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def lines(inside: str, head: str = "") -> list[str]:
    return page(inside, head).body_text.split("\n")


# -- where it is -------------------------------------------------------------------------------------------------------
def test_a_story_that_advertisements_cut_into_boxes_is_read_whole():
    boxes = "".join(
        f'<div class="part">{paragraphs(text, text[::-1])}</div><div class="ad">Buy</div>' for text in STORY
    )
    got = lines(f"<main><h1>{TITLE}</h1><div>{boxes}</div></main>")
    assert [text in got for text in STORY] == [True, True, True]


def test_the_story_under_the_headline_wins_over_a_longer_second_article():
    second = f"<article><h1>Another story</h1>{paragraphs(*(text + ' More of it.' for text in STORY * 3))}</article>"
    got = lines(f"<article><h1>{TITLE}</h1>{paragraphs(*STORY)}</article>{second}")
    assert got == list(STORY)


def test_a_footer_with_more_words_than_the_story_is_no_story():
    legal = (
        "<div id='footer'>" + "<p>Copyright of the publisher; licence 12345, reprints only with written leave.</p>" * 6
    )
    assert lines(f"<div><h1>{TITLE}</h1><div class='text'>{paragraphs(FIRST)}</div></div>{legal}</div>") == [FIRST]


def test_a_list_of_openings_that_end_in_dots_is_no_story():
    teasers = "".join(f"<div><a href='/{n}'>Story {n}</a><p>{SECOND[:80]} {n}...</p></div>" for n in range(12))
    assert lines(f"<div>{teasers}</div><div><h1>{TITLE}</h1><div>{paragraphs(*STORY)}</div></div>") == list(STORY)


def test_a_name_that_wraps_the_whole_page_is_not_believed():
    got = lines(f'<div class="share"><h1>{TITLE}</h1><div class="related">{paragraphs(*STORY)}</div></div>')
    assert got == list(STORY)


def test_a_story_behind_a_curtain_is_read_and_a_hidden_copy_is_not():
    hidden = f'<div style="display:none">{paragraphs(*STORY)}</div>'
    assert lines(f"<main><h1>{TITLE}</h1><div><p>{FIRST}</p>{hidden}</div></main>").count(SECOND) == 1
    long = paragraphs(*(f"{text} {number}" for number in range(4) for text in STORY))
    assert len(lines(f"<main><h1>{TITLE}</h1><div>{long}{hidden}</div></main>")) == 12


def test_the_element_that_microdata_call_the_body_is_believed():
    tree = parse(f"<div itemprop='articleBody' id='it'><p>{FIRST}</p><p>{SECOND}</p></div>".encode())
    found = find_body(tree, TITLE)
    assert found is not None
    assert found.element.get("id") == "it"


# -- what is left out --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "box",
    [
        '<div><h3><a href="/x">Bridge to open</a></h3><p>The new footbridge is nearly done, says the board.</p></div>',
        '<ul><li><a href="/x">Bridge to open in May</a></li><li><a href="/y">Flood, one year on</a></li></ul>',
        '<div class="newsletter-box"><p>Get the morning news by mail, free of charge.</p></div>',
        '<div><p>Get the morning news by mail.</p><form><input name="mail"></form></div>',
        '<div class="tags"><a href="/t/1">Lindow</a> <a href="/t/2">Mill</a></div>',
        '<div class="author-bio"><p>Ann Moor has written for the Post since 2009.</p></div>',
        "<article><h2>Bridge to open in May</h2><p>The new footbridge is nearly done.</p></article>",
        '<div class="image"><img src="/a.jpg" width="600"><span>The mill pond. Photo: A. Moor</span></div>',
        '<figure><img src="/a.jpg"><p>The mill pond in June</p></figure>',
        '<p class="photo-credit">Lindow Post / Ann Moor</p>',
    ],
)
def test_boxes_in_a_story_are_no_story(box: str):
    got = lines(f"<main><h1>{TITLE}</h1><div>{paragraphs(FIRST)}{box}{paragraphs(SECOND, THIRD)}</div></main>")
    assert got == list(STORY)


def test_a_list_without_links_and_a_box_of_facts_are_story():
    facts = "<ul><li>Open from nine to six</li><li>Dogs stay outside</li></ul>"
    got = lines(f"<main><h1>{TITLE}</h1><div>{paragraphs(FIRST, SECOND)}{facts}{paragraphs(THIRD)}</div></main>")
    assert got == [FIRST, SECOND, "Open from nine to six", "Dogs stay outside", THIRD]


def test_lines_above_the_story_up_to_its_date_are_no_story():
    meta = "<p>News &gt; Lindow</p><p>Ann Moor</p><p>Updated: Tue, 19 November 2024, 10:43</p>"
    assert lines(f"<div><h1>{TITLE}</h1>{meta}{paragraphs(*STORY)}</div>") == list(STORY)


def test_a_first_sentence_with_a_date_in_it_stays():
    blocks = [Block(kind="p", text="It was closed on 3 May 2021."), Block(kind="p", text=SECOND)]
    assert without_head(blocks) == tuple(blocks)


# -- the lead ----------------------------------------------------------------------------------------------------------
LEAD = "Three years of works and two lawsuits later, Lindow has its bathing place back."


def test_the_lead_between_headline_and_story_opens_it_once():
    top = f'<header><h1>{TITLE}</h1><p class="standfirst">{LEAD}</p></header>'
    assert lines(f"<article>{top}<div>{paragraphs(*STORY)}</div></article>") == [LEAD, *STORY]
    assert lines(f"<article>{top}<div>{paragraphs(LEAD, *STORY)}</div></article>") == [LEAD, *STORY]


def test_what_the_page_gives_as_its_description_is_the_lead_by_any_name():
    head = f'<meta property="og:description" content="{LEAD}">'
    top = f'<div><h1>{TITLE}</h1><div class="x1"><span>{LEAD}</span></div></div>'
    assert lines(f"<section>{top}<div>{paragraphs(*STORY)}</div></section>", head)[0] == LEAD


def test_a_byline_a_caption_and_a_link_above_the_story_are_no_lead():
    top = (
        f'<h1>{TITLE}</h1><p class="byline">By Ann Moor, who has been with the paper for many years now.</p>'
        f"<figcaption>The pond behind the old mill of Lindow, as it was before the flood of 2021.</figcaption>"
        f'<p><a href="/x">Read also: the whole story of the flood of 2021, told by those who saw it.</a></p>'
    )
    assert lines(f"<article><div>{top}</div><div>{paragraphs(*STORY)}</div></article>") == list(STORY)


# -- the publisher's own word ------------------------------------------------------------------------------------------
def blocks_of(*texts: str) -> list[Block]:
    return [Block(kind="p", text=text) for text in texts]


def test_what_article_body_does_not_hold_is_left_out_where_it_holds_nearly_all():
    found = blocks_of(*STORY, *(text[::-1] for text in STORY), "Placeholder")
    told = " ".join([*STORY, *(text[::-1] for text in STORY)])
    assert held_by(found, told) == tuple(found[:-1])


def test_an_article_body_that_is_cut_short_or_of_all_the_page_says_nothing():
    found = tuple(blocks_of(*STORY, *(text[::-1] for text in STORY)))
    assert held_by(found, FIRST * 4) is None
    assert held_by(found, None) is None
    assert held_by(found, " ".join(block.text for block in found) * 3) is None


def test_how_sure_a_story_is_by_its_part_of_the_page_and_the_publishers_word():
    alone = f"<main><h1>{TITLE}</h1><div>{paragraphs(*STORY)}</div></main>"
    beside = f"<div><div>{paragraphs(*(text + ' Elsewhere.' for text in STORY[:2]))}</div></div>"
    told = json.dumps({"@type": "NewsArticle", "articleBody": " ".join([*STORY, *(text[::-1] for text in STORY)])})
    longer = f"<main><h1>{TITLE}</h1><div>{paragraphs(*STORY, *(text[::-1] for text in STORY))}</div></main>"
    by_data = page(longer, f'<script type="application/ld+json">{told}</script>').sure["body"]
    assert page(alone + beside).sure["body"] < page(alone).sure["body"] < by_data


def test_data_and_tags_are_plain_text_and_a_name_in_the_page_is_no_picture():
    data = {"@type": "NewsArticle", "image": {"@id": "https://post.example/news/mill/#primaryimage"}}
    head = (
        '<meta name="description" content="Lindow&amp;#8217;s pond is open again."/>'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    read = page(f"<main><h1>{TITLE}</h1><div>{paragraphs(*STORY)}</div></main>", head)
    assert read.summary == "Lindow’s pond is open again."
    assert read.lead_image is None


def test_a_page_that_says_it_is_not_there_is_no_article_though_it_says_so_in_a_paragraph():
    body = (
        "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>"
        + SECOND
        + "</p></body></html>"
    )
    with pytest.raises(NotAnArticle) as raised:
        read_page(FetchedPage(url="https://post.example/news/gone", body=body.encode()), generic=True)
    assert raised.value.reason is Reason.NOT_FOUND_PAGE


# -- names -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["comments", "post-comments", "site-footer", "sidebar", "related_box", "right-sidebar"]
)
def test_names_of_other_parts_of_the_page(name: str):
    assert is_elsewhere(name)


@pytest.mark.parametrize(
    "name", ["sidebar-grid__content", "no-sidebar", "with-sidebar", "commentary", "navy", "advertorial"]
)
def test_names_that_only_hold_such_a_word(name: str):
    assert not is_elsewhere(name)


def test_names_of_furniture_captions_and_leads():
    assert is_furniture("inline-teaser")
    assert not is_furniture("paywall")
    assert is_caption("imageEmbedCaption")
    assert is_lead("article__standfirst")
    assert not is_lead("leader-board")
