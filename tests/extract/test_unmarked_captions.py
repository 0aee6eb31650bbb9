"""Captions that no markup names: told by their words, or by ending in no full stop on a page whose paragraphs do."""

import pytest

from newscrawl.extract.blocks import Block
from newscrawl.extract.captions import with_captions
from newscrawl.items import Image

LONG = (
    "江水在这里转了一个大弯，两岸的渔民说，今年的汛期比往年来得早一些，船已经收进了港湾，"
    + "人们在岸上补网，等着第一场雨。"
)
ENGLISH = "The ferry crossed the bay at dawn and the crew said that all boats had been safe in the harbour by then."


def figure(name: str) -> Block:
    return Block(kind="figure", image=Image(url=f"https://news.example.cn/{name}.jpg"))


def line(html: str) -> Block:
    bare = html
    for tag in ("<b>", "</b>", "<em>", "</em>"):
        bare = bare.replace(tag, "")
    return Block(kind="p", html=html, text=bare)


def read(*blocks: Block) -> tuple[list[str], list[str | None]]:
    """(texts, captions)."""
    out = with_captions(blocks)
    return [one.text for one in out if one.text], [one.image.caption for one in out if one.image]


def test_a_short_line_behind_an_image_that_ends_in_no_full_stop_is_its_caption() -> None:
    assert read(line(LONG), figure("a"), line("江边的榕树"), line(LONG)) == ([LONG, LONG], ["江边的榕树"])


@pytest.mark.parametrize(
    "other",
    [
        "渔民们都说好。",
        "<b>江边的榕树</b>",
        "一、江边的榕树",
        "（二）渔网",
        "可以看出以下特点：",
        "本报记者 王小明",
        "文/王小明",
    ],
)
def test_sentences_subheadings_and_names_behind_an_image_are_no_caption(other: str) -> None:
    texts, captions = read(line(LONG), figure("a"), line(other), line(LONG))
    assert len(texts) == 3
    assert captions == [None]


def test_where_subheadings_are_plain_lines_a_line_behind_an_image_may_be_one() -> None:
    blocks = (line(LONG), line("先说船"), line(LONG), figure("a"), line("再说网"), line(LONG))
    assert read(*blocks)[1] == [None]


def test_a_page_that_marks_captions_with_arrows_marks_them_all() -> None:
    blocks = (line(LONG), figure("a"), line("△江边的榕树"), line(LONG), figure("b"), line("再说网"), line(LONG))
    assert read(*blocks)[1] == ["△江边的榕树", None]


def test_where_the_story_itself_is_written_without_full_stops_nothing_is_told_by_them() -> None:
    lines = [block for n in range(6) for block in (figure(str(n)), line(f"第{n}个去处是江边的榕树和旧码头"))]
    assert read(line(LONG), *lines, line(LONG))[1] == [None] * 6


def test_in_latin_script_a_caption_is_in_italics() -> None:
    blocks = (line(ENGLISH), figure("a"), line("<em>The old pier by night</em>"), line(ENGLISH))
    assert read(*blocks)[1] == ["The old pier by night"]
    blocks = (line(ENGLISH), figure("a"), line("The old pier closed in May"), line(ENGLISH))
    assert read(*blocks)[1] == [None]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("图片来源：某某图库", "某某图库"),
        ("江城博物院供图", "江城博物院"),
        ("渔网。江城公安局供图 江城网", "江城公安局"),
        ("摄影：王小明", "王小明"),
        ("江城网站的报道截图。", None),
        ("（圖／翻攝自網路）", None),
        ("Photo: Jane Doe", "Jane Doe"),
        ("The pier in May. Jane Doe/Getty Images", None),
    ],
)
def test_words_that_name_who_took_or_gave_it_make_a_line_behind_an_image_its_caption(
    caption: str, credit: str | None
) -> None:
    image = with_captions((line(LONG), figure("a"), line(caption), line(LONG)))[1].image
    assert image is not None
    assert (image.caption, image.credit) == (caption, credit)


def test_a_line_of_credit_and_the_caption_after_it_belong_together() -> None:
    blocks = (line(LONG), figure("a"), line("摄影：王小明"), line("江边的榕树"), line(LONG))
    assert read(*blocks) == ([LONG, LONG], ["摄影：王小明 江边的榕树"])


def test_an_image_that_calls_to_be_scanned_is_none_of_the_storys() -> None:
    blocks = (line(LONG), figure("a"), Block(kind="caption", html="扫码", text="扫描二维码关注江城"))
    assert with_captions(blocks) == (blocks[0],)


def test_the_caption_of_an_image_without_an_address_leaves_the_story_with_it() -> None:
    blocks = (line(LONG), Block(kind="figure"), line("江边的榕树"), line(LONG))
    assert with_captions(blocks) == (blocks[0], blocks[3])
