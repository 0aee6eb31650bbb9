"""Four content systems on which the learning was tried: WordPress's kind, dedecms's, Drupal's and phpcms's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from messy import OTHER, Look, Story

HAN = {
    "tag": "标签：{}", "author": "{}的文章", "day": "{}的新闻", "search": "“{}”的搜索结果", "comments": "网友评论：{}",
    "about": "关于我们", "contact": "联系我们", "privacy": "版权声明", "login": "会员登录", "most": "点击排行",
    "section": "要闻",
}  # fmt: skip


class Pressed(Look):
    """WordPress's kind: days in addresses, ``<article>``, JSON-LD on two of three, og:type article on lists too."""

    name = "pressed"

    def at(self, story: Story) -> str:
        return f"/2025/11/{story.day:02d}/{story.slug}/"

    def section(self, page: int) -> str:
        return "/news/" if page == 1 else f"/news/page/{page}/"

    def list_of(self, kind: str, what: str) -> str:
        if kind == "day":
            return f"/{what.replace('-', '/')}/"
        return f"/?s={what}" if kind == "search" else f"/{kind}/{what.lower().replace(' ', '-')}/"

    def comments(self, story: Story) -> str:
        return f"{self.at(story)}comment-page-1/"

    def print_view(self, story: Story) -> str:
        return f"{self.at(story)}print/"

    def amp(self, story: Story) -> str | None:
        return f"{self.at(story)}amp/"

    def static(self, name: str) -> str:
        return f"/{name}/"

    def film(self, number: int) -> str:
        return f"/video/a-film-from-the-town-{number}/"

    def gallery(self, number: int) -> str:
        return f"/gallery/the-town-in-pictures-{number}/"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        classes = {"article": "post-template-default single single-post", "section": "archive category"}.get(kind, kind)
        kinds = {"article": "article", "tag": "article", "section": "article"}
        og = f'<meta property="og:type" content="{kinds.get(kind, "website")}">'
        menu = "".join(
            f'<li class="menu-item"><a href="{at}">{text}</a></li>'
            for at, text in (("/", "Home"), ("/news/", "Local news"), ("/about/", "About"), ("/a/yaowen/", "中文要闻"))
        )
        cloud = "".join(f'<a href="/tag/{word}/" class="tag-cloud-link">{word}</a> ' for word in ("bridges", "ferry"))
        days = "".join(f'<td><a href="/2025/11/{day:02d}/">{day}</a></td>' for day in range(1, 19, 3))
        most = f'<a href="{OTHER}/2025/11/18/most-read-story/">What everybody reads somewhere else today</a>'
        elsewhere = f"<ul><li>{most}</li></ul>"
        return (
            f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title} - The Town Record'
            f"</title>{og}{head}"
            f'</head><body class="{classes}"><header id="masthead"><nav><ul class="menu">{menu}</ul></nav></header>'
            f'<main id="main">{body}</main><aside class="widget-area"><section class="widget"><h2>Tags</h2>'
            f'<div class="tagcloud">{cloud}</div></section><section class="widget widget_calendar"><table><tr>{days}'
            f"</tr>"
            f'<tr><td><a href="/2025/10/">« Oct</a></td></tr></table></section><section class="widget"><h2>Elsewhere'
            f"</h2>"
            f'{elsewhere}</section></aside><footer class="site-footer"><a href="/privacy/">Privacy policy of the Town '
            f'Record</a> <a href="/contact/">Contact us</a> <a href="/login/">Log in</a></footer></body></html>'
        )

    def article(self, story: Story) -> str:
        body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title}
        data |= {
            "datePublished": f"{story.date}T{story.clock}:00+00:00",
            "author": {"@type": "Person", "name": story.author},
        }
        head = f'<script type="application/ld+json">{json.dumps(data)}</script>' if story.number % 3 else ""
        related = "".join(
            f'<li><a href="/2025/11/02/related-story-{n}-of-old/">An older story of the town, part {n}</a></li>'
            for n in range(3)
        )
        comments = "".join(
            f'<li class="comment"><p>I was there myself, {n} times this year.</p></li>' for n in range(5)
        )
        return self.frame(
            story.title,
            f'<article class="post hentry"><header class="entry-header"><h1 class="entry-title">{story.title}</h1>'
            f'<div class="entry-meta"><time datetime="{story.date}T{story.clock}:00+00:00">November {story.day}, '
            f"2025</time> by "
            f'<a rel="author" href="{self.list_of("author", story.author)}">{story.author}</a></div></header>'
            f'<div class="entry-content">{body}</div><footer class="entry-footer"><a href="/tag/{story.topic}/" '
            f'rel="tag">'
            f'{story.topic}</a> <a href="{self.at(story)}print/">Print this page</a></footer></article>'
            f'<div class="related"><h3>Related</h3><ul>{related}</ul></div><div id="comments"><ol>{comments}</ol>'
            f"</div>",
            kind="article",
            head=head,
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        entries = "".join(
            f'<article class="post-{s.number} post type-post tag-{s.topic} hentry"><a class="post-thumbnail" '
            f'href="{self.at(s)}">'
            f'<img src="/media/{s.number}.jpg" alt=""></a><h2 class="entry-title"><a href="{self.at(s)}" '
            f'rel="bookmark">{s.title}</a>'
            f'</h2><div class="entry-meta"><time datetime="{s.date}T{s.clock}:00+00:00">November {s.day}, 2025</time> '
            f'<a rel="author" href="{self.list_of("author", s.author)}">{s.author}</a></div><div class="entry-summary">'
            f'<p>{s.opening}</p><a class="more-link" href="{self.at(s)}">Continue reading {s.title}</a></div>'
            f'<footer class="entry-footer"><a href="{self.comments(s)}">{s.number % 9} Comments</a> <a '
            f'href="/tag/{s.topic}/">'
            f'{s.topic}</a> <a href="{self.at(s)}amp/">AMP</a></footer></article>'
            for s in some
        )
        return f'<header class="page-header"><h1 class="page-title">{heading}</h1></header>{entries}{bar}'

    def bar(self, page: int, last: int) -> str:
        older = (
            f'<div class="nav-previous"><a href="{self.section(page + 1)}">Older posts</a></div>' if page < last else ""
        )
        newer = f'<div class="nav-next"><a href="{self.section(page - 1)}">Newer posts</a></div>' if page > 1 else ""
        return f'<nav class="navigation">{older}{newer}</nav>'


class Dreamt(Look):
    """dedecms's kind: Chinese, flat lists in tables, no data of any sort, GB 18030."""

    name = "dreamt"
    language = "zh"
    words = HAN

    def at(self, story: Story) -> str:
        return f"/a/yaowen/2025/11{story.day:02d}/{story.number}.html"

    def section(self, page: int) -> str:
        return "/a/yaowen/" if page == 1 else f"/a/yaowen/list_5_{page}.html"

    def list_of(self, kind: str, what: str) -> str:
        if kind == "day":
            return f"/a/yaowen/{what[:4]}/{what[5:].replace('-', '')}/"
        return f"/tags/{quote(what)}.html" if kind == "tag" else f"/plus/search.php?{kind[0]}={quote(what)}"

    def comments(self, story: Story) -> str:
        return f"/plus/feedback.php?aid={story.number}"

    def print_view(self, story: Story) -> str:
        return f"/plus/print.php?aid={story.number}"

    def static(self, name: str) -> str:
        return f"/about/{name}.html"

    def film(self, number: int) -> str:
        return f"/shipin/2025/1118/{900 + number}.html"

    def gallery(self, number: int) -> str:
        return f"/tuji/2025/1118/{900 + number}.html"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        hot = "".join(f"<li><a href='{self.at(s)}'>{s.title}</a></li>" for s in self.most)
        menu = (
            "<a href='/'>首页</a> | <a href='/a/yaowen/'>要闻</a> | <a href='/a/shehui/'>社会</a> | "
            "<a href='/about/about.html'>关于我们</a>"
        )
        foot = (
            "<a href='/about/contact.html'>联系我们</a> <a "
            "href='/about/xuke.html'>互联网新闻信息服务许可证10120170099</a> "
            "<a href='http://www.beian.example/'>京公网安备 11010202000099号</a>"
        )
        return (
            f"<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
            f"<title>{title}_小镇新闻网</title>{head}"
            f"</head><body><table width=980 class=top><tr><td>{menu}</td></tr></table><table width=980><tr><td "
            f"width=680>"
            f"{body}</td><td class=right><b>点击排行</b><ul>{hot}</ul></td></tr></table><div class=copyright>{foot}"
            f"</div></body></html>"
        )

    def article(self, story: Story) -> str:
        body = "".join(f"<p>　　{text}</p>" for text in story.paragraphs)
        links = f"<a href='{self.comments(story)}'>查看评论</a> <a href='{self.print_view(story)}'>打印本页</a>"
        bottom = f"<div class=pl>{links}</div>"
        return self.frame(
            story.title,
            f"<div class=place>当前位置：<a href='/'>首页</a> &gt; <a href='/a/yaowen/'>要闻</a> &gt;</div><div "
            f"class=title><h2>{story.title}"
            f"</h2></div><div class=info>时间：{story.date} {story.clock} 来源：小镇新闻网 作者：{story.author} "
            f"点击：{story.number}次</div>"
            f"<div class=content>{body}</div><div>（责任编辑：陈立）</div>{bottom}",
            kind="article",
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        entries = "".join(
            f"<tr><td>·<a href='{self.at(s)}' target=_blank>{s.title}</a></td><td class=t>11-{s.day:02d}</td></tr>"
            f"<tr><td colspan=2 class=intro>　　{s.opening}<a href='{self.at(s)}'>[详细]</a></td></tr>"
            for s in some
        )
        place = f"<div class=place>当前位置：<a href='/'>首页</a> &gt; {heading}</div>"
        return f"{place}<table class=list>{entries}</table>{bar}"

    def bar(self, page: int, last: int) -> str:
        numbers = "".join(
            f"<b>{n}</b> " if n == page else f"<a href='{self.section(n)}'>{n}</a> " for n in range(1, last + 1)
        )
        following = (
            f"<a href='list_5_{page + 1}.html'>下一页</a> <a href='list_5_{last}.html'>末页</a>" if page < last else ""
        )
        return f"<div class=pages>{numbers}{following}</div>"


class Drafted(Look):
    """Drupal's kind: numbers for addresses, ``<div>`` for everything, og:type website everywhere, pages from 0."""

    name = "drafted"

    def at(self, story: Story) -> str:
        return f"/node/{story.number}"

    def section(self, page: int) -> str:
        return "/local" if page == 1 else f"/local?page={page - 1}"

    def list_of(self, kind: str, what: str) -> str:
        number = sum(map(ord, what)) % 97
        paths = {"tag": f"/taxonomy/term/{number}", "author": f"/user/{number}", "day": f"/archive/{what}"}
        return paths.get(kind, f"/search/node?keys={what}")

    def comments(self, story: Story) -> str:
        return f"/comments/{story.number}"

    def print_view(self, story: Story) -> str:
        return f"/print/{story.number}"

    def amp(self, story: Story) -> str | None:
        return f"/node/{story.number}?amp"

    def static(self, name: str) -> str:
        return f"/{name}-the-courier"

    def film(self, number: int) -> str:
        return f"/node/{9000 + number}"

    def gallery(self, number: int) -> str:
        return f"/node/{9000 + number}"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        return (
            f'<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta property="og:type" '
            f'content="website">'
            f'<meta property="og:title" content="{title}"><title>{title} | Valley Courier</title>{head}</head><body '
            f'class="path-node">'
            f'<div id="navbar"><a href="/">Home</a><a href="/local">Local news</a><a '
            f'href="/about-the-courier">About the Courier</a>'
            f'<a href="/user/login">Log in</a></div><div class="layout-content">{body}</div><div '
            f'class="block-popular"><h4>Most read</h4>'
            f'<div class="row"><a href="/node/330">Tram line number 330 in Thornby is sold to its workers</a></div>'
            f'<div class="row"><a href="{OTHER}/node/5">A story on another site that many people read</a></div></div>'
            f'<div id="footer"><a href="/contact-the-courier">Contact the newsroom of the Courier</a></div></body>'
            f"</html>"
        )

    def article(self, story: Story) -> str:
        body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        return self.frame(
            story.title,
            f'<h1 class="page-title">{story.title}</h1><div class="submitted">By <span>{story.author}</span> on '
            f'<span>{story.day} November 2025 - {story.clock}</span></div><div class="field-body">{body}</div><div '
            f'class="links">'
            f'<a href="{self.list_of("tag", story.topic)}">{story.topic}</a> <a '
            f'href="/print/{story.number}">Printer-friendly version</a>'
            f' <a href="/comments/{story.number}">{story.number % 7} comments</a></div>',
            kind="article",
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        entries = "".join(
            f'<div class="views-row"><div class="views-field-title"><span class="field-content"><a '
            f'href="{self.at(s)}">{s.title}</a>'
            f'</span></div><div class="views-field-created">{s.day} November 2025</div><div '
            f'class="views-field-body">{s.opening}</div>'
            f'<div><a href="/comments/{s.number}">{s.number % 7} comments</a> <a href="{self.at(s)}?amp">Lite</a>'
            f"</div></div>"
            for s in some
        )
        return f'<h1 class="page-title">{heading}</h1><div class="view-content">{entries}</div>{bar}'

    def bar(self, page: int, last: int) -> str:
        numbers = "".join(
            f'<li><a href="{self.section(n)}" title="Go to page {n}">{n}</a></li>' for n in range(1, last + 1)
        )
        following = (
            f'<li class="pager__item--next"><a href="{self.section(page + 1)}">››</a></li>' if page < last else ""
        )
        return f'<ul class="pager">{numbers}{following}</ul>'


class Coded(Look):
    """phpcms's kind: Chinese, one script for everything, films and galleries under addresses like the articles'."""

    name = "coded"
    language = "zh"
    words = HAN | {"section": "本地新闻"}
    show = "/index.php?m=content&c=index&a=show"
    lists = "/index.php?m=content&c=index&a=lists"

    def at(self, story: Story) -> str:
        return f"{self.show}&catid=6&id={story.number}"

    def section(self, page: int) -> str:
        return f"{self.lists}&catid=6" + (f"&page={page}" if page > 1 else "")

    def list_of(self, kind: str, what: str) -> str:
        if kind == "search":
            return f"/index.php?m=search&c=index&a=init&q={quote(what)}"
        return f"/index.php?m=content&c={kind}&a=lists&{kind}={quote(what)}"

    def comments(self, story: Story) -> str:
        return f"/index.php?m=comment&c=index&a=init&commentid=content_6-{story.number}-1"

    def print_view(self, story: Story) -> str:
        return f"{self.at(story)}&print=1"

    def static(self, name: str) -> str:
        return f"{self.lists}&catid={20 + len(name)}"

    def film(self, number: int) -> str:
        return f"{self.show}&catid=9&id={900 + number}"

    def gallery(self, number: int) -> str:
        return f"{self.show}&catid=8&id={900 + number}"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        menu = "".join(
            f'<li><a href="{at}">{text}</a></li>' for at, text in (("/", "首页"), (self.section(1), "本地新闻"))
        )
        related = f'<div class="hot"><h5>热门推荐</h5><a href="{OTHER}/a/5.html">别处的一条热门新闻大家都在看</a></div>'
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 山谷在线</title>{head}</head><body>'
            f'<div class="header"><ul class="nav-site">{menu}</ul></div><div class="main"><div '
            f'class="col-left">{body}</div>'
            f'<div class="col-auto">{related}</div></div><div class="footer"><a '
            f'href="{self.static("about")}">关于我们</a> '
            f'<a href="{self.static("contact")}">联系我们</a> 山谷在线 版权所有</div></body></html>'
        )

    def article(self, story: Story) -> str:
        body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        head = f'<meta name="publishdate" content="{story.date}">' if story.number % 2 else ""
        return self.frame(
            story.title,
            f'<div id="Article"><h1>{story.title}<br><span>{story.date} {story.clock}:00　来源：山谷在线　</span>'
            f'</h1><div class="content">{body}'
            f'</div><p class="f14"><strong>上一篇：</strong><a '
            f'href="{self.show}&catid=6&id={story.number - 1}">前一条</a></p></div>'
            f'<div class="bdsharebuttonbox"><a href="{self.print_view(story)}">打印</a><a '
            f'href="{self.comments(story)}">评论</a></div>',
            kind="article",
            head=head,
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        entries = "".join(
            f'<li class="item"><div class="pic"><a href="{self.at(s)}"><img src="/media/{s.number}.jpg"></a></div>'
            f'<div class="txt">'
            f'<h3><a href="{self.at(s)}">{s.title}</a></h3><p>{s.opening}</p><span class="rt">{s.date} {s.clock}'
            f"</span></div></li>"
            for s in some
        )
        crumbs = f'<div class="crumbs"><a href="/">首页</a> &gt; {heading}</div>'
        return f'{crumbs}<h2 class="title">{heading}</h2><ul class="list">{entries}</ul>{bar}'

    def bar(self, page: int, last: int) -> str:
        before = f'<a class="a1" href="{self.section(page - 1)}">上一页</a>' if page > 1 else ""
        numbers = "".join(
            f"<span>{n}</span>" if n == page else f'<a href="{self.section(n)}">{n}</a>' for n in range(1, last + 1)
        )
        return f'<div id="pages">{before}{numbers}' + (
            f'<a class="a1" href="{self.section(page + 1)}">下一页</a></div>' if page < last else "</div>"
        )


LOOKS = ((Pressed(), 42), (Dreamt(), 38), (Drafted(), 36), (Coded(), 34))
"""150 articles."""
