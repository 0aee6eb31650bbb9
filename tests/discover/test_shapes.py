"""What addresses tell: of what shape they are, and which of a sitemap's may be articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover.shapes import choose, condemned, shape_of
from newscrawl.items import Found
from newscrawl.text.likeness import likeness

SITE = "https://www.riverside.example"


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/gn/2025/11-19/10518665.shtml", "/gn/{day}/{n}.shtml"),
        ("/gn/2024/1-9/7.shtml", "/gn/{day}/{n}.shtml"),
        ("/2025/11/19/bridge-opens-at-last/", "/{day}/{slug}"),
        ("/zwgk/202511/t20251119_123456.html", "/zwgk/{day}/t{day}_{n}.html"),
        ("/tag/bridges", "/tag/{word}"),
        ("/tag/bridges-over-the-river", "/tag/{slug}"),
        ("/index.php?m=content&a=show&catid=6&id=12&utm_source=x", "/index.php?a=show&catid={n}&id={n}&m=content"),
        ("/a/2f6c9e01b7d4", "/a/{id}"),
        ("/%E6%B1%9F%E4%B8%8A%E7%9A%84%E6%97%A7%E6%A1%A5%E9%80%9A%E8%BD%A6/", "/{slug}"),
        ("/", ""),
    ],
)
def test_the_shape_of_an_address(path: str, shape: str) -> None:
    assert shape_of(SITE + path) == "riverside.example" + shape


STORIES = """/news/story.jsp?oid=2500018&sec=4 /dispatches/ferry343
/2025/11/19/world/bridge-opens/index.html?hpt=t1 /index.php?p=5 /gn/2025/11-19/10518665.shtml
/2025/11/19/bridge-opens-at-last/ /zwgk/202511/t20251119_123456.html /node/123
/bridge-opens-to-walkers /?p=123 /index.php?m=content&c=index&a=show&catid=6&id=123
/a/yaowen/2025/1119/22.html /plus/view.php?aid=22 /story/2f6c9e01b7d4
/n1/2025/1119/c1001-40232345.html /news/12345678 /archive/2025/11/19/bridge-opens.html
/news/%E6%B1%9F%E4%B8%8A%E7%9A%84%E6%97%A7%E6%A1%A5%E9%80%9A%E8%BD%A6"""
OTHERS = """/news/list.jsp?sec=4 /comment.g?blogID=77&postID=143000000 /show.php?userid=12345
/downloadContent_195400974278.html /2025/11/19/index.html / /index.html /news/
/tag/bridges-over-the-river/ /category/local/page/2/ /author/jane-maria-doe/ /search?q=bridge
/?s=bridge /about-us /contact.html /privacy-policy /login /2025/11/ /2025/11/19/
/archives/2025-11.html /?cat=3 /?tag=bridges /?paged=2 /index_1.shtml /a/yaowen/list_5_2.html
/plus/list.php?tid=2 /taxonomy/term/12 /comments/12345.html /12345?print=1 /print/12345
/amp/2025/11/19/bridge-opens-at-last.html /feed/ /rss.xml /logo.png /shipin/2025/11-19/news123.shtml
/guanyu/ /biaoqian/qiao /index.php?m=content&c=index&a=lists&catid=6 /zhuanti/ /wp-login.php
/sitemap.html /user/register /pinglun/123456.html"""


@pytest.mark.parametrize("path", STORIES.split())
def test_addresses_of_stories_of_usual_systems(path: str) -> None:
    assert likeness(SITE + path) > 0


@pytest.mark.parametrize("path", OTHERS.split())
def test_addresses_of_what_is_no_story(path: str) -> None:
    assert likeness(SITE + path) < 0


def test_a_sitemap_is_chosen_from_without_tags_lists_and_forms() -> None:
    found = [Found(url=SITE + path) for path in [*OTHERS.split(), *STORIES.split()]]
    assert [one.url.removeprefix(SITE) for one in choose(found)] == STORIES.split()


def test_what_an_address_does_not_tell_stays_and_many_of_one_shape_speak_for_each_other() -> None:
    assert len(choose([Found(url=f"{SITE}/town/the-ferry")])) == 1
    words = ("ferry", "market", "school", "bakery", "bridge", "river", "tower", "garden")
    few, many = ([Found(url=f"{SITE}/local/town/{word}/") for word in some] for some in (words[:3], words))
    assert (len(choose(few)), len(choose(many))) == (0, 8)


def test_pages_of_a_shape_that_were_none_condemn_it_and_articles_acquit_it() -> None:
    odd, like = f"{SITE}/local/ferry", f"{SITE}/2025/11/19/bridge-opens-at-last/"
    assert not condemned(odd, {})
    assert not condemned(odd, {shape_of(odd): (0, 3)})
    assert condemned(odd, {shape_of(odd): (0, 4)})
    assert not condemned(odd, {shape_of(odd): (3, 9)})
    assert not condemned(like, {shape_of(like): (0, 10)})
    assert condemned(like, {shape_of(like): (0, 11)})


def test_what_experience_speaks_against_is_chosen_all_the_same_and_told_of_when_it_is_not_asked() -> None:
    like = f"{SITE}/2025/11/19/bridge-opens-at-last/"
    assert len(choose([Found(url=like)], {shape_of(like): (0, 99)})) == 1


def test_articles_of_a_shape_let_in_what_its_words_would_keep_out() -> None:
    url = f"{SITE}/video/2025/11/19/12345.html"
    assert choose([Found(url=url)]) == ()
    assert len(choose([Found(url=url)], {shape_of(url): (9, 0)})) == 1


@given(st.text(max_size=60))
def test_no_address_is_a_bug(text: str) -> None:
    for url in (text, f"{SITE}/{text}", f"{SITE}/?{text}"):
        shape_of(url)
        assert -40 < likeness(url) < 4
