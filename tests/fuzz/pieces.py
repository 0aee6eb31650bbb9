"""What wild pages and lines are put together from: markup, words and whole lines as news pages print them.

One byte of the fuzzer's input is one piece, so that it mutates pages and not letters.
"""

from __future__ import annotations


def divided(pieces: str) -> tuple[str, ...]:
    """The pieces, which a broken bar divides."""
    return tuple(pieces.split("¦"))


WORDS = divided(
    "河水在夜里退去，清晨的街道上只剩下泥沙和倒伏的芦苇。¦The river fell back during the night.¦水¦x¦\n¦ ¦"
    "\u3000\u3000¦\u200b¦\xa0¦\u2028¦\u202e¦\x00¦\x1b[2J¦\ufeff¦&¦&#27;¦&amp;lt;¦&#xD800;¦作者：方敏¦"
    "记者 方敏 通讯员 王小明¦（记者：方敏）¦（方敏）¦责任编辑：李明_NB12¦【编辑:李明】¦文/方敏¦编辑¦"
    "By Jane Doe¦By Jane Doe and John Roe¦Editor: Liu Qing¦Source: Xinhua¦Photo by Jo Roe¦来源：某某日报¦摄¦"
    "中新网太原11月19日电 (方敏)¦新华社北京2月29日电¦本报讯（记者 方敏）¦BEIJING, Jan. 14 (Xinhua) -- ¦"
    "（完）¦电¦2025年11月19日 16:29¦2025-11-19T16:29:05+08:00¦11-19 16:29¦昨天 25:61¦3小时前¦"
    "19 November 2025¦发布时间：¦2025年13月40日¦0000-00-00¦9999-12-31T23:59¦０２５年¦下一页¦下一篇¦相关新闻¦"
    "版权声明¦原标题：¦图为¦404¦页面不存在¦资料图¦△¦▼¦…¦|¦_¦ - ¦：¦:¦。¦，¦（¦）¦【¦】¦“¦/¦·¦1¦０¦十¦²¦٣¦é¦"
    "한국어 기사¦記者の目¦新聞記者 葉明 報導¦🌊¦\U000e0001¦\ud7ff¦ß¦İ"
)
MARKUP = divided(
    "<p>¦</p>¦<div>¦</div>¦<br>¦<h1>¦</h1>¦<h2>¦</h2>¦<ul>¦<li>¦</ul>¦<table>¦<tr>¦<td>¦</table>¦<figure>¦"
    "<figcaption>¦</figure>¦<blockquote>¦</blockquote>¦<hr>¦<b>¦</b>¦<i>¦</i>¦<a href='/2025/a_2.html'>¦"
    "<a href='http://[/x'>¦<a href='//b.example/x#y'>¦<a href='javascript:x'>¦</a>¦"
    "<img src=/a.jpg alt='河 &quot;'>¦<img data-src='//[::1' src=x>¦<img srcset=','>¦<img srcset=' , a 2x'>¦"
    "<span class=author>¦<span class='byline source'>¦<div class=related>¦<div class=content>¦"
    "<div class=time>¦<article>¦</article>¦<aside>¦<nav>¦<footer>¦<time datetime='2025-11-19T16:29:05Z'>¦"
    "<time>¦</time>¦<span itemprop=author itemscope>¦<span itemprop=name>¦"
    "<i itemprop=datePublished content='2025-11-19'>¦<div itemprop=articleBody>¦<a rel=author href=/x>¦"
    "<a rel=next href='?page=2'>¦<link rel=canonical href='//x'>¦<meta name=author content='方敏'>¦"
    "<meta property=og:title content='河 - 某某网'>¦<meta name=keywords content=',，a;'>¦"
    "<meta property=article:published_time content='2025-11-19T16:29:05+08:00'>¦"
    "<meta http-equiv=refresh content='0;url=/'>¦<title>¦</title>¦<head>¦<body>¦<script>¦</script>¦<style>¦"
    "</style>¦<!--¦-->¦<![CDATA[¦]]>¦<script type=application/ld+json>¦"
    '{"@type":"NewsArticle","headline":"河水退去以后","author":¦{"name":"Jane Doe"}¦"x"¦[¦]¦'
    '{¦}¦"datePublished":"2025-11-19"¦"articleBody":"¦"¦window.DATA = ¦</¦<¦>¦=\'¦<p ¦'
    "style='display:none'¦hidden¦class='ad'¦<svg>¦<math>¦<noscript>¦<template>¦<iframe>¦<form>¦<input>¦"
    "<select>¦<textarea>¦<base href='//['>¦<font color=red>¦<center>¦<o:p>¦<dl><dt>¦<pre>¦<h1/>¦<?x¦"
    "<div class=left_zw>¦<div id=editor_baidu>¦<div class=left-t>¦<div class=adInContent>¦"
    "<div class=pictext>¦</li>¦</span>¦</figcaption>¦</td>"
)
PIECES = (*WORDS, *MARKUP)
_REPEAT = 255
"""The piece before it, as often as the next byte says."""
STORY = "<h1>河水退去以后的清晨</h1><p>2025-11-19 16:29 来源：某某日报</p><div>" + f"<p>{WORDS[0] * 4}</p>" * 3

ADDRESSES = divided(
    "http://¦https://¦//¦/¦?¦#¦:¦@¦[¦]¦[::1]¦%¦%2F¦%00¦..¦.¦;¦&¦=¦\\¦news.example¦www.chinanews.com.cn¦"
    "m.chinanews.com¦xn--¦例子.中国¦127.0.0.1¦:80¦:99999¦:x¦-¦gn/2025/11-19/10518234.shtml¦"
    "gn/2025/11-19/10518234_2.shtml¦a_2.html¦index.html¦page=2¦id=5¦utm_x=1¦javascript:¦mailto:¦data:¦\n¦\t¦"
    " ¦\u3000¦\xa0¦\u2100¦\uff0f¦１¦²¦\x00¦é¦\ud800"
)


def put_together(codes: bytes, pieces: tuple[str, ...] = PIECES) -> str:
    """The text that a string of bytes stands for; no more than 20,000 pieces."""
    out: list[str] = []
    steps = iter(codes)
    for code in steps:
        if code == _REPEAT and out:
            out.extend([out[-1]] * min(next(steps, 0), 20_000 - len(out)))
        else:
            out.append(pieces[code % len(pieces)])
        if len(out) >= 20_000:
            break
    return "".join(out)


def codes_of(*texts: str, pieces: tuple[str, ...] = PIECES) -> bytes:
    """The bytes that stand for these pieces: how a seed is written."""
    return bytes(pieces.index(text) for text in texts)
