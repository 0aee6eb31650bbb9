"""What the class, id and style of an element say of it, in the words that templates everywhere use.

A word counts where it ends a name or only a box word follows it: ``post-comments``, ``related_box`` and ``sidebar`` are
what they say; ``sidebar-grid__content`` and ``with-sidebar`` are the frame round a story.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

_BOX = (
    r"(?:[_-]*(?:box(?:es)?|list(?:e|ing|s)?|wrap(?:per)?|container|contents?|inner|outer|area|section|blocks?|items?|links?"
    r"|holder|bar|bars|buttons?|btns?|icons?|group|module|widget|component|panel|row|col|left|right|top|bottom|footer|head"
    r"|header|heading|title|text|info|body|main|mobile|desktop|new|cont|con|ul|div|\d{1,4}(?!\d)))*"
)
_NOT = r"(?<!no-)(?<!no_)(?<!with-)(?<!with_)(?<!has-)(?<!has_)(?<!without-)(?<!without_)(?<!is-)(?<!js-)(?<!w-)"


def _names(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-]){_NOT}(?:{words}){_BOX}(?=$|\s)", re.IGNORECASE)


_ELSEWHERE = _names(
    r"comments?|commentaires?|kommentare?|comentarios?|disqus|foot|footers?|copyrights?|disclaimer|side-?bar|aside|recommend\w*|related\w*"
    r"|bread-?crumbs?|crumbs?|subscribe|subscription|newsletter|cookies?|consent|gdpr|nav|navbar|navi|navigation|menu"
    r"|share\w*|sharing|hot-?news|rank\w*|most-?(?:read|popular|viewed)|popular|trending|latest|login|signup|sign-?up"
    r"|popup|pop-?up|overlay|lightbox|ads?|advertis\w*|adverts?|banner|outbrain|taboola|toolbar|tui-?jian|paywall-?(?:offer|box)"
    r"|(?:onetrust|ot-sdk|didomi|cookiebot|usercentrics|qc-cmp|sp_message|truste)[\w-]*"
)
_AD = re.compile(
    r"(?:^|[\s_-])(?:ads?|advertis\w*|adverts?|adsense|adbox|gg|guanggao|sponsor\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"(?:^|[\s_-])(?:share\w*|social|bdshare\w*|recommend\w*|related\w*|comments?|toolbar|breadcrumbs?|pagination|pager"
    r"|page-?bar|subscribe|newsletter|promo\w*|copyright|qrcode|ewm|erweima)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    rf"(?:^|[\s_-]){_NOT}(?:captions?|pictext|img-?descr|img_descr|pic-?info|pic-?desc\w*|photo-?desc\w*|figcaption)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE = _names(
    r"teasers?\w*|cross-?links?|crosslinking|read-?more|read-?also|see-?also|also-?read|more-?on|inline-?(?:article|teaser|related"
    r"|promo|links?)|outbrain|taboola|newsletters?|sign-?up|tags?|tag-?(?:list|cloud|links?)|keywords|topics?|author-?(?:bio|box"
    r"|card|info|details?|profile|about)|about-?authors?|authors?-?bios?|byline\w*|by-line|post-?meta|entry-?meta|article-?meta"
    r"|meta-?(?:data|info|line|text)|metatextline|time-?stamps?|pub-?dates?|publish(?:ed|-?date|-?time)|last-?changed|date-?line"
    r"|updated|counter|gallery-?(?:count\w*|nav\w*)|app-?promo|paywall-?(?:message|barrier|banner|prompt|login)|donat\w*|rating|reactions?|likes?|votes?|player-?controls?"
    r"|next-?(?:post|article)|prev(?:ious)?-?(?:post|article)|post-?navigation|print-?only|sr-?only|screen-?reader(?:-text)?"
    r"|visually-?hidden|edit-?section|toc|jump-?links?"
)
_PAYWALL = re.compile(r"(?:^|[\s_-])paywall(?=$|\s)", re.IGNORECASE)
_CAPTION_ANYWHERE = re.compile(
    rf"(?:^|[\s_-]){_NOT}(?:(?!no[_-]?captions?)\w*captions?|(?:image|photo|picture|img|pic|foto|bild|slide)[_-]*(?:credits?|info\w*|desc\w*|meta|legend"
    r"|copyright|source)|legende?|bildunterschrift|credits?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_IMAGE = re.compile(
    r"(?:^|[\s_-])(?:\w*image|photos?|pictures?|img|pic|foto|figure|carousel|slide-?show|slider|slides?|gallery|thumb(?:nail)?"
    r"|bild(?:er)?)(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|standfirst|stand-first|summary|excerpt|intro|introduction|sub-?title|sub-?headline|sub-?heading"
    r"|description|deck|dek|chapo|chapeau|vorspann|ingress|sommario|entradilla|spot|sapo|abstract|kurztext|manchet|perex)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def role_by_name(name: str) -> str:
    """'ad', 'skip', 'caption' or '' for an element of any story, by its class and id in one string."""
    if _AD.search(name):
        return "ad"
    if _SKIP.search(name):
        return "skip"
    return "caption" if _CAPTION.search(name) else ""


@lru_cache(maxsize=8192)
def is_elsewhere(name: str) -> bool:
    """Whether it is named as a part of the page that stands beside the story: comments, footer, menu, related list."""
    return _ELSEWHERE.search(name) is not None


@lru_cache(maxsize=8192)
def is_furniture(name: str) -> bool:
    """Whether it is named as something printed in or round a story that is no part of it: byline, tags, teaser."""
    return _FURNITURE.search(hyphened(name)) is not None


@lru_cache(maxsize=8192)
def is_paywall(name: str) -> bool:
    """Whether it is named a paywall and no more: an offer, or the story that is behind one."""
    return _PAYWALL.search(name) is not None


@lru_cache(maxsize=8192)
def is_caption(name: str) -> bool:
    """Whether it is named as what is printed of a picture, in the words of templates nobody declared."""
    return _CAPTION_ANYWHERE.search(hyphened(name)) is not None


@lru_cache(maxsize=8192)
def is_picture(name: str) -> bool:
    """Whether it is named as the box of a picture or of a series of them."""
    return _IMAGE.search(hyphened(name)) is not None


@lru_cache(maxsize=8192)
def is_lead(name: str) -> bool:
    """Whether it is named as the lead (导语, Vorspann, chapô) under a headline."""
    return _LEAD.search(name) is not None


def name_of(class_: str | None, ident: str | None) -> str:
    return f"{class_} {ident}" if class_ and ident else class_ or ident or ""


def hyphened(name: str) -> str:
    """A name with its humps as words: ``imageCaption`` -> ``image-Caption``."""
    return _HUMP.sub("-", name)


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element itself says that a reader is not to see it."""
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None
