"""Who wrote, on pages in other languages than Chinese: data, meta and what is shown are weighed."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from lxml.html import document_fromstring

from newscrawl.extract import jsonld
from newscrawl.extract.bylines import Written, outlets_of, written_by
from newscrawl.extract.meta import read_meta
from newscrawl.extract.visible import runs_after
from newscrawl.text.tree import parse

HEADLINE = "The old banyan by the river is saved"
STORY = "<p>The old banyan by the river has stood there for a hundred years, and people play chess below it. </p>" * 3


def wrote(
    head: str = "", after: str = "", *, foot: str = "", data: Any = None, language: str = "en", **more: Any
) -> Written:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    page = (
        f"<html><head><title>{HEADLINE}</title>{head}{script}</head><body><main><article><header><h1>{HEADLINE}</h1>"
        f"{after}</header><div>{STORY}</div></article>{foot}</main></body></html>"
    )
    tree = parse(page.encode())
    return written_by(
        tree,
        jsonld.article_data(tree),
        read_meta(tree),
        url="https://www.jinbei-evening.example/a/1",
        names=("Jinbei Evening",),
        headline=HEADLINE,
        near=runs_after(tree, HEADLINE),
        language=language,
        **{"line": (), "edges": (), **more},
    )


def article(author: Any, **more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": HEADLINE, "author": author, **more}


PERSON = {"@type": "Person", "name": "Jane Doe"}


def test_a_person_in_the_data_who_is_printed_as_well_is_surer() -> None:
    alone, printed = wrote(data=article(PERSON)), wrote("", "<p>Jane Doe</p>", data=article(PERSON))
    assert alone.names == printed.names == ("Jane Doe",)
    assert alone.who == printed.who == "jsonld"
    assert printed.sure > alone.sure


@pytest.mark.parametrize(
    "author",
    [
        "Jane Doe",
        ["Jane Doe"],
        [[PERSON], {"@type": "Person", "name": "Jinbei Evening"}],
        {"@type": "Person", "name": ["Jane Doe"]},
        {"@type": "Person", "givenName": "Jane", "familyName": "Doe"},
        {"@type": "person", "name": "By JANE DOE, Jinbei Harbour Writer"},
        [PERSON, {"@type": "Organization", "name": "Jin Bei"}, {"@type": "Person", "name": "dpa"}],
        [PERSON, {"@type": "Person", "name": "John Roe", "jobTitle": "Photographer"}],
    ],
)
def test_the_data_name_persons_in_many_shapes(author: Any) -> None:
    assert [name.title() for name in wrote(data=article(author)).names] == ["Jane Doe"]


def test_a_reference_in_the_data_is_followed() -> None:
    graph = [article({"@id": "#p1"}), {"@type": "Person", "@id": "#p1", "name": "Jane Doe"}]
    assert wrote(data={"@graph": graph}).names == ("Jane Doe",)
    page = [article(None), {"@type": "WebPage", "author": {"@id": "#p1"}}, graph[1]]
    assert wrote(data=page).names == ("Jane Doe",)


def test_a_shown_line_with_all_of_the_datas_persons_and_more_is_believed() -> None:
    found = wrote("", "<p>By <a>Jane Doe</a>, <a>John Roe</a> and Ann Poe</p>", data=article(PERSON))
    assert (found.names, found.who) == (("Jane Doe", "John Roe", "Ann Poe"), "jsonld")


def test_a_shown_line_is_believed_over_a_person_printed_nowhere() -> None:
    assert wrote("", "<p>By Ann Poe</p>", data=article(PERSON)).names == ("Ann Poe",)
    assert wrote("", "<p>By Ann Poe</p>", data=article(PERSON), foot="<b>Jane Doe</b>").names == ("Jane Doe",)


def test_where_the_data_name_the_outlet_the_shown_line_answers() -> None:
    data = article({"@type": "Organization", "name": "Jinbei Evening"})
    assert wrote("", "<span>Von Eva Muster, Wien</span>", data=data, language="de").names == ("Eva Muster",)
    assert wrote("", "<span>Von Jinbei Evening</span>", data=data, language="de").names == ("Jinbei Evening",)


def test_an_agency_or_a_desk_is_the_byline_where_nobody_is_named() -> None:
    assert wrote("", data=article({"@type": "Organization", "name": "dpa"}), language="de").names == ("dpa",)
    assert wrote("", data=article("Red. Panorama 7"), language="de").names == ("Red. Panorama 7",)
    assert wrote("", data=article("https://post.example/staff"), language="en") == Written()
    both = article([{"@type": "Organization", "name": "dpa"}, {"@type": "Person", "name": "Eva Muster"}])
    assert wrote("", data=both, language="de").names == ("Eva Muster",)


def test_a_name_in_meta_counts_only_where_the_page_prints_it() -> None:
    meta = '<meta name="author" content="Jane Doe">'
    assert wrote(meta) == Written()
    found = wrote(meta, "<i>Jane Doe</i>")
    assert (found.names, found.who) == (("Jane Doe",), "meta")
    two = '<meta name="author" content="Jane Doe"><meta name="author" content="John Roe">'
    assert wrote(two, "<i>Jane Doe</i> <i>John Roe</i>").names == ("Jane Doe", "John Roe")
    assert wrote('<meta property="article:author" content="https://social.example/Jane">', "<i>Jane</i>") == Written()
    assert wrote('<meta name="dc.creator" content="Doe, Jane">', "<i>Jane Doe</i>").names == ("Jane Doe",)
    assert wrote('<meta name="image:author" content="Jane Doe">', "<i>Jane Doe</i>") == Written()


@pytest.mark.parametrize(
    ("markup", "who"),
    [
        ('<div itemprop="author"><span itemprop="name">Jane Doe</span></div>', "microdata"),
        ('<a rel="author" href="/x">Jane Doe</a>', "microdata"),
        ('<div class="byline">Jane Doe</div>', "generic"),
        ('<div class="c-article-top__byline">Jane Doe <span>Staff Writer</span> 2 min</div>', "generic"),
        (
            '<div class="articleAuthor"><a href="/authors/jd">Jane Doe</a> <a href="/all">View archive</a></div>',
            "generic",
        ),
        ('<ul class="post-author"><li>by</li><li>Jane Doe</li><li>3 May</li></ul>', "generic"),
    ],
)
def test_an_element_by_the_headline_names_the_writer(markup: str, who: str) -> None:
    found = wrote("", markup)
    assert (found.names, found.who) == (("Jane Doe",), who)


@pytest.mark.parametrize(
    "markup",
    [
        '<figure><figcaption><span itemprop="author">Jane Doe</span></figcaption></figure>',
        '<div class="image-byline">Jane Doe</div>',
        '<div class="comments"><span itemprop="author">Jane Doe</span></div>',
        '<div class="related-stories"><a class="author" href="/x">Jane Doe</a></div>',
        '<div class="teaser"><div class="author">Jane Doe</div></div>',
        '<div class="byline">Photo: Jane Doe</div>',
        '<div class="byline">Jinbei Evening</div>',
        '<div class="byline">2 min read</div>',
        '<aside><a rel="author">Jane Doe</a></aside>',
    ],
)
def test_others_named_near_the_headline_did_not_write_it(markup: str) -> None:
    assert wrote("", markup) == Written()


def test_the_byline_nearest_to_the_headline_counts_and_those_beside_it() -> None:
    other = '<section><h3>More</h3><div class="byline">Ann Poe</div></section>'
    both = '<div><b class="author">Jane Doe</b> <b class="author">John Roe</b></div>'
    assert wrote("", both, foot=other).names == ("Jane Doe", "John Roe")


def test_a_signature_in_the_storys_first_or_last_lines_serves_where_nothing_else_does() -> None:
    found = wrote(language="de", edges=("Von Eva Muster",))
    assert (found.names, found.who) == (("Eva Muster",), "text")
    assert wrote(language="ja", edges=("桟橋が直った。（山田太郎）",)).names == ("山田太郎",)
    assert wrote(language="ja", edges=("桟橋が直った。（敬称略）",)) == Written()
    assert wrote(language="ko", edges=("홍길동 기자 hong@example.org",)).names == ("홍길동",)


def test_names_are_read_in_the_order_they_are_printed_in() -> None:
    line = "<p>By <a><span>Jane Doe</span></a> and <a><span>John Roe</span></a></p>"
    assert wrote("", line).names == ("Jane Doe", "John Roe")
    boxes = '<div class="by-line"><a rel="author"><i>Ja</i>ne <b>Doe</b></a></div>'
    assert wrote("", boxes * 2 + boxes.replace("Doe", "Roe")).names == ("Jane Doe", "Jane Roe")


def test_control_characters_in_names_of_classes_and_meta_do_no_harm() -> None:
    assert wrote('<meta name="\x02.author" content="Jane Doe">', "<i>Jane Doe</i>").names in ((), ("Jane Doe",))
    assert wrote("", '<i class="author \x02">Jane Doe</i>').names in ((), ("Jane Doe",))


def test_a_hundred_thousand_bylines_are_read_in_no_time() -> None:
    started = time.process_time()
    wrote("", foot='<a class="byline" rel="author" href="/author/x" itemprop="author">x</a>' * 100_000)
    assert time.process_time() - started < 3


def test_an_editor_is_no_author() -> None:
    assert wrote("", "<p>Jane Doe</p>", data=article(PERSON), shut_out=("Jane Doe",)) == Written()


def test_the_sites_names_are_taken_from_page_data_and_address() -> None:
    meta = read_meta(document_fromstring('<meta property="og:site_name" content="Jin Bei">'))
    found = outlets_of({"publisher": {"name": "Bei Press"}}, meta, "https://news.jbnews.co.uk/a", ("Evening",))
    assert {"jinbei", "beipress", "jbnews", "evening"} <= found
