"""What of a page are entries of lists: elements of one kind side by side, each of which opens with a link elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extract.blocks import Block
from newscrawl.text.han import CJK
from newscrawl.text.spelling import name_of
from newscrawl.text.tree import HEADINGS, UNSEEN, folded, visible_text
from newscrawl.text.urls import absolute

_FEWEST = 3
"""Entries of a list."""
_ENTRIES = frozenset(
    {"li", "div", "article", "section", "tr", "dl", "dd", "dt", "p", "h2", "h3", "h4", "a", "td", "table", "ul"}
)
_STATE = re.compile(r"\d+|^(?:active|current|on|first|last|odd|even|hentry|post|sticky)$")
_LONGEST_BEFORE = 60
"""Characters before the link: a date, a category."""
_SHORTEST = 6
"""Characters of an entry's headline in Han; of others three times as many."""
_LONGEST = 900
"""Characters of an entry, white space apart; what has more is a story of its own."""
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SOMEWHERE = "https://page.invalid/page"
"""Where a saved page stands that does not say where."""
_LONGEST_BEHIND = 500
"""Characters of what stands behind one."""
_MOST_NODES = 200
"""Elements in an entry."""
_MOST = 400
"""Entries that are looked at."""


def entries_of(tree: HtmlElement, url: str) -> list[str]:
    """What the entries of the page's lists show, folded, in page order."""
    here = name_of(url)
    found: list[str] = []
    for parent in tree.iter():
        if len(parent) < _FEWEST or not isinstance(parent.tag, str) or parent.tag in UNSEEN:
            continue
        for group in _alike(parent):
            shown = [(one, words) for one in group if (words := _entry(one, url, here)) is not None]
            if len(shown) >= _FEWEST and 2 * len(shown) >= len(group):
                opened = {one for one, _ in shown}
                found += [words + _behind(one, opened) for one, words in shown]
        if len(found) > _MOST:
            break
    return found


def listed_share(blocks: Sequence[Block], entries: Sequence[str]) -> float:
    """Which part of a story's words are entries of lists, 0 to 1; 0 where one entry holds all of them: it is its
    story then, and what stands beside it are no others."""
    texts = [folded(block.text) for block in blocks if block.text and block.kind not in ("figure", "caption")]
    whole = "\0".join(entries)
    listed = [text for text in texts if text in whole]
    holding = [entry for entry in entries if all(text in entry for text in listed)] if listed else []
    if not listed or any(sum(other in entry for other in entries if other is not entry) < 2 for entry in holding):
        return 0.0
    return sum(map(len, listed)) / sum(map(len, texts))


def linked_share(blocks: Sequence[Block]) -> float:
    """Which part of a story's words are links, 0 to 1."""
    told = [block for block in blocks if block.text and block.kind not in ("figure", "caption")]
    linked = sum(len(_TAG.sub("", words)) for block in told for words in _LINK.findall(block.html))
    total = sum(len(block.text) for block in told)
    return linked / total if total else 0.0


def _behind(entry: HtmlElement, opened: Collection[HtmlElement]) -> str:
    """The opening that stands not in the entry but right behind it (``<dt>`` and ``<dd>``, a row and the next one)."""
    after = entry.getnext()
    if after is None or after in opened or after.tag not in _ENTRIES or entry.tag == "p":
        return ""
    words = visible_text(after) if sum(map(len, islice(after.itertext(), _MOST_NODES))) <= 2 * _LONGEST else ""
    return f"\n{words}" if 0 < len(words) <= _LONGEST_BEHIND else ""


def _alike(parent: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Children of one kind: tag and class."""
    kinds: dict[tuple[str, str], list[HtmlElement]] = {}
    for child in parent:
        if child.tag in _ENTRIES:
            kinds.setdefault((str(child.tag), _kind(child.get("class") or "")), []).append(child)
    yield from (group for group in kinds.values() if len(group) >= _FEWEST)


def _is_small(element: HtmlElement) -> bool:
    """Whether an element holds a link, and few others and few words; told without going through a large one."""
    linked = False
    told = 0
    for seen, node in enumerate(element.iter()):
        linked = linked or node.tag == "a"
        told += len(node.text or "") if node.tag not in UNSEEN else 0
        if seen > _MOST_NODES or told > 2 * _LONGEST:
            return False
    return linked


def _is_headed(anchor: HtmlElement, element: HtmlElement) -> bool:
    """Whether a link is a heading's of the entry, or holds one."""
    if any(one.tag in HEADINGS for one in anchor.iter()):
        return True
    node: HtmlElement | None = anchor
    while node is not None and node is not element:
        node = node.getparent()
        if node is not None and node.tag in HEADINGS:
            return True
    return False


@lru_cache(maxsize=4096)
def _kind(classes: str) -> str:
    """Classes without what tells one entry from the next."""
    return " ".join(sorted(word for word in classes.split() if not _STATE.search(word) and "-" not in word))


def _entry(element: HtmlElement, url: str, here: str | None) -> str | None:
    """What an element shows, where it opens with a link to another page that says something."""
    if not _is_small(element):
        return None
    anchors = [anchor for anchor in element.iter("a") if sum(map(len, anchor.itertext())) >= _SHORTEST]
    shown = visible_text(element) if anchors else ""
    for anchor in anchors if shown else ():
        words = visible_text(anchor)
        if len(words) < (_SHORTEST if CJK.search(words) else 3 * _SHORTEST):
            continue
        target = absolute(url or _SOMEWHERE, anchor.get("href"))
        if target is None or name_of(target) == here:
            return None
        before = shown.find(words)
        headed = _is_headed(anchor, element)
        whole = len(words) * 5 >= len(shown) * 3
        opens = before <= _LONGEST_BEFORE and (whole or headed or element.tag not in ("p", "td", "a"))
        return shown if opens else None
    return None
