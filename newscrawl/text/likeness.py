"""What an address says of its page: a story's, or a list's, a tag's, a form's. Pure; nobody's rules, only habits.

The habits are those of usual content systems (WordPress, Drupal, Ghost, dedecms, phpcms, TRS) and of news sites in
English and Chinese (pinyin); the words of other languages are in text.page_names. It is evidence and no proof: who can,
asks the page too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from newscrawl.text.han import CJK
from newscrawl.text.page_names import HARD, SOFT, plain
from newscrawl.text.spelling import query_of
from newscrawl.text.urls import clean_path, split

_HARD_WORDS = """
tag tags tagged tagcloud label category categories cat author authors writer writers contributor contributors
columnist columnists byline user users member members profile profiles space search s so sousuo find query
login logon signin signup sign-in register account accounts logout password subscribe subscription
subscriptions newsletter newsletters about about-us aboutus contact contact-us contactus contacts privacy
privacy-policy terms terms-of-use tos legal imprint impressum disclaimer copyright cookies cookie-policy
advertise advertising advert ads ad careers jobs job help faq support feedback sitemap comment comments reply
replies pinglun liuyan guestbook print printer printable dayin email-friend share fenxiang amp feed feeds rss
atom archives calendar video videos shipin photo photos photogallery gallery galleries slideshow slideshows
tupian tuji zutu album albums podcast podcasts shop store cart checkout wp-admin wp-json wp-content
wp-includes wp-login.php api ajax cgi-bin static assets download downloads app apps widget embed redirect go
out click jump goto taxonomy term biaoqian zuozhe denglu zhuce guanyu lianxi guanyuwomen lianxiwomen gywm lxwm
huiyuan jizhe poll polls quiz quizzes wzdt bangzhu page pages
"""
_HARD = frozenset(_HARD_WORDS.split()) | HARD
"""Names of a segment that hardly any story has in its address."""
_SOFT_WORDS = """
topic topics topiclist special specials zt zhuanti ztbd section sections channel channels pindao lanmu list
lists liebiao archive home people person place places event events series collection collections live tv
audio live-blog most-read popular trending hot latest paihang roll rolling gundong scroll-news rankings
company team staff common footer forum bbs
"""
_SOFT = frozenset(_SOFT_WORDS.split()) | SOFT
"""Names that stories' addresses hold too, now and then."""
_STORY_WORDS = """
article articles story stories detail details content post posts a zw doc docs view show read newsdetail
news-detail articleview articledetail wenzhang node archives-view p
"""
_STORY = frozenset(_STORY_WORDS.split())
_HARD_FORM = re.compile(r"comment-(?:page-)?\d+|download[\w-]*")
_DOORS = frozenset({"index", "default", "home"})
_STATIC = re.compile(
    r"(?:^|[-_])(?:about|contact|privacy|terms|cookies?|imprint|impressum|disclaimer|advertis\w*|subscri\w+|newsletters?"
    r"|careers|login|register|sitemap|copyright|polic(?:y|ies)|feedback|aboutus|contactus)(?:$|[-_])"
)
_FILE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|atom|zip|rar|docx?|xlsx?|pptx?|mp[34]|apk|txt)$"
)
_PAGE = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do|xhtml|jhtml)$")
_ANY_FILE = re.compile(r"\.\w{1,5}$")
_SCRIPT = re.compile(r"(?:\.(?:php|aspx?|jsp|do)|/)$")
"""How a path ends whose query says what is shown."""
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DATED = re.compile(
    rf"/{_YEAR}/(?:0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12]\d|3[01]))?(?=/|$)"
    rf"|/{_YEAR}[-_]?(?:0[1-9]|1[0-2])(?:[-_/]?(?:0[1-9]|[12]\d|3[01]))?(?=/|$|\.)"
    rf"|/{_YEAR}[/-](?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?=/|$|\.)"
    rf"|(?:^|[/_tc-]){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=[_/.]|\d|$)"
    rf"|/{_YEAR}-\d{{1,2}}-\d{{1,2}}(?=/|[-_])"
)
_ONLY_DATE = re.compile(rf"{_YEAR}(?:[-/_]?\d{{1,2}}){{0,2}}|\d{{1,2}}(?:[-_]?\d{{1,2}})?")
_PARTS = re.compile(r"[-_+. ]+")
_TURNED = re.compile(r"(?:^|[-_])(?:index|list|page|default|p)[-_]?\d{1,5}(?:[-_]\d{1,5})?$|^\d{1,3}$")
_ID_NAMES_WORDS = """
id p aid nid newsid news_id articleid article_id article itemid docid doc_id contentid content_id story
storyid postid post_id infoid arcid tid uuid
"""
_ID_NAMES = frozenset(_ID_NAMES_WORDS.split())
_LIST_NAMES_WORDS = """
cat tag author s q query keyword keywords wd search page_id attachment_id paged feed m catid cid typeid sortid
sectionid userid authorid uid tagid
columnid channelid classid sort order filter orderby print amp pagenum pageno offset start comment comments
action
"""
_LIST_NAMES = frozenset(_LIST_NAMES_WORDS.split())
_LIST_VALUES_WORDS = """
print amp rss feed pdf search tag tags lists list category login register comment comments author archive
printable email member
"""
_LIST_VALUES = frozenset(_LIST_VALUES_WORDS.split())


@lru_cache(maxsize=4096)
def likeness(url: str) -> float:
    """How much an address is like a story's: above 0 more than not, from some 0.4 on hardly mistaken, below 0 less."""
    parts = split(url)
    if parts is None:
        return -2.0
    path = unquote(clean_path(parts.path)).lower()
    if _FILE.search(path):
        return -2.0
    segments = [one for one in path.split("/") if one]
    asked = query_of(url)
    if not segments and not asked:
        return -1.5
    door = bool(segments) and _PAGE.sub("", segments[-1]) in _DOORS
    if len(segments) > 1 and door and not (asked and _SCRIPT.search(path)):  # '/2025/11/19/title/index.html'
        segments, path = segments[:-1], path.rpartition("/")[0]
    stem = _PAGE.sub("", segments[-1]) if segments else ""
    told = 0.0
    if stem and not (asked and door and _SCRIPT.search(path)):
        told = _of_last(stem, path, filed=stem != segments[-1], segments=segments)
        if asked and _SCRIPT.search(path) and -0.5 < told < 0:  # a script's name says less than what it is asked
            told = 0.0
    return told + _of_segments(segments) + _of_query(asked)


def _of_last(stem: str, path: str, *, filed: bool, segments: list[str]) -> float:
    """What the last segment says, and a date before it."""
    if stem in _DOORS:
        return -0.8
    if _TURNED.search(stem) and not _DATED.search(path) and not re.search(r"\d{4}", stem):
        if not stem.isdigit():
            return -0.5
        return 0.1 if filed or (len(segments) > 1 and segments[-2] in _STORY) else -0.2
    dated = _DATED.search(path)
    if (
        dated is not None
        and _ONLY_DATE.fullmatch(stem)
        and dated.end() >= len(path.rstrip("/").removesuffix(".html")) - 1
    ):
        return -0.8  # a day of the archive
    said = 0.5 if dated else 0.0
    said += max(_slug(stem), _number(stem, filed=filed))
    if not said and not any(sign.isdigit() for sign in stem):
        said -= 0.4 if len(segments) < 3 else 0.25
    return said - (0.8 if _STATIC.search(stem) and not dated and len(_PARTS.split(stem)) < 4 else 0.0)


def _slug(stem: str) -> float:
    if han := len(CJK.findall(stem)):
        return 0.45 if han >= 6 else 0.1
    words = [word for word in _PARTS.split(stem) if word and not word.isdigit()]
    return 0.45 if len(words) >= 4 else 0.35 if len(words) == 3 else 0.02 if len(words) == 2 else 0.0


def _number(stem: str, *, filed: bool) -> float:
    longest = max((len(run) for run in re.findall(r"\d+", stem)), default=0)
    if longest >= 5:
        return 0.4
    if re.fullmatch(r"(?=\w*\d)(?=\w*[a-z])[a-z0-9]{8,}", stem):
        return 0.35
    if longest and stem.lstrip("abcdefghijklmnopqrstuvwxyz-_").isdigit():
        return 0.25 if filed or longest >= 3 else 0.1
    return 0.05 if longest else 0.0


def _of_segments(segments: list[str]) -> float:
    said = 0.0
    for place, segment in enumerate(segments):
        name = _ANY_FILE.sub("", segment)
        name = name if name.isascii() else plain(name)
        if segment in _HARD or name in _HARD or _HARD_FORM.fullmatch(name):
            said -= 1.5 if segment != "pages" else 0.6
        elif name in _SOFT:
            said -= 0.5
        elif name in _STORY and place + 1 < len(segments):
            said += 0.15
    return said


def _of_query(asked: tuple[tuple[str, str], ...]) -> float:
    said, lower = 0.0, [(name.lower(), value.lower()) for name, value in asked]
    for name, value in lower:
        if _is_id(name, value):
            said += 0.45
        elif value in _LIST_VALUES or name in ("print", "amp", "s", "q", "wd", "query", "keyword", "keywords", "tag"):
            said -= 1.5
        elif not value:
            said += 0.3
        elif name in ("page", "paged", "pagenum", "pageno", "offset", "start"):
            said -= 1.0
        elif name in _LIST_NAMES and not any(_is_id(*pair) for pair in lower):
            said -= 0.8
        elif value == "show" or value == "view":
            said += 0.1
    return said


def _is_id(name: str, value: str) -> bool:
    """Whether a parameter says which story: it is called an id and has a digit, or its number is long."""
    if name in _LIST_NAMES or not any(sign.isdigit() for sign in value):
        return False
    return name in _ID_NAMES or name.endswith(("id", "idx", "seq")) or (value.isdigit() and len(value) >= 5)


def is_list_name(segment: str) -> bool:
    """Whether a segment names a kind of page that is no story, or may be none: 'tag', 'author', 'zhuanti'."""
    return segment in _HARD or segment in _SOFT
