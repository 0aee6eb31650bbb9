"""What an address of a publisher is, told by its host and by how its page numbers are counted."""

import pytest

from newscrawl.errors import Reason
from newscrawl.sources.base import Pattern, Refusal, Source

SITE = Source(
    slug="jbwb",
    name="津北晚报",
    home="https://www.jbwb.example/",
    hosts=("jbwb.example",),
    articles=(
        Pattern(path=r"/a/(?P<id>\d+)(?:_(?P<page>\d))?\.html"),
        Pattern(path=r"/t/(?P<id>\d+)(?:_(?P<page>\d))?\.html", counted_from=0),
        Pattern(path=r"/w/(?P<id>\d+)_(?P<page>\w+)\.html"),
    ),
    refused=(Refusal(host=r"v\.jbwb\.example", path=r"^/a/\d+", reason=Reason.VIDEO),),
)


def test_a_host_of_videos_gives_no_articles_and_the_others_do() -> None:
    path = "/a/17.html"
    assert SITE.address(f"https://v.jbwb.example{path}") is None
    assert SITE.not_article(f"https://V.jbwb.example{path}") is Reason.VIDEO
    assert SITE.not_article(f"https://www.v.jbwb.example{path}") is None
    assert SITE.address(f"https://www.jbwb.example{path}") is not None
    assert SITE.not_article("https://v.jbwb.example/") is None


@pytest.mark.parametrize(
    ("path", "page"), [("/a/17.html", 1), ("/a/17_2.html", 2), ("/t/17.html", 1), ("/t/17_1.html", 2)]
)
def test_page_numbers_are_counted_as_the_publisher_counts_them(path: str, page: int) -> None:
    address = SITE.address(f"https://www.jbwb.example{path}")
    assert address is not None
    assert (address.key, address.page) == ("jbwb:17", page)


@pytest.mark.parametrize("said", ["0", "0000000002", "1000", "9" * 5000, "next", "２"])
def test_what_is_no_number_of_a_page_is_none_whatever_the_pattern_lets_through(said: str) -> None:
    assert SITE.address(f"https://www.jbwb.example/w/17_{said}.html") is None
    assert SITE.address("https://www.jbwb.example/w/17_002.html") is not None
