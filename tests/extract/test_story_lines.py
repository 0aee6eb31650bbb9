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
        "本報記者 葉小明 盧曉華",
        "執筆：葉小明",
        "By Shi Yiming",
        "BY SHI YIMING AND JO ROE | JINBEI DAILY",
    ],
)
def test_a_byline_on_its_own_line_is_no_body(line: str) -> None:
    for lines in ((*BODY, line), (line, *BODY)):
        story = sorted_lines(*lines)
        assert text_of(story.blocks).split("\n") == list(BODY)
        assert story.bylines == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "【编辑:王小明】",
        "【編輯:王小明】",
        "責任編輯：葉小婷",
        "責編/葉小婷 監製/盧二",
        "责任编辑：王小明",
        "（责编：王小明、李晓华）",
        "编辑 王小明 校对 李晓华",
        "监制：王小明",
    ],
)
def test_an_editor_line_is_no_body(line: str) -> None:
    story = sorted_lines(*BODY, line)
    assert text_of(story.blocks).split("\n") == list(BODY)
    assert story.editor_lines == (line,)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("▌本文来源：城事周刊", "城事周刊"),
        ("来源：某某日报", "某某日报"),
        ("（稿件来源：某某网）", "某某网"),
        ("本文來源：城事週刊", "城事週刊"),
        ("來源：某某日報", "某某日報"),
        ("Source: Jinbei Evening", "Jinbei Evening"),
    ],
)
def test_a_source_line_gives_the_credit_and_is_no_body(line: str, credit: str) -> None:
    story = sorted_lines(*BODY, line)
    assert story.credit == credit
    assert len(story.blocks) == len(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "原标题：另一个标题",
        "（原标题为：另一个标题）",
        "未经授权不得转载",
        "上一页 1 2 下一页",
        "扫描二维码关注",
        "原標題：另一個標題",
        "轉載請註明出處",
        "上一頁 1 2 下一頁",
        "掃描二維碼關注",
        "發佈時間：2025-11-19 08:40 來源：某某網",
    ],
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
        "責任編輯制度實行三十年來，出版質量穩步提高，行業內外評價不一。",
        "By Jane Doe, who lives in Nanshan, the book sold well.",
        "Source: people who know the harbour and its cranes.",
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


def test_a_signature_in_traditional_script_is_read_as_printed() -> None:
    story = sorted_lines(*BODY[:2], "第三段說完了。（記者：葉小明）")
    assert story.bylines == ("記者：葉小明",)


@pytest.mark.parametrize("remark", ["（见图）", "（全文完）", "（国是直通车）", "（常州）"])
def test_a_remark_at_the_end_is_story_and_signs_nothing(remark: str) -> None:
    story = sorted_lines(*BODY[:2], f"第三段还没有说{remark}")
    assert story.bylines == ()
    assert text_of(story.blocks).endswith(f"说{remark}")


def test_an_english_line_of_labels_says_all_it_says_and_is_no_body() -> None:
    line = "2025-11-19 08:40  Source: Jinbei Evening  By Shi Yiming  Editor: Liu Qing"
    story = sorted_lines(line, *BODY)
    assert (story.bylines, story.editor_lines, story.credit) == ((line,), (line,), "Jinbei Evening")
    assert text_of(story.blocks).split("\n") == list(BODY)


def test_an_english_subheading_is_story() -> None:
    heading = Block(kind="h2", html="By Harbour Light", text="By Harbour Light")
    assert story_of([heading, *(Block(kind="p", html=line, text=line) for line in BODY)]).blocks[0] == heading


def test_a_correction_is_told_and_stays() -> None:
    story = sorted_lines(*BODY, "更正：上文第二段的“三十”应为“十三”。")
    assert story.correction == "更正：上文第二段的“三十”应为“十三”。"
    assert len(story.blocks) == len(BODY) + 1
    assert sorted_lines(*BODY, "更正說明：上文有誤。").correction == "更正說明：上文有誤。"
