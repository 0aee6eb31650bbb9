"""Which printed lines are story, and what the others say."""

import pytest

from newscrawl.extract.blocks import Block, text_of
from newscrawl.extract.lines import Story, story_of


def sorted_lines(*lines: str, headline: str | None = None) -> Story:
    return story_of([Block(kind="p", html=line, text=line) for line in lines], headline)


BODY = ("甲地三日电 第一段写了很多事情。", "第二段也写了很多事情。", "第三段说完了。")


@pytest.mark.parametrize(
    "line",
    [
        "(作者：方小敏北京某大学教授)",
        "（作者 王小明）",
        "作者：王小明",
        "文/王小明",
        "文丨王小明",
        "本报记者 王小明 李晓华",
        "（本报记者：王小明）",
    ],
)
def test_a_byline_on_its_own_line_is_no_body(line: str) -> None:
    for lines in ((*BODY, line), (line, *BODY)):
        story = sorted_lines(*lines)
        assert text_of(story.blocks).split("\n") == list(BODY)
        assert story.bylines == (line,)


@pytest.mark.parametrize(
    "line",
    ["【编辑:王小明】", "责任编辑：王小明", "（责编：王小明、李晓华）", "编辑 王小明 校对 李晓华", "监制：王小明"],
)
def test_an_editor_line_is_no_body(line: str) -> None:
    story = sorted_lines(*BODY, line)
    assert text_of(story.blocks).split("\n") == list(BODY)
    assert story.editor_lines == (line,)


@pytest.mark.parametrize(
    ("line", "credit"),
    [("▌本文来源：城事周刊", "城事周刊"), ("来源：某某日报", "某某日报"), ("（稿件来源：某某网）", "某某网")],
)
def test_a_source_line_gives_the_credit_and_is_no_body(line: str, credit: str) -> None:
    story = sorted_lines(*BODY, line)
    assert story.credit == credit
    assert len(story.blocks) == len(BODY)


@pytest.mark.parametrize(
    "line",
    ["原标题：另一个标题", "（原标题为：另一个标题）", "未经授权不得转载", "上一页 1 2 下一页", "扫描二维码关注"],
)
def test_titles_notices_and_page_bars_are_no_body(line: str) -> None:
    assert text_of(sorted_lines(*BODY, line).blocks).split("\n") == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "编者按：这是一组报道的开头。",
        "一、编辑部的故事",
        "来源于水的力量，正在改变这里。",
        "作者在书中写道，那年冬天很冷。",
        "“文/理科之分，早该取消。”他说。",
        "记者在现场看到，工人们正在清运土方。",
        "责任编辑制度实行三十年来，出版质量稳步提高，行业内外评价不一。",
    ],
)
def test_sentences_that_only_begin_like_such_a_line_are_body(line: str) -> None:
    assert text_of(sorted_lines(line, *BODY, line).blocks).split("\n") == [line, *BODY, line]


def test_an_interviews_questions_stay() -> None:
    talk = [f"记者：第{n}个问题是什么？" if n % 2 else f"王小明：第{n}个回答。" for n in range(1, 15)]
    assert text_of(sorted_lines(*talk).blocks).split("\n") == talk


@pytest.mark.parametrize("mark", ["(完)", "（完）", " (完)　", "( 完 )"])
def test_the_end_mark_is_taken_off_text_and_html(mark: str) -> None:
    story = story_of([Block(kind="p", html=f"<b>说完了。{mark}</b>", text=f"说完了。{mark}")])
    assert [(block.text, block.html) for block in story.blocks] == [("说完了。", "<b>说完了。</b>")]


def test_an_end_mark_alone_leaves_no_empty_paragraph() -> None:
    assert [block.text for block in sorted_lines(*BODY, "（完）").blocks] == list(BODY)


def test_a_mention_of_the_word_in_the_text_is_no_end_mark() -> None:
    assert text_of(sorted_lines("他写下（完）二字，合上了本子。").blocks) == "他写下（完）二字，合上了本子。"


def test_the_headline_printed_again_on_top_is_left_out() -> None:
    assert text_of(sorted_lines("江边的榕树", *BODY, headline="江边的榕树").blocks).split("\n") == list(BODY)


def test_a_signature_at_a_paragraphs_end_stays_and_is_read() -> None:
    story = sorted_lines(*BODY[:2], "第三段说完了。（记者：王小明）")
    assert text_of(story.blocks).endswith("说完了。（记者：王小明）")
    assert story.bylines == ("记者：王小明",)


def test_a_correction_is_told_and_stays() -> None:
    story = sorted_lines(*BODY, "更正：上文第二段的“三十”应为“十三”。")
    assert story.correction == "更正：上文第二段的“三十”应为“十三”。"
    assert len(story.blocks) == len(BODY) + 1
