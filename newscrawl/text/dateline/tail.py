"""What follows a Chinese dateline's form word: the bracket of names, the separator, slug and run-on byline."""

from __future__ import annotations

import re

from newscrawl.items import Dateline
from newscrawl.text.dateline.forms import form_word
from newscrawl.text.dateline.head import BLANKS, Head
from newscrawl.text.dateline.slugs import read_slug
from newscrawl.text.names.listed import split_names

_BRACKET = re.compile(rf"[{BLANKS}]{{0,4}}[（(](?P<inside>[^（()）\n]{{1,120}})[)）]")
_BRACKET_BELOW = re.compile(r"\s{0,4}[（(](?P<inside>[^（()）\n]{0,8}(?:记者|通讯员)[^（()）]{1,80})[)）]")
_CLOSING = re.compile(rf"[{BLANKS}]{{0,2}}[:：]{{1,2}}|[，,]")
_TOLD_BY = re.compile(rf"[{BLANKS}]{{0,3}}(?P<names>[^，。：:“”！？\n]{{2,40}})报道[:：]")
"""解放军报讯 记者甲、乙报道：, the army paper's form."""
SPACE = re.compile(r"[\s\u200b\ufeff]*")


def completed(
    text: str,
    head: Head,
    form: str | None,
    at: int,
    *,
    month: int | None = None,
    day: int | None = None,
    year: int | None = None,
) -> Dateline:
    """The dateline with its bracket, slug and run-on byline; ``at`` is where the form word (or its bracket) ends."""
    start = head.start
    if start and text[start - 1] == "【" and text[at : at + 1] == "】":
        start, at = start - 1, at + 1
    if start and text[start - 1] == "据":
        start -= 1
    raw_end = _named(text, head, form, at)
    slug = read_slug(text, raw_end)
    if not head.named:
        head.add(slug.reporters, slug.correspondents)
    blank = SPACE.match(text, slug.end)
    return Dateline(
        raw=text[start:raw_end],
        agency=head.agency,
        region_edition=head.region,
        place=head.place,
        month=month,
        day=day,
        year=year,
        form=form_word(form) if form else None,
        slug=slug.slug,
        reporters=head.reporters,
        correspondents=head.correspondents,
        end=blank.end() if blank else slug.end,
    )


def _named(text: str, head: Head, form: str | None, at: int) -> int:
    """Takes the names in the bracket or before 报道： into ``head``; where bracket and closing separator end."""
    if bracket := _BRACKET.match(text, at) or _BRACKET_BELOW.match(text, at):
        at = bracket.end()
        head.add(*split_names(bracket["inside"]))
    if closing := _CLOSING.match(text, at):
        return closing.end()
    if form and form.endswith("讯") and (told := _TOLD_BY.match(text, at)):
        names = split_names(told["names"])
        if any(names):
            head.add(*names)
            return told.end()
    return at
