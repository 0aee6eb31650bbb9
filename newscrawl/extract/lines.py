"""Printed lines that stand in the story's element and are no story: who wrote, who edited, where it came from.

The rules are those of careful hand-made gold on Chinese pages: bylines, editor lines, 原标题, source lines, notices on
a line of their own are not body; a signature at the end of a paragraph is, and so are subheadings and 编者按. Only the
first and last few paragraphs are looked at: an interview prints 记者： all the way down. The patterns are written in
simplified script and asked of a line folded to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from attrs import frozen

from newscrawl.extract.blocks import Block
from newscrawl.text.byline import read_byline
from newscrawl.text.labelled import read_labelled
from newscrawl.text.names import split_names
from newscrawl.text.traditional import simplified
from newscrawl.text.tree import folded

_HEAD, _TAIL = 4, 6
LONGEST_LINE = 120
"""Characters; a longer paragraph is story."""
_LONGEST_NAMING = 80
"""Characters of a line of names; a longer one that opens with a role is story."""
_LONGEST_MARK = 20
"""Characters; 更正说明：, with what opens it."""
_OPEN, _CLOSE = r"^[\s\u3000【\[（(〔《▌■▍●◆▲▶]*", r"[\s】\]）)〕》]*$"
_EDITOR = re.compile(
    _OPEN + r"(?:本文|本期|本版|新媒体|见习|实习|值班|责任|视频|图文|英文|中文)?"
    r"(?:责任编辑|责编|编辑|编审|校对|审核|审校|审读|审签|终审|[一二三]审|监制|总监制|主编|值班主任|值班编委|策划|统筹|总策划)"
    r"(?:\s*[:：|丨/／]\s*|[\s\u3000]+)\S.{0,60}$"
)
_BYLINE = re.compile(
    _OPEN
    + r"(?:本文|特约)?(?:作者|撰文|撰稿|执笔|采写|文字?|图文|文[/／]图|(?:\S{0,8}记者)|通讯员)"
    + r"\s*[:：丨|/／]\s*\S.{0,60}?"
    + _CLOSE
)
_NAMED = re.compile(
    _OPEN + r"(?:(?:本文)?作者|[^\s，。、：:]{0,8}记者|通讯员|撰文|文)"
    r"[\s\u3000]+(?P<names>[\u3400-\u9fff·][\u3400-\u9fff·\s\u3000、]*)" + _CLOSE
)
_ABOUT_AUTHOR = re.compile(r"^[（(【\[]\s*(?:本文)?作者(?:单位)?(?:系|为|是|[:：]).{2,100}[)）】\]]$")
_SOURCE = re.compile(
    _OPEN
    + r"(?:本文|文章|稿件|内容|信息|图文)?(?:来源|来源于|转自|转载自|出处|稿源)"
    + r"\s*[:：/／]\s*(?P<credit>[^。，；！？]{2,30}?)"
    + _CLOSE
)
_ORIGINAL = re.compile(_OPEN + r"原(?:文)?标?题(?:为)?\s*[:：“《]")
_FURNITURE = re.compile(r"^(?:发布时间[:：]\s*)?(?:19|20)\d{2}\s*[-年/.].{4,40}来源\s*[:：]\s*\S{2,20}(?:\s.{0,20})?$")
"""The line of date and source, where an old template prints it inside the story's element."""
_PAGE_BAR = re.compile(r"^(?=.*页)(?:上一?页|下一?页|首页|尾页|末页|[\s\d共页第\[\]<>«»|…/])+$")
_NOTICE = re.compile(
    r"务经书面授权|未经.{0,10}(?:授权|许可|允许).{0,10}(?:不得|禁止|严禁|请勿|转载|摘编|复制)|"
    r"^.{0,12}版权(?:所有|声明)(?![人者])|转载请(?:注明|联系)|点击进入专题|"
    r"^\W*(?:请|欢迎|长按|点击|立即|微信)?(?:识别|扫)(?:描|一扫)?.{0,8}二维码|"
    r"^\W*(?:请|欢迎|点击|立即)?(?:下载.{0,8}客户端|关注.{0,10}公众号)"
)
"""Notices and calls below a story. A story may speak of an app or of copyright: there they stand in mid-sentence."""
_NOTICE_HEAD = re.compile(r"(?:免责|特别|版权)?声明[:：]|更多精彩|参与互动|分享(?:到|至)")
_END = re.compile(r"(?<!\s)\s*+[（(]\s*完\s*[)）]\s*$")
_END_HTML = re.compile(r"(?<!\s)\s*+[（(]\s*完\s*[)）]\s*+((?:</\w+>|<br>)*+)\s*$")
_CORRECTION = re.compile(_OPEN + r"(?:更正(?:说明|启事|声明)?|勘误|Correction)[】\]）)]?\s*[:：]", re.IGNORECASE)
_SIGNED = re.compile(r"[（(]\s*((?:本文)?(?:作者|记者|撰文|采写)\s*[:：].{2,60}?)[)）]\s*$")
_SENTENCE_END = re.compile(r"[。？！?!]")


@frozen(kw_only=True)
class Story:
    """The blocks that are story, and what the other lines said."""

    blocks: tuple[Block, ...]
    bylines: tuple[str, ...] = ()
    """Own-line bylines and the signature at the end, as printed."""
    editor_lines: tuple[str, ...] = ()
    credit: str | None = None
    """本文来源：…"""
    correction: str | None = None
    """The notice; it stays in the story as well."""


@frozen(kw_only=True)
class _Line:
    """What a line that is no story says; one of furniture says nothing."""

    byline: bool = False
    editor: bool = False
    credit: str | None = None


def story_of(blocks: Sequence[Block], headline: str | None = None) -> Story:
    """Sort the lines. The end mark （完） is taken off, the headline printed again on top is left out."""
    lines: list[tuple[str, _Line]] = []
    correction: str | None = None
    kept: list[Block] = []
    words = [place for place, block in enumerate(blocks) if block.text]
    heads, tails = set(words[:_HEAD]), set(words[-_TAIL:])
    title = folded(headline or "")
    for place, block in enumerate(blocks):
        if place in heads and title and folded(block.text) == title:
            continue
        line = _line(block, at_end=place in tails) if place in heads or place in tails else None
        if line:
            lines.append((block.text, line))
        else:
            kept.append(block)
        if block.text and _CORRECTION.match(simplified(block.text[:_LONGEST_MARK])):
            correction = correction or block.text
    kept = _without_end_mark(kept)
    bylines = [text for text, line in lines if line.byline]
    if not bylines and (last := next((block for block in reversed(kept) if block.text), None)):
        signature = _signature(last.text)
        bylines += [signature] if signature else []
        if signature == last.text.strip():
            kept = [block for block in kept if block is not last]
    return Story(
        blocks=tuple(_without_loose_rules(kept)),
        bylines=tuple(bylines),
        editor_lines=tuple(text for text, line in lines if line.editor),
        credit=next((line.credit for _, line in reversed(lines) if line.credit), None),
        correction=correction,
    )


def _signature(last: str) -> str | None:
    """Who signs at the end of a story's last line: 记者：甲 of '…了。（记者：甲）', a bare （甲 乙）."""
    if not last.rstrip(" \u3000。.").endswith((")", "）", "】", "]")):
        return None
    if signed := _SIGNED.search(simplified(last)):
        return last[slice(*signed.span(1))]
    found = read_byline(last, at_end=True)
    return last[found.start : found.end].strip() if found and not last[found.end :].strip(" \u3000。.") else None


def _line(block: Block, *, at_end: bool) -> _Line | None:
    """What a line says that is no story; None for one that is."""
    if block.kind == "table" or len(block.text) > LONGEST_LINE:
        return None
    labels = read_labelled(block.text)
    if labels.only and block.kind == "p":
        return _Line(byline=bool(labels.authors), editor=bool(labels.editors), credit=labels.credit)
    text = simplified(block.text)
    if _ORIGINAL.match(text) or _PAGE_BAR.match(text) or _FURNITURE.match(text):
        return _Line()
    if at_end and (_NOTICE_HEAD.match(text) or _NOTICE.search(text)):
        return _Line()
    if source := _SOURCE.match(text):
        return _Line(credit=block.text[slice(*source.span("credit"))])
    if len(text) <= _LONGEST_NAMING and not _SENTENCE_END.search(text):
        if _EDITOR.match(text):
            return _Line(editor=True)
        if _BYLINE.match(text) or _is_named(text):
            return _Line(byline=True)
    return _Line(byline=True) if at_end and _ABOUT_AUTHOR.match(text) else None


def _is_named(text: str) -> bool:
    """A line of a title and names without a colon: '中新社记者 甲某某 乙某'."""
    found = _NAMED.match(text) if len(text) <= 40 else None
    if not found:
        return False
    reporters, correspondents = split_names(found["names"])
    letters = sum(len(name) for name in (*reporters, *correspondents))
    return letters > 0 and letters == len(re.sub(r"[\s\u3000、]|记者|通讯员", "", found["names"]))


def _without_end_mark(blocks: list[Block]) -> list[Block]:
    """（完） ends one of the last paragraphs, or is a paragraph of its own."""
    words = [place for place, block in enumerate(blocks) if block.text][-3:]
    out = list(blocks)
    for place in words:
        if "完" in out[place].text and (text := _END.sub("", out[place].text)) != out[place].text:
            out[place] = attrs.evolve(out[place], text=text, html=_END_HTML.sub(r"\1", out[place].html))
    return [block for block in out if block.text or block.kind in ("figure", "hr")]


def _without_loose_rules(blocks: list[Block]) -> list[Block]:
    """A line (``<hr>``) divides two parts; at the head or the foot it divides nothing."""
    start, end = 0, len(blocks)
    while start < end and blocks[start].kind == "hr":
        start += 1
    while end > start and blocks[end - 1].kind == "hr":
        end -= 1
    return blocks[start:end]
