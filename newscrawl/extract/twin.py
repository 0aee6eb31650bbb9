"""The page that another one is a copy of: an AMP twin, a print view, a tracked spelling names its original. Pure.

Many sites name a wrong one: their home page, the section. Those are not believed.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml.html import HtmlElement

from newscrawl.extract.paging import NUMBER, continues
from newscrawl.extract.surface import surface_of
from newscrawl.items import FetchedPage
from newscrawl.text.likeness import likeness
from newscrawl.text.spelling import is_home, name_of, query_of
from newscrawl.text.tree import parsed
from newscrawl.text.urls import absolute, clean_path, domain_of, host_of, split

_COPY = re.compile(r"(?:^|[/._?&=])(?:amp|print|printer|printable|dayin|mobile|mip|wap|m)(?:$|[/._?&=])")
"""In an address: it is a copy's."""
_PAGED = re.compile(rf"{NUMBER}(?=\.\w{{3,5}}$|/?$)")
_PAGE_NAMES = frozenset({"page", "p", "pn"})
_LIST = -0.3
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_EXTENSION = re.compile(r"\.\w{2,5}$")


def original_of(page: FetchedPage) -> str | None:
    """The address on the same registered domain that the page gives as its original's; None where it is its own.

    ``<link rel=canonical>`` says it; ``og:url`` only of an AMP page or a print view without one. A later page of an
    article may name page 1. Passed over are the home page, a folder above the page, a list. What only spells the page's
    own address otherwise is no original, nor is a name that cannot be one. A page without an address has none.
    """
    tree = parsed(page).tree
    assert tree is not None
    url = page.url
    copied = is_amp(tree) or is_copy_address(url)
    meta = surface_of(tree).meta
    said = meta.links.get("canonical") or (meta.first("og:url") if copied else None)
    found = absolute(url, said) if url else None
    if found is None or name_of(found) == name_of(url):
        return None
    if domain_of(host_of(found)) != domain_of(host_of(url)) or is_home(found):
        return None
    if copied and not is_copy_address(found):
        return found
    if continues(url, found) or _number(url) > max(_number(found), 1):
        return found if name_of(_without_number(url)) == name_of(found) else None
    return None if _is_above(found, url) or _is_list(found, url) else found


def is_spelling_of(url: str, found: str, *, copied: bool = False) -> bool:
    """Whether an address says which article it is by the same number or title as ``found``: '/amp/2025/12345.html' or
    '/city/12345_2.html' of '/a/12345.html'. A plain word tells where the page is known for a copy (``copied``)."""
    path, asked = _said(found)
    last = _EXTENSION.sub("", path.rstrip("/").rpartition("/")[2])
    own = {*_WORDS.findall(last), *_WORDS.findall(asked)}
    telling = {word for word in own if not word.isascii() or not word.isalpha()} or (own if copied else set())
    return bool(telling) and telling <= set(_WORDS.findall(" ".join(_said(url))))


def _said(url: str) -> tuple[str, str]:
    """The path of an address, and the values of its query."""
    parts = split(url)
    path = unquote(clean_path(parts.path)) if parts else ""
    return path, " ".join(value for _, value in query_of(url))


def is_amp(tree: HtmlElement) -> bool:
    """``<html amp>`` or ``<html ⚡>``."""
    return tree.get("amp") is not None or tree.get("⚡") is not None


def is_copy_address(url: str) -> bool:
    """Whether an address says of itself that it is a print view, an AMP twin, a phone's page."""
    parts = split(url)
    if parts is None:
        return False
    asked = "&".join("=".join(pair) for pair in query_of(url))
    host = f"{(parts.hostname or '').partition('.')[0]}/"
    return (
        _COPY.search(f"{host if host in ('amp/', 'm/', 'mip/') else ''}{clean_path(parts.path)}?{asked}".lower())
        is not None
    )


def _number(url: str) -> int:
    """Of the page within an article, 1 where none is said."""
    parts = split(url)
    asked = next((int(value) for name, value in query_of(url) if name in _PAGE_NAMES and value.isdecimal()), 0)
    told = _PAGED.search(unquote(parts.path)) if parts else None
    return asked or (int(told["page"]) if told else 1)


def _without_number(url: str) -> str:
    """The address of page 1 of the same article."""
    parts = split(url)
    if parts is None:
        return url
    asked = "&".join(f"{name}={value}" for name, value in query_of(url) if name not in _PAGE_NAMES)
    return parts._replace(path=_PAGED.sub("", unquote(parts.path)), query=asked).geturl()


def _is_above(found: str, url: str) -> bool:
    """Whether an address is a folder round the page's."""
    above, own = name_of(found), name_of(url)
    return above is not None and own is not None and own.startswith(above.rstrip("/") + "/")


def _is_list(found: str, url: str) -> bool:
    """Whether an address is a list's, more than the page's own is."""
    return likeness(found) <= _LIST and likeness(found) < likeness(url)
