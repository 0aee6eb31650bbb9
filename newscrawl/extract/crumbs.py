"""The breadcrumb trail where no publisher says where it stands: schema.org's list, then what is named like one.

A step that is the home page, the site itself, or the article itself (its headline, 正文) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extract import jsonld
from newscrawl.extract.headline import key_of
from newscrawl.extract.names import name_of
from newscrawl.extract.surface import classes_of, holders, surface_of
from newscrawl.items import Crumb
from newscrawl.text.tree import visible_text
from newscrawl.text.urls import absolute

_NAMED = re.compile(r"(?<![a-z])[\w-]{0,30}?bread-?_?crumbs?(?![a-rt-z])|(?<![a-z])crumbs?(?![a-z])", re.IGNORECASE)
_TYPED = etree.XPath(
    "(//@itemtype[contains(., 'BreadcrumbList')] | //@typeof[contains(., 'BreadcrumbList')])[position() <= 6]/.."
)
_CRUMBED = etree.XPath("(//@class[contains(., 'rumb')])[position() <= 24]/..")
_HERE = re.compile(r"(?:您?的?当前|您(?:现在)?(?:所在)?的|(?:您|你)?(?:现在)?所在的?)位置|正文(?=\0)")
_HERE_WORDS = ("当前位置", "您的当前", "您的位置", "您现在", "您所在", "你所在", "你现在", "所在位置", "正文")
_HOME = re.compile(
    r".{0,12}首[页頁]|主[页頁]|(?:.{0,20}\W)?home(?: ?page)?|start(?:seite|sida|side)?|accueil|inicio|início|ホーム"
    r"|トップ(?:ページ)?|главная(?: страница)?|ana ?sayfa|홈"
    r"|strona główna|forside[nr]?|hem|etusivu|etusivulle|voorpagina|domů|portada",
    re.IGNORECASE,
)
_END = frozenset({"正文", "内容", "文章", "新闻正文", "正文内容", "article", "记事", "記事"})
_LONGEST_NAME, _LONGEST_TRAIL = 40, 240
"""Characters of a step, and of the words of a whole trail."""
_CUT = 8
"""Letters of a headline's beginning that are the headline."""
_MOST_STEPS, _MOST_PLACES, _OUTWARD, _MOST_INSIDE = 8, 6, 2, 100


def crumbs_of(
    tree: HtmlElement, *, base: str, title: str, headline: str | None, site: str
) -> tuple[str, tuple[Crumb, ...]]:
    """Who says it, and the steps, outermost first; ('', ()) where the page has no trail."""
    known = _Known(key_of(headline or ""), key_of(site), key_of(title))
    listed = ((name, absolute(base, address)) for name, address in jsonld.trail(tree))
    if steps := _steps(listed, known):
        return "jsonld", steps
    typed = _TYPED(tree) if {"itemListElement"} & surface_of(tree).itemprops else []
    for who, places in (("microdata", typed), ("generic", _places(tree))):
        for place in places:
            anchors = _anchors(place)
            links = [(visible_text(anchor), absolute(base, anchor.get("href"))) for anchor in anchors]
            if steps := _steps(links, known):
                return who, steps
    return "", ()


def _places(tree: HtmlElement) -> Iterator[HtmlElement]:
    named = _CRUMBED(tree) if "rumb" in classes_of(tree) else []
    for place in named:
        if _NAMED.search(name_of(place.get("class"), place.get("id"))):
            yield place
    runs = surface_of(tree).runs
    if "位置" in runs or "正文\0" in runs:
        yield from holders(tree, _HERE, _HERE_WORDS)[:_MOST_PLACES]


def _anchors(place: HtmlElement) -> list[HtmlElement]:
    """The links of a trail that stands in or round an element; [] where that holds more than a trail."""
    node: HtmlElement | None = place
    for _ in range(_OUTWARD):
        if node is None or node.tag in ("body", "html"):
            break
        inside = list(islice(node.iter(), _MOST_INSIDE))
        anchors = [one for one in inside if one.tag == "a"]
        if len(inside) == _MOST_INSIDE or len(anchors) > _MOST_STEPS or len(visible_text(node)) > _LONGEST_TRAIL:
            break
        if anchors:
            ends = [place for place, anchor in enumerate(anchors) if anchor.tail and "正文" in anchor.tail]
            return anchors[: ends[0] + 1] if ends else anchors
        node = node.getparent()
    return []


@frozen
class _Known:
    """Keys (headline.key_of) of what no step is."""

    headline: str
    site: str
    title: str

    def is_article(self, step: Crumb) -> bool:
        """Also where it is cut short."""
        key = key_of(step.name)
        return key == self.headline or (len(key) >= _CUT and self.headline.startswith(key))

    def is_site(self, step: Crumb) -> bool:
        """By its name, or by the end of the page's title where it leads to a home page."""
        key = key_of(step.name)
        leads_home = step.url is not None and not urlsplit(step.url).path.strip("/")
        return key == self.site or (leads_home and self.title.endswith(key))


def _steps(named: Iterable[tuple[str, str | None]], known: _Known) -> tuple[Crumb, ...]:
    """The steps that say something."""
    steps: dict[str, Crumb] = {}
    for name, url in named:
        step = Crumb(name=unescape(name).strip(" \u3000>›»/|·"), url=url)
        if len(step.name) > _LONGEST_NAME or step.name.lower() in _END or _HOME.fullmatch(step.name):
            continue
        if not key_of(step.name) or known.is_article(step) or (not steps and known.is_site(step)):
            continue
        steps.setdefault(key_of(step.name), step)
    return tuple(steps.values())
