"""What a story is about: where its dateline (电头) stands, its section (栏目), its keywords, the places it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from newscrawl.items import Article
from newscrawl.text.dateline import read_dateline
from newscrawl.text.script import simplified
from newscrawl.topics.places import is_chinese, place_called, places_in

Kind = Literal["place", "section", "keyword"]

LEAD = 200
"""Characters after the dateline in which places are looked for."""
MOST = 12
"""Topics of one article."""
_MOST_KEYWORDS = 8
_LONGEST = 24
"""Characters of a keyword; a longer one is a headline or a sentence. A word of Latin letters counts as two."""
_NOTHING = """
新闻 资讯 首页 要闻 头条 快讯 热点 滚动 滚动新闻 图片 视频 图片新闻 最新消息 最新 专题 综合 其他 其它 正文 原创 推荐
中新网 中新社 中国新闻网 新华网 新华社 人民网 央视网 央广网 光明网 中国网 国际在线 环球网 参考消息网 海外网 新浪 新浪网
新浪新闻 新浪财经 网易 网易新闻 搜狐 搜狐网 搜狐新闻 腾讯 腾讯网 腾讯新闻 凤凰网 澎湃 澎湃新闻 观察者网 东方网 红网
今日头条 news latest home headlines video videos photos breaking
"""
_SITES = frozenset(_NOTHING.split())
_A_SITE = re.compile(
    r".{1,8}(?:新闻网|资讯网|新闻客户端|新闻频道|门户网站?|官方网站)|[\w.-]+\.(?:com|cn|net|org)(?:\.\w+)?", re.I
)


@frozen(kw_only=True)
class Topic:
    """One thing a story is about."""

    topic: str
    """A place by its usual short name (太原, not 太原市); the rest as the page prints it, in simplified script."""
    kind: Kind
    position: int
    """1 = the breadcrumb's."""


def topics_of(article: Article) -> tuple[Topic, ...]:
    """What ``article`` is about, position 1 first: see :func:`topics_told`."""
    place = article.dateline.place if article.dateline else None
    return topics_told(
        place="/".join(place) if isinstance(place, tuple) else place,
        section=article.section,
        keywords=article.keywords,
        headline=article.headline,
        body_text=article.body_text,
        dateline=article.dateline.raw if article.dateline else None,
        language=article.language,
    )


def topics_told(
    *,
    place: str | None,
    section: str | None,
    keywords: Sequence[str],
    headline: str | None,
    body_text: str | None,
    dateline: str | None,
    language: str,
) -> tuple[Topic, ...]:
    """The topics of the columns that the store keeps of an article, the breadcrumb's first, at most ``MOST``.

    First the dateline's place with what it lies in (高平, 晋城, 山西), then places in the headline, the section, the
    keywords, places in the lead, and what the places of headline and lead lie in: what is stated comes before what is
    read out of the text, and a place a headline names says more of a story than 国内 does. A topic that comes twice
    counts once, where it came first; a keyword that is a place's name is that place. Left out are keywords that say
    nothing: names of sites, the headline.
    """
    found: dict[str, Kind] = {}
    stands = list(_dateline_places(place, dateline, language))

    def add(kind: Kind, words: Iterable[str]) -> None:
        for word in words:
            if topic := " ".join(word.split()):
                found.setdefault(topic, kind)

    add("place", stands)
    heading = _named(headline, language, stands)
    add("place", heading)
    for kind, word in _stated(section, keywords, headline, language):
        add(kind, [word])
    lead = _named(_lead(body_text, dateline), language, stands)
    add("place", lead)
    for name in (*heading, *lead):
        add("place", place_called(name, language, beyond_doubt=True)[1:])
    return tuple(
        Topic(topic=topic, kind=kind, position=position)
        for position, (topic, kind) in enumerate(list(found.items())[:MOST], 1)
    )


def _dateline_places(place: str | None, dateline: str | None, language: str) -> Iterator[str]:
    """Every city, then what they lie in; where none stands, the region of 中新网山西新闻."""
    printed = place.split("/") if place else []
    if not printed and dateline and (line := read_dateline(dateline)) and line.region_edition:
        printed = [line.region_edition]
    around: list[str] = []
    for name in printed:
        if known := place_called(name, language):
            yield known[0]
            around += known[1:]
        else:
            yield name.title() if name.isupper() and name.isascii() else _folded(name, language)
    yield from around


def _stated(
    section: str | None, keywords: Sequence[str], headline: str | None, language: str
) -> Iterator[tuple[Kind, str]]:
    if section:
        known = place_called(section, language, beyond_doubt=True)
        yield "section", known[0] if known else _folded(section, language)
    kept = 0
    for keyword in keywords:
        word = " ".join(keyword.split())
        if not _says_something(word, headline):
            continue
        known = place_called(word, language, beyond_doubt=True)
        yield ("place", known[0]) if known else ("keyword", _folded(word, language))
        kept += 1
        if kept == _MOST_KEYWORDS:
            return


def _says_something(keyword: str, headline: str | None) -> bool:
    length = sum(2 if not is_chinese(word) and word.isalpha() else len(word) for word in keyword.split())
    if not keyword or length > _LONGEST or keyword.casefold() in _SITES or _A_SITE.fullmatch(keyword):
        return False
    return any(sign.isalpha() for sign in keyword) and keyword != " ".join((headline or "").split())


def _named(text: str | None, language: str, stands: Sequence[str]) -> list[str]:
    english = language.startswith("en")
    found = places_in(text or "", language=language, near=stands)
    return [place.english if english and place.english else place.name for place in found]


def _lead(body_text: str | None, dateline: str | None) -> str:
    body = body_text or ""
    start = body.find(dateline, 0, 400 + len(dateline)) if dateline else -1
    begins = start + len(dateline) if dateline and start >= 0 else 0
    return body[begins : begins + LEAD]


def _folded(word: str, language: str) -> str:
    return simplified(word) if language.startswith("zh") else word
