"""What a page prints into a story: its machinery, calls, notices, pointers to other stories, what follows the end."""

import pytest

from newscrawl.extract.blocks import Block, text_of
from newscrawl.extract.lines import Story, story_of
from newscrawl.extract.notices import link_share
from newscrawl.items import Image
from newscrawl.text.plain import plain
from newscrawl.text.tree import parse, visible_text

LONG = "江水在这里转了一个大弯，两岸的渔民说，今年的汛期比往年来得早一些，船都已经收进了港湾。"
BODY = [f"{LONG}第{number}段。" for number in "一二三四五六七八"]
STORY = [
    f"The ferry crossed the bay at dawn and the crew said that all {n} boats had been safe in the harbour."
    for n in range(9)
]


def paragraph(html: str, kind: str = "p") -> Block:
    return Block(kind=kind, html=html, text=plain(visible_text(parse(f"<p>{html}</p>".encode()))))


def sorted_blocks(*blocks: Block) -> Story:
    return story_of(blocks)


def kept(*htmls: str) -> list[str]:
    return text_of(sorted_blocks(*(paragraph(html) for html in htmls)).blocks).split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "图集",
        "+1",
        "Advertisement",
        "REKLAM",
        "Anzeige",
        "Image 2 of 13",
        "Tempo de leitura: 2 minutos",
        "▼▼▼",
        "👇👇",
        "���",
    ],
)
def test_words_of_the_pages_machinery_are_no_story_wherever_they_stand(line: str) -> None:
    assert kept(*BODY[:4], line, *BODY[4:]) == BODY


@pytest.mark.parametrize("line", ["……", "①", "视频里的人是谁？", "Advertisement revenue fell.", "Share of the vote"])
def test_lines_that_only_hold_such_a_word_are_story(line: str) -> None:
    assert line in kept(*BODY[:4], line, *BODY[4:])


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/x">港口昨夜重新开放 首批渔船离港</a>',
        '此前报道：<a href="/x">港口昨夜重新开放</a>',
        '<strong><a href="/x">HARBOUR OPENS AGAIN AFTER A LONG NIGHT</a></strong>',
        'ALSO READ: <a href="/x">Harbour opens again</a>',
        'Read more: <a href="/x">Harbour opens again</a> this week',
        'For more of this, sign up for our <a href="/x">newsletters</a>.',
        'Follow us on <a href="/f">Facebook</a> and <a href="/x">X</a>',
    ],
)
def test_a_paragraph_that_only_leads_elsewhere_is_no_story(line: str) -> None:
    assert kept(*BODY[:4], line, *BODY[4:]) == BODY


@pytest.mark.parametrize(
    "line",
    [
        'The <a href="/x">harbour opens again</a> in May, the council said.',
        '<a href="/x">Acme Harbour Crane</a>',
        '官网：<a href="https://example.cn">https://example.cn</a>',
        "Read more books, the teacher told the children.",
    ],
)
def test_a_sentence_with_a_link_a_name_and_an_address_are_story(line: str) -> None:
    assert len(kept(*BODY[:4], line, *BODY[4:])) == len(BODY) + 1


def test_a_subheading_that_is_a_link_is_story() -> None:
    heading = paragraph('<a href="/x">The best ferry of the whole bay</a>', "h3")
    assert heading in sorted_blocks(paragraph(BODY[0]), heading, *map(paragraph, BODY[1:])).blocks


def test_where_most_of_the_story_is_links_they_are_story() -> None:
    lines = [f'<a href="/{n}">{line}</a>' for n, line in enumerate(STORY)]
    assert kept(*lines) == STORY


def test_a_list_that_its_heading_announces_goes_with_it_and_the_story_goes_on() -> None:
    listed = ["Read also", '<a href="/1">Ferry sinks</a> near the pier', "The old ferry was about to leave the p..."]
    assert kept(*STORY[:4], *listed, *STORY[4:]) == STORY
    assert kept(*BODY, "延伸阅读", '<a href="/1">渡轮昨日停航</a>') == BODY


def test_a_heading_with_story_under_it_stays() -> None:
    assert kept(*BODY[:4], "相关链接", *BODY[4:]) == [*BODY[:4], "相关链接", *BODY[4:]]
    picture = Block(kind="figure", image=Image(url="https://news.example.cn/a.jpg"))
    blocks = (*map(paragraph, [*BODY, "相关链接"]), picture, *map(paragraph, BODY))
    assert sorted_blocks(*blocks).blocks == blocks


@pytest.mark.parametrize("tail", ['<a href="/x">详情&gt;&gt;</a>', "【详细】", '<a href="/x">[查看全文]</a>', "更多»"])
def test_what_points_to_details_at_a_paragraphs_end_is_taken_off_text_and_html(tail: str) -> None:
    block = sorted_blocks(*map(paragraph, BODY), paragraph(f"他说完了。{tail}")).blocks[-1]
    assert (block.text, block.html) == ("他说完了。", "他说完了。")


def test_words_for_screen_readers_are_taken_off() -> None:
    block = sorted_blocks(*map(paragraph, STORY), paragraph('See <a href="/x">the report, opens new tab</a>.')).blocks[
        -1
    ]
    assert (block.text, block.html) == ("See the report.", 'See <a href="/x">the report</a>.')


@pytest.mark.parametrize(
    "line",
    [
        "返回某某网，查看更多",
        "責任編輯：",
        "監 製：葉小明",
        "平台声明：该文观点仅代表作者本人，本平台仅提供信息存储空间服务。",
        "本文来自微信公众号“江边”，作者：王小明，经授权发布。",
        "《江城日报》（2025年05月20日 03版）",
        "（资料来源：江城日报、海港网等）",
        "【记者】王小明",
        "新华社记者王小明、李晓华",
        "摄影：王小明",
        "—— END ——",
        "掃描二維碼，關注某某",
        "※ 某某新聞提醒您：請勿酒後開車",
        "無断転載・複製を禁じます",
        "무단 전재 및 재배포 금지",
        "Reporting by Jane Doe in Lindow, Jo Roe in Selby; Editing by Ann Poe",
        "Jane Doe contributed to this report.",
        "PUBLISHED: 00:01, Tue, Nov 19, 2019 | UPDATED: 10:43, Tue, Nov 19, 2019",
        "5 gennaio 2025 ( modifica il 6 gennaio 2025 | 15:24)",
    ],
)
def test_notices_and_sign_offs_below_a_story_are_no_story(line: str) -> None:
    assert kept(*BODY, line) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "他说，这不代表他的立场。",
        "警方提醒，请知情者提供线索。",
        "局长亲自带货，景区点赞江城",
        "2025年5月20日",
        "The show was updated in 2019, he said, and closed.",
    ],
)
def test_last_sentences_with_such_words_are_story(line: str) -> None:
    assert kept(*BODY, line) == [*BODY, line]


def test_what_follows_the_editors_in_few_words_is_promotion_and_says_no_more() -> None:
    after = ["扫描下方二维码解锁更多", *(f"{n}、回复关键字查看江城服务" for n in range(1, 7)), "看都看完了"]
    story = sorted_blocks(*map(paragraph, [*BODY * 2, "编辑|王小明", "校对|李晓华", *after]))
    assert text_of(story.blocks).split("\n") == BODY * 2
    assert story.editor_lines == ("编辑|王小明", "校对|李晓华")


def test_a_story_that_goes_on_after_such_a_line_stays() -> None:
    assert kept(*BODY[:3], "编辑：王小明", *BODY[3:])[-5:] == BODY[3:]


def test_a_correction_after_the_editors_stays() -> None:
    story = sorted_blocks(*map(paragraph, [*BODY, "编辑：王小明", "更正：上文第二段有误。"]))
    assert story.correction == "更正：上文第二段有误。"
    assert story.blocks[-1].text == "更正：上文第二段有误。"


def test_the_share_of_a_block_that_links_hold() -> None:
    assert link_share(paragraph("abcd")) == 0
    assert link_share(paragraph('ab<a href="/x"><b>cd</b></a>')) == 0.5
