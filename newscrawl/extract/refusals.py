"""Pages that answer 200 and are no article: soft 404s, doors to the home page, pages without a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.errors import NotAnArticle, Reason
from newscrawl.extract.blocks import Block
from newscrawl.text.tree import visible_text
from newscrawl.text.urls import absolute, split

_GONE = re.compile(
    r"(?<![\d.])404(?!\w)|(?:页面|网页|文章|内容|新闻|稿件|信息|链接).{0,8}"
    r"(?:不存在|没有找到|未找到|找不到|已(?:被)?(?:删除|下线|移除|撤回)|失效|走失|飞走)"
    r"|(?:找不到|没有找到|无法找到).{0,10}(?:页面|网页|文章|内容)"
    r"|page (?:not|cannot be) found|not found|no longer available",
    re.IGNORECASE,
)
_GONE_HEAD = re.compile(
    r"\W*(?:(?:http )?(?:error )?404\b"
    r"|(?:sorry,? )?(?:the )?(?:page|article|story) (?:(?:was |is )?not found|you|cannot be)"
    r"|(?:seite|page|página|pagina) (?:nicht gefunden|introuvable|no encontrada|não encontrada|non trovata)"
    r"|您访问的|抱歉|对不起|(?:页面|网页|文章|内容)(?:不存在|未找到|找不到|已(?:被)?删除))",
    re.IGNORECASE,
)
"""How the headline or the title of a page begins that says in a few words that it is not there."""
_REFRESH = etree.XPath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']/@content", smart_strings=False)
_REFRESH_TO = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LINKED = 2 / 3
"""Share of the words. Lists seen: 0.87 and more; the story with the most links among 200: 0.53."""
_FEWEST_ENTRIES = 5
_SHORT = 80
_LONGEST_NOTICE = 400
_MOST_AMPERSANDS = 20_000
"""In one paragraph."""


def check(tree: HtmlElement, title: str, headline: str | None, text: str, *, url: str) -> None:
    """Raise :class:`~newscrawl.errors.NotAnArticle` where the page holds no story.

    A page without a story that says it is not there is a NOT_FOUND_PAGE, one that sends the browser to another path's
    root a MOVED_HOME; else NO_BODY or NO_HEADLINE. A long story is never judged by its words.
    """
    if len(text) < _LONGEST_NOTICE and (_GONE_HEAD.match(title) or _GONE_HEAD.match(headline or "")):
        raise NotAnArticle(Reason.NOT_FOUND_PAGE, (title or headline or text)[:80])
    if len(text) < _SHORT:
        said = f"{title} {headline or ''} {text}"
        if _GONE.search(said) or (not text and _GONE.search(_shown(tree))):
            raise NotAnArticle(Reason.NOT_FOUND_PAGE, (title or headline or text)[:80])
        target = _sent_to(tree, url)
        parts = split(target) if target else None
        if parts is not None and not text:
            home = parts.path.strip("/") in ("", "index.html", "index.shtml", "index.htm")
            raise NotAnArticle(Reason.MOVED_HOME if home else Reason.MOVED_AWAY, f"the page sends on to {target}")
    if not text.strip() or _is_code(text):
        raise NotAnArticle(Reason.NO_BODY, (headline or title)[:80])
    if not headline:
        raise NotAnArticle(Reason.NO_HEADLINE, text[:40])


def is_list(blocks: Sequence[Block]) -> bool:
    """Whether what was taken for a story is a list of links: a home page, a channel's, a rolling list."""
    entries = [block for block in blocks if block.text]
    linked = sum(len(_TAG.sub("", words)) for block in entries for words in _LINK.findall(block.html))
    return len(entries) >= _FEWEST_ENTRIES and linked > _LINKED * sum(len(block.text) for block in entries)


def _is_code(text: str) -> bool:
    """Whether a paragraph is made of ``&``: no words, and the cleaner of HTML takes the square of their number."""
    return text.count("&") > _MOST_AMPERSANDS and any(line.count("&") > _MOST_AMPERSANDS for line in text.split("\n"))


def _shown(tree: HtmlElement) -> str:
    """All a small page shows; '' for a big one, whose words are not a notice."""
    body = tree.find("body")
    text = visible_text(body) if body is not None else ""
    return text if len(text) <= _LONGEST_NOTICE else ""


def _sent_to(tree: HtmlElement, url: str) -> str | None:
    for content in cast("list[str]", _REFRESH(tree)):
        if found := _REFRESH_TO.search(content):
            return absolute(url, found[1])
    return None
