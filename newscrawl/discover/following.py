"""The next page of a section: said to be (``rel=next``, 下一页, Next, ›), or the next number of its bar.

An address is believed only where it is this one's with a page number (``?page=2``, ``/page/2/``, ``index_1.shtml``,
``list_5_2.html``), or lies in the same folder under a link that says in words that it is the next page. So neither the
next article (下一篇) nor another section is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from attrs import frozen
from lxml.html import HtmlElement

from newscrawl.discover.anchors import Spot
from newscrawl.text import page_names
from newscrawl.text.spelling import name_of, query_of
from newscrawl.text.tree import folded
from newscrawl.text.urls import absolute, clean_path, site_of, split

_SAID = re.compile(
    r"[\W_]*(?:[下后後]一?[页頁]|翻?下页|(?:go to )?next(?: page)?|older(?: posts| entries| articles| stories| news)?"
    r"|(?:load|show|see|view) more(?: \w+){0,2}|more(?: posts| articles| stories| news)|more|加载更多|查看更多|更多"
    rf"|{page_names.GOES_ON})[\W_]*",
    re.IGNORECASE,
)
_OLDER = re.compile(r"\bolder\b")
"""In the class of a link whose words are of any language."""
_SIGN = re.compile(r"[\s>›»→]{1,3}")
_NO = re.compile(r"下一?[篇条]|上一")
_NAMES = (
    "page",
    "paged",
    "p",
    "pagenum",
    "pageno",
    "pageindex",
    "pageno",
    "pn",
    "pg",
    "currentpage",
    "page_num",
    "curpage",
)
_STEPS = ("offset", "start", "from_index", "skip")
_CURSORS = frozenset(
    {"updated-max", "cursor", "after", "before", "token", "page_token", "pagetoken", "max_id", "last_id"}
)
"""Parameters that say where a list goes on, and no number."""
_TAIL = re.compile(
    rf"(?P<stem>.*?)(?:^|/)(?P<word>{page_names.PAGE}|p|index|list|default|home)?[-_/]?(?P<page>\d{{1,4}})"
    r"(?P<file>\.\w{3,5})?/?$"
)
_BEHIND = re.compile(r"(?P<stem>.*?/)(?P<name>[\w-]*?)[-_](?P<page>\d{1,4})(?P<file>\.\w{3,5})$")
_CREATED = re.compile(
    r"createPageHTML\(\s*(?P<pages>\d{1,4})\s*,\s*(?P<here>\d{1,4})\s*,\s*[\"'](?P<name>[\w-]{1,40})[\"']\s*,"
    r"\s*[\"'](?P<file>s?html?)[\"']"
)
_DAY = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}){0,2}/?$")
"""The end of the path of a day's or a month's list."""
_INDEX = re.compile(r"/(?:index|default|home|list)(?:\.\w{3,5})?$")


@frozen
class Turn:
    """An address taken apart: which list, and which page of it."""

    stem: str
    page: int | None
    """None where the address has no number: the first page."""
    step: bool = False
    """The number counts entries, not pages."""


def following_of(tree: HtmlElement, spots: Sequence[Spot], url: str) -> str | None:
    """The absolute address of the page after the one at ``url``; None on the last, or where nothing says it."""
    here = turns_of(url)
    for found, how in _named(tree, spots, url):
        if name_of(found) == name_of(url) or not _is_page_of(found, url, here, worded=how == "word"):
            continue
        return found
    return _next_number(spots, url, here) or _written_by_script(tree, url)


def _written_by_script(tree: HtmlElement, url: str) -> str | None:
    """TRS writes its page bar by ``createPageHTML(pages, this one from 0, 'index', 'html')``: there is no link."""
    for script in tree.iter("script"):
        if script.text and (told := _CREATED.search(script.text)):
            number = int(told["here"]) + 1
            if number < int(told["pages"]):
                return absolute(url, f"{told['name']}_{number}.{told['file']}")
    return None


def _named(tree: HtmlElement, spots: Sequence[Spot], url: str) -> Iterator[tuple[str, str]]:
    """(address, how it is said): by rel=next or in words, then by a sign alone."""
    for element in tree.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and (found := absolute(url, element.get("href"))):
            yield found, "word" if element.tag == "link" or not _NO.search(_words(element)) else "sign"
    signs: list[str] = []
    for spot in spots:
        words = folded("".join(spot.element.itertext())) or _words(spot.element)
        if _SIGN.fullmatch(words):
            signs.append(spot.url)
            words = _words(spot.element)
        said = words and len(words) <= 30 and _SAID.fullmatch(words)
        if (said or _OLDER.search(spot.element.get("class") or "")) and not _NO.search(words):
            yield spot.url, "word"
    yield from ((found, "sign") for found in signs)


def _words(element: HtmlElement) -> str:
    """What a link without words says of itself."""
    return folded(element.get("title") or element.get("aria-label") or "")


def _is_page_of(found: str, url: str, here: tuple[Turn, ...], *, worded: bool) -> bool:
    """Whether an address is a later page of the list at ``url``."""
    if site_of(found) != site_of(url):
        return False
    there = turns_of(found)
    if any(_follows(turn, mine) for turn in there for mine in here):
        return True
    beside = worded and _folder(found) in (_folder(url), _folder(url + "/"))
    if beside and any(name.lower() in _CURSORS for name, _ in query_of(found)):
        return True
    if not beside or not any(turn.page is not None for turn in there):
        return False
    known = {mine.page for mine in here if mine.page is not None} or {1}
    return any(turn.page is not None and any(turn.page == page + 1 for page in known) for turn in there)


def _follows(later: Turn, here: Turn) -> bool:
    if later.stem != here.stem or later.page is None:
        return False
    return later.page > (here.page or 0) if later.step or here.page is None else later.page == here.page + 1


def _next_number(spots: Sequence[Spot], url: str, here: tuple[Turn, ...]) -> str | None:
    """The link of a numbered bar whose number is this page's and one."""
    for spot in spots:
        words = folded("".join(spot.element.itertext())).strip("[]()·第页頁 ")
        if not words.isdecimal() or len(words) > 4 or site_of(spot.url) != site_of(url):
            continue
        for turn in turns_of(spot.url):
            for mine in here:
                if turn.page is None or turn.stem != mine.stem:
                    continue
                if turn.page == int(words) and turn.page == (mine.page or 1) + 1:
                    return spot.url
                if turn.page + 1 == int(words) and turn.page == (mine.page or 0) + 1:  # index_1 is the second
                    return spot.url
                if turn.step and int(words) == 2 and mine.page in (None, 0):
                    return spot.url
    return None


def turns_of(url: str) -> tuple[Turn, ...]:
    """The ways in which an address may be a page of a list: by its query, and by the end of its path."""
    parts = split(url)
    if parts is None:
        return ()
    path, asked = unquote(clean_path(parts.path)), query_of(url)
    folder = _INDEX.sub("/", path)
    other = tuple(sorted(pair for pair in asked if pair[0].lower() not in (*_NAMES, *_STEPS)))
    site = site_of(url)
    for name, value in asked:
        if value.isdecimal() and len(value) <= 5:
            if name.lower() in _NAMES:
                return (Turn(f"{site}{folder.rstrip('/')}?{other}", int(value)),)
            if name.lower() in _STEPS:
                return (Turn(f"{site}{folder.rstrip('/')}?{other}", int(value), True),)
    found = [Turn(f"{site}{folder.rstrip('/')}?{other}", None)]
    if asked and not other:
        return tuple(found)
    for form in () if _DAY.search(path) else (_TAIL, _BEHIND):
        if told := form.fullmatch(path):
            name = told["name"] if form is _BEHIND else ""
            stem = (
                f"{told['stem'].rstrip('/')}{'/' + name if name and name not in ('index', 'list', 'default') else ''}"
            )
            found.append(Turn(f"{site}{stem}?{other}", int(told["page"])))
    plain = re.sub(r"\.\w{3,5}$", "", path)
    if plain != path and plain != folder:
        found.append(Turn(f"{site}{plain}?{other}", None))
    return tuple(found)


def _folder(url: str) -> str:
    parts = split(url)
    return clean_path(parts.path).rpartition("/")[0] if parts else ""
