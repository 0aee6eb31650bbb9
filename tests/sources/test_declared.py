"""A slip in a publisher's file is a sentence that names the field, said where it is declared."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from newscrawl.discover.basis import Linked
from newscrawl.discover.listings import Feed
from newscrawl.errors import Reason
from newscrawl.extract.page import NewsPage
from newscrawl.extract.related import RelatedList
from newscrawl.sources.base import Pattern, Refusal, Source


def source(**more: Any) -> Source:
    given: dict[str, Any] = {
        "slug": "jbwb",
        "name": "津北晚报",
        "home": "https://jbwb.example/",
        "hosts": ("jbwb.example",),
    }
    return Source(**{**given, **more})


def page_class(**names: Any) -> type[NewsPage]:
    return type("JinbeiPage", (NewsPage,), names)


@pytest.mark.parametrize(
    ("declare", "sentence"),
    [
        (lambda: source(hosts="jbwb.example"), "Source.hosts is 'jbwb.example': it should be a tuple of str"),
        (lambda: source(hosts=["jbwb.example"]), "Source.hosts is ['jbwb.example']: it should be a tuple of str"),
        (lambda: source(hosts=("https://jbwb.example",)), "is no host name: write it without scheme, port and path"),
        (lambda: source(hosts=("jbwb.example/news",)), "'jbwb.example/news' is no host name"),
        (lambda: source(hosts=("jbwb.example:80",)), "'jbwb.example:80' is no host name"),
        (lambda: source(hosts=("JBWB.example",)), "'JBWB.example' is no host name"),
        (lambda: source(hosts=("",)), "'' is no host name"),
        (lambda: source(hosts=()), "Source.hosts is (): it should name a host"),
        (lambda: source(home="jbwb.example"), "Source.home is 'jbwb.example': it should be an address"),
        (lambda: source(zone="Beijing"), "Source.zone is 'Beijing': it should be an IANA zone"),
        (lambda: source(zone="../zone"), "Source.zone is '../zone': it should be an IANA zone"),
        (lambda: source(slug="Jin-bei"), "Source.slug is 'Jin-bei': it should be the file's name"),
        (lambda: source(articles=Pattern(path="/(?P<id>x)")), "Source.articles is Pattern("),
        (lambda: source(refused=(Reason.VIDEO,)), "every one should be a Refusal"),
        (lambda: source(listings=("https://jbwb.example/",)), "every one should be a Paged or Channel or Feed"),
        (lambda: source(page="JinbeiPage"), "Source.page is 'JinbeiPage': it should be a class of pages"),
        (lambda: source(page=page_class(body_css="#story")), "JinbeiPage.body_css is '#story': it should be a tuple"),
        (lambda: source(page=page_class(body_css=("div[",))), "JinbeiPage.body_css has 'div[' in it"),
        (lambda: source(page=page_class(page_bars=(5,))), "JinbeiPage.page_bars has 5 in it"),
        (lambda: source(page=page_class(related=(RelatedList(item="li..x"),))), "JinbeiPage.related has 'li..x' in it"),
        (lambda: Pattern(path=r"/a/(?P<nr>\d+)"), "Pattern.key is '{id}': {id} is no named group of path or host"),
        (lambda: Pattern(path="/a/(?P<nr>x)", key="{id}"), "there are {nr}"),
        (lambda: Pattern(path="/a", key="{id}"), "there are none"),
        (lambda: Pattern(path="/(?P<id>x)", key="{}"), "Pattern.key is '{}': {} is no named group"),
        (lambda: Pattern(path="/(?P<id>x)", key="{id"), "Pattern.key is '{id': its curly brackets cannot be read"),
        (lambda: Pattern(path="/(?P<id>x)", url="https://jbwb.example/{day}/{id}"), "{day} is no named group"),
        (lambda: Pattern(path="/(?P<id>x"), "'/(?P<id>x', given as a path or host pattern"),
        (lambda: Pattern(path=r"(?u)/(?P<id>\d+)"), "is no regular expression: ASCII and UNICODE flags"),
        (lambda: Pattern(path="/(?P<id>x)", host="[a"), "'[a', given as a path or host pattern"),
        (lambda: Pattern(path="/(?P<id>x)", basis="seen"), "Pattern.basis is 'seen': it should be Seen(…), Linked("),
        (lambda: Feed(name="rss", url="https://jbwb.example/r", basis=1), "Feed.basis is 1: it should be Seen(…)"),
        (lambda: source(pages=(Linked("article of 2025-11-18"),)), "every one should be a Seen or Hearsay"),
        (lambda: Linked(""), "Linked.on is '': it should say which page"),
        (lambda: Refusal(path="(", reason=Reason.VIDEO), "'(', given as a path or host pattern"),
    ],
)  # fmt: skip
def test_a_slip_is_said_where_it_is_declared(declare: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        declare()


def test_what_can_serve_is_taken() -> None:
    kept = source(
        slug="36jb",
        hosts=("jbwb.example", "xn--fiqs8s", "127.0.0.1", "localhost"),
        articles=(
            Pattern(path=re.compile(r"/A/(?P<id>\d+)", re.IGNORECASE)),
            Pattern(host=r"(?P<region>\w+)\.jbwb\.example", path="/(?P<nr>x)", key="{region}-{nr:0>8}"),
        ),
        page=page_class(headline_css=("h1.title", "#head > h1"), related=(RelatedList(item="ul.more li", time="i"),)),
    )
    address = kept.address("https://nan.jbwb.example/x")
    assert address is not None
    assert address.key == "36jb:nan-0000000x"
    assert kept.address("https://jbwb.example/a/17") is not None
    assert kept.address("https://jbwb.example/a/１７") is None
