"""The pathological pages of ``pathological.py``, by name; each is built when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable

SENTENCE = "河水在夜里退去，清晨的街道上只剩下泥沙和倒伏的芦苇，人们开始清扫各自的门前。"
ENGLISH = "The river fell back during the night, and by morning only silt and broken reeds were left on the road. "
STORY = "".join(f"<p>{place}。{SENTENCE * 3}</p>" for place in "一二三四")


def page(junk: str = "", *, head: str = "", before: str = "", story: str = STORY, line: str | None = None) -> bytes:
    """A page with a headline, a line of date and source, a story of four paragraphs, and ``junk`` behind it."""
    printed = "2025年11月19日 16:29　来源：某某日报" if line is None else line
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>河水退去以后的清晨 - 某某网</title>{head}</head><body>"
        f"{before}<h1>河水退去以后的清晨</h1><div class=info>{printed}</div><div class=content>{story}</div>{junk}"
        "</body></html>"
    ).encode()


def inside(junk: str) -> bytes:
    """The same with ``junk`` in the midst of the story."""
    return page(story=STORY + junk + STORY)


def story_of(text: str) -> bytes:
    """A page whose story ends with a paragraph of ``text`` and begins with one."""
    return page(story=f"<p>{text}</p>{STORY}<p>{text}</p>")


def blanks(number: int) -> str:
    return " " * number


def _deep_json(depth: int) -> str:
    return '{"@type":"NewsArticle","author":' + '{"name":' * depth + '"x"' + "}" * depth + "}"


def _script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def _articles(number: int) -> str:
    return json.dumps([{"@type": "WebPage", "mainEntity": {"@type": "Thing", "name": str(i)}} for i in range(number)])


PAGES: dict[str, Callable[[], bytes]] = {
    # -- elements -----------------------------------------------------------------------------------------------------
    "1 MB of nested divs": lambda: page("<div>" * 100_000 + "x" + "</div>" * 80_000),
    "1 MB of nested divs, all unclosed": lambda: b"<div>" * 200_000,
    "2,000 nested divs with words": lambda: page("".join(f"<div>{SENTENCE}" for _ in range(1900))),
    "1,500 nested divs with names": lambda: page(
        "".join(f'<div class="related box-{i}">{ENGLISH}' for i in range(1500))
    ),
    "story in 1,500 nested divs": lambda: page(story="<div>" * 1500 + STORY * 20 + "</div>" * 1500),
    "nested articles with words": lambda: page("".join(f"<article><h2>{i}</h2>{SENTENCE}" for i in range(1500))),
    "nested asides": lambda: page("".join(f"<aside>{SENTENCE}" for _ in range(1500))),
    "nested hidden divs": lambda: page("".join(f"<div style='display:none'><p>{SENTENCE}" for _ in range(800))),
    "nested boxes in the story": lambda: inside(
        "".join(f"<div class=share-box><p>{SENTENCE}</p>" for _ in range(1500))
    ),
    "nested figures in the story": lambda: inside("<figure><img src=/a.jpg>" * 1500),
    "nested lists in the story": lambda: inside(f"<ul><li>{SENTENCE}" * 900),
    "nested tables": lambda: inside("<table><tr><td>" * 900),
    "nested blockquotes": lambda: inside(f"<blockquote>{SENTENCE}" * 1500),
    "nested inline marks": lambda: inside("<b><i>x" * 900 + SENTENCE),
    "10,000 inline marks unclosed": lambda: inside("".join(f"<p><b><i><em>{SENTENCE}" for _ in range(3000))),
    "100,000 empty inline marks": lambda: inside("<p>" + "<b><i></i></b>" * 50_000 + "</p>"),
    "50,000 words in marks, one paragraph": lambda: inside("<p>" + "<b>水</b>流" * 50_000 + "</p>"),
    "100,000 links": lambda: page("".join(f"<a href=/a/{i}.html>第{i}条消息的标题</a>\n" for i in range(100_000))),
    "100,000 links in the story": lambda: inside("".join(f"<a href=/a/{i}.html>标题{i}</a>" for i in range(100_000))),
    "100,000 links in lists": lambda: page("".join(f"<li><a href=/a/{i}.html>消息的标题</a>" for i in range(100_000))),
    "1 MB of nested boxes of comments": lambda: page(
        "<div class=comments>" * 250 + f"<p>{SENTENCE}</p>" * 8000, head="<meta property=og:title content=Comments>"
    ).replace("河水退去以后的清晨".encode(), b"Comments"),
    "30,000 list items under a related heading": lambda: page(
        "<h3>相关新闻</h3><ul>"
        + "".join(f"<li><a href=/a/{i}.html>第{i}条消息</a> 11-19" for i in range(30_000))
        + "</ul>"
    ),
    "10,000 related headings": lambda: page("<h3>相关新闻</h3>" * 10_000),
    "10,000 related headings, each with a link": lambda: page(
        "<h3>相关新闻</h3><a href=/a.html>一条旧消息</a>" * 10_000
    ),
    "3,000 related headings over one list": lambda: page(
        "".join("<div><b>相关阅读</b></div>" for _ in range(3_000))
        + "<ul>"
        + "<li><a href=/b>旧消息一条</a>" * 3_000
        + "</ul>"
    ),
    "20,000 next links": lambda: page("<a href=/wild_2.html>下一页</a><a rel=next href=#>下一页</a>" * 10_000),
    "50,000 line breaks": lambda: page(story=STORY + "<br>" * 50_000),
    "50,000 line breaks between words": lambda: page(story=STORY + f"{SENTENCE}<br>" * 50_000),
    "50,000 line breaks in a paragraph": lambda: inside("<p>水" + "<br>" * 50_000 + "</p>"),
    "50,000 line breaks in a mark": lambda: inside("<p><b>水" + "<br>水" * 25_000 + "</b></p>"),
    "20,000 empty paragraphs": lambda: inside("<p></p>" * 20_000),
    "20,000 empty paragraphs of a blank": lambda: inside("<p>&nbsp;</p>" * 20_000),
    "100,000 attributes on one element": lambda: inside(
        "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x</div>"
    ),
    "1 MB of class names": lambda: inside("<div class='" + "with-related-box " * 60_000 + f"'>{STORY}</div>"),
    "20,000 different class names": lambda: page(
        "".join(f"<div class='with-related-{i} box-list-{i}'>{SENTENCE}</div>" for i in range(20_000))
    ),
    "a class name of 100,000 box words": lambda: inside(
        "<p class='related" + "-box-list-item" * 30_000 + f"x'>{SENTENCE}</p>"
    ),
    "10,000 tables": lambda: inside("<table><tr><td>a<td>b<tr><td>c<td>d</table>" * 10_000),
    "a table of 10,000 rows": lambda: inside("<table>" + "<tr><td>甲<td>1<td>2" * 10_000 + "</table>"),
    "a row of 20,000 cells": lambda: inside("<table><tr>" + "<td>甲" * 20_000 + "<tr><td>x</table>"),
    "100,000 metas": lambda: page(head="".join(f"<meta name=n{i} content=c{i}>" for i in range(100_000))),
    "100,000 metas of one name": lambda: page(head="<meta name=robots content='noindex, nofollow'>" * 100_000),
    "50,000 head links": lambda: page(head="<link rel='next canonical' href=/x>" * 50_000),
    "50,000 authors in metas": lambda: page(head="<meta property=article:author content='Jane Doe'>" * 50_000),
    "20,000 images": lambda: inside("<img src=/a.jpg alt=河>" * 20_000),
    "10,000 figures with captions": lambda: inside(
        "".join(f"<figure><img src=/{i}.jpg><figcaption>图为河边。 甲摄</figcaption></figure>" for i in range(10_000))
    ),
    "20,000 headlines": lambda: page("<h1>河水退去以后的清晨</h1>" * 20_000),
    "20,000 other headlines": lambda: page("".join(f"<h1>另一条消息{i}</h1>" for i in range(20_000))),
    "20,000 times": lambda: page("<time datetime=wild>昨天</time>" * 20_000, line=""),
    "20,000 wrong dates in microdata": lambda: page(
        "<i itemprop=datePublished content='1st of never 2020'></i>" * 20_000, line=""
    ),
    "20,000 bylines": lambda: page(
        "".join(f"<span class=author><a rel=author href=/x>Jane Doe {i}</a></span>" for i in range(20_000))
    ),
    "20,000 microdata authors": lambda: page(
        "<span itemprop=author itemscope><i itemprop=name>Jane Doe</i></span>" * 20_000
    ),
    "20,000 editor lines": lambda: page("<p>责任编辑：王小明</p>" * 20_000),
    "20,000 editor lines in the story": lambda: inside("<p>责任编辑：王小明</p>" * 20_000),
    "20,000 source labels": lambda: page("<span>来源：某某日报</span>" * 20_000),
    "20,000 comments": lambda: inside("<!-- x -->" * 20_000),
    "20,000 scripts": lambda: page("<script>x=1</script>" * 20_000),
    "20,000 forms": lambda: inside("<form><input><label>x</label></form>" * 20_000),
    "20,000 breadcrumbs": lambda: page(
        before="<div class=breadcrumb>" + "<a href=/x>频道</a> &gt; " * 20_000 + "</div>"
    ),
    "20,000 tags": lambda: page("<div class=tags>" + "<a href=/t rel=tag>词</a>" * 20_000 + "</div>"),
    "20,000 iframes": lambda: inside("<iframe src=/x></iframe>" * 20_000),
    # -- text ---------------------------------------------------------------------------------------------------------
    "5 MB of plain paragraphs": lambda: page(story=f"<p>{ENGLISH * 5}</p>" * 10_000),
    "5 MB of plain Chinese paragraphs": lambda: page(story=f"<p>{SENTENCE * 3}</p>" * 14_000),
    "1 MB of one paragraph": lambda: page(story=f"<p>{ENGLISH * 10_000}</p>"),
    "1 MB of one word": lambda: page(story=f"<p>{'x' * 1_000_000}</p>"),
    "1 MB of Han without punctuation": lambda: page(story=f"<p>{'河水退去' * 90_000}</p>"),
    "1 MB of blanks": lambda: inside(blanks(1_000_000)),
    "1 MB of blanks in a paragraph": lambda: inside(f"<p>水{blanks(1_000_000)}水</p>"),
    "1 MB of line ends": lambda: inside("<p>水" + "\n" * 1_000_000 + "水</p>"),
    "1 MB of wide blanks": lambda: inside("<p>" + "\u3000" * 350_000 + "水</p>"),
    "1 MB of zero-width blanks": lambda: inside("<p>水" + "\u200b" * 350_000 + "水</p>"),
    "1 MB of punctuation": lambda: inside("<p>" + "。，" * 160_000 + "</p>"),
    "1 MB of brackets": lambda: story_of("（" * 300_000),
    "1 MB of less-than signs": lambda: page("<" * 1_000_000),
    "1 MB of entities": lambda: inside("<p>" + "&amp;lt;" * 125_000 + "</p>"),
    "1 MB of broken entities": lambda: inside("<p>" + "&" * 1_000_000 + "</p>"),
    "1 MB in the title": lambda: page(head="<title>" + "河 - " * 200_000 + "</title>"),
    "1 MB in the headline": lambda: page(before="<h1>" + "河 - " * 200_000 + "</h1>"),
    "1 MB in a description": lambda: page(head="<meta property=og:description content='" + ENGLISH * 10_000 + "'>"),
    "1 MB in og:title": lambda: page(head="<meta property=og:title content='" + "河 - _ | " * 100_000 + "'>"),
    "1 MB in keywords": lambda: page(head="<meta name=keywords content='" + "词, " * 200_000 + "'>"),
    "1 MB in a date": lambda: page(head="<meta property=article:published_time content='" + "2025-" * 200_000 + "'>"),
    "1 MB in an author": lambda: page(head="<meta name=author content='" + "By Jane Doe and " * 60_000 + "'>"),
    "1 MB of NULs": lambda: inside("\0" * 1_000_000),
    "1 MB of a base64 image": lambda: inside("<img src='data:image/png;base64," + "A" * 1_000_000 + "'>"),
    "1 MB in an alt": lambda: inside("<img src=/a.jpg alt='" + "<a " * 300_000 + "'>"),
    "1 MB in an alt of links": lambda: inside("<img src=/a.jpg alt='" + "<a href=/x>x</a> " * 60_000 + "\"'>"),
    "1 MB of broken alt attributes": lambda: inside("<img src=/a.jpg alt='<a href=/x>x'>" + ("<i title='<a" * 80_000)),
    "1 MB in an address": lambda: inside("<p><a href='/" + "a/" * 500_000 + "'>x</a>水</p>"),
    "1 MB in an address of dots": lambda: inside("<p><a href='/" + "../" * 300_000 + "'>x</a>水</p>"),
    "1 MB in an address of blanks": lambda: inside("<p><a href='/" + " a" * 500_000 + "'>x</a>水</p>"),
    "1 MB in a style": lambda: inside("<div style='" + "display :" * 110_000 + f"'>{STORY}</div>"),
    "1 MB in a lang": lambda: page().replace(b"<html", b"<html lang='" + b"zh-" * 300_000 + b"'"),
    # -- scripts ------------------------------------------------------------------------------------------------------
    "a 10 MB script": lambda: page(head="<script>" + "var a = {b: [1, 2, 3]};\n" * 430_000 + "</script>"),
    "a 10 MB script of Han": lambda: page(
        head="<script>" + "var a = '编辑：下一页 相关新闻';\n" * 250_000 + "</script>"
    ),
    "a 10 MB state script": lambda: page(
        "<script>window.__INITIAL_STATE__ = "
        + json.dumps({"a": [{"title": "x", "content": ENGLISH}] * 60_000})
        + "</script>"
    ),
    "a broken 5 MB state script": lambda: page("<script>window.DATA = {" + '"a": [{"b": "' * 400_000 + "</script>"),
    "deep JSON-LD": lambda: page(head=_script(_deep_json(100_000))),
    "deep lists in JSON-LD": lambda: page(head=_script("[" * 500_000)),
    "broken JSON-LD": lambda: page(head=_script(_articles(10_000)[:-1])),
    "JSON-LD of 20,000 things": lambda: page(head=_script(_articles(20_000))),
    "JSON-LD of 100,000 authors": lambda: page(
        head=_script(json.dumps({"@type": "NewsArticle", "author": [{"name": f"Jane Doe {i}"} for i in range(30_000)]}))
    ),
    "JSON-LD wrapped 50,000 times": lambda: page(head=_script("<!--" * 50_000 + "{}" + "-->" * 50_000)),
    "JSON-LD with 300,000 commas": lambda: page(head=_script('{"a": [1' + ",  " * 300_000 + "]")),
    "JSON-LD of blanks and a comma": lambda: page(head=_script('{"a": [1' + "," + blanks(300_000) + "x]")),
    "JSON-LD ending in blanks": lambda: page(head=_script("{x" + blanks(300_000) + "y")),
    "JSON-LD of semicolons": lambda: page(head=_script("{}" + ";" * 100_000)),
    "5,000 JSON-LD scripts": lambda: page(head=_script('{"@type":"Thing"}') * 5_000),
    "5,000 broken JSON-LD scripts": lambda: page(head=_script('{"@type":"Thing",,') * 5_000),
    "JSON-LD with an articleBody of 1 MB": lambda: page(
        head=_script(json.dumps({"@type": "NewsArticle", "articleBody": ENGLISH * 10_000})),
        story=f"<p>{ENGLISH}</p>" * 5_000,
    ),
    "JSON-LD with a headline of 1 MB": lambda: page(
        head=_script(json.dumps({"@type": "NewsArticle", "headline": "河 - " * 200_000}))
    ),
    "JSON-LD with a date of 1 MB": lambda: page(
        head=_script(json.dumps({"@type": "NewsArticle", "datePublished": "11月 " * 200_000}))
    ),
    "JSON-LD with an author of 1 MB": lambda: page(
        head=_script(json.dumps({"@type": "NewsArticle", "author": "By Jo, " * 150_000}))
    ),
    # -- what patterns are tried on -----------------------------------------------------------------------------------
    "记者 100,000 times": lambda: story_of("记者" * 100_000),
    "记者 in 10,000 short lines": lambda: page(story="<p>记者记者记者记者</p>" * 10_000),
    "记者 in a line of 120": lambda: page(story=("<p>" + "记者" * 58 + "</p>") * 500 + STORY),
    "names in lines of 120": lambda: page(story=("<p>作者：" + "王小明" * 38 + "</p>") * 500 + STORY),
    "digits for a date": lambda: page(line="2025年" + "1" * 100_000 + "月"),
    "dates without end": lambda: page(line="2025-11-19 " * 50_000),
    "blanks in a date": lambda: page(line="2025" + blanks(100_000) + "年" + blanks(100_000) + "11"),
    "brackets at the end": lambda: story_of("水。" + "（记者：" * 50_000 + "）"),
    "open brackets at the end": lambda: story_of("水。" + "（甲" * 30 + "）"),
    "blanks before the end": lambda: story_of("水。" + "\u3000" * 100_000 + "（完"),
    "blanks and the end mark": lambda: story_of("水。（完" + "\u3000" * 100_000 + "x"),
    "source labels in one line": lambda: page(line="来源：" * 50_000),
    "source with blanks": lambda: page(line="来源" + "\u3000" * 100_000 + "某某"),
    "By without end": lambda: page(line="By " * 50_000 + "Jane"),
    "By names without end": lambda: page(line="By " + "Jane Doe and " * 20_000),
    "capital words at the head": lambda: story_of("BEIJING, " * 30_000 + "(Reuters) - "),
    "capital names at the head": lambda: story_of("New York de la " * 20_000),
    "a dateline of blanks": lambda: story_of("中新网" + "\u3000" * 100_000 + "11月19日电"),
    "photo credits": lambda: inside("<img src=/a.jpg><p>图为" + "甲 摄" * 30 + "x</p>"),
    "captions of blanks": lambda: inside(
        "<figure><img src=/a.jpg><figcaption>" + "甲 " * 100_000 + "摄x</figcaption></figure>"
    ),
    "labels of blanks": lambda: page(f"<h3>{blanks(50_000)}相关新闻{blanks(50_000)}x</h3>" * 5),
    "short labels of blanks": lambda: page(f"<h3>【 {blanks(70)}相关新闻</h3>" * 10_000),
    "notices": lambda: page(story=STORY + ("<p>未经" + "授权" * 55 + "</p>") * 2_000),
    "copyright lines": lambda: page(story=STORY + ("<p>版权所有" + "©" * 90 + "</p>") * 2_000),
    "dates in short lines": lambda: page(
        story="".join(f"<p>2025-11-19 1{i % 10}:29</p>" for i in range(10_000)) + STORY
    ),
    "day names without end": lambda: page(line="Monday " * 20_000 + "1 January 2025"),
    "Latin words before the headline": lambda: page(before="<p>" + "January 1st, " * 50_000 + "</p>"),
    "editors in a line": lambda: page("<p>责任编辑：" + "王 " * 30 + "</p>" * 1_000),
    "titles with suffixes": lambda: page(head="<meta property=og:title content='" + " - a" * 70 + "'>"),
    "charset in 4,000 bytes": lambda: b"<" * 3_900 + b"<meta charset=" + b"x" * 100_000,
    "bytes of no encoding": lambda: b"<html><body><p>" + bytes(range(128, 256)) * 8_000,
    "GBK islands": lambda: page("#".join("水" for _ in range(10))).replace(b"#", "水".encode("gbk") + b"<") * 3_000,
    "latin bytes in UTF-8": lambda: page(story=STORY + "水#" * 100_000).replace(b"#", b"\xe9\xe8\xe7\xe9<b>"),
    "cut UTF-8": lambda: page(story="<p>" + "水" * 300_000).replace("水水水".encode(), "水水水".encode()[:-1]),
}
