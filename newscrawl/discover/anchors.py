"""The links of a page with what they say and where they stand: the matter of which :mod:`.section` learns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median

from attrs import Factory, define, frozen
from lxml.html import HtmlElement

from newscrawl.text.han import CJK
from newscrawl.text.likeness import likeness
from newscrawl.text.spelling import name_of
from newscrawl.text.tree import HEADINGS, UNSEEN, folded, visible_text
from newscrawl.text.urls import absolute

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CUT = ("…", "...")
_LONGEST_FUNCTION = 200
"""Characters of a link that are looked at for what it does."""
_STATE = re.compile(r"\d+|^(?:active|current|on|cur|first|last|odd|even|hover|clearfix|selected|post|hentry|sticky)$")
"""Of class names, what tells one item of a list from another."""
_MOST_ANCESTORS = 40
_OUTSIDE = {"nav": -1.0, "footer": -1.0, "form": -0.5, "header": -0.5, "aside": -0.2}
_SHUT = re.compile(
    r"(?:.*[-_])?(?:nav|navbar|navi|navigation|navcon|menu|menus|submenu|topbar|foot|footer|bottom|pagebottom|copyright"
    r"|beian|bread|breadcrumbs?|crumbs?|crumb|weizhi|position|tagcloud|tags|pagination|pager|paging|pages|pagelist|page-?bar"
    r"|share|sharing|social|sns|follow-us|comments?-link|login|subscribe|newsletter|friend-?links?|yqlj|links-?list|lang"
    r"|cookie\w*|qrcode|skip-link)(?:[-_].*)?",
    re.IGNORECASE,
)
"""A word of a class or an id of what holds no stories."""
_PAID = re.compile(r"(?:.*[-_])?(?:ads?|advert\w*|sponsored|sponsor|adsense|guanggao)(?:[-_].*)?", re.IGNORECASE)
_EXACT = frozenset(
    {"tag", "tag-list", "tag-cloud", "taglist", "tagbox", "post-tags", "entry-footer", "byline", "author"}
)
_SMALL = re.compile(
    r"(?:.*[-_])?(?:meta|category|categories|cat|cat-links|byline|author|source)(?:[-_](?:links?|name|info))?"
)
_OF_POST = ("tag-", "category-", "type-", "status-", "format-", "author-", "has-", "no-", "with-")
"""How WordPress and others call an item by its labels."""
_OBJECT = r"(?: (?:this|the|an?|on|via|with|by|to|now|story|article|page|post|version|facebook|twitter|network))*"
_FUNCTION = re.compile(
    r"许可证|备案号|[IＩ][CＣ][PＰ]\s?[证备]|公网安备|版权所有|信息举报|免责声明|©|all rights reserved"
    r"|^(?:read|learn|see|view|show|load) (?:more|full|all)\b|^continue reading|^full story|^skip to "
    r"|^(?:[\W\d]*(?:阅读全文|查看更多|查看全文|查看全部|查看详情|更多.{0,6}|详细|全文|条?评论|分享|打印|登录|注册"
    r"|返回.{0,4}|下载|[上下]一?[页篇]|首页|more(?: \w+)?|home|comments?|replies|views?|leave a \w+|add a comment"
    rf"|(?:share|print|e-?mail){_OBJECT}"
    r"|log ?in|sign (?:in|up)|register|subscribe(?: \w+){0,3}|previous(?: \w+)?|next(?: \w+)?|older(?: \w+)?"
    r"|newer(?: \w+)?|download|advertise(?: \w+){0,3}|privacy(?: \w+)*|terms(?: \w+){0,3}|cookie \w+|rss)"
    r"[\W\d]*)$",
    re.IGNORECASE,
)
"""Words of a link that does something and is no headline."""


@frozen(kw_only=True, eq=False)
class Spot:
    """One link: where it stands and what it says."""

    element: HtmlElement
    url: str
    """Absolute, as found, without its fragment."""
    words: str
    """Of its headline, else all that it shows, else its title or its picture's words; may be ''."""
    headed: bool
    """It is a heading, or its headline is one."""
    place: str
    """The same for links at the same place of a list's items."""
    standing: float
    """0, or below: it stands in a menu, a footer, beside a share button."""

    @property
    def saying(self) -> float:
        return headline_likeness(self.words)


@define(kw_only=True)
class Candidate:
    """An address of the page with all links to it."""

    url: str
    spots: list[Spot] = Factory(list)

    def best(self, value: dict[Spot, float]) -> Spot:
        return max(self.spots, key=lambda spot: value[spot])


def headline_likeness(words: str) -> float:
    """0 to 1: a headline is a clause, a menu's entry a word or two."""
    if not words or _FUNCTION.search(words[:_LONGEST_FUNCTION]):
        return 0.0
    han = len(CJK.findall(words))
    if han >= 2:
        return 0.0 if han < 5 else 0.3 if han < 7 else 0.7 if han < 10 else 1.0
    count = len(_WORD.findall(words))
    return (0.0, 0.0, 0.1, 0.4, 0.75)[count] if count < 5 else 1.0


def spots_of(tree: HtmlElement, base: str) -> Iterator[Spot]:
    """Every link with an address, in page order."""
    known: dict[HtmlElement, tuple[str, float]] = {}
    for element in tree.iter("a"):
        url = absolute(base, element.get("href"))
        if url is None:
            continue
        words, headed = words_of(element)
        place, standing = _where(element, known)
        if headed:
            standing = max(standing, -0.6) if standing > -1.0 else standing
        elif {"tag", "author", "category"} & set((element.get("rel") or "").lower().split()):
            standing -= 1.0
        elif words and not any(sign.isalpha() for sign in words):  # how many comments there are, a page of a bar
            standing -= 0.6
        if "sponsored" in (element.get("rel") or "").lower().split():
            standing = -2.0
        yield Spot(element=element, url=url, words=words, headed=headed, place=place, standing=standing)


def candidates_of(spots: Iterable[Spot]) -> dict[str, Candidate]:
    """By the name that all spellings share, in page order."""
    found: dict[str, Candidate] = {}
    for spot in spots:
        name = name_of(spot.url)
        if name is not None:
            found.setdefault(name, Candidate(url=spot.url)).spots.append(spot)
    return found


def repeated(candidates: Iterable[Candidate]) -> frozenset[str]:
    """The places where three addresses or more stand, most of them with headlines."""
    by_place: dict[str, dict[str, float]] = {}
    for candidate in candidates:
        for spot in candidate.spots:
            said = by_place.setdefault(spot.place, {})
            said[candidate.url] = max(said.get(candidate.url, 0.0), spot.saying)
    return frozenset(place for place, said in by_place.items() if len(said) >= 3 and median(said.values()) >= 0.6)


def words_of(anchor: HtmlElement) -> tuple[str, bool]:
    """(the headline a link shows, whether it is a heading)."""
    title = folded(anchor.get("title") or "")
    for inner in anchor.iter(*HEADINGS):
        if said := visible_text(inner):
            return _whole(said, title), True
    named = next((one for one in anchor.iter("p", "span", "div", "strong") if _is_title(one)), None)
    text = visible_text(named) if named is not None else ""
    text = text or _once(visible_text(anchor))
    outer = anchor.getparent()
    headed = outer is not None and outer.tag in HEADINGS
    if outer is not None and not headed and (above := outer.getparent()) is not None:
        headed = above.tag in HEADINGS
    if text:
        return _whole(text, title), headed
    alt = next((folded(image.get("alt") or "") for image in anchor.iter("img")), "")
    return title or alt or folded(anchor.get("aria-label") or ""), headed


def _is_title(element: HtmlElement) -> bool:
    names = (element.get("class") or "").lower().split()
    return any(
        name in ("title", "headline", "tit", "bt", "biaoti") or name.endswith(("-title", "_title")) for name in names
    )


def _whole(text: str, title: str) -> str:
    return title if title and text.endswith(_CUT) and title.startswith(text.rstrip("….")) else text


def _once(text: str) -> str:
    """Words that a link says twice (for a wide and a narrow screen), once."""
    half = len(text) // 2
    return (
        text[:half]
        if len(text) > 8 and len(text) % 2 and text[half] == " " and text[:half] == text[half + 1 :]
        else text
    )


def _where(element: HtmlElement, known: dict[HtmlElement, tuple[str, float]]) -> tuple[str, float]:
    """(place, standing) of an element, by those of its parent."""
    chain: list[HtmlElement] = []
    node: HtmlElement | None = element
    while node is not None and node not in known and len(chain) < _MOST_ANCESTORS:
        chain.append(node)
        node = node.getparent()
    place, standing = known[node] if node is not None and node in known else ("", 0.0)
    for one in reversed(chain):
        name = one.get("class") or ""
        mine = sorted(word for word in name.split() if not _STATE.search(word) and not word.startswith(_OF_POST))
        place = f"{place}>{one.tag!s}.{'.'.join(mine[:4])}"[-400:]
        standing = min(standing, _standing(one, name))
        known[one] = place, standing
    return place, standing


def _standing(element: HtmlElement, name: str) -> float:
    tag = element.tag
    if tag in ("body", "html", "article") or not isinstance(tag, str) or tag in UNSEEN:
        return 0.0
    worst = _OUTSIDE.get(tag, 0.0)
    if tag == "header" and any(one.tag == "article" for one in element.iterancestors()):
        worst = 0.0
    for word in [*name.split(), element.get("id") or ""]:
        word = word.lower()
        if not word or (word.startswith(_OF_POST) and word not in _EXACT):
            continue
        if _PAID.fullmatch(word):
            worst = -2.0
        elif _SHUT.fullmatch(word) or word in _EXACT:
            worst = min(worst, -0.9)
        elif _SMALL.fullmatch(word):
            worst = min(worst, -0.5)
    return worst


def is_plausible(candidate: Candidate) -> bool:
    """Whether an address may be a story's at all, before much is known: what divides a list into its items."""
    said = max((spot.saying for spot in candidate.spots), default=0.0)
    return likeness(candidate.url) > -0.5 and (said >= 0.3 or likeness(candidate.url) >= 0.3)
