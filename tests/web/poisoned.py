"""A newsroom in the shape of chinanews.com.cn's markup whose every field is a vector: for a crawl by replay.

A vector has two articles. The *told* one holds it as entities, so that what is read is the live vector as text; the
*raw* one as it stands, as if the publisher's own system had been broken into (none where that is the same). An *odd*
one is in another charset (xss_bytes). The page's own words are ours.

What the reader of this publisher lets through into no field (it takes no vector for an editor) is planted: written into
the store as if another publisher's reader had.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import attrs
from store_made import CLOCK, article
from xss_bytes import MARK, Odd
from xss_vectors import Vector

from newscrawl.archive.writer import ArchiveWriter
from newscrawl.items import Article, Crumb, Dateline, Image, Related
from newscrawl.pipelines.sanitise import sanitise
from newscrawl.store.writer import Publisher, Writer

HOST = "https://www.chinanews.com.cn"
AT = datetime(2025, 11, 19, 9, tzinfo=UTC)
WORD = "毒讯"
"""In every headline and in every text, so that a search finds them all."""
_FIRST = {"told": 10510000, "raw": 10520000, "odd": 10530000, "told more": 10540000, "raw more": 10550000}
_CHANNELS = ("china", "society", "world", "finance")
_LISTED = 7
"""Of so many vectors (or groups of planted ones) one is a section's name; all are keywords, and so topics."""
_JOINED = 6
_DAYS = ("11-17", "11-18", "11-19")


@attrs.frozen
class Poisoned:
    """An article whose every field is the vector."""

    vector: Vector
    way: str
    odd: Odd | None = None
    more: tuple[str, ...] = ()
    """Vectors of others that stand in its story, too."""

    @property
    def number(self) -> int:
        return _FIRST[self.way] + self.vector.number

    @property
    def key(self) -> str:
        return f"chinanews:{self.number}"

    @property
    def day(self) -> str:
        return _DAYS[self.vector.number % len(_DAYS)]

    @property
    def path(self) -> str:
        return f"/gn/2025/{self.day}/{self.number}.shtml"

    @property
    def words(self) -> str:
        """The vector as the page's source has it."""
        return self.spelt(self.vector.text)

    def spelt(self, text: str) -> str:
        return text if self.way.startswith("raw") else html.escape(text)


def newsroom(vectors: Sequence[Vector], odd: Iterable[Odd] = ()) -> Iterator[Poisoned]:
    yield from (Poisoned(vector, "told") for vector in vectors)
    yield from (Poisoned(vector, "raw") for vector in vectors if html.escape(vector.text) != vector.text)
    yield from (Poisoned(Vector(one.number, "bytes", MARK), "odd", one) for one in odd)


def of_others(texts: Sequence[str], together: int = 100) -> Iterator[Poisoned]:
    """Articles with ``together`` vectors of somebody else's list in each."""
    for number, first in enumerate(range(0, len(texts), together), start=1):
        more = tuple(texts[first : first + together])
        for way in ("told more", "raw more"):
            yield Poisoned(Vector(number, "others", more[0]), way, more=more)


def write(folder: Path, articles: Sequence[Poisoned]) -> Path:
    """The newsroom as a WARC file: listings, feed, channels, articles."""
    name = "poisoned"
    with closing(ArchiveWriter(folder, name)) as archive:

        def put(path: str, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
            content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
            headers = [("Content-Type", kind)]
            archive.write(url=HOST + path, status=200, headers=headers, body=content, fetched_at=AT)

        put("/robots.txt", "User-agent: *\nDisallow:\n", "text/plain")
        put("/scroll-news/news1.html", listing(articles, raw=False))
        put("/rss/scroll-news.xml", feed(articles), "application/xml")
        for place, channel in enumerate(_CHANNELS):
            put(f"/{channel}/", listing(articles[place :: len(_CHANNELS)]))
        for one in articles:
            if one.odd is None:
                put(one.path, page(one))
            else:
                charset = f"; charset={one.odd.charset}" if one.number % 2 else ""
                put(one.path, one.odd.encoded(page(one)), f"text/html{charset}")
    return folder / f"{name}.warc.gz"


def listing(articles: Sequence[Poisoned], *, raw: bool = True) -> str:
    """Without ``raw`` the vectors are told in it, so that its links can be read."""
    items = "\n".join(
        f'<li><div class="dd_lm">[<a href="/gn.shtml">{words}</a>]</div> <div class="dd_bt">'
        f'<a href="{one.path}" title="{words}">{WORD}{one.number}{words}</a></div>'
        f'<div class="dd_time">{one.day} 16:29</div></li>'
        for one in articles
        for words in [one.words if raw else html.escape(one.vector.text)]
    )
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>滚动新闻-中新网</title></head><body>
<div class="content_list"><ul>
{items}
</ul></div></body></html>"""


def feed(articles: Sequence[Poisoned]) -> str:
    items = "\n".join(
        f"<item><title>{html.escape(one.vector.text)}</title><link>{HOST}{one.path}</link>"
        f"<description>{html.escape(html.escape(one.vector.text))}</description>"
        f"<category>{html.escape(one.vector.text)}</category></item>"
        for one in articles
        if one.vector.text.isprintable()
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    )


def page(one: Poisoned) -> str:
    """The article's page. What the vector could swallow stands behind what is to be read."""
    v, number = one.words, one.number
    data = json.dumps(_data(one), ensure_ascii=False).replace("<", "\\u003c")
    year_day = f"2025-{one.day}"
    month, day = one.day.split("-")
    bracket = f"(记者 {v})" if number % 2 else ""
    place = v if number % 3 == 0 else "太原"
    section = v if number % _LISTED == 0 else "国内"
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="UTF-8">
<!--[4,8,{number}] published at {year_day} 16:36:05 from #10 by {v}-->
<meta name="keywords" content="{v},{WORD},太原">
<meta name="description" content="摘要{v}">
<meta property="og:image" content="{v}">
<base target="_blank">
<script type="application/ld+json">{data}</script>
<title>{WORD}{number}{v} -中新网</title>
</head>
<body>
<div id="con"><div class="con_left">
<div id="nav_div"><div id="nav"><a href="//www.chinanews.com.cn/">首页</a> →  <a href="{v}">{v}</a> →
<a href="//www.chinanews.com.cn/china/">{section}</a></div></div>
<div class="content" id="cont_1_1_2"><div class="content_maincontent_more">
<h1 class="content_left_title">{WORD}{number}{v}</h1>
<div id="BaiduSpider" style="display:none">
<span id="pubtime_baidu">{year_day} 16:29:33</span>
<span id="source_baidu">来源：<a href="{v}" target="_blank">{v}</a></span>
<span id="author_baidu">作者：{v}</span>
<span id="editor_baidu">责任编辑：{v}</span>
</div>
<div class="content_left_time">2025年{month}月{day}日 16:29　来源：<a href="{v}" class="source">{v}</a></div>
<div class="content_maincontent_content">
<div class="left_zw">
<p>　　中新网{place}{month}月{day}日电 {bracket}{WORD}第{number}号：{_story(number)}</p>
<div style="text-align:center"><img alt="{v}" src="//i2.chinanews.com.cn/simg/{number}.jpg"></div>
<div class="pictext">　　图为{v}。中新网记者 {v} 摄</div>
<p>　　更正：{v}</p>
<p>　　{v}</p>
<p>　　他们说<a href="{v}">{v}</a>，又说<a href="https://x.example/?q={v}" title="{v}">链接{number}</a>。</p>
<p>　　通讯员 {v}</p>
<div style="text-align:center"><img src="{v}" alt="{v}" width="{v}"></div>
<p>　　{one.vector.text}</p>
<div><a href='{v}'>单引号{number}</a><img src='{v}' alt='{v}'></div>
<div><a href={v}>无引号{number}</a><img src=//i2.chinanews.com.cn/b{number}.jpg alt={v}></div>
<table><tr><td colspan="{v}">{v}</td><td>{one.vector.text}</td></tr></table>
{"".join(f"<p>{one.spelt(text)}</p>" for text in one.more)}
<p>　　{_story(number + 1)}(完)</p>
<div class="adEditor"><div class="left_name right"> <span>【编辑:{v}】 </span></div></div>
</div></div></div></div>
<div id="xgxw"><h4 class="newsRecommendTitle">相关新闻：</h4><ul class="news_list_ul">
<li><a href="/sh/2025/11-16/{number - 9000}.shtml">相关{number}{v}</a><span class="right">2025年11月16日</span></li>
<li><a href="https://x.example/{number}?{v}">{v}</a><span class="right">2025年11月15日 17:20</span></li>
<li><a href="{v}">地址{number}{v}</a><span class="right">2025年11月14日 17:20</span></li>
</ul></div>
</div></div>
</body>
</html>"""


def plant(path: Path, vectors: Sequence[Vector]) -> None:
    """Write articles every field of which is some vectors, into the store at ``path``; the publishers are called by
    them, too."""
    groups = [vectors[first : first + _JOINED] for first in range(0, len(vectors), _JOINED)]
    called = [Publisher(slug=f"source{group[0].number}", name=group[0].text) for group in groups[::8]]
    with Writer(path, sources=called, clock=CLOCK) as writer:
        for place, group in enumerate(groups):
            writer.add(sanitise(_planted(group, called[place % len(called)].slug, listed=place % _LISTED == 0)))


def _planted(group: Sequence[Vector], source: str, *, listed: bool) -> Article:
    each, number = tuple(vector.text for vector in group), group[0].number
    text, address = "".join(each), f"https://x.example/{number}/"
    story = f"{WORD}{_story(number + 5)}"
    pictures = tuple(Image(url=address + one, caption=one, credit=one, alt=one) for one in each)
    return article(
        f"{number}/{text}",
        source=source,
        language=each[0] if number % 2 else "zh",
        url=address + text,
        headline=f"{WORD}{number}{text}",
        subheadline=text,
        section=each[0] if listed else "国内",
        breadcrumbs=tuple(Crumb(name=one, url=address + one) for one in each),
        dateline=Dateline(
            raw=text, agency=text, place=each[:1] if listed else "太原", month=11, day=19, year=2025, end=len(text)
        ),
        authors=(*each, "林一"),
        correspondents=each,
        account=text,
        editors=each,
        credit=text,
        credit_url=address + text,
        summary=text,
        body_html=f"<p>{story}</p>"
        + "".join(f"{one}<a href='{one}'>x</a><img src='{one}' alt='{one}'>" for one in each),
        body_text=f"{story}\n{text}",
        images=pictures,
        lead_image=pictures[0],
        keywords=each[:1] if listed else (WORD,),
        correction=text,
        disclaimer=text,
        related=(
            *(Related(headline=one, url=address + one, summary=one) for one in each),
            Related(headline=text, url=None, summary=text),
        ),
    )


def _data(one: Poisoned) -> dict[str, object]:
    text = one.vector.text
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "alternativeHeadline": f"副题{text}",
        "author": [{"@type": "Person", "name": text, "url": text}],
        "image": {"@type": "ImageObject", "url": text, "caption": text},
    }


def _story(number: int) -> str:
    """Words of an article's own, so that no two are versions of one story."""
    signs = "".join(chr(0x4E00 + (number * 7919 + place * 104729) % 20000) for place in range(40))
    return f"{signs[:20]}，{signs[20:]}。"
