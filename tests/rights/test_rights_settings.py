"""The reprint policy as the operator writes it, the disclaimer, and what a terminal says of an article's terms."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import attrs
import pytest
from rich.console import Console

from newscrawl.commands.reprint import print_article
from newscrawl.errors import BadOption
from newscrawl.items import Article, Printed
from newscrawl.options import Options, Site
from newscrawl.pipelines.rights import WORDING, check_policy, disclaimer
from newscrawl.sources import registry
from newscrawl.terms import Policy, terms


def check(policy: dict[str, Any]) -> None:
    options = Options.read({"NEWSCRAWL_REPRINT": json.dumps(policy)})
    check_policy(options.reprint, registry())


# -- NEWSCRAWL_REPRINT -------------------------------------------------------------------------------------------------
def test_every_kind_of_rule_may_be_written():
    check({"*": "link", "chinanews": "excerpt", "credit:求是网": "full", "credit:《求是》網": "full"})
    check({"news.example.com": "hold", "example.com": "link"})
    check({f"signal:{name}": "full" for name in ("noarchive", "nosnippet", "noindex", "tdm-reservation")})


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (
            {"signal:noarchiv": "full"},
            "'signal:noarchiv' is no signal that counts (noarchive, nosnippet, noindex, tdm-",
        ),
        ({"signal:unavailable_after": "hold"}, "is no signal that counts"),
        ({"signal:": "hold"}, "is no signal that counts"),
        ({"chinanews": "excerpts"}, "'chinanews' is 'excerpts'; use one of full, excerpt, link, hold"),
        ({"signal:noarchive": "off"}, "'signal:noarchive' is 'off'; use one of full, excerpt, link, hold"),
        ({"credit:": "hold"}, "'credit:' names no outlet; write \"credit:求是网\""),
        ({"credit:《 》": "hold"}, "names no outlet"),
        ({"credit:求是网": "link", "credit:《求是网》": "full"}, "and they are one outlet; leave one of them out"),
        ({"chinanew": "hold"}, "'chinanew' is no source ("),
        ({"chinanew": "hold"}, ', nor a host, "*", "credit:NAME" or "signal:NAME"'),
        ({"www.example.com": "hold"}, "'www.example.com' is no name of a site; write 'example.com'"),
        ({"Example.com": "hold"}, "'Example.com' is no name of a site; write 'example.com'"),
        ({"example.com/news": "hold"}, "'example.com/news' is no name of a site; write 'example.com'"),
        ({"m.chinanews.com": "hold"}, "'m.chinanews.com' is no name of a site"),
        ({"chinanews.com": "hold"}, "'chinanews.com' is a host of the source 'chinanews'; write that"),
        ({"credit：求是网": "hold"}, "is no source"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_in_words(policy: dict[str, Any], words: str):
    with pytest.raises(BadOption) as refused:
        check(policy)
    assert str(refused.value).startswith("NEWSCRAWL_REPRINT: ")
    assert words in str(refused.value)


# -- the disclaimer ----------------------------------------------------------------------------------------------------
ARTICLE = Article(
    key="chinanews:1",
    source="chinanews",
    url="https://www.chinanews.com.cn/gn/2026/03-01/1.shtml",
    language="zh",
    headline="环湖步道全线贯通",
    body_text="步道今天全线贯通。",
    published=Printed(
        at=datetime(2026, 3, 1, 1, 0, tzinfo=UTC), local="2026-03-01T09:00+08:00", raw="2026-03-01 09:00"
    ),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_third_outlet_wrote_is_disclaimed_with_both_names(language: str):
    article = attrs.evolve(ARTICLE, language=language, credit="求是网")
    version, text = disclaimer(article, "中国新闻网", Options.read({}))
    assert version == WORDING[language][0]
    for named in ("中国新闻网", "求是网", article.url, "2026-03-01"):
        assert named in text
    assert "{" not in text


def test_what_the_publisher_wrote_is_credited_to_it():
    _, text = disclaimer(ARTICLE, "中国新闻网", Options.read({}))
    assert "本文转载自中国新闻网（来源：中国新闻网，2026-03-01）" in text


def test_the_operators_wording_for_a_host_reaches_the_hosts_below_it_and_no_language_is_taken_for_a_host():
    options = Options.read({"NEWSCRAWL_DISCLAIMER": json.dumps({"example.de": {"zh": "经 {publisher}"}, "de": "dt."})})
    told = {
        source: disclaimer(attrs.evolve(ARTICLE, source=source), source, options)[1]
        for source in ("news.example.de", "example.de", "other.de")
    }
    assert told["news.example.de"] == "经 news.example.de"
    assert told["example.de"] == "经 example.de"
    assert "本文转载自other.de" in told["other.de"]


# -- on a terminal -----------------------------------------------------------------------------------------------------
def said(**more: Any) -> str:
    out = StringIO()
    row = {"language": "zh", "headline": "环湖步道全线贯通", "summary": "步道今天全线贯通。", "answered_by": {}}
    print_article(Console(file=out, width=60), row | more, Site())
    return out.getvalue()


def test_the_terms_stand_under_the_fields_with_a_line_for_every_reason():
    policy = Policy(reprint={"credit:湖报": "excerpt"}, outlets={})
    on = terms(policy, source="lake", credit="湖报", robots=("nosnippet", "noindex"))
    told = {"mode": on.mode, "noindex": on.noindex, "reasons": [attrs.asdict(reason) for reason in on.reasons]}
    lines = said(terms=told).rstrip().split("\n")
    assert [line.rstrip() for line in lines[-5:]] == [
        "",
        "Terms: link, noindex",
        "  link      the page says nosnippet",
        '  excerpt   NEWSCRAWL_REPRINT has "credit:湖报": "excerpt"',
        "  noindex   the page says noindex",
    ]
    assert lines[-6].startswith("  language"), "the fields stand above"


def test_full_terms_are_one_line_and_none_are_none():
    assert said(terms={"mode": "full", "noindex": False, "reasons": []}).rstrip().endswith("\nTerms: full")
    assert "Terms" not in said()


def test_what_a_page_prints_moves_no_terminal():
    reason = {"mode": "link", "why": "the page credits \x1b[2J[bold]湖报\n报[/bold]"}
    shown = said(terms={"mode": "link", "noindex": False, "reasons": [reason]})
    assert "\x1b" not in shown
    assert "the page credits [2J[bold]湖报 报[/bold]" in shown
