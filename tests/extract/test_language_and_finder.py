"""The language by script, and the story's element where nobody says where it stands."""

import pytest

from newscrawl.extract.finder import find_body
from newscrawl.extract.language import language_of
from newscrawl.text.tree import parse, visible_text


@pytest.mark.parametrize(
    ("text", "declared", "expected", "language"),
    [
        ("江边的老榕树下，一盘棋下了二十年。", "en", "", "zh"),
        ("江邊的老榕樹下，這盤棋下了二十年，還沒結束。", "zh-CN", "zh", "zh-Hant"),
        ("東京都は三日、新しい図書館を開いた。", None, "zh", "ja"),
        ("서울시는 3일 새 도서관을 열었다.", None, "zh", "ko"),
        ("The tree by the river", "en-GB", "zh", "en"),
        ("Der Baum am Fluss", "de", "", "de"),
        ("The tree by the river", "zh-CN", "zh", "en"),
        ("Der Baum am Fluss", None, "de", "de"),
        ("", None, "zh", "en"),
        ("Elektrikli araçlar için bir şarj ağı ve bu ağ ile çok yeni istasyon olarak da kullanılan", "en", "", "tr"),
        ("Le pont est fermé et les trains des usagers sont dans une autre gare pour la nuit", None, "", "fr"),
        ("Мост через реку закрыт на ремонт до осени", "en", "", "ru"),
        ("Міст через річку закрито на ремонт до осені, і її мешканці їздять в обхід", "en", "", "uk"),
        ("Мостът през реката е затворен", "bg", "", "bg"),
        ("El puente", "xx", "", "xx"),
        ("据 Reuters 与 the Financial Times 报道，江边的树", None, "", "zh"),
    ],
)
def test_the_script_decides_and_then_the_declaration(
    text: str, declared: str | None, expected: str, language: str
) -> None:
    assert language_of(text, declared, expected) == language


LONG = "这一段写了江边的榕树，写了下棋的人，也写了修堤的工人；"


def found(markup: str) -> str:
    body = find_body(parse(f"<html><body>{markup}</body></html>".encode()))
    return visible_text(body.element) if body is not None else ""


MENU = (
    '<ul class="nav">'
    + "".join(f'<li><a href="/{n}">栏目第{n}个名字很长的频道，欢迎来看</a></li>' for n in range(60))
    + "</ul>"
)


def test_the_densest_element_is_found_beside_menus_and_comments() -> None:
    comments = '<div class="comments">' + f"<p>评论：{LONG}</p>" * 3 + "</div>"
    story = "<div><h1>标题</h1><div class=x>" + f"<p>{LONG * 2}</p>" * 5 + "</div></div>"
    text = found(MENU + story + comments + '<div class="footer"><p>版权所有，未经授权不得转载，违者必究。</p></div>')
    assert text.count(LONG) == 10
    assert "评论" not in text
    assert "栏目" not in text


def test_a_story_in_sections_is_found_whole() -> None:
    sections = "".join(f"<section><p>{LONG * 2}</p><p>{LONG}</p></section>" for _ in range(4))
    assert found(MENU + f"<article>{sections}</article>").count(LONG) == 12


def test_a_story_written_with_line_breaks_is_found() -> None:
    assert found(MENU + "<table><tr><td>" + f"　　{LONG}<br>" * 6 + "</td></tr></table>").count(LONG) == 6


def test_a_page_of_links_has_no_story() -> None:
    assert found(MENU) == ""


def test_scripts_are_no_text() -> None:
    assert found("<div><script>" + "var a = '这里，有，很多，标点，符号，的，脚本';" * 40 + "</script></div>") == ""
