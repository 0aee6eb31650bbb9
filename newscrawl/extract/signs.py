"""Which printed lines name people or where a story came from: own-line bylines, editor lines, source lines, 原标题.

The patterns are written in simplified script and asked of a line folded to it; a title may be written wide (监 制：).
"""

from __future__ import annotations

import re

from attrs import frozen

from newscrawl.extract.blocks import Block
from newscrawl.extract.notices import is_edition, is_notice, tells_of_pictures
from newscrawl.text.byline import read_byline
from newscrawl.text.labelled import read_labelled
from newscrawl.text.names import split_names
from newscrawl.text.traditional import simplified

LONGEST_LINE = 120
"""Characters; a longer paragraph is story."""
_LONGEST_NOTICE = 300
_LONGEST_NAMING = 80
"""Characters of a line of names; a longer one that opens with a role is story."""
_OPEN, _CLOSE = r"^[\s\u3000【\[（(〔《▌■▍●◆▲▶]*", r"[\s】\]）)〕》]*$"
_EDITOR = re.compile(
    _OPEN
    + r"(?:本文|本期|本版|新媒体|见习|实习|值班|责任|视频|图文|英文|中文|[\u3400-\u9fff]{1,6}(?:新闻|报|网|财经))?"
    r"(?:责任编辑|责编|编辑|编审|校对|审[核校读签稿]|[一二三初复终]审|监制|总监制|主编|值班(?:主任|编委|总编)|策划|统筹"
    r"|总策划|出品|排版|美编|制图|制作)"
    r"(?:(?:\s*[:：|｜丨/／】\]]\s*|[\s\u3000]+)\S.{0,60}|\s*[:：]\s*[\]】)）]?)$"
)
_BYLINE = re.compile(
    _OPEN
    + r"(?:本文|特约)?(?:作者|撰文|撰稿|执笔|采写|文字?|图文|文[/／]图|(?:\S{0,8}记者)|通讯员)"
    + r"\s*[:：丨|｜/／】\]]\s*\S.{0,60}?"
    + _CLOSE
)
_NAMED = re.compile(
    _OPEN + r"(?:(?:本文)?作者|[^\s，。、：:]{0,8}记者|通讯员|撰文|文)"
    r"(?:(?<=[^\s，。、：:]记者)|[\s\u3000]+)(?P<names>[\u3400-\u9fff·][\u3400-\u9fff·\s\u3000、]*)" + _CLOSE
)
_ABOUT_AUTHOR = re.compile(r"^[（(【\[]\s*(?:本文)?作者(?:单位)?(?:系|为|是|[:：]).{2,100}[)）】\]]$")
_SOURCE = re.compile(
    _OPEN
    + r"(?:本文|文章|稿件|内容|信息|图文|资料|素材|综合)?(?:来源|来源于|转自|转载自|出处|稿源)"
    + r"\s*[:：/／|｜丨】\]]\s*(?P<credit>[^。，；！？]{2,30}?)"
    + _CLOSE
)
_ORIGINAL = re.compile(_OPEN + r"(?:本文)?原(?:文)?标?题(?:为)?\s*[:：“《]")
_FURNITURE = re.compile(r"^(?:发布时间[:：]\s*)?(?:19|20)\d{2}\s*[-年/.].{4,40}来源\s*[:：]\s*\S{2,20}(?:\s.{0,20})?$")
"""The line of date and source, where an old template prints it inside the story's element."""
_REPRINTED = re.compile(r"^\W*本文(?:来自|转自|转载自|首发|经.{0,12}授权)[^。]{2,80}。?$")
_SHOWN = (
    r"(?:last )?(?:published|updated|modified|posted)|veröffentlicht|aktualisiert|publié|mis à jour|publicado"
    r"|actualizado|atualizado|pubblicato|aggiornato|opublikowano|aktualizacja|gepubliceerd|publicerad|publisert|oppdatert"
    r"|güncelleme|опубликовано|обновлено|公开|更新"
)
_DAY = (
    r"\d{1,2}\.? [^\W\d]{3,10}\.? (?:19|20)\d\d\b"
    r"|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:日|(?!\d))"
)
_DATED = re.compile(
    rf"^\W*(?:{_SHOWN})\b[^.!?。]{{0,60}}(?:\d[:.]\d\d|(?:19|20)\d\d)[^!?。]{{0,40}}$"
    rf"|^(?:{_DAY})[^!?。，]{{0,60}}\d[:.h]\d\d\b[^!?。]{{0,12}}$",
    re.IGNORECASE,
)
"""When the page was published or changed: a word for it and a date, or a date with a time of day."""
_PAGE_BAR = re.compile(r"^(?=.*页)(?:上一?页|下一?页|首页|尾页|末页|[\s\d共页第\[\]<>«»|…/])+$")
_WORKED = re.compile(
    _OPEN
    + r"(?:本文)?(?:摄影|摄像|图片?(?:来源|源)?|视频|剪辑|音频|海报|设计|供稿|供图|素材)"
    + r"\s*[:：|｜丨/／】\]]\s*\S.{0,40}$"
)
"""Who did what is no writing and no editing."""
_SENTENCE_END = re.compile(r"[。？！?!]")
_WRITTEN_WIDE = re.compile(r"(?<=^[\u3400-\u9fff])[ \u3000]{1,4}(?=[\u3400-\u9fff]\s*[:：/／|丨])")


@frozen(kw_only=True)
class Line:
    """What a line that is no story says; one of furniture says nothing."""

    text: str = ""
    """As printed, a wide title drawn together."""
    byline: bool = False
    editor: bool = False
    credit: str | None = None
    ends: bool = False
    """Whether what follows it in few words is no story either: editors and notices stand below stories."""


def line_of(block: Block, *, at_end: bool) -> Line | None:
    """What a line at a story's head or end says that is no story; None for one that is."""
    if block.kind == "table" or len(block.text) > _LONGEST_NOTICE:
        return None
    text = simplified(block.text)
    if at_end and is_notice(text):
        return Line(ends=True)
    if at_end and tells_of_pictures(text):
        return Line()
    if len(text) > LONGEST_LINE:
        return None
    labels = read_labelled(block.text)
    if labels.only and block.kind == "p":
        named = bool(labels.authors), bool(labels.editors)
        return Line(text=block.text, byline=named[0], editor=named[1], credit=labels.credit)
    if text.isascii():
        return Line() if _DATED.match(text) else None
    if _is_furniture(text):
        return Line()
    raw = block.text
    if text[1:2] in (" ", "\u3000"):
        raw, text = _WRITTEN_WIDE.sub("", raw), _WRITTEN_WIDE.sub("", text)
    if source := _SOURCE.match(text):
        return Line(credit=raw[slice(*source.span("credit"))])
    if len(text) <= _LONGEST_NAMING and not _SENTENCE_END.search(text):
        if _EDITOR.match(text):
            return Line(text=raw, editor=True, ends=True)
        if _BYLINE.match(text) or _is_named(text) or _is_byline(block.text):
            return Line(text=raw, byline=True)
        if _WORKED.match(text):
            return Line()
    return Line(text=block.text, byline=True) if at_end and _ABOUT_AUTHOR.match(text) else None


def _is_furniture(text: str) -> bool:
    """Whether a line (in simplified script) tells of the page and of no person."""
    return any(one.match(text) for one in (_ORIGINAL, _PAGE_BAR, _FURNITURE, _REPRINTED, _DATED)) or is_edition(text)


def _is_byline(text: str) -> bool:
    """記者甲／台北報導: what is a byline from end to end without a colon."""
    found = read_byline(text) if len(text) <= 40 and "记者" in simplified(text) else None
    return found is not None and found.alone


def _is_named(text: str) -> bool:
    """A line of a title and names without a colon: '中新社记者 甲某某 乙某'."""
    found = _NAMED.match(text) if len(text) <= 40 else None
    if not found:
        return False
    reporters, correspondents = split_names(found["names"])
    letters = sum(len(name) for name in (*reporters, *correspondents))
    return letters > 0 and letters == len(re.sub(r"[\s\u3000、]|记者|通讯员", "", found["names"]))
