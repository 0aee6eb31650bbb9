"""The allow-list: what may stand in a stored story's HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.html import ATTRIBUTES, TAGS, sanitise


def test_a_story_stays_as_it_is() -> None:
    story = (
        "<h2>一、水</h2><p>正文<strong>重点</strong>，H<sub>2</sub>O。<br>第二行</p><ul><li>甲</li></ul>"
        '<figure><img src="https://img.example.cn/a.jpg" alt="河" width="600"><figcaption>河边</figcaption></figure>'
        '<table><tbody><tr><td colspan="2">表</td></tr></tbody></table><blockquote><p>引文</p></blockquote>'
    )
    assert sanitise(story) == story


def test_links_go_out_only_by_http_and_carry_no_weight() -> None:
    assert sanitise('<a href="https://example.cn/">x</a>') == (
        '<a href="https://example.cn/" rel="nofollow noopener noreferrer">x</a>'
    )
    for bad in (
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "//evil.net/",
        "/relative",
        "ftp://a/",
    ):
        assert "href" not in sanitise(f'<a href="{bad}">x</a>')


@pytest.mark.parametrize(
    "wild",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<img src="data:image/png;base64,AA" onerror="x()">',
        '<p onclick="x()" style="color:red" class="c" id="i">t</p>',
        "<svg><script>alert(1)</script></svg>",
        "<math><mi><style><img src=x onerror=alert(1)>",
        '<iframe src="https://example.cn"></iframe>',
        '<form action="https://example.cn"><input name="a"></form>',
        "<!--<img src=x onerror=alert(1)>-->",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_nothing_that_runs_or_dresses_survives(wild: str) -> None:
    clean = sanitise(f"<p>前</p>{wild}<p>后</p>")
    assert not re.search(r"script|style|onerror|onclick|class=|data:|iframe|form|<!--|alert", clean)
    assert clean.startswith("<p>前</p>")


def test_the_words_of_an_unknown_tag_stay() -> None:
    assert sanitise("<p><font color=red>红</font><o:p>字</o:p></p>") == "<p>红字</p>"


def test_sizes_are_whole_numbers_only() -> None:
    assert (
        sanitise('<img src="https://a.cn/a.jpg" width="100%" height="50">')
        == '<img src="https://a.cn/a.jpg" height="50">'
    )


def test_a_heading_in_a_table_in_a_heading_is_settled_at_once() -> None:
    clean = sanitise("<h2><table><h2>")
    assert sanitise(clean) == clean


_pieces = st.sampled_from(
    ["<p>", "</p>", "<b>",
     "<a href='http://x.cn/?a=1&b=2'>", "</a>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<svg>",
     "<math>", "<style>", "<title>", "<img src=http://a.cn/i.png alt='<b>'>", "<br>", "&lt;", "&amp;lt;", "<!--", "-->",
     "<script>", "</script>", "<h2>", "<select>", "<figure>", "文", '"', "<", ">", "\0", "<noscript>", "<xmp>", "<p/>"]
)  # fmt: skip


@given(st.lists(st.one_of(_pieces, st.text(max_size=6)), max_size=14).map("".join))
def test_cleaning_twice_changes_nothing_more_and_only_allowed_tags_remain(wild: str) -> None:
    clean = sanitise(wild)
    assert sanitise(clean) == clean
    for tag, rest in re.findall(r"<\s*/?\s*([a-zA-Z][\w:-]*)((?:[^>\"]|\"[^\"]*\")*)>", clean):
        assert tag in TAGS
        for name in re.findall(r"\s([\w-]+)=", re.sub(r'"[^"]*"', '""', rest)):
            assert name in ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
