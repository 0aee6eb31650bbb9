"""A text is known again by its own sentences, whatever encoding and escapes a page has them in."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.traces import LEAST, Finder, Sentences, sentences_of, weight

BODY = (
    "中新网柳川11月19日电 (记者 白露)渡口的老灯塔昨夜第一次没有亮起，守塔人罗三更说是海底的电缆被船锚挂断了。"
    "“修！”他说。"
    "“天亮以前一定要让它再亮一次，船都看着它进港。”\n"
    "港务处随后派出两条拖船守在航道两侧，一直守到今天早上九点半。\n（完）\n"
    "The lamp came back at half past nine, and nobody in the harbour had slept at all."
)
HEADLINE = "渡口老灯塔一夜没有亮起来"
FIRST = "渡口的老灯塔昨夜第一次没有亮起，守塔人罗三更说是海底的电缆被船锚挂断了。"
SECOND = "“修！”他说。“天亮以前一定要让它再亮一次，船都看着它进港。”"
THIRD = "港务处随后派出两条拖船守在航道两侧，一直守到今天早上九点半。"
ENGLISH = "The lamp came back at half past nine, and nobody in the harbour had slept at all."
FINDER = Finder(sentences_of(BODY, HEADLINE))


def masked(text: str, encoding: str = "utf-8", finder: Finder = FINDER) -> str:
    data = text.encode(encoding)
    hidden = finder.find(data).masked(data)
    assert len(hidden) == len(data)
    return " ".join(hidden.decode(encoding).split())


def test_a_text_is_its_headline_and_its_sentences_without_the_dateline() -> None:
    """Short ones go with the next; a paragraph of a word is nobody's own."""
    assert sentences_of(BODY, HEADLINE).whole == (HEADLINE, FIRST, SECOND, THIRD, ENGLISH)


def test_what_many_texts_have_is_no_trace() -> None:
    assert not sentences_of("（完）\n中新网北京11月19日电 今天晴。\nOver.", "灯塔亮了")


def test_the_opening_may_be_cut_and_what_is_far_behind_may_not() -> None:
    long = BODY + "\n" + "\n".join(f"第{n}天灯塔照常亮着并没有任何新的消息传来。" for n in range(40))
    cut = sentences_of(long, HEADLINE, "灯塔灭了一夜，全港的人都没有合眼，天亮才修好…").cut
    assert cut[0].startswith("渡口的老灯塔")
    assert cut[-1] == "灯塔灭了一夜，全港的人都没有合眼，天亮才修好"
    assert not any("第39天" in text for text in cut)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_sentences_are_found_in_every_encoding(encoding: str) -> None:
    text = "港口的老燈塔昨夜第一次沒有亮起，守塔人說海底電纜斷了。" if encoding == "big5hkscs" else THIRD
    finder = Finder(sentences_of(text))
    assert masked(f"<p>{text}</p><p>别的</p>".replace("别", "他"), encoding, finder) == "<p> </p><p>他的</p>"


ESCAPES = {
    "named": lambda text: html.escape(text).replace("“", "&ldquo;").replace("”", "&rdquo;"),
    "decimal": lambda text: "".join(one if one.isascii() else f"&#{ord(one)};" for one in text),
    "hexadecimal": lambda text: "".join(one if one.isascii() else f"&#x{ord(one):x};" for one in text),
    "upper-case hexadecimal": lambda text: "".join(one if one.isascii() else f"&#x{ord(one):X};" for one in text),
    "json": lambda text: json.dumps(text)[1:-1],
    "json, as it stands": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "javascript": lambda text: "".join(one if one.isascii() else f"\\u{ord(one):04X}" for one in text),
}


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("text", [SECOND, 'He said "the old lamp & its keeper are <both> well" that night.'])
def test_sentences_are_found_under_every_escape(escape: str, text: str) -> None:
    finder = Finder(Sentences(whole=(text,)))
    assert masked(f"before {ESCAPES[escape](text)} after", finder=finder) == "before after"


@pytest.mark.parametrize("length", [17, 20, 30, 37, 38, 39, 50, 60])
@pytest.mark.parametrize("escape", [None, *ESCAPES])
def test_an_opening_is_found_wherever_a_list_breaks_it_off(length: int, escape: str | None) -> None:
    """The break may leave half a sentence, and a character that begins with the same bytes as the next one."""
    opening = (FIRST + SECOND)[:length]
    shown = ESCAPES[escape](opening) if escape else opening
    assert len(masked(f"<li>{shown}丁…</li>").replace("<li>", "").replace("丁…</li>", "").strip()) < 16


@pytest.mark.parametrize("joint", ["", " ", "\n　　", "&nbsp;&nbsp;"])
def test_a_list_runs_paragraphs_together(joint: str) -> None:
    """What it shows of the second one is too little to be known by itself."""
    assert masked(f"{SECOND}{joint}{THIRD[:9]}…") == "…"


def test_other_words_stay() -> None:
    text = "<p>中新网柳川11月19日电 (记者 白露)渡口的老灯塔昨夜照常亮着，一切都好。</p>"
    assert masked(text) == text


def test_what_a_list_shows_is_no_version_and_a_copy_is_one() -> None:
    paragraphs = [f"第{n}段说的是灯塔修好以后港口里那几条船各自的去向和下落。" for n in range(20)]
    finder = Finder(sentences_of("\n".join(paragraphs), HEADLINE))
    listed = finder.find((HEADLINE + "".join(paragraphs)[:200]).encode())
    assert listed
    assert not finder.is_a_version(listed)
    assert finder.is_a_version(finder.find("".join(paragraphs[4:]).encode("gb18030")))


def test_a_short_text_in_a_list_is_no_version() -> None:
    assert not FINDER.is_a_version(FINDER.find(BODY.encode()))


def test_several_revisions_are_one_set_of_sentences() -> None:
    one, two = sentences_of(FIRST), sentences_of(FIRST + THIRD)
    assert (one | two).whole == (FIRST, THIRD)
    assert not Sentences()
    assert not Finder(Sentences()).find(BODY.encode())


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_is_found_in_itself(text: str, headline: str) -> None:
    sentences = sentences_of(text, headline, text)
    finder = Finder(sentences)
    for sentence in sentences.whole:
        assert weight(sentence) >= LEAST
        data = sentence.encode("utf-8", "replace")
        if data.decode() == sentence:
            assert finder.find(data).spans == ((0, len(data)),)


def test_a_text_of_stops_alone_takes_no_time() -> None:
    assert not sentences_of("！" * 200_000)
