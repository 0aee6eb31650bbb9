"""Bytes to text: the bytes are believed before the declarations, and nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.encoding import as_utf8, decode

STORY = "本报南山十一月三日电 今天的天气是晴，我们在河边看到了许多来散步的人，大家都说这里的水比以前好。" * 3
STORY_HANT = "本報南山十一月三日電 今天的天氣是晴，我們在河邊看到了許多來散步的人，大家都說這裡的水比以前好。" * 3


def page(text: str, declared: str = "") -> str:
    return f"<html><head>{declared}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("declared", ["", '<meta charset="gb2312">', '<meta charset="iso-8859-1">'])
@pytest.mark.parametrize("header", [None, "text/html; charset=gb2312", "text/html; charset=ISO-8859-1"])
def test_valid_utf8_is_utf8_whatever_is_declared(declared: str, header: str | None) -> None:
    text = page(STORY, declared)
    assert decode(text.encode(), header) == text


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "gb_2312-80"])
def test_every_gb_label_is_read_as_gb18030(label: str) -> None:
    text = page(STORY + "镕喆䶮", f'<meta http-equiv="Content-Type" content="text/html; charset={label}">')
    assert decode(text.encode("gb18030")) == text


def test_a_meta_declaration_wins_over_a_latin_header() -> None:
    text = page("短讯", '<meta charset="gbk">')
    assert decode(text.encode("gbk"), "text/html; charset=ISO-8859-1") == text


def test_a_chinese_header_wins_over_a_meta_of_another_encoding() -> None:
    text = page(STORY_HANT, '<meta charset="gb2312">')
    assert decode(text.encode("big5"), "text/html; charset=big5") == text


@pytest.mark.parametrize("header", [None, "text/html", "text/html; charset=iso-8859-1", "text/html; charset=utf8mb4"])
def test_undeclared_gbk_and_big5_are_known_by_their_common_characters(header: str | None) -> None:
    assert decode(page(STORY).encode("gbk"), header) == page(STORY)
    assert decode(page(STORY_HANT).encode("big5"), header) == page(STORY_HANT)


def test_big5_of_hong_kong_keeps_its_own_characters() -> None:
    text = page("深水埗嘅街市今朝好多人", '<meta charset="big5">')
    assert decode(text.encode("big5hkscs")) == text


def test_a_gbk_island_in_a_utf8_page_keeps_both_right() -> None:
    before, after = page(STORY).encode().split(b"</body>")
    body = (
        before
        + b"<!--[4,322,105] by "
        + "王小明".encode("gbk")
        + b"-->\n<p>"
        + "页脚".encode("gbk")
        + b"</p></body>"
        + after
    )
    text = decode(body, "text/html; charset=utf-8")
    assert STORY in text
    assert "by 王小明-->" in text
    assert "<p>页脚</p>" in text
    assert "�" not in text


def test_one_broken_character_in_a_utf8_page_costs_that_character_only() -> None:
    whole = page(STORY).encode()
    cut = whole.replace("天气".encode(), "天气".encode()[:-1], 1)
    text = decode(cut, None)
    assert text.count("�") == 1
    assert text.replace("天�", "天气", 1) == page(STORY)


@pytest.mark.parametrize(
    "island", ["办公室加湿器怎么选 专家给出三点建议", "联通", "2025年1月 王小明、李四", "下载客户端"]
)
def test_an_island_is_known_though_some_of_its_bytes_are_valid_utf8_by_chance(island: str) -> None:
    body = page(STORY).encode().replace(b"</body>", b"<a>" + island.encode("gbk") + b"</a></body>")
    assert f"<a>{island}</a>" in decode(body)


def test_damaged_cyrillic_stays_cyrillic() -> None:
    body = page("Привет, как дела сегодня").encode().replace("как".encode(), "как".encode()[:-1])
    assert "Привет, ка�" in decode(body)


def test_many_islands_are_read_in_linear_time() -> None:
    part = "<p>正文的一段文字，写得比较长</p>".encode() + b"<i>" + "岛屿".encode("gbk") + b"</i>"
    text = decode(part * 20_000)
    assert text.count("<i>岛屿</i>") == 20_000


def test_a_byte_order_mark_decides_and_is_not_text() -> None:
    assert decode("\ufeff新闻".encode(), "text/html; charset=gbk") == "新闻"
    assert decode("\ufeff新闻".encode("utf-16-le")) == "新闻"


def test_utf16_without_a_mark_is_seen_by_its_nuls() -> None:
    assert decode(page(STORY).encode("utf-16-le")) == page(STORY)
    assert decode(page(STORY).encode("utf-16-be")) == page(STORY)


def test_western_and_japanese_declarations_are_kept() -> None:
    assert decode(page("Café à Genève").encode("latin-1"), "text/html; charset=iso-8859-1") == page("Café à Genève")
    japanese = page("東京都は三日、新しい図書館を開いた", '<meta charset="shift_jis">')
    assert decode(japanese.encode("shift_jis")) == japanese
    mail = page("東京都は三日", '<meta charset="iso-2022-jp">')
    assert decode(mail.encode("iso-2022-jp")) == mail


def test_a_lead_byte_80_is_the_euro_sign_of_old_gbk_pages() -> None:
    body = page(STORY, '<meta charset="gbk">').encode("gbk").replace(b"</p>", b" \x805</p>")
    assert "€5</p>" in decode(body)


def test_as_utf8_gives_the_usual_page_back_untouched() -> None:
    body = page(STORY).encode()
    assert as_utf8(body) is body
    assert as_utf8(b"a\0b") == b"ab"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_as_utf8_leaves_no_nul_of_a_wide_encoding(encoding: str) -> None:
    assert as_utf8(page("In English").encode(encoding)) == page("In English").encode()


@pytest.mark.parametrize("charset", ["rot13", "base64", "idna", "punycode", "undefined"])
def test_a_charset_that_is_none_is_not_believed(charset: str) -> None:
    """Python has codecs by these names that are no encodings of texts."""
    assert decode(page(STORY).encode("gb18030"), f"text/html; charset={charset}") == page(STORY)


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [None, "", "text/html; charset=utf8mb4", "charset=gbk", "text/html; charset=utf-7", "charset=idna"]
    ),
)
def test_no_bytes_raise_and_the_parser_always_gets_utf8_without_nuls(body: bytes, header: str | None) -> None:
    decode(body, header)
    clean = as_utf8(body, header)
    clean.decode("utf-8")
    assert b"\0" not in clean


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60))
def test_any_han_text_in_utf8_comes_back(text: str) -> None:
    assert decode(page(text).encode(), "text/html; charset=gb2312") == page(text)
