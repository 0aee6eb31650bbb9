"""Five more content systems, written when the learning was done: Ghost's kind, TRS's, a headless one, an old ASP and
Joomla's. What was measured on them before anything was mended stands in docs/any-site.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from messy import OTHER, Look, Story
from messy_looks import HAN


class Haunted(Look):
    """Ghost's kind: titles at the root, whole cards are links, the next page only in the head."""

    name = "haunted"
    words = Look.words | {"tag": "{}", "author": "{}", "section": "Local", "day": "{}", "comments": "Discussion – {}"}

    def at(self, story: Story) -> str:
        return f"/{story.slug.partition('-')[0]}-{story.number}/"

    def section(self, page: int) -> str:
        return "/local/" if page == 1 else f"/local/page/{page}/"

    def list_of(self, kind: str, what: str) -> str:
        return f"/{kind}/{what.lower().replace(' ', '-')}/"

    def comments(self, story: Story) -> str:
        return f"{self.at(story)}discussion/"

    def print_view(self, story: Story) -> str:
        return f"{self.at(story)}?view=print"

    def amp(self, story: Story) -> str | None:
        return f"{self.at(story)}amp/"

    def static(self, name: str) -> str:
        return f"/{name}-haunted/"

    def film(self, number: int) -> str:
        return f"/watch-the-town-{number}/"

    def gallery(self, number: int) -> str:
        return f"/the-town-pictured-{number}/"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        menu = "".join(
            f'<li class="nav-{at.strip("/")}"><a href="{at}">{text}</a></li>'
            for at, text in (("/local/", "Local"), ("/about-haunted/", "About"), ("/tag/ferry/", "Ferry"))
        )
        og = f'<meta property="og:type" content="{"article" if kind == "article" else "website"}">'
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{og}{head}</head>'
            f'<body class="{kind}-template">'
            f'<div class="site-wrapper"><header class="gh-head"><ul class="nav">{menu}</ul><a '
            f'href="#/portal/signup">Subscribe</a></header>'
            f'<main class="site-main">{body}</main><footer class="site-footer"><a href="/privacy-haunted/">Data '
            f"&amp; privacy</a>"
            f'<a href="https://ghost.example/">Published with a content system for writers</a></footer></div></body>'
            f"</html>"
        )

    def article(self, story: Story) -> str:
        text = "".join(f"<p>{one}</p>" for one in story.paragraphs)
        head = (
            f'<meta property="article:published_time" content="{story.date}T{story.clock}:00.000Z">'
            if story.number % 2
            else ""
        )
        return self.frame(
            story.title,
            f'<article class="article post tag-{story.topic} featured"><header class="article-header gh-canvas">'
            f'<section class="article-tag">'
            f'<a href="/tag/{story.topic}/">{story.topic}</a></section><h1 class="article-title">{story.title}</h1>'
            f'<div class="article-byline">'
            f'<a href="/author/{story.author.lower().replace(" ", "-")}/">{story.author}</a> <time '
            f'datetime="{story.date}">{story.day} Nov 2025</time>'
            f'</div></header><section class="gh-content gh-canvas">{text}</section></article><section '
            f'class="read-more">{self._cards((story,))}</section>',
            kind="article",
            head=head,
        )

    def _cards(self, some: Sequence[Story]) -> str:
        return "".join(
            f'<article class="post-card post"><a class="post-card-link" href="{self.at(s)}"><img '
            f'class="post-card-image" src="/m/{s.number}.jpg" '
            f'alt="{s.title}"><header><div class="post-card-tags">{s.topic}</div><h2 '
            f'class="post-card-title">{s.title}</h2></header>'
            f'<div class="post-card-excerpt">{s.opening}</div><footer><time datetime="{s.date}">{s.day} Nov 2025</time>'
            f"<span>{s.number % 5 + 1} min read</span></footer></a></article>"
            for s in some
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        head = f'<section class="outer"><h1 class="post-card-title">{heading}</h1><p>{len(some)} posts</p></section>'
        return f'{head}{bar}<div class="post-feed">{self._cards(some)}</div>'

    def bar(self, page: int, last: int) -> str:
        return f'<link rel="next" href="{self.section(page + 1)}">' if page < last else ""


class Texted(Look):
    """TRS's kind: Chinese, addresses relative to the list, the page bar written by a script."""

    name = "texted"
    language = "zh"
    words = HAN | {"section": "本地要闻", "tag": "{}", "author": "{}", "comments": "{}_评论"}

    def at(self, story: Story) -> str:
        return f"/bdyw/202511/t202511{story.day:02d}_{story.number}.html"

    def section(self, page: int) -> str:
        return "/bdyw/" if page == 1 else f"/bdyw/index_{page - 1}.html"

    def list_of(self, kind: str, what: str) -> str:
        return {"tag": f"/zt/{quote(what)}/", "author": f"/jzzl/{quote(what)}/", "day": f"/szb/{what}/"}.get(
            kind, f"/was5/web/search?searchword={quote(what)}"
        )

    def comments(self, story: Story) -> str:
        return f"/pl/c{story.number}.html"

    def print_view(self, story: Story) -> str:
        return f"/dy/{story.number}.html"

    def static(self, name: str) -> str:
        return f"/gy/{ {'about': 'wmjs', 'contact': 'lx', 'privacy': 'bq', 'login': 'dl'}[name] }.html"

    def film(self, number: int) -> str:
        return f"/sp/202511/t20251118_{900 + number}.html"

    def gallery(self, number: int) -> str:
        return f"/tp/202511/t20251118_{900 + number}.html"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        links = "".join(
            f'<li><a href="/{at}/">{text}</a></li>'
            for at, text in (("bdyw", "本地要闻"), ("zt", "专题"), ("sp", "视频"), ("tp", "图片"))
        )
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="湖滨网"><meta '
            f'name="ColumnName" content="本地要闻">'
            f'<meta name="ArticleTitle" content="{title}"><title>{title}-湖滨网</title>{head}</head><body><div '
            f'class="topline"><a href="/gy/wmjs.html">关于我们</a>'
            f'<a href="/gy/dl.html">登录</a></div><div class="daohang"><ul>{links}</ul></div><div '
            f'class="w1000">{body}</div><div class="dibu">'
            f'<p><a href="/gy/lx.html">联系我们</a> | <a href="/gy/bq.html">版权声明</a> | 湖滨网主办 '
            f"鄂ICP备12345678号-1</p></div></body></html>"
        )

    def article(self, story: Story) -> str:
        body = "".join(f"<p style='text-indent:2em'>{text}</p>" for text in story.paragraphs)
        tops = "".join(
            f'<li><a href="../202510/t20251001_{n}.html">十月里湖滨发生的第{n}件事</a></li>' for n in range(5)
        )
        return self.frame(
            story.title,
            f'<div class="wz_title">{story.title}</div><div class="wz_info">'
            f"<span>{story.date.replace('-', '年', 1).replace('-', '月')}日 {story.clock}</span>"
            f'<span>来源：湖滨网</span><span>记者：{story.author}</span><a href="/dy/{story.number}.html">【打印】'
            f'</a></div><div class="TRS_Editor">{body}</div>'
            f'<div class="xgyd"><h4>相关阅读</h4><ul>{tops}</ul></div><a href="{self.comments(story)}">我要评论</a>',
            kind="article",
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        rows = "".join(
            f'<li><span class="rq">[{s.date}]</span><a '
            f'href="{"." + self.at(s).removeprefix("/bdyw") if bar or heading == "本地要闻" else self.at(s)}" '
            f'title="{s.title}">{s.title[:10]}...</a></li>'
            if s.number % 2
            else f'<li><span class="rq">[{s.date}]</span><a href="{self.at(s)}">{s.title}</a></li>'
            for s in some
        )
        return f'<div class="lm_title"><h3>{heading}</h3></div><ul class="lb">{rows}</ul>{bar}'

    def bar(self, page: int, last: int) -> str:
        return f'<div class="fy"><script>createPageHTML({last}, {page - 1}, "index", "html");</script></div>'


class Headless(Look):
    """A headless system: classes that say nothing, ids for addresses, og:type article and WebPage everywhere."""

    name = "headless"
    words = Look.words | {
        "section": "Region",
        "tag": "Everything about {}",
        "author": "{}, reporter",
        "day": "{}",
        "search": "You searched for {}",
        "comments": "Join the conversation: {}",
    }

    def at(self, story: Story) -> str:
        return f"/articles/{story.number * 7919:x}c0ffee{story.number}"

    def section(self, page: int) -> str:
        return "/region" if page == 1 else f"/region?page={page}"

    def list_of(self, kind: str, what: str) -> str:
        word = what.lower().replace(" ", "-")
        return {"tag": f"/t/{word}", "author": f"/people/{word}", "day": f"/on/{what}"}.get(kind, f"/find?query={word}")

    def comments(self, story: Story) -> str:
        return f"{self.at(story)}/conversation"

    def print_view(self, story: Story) -> str:
        return f"{self.at(story)}?print"

    def amp(self, story: Story) -> str | None:
        return f"{self.at(story)}?outputType=amp"

    def static(self, name: str) -> str:
        return f"/info/{name}"

    def film(self, number: int) -> str:
        return f"/clips/{number * 7919 + 90210:x}beef"

    def gallery(self, number: int) -> str:
        return f"/frames/{number * 7919 + 90210:x}beef"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        data = json.dumps({"@context": "https://schema.org", "@type": "WebPage", "name": title})
        return (
            f'<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>{title}</title><meta '
            f'property="og:type" content="article">'
            f'<script type="application/ld+json">{data}</script>{head}</head><body><div id="root"><div '
            f'class="css-1q2w3e"><div class="css-9z8y7x">'
            f'<a href="/" class="css-l0g0">Plains Daily</a><a class="css-m3n4" href="/region">Region</a><a '
            f'class="css-m3n4" href="/info/about">Who we are '
            f'and what we stand for</a></div><div class="css-4r5t6y">{body}</div><div class="css-f00t"><a '
            f'href="/info/privacy">How we treat what we know about you</a>'
            f'<a href="/info/contact">Tell us a story</a></div></div></div></body></html>'
        )

    def article(self, story: Story) -> str:
        text = "".join(f'<div class="css-p4r4"><p>{one}</p></div>' for one in story.paragraphs)
        more = "".join(
            f'<div class="css-c4rd"><a href="/articles/{n:x}decade{n}"><div class="css-h34d">What the plains talked '
            f"about in week {n}</div></a></div>"
            for n in range(10, 16)
        )
        return self.frame(
            story.title,
            f'<div class="css-4rt"><h1 class="css-h1h1">{story.title}</h1><div class="css-by1">{story.author}</div>'
            f'<div class="css-t1m3">'
            f'Nov {story.day}, 2025, {story.clock}</div>{text}</div><div class="css-r3c">{more}</div>',
            kind="article",
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        cards = "".join(
            f'<div class="css-c4rd"><a href="{self.at(s)}" aria-label="{s.title}"><img src="/i/{s.number}.webp" '
            f'alt=""></a><a href="{self.at(s)}"><div class="css-h34d">'
            f'{s.title}</div></a><div class="css-d3k">{s.opening}</div><div class="css-t1m3">Nov {s.day}</div></div>'
            for s in some
        )
        return f'<h1 class="css-s3c">{heading}</h1><div class="css-gr1d">{cards}</div>{bar}'

    def bar(self, page: int, last: int) -> str:
        return f'<a class="css-btn" href="{self.section(page + 1)}">Load more stories</a>' if page < last else ""


class Served(Look):
    """An old ASP: Chinese, scripts with numbers, ``<font>`` and tables."""

    name = "served"
    language = "zh"
    words = HAN | {
        "section": "新闻中心",
        "tag": "关键字：{}",
        "author": "{} 发布的信息",
        "day": "{}",
        "about": "关于我们",
    }

    def at(self, story: Story) -> str:
        return f"/news_show.asp?newsid={story.number}"

    def section(self, page: int) -> str:
        return "/news_list.asp?classid=3" + (f"&page={page}" if page > 1 else "")

    def list_of(self, kind: str, what: str) -> str:
        return f"/news_{kind}.asp?{'keyword' if kind in ('tag', 'search') else kind}={quote(what)}"

    def comments(self, story: Story) -> str:
        return f"/review.asp?newsid={story.number}"

    def print_view(self, story: Story) -> str:
        return f"/news_print.asp?newsid={story.number}"

    def static(self, name: str) -> str:
        return f"/page.asp?name={name}"

    def film(self, number: int) -> str:
        return f"/movie_show.asp?id={900 + number}"

    def gallery(self, number: int) -> str:
        return f"/photo_show.asp?id={900 + number}"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        return (
            f"<HTML><HEAD><META http-equiv=Content-Type content='text/html; charset=utf-8'><TITLE>山前县信息港 "
            f"{title}</TITLE>{head}</HEAD><BODY bgColor=#ffffff>"
            f"<TABLE width=778 align=center><TR><TD><A href='/'>首页</A> <A href='/news_list.asp?classid=3'>新闻中心"
            f"</A> <A href='/page.asp?name=about'>关于我们</A>"
            f" <A href='/photo_list.asp'>图片</A></TD></TR></TABLE><TABLE width=778 align=center><TR><TD width=560 "
            f"valign=top>{body}</TD><TD valign=top>"
            f"<FONT color=red>友情链接</FONT><BR><A href='{OTHER}/'>别处信息港欢迎您</A></TD></TR></TABLE><CENTER>"
            f"<FONT size=2><A href='/page.asp?name=contact'>联系我们</A>"
            f" 山前县信息港 版权所有 <A href='/login.asp'>管理登录</A></FONT></CENTER></BODY></HTML>"
        )

    def article(self, story: Story) -> str:
        body = "<BR><BR>".join(f"　　{text}" for text in story.paragraphs)
        return self.frame(
            "新闻中心",
            f"<TABLE width='100%'><TR><TD align=center><FONT size=4><B>{story.title}</B></FONT></TD></TR><TR><TD "
            f"align=center><FONT color=gray>发布日期：2025-11-{story.day} "
            f"{story.clock}:00 发布人：{story.author} 浏览次数：{story.number}</FONT></TD></TR><TR><TD class=zoom "
            f"id=fontzoom>{body}</TD></TR><TR><TD align=right>【<A href='{self.comments(story)}'>"
            f"发表评论</A>】【<A href='{self.print_view(story)}'>打印此页</A>】【<A "
            f"href='javascript:window.close()'>关闭窗口</A>】</TD></TR></TABLE>",
            kind="article",
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        rows = "".join(
            f"<TR><TD height=24><IMG src=/images/dot.gif> <A href='{self.at(s).lstrip('/')}' target=_blank><FONT "
            f"color=#003366>{s.title}</FONT></A> "
            f"<FONT color=gray>(11/{s.day} 人气：{s.number})</FONT><BR><FONT color=#666666>{s.opening}</FONT></TD></TR>"
            for s in some
        )
        return f"<B>{heading}</B><TABLE width='100%'>{rows}</TABLE>{bar}"

    def bar(self, page: int, last: int) -> str:
        after = (
            f"<A href='news_list.asp?classid=3&page={page + 1}'>下一页</A> <A "
            f"href='news_list.asp?classid=3&page={last}'>尾页</A>"
            if page < last
            else "下一页 尾页"
        )
        before = f"<A href='news_list.asp?classid=3&page={page - 1}'>上一页</A>" if page > 1 else "上一页"
        return f"<DIV align=right>共{last}页 第{page}页 首页 {before} {after}</DIV>"


class Joined(Look):
    """Joomla's kind: numbered titles under index.php, entries counted in the page bar."""

    name = "joined"
    words = Look.words | {
        "section": "Coast news",
        "tag": "{}",
        "author": "{}",
        "day": "{}",
        "search": "Search",
        "comments": "{} - Comments",
    }

    def at(self, story: Story) -> str:
        return f"/index.php/coast/{story.number}-{story.slug[:40].rstrip('-')}"

    def section(self, page: int) -> str:
        return "/index.php/coast" + (f"?start={(page - 1) * 10}" if page > 1 else "")

    def list_of(self, kind: str, what: str) -> str:
        word = what.lower().replace(" ", "-")
        return {
            "tag": f"/index.php/component/tags/tag/{word}",
            "author": f"/index.php/our-writers/{word}",
            "day": f"/index.php/by-date/{what}",
        }.get(kind, f"/index.php/search?searchword={word}&ordering=newest")

    def comments(self, story: Story) -> str:
        return f"{self.at(story)}/comments"

    def print_view(self, story: Story) -> str:
        return f"{self.at(story)}?tmpl=component&print=1&layout=default"

    def static(self, name: str) -> str:
        return f"/index.php/{name}"

    def film(self, number: int) -> str:
        return f"/index.php/videos/{900 + number}-film"

    def gallery(self, number: int) -> str:
        return f"/index.php/pictures/{900 + number}-pictures"

    def frame(self, title: str, body: str, *, kind: str, head: str = "") -> str:
        latest = "".join(f'<li><a href="{self.at(s)}">{s.title}</a></li>' for s in self.most)
        return (
            f'<!DOCTYPE html><html xml:lang="en-gb" lang="en-gb"><head><meta charset="utf-8"><meta name="generator" '
            f'content="Joined"><title>{title}</title>{head}</head>'
            f'<body class="site com_content view-{kind}"><div class="container"><div class="navigation"><ul '
            f'class="nav menu mod-list"><li class="item-101"><a href="/">Home</a></li>'
            f'<li class="item-102"><a href="/index.php/coast">Coast news</a></li><li class="item-103"><a '
            f'href="/index.php/about">About us</a></li></ul></div><div id="content">{body}</div>'
            f'<div id="aside"><div class="well"><h3>Latest</h3><ul>{latest}</ul></div><form><label>Username</label>'
            f'<input name="u"><input type="password" name="p"></form></div>'
            f'<div class="footer"><p>© 2025 Coast Herald <a href="/index.php/privacy">Privacy policy</a></p></div>'
            f"</div></body></html>"
        )

    def article(self, story: Story) -> str:
        text = "".join(f"<p>{one}</p>" for one in story.paragraphs)
        return self.frame(
            story.title,
            f'<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 '
            f'itemprop="headline">{story.title}</h2></div>'
            f'<dl class="article-info"><dd class="createdby">Written by {story.author}</dd><dd '
            f'class="published">Published: {story.day:02d} November 2025</dd></dl>'
            f'<div itemprop="articleBody">{text}</div><ul class="pager"><li><a '
            f'href="/index.php/coast/{story.number - 1}-x" rel="next">Next</a></li></ul></div>',
            kind="article",
        )

    def listed(self, heading: str, some: Sequence[Story], bar: str = "") -> str:
        items = "".join(
            f'<div class="items-row cols-1 row-{n}"><div class="item column-1" itemscope '
            f'itemtype="https://schema.org/BlogPosting"><div class="page-header"><h2 itemprop="name">'
            f'<a href="{self.at(s)}" itemprop="url">{s.title}</a></h2></div><dl class="article-info"><dd>Published: '
            f"{s.day:02d} November 2025</dd></dl><p>{s.opening}</p>"
            f'<p class="readmore"><a class="btn" href="{self.at(s)}">Read more: {s.title}</a></p></div></div>'
            for n, s in enumerate(some)
        )
        return f'<div class="blog"><h1>{heading}</h1>{items}{bar}</div>'

    def bar(self, page: int, last: int) -> str:
        links = "".join(
            f'<li><a href="{self.section(n)}" class="pagenav">{n}</a></li>'
            if n != page
            else f'<li><span class="pagenav">{n}</span></li>'
            for n in range(1, last + 1)
        )
        after = (
            f'<li><a title="Next" href="{self.section(page + 1)}" class="pagenav">Next</a></li>' if page < last else ""
        )
        return f'<div class="pagination"><p>Page {page} of {last}</p><ul>{links}{after}</ul></div>'


LOOKS = ((Haunted(), 30), (Texted(), 30), (Headless(), 30), (Served(), 30), (Joined(), 30))
"""150 articles."""
