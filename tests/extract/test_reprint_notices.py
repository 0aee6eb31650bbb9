"""What is said of a reprint and what only sounds like it; handles printed twice; addresses that are no source's."""

from __future__ import annotations

import pytest

from newscrawl.extract.blocks import Block
from newscrawl.extract.reprint import Reprint, reprint_of, undoubled, without_addresses
from newscrawl.text.tree import parse

URL = "https://reader.example/p/1.html"
STORY = "桥在城东，一头连着旧街，一头连着新区，从早到晚都有人走。"


def read(*lines: str, near: tuple[str, ...] = (), canonical: str | None = None, html: str = "<p>x</p>") -> Reprint:
    blocks = [Block(kind="p", html=line, text=line) for line in (STORY, STORY + "甲", STORY + "乙", *lines)]
    return reprint_of(parse(html.encode()), blocks, url=URL, near=near, canonical=canonical)


@pytest.mark.parametrize(
    ("line", "credit", "url"),
    [
        ("文章来源：https://www.jia.example/a/1.html", None, "https://www.jia.example/a/1.html"),
        (
            "本文转载自《甲日报》，原文链接：https://www.jia.example/a/1.html",
            "甲日报",
            "https://www.jia.example/a/1.html",
        ),
        ("转自：甲新闻网", "甲新闻网", None),
        ("本文經甲週刊授權轉載。", "甲週刊", None),
        ("This story was first published in The Ash Valley Post on 3 May.", "The Ash Valley Post", None),
        ("Republished with permission from the Northern Ledger.", "Northern Ledger", None),
        ("Originally published at https://x.example.", None, None),
    ],
)
def test_a_line_of_its_own_names_the_source(line: str, credit: str | None, url: str | None) -> None:
    found = read(line)
    assert (found.credit, found.credit_url) == (credit, url)


@pytest.mark.parametrize(
    "line",
    [
        "The fever first appeared in West Harbour in August, and doctors there had never seen it.",
        "This article was reprinted on Wired.example.",
        "他说，这篇文章的来源已经无从查考，只知道最早刊登在一份小报上。",
        "原文链接：https://reader.example/p/1.html",
    ],
)
def test_a_story_that_speaks_of_sources_is_left_as_it_is(line: str) -> None:
    found = read(line)
    assert not found.told
    assert len(found.blocks) == 4


def test_a_canonical_address_elsewhere_counts_only_beside_a_notice() -> None:
    elsewhere = "https://jia.example/2025/a"
    assert read("转自：甲新闻网", canonical=elsewhere).credit_url == elsewhere
    assert read(canonical=elsewhere).credit_url is None


def test_the_disclaimer_goes_with_the_notice_and_what_stands_below() -> None:
    found = read("转自：甲新闻网", "声明：内容不代表本站立场。", "某某 2025-12-03 说得好。")
    assert found.notice == "声明：内容不代表本站立场。"
    assert len(found.blocks) == 3


def test_a_disclaimer_alone_makes_no_reprint() -> None:
    found = read("声明：内容不代表本站立场。")
    assert not found.told
    assert found.notice is None


@pytest.mark.parametrize(
    ("name", "once"),
    [
        ("看穿看穿", "看穿"),
        ("城南 城南", "城南"),
        ("看看", None),
        ("哈哈哈哈", None),
        ("20252025", None),
        ("看穿", None),
    ],
)
def test_a_handle_printed_twice_is_one(name: str, once: str | None) -> None:
    assert undoubled(name) == once


def test_a_handle_is_told_by_two_runs_alike_or_by_its_label() -> None:
    assert read("转自：甲新闻网", near=("巷口", "巷口", "2025-08-21")).account == "巷口"
    assert read("转自：甲新闻网", near=("发布者：老城墙", "浏览：12")).account == "老城墙"
    assert read("转自：甲新闻网", near=("2025", "2025")).account is None


def test_the_author_is_taken_out_of_the_notice() -> None:
    assert read("本文转载自《甲日报》，作者：程一鸣").bylines == ("作者：程一鸣",)


def test_addresses_are_taken_out_of_a_line_of_dates() -> None:
    line = "时间：2025-09-03　原文地址：https://jia.example/2019/0101/1.html　点击：4"
    assert without_addresses(line) == "时间：2025-09-03 原文地址： 点击：4"


def test_a_notice_below_the_story_counts_as_well() -> None:
    html = "<div><p>…</p></div><div class='f'>原文链接：<a href='https://jia.example/a/1'>甲</a></div>"
    assert read(html=html).credit_url == "https://jia.example/a/1"
