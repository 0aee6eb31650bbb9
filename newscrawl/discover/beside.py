"""What a list prints beside a link: the item it stands in, and the time there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.text.tree import UNSEEN, folded, visible_text

_LONGEST = 60
"""Characters of a run of text that is a time, with what stands in it besides."""
_BESIDES = 20
"""Characters of such a run besides the time: its label, the outlet."""
_SENTENCE = re.compile(r"[。！？；]|[.!?] [A-Z]")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_TIME = re.compile(
    r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}"
    r"|(?<![\d/.-])\d{1,2}[-月/]\d{1,2}(?![\d/.-])日?|(?<![\d:])\d{1,2}:\d\d(?![\d:])|[昨前今][天日]"
    r"|\d+ ?(?:秒钟?|分钟|小时|天|周)前|刚刚"
    rf"|\b{_MONTH} \d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b|\b\d+ ?(?:sec|min|hour|hr|day|week)\w* ago\b",
    re.IGNORECASE,
)
_MOST_RUNS = 60
MANY = ""
"""Owner of an element that holds links to several addresses."""


def owners(named: Iterable[tuple[HtmlElement, str]]) -> dict[HtmlElement, str]:
    """For every element that holds links: the name of the one address they lead to, or :data:`MANY`."""
    found: dict[HtmlElement, str] = {}
    for element, name in named:
        node: HtmlElement | None = element
        while node is not None:
            known = found.get(node)
            if known == name or (known == MANY and node is not element):
                break
            found[node] = name if known is None else MANY
            node = node.getparent()
    return found


def item_of(element: HtmlElement, name: str, owner: Mapping[HtmlElement, str]) -> HtmlElement:
    """The largest element round a link that holds no link to another address."""
    item = element
    for outer in element.iterancestors():
        if owner.get(outer) != name or outer.tag == "body":
            break
        item = outer
        if item.tag in ("li", "tr", "article"):
            break
    return item


def time_beside(
    item: HtmlElement, words: str, owner: Mapping[HtmlElement, str], leads: dict[HtmlElement, bool]
) -> str | None:
    """The time that an item, or what stands between it and the next, prints; as printed. None where there is none.

    ``leads`` is kept for all items of a page: of a flat list it is asked once whether its times stand before its links.
    """
    if found := _time_in(item, words):
        return found
    outer = item.getparent()
    if outer is None or owner.get(outer) != MANY:
        return None
    if outer not in leads:
        leads[outer] = _leads(outer, owner)
    runs = _runs_before(item, owner) if leads[outer] else _runs_behind(item, owner)
    return next((run for run in runs if _is_time(run)), None)


def _time_in(item: HtmlElement, words: str) -> str | None:
    for element in item.iter("time"):
        shown = visible_text(element)
        if said := shown if _TIME.search(shown) else folded(element.get("datetime") or ""):
            return said
    for count, run in enumerate(_runs(item)):
        if count > _MOST_RUNS:
            break
        if _is_time(run) and run not in words:
            return run
    return None


def _is_time(run: str) -> bool:
    found = _TIME.search(run) if len(run) <= _LONGEST else None
    return found is not None and len(run) - len(found[0]) <= _BESIDES and not _SENTENCE.search(run)


def _runs(element: HtmlElement) -> Iterator[str]:
    """The runs of text that an element shows, in order."""
    if not isinstance(element.tag, str):
        return
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event != "start":
            text = node.tail if node is not element else None
        else:
            text = node.text if node.tag not in UNSEEN else None
        if text and (run := folded(text)):
            yield run


def _runs_behind(item: HtmlElement, owner: Mapping[HtmlElement, str]) -> Iterator[str]:
    if tail := folded(item.tail or ""):
        yield tail
    for beside in item.itersiblings():
        if beside in owner:
            return
        yield from _runs(beside)
        if tail := folded(beside.tail or ""):
            yield tail


def _runs_before(item: HtmlElement, owner: Mapping[HtmlElement, str]) -> Iterator[str]:
    for beside in item.itersiblings(preceding=True):
        if tail := folded(beside.tail or ""):
            yield tail
        if beside in owner:
            return
        yield from _runs(beside)
    outer = item.getparent()
    if outer is not None and (text := folded(outer.text or "")):
        yield text


def _leads(outer: HtmlElement, owner: Mapping[HtmlElement, str]) -> bool:
    """Whether the times of a flat list stand before its links: one stands before the first."""
    if _is_time(folded(outer.text or "")):
        return True
    for child in outer:
        if child in owner:
            return False
        if any(_is_time(run) for run in _runs(child)) or _is_time(folded(child.tail or "")):
            return True
    return False
